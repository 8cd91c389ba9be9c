//! Which lines continue the one before: hard-wrapped paragraphs and list items.

use super::line::{Form, Line};

/// Lines at least this long were probably broken by an editor, not by their author.
const WRAPPED_FROM: usize = 50;

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', ')', '*', '_', '\''])
        .ends_with(['.', '!', '?', ':', ';'])
}

/// Whether `next` continues the paragraph whose last line is `previous`.
pub(crate) fn continues(text: &str, previous: &Line, next: &Line) -> bool {
    if next.form != Form::Plain {
        return false;
    }
    let (above, below) = (
        &text[previous.body..previous.end],
        &text[next.body..next.end],
    );
    let lower = below.chars().next().is_some_and(char::is_lowercase);
    // "Blockers: .." under "Today: ..": a label begins a thought of its own.
    let labelled = |line: &str| {
        let head = |word: &str| word.len() > 2 && word.ends_with(':');
        let short = |k: usize| line.split_whitespace().take(k).map(str::len).sum::<usize>() < 22;
        line.split_whitespace()
            .take(4)
            .enumerate()
            .any(|(k, word)| {
                (k == 0 || short(k) && line.starts_with(char::is_uppercase)) && head(word)
                    || k > 0 && short(k) && word.ends_with("):")
            })
    };
    if !lower && labelled(below) && labelled(above) {
        return false;
    }
    let wide = above.chars().count() >= WRAPPED_FROM;
    if ends_sentence(above) {
        return false;
    }
    // Notes in small letters are one thought a line.
    let notes = above
        .chars()
        .find(|c| c.is_alphabetic())
        .is_some_and(char::is_lowercase);
    // A break was needed only where the next word would not have fitted.
    let word = below
        .split_whitespace()
        .next()
        .map_or(0, |w| w.chars().count());
    let full = text[previous.start..previous.end].chars().count() + 1 + word > previous.width;
    let columns = |line: &str| line.contains("....") || line.contains("   ") || line.contains('\t');
    (wide && full && !columns(above) && !columns(below)) || (lower && !notes)
}

/// Whether `next` continues the list item that begins with `first` and whose last line is `previous`.
pub(crate) fn continues_item(text: &str, first: &Line, previous: &Line, next: &Line) -> bool {
    if next.form != Form::Plain {
        return false;
    }
    let above = &text[previous.body..previous.end];
    let below = &text[next.body..next.end];
    let lower = below.chars().next().is_some_and(char::is_lowercase);
    let deeper = next.indent > first.indent;
    deeper
        || (lower && !ends_sentence(above))
        || (above.chars().count() >= WRAPPED_FROM + 10 && !ends_sentence(above))
}
