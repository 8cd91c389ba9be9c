//! What an operator of this machine sees: the log in the terminal, metrics as a page, spans by OTLP.

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use sentry_runtime::telemetry;
use std::sync::OnceLock;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

static METRICS: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// How often old samples are folded into their summaries.
const UPKEEP: Duration = Duration::from_secs(5);

/// Starts the log on standard error, for people or as `json` lines like those of the functions, and the export of spans
/// where `OTEL_EXPORTER_OTLP_ENDPOINT` is set.
pub fn start(json: bool) {
    let error = std::io::stderr;
    let filter = telemetry::filter(if json { "info" } else { "warn" });
    let filter = filter.with_target("awsim_core", LevelFilter::ERROR);
    let lines = telemetry::json().with_writer(error);
    let text = tracing_subscriber::fmt::layer().with_writer(error);
    // An error means that a log has been started already.
    let _ = tracing_subscriber::registry()
        .with(telemetry::spans("sentry-local"))
        .with(json.then(|| lines.with_filter(filter.clone())))
        .with((!json).then(|| text.with_filter(filter.clone())))
        .try_init();
}

/// `/metrics` for Prometheus, beside `routes`.
pub fn with_metrics(routes: Router) -> Router {
    // From now on, not from the first look.
    metrics();
    let page = get(|| async {
        let text = metrics().map(PrometheusHandle::render).unwrap_or_default();
        ([(CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
    });
    Router::new()
        .route("/metrics", page)
        .fallback_service(routes)
}

/// Keeps the metrics small until `stop`.
pub async fn keep(stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(UPKEEP) => {}
        }
        if let Some(metrics) = metrics() {
            metrics.run_upkeep();
        }
    }
}

/// The metrics of this process: nothing if another recorder was there first.
fn metrics() -> Option<&'static PrometheusHandle> {
    METRICS
        .get_or_init(|| PrometheusBuilder::new().install_recorder().ok())
        .as_ref()
}
