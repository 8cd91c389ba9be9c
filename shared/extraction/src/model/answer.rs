//! From what a model says to drafts, each checked like any input.

use crate::acts::Owner;
use crate::dates::{self, Lead, Reference, When};
use crate::draft::Draft;
use crate::fields::people::{self, Around};
use crate::fields::title;
use crate::injected::{is_injected, paragraph};
use crate::item::Refusal;
use crate::language;
use crate::model::Reading;
use crate::model::chunk::Chunk;
use crate::model::ground::{is_grounded, is_named, is_telling, names_stranger};
use crate::model::locate::{Reduced, word_list};
use crate::segment::{Kind, Unit};
use crate::text::Words;
use crate::text::capitalised;
use crate::{engine, reference};
use sentry_domain::{Category, Priority, TaskType};
use serde::Deserialize;
use serde_json::Value;
use std::ops::Range;

/// How sure an item of a model is before anything else speaks for it.
pub(crate) const CONFIDENCE: f64 = 0.75;
/// Around a quote, in bytes, within which the words of its title and its date must stand.
const AROUND: usize = 400;
/// A longer quote is none.
const MOST_QUOTE_CHARS: usize = 2_000;
/// The longest description, in characters.
const MOST_DESCRIPTION_CHARS: usize = 2_000;
/// The same quote is looked for at so many places.
const MOST_PLACES: usize = 20;

/// An item as a model gives it.
#[derive(Deserialize)]
struct Said {
    title: String,
    quote: String,
    #[serde(default)]
    task_type: Option<String>,
    #[serde(default)]
    when_words: Option<String>,
    #[serde(default)]
    repeat_words: Option<String>,
    #[serde(default)]
    assigned_to: Option<String>,
    #[serde(default)]
    attendees: Vec<String>,
    #[serde(default)]
    priority: Option<String>,
    #[serde(default)]
    category: Option<String>,
    #[serde(default)]
    estimated_hours: Option<f64>,
    #[serde(default)]
    description: Option<String>,
}

/// Where a quote stands.
struct Place<'u> {
    quote: Range<usize>,
    unit: Option<(usize, &'u Unit)>,
    /// Words near the quote, folded.
    near: Vec<String>,
    reference: Reference,
}

