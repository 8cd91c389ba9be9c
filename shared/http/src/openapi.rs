//! The document of the API, completed with what is true of every operation.

use crate::Problem;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use utoipa::PartialSchema;
use utoipa::ToSchema;
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, HttpMethod, InfoBuilder, OpenApi, OpenApiBuilder, PathItem,
    Ref, RefOr, ResponseBuilder,
};

/// The name of the security scheme: an access token in the `Authorization` header.
pub const BEARER: &str = "bearer";

/// Merges the documents of all functions and completes the result.
pub fn merge(documents: impl IntoIterator<Item = OpenApi>) -> OpenApi {
    let mut components = ComponentsBuilder::new()
        .security_scheme(
            BEARER,
            SecurityScheme::Http(
                HttpBuilder::new()
                    .scheme(HttpAuthScheme::Bearer)
                    .bearer_format("JWT")
                    .build(),
            ),
        )
        .schema(Problem::name(), Problem::schema());
    let mut nested = Vec::new();
    Problem::schemas(&mut nested);
    components = components.schemas_from_iter(nested);
    let mut merged = OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Sentry AI")
                .version(env!("CARGO_PKG_VERSION"))
                .build(),
        )
        .components(Some(components.build()))
        .build();
    for document in documents {
        merged.merge(document);
    }
    for item in merged.paths.paths.values_mut() {
        for (method, operation) in operations(item) {
            complete(&method, operation);
        }
    }
    merged
}

/// Every operation of a path, with its method.
pub fn operations(item: &mut PathItem) -> impl Iterator<Item = (HttpMethod, &mut Operation)> {
    [
        (HttpMethod::Get, &mut item.get),
        (HttpMethod::Put, &mut item.put),
        (HttpMethod::Post, &mut item.post),
        (HttpMethod::Delete, &mut item.delete),
        (HttpMethod::Patch, &mut item.patch),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

/// An operation is open to strangers only where it says so (`security(())`).
pub fn needs_caller(operation: &Operation) -> bool {
    operation
        .security
        .as_ref()
        .is_none_or(|requirements| !requirements.contains(&SecurityRequirement::default()))
}

/// The committed document, which CI holds equal to the code.
const COMMITTED: &str = include_str!("../../../infra/openapi.json");

/// This document: every route of the API, its input and its answers.
#[utoipa::path(get, path = "/api/openapi.json", operation_id = "get_api_document", tag = "meta", security(()),
    responses((status = 200, description = "An OpenAPI 3.1 document", body = Object)))]
#[expect(clippy::unused_async, reason = "a handler is a future")]
pub async fn get_document() -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "application/json"),
        (CACHE_CONTROL, "public, max-age=300"),
    ];
    (headers, COMMITTED)
}

/// Adds the answers that follow from what an operation takes.
fn complete(method: &HttpMethod, operation: &mut Operation) {
    let takes = |place: ParameterIn| {
        operation
            .parameters
            .iter()
            .flatten()
            .any(|parameter| match parameter {
                RefOr::T(parameter) => parameter.parameter_in == place,
                RefOr::Ref(_) => false,
            })
    };
    let (in_path, in_query) = (takes(ParameterIn::Path), takes(ParameterIn::Query));
    let mut add = |status: u16, description: &str| {
        operation
            .responses
            .responses
            .entry(status.to_string())
            .or_insert_with(|| problem(description));
    };
    add(429, "Too many requests");
    add(503, "A dependency does not answer");
    if in_path {
        add(404, "Not there, or not the caller's");
    }
    if in_query || *method != HttpMethod::Get {
        add(422, "Some input is not valid");
    }
    if *method != HttpMethod::Get {
        add(400, "The request cannot be read");
        add(401, "No valid token, or its session has ended");
        add(
            403,
            "More is needed: the password, a second factor, or a page's own token",
        );
        add(409, "The request does not fit the present state");
        add(413, "The request is too large");
        add(415, "The body is of a type that is not accepted");
    }
    if needs_caller(operation) {
        operation
            .responses
            .responses
            .entry("401".to_owned())
            .or_insert_with(|| problem("No valid access token, or its session has ended"));
        operation.security = Some(vec![SecurityRequirement::new(BEARER, Vec::<String>::new())]);
    }
}

fn problem(description: &str) -> RefOr<utoipa::openapi::Response> {
    let schema = Ref::from_schema_name(Problem::name());
    let content = ContentBuilder::new().schema(Some(schema)).build();
    ResponseBuilder::new()
        .description(description)
        .content("application/problem+json", content)
        .build()
        .into()
}

#[derive(utoipa::OpenApi)]
#[openapi(paths(crate::health::health, crate::health::ready))]
struct HealthDocument;

/// The document of the routes that every function has.
pub fn health() -> OpenApi {
    <HealthDocument as utoipa::OpenApi>::openapi()
}
