//! The infrastructure of one machine: what AWS and a database server are elsewhere.
//!
//! Its parts stand alone, so that tests take what they need: [`database`] is
//! Postgres, [`aws`] is S3 and SQS, [`pump`] carries messages from a queue to a
//! function, [`clock`] calls functions by the clock, and [`data_dir`] is where
//! the state lives.

pub mod aws;
pub mod clock;
pub mod data_dir;
pub mod database;
pub mod pump;
