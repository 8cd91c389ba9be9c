//! The time stamp before a turn of speech.

/// Length of a leading time stamp: "[10:32]", "10:32 AM -", "[2026-03-02, 10:32:11]", "(00:01:23)".
pub(super) fn stamp(line: &str) -> (usize, bool) {
    let mut digits = 0;
    let mut colon = false;
    let mut end = 0;
    let mut month = 0;
    for (i, c) in line.char_indices().take(40) {
        if i < month {
            continue;
        }
        match c {
            '0'..='9' => digits += 1,
            ':' if digits > 0 => {
                // The colon after a name is not inside the stamp.
                if !line[i + 1..].starts_with(|n: char| n.is_ascii_digit()) {
                    break;
                }
                colon = true;
            }
            '[' | ']' | '(' | ')' | ' ' | ',' | '/' | '.' | '-' | '–' | '—' | '\u{202f}' => {}
            'T' if line[..i].ends_with(|c: char| c.is_ascii_digit())
                && line[i + 1..].starts_with(|c: char| c.is_ascii_digit()) => {}
            // No "Amy" either.
            'A' | 'P' | 'a' | 'p'
                if digits > 0
                    && line[i + 1..].starts_with(['m', 'M'])
                    && !line[i + 2..].starts_with(char::is_alphabetic) => {}
            'M' | 'm' if digits > 0 && line[..i].ends_with(['A', 'P', 'a', 'p']) => {}
            // "18/06/2026 à 20:40 - ", as French phones write it.
            'à' if digits >= 6 && line[i + 2..].starts_with(' ') => {}
            // "22/10/26, 3:15 p. m.", as Spanish phones write it.
            'p' | 'a'
                if colon
                    && line[i + 1..]
                        .trim_start_matches('.')
                        .trim_start()
                        .starts_with("m.") => {}
            'm' if line[..i].ends_with([' ', '.', '\u{a0}', '\u{202f}'])
                && line[i..].starts_with("m.")
                && colon => {}
            // "12/Oct/26 5:30 PM".
            _ if c.is_alphabetic() && digits > 0 => {
                let word = line[i..]
                    .split(|c: char| !c.is_alphabetic())
                    .next()
                    .unwrap_or("");
                let parted = line[i + word.len()..].starts_with(['/', '-', ' ', '.', ',']);
                if word.len() < 3 || !parted || !crate::dates::is_month(word) {
                    break;
                }
                month = i + word.len();
                end = month;
                continue;
            }
            _ => break,
        }
        end = i + c.len_utf8();
    }
    if colon && digits >= 3 {
        (end, true)
    } else {
        (0, false)
    }
}
