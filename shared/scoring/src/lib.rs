#![doc = include_str!("../README.md")]

pub mod advice;
pub mod alerts;
mod assess;
mod behaviour;
mod changes;
mod course;
mod facts;
mod formula;
mod hours;
mod inputs;
pub mod metrics;
mod mood;
mod score;
mod sentence;
pub mod sentiment;
mod words;

pub use alerts::{Alert, AlertKind, AlertMoves};
pub use assess::{Assessment, Past, Person};
pub use behaviour::{Behaviour, LEARNING_DAYS, PastDay, Trigger, WeekdayScore};
pub use changes::{Change, LIMIT_KEY, Snapshot, changes};
pub use course::{BASELINE_DAYS, Course, DayScore, Direction, median};
pub use facts::{
    Act, COMPLETED_DAYS, Context, Evidence, Facts, LOOKBACK_DAYS, MAX_EVIDENCE, Origin, TaskFact,
    own_acts,
};
pub use formula::{
    Contract, FACTORS, FORMULA_VERSION, FactorSpec, Formula, Group, Knot, MIN_COMPLETENESS, NOTICE,
    PublishedFactor, PublishedLevel, Unit,
};
pub use hours::{Shift, WorkingHours};
pub use inputs::inputs_hash;
pub use metrics::{Measured, Metric, Metrics, measure};
pub use mood::{MOOD_DAYS, Mood, MoodEntry, Scales, adjustment};
pub use score::{Analysis, Factor, Issue, Reason, SENTIMENT_KEY, score};
pub use sentence::about;
pub use sentiment::Sentiment;
