//! The log: one JSON line per event on standard output, as CloudWatch reads it.

use tracing_subscriber::EnvFilter;

/// Starts the log. `SENTRY_LOG` filters it as `RUST_LOG` would; the default is `info`.
/// A second call does nothing.
pub fn init() {
    let filter = EnvFilter::try_from_env("SENTRY_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    // An error means that a log has been started already, by a test for instance.
    let _ = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_env_filter(filter)
        .try_init();
}
