//! German sentences: the verb stands second, its other half at the end.

use super::{Act, Cue, Form, Owner, Reading, Sentence, people, prefix};
use crate::dates::Lead;
use crate::item::Refusal;
use crate::language::{Language, Marks};
use crate::text::{Shape, Words, one_of};

const LABELS: &str = "\
    aufgabe|aufgaben|todo|to do|to - do|aktion|maßnahme|massnahme|ap|action|nachster schritt|\
    nachste schritte|hausaufgabe|offen|erinnerung|wichtig";
const MODALS: &str = "\
    wird|werden|soll|sollen|sollte|sollten|muss|mussen|musste noch|mussten noch|werde|will|\
    mochte|habe ich noch zu|hat noch zu|hat sich bereit erklart|verpflichtet sich|musst|sollst|\
    solltest|wirst|wollen|wollte noch";
const REQUESTS: &str = "\
    kannst du|konntest du|konnten sie|konnen sie|wurdest du|wurden sie|konnt ihr|konntet ihr|\
    magst du|mochtest du|kann jemand|konnte jemand|kann bitte jemand|konntest du bitte|\
    kannst du bitte|konnten sie bitte|konnen sie bitte|ware es moglich";
const CHARGES: &str = "\
    kummert sich um|kummere mich um|ubernimmt|ubernehme|ist zustandig fur|\
    ist verantwortlich fur|verantwortet|sorgt fur|kummern uns um";
const PARTICLES: &str = "\
    vor|ab|an|auf|aus|ein|zu|mit|weiter|nach|zuruck|fertig|durch|bereit|zusammen|um|hoch|frei|\
    fest|sicher|teil|bei|her|hin|statt";

fn is_verb(word: &str) -> bool {
    Language::German.lexicon().marks(word).any(Marks::VERB)
}

/// The infinitive of "schickt", "schicke", "prüfst", "bereitet"; with its raw umlauts.
fn infinitive(raw: &str, particle: &str) -> Option<String> {
    let lower = raw.to_lowercase();
    for ending in ["et", "t", "est", "st", "e", "en", "n", ""] {
        let Some(stem) = lower.strip_suffix(ending) else {
            continue;
        };
        for tail in ["en", "n"] {
            let whole = format!("{particle}{stem}{tail}");
            if is_verb(&crate::text::fold_str(&whole)) {
                return Some(whole);
            }
        }
    }
    None
}

/// The infinitive of a participle: "eingereicht" to "einreichen", "bestellt" to "bestellen".
fn of_participle(raw: &str) -> Option<String> {
    let lower = raw.to_lowercase();
    let mut stems = vec![lower.clone()];
    if let Some(at) = lower.find("ge") {
        stems.push(format!("{}{}", &lower[..at], &lower[at + 2..]));
    }
    if let Some(at) = lower.find("zu").filter(|&at| at > 0) {
        stems.push(format!("{}{}", &lower[..at], &lower[at + 2..]));
    }
    stems.iter().find_map(|stem| {
        let base = stem
            .strip_suffix("et")
            .or_else(|| stem.strip_suffix('t'))
            .map(|s| format!("{s}en"));
        [
            Some(stem.clone()),
            base.clone(),
            base.and_then(|b| b.strip_suffix("en").map(|s| format!("{s}n"))),
        ]
        .into_iter()
        .flatten()
        .find(|c| is_verb(&crate::text::fold_str(c)))
    })
}

/// Whether the last word is an infinitive of work.
pub(super) fn ends_as_order(words: &Words) -> bool {
    let last = (0..words.len())
        .rev()
        .find(|&i| words.shape(i) == Shape::Word);
    last.is_some_and(|i| is_infinitive(words, i))
}

fn is_infinitive(words: &Words, i: usize) -> bool {
    let word = words.word(i);
    words.has(i, Marks::VERB)
        && (word.ends_with("en") || word.ends_with("rn") || word.ends_with("ln"))
        && !words.capital(i)
}

/// Reads one sentence.
pub(super) fn read(s: &Sentence) -> Reading {
    let w = s.words;
    let (start, label) = prefix::label(s, LABELS);
    refuse(s)?;
    let start = prefix::opening(
        s,
        start,
        "und|also|noch|ausserdem|außerdem|ok|ja|danke|hallo|hi|dann|nur|\
                    kurze erinnerung|erinnerung|ps|p . s .|gerne|super|es wurde vereinbart|\
                    wir haben vereinbart|beschluss|zudem|weiterhin|kein problem",
    );
    if let Some(found) = request(s, start)
        .or_else(|| needed(s, start))
        .or_else(|| assigned(s, start)) {
        return Ok(vec![found]);
    }
    if let Some((owner, from)) = prefix::owner(s, start) {
        let order = ends_in_infinitive(s, from)
            || w.has(from, Marks::VERB)
            || s.setting.action
            || s.dated(|d| d.lead == Lead::Due);
        let question =
            s.asks() || w.has(from, Marks::GREETING.and(Marks::FIRST).and(Marks::PLURAL));
        if order && !question {
            let from = from + usize::from(w.word(from) == "bitte");
            return Ok(vec![Act {
                cue: Cue::Owner,
                owner,
                begin: start,
                from,
                to: s.to,
                form: Form::Plain,
                strength: 0.82,
            }]);
        }
    }
    // A second clause: "..., bitte schick mir ..", "... und Tom bucht den Raum".
    for at in start + 1..s.to {
        let opens = one_of(",|;|:|–|—|und|-|dass|.|!", w.word(at - 1));
        if opens && let Some(found) = request(s, at)
                .or_else(|| needed(s, at))
                .or_else(|| assigned(s, at)) {
            return Ok(vec![found]);
        }
    }
    Ok(due(s, start)
        .or_else(|| order(s, start, label))
        .into_iter()
        .collect())
}

