//! What an order is about that does not say so itself: "Eleven scopes have dead bulbs. Amy will get us a price."

use crate::acts::{self, Act, Cue, Form, Owner, Sentence};
use crate::engine::ready::{subject_before, with_subject};
use crate::engine::{Run, Scene};
use crate::fields::title;
use crate::language::Marks;
use crate::sentences;
use crate::text::{Shape, Words, fold_str, one_of};
use std::ops::Range;

/// The most characters that are taken from another sentence.
const ROOM: usize = 90;

/// Verbs that say nothing by themselves.
const IDLE: &str = "do|handle|finish|sort|erledigen|machen|ubernehmen|hacer|faire|yap|hallet";

/// What an order that names nothing hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Link {
    None,
    /// Words of another sentence, which its title has now.
    Words,
    /// An item that was found there.
    Item,
}

/// Words of another sentence, and where they stand.
pub(crate) struct Matter {
    pub(crate) text: String,
    pub(crate) place: Range<usize>,
}

/// Words that name nothing.
const EMPTY: &str = "\
    it|them|him|her|his|hers|others|rest|something|anything|everything|somebody|someone|remaining|other|another|two|some|more|that|this|those|these|both|all|same|one|ones|done|us|me|you|to|up|on|in|out|off|back|over|for|and|by|a|an|the|of|at|with|so|then|again|too|also|\
    ihn|sie|es|das|dies|ihm|ihr|ihnen|den|die|dir|mir|uns|euch|ab|an|auf|aus|ein|mit|nach|zu|vor|noch|\
    le|la|les|l'|ca|cela|en|y|lui|leur|toi|moi|vous|de|du|lo|los|las|eso|esto|te|se|os|su|sus|al|el|\
    onu|onlari|bunu|bunlari|ona|bana|size|sana|bir|da|de|tek";

/// Words in a sentence that stand for what was said before it.
const STANDING_FOR: &str = "they|they've|they're|they'll|it|it's|its|those|these|them|he|she|he's|she's|that's|which|sie|es|dies|diese|dieser|elle|il|ils|elles|esto|eso|esos|esas|onu|bunu|o";

/// Objects that stand for something said before.
const POINTERS: &str = "it|them|him|both|these|those|her";

impl Run<'_, '_> {
    /// The title, with what the sentence before says lies ready in the place of its pronoun: "The report is attached. Please
    /// read it", or else as [`Self::with_matter`] has it.
    pub(crate) fn titled(
        &self,
        title: String,
        s: &Sentence,
        scene: &Scene,
        act: &Act,
    ) -> (String, Link) {
        let bare = title.clone();
        let (title, link) = self.with_matter(title, s, scene, act);
        let language = scene.item.language;
        let thing = (link == Link::Words).then(|| subject_before(s, act.begin, language));
        match thing.flatten() {
            Some(thing) => (with_subject(&bare, &thing, language), link),
            None => (title, link),
        }
    }

    /// The title, with what it is about behind it where it names nothing itself, and whether that was found.
    pub(crate) fn with_matter(
        &self,
        title: String,
        s: &Sentence,
        scene: &Scene,
        act: &Act,
    ) -> (String, Link) {
        let verb = fold_str(title.split(' ').next().unwrap_or(""));
        let comes = one_of("join|come|meet|attend", &verb);
        if comes || scene.strung || matches!(act.cue, Cue::Noun | Cue::Label | Cue::Deadline) {
            return (title, Link::None);
        }
        let ahead = before(s, act);
        // "Birthday card for nan, post by weds": what the order leaves out stands before it.
        let bare = s.setting.item && !title.contains(' ') && act.owner == Owner::Nobody;
        let matter = if bare && ahead.is_some() {
            ahead
        } else if hollow(&title)
            || points(s, act)
            || points_last(&title)
            || leaves_out(s, act)
            || partial(&title) && ahead.is_some()
        {
            ahead
                .or_else(|| said_before(s))
                .or_else(|| self.turn_before(scene))
        } else {
            None
        };
        match matter {
            Some(Matter { place, .. }) if self.known(&place) => {
                let idle = title.split(' ').count() == 1 && one_of(IDLE, &verb)
                    || act.cue == Cue::Obligation && act.owner == Owner::Nobody && hollow(&title);
                (title, if idle { Link::Item } else { Link::None })
            }
            Some(Matter { text, .. }) => (title::clamp(&format!("{title}: {text}")), Link::Words),
            None => (self.with_topic(title, s, scene, act), Link::None),
        }
    }

