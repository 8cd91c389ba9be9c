//! Units with their words, and what kind of lists they make.

use crate::acts::{self};
use crate::language::{self, Language};
use crate::segment::{Document, Kind, Unit};
use crate::text::{Words, one_of};
use std::collections::BTreeMap;

/// A unit with its words, ready to be read.
pub(crate) struct Prepared<'a, 't> {
    pub(crate) index: usize,
    pub(crate) unit: &'a Unit,
    pub(crate) words: Words<'t>,
    pub(crate) language: Language,
}

pub(crate) fn prepare<'a, 't>(
    document: &'a Document<'t>,
    index: usize,
    unit: &'a Unit,
) -> Prepared<'a, 't> {
    let mut words = Words::read(document.text, unit.bytes.start, unit.bytes.end);
    let language = language::of_passage(&words, document.language);
    words.mark(language.lexicon());
    Prepared {
        index,
        unit,
        words,
        language,
    }
}

/// Units that begin with a time of day, where three and more of them follow each other.
pub(crate) fn timetable(prepared: &[Prepared]) -> Vec<bool> {
    let clock = |item: &Prepared| {
        let w = &item.words;
        let at = usize::from(matches!(w.word(0), "[" | "("));
        w.len() > at + 4
            && item.unit.speaker.is_none()
            && w.number(at).is_some_and(|h| h < 24)
            && w.one_of(at + 1, ":|.|h")
            && w.touches(at)
            && w.word(at + 2).len() == 2
            && w.number(at + 2).is_some_and(|m| m < 60)
            && (w.word(at + 1) == ":" || w.word(at + 3) != ".")
    };
    let mut all: Vec<bool> = prepared.iter().map(clock).collect();
    let days = bridges(prepared, &all);
    let mut from = 0;
    while from < all.len() {
        let to = (from..all.len()).find(|&k| !all[k] && !days[k]);
        let to = to.unwrap_or(all.len());
        if all[from..to].iter().filter(|line| **line).count() < 3 {
            all[from..to].fill(false);
        }
        from = to + 1;
    }
    all
}

/// Short lines between the lines of a timetable that name its next day: "mardi 14 juillet".
fn bridges(prepared: &[Prepared], timed: &[bool]) -> Vec<bool> {
    let day = |(k, item): (usize, &Prepared)| {
        let w = &item.words;
        let named = || (0..w.len()).any(|i| crate::dates::is_weekday(w.word(i)));
        w.len() <= 6 && timed.get(k + 1).copied().unwrap_or(false) && named()
    };
    prepared.iter().enumerate().map(day).collect()
}

/// Units of a log that begin with the time at which they were written: "0715 net 3 torn", "[00:38] dentist is Tuesday".
pub(crate) fn stamped(prepared: &[Prepared]) -> Vec<bool> {
    let stamp = |item: &Prepared| {
        let w = &item.words;
        let at = usize::from(matches!(w.word(0), "[" | "("));
        let plain = |n: u32| n / 100 < 24 && n % 100 < 60 && !(1900..2100).contains(&n);
        let joined = w.word(at).len() == 4 && w.number(at).is_some_and(plain);
        let apart = w.number(at).is_some_and(|h| h < 24)
            && w.one_of(at + 1, ":|.|h")
            && w.touches(at)
            && w.word(at + 2).len() == 2
            && w.number(at + 2).is_some_and(|m| m < 60);
        w.len() > at + 2 && item.unit.speaker.is_none() && (joined || apart)
    };
    let mut all: Vec<bool> = prepared.iter().map(stamp).collect();
    // A log has many of them.
    if all.iter().filter(|stamped| **stamped).count() < 4 {
        all.fill(false);
    }
    all
}

/// Lists of which most items begin with a verb of work; in a sheet of notes fewer are enough.
pub(crate) fn order_lists(prepared: &[Prepared]) -> BTreeMap<usize, bool> {
    let notes = is_notes(prepared);
    let mut counts: BTreeMap<usize, (usize, usize, usize, usize)> = BTreeMap::new();
    // Nothing but short lines: no product text, no article.
    let lines = prepared.iter().all(|p| p.words.len() <= 18);
    let mut lengths: BTreeMap<usize, usize> = BTreeMap::new();
    for item in prepared {
        if let Kind::Item { numbered } = item.unit.kind {
            let known = counts.entry(item.unit.list).or_default();
            known.0 += 1;
            *lengths.entry(item.unit.list).or_default() += item.words.len();
            known.1 += usize::from(acts::begins_as_order(&item.words, item.language));
            known.2 += usize::from(numbered);
            known.3 += usize::from((0..item.words.len()).any(|i| {
                item.words.one_of(i, "by|until|bis|avant")
                    && (crate::dates::is_weekday(item.words.word(i + 1))
                        || item.words.number(i + 1).is_some())
            }));
        }
    }
    let most =
        |all: usize, orders: usize| all >= 2 && orders * 10 >= all * 6 || notes && orders >= 2;
    // Steps to follow are numbered, too, but have no days.
    let plain =
        |all: usize, numbered: usize, due: usize| numbered * 2 <= all || due > 0 && all <= 9;
    counts
        .into_iter()
        .map(|(list, (all, orders, numbered, due))| {
            // Short lines of a note: some name only the thing.
            let length = lengths.get(&list).copied().unwrap_or(0);
            let jotted = lines
                && numbered == 0
                && orders >= 2
                && orders * 10 >= all * 4
                && length <= all * 8;
            (
                list,
                (most(all, orders) || jotted) && plain(all, numbered, due),
            )
        })
        .collect()
}

