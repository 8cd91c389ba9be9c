#![doc = include_str!("../README.md")]

mod batch;
mod messages;
mod sender;

pub use batch::{Job, JobError, run_batch};
pub use messages::{CreateTasksMessage, ExtractMessage, Message, Queue, RescoreMessage, enqueue};
pub use sender::{QueueUrls, Queues, RelayError, SendError};
