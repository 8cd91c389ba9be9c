//! German deadlines and orders without a subject.

use crate::acts::german::act;
use crate::acts::german::forms::{
    ends_in_infinitive, ends_like_infinitive, is_infinitive, of_participle, of_zu,
};
use crate::acts::{Act, Cue, Form, Owner, Sentence};
use crate::dates::Lead;
use crate::language::Marks;
use crate::text::Shape;

/// "Der Bericht muss bis Freitag eingereicht werden", "Der Bericht ist am Freitag fällig", "Abgabe der Hausarbeit: 5. März".
pub(crate) fn due(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let dated = s.dated(|d| d.when.is_some());
    if let Some(length) = w.phrase(
        at,
        "abgabe|abgabe der|abgabe des|abgabe vom|abgabefrist|abgabetermin|frist fur|deadline fur|abgabe von|\
                    einsendeschluss fur|abgabe :|anmeldeschluss fur",
    ) {
        let from = at + length;
        let noun = crate::acts::rest(s, from, s.to, &[]);
        return (dated && noun.chars().filter(|c| c.is_alphabetic()).count() > 2).then(|| {
            act(
                s,
                Cue::Deadline,
                Owner::Nobody,
                at,
                from,
                Form::Spelled(format!("{} abgeben", crate::fields::title::trim(&noun))),
                0.74,
            )
        });
    }
    let link = (at + 1..s.to.min(at + 10)).find(|&i| {
        w.one_of(
            i,
            "musste|mussten|muss|mussen|soll|sollen|sollte|sollten|ist|sind",
        )
    })?;
    let object = crate::acts::rest(s, at, link, &[]);
    if matches!(w.word(link), "ist" | "sind") {
        let last = (link..s.to).rev().find(|&i| w.shape(i) == Shape::Word)?;
        let soon = s.dated(|d| d.when.is_some() && d.lead == Lead::Due);
        if let Some(verb) = of_zu(s, last).filter(|_| soon) {
            let form = Form::Spelled(format!("{object} {verb}"));
            return Some(act(s, Cue::Deadline, Owner::Nobody, at, at, form, 0.76));
        }
        let owed =
            (link..s.to).any(|i| matches!(w.word(i), "fallig" | "abzugeben" | "einzureichen"));
        return (owed && dated).then(|| {
            act(
                s,
                Cue::Deadline,
                Owner::Nobody,
                at,
                at,
                Form::Spelled(format!("{object} abgeben")),
                0.76,
            )
        });
    }
    let passive = (link..s.to)
        .rev()
        .find(|&i| matches!(w.word(i), "werden" | "sein"))
        .filter(|&i| i > link + 1)?;
    let verb = if matches!(w.word(passive - 1), "fertig" | "bereit") {
        "fertigstellen".to_owned()
    } else {
        of_participle(w.raw(passive - 1))?
    };
    (dated || s.setting.action).then(|| {
        act(
            s,
            Cue::Deadline,
            Owner::Nobody,
            at,
            at,
            Form::Spelled(format!("{object} {verb}")),
            0.76,
        )
    })
}

/// "Bericht bis Freitag fertigstellen", "Schick den Bericht".
pub(crate) fn order(s: &Sentence, at: usize, label: bool) -> Option<Act> {
    let w = s.words;
    // "Müll rausbringen nicht vergessen!"
    let last = (at..s.to).rev().find(|&i| w.shape(i) == Shape::Word);
    let kept = last.filter(|&i| i > at + 2 && w.word(i - 1) == "nicht" && w.word(i) == "vergessen");
    if let Some(end) = kept.map(|i| i - 1)
        && (is_infinitive(w, end - 1) || w.raw(end - 1).ends_with("en") && !w.capital(end - 1))
    {
        let order = act(s, Cue::Imperative, Owner::Nobody, at, at, Form::Plain, 0.72);
        return Some(Act { to: end, ..order });
    }
    let infinitive = ends_in_infinitive(s, at)
        || (at..s.to).any(|i| {
            is_infinitive(w, i)
                && (w.shape(i + 1) == Shape::Mark
                    || s.date_at(i + 1).is_some()
                    || s.setting.item
                        && w.one_of(
                            i + 1,
                            "wegen|fur|mit|bei|von|an|zu|zum|zur|nach|ob|vor|im|in|und|oder",
                        ))
        });
    let jotted = s.to - at <= 7 && ends_like_infinitive(s, at + 1);
    let verb = infinitive || w.has(at, Marks::VERB);
    let finite = (at..s.to).any(|i| {
        w.has(i, Marks::MODAL) || matches!(w.word(i), "ist" | "sind" | "war" | "hat" | "haben")
    });
    let due = s.dated(|d| d.when.is_some() && d.lead == Lead::Due);
    if s.asks() || (finite && !label) || at >= s.to {
        return None;
    }
    let strength = match () {
        () if label && at < s.to => 0.78,
        () if verb && s.setting.action => 0.84,
        () if verb && s.setting.item && due => 0.78,
        () if verb && due && s.to - at < 16 => 0.66,
        () if verb && s.setting.orders => 0.64,
        () if s.setting.notes
            && s.setting.item
            && (infinitive || jotted)
            && !(at..s.to).any(|i| w.word(i) == ":") =>
        {
            0.62
        }
        () => return None,
    };
    Some(act(
        s,
        Cue::Imperative,
        Owner::Nobody,
        at,
        at,
        Form::Plain,
        strength,
    ))
}
