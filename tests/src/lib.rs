//! The system as a test sees it: through its front door, with a database of its own.
//!
//! The clock stands at [`MONDAY`] and ids are seeded, so that answers can be compared as they are.

#![expect(clippy::expect_used, reason = "a test ends where its premise does")]

mod answer;
mod app;
mod bootstrap;
mod database;
mod installed;
mod letter;
mod person;
mod serve;

pub use answer::Answer;
pub use app::{MONDAY, PUBLIC_URL, TestApp};
pub use bootstrap::{Bootstrap, build};
pub use database::TestDatabase;
pub use installed::installed;
pub use letter::Letter;
pub use person::Person;
pub use serve::serve;
