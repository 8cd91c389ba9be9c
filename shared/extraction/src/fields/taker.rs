//! Whose a deed is, where its order does not say so: "PO number by noon -> Gwen", "druckt Lena", "left with Beth".

use crate::acts::{
    NOUN, Sentence, are_initials, known, known_person, name_like, names, spelled, third_person,
};
use crate::language::Marks;
use crate::text::Shape;

/// What stands before the one who has a matter in hand, or from whom it is to come.
const WITH: &str = "pending from|pending with|left with|is with|are with|still with|lies with|sits with|awaited from|expected from|due from|outstanding from|missing from|come from|comes from|responsible :|resp . :|resp :|zustandig :|liegt bei|hangt an|lo hace|lo hara|la hace|la hara|los hace|las hace|lo envia|la envia|lo crea|lo redacta|la redacta|lo lleva|se encarga|se encargara|a cargo de|pendiente de|macht|ubernimmt|erledigt|besorgt|sorgt|kummert sich";

/// What stands before the one by whom it is to be done.
const BY: &str = "by|par|durch|por|durch den|durch die";

/// Words that say that something is not there yet, and those before the one who has it.
const LACKS: &str = "need|needs|missing|waiting|short|without|outstanding|awaiting|fehlt|fehlen|brauche|brauchen|warte|warten|falta|faltan|necesito|necesitamos|manque|manquent|attends|attend|bekleniyor|bekliyorum|bekliyoruz";
const FROM: &str = "from|von|vom|de|d'|del|of";

/// What people say, want or think is none of their deeds.
const TELLS: &str = "said|says|asked|asks|wants|want|needs|need|knows|thinks|told|apologised|apologized|promised|is|was|has|had|are|were|and|or|from|of|for|at|in|on|fragt|braucht|sagt|mochte|wartet|hat|ist|war|und|oder|dit|demande|attend|veut|est|a|et|ou|dice|indica|pide|quiere|necesita|es|esta|y|o|istiyor|diyor|bekliyor|ve|ile";

/// How urgent it is may stand behind who does it.
const URGENT: &str = "asap|urgent|dringend|sofort|urgente|acil";

/// What follows one who will do something.
const WILL: &str = "to|will|can|could|must|should|has|soll|muss|wird|bakacak|yapacak|debe|doit";

/// Words before a name that make it part of the deed.
const ABOUT: &str = "to|from|with|for|of|at|by|re|about|and|or|than|like|call|email|mail|ring|phone|text|ping|ask|asks|tell|remind|chase|thank|invite|pay|contact|message|visit|see|de|del|con|para|a|por|pour|avec|chez|du|von|mit|fur|bei|an|zu|der|die|dem|den|und|oder|et|ou|y|ile|ve|icin|saint|st|san|&";

/// Who takes on what a sentence asks for, and the tokens that only say so.
pub(crate) fn taker(s: &Sentence, order: bool) -> Option<(String, Option<(usize, usize)>)> {
    let told = (s.from..s.to)
        .find_map(|i| pointed(s, i).or_else(|| placed(s, i)))
        .or_else(|| (s.from + 2..s.to).find_map(|i| last(s, i)));
    // "Call Bob" names whom to call.
    if order || told.is_some() {
        return told;
    }
    owing(s).or_else(|| (s.from..s.to).find_map(|i| doing(s, i)))
}

/// A person, several or a role from token `i` on, and the token after them.
fn person(s: &Sentence, i: usize) -> Option<(String, usize)> {
    let w = s.words;
    let i = i + usize::from(w.word(i) == "@" || w.one_of(i, "the|dem|den"));
    if i >= s.to || s.in_date(i) || w.has(i, Marks::PLEASE) {
        return None;
    }
    let listed = names(s, i).filter(|(_, to)| *to <= s.to);
    // Who types in small letters writes names so, too.
    let other = Marks::VERB
        .and(Marks::THING)
        .and(Marks::FUNCTION)
        .and(Marks::MODAL);
    let small = || w.has(i, Marks::GIVEN) && !w.has(i, other) && w.word(i).len() > 3;
    let (name, to) = listed.or_else(|| small().then(|| (w.raw(i).to_owned(), i + 1)))?;
    // "Hülya Hanım'da", "Mrs Lal's": what is joined to a name is none of it.
    let joined = name.rfind(['\'', '’']).filter(|&at| {
        let mut behind = name[at..].chars().skip(1);
        behind.next().is_some_and(char::is_lowercase)
    });
    let name = joined.map_or(name.as_str(), |at| &name[..at]).to_owned();
    (!w.has(i, Marks::FIRST)).then_some((name, to))
}

