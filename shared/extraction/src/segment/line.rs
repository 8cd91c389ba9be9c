//! One line at a time: where its words begin and what its first characters say.

mod lettered;
mod marker;
mod standup;

use super::mail;
use marker::{marked, owned_box, skip_space};

/// What the beginning of a line makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Blank,
    /// Three backticks or tildes.
    Fence,
    /// "> ..".
    Quote,
    /// "## ..", with its level.
    Heading(u8),
    /// A line of dashes, equals signs or underscores.
    Rule,
    /// A row of a table between bars.
    Row,
    Bullet {
        numbered: bool,
    },
    Check {
        done: bool,
    },
    Plain,
}

/// Where the lines of a paragraph end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Breaks {
    /// At the margin, nearly all of them: an editor broke them.
    Wrapped,
    /// Wherever a thought ends: the next word would have fitted.
    Ragged,
    /// There are too few of them to tell.
    Few,
}

/// A line and the place of its words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub start: usize,
    /// After the last character that is no white space.
    pub end: usize,
    /// First byte of the words, after indent and marker.
    pub body: usize,
    pub indent: usize,
    pub form: Form,
    /// The first word of the next line would not have fitted in the width of its paragraph.
    pub full: bool,
    /// How the lines of its paragraph end.
    pub breaks: Breaks,
}

/// All lines of the text.
pub(crate) fn lines(text: &str) -> Vec<Line> {
    // In org mode stars make headings, not list items.
    let org = ["* TODO ", "* DONE "].iter().any(|k| {
        text.starts_with(k) || text.contains(&format!("\n{k}")) || text.contains(&format!("*{k}"))
    });
    let mut all = Vec::new();
    let mut start = 0;
    for raw in text.split_inclusive(['\n', '\u{2028}', '\u{c}']) {
        let end = start + raw.trim_end().len();
        all.push(
            org.then(|| starred(text, start, end))
                .flatten()
                .unwrap_or_else(|| read(text, start, end)),
        );
        start += raw.len();
    }
    unquote(text, &mut all);
    lettered::points(text, &mut all);
    standup::parts(text, &mut all);
    widths(text, &mut all);
    all
}

/// Where no mail is quoted, lines that begin with ">" are the items of a list.
fn unquote(text: &str, lines: &mut [Line]) {
    const FEWEST: usize = 2;
    let quotes = lines.iter().filter(|line| line.form == Form::Quote);
    let mailed = |line: &Line| {
        let words = &text[line.start..line.end];
        matches!(
            mail::header(words),
            Some((mail::Header::From | mail::Header::Subject, _))
        ) || mail::is_attribution(words)
            || mail::is_original_message(words)
    };
    if quotes.count() < FEWEST || lines.iter().any(mailed) {
        return;
    }
    for line in lines.iter_mut().filter(|line| line.form == Form::Quote) {
        let mark = |c: char| c == '>' || c.is_whitespace();
        let body = line.end - text[line.body..line.end].trim_start_matches(mark).len();
        let inner = read(text, body, line.end);
        line.body = inner.body;
        line.form = match inner.form {
            Form::Plain => Form::Bullet { numbered: false },
            form => form,
        };
    }
}

/// Tells every line whether it is full, and how the lines of its paragraph end.
fn widths(text: &str, lines: &mut [Line]) {
    /// Fewer breaks than this tell nothing.
    const FEW: usize = 3;
    let length = |line: &Line| text[line.start..line.end].chars().count();
    let mut from = 0;
    while from < lines.len() {
        let to = (from + 1..lines.len())
            .find(|&k| lines[k].form == Form::Blank)
            .unwrap_or(lines.len());
        let paragraph = &mut lines[from..to];
        let width = paragraph.iter().map(length).max().unwrap_or(0);
        let (mut plain, mut full) = (0, 0);
        for k in 1..paragraph.len() {
            let next = paragraph[k];
            let word = text[next.body..next.end].split_whitespace().next();
            let word = word.map_or(0, |word| word.chars().count());
            let line = &mut paragraph[k - 1];
            line.full = length(line) + 1 + word > width;
            if next.form == Form::Plain {
                plain += 1;
                full += usize::from(line.full);
            }
        }
        let breaks = match plain {
            0..FEW => Breaks::Few,
            _ if full * 10 >= plain * 9 => Breaks::Wrapped,
            _ if full * 2 <= plain => Breaks::Ragged,
            _ => Breaks::Few,
        };
        for line in paragraph {
            line.breaks = breaks;
        }
        from = to;
    }
}

