//! The closed sets of words: one stored spelling each, several accepted ones.

use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::{fmt, str::FromStr};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// A word that is not in the vocabulary it was given for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("must be one of {expected}")]
pub struct UnknownWord {
    /// The accepted values, separated by commas.
    pub expected: String,
}

/// Lower case, with every run of spaces, hyphens and underscores as one underscore.
fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.trim().chars() {
        if c == ' ' || c == '-' || c == '_' {
            if !folded.ends_with('_') {
                folded.push('_');
            }
        } else {
            folded.extend(c.to_lowercase());
        }
    }
    folded
}

macro_rules! vocabulary {
    ($(#[doc = $doc:literal])* $name:ident {
        $($(#[$vdoc:meta])* $variant:ident = $word:literal $(| $also:literal)*),+ $(,)?
    }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        pub enum $name {
            $(
                $(#[$vdoc])*
                #[serde(rename = $word)]
                $variant,
            )+
        }

        impl $name {
            /// Every value, in the order of the vocabulary.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stored and published spelling.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                match fold(word).as_str() {
                    $($word $(| $also)* => Ok(Self::$variant),)+
                    _ => Err(UnknownWord { expected: [$($word),+].join(", ") }),
                }
            }
        }

        // By hand: the derive does not see a name that comes out of this macro, and would publish
        // the names of the variants.
        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .description(Some(concat!($($doc),*).trim()))
                    .enum_values(Some([$($word),+]))
                    .into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                stringify!($name).into()
            }
        }

        // By hand: the derive looks the type "text" up by name, one more statement per connection.
        #[cfg(feature = "sqlx")]
        impl sqlx::Type<sqlx::Postgres> for $name {
            fn type_info() -> sqlx::postgres::PgTypeInfo {
                <&str as sqlx::Type<sqlx::Postgres>>::type_info()
            }

            fn compatible(ty: &sqlx::postgres::PgTypeInfo) -> bool {
                <&str as sqlx::Type<sqlx::Postgres>>::compatible(ty)
            }
        }

        #[cfg(feature = "sqlx")]
        impl sqlx::postgres::PgHasArrayType for $name {
            fn array_type_info() -> sqlx::postgres::PgTypeInfo {
                <&str as sqlx::postgres::PgHasArrayType>::array_type_info()
            }
        }

        #[cfg(feature = "sqlx")]
        impl sqlx::Encode<'_, sqlx::Postgres> for $name {
            fn encode_by_ref(
                &self,
                buf: &mut sqlx::postgres::PgArgumentBuffer,
            ) -> Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
                <&str as sqlx::Encode<'_, sqlx::Postgres>>::encode_by_ref(&self.as_str(), buf)
            }
        }

        #[cfg(feature = "sqlx")]
        impl sqlx::Decode<'_, sqlx::Postgres> for $name {
            fn decode(
                value: sqlx::postgres::PgValueRef<'_>,
            ) -> Result<Self, sqlx::error::BoxDynError> {
                Ok(<&str as sqlx::Decode<'_, sqlx::Postgres>>::decode(value)?.parse()?)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                word.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

vocabulary! {
    /// Where a task stands. "Overdue" is computed, never stored.
    TaskStatus {
        /// Known, not planned.
        Backlog = "backlog",
        /// Planned, not begun.
        Todo = "todo" | "to_do" | "open" | "not_started" | "overdue" | "pending",
        /// Being worked on.
        InProgress = "in_progress" | "inprogress" | "doing" | "started",
        /// Waiting for somebody else.
        Waiting = "waiting",
        /// Cannot go on.
        Blocked = "blocked",
        /// Being checked.
        Review = "review" | "in_review",
        /// Finished.
        Done = "done" | "completed" | "complete" | "closed",
        /// Given up.
        Cancelled = "cancelled" | "canceled" | "dismissed",
    }
}

impl TaskStatus {
    /// Active = neither done nor cancelled.
    pub const fn is_active(self) -> bool {
        !matches!(self, Self::Done | Self::Cancelled)
    }
}

vocabulary! {
    /// How much a task presses.
    Priority {
        /// When there is time.
        Low = "low" | "p4",
        /// The default.
        Medium = "medium" | "normal" | "p3",
        /// Before others.
        High = "high" | "p2",
        /// At once.
        Urgent = "urgent" | "critical" | "p1",
    }
}

vocabulary! {
    /// Tasks and meetings share one table.
    TaskType {
        /// Something to do.
        Task = "task",
        /// Something to attend.
        Meeting = "meeting",
    }
}

vocabulary! {
    /// What a task is about.
    Category {
        /// Course work.
        Assignment = "assignment",
        /// A meeting.
        Meeting = "meeting",
        /// An exam.
        Exam = "exam",
        /// Part of a project.
        Project = "project",
        /// Anything else.
        General = "general",
    }
}

vocabulary! {
    /// Where a task came from.
    TaskSource {
        /// Entered by the person.
        Sentry = "sentry",
        /// Extracted from speech.
        ExtractedAudio = "extracted_audio",
        /// Extracted from a document.
        ExtractedDocument = "extracted_document",
        /// Extracted from a picture.
        ExtractedImage = "extracted_image",
        /// Extracted from handwriting.
        ExtractedHandwritten = "extracted_handwritten",
        /// Extracted from text.
        ExtractedText = "extracted_text",
        /// Made in a conversation.
        Companion = "companion",
        /// Google Tasks.
        GoogleTasks = "google_tasks",
        /// Google Classroom.
        GoogleClassroom = "google_classroom",
        /// Google Calendar.
        GoogleCalendar = "google_calendar",
        /// Trello.
        Trello = "trello",
        /// Zoom.
        Zoom = "zoom",
        /// A CalDAV server.
        Caldav = "caldav",
        /// A mailbox.
        Mail = "mail",
        /// A customer system.
        Crm = "crm",
        /// An n8n workflow.
        N8n = "n8n",
    }
}

vocabulary! {
    /// What kind of thing was uploaded.
    UploadType {
        /// Speech.
        Audio = "audio",
        /// Film with speech.
        Video = "video",
        /// A paged or office document.
        Document = "document",
        /// A picture.
        Image = "image",
        /// A picture of handwriting.
        Handwritten = "handwritten",
        /// Plain or marked-up text.
        Text = "text",
        /// A document of a notebook.
        Notebook = "notebook",
    }
}

impl UploadType {
    /// The source that tasks extracted from this kind carry.
    pub const fn task_source(self) -> TaskSource {
        match self {
            Self::Audio | Self::Video => TaskSource::ExtractedAudio,
            Self::Document | Self::Notebook => TaskSource::ExtractedDocument,
            Self::Image => TaskSource::ExtractedImage,
            Self::Handwritten => TaskSource::ExtractedHandwritten,
            Self::Text => TaskSource::ExtractedText,
        }
    }
}

vocabulary! {
    /// How far the processing of an upload is.
    ProcessingStatus {
        /// Waiting for its bytes or its turn.
        Pending = "pending",
        /// Being read.
        Processing = "processing",
        /// Read; its items are stored.
        Completed = "completed",
        /// Could not be read; the failure says why.
        Failed = "failed",
        /// Its bytes never came.
        Expired = "expired",
    }
}

impl ProcessingStatus {
    /// True when nothing more will happen by itself.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Failed | Self::Expired)
    }
}

vocabulary! {
    /// What became of an extracted item.
    ItemState {
        /// Shown to the person, not saved.
        Proposed = "proposed",
        /// Saved as a task.
        Accepted = "accepted",
        /// An open task says the same.
        Duplicate = "duplicate",
        /// Refused, by the person or by validation.
        Rejected = "rejected",
    }
}

vocabulary! {
    /// How heavy the load is.
    BurnoutLevel {
        /// Below 35 points.
        Low = "LOW" | "low",
        /// 35 to below 70.
        Moderate = "MODERATE" | "moderate",
        /// 70 to below 85.
        High = "HIGH" | "high",
        /// 85 and above.
        Critical = "CRITICAL" | "critical",
    }
}

impl BurnoutLevel {
    /// The level of a score of 0 to 100 points.
    pub fn from_score(score: f64) -> Self {
        match score {
            s if s < 35.0 => Self::Low,
            s if s < 70.0 => Self::Moderate,
            s if s < 85.0 => Self::High,
            _ => Self::Critical,
        }
    }

    /// The colour a client shows.
    pub const fn colour(self) -> &'static str {
        match self {
            Self::Low => "green",
            Self::Moderate => "yellow",
            Self::High | Self::Critical => "red",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn old_spellings_are_understood() {
        for (word, status) in [
            ("Todo", TaskStatus::Todo),
            ("In Progress", TaskStatus::InProgress),
            ("in-progress", TaskStatus::InProgress),
            ("Not Started", TaskStatus::Todo),
            ("Completed", TaskStatus::Done),
            ("Overdue", TaskStatus::Todo),
            ("open", TaskStatus::Todo),
            ("dismissed", TaskStatus::Cancelled),
        ] {
            assert_eq!(word.parse(), Ok(status), "{word}");
        }
        assert_eq!("Critical".parse(), Ok(Priority::Urgent));
        assert_eq!("P4".parse(), Ok(Priority::Low));
    }

    #[test]
    fn the_stored_words_are_the_published_ones() {
        let words: Vec<&str> = TaskStatus::ALL.iter().map(|word| word.as_str()).collect();
        let schema = serde_json::to_value(TaskStatus::schema()).unwrap();
        assert_eq!(schema["enum"], serde_json::json!(words));
        assert_eq!(TaskStatus::name(), "TaskStatus");
    }

    #[test]
    fn every_stored_word_reads_back() {
        for status in TaskStatus::ALL {
            assert_eq!(status.as_str().parse(), Ok(*status));
        }
        for level in BurnoutLevel::ALL {
            assert_eq!(level.as_str().parse(), Ok(*level));
            assert_eq!(serde_json::to_value(level).unwrap(), level.as_str());
        }
    }

    #[test]
    fn an_unknown_word_names_the_known_ones() {
        let error = "someday".parse::<Priority>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "must be one of low, medium, high, urgent"
        );
        assert!(serde_json::from_str::<Priority>("3").is_err());
    }

    #[test]
    fn levels_begin_at_their_bounds() {
        assert_eq!(BurnoutLevel::from_score(34.99), BurnoutLevel::Low);
        assert_eq!(BurnoutLevel::from_score(35.0), BurnoutLevel::Moderate);
        assert_eq!(BurnoutLevel::from_score(70.0), BurnoutLevel::High);
        assert_eq!(BurnoutLevel::from_score(85.0), BurnoutLevel::Critical);
    }

    proptest! {
        #[test]
        fn any_word_is_taken_or_refused(word in ".{0,40}") {
            if let Ok(status) = word.parse::<TaskStatus>() {
                prop_assert_eq!(status.as_str().parse(), Ok(status));
            }
        }
    }
}