/// Whether nothing but marks and dates follows, or a mark.
fn ends(s: &Sentence, to: usize) -> bool {
    to >= s.to || s.words.shape(to) == Shape::Mark || s.date_at(to).is_some()
}

/// "-> Gwen", "→ Beto", "-> GM by a week tomorrow", "-> Rowan klären".
fn pointed(s: &Sentence, i: usize) -> Option<(String, Option<(usize, usize)>)> {
    let w = s.words;
    let drawn = matches!(w.word(i), "-" | "=" | ">") && w.word(i + 1) == ">" && w.touches(i);
    if !drawn && !matches!(w.word(i), "→" | "⇒" | "➔") {
        return None;
    }
    let at = i + 1 + usize::from(drawn);
    let works = || w.one_of(at + 1, "to|pls|please") || third_person(w.raw(at + 1));
    let alone = || (name_like(w, at) || are_initials(w.raw(at))) && (ends(s, at + 1) || works());
    let short = || (alone() && at > s.from + 2).then(|| (w.raw(at).to_owned(), at + 1));
    let (name, to) = person(s, at).or_else(short)?;
    Some((name, ends(s, to).then_some((i, to))))
}

/// "left with Beth", "liegt bei Nadia", "se encarga Pilar", "par le secrétaire".
fn placed(s: &Sentence, i: usize) -> Option<(String, Option<(usize, usize)>)> {
    let w = s.words;
    if let Some(length) = w.phrase(i, WITH) {
        let (name, to) = person(s, i + length)?;
        // "..: se encarga Pilar" is all of its clause.
        let apart = i > s.from && w.shape(i - 1) == Shape::Mark && ends(s, to);
        return Some((name, apart.then(|| (i - 1, to))));
    }
    let length = w.phrase(i, BY).filter(|_| i > s.from)?;
    let (name, to) = person(s, i + length)?;
    ends(s, to).then_some((name, Some((i, to))))
}

/// "(Jan)", "- Sinéad, by Thursday", ", Ben", "you ok for that Geoff?": who stands behind the deed.
fn last(s: &Sentence, i: usize) -> Option<(String, Option<(usize, usize)>)> {
    let w = s.words;
    let among = known_person(w, i - 1, s.setting.people);
    if w.word(i) == "(" {
        let (name, to) = person(s, i + 1)?;
        return (w.word(to) == ")" && !among).then_some((name, Some((i, to + 1))));
    }
    let set_off =
        matches!(w.word(i), "-" | "–" | "—" | "," | ":" | "." | ";" | "…") && !w.touches(i);
    // "Bob, Kim" are two of a list, "Call Bob — Kim" names who does it.
    let dashed = matches!(w.word(i), "–" | "—");
    if set_off && (!among || dashed) {
        let (name, to) = person(s, i + 1)?;
        let over =
            (to..s.to).all(|k| w.shape(k) == Shape::Mark || s.in_date(k) || w.one_of(k, URGENT));
        return over.then_some((name, Some((i, to))));
    }
    let spoken_to = (s.from..i).any(|k| w.has(k, Marks::SECOND))
        && known_person(w, i, s.setting.people)
        && !w.one_of(i - 1, ABOUT)
        && !w.has(i - 1, Marks::VERB)
        && (i + 1..s.to).all(|k| w.shape(k) == Shape::Mark);
    (spoken_to && w.shape(i - 1) == Shape::Word).then(|| (spelled(w, i, i + 1), Some((i, i + 1))))
}

/// "still short of stops 8 and 11 from Clemmie", "Clive's signature is missing": who has what is not there yet.
fn owing(s: &Sentence) -> Option<(String, Option<(usize, usize)>)> {
    let w = s.words;
    if !w.any_of(s.from..s.to, LACKS) {
        return None;
    }
    (s.from..s.to).find_map(|i| {
        if w.one_of(i, FROM) {
            return person(s, i + 1).map(|(name, _)| (name, None));
        }
        let (name, _) = w.raw(i).split_once(['\'', '’'])?;
        let known = known_person(w, i, s.setting.people) && !name.is_empty();
        known.then(|| (name.to_owned(), None))
    })
}

