//! What the writer misses, the reader is to provide: "we still lack your certificate", "mir fehlt noch der Plan".

use super::{Act, Cue, Form, Owner, Sentence};
use crate::language::{Language, Marks};
use crate::text::{Shape, one_of};

/// Phrases before what is missing.
const BEFORE: &str = "\
    i'm still missing|we're still missing|i am still missing|we are still missing|i'm missing|we're missing|i still lack|we still lack|we do still lack|i do still lack|still missing from your side is|still missing is|still missing are|still missing|is still missing from you|\
    what i'm still missing is|what i still need is|what we still need is|what is missing is|i still need|we still need|i'm still waiting for|we're still waiting for|i'm still waiting on|we're still waiting on|we are still waiting for|we are awaiting|we are still awaiting|still awaiting|i have not received|i haven't received|we have not received|we haven't received|we still don't have|i still don't have|i have not yet received|we have not yet received|i haven't had|we haven't had|\
    mir fehlt noch|mir fehlen noch|uns fehlt noch|uns fehlen noch|es fehlt noch|es fehlen noch|fehlen mir noch|fehlt mir noch|fehlen uns noch|fehlt uns noch|ich warte noch auf|wir warten noch auf|\
    il me manque|il nous manque|il manque encore|il manque toujours|il me manque encore|il nous manque encore|il me manque toujours|j' attends toujours|nous attendons toujours|je n' ai toujours pas recu|nous n' avons toujours pas recu|je n' ai pas encore recu|\
    faltan|falta|me falta|me faltan|nos falta|nos faltan|sigo esperando|seguimos esperando|aun no he recibido|todavia no he recibido|aun no hemos recibido|todavia no hemos recibido|sigue faltando|siguen faltando";

/// Phrases behind what is missing.
const BEHIND: &str = "\
    is still missing|are still missing|are missing|is missing|is still outstanding|are still outstanding|is outstanding|are outstanding|is still pending|are still pending|hasn't shown up|has not shown up|haven't shown up|hasn't arrived|has not arrived|have not arrived|haven't arrived|hasn't reached us|has not reached us|have not reached us|has not been received|not yet received|has not come in|hasn't come in|haven't come in|never came in|still not come|has still not come|still not received|not yet seen|still unsigned|is still unsigned|\
    fehlt mir noch|fehlen mir noch|fehlt uns noch|fehlen uns noch|fehlt noch|fehlen noch|habe ich noch nicht|hab ich noch nicht|habe ich immer noch nicht|hab ich immer noch nicht|haben wir noch nicht|haben wir immer noch nicht|liegt mir noch nicht vor|liegen mir noch nicht vor|liegt uns noch nicht vor|steht noch aus|stehen noch aus|ist noch offen|\
    manque toujours|manquent toujours|manque encore|manquent encore|ne m' est pas parvenu|ne nous est pas parvenu|n' est toujours pas arrive|n' est toujours pas arrivee|\
    sigue sin firmar|siguen sin firmar|sigue sin devolver|siguen sin devolver|sigue sin llegar|siguen sin llegar|sigue sin pagar|siguen sin pagar|sigue pendiente|siguen pendientes|no ha llegado|no han llegado|\
    hala ulasmadi|hala elimize ulasmadi|elimize ulasmadi|hala gelmedi|henuz gelmedi|henuz ulasmadi|hala eksik|eksik";

/// A request in what a sentence says is missing, where somebody is spoken to.
pub(super) fn read(s: &Sentence, language: Language) -> Option<Act> {
    if !s.setting.addressed || s.asks() {
        return None;
    }
    let w = s.words;
    let conditional = (s.from..s.to).any(|i| w.has(i, Marks::CONDITION));
    let past = w.any_of(s.from..s.to, "was|were|war|waren|etait|estaba");
    if conditional || past {
        return None;
    }
    let found = (s.from..s.to).find_map(|i| {
        if i > s.from && w.one_of(i - 1, "hace|hacen|no|sin") {
            return None;
        }
        let before = w.phrase(i, BEFORE);
        // Behind the thing nothing of weight may follow.
        let ends = |n: &usize| i + n + 3 >= s.to || w.shape(i + n) == Shape::Mark;
        let behind = w.phrase(i, BEHIND).filter(ends).filter(|_| i > s.from + 1);
        match (before, behind) {
            (_, Some(_)) => Some((head(s, i), i)),
            (Some(length), None) => Some((i + length, end(s, i + length))),
            (None, None) => None,
        }
    });
    let (from, to) = found?;
    let object = super::rest(s, from, to, &[]);
    let object = object.trim_matches([',', ':', '–', '-', ' ']);
    let letters = object.chars().filter(|c| c.is_alphabetic()).count();
    let people = w.has(
        from,
        Marks::FIRST
            .and(Marks::SECOND)
            .and(Marks::PLURAL)
            .and(Marks::THIRD),
    ) || super::known_person(w, from, s.setting.people)
        || w.one_of(
            from,
            "nothing|niemand|nichts|rien|nada|sleep|you|it|that|this|from|by|on|at|que|de",
        );
    (letters > 3 && !people).then(|| Act {
        cue: Cue::Request,
        owner: Owner::Reader,
        begin: s.from,
        from,
        to: s.to,
        form: Form::Spelled(spelled(object, language)),
        strength: 0.68,
    })
}

/// Where the thing begins whose lack stands behind it.
fn head(s: &Sentence, at: usize) -> usize {
    let w = s.words;
    let cut = (s.from..at)
        .rev()
        .find(|&i| w.one_of(i, ";|:|–|—|.") || w.word(i) == "," && at - i > 3);
    let mut from = cut.map_or(s.from, |i| i + 1);
    while from < at
        && (w.shape(from) == Shape::Mark
            || w.has(from, Marks::GREETING)
            || w.one_of(from, "but|and|only|also|yalniz|aber|und|pero|y|mais|et|ama"))
    {
        from += 1;
    }
    from
}

/// Where the thing ends that stands behind its lack.
fn end(s: &Sentence, from: usize) -> usize {
    let w = s.words;
    (from + 2..s.to)
        .find(|&i| {
            w.one_of(i, ";|.|!|:")
                || w.word(i) == "," && w.has(i + 1, Marks::SECOND.and(Marks::FIRST))
        })
        .unwrap_or(s.to)
}

fn spelled(object: &str, language: Language) -> String {
    const ARTICLES: &str = "the|a|an|your|our|some|any|all|la|le|el|los|las|les|un|une|una|tu|tus|su|sus|votre|vos|ton|ta|tes|l'";
    let first = object.split([' ', '\'']).next().unwrap_or("");
    let thing = if one_of(ARTICLES, &crate::text::fold_str(first)) {
        format!("{}{}", first.to_lowercase(), &object[first.len()..])
    } else {
        object.to_owned()
    };
    match language {
        Language::English => format!("Provide {thing}"),
        Language::German => format!("{object} schicken"),
        Language::Spanish => format!("Entregar {thing}"),
        Language::French => format!("Fournir {thing}"),
        Language::Turkish => format!("{object} gönder"),
    }
}
