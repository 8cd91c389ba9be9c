//! Days on which something was: a letter was written, a talk was held, a form was received. Nothing is due then.

use crate::dates::{Lead, Reference, When};
use crate::language::Marks;
use crate::text::{Shape, Words};

/// What points to words said before.
const SAID: &str = "\
    as discussed|as agreed|as mentioned|as promised|as i said|as i mentioned|as we said|as we discussed|as we agreed|as noted|as decided|as announced|as explained|as you asked|like we discussed|like i said|\
    wie besprochen|wie vereinbart|wie abgemacht|wie angekundigt|wie versprochen|wie erwahnt|wie beschlossen|\
    comme convenu|comme discute|comme vu|comme evoque|comme dit|comme annonce|comme promis|comme indique|comme decide|\
    como acordamos|como hablamos|como quedamos|como comentamos|como dijimos|segun lo acordado|segun lo hablado";

/// What leads back to a talk or a letter.
const BACK: &str = "\
    following|following on from|further to|as per|per|thanks for|thank you for|with reference to|with regard to|referring to|with respect to|since|as said in|as stated in|\
    bezugnehmend auf|bezug auf|anlehnung an|danke fur|dank fur|suite a|suite au|merci pour|faisant suite a|en reference a|tras|gracias por|en referencia a|a raiz de";

/// What is held or written on a day.
const TALKS: &str = "\
    call|meeting|chat|talk|conversation|discussion|session|visit|mail|email|message|note|letter|workshop|update|interview|phone|exchange|announcement|\
    gesprach|telefonat|besprechung|sitzung|treffen|nachricht|schreiben|brief|reunion|appel|echange|entretien|courriel|lettre|llamada|conversacion|charla|correo|mensaje";

/// What is written on one day and bears its date.
const LETTERS: &str = "\
    mail|email|mails|emails|letter|message|minutes|schreiben|brief|nachricht|protokoll|courriel|lettre|mensaje|correo|carta|acta";

/// Small words between those and the day.
const SMALL: &str = "\
    in|at|during|over|on|by|with|the|our|my|your|a|last|team|earlier|back|and|to|you|zoom|teams|video|-|e|im|der|dem|den|die|das|ihr|ihre|ihrem|unserem|unser|unserer|unseren|beim|bei|am|mit|\
    dans|lors|de|du|notre|votre|la|le|l'|l|'|au|ensemble|par|en|el|nuestra|su|por|telefono|telephone|telefonisch|very|helpful|good|useful|short|quick|productive";

/// Verbs of what reached somebody or was said, in the past.
const REACHED: &str = "\
    received|sent|got|posted|emailed|mailed|wrote|gave|spoke|talked|told|asked|bought|ordered|shared|handed|recu|recue|recus|recues|envoye|envoyee|envoyes|envoyees|transmis|remis|recibido|recibida|recibio|enviado|enviada|envio";

/// Those that follow their noun: "the form received on 16 November".
const BORNE: &str = "received|dated|issued|published|recu|recue|recus|recues|recibido|recibida";

/// German participles of the same, behind the day.
const BEHIND: &str = "\
    besprochen|vereinbart|abgemacht|erhalten|bekommen|geschickt|gesendet|zugesandt|zugeschickt|angekundigt|mitgeteilt|gekauft|bestellt|eingegangen|erwahnt|diskutiert|beschlossen|verschickt|versandt|ubergeben|gesprochen|getroffen|gegeben|telefoniert";

/// Attributes made of them: "der am Freitag besprochene Plan".
const ATTRIBUTES: &str = "\
    besprochene|besprochenen|besprochener|besprochenes|vereinbarte|vereinbarten|erhaltene|erhaltenen|erhaltenes|zugesandte|zugesandten|eingegangene|eingegangenen|eingegangenes|beschlossene|beschlossenen|versandte|versandten";

/// As many tokens such words stand away from the day.
const NEAR: usize = 8;

/// Whether the date of tokens `at`, with its lead, says when something was.
pub(super) fn told(
    words: &Words,
    (lead_from, from, to): (usize, usize, usize),
    lead: Lead,
    when: &When,
    reference: &Reference,
) -> bool {
    if !when.day_given || when.recurrence.is_some() || when.exact.is_some() {
        return false;
    }
    let start = lead_from.min(from);
    if turkish(words, from, to) || over(words, start, lead, to, when, reference) {
        return true;
    }
    lead != Lead::Due
        && (said(words, start, to, lead, when)
            || after_talk(words, start)
            || reached(words, start)
            || german(words, start, to))
}

/// "the minutes of 18 November", said later; "my mail of Monday".
fn over(
    words: &Words,
    start: usize,
    lead: Lead,
    to: usize,
    when: &When,
    reference: &Reference,
) -> bool {
    let noun = matches!(lead, Lead::Of | Lead::From | Lead::After);
    let last = when.last_day.unwrap_or(when.day);
    let letter = start > 0 && words.one_of(start - 1, LETTERS) && noun;
    letter && (last < reference.today() || to - start <= 2)
        || last < reference.today() && (lead == Lead::Of || words.word(to) == "tarihli")
}

/// Whether only small words and names stand in `from..to`, no clause of its own.
fn plain(words: &Words, from: usize, to: usize) -> bool {
    (from..to).all(|i| {
        words.one_of(i, SMALL)
            || words.one_of(i, TALKS)
            || words.shape(i) == Shape::Word && words.capital(i) && i > 0
    })
}

