//! The word before a date that says what it is for.

use crate::dates::{Language, Lead};
use crate::text::{Quick, Words};
use std::sync::LazyLock;

pub(crate) const DUE: &str = "\
    by no later than|no later than|not later than|at the latest by|by the latest|on or before|\
    due by|due on|due|due date|by|until|til|till|before|prior to|ahead of|latest|deadline|\
    deadline is|deadline of|is due|are due|closes|closes on|ends|expires|expires on|\
    bis spatestens|bis spaetestens|spatestens bis zum|spatestens bis|spatestens am|spatestens|\
    bis zum|bis zur|bis|vor|vor dem|fallig am|fallig|frist|abgabe|abgabe am|antes del|antes de|\
    a mas tardar el|a mas tardar|hasta el|hasta|para el|para este|para la|vence el|vence|\
    fecha limite|antes|no mas tarde del|entrega el|avant le|avant|d'ici le|d'ici a|d'ici au|d'ici|\
    d' ici le|d' ici au|d' ici a|d' ici|jusqu'au|au plus tard le|au plus tard|pour le|echeance|\
    pour|pr le|pr|a rendre le|a rendre pour le|en geç|en gec|son tarih|for delivery by|target|\
    target date|eta|como tarde el|como muy tarde el|como tarde|como muy tarde|tope el|tope|son gun|needed by|wanted by|required by|as of|para";

pub(crate) const ON: &str = "\
    on|am|el|le|this|ce|at|um|dia|el dia|on the|@|a|den|der|kommenden|tarihinde|scheduled for|\
    set for";

pub(crate) const FROM: &str = "\
    from|starting|starting on|beginning|effective|ab|ab dem|von|vom|desde|desde el|a partir de|\
    a partir del|a partir du|du|starting from";

pub(crate) const AFTER: &str = "\
    after|since|nach|nach dem|seit|seit dem|despues de|despues del|apres|apres le|depuis|\
    depuis le|following|as from|dated|vom";

pub(crate) const OF: &str = "for|of|fur|fur den|de|del|du|de la|' s|for the|of the|from the";

/// Turkish puts the lead behind the date.
pub(crate) const BEHIND: &str = "\
    kadar|e kadar|a kadar|gunune kadar|tarihine kadar|gunu mesai bitimine kadar|aksamina kadar|sabahina kadar|gunu aksamina kadar|gunu sonuna kadar|sonuna kadar|mesai bitimine kadar|gunu|gunune|\
    tarihinde|tarihine|once|' e kadar|' a kadar|' ye kadar|' ya kadar|ye kadar|ya kadar|'e kadar|ne kadar|itibaren|' tan itibaren|' dan itibaren|' ten itibaren|' den itibaren|tarihinden itibaren|gununden itibaren|dan itibaren|den itibaren|tan itibaren|ten itibaren";

/// What makes a day the last one from behind it.
pub(crate) const LAST: &str = "\
    at the latest|the latest|latest|at latest|au plus tard|dernier delai|a mas tardar|como muy tarde|como tarde|spatestens|en gec";

/// The lead before token `from`, and where it begins.
pub(crate) fn lead(words: &Words, from: usize, language: Language) -> (Lead, usize) {
    // "Kannst du morgen ..": the French word for "from" is the German one for "you".
    if language == Language::German && from > 0 && words.word(from - 1) == "du" {
        return (Lead::Plain, from);
    }
    if let Some(found) = direct_lead(words, from) {
        return found;
    }
    // "Due: 14 March", "DEADLINE: <2026-03-31>": marks stand between lead and day.
    let marks = (1..=3)
        .take_while(|k| from >= *k && words.one_of(from - k, ":|<|[|*|=|("))
        .count();
    if marks > 0
        && let Some(found) = direct_lead(words, from - marks).filter(|f| f.0 == Lead::Due)
    {
        return found;
    }
    if from > 0 && words.one_of(from - 1, "the|,|der|dem|:|el|la|le|(|early") {
        // "by the 14th": the article stands between lead and day.
        return direct_lead(words, from - 1).unwrap_or((Lead::Plain, from));
    }
    (Lead::Plain, from)
}

pub(crate) type Leads = Quick<&'static str, Vec<(Vec<&'static str>, Lead)>>;

/// All leads by their last word; a lead of higher rank comes first.
pub(crate) static LEADS: LazyLock<Leads> = LazyLock::new(|| {
    let mut index: Leads = Quick::default();
    let lists = [
        (Lead::Due, DUE),
        (Lead::From, FROM),
        (Lead::After, AFTER),
        (Lead::On, ON),
        (Lead::Of, OF),
    ];
    for (lead, list) in lists {
        for phrase in list.split('|') {
            let parts: Vec<&str> = phrase.split(' ').collect();
            if let Some(last) = parts.last() {
                index.entry(last).or_default().push((parts, lead));
            }
        }
    }
    index
});

pub(crate) fn direct_lead(words: &Words, from: usize) -> Option<(Lead, usize)> {
    let known = LEADS.get(words.word(from.checked_sub(1)?))?;
    let fits = |parts: &[&str]| {
        from.checked_sub(parts.len()).filter(|&start| {
            parts
                .iter()
                .enumerate()
                .all(|(k, p)| words.word(start + k) == *p)
        })
    };
    let lead = known.iter().find(|(parts, _)| fits(parts).is_some())?.1;
    known
        .iter()
        .filter(|(_, l)| *l == lead)
        .filter_map(|(parts, _)| fits(parts))
        .min()
        .map(|start| (lead, start))
}