impl Reading<'_> {
    pub(crate) fn take(&mut self, chunk: &Chunk, items: &[Value]) {
        let reduced = Reduced::new(self.text, chunk.range.clone());
        for item in items.iter().take(engine::MOST_ITEMS) {
            let draft = serde_json::from_value(item.clone())
                .map_err(|_| Refusal::Unusable)
                .and_then(|said| self.draft(chunk, &reduced, said));
            match draft {
                Ok(draft) => self.drafts.push(draft),
                Err(reason) => *self.refused.entry(reason).or_insert(0) += 1,
            }
        }
    }

    fn draft(&self, chunk: &Chunk, reduced: &Reduced, said: Said) -> Result<Draft, Refusal> {
        let place = self.place(chunk, reduced, &said)?;
        let title = title::clamp(&capitalised(&title::trim(&said.title)));
        if title.chars().filter(|c| c.is_alphabetic()).count() < 2 {
            return Err(Refusal::NoTitle);
        }
        let strange = said
            .assigned_to
            .as_deref()
            .is_some_and(|name| self.is_strange(name));
        if strange
            || !is_grounded(&title, &place.near)
            || names_stranger(&title, &place.near, place.reference.language)
        {
            return Err(Refusal::Invented);
        }
        let unit = place.unit.map_or(0, |(index, _)| index);
        let mut draft = Draft::task(title, place.quote.clone(), CONFIDENCE, unit);
        draft.task_type = said
            .task_type
            .and_then(|word| word.parse().ok())
            .unwrap_or(TaskType::Task);
        self.date(
            &mut draft,
            chunk,
            &place,
            said.when_words,
            said.repeat_words,
        );
        draft.owner = said.assigned_to.and_then(|name| self.owner(&name, &place));
        draft.attendees = self.attendees(said.attendees, &place);
        draft.priority = said.priority.and_then(|word| word.parse::<Priority>().ok());
        let category = said.category.and_then(|word| word.parse::<Category>().ok());
        draft.category = category.unwrap_or(Category::General);
        let counted = self.text[place.quote.clone()]
            .bytes()
            .any(|b| b.is_ascii_digit());
        draft.estimated_hours = said
            .estimated_hours
            .filter(|hours| counted && hours.is_finite() && *hours > 0.0 && *hours <= 1_000.0);
        draft.description = said
            .description
            .map(|text| {
                text.trim()
                    .chars()
                    .take(MOST_DESCRIPTION_CHARS)
                    .collect::<String>()
            })
            .filter(|text| is_grounded(text, &place.near));
        Ok(draft)
    }

    /// Whether an owner has a name that is neither in the document nor that of its reader.
    fn is_strange(&self, name: &str) -> bool {
        let reader = self.context.reader.as_deref().unwrap_or("");
        let known = [word_list(self.text), word_list(reader)].concat();
        names_stranger(name, &known, self.document.language)
    }

    /// The first place of the quote that no other item has taken.
    fn place(&self, chunk: &Chunk, reduced: &Reduced, said: &Said) -> Result<Place<'_>, Refusal> {
        let letters = said.quote.chars().filter(|c| c.is_alphabetic()).count();
        if letters < 3 || said.quote.chars().count() > MOST_QUOTE_CHARS {
            return Err(Refusal::Invented);
        }
        let mut places = reduced.find(self.text, &said.quote, MOST_PLACES);
        places.retain(|range| is_telling(self.text, range));
        let taken = |range: &Range<usize>| self.drafts.iter().any(|draft| draft.quote == *range);
        let quote = places
            .iter()
            .find(|range| !taken(range))
            .or_else(|| places.first())
            .ok_or(Refusal::Invented)?
            .clone();
        if is_injected(&self.text[paragraph(self.text, &quote)]) {
            return Err(Refusal::Injected);
        }
        let units = &self.document.units;
        let after = units.partition_point(|unit| unit.bytes.start <= quote.start);
        let unit = after.checked_sub(1).map(|index| (index, &units[index]));
        let within = unit.filter(|(_, unit)| unit.bytes.end > quote.start);
        if within.is_some_and(|(_, unit)| matches!(unit.kind, Kind::Check { done: true })) {
            return Err(Refusal::Done);
        }
        let line = self.text[..quote.start].rfind('\n').map_or(0, |at| at + 1);
        if within.is_none() && self.text[line..].starts_with('>') {
            return Err(Refusal::Example);
        }
        let from = self
            .text
            .floor_char_boundary(quote.start.saturating_sub(AROUND))
            .max(chunk.range.start);
        let to = self
            .text
            .floor_char_boundary(quote.end + AROUND)
            .min(chunk.range.end);
        let mut near = word_list(&self.text[from..to]);
        near.extend(word_list(&chunk.above));
        let section = unit.map_or(0, |(_, unit)| unit.section);
        for heading in self.document.headings(section) {
            near.extend(word_list(&self.text[heading.heading.clone()]));
        }
        Ok(Place {
            reference: self.reference(unit, &quote),
            quote,
            unit,
            near,
        })
    }

    /// What dates near a quote count from.
    fn reference(&self, unit: Option<(usize, &Unit)>, quote: &Range<usize>) -> Reference {
        let document = &self.document;
        let message = unit.map_or(0, |(_, unit)| unit.message);
        let words = Words::read(self.text, quote.start, quote.end);
        let spoken = language::of_passage(&words, document.language);
        let of = document
            .messages
            .get(message)
            .map(|message| reference::of(document, message, self.context));
        let reference = of.unwrap_or_else(|| {
            let context = self.context;
            Reference::new(context.now, context.zone, context.date_order(), spoken)
        });
        Reference {
            language: spoken,
            ..reference
        }
    }

    /// Reads the copied words with the resolver of the built-in engine. Words that do not stand near the quote
    /// or under its heading say nothing.
    fn date(
        &self,
        draft: &mut Draft,
        chunk: &Chunk,
        place: &Place,
        when: Option<String>,
        repeat: Option<String>,
    ) {
        let zone = self.context.zone;
        let read = |words: Option<String>| -> Option<When> {
            let words = words?;
            let written = word_list(&words);
            let stands = Reduced::new(self.text, chunk.range.clone());
            let near = !stands.find(self.text, &words, 1).is_empty()
                || written.iter().all(|word| place.near.contains(word));
            if !near || written.is_empty() {
                return None;
            }
            dates::find(&words, &place.reference)
                .into_iter()
                // What is so since a day is not due on it.
                .filter(|mention| mention.lead != Lead::After)
                .find_map(|mention| mention.when)
        };
        let when = read(when);
        let again = read(repeat).filter(|again| again.recurrence.is_some());
        let Some(chosen) = when.or_else(|| again.clone()) else {
            return;
        };
        if draft.task_type == TaskType::Meeting {
            draft.takes_place(&chosen, None, zone);
        } else {
            draft.due(&chosen, zone);
        }
        if let Some(again) = again {
            draft.recurrence = again.recurrence;
        }
    }

    fn owner(&self, name: &str, place: &Place) -> Option<String> {
        let around = place.unit.map_or_else(Around::default, |(_, unit)| {
            people::around(&self.document, unit, self.context)
        });
        let folded = crate::text::fold_str(name.trim());
        if matches!(
            folded.as_str(),
            "i" | "me" | "ich" | "yo" | "je" | "moi" | "ben"
        ) {
            return people::resolve(&Owner::Speaker, &around);
        }
        if matches!(
            folded.as_str(),
            "you" | "du" | "sie" | "tu" | "usted" | "vous" | "sen" | "siz"
        ) {
            return people::resolve(&Owner::Reader, &around);
        }
        self.named(name, place)
    }

    /// A name that is written near the quote, or anywhere among the people of the document.
    fn named(&self, name: &str, place: &Place) -> Option<String> {
        let name = name.trim();
        let people = &self.document.people;
        let known =
            is_named(name, &place.near) || word_list(name).iter().all(|word| people.contains(word));
        (!name.is_empty() && name.chars().count() <= 100 && known).then(|| name.to_owned())
    }

    fn attendees(&self, names: Vec<String>, place: &Place) -> Vec<String> {
        let mut kept: Vec<String> = Vec::new();
        for name in names.into_iter().take(100) {
            if let Some(name) = self.named(&name, place)
                && !kept.contains(&name)
            {
                kept.push(name);
            }
        }
        kept
    }
}
