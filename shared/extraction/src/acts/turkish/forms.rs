//! Endings of Turkish verbs, and what they mean.

use crate::text::{Shape, Words, fold_str};

/// Commands that are spoken often enough to be taken without an ending.
pub(crate) const STEMS: &str = "\
    gonder|hazirla|yap|al|ara|yaz|oku|bitir|tamamla|kontrol et|incele|guncelle|ode|teslim et|\
    rezerve et|ayarla|planla|bildir|paylas|yukle|imzala|duzenle|temizle|iste|getir|gotur|\
    satin al|cevapla|yanitla|ilet|test et|onayla|ekle|sil|topla|ogren|sor|not al|organize et|\
    davet et|takip et|arastir|revize et|coz|doldur|basvur|kaydet|tasarla";

/// What the ending of a verb says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    /// -ecek, -acak.
    Will,
    /// -eceğim, -acağım.
    IWill,
    /// -eceğiz, -acağız.
    WeWill,
    /// -meli, -malı.
    Must,
    /// -in, -iniz, -sin, or a bare stem.
    Command,
}

const ENDINGS: &[(Mood, &str)] = &[
    (Mood::IWill, "ecegim"),
    (Mood::IWill, "acagim"),
    (Mood::WeWill, "ecegiz"),
    (Mood::WeWill, "acagiz"),
    (Mood::Will, "ecekler"),
    (Mood::Will, "acaklar"),
    (Mood::Will, "ecektir"),
    (Mood::Will, "acaktir"),
    (Mood::Will, "ecek"),
    (Mood::Will, "acak"),
    (Mood::Must, "meliyiz"),
    (Mood::Must, "maliyiz"),
    (Mood::Must, "melisin"),
    (Mood::Must, "malisin"),
    (Mood::Must, "melidir"),
    (Mood::Must, "malidir"),
    (Mood::Must, "meliyim"),
    (Mood::Must, "maliyim"),
    (Mood::Must, "meli"),
    (Mood::Must, "mali"),
    (Mood::Command, "iniz"),
    (Mood::Command, "unuz"),
    (Mood::Command, "sinlar"),
    (Mood::Command, "sunlar"),
    (Mood::Command, "sin"),
    (Mood::Command, "sun"),
    (Mood::Command, "in"),
    (Mood::Command, "un"),
];

/// Mood and stem of a raw verb form, if its ending tells.
pub(crate) fn mood(raw: &str) -> Option<(Mood, String)> {
    let lower = raw.to_lowercase();
    let folded = fold_str(&lower);
    let (mood, ending) = ENDINGS
        .iter()
        .find(|(_, e)| folded.ends_with(e) && folded.len() > e.len() + 1)?;
    let kept = lower.chars().count() - ending.chars().count();
    let mut stem: String = lower.chars().take(kept).collect();
    // The y between two vowels is no part of the stem: "hazırla-y-acak".
    if stem.ends_with('y') && stem.chars().rev().nth(1).is_some_and(is_vowel) {
        stem.pop();
    }
    Some((*mood, hard(stem)))
}

/// The stem as it stands alone: "gid" softens "git" before a vowel.
fn hard(stem: String) -> String {
    match stem.as_str() {
        "ed" => "et".to_owned(),
        "gid" => "git".to_owned(),
        "tad" => "tat".to_owned(),
        _ => stem,
    }
}

/// Whether a word asks whom one speaks to: "misin", "musunuz".
pub(crate) fn asks_you(word: &str) -> bool {
    word.starts_with("misin") || word.starts_with("musun")
}

/// Whether a verb commands as notices do: "alınız".
pub(crate) fn is_formal(raw: &str) -> bool {
    let folded = fold_str(raw);
    folded.ends_with("iniz") || folded.ends_with("unuz")
}

/// The stem of an aorist: "gönderir", "hazırlar", "gidebilir".
pub(crate) fn of_aorist(raw: &str) -> Option<String> {
    let folded = fold_str(raw);
    let cut = |less: usize| -> String { raw.chars().take(raw.chars().count() - less).collect() };
    if folded.ends_with("ebilir") || folded.ends_with("abilir") {
        let mut stem = cut(6);
        if stem.ends_with('y') {
            stem.pop();
        }
        return Some(hard(stem));
    }
    folded.strip_suffix('r').filter(|rest| rest.len() > 1)?;
    let (long, short) = (cut(1), cut(2));
    let known = |stem: &str| STEMS.split('|').any(|s| s == fold_str(stem));
    let cluster = short.chars().rev().take(2).all(|c| !is_vowel(c)) && !folded.ends_with("ir");
    let vowel = long.ends_with(is_vowel);
    Some(if !vowel || (known(&long) || cluster) && !known(&short) {
        long
    } else {
        hard(short)
    })
}

/// The stem of a condition that turns to somebody: "gönderirsen", "hazırlarsanız".
pub(crate) fn of_condition(raw: &str) -> Option<String> {
    let lower = raw.to_lowercase();
    let folded = fold_str(&lower);
    let ending = ["seniz", "saniz", "sen", "san"]
        .iter()
        .find(|e| folded.ends_with(**e))?;
    let kept = lower.chars().count() - ending.len();
    of_aorist(&lower.chars().take(kept).collect::<String>())
}

pub(crate) fn is_vowel(c: char) -> bool {
    "aeıioöuüâî".contains(c)
}

/// Whether the stem carries the negative -me/-ma.
pub(crate) fn negative(raw: &str) -> bool {
    let folded = fold_str(raw);
    // "unutmayın": what is not to be forgotten is to be done.
    if folded.starts_with("unutma") {
        return false;
    }
    [
        "meyecek",
        "mayacak",
        "meyin",
        "mayin",
        "mesin",
        "masin",
        "memeli",
        "mamali",
        "meyecegim",
        "mayacagim",
        "meyecegiz",
        "mayacagiz",
        "miyor",
        "muyor",
    ]
    .iter()
    .any(|e| folded.ends_with(e) || folded.contains(&format!("{e}l")))
}

pub(crate) fn last_word(words: &Words, from: usize, to: usize) -> Option<usize> {
    (from..to).rev().find(|&i| {
        words.shape(i) == Shape::Word && words.word(i) != "lutfen" && !asks_you(words.word(i))
    })
}

pub(crate) fn is_stem(words: &Words, i: usize) -> bool {
    STEMS.split('|').any(|s| {
        s.split(' ').next_back() == Some(words.word(i))
            && (!s.contains(' ') || i > 0 && s.split(' ').next() == Some(words.word(i - 1)))
    })
}
