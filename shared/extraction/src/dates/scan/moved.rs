//! A day or an hour that takes the place of another: "moved from Friday to Monday at 11", "22 March instead of 15 March".

use super::Found;
use crate::dates::{Lead, When};
use crate::sentences;
use crate::text::Words;
use std::ops::Range;

/// What says that something is held at another time than was said.
const MOVED: &str = "\
    moved|rescheduled|postponed|pushed|shifted|delayed|preponed|brought forward|put back|pulled forward|changed|will now|now starts|now begins|now takes place|\
    verschoben|verlegt|vorverlegt|vorgezogen|verschiebt|geandert|dafur|stattdessen|\
    reporte|reportee|reportes|reportees|decale|decalee|deplace|deplacee|avance|avancee|repousse|repoussee|se pasa|pasa al|pasa del|aplaza|aplazado|aplazada|adelanta|adelantado|adelantada|traslada|trasladado|trasladada|retrasa|cambia|pospone|pospuesto|pospuesta|reprogramado|reprogramada|\
    ertelendi|ertelenmistir|ertelenecek|ertelenecektir|alindi|alinmistir|kaydirildi|tasindi|cekildi";

/// What says the same of a deadline.
const EXTENDED: &str = "\
    extended|prolonged|verlangert|prolonge|prolongee|prolonges|prolongees|ampliado|ampliada|amplia|prorroga|prorrogado|prorrogada|extendido|extendida|extiende|\
    uzatildi|uzatilmistir|uzatilacak|uzatilacaktir|uzatilmis";

/// What is due, and not held.
const DEADLINES: &str = "\
    deadline|deadlines|due|frist|abgabefrist|abgabetermin|anmeldefrist|einsendeschluss|anmeldeschluss|plazo|echeance|limite|delai|son tarih|son gun|teslim|son basvuru|teslimi";

/// What stands before the day that no longer holds.
const INSTEAD: &str = "\
    instead of|rather than|anstatt|statt|anstelle|anstelle von|au lieu|plutot que|en lugar|en vez";

/// Words before the new day, and before the old one.
const TO: &str = "to|until|till|auf|a|al|au|bis";
const FROM: &str = "from|von|vom|de|du|del|desde";

/// Whether the words say that something is held at another time than was said.
pub(crate) fn moves(words: &Words, span: Range<usize>) -> bool {
    words.any_phrase(span, MOVED)
}

/// Whether the words say that a deadline was put off.
pub(crate) fn extends(words: &Words, span: Range<usize>) -> bool {
    words.any_phrase(span, EXTENDED)
}

/// Lets the new day and hour hold where an old one stands beside it.
pub(super) fn moved(words: &Words, mut all: Vec<Found>) -> Vec<Found> {
    let whole = 0..words.len();
    let said = |list| words.any_phrase(whole.clone(), list);
    let one = || all.iter().filter(|d| single(d)).count() > 0;
    if !one() || !(said(MOVED) || said(EXTENDED) || said(INSTEAD) || said("yerine")) {
        return all;
    }
    for (from, to) in sentences::split(words) {
        let inside: Vec<usize> = (0..all.len())
            .filter(|&k| all[k].from >= from && all[k].to <= to && single(&all[k]))
            .collect();
        let told = moves(words, from..to) || extends(words, from..to);
        for pair in inside.windows(2) {
            let (first, second) = (&all[pair[0]], &all[pair[1]]);
            let (old, new) = match order(words, (first, second), told) {
                Some(true) => (pair[0], pair[1]),
                Some(false) => (pair[1], pair[0]),
                None => continue,
            };
            let Some(when) = all[new].when.as_ref().zip(all[old].when.as_ref()) else {
                continue;
            };
            all[new].when = Some(instead(when.0, when.1));
            all[old].when = None;
            if matches!(all[old].lead, Lead::From | Lead::Of | Lead::After) {
                all[old].lead = Lead::On;
            }
            break;
        }
        if told {
            for found in all.iter_mut().filter(|d| d.from >= from && d.to <= to) {
                settle(words, from..to, found);
            }
        }
    }
    all
}

/// Neither again and again nor gone by.
fn single(found: &Found) -> bool {
    let when = found.when.as_ref();
    when.is_some_and(|when| when.recurrence.is_none() && when.exact.is_none())
}

/// Whether the second of two days takes the place of the first; `None` where neither does.
fn order(words: &Words, (first, second): (&Found, &Found), told: bool) -> Option<bool> {
    const FAR: usize = 14;
    let start = |found: &Found| found.lead_from.min(found.from);
    let instead = |found: &Found| {
        let near = start(found).saturating_sub(3)..start(found);
        let phrase = words.find_phrase(near, INSTEAD);
        phrase.is_some_and(|(at, length)| at + length + 2 > start(found))
    };
    // "cuma yerine pazartesi".
    if words.any_of(first.to..second.from.min(first.to + 2), "yerine") {
        return Some(true);
    }
    // "Now Wednesday 17 March (was 12 March)".
    let denied = |found: &Found| {
        const ONCE: &str = "not|was|formerly|previously|originally|nicht|bisher|vorher|ursprunglich|war|pas|etait|initialement|no|era|originalmente|onceden|onceki|eski|degil";
        told && start(found) > 0 && words.one_of(start(found) - 1, ONCE)
    };
    if instead(first) || denied(first) {
        return Some(true);
    }
    if instead(second) || denied(second) {
        return Some(false);
    }
    let apart = start(second).saturating_sub(first.to);
    if !told
        || apart > FAR
        || second.lead == Lead::Due && !words.one_of(start(second), "bis|until|till")
    {
        return None;
    }
    let led = |found: &Found, list| {
        let before = start(found).saturating_sub(1)..found.from;
        words.any_of(before, list)
    };
    let (to, from) = (led(first, TO), led(second, FROM));
    match (to && !led(first, FROM), led(second, TO)) {
        (true, false) => from.then_some(false),
        _ => Some(true),
    }
}

/// The day of the new time, its hour or else that of the old.
fn instead(new: &When, old: &When) -> When {
    let mut when = new.clone();
    if when.time.is_none() {
        (when.time, when.end_time, when.zone) = (old.time, old.end_time, old.zone);
    }
    if !when.day_given {
        (when.day, when.day_given) = (old.day, old.day_given);
    }
    when
}

/// What a new time is for, and the second of two hours where "from 10:00 to 11:30" is no stretch.
fn settle(words: &Words, span: Range<usize>, found: &mut Found) {
    let hours = words.any_of(
        found.from.saturating_sub(2).max(span.start)..found.from + 1,
        FROM,
    );
    let due = extends(words, span.clone()) || words.any_phrase(span.clone(), DEADLINES);
    if let Some(when) = found.when.as_mut() {
        let parted = (found.from..found.to).any(|i| words.one_of(i, TO));
        if hours && parted && !due && when.end_time.is_some() && when.last_day.is_none() {
            when.time = when.end_time.take();
        } else if hours && parted {
            when.day = when.last_day.take().unwrap_or(when.day);
        }
        if due {
            found.lead = Lead::Due;
        } else if matches!(found.lead, Lead::From | Lead::Of | Lead::After)
            || words.one_of(found.lead_from, "until|till|bis")
        {
            found.lead = Lead::On;
        }
    }
}
