//! What closes a Turkish request without being part of it.

use crate::acts::{Sentence, name_like};
use crate::text::{Shape, Words};

/// Courtesies at the end of a request, and what else comes to pass.
const CLOSINGS: &str = "tesekkurler|tesekkur ederim|tesekkur ederiz|cok tesekkurler|simdiden tesekkurler|simdiden tesekkur ederim|sagol|sagolun|sag ol|sag olun|kolay gelsin|iyi gunler|iyi calismalar|sevgiler|saygilar|saygilarimla|aksi halde|aksi takdirde|aksi durumda|yoksa";

/// Words in which a wish is fulfilled.
const PLEASED: &str = "sevinirim|seviniriz|sevinirdim|olurum|oluruz|olur|olurdu|gecer";

/// Where the sentence ends without a courtesy, a threat or a name behind its last comma.
pub(super) fn end(s: &Sentence) -> usize {
    let w = s.words;
    let comma = |i: &usize| w.word(*i) == ",";
    let closes = |&i: &usize| {
        let named = name_like(w, i + 1) && (i + 2..s.to).all(|k| w.shape(k) == Shape::Mark);
        w.phrase(i + 1, CLOSINGS).is_some() || named && asks_before(w, i)
    };
    (s.from + 2..s.to)
        .filter(comma)
        .find(closes)
        .unwrap_or(s.to)
}

/// Whether an order ends before token `i`.
fn asks_before(w: &Words, i: usize) -> bool {
    super::mood(w.raw(i - 1)).is_some() || super::is_stem(w, i - 1)
}

/// The condition before "sevinirim" or "memnun olurum" that asks for something.
pub(super) fn pleased(w: &Words, last: usize) -> Option<usize> {
    if !w.one_of(last, PLEASED) {
        return None;
    }
    let at = (last.saturating_sub(3)..last)
        .rev()
        .find(|&i| is_condition(w, i))?;
    Some(at)
}

pub(super) fn is_condition(w: &Words, i: usize) -> bool {
    ["rsen", "rsan", "rseniz", "rsaniz"]
        .iter()
        .any(|e| w.word(i).ends_with(e))
}

/// Where the words of a wish begin whose verb is token `verb`: what was said before is another matter.
pub(super) fn matter(w: &Words, from: usize, verb: usize) -> usize {
    const SAID: [&str; 8] = ["yor", "yoruz", "yorum", "di", "ti", "du", "tu", "dim"];
    let ends = |i: &usize| match w.word(*i) {
        ";" | ":" | "." => true,
        "," => *i > 0 && SAID.iter().any(|e| w.word(*i - 1).ends_with(e)),
        _ => false,
    };
    (from..verb).rfind(ends).map_or(from, |i| i + 1)
}

/// Whether a wish says by itself what it is about: "bana iletirseniz" does not.
pub(super) fn names_thing(w: &Words, from: usize, verb: usize) -> bool {
    const EMPTY: &str = "bana|bize|onu|bunu|sunu|onlari|bunlari|ile|birlikte|kadar|icinde|lutfen|en|gec|gune|gunune|gunu|haftaya|yarin|bugun|bu|hafta|da|de";
    (from..verb).any(|i| {
        let day = crate::dates::is_weekday(w.word(i)) || crate::dates::is_month(w.word(i));
        let bound = ["ip", "up"].iter().any(|e| w.word(i).ends_with(e));
        let accusative = w.word(i).ends_with(['i', 'u']);
        w.shape(i) == Shape::Word && accusative && !day && !bound && !w.one_of(i, EMPTY)
    })
}
