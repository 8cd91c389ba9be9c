//! "0:09 Hassan Ali" above what he says, as recordings are written down and chats are copied.

use super::stamp::stamp;
use super::{is_given, is_label, is_name};
use crate::segment::line::{Form, Line};

/// The name on a line that has nothing but a time stamp before it. Points of an agenda look the same.
pub(super) fn named<'t>(text: &'t str, line: &Line) -> Option<&'t str> {
    if line.form != Form::Plain || line.end - line.start > 60 {
        return None;
    }
    let whole = &text[line.body..line.end];
    let (used, stamped) = stamp(whole);
    let name = whole[used..].trim_matches(['*', '_', ' ', '-', '–']);
    // "Farah (Ticketing)".
    let name = name.strip_suffix(')').map_or(name, |head| {
        head.split_once(" (").map_or(name, |(name, _)| name)
    });
    let lettered = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word
                .chars()
                .all(|c| c.is_alphabetic() || "-.'’".contains(c))
    };
    let cased = name.split(' ').all(lettered);
    (stamped && cased && is_name(name) && !is_label(name)).then_some(name)
}

/// The names that speak in this way, one for each turn; none where it is an agenda.
pub(super) fn turns<'t>(text: &'t str, lines: &[Line]) -> Vec<&'t str> {
    let mut names = Vec::new();
    let (mut recorded, mut sentences) = (false, true);
    for (i, line) in lines.iter().enumerate() {
        let Some(name) = named(text, line) else {
            continue;
        };
        let said = lines.get(i + 1).filter(|next| next.form == Form::Plain);
        let Some(said) = said.filter(|next| named(text, next).is_none()) else {
            return Vec::new();
        };
        if names.is_empty() {
            recorded = is_recorded(&text[line.body..line.end]);
        }
        sentences &= text[said.start..said.end].ends_with(['.', '!', '?']);
        names.push(name);
    }
    let mut distinct = names.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let given = distinct.iter().filter(|name| is_given(name)).count();
    let repeated = distinct.len() < names.len();
    let known = given > 0 && given * 2 >= distinct.len();
    let spoken = repeated || recorded || names.len() > 1 && sentences;
    if (known && spoken) || (recorded && repeated) {
        names
    } else {
        Vec::new()
    }
}

/// Whether a stamp counts from the start of a recording, or names its day with the hour: no agenda does.
fn is_recorded(line: &str) -> bool {
    /// "2/3/26 9:05" has so many digits.
    const DATED: usize = 7;
    let (used, _) = stamp(line);
    let digits = line[..used].bytes().filter(u8::is_ascii_digit).count();
    let clock = line.trim_start_matches(['[', '(', '*', ' ']);
    clock.starts_with("0:") || clock.starts_with("00:") || digits >= DATED
}
