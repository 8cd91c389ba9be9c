//! What closes, ends or runs out on a day asks for something before: "Applications close Jan 15", "Anmeldung bis 30.11.",
//! "Your MOT expires on 4 December".

use super::{Act, Cue, Form, Owner, Sentence};
use crate::dates::{self, Found, Lead};
use crate::language::{Language, Marks};
use crate::text::{Shape, one_of};

/// As many words such a sentence has at most.
const LONGEST: usize = 20;

/// Words for what one hands in or signs up for, and the orders they stand for.
const NOUNS: [(&str, &str); 30] = [
    (
        "registration|registrations|sign - up|sign - ups|signup|sign up|enrolment|enrollment",
        "Register",
    ),
    ("entries", "Send in the entries"),
    ("applications|application", "Submit the application"),
    (
        "submissions|proposals|abstracts|nominations|tenders|bids",
        "Submit",
    ),
    (
        "rsvp|replies|rsvps|reply|response|answer|your reply|your response|your answer",
        "Reply",
    ),
    ("feedback|your feedback|comments", "Give feedback"),
    ("library books", "Return the library books"),
    (
        "anmeldung|anmeldungen|anmeldeschluss|anmeldefrist|meldeschluss|anmeldung moglich",
        "Anmelden",
    ),
    (
        "bewerbung|bewerbungen|bewerbungsschluss|bewerbungsfrist",
        "Bewerbung einreichen",
    ),
    (
        "abgabe|abgabetermin|abgabefrist|abgabeschluss|einsendeschluss|einreichung|einreichungen",
        "Abgeben",
    ),
    (
        "ruckmeldung|ruckmeldungen|zusagen|antwort|ruckantwort",
        "Rückmeldung geben",
    ),
    ("zahlung|bezahlung|zahlbar|uberweisung", "Bezahlen"),
    ("redaktionsschluss|annahmeschluss", "Beitrag einreichen"),
    (
        "date limite de remise|date limite de depot|delai de remise|date de remise",
        "Rendre",
    ),
    ("ruckgabe|leihfrist", "Zurückgeben"),
    ("inscription|inscriptions", "S'inscrire"),
    ("candidature|candidatures", "Envoyer la candidature"),
    (
        "date limite d' inscription|date limite d'inscription|cloture des inscriptions|fin des inscriptions",
        "S'inscrire",
    ),
    (
        "date limite de candidature|cloture des candidatures",
        "Envoyer la candidature",
    ),
    ("reponse|reponses|reponse souhaitee", "Répondre"),
    ("paiement|reglement", "Payer"),
    (
        "inscripcion|inscripciones|matricula|matriculas|plazo de inscripcion|cierre de inscripciones",
        "Inscribirse",
    ),
    (
        "solicitud|solicitudes|candidaturas|plazo de solicitud",
        "Presentar la solicitud",
    ),
    ("entrega|entregas|plazo de entrega", "Entregar"),
    ("pago|pagos", "Pagar"),
    ("confirmacion|respuesta", "Confirmar"),
    (
        "kayit|kayitlar|son kayit tarihi|kayit son gunu|son kayit",
        "Kayıt yaptır",
    ),
    (
        "basvuru|basvurular|son basvuru tarihi|son basvuru",
        "Başvuru yap",
    ),
    (
        "teslim|teslim tarihi|son teslim tarihi|son teslim",
        "Teslim et",
    ),
    ("odeme|son odeme tarihi|son odeme", "Öde"),
];

/// What they do on that day.
const ENDS: &str = "\
    please|is requested|are requested|requested|is needed|are needed|needed|is required|required|bitte|wird|close|closes|end|ends|are open until|is open until|open until|due|are due|is due|must be in|will close|shut|\
    schliesst|schliessen|endet|enden|lauft bis|laufen bis|ist moglich|moglich|nur noch|ist|sind|erbeten|erbitten wir|\
    ferment|ferme|se terminent|se termine|prennent fin|prend fin|ouvertes jusqu'au|sont ouvertes|cloturees|sont|est|\
    cierran|cierra|terminan|termina|acaban|acaba|finalizan|finaliza|abiertas|estan abiertas|hasta|es|el|\
    sona eriyor|bitiyor|kapaniyor|sona erecek|bitecek|kapanacak|son gun|:|,|-|–|the|on|by|le|au|am|um|bis|spatestens|per|zum|until|till|no later than|jusqu'au|avant|antes del|para el";

