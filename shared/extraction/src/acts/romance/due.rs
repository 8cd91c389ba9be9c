//! Spanish and French deadlines and orders without a subject.

use crate::acts::romance::act;
use crate::acts::romance::clause::longest;
use crate::acts::romance::forms::{imperative, is_infinitive, is_verb};
use crate::acts::romance::phrases::Phrases;
use crate::acts::{Act, Cue, Form, Owner, Sentence, prefix};
use crate::dates::Lead;
use crate::language::{Language, Marks};
use crate::text::{Shape, lower_first};

/// "Carlos: enviar ..", "Paul : envoyer ..".
pub(crate) fn owned(s: &Sentence, at: usize, language: Language) -> Option<Act> {
    let (owner, from) = prefix::owner(s, at)?;
    let order =
        s.words.has(from, Marks::VERB) || s.setting.action || s.dated(|d| d.lead == Lead::Due);
    let talk = s.asks()
        || s.words.has(from, Marks::GREETING.and(Marks::FIRST))
            && !is_verb(s.words.word(from), language);
    (order && !talk && from < s.to).then(|| act(s, Cue::Owner, owner, at, from, Form::Plain, 0.82))
}

/// "De la sala se encarga Pablo": who is named last has it in hand.
pub(crate) fn charged(s: &Sentence, at: usize, language: Language) -> Option<Act> {
    const CHARGES: &str = "se encarga|se encargara|se ocupa|se ocupara|s' occupe|s'occupe";
    let w = s.words;
    if !w.one_of(at, "de|del|du|des") {
        return None;
    }
    let (link, length) = w.find_phrase(at + 2..s.to.min(at + 8), CHARGES)?;
    let (name, to) = crate::acts::names(s, link + length)?;
    let over = (to..s.to).all(|i| w.shape(i) == Shape::Mark || s.in_date(i));
    let verb = if language == Language::Spanish {
        "Encargarse"
    } else {
        "S’occuper"
    };
    let form = Form::Spelled(format!("{verb} {}", lower_first(w.slice(at, link).trim())));
    let act = act(s, Cue::Assignment, Owner::Named(name), at, at, form, 0.8);
    over.then_some(act)
}

/// "Fecha límite para inscribirse: ..", "El informe vence el viernes", "Le rapport est à rendre le ..".
pub(crate) fn due(s: &Sentence, at: usize, p: &Phrases, language: Language) -> Option<Act> {
    let w = s.words;
    let inside = |d: &&crate::dates::Found| d.to <= s.to && d.when.is_some();
    let date = s
        .dates
        .iter()
        .filter(inside)
        .find(|d| d.from >= at)
        .or_else(|| s.dates.iter().filter(inside).find(|d| d.from >= s.from))?;
    let verb = if language == Language::Spanish {
        "Entregar"
    } else {
        "Rendre"
    };
    if let Some(length) = longest(s, at, p.deadlines) {
        let from = at + length;
        let noun = crate::acts::rest(
            s,
            from,
            if date.from < at {
                s.to
            } else {
                date.lead_from.max(from)
            },
            &[],
        );
        let title = if is_infinitive(w, from) {
            noun.clone()
        } else {
            format!("{verb} {noun}")
        };
        return (noun.chars().filter(|c| c.is_alphabetic()).count() > 2).then(|| {
            act(
                s,
                Cue::Deadline,
                Owner::Nobody,
                at,
                from,
                Form::Spelled(title),
                0.74,
            )
        });
    }
    // "Le loyer est à payer le 5 avril".
    let owed = (at + 1..s.to.min(at + 8))
        .any(|i| w.phrase(i, "est a|sont a").is_some() && is_infinitive(w, i + 2));
    // "Toute remarque est à formuler sous 8 jours" is a rule.
    let owed = owed && !w.any_of(at..at + 2, "tout|toute|tous|toutes");
    if (date.lead == Lead::Due || owed)
        && let Some(act) = passive(s, at, language)
    {
        return Some(act);
    }
    let link = (at + 1..s.to.min(at + 12)).find_map(|i| {
        w.phrase(
            i,
            "termina el|finaliza el|acaba el|caduca el|se termine le|prend fin le|expire le|vence|vencen|se entrega|se entregan|debe entregarse|debe estar listo|\
                    debe estar lista|es para el|est a rendre|sont a rendre|a rendre|\
                    doit etre rendu|doit etre remis|doit etre rendue|debe presentarse|\
                    est attendu|est du|hay que entregarlo",
        )
        .map(|_| i)
    })?;
    let plural = w.phrase(
        at,
        "el plazo de|el plazo para|la fecha limite de|le delai de|la date limite de|le delai pour",
    );
    let noun = crate::acts::rest(s, at + plural.unwrap_or(0), link, &[]);
    (!noun.is_empty()).then(|| {
        act(
            s,
            Cue::Deadline,
            Owner::Nobody,
            at,
            at,
            Form::Spelled(format!("{verb} {}", lower_first(&noun))),
            0.76,
        )
    })
}

