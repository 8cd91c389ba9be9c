//! Turkish hours in letters: "saat dokuz buçuk", "saat on beşte".

use super::point::Point;
use crate::language::Language;
use crate::text::{Shape, Words};

const UNITS: &str = "bir|iki|uc|dort|bes|alti|yedi|sekiz|dokuz";

/// The number of a word, its case ending left aside.
fn unit(word: &str) -> Option<u32> {
    let bare = ["'", ""]
        .iter()
        .flat_map(|mark| ["de", "da", "te", "ta"].map(|ending| format!("{mark}{ending}")))
        .find_map(|ending| word.strip_suffix(&ending))
        .unwrap_or(word);
    let place = UNITS
        .split('|')
        .position(|name| name == word || name == bare)?;
    u32::try_from(place + 1).ok()
}

/// An hour in letters behind "saat".
pub(super) fn hour(words: &Words, i: usize, language: Language) -> Option<(usize, Point)> {
    if language != Language::Turkish || i == 0 || words.word(i - 1) != "saat" {
        return None;
    }
    if words.shape(i) != Shape::Word {
        return None;
    }
    let ten = ["on", "onda", "on'da"].contains(&words.word(i));
    let (mut at, hour) = match (ten, unit(words.word(i)), unit(words.word(i + 1))) {
        (true, _, Some(more)) => (i + 2, 10 + more),
        (true, _, None) => (i + 1, 10),
        (false, Some(hour), _) => (i + 1, hour),
        (false, None, _) => return None,
    };
    let half = words.one_of(at, "bucuk|bucukta");
    at += usize::from(half);
    let point = Point {
        hour,
        minute: if half { 30 } else { 0 },
        half: None,
        sure: true,
    };
    Some((at - i, point))
}
