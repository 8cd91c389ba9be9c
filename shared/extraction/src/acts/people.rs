//! Names at the head of a clause, in languages other than English.

use super::{Sentence, known_person, name_like, spelled};
use crate::dates::Lead;
use crate::language::{Language, Marks};
use crate::text::{Shape, one_of};

/// Whether a person is named at token `at`.
pub(crate) fn known(s: &Sentence, at: usize) -> bool {
    known_person(s.words, at, s.setting.people) || titled(s.words.word(at))
}

/// What is capitalised at the head of a clause and names nobody.
pub(crate) const NOUN: Marks = Marks::THING
    .and(Marks::VERB)
    .and(Marks::MEETING)
    .and(Marks::EXAM)
    .and(Marks::COURSEWORK)
    .and(Marks::LEGAL)
    .and(Marks::GENERIC);

/// Verbs of minutes that tell what somebody said or how matters stand.
const REPORTS: &str = "\
    berichten|erklaren|erlautern|mitteilen|bemerken|bitten|vorschlagen|begrussen|eroffnen|schliessen|danken|hinweisen|erinnern|informieren|verlesen|betonen|finden|meinen|mochten|haben|sein|bleiben|kommen|gehen|kennen|wissen|sehen|stehen|liegen|arbeiten|leiten|fuhren|vorstellen|loben|wunschen|denken|glauben|sagen|wollen|konnen|mussen|sollen|werden|anfragen|wohnen|fehlen|teilnehmen|zustimmen|ablehnen|mitbringen|brauchen|erteilen|\
    signaler|indiquer|preciser|rappeler|expliquer|presenter|remercier|souhaiter|estimer|penser|dire|annoncer|informer|proposer|regretter|confirmer|etre|avoir|aller|venir|ouvrir|lever|souligner|constater|exiger|insister|habiter|travailler|rester|trouver|vouloir|pouvoir|devoir|voir|savoir|soutenir|accepter|refuser|voter|\
    informar|indicar|explicar|presentar|agradecer|proponer|decir|comentar|quejar|preguntar|recordar|anunciar|estar|ser|haber|tener|deber|querer|poder|saber|ver|creer|pensar|opinar|asistir|presidir|abrir|cerrar|rogar|votar|aceptar|rechazar|vivir|trabajar|venir|ir";

/// Whether a verb, in its infinitive, may hand out work in minutes.
pub(super) fn hands_out(infinitive: &str) -> bool {
    !one_of(REPORTS, &crate::text::fold_str(infinitive))
}

/// Whether a word is the third person of a German or Romance verb that hands out work: "druckt", "réserve".
pub(crate) fn third_person(raw: &str) -> bool {
    let german = || super::german::infinitive_of(raw).filter(|_| raw.ends_with('t'));
    let romance = |language| super::romance::infinitive_of(raw, language);
    let mut verbs = german()
        .into_iter()
        .chain(romance(Language::Spanish))
        .chain(romance(Language::French));
    verbs.any(|verb| hands_out(&verb))
}

/// Whether the document lists the person at token `at`, or a title stands before the name.
pub(super) fn listed(s: &Sentence, at: usize) -> bool {
    let w = s.words;
    let title = titled(w.word(at)) && (name_like(w, at + 1) || w.word(at + 1) == ".");
    title || w.capital(at) && s.setting.people.contains(w.word(at))
}

fn titled(word: &str) -> bool {
    one_of(
        "herr|herrn|frau|hr|hrn|fr|dr|mr|mrs|ms|m|mlle|senor|senora|sr|sra|monsieur|madame|mme|prof|don|dona",
        word,
    )
}

