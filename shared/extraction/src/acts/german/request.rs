//! German requests.

use crate::acts::german::act;
use crate::acts::german::forms::{ends_in_infinitive, ends_like_infinitive, of_zu, separable};
use crate::acts::{Act, Cue, Form, Owner, Sentence};
use crate::dates::Lead;
use crate::language::Marks;
use crate::text::{Shape, one_of};

pub(crate) const REQUESTS: &str = "\
    kannst du|konntest du|konnten sie|konnen sie|wurdest du|wurden sie|konnt ihr|konntet ihr|\
    magst du|mochtest du|kann jemand|konnte jemand|kann bitte jemand|konntest du bitte|\
    kannst du bitte|konnten sie bitte|konnen sie bitte|ware es moglich";

/// "Ich brauche von dir noch die Abnahme bis Freitag".
pub(crate) fn needed(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let length = w.phrase(at, "brauchte ich|ich brauchte|wir brauchten|brauchten wir|brauche ich|ich brauche|wir brauchen|brauchen wir|benotige ich|ich benotige|wir benotigen|mir fehlt noch|es fehlt noch|mir fehlen noch")?;
    let mut from = at + length;
    while w.one_of(from, "von|dir|ihnen|euch|noch|bitte|auch|dringend") {
        from += 1;
    }
    let due = s.dated(|d| d.when.is_some() && d.lead == Lead::Due);
    let object = crate::acts::rest(s, from, s.to, &[]);
    (due && !object.is_empty()).then(|| Act {
        cue: Cue::Request,
        owner: Owner::Reader,
        begin: at,
        from,
        to: s.to,
        form: Form::Spelled(format!("{object} schicken")),
        strength: 0.72,
    })
}

/// "Bitte ..", "Kannst du .. schicken?", "Denk an ..".
pub(crate) fn request(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    if let Some(length) = w.phrase(at, REQUESTS) {
        let mut from = at + length;
        while w.one_of(from, "bitte|noch|mal|auch|kurz|vielleicht") {
            from += 1;
        }
        return ends_like_infinitive(s, from)
            .then(|| act(s, Cue::Request, Owner::Reader, at, from, Form::Plain, 0.84));
    }
    if w.word(at + 1) == "du" && s.asks() && w.word(at).ends_with("st") {
        return inquired(s, at);
    }
    if w.word(at) == "wenn" && at > s.from && w.one_of(at + 1, "du|sie|ihr|jemand|man") {
        return welcomed(s, at);
    }
    let remember = w.phrase(
        at,
        "denk dran|denkt dran|denk daran|denkt daran|denken sie daran|denken sie dran|denk bitte dran|bitte denk dran|bitte daran denken|bitte dran denken|daran denken|dran denken|erinnere dich daran|\
                    denk bitte daran|denkt bitte daran|bitte denk daran|bitte denkt daran|\
                    bitte denken sie daran|vergiss nicht|bitte vergiss nicht|vergesst nicht|\
                    bitte vergesst nicht|bitte vergessen sie nicht|bitte nicht vergessen|\
                    nicht vergessen",
    );
    if let Some(length) = remember {
        let from = at + length + usize::from(matches!(w.word(at + length), "," | ":"));
        // "Denk dran, das Paket abzuholen".
        let last = (from..s.to).rev().find(|&i| w.shape(i) == Shape::Word);
        if let Some((last, verb)) = last.and_then(|i| Some((i, of_zu(s, i)?))) {
            let stop = last - usize::from(w.word(last - 1) == "zu");
            let object = crate::acts::rest(s, from, stop, &[]);
            let form = Form::Spelled(format!("{object} {verb}"));
            return Some(act(s, Cue::Request, Owner::Reader, at, from, form, 0.74));
        }
        return Some(act(
            s,
            Cue::Request,
            Owner::Reader,
            at,
            from,
            Form::Plain,
            0.74,
        ))
        .filter(|a| a.from < s.to);
    }
    let please = (at..s.to.min(at + 4)).find(|&i| w.has(i, Marks::PLEASE));
    let verb_first = w.has(at, Marks::VERB) && !w.word(at).ends_with("en")
        || w.one_of(
            at,
            "senden|schicken|prufen|bringen|melden|geben|reichen|fullen",
        ) && w.word(at + 1) == "sie";
    let due = s.dated(|d| d.when.is_some() && d.lead == Lead::Due);
    if please == Some(at) {
        return pleaded(s, at, due);
    }
    (verb_first && (please.is_some() || (due && s.setting.addressed))).then(|| match please {
        Some(p) => act(
            s,
            Cue::Request,
            Owner::Reader,
            at,
            at,
            Form::Spelled(without(s, at, p)),
            0.84,
        ),
        None => act(s, Cue::Request, Owner::Reader, at, at, Form::Plain, 0.74),
    })
}

