//! Who is asked for something and answers "ya tmrw" or "will mail it first thing Friday" says when it is done.

use super::Run;
use super::prepare::Prepared;
use crate::dates::Found;
use crate::draft::Draft;
use crate::fields::people::Around;
use crate::language::Marks;
use crate::text::{Shape, Words, fold_str, one_of};
use sentry_domain::TaskType;

/// As many words an answer has at most.
const LONGEST: usize = 20;

/// Words of an answer that name nothing new.
const ANSWERS: &str = "\
    ya|yes|yep|yeah|yup|ok|okay|k|sure|sorry|will|can|shall|it|them|that|this|first|thing|done|promise|latest|at|the|by|on|in|do|send|mail|email|call|get|have|be|there|for|you|u|to|ur|then|asap|mrs|mr|n|hopefully|likely|probably|prob|not|yet|no|problem|worries|doing|sending|ready|\
    go|going|post|bring|ring|phone|text|write|writing|pay|fetch|collect|pick|drop|print|check|look|sort|fix|hand|give|upload|submit|order|up|off|over|round|tonight|again|straight|away|that's|me|until|week|next|\
    ja|klar|mach|mache|schicke|kommt|bis|dann|ist|noch|nicht|versprochen|erledige|\
    si|claro|vale|sin|falta|ostras|se|lo|la|los|las|pido|mando|envio|hago|paso|ahora|luego|\
    oui|bien|sur|je|le|te|vous|envoie|fais|ferai|enverrai|sans|faute|c'est|\
    evet|tamam|tamamdir|olur|yaparim|veririm|gonderirim|atarim|hallederim|hallederiz|daha|degil|soz|verecegim|gonderecegim|yapacagim|ederim|ben";

/// How an answer begins that says yes.
pub(super) const YES: &str = "\
    ya|yes|yep|yeah|yup|ok|okay|sure|sorry|right|aye|noted|will|oops|done|absolutely|certainly|course|ja|jaja|klar|gut|gerne|mach|mache|joa|\
    si|sisi|claro|vale|venga|uy|ups|uff|listo|oui|ouais|d'accord|bien|evet|tamam|tamamdir|olur|peki|tabii|hallederim|yaparim";

/// What stands for the thing that was asked for.
const IT: &str = "it|them|those|that|these|es|sie|das|lo|la|las|los|le|les|ca|en|onu|bunu|onlari";

/// What stands before an article.
const PREPOSITIONS: &str =
    "pour|a|dans|sur|avec|chez|en|para|por|con|de|hasta|fur|bis|an|auf|mit|bei|zu";

impl Run<'_, '_> {
    /// Dates what the speaker was asked for just before by his answer; whether the answer says nothing else.
    pub(crate) fn promised(&mut self, item: &Prepared, around: &Around, found: &[Found]) -> bool {
        let w = &item.words;
        let Some(when) = found.iter().find_map(Found::ahead) else {
            return false;
        };
        let asks = (0..w.len()).any(|i| w.word(i) == "?");
        if w.len() > LONGEST || asks {
            return false;
        }
        let dated = |i: usize| found.iter().any(|d| d.lead_from <= i && i < d.to);
        let plain = |i: usize| {
            w.shape(i) != Shape::Word
                || dated(i)
                || w.one_of(i, ANSWERS)
                || w.has(i, Marks::FUNCTION.and(Marks::FIRST).and(Marks::PLEASE))
        };
        let empty = (0..w.len()).all(plain);
        // "Pour le prochain point": an article.
        let behind = |i: usize| i > 0 && w.one_of(i - 1, PREPOSITIONS);
        let it = |i: usize| w.one_of(i, IT) && !behind(i);
        let answers = empty || says_yes(w) || (0..w.len()).any(it);
        let zone = self.context.zone;
        let speaker = around.speaker.as_deref();
        let text = self.document.text;
        let own = (0..w.len()).any(|i| w.has(i, Marks::FIRST));
        let theirs = |draft: &Draft| match (&draft.owner, speaker) {
            (Some(owner), Some(speaker)) => same_name(owner, speaker),
            // Who answers at once what nobody in particular was asked takes it on.
            (None, Some(speaker)) => {
                empty
                    || own && draft.unit + 1 == item.index
                    || same_name(&text[draft.quote.clone()], speaker)
            }
            _ => empty && draft.owner.is_none(),
        };
        let near = |draft: &&mut Draft| draft.unit < item.index && item.index - draft.unit <= 2;
        let mut asked = self.drafts.iter_mut().rev().take_while(near);
        let Some(last) = asked.find(|draft| theirs(draft)).filter(|_| answers) else {
            return false;
        };
        // What somebody else needs by Friday may be promised for Tuesday.
        let sooner = !empty && last.due_on.is_some_and(|day| when.day < day);
        let open = !last.dated() || sooner && last.owner.is_some();
        if !open || last.task_type != TaskType::Task {
            return false;
        }
        last.due(when, zone);
        last.also.push(w.bytes(0, w.len()));
        if last.owner.is_none() {
            last.owner.clone_from(&around.speaker);
        }
        true
    }
}

/// Whether an answer begins by saying yes.
pub(super) fn says_yes(w: &Words) -> bool {
    let first = (0..w.len()).find(|&i| w.shape(i) == Shape::Word);
    first.is_some_and(|i| w.one_of(i, YES))
}

/// Whether two texts have a name in common: "Mr. Ferris" and "Ferris".
pub(super) fn same_name(one: &str, other: &str) -> bool {
    const TITLES: &str =
        "mr|mrs|ms|dr|frau|herr|fr|hr|mme|sra|prof|maman|papa|mama|dad|mum|the|and";
    let words = |text: &str| -> Vec<String> {
        fold_str(text)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.len() > 1 && !one_of(TITLES, word))
            .map(str::to_owned)
            .collect()
    };
    let other = words(other);
    words(one).iter().any(|word| other.contains(word))
}
