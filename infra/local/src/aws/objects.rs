//! The S3 emulator of `awsim-s3`, made durable, with notifications that cannot be lost.
//!
//! On its own it writes bodies to disk but keeps what it knows about them in
//! memory, deletes the fresh body when an object is overwritten, and announces
//! events on an in-process channel. Here an answered `PUT` means: body on disk,
//! metadata journaled, notification accepted by the queue.

mod files;
mod requests;

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::path::Path;
use std::sync::Arc;

use awsim_core::{AwsError, BlobInventory, Body};
use awsim_s3::S3Service;
use awsim_s3::state::{ObjectVersions, S3Object, S3State};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use super::ACCOUNT;
use super::journal::Journal;
use super::queues::Queues;

/// Where `awsim-s3` keeps its one state, whatever the region of a bucket.
const GLOBAL: &str = "global";
/// Where bodies are collected until they are whole.
const INCOMING: &str = "incoming";

/// The object service.
pub struct Objects {
    inner: S3Service,
    journal: Option<Journal>,
    queues: Arc<Queues>,
    /// One write at a time: two to one key would delete each other's body, and
    /// a journal may only be rewritten while nothing changes.
    writing: Mutex<()>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "snake_case")]
enum Entry {
    Written {
        bucket: String,
        object: Box<S3Object>,
    },
    Deleted {
        bucket: String,
        key: String,
    },
}

/// Objects of an earlier run, by bucket and key.
type Leftover = BTreeMap<(String, String), S3Object>;

impl Objects {
    /// Opens the store, with bodies and journal under `folder`, or in memory only.
    ///
    /// The objects found must be given to [`Objects::restore_objects`] once the buckets exist.
    pub fn open(folder: Option<&Path>, queues: Arc<Queues>) -> io::Result<(Self, Leftover)> {
        let Some(folder) = folder else {
            let in_memory = Self {
                inner: S3Service::new(),
                journal: None,
                queues,
                writing: Mutex::new(()),
            };
            return Ok((in_memory, Leftover::new()));
        };
        let (journal, entries) = Journal::open(&folder.join("objects.journal"))?;
        let inner = S3Service::with_data_dir(folder);
        Ok((
            Self {
                inner,
                journal: Some(journal),
                queues,
                writing: Mutex::new(()),
            },
            replay(entries),
        ))
    }

    /// Puts objects of an earlier run back, and deletes bodies that no finished write owns.
    pub fn restore_objects(&self, leftover: Leftover) -> io::Result<()> {
        let Some(bodies) = self.inner.body_store() else {
            return Ok(());
        };
        let state = self.state();
        state.set_body_store(Arc::clone(bodies));
        for ((bucket, key), mut object) in leftover {
            // Not the path of the journal: the folder may have moved since.
            let path = bodies.blob_path("objects", &bucket, &body_name(&key))?;
            let Some(home) = state.buckets.get(&bucket).filter(|_| path.is_file()) else {
                tracing::warn!(
                    bucket,
                    key,
                    "dropped an object whose bucket or body is gone"
                );
                continue;
            };
            object.body = Body::OnDisk(path);
            home.objects.insert(
                key,
                ObjectVersions {
                    versions: vec![object],
                },
            );
        }
        let known: HashSet<_> = self.inner.known_blobs().into_iter().collect();
        bodies.gc_orphaned(S3Service::GROUPS, &known)?;
        match std::fs::remove_dir_all(bodies.root().join(INCOMING)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        self.rewrite_journal(&state)
    }

    fn state(&self) -> Arc<S3State> {
        self.inner.store().get(ACCOUNT, GLOBAL)
    }

    fn record(&self, bucket: &str, keys: Vec<String>) -> io::Result<()> {
        let Some(journal) = &self.journal else {
            return Ok(());
        };
        let state = self.state();
        let Some(home) = state.buckets.get(bucket) else {
            return Ok(());
        };
        let entries: Vec<Entry> = keys
            .into_iter()
            .map(|key| {
                match home
                    .objects
                    .get(&key)
                    .and_then(|versions| versions.current().cloned())
                {
                    Some(object) => Entry::Written {
                        bucket: bucket.to_owned(),
                        object: Box::new(object),
                    },
                    None => Entry::Deleted {
                        bucket: bucket.to_owned(),
                        key,
                    },
                }
            })
            .collect();
        journal.append(&entries)?;
        drop(home);
        if journal.has_outgrown() {
            self.rewrite_journal(&state)
        } else {
            Ok(())
        }
    }

    fn rewrite_journal(&self, state: &S3State) -> io::Result<()> {
        let Some(journal) = &self.journal else {
            return Ok(());
        };
        let mut entries = Vec::new();
        for bucket in &state.buckets {
            for versions in &bucket.objects {
                if let Some(object) = versions.current() {
                    entries.push(Entry::Written {
                        bucket: bucket.name.clone(),
                        object: Box::new(object.clone()),
                    });
                }
            }
        }
        journal.rewrite(&entries)
    }
}

/// The name `awsim-s3` gives the file of an object in a bucket without versions.
fn body_name(key: &str) -> String {
    format!("{key}@v=null")
}

fn not_stored(error: &io::Error) -> AwsError {
    AwsError::internal(format!("the object could not be written to disk: {error}"))
}

fn replay(entries: Vec<Entry>) -> Leftover {
    let mut objects = Leftover::new();
    for entry in entries {
        match entry {
            Entry::Written { bucket, object } => {
                objects.insert((bucket, object.key.clone()), *object);
            }
            Entry::Deleted { bucket, key } => {
                objects.remove(&(bucket, key));
            }
        }
    }
    objects
}
