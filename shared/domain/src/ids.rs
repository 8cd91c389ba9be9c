//! Ids as types, so that a task's id cannot be passed where a user's is meant.

use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
        )]
        #[serde(transparent)]
        #[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id! {
    /// A person's account.
    UserId(i64)
}
id! {
    /// A task or a meeting.
    TaskId(i64)
}
id! {
    /// An uploaded file or text.
    UploadId(i64)
}
id! {
    /// One computed burnout score.
    AnalysisId(i64)
}
id! {
    /// A signed-in device.
    SessionId(uuid::Uuid)
}
