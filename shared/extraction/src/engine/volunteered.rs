//! Who answers "who is doing the release notes?" with "me, this afternoon" has a task.

use crate::acts;
use crate::dates::{self, Found, Lead};
use crate::draft::Draft;
use crate::engine::Run;
use crate::engine::matter::{content, nearest};
use crate::engine::prepare::Prepared;
use crate::fields::people::Around;
use crate::fields::title;
use crate::sentences;
use crate::text::capitalised;
use crate::text::{Words, one_of};

/// Answers by which a speaker takes something on.
const TAKES: &str = "\
    me|me please|i can|i can do it|i can do that|i'll do it|i'll do that|i will|i will do it|i'll take it|i've got it|mine|on it|i'm on it|leave it with me|leave it w me|leave it to me|yep will do|yes will do|ok will do|sure will do|will do|happy to|i'm on|count me in for that|\
    ich|ich mach das|ich mache das|mach ich|ich kann|ich kummere mich|ich ubernehme|ubernehm ich|c' est moi|moi|je m' en occupe|je peux|je le fais|je m' en charge|yo|yo me encargo|me encargo yo|me encargo|lo hago yo|yo puedo|ya lo hago yo|ben|bende|ben yaparim|ben hallederim|ben bakarim|hallederim";

/// What opens a question for somebody who will.
const CALLS: &str = "\
    who's doing|who is doing|who's ordering|who is ordering|who's taking|who is taking|who's got|who has|who's|who is|who can|who will|who wants to|who could|anyone for|anyone|anybody|can anyone|can someone|could someone|could anyone|can somebody|any volunteers for|any takers for|volunteers|\
    wer macht|wer kummert sich um|wer ubernimmt|wer kann|wer hat|wer|qui s' occupe de|qui fait|qui peut|qui|c' est qui|quien se encarga de|quien hace|quien puede|quien|alguien puede|alguien|kim yapiyor|kim yapacak|kim bakiyor|kim|kimde";

impl Run<'_, '_> {
    /// Makes an item of what the speaker before asked for, where this one takes it on and none was made yet; whether it did.
    pub(crate) fn volunteered(
        &mut self,
        item: &Prepared,
        around: &Around,
        found: &[Found],
    ) -> bool {
        const FAR: usize = 2;
        let w = &item.words;
        let takes = (0..2).find_map(|i| w.phrase(i, TAKES).map(|n| i + n));
        let Some(to) = takes.filter(|&to| ends(w, to, found)) else {
            return false;
        };
        let units = &self.document.units;
        let asked = (1..=FAR).find_map(|back| {
            let index = item.index.checked_sub(back)?;
            let unit = units.get(index)?;
            // What no rule found in the question, the answer says better.
            let guessed = |d: &Draft| d.passed_over && d.unit == index;
            let other = unit.speaker.is_some() && unit.speaker != item.unit.speaker;
            let guess = self.drafts.iter().any(guessed);
            (other && (guess || !self.known(&unit.bytes))).then_some((index, unit))
        });
        let Some((asked, unit)) = asked.filter(|(_, unit)| unit.bytes.len() <= 400) else {
            return false;
        };
        let mut words = Words::read(self.document.text, unit.bytes.start, unit.bytes.end);
        words.mark(item.language.lexicon());
        // "Who has the jerseys?" asks where they are, unless the answer says what will be done.
        let owns = (0..words.len()).any(|i| {
            words
                .phrase(i, "who has|who's got|wer hat|quien tiene|qui a|kimde")
                .is_some()
        });
        let ahead = !found.is_empty() || w.any_of(0..w.len(), "will|i'll");
        let Some(name) = wanted(&words).filter(|_| !owns || ahead) else {
            return false;
        };
        let mut draft = Draft::task(name, unit.bytes.clone(), 0.72, item.index);
        draft.owner.clone_from(&around.speaker);
        draft.also.push(w.bytes(0, to.max(1)));
        let reference = self.reference(unit.message, item.language);
        let theirs = dates::scan(&words, &reference, false);
        let due = |d: &&Found| d.when.is_some() && !matches!(d.lead, Lead::After | Lead::From);
        if let Some(when) = found
            .iter()
            .find(due)
            .or_else(|| theirs.iter().find(due))
            .and_then(|d| d.when.as_ref())
        {
            draft.due(when, self.context.zone);
        }
        self.drafts.retain(|d| !(d.passed_over && d.unit == asked));
        self.drafts.push(draft);
        true
    }
}

/// Whether the answer ends behind its few words, or a mark, a day or a promise follows.
fn ends(w: &Words, to: usize, found: &[Found]) -> bool {
    to >= w.len()
        || matches!(w.word(to), "." | "," | "!" | ";" | "-" | "–")
        || found.iter().any(|d| d.lead_from == to || d.from == to)
        || w.one_of(to, "will|this|by|tonight|then|asap")
}

/// What is wanted in a turn that calls for somebody: the object of its question, or what was said before it.
fn wanted(words: &Words) -> Option<String> {
    let all = sentences::split(words);
    let &(from, to) = all.iter().rev().find(|&&(from, to)| {
        words.any_phrase(from..to.min(from + 5), CALLS)
            || words.word(to - 1) == "?" && to - from <= 6
    })?;
    let call = (from..to.min(from + 5)).find_map(|i| words.phrase(i, CALLS).map(|n| i + n));
    let object = call.map_or_else(String::new, |at| acts::spelled(words, at.min(to), to));
    let object = title::trim(object.trim_end_matches('?'));
    if content(&object) >= 1 && !one_of("looking|that|it|this|up|in", &object) {
        return Some(title::clamp(&capitalised(&object)));
    }
    let said = nearest(words, &all)?.text;
    (content(&said) >= 2).then(|| title::clamp(&capitalised(&said)))
}
