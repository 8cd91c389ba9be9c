#![doc = include_str!("../README.md")]

mod batch;
mod context;
mod messages;
mod retry;
mod sender;
mod tick;

pub use batch::{Job, JobError, run_batch};
pub use context::{WorkerContext, database};
pub use messages::{
    CreateTasksMessage, ExportMessage, ExtractMessage, MailMessage, Message, Queue, RescoreMessage,
    enqueue, enqueue_all, enqueue_rescore, request_rescore,
};
pub use retry::RETRY_SECONDS;
pub use sender::{QueueUrls, Queues, RelayError, SendError};
pub use tick::run_tick;
