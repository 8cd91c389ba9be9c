//! What the clock asks for.

use sentry_runtime::telemetry::{self, metric};
use std::fmt::Display;
use std::time::Instant;
use tracing::Instrument;

/// Does what the schedule `kind` is for, and tells so in one line and in the metrics, also when there was nothing to do.
pub async fn run_tick<T, E: Display>(
    kind: &'static str,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let call = telemetry::invocation();
    let span = tracing::info_span!(
        "tick",
        lambda.request_id = call.lambda,
        trace.id = call.trace
    );
    let began = Instant::now();
    // On the heap: the types of a worker's calls are deep enough by themselves.
    let outcome = Box::pin(work).instrument(span.clone()).await;
    let duration_ms = began.elapsed().as_secs_f64() * 1000.0;
    let in_span = span.enter();
    let result = match &outcome {
        Ok(_) => {
            tracing::info!(kind, duration_ms, "tick done");
            "done"
        }
        Err(error) => {
            tracing::warn!(
                kind,
                duration_ms,
                reason = format!("{error:#}"),
                "tick failed"
            );
            "failed"
        }
    };
    drop(in_span);
    metrics::counter!(metric::TICKS, "outcome" => result).increment(1);
    metrics::histogram!(metric::TICK_DURATION).record(duration_ms);
    telemetry::flush();
    outcome
}
