//! What a point of minutes is about, for orders that say little by themselves: "9. Heat policy .. Trish to draft a new one".

use super::matter::content;
use super::{Run, Scene};
use crate::acts::{self, Act, Cue, Sentence};
use crate::dates;
use crate::fields::title;
use crate::language::Marks;
use crate::segment::Kind;
use crate::segment::sections::Class;
use crate::text::{Shape, Words, fold_str};

/// Headings that say nothing of what stands under them.
const GENERAL: &str = "\
    action|actions|todo|task|tasks|tache|taches|aufgabe|aufgaben|tarea|tareas|accion|acciones|gorev|minutes|notes|agenda|general|gb|aob|misc|miscellaneous|other|others|business|various|any|arising|matters|previous|update|updates|summary|report|reports|discussion|decisions|next|meeting|today|week|day|present|apologies|attendees|attendance|participants|background|overview|introduction|date|dates|time|place|subject|re|hi|hello|dear|note|ps|p.s|nb|status|open|done|old|new|page|part|section|\
    protokoll|verschiedenes|sonstiges|allgemeines|termine|nachste|notizen|teilnehmer|anwesend|sitzung|besprechung|thema|themen|acta|varios|otros|ruegos|preguntas|reunion|notas|orden|asistentes|asunto|divers|questions|compte|rendu|presents|objet|prochaine|tutanak|toplanti|diger|gundem|notlar|konu";

/// As many words of its own a title has that needs none of another.
const ENOUGH: usize = 3;

impl Run<'_, '_> {
    /// The title with the topic of its point behind it, where it says little.
    pub(crate) fn with_topic(
        &self,
        title: String,
        s: &Sentence,
        scene: &Scene,
        act: &Act,
    ) -> String {
        let spoken = scene.item.unit.speaker.is_some() || scene.letter();
        let ordered = !matches!(act.cue, Cue::Noun | Cue::Label | Cue::Deadline);
        if spoken || !ordered || content(&title) > ENOUGH {
            return title;
        }
        // A point of a list needs less of what stands over it.
        let open = !s.setting.item || content(&title) < ENOUGH;
        let above = || self.heading_topic(s, scene).filter(|_| open);
        let Some(topic) = opening(s, act).or_else(above) else {
            return title;
        };
        let (known, said) = (fold_str(&title), fold_str(&topic));
        let mut words = said.split(|c: char| !c.is_alphanumeric());
        if words.any(|word| word.len() > 3 && known.contains(word)) {
            return title;
        }
        title::clamp(&format!("{title}: {topic}"))
    }

    fn heading_topic(&self, s: &Sentence, scene: &Scene) -> Option<String> {
        let section = &self.document.sections[scene.item.unit.section];
        let heading = section.heading.clone();
        // "Shopping" over a list of things to do sorts them.
        let sorted = scene.item.unit.kind != Kind::Text && s.setting.orders;
        if !matches!(section.class, Class::Plain | Class::Rules)
            || sorted
            || section.level == 0
            || !(3..50).contains(&heading.len())
        {
            return None;
        }
        let mut words = Words::read(self.document.text, heading.start, heading.end);
        words.mark(scene.item.language.lexicon());
        topic(&words, 0, words.len())
    }
}

/// "Uniforms. Three new players ..", "Roof and gutters: Merv to ..": what the passage of a sentence begins with.
fn opening(s: &Sentence, act: &Act) -> Option<String> {
    let w = s.words;
    let end = (0..act.begin.min(8)).find(|&i| {
        w.one_of(i, ".|:|-|–|—") && !w.touches(i) && w.shape(i.saturating_sub(1)) == Shape::Word
    })?;
    let dated = s.dates.iter().any(|d| d.from < end && d.when.is_some());
    (end < act.begin && !dated).then(|| topic(w, 0, end))?
}

/// The words of a topic, if they are one.
fn topic(w: &Words, from: usize, to: usize) -> Option<String> {
    let first = (from..to).find(|&i| w.shape(i) == Shape::Word)?;
    let told = (first..to).filter(|&i| w.shape(i) == Shape::Word);
    let speaks = |i: usize| {
        w.has(
            i,
            Marks::MODAL
                .and(Marks::GIVEN)
                .and(Marks::NEGATION)
                .and(Marks::GREETING),
        ) || w.one_of(i, GENERAL)
            || w.one_of(
                i,
                "is|are|was|were|has|have|had|will|ist|sind|es|son|est|sont",
            )
            || w.has(i, Marks::PAST) && !w.has(i, Marks::VERB)
            || dates::is_month(w.word(i))
            || dates::is_weekday(w.word(i))
    };
    // "A1" is a number.
    let worded = told
        .clone()
        .any(|i| w.raw(i).chars().filter(|c| c.is_alphabetic()).count() > 1);
    let fits = worded
        && (1..=5).contains(&told.clone().count())
        && !told.clone().any(speaks)
        && w.capital(first);
    fits.then(|| {
        acts::spelled(w, first, to)
            .trim_matches(['.', ':', ' ', '-', '*'])
            .to_owned()
    })
}
