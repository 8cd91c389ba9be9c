//! German requests.

use crate::acts::german::act;
use crate::acts::german::forms::{
    PARTICLES, ends_in_infinitive, ends_like_infinitive, infinitive, of_zu, separable,
};
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
        // "Kannst du morgen zur Post?" leaves the going out.
        let goes = s.asks() && (from..s.to.min(from + 7)).any(|i| w.one_of(i, "zur|zum|ins|nach"));
        let form = if ends_like_infinitive(s, from) {
            Form::Plain
        } else if goes && s.to - from <= 7 {
            let where_to = crate::acts::rest(s, from, s.to, &[]);
            Form::Spelled(format!("{} gehen", where_to.trim_end_matches(['?', ' '])))
        } else {
            return None;
        };
        return Some(act(s, Cue::Request, Owner::Reader, at, from, form, 0.84));
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
    let own = w.phrase(
        at,
        "ich darf nicht vergessen|wir durfen nicht vergessen|ich muss daran denken|wir mussen daran denken|ich muss dran denken|wir mussen dran denken",
    );
    if let Some(length) = remember.or(own) {
        let owner = || match w.word(at) {
            "ich" if own.is_some() => Owner::Speaker,
            _ if own.is_some() => Owner::Nobody,
            _ => Owner::Reader,
        };
        let from = at + length + usize::from(matches!(w.word(at + length), "," | ":"));
        // "Denk dran, das Paket abzuholen".
        let last = (from..s.to).rev().find(|&i| w.shape(i) == Shape::Word);
        if let Some((last, verb)) = last.and_then(|i| Some((i, of_zu(s, i)?))) {
            let stop = last - usize::from(w.word(last - 1) == "zu");
            let object = crate::acts::rest(s, from, stop, &[]);
            let form = Form::Spelled(format!("{object} {verb}"));
            return Some(act(s, Cue::Request, owner(), at, from, form, 0.74));
        }
        return Some(act(s, Cue::Request, owner(), at, from, Form::Plain, 0.74))
            .filter(|a| a.from < s.to);
    }
    if let Some(act) = begged(s, at) {
        return Some(act);
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
    let form = || {
        if is_polite(s, at) || divided(s, at).is_some() {
            return Form::Spelled(ordered(s, at));
        }
        please.map_or(Form::Plain, |p| Form::Spelled(without(s, at, p)))
    };
    let strength = if please.is_some() { 0.84 } else { 0.74 };
    (verb_first && (please.is_some() || (due && s.setting.addressed)))
        .then(|| act(s, Cue::Request, Owner::Reader, at, at, form(), strength))
}

