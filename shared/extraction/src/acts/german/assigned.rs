//! German assignments: who does, will do or must do what.

use crate::acts::german::act;
use crate::acts::german::forms::{
    ends_like_infinitive, infinitive, is_infinitive, of_zu, separable,
};
use crate::acts::{Act, Cue, Form, Owner, Sentence, people};
use crate::dates::Lead;
use crate::language::Marks;
use crate::text::Shape;

pub(crate) const MODALS: &str = "\
    wird|werden|soll|sollen|sollte|sollten|muss|mussen|musste noch|mussten noch|werde|will|\
    mochte|habe ich noch zu|hat noch zu|hat sich bereit erklart|verpflichtet sich|musst|sollst|\
    solltest|wirst|moge|mogen|wollen|wollte noch|wollte morgen|wollte heute|wollte bis|wollte am|wollte nachste";

/// Adverbs by which the present tense speaks of what is to come.
const AHEAD: &str = "vorher|vorab|danach|anschliessend|umgehend|zeitnah|kurzfristig|demnachst|baldmoglichst|rechtzeitig|nachher|noch";

/// What takes "zu" with an infinitive at the end.
const UNDERTAKES: &str = "\
    wird gebeten|werden gebeten|wurde gebeten|wird beauftragt|wurde beauftragt|werden beauftragt|ist beauftragt|erklart sich bereit|hat zugesagt|sagt zu|verspricht|bietet an|hat angeboten|\
    verpflichtet sich|nimmt sich vor|plant|hat die aufgabe|habe zugesagt|verspreche|wird aufgefordert";

/// "Es wurde beschlossen, dass Herr Braun die Versicherung kündigt": the verb of the clause comes last.
pub(crate) fn decided(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let agreed = w.any_of(
        s.from..at,
        "beschlossen|vereinbart|festgelegt|abgemacht|verabredet|entschieden|einigt|bittet|gebeten",
    );
    if !agreed || at == 0 || w.word(at - 1) != "dass" {
        return None;
    }
    let (name, to) = people::names(s, at)?;
    let last = (to..s.to).rev().find(|&i| w.shape(i) == Shape::Word)?;
    let verb = infinitive(w.raw(last), "")?;
    let object = crate::acts::rest(s, to, last, &[]);
    let form = Form::Spelled(format!("{object} {verb}"));
    (!object.is_empty()).then(|| act(s, Cue::Assignment, Owner::Named(name), at, to, form, 0.8))
}

pub(crate) const CHARGES: &str = "\
    kummert sich um|kummere mich um|ubernimmt|ubernehme|ist zustandig fur|\
    ist verantwortlich fur|verantwortet|sorgt fur|kummern uns um";

/// "Jan ist für die Bestellung verantwortlich".
pub(crate) fn responsible(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let (owner, is, cue) = subject(s, at)?;
    if s.asks() || !w.one_of(is, "ist|bin|sind") || w.word(is + 1) != "fur" {
        return None;
    }
    let last = (is..s.to).rev().find(|&i| w.shape(i) == Shape::Word)?;
    let object = crate::acts::rest(s, is + 2, last, &[]);
    let charged = w.one_of(last, "verantwortlich|zustandig") && !object.is_empty();
    let form = Form::Spelled(format!("{object} übernehmen"));
    charged.then(|| act(s, cue, owner, at, is + 2, form, 0.79))
}

