//! Requests: "please ..", "could you ..", "don't forget to ..".

mod cues;
mod needs;

use crate::acts::{Act, Cue, Form, Owner, Sentence, known_person};
use crate::dates::Lead;
use crate::item::Refusal;
use crate::language::Marks;
use crate::text::Shape as Letters;
use cues::{ASKS, ASKS_ANYONE, ASKS_GERUND, COMMITS, COURTESIES, IDLE, LOOKS};
use needs::{forget, needs, owes, together};

fn longest(s: &Sentence, at: usize, list: &'static str) -> Option<usize> {
    s.words.phrase(at, list)
}

/// A request that begins at token `at`.
pub(crate) fn read(s: &Sentence, at: usize, initial: bool) -> Result<Option<Act>, Refusal> {
    let act = |owner, from, form, strength, cue| Act {
        cue,
        owner,
        begin: at,
        from,
        to: s.to,
        form,
        strength,
    };
    let gerund =
        longest(s, at, ASKS_GERUND).filter(|&n| s.words.has(adverb(s, at + n), Marks::GERUND));
    if let Some(length) = longest(s, at, ASKS).filter(|_| gerund.is_none()) {
        return ask(s, at, at + length);
    }
    if let Some(length) = longest(s, at, ASKS_ANYONE).filter(|_| !s.words.has(at, Marks::CONDITION))
    {
        let verb = adverb(s, at + length);
        return Ok(s
            .words
            .has(verb, Marks::VERB)
            .then(|| act(Owner::Nobody, verb, Form::Plain, 0.74, Cue::Request)));
    }
    if let Some(length) = longest(s, at, ASKS_GERUND) {
        let verb = adverb(s, at + length);
        return Ok(s
            .words
            .has(verb, Marks::GERUND)
            .then(|| act(Owner::Reader, verb, Form::Gerund, 0.82, Cue::Request)));
    }
    if let Some(length) = longest(s, at, COMMITS) {
        let verb = adverb(s, skip_colon(s, at + length));
        let soft =
            matches!(s.words.word(at), "let" | "lemme" | "happy") || s.words.seq(at, "i'm happy");
        let dated = s.dated(|d| d.when.is_some());
        let fits = s.words.has(verb, Marks::VERB)
            && !s.asks()
            && (!soft || (dated && !s.words.has(verb, Marks::STATE)));
        return Ok(fits.then(|| {
            act(
                Owner::Speaker,
                verb,
                Form::Plain,
                if soft { 0.62 } else { 0.8 },
                Cue::Commitment,
            )
        }));
    }
    if let Some(act) = named(s, at)
        .or_else(|| framed(s, at))
        .or_else(|| fallen(s, at))
        .or_else(|| left_with_me(s, at))
    {
        return Ok(Some(act));
    }
    if let Some(act) = owes(s, at) {
        return Ok(Some(act));
    }
    if let Some(act) = needs(s, at) {
        return Ok(Some(act));
    }
    if let Some(length) = s.words.phrase(at, "let's|lets|let us|shall we") {
        return Ok(together(s, at, at + length));
    }
    if initial
        && s.words
            .phrase(at, "don't forget|do not forget|dont forget|remember")
            .is_some()
    {
        return Ok(forget(s, at));
    }
    Ok(None)
}

fn skip_colon(s: &Sentence, i: usize) -> usize {
    i + usize::from(s.words.word(i) == ":")
}

fn adverb(s: &Sentence, mut i: usize) -> usize {
    for _ in 0..3 {
        let skip = s.words.phrase(
            i,
            "please|also|just|quickly|kindly|then|both|each|all|maybe|perhaps|possibly|\
                    double|each of you|e -|still|again|now|help|try to|make sure to|to|either|\
                    go ahead and|immediately|briefly|carefully|urgently",
        );
        match skip {
            Some(length)
                if s.words.has(i + length, Marks::VERB)
                    || s.words.has(i, Marks::PLEASE)
                    || s.words.shape(i + length) == Letters::Word =>
            {
                i += length;
            }
            _ => break,
        }
    }
    i
}