/// A line of org mode: "** TODO [#A] title", "* Heading".
fn starred(text: &str, start: usize, end: usize) -> Option<Line> {
    let whole = &text[start..end];
    let depth = whole.bytes().take_while(|&b| b == b'*').count();
    if depth == 0 || !whole[depth..].starts_with(' ') {
        return None;
    }
    let body = skip_space(text, start + depth, end);
    let keyword = text[body..end].split(' ').next().unwrap_or("");
    let form = match keyword {
        "TODO" | "NEXT" | "WAITING" => Form::Check { done: false },
        "DONE" | "CANCELLED" => Form::Check { done: true },
        _ => {
            return Some(Line {
                start,
                end,
                body,
                indent: 0,
                form: Form::Heading(u8::try_from(depth.min(6)).unwrap_or(6)),
                full: false,
                breaks: Breaks::Few,
            });
        }
    };
    let body = skip_space(text, body + keyword.len(), end);
    Some(Line {
        start,
        end,
        body,
        indent: depth,
        form,
        full: false,
        breaks: Breaks::Few,
    })
}

fn read(text: &str, start: usize, end: usize) -> Line {
    let whole = &text[start..end];
    let content = whole.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let first = end - content.len();
    let indent = whole[..first - start]
        .chars()
        .map(|c| if c == '\t' { 4 } else { 1 })
        .sum();
    let line = |body, form| Line {
        start,
        end,
        body,
        indent,
        form,
        full: false,
        breaks: Breaks::Few,
    };
    if content.is_empty() {
        return line(first, Form::Blank);
    }
    if content.starts_with("```") || content.starts_with("~~~") {
        return line(first, Form::Fence);
    }
    if content.starts_with('>') {
        return line(first, Form::Quote);
    }
    let hashes = content.bytes().take_while(|&b| b == b'#').count();
    if (1..=6).contains(&hashes) && content[hashes..].starts_with([' ', '\t']) {
        let body = first + hashes + 1;
        return line(
            skip_space(text, body, end),
            Form::Heading(u8::try_from(hashes).unwrap_or(6)),
        );
    }
    if is_rule(content) {
        return line(first, Form::Rule);
    }
    if content.starts_with('|') {
        return line(first, Form::Row);
    }
    if let Some((body, form)) = marked(text, first, end) {
        return line(body, form);
    }
    line(first, owned_box(text, first, end).unwrap_or(Form::Plain))
}

fn is_rule(content: &str) -> bool {
    let mut chars = content.chars().filter(|c| !c.is_whitespace());
    let Some(first) = chars.next() else {
        return false;
    };
    "-=_*~─━".contains(first) && content.chars().count() >= 3 && chars.all(|c| c == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> (Form, &str) {
        let line = lines(text)[0];
        (line.form, &text[line.body..line.end])
    }

    #[test]
    fn arrows_make_a_list_where_no_mail_is_quoted() {
        let forms = |text| lines(text).iter().map(|l| l.form).collect::<Vec<_>>();
        let item = Form::Bullet { numbered: false };
        assert_eq!(forms("> call Bob\n>> pay rent"), [item, item]);
        assert_eq!(
            forms("> [ ] call Bob\n>"),
            [Form::Check { done: false }, Form::Blank]
        );
        let answer = forms("Ann wrote:\n> call Bob\n> pay rent");
        assert_eq!(answer, [Form::Plain, Form::Quote, Form::Quote]);
        assert_eq!(forms("> as somebody said"), [Form::Quote]);
    }

    #[test]
    fn markers_are_told_from_words() {
        assert_eq!(
            first("  - [ ] Call Bob"),
            (Form::Check { done: false }, "Call Bob")
        );
        assert_eq!(
            first("* [x] Call Bob"),
            (Form::Check { done: true }, "Call Bob")
        );
        assert_eq!(
            first("☐ Call Bob"),
            (Form::Check { done: false }, "Call Bob")
        );
        assert_eq!(
            first("✅ Call Bob"),
            (Form::Check { done: true }, "Call Bob")
        );
        assert_eq!(
            first("3) Call Bob"),
            (Form::Bullet { numbered: true }, "Call Bob")
        );
        assert_eq!(
            first("2.1 Budget"),
            (Form::Bullet { numbered: true }, "Budget")
        );
        assert_eq!(first("14. März Abgabe").0, Form::Plain);
        assert_eq!(
            first("-buy milk"),
            (Form::Bullet { numbered: false }, "buy milk")
        );
        assert_eq!(first("-- "), (Form::Plain, "--"));
        assert_eq!(
            first("o Review the draft"),
            (Form::Bullet { numbered: false }, "Review the draft")
        );
        assert_eq!(first("## Next steps"), (Form::Heading(2), "Next steps"));
        assert_eq!(first("-----").0, Form::Rule);
        assert_eq!(first("[x](https://a.example)").0, Form::Plain);
    }
}
