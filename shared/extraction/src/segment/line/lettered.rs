//! "a. Title page" over "b. Figures": letters with a dot count, where the one before them does.

use super::{Form, Line, skip_space};

/// As many lines below a letter the next one is looked for.
const NEAR: usize = 4;

/// The letter that opens a plain line, and where its words begin.
fn letter(text: &str, line: &Line) -> Option<(u8, usize)> {
    let content = &text[line.body..line.end];
    let &[letter, b'.', b' ' | b'\t', ..] = content.as_bytes() else {
        return None;
    };
    let body = skip_space(text, line.body + 2, line.end);
    let counts = line.form == Form::Plain && letter.is_ascii_lowercase() && body < line.end;
    counts.then_some((letter, body))
}

/// Makes points of lines that letters count.
pub(super) fn points(text: &str, lines: &mut [Line]) {
    let mut last: Option<(u8, usize, usize)> = None;
    for i in 0..lines.len() {
        let Some((letter, body)) = letter(text, &lines[i]) else {
            continue;
        };
        let before = last.filter(|&(known, at, _)| known + 1 == letter && i - at <= NEAR);
        last = Some((letter, i, body));
        if let Some((_, at, first)) = before {
            for (line, body) in [(at, first), (i, body)] {
                lines[line].body = body;
                lines[line].form = Form::Bullet { numbered: true };
            }
        }
    }
}
