#![doc = include_str!("../README.md")]

pub mod draft;

mod ids;
mod time;
mod vocabulary;

pub use draft::{DraftError, TaskDraft};
pub use ids::{AnalysisId, SessionId, TaskId, UploadId, UserId};
pub use time::{UnknownZone, Zone};
pub use vocabulary::{
    BurnoutLevel, Category, ItemState, Priority, ProcessingStatus, TaskSource, TaskStatus,
    TaskType, UnknownWord, UploadType,
};