fn refuse(s: &Sentence) -> Result<(), Refusal> {
    let w = s.words;
    for i in s.from..s.to {
        match w.word(i) {
            "nicht"
                if w.word(i + 1) == "vergessen"
                    || w.word(i + 1) == "spater"
                    || i > s.from
                        && w.phrase(
                            i - 1,
                            "vergiss nicht|vergessen nicht|vergesst nicht|noch nicht",
                        )
                        .is_some() => {}
            "vergiss" | "vergessen" => return Ok(()),
            "nicht" | "kein" | "keine" | "keinen" | "niemals" | "nie" | "niemand" => {
                return Err(Refusal::Negated);
            }
            "wenn" | "falls" | "sofern" if !polite(w, i) => return Err(Refusal::Hypothetical),
            "vielleicht" | "eventuell" | "irgendwann" | "theoretisch" | "angenommen" => {
                return Err(Refusal::Hypothetical);
            }
            "immer" | "stets" | "grundsatzlich" | "normalerweise" | "niemals " => {
                return Err(Refusal::Rule);
            }
            "beispiel" | "beispielsweise" | "bspw" => return Err(Refusal::Example),
            "z" if w.seq(i + 1, ". b") => return Err(Refusal::Example),
            "bereits" | "schon"
                if (s.from..s.to)
                    .any(|k| one_of("hat|haben|habe|wurde|wurden|ist|sind", w.word(k))) =>
            {
                return Err(Refusal::Past);
            }
            "„" | "“" | "\"" | "»" => return Err(Refusal::Example),
            _ => {}
        }
    }
    Ok(())
}

fn polite(w: &Words, i: usize) -> bool {
    w.phrase(
        i + 1,
        "moglich|du zeit|sie zeit|es geht|du kannst|sie konnen|du magst|notig|\
                    es passt",
    )
    .is_some()
}

fn ends_in_infinitive(s: &Sentence, from: usize) -> bool {
    (from..s.to)
        .rev()
        .find(|&i| s.words.shape(i) == Shape::Word)
        .is_some_and(|i| is_infinitive(s.words, i))
}

fn act(
    s: &Sentence,
    cue: Cue,
    owner: Owner,
    begin: usize,
    from: usize,
    form: Form,
    strength: f64,
) -> Act {
    Act {
        cue,
        owner,
        begin,
        from,
        to: s.to,
        form,
        strength,
    }
}

/// "Ich brauche von dir noch die Abnahme bis Freitag".
fn needed(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let length = w.phrase(at, "brauche ich|ich brauche|wir brauchen|brauchen wir|benotige ich|ich benotige|wir benotigen|mir fehlt noch|es fehlt noch|mir fehlen noch")?;
    let mut from = at + length;
    while one_of("von|dir|ihnen|euch|noch|bitte|auch|dringend", w.word(from)) {
        from += 1;
    }
    let due = s.dated(|d| d.when.is_some() && d.lead == Lead::Due && d.from > at);
    let object = super::rest(s, from, s.to, &[]);
    (due && !object.is_empty()).then(|| Act { cue: Cue::Request, owner: Owner::Reader, begin: at, from, to: s.to, form: Form::Spelled(format!("{object} schicken")), strength: 0.72 })
}