/// "Anna wird .. erstellen", "Anna erstellt .. bis Freitag", "Ich schicke dir ..", "Wir müssen ..".
pub(crate) fn assigned(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let (owner, after, cue) = subject(s, at)?;
    let base = match cue {
        Cue::Obligation => 0.66,
        _ => 0.84,
    };
    if s.asks() {
        return None;
    }
    if let Some(length) = w.phrase(after, CHARGES) {
        let from = after + length;
        let end = clause_end(s, from);
        let end = (from + 1..end).find(|&i| adds(s, i)).unwrap_or(end);
        // "Nina übernimmt das Buffet, Angebot einholen".
        let comma = (from + 1..end).find(|&i| w.word(i) == "," && !s.in_date(i));
        let last = (from..end).rev().find(|&i| w.shape(i) == Shape::Word);
        let orders = last.is_some_and(|i| is_infinitive(w, i));
        let mut form = format!("{} übernehmen", crate::acts::rest(s, from, end, &[]));
        if let Some(comma) = comma.filter(|_| orders) {
            let object = crate::acts::rest(s, from, comma, &[]);
            let more = crate::acts::rest(s, comma + 1, end, &[]);
            form = format!("{object} übernehmen, {more}");
        }
        return Some(Act {
            to: end,
            ..act(s, cue, owner, at, from, Form::Spelled(form), base - 0.05)
        });
    }
    if let Some(length) = w.phrase(after, UNDERTAKES) {
        let from = after + length + usize::from(w.word(after + length) == ",");
        let last = (from..s.to).rev().find(|&i| w.shape(i) == Shape::Word)?;
        let verb = of_zu(s, last)?;
        let stop = last - usize::from(w.word(last - 1) == "zu");
        let object = crate::acts::rest(s, from, stop, &[]);
        let form = Form::Spelled(format!("{object} {verb}"));
        return Some(act(s, cue, owner, at, from, form, base - 0.02));
    }
    if let Some(length) = w.phrase(after, MODALS) {
        let mut from = after + length;
        while w.one_of(from, "noch|auch|dann|bitte|unbedingt|sich") {
            from += 1;
        }
        let end = clause_end(s, from);
        let verb = (from..end).rev().find(|&i| w.shape(i) == Shape::Word)?;
        let sure = matches!(owner, Owner::Speaker) || people::known(s, at);
        let idle = "sein|haben|werden|bleiben|konnen|mussen|kommen|gehen|sehen|wissen|sollen|wollen|durfen";
        let looks = sure && ends_like_infinitive(s, from) && !w.one_of(verb, idle) && end == s.to;
        return (is_infinitive(w, verb) || looks).then(|| Act {
            to: end,
            ..act(s, cue, owner, at, from, Form::Plain, base)
        });
    }
    let (verb, particle) = separable(s, after)?;
    let due = s.dated(|d| d.when.is_some() && !matches!(d.lead, Lead::After));
    let end = particle.map_or_else(|| clause_end(s, after), |p| p + 1);
    let object = crate::acts::rest(
        s,
        after + 1,
        end,
        &particle.map(|p| (p, p + 1)).into_iter().collect::<Vec<_>>(),
    );
    let ahead = w.any_of(after..end, AHEAD);
    let listed = people::listed(s, at) && people::hands_out(&verb);
    let concrete = due && people::hands_out(&verb)
        || s.setting.action
        || matches!(owner, Owner::Named(_)) && (ahead || listed)
        || due && matches!(owner, Owner::Speaker);
    (concrete && !object.is_empty() && cue != Cue::Obligation).then(|| Act {
        to: end,
        ..act(
            s,
            cue,
            owner,
            at,
            after,
            Form::Spelled(format!("{object} {verb}")),
            base - 0.08,
        )
    })
}

/// "Die Auswertung schicke ich euch in zwei Wochen": the object comes first, then verb and speaker.
pub(crate) fn fronted(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let ich = (at + 2..s.to.min(at + 10)).find(|&i| w.word(i) == "ich")?;
    let (verb, particle) = separable(s, ich - 1)?;
    let dated = s.dated(|d| {
        d.when
            .as_ref()
            .is_some_and(|when| when.recurrence.is_none())
    });
    let object = crate::acts::rest(s, at, ich - 1, &[]);
    let end = particle.unwrap_or_else(|| clause_end(s, ich));
    let tail = crate::acts::rest(s, ich + 1, end, &[]);
    let fits = dated && !object.is_empty() && !s.asks() && w.word(ich - 1).ends_with('e');
    fits.then(|| {
        act(
            s,
            Cue::Commitment,
            Owner::Speaker,
            at,
            at,
            Form::Spelled(format!("{object} {tail} {verb}")),
            0.78,
        )
    })
}

/// "Für die Getränke sorgt Hr. Dettmer", "den Bescheid sucht Ulf heraus": object, verb, person.
pub(crate) fn trailing_person(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let found = (at + 1..s.to.min(at + 9)).find_map(|i| {
        let (verb, particle) = separable(s, i).filter(|_| !w.capital(i))?;
        let (name, to) = people::names(s, i + 1).filter(|_| people::listed(s, i + 1))?;
        Some((i, verb, particle, name, to))
    });
    let (link, verb, particle, name, to) = found?;
    let skip: Vec<_> = particle.map(|p| (p, p + 1)).into_iter().collect();
    let object = crate::acts::rest(s, at, link, &[]);
    let end = (to..clause_end(s, to)).find(|&i| w.word(i) == "und");
    let tail = crate::acts::rest(s, to, end.unwrap_or(clause_end(s, to)), &skip);
    let opens = w.has(at, Marks::QUESTION.and(Marks::CONDITION)) || s.asks();
    let fits = !object.is_empty() && !opens && people::hands_out(&verb);
    let form = Form::Spelled(format!("{object} {tail} {verb}"));
    fits.then(|| act(s, Cue::Assignment, Owner::Named(name), at, at, form, 0.76))
}