/// "El formulario debe ser firmado antes del viernes", "le formulaire doit être signé avant le 9 mars".
fn passive(s: &Sentence, at: usize, language: Language) -> Option<Act> {
    let w = s.words;
    let (link, length) = (at + 1..s.to.min(at + 12)).find_map(|i| {
        w.phrase(i, "debe estar|deben estar|debe quedar|deben quedar|tiene que estar|tienen que estar|debe ser|deben ser|debera ser|deberan ser|tiene que ser|tienen que ser|ha de ser|doit etre|doivent etre|devra etre|devront etre|est a|sont a")
            .map(|n| (i, n))
    })?;
    let word = w.word(link + length);
    let base = if is_infinitive(w, link + length) {
        w.raw(link + length).to_lowercase()
    } else {
        participle(word, w.raw(link + length), language)?
    };
    let object = crate::acts::rest(s, at, link, &[]);
    let form = Form::Spelled(format!("{base} {}", lower_first(&object)));
    (!object.is_empty()).then(|| act(s, Cue::Deadline, Owner::Nobody, at, at, form, 0.76))
}

/// The infinitive of "firmado", "enviada", "signé", "rendues".
fn participle(word: &str, raw: &str, language: Language) -> Option<String> {
    let bare = word.trim_end_matches('s');
    if language == Language::Spanish {
        let stem = bare
            .strip_suffix("ado")
            .or_else(|| bare.strip_suffix("ada"));
        if let Some(stem) = stem {
            return Some(format!("{stem}ar"));
        }
        let stem = bare
            .strip_suffix("ido")
            .or_else(|| bare.strip_suffix("ida"))?;
        let found = ["er", "ir"].iter().map(|e| format!("{stem}{e}"));
        return found.into_iter().find(|verb| is_verb(verb, language));
    }
    let lower = raw.to_lowercase();
    let bare = lower.trim_end_matches('s').trim_end_matches('e');
    bare.strip_suffix('é').map(|stem| format!("{stem}er"))
}

/// "Enviar el informe antes del viernes", "Relire le contrat".
pub(crate) fn order(s: &Sentence, at: usize, label: bool, language: Language) -> Option<Act> {
    let w = s.words;
    let verb = w.has(at, Marks::VERB);
    let due = s.dated(|d| d.when.is_some() && d.lead == Lead::Due);
    if s.asks() || at >= s.to {
        return None;
    }
    let strength = match () {
        () if label => 0.78,
        () if verb && s.setting.action => 0.84,
        () if verb && s.setting.item && due => 0.78,
        () if verb && due => 0.68,
        () if verb && s.setting.orders => 0.64,
        () if s.setting.notes && s.setting.item && is_infinitive(w, at) => 0.62,
        () if verb
            && s.setting.addressed
            && imperative(w, at, language)
            && (at + 1..s.to.min(at + 4)).any(|i| w.has(i, Marks::FIRST)) =>
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
