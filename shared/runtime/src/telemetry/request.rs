//! Whose request the present work belongs to, and which call of a function does it.

use tracing::{Instrument, Span};

tokio::task_local! {
    static REQUEST: String;
    static INVOCATION: Invocation;
}

/// The names that AWS has for the call of a function: they stand in our lines, so that these and AWS's own
/// (API Gateway's access log, Lambda's report of a call that ran out of time, X-Ray) lead to each other.
/// Outside Lambda there are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Invocation {
    /// Lambda's id of the call: `lambda.request_id`.
    pub lambda: Option<String>,
    /// X-Ray's id of the trace: `trace.id`.
    pub trace: Option<String>,
}

impl Invocation {
    /// Of what Lambda tells a function: the id, and X-Ray's header (`Root=1-..;Parent=..;Sampled=1`).
    pub fn new(id: &str, header: Option<&str>) -> Self {
        let mut parts = header.into_iter().flat_map(|header| header.split(';'));
        let root = parts.find_map(|part| part.trim().strip_prefix("Root="));
        Self {
            lambda: (!id.is_empty()).then(|| id.to_owned()),
            trace: root.map(str::to_owned),
        }
    }
}

/// Does `work` as this call of a function.
pub async fn invoked<F: Future>(invocation: Invocation, work: F) -> F::Output {
    INVOCATION.scope(invocation, work).await
}

/// The call that this work belongs to.
pub fn invocation() -> Invocation {
    INVOCATION.try_with(Clone::clone).unwrap_or_default()
}

/// Does `work` in the name of the request `id`, inside `span`.
pub async fn within<F: Future>(id: String, span: Span, work: F) -> F::Output {
    REQUEST.scope(id, work.instrument(span)).await
}

/// The request that this work belongs to; none at the tick of a schedule.
pub fn request_id() -> Option<String> {
    REQUEST.try_with(Clone::clone).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_knows_its_request_and_nothing_after_it_does() {
        assert_eq!(request_id(), None);
        let inner = within("one".to_owned(), Span::none(), async {
            let other = within("two".to_owned(), Span::none(), async { request_id() }).await;
            (request_id(), other)
        });
        assert_eq!(
            inner.await,
            (Some("one".to_owned()), Some("two".to_owned()))
        );
        assert_eq!(request_id(), None);
    }

    #[tokio::test]
    async fn work_knows_the_call_that_does_it() {
        assert_eq!(invocation(), Invocation::default());
        let header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
        let call = Invocation::new("8476a536", Some(header));
        assert_eq!(call.lambda.as_deref(), Some("8476a536"));
        assert_eq!(
            call.trace.as_deref(),
            Some("1-5759e988-bd862e3fe1be46a994272793")
        );
        assert_eq!(invoked(call.clone(), async { invocation() }).await, call);
        assert_eq!(
            Invocation::new("", Some("Sampled=0")),
            Invocation::default()
        );
    }
}