/// "Bis Freitag schickt Anna die Liste", "morgen rufe ich ihn an": behind a leading day the verb comes first.
pub(crate) fn inverted(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let leading = s
        .dates
        .iter()
        .any(|d| d.from >= s.from && d.to == at && d.when.is_some());
    if !leading || s.asks() || w.capital(at) {
        return None;
    }
    let (owner, after, cue) = if w.word(at + 1) == "ich" {
        (Owner::Speaker, at + 2, Cue::Commitment)
    } else {
        let (name, to) = people::names(s, at + 1)?;
        (Owner::Named(name), to, Cue::Assignment)
    };
    let end = clause_end(s, after);
    if w.one_of(at, "wird|werde|werden|soll|sollen|muss|mussen") {
        let verb = (after..end).rev().find(|&i| w.shape(i) == Shape::Word)?;
        return is_infinitive(w, verb).then(|| Act {
            to: end,
            ..act(s, cue, owner, at, after, Form::Plain, 0.82)
        });
    }
    let (verb, particle) = separable(s, at)?;
    let skip: Vec<_> = particle.map(|p| (p, p + 1)).into_iter().collect();
    let object = crate::acts::rest(s, after, end, &skip);
    let form = Form::Spelled(format!("{object} {verb}"));
    (!object.is_empty()).then(|| act(s, cue, owner, at, after, form, 0.78))
}

/// The end of the clause from `from` on: before a comma or "und" that opens another.
pub(crate) fn clause_end(s: &Sentence, from: usize) -> usize {
    let w = s.words;
    let cut = (from + 1..s.to).find(|&i| {
        matches!(w.word(i), ";" | "!" | "?")
            || matches!(w.word(i), "," | "und")
                && (w.one_of(i + 1, "damit|weil|da|dass|um|wir|ich|sobald")
                    || people::known(s, i + 1))
    });
    cut.unwrap_or(s.to)
}

/// "und meldet sich beim Fotografen": a second verb of the same person behind token `i`.
fn adds(s: &Sentence, i: usize) -> bool {
    let w = s.words;
    let finite = w.word(i + 1).ends_with('t') && !w.capital(i + 1) && w.shape(i + 2) == Shape::Word;
    let small = w.has(i + 1, Marks::FUNCTION.and(Marks::MODAL));
    let points = w.one_of(i + 2, "sie|ihn|es|diese|diesen|dieses|das");
    w.word(i) == "und" && finite && !small && !points && separable(s, i + 1).is_some()
}

/// What the person of an act does besides: "Lena übernimmt die Bildrechte und meldet sich beim Fotografen".
pub(crate) fn added(s: &Sentence, of: &Act) -> Option<Act> {
    let named = of.cue == Cue::Assignment && matches!(of.form, Form::Spelled(_));
    if !named || of.to >= s.to || !adds(s, of.to) {
        return None;
    }
    let at = of.to + 1;
    let (verb, particle) = separable(s, at)?;
    let skip: Vec<_> = particle.map(|p| (p, p + 1)).into_iter().collect();
    let end = particle.map_or_else(|| clause_end(s, at), |p| p + 1);
    let object = crate::acts::rest(s, at + 1, end, &skip);
    let fits = !object.is_empty() && people::hands_out(&verb);
    let form = Form::Spelled(format!("{object} {verb}"));
    fits.then(|| Act {
        to: end,
        ..act(s, of.cue, of.owner.clone(), at, at, form, of.strength)
    })
}

pub(crate) fn subject(s: &Sentence, at: usize) -> Option<(Owner, usize, Cue)> {
    let w = s.words;
    match w.word(at) {
        "ich" => {
            let more = usize::from(w.one_of(at + 1, "selbst|selber|auch"));
            Some((Owner::Speaker, at + 1 + more, Cue::Commitment))
        }
        "wir" => Some((Owner::Nobody, at + 1, Cue::Obligation)),
        "du" | "sie" | "ihr"
            if w.has(at + 1, Marks::MODAL)
                || matches!(w.word(at + 1), "musst" | "sollst" | "solltest") =>
        {
            Some((Owner::Reader, at + 1, Cue::Request))
        }
        // After a leading date the verb comes first: "Bis Freitag schickt Anna ..", "Morgen werde ich ..".
        "werde" | "muss" if w.word(at + 1) == "ich" => None,
        _ => people::names(s, at).map(|(name, to)| (Owner::Named(name), to, Cue::Assignment)),
    }
}
