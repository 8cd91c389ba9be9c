//! Who is asked for something and answers "ya tmrw" or "will mail it first thing Friday" says when it is done.

use super::Run;
use super::prepare::Prepared;
use crate::dates::Found;
use crate::fields::people::Around;
use crate::language::Marks;
use crate::text::{Shape, fold_str, one_of};
use sentry_domain::TaskType;

/// As many words an answer has at most.
const LONGEST: usize = 16;

/// Words of an answer that name nothing new.
const ANSWERS: &str = "\
    ya|yes|yep|yeah|yup|ok|okay|k|sure|sorry|will|can|shall|it|them|that|this|first|thing|done|promise|latest|at|the|by|on|in|do|send|mail|email|call|get|have|be|there|for|you|u|to|ur|then|asap|mrs|mr|n|hopefully|likely|probably|prob|not|yet|no|problem|worries|doing|sending|ready|\
    ja|klar|mach|mache|schicke|kommt|bis|dann|ist|noch|nicht|versprochen|erledige|\
    si|claro|vale|sin|falta|ostras|se|lo|la|los|las|pido|mando|envio|hago|paso|ahora|luego|\
    oui|bien|sur|je|le|te|vous|envoie|fais|ferai|enverrai|sans|faute|c'est|\
    evet|tamam|tamamdir|olur|yaparim|veririm|gonderirim|atarim|hallederim|hallederiz|daha|degil|soz|verecegim|gonderecegim|yapacagim|ederim|ben";

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
                || one_of(ANSWERS, w.word(i))
                || w.has(i, Marks::FUNCTION.and(Marks::FIRST).and(Marks::PLEASE))
        };
        let empty = (0..w.len()).all(plain);
        let zone = self.context.zone;
        let speaker = around.speaker.as_deref().map(first_name);
        let Some(last) = self.drafts.last_mut() else {
            return false;
        };
        let near = last.unit < item.index && item.index - last.unit <= 2;
        let theirs = match (&last.owner, &speaker) {
            (Some(owner), Some(speaker)) => first_name(owner) == *speaker,
            (None, _) => empty,
            _ => false,
        };
        let open = !last.dated() && last.task_type == TaskType::Task;
        if !near || !theirs || !open || !empty {
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

fn first_name(name: &str) -> String {
    let folded = fold_str(name);
    folded.split([' ', '(']).next().unwrap_or("").to_owned()
}
