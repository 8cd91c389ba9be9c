//! Reasons against an act that lie in its English sentence.

use crate::acts::{Act, Cue, Sentence};
use crate::item::Refusal;

/// Calls to buy.
const ADVERTS: &str = "\
    book now|order now|order today|buy now|buy today|shop now|sign up now|sign up today|act now|call now|join now|join today|subscribe now|subscribe today|download now|get started|get yours|claim your|hurry|save up to|save big|enter now|register now|try it free|start your free|let us know in the comments|leave a comment|like and subscribe|subscribe to|subscribe by|follow us|check out our|tell your friends|share this|tune in";

/// Offers of help that ask for nothing.
const OFFERS: &str = "\
    let me know if you need|let me know if you have|let me know if you want|let me know if anything|let me know if there|let us know if you need|let us know if you have|let me know should|let me know in case|\
    shout if|give me a shout|ask if you|contact me if|contact us if|call if you|call me if|reach out if";

/// Reasons against an act that lie in the rest of its sentence.
pub(crate) fn judge(s: &Sentence, act: &Act) -> Result<(), Refusal> {
    let w = s.words;
    if w.phrase(act.from, ADVERTS).is_some() {
        return Err(Refusal::Advertisement);
    }
    if w.phrase(act.from, OFFERS).is_some()
        || w.phrase(
            act.from,
            "see below|see above|see attached|see you|write to let you know|write to inform",
        )
        .is_some()
    {
        return Err(Refusal::Boilerplate);
    }
    for i in s.from..s.to {
        match w.word(i) {
            // "You must notify us of any change within 14 days."
            "any" if i > act.from && w.word(i + 1).starts_with("change") => {
                return Err(Refusal::Rule);
            }
            "one" | "some"
                if w.word(i + 1) == "day"
                    && i > act.from
                    && !w.one_of(i - 1, "within|in|for|at|least|only|just") =>
            {
                return Err(Refusal::Hypothetical);
            }
            "all" | "any" if w.seq(i + 1, "correspondence") => return Err(Refusal::Boilerplate),
            "at" if w.phrase(i, "at some point|at some stage").is_some() => {
                return Err(Refusal::Hypothetical);
            }
            "at" if w.phrase(i, "at all times").is_some() => return Err(Refusal::Rule),
            "if" if !polite_condition(s, i)
                && !whether(s, i)
                && !bracketed(s, act.from, i)
                && !(act.begin..act.from).contains(&i) =>
            {
                return Err(Refusal::Hypothetical);
            }
            // "Should you have any questions, ..".
            "should" | "were" | "had" if i == s.from && w.word(i + 1) == "you" => {
                return Err(Refusal::Hypothetical);
            }
            "unless" | "suppose" | "supposing" | "hypothetically" | "imagine" | "theoretically" => {
                return Err(Refusal::Hypothetical);
            }
            "in" if w.seq(i + 1, "case") || w.seq(i + 1, "the event") || w.seq(i + 1, "theory") => {
                return Err(Refusal::Hypothetical);
            }
            "e" if w.seq(i + 1, ". g") && i < act.begin => return Err(Refusal::Example),
            "example" | "instance" if i < act.begin && i > 0 && w.word(i - 1) == "for" => {
                return Err(Refusal::Example);
            }
            "someday" | "eventually" if i < act.to => return Err(Refusal::Hypothetical),
            "always" | "never" | "whenever" if i < act.from + 2 && act.cue != Cue::Request => {
                return Err(Refusal::Rule);
            }
            "maybe" | "perhaps" | "possibly" if i < act.from => return Err(Refusal::Hypothetical),
            _ => {}
        }
    }
    let doubt = (act.begin..act.from).any(|i| matches!(w.word(i), "might" | "may" | "probably"));
    if doubt {
        return Err(Refusal::Hypothetical);
    }
    Ok(())
}

/// Whether token `i` stands in brackets opened behind `from`: an aside takes nothing back.
fn bracketed(s: &Sentence, from: usize, i: usize) -> bool {
    let open = (from..i)
        .rev()
        .find(|&k| matches!(s.words.word(k), "(" | ")"));
    open.is_some_and(|k| s.words.word(k) == "(")
}

/// "if possible", "if you have time": politeness, no condition.
pub(crate) fn polite_condition(s: &Sentence, i: usize) -> bool {
    // "The page could do with a refresh, if you get a second".
    s.words
        .phrase(
            i + 1,
            "possible|you can|you could|you have time|you have a chance|\
                    you have a moment|you have a minute|you get a chance|you get the chance|\
                    you get time|you don't mind|you do not mind|that works|that's ok|that is ok|\
                    that's okay|need be|you would|you haven't already|you have not already|\
                    not already|you haven't|you have not|at all possible|not sooner|not earlier|\
                    you are free|you're free|you get a second|you get a minute|you have a second|you find time|you find a moment|you find the time|you've time|you've a minute|it's not too much trouble|convenient|someone could|anyone could|somebody could|we could",
        )
        .is_some()
}

/// "check if", "let me know if": an indirect question, no condition.
pub(crate) fn whether(s: &Sentence, i: usize) -> bool {
    (s.from..i).rev().take(4).any(|k| {
        s.words.one_of(
            k,
            "check|see|ask|confirm|verify|determine|test|know|wondering|wonder|decide|\
            clarify|tell|find|evaluate|assess|investigate|appreciate|grateful|great|helpful|\
            good|nice|lovely|ideal|wonderful|help|amazing|awesome",
        )
    })
}
