//! The marks of list items.

use crate::writer::Marker;

/// Signs that begin a list item in plain text.
const BULLETS: &[char] = &[
    '\u{2022}', '\u{25cf}', '\u{25aa}', '\u{25e6}', '\u{2023}', '\u{2043}', '\u{2219}', '\u{25cb}',
    '\u{25a0}', '\u{25ba}', '\u{27a2}', '\u{2794}', '\u{25b8}', '\u{25ab}',
];

/// Signs that do so only with a blank behind them.
const DASHES: &[char] = &['-', '*', '+', '\u{b7}', '\u{2013}', '\u{2014}', '\u{2192}'];

/// Boxes, with what they say.
const BOXES: &[(&str, bool)] = &[
    ("[ ]", false),
    ("[]", false),
    ("[_]", false),
    ("[x]", true),
    ("[X]", true),
    ("[\u{2713}]", true),
    ("[\u{2714}]", true),
    ("\u{2610}", false),
    ("\u{25a1}", false),
    ("\u{2751}", false),
    ("\u{274f}", false),
    ("\u{2b1c}", false),
    ("\u{2611}", true),
    ("\u{2612}", true),
    ("\u{2714}", true),
    ("\u{2713}", true),
    ("\u{2705}", true),
];

/// So many dots after each other lead the eye from the words before them to those behind.
const LEADER: usize = 4;

/// The marker of a list item and its text.
pub(crate) fn item(text: &str) -> Option<(Marker, &str)> {
    if let Some(found) = boxed(text) {
        return Some(found);
    }
    let dashed = text
        .strip_prefix(DASHES)
        .filter(|rest| rest.starts_with(char::is_whitespace));
    let lettered = text.strip_prefix('o').filter(|rest| rest.starts_with('\t'));
    if let Some(rest) = text.strip_prefix(BULLETS).or(dashed).or(lettered) {
        let rest = rest.trim_start();
        return Some(boxed(rest).unwrap_or((Marker::Bullet, rest)))
            .filter(|(_, rest)| !rest.is_empty());
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) {
        let rest = &text[digits..];
        let rest = rest
            .strip_prefix(['.', ')'])
            .filter(|rest| rest.starts_with([' ', '\t']))?
            .trim_start();
        let number = text[..digits].parse().ok()?;
        return Some(boxed(rest).unwrap_or((Marker::Number(number), rest)))
            .filter(|(_, rest)| !rest.is_empty());
    }
    None
}

/// True for a bullet, a box, or a box behind a bullet, with nothing else.
pub(crate) fn is_mark(text: &str) -> bool {
    let text = text.trim();
    let rest = text.strip_prefix(BULLETS).unwrap_or(text).trim_start();
    !text.is_empty() && (rest.is_empty() || BOXES.iter().any(|(mark, _)| *mark == rest))
}

/// True for a line whose words are joined by dots, as in contents: "Chapter 1 ........ 3".
pub(crate) fn is_led(text: &str) -> bool {
    let (mut dots, mut words) = (0, 0);
    for c in text.chars() {
        match c {
            '.' | '\u{b7}' => dots += 1,
            '\u{2026}' => dots += 3,
            ' ' => {}
            _ if dots >= LEADER && words > 0 => return true,
            c => {
                dots = 0;
                words += usize::from(c.is_alphanumeric());
            }
        }
    }
    false
}

fn boxed(text: &str) -> Option<(Marker, &str)> {
    BOXES
        .iter()
        .find_map(|(mark, done)| {
            Some((Marker::Check(*done), text.strip_prefix(mark)?.trim_start()))
        })
        .filter(|(_, rest)| !rest.is_empty() && !rest.starts_with('('))
}

#[cfg(test)]
mod tests {
    use super::is_led;

    #[test]
    fn dots_lead_from_words_to_words() {
        for led in [
            "Chapter 1 ........ 3",
            "2.1 Scope. . . . . . . . . 14",
            "Quiz \u{2026}\u{2026} 3 March",
        ] {
            assert!(is_led(led), "{led}");
        }
        for other in [
            "And then ... nothing",
            "Name: ..........",
            "..... 3",
            "a.b.c.d.e",
            "",
        ] {
            assert!(!is_led(other), "{other}");
        }
    }
}