fn ask(s: &Sentence, at: usize, after: usize) -> Result<Option<Act>, Refusal> {
    let w = s.words;
    let courteous = w.has(at, Marks::PLEASE) || (at..after).any(|i| w.has(i, Marks::PLEASE));
    if let Some(date) = s.date_at(after).filter(|d| d.to < s.to) {
        // "Please by Friday send ..": rare, but the date may come first.
        return Ok(w
            .has(date.to, Marks::VERB)
            .then(|| request(at, date.to, s, Form::Plain, 0.84)));
    }
    if longest(s, after, LOOKS).is_some() {
        return Ok(Some(request(at, after, s, Form::Plain, 0.82)));
    }
    if courteous && longest(s, after, COURTESIES).is_some() {
        let negative = matches!(w.word(after), "not" | "don't" | "do" | "never" | "no");
        return Err(if negative {
            Refusal::Negated
        } else {
            Refusal::Boilerplate
        });
    }
    let mut verb = adverb(s, after);
    if let Some(length) = w.phrase(
        verb,
        "make sure you|make sure that you|make sure to|ensure you|ensure that you|\
                    be sure to|remember to|let's not forget to|let us not forget to|do not forget to|don't forget to|take a moment to|\
                    take a minute to|take the time to|be prepared to|be ready to",
    ) {
        verb += length;
    }
    let question = !courteous && matches!(w.word(at), "can" | "could" | "would" | "will" | "do");
    if question
        && w.one_of(verb, IDLE)
        && !s.dated(|d| d.when.is_some())
        && !(w.word(verb) == "do" || w.word(verb) == "make" && s.dated(|d| d.lead == Lead::Due))
    {
        return Err(Refusal::Question);
    }
    if !w.has(verb, Marks::VERB) {
        // "Please, the slides by Friday" is too little; "please RSVP" and verbs nobody listed are not.
        let unknown = (courteous || question)
            && w.shape(verb) == Letters::Word
            && !w.has(
                verb,
                Marks::FUNCTION
                    .and(Marks::STATE)
                    .and(Marks::GREETING)
                    .and(Marks::GERUND),
            )
            && verb < s.to
            && w.raw(verb).len() > 2;
        let object = w.one_of(verb + 1, "the|a|your|my|our|this|that|me|us|all|it");
        return Ok((unknown && object).then(|| request(at, verb, s, Form::Plain, 0.72)));
    }
    // "Please open an issue first" in a text to nobody in particular instructs whoever may come.
    let anyone = !s.setting.addressed
        && !s.setting.action
        && !s.setting.item
        && !s.dated(|d| d.when.is_some());
    let strength = match () {
        () if anyone && w.phrase(at, "make sure|be sure|please|kindly").is_some() => 0.46,
        () if courteous => 0.86,
        () => 0.84,
    };
    Ok(Some(request(at, verb, s, Form::Plain, strength)))
}

fn request(at: usize, from: usize, s: &Sentence, form: Form, strength: f64) -> Act {
    Act {
        cue: Cue::Request,
        owner: Owner::Reader,
        begin: at,
        from,
        to: s.to,
        form,
        strength,
    }
}

/// "Can Maria send ..", "I need Tom to ..", "please ask Tom to .." keeps the reader.
fn named(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let length = w.phrase(
        at,
        "can|could|would|will|i need|i'd like|i want|we need|i would like|i've asked|\
                    i have asked|i asked|we asked|let's have|let's get|have asked",
    )?;
    let subject = super::subject::read(s, at + length).filter(|x| {
        matches!(x.owner, Owner::Named(_)) && x.sure && x.person == super::subject::Person::Named
    })?;
    let asks = length == 1;
    let mut verb = adverb(s, subject.to);
    if !asks {
        let linked = w.word(subject.to) == "to" || matches!(w.word(at), "let's");
        if !linked {
            return None;
        }
        verb = adverb(s, subject.to + usize::from(w.word(subject.to) == "to"));
    }
    let fits = w.has(verb, Marks::VERB)
        && (!asks || s.asks() || known_person(w, at + length, s.setting.people));
    fits.then_some(Act {
        cue: Cue::Request,
        owner: subject.owner,
        begin: at,
        from: verb,
        to: s.to,
        form: Form::Plain,
        strength: 0.82,
    })
}

