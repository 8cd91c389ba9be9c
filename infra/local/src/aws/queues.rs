//! The SQS emulator of `awsim-sqs`, made durable and exact.
//!
//! On its own it keeps messages in memory, counts a message that comes back
//! after its visibility time-out twice (so that it is dead after three
//! deliveries instead of five) and looks for new messages every 50 ms. Here
//! every change is journaled before it is acknowledged, receives are counted
//! once, and a send wakes the receivers that wait for it.

mod requests;

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::Path;
use std::sync::Arc;

use awsim_sqs::SqsService;
use awsim_sqs::state::{Message, SqsState};
use serde::{Deserialize, Serialize};
use tokio::sync::{Notify, RwLock};

use super::journal::Journal;
use super::{ACCOUNT, REGION};

/// The queue service.
pub struct Queues {
    inner: SqsService,
    journal: Option<Journal>,
    /// Held for reading by whoever moves messages, for writing while the journal is rewritten from the queues.
    moving: RwLock<()>,
    arrivals: Notify,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "snake_case")]
enum Entry {
    Sent {
        queue: String,
        message: Box<Message>,
    },
    Received {
        id: String,
        times: u32,
    },
    Deleted {
        id: String,
    },
}

/// Messages to put back into their queues: what a journal leaves after its deletions.
type Leftover = Vec<(String, Message)>;

impl Queues {
    /// Opens the queues, with their messages journaled at `journal`, or in memory only.
    ///
    /// The messages found must be given to [`Queues::restore_messages`] once the queues exist.
    pub fn open(journal: Option<&Path>) -> io::Result<(Self, Leftover)> {
        let (journal, leftover) = match journal {
            Some(path) => {
                let (journal, entries) = Journal::open(path)?;
                (Some(journal), replay(entries))
            }
            None => (None, Leftover::new()),
        };
        let queues = Self {
            inner: SqsService::new(),
            journal,
            moving: RwLock::new(()),
            arrivals: Notify::new(),
        };
        Ok((queues, leftover))
    }

    /// Puts messages of an earlier run back; all are visible at once unless delayed.
    pub fn restore_messages(&self, leftover: Leftover) -> io::Result<()> {
        let state = self.state();
        for (name, mut message) in leftover {
            let Some(mut queue) = state.queues.get_mut(&name) else {
                tracing::warn!(
                    queue = name,
                    "dropped a message of a queue that no longer exists"
                );
                continue;
            };
            message.reinit_instants();
            queue.messages.push_back(message);
        }
        self.rewrite_journal(&state)
    }

    fn state(&self) -> Arc<SqsState> {
        self.inner.store().get(ACCOUNT, REGION)
    }

    fn append(&self, entries: &[Entry]) -> io::Result<()> {
        self.journal
            .as_ref()
            .map_or(Ok(()), |journal| journal.append(entries))
    }

    async fn rewrite_if_outgrown(&self) {
        if self.journal.as_ref().is_some_and(Journal::has_outgrown) {
            self.rewrite_now().await;
        }
    }

    async fn rewrite_now(&self) {
        let _nobody_moves = self.moving.write().await;
        if let Err(error) = self.rewrite_journal(&self.state()) {
            tracing::warn!(%error, "the queue journal could not be rewritten");
        }
    }

    fn rewrite_journal(&self, state: &SqsState) -> io::Result<()> {
        let Some(journal) = &self.journal else {
            return Ok(());
        };
        let mut entries = Vec::new();
        for queue in &state.queues {
            let in_flight = queue.inflight.values().map(|held| &held.message);
            for message in queue.messages.iter().chain(in_flight) {
                entries.push(Entry::Sent {
                    queue: queue.key().clone(),
                    message: Box::new(message.clone()),
                });
            }
        }
        journal.rewrite(&entries)
    }
}

/// What is left of a journal. Order within it does not matter for deletions: a
/// quick worker's may stand before the send it answers.
fn replay(entries: Vec<Entry>) -> Leftover {
    let mut sent: Vec<(String, Message)> = Vec::new();
    let mut known = HashSet::new();
    let mut times: HashMap<String, u32> = HashMap::new();
    let mut deleted = HashSet::new();
    for entry in entries {
        match entry {
            Entry::Sent { queue, message } => {
                if known.insert(message.message_id.clone()) {
                    sent.push((queue, *message));
                }
            }
            Entry::Received { id, times: count } => {
                let most = times.entry(id).or_default();
                *most = count.max(*most);
            }
            Entry::Deleted { id } => {
                deleted.insert(id);
            }
        }
    }
    sent.retain(|(_, message)| !deleted.contains(&message.message_id));
    for (_, message) in &mut sent {
        if let Some(count) = times.get(&message.message_id) {
            message.receive_count = message.receive_count.max(*count);
        }
    }
    sent
}
