#![doc = include_str!("../README.md")]

mod draft;
mod ids;
mod moment;
mod time;
mod vocabulary;
mod zone_name;

pub use draft::{
    DraftError, MAX_ATTENDEES, MAX_DESCRIPTION_CHARS, MAX_ESTIMATED_HOURS, MAX_PERSON_CHARS,
    MAX_RECURRENCE_CHARS, MAX_TITLE_CHARS, TaskDraft,
};
pub use ids::{AnalysisId, SessionId, TaskId, UploadId, UserId};
pub use moment::{Moment, UnknownMoment, is_storable};
pub use time::{UnknownZone, Zone};
pub use vocabulary::{
    BurnoutLevel, Category, ItemState, Priority, ProcessingStatus, TaskSource, TaskStatus,
    TaskType, UnknownWord, UploadType,
};
pub use zone_name::ZoneName;
