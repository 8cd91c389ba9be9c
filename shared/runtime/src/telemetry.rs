//! What an operator sees: one JSON line per request and job, metrics, traces.
//!
//! Everything that happens because of one request carries its id, through queues to the last
//! worker ([`within`], [`request_id`]). Nothing personal is written, only ids.

pub mod metric;
#[cfg(feature = "otlp")]
mod traces;

mod request;

pub use request::{Invocation, invocation, invoked, request_id, within};

use metrics_cloudwatch_embedded::{Builder, Collector};
use std::sync::OnceLock;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt;
use tracing_subscriber::fmt::format::{Format, Json, JsonFields};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, Registry};

/// The metrics of this process, gathered until [`flush`].
static METRICS: OnceLock<&'static Collector> = OnceLock::new();

/// Starts log and metrics of the Lambda function `function`, both on standard output, where
/// `CloudWatch` reads them; `STACK` names the deployment that the metrics are of. `SENTRY_LOG` filters the log
/// ([`filter`]); the default is `info`, and a released build has nothing below it.
/// With the feature `otlp` and `OTEL_EXPORTER_OTLP_ENDPOINT` set, spans are exported too.
/// A second call does nothing.
pub fn start(function: &'static str) {
    // An error means that a log has been started already, by a test for instance.
    let _ = tracing_subscriber::registry()
        .with(spans(function))
        .with(json().with_filter(filter("info")))
        .try_init();
    let stack = std::env::var("STACK").ok();
    let metrics = embedded(function, stack.filter(|name| !name.is_empty()));
    if let Ok(metrics) = metrics.init() {
        let _ = METRICS.set(metrics);
        metrics::counter!(metric::COLD_STARTS).increment(1);
    }
}

/// Metrics of one function of one stack: two stacks of an account do not add up.
fn embedded(function: &'static str, stack: Option<String>) -> Builder {
    let metrics = Builder::new()
        .cloudwatch_namespace("Sentry")
        .with_dimension("function", function);
    match stack {
        Some(stack) => metrics.with_dimension("stack", stack),
        None => metrics,
    }
}

/// What an invocation has gathered leaves: a function may be frozen as soon as it has answered.
pub fn flush() {
    if let Some(metrics) = METRICS.get() {
        // Standard output is all there is to complain to.
        let _ = metrics.flush(std::io::stdout());
    }
    #[cfg(feature = "otlp")]
    traces::flush();
}

/// What `SENTRY_LOG` asks for (`debug`, or by module `info,sqlx=warn`), or this. By target and level only: to look into
/// fields takes an engine of regular expressions, 300 kB of each function.
pub fn filter(otherwise: &str) -> Targets {
    let asked = std::env::var("SENTRY_LOG").ok();
    let asked = asked.and_then(|text| text.parse().ok());
    asked.unwrap_or_else(|| otherwise.parse().unwrap_or_default())
}

/// The lines of the log: each one JSON object, with the fields of its span.
pub fn json<S>() -> fmt::Layer<S, JsonFields, Format<Json>>
where
    S: tracing::Subscriber + for<'a> tracing_subscriber::registry::LookupSpan<'a>,
{
    fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
}

/// Exports spans where that is built in and asked for.
#[cfg(feature = "otlp")]
pub fn spans(service: &'static str) -> Option<impl Layer<Registry>> {
    traces::layer(service)
}

#[cfg(not(feature = "otlp"))]
fn spans(_service: &'static str) -> Option<Box<dyn Layer<Registry> + Send + Sync>> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The only test of this crate that installs a recorder: there is one for the whole process.
    #[test]
    fn metrics_say_which_function_of_which_stack_they_are_of() {
        let metrics = embedded("tasks", Some("staging".to_owned()))
            .init()
            .unwrap();
        metrics::counter!(metric::JOBS, "outcome" => "done").increment(2);
        let mut written = Vec::new();
        metrics.flush(&mut written).unwrap();
        let text = String::from_utf8(written).unwrap();
        for part in [
            r#""Namespace":"Sentry""#,
            r#""Dimensions":[["function","stack","outcome"]]"#,
            r#""function":"tasks""#,
            r#""stack":"staging""#,
            r#""jobs":2"#,
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
    }
}
