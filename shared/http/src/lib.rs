#![doc = include_str!("../README.md")]

pub mod openapi;
pub mod token_keys;

mod aliases;
mod app;
mod body;
mod caller;
mod cors;
mod edge;
mod error;
mod health;
mod paging;
mod params;
mod patch;
mod problem;
mod routes;
mod run;
mod wording;
mod write;

#[doc(hidden)]
pub use pastey::paste;

pub use aliases::canonical_path;
pub use app::App;
pub use body::{Body, parse_json};
pub use caller::Caller;
pub use cors::{allowed_origins, cors};
pub use edge::{RequestId, canonical, edge};
pub use error::{ApiError, Conflict, FieldError};
pub use health::{Probe, Probed};
pub use paging::{DEFAULT_LIMIT, Items, MAX_LIMIT, Page, decode_cursor, encode_cursor};
pub use params::{Params, PathParams};
pub use patch::Patch;
pub use problem::Problem;
pub use routes::Routes;
pub use run::{RunError, run};
pub use wording::readable;
pub use write::{IdempotencyKey, Write};