/// What the object of a deadline that was put off ends before.
const FINITE: &str = "wurde|wird|ist|wurden|werden|has|was|is|will|est|a|sont|sera|se|ha|fue|queda";

/// Words by which something runs out, with the orders they stand for.
const EXPIRES: &str = "\
    due back|is due back|are due back|must be back|have to be back|expires|expire|runs out|run out|lapses|is up for renewal|is due for renewal|are due for renewal|lauft|laufen|ablaufen|\
    arrive a expiration|arrive a echeance|expirent|caduca|caducan|vence|vencen|doluyor|dolacak|bitiyor|bitecek";

/// Whose thing it is that runs out.
const OURS: &str = "your|my|our|ihr|ihre|dein|deine|mein|meine|unser|unsere|euer|eure|votre|vos|ton|ta|tes|mon|ma|mes|notre|nos|tu|tus|su|sus|mi|mis|nuestro|nuestra";

/// The order in a sentence that no other rule explains.
pub(super) fn read(s: &Sentence, language: Language) -> Option<Act> {
    if s.to - s.from > LONGEST || s.asks() {
        return None;
    }
    let inside = |d: &&Found| d.from >= s.from && d.to <= s.to;
    let day = |d: &&Found| {
        let ahead = !matches!(d.lead, Lead::After | Lead::From);
        ahead
            && d.when
                .as_ref()
                .is_some_and(|when| when.day_given && when.recurrence.is_none())
    };
    let date = s.dates.iter().filter(inside).find(day)?;
    let denied = (s.from..s.to).any(|i| s.words.has(i, Marks::NEGATION.and(Marks::CONDITION)));
    if denied {
        return None;
    }
    let title = expires(s, date, language).or_else(|| closes(s, date, language))?;
    Some(Act {
        cue: Cue::Deadline,
        owner: Owner::Nobody,
        begin: s.from,
        from: s.from,
        to: s.to,
        form: Form::Spelled(title),
        strength: 0.76,
    })
}

/// "Inscriptions jusqu'au 30 novembre", "Abgabe: Mo, 23.11. 23:59".
fn closes(s: &Sentence, date: &Found, language: Language) -> Option<String> {
    let w = s.words;
    let first = (s.from..s.to).find(|&i| w.shape(i) == Shape::Word)?;
    let asked = w.phrase(
        first,
        "um|wir bitten um|ich bitte um|we ask for|we would like",
    );
    let first = first + asked.unwrap_or(0);
    let article = w.one_of(
        first,
        "the|die|der|les|las|la|le|los|el|your|a|an|eine|ihre|deine|eure",
    );
    let at = first + usize::from(article);
    let (length, order) = NOUNS
        .iter()
        .filter_map(|(nouns, order)| w.phrase(at, nouns).map(|n| (n, *order)))
        .max_by_key(|(n, _)| *n)?;
    let mut i = at + length;
    // "Abgabe: Mo, 23.11.": the noun itself may lead to the day.
    let link = if date.lead_from >= i {
        date.lead_from.min(date.from)
    } else {
        date.from
    };
    if i > link {
        return None;
    }
    // "Die Abgabefrist wurde bis 22. März verlängert".
    let extended = dates::extends(w, s.from..s.to) || dates::moves(w, s.from..s.to);
    // What it is of: "for the summer school", "der Bücher".
    let mut object = i..i;
    if w.one_of(i, "for|of|fur|zum|zur|der|des|von|pour|a|de|du|para|al|del") && i < link {
        let to = (i + 1..link)
            .find(|&k| {
                let ends = w.phrase(k, ENDS).is_some() && !w.one_of(k, "the|le|el|am|zum");
                ends || extended && w.one_of(k, FINITE)
            })
            .unwrap_or(link);
        object = i..to;
        i = to;
    }
    let mut said = date.lead == Lead::Due || w.word(i) == ":" || asked.is_some();
    while i < link && !extended {
        let length = w.phrase(i, ENDS)?;
        said |= !w.one_of(i, ",|-|–|the|on|le|el|am|um|ist|sind|est|sont|es|par|au");
        i += length;
    }
    // Turkish says it behind the day.
    let behind = extended
        || (date.to..s.to).any(|k| {
            w.phrase(
                k,
                "sona eriyor|bitiyor|kapaniyor|sona erecek|bitecek|kapanacak",
            )
            .is_some()
        });
    let named = w.phrase(at, "anmeldeschluss|meldeschluss|einsendeschluss|bewerbungsschluss|abgabeschluss|anmeldefrist|bewerbungsfrist|abgabefrist|date limite d' inscription|date limite d'inscription|date limite de candidature|cloture des inscriptions|cloture des candidatures|cierre de inscripciones|redaktionsschluss|annahmeschluss|son kayit tarihi|son basvuru tarihi|son teslim tarihi|son odeme tarihi").is_some();
    // Nothing of weight follows.
    let rest = (date.to..s.to)
        .filter(|&k| w.shape(k) == Shape::Word && !s.dates.iter().any(|d| d.from <= k && k < d.to));
    let mut thing = super::rest(s, object.start, object.end, &[]);
    if one_of("Rendre|Entregar|Abgeben", order) {
        thing = whole(&thing);
    }
    let fits = (said || behind || named) && rest.count() <= 6;
    // "Abstracts due 20 March": without its noun the order says nothing.
    let noun = super::spelled(w, at, at + length);
    let spelled = match (thing.is_empty(), language) {
        (true, Language::English) if order == "Submit" => format!("Submit {}", noun.to_lowercase()),
        (true, _) => order.to_owned(),
        (false, Language::German | Language::Turkish) => format!("{order}: {thing}"),
        (false, _) => format!("{order} {thing}"),
    };
    fits.then_some(spelled)
}

