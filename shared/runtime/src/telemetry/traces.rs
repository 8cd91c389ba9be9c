//! Spans leave by OTLP (HTTP, protobuf) where `OTEL_EXPORTER_OTLP_ENDPOINT` says.

use crate::Ids;
use crate::telemetry::request_id;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry::{SpanId, TraceId};
use opentelemetry_otlp::SpanExporter;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{IdGenerator, SdkTracerProvider};
use std::sync::OnceLock;
use tracing_subscriber::{Layer, Registry};
use uuid::Uuid;

static PROVIDER: OnceLock<SdkTracerProvider> = OnceLock::new();

/// The work of one request is one trace, whichever functions and queues it passes: the request's
/// id is the id of the trace.
#[derive(Debug)]
struct OfRequest(Ids);

impl IdGenerator for OfRequest {
    fn new_trace_id(&self) -> TraceId {
        let id = request_id().map_or_else(|| self.0.bytes(), |id| trace_of(&id));
        TraceId::from_bytes(id)
    }

    fn new_span_id(&self) -> SpanId {
        SpanId::from_bytes(self.0.bytes())
    }
}

/// The 16 bytes of a UUID; of another text, those of the UUID that is made of it (version 5).
fn trace_of(request: &str) -> [u8; 16] {
    Uuid::parse_str(request)
        .unwrap_or_else(|_| Uuid::new_v5(&Uuid::NAMESPACE_OID, request.as_bytes()))
        .into_bytes()
}

/// Exports spans of `service` at level `info` and above, if an endpoint is set.
pub(super) fn layer(service: &'static str) -> Option<impl Layer<Registry>> {
    std::env::var_os("OTEL_EXPORTER_OTLP_ENDPOINT").filter(|endpoint| !endpoint.is_empty())?;
    // The one TLS stack of the system, for a collector behind https. An error means: chosen before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let exporter = SpanExporter::builder().with_http().build();
    let exporter = match exporter {
        Ok(exporter) => exporter,
        Err(error) => {
            eprintln!("traces are not exported: {error}");
            return None;
        }
    };
    let provider = SdkTracerProvider::builder()
        .with_batch_exporter(exporter)
        .with_id_generator(OfRequest(Ids::system()))
        .with_resource(Resource::builder().with_service_name(service).build())
        .build();
    let tracer = provider.tracer(service);
    PROVIDER.set(provider).ok()?;
    let ours = tracing_subscriber::filter::filter_fn(|meta| {
        meta.is_span() && *meta.level() <= tracing::Level::INFO
    });
    Some(
        tracing_opentelemetry::layer()
            .with_tracer(tracer)
            .with_filter(ours),
    )
}

/// Sends what was gathered.
pub(super) fn flush() {
    if let Some(provider) = PROVIDER.get() {
        // A collector that is away costs spans, nothing else.
        let _ = provider.force_flush();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_of_any_name_has_one_trace() {
        let uuid = "0198c0de-0000-7000-8000-000000000001";
        assert_eq!(trace_of(uuid), Uuid::parse_str(uuid).unwrap().into_bytes());
        assert_eq!(trace_of("checkout-17"), trace_of("checkout-17"));
        assert_ne!(trace_of("checkout-17"), trace_of("checkout-18"));
    }
}
