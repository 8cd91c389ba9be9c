#![doc = include_str!("../README.md")]

mod assess;
mod changes;
mod facts;
mod formula;
mod hours;
mod inputs;
pub mod metrics;
mod mood;
mod score;
mod sentence;
pub mod sentiment;

pub use assess::{Assessment, Person};
pub use changes::{Change, LIMIT_KEY, Snapshot, changes};
pub use facts::{
    Act, COMPLETED_DAYS, Context, Evidence, Facts, LOOKBACK_DAYS, MAX_EVIDENCE, TaskFact,
};
pub use formula::{
    Contract, FACTORS, FORMULA_VERSION, FactorSpec, Formula, Group, Knot, MIN_COMPLETENESS, NOTICE,
    PublishedFactor, PublishedLevel, Unit,
};
pub use hours::{Shift, WorkingHours};
pub use inputs::inputs_hash;
pub use metrics::{Measured, Metric, Metrics, measure};
pub use mood::{MOOD_DAYS, Mood, MoodEntry, adjustment};
pub use score::{Analysis, Factor, Issue, Reason, SENTIMENT_KEY, score};
pub use sentiment::Sentiment;
