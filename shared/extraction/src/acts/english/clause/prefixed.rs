//! Clauses that turn to a person first: "Maria: send ..", "@maria can you ..", "Tom, please ..".

use crate::acts::english::clause::{noun_use, subject_clause};
use crate::acts::english::opening::{skip_fillers, skip_marks};
use crate::acts::english::subject;
use crate::acts::english::{deadline, request};
use crate::acts::{Act, Cue, Form, Owner, Sentence, known_person};
use crate::item::Refusal;
use crate::language::Marks;
use crate::text::Shape as Letters;

/// "Maria: send ..", "Maria - budget", "@maria send ..", "Tom, send ..".
pub(crate) fn prefixed(
    s: &Sentence,
    at: usize,
    initial: bool,
    subject: &subject::Subject,
) -> Option<Act> {
    if !matches!(subject.owner, Owner::Named(_) | Owner::Speaker)
        || subject.person != subject::Person::Named
    {
        return None;
    }
    let w = s.words;
    let to = crate::acts::prefix::past_day(s, subject.to);
    let mark = w.word(to);
    let mention = matches!(w.word(at), "@" | "(" | "[");
    let divided = matches!(
        mark,
        ":" | "-" | "–" | "—" | "→" | ">" | "," | ")" | "]" | "|" | "/"
    );
    // "Dad please pick up the cake": people who write in a hurry leave the comma out.
    let spoken = subject.sure
        && w.phrase(subject.to, "please|pls|can you|could you|would you|will you|can u|could u|are you able to|you need to")
            .is_some();
    if !(mention || spoken || divided && initial) {
        return None;
    }
    // "(@hannah)" in the middle of an order only says whose it is.
    let asked = s
        .words
        .phrase(
            subject.to,
            "please|can you|could you|pls|will you|would you|can u|could u|are you able to|you need to",
        )
        .is_some();
    if !initial && !asked {
        return None;
    }
    let mut from = to + usize::from(divided);
    from = skip_fillers(s, from);
    // "Marketing: Julia sends the banner texts": the nearer subject counts.
    let nearer = mark == ":"
        && known_person(w, from, s.setting.people)
        && crate::fields::title::base_of_third(w.word(from + 1)).is_some();
    // "Images: Leo, 3 Dec": behind a thing stands who does it.
    let named = mark == ":"
        && !known_person(w, at, s.setting.people)
        && known_person(w, from, s.setting.people);
    let ends = from + 1 >= s.to || w.one_of(from + 1, ",|.|-|–|(") || s.date_at(from + 1).is_some();
    if nearer || named && ends {
        return None;
    }
    if let Some(length) = w.phrase(from, "would you mind|do you mind|mind")
        && w.has(from + length, Marks::GERUND)
    {
        return Some(owned(s, at, subject, from + length, Form::Gerund, 0.84));
    }
    if let Some(length) = w.phrase(
        from,
        "are you able to|will you|can u|could u|can u pls|pls can you|please|to|pls|can you|could you|can you please|could you please|will|\
                    you need to|would you|please can you|i need you to|kindly|needs to|must|\
                    should",
    ) {
        from += length;
        let verb = w.has(from, Marks::VERB)
            || (subject.sure
                && w.shape(from) == Letters::Word
                && !w.has(from, Marks::FUNCTION.and(Marks::STATE)));
        return verb.then(|| owned(s, at, subject, from, Form::Plain, 0.86));
    }
    let structured =
        s.setting.action || s.setting.item && (s.setting.notes || s.dated(|d| d.when.is_some()));
    let verb = w.has(from, Marks::VERB) && !noun_use(s, from);
    // "Tom, thanks", "Tom: fine with me" say nothing to do.
    let enough = verb
        || (structured
            && mark != ","
            && !told(s, from)
            && !w.has(from, Marks::PAST.and(Marks::FUNCTION).and(Marks::GREETING))
            && from < s.to);
    let question = s.asks() && !verb;
    // "Julia, Omar: your hotel preferences by tomorrow".
    if structured && w.word(from) == "your" && mark == ":" && s.dated(|d| d.when.is_some()) {
        return Some(owned(s, at, subject, from, Form::Noun("Provide"), 0.76));
    }
    let fits = enough && (subject.sure || structured || mention) && !question;
    let strength = if verb { 0.82 } else { 0.66 };
    fits.then(|| owned(s, at, subject, from, Form::Plain, strength))
}

