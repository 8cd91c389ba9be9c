//! The routes of a function: served everywhere, described only where the document of the API is made.
//!
//! Descriptions and schemas of a whole function are some three hundred kilobytes and a millisecond of every start. They
//! are built with the feature `document`, which no function asks for.

use axum::Router;
use axum::handler::Handler;
use axum::routing::{MethodFilter, on};
use utoipa::__dev::{SchemaReferences, Tags};
use utoipa::Path;
use utoipa::openapi::HttpMethod;

/// The routes of a function, made by [`routes!`](crate::routes).
#[expect(missing_debug_implementations, reason = "a document has none")]
pub struct Routes<S = ()> {
    router: Router<S>,
    #[cfg(feature = "document")]
    document: utoipa::openapi::OpenApi,
}

/// The routes of handlers that say in `#[utoipa::path]` where they are, each as `module::handler`.
#[macro_export]
macro_rules! routes {
    ($($module:ident :: $handler:ident),* $(,)?) => {
        $crate::paste! {
            $crate::Routes::new()
                $(.with::<$module::[<__path_ $handler>], _, _>($module::$handler))*
        }
    };
}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    /// No routes.
    #[expect(
        clippy::new_without_default,
        reason = "nobody wants a function without routes"
    )]
    pub fn new() -> Self {
        Self {
            router: Router::new(),
            #[cfg(feature = "document")]
            document: utoipa::openapi::OpenApi::default(),
        }
    }

    /// Adds a handler at the place that `P` names.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "handlers are given as to axum"
    )]
    pub fn with<P, H, T>(mut self, handler: H) -> Self
    where
        P: Path + for<'t> Tags<'t> + SchemaReferences,
        H: Handler<T, S>,
        T: 'static,
    {
        for method in P::methods() {
            let route = on(filter(&method), handler.clone());
            self.router = self.router.route(&P::path(), route);
        }
        #[cfg(feature = "document")]
        self.describe::<P>();
        self
    }

    #[cfg(feature = "document")]
    fn describe<P: Path + for<'t> Tags<'t> + SchemaReferences>(&mut self) {
        let mut operation = P::operation();
        let tags = P::tags();
        if !tags.is_empty() {
            let known = operation.tags.get_or_insert_default();
            known.extend(tags.iter().map(ToString::to_string));
        }
        let paths = &mut self.document.paths;
        paths.add_path_operation(P::path(), P::methods(), operation);
        let mut schemas = Vec::new();
        P::schemas(&mut schemas);
        let components = self.document.components.get_or_insert_default();
        components.schemas.extend(schemas);
    }

    /// These and the others.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        #[cfg(feature = "document")]
        self.document.merge(other.document);
        self
    }

    /// The same with the state that their handlers take.
    pub fn with_state<T>(self, state: S) -> Routes<T> {
        Routes {
            router: self.router.with_state(state),
            #[cfg(feature = "document")]
            document: self.document,
        }
    }

    /// The document of these routes.
    #[cfg(feature = "document")]
    pub fn into_document(self) -> utoipa::openapi::OpenApi {
        self.document
    }
}

impl<S> From<Routes<S>> for Router<S> {
    fn from(routes: Routes<S>) -> Self {
        routes.router
    }
}

fn filter(method: &HttpMethod) -> MethodFilter {
    match method {
        HttpMethod::Get => MethodFilter::GET,
        HttpMethod::Put => MethodFilter::PUT,
        HttpMethod::Post => MethodFilter::POST,
        HttpMethod::Head => MethodFilter::HEAD,
        HttpMethod::Patch => MethodFilter::PATCH,
        HttpMethod::Trace => MethodFilter::TRACE,
        HttpMethod::Delete => MethodFilter::DELETE,
        HttpMethod::Options => MethodFilter::OPTIONS,
    }
}
