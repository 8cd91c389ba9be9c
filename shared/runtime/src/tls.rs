//! The one TLS configuration of the system: ring's ciphers, and the roots of Mozilla's list.

use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;

/// What outside hosts are spoken to with. Reads no file: a function has what it needs when it starts.
pub fn client() -> Result<ClientConfig, rustls::Error> {
    let roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth())
}
