//! Spanish and French sentences: the infinitive follows its auxiliary, the future ends in it.

mod clause;
mod due;
mod forms;
mod orders;
mod phrases;

use crate::acts::{Act, Cue, Form, Owner, Reading, Sentence, act, prefix, quotes};
use crate::item::Refusal;
use crate::language::{Language, Marks};
use clause::clause;
use due::{due, order, owned};
use phrases::{FRENCH, Phrases, SPANISH};

/// The infinitive of a finite verb in the present.
pub(super) fn infinitive_of(raw: &str, language: Language) -> Option<String> {
    forms::of_present(raw, language)
}

/// Reads one sentence.
pub(super) fn read(s: &Sentence, language: Language) -> Reading {
    let phrases = if language == Language::Spanish {
        &SPANISH
    } else {
        &FRENCH
    };
    let (start, label) = prefix::label(s, phrases.labels);
    refuse(s, phrases)?;
    let start = prefix::opening(s, start, phrases.fillers);
    let mut acts: Vec<Act> = Vec::new();
    acts.extend(turned(s, start, phrases, language));
    let mut at = start;
    while at < s.to {
        if let Some(act) = clause(s, at, phrases, language)
            .filter(|_| acts.last().is_none_or(|a: &Act| at > a.from))
        {
            if let Some(last) = acts.last_mut() {
                last.to = last.to.min(cut(s, act.begin));
            }
            acts.push(act);
        }
        at = next(s, at);
        if let Some(also) = besides(s, at, language).filter(|_| !acts.is_empty()) {
            acts.push(also);
        }
    }
    let acts_found: Vec<Act> = acts.drain(..).flat_map(|a| coordinated(s, a)).collect();
    acts.extend(acts_found);
    if acts.is_empty() {
        acts.extend(
            owned(s, start, language)
                .or_else(|| due::charged(s, start, language))
                .or_else(|| due(s, start, phrases, language))
                .or_else(|| order(s, start, label, language)),
        );
    }
    acts.retain(|a| a.from < a.to);
    Ok(acts)
}

/// "Les rogamos que entreguen la hoja y que abonen 22 euros": the second thing that is asked for.
fn besides(s: &Sentence, at: usize, language: Language) -> Option<Act> {
    let w = s.words;
    let joined = at > s.from && w.one_of(at - 1, "y|e") && w.word(at) == "que";
    let form = clause::wished(s, at + 1, language, false).filter(|_| joined)?;
    Some(act(s, Cue::Request, Owner::Reader, at, at + 1, form, 0.8))
}

/// "Nadia tu peux envoyer ..": in a chat the comma behind the name is left out.
fn turned(s: &Sentence, at: usize, p: &Phrases, language: Language) -> Option<Act> {
    let w = s.words;
    let known = crate::acts::known_person(w, at, s.setting.people);
    let asks = w.phrase(at + 1, p.asks).is_some();
    let asked =
        clause(s, at + 1, p, language).filter(|a| known && asks && a.cue == Cue::Request)?;
    Some(Act {
        owner: Owner::Named(w.raw(at).to_owned()),
        begin: at,
        ..asked
    })
}

/// "Il faudrait revoir la bibliographie et m'envoyer le plan": two infinitives, two orders.
fn coordinated(s: &Sentence, act: Act) -> Vec<Act> {
    let w = s.words;
    if act.form != Form::Plain {
        return vec![act];
    }
    let verb = |i: usize| {
        let i = i + usize::from(w.one_of(i, "m'|me|nous|lui|leur|l'|le|la|les|en|y|t'|vous"));
        forms::is_infinitive(w, i).then_some(i)
    };
    let cut = (act.from + 2..act.to).find(|&i| w.one_of(i, "y|et|e") && verb(i + 1).is_some());
    let Some((cut, from)) = cut.and_then(|i| Some((i, verb(i + 1)?))) else {
        return vec![act];
    };
    let second = Act {
        begin: cut + 1,
        from,
        ..act.clone()
    };
    vec![Act { to: cut, ..act }, second]
}

fn next(s: &Sentence, at: usize) -> usize {
    let cut = (at..s.to).find(|&i| {
        s.words
            .one_of(i, ",|;|:|–|—|y|et|que|-|¿|.|!|?|(|mais|pero")
    });
    let mut i = cut.map_or(s.to, |i| i + 1);
    while matches!(s.words.word(i), "¿" | "¡" | "," | "-") {
        i += 1;
    }
    i
}

fn cut(s: &Sentence, begin: usize) -> usize {
    let mut end = begin;
    while end > s.from && s.words.one_of(end - 1, ",|;|y|et|mais|pero|-|–|¿") {
        end -= 1;
    }
    end
}

fn refuse(s: &Sentence, phrases: &Phrases) -> Result<(), Refusal> {
    let w = s.words;
    for i in s.from..s.to {
        let forgets = |i: usize| w.word(i).starts_with("olvid") || w.word(i).starts_with("oubli");
        // "No debemos olvidar", "je ne dois pas oublier", "que no se me olvide".
        let reminded = w.one_of(i + 1, "te|se|tarde|tard") || (i + 1..i + 5).any(forgets);
        match w.word(i) {
            "no" if reminded || w.phrase(i, "no mas tarde").is_some() => {}
            "ne" | "n'" if reminded => {}
            "no" | "nunca" | "jamas" | "ne" | "n'" | "jamais" | "aucun" | "aucune" | "ningun" => {
                return Err(Refusal::Negated);
            }
            "si" | "s'" if conditional(s, i, phrases) => return Err(Refusal::Hypothetical),
            "quizas" | "quiza" | "peut" if w.word(i) != "peut" || w.seq(i + 1, "- etre") => {
                return Err(Refusal::Hypothetical);
            }
            "eventuellement" | "probablemente" | "probablement" | "algun" | "ojala" => {
                return Err(Refusal::Hypothetical);
            }
            "siempre" | "toujours" | "normalmente" | "normalement" | "generalmente"
            | "generalement" => return Err(Refusal::Rule),
            "\"" | "«" | "“" if quotes::names(s, i) => {}
            "ejemplo" | "exemple" | "\"" | "«" | "“" => return Err(Refusal::Example),
            "ya" | "deja"
                if w.seq(i.saturating_sub(1), "a deja")
                    || (s.from..s.to).any(|k| {
                        w.one_of(k, "ha|han|a|ont|avons|ai|hemos|he|esta") || w.has(k, Marks::PAST)
                    }) =>
            {
                return Err(Refusal::Past);
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether "si" or "s'" at `i` opens a condition rather than politeness or "s'il vous plaît".
fn conditional(s: &Sentence, i: usize, phrases: &Phrases) -> bool {
    let w = s.words;
    if w.word(i) == "s'" {
        return w.word(i + 1) == "il" && w.phrase(i + 2, "te plait|vous plait").is_none();
    }
    let asks = (s.from..i).rev().take(3).any(|k| {
        w.one_of(
            k,
            "verifier|verifica|confirmar|confirmer|saber|savoir|comprobar|dire|decir|\
            preguntar|demander|revisar|verificar",
        )
    });
    let yes = w.word(i + 1) == "," || w.word(i + 1) == "!" || !w.raw(i).is_ascii();
    !asks && !yes && w.phrase(i + 1, phrases.polite).is_none()
}
