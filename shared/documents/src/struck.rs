//! Words that are struck out.

/// Words as struck ones are written, the blanks around them outside.
pub(crate) fn marked(words: &str) -> String {
    let inside = words.trim();
    if inside.is_empty() {
        return words.to_owned();
    }
    words.replacen(inside, &format!("~~{inside}~~"), 1)
}

/// A line without the struck words inside it, and those words. Struck words at its beginning, or behind a name with a
/// colon, stay: there they tell that a matter is over. `None` where nothing is to be left out.
pub(crate) fn without(line: &str) -> Option<(String, Vec<String>)> {
    let mut kept = String::new();
    let mut struck = Vec::new();
    let mut rest = line;
    while let Some((before, inside, after)) = next(rest) {
        kept.push_str(before);
        if inside_sentence(&kept) {
            struck.push(inside.to_owned());
            // The blank before them and the one behind them are one.
            if after.starts_with([' ', ',', '.', ';', '!', '?', '\n']) || after.is_empty() {
                kept.truncate(kept.trim_end_matches(' ').len());
            }
        } else {
            kept.extend(["~~", inside, "~~"]);
        }
        rest = after;
    }
    kept.push_str(rest);
    (!struck.is_empty()).then_some((kept, struck))
}

/// The first struck words of a text, with what stands before and behind.
fn next(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("~~")?;
    let (inside, after) = rest.split_once("~~")?;
    let is_struck = !inside.is_empty() && inside.trim() == inside && !inside.contains('\n');
    is_struck.then_some((before, inside, after))
}

/// Whether the line before says something that goes on.
fn inside_sentence(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or(before).trim_end();
    !line.trim_start().starts_with("~~")
        && line
            .ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ')' | '"' | '\'' | '.'))
        && line.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn struck_words_inside_a_sentence_are_left_out() {
        for (line, left) in [
            ("Return the ~~blue~~ red folder", "Return the red folder"),
            ("Send it by ~~Monday~~, Friday", "Send it by, Friday"),
            ("Scan the negatives ~~twice~~", "Scan the negatives"),
        ] {
            assert_eq!(without(line).map(|(kept, _)| kept).as_deref(), Some(left));
        }
        for line in [
            "~~Print posters~~",
            "~~Print posters~~ Kim did it",
            "Carla: ~~call the printer~~ by Monday",
            "about ~~ 20 people ~~ came",
            "plain",
            "1. ~~Print posters~~",
        ] {
            assert_eq!(without(line), None, "{line}");
        }
    }
}
