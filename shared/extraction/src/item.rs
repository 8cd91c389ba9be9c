//! What comes out: items with the words they came from, and a count of what was refused.

use chrono::{DateTime, NaiveDate, Utc};
use sentry_domain::{Category, Priority, TaskType};
use serde::{Deserialize, Serialize};

/// A passage of the text, counted in Unicode scalar values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The exact words.
    pub quote: String,
    /// First character, counted from 0.
    pub start_char: usize,
    /// One after the last character.
    pub end_char: usize,
}

/// A task or a meeting found in the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// What is to be done, as an order: 1 to 255 characters.
    pub title: String,
    /// What else the passage says.
    pub description: Option<String>,
    /// Task or meeting.
    pub task_type: TaskType,
    /// The instant it is due, where a time was given.
    pub due_at: Option<DateTime<Utc>>,
    /// The day it is due, where only a day was given.
    pub due_on: Option<NaiveDate>,
    /// When it begins.
    pub start_at: Option<DateTime<Utc>>,
    /// When it ends.
    pub end_at: Option<DateTime<Utc>>,
    /// Who takes part.
    pub attendees: Vec<String>,
    /// Who is to do it, as the document names them.
    pub assigned_to: Option<String>,
    /// How much it presses; absent when nothing was said.
    pub priority: Option<Priority>,
    /// What kind of work it is.
    pub category: Category,
    /// How long it takes, in hours.
    pub estimated_hours: Option<f64>,
    /// When it comes again, as an RFC 5545 recurrence rule without the `RRULE:` prefix.
    pub recurrence: Option<String>,
    /// How sure the engine is, from 0 to 1.
    pub confidence: f64,
    /// The words it came from: `quote` is exactly the text from `start_char` to `end_char`.
    #[serde(flatten)]
    pub source: Quote,
    /// Other passages that say the same.
    pub also: Vec<Quote>,
}

/// Why a passage that looked like a task is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// It is done or given up already.
    Done,
    /// It is told as past.
    Past,
    /// It says that something is not to be done.
    Negated,
    /// It only might come to pass.
    Hypothetical,
    /// It asks nothing of anyone.
    Question,
    /// It is a rule or a definition.
    Rule,
    /// It is an example or quoted speech.
    Example,
    /// It sells something.
    Advertisement,
    /// It instructs whoever may read it: a recipe, a manual.
    Instructions,
    /// It reports what others do.
    Report,
    /// It is a courtesy, a disclaimer or a signature.
    Boilerplate,
    /// No words are left to make a title of.
    NoTitle,
    /// Too little speaks for it.
    Weak,
    /// There were more items than one document may yield.
    TooMany,
    /// It gives orders to a machine that reads the document.
    Injected,
    /// A model quotes words that the document does not have, or makes a title of none of its words.
    Invented,
    /// A model's item is not of the agreed shape.
    Unusable,
}

/// How many passages were refused for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// The reason.
    pub reason: Refusal,
    /// How often.
    pub count: usize,
}

/// All that was found in one text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Extraction {
    /// Tasks and meetings in the order of the text.
    pub items: Vec<Item>,
    /// How many passages looked like items and were refused.
    pub dropped: usize,
    /// The same by reason.
    pub reasons: Vec<Dropped>,
    /// The language most of the text is in: `en`, `de`, `es`, `fr` or `tr`.
    pub language: String,
}