/// "Bitte ..", "Kannst du .. schicken?", "Denk an ..".
fn request(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    if let Some(length) = w.phrase(at, REQUESTS) {
        let mut from = at + length;
        while one_of("bitte|noch|mal|auch|kurz|vielleicht", w.word(from)) {
            from += 1;
        }
        return ends_in_infinitive(s, from)
            .then(|| act(s, Cue::Request, Owner::Reader, at, from, Form::Plain, 0.84));
    }
    let remember = w.phrase(
        at,
        "denk bitte daran|denkt bitte daran|bitte denk daran|bitte denkt daran|\
                    bitte denken sie daran|vergiss nicht|bitte vergiss nicht|vergesst nicht|\
                    bitte vergesst nicht|bitte vergessen sie nicht|bitte nicht vergessen|\
                    nicht vergessen",
    );
    if let Some(length) = remember {
        let from = at + length + usize::from(matches!(w.word(at + length), "," | ":"));
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
        || one_of(
            "senden|schicken|prufen|bringen|melden|geben|reichen|fullen",
            w.word(at),
        ) && w.word(at + 1) == "sie";
    let due = s.dated(|d| d.when.is_some() && d.lead == Lead::Due);
    if please == Some(at) {
        let mut from = at + 1;
        if matches!(w.word(from), "," | "noch" | "auch" | "mal") {
            from += 1;
        }
        let polite = w.word(from + 1) == "sie" && w.has(from, Marks::VERB);
        let courtesy = one_of(
            "beachten|beachte|entschuldigen|haben|wenden|zogern",
            w.word(from),
        );
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
            || ends_in_infinitive(s, from)
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
        return None;
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

/// The words from `from` on without token `skip` and without dates.
fn without(s: &Sentence, from: usize, skip: usize) -> String {
    super::rest(s, from, s.to, &[(skip, skip + 1)])
}

/// The infinitive of a finite verb at `i`, with a particle from the end of the clause.
fn separable(s: &Sentence, i: usize) -> Option<(String, Option<usize>)> {
    let w = s.words;
    let particle = (i + 1..s.to).find(|&k| {
        one_of(PARTICLES, w.word(k)) && (k + 1 >= s.to || w.shape(k + 1) == Shape::Mark)
    });
    if let Some(k) = particle
        && let Some(whole) = infinitive(w.raw(i), &w.raw(k).to_lowercase())
    {
        return Some((whole, Some(k)));
    }
    infinitive(w.raw(i), "").map(|v| (v, None))
}

/// "Anna wird .. erstellen", "Anna erstellt .. bis Freitag", "Ich schicke dir ..", "Wir müssen ..".
fn assigned(s: &Sentence, at: usize) -> Option<Act> {
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
        return Some(act(
            s,
            cue,
            owner,
            at,
            after + length,
            Form::Noun("Übernehmen:"),
            base - 0.05,
        ))
        .map(|a| Act {
            form: Form::Spelled(format!("{} übernehmen", super::rest(s, a.from, s.to, &[]))),
            ..a
        });
    }
    if let Some(length) = w.phrase(after, MODALS) {
        let mut from = after + length;
        while one_of("noch|auch|dann|bitte|unbedingt|sich", w.word(from)) {
            from += 1;
        }
        let end = clause_end(s, from);
        let verb = (from..end).rev().find(|&i| w.shape(i) == Shape::Word)?;
        return is_infinitive(w, verb).then(|| Act {
            to: end,
            ..act(s, cue, owner, at, from, Form::Plain, base)
        });
    }
    let (verb, particle) = separable(s, after)?;
    let due = s.dated(|d| d.when.is_some() && !matches!(d.lead, Lead::After));
    let end = particle.map_or_else(|| clause_end(s, after), |p| p + 1);
    let object = super::rest(
        s,
        after + 1,
        end,
        &particle.map(|p| (p, p + 1)).into_iter().collect::<Vec<_>>(),
    );
    let concrete = due || s.setting.action;
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

/// The end of the clause from `from` on: before a comma or "und" that opens another.
fn clause_end(s: &Sentence, from: usize) -> usize {
    let w = s.words;
    let cut = (from + 1..s.to).find(|&i| {
        matches!(w.word(i), ";" | "!" | "?")
            || matches!(w.word(i), "," | "und")
                && (one_of("damit|weil|da|dass|um|wir|ich|sobald", w.word(i + 1))
                    || people::known(s, i + 1))
    });
    cut.unwrap_or(s.to)
}

fn subject(s: &Sentence, at: usize) -> Option<(Owner, usize, Cue)> {
    let w = s.words;
    match w.word(at) {
        "ich" => Some((Owner::Speaker, at + 1, Cue::Commitment)),
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

/// "Der Bericht muss bis Freitag eingereicht werden", "Der Bericht ist am Freitag fällig", "Abgabe der Hausarbeit: 5. März".
fn due(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let dated = s.dated(|d| d.when.is_some());
    if let Some(length) = w.phrase(
        at,
        "abgabe|abgabe der|abgabe des|abgabe vom|abgabefrist|abgabetermin|frist fur|deadline fur|abgabe von|\
                    einsendeschluss fur|abgabe :|anmeldeschluss fur",
    ) {
        let from = at + length;
        let noun = super::rest(s, from, s.to, &[]);
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
    let link = (at + 1..s.to.min(at + 10))
        .find(|&i| one_of("muss|mussen|soll|sollen|sollte|sollten|ist|sind", w.word(i)))?;
    let object = super::rest(s, at, link, &[]);
    if matches!(w.word(link), "ist" | "sind") {
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
    let verb = of_participle(w.raw(passive - 1))?;
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
fn order(s: &Sentence, at: usize, label: bool) -> Option<Act> {
    let w = s.words;
    let infinitive = ends_in_infinitive(s, at)
        || (at..s.to).any(|i| {
            is_infinitive(w, i) && (w.shape(i + 1) == Shape::Mark || s.date_at(i + 1).is_some())
        });
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
