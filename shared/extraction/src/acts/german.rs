//! German sentences: the verb stands second, its other half at the end.

mod assigned;
mod due;
mod forms;
mod request;

use crate::acts::{Act, Cue, Form, Owner, Reading, Sentence, act, prefix, quotes};
use crate::dates::Lead;
use crate::item::Refusal;
use crate::language::Marks;
use crate::text::{Shape, Words};
use assigned::{added, assigned, decided, fronted, inverted, responsible, trailing_person};
use due::{due, order};
use forms::{ends_in_infinitive, is_infinitive};
use request::{needed, request};

const LABELS: &str = "\
    aufgabe|aufgaben|todo|to do|to - do|aktion|maßnahme|massnahme|ap|action|nachster schritt|\
    nachste schritte|zu erledigen|noch zu erledigen|noch offen|hausaufgabe|offen|erinnerung|wichtig";

/// The infinitive of a finite verb of work.
pub(super) fn infinitive_of(raw: &str) -> Option<String> {
    forms::infinitive(raw, "")
}

/// Whether the last word is an infinitive of work.
pub(super) fn ends_as_order(words: &Words) -> bool {
    let last = (0..words.len())
        .rev()
        .find(|&i| words.shape(i) == Shape::Word);
    last.is_some_and(|i| is_infinitive(words, i))
        || (1..words.len().saturating_sub(1)).any(|i| {
            is_infinitive(words, i)
                && (words.one_of(i + 1, "wegen|fur|mit|bei|von|zu|bis|um|am")
                    || words.shape(i + 1) == Shape::Mark)
        })
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
    let read_at = |at: usize| {
        request(s, at)
            .or_else(|| decided(s, at))
            .or_else(|| needed(s, at))
            .or_else(|| assigned(s, at))
            .or_else(|| responsible(s, at))
            .or_else(|| fronted(s, at))
            .or_else(|| inverted(s, at))
            .or_else(|| trailing_person(s, at))
    };
    if let Some(found) = read_at(start) {
        let more = added(s, &found);
        return Ok(std::iter::once(found).chain(more).collect());
    }
    if let Some(found) = turned(s, start) {
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
        let opens = w.one_of(at - 1, ",|;|:|–|—|und|-|dass|.|!");
        if opens && let Some(found) = read_at(at) {
            return Ok(vec![found]);
        }
    }
    Ok(due(s, start)
        .or_else(|| order(s, start, label))
        .into_iter()
        .collect())
}

/// "@Linh kannst du bitte ..", "Anna, könntest du ..": the person turned to owns what is asked.
fn turned(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let mention = w.word(at) == "@" && w.touches(at);
    let head = at + usize::from(mention);
    let to = if mention {
        at + 2
    } else {
        crate::acts::people::names(s, head)?.1
    };
    let to = to + usize::from(w.word(to) == ",");
    let asked = request(s, to)?;
    Some(Act {
        owner: Owner::Named(
            crate::acts::spelled(w, head, to)
                .trim_end_matches(',')
                .to_owned(),
        ),
        begin: at,
        ..asked
    })
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
            "wenn" if welcome(w, i) => {}
            "wenn" | "falls" | "sofern" if !polite(w, i) => return Err(Refusal::Hypothetical),
            "vielleicht" | "eventuell" | "irgendwann" | "theoretisch" | "angenommen" => {
                return Err(Refusal::Hypothetical);
            }
            "immer" | "stets" | "grundsatzlich" | "normalerweise" | "niemals " => {
                return Err(Refusal::Rule);
            }
            "„" | "“" | "\"" | "»" if quotes::names(s, i) => {}
            "beispiel" | "beispielsweise" | "bspw" | "„" | "“" | "\"" | "»" => {
                return Err(Refusal::Example);
            }
            "z" if w.seq(i + 1, ". b") => return Err(Refusal::Example),
            "bereits" | "schon"
                if (s.from..s.to).any(|k| w.one_of(k, "hat|haben|habe|wurde|wurden|ist|sind")) =>
            {
                return Err(Refusal::Past);
            }
            _ => {}
        }
    }
    Ok(())
}

/// "Es wäre schön, wenn du ..": a request, no condition.
fn welcome(w: &Words, i: usize) -> bool {
    let before = i.saturating_sub(7)..i;
    before.clone().any(|k| {
        w.one_of(k, "ware|wurde|fande|freuen|freue|dankbar|helfen|freut")
            && before.clone().any(|k| {
                w.one_of(k, "schon|toll|nett|super|gut|lieb|prima|hilfreich|dankbar|freuen|freue|helfen|klasse|ideal|freut")
            })
    })
}

fn polite(w: &Words, i: usize) -> bool {
    w.phrase(
        i + 1,
        "moglich|du zeit|sie zeit|es geht|du kannst|sie konnen|du magst|notig|\
                    es passt",
    )
    .is_some()
}
