//! Errors of the database in the words of the caller.

/// Turns the violation of a named constraint into the caller's own error.
pub trait OnConstraint<T> {
    /// Runs `error` when `constraint` was violated; any other error passes through `E::from`.
    fn on_constraint<E: From<sqlx::Error>>(
        self,
        constraint: &str,
        error: impl FnOnce() -> E,
    ) -> Result<T, E>;
}

impl<T> OnConstraint<T> for Result<T, sqlx::Error> {
    fn on_constraint<E: From<sqlx::Error>>(
        self,
        constraint: &str,
        error: impl FnOnce() -> E,
    ) -> Result<T, E> {
        self.map_err(|found| match &found {
            sqlx::Error::Database(inner) if inner.constraint() == Some(constraint) => error(),
            _ => E::from(found),
        })
    }
}

/// True when the connection is gone: the other side has closed it, or says that it does.
pub(crate) fn is_lost(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) => true,
        // The administrator, a crash, a shutdown.
        sqlx::Error::Database(inner) => inner.code().is_some_and(|code| code.starts_with("57P")),
        _ => false,
    }
}

/// True when the same request may succeed a little later: no connection, a lost one, a shutdown,
/// a deadlock or a serialisation failure.
pub fn is_unavailable(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::BeginFailed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(inner) => inner.code().is_some_and(|code| {
            // Connection, insufficient resources, operator intervention, deadlock, serialisation.
            ["08", "53", "57", "40"]
                .iter()
                .any(|class| code.starts_with(class))
        }),
        _ => false,
    }
}