/// Where a phrase of `list` near before `start` ends, if nothing but small words follow it.
fn back_to(words: &Words, start: usize, list: &'static str) -> Option<usize> {
    (start.saturating_sub(NEAR)..start).find_map(|i| {
        let end = i + words.phrase(i, list)?;
        (end <= start && plain(words, end, start)).then_some(end)
    })
}

/// "As discussed on Friday": but "as agreed, on Friday we meet".
fn said(words: &Words, start: usize, to: usize, lead: Lead, when: &When) -> bool {
    let closed = lead != Lead::Plain || matches!(words.word(to), "," | "und" | "et" | "and");
    closed && when.time.is_none() && back_to(words, start, SAID).is_some()
}

/// Where a sentence begins behind the clause that leads back to a talk: "As discussed on Friday, ..", "Wie am Freitag
/// besprochen, ..", "Cuma günü konuştuğumuz gibi ..".
pub(crate) fn opening(words: &Words, from: usize, to: usize) -> usize {
    const FEWEST: usize = 2;
    let near = to.min(from + 3 + NEAR);
    let comma = (from..near).find(|&i| words.word(i) == ",");
    let end = match comma {
        Some(comma) if leads_back(words, from, comma) => comma + 1,
        Some(comma) if words.word(from) == "wie" && words.any_of(comma - 1..comma, BEHIND) => {
            comma + 1
        }
        _ => match (from..near).find(|&i| words.word(i) == "gibi") {
            Some(like) if (from..like).any(|i| relative(words, i)) => {
                like + 1 + usize::from(words.word(like + 1) == ",")
            }
            _ => return from,
        },
    };
    // An hour belongs to what is to come: "As agreed on Friday at 10, ..".
    let timed = (from..end).any(|i| words.word(i) == ":" || words.one_of(i, "uhr|am|pm|saat"));
    if timed || end + FEWEST > to {
        from
    } else {
        end
    }
}

/// Whether tokens up to `comma` only say when and where something was said.
fn leads_back(words: &Words, from: usize, comma: usize) -> bool {
    let day =
        |i: usize| crate::dates::is_weekday(words.word(i)) || crate::dates::is_month(words.word(i));
    words.phrase(from, SAID).is_some_and(|length| {
        (from + length..comma)
            .all(|i| day(i) || words.number(i).is_some() || plain(words, i, i + 1))
    })
}

/// "Following our call on Thursday", "since the update on 15 November".
fn after_talk(words: &Words, start: usize) -> bool {
    back_to(words, start, BACK).is_some_and(|end| words.any_of(end..start, TALKS))
}

/// "the form you received on 16 November", "the letter I sent you on Monday".
fn reached(words: &Words, start: usize) -> bool {
    const SUBJECTS: &str = "i|we|you|he|she|they|who|which|have|has|had|was|were|been|'ve|ve|ai|as|a|avons|avez|ont|avait|ete|he|ha|han|hemos";
    const AHEAD: &str = "be|get|getting|it|them|will|must|should|etre|soit|soient|sera|seront";
    let verb = (start.saturating_sub(3)..start)
        .rev()
        .find(|&i| words.one_of(i, REACHED) || words.one_of(i, BORNE));
    let Some(verb) = verb.filter(|&verb| verb > 0) else {
        return false;
    };
    let behind =
        (verb + 1..start).all(|i| words.one_of(i, "you|us|me|them|it|to|out|back|from|in"));
    let before = verb - 1;
    if !behind || words.one_of(before, AHEAD) {
        return false;
    }
    let noun = words.shape(before) == Shape::Word && !words.has(before, Marks::FUNCTION);
    words.one_of(before, SUBJECTS) || noun && words.one_of(verb, BORNE)
}

/// "Wie am Freitag besprochen", "das Sie am 16. November erhalten haben", "der am Freitag besprochene Plan".
fn german(words: &Words, start: usize, to: usize) -> bool {
    const HAVE: &str = "habe|haben|habt|hat|hast|hatte|hatten|wurde|wurden|worden";
    let ends = (to..to + NEAR).find(|&i| matches!(words.word(i), "" | "," | "." | ";" | "?" | "!"));
    let ends = ends.unwrap_or(to + NEAR);
    if words.any_of(to..ends.min(to + 2), ATTRIBUTES) {
        return true;
    }
    let Some(at) = (to..ends).find(|&i| words.one_of(i, BEHIND)) else {
        return false;
    };
    let clause = (start.saturating_sub(4)..start)
        .rev()
        .take_while(|&i| words.shape(i) != Shape::Mark)
        .any(|i| words.word(i) == "wie");
    clause || words.one_of(at + 1, HAVE)
}

/// "Cuma günü konuştuğumuz gibi", "16 Kasım'da aldığınız form".
fn turkish(words: &Words, from: usize, to: usize) -> bool {
    !words.any_of(from..to + 1, "kadar|dek")
        && (to..to + 4)
            .take_while(|&i| words.shape(i) == Shape::Word || matches!(words.word(i), "'" | "’"))
            .any(|i| relative(words, i))
}

/// Whether a Turkish word says what somebody did: "konuştuğumuz", "aldığınız".
fn relative(words: &Words, i: usize) -> bool {
    const STEMS: [&str; 4] = ["dig", "dug", "tig", "tug"];
    const ENDINGS: &str = "im|in|i|imiz|iniz|um|un|u|umuz|unuz|leri|lari";
    let word = words.word(i);
    let at = STEMS.iter().filter_map(|stem| word.rfind(stem)).max();
    at.is_some_and(|at| at > 1 && crate::text::one_of(ENDINGS, &word[at + 3..]))
}