/// "Bitte prüfe ..", "Bitte prüfen Sie ..", "Bitte die Liste prüfen".
fn pleaded(s: &Sentence, at: usize, due: bool) -> Option<Act> {
    let w = s.words;
    let mut from = at + 1;
    if matches!(w.word(from), "," | "noch" | "auch" | "mal") {
        from += 1;
    }
    let polite = w.word(from + 1) == "sie" && w.has(from, Marks::VERB);
    let courtesy = w.one_of(from, "beachten|beachte|entschuldigen|haben|wenden|zogern");
    if courtesy {
        return None;
    }
    if polite {
        return Some(act(
            s,
            Cue::Request,
            Owner::Reader,
            at,
            from,
            Form::Spelled(without(s, from, from + 1)),
            0.85,
        ));
    }
    if w.has(from, Marks::VERB)
        || (due || s.setting.addressed)
            && w.one_of(from, "lies|lest|nimm|gib|sieh|sprich|hilf|triff")
        || ends_in_infinitive(s, from)
        || (due || s.setting.addressed) && from + 1 < s.to && ends_like_infinitive(s, from)
        || due && separable(s, from).is_some()
    {
        return Some(act(
            s,
            Cue::Request,
            Owner::Reader,
            at,
            from,
            Form::Plain,
            0.85,
        ));
    }
    None
}

/// The words from `from` on without token `skip` and without dates.
pub(crate) fn without(s: &Sentence, from: usize, skip: usize) -> String {
    crate::acts::rest(s, from, s.to, &[(skip, skip + 1)])
}

/// "Kümmerst du dich um das Catering?", "Schickst du mir die Liste?"
fn inquired(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let charged = w.phrase(
        at,
        "kummerst du dich um|kummerst du dich auch um|ubernimmst du",
    );
    let from = at + charged.unwrap_or(2);
    let (verb, particle) = if charged.is_some() {
        ("übernehmen".to_owned(), None)
    } else {
        separable(s, at)?
    };
    let idle = one_of(
        "sein|haben|konnen|wissen|kommen|denken|glauben|finden|mogen|gehen|sehen|machen|wollen|meinen",
        &crate::text::fold_str(&verb),
    );
    let skip: Vec<_> = particle.map(|p| (p, p + 1)).into_iter().collect();
    let object = crate::acts::rest(s, from, s.to, &skip);
    let object = object.trim_end_matches('?').trim();
    (!idle && !object.is_empty()).then(|| {
        act(
            s,
            Cue::Request,
            Owner::Reader,
            at,
            from,
            Form::Spelled(format!("{object} {verb}")),
            0.8,
        )
    })
}

/// "Es wäre schön, wenn du bis Mittwoch über die Agenda schauen könntest".
fn welcomed(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let last = (at..s.to)
        .rev()
        .find(|&i| w.shape(i) == crate::text::Shape::Word)?;
    let modal = w.one_of(
        last,
        "konntest|konnten|konntet|konnte|wurdest|wurden|wurdet|wurde|kannst|konnen",
    );
    if modal && last > at + 3 && w.word(last - 1).ends_with('n') {
        let mut from = at + 2;
        while w.one_of(from, "mir|uns|bitte|noch|mal|auch|kurz|einmal|vielleicht") {
            from += 1;
        }
        let form = Form::Spelled(crate::acts::rest(s, from, last, &[]));
        return Some(act(s, Cue::Request, Owner::Reader, at, from, form, 0.8));
    }
    None
}
