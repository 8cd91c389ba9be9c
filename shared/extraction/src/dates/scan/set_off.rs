//! Numbers with a stroke that are a day because of where they stand: "Draft response, 5/29", "transmet la note → 11/09".

use crate::text::{Shape, Words};

/// What numbers count or name besides days.
const COUNTED: &str = "room|rm|no|nr|num|n|plot|flat|house|item|ch|page|p|score|ratio|size|ref|case|unit|apt|bed|lot|form|block|version";

/// Whether the tokens `from..to`, which alone might be anything, stand as a day does.
pub(super) fn set_off(words: &Words, from: usize, to: usize) -> bool {
    let slashed = words.word(from + 1) == "/" && to == from + 3;
    // Somebody is there 24/7.
    if slashed && words.word(from) == "24" && words.word(from + 2) == "7" {
        return false;
    }
    let day = (from..to).any(|i| words.number(i).is_some_and(|n| (13..=31).contains(&n)));
    let ends = to >= words.len() || words.one_of(to, ")|]") || gap(words, to);
    let stops = ends || words.one_of(to, ".|;|!") && (to + 1 >= words.len() || gap(words, to + 1));
    let columned = from > 0 && gap(words, from);
    // "4/8" in a column counts eighths.
    let long = day || words.word(from).len() == 2 || words.word(from + 2).len() == 2;
    if slashed && stops && (columned && long || arrow(words, from)) {
        return true;
    }
    let dashed = from > 1 && words.word(from - 1) == "-" && !words.touches(from - 1);
    let marked = from > 1 && words.one_of(from - 1, ",|(|[|–|>|→|:|)") || dashed;
    // Room 14/2 is no day.
    let named = slashed
        && from > 0
        && words.shape(from - 1) == Shape::Word
        && !words.one_of(from - 1, COUNTED);
    let clause = ends || words.shape(to) == Shape::Mark && !words.touches(to);
    let parted = words.one_of(from + 1, "/|.");
    day && ((ends || slashed && stops) && marked && parted || named && clause)
}

/// Whether a new column or line begins with token `i`.
fn gap(words: &Words, i: usize) -> bool {
    let (Some(before), Some(token)) = (
        i.checked_sub(1).and_then(|k| words.tokens.get(k)),
        words.tokens.get(i),
    ) else {
        return false;
    };
    let between = words.text.get(before.end..token.start).unwrap_or("");
    between.len() > 1 && between.trim().is_empty() || between.contains(['\n', '\t'])
}

/// Whether an arrow stands before token `i`.
fn arrow(words: &Words, i: usize) -> bool {
    i > 1 && (words.one_of(i - 1, "→|⇒") || words.word(i - 1) == ">" && words.word(i - 2) == "-")
}
