//! Forms of German verbs, and their infinitives.

use crate::acts::Sentence;
use crate::language::{Language, Marks};
use crate::text::{Shape, Words, one_of};

pub(crate) const PARTICLES: &str = "\
    vor|ab|an|auf|aus|ein|zu|mit|weiter|nach|zuruck|fertig|durch|bereit|zusammen|um|hoch|frei|\
    fest|sicher|teil|bei|her|hin|statt|heraus|hinaus|raus|rein|runter|vorbei|los|weg|hinzu|entgegen|wieder";

pub(crate) fn is_verb(word: &str) -> bool {
    Language::German.lexicon().marks(word).any(Marks::VERB)
}

/// The infinitive of "schickt", "schicke", "prüfst", "bereitet"; with its raw umlauts.
pub(crate) fn infinitive(raw: &str, particle: &str) -> Option<String> {
    const VOWELS: [(&str, &str); 17] = [
        ("gibt", "geben"),
        ("nimmt", "nehmen"),
        ("spricht", "sprechen"),
        ("liest", "lesen"),
        ("hilft", "helfen"),
        ("trifft", "treffen"),
        ("wirft", "werfen"),
        ("fährt", "fahren"),
        ("trägt", "tragen"),
        ("hält", "halten"),
        ("lädt", "laden"),
        ("lässt", "lassen"),
        ("schlägt", "schlagen"),
        ("wäscht", "waschen"),
        ("misst", "messen"),
        ("gibst", "geben"),
        ("nimmst", "nehmen"),
    ];
    let lower = raw.to_lowercase();
    // "gibt .. ab", "übernimmt": the vowel of the stem changes.
    let changed = VOWELS.iter().find_map(|(form, base)| {
        let front = lower.strip_suffix(form)?;
        Some(format!("{particle}{front}{base}"))
    });
    if let Some(whole) = changed {
        let plain = crate::text::fold_str(&whole);
        let bare = plain.strip_prefix(particle).unwrap_or(&plain);
        return (is_verb(&plain) || is_verb(bare)).then_some(whole);
    }
    for ending in ["et", "t", "est", "st", "e", "en", "n", ""] {
        let Some(stem) = lower.strip_suffix(ending) else {
            continue;
        };
        for tail in ["en", "n"] {
            let whole = format!("{particle}{stem}{tail}");
            if is_verb(&crate::text::fold_str(&whole)) {
                return Some(whole);
            }
        }
    }
    None
}

/// Participles that change their vowel, and their infinitives.
const STRONG: &[(&str, &str)] = &[
    ("schrieben", "schreiben"),
    ("sprochen", "sprechen"),
    ("nommen", "nehmen"),
    ("geben", "geben"),
    ("glichen", "gleichen"),
    ("laden", "laden"),
    ("rufen", "rufen"),
    ("schlossen", "schließen"),
    ("bracht", "bringen"),
    ("troffen", "treffen"),
    ("wiesen", "weisen"),
    ("zogen", "ziehen"),
    ("sandt", "senden"),
    ("tan", "tun"),
    ("halten", "halten"),
    ("lesen", "lesen"),
    ("worfen", "werfen"),
    ("boten", "bieten"),
    ("hoben", "heben"),
    ("legen", "legen"),
    ("fahren", "fahren"),
    ("gangen", "gehen"),
    ("griffen", "greifen"),
    ("bunden", "binden"),
    ("funden", "finden"),
    ("wandt", "wenden"),
];

/// "unterschrieben" to "unterschreiben", "angerufen" to "anrufen".
fn of_strong(lower: &str) -> Option<String> {
    STRONG.iter().find_map(|(past, base)| {
        let front = lower.strip_suffix(past)?;
        let front = front.strip_suffix("ge").unwrap_or(front);
        Some(format!("{front}{base}"))
    })
}

/// "einzuholen" to "einholen", and "prüfen" behind "zu" as it is.
pub(crate) fn of_zu(s: &Sentence, last: usize) -> Option<String> {
    let lower = s.words.raw(last).to_lowercase();
    if last > 0 && s.words.word(last - 1) == "zu" {
        return lower.ends_with('n').then_some(lower);
    }
    // "Zurückzusenden" begins with what only looks like it.
    let particle = |at: &usize| one_of(PARTICLES, &crate::text::fold_str(&lower[..*at]));
    let mut links = lower.match_indices("zu").map(|(at, _)| at);
    let at = links.find(|at| *at > 1 && particle(at))?;
    lower
        .ends_with('n')
        .then(|| format!("{}{}", &lower[..at], &lower[at + 2..]))
}

/// The infinitive of a participle: "eingereicht" to "einreichen", "bestellt" to "bestellen".
pub(crate) fn of_participle(raw: &str) -> Option<String> {
    let lower = raw.to_lowercase();
    let mut stems = vec![lower.clone()];
    if let Some(at) = lower.find("ge") {
        stems.push(format!("{}{}", &lower[..at], &lower[at + 2..]));
    }
    if let Some(at) = lower.find("zu").filter(|&at| at > 0) {
        stems.push(format!("{}{}", &lower[..at], &lower[at + 2..]));
    }
    let known = stems.iter().find_map(|stem| {
        let base = stem
            .strip_suffix("et")
            .or_else(|| stem.strip_suffix('t'))
            .map(|s| format!("{s}en"));
        [
            Some(stem.clone()),
            base.clone(),
            base.and_then(|b| b.strip_suffix("en").map(|s| format!("{s}n"))),
        ]
        .into_iter()
        .flatten()
        .find(|c| is_verb(&crate::text::fold_str(c)))
    });
    known.or_else(|| of_strong(&lower))
}

pub(crate) fn is_infinitive(words: &Words, i: usize) -> bool {
    let word = words.word(i);
    words.has(i, Marks::VERB)
        && (word.ends_with("en") || word.ends_with("rn") || word.ends_with("ln"))
        && !words.capital(i)
}

/// The last word from `from` on, if its looks allow an infinitive that no list has: "umstellen", "rausschicken".
pub(crate) fn ends_like_infinitive(s: &Sentence, from: usize) -> bool {
    let w = s.words;
    (from..s.to)
        .rev()
        .find(|&i| w.shape(i) == Shape::Word)
        .is_some_and(|i| {
            let word = w.word(i);
            word.len() > 4
                && !w.capital(i)
                && !w.has(i, Marks::FUNCTION.and(Marks::MODAL))
                && ["en", "ern", "eln"].iter().any(|end| word.ends_with(end))
        })
}

pub(crate) fn ends_in_infinitive(s: &Sentence, from: usize) -> bool {
    (from..s.to)
        .rev()
        .find(|&i| s.words.shape(i) == Shape::Word)
        .is_some_and(|i| is_infinitive(s.words, i))
}

/// The infinitive of a finite verb at `i`, with a particle from the end of the clause.
pub(crate) fn separable(s: &Sentence, i: usize) -> Option<(String, Option<usize>)> {
    let w = s.words;
    let particle = (i + 1..s.to).find(|&k| {
        w.one_of(k, PARTICLES)
            && (k + 1 >= s.to
                || w.shape(k + 1) == Shape::Mark
                || matches!(w.word(k + 1), "und" | "oder") && !w.capital(k + 2))
    });
    if let Some(k) = particle
        && let Some(whole) = infinitive(w.raw(i), &w.raw(k).to_lowercase())
    {
        return Some((whole, Some(k)));
    }
    infinitive(w.raw(i), "").map(|v| (v, None))
}