    /// Whether an item was found there already: then the order belongs to that item.
    pub(crate) fn known(&self, place: &Range<usize>) -> bool {
        let near = self.drafts.iter().rev().take(6);
        near.map(|draft| &draft.quote)
            .any(|quote| quote.start < place.end && place.start < quote.end)
    }

    /// What the speaker before said.
    pub(crate) fn turn_before(&self, scene: &Scene) -> Option<Matter> {
        let units = &self.document.units;
        let unit = units.get(scene.index)?;
        let before = units.get(scene.index.checked_sub(1)?)?;
        let answers = unit.speaker.is_some() && unit.message == before.message;
        if !answers || before.bytes.len() > 600 {
            return None;
        }
        let mut words = Words::read(self.document.text, before.bytes.start, before.bytes.end);
        words.mark(scene.item.language.lexicon());
        let all = sentences::split(&words);
        nearest(&words, &all)
    }
}

/// What stands before the order in its own sentence.
fn before(s: &Sentence, act: &Act) -> Option<Matter> {
    if act.begin <= s.from + 1 {
        return None;
    }
    let words = (s.from..act.begin).filter(|&i| s.words.shape(i) == Shape::Word);
    let telling = words
        .clone()
        .filter(|&i| !s.words.has(i, Marks::FUNCTION))
        .count();
    let thing = acts::spelled(s.words, s.from, act.begin);
    let thing = thing.trim_matches([',', ' ', '-', '–', '—', ':', ';', '(', '>', '→']);
    let thing = thing
        .strip_suffix(" and")
        .or_else(|| thing.strip_suffix(" so"))
        .unwrap_or(thing);
    let place = s.words.bytes(s.from, act.begin);
    let text = short(thing);
    (words.count() > 1 && telling > 0 && thing.contains(' ')).then_some(Matter { text, place })
}

/// What the sentences before this one of the same passage speak of.
pub(crate) fn said_before(s: &Sentence) -> Option<Matter> {
    // Nobody looks back over a whole book.
    const FAR: usize = 800;
    // Who speaks without a stop goes from one matter to the next.
    if s.from == 0 || s.words.len() > FAR || s.words.shape(s.from - 1) == Shape::Word {
        return None;
    }
    let all: Vec<(usize, usize)> = sentences::split(s.words)
        .into_iter()
        .filter(|&(_, to)| to <= s.from)
        .collect();
    let topic = all
        .first()
        .filter(|&&(from, to)| to - from <= 5 && all.len() > 1);
    let near = nearest(s.words, &all).filter(|near| content(&near.text) > 1)?;
    let topic = topic.map(|&(from, to)| tidy(s.words, from, to));
    Some(match topic {
        Some(topic) if topic != near.text && !topic.is_empty() => Matter {
            text: short(&format!("{topic}, {}", near.text)),
            ..near
        },
        _ => near,
    })
}

