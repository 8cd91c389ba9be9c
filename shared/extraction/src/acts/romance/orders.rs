//! Spanish orders to several and to strangers, told by their endings: "devuelvan", "rellene", "firmad", "envíenos".

use crate::acts::romance::act;
use crate::acts::romance::clause::clause_end;
use crate::acts::romance::forms::is_verb;
use crate::acts::{Act, Cue, Form, Owner, Sentence};
use crate::language::{Language, Marks};

/// An order: the infinitive, and "lo" or "la" at its end.
pub(crate) struct Order {
    pub(crate) verb: String,
    thing: &'static str,
    /// "firme", which may be a noun as well.
    doubtful: bool,
}

/// Pronouns at the end of an order, with what of them stays with the infinitive.
const PRONOUNS: [(&str, &str); 19] = [
    ("", ""),
    ("noslos", "los"),
    ("noslas", "las"),
    ("noslo", "lo"),
    ("nosla", "la"),
    ("melos", "los"),
    ("melas", "las"),
    ("melo", "lo"),
    ("mela", "la"),
    ("selo", "lo"),
    ("sela", "la"),
    ("nos", ""),
    ("los", "los"),
    ("las", "las"),
    ("les", "les"),
    ("me", ""),
    ("lo", "lo"),
    ("la", "la"),
    ("le", "le"),
];

/// The order that a word is, folded or not.
pub(crate) fn order_of(word: &str) -> Option<Order> {
    let past = word.ends_with(['é', 'á']);
    let word = crate::text::fold_str(word);
    PRONOUNS.iter().find_map(|(ending, thing)| {
        let bare = word.strip_suffix(ending)?;
        let (verb, plural) = infinitive(bare)?;
        let doubtful = ending.is_empty() && !plural;
        (!past || !doubtful).then_some(Order {
            verb,
            thing,
            doubtful,
        })
    })
}

/// The infinitive of an order without pronouns, and whether it turns to several.
fn infinitive(bare: &str) -> Option<(String, bool)> {
    const FORMS: [(&str, &[&str], bool); 7] = [
        ("ad", &["ar"], true),
        ("ed", &["er"], true),
        ("id", &["ir"], true),
        ("en", &["ar"], true),
        ("an", &["er", "ir"], true),
        ("e", &["ar"], false),
        ("a", &["er", "ir"], false),
    ];
    FORMS.iter().find_map(|(ending, infinitives, plural)| {
        let stem = bare.strip_suffix(ending).filter(|stem| stem.len() > 1)?;
        let stems = if ending.ends_with('d') {
            vec![stem.to_owned()]
        } else {
            stems(stem)
        };
        let verbs = stems
            .iter()
            .flat_map(|stem| infinitives.iter().map(move |end| format!("{stem}{end}")));
        let verb = verbs
            .into_iter()
            .find(|verb| is_verb(verb, Language::Spanish))?;
        Some((verb, *plural))
    })
}

/// The stems that an infinitive may have whose order has this one: "devuelv" and "devolv", "busqu" and "busc".
fn stems(stem: &str) -> Vec<String> {
    const SPELLED: [(&str, &str); 16] = [
        ("traig", "tra"),
        ("hag", "hac"),
        ("pong", "pon"),
        ("teng", "ten"),
        ("veng", "ven"),
        ("salg", "sal"),
        ("dig", "dec"),
        ("oig", "o"),
        ("qu", "c"),
        ("gu", "g"),
        ("zc", "c"),
        ("c", "z"),
        ("j", "g"),
        ("g", "gu"),
        ("uy", "u"),
        ("y", ""),
    ];
    const VOWELS: [(&str, &str); 4] = [("ue", "o"), ("ie", "e"), ("i", "e"), ("u", "o")];
    let mut all = vec![stem.to_owned()];
    for (end, spelled) in SPELLED {
        all.extend(
            stem.strip_suffix(end)
                .map(|head| format!("{head}{spelled}")),
        );
    }
    for known in all.clone() {
        for (vowel, plain) in VOWELS {
            let at = known.rfind(vowel);
            all.extend(at.map(|at| {
                let (head, tail) = (&known[..at], &known[at + vowel.len()..]);
                format!("{head}{plain}{tail}")
            }));
        }
    }
    all
}