/// "I'd be grateful if the lease could be on my desk by Wednesday", "it would be lovely if you joined us".
fn framed(s: &Sentence, at: usize) -> Option<Act> {
    const FRAMES: &str = "i should be|we should be|i should be most|we should be most|i'd be|i would be|we'd be|we would be|it would be|it'd be|would be|it would also be|that would be|i'd|it would|i would|we'd|we would";
    const WELCOME: &str = "grateful|great|good|nice|lovely|helpful|wonderful|ideal|handy|brilliant|super|happy|glad|delighted|obliged|appreciate it|really appreciate it|love it|help|help a lot|help me|help us|help me a lot|really helpful|very helpful|very grateful|really great|most grateful|so grateful|really help|like it|prefer it|kind";
    let w = s.words;
    let frame = at + w.phrase(at, FRAMES)?;
    let welcome = frame + w.phrase(frame, WELCOME)?;
    // "It'd be good to get the room booked today".
    let aim = welcome + 1;
    let dated = s.dated(|d| d.when.as_ref().is_some_and(|x| x.recurrence.is_none()));
    if w.word(welcome) == "to" && w.word(at).starts_with("it") && w.has(aim, Marks::VERB) {
        let fits = dated && s.setting.addressed && !w.one_of(aim, "have|see|hear|know|meet|be");
        return fits.then_some(Act {
            cue: Cue::Request,
            owner: Owner::Nobody,
            begin: at,
            from: aim,
            to: s.to,
            form: Form::Plain,
            strength: 0.66,
        });
    }
    let from = welcome + w.phrase(welcome, "if|when")?;
    let request = |begin: usize, form| Act {
        cue: Cue::Request,
        owner: Owner::Reader,
        begin: at,
        from: begin,
        to: s.to,
        form,
        strength: 0.76,
    };
    let rest = |i: usize| crate::acts::rest(s, i, s.to, &[]);
    if let Some(length) = w.phrase(from, "you") {
        let verb = from + length;
        let plain = adverb(
            s,
            verb + w
                .phrase(verb, "could|would|can|might|were to|was to|will")
                .unwrap_or(0),
        );
        if plain > verb {
            return w
                .has(plain, Marks::VERB)
                .then(|| request(plain, Form::Plain));
        }
        let base = crate::fields::title::base_of_participle(w.word(plain))?;
        return Some(request(
            from,
            Form::Spelled(format!("{base} {}", rest(plain + 1))),
        ));
    }
    let link = (from + 1..s.to.min(from + 10)).find_map(|i| {
        w.phrase(i, "could be|can be|were|was|would be|got|could get|is")
            .map(|n| (i, n))
    });
    let (link, length) = link?;
    let object = crate::acts::rest(s, from, link, &[]);
    let verb = link + length;
    let title = match crate::fields::title::base_of_participle(w.word(verb)) {
        Some(base) => format!("{base} {object} {}", rest(verb + 1)),
        None => format!("Provide {object}"),
    };
    let article = w.one_of(from, "the|your|a|an|all|this|these|those|our|my");
    (article && !object.is_empty()).then(|| request(from, Form::Spelled(title)))
}

/// "It fell to Anwen to find a caterer", "it is up to Tom to ..".
fn fallen(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let length = w.phrase(
        at,
        "it fell to|it falls to|it is up to|it's up to|it will be up to|it was left to|it is left to|it's down to|it is down to|it's on|that leaves|it will fall to|over to",
    )?;
    let subject = super::subject::read(s, at + length)?;
    let verb = subject.to + 1;
    (w.word(subject.to) == "to" && w.has(verb, Marks::VERB) && !s.asks()).then(|| Act {
        cue: Cue::Assignment,
        owner: subject.owner.clone(),
        begin: at,
        from: verb,
        to: s.to,
        form: Form::Plain,
        strength: 0.8,
    })
}

/// "Leave the parking thing with me".
fn left_with_me(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let from = at + w.phrase(at, "leave|you can leave|just leave")?;
    let to = (from + 1..s.to.min(from + 9))
        .find(|&i| w.phrase(i, "with me|to me|up to me").is_some())?;
    let thing = w.one_of(from, "the|that|this|your|those|these|all") && to > from + 1;
    thing.then_some(Act {
        cue: Cue::Commitment,
        owner: Owner::Speaker,
        begin: at,
        from,
        to,
        form: Form::Noun("Handle"),
        strength: 0.74,
    })
}
