//! Days as ordinals in letters, as a transcript has them.

use super::Written;
use crate::dates::names;
use crate::language::Language;
use crate::text::{Shape, Words};

/// The day of an ordinal in letters at token `i`, as a transcript has it: "twenty-sixth", "ninth".
pub(crate) fn spelled(words: &Words, i: usize) -> Option<(usize, u32)> {
    const ORDINALS: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    let unit = |k: usize| {
        let place = ORDINALS.iter().position(|o| *o == words.word(k))?;
        u32::try_from(place + 1).ok()
    };
    let tens = match words.word(i) {
        "twenty" => 20,
        "thirty" => 30,
        "thirtieth" => return Some((1, 30)),
        _ => return unit(i).map(|day| (1, day)),
    };
    let at = i + 1 + usize::from(words.word(i + 1) == "-");
    let day = tens + unit(at).filter(|&u| u < 10)?;
    (day <= 31).then_some((at + 1 - i, day))
}

/// "the twenty-sixth", "the ninth of May": a day where nothing else is counted.
pub(super) fn spelled_alone(words: &Words, i: usize) -> Option<(usize, Written)> {
    if words.word(i) != "the" {
        return None;
    }
    let (length, day) = spelled(words, i + 1)?;
    let after = i + 1 + length;
    if words.word(after) == "of"
        && let Some(month) = names::month(words.word(after + 1))
    {
        return Some((length + 3, Written::new(None, month, day)));
    }
    // "the second quote", "the third one" count; "the fifth" of a group may, too.
    let counts = words.shape(after) == Shape::Word
        && !words.has(after, crate::language::Marks::FUNCTION)
        && words.number(after).is_none()
        && names::count(words, after).is_none()
        && !crate::dates::is_weekday(words.word(after))
        || words.word(after) == "one";
    let led = i > 0 && words.one_of(i - 1, "by|until|till|before|on|for|us|is|s|twentieth|from");
    let late = day > 10;
    (!counts && (late || led)).then_some((1 + length, Written::alone(day)))
}

/// "thirtieth April", "second of November", "altı mayıs", "on dört ekim": a day in letters before its month.
pub(crate) fn worded(words: &Words, i: usize, language: Language) -> Option<(usize, Written)> {
    let near = |k: usize| words.shape(k) == Shape::Word && names::month(words.word(k)).is_some();
    if words.shape(i) != Shape::Word || !(i + 1..i + 5).any(near) {
        return None;
    }
    let counted = || {
        let ten = language == Language::Turkish && words.word(i) == "on";
        let unit = |k: usize| names::count(words, k).filter(|_| words.shape(k) == Shape::Word);
        match (ten, unit(i + 1)) {
            (true, Some(more)) if more < 10 => Some((2, 10 + more)),
            _ if matches!(language, Language::Turkish) => Some((1, unit(i)?)),
            _ => None,
        }
    };
    let (length, day) = spelled(words, i).or_else(counted)?;
    let of = usize::from(words.word(i + length) == "of");
    let month = names::month(words.word(i + length + of))?;
    // "the second may come": a month that is a verb needs its capital.
    let sure = of == 1 || words.word(i + length).len() > 3 || words.capital(i + length);
    sure.then(|| (length + of + 1, Written::new(None, month, day)))
}
