//! "The report is attached. Please read it", "The form was due on Monday, please send it": what lies ready or is late is what
//! something is done with.

use crate::acts::{self, Sentence};
use crate::language::Language;
use crate::text::capitalised;
use crate::text::{Shape, fold_str, one_of};

/// What the clause before token `at` says lies ready or is late: "The report is attached", "der Bericht liegt bei".
pub(super) fn subject_before(s: &Sentence, at: usize, language: Language) -> Option<String> {
    const ARTICLES: &str = "the|your|our|my|a|an|der|die|das|ein|eine|unser|unsere|le|la|les|l'|un|une|notre|nos|el|los|las|una|nuestro|nuestra";
    const LIES: &str = "is|are|was|were|is now|are now|ist|sind|war|waren|liegt|liegen|hangt|hangen|est|sont|esta|estan|va|van|se trouve|se trouvent";
    const READY: &str = "attached|enclosed|below|here|ready|available|online|linked|uploaded|back|done|finished|in|on|at|with|due|late|overdue|missing|\
        beigefugt|angehangt|anbei|bei|an|im|auf|fertig|da|online|bereit|fallig|uberfallig|jointe|joint|jointes|joints|en|ci|dans|sur|pret|prete|prets|pretes|disponible|disponibles|\
        adjunto|adjunta|adjuntos|adjuntas|listo|lista|listos|listas";
    const FEW: usize = 6;
    let w = s.words;
    let inside = at > s.from + 1;
    let end = if inside { at } else { s.from }.checked_sub(1)?;
    let start = (0..end)
        .rev()
        .take(FEW * 4)
        .find(|&i| matches!(w.word(i), "." | "!" | "?"));
    let from = start.map_or(0, |i| i + 1);
    let ends = matches!(w.word(end), "." | "!") || inside && matches!(w.word(end), "," | ";");
    if !ends || !w.one_of(from, ARTICLES) || language == Language::Turkish {
        return None;
    }
    let link = (from + 2..end.min(from + FEW + 2)).find(|&i| w.one_of(i, LIES))?;
    let near = (link + 1..end.min(link + 3)).any(|i| w.one_of(i, READY));
    let whole = (from + 1..link).all(|i| w.shape(i) == Shape::Word || w.word(i) == "-");
    let thing = acts::spelled(w, from, link);
    let first = w.raw(from);
    (near && whole).then(|| thing.replacen(first, &first.to_lowercase(), 1))
}

/// An order with what was spoken of in the place of its pronoun.
pub(super) fn with_subject(title: &str, thing: &str, language: Language) -> String {
    const PRONOUNS: &str = "it|them|this|these|that|ihn|sie|es|le|la|les|lo|los|las";
    let mut words: Vec<&str> = title.split(' ').collect();
    // What lies ready is now what something is done with.
    let accusative = thing
        .strip_prefix("der ")
        .map(|thing| format!("den {thing}"));
    let thing = accusative
        .as_deref()
        .filter(|_| language == Language::German)
        .unwrap_or(thing);
    match words
        .iter()
        .position(|word| one_of(PRONOUNS, &fold_str(word)))
    {
        Some(at) => words[at] = thing,
        // "Bitte bis Freitag unterschreiben": in German the verb stays at the end.
        None if language == Language::German => words.insert(0, thing),
        None => words.insert(1.min(words.len()), thing),
    }
    capitalised(&words.join(" "))
}
