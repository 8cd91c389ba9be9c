//! Mails that a request makes necessary.

use crate::client::Client;
use chrono::{DateTime, Utc};
use sentry_db::Tx;
use sentry_db::mails::{self, MailKind, NewMail};
use sentry_domain::UserId;
use sentry_http::{ApiError, App};
use sentry_queue::{MailMessage, enqueue};
use serde_json::{Value, json};

/// What a notice says of the request that caused it.
pub fn circumstances(client: &Client) -> Value {
    json!({ "ip": client.ip, "device": client.device })
}

/// Writes a mail to the person, in the transaction that makes it necessary. `recipient` is another
/// address than the account's own.
pub async fn write(
    app: &App,
    tx: &mut Tx,
    (user, kind): (UserId, MailKind),
    recipient: Option<&str>,
    detail: &Value,
    at: DateTime<Utc>,
) -> Result<(), ApiError> {
    let mail = NewMail {
        id: app.ids.uuid(at),
        user,
        kind,
        recipient,
        detail,
        at,
    };
    mails::insert(tx, &mail).await?;
    let message = MailMessage::Send {
        user_id: user,
        mail_id: mail.id,
    };
    Ok(enqueue(tx, &message, 0).await?)
}

/// Commits, and sends the messages that were written with it.
pub async fn commit(app: &App, tx: Tx) -> Result<(), ApiError> {
    let outgoing = tx.commit().await?;
    app.queues.send(&app.db, outgoing).await;
    Ok(())
}