/// One or more names or roles from token `at` on, and the token after them.
pub(crate) fn names(s: &Sentence, at: usize) -> Option<(String, usize)> {
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
    let title = titled(w.word(i)) || is_initial(s, i);
    if title {
        i += 1 + usize::from(w.word(i + 1) == ".");
    }
    if i >= s.to
        || !name_like(w, i) && !is_jan(s, i)
        || w.has(i, Marks::GREETING.and(Marks::PLEASE))
    {
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

/// "H. Schubert wird ..": a letter with a full stop, a name, and what is said of it.
fn is_initial(s: &Sentence, i: usize) -> bool {
    let w = s.words;
    let letter = w.raw(i).chars().count() == 1 && w.capital(i) && w.touches(i);
    let said = w.shape(i + 3) == Shape::Word && !w.capital(i + 3);
    letter && w.word(i + 1) == "." && name_like(w, i + 2) && said
}

/// "Jan" before a verb is a person, not a month.
fn is_jan(s: &Sentence, i: usize) -> bool {
    let w = s.words;
    w.raw(i) == "Jan" && w.shape(i + 1) == Shape::Word && s.date_at(i).is_none()
}

/// A capitalised word that is no known noun, right before a verb that says what will be done.
fn guessed(s: &Sentence, i: usize) -> bool {
    let w = s.words;
    let next = w.raw(i + 1);
    let foretold = next.ends_with('á')
        || next.ends_with("án")
        || ["era", "ira", "dra", "rra", "vra", "ront"]
            .iter()
            .any(|e| next.len() > 4 && next.ends_with(e));
    let head = i == s.from || matches!(w.word(i - 1), "," | "y" | "et" | "und" | ":" | "-");
    head && !w.has(i, NOUN)
        && w.raw(i).len() > 2
        && w.raw(i).chars().skip(1).all(char::is_lowercase)
        && (w.has(i + 1, Marks::MODAL)
            || foretold && w.shape(i + 1) == Shape::Word && !w.capital(i + 1)
            || i == s.from && works(s, i))
}

/// Whether a verb of work follows a word that is no German noun by its ending, in a sentence with a deadline: "Zdenka
/// übersetzt den Brief bis 3. Dezember", "Ömer sözleşmeyi cumaya kadar gönderecek".
fn works(s: &Sentence, i: usize) -> bool {
    const NOUNS: [&str; 16] = [
        "ung", "heit", "keit", "schaft", "tion", "tat", "nis", "tum", "amt", "ei", "rat", "werk",
        "zeug", "stelle", "dienst", "kasse",
    ];
    let w = s.words;
    let due = s.dated(|d| d.when.as_ref().is_some_and(|x| x.day_given) && d.lead == Lead::Due);
    let noun = NOUNS.iter().any(|end| w.word(i).ends_with(end));
    let next = w.raw(i + 1);
    if !due || noun || w.shape(i + 1) != Shape::Word || w.has(i, Marks::RECIPE.and(Marks::ROLE)) {
        return false;
    }
    let last = (i + 1..s.to).rev().find(|&k| w.shape(k) == Shape::Word);
    let small = !w.capital(i + 1) && !w.has(i + 1, Marks::FUNCTION);
    let object = small && next.chars().count() > 4 && next.ends_with(['ı', 'i', 'u', 'ü']);
    let divided = (i..s.to).any(|k| matches!(w.word(k), ":" | ","));
    let foretold = object
        && !divided
        && last.is_some_and(|k| {
            k > i + 1 && (w.word(k).ends_with("ecek") || w.word(k).ends_with("acak"))
        });
    // "Organigramm liefert Malte bis Freitag": the object may come first.
    if known(s, i + 2) || name_like(w, i + 2) && s.date_at(i + 3).is_some() {
        return false;
    }
    let german = small
        && next.ends_with('t')
        && super::german::infinitive_of(next).is_some_and(|verb| hands_out(&verb));
    let romance = || {
        let languages = [Language::Spanish, Language::French];
        let mut verbs = languages
            .into_iter()
            .filter_map(|language| super::romance::infinitive_of(next, language));
        small && verbs.any(|verb| hands_out(&verb))
    };
    foretold || german || romance()
}

/// In German every noun is capitalised: a second name must be followed by a verb or a mark.
fn german_noun(s: &Sentence, i: usize) -> bool {
    let w = s.words;
    let next = i + 1;
    !(w.shape(next) == Shape::Mark
        || w.has(next, Marks::MODAL)
        || (w.shape(next) == Shape::Word && !w.capital(next)))
}