/// "Reto macht Vorlage", "Hui Min to put in two", "druckt Lena": who does it, at the head of a clause or behind its verb.
fn doing(s: &Sentence, i: usize) -> Option<(String, Option<(usize, usize)>)> {
    let w = s.words;
    let article = i > s.from && w.one_of(i - 1, "the|der|die|le|la|l'|el|los|les");
    let clause = |at: usize| at == s.from || w.shape(at - 1) != Shape::Word || s.in_date(at - 1);
    let (name, to) = person(s, i).or_else(|| stranger(s, i).filter(|_| clause(i)))?;
    // "Legal review of Art. 17", "management review".
    let does_so = || w.one_of(to, WILL) || third_person(w.raw(to)) || w.word(to).ends_with('s');
    if w.has(i, Marks::ROLE) && (!does_so() || !w.capital(i) && !article && !w.one_of(to, WILL)) {
        return None;
    }
    // "Rasen wird nachgesät", "Mrs Lal's cake".
    let thing = !known(s, i)
        && !w.has(i, Marks::ROLE)
        && w.has(to, Marks::MODAL)
        && !w.one_of(to, "will|soll|can|could");
    let small = i > s.from && !w.capital(i) && !w.has(i, Marks::ROLE);
    if small || thing && stranger(s, i).is_none() || w.raw(to - 1).ends_with("'s") {
        return None;
    }
    let head = clause(i - usize::from(article));
    let does = w.shape(to) == Shape::Word && !w.capital(to) && !w.one_of(to, TELLS);
    let behind = i > s.from && !w.capital(i - 1) && third_person(w.raw(i - 1));
    let foretold = || {
        let end = (to..s.to).rev().find(|&k| w.shape(k) == Shape::Word);
        let verb = end.map_or("", |k| w.word(k));
        let led = i > s.from && w.one_of(i - 1, ABOUT);
        let passive = ["ilecek", "ilacak", "ulacak", "ulecek", "nacak", "necek"];
        let passive = passive.iter().any(|e| verb.ends_with(e));
        !led && !passive
            && ["acak", "ecek", "iyor", "uyor", "sin", "sun"]
                .iter()
                .any(|e| verb.ends_with(e))
    };
    (head && does || behind || foretold()).then_some((name, None))
}

/// A name that no list has, by what is said of it: "Hui Min to put in ..", "Nilu could you ..", "Tjark zählt ..".
fn stranger(s: &Sentence, i: usize) -> Option<(String, usize)> {
    const ASKED: &str = "could you|can you|would you|will you|do you|are you|have you|kannst du|konntest du|puedes|podrias|tu peux|peux-tu|, could you|, can you|, would you|, will you|, if you|, are you|, have you|, do you|, kannst du|, konntest du|, puedes|, podrias|, tu peux|, peux-tu";
    let w = s.words;
    let noun = NOUN.and(Marks::PLEASE).and(Marks::GREETING);
    let part = |k: usize| {
        let letters = w.raw(k);
        let written = letters.chars().skip(1).all(char::is_lowercase) && letters.len() > 2;
        name_like(w, k)
            && written
            && !w.has(k, Marks::ROLE.and(Marks::FIRST).and(Marks::SECOND))
            && !w.has(k, noun)
            && !s.in_date(k)
    };
    let to = (i..s.to.min(i + 3)).take_while(|&k| part(k)).last()? + 1;
    let ordered = w.word(to) == "to"
        && w.has(to + 1, Marks::VERB)
        && !w.one_of(to + 1, "be|issue|do|follow")
        && !w.word(i).ends_with("ed");
    let verb = to == i + 1 && third_person(w.raw(to)) && !w.capital(to);
    // "Organigramm liefert Malte": the object may come first.
    let works = verb && person(s, to + 1).is_none() && !w.one_of(i, "elle|elles|ils|ella|ellos");
    (ordered || works || w.phrase(to, ASKED).is_some()).then(|| (spelled(w, i, to), to))
}
