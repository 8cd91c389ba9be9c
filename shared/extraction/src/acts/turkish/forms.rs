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
    for (soft, hard) in [("ed", "et"), ("gid", "git")] {
        if stem == soft || stem.ends_with(&format!(" {soft}")) {
            stem = stem.replace(soft, hard);
        }
    }
    Some((*mood, stem))
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
        words.shape(i) == Shape::Word
            && words.word(i) != "lutfen"
            && !words.word(i).starts_with("misin")
    })
}

pub(crate) fn is_stem(words: &Words, i: usize) -> bool {
    STEMS.split('|').any(|s| {
        s.split(' ').next_back() == Some(words.word(i))
            && (!s.contains(' ') || i > 0 && s.split(' ').next() == Some(words.word(i - 1)))
    })
}