fn owned(
    s: &Sentence,
    begin: usize,
    subject: &subject::Subject,
    from: usize,
    form: Form,
    strength: f64,
) -> Act {
    Act {
        cue: Cue::Owner,
        owner: subject.owner.clone(),
        begin,
        from,
        to: s.to,
        form,
        strength,
    }
}

/// Whether the words from `from` on report: "microscope was down", "model trained over the weekend".
fn told(s: &Sentence, from: usize) -> bool {
    let w = s.words;
    (from..s.to).any(|i| {
        w.one_of(i, "was|were|is|are|had|has|have|got|went|came|did|been")
            || i > from
                && w.has(i, Marks::PAST)
                && !w.has(i, Marks::VERB)
                && !w.one_of(i - 1, "a|an|the|by|be")
            || i > from + 1
                && w.word(i).ends_with("ed")
                && !w.one_of(i - 1, "a|an|the|be|and|,|to")
                && crate::fields::title::base_of_participle(w.word(i)).is_some()
    })
}

/// A name at the beginning of a labelled passage: "Action: Maria – budget".
pub(crate) fn owner_prefix(s: &Sentence, at: usize) -> Option<(Owner, usize)> {
    let subject = subject::read(s, at)?;
    // "AP: Kim call Bob".
    let ordered = subject.sure && s.words.has(subject.to, Marks::VERB);
    let divided = ordered || s.words.one_of(subject.to, ":|-|–|—|)|,");
    (divided && matches!(subject.owner, Owner::Named(_)))
        .then(|| (subject.owner, skip_marks(s, subject.to)))
}

/// "@marguerite can I get a smoke test by noon?", "Dev i need two more lavs", "@Mo meter readings pls".
pub(crate) fn spoken_to(
    s: &Sentence,
    at: usize,
    initial: bool,
    subject: &subject::Subject,
) -> Result<Option<Act>, Refusal> {
    let w = s.words;
    let aside = at > s.from && w.one_of(at - 1, "(|[");
    let mention = w.word(at) == "@" && !aside;
    let named =
        matches!(subject.owner, Owner::Named(_)) && subject.person == subject::Person::Named;
    let turned = mention || subject.sure && s.setting.addressed && initial;
    if !named || !turned {
        return Ok(None);
    }
    let from = subject.to + usize::from(matches!(w.word(subject.to), "," | "-" | "–" | "—" | ":"));
    let opens = w.one_of(
        from,
        "i|i'm|i'd|i'll|can|could|would|we|it|if|please|pls|any|do|are|don't|mind|kindly",
    );
    let wanting = mention && !opens;
    if wanting
        && let Some(act) = deadline::read(s, from, true)?
        && act.owner == Owner::Nobody
    {
        return Ok(Some(Act {
            owner: subject.owner.clone(),
            begin: at,
            ..act
        }));
    }
    if opens
        && let Some(act) = request::read(s, from, true)?
        && act.owner == Owner::Reader
    {
        return Ok(Some(Act {
            owner: subject.owner.clone(),
            begin: at,
            ..act
        }));
    }
    // "@Becca you still need to rotate the key".
    if w.word(from) == "you"
        && let Some(act) = subject_clause(s, from, true)?
        && act.owner == Owner::Reader
    {
        return Ok(Some(Act {
            owner: subject.owner.clone(),
            begin: at,
            ..act
        }));
    }
    if let Some(length) = w.phrase(
        from,
        "over to you for|over to you on|over to you with|i'll leave you with",
    ) {
        return Ok(Some(owned(
            s,
            at,
            subject,
            from + length,
            Form::Noun("Handle"),
            0.78,
        )));
    }
    let pleads =
        (from..s.to).any(|i| w.has(i, Marks::PLEASE)) && !w.any_of(from..s.to, "@|be|there|all");
    let verbal = (from..s.to)
        .any(|i| w.has(i, Marks::MODAL.and(Marks::QUESTION).and(Marks::VERB)) && i < from + 3);
    Ok(
        (mention && pleads && !verbal && !s.asks() && from + 1 < s.to)
            .then(|| owned(s, at, subject, from, Form::Noun("Send"), 0.7)),
    )
}
