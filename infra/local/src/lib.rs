//! The whole system on one machine: what AWS and a database server are elsewhere, and every function.
//!
//! Its parts stand alone, so that tests take what they need: [`database`] is
//! Postgres, [`aws`] is S3 and SQS, [`pump`] carries messages from a queue to a
//! function, [`clock`] calls functions by the clock, [`data_dir`] is where
//! the state lives, [`functions`] is every function of the product, and [`remote`] reaches them where
//! they run as processes of their own. [`system`] puts them together.

pub mod aws;
pub mod clock;
pub mod data_dir;
pub mod database;
pub mod dead_letters;
pub mod demo;
pub mod functions;
pub mod keys;
pub mod observe;
pub mod pump;
pub mod remote;
pub mod screen;
pub mod system;

/// Lets every HTTP client of this process use the one TLS stack of the system, which none of them
/// brings along. A second call does nothing.
pub fn choose_tls() {
    // An error means that it was chosen before.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
