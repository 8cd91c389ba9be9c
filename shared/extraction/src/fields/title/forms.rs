//! English verb forms and their bases.

use crate::language::{Language, Marks};

pub(crate) const IRREGULAR: &[(&str, &str)] = &[
    ("sent", "send"),
    ("done", "do"),
    ("made", "make"),
    ("taken", "take"),
    ("written", "write"),
    ("rewritten", "rewrite"),
    ("bought", "buy"),
    ("brought", "bring"),
    ("built", "build"),
    ("rebuilt", "rebuild"),
    ("found", "find"),
    ("given", "give"),
    ("held", "hold"),
    ("kept", "keep"),
    ("paid", "pay"),
    ("read", "read"),
    ("run", "run"),
    ("said", "say"),
    ("sold", "sell"),
    ("set", "set"),
    ("shown", "show"),
    ("shut", "shut"),
    ("spoken", "speak"),
    ("told", "tell"),
    ("chosen", "choose"),
    ("drawn", "draw"),
    ("driven", "drive"),
    ("put", "put"),
    ("cut", "cut"),
    ("gotten", "get"),
    ("met", "meet"),
    ("withdrawn", "withdraw"),
    ("undertaken", "undertake"),
    ("overseen", "oversee"),
    ("frozen", "freeze"),
    ("fed", "feed"),
    ("led", "lead"),
    ("lent", "lend"),
    ("laid", "lay"),
    ("let", "let"),
    ("split", "split"),
    ("sought", "seek"),
    ("taught", "teach"),
    ("thrown", "throw"),
    ("won", "win"),
    ("known", "know"),
    ("cast", "cast"),
    ("reset", "reset"),
    ("resent", "resend"),
    ("swept", "sweep"),
    ("hung", "hang"),
    ("broken", "break"),
    ("hired", "hire"),
];

pub(crate) fn is_verb(word: &str) -> bool {
    Language::English.lexicon().marks(word).any(Marks::VERB)
}

/// The base of an English participle: "submitted" to "submit", "sent" to "send".
pub(crate) fn base_of_participle(word: &str) -> Option<String> {
    if let Some((_, base)) = IRREGULAR.iter().find(|(form, _)| *form == word) {
        return Some((*base).to_owned());
    }
    let stem = word.strip_suffix("ed")?;
    let mut candidates = vec![stem.to_owned(), format!("{stem}e")];
    if let Some(y) = stem.strip_suffix('i') {
        candidates.insert(0, format!("{y}y"));
    }
    if let Some(short) = doubled(stem) {
        candidates.push(short);
    }
    candidates.into_iter().find(|c| is_verb(c))
}

pub(crate) fn doubled(stem: &str) -> Option<String> {
    let mut chars = stem.chars().rev();
    let (last, before) = (chars.next()?, chars.next()?);
    (last == before && last.is_ascii_alphabetic()).then(|| stem[..stem.len() - 1].to_owned())
}

/// The base of an English gerund: "sending" to "send", "planning" to "plan".
pub(crate) fn base_of_gerund(word: &str) -> Option<String> {
    let stem = word.strip_suffix("ing")?;
    let candidates = [stem.to_owned(), format!("{stem}e")];
    candidates
        .into_iter()
        .chain(doubled(stem))
        .find(|c| is_verb(c))
}

/// The base of an English third person: "sends" to "send", "finishes" to "finish".
pub(crate) fn base_of_third(word: &str) -> Option<String> {
    let stem = word.strip_suffix('s')?;
    let mut candidates = vec![stem.to_owned()];
    if let Some(short) = stem.strip_suffix('e') {
        candidates.push(short.to_owned());
        if let Some(y) = short.strip_suffix('i') {
            candidates.push(format!("{y}y"));
        }
    }
    candidates.into_iter().find(|c| is_verb(c))
}
