//! What functions tell each other.

use sentry_db::{Tx, rescores};
use sentry_domain::{UploadId, UserId};
use sentry_runtime::telemetry;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// The field of a message that names the request which caused it.
const CAUSED_BY: &str = "caused_by";

/// The queues of the system. Each has a dead-letter queue beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Queue {
    /// Files that have arrived.
    Uploads,
    /// Extracted items to save.
    TaskCreation,
    /// Users whose score is out of date.
    BurnoutRescore,
    /// Mails to write and send.
    Mail,
    /// Archives to make.
    Exports,
}

impl Queue {
    /// Every queue.
    pub const ALL: &'static [Self] = &[
        Self::Uploads,
        Self::TaskCreation,
        Self::BurnoutRescore,
        Self::Mail,
        Self::Exports,
    ];

    /// Its name, in the outbox as well as in the template.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Uploads => "uploads",
            Self::TaskCreation => "task-creation",
            Self::BurnoutRescore => "burnout-rescore",
            Self::Mail => "mail",
            Self::Exports => "exports",
        }
    }

    /// The environment variable that holds its URL.
    pub const fn url_setting(self) -> &'static str {
        match self {
            Self::Uploads => "UPLOADS_QUEUE_URL",
            Self::TaskCreation => "TASK_CREATION_QUEUE_URL",
            Self::BurnoutRescore => "BURNOUT_RESCORE_QUEUE_URL",
            Self::Mail => "MAIL_QUEUE_URL",
            Self::Exports => "EXPORTS_QUEUE_URL",
        }
    }
}

/// A message that knows its queue.
pub trait Message: Serialize + DeserializeOwned + Send {
    /// Where it travels.
    const QUEUE: Queue;

    /// Reads the body of a queue's message. One body may hold several: S3 sends its events so.
    fn parse(body: &str) -> Result<Vec<Self>, serde_json::Error> {
        serde_json::from_str(body).map(|message| vec![message])
    }
}

/// Read what a person has sent, with whatever models there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum ExtractMessage {
    /// The bytes of this upload are in the bucket.
    #[serde(rename = "extract.v1")]
    Upload {
        /// Whose it is.
        user_id: UserId,
        /// Which.
        upload_id: UploadId,
    },
    /// These texts of a person wait for a language model, which the person has allowed to read them.
    #[serde(rename = "read-texts.v1")]
    Texts {
        /// Whose they are.
        user_id: UserId,
        /// Which: at most 300.
        text_ids: Vec<Uuid>,
    },
}

impl Message for ExtractMessage {
    const QUEUE: Queue = Queue::Uploads;

    /// Understands S3's own event beside ours. Objects that are not uploads are none of ours,
    /// and neither is the test event that S3 sends when notifications are set up.
    fn parse(body: &str) -> Result<Vec<Self>, serde_json::Error> {
        let value: Value = serde_json::from_str(body)?;
        if value.get("Event").and_then(|event| event.as_str()) == Some("s3:TestEvent") {
            return Ok(Vec::new());
        }
        let Some(records) = value.get("Records") else {
            return serde_json::from_value(value).map(|message| vec![message]);
        };
        let records: Vec<aws_lambda_events::s3::S3EventRecord> = Deserialize::deserialize(records)?;
        Ok(records
            .iter()
            .filter_map(|record| upload_of_key(record.s3.object.key.as_deref()?))
            .map(|(user_id, upload_id)| Self::Upload { user_id, upload_id })
            .collect())
    }
}

/// The ids in `users/{user}/uploads/{upload}/{name}`.
fn upload_of_key(key: &str) -> Option<(UserId, UploadId)> {
    let mut parts = key.split('/');
    let (users, user, uploads, upload) =
        (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    (users == "users" && uploads == "uploads" && parts.next().is_some())
        .then(|| Some((UserId(user.parse().ok()?), UploadId(upload.parse().ok()?))))?
}

/// Save extracted items as tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum CreateTasksMessage {
    /// The items of this upload are stored and wait to be saved.
    #[serde(rename = "create-tasks.v1")]
    Upload {
        /// Whose it is.
        user_id: UserId,
        /// Which.
        upload_id: UploadId,
    },
}

impl Message for CreateTasksMessage {
    const QUEUE: Queue = Queue::TaskCreation;
}

/// Compute scores anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum RescoreMessage {
    /// Something of this user's has changed.
    #[serde(rename = "rescore.v1")]
    User {
        /// Whose score.
        user_id: UserId,
    },
    /// The nightly run for users whose day has turned.
    #[serde(rename = "rescore-nightly.v1")]
    Nightly {
        /// At most 500.
        user_ids: Vec<UserId>,
    },
}

impl Message for RescoreMessage {
    const QUEUE: Queue = Queue::BurnoutRescore;
}

/// Write to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum MailMessage {
    /// A mail is written down and waits to be sent.
    #[serde(rename = "mail.v1")]
    Send {
        /// Whose account it is about.
        user_id: UserId,
        /// Which.
        mail_id: Uuid,
    },
    /// A stranger asked for a mail to an address that may have an account.
    #[serde(rename = "mail-request.v1")]
    Requested {
        /// Which request.
        request_id: Uuid,
    },
}

