//! Whose request the present work belongs to.

use tracing::{Instrument, Span};

tokio::task_local! {
    static REQUEST: String;
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
}
