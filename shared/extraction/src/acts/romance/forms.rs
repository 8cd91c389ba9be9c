//! Forms of Spanish and French verbs, and their infinitives.

use crate::language::{Language, Marks};
use crate::text::{Words, fold_str};

pub(crate) fn is_verb(word: &str, language: Language) -> bool {
    language.lexicon().marks(word).any(Marks::VERB)
}

pub(crate) fn is_infinitive(w: &Words, i: usize) -> bool {
    let word = w
        .word(i)
        .trim_end_matches("me")
        .trim_end_matches("nos")
        .trim_end_matches("le")
        .trim_end_matches("lo");
    w.has(i, Marks::VERB)
        && (["ar", "er", "ir", "re", "oir"]
            .iter()
            .any(|e| word.ends_with(e)))
}

/// The infinitive of a future form, with its accents: "enviará" to "enviar", "préparera" to "préparer".
pub(crate) fn future(raw: &str, language: Language, first: bool) -> Option<String> {
    const IRREGULAR: &[(&str, &str)] = &[
        ("enverr", "envoyer"),
        ("fer", "faire"),
        ("ver", "voir"),
        ("viendr", "venir"),
        ("har", "hacer"),
        ("tendr", "tener"),
        ("pondr", "poner"),
        ("dir", "decir"),
        ("obtiendr", "obtenir"),
        ("reverr", "revoir"),
        ("har", "hacer"),
        ("traduir", "traduire"),
        ("conclur", "conclure"),
    ];
    let endings: &[&str] = match (language, first) {
        (Language::Spanish, true) => &["e"],
        (Language::Spanish, false) => &["a", "an", "as"],
        (_, true) => &["ai"],
        (_, false) => &["a", "ont", "as", "ez"],
    };
    let lower = raw.to_lowercase();
    let folded = fold_str(&lower);
    // In Spanish the accent tells "enviará" from "enviara" and "envía".
    if language == Language::Spanish
        && !lower.ends_with(['é', 'á'])
        && !lower.ends_with("án")
        && !lower.ends_with("ás")
    {
        return None;
    }
    endings.iter().find_map(|ending| {
        let stem = folded.strip_suffix(ending)?;
        if let Some((_, verb)) = IRREGULAR.iter().find(|(f, _)| *f == stem) {
            return Some((*verb).to_owned());
        }
        let kept: String = lower.chars().take(stem.chars().count()).collect();
        if is_verb(stem, language) && stem.ends_with('r') {
            return Some(kept);
        }
        let long = format!("{stem}e");
        if language == Language::French && is_verb(&long, language) {
            return Some(format!("{kept}e"));
        }
        // "appellerai" doubles what its infinitive has once.
        let single = stem.replacen("ller", "ler", 1).replacen("tter", "ter", 1);
        if language == Language::French && single != stem && is_verb(&single, language) {
            return Some(single);
        }
        // "achètera" has an accent its infinitive lacks; "appellera" a second l.
        None
    })
}

/// The infinitive of a present in the third person: "relance" to "relancer", "envía" to "enviar".
pub(crate) fn of_present(raw: &str, language: Language) -> Option<String> {
    let lower = raw.to_lowercase();
    let endings: &[(&str, &str)] = match language {
        Language::Spanish => &[("a", "ar"), ("e", "er"), ("e", "ir")],
        _ => &[
            ("oie", "oyer"),
            ("uie", "uyer"),
            ("aie", "ayer"),
            ("e", "er"),
            ("it", "ire"),
            ("d", "dre"),
            ("t", "tre"),
        ],
    };
    endings.iter().find_map(|(ending, infinitive)| {
        let base = format!("{}{infinitive}", lower.strip_suffix(ending)?);
        let plain = base.replace('í', "i").replace('ú', "u");
        let spelled = if language == Language::Spanish {
            plain
        } else {
            base
        };
        is_verb(&fold_str(&spelled), language).then_some(spelled)
    })
}

/// The infinitive of a Spanish or French subjunctive: "revises" to "revisar", "envoies" to "envoyer".
pub(crate) fn subjunctive(word: &str, language: Language) -> Option<String> {
    if language == Language::French
        && let Some(found) = french_subjunctive(word)
    {
        return Some(found);
    }
    let stem = [
        "aras", "aran", "ieras", "ieran", "es", "e", "as", "a", "en", "an", "ez", "iez",
    ]
    .iter()
    .find_map(|e| word.strip_suffix(e))?;
    ["ar", "er", "ir", "re"]
        .iter()
        .map(|e| format!("{stem}{e}"))
        .find(|v| is_verb(v, language))
}

/// The French subjunctives whose stem is not that of their infinitive.
fn french_subjunctive(word: &str) -> Option<String> {
    const ENDINGS: [&str; 4] = ["iez", "es", "ent", "e"];
    let stem = ENDINGS.iter().find_map(|e| word.strip_suffix(e))?;
    let irregular = match stem {
        "fass" => "faire",
        "prenn" | "pren" => "prendre",
        "vienn" => "venir",
        "aill" => "aller",
        "mett" => "mettre",
        "ecriv" => "ecrire",
        "rempliss" => "remplir",
        "fourniss" => "fournir",
        "finiss" => "finir",
        _ => "",
    };
    if !irregular.is_empty() {
        return Some(irregular.to_owned());
    }
    // "appelles", "envoies".
    let turned = match stem.strip_suffix(['l', 't']) {
        Some(single) if stem.ends_with("ell") || stem.ends_with("ett") => single.to_owned(),
        _ => format!("{}y", stem.strip_suffix('i')?),
    };
    Some(format!("{turned}er")).filter(|verb| is_verb(verb, Language::French))
}

pub(crate) fn imperative(w: &Words, i: usize, language: Language) -> bool {
    is_verb(w.word(i), language) && !is_infinitive(w, i)
}