/// A short sheet of list items and hardly anything else.
pub(crate) fn is_notes(prepared: &[Prepared]) -> bool {
    let units = prepared.iter().filter(|p| p.unit.kind != Kind::Heading);
    let (mut all, mut items, mut words) = (0, 0, 0);
    for unit in units {
        all += 1;
        items += usize::from(matches!(
            unit.unit.kind,
            Kind::Item { .. } | Kind::Check { .. }
        ));
        words += unit.words.len();
    }
    (3..=80).contains(&all) && items * 10 >= all * 7 && words <= all * 14
}

pub(crate) fn is_course_word(word: &str) -> bool {
    one_of(
        "syllabus|course|lecture|semester|homework|midterm|quiz|professor|professors|\
            students|exam|assignment|essay|vorlesung|klausur|seminar|examen|parcial|curso|\
            cours|partiel|ders|sinav|odev|dersi|asignatura|ubungsblatt|pset|reading",
        word,
    )
}

/// Whether the first lines call the document a manual.
pub(crate) fn is_manual(prepared: &[Prepared]) -> bool {
    const MANUALS: &str = "\
        operator's handbook|operators handbook|operator's manual|owner's manual|owners manual|user manual|user's manual|user guide|instruction manual|instructions for use|operating instructions|assembly instructions|installation guide|service manual|quick start guide|\
        bedienungsanleitung|gebrauchsanweisung|betriebsanleitung|montageanleitung|gebrauchsanleitung|aufbauanleitung|manual de instrucciones|manual de usuario|manual del usuario|instrucciones de uso|instrucciones de montaje|\
        notice d' utilisation|notice de montage|mode d' emploi|manuel d' utilisation|guide d' utilisation|kullanim kilavuzu|kullanma kilavuzu|montaj kilavuzu";
    prepared
        .iter()
        .take(3)
        .any(|item| item.words.any_phrase(0..item.words.len().min(24), MANUALS))
}

/// Titles over what is said to whoever may read it.
const ADVICE: &str = "\
    tips|tip|rules|rule|ways to|advice|how to|tricks|hints|do's and don'ts|dos and don'ts|etiquette|commandments|lessons|reasons to|things to know|things every|mistakes|frequently asked|good to know|faq|hacks|\
    tipps|regeln|ratschlage|hausordnung|so gelingt|so geht|consejos|trucos|reglas|normas|maneras de|conseils|astuces|regles|facons de|ipuclari|oneriler|kurallar|kurallari|yontemi|tavsiyeler";

/// Units under a title that announces advice or rules, up to the next title.
pub(crate) fn advice(prepared: &[Prepared]) -> Vec<bool> {
    let mut on = false;
    let listed = |item: &Prepared| matches!(item.unit.kind, Kind::Item { .. } | Kind::Check { .. });
    prepared
        .iter()
        .map(|item| {
            let w = &item.words;
            let ends = w.len() > 0 && w.one_of(w.len() - 1, ".|!|?|;");
            let title = item.unit.kind == Kind::Heading
                || !listed(item) && item.unit.speaker.is_none() && w.len() <= 13 && !ends;
            if title {
                on = w.len() <= 13 && w.any_phrase(0..w.len(), ADVICE);
            }
            on
        })
        .collect()
}

/// Whether the lines of a note to a person are orders: "Water the fig. Ring the framers."
pub(crate) fn commands(prepared: &[Prepared], greeted: bool) -> bool {
    let lines: Vec<&Prepared> = prepared
        .iter()
        .filter(|p| p.unit.kind == Kind::Text && p.unit.speaker.is_none())
        .collect();
    let turned = prepared.iter().take(3).any(|p| {
        (0..p.words.len().min(12))
            .any(|i| p.words.one_of(i, "for|fur|para|pour") && acts::name_like(&p.words, i + 1))
    });
    let orders = lines
        .iter()
        .filter(|p| acts::begins_as_order(&p.words, p.language))
        .count();
    (greeted || turned)
        && (4..=40).contains(&lines.len())
        && orders >= 4
        && orders * 10 >= lines.len() * 5
        && lines.iter().all(|p| p.words.len() <= 24)
}
