//! What stands before the matter of an English sentence: labels, fillers, topics, dates.

use crate::acts::Sentence;
use crate::acts::english::clause::noun_use;
use crate::language::Marks;
use crate::text::{Shape as Letters, one_of};

/// Words that may stand before the matter itself.
pub(crate) const FILLERS: &str = "\
    if possible|if you can|if you have time|if you get a chance|if you could|when you have a moment|\
    when you get a chance|when you have time|when you can|before i forget|one more|last thing|\
    for tomorrow|hope you're well|hope you are well|quick one|quick question|just|heads up|\
    also|and|but|so|ok|okay|then|next|finally|first|firstly|second|secondly|third|lastly|well|\
    yes|yep|yeah|sure|great|thanks|perfect|alright|right|absolutely|sounds good|no problem|\
    of course|will do|got it|cool|fine|good|hi|hey|hello|dear|all right|one more thing|\
    one last thing|as discussed|as agreed|as mentioned|in addition|additionally|quick reminder|\
    just a reminder|friendly reminder|a reminder|reminder|gentle reminder|reminder that|\
    just a reminder that|fyi|btw|by the way|ps|p . s|p . s .|oh|ah|hmm|um|uh|anyway|meanwhile|\
    in the meantime|for now|after that|afterwards|otherwise|agreed|decision|result|outcome|\
    we agreed that|it was agreed that|agreed that|it was decided that|we decided that|note that|\
    moreover|furthermore|again|action required|done deal|deal|thank you|no worries|cheers|\
    therefore|hence|accordingly|to confirm|just to confirm|on my side|on my end|from my side|\
    for my part|on it|yup|sorry|now|still|urgent|important|asap|high priority|\
    the team agreed that|the group agreed that|the board decided that|\
    the committee decided that|the committee agreed that|it was resolved that|resolved|\
    resolved that";

pub(crate) const LABELS: &str = "\
    action item|action items|action point|action required|action needed|action|actions|todo|\
    to do|to - do|todos|task|ai|ap|next step|next steps|follow - up|follow up|followup|homework|\
    fixme|next action|assigned|assignment|ask|request|reminder|must do|to - dos|deliverable|hw|\
    open item|pending|outstanding|your task|your homework|follow - ups";

/// Labels of what is planned; only with a colon.
const PLANS: &str =
    "today|tomorrow|this week|next week|planned|plan|plan for today|doing next|up next";

/// Skips bullets, quotation marks and the like.
pub(crate) fn skip_marks(s: &Sentence, mut i: usize) -> usize {
    while i < s.to
        && s.words.shape(i) == Letters::Mark
        && !s.words.one_of(i, "@|\"|“|”|«|„|'|$|€|£")
        && !(s.words.word(i) == "(" && i > s.from && s.words.touches(i - 1))
        && !(s.words.word(i) == "["
            && s.words.word(i + 2) == "]"
            && crate::acts::known_person(s.words, i + 1, s.setting.people))
    {
        i += 1;
    }
    i
}

pub(crate) fn skip_fillers(s: &Sentence, mut i: usize) -> usize {
    for _ in 0..6 {
        i = skip_marks(s, i);
        let longest = s.words.phrase(i, FILLERS);
        // "PS to circulate ..": initials.
        let initials = s.words.word(i + 1) == "to"
            && s.words.raw(i).len() > 1
            && s.words.raw(i).chars().all(char::is_uppercase);
        match longest.filter(|_| !initials) {
            // "Right the ship", "Still life": a filler is followed by a mark, a pronoun, a name or a request.
            Some(length) if i + length < s.to => i += length,
            _ => break,
        }
    }
    i
}

/// A label such as "TODO:" or "[Action]" or "AP 3 -": the token after it, and whether there was one.
pub(crate) fn label(s: &Sentence) -> (usize, bool) {
    let w = s.words;
    let open = skip_marks(s, s.from);
    // "Today: write the tests" in a report of the day.
    if let Some(length) = w.phrase(open, PLANS)
        && w.word(open + length) == ":"
    {
        return (skip_marks(s, open + length), true);
    }
    // "AP1:", "AI3 -": the number sticks to its label.
    let bare = w.word(open).trim_end_matches(|c: char| c.is_ascii_digit());
    let numbered = (bare.len() < w.word(open).len() && one_of("ap|ai|action|task|todo|a", bare))
        .then_some(1)
        .filter(|_| w.one_of(open + 1, ":|-|–|)|]"));
    let Some(length) = w.phrase(open, LABELS).or(numbered) else {
        return (open, false);
    };
    let mut i = open + length;
    if w.word(i) == "#" {
        i += 1;
    }
    if w.shape(i) == Letters::Number {
        i += 1;
    }
    // "TODO(maria): ..", "Action (Tom): ..": the owner stays, the label goes.
    if w.word(i) == "(" {
        return (i, true);
    }
    // "Your task for this week: rewrite the intro".
    if let Some(date) = s.date_at(i).filter(|d| w.word(d.to) == ":") {
        i = date.to;
    }
    let marked = w.one_of(i, ":|]|-|–|—|>|*|)|→");
    let shouted = w.raw(open).len() > 2
        && w.raw(open).chars().all(char::is_uppercase)
        && w.word(open) != "ask";
    // "AI Kim: call Bob": the owner stays, the label goes.
    let owned = crate::acts::known_person(w, i, s.setting.people) && w.one_of(i + 1, ":|-|–|—");
    if !marked && !shouted && !owned {
        return (open, false);
    }
    (skip_marks(s, i), true)
}

/// Skips what stands before the first clause: a date, fillers.
pub(crate) fn opening(s: &Sentence, start: usize) -> usize {
    let mut i = start;
    // "Members are reminded that subscriptions are due": what follows counts.
    let reminded = (start..s.to.min(start + 7)).find_map(|k| {
        s.words
            .phrase(k, "reminded that|remind you that|forget that|remember that|note that|aware that|advised that|informed that")
            .map(|n| k + n)
    });
    if let Some(after) =
        reminded.filter(|&k| k < s.to && s.dated(|d| d.from > k && d.when.is_some()))
    {
        i = after;
    }
    for _ in 0..3 {
        i = skip_fillers(s, i);
        let line = s.from == 0 && s.words.len() <= 20;
        if s.setting.item || s.setting.action || s.setting.orders || line {
            i = topic(s, i);
        }
        match s.date_at(i) {
            Some(date) if date.to < s.to && date.when.is_some() => i = date.to,
            _ => break,
        }
    }
    skip_fillers(s, i)
}

/// Skips a subject before a colon: "history: read ch. 3".
pub(crate) fn topic(s: &Sentence, i: usize) -> usize {
    let w = s.words;
    let colon = (i + 1..s.to.min(i + 4))
        .find(|&k| w.word(k) == ":" || w.one_of(k, "-|–|—") && !w.touches(k) && !w.touches(k - 1));
    let verb = |k: usize| w.has(k + 1, Marks::VERB) && !noun_use(s, k + 1) && !w.touches(k);
    let named =
        crate::acts::known_person(w, i, s.setting.people) || w.capital(i) && s.setting.action;
    let handle = w.word(i) == "(" && i > s.from && w.touches(i - 1);
    let spoken =
        handle || w.has(i, Marks::VERB) || colon.is_some_and(|k| w.one_of(k - 1, "re|ref|fyi"));
    colon
        .filter(|&k| verb(k) && !named && !spoken)
        .map_or(i, |k| k + 1)
}