impl Message for MailMessage {
    const QUEUE: Queue = Queue::Mail;
}

/// Gather what the system holds about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum ExportMessage {
    /// This archive was asked for.
    #[serde(rename = "export.v1")]
    Export {
        /// By whom.
        user_id: UserId,
        /// Which.
        export_id: Uuid,
    },
}

impl Message for ExportMessage {
    const QUEUE: Queue = Queue::Exports;
}

/// Writes a message that leaves when `tx` commits, hidden for `delay_seconds` (0 to 900) after.
pub async fn enqueue<M: Message>(
    tx: &mut Tx,
    message: &M,
    delay_seconds: i32,
) -> Result<(), sentry_db::Error> {
    let body = body(message, telemetry::request_id().as_deref())?;
    tx.enqueue(M::QUEUE.name(), body, delay_seconds).await
}

/// Seconds after the first change of a burst until the score is computed anew.
const RESCORE_DELAY_SECONDS: i32 = 5;

/// Lets the score of `owner` follow a change, once for a burst of changes. `first` is what the
/// statement that noted the request said: true when no message is under way yet.
pub async fn enqueue_rescore(
    tx: &mut Tx,
    owner: UserId,
    first: bool,
) -> Result<(), sentry_db::Error> {
    if first {
        let message = RescoreMessage::User { user_id: owner };
        enqueue(tx, &message, RESCORE_DELAY_SECONDS).await?;
    }
    Ok(())
}

/// The same for a change whose statement notes no request itself.
pub async fn request_rescore(tx: &mut Tx, owner: UserId) -> Result<(), sentry_db::Error> {
    let first = rescores::request(tx, owner).await?;
    enqueue_rescore(tx, owner, first).await
}

/// Writes many messages with one statement; see [`enqueue`].
pub async fn enqueue_all<M: Message>(
    tx: &mut Tx,
    messages: &[M],
    delay_seconds: i32,
) -> Result<(), sentry_db::Error> {
    let request = telemetry::request_id();
    let bodies = messages
        .iter()
        .map(|message| body(message, request.as_deref()))
        .collect::<Result<Vec<_>, _>>()?;
    tx.enqueue_all(M::QUEUE.name(), &bodies, delay_seconds)
        .await
}

/// The message as it travels, with the id of the request that caused it.
fn body(message: &impl Message, request: Option<&str>) -> Result<Value, sentry_db::Error> {
    let mut body =
        serde_json::to_value(message).map_err(|error| sentry_db::Error::Encode(Box::new(error)))?;
    if let (Some(fields), Some(request)) = (body.as_object_mut(), request) {
        fields.insert(CAUSED_BY.to_owned(), Value::from(request));
    }
    Ok(body)
}

/// What every message may say beside its own.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Envelope {
    /// The request that caused it.
    #[serde(default)]
    pub caused_by: Option<String>,
    /// Its type.
    #[serde(default, rename = "type")]
    kind: Option<String>,
    /// What only an event of S3 has.
    #[serde(default, rename = "Records")]
    records: Option<IgnoredAny>,
}

impl Envelope {
    /// The type of the message; `s3` for an event of S3, `none` where there is no telling.
    pub fn kind(&self) -> &str {
        let s3 = self.records.map(|_| "s3");
        self.kind.as_deref().or(s3).unwrap_or("none")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_s3_event_names_the_upload() {
        let body = include_str!("../tests/s3-object-created.json");
        assert_eq!(
            ExtractMessage::parse(body).unwrap(),
            [ExtractMessage::Upload {
                user_id: UserId(12),
                upload_id: UploadId(345)
            }]
        );
    }

    #[test]
    fn what_is_not_an_upload_is_passed_over_and_what_is_unreadable_is_an_error() {
        let test = r#"{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"}"#;
        assert_eq!(ExtractMessage::parse(test).unwrap(), []);
        let other =
            include_str!("../tests/s3-object-created.json").replace("uploads/345", "exports/345");
        assert_eq!(ExtractMessage::parse(&other).unwrap(), []);
        for body in [
            "",
            "{}",
            "[]",
            "null",
            r#"{"type":"extract.v9"}"#,
            r#"{"Records":7}"#,
        ] {
            assert!(ExtractMessage::parse(body).is_err(), "{body}");
        }
    }

    #[test]
    fn a_message_says_which_request_caused_it_and_reads_the_same() {
        let message = RescoreMessage::User { user_id: UserId(7) };
        let sent = body(&message, Some("checkout-17")).unwrap();
        assert_eq!(sent[CAUSED_BY], "checkout-17");
        assert_eq!(RescoreMessage::parse(&sent.to_string()).unwrap(), [message]);
    }

    #[test]
    fn keys_of_other_shapes_name_nothing() {
        for key in [
            "",
            "users/1/uploads/2",
            "users/x/uploads/2/a",
            "a/1/uploads/2/a",
            "users//uploads//",
        ] {
            assert_eq!(upload_of_key(key), None, "{key}");
        }
    }
}
