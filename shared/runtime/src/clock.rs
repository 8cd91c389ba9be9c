//! The time, in a form that tests can hold still.

use chrono::{DateTime, Duration, Utc};
use std::sync::{Arc, PoisonError, RwLock};

/// Where the time comes from: the system, or a value that a test sets.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    pinned: Option<Arc<RwLock<DateTime<Utc>>>>,
}

impl Clock {
    /// The system's clock.
    pub const fn system() -> Self {
        Self { pinned: None }
    }

    /// A clock that stands at `at` until it is moved. Clones stand and move together.
    pub fn pinned(at: DateTime<Utc>) -> Self {
        Self {
            pinned: Some(Arc::new(RwLock::new(at))),
        }
    }

    /// The present instant, to the microsecond, as the database keeps it.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that asks the system"
    )]
    pub fn now(&self) -> DateTime<Utc> {
        use chrono::SubsecRound;
        match &self.pinned {
            Some(at) => *at.read().unwrap_or_else(PoisonError::into_inner),
            None => Utc::now().trunc_subsecs(6),
        }
    }

    /// Moves a pinned clock; the system's clock does not listen.
    pub fn advance(&self, by: Duration) {
        if let Some(at) = &self.pinned {
            *at.write().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }
}
