//! How mails leave: by SMTP, by SES, or into a folder where a person reads them.

mod ses;

use crate::Letter;
use aws_sdk_sesv2::Client as Ses;
use chrono::{DateTime, Utc};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use sentry_runtime::{SettingError, Settings};
use std::path::PathBuf;
use std::time::Duration;
use uuid::Uuid;

const PATIENCE: Duration = Duration::from_secs(10);

/// How mails leave.
#[derive(Debug)]
pub struct Transport {
    from: Mailbox,
    way: Way,
}

enum Way {
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
    Ses(Ses),
    Folder(PathBuf),
}

impl std::fmt::Debug for Way {
    /// Without the address of the server, which holds a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Smtp(_) => f.write_str("Smtp"),
            Self::Ses(_) => f.write_str("Ses"),
            Self::Folder(path) => f.debug_tuple("Folder").field(path).finish(),
        }
    }
}

/// Why a mail did not leave. None of the sentences names the address: servers like to quote it.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// This address or this mail is refused for good.
    #[error("the mail server refuses this mail for good ({code})")]
    Refused {
        /// The server's code, or the name SES gives; 0 when the address was not even one.
        code: String,
    },
    /// The server, the way to it or our credentials: a later attempt may succeed.
    #[error("the mail could not be handed over: {0}")]
    Failed(String),
}

impl Transport {
    /// By `MAIL_URL` (`smtps://user:password@host:465`, `smtp://user:password@host:587?tls=required`,
    /// `ses://eu-central-1` with the credentials of the process), else into `MAIL_FOLDER`. Does no I/O.
    pub fn from_settings(settings: &Settings) -> Result<Self, SettingError> {
        let url = settings.optional("MAIL_URL");
        let from = match url {
            Some(_) => settings.required("MAIL_FROM")?,
            // Nobody gets these but whoever reads the folder.
            None => settings
                .optional("MAIL_FROM")
                .unwrap_or("Sentry AI <sentry@localhost>"),
        };
        let from = from.parse().map_err(|_| SettingError::Wrong {
            name: "MAIL_FROM",
            reason: "expected an address such as Sentry AI <no-reply@example.org>".to_owned(),
        })?;
        let way = match url {
            Some(url) => match url.strip_prefix("ses://") {
                Some(region) => Way::Ses(ses::client(settings, region)?),
                None => Way::Smtp(Box::new(smtp(url)?)),
            },
            None => Way::Folder(PathBuf::from(
                settings
                    .required("MAIL_FOLDER")
                    .map_err(|_| SettingError::Missing("MAIL_URL"))?,
            )),
        };
        Ok(Self { from, way })
    }

    /// Sends a mail. `id` names it, so that a second copy is recognised as one.
    pub async fn send(
        &self,
        recipient: &str,
        letter: &Letter,
        id: Uuid,
        at: DateTime<Utc>,
    ) -> Result<(), TransportError> {
        let message = self.message(recipient, letter, id, at)?;
        match &self.way {
            // The server's own patience does not reach into a handshake that never comes.
            Way::Smtp(server) => match tokio::time::timeout(PATIENCE, server.send(message)).await {
                Ok(outcome) => outcome.map(drop).map_err(|error| not_taken(&error)),
                Err(_) => Err(TransportError::Failed(
                    "the server does not answer".to_owned(),
                )),
            },
            Way::Ses(client) => {
                ses::send(client, &self.from.email, recipient, message.formatted()).await
            }
            Way::Folder(folder) => keep(folder, id, &message.formatted()).await,
        }
    }

    fn message(
        &self,
        recipient: &str,
        letter: &Letter,
        id: Uuid,
        at: DateTime<Utc>,
    ) -> Result<Message, TransportError> {
        let refused = |_| TransportError::Refused {
            code: "0".to_owned(),
        };
        let to: Address = recipient.parse().map_err(refused)?;
        let auto = HeaderName::new_from_ascii_str("Auto-Submitted");
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject)
            .date(at.into())
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .raw_header(HeaderValue::new(auto, "auto-generated".to_owned()))
            .multipart(MultiPart::alternative_plain_html(
                letter.text.clone(),
                letter.html.clone(),
            ))
            .map_err(|_| TransportError::Refused {
                code: "0".to_owned(),
            })
    }
}

fn smtp(url: &str) -> Result<AsyncSmtpTransport<Tokio1Executor>, SettingError> {
    let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| {
        SettingError::Wrong {
            name: "MAIL_URL",
            reason: "expected smtps://user:password@host:465, smtp://user:password@host:587?tls=required or ses://region".to_owned(),
        }
    })?;
    Ok(server.timeout(Some(PATIENCE)).build())
}

fn not_taken(error: &lettre::transport::smtp::Error) -> TransportError {
    let code = error.status().map(u16::from).unwrap_or_default();
    // 53x is about us; other permanent refusals are about this mail.
    if error.is_permanent() && !(530..540).contains(&code) {
        TransportError::Refused {
            code: code.to_string(),
        }
    } else {
        TransportError::Failed(format!("{} ({code})", kind(error)))
    }
}

/// The kind of an SMTP error, without what the server said.
fn kind(error: &lettre::transport::smtp::Error) -> &'static str {
    if error.is_timeout() {
        "the server does not answer"
    } else if error.is_tls() {
        "no encrypted connection"
    } else if error.is_response() || error.is_client() {
        "not understood"
    } else if error.is_transient() || error.is_permanent() {
        "refused for now"
    } else {
        "no connection"
    }
}

/// One file per mail, complete or not there at all.
async fn keep(folder: &std::path::Path, id: Uuid, bytes: &[u8]) -> Result<(), TransportError> {
    let failed = |error: std::io::Error| TransportError::Failed(error.kind().to_string());
    tokio::fs::create_dir_all(folder).await.map_err(failed)?;
    let draft = folder.join(format!(".{id}.new"));
    tokio::fs::write(&draft, bytes).await.map_err(failed)?;
    tokio::fs::rename(&draft, folder.join(format!("{id}.eml")))
        .await
        .map_err(failed)
}
