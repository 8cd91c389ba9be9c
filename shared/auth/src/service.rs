//! Tokens for machine callers: named, scoped and revocable through their row.

use crate::opaque::{Kind, OpaqueToken};

/// Marks tokens of services.
#[derive(Debug, Clone)]
pub struct Service;

impl Kind for Service {
    const PREFIX: &'static str = "sentry_st_";
}

/// The token of a trusted service; its id is the row with name, scopes and last use.
pub type ServiceToken = OpaqueToken<Service>;
