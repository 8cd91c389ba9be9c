//! Where sentences end.

mod spoken;

use crate::dates::is_month;
use crate::text::{Shape, Words};

const ABBREVIATIONS: &str = "\
    mr|mrs|ms|dr|prof|rev|hon|capt|lt|sgt|col|cllr|supt|messrs|hr|hrn|mme|mlle|mtg|prod|st|no|nr|vs|etc|approx|inc|ltd|co|dept|est|fig|al|jr|sr|tel|ext|min|max|\
    ca|bzw|usw|evtl|ggf|inkl|zzgl|bspw|vgl|str|sra|sres|ud|uds|ej|pag|num|art|cf|env|mme|mlle|\
    av|vb|orn|sn|yy|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|okt|nov|dec|dez|mon|tue|wed|thu|\
    fri|sat|sun|ch|chap|pp|p|vol|hr|hrs|std|mo|di|mi|do|fr|sa|so|resp|z|e|i|a|u|d|s";

/// Weekdays as they are cut short in Spanish, French and Turkish: ends of sentences, too, so a number must follow.
const SHORT_DAYS: &str = "lun|mar|mart|mer|merc|mier|mie|jeu|jue|juev|ven|vend|vie|vier|sam|sab|dim|dom|pzt|paz|sal|crs|cars|prs|pers|cum|cts|cmt|ctesi|tues|weds|thur|thurs";

/// Sentences longer than this are cut: nobody assigns work in two hundred words.
const LONGEST: usize = 160;

/// The token ranges of the sentences in `words`, in order; between them may stand words that say nothing.
pub(crate) fn split(words: &Words) -> Vec<(usize, usize)> {
    let stopped = stopped(words);
    stopped
        .into_iter()
        .flat_map(|sentence| spoken::pieces(words, sentence))
        .collect()
}

/// The same by stops alone.
fn stopped(words: &Words) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut from = 0;
    let mut i = 0;
    while i < words.len() {
        if ends(words, i, from) || i - from >= LONGEST {
            let mut to = i + 1;
            // Closing quotation marks and brackets belong to the sentence they end.
            while to < words.len()
                && words.one_of(to, "\"|”|)|'|*|!|?|.|…")
                && words.touches(to - 1)
            {
                to += 1;
            }
            all.push((from, to));
            from = to;
            i = to;
        } else {
            i += 1;
        }
    }
    if from < words.len() {
        all.push((from, words.len()));
    }
    all
}

/// The sentences before token `end`, the last one cut off there.
pub(crate) fn up_to(words: &Words, end: usize) -> Vec<(usize, usize)> {
    let mut all = split(words);
    all.retain(|&(from, _)| from < end);
    if let Some(last) = all.last_mut() {
        last.1 = last.1.min(end);
    }
    all
}

fn ends(words: &Words, i: usize, from: usize) -> bool {
    // A new line that turns to another person.
    if words.word(i + 1) == "@" && words.slice(i, i + 2).contains('\n') {
        return true;
    }
    match words.word(i) {
        "!" | "?" | "…" => {
            !words.touches(i) || matches!(words.word(i + 1), "\"" | "”" | ")" | "!" | "?")
        }
        ";" => {
            words.has(
                i + 1,
                crate::language::Marks::VERB
                    .and(crate::language::Marks::GIVEN)
                    .and(crate::language::Marks::PLEASE),
            ) || words.capital(i + 1)
        }
        "." => full_stop(words, i, from),
        _ => false,
    }
}

fn full_stop(words: &Words, i: usize, from: usize) -> bool {
    // Leaders of dots: "Quiz 1 ........ 3 March".
    if i > 0 && words.word(i - 1) == "." {
        return false;
    }
    if i == from || (words.touches(i) && !matches!(words.word(i + 1), "\"" | "”" | ")" | "'" | "*"))
    {
        return false;
    }
    let next = words.raw(i + 1).chars().next();
    // "14. März", "3. Sitzung": an ordinal in German and Turkish, unless a new sentence clearly begins.
    let ordinal =
        words.shape(i - 1) == Shape::Number && words.word(i - 1).len() <= 2 && words.touches(i - 1);
    if ordinal
        && (is_month(words.word(i + 1))
            || next.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit()))
    {
        return false;
    }
    // "Für das 1. Quartal".
    if ordinal && i > 1 && words.one_of(i - 2, "das|des|im|ins|jedes|jedem") {
        return false;
    }
    // "Max (bis 27.11.): ..".
    if ordinal && words.word(i + 1) == ")" && words.word(i + 2) == ":" {
        return false;
    }
    let short = words.touches(i - 1)
        && words.one_of(i - 1, ABBREVIATIONS)
        && words.shape(i - 1) == Shape::Word;
    let numbered = words.shape(i + 1) == Shape::Number
        && words.one_of(i - 1, "ch|chap|p|pp|no|nr|vol|sec|fig|art|num|pag|cap");
    // "Audition : jeu. 20 nov."
    let day = words.shape(i + 1) == Shape::Number
        && words.touches(i - 1)
        && words.one_of(i - 1, SHORT_DAYS)
        && (i < 2 || words.shape(i - 2) != Shape::Number);
    if numbered || day {
        return false;
    }
    let initial = words.raw(i - 1).len() == 1 && words.capital(i - 1) && words.touches(i - 1);
    if short || initial {
        return next.is_none();
    }
    // Who writes in a hurry begins a sentence with a small letter.
    let hurried = || {
        words.shape(i - 1) == Shape::Word
            && words.word(i - 1).len() > 2
            && !words.touches(i)
            && (words.raw(0).starts_with(char::is_lowercase)
                || words.has(
                    i + 1,
                    crate::language::Marks::VERB
                        .and(crate::language::Marks::PLEASE)
                        .and(crate::language::Marks::QUESTION),
                ))
    };
    next.is_none_or(|c| !c.is_lowercase()) || hurried()
}
