//! English requests that name a thing rather than a deed.

use crate::acts::english::request::adverb;
use crate::acts::{Act, Cue, Form, Owner, Sentence};
use crate::dates::Lead;
use crate::language::Marks;
use crate::text::Shape as Letters;

/// "I need the slides by Friday", "we need your feedback by noon".
pub(crate) fn needs(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let length = w.phrase(
        at,
        "i'd be grateful for|i would be grateful for|we'd be grateful for|we would be grateful for|i'd appreciate|i would appreciate|we'd appreciate|we would appreciate|could i have|can i have|may i have|could we have|can we have|could i get|can i get|can we get|could we get|it would be helpful to have|it would be great to have|it would be good to have|would be good to have|would be great to have|i'm looking for|i'd like|i would like|please let me have|please have|\
                    i'd want|i would want|i want|i still lack|we still lack|we're missing|we're still missing|i'm missing|i'm still missing|we are missing|i'm counting on you for|i am counting on you for|i'm relying on you for|we're counting on you for|it would also be great to have|it would also be good to have|it would also be helpful to have|it would be lovely to have|it would be nice to have|it'd be great to have|it'd be good to have|i'm after|we're after|i need|i'll need|i will need|we need|we'll need|i still need|we still need|\
                    i'm waiting for|looking for|i also need|we also need|need|i'd need|\
                    i would need",
    )?;
    if w.word(s.to - 1) == ":" {
        return None;
    }
    let from = at + length;
    let noun = w.one_of(from, "the|your|a|an|all|this|these|those|everyone's|both|updated|some|one|two|three|four|five|six|more|another|any|final|his|her|their") || w.number(from).is_some()
        || w.word(from).ends_with("'s");
    let due = s.dated(|d| d.when.is_some() && d.lead == Lead::Due && d.from > from + 1);
    let yours = w.word(at) != "we" && !w.one_of(at, "i|need|looking")
        || (from..s.to).any(|i| matches!(w.word(i), "your" | "from" | "you"));
    // "need milk, eggs": a note to oneself.
    if s.setting.item
        && s.setting.orders
        && w.word(at) == "need"
        && at <= s.from + 1
        && w.shape(from) == Letters::Word
        && !w.has(from, Marks::SECOND.and(Marks::FIRST).and(Marks::FUNCTION))
    {
        return Some(Act {
            cue: Cue::Request,
            owner: Owner::Nobody,
            begin: at,
            from,
            to: s.to,
            form: Form::Noun("Get"),
            strength: 0.6,
        });
    }
    if s.setting.item
        && due
        && matches!(w.word(at), "need" | "we" | "i")
        && w.shape(from) == Letters::Word
        && !w.has(from, Marks::SECOND.and(Marks::FIRST))
        && w.word(from) != "to"
    {
        return Some(Act {
            cue: Cue::Request,
            owner: Owner::Nobody,
            begin: at,
            from,
            to: s.to,
            form: Form::Noun("Provide"),
            strength: 0.62,
        });
    }
    let relied = w
        .phrase(
            at,
            "i'm counting on|i am counting on|i'm relying on|we're counting on",
        )
        .is_some();
    let due = due || relied;
    // "We need name tags printed by Friday".
    let result = (from + 1..s.to.min(from + 7)).any(|i| {
        crate::fields::title::base_of_participle(w.word(i)).is_some()
            || w.one_of(i, "ready|done|finished")
    });
    let yours = yours || result;
    let noun = noun
        || result
            && w.shape(from) == Letters::Word
            && !w.has(from, Marks::FUNCTION.and(Marks::SECOND).and(Marks::FIRST));
    (noun && due && s.setting.addressed && (yours || w.word(at) == "i")).then_some(Act {
        cue: Cue::Request,
        owner: Owner::Reader,
        begin: at,
        from,
        to: s.to,
        form: Form::Noun("Provide"),
        strength: 0.7,
    })
}

/// "I owe them a revised quote by Wednesday".
pub(crate) fn owes(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let length = w.phrase(at, "i owe|i still owe|we owe|we still owe")?;
    let object = at + length;
    let whom = usize::from(
        w.has(
            object,
            Marks::THIRD
                .and(Marks::SECOND)
                .and(Marks::ROLE)
                .and(Marks::GIVEN),
        ) || w.capital(object),
    );
    let from = object + whom + usize::from(w.word(object + whom) == ":");
    let dated = s.dated(|d| d.when.is_some()) || s.setting.item;
    (dated && whom > 0 && from < s.to).then_some(Act {
        cue: Cue::Commitment,
        owner: Owner::Speaker,
        begin: at,
        from,
        to: s.to,
        form: Form::Noun("Send"),
        strength: 0.7,
    })
}

/// "Let's schedule a call for Friday": work only with a verb of work and a date or a heading.
pub(crate) fn together(s: &Sentence, at: usize, after: usize) -> Option<Act> {
    let w = s.words;
    let verb = adverb(s, after);
    let concrete = s.dated(|d| d.when.is_some()) || s.setting.action;
    let work = w.has(verb, Marks::VERB)
        && !w.has(verb, Marks::STATE)
        && !w.one_of(
            verb,
            "meet|talk|discuss|move|call|take|do|look|sync|catch|say|reconvene|regroup|speak",
        );
    (work && concrete && !s.asks()).then_some(Act {
        cue: Cue::Obligation,
        owner: Owner::Nobody,
        begin: at,
        from: verb,
        to: s.to,
        form: Form::Plain,
        strength: 0.64,
    })
}

/// "Don't forget the signed forms tomorrow".
pub(crate) fn forget(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let length = w.phrase(at, "don't forget|do not forget|dont forget|remember")?;
    let from = at + length;
    if w.word(from) == "that"
        || w.word(from) == "when"
        || w.word(from) == "how"
        || w.has(from, Marks::QUESTION)
    {
        return None;
    }
    let about = usize::from(w.word(from) == "about");
    let noun = w.one_of(from + about, "the|your|a|an|to|our|my")
        || s.setting.item && w.shape(from + about) == Letters::Word;
    let dated = s.dated(|d| d.when.is_some()) || s.setting.action || s.setting.orders;
    (noun && dated && s.words.word(from) != "to").then(|| Act {
        cue: Cue::Request,
        owner: Owner::Reader,
        begin: at,
        from: from + about,
        to: s.to,
        form: Form::Noun("Remember"),
        strength: 0.62,
    })
}
