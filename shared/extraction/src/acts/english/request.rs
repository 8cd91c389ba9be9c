//! Requests: "please ..", "could you ..", "don't forget to ..".

use crate::acts::{Act, Cue, Form, Owner, Sentence, known_person};
use crate::dates::Lead;
use crate::item::Refusal;
use crate::language::Marks;
use crate::text::Shape as Letters;
use crate::text::one_of;

/// Openings that ask the reader for the verb that follows.
const ASKS: &str = "\
    please|pls|plz|kindly|please do|please can you|please could you|please also|can you please|\
    could you please|can you|could you|would you|will you|can you also|could you also|\
    would you please|will you please|can u|could u|can u pls|can u please|are you able to|\
    would you be able to|will you be able to|any chance you could|any chance you can|\
    is there any chance you could|is there any chance you can|could i ask you to|\
    can i ask you to|may i ask you to|i'd like to ask you to|i would like to ask you to|\
    i need you to|i'd like you to|i would like you to|i want you to|we need you to|\
    we'd like you to|we would like you to|i was wondering if you could|\
    i was wondering whether you could|i wonder if you could|wondering if you could|\
    i'd appreciate it if you could|i would appreciate it if you could|\
    i'd appreciate if you could|i would appreciate if you could|it would be great if you could|\
    it'd be great if you could|would be great if you could|it would be good if you could|\
    it would be nice if you could|it would be helpful if you could|it would help if you could|\
    i'd be grateful if you could|i would be grateful if you could|grateful if you could|\
    would it be possible for you to|would it be possible to|is it possible for you to|\
    do you think you could|do you think you can|if you could|we ask you to|we kindly ask you to|\
    i ask you to|you are asked to|you are kindly asked to|you are requested to|you're asked to|\
    we request you to|make sure to|make sure you|be sure to|please make sure to|\
    please make sure you|please be sure to|please ensure you|remember to|please remember to|\
    don't forget to|do not forget to|dont forget to|please don't forget to|\
    please do not forget to|don't forget you need to|you might want to|can you guys|\
    could you guys|can you all|could you all|please each|could you both|can you both|\
    would you kindly|could you kindly|can you just|could you just|can you quickly|\
    could you quickly|you'll need to|you will need to|i'm asking you to|may we ask you to|\
    your task is to|your job is to|your homework is to|what i need from you is to|\
    just need you to|need you to|also need you to|mind if i ask you to|\
    we appreciate it if you could|we would appreciate it if you could|\
    we'd appreciate it if you could|we would be grateful if you could|\
    we'd be grateful if you could|can we ask you to|could we ask you to";

/// Openings that ask somebody, not named.
const ASKS_ANYONE: &str = "\
    can someone|could someone|can somebody|could somebody|can anyone|could anyone|can anybody|\
    could anybody|would someone|will someone|can someone please|could someone please|\
    can one of you|could one of you|someone please|can somebody please|could somebody please|\
    we need someone to|i need someone to|need someone to|someone needs to|somebody needs to|\
    someone has to|someone should|someone must|somebody should|somebody has to|\
    the next step is to|next step is to|the plan is to|the action is to|action is to|\
    the task is to|all that's left is to|it is necessary to|it's necessary to|\
    it is important to|we still need to|what's left is to|remaining is to|\
    it would be great if someone could|we need somebody to|let's get someone to|goal is to|\
    the goal is to";

/// Openings with a gerund.
const ASKS_GERUND: &str =
    "would you mind|do you mind|mind|would anyone mind|i'd appreciate you|would you consider";

/// Openings by which the speaker binds herself.
const COMMITS: &str = "\
    let me|remind me to|note to self|note to self :|i promised to|i agreed to|\
    my next step is to|my job is to|my task is to|on me to|i volunteered to|i'll try to|\
    i will try to|i still need to|i still have to|i also need to|happy to|i'm happy to|\
    i'll make sure to|i'll be sure to|i'll go ahead and|lemme";