/// "Wir bitten Sie daher, uns die Vollmacht zurückzusenden".
fn begged(s: &Sentence, at: usize) -> Option<Act> {
    const BEGS: &str = "wir bitten sie|ich bitte sie|wir bitten dich|ich bitte dich|wir bitten euch|ich bitte euch|bitten wir sie|bitte ich sie|bitten wir dich|bitte ich dich|bitten wir euch|bitte ich euch|sie werden gebeten|werden sie gebeten|mochten wir sie bitten|wir mochten sie bitten|wir durfen sie bitten|durfen wir sie bitten|darf ich sie bitten|wir ersuchen sie";
    let w = s.words;
    let mut from = at + w.phrase(at, BEGS)?;
    while w.one_of(from, "daher|deshalb|also|herzlich|hoflich|hoflichst|nochmals|freundlich|dringend|nun|auch|,|uns|mir") {
        from += 1;
    }
    let last = (from..s.to).rev().find(|&i| w.shape(i) == Shape::Word)?;
    let verb = of_zu(s, last)?;
    let stop = last - usize::from(w.word(last - 1) == "zu");
    let object = crate::acts::rest(s, from, stop, &[]);
    let form = Form::Spelled(format!("{object} {verb}"));
    (stop > from).then(|| act(s, Cue::Request, Owner::Reader, at, from, form, 0.84))
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
    // "Bitte unterschreiben und senden Sie den Vertrag zurück."
    let both = w.has(from, Marks::VERB) && w.word(from + 1) == "und" && w.word(from + 3) == "sie";
    if polite || both {
        return Some(act(
            s,
            Cue::Request,
            Owner::Reader,
            at,
            from,
            Form::Spelled(ordered(s, from)),
            0.85,
        ));
    }
    if w.has(from, Marks::VERB) && divided(s, from).is_some() {
        let form = Form::Spelled(ordered(s, from));
        return Some(act(s, Cue::Request, Owner::Reader, at, from, form, 0.85));
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

/// "Senden Sie", and not "schick sie".
fn is_polite(s: &Sentence, verb: usize) -> bool {
    s.words.word(verb + 1) == "sie" && s.words.word(verb).ends_with('n')
}

/// The particle that stands at the end of the clause of an order at `at`: "Bereite .. die Folien vor".
fn divided(s: &Sentence, at: usize) -> Option<usize> {
    let w = s.words;
    let end = opened(s, at + 1).0;
    let last = (at + 1..end).rev().find(|&i| w.shape(i) == Shape::Word)?;
    let small = |i: usize| w.one_of(i, PARTICLES) && !w.capital(i);
    (last > at + 1 && small(last)).then_some(last)
}

/// Where the clause of an order ends, and where a second order begins that "und" adds: "und senden Sie es zurück".
fn opened(s: &Sentence, from: usize) -> (usize, Option<usize>) {
    const CLAUSES: &str = "ob|dass|damit|weil|da|um|wenn|falls|sobald|sodass|wie|was|wer|wann|wo|welche|welcher|welches|der|die|das|denn|sonst|indem|und";
    let w = s.words;
    let second = |i: usize| {
        let verb = i + 1 + usize::from(w.one_of(i + 1, "bitte|dann|anschliessend"));
        let sie = w.word(verb + 1) == "sie" && w.word(verb).ends_with('n') && !w.capital(verb);
        (matches!(w.word(i), "und" | ",") && sie).then_some(verb)
    };
    for i in from..s.to {
        if let Some(verb) = second(i) {
            return (i, Some(verb));
        }
        // "Und beachten, dass Skonto gilt" is only to be borne in mind.
        if w.word(i) == "und" && w.one_of(i + 1, "beachten|beachte|beachtet") {
            return (i, None);
        }
        let cut = matches!(w.word(i), ":" | ";" | "(" | "–" | "—")
            || matches!(w.word(i), "." | "!") && i + 1 >= s.to
            || w.word(i) == "," && w.one_of(i + 1, CLAUSES);
        if cut && !s.in_date(i) {
            return (i, None);
        }
    }
    (s.to, None)
}

/// What the order with the verb at `at` asks for, the verb at its end: "Füllen Sie das Formular aus" is "Das Formular
/// ausfüllen".
fn ordered(s: &Sentence, at: usize) -> String {
    let w = s.words;
    let mut verbs = vec![at];
    if w.word(at + 1) == "und" && w.word(at + 3) == "sie" {
        verbs.push(at + 2);
    }
    let last = verbs[verbs.len() - 1];
    let polite = is_polite(s, last);
    let from = last + 1 + usize::from(polite);
    let (end, second) = opened(s, from);
    let particle = divided(s, last);
    let spoken = |&verb: &usize| {
        let particle = particle.filter(|_| verb == last);
        let front = particle.map_or_else(String::new, |i| w.raw(i).to_lowercase());
        let plain = w.raw(verb).to_lowercase();
        if polite {
            return format!("{front}{plain}");
        }
        let whole = infinitive(w.raw(verb), &front);
        whole.unwrap_or_else(|| {
            let base = infinitive(w.raw(verb), "").unwrap_or(plain);
            format!("{front}{base}")
        })
    };
    let verbs: Vec<String> = verbs.iter().map(spoken).collect();
    let mut skip: Vec<_> = particle.map(|p| (p, p + 1)).into_iter().collect();
    let courtesy = (from..end).filter(|&i| w.has(i, Marks::PLEASE));
    skip.extend(courtesy.map(|i| (i, i + 1)));
    let object = crate::acts::rest(s, from, end, &skip);
    let first = format!("{object} {}", verbs.join(" und "));
    match second {
        Some(verb) => format!("{} und {}", first.trim(), ordered(s, verb).trim()),
        None if end < s.to && w.word(end) != "und" => {
            let tail = crate::acts::rest(s, end + 1, s.to, &[]);
            let mark = w.raw(end);
            let space = if matches!(mark, "(" | "–" | "—") {
                " "
            } else {
                ""
            };
            if tail.is_empty() {
                first
            } else if mark == "(" {
                format!("{first} ({tail})")
            } else {
                format!("{first}{space}{mark} {tail}")
            }
        }
        None => first,
    }
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