/// "Devuelvan la autorización antes del lunes": an order at the beginning of a clause.
pub(crate) fn ordered(s: &Sentence, at: usize) -> Option<Act> {
    const OBJECTS: &str = "el|la|los|las|un|una|su|sus|tu|tus|este|esta|estos|estas|nuestro|nuestra|a|al|aqui|cada|todo|toda|todos|todas|lo|le|les|antes|y|ambos|ambas|dos|tres";
    const COURTESIES: &str = "reciban|reciba|recibid|disculpe|disculpen|disculpad|perdone|perdonen|perdonad|sepan|sepa|tenga|tengan|vista|venga";
    let w = s.words;
    let ordered_before = |i: usize| {
        i > s.from && (s.from..i).any(|k| order_of(w.raw(k)).is_some_and(|o| !o.doubtful))
    };
    let opens = at == s.from
        || w.one_of(at - 1, ":|.|!|¡|-|–|—|(|*|favor")
        || w.one_of(at - 1, ",|y|e")
            && (w.word(at.saturating_sub(2)) == "favor" || ordered_before(at - 1))
        || s.dates.iter().any(|d| d.from == s.from && d.to == at);
    let asked = (s.from..s.to).any(|i| w.has(i, Marks::PLEASE));
    let pressing = asked || s.setting.action || s.dated(|d| d.when.is_some());
    let named = w.has(at, Marks::GIVEN) || w.one_of(at, COURTESIES);
    if !opens || named || s.asks() || w.has(at, Marks::VERB) || !(pressing || s.setting.addressed) {
        return None;
    }
    let order = order_of(w.raw(at)).filter(|o| !o.doubtful || w.one_of(at + 1, OBJECTS))?;
    let again = at > s.from && w.word(at - 1) == "y" && !order.thing.is_empty();
    if again {
        return None;
    }
    let (text, end) = object(s, at);
    let deed = format!("{}{} {text}", order.verb, order.thing);
    let strength = if pressing { 0.82 } else { 0.72 };
    let request = act(
        s,
        Cue::Request,
        Owner::Reader,
        at,
        at,
        Form::Spelled(deed),
        strength,
    );
    let named = names_thing(&text);
    let known = !order.thing.is_empty() && s.dated(|d| d.when.is_some());
    (named || known).then_some(Act { to: end, ..request })
}

/// The infinitive of an order behind "por favor" or "rogamos que" that names its object.
pub(crate) fn asked(s: &Sentence, verb: usize) -> Option<String> {
    let order = order_of(s.words.raw(verb))?;
    names_thing(&object(s, verb).0).then(|| format!("{}{}", order.verb, order.thing))
}

/// Whether a word of some length or a name says what is meant.
fn names_thing(text: &str) -> bool {
    text.split(' ')
        .any(|word| word.chars().count() > 3 || word.contains(char::is_uppercase))
}

/// What is ordered, up to the next order: "la hoja y devolverla", and where it ends.
fn object(s: &Sentence, verb: usize) -> (String, usize) {
    let w = s.words;
    let end = clause_end(s, verb);
    let next = (verb + 1..end).find_map(|i| {
        let order = order_of(w.raw(i + 1)).filter(|o| !o.doubtful)?;
        (w.one_of(i, "y|e|,") && i + 1 < end).then_some((i, order))
    });
    match next {
        Some((i, order)) if order.thing.is_empty() => (crate::acts::rest(s, verb + 1, i, &[]), i),
        Some((i, order)) => {
            let first = crate::acts::rest(s, verb + 1, i, &[]);
            let rest = crate::acts::rest(s, i + 2, end, &[]);
            let both = format!("{first} y {}{} {rest}", order.verb, order.thing);
            (both.trim_end().to_owned(), end)
        }
        None => (crate::acts::rest(s, verb + 1, end, &[]), end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_told_by_their_endings() {
        for (word, verb) in [
            ("devuelvan", "devolver"),
            ("entreguen", "entregar"),
            ("busquen", "buscar"),
            ("envíenos", "enviar"),
            ("entréguelo", "entregar"),
            ("traigan", "traer"),
            ("recojan", "recoger"),
            ("realicen", "realizar"),
            ("pidan", "pedir"),
            ("sigan", "seguir"),
            ("firmad", "firmar"),
            ("traed", "traer"),
            ("pasadme", "pasar"),
            ("devolvedlo", "devolver"),
            ("rellene", "rellenar"),
        ] {
            let found = order_of(word).map(|order| order.verb);
            assert_eq!(found.as_deref(), Some(verb), "{word}");
        }
        for word in [
            "devuelven",
            "compran",
            "entregué",
            "ciudad",
            "actividad",
            "martes",
            "plan",
            "examen",
            "orden",
            "carmen",
            "correos",
        ] {
            assert!(order_of(word).is_none(), "{word}");
        }
    }
}