/// The last sentence that asks nothing, else the last of all.
pub(crate) fn nearest(words: &Words, all: &[(usize, usize)]) -> Option<Matter> {
    let asks = |&&(from, to): &&(usize, usize)| {
        let first = (from..to).find(|&i| words.shape(i) == Shape::Word);
        words.word(to - 1) == "?"
            || first.is_some_and(|i| words.one_of(i, "who|who's|whos|wer|qui|quien|kim"))
    };
    let told = all.iter().rev().find(|sentence| !asks(sentence));
    let &(from, to) = told.or_else(|| all.last())?;
    let (mut text, place) = (tidy(words, from, to), words.bytes(from, to));
    // "The tank inspection. They've offered the fifth.": what it points to stands one sentence further back.
    let points = words.any_of(from..to.min(from + 6), STANDING_FOR);
    let further = all.iter().rev().find(|&&(_, end)| end <= from);
    let told = |&&(start, end): &&(usize, usize)| (start..end).any(|i| words.has(i, Marks::PAST));
    if let Some(&(start, end)) = further.filter(|sentence| points && !told(sentence)) {
        text = short(&format!("{}, {text}", tidy(words, start, end)));
    }
    (text.chars().filter(|c| c.is_alphabetic()).count() > 3).then_some(Matter { text, place })
}

fn tidy(words: &Words, from: usize, to: usize) -> String {
    short(acts::spelled(words, from, to).trim_matches(|c: char| !c.is_alphanumeric() && c != ')'))
}

/// The words that fit into [`ROOM`].
fn short(matter: &str) -> String {
    match matter.char_indices().nth(ROOM) {
        None => matter.to_owned(),
        Some((end, _)) => {
            let cut = matter[..end].rfind(' ').unwrap_or(end);
            format!("{}…", &matter[..cut])
        }
    }
}

pub(crate) fn content(title: &str) -> usize {
    fold_str(title)
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty() && !one_of(EMPTY, word))
        .count()
}

/// Whether a title names no thing: "Reply", "Send her them", "sie abgeben".
fn hollow(title: &str) -> bool {
    content(title) <= 1
}

/// "Replace the contents": a part of something.
fn partial(title: &str) -> bool {
    content(title) <= 2 && title.split(' ').nth(1) == Some("the") && title.split(' ').count() <= 3
}

/// "Get to the bottom of these".
fn points_last(title: &str) -> bool {
    let last = fold_str(title.rsplit(' ').next().unwrap_or(""));
    title.contains(' ') && one_of("it|them|these|those", &last)
}

/// "Kindly upload in portal", "place the same before the committee", "get new ones ordered": the thing was named before.
fn leaves_out(s: &Sentence, act: &Act) -> bool {
    const TAKES_THING: &str = "send|forward|upload|submit|return|bring|provide|deliver|post|email|mail|place|put|take|give|share|circulate|print|sign|order|collect|fetch|pull|push|drop|hand|attach|add|confirm|reach|return|renew|replace|fix|approve";
    const AFTER: &str = "in|to|by|before|on|at|from|via|through|into|hopefully|asap|directly|straight|today|tomorrow|tmrw|today's|back";
    let w = s.words;
    let next = act.from + 1;
    let bare = w.one_of(act.from, TAKES_THING) && w.one_of(next, AFTER)
        || w.one_of(act.from, TAKES_THING) && w.word(next) == "," && w.one_of(next + 1, AFTER);
    let worded = (next..act.to.min(next + 6)).any(|i| {
        w.word(i) == "same" && w.word(i - 1) == "the" && w.shape(i + 1) != Shape::Word
            || w.word(i) == "same" && w.one_of(i + 1, "before|to|by|at|in")
            || w.word(i) == "ones" && i > next
    });
    matches!(act.form, Form::Plain | Form::Third) && (bare || worded)
}

/// Whether the object of an order stands for something else: "sign both where ..", "give her from the vault".
fn points(s: &Sentence, act: &Act) -> bool {
    let w = s.words;
    let object = act.from + 1;
    let ends = object + 1 >= act.to
        || w.shape(object + 1) != Shape::Word
        || w.has(object + 1, Marks::FUNCTION.and(Marks::QUESTION))
        || s.date_at(object + 1).is_some();
    let plain = matches!(act.form, Form::Plain | Form::Gerund | Form::Third);
    plain && w.one_of(object, POINTERS) && (ends || !w.one_of(object, "her|both|these|those"))
}