/// After "please": courtesies, not tasks.
const COURTESIES: &str = "\
    find|see attached|see below|see the attached|note|feel|do not hesitate|don't hesitate|\
    be advised|be aware|be informed|accept|enjoy|ignore|disregard|consider the environment|\
    contact us|contact me with|contact us with|contact me if|let me know if|let us know if|\
    let me know should|reach out if|reach out with|reach out to us|forgive|excuse|advise|\
    be patient|bear with|stand by|hold|wait|allow|click|visit our|visit www|call us|come|have a|\
    take care|take a seat|stay|keep in mind|keep up|join us in|remember that|know that|\
    understand|welcome|refer to|don't worry|do not worry|let me know what you think|\
    let me know your thoughts|shout if|give us a call|keep calm|mind the|imagine|picture|\
    say hello|tell me more|believe|trust|rest assured|sit|relax|be so kind|help yourself|not|\
    do not|don't|no|never|bring this up|notice|be|think of|think about|see|keep me posted|\
    keep us posted|keep me updated";

/// Verbs that make "can you .." small talk.
const IDLE: &str = "\
    believe|imagine|see|hear|tell|guess|remember|feel|understand|come|be|like|say|think|know|\
    have|do|want|afford|explain|stay|help|recall|make|relate|live|join|elaborate|picture";

fn longest(s: &Sentence, at: usize, list: &str) -> Option<usize> {
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
    if let Some(length) = longest(s, at, ASKS) {
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
    if let Some(act) = named(s, at) {
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
                    double|each of you|still|again|now|help|try to|make sure to|to|either|\
                    go ahead and|immediately|briefly|carefully|urgently",
        );
        match skip {
            Some(length)
                if s.words.has(i + length, Marks::VERB)
                    || s.words.has(i, Marks::PLEASE)
                    || s.words.shape(i + length) == Letters::Word =>
            {
                i += length
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
                    be sure to|remember to|do not forget to|don't forget to|take a moment to|\
                    take a minute to|take the time to|be prepared to|be ready to",
    ) {
        verb += length;
    }
    let question = !courteous && matches!(w.word(at), "can" | "could" | "would" | "will" | "do");
    if question
        && one_of(IDLE, w.word(verb))
        && !s.dated(|d| d.when.is_some())
        && !(w.word(verb) == "do" || w.word(verb) == "make" && s.dated(|d| d.lead == Lead::Due))
    {
        return Err(Refusal::Question);
    }
    if !w.has(verb, Marks::VERB) {
        // "Please, the slides by Friday" is too little; "please RSVP" and verbs nobody listed are not.
        let unknown = courteous
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
        let object = one_of("the|a|your|my|our|this|that|me|us|all|it", w.word(verb + 1));
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
    fits.then(|| Act {
        cue: Cue::Request,
        owner: subject.owner,
        begin: at,
        from: verb,
        to: s.to,
        form: Form::Plain,
        strength: 0.82,
    })
}

/// "I need the slides by Friday", "we need your feedback by noon".
fn needs(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    let length = w.phrase(
        at,
        "i need|i'll need|i will need|we need|we'll need|i still need|we still need|\
                    i'm waiting for|looking for|i also need|we also need|need|i'd need|\
                    i would need",
    )?;
    let from = at + length;
    let noun = one_of(
        "the|your|a|an|all|this|these|those|everyone's|both|updated|some",
        w.word(from),
    ) || w.word(from).ends_with("'s");
    let due = s.dated(|d| d.when.is_some() && d.lead == Lead::Due && d.from > from + 1);
    let yours = (from..s.to).any(|i| matches!(w.word(i), "your" | "from" | "you"));
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
    (noun && due && s.setting.addressed && (yours || w.word(at) == "i")).then(|| Act {
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
fn owes(s: &Sentence, at: usize) -> Option<Act> {
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
    (dated && whom > 0 && from < s.to).then(|| Act {
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
fn together(s: &Sentence, at: usize, after: usize) -> Option<Act> {
    let w = s.words;
    let verb = adverb(s, after);
    let concrete = s.dated(|d| d.when.is_some()) || s.setting.action;
    let work = w.has(verb, Marks::VERB)
        && !w.has(verb, Marks::STATE)
        && !one_of(
            "meet|talk|discuss|move|call|take|do|look|sync|catch|say|reconvene|regroup|speak",
            w.word(verb),
        );
    (work && concrete && !s.asks()).then(|| Act {
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
fn forget(s: &Sentence, at: usize) -> Option<Act> {
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
    let noun = one_of("the|your|a|an|to|our|my", w.word(from + about));
    let dated = s.dated(|d| d.when.is_some()) || s.setting.action;
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
