//! A meeting in words that no list knows.

use super::{Event, GATHERINGS, attendees, is_exam, name, pick, strip_opening};
use crate::acts::Sentence;
use crate::language::Marks;

/// The meeting that a sentence tells of in words that no list knows; where that is `sure`, whatever else it speaks of.
pub(crate) fn told(s: &Sentence, sure: bool) -> Option<Event> {
    // A deadline is no meeting.
    let date = pick(s, false, None)?;
    let w = s.words;
    let noun = (s.from..s.to).find(|&i| w.has(i, Marks::MEETING));
    if super::called_off(s)
        || noun.is_none() && !sure && is_handed_in(s)
        || names_deadline(s)
        || closes_house(s)
    {
        return None;
    }
    let title = noun.map_or_else(
        || crate::fields::title::of_span(w, s.from, s.to, s.dates, &[]),
        |_| name(s, &date, noun),
    );
    let named = title.chars().filter(|c| c.is_alphabetic()).count() > 3;
    named.then(|| Event {
        title: strip_opening(&title),
        date,
        exam: (s.from..s.to).any(|i| w.has(i, Marks::EXAM) && is_exam(s, i)),
        attendees: attendees(s),
        strength: 0.66,
        begin: s.from,
        to: s.to,
        bare: false,
    })
}

/// Whether a sentence speaks of written work and of nothing that takes place: "Essay, 3000 words, 50 %: Monday, noon".
pub(super) fn is_handed_in(s: &Sentence) -> bool {
    const WRITTEN: &str = "\
        paper|papers|essay|essays|proposal|commentary|questionnaire|transcript|pset|homework|hw|assignment|worksheet|memo|draft|portfolio|outline|bibliography|thesis|deposit|abstract|\
        hausarbeit|hausaufgabe|ubungsblatt|aufgabenblatt|seminararbeit|abgabe|exposé|expose|\
        ensayo|tarea|deberes|informe|entrega|memoria|dossier|fiche|devoir|dissertation|memoire|rendu|depot|odev|odevi|rapor|raporu|teslim|teslimi";
    let w = s.words;
    let work = (s.from..s.to)
        .any(|i| w.one_of(i, WRITTEN) || w.number(i).is_some() && w.one_of(i + 1, "wds|words"));
    work && !(s.from..s.to).any(|i| w.has(i, Marks::EXAM) || w.one_of(i, GATHERINGS))
}

/// "Deadline for abstracts: 5 pm, 4 Dec".
fn names_deadline(s: &Sentence) -> bool {
    const WORDS: &str = "deadline|deadlines|cutoff|frist|abgabefrist|einsendeschluss|anmeldeschluss|abgabetermin|plazo|vencimiento|echeance";
    const PHRASES: &str =
        "cut - off|due date|closing date|fecha limite|date limite|son tarih|son gun|son basvuru";
    s.words.any_of(s.from..s.to, WORDS) || s.words.any_phrase(s.from..s.to, PHRASES)
}

/// "School closes for Christmas on Friday at 1.30 pm": the hours of a house, at which nobody meets.
pub(crate) fn closes_house(s: &Sentence) -> bool {
    const HOUSES: &str = "school|schools|office|offices|shop|store|library|reception|pool|gym|canteen|building|car park|clinic|surgery|nursery|museum|schule|buro|laden|geschaft|bibliothek|praxis|kita|mensa|sekretariat|colegio|escuela|oficina|tienda|biblioteca|piscina|consulta|guarderia|ecole|bureau|magasin|bibliotheque|cabinet|piscine|creche|mairie|okul|ofis|dukkan|kutuphane";
    const CLOSES: &str = "closes|close|shuts|shut|reopens|reopen|opens|schliesst|schließt|offnet|cierra|reabre|abre|ferme|rouvre|ouvre|kapanir|kapanacak|kapaniyor|acilir|acilacak|aciliyor";
    const FAR: usize = 4;
    let w = s.words;
    let house = |i: usize| (i.saturating_sub(FAR).max(s.from)..i).any(|k| w.one_of(k, HOUSES));
    (s.from + 1..s.to).any(|i| w.one_of(i, CLOSES) && house(i)) || tells_hours(s)
}

/// "Agence ouverte du mardi au samedi, 9 h – 12 h 30", "Bürozeiten: Mo–Do 9–12 Uhr".
fn tells_hours(s: &Sentence) -> bool {
    const OPEN: &str = "is open|are open|open|opening hours|opening times|office hours|burozeiten|offnungszeiten|sprechzeiten|geoffnet|horario|horarios|abierto|abierta|abiertos|abiertas|ouvert|ouverte|ouverts|ouvertes|horaires|acik|aciktir|acigiz|mesai saatleri|calisma saatleri";
    const ALWAYS: &str = "every day|every school day|every weekday|weekdays|daily|taglich|werktags|todos los dias|tous les jours|her gun|hafta ici";
    let w = s.words;
    let weekday = |i: usize| crate::dates::is_weekday(w.word(i));
    let between = |i: usize| {
        let from = i + 2 + usize::from(w.one_of(i + 2, "the|den|le|el"));
        weekday(i) && w.one_of(i + 1, "-|–|to|till|bis|a|au|through|thru|ile") && weekday(from)
    };
    w.any_phrase(s.from..s.to, OPEN)
        && (w.any_phrase(s.from..s.to, ALWAYS) || (s.from..s.to).any(between))
}
