//! Names at the head of a clause, in languages other than English.

use super::{Sentence, known_person, name_like, spelled};
use crate::language::Marks;
use crate::text::{Shape, one_of};

/// Whether a person is named at token `at`.
pub(super) fn known(s: &Sentence, at: usize) -> bool {
    known_person(s.words, at, s.setting.people) || titled(s.words.word(at))
}

/// Verbs of minutes that tell what somebody said or how matters stand.
const REPORTS: &str = "\
    berichten|erklaren|erlautern|mitteilen|bemerken|bitten|vorschlagen|begrussen|eroffnen|schliessen|danken|hinweisen|erinnern|informieren|verlesen|betonen|finden|meinen|mochten|haben|sein|bleiben|kommen|gehen|kennen|wissen|sehen|stehen|liegen|arbeiten|leiten|fuhren|vorstellen|loben|wunschen|denken|glauben|sagen|wollen|konnen|mussen|sollen|werden|anfragen|wohnen|fehlen|teilnehmen|zustimmen|ablehnen|mitbringen|brauchen|erteilen|\
    signaler|indiquer|preciser|rappeler|expliquer|presenter|remercier|souhaiter|estimer|penser|dire|annoncer|informer|proposer|regretter|confirmer|etre|avoir|aller|venir|ouvrir|lever|souligner|constater|exiger|insister|habiter|travailler|rester|trouver|vouloir|pouvoir|devoir|voir|savoir|soutenir|accepter|refuser|voter|\
    informar|indicar|explicar|presentar|agradecer|proponer|decir|comentar|quejar|preguntar|recordar|anunciar|estar|ser|haber|tener|deber|querer|poder|saber|ver|creer|pensar|opinar|asistir|presidir|abrir|cerrar|rogar|votar|aceptar|rechazar|vivir|trabajar|venir|ir";

/// Whether a verb, in its infinitive, may hand out work in minutes.
pub(super) fn hands_out(infinitive: &str) -> bool {
    !one_of(REPORTS, &crate::text::fold_str(infinitive))
}

/// Whether the document lists the person at token `at`, or a title stands before the name.
pub(super) fn listed(s: &Sentence, at: usize) -> bool {
    let w = s.words;
    let title = titled(w.word(at)) && (name_like(w, at + 1) || w.word(at + 1) == ".");
    title || w.capital(at) && s.setting.people.contains(w.word(at))
}

fn titled(word: &str) -> bool {
    one_of(
        "herr|frau|hr|hrn|fr|dr|m|mlle|senor|senora|sr|sra|monsieur|madame|mme|prof|don|dona",
        word,
    )
}

/// One or more names or roles from token `at` on, and the token after them.
pub(super) fn names(s: &Sentence, at: usize) -> Option<(String, usize)> {
    let w = s.words;
    let mut names = Vec::new();
    let mut i = at;
    while names.len() < 5 {
        let article = usize::from(w.one_of(i, "das|die|der|el|la|los|las|le|les|l'|all|alle"));
        let to = if w.has(i + article, Marks::ROLE) {
            role(s, i + article)
        } else {
            person(s, i)?
        };
        let from = if w.has(i + article, Marks::ROLE) {
            i + article
        } else {
            i
        };
        names.push(spelled(w, from, to));
        i = to;
        let joins = w.one_of(i, "und|y|e|et|ve|&|/|ile")
            || w.word(i) == ","
                && (person(s, i + 1)
                    .is_some_and(|k| matches!(w.word(k), "und" | "y" | "et" | "ve" | ",")));
        if !joins || person(s, i + 1).is_none() && !w.has(i + 1, Marks::ROLE) {
            break;
        }
        i += 1;
    }
    (!names.is_empty()).then(|| (names.join(", "), i))
}

fn role(s: &Sentence, at: usize) -> usize {
    let w = s.words;
    let mut to = at + 1;
    while to < s.to && w.has(to, Marks::ROLE) {
        to += 1;
    }
    // "el equipo de diseño", "l'équipe marketing".
    if matches!(w.word(to), "de" | "d'" | "du") && (w.has(to + 1, Marks::ROLE)) {
        to += 2;
    }
    to
}

/// A person from token `at` on: known, titled, or two capitalised words.
fn person(s: &Sentence, at: usize) -> Option<usize> {
    let w = s.words;
    let mut i = at;
    let title = titled(w.word(i));
    if title {
        i += 1 + usize::from(w.word(i + 1) == ".");
    }
    if i >= s.to || !name_like(w, i) || w.has(i, Marks::GREETING.and(Marks::PLEASE)) {
        return None;
    }
    let sure = title || known(s, i) || guessed(s, i);
    let mut to = i + 1;
    while to < s.to
        && to < i + 3
        && name_like(w, to)
        && !w.has(to, Marks::VERB)
        && (known(s, to) || sure && w.shape(to) == Shape::Word && !german_noun(s, to))
    {
        to += 1;
    }
    let honoured = matches!(w.word(to), "hanim" | "bey" | "hoca");
    (sure || honoured).then_some(to + usize::from(honoured))
}

/// A capitalised word that is no known noun, right before a verb that says what will be done.
fn guessed(s: &Sentence, i: usize) -> bool {
    let w = s.words;
    let noun = Marks::THING
        .and(Marks::VERB)
        .and(Marks::MEETING)
        .and(Marks::EXAM)
        .and(Marks::COURSEWORK)
        .and(Marks::LEGAL)
        .and(Marks::GENERIC);
    let next = w.raw(i + 1);
    let foretold = next.ends_with('á')
        || next.ends_with("án")
        || ["era", "ira", "dra", "ront"]
            .iter()
            .any(|e| next.len() > 4 && next.ends_with(e));
    let head = i == s.from || matches!(w.word(i - 1), "," | "y" | "et" | "und" | ":" | "-");
    head && !w.has(i, noun)
        && w.raw(i).len() > 2
        && w.raw(i).chars().skip(1).all(char::is_lowercase)
        && (w.has(i + 1, Marks::MODAL)
            || foretold && w.shape(i + 1) == Shape::Word && !w.capital(i + 1))
}

/// In German every noun is capitalised: a second name must be followed by a verb or a mark.
fn german_noun(s: &Sentence, i: usize) -> bool {
    let w = s.words;
    let next = i + 1;
    !(w.shape(next) == Shape::Mark
        || w.has(next, Marks::MODAL)
        || (w.shape(next) == Shape::Word && !w.capital(next)))
}