/// "Du rapport", "del informe", "für den Bericht" as what is handed in.
fn whole(thing: &str) -> String {
    const OF: [(&str, &str); 9] = [
        ("du ", "le "),
        ("des ", "les "),
        ("de la ", "la "),
        ("de l'", "l'"),
        ("del ", "el "),
        ("de los ", "los "),
        ("de las ", "las "),
        ("für ", ""),
        ("von ", ""),
    ];
    let of = OF.iter().find_map(|(of, article)| {
        let rest = thing.strip_prefix(of)?;
        Some(format!("{article}{rest}"))
    });
    of.unwrap_or_else(|| thing.to_owned())
}

/// "Your MOT expires on 4 December", "Ihr Reisepass läuft am 4. Dezember ab".
fn expires(s: &Sentence, date: &Found, language: Language) -> Option<String> {
    const FEW: usize = 5;
    let w = s.words;
    let first = (s.from..s.to).find(|&i| w.shape(i) == Shape::Word)?;
    let (link, _) = w.find_phrase(first + 1..s.to, EXPIRES)?;
    let separate = w.one_of(link, "lauft|laufen");
    let out = !separate || (date.to..s.to).any(|i| w.one_of(i, "ab|aus"));
    let turkish = language == Language::Turkish;
    let ours = w.one_of(first, OURS)
        || turkish && w.one_of(link.min(date.from).saturating_sub(1), "suresi|gecerliligi");
    let to = if turkish {
        date.lead_from.min(link)
    } else {
        link
    };
    let to = if turkish && w.one_of(to - 1, "suresi|gecerliligi") {
        to - 1
    } else {
        to
    };
    if !ours || !out || to <= first || to - first > FEW + 1 {
        return None;
    }
    let thing = super::rest(s, first, to, &[]);
    let (head, tail) = thing.split_once(' ').unwrap_or(("", thing.as_str()));
    let thing = if turkish {
        thing.clone()
    } else {
        format!("{} {tail}", head.to_lowercase())
    };
    let back = (link..s.to.min(link + 4)).any(|i| w.word(i) == "back");
    Some(match language {
        Language::English if back => format!("Return {thing}"),
        Language::English => format!("Renew {thing}"),
        Language::German => format!("{tail} verlängern"),
        Language::French => format!("Renouveler {thing}"),
        Language::Spanish => format!("Renovar {thing}"),
        // "pasaportunuzun süresi": without the genitive.
        Language::Turkish => format!("{} yenile", thing.strip_suffix('n').unwrap_or(&thing)),
    })
}
