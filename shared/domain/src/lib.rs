#![doc = include_str!("../README.md")]

mod ids;
mod time;
mod vocabulary;

pub use ids::{AnalysisId, SessionId, TaskId, UploadId, UserId};
pub use time::{UnknownZone, Zone};
pub use vocabulary::{
    BurnoutLevel, Category, ItemState, Priority, ProcessingStatus, TaskSource, TaskStatus,
    TaskType, UnknownWord, UploadType,
};
