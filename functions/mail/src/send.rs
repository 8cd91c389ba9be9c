//! One mail: its link and code, its text, and out.

use crate::letter::{Letter, Secrets, letter};
use crate::transport::TransportError;
use crate::{Mail, Post};
use chrono::{DateTime, Utc};
use sentry_auth::purpose::{CODE_LIFETIME, Code, Purpose, PurposeToken};
use sentry_db::Tx;
use sentry_db::mails::{self, MailKind, MailRow};
use sentry_db::one_time_codes::{self, NewCode};
use sentry_domain::UserId;
use sentry_queue::JobError;
use uuid::Uuid;

/// So many mails an hour to one person; a stranger must not fill a mailbox.
const MOST_PER_HOUR: i64 = 20;

pub(crate) async fn send(mail: &Mail, user: UserId, id: Uuid) -> Result<(), JobError> {
    let at = mail.context.clock.now();
    let mut tx = mail.context.db.worker().await.map_err(JobError::retry)?;
    let row = mails::get(&mut tx, user, id)
        .await
        .map_err(JobError::retry)?
        .ok_or_else(|| JobError::drop("the mail is gone"))?;
    let Some(kind) = due(&row)? else {
        return Ok(());
    };
    let secrets = match purpose_of(kind) {
        Some(purpose) => Some(secrets(mail, &mut tx, (user, id, &row), purpose, at).await?),
        None => None,
    };
    // No connection is held while the mail server is spoken to.
    mail.context.commit(tx).await.map_err(JobError::retry)?;
    let written = letter(kind, &row, secrets.as_ref());
    post(&mail.post, &row, &written, id).await?;
    let mut tx = mail.context.db.worker().await.map_err(JobError::retry)?;
    mails::mark_sent(&mut tx, user, id, at)
        .await
        .map_err(JobError::retry)?;
    mail.context.commit(tx).await.map_err(JobError::retry)?;
    tracing::info!(user.id = user.0, mail.id = %id, kind = kind.as_str(), "mail sent");
    Ok(())
}

/// What the mail is about, when it is still to be sent.
fn due(row: &MailRow) -> Result<Option<MailKind>, JobError> {
    let kind = MailKind::parse(&row.kind).ok_or_else(|| JobError::drop("no such kind of mail"))?;
    if row.sent_at.is_some() || (kind == MailKind::VerifyEmail && row.verified) {
        return Ok(None);
    }
    if row.recent >= MOST_PER_HOUR {
        return Err(JobError::drop("too many mails to one person in an hour"));
    }
    Ok(Some(kind))
}

const fn purpose_of(kind: MailKind) -> Option<Purpose> {
    match kind {
        MailKind::VerifyEmail => Some(Purpose::VerifyEmail),
        MailKind::ResetPassword => Some(Purpose::ResetPassword),
        MailKind::ChangeEmail => Some(Purpose::ChangeEmail),
        _ => None,
    }
}

/// The link and the code of a mail; the same ones when it is written again.
async fn secrets(
    mail: &Mail,
    tx: &mut Tx,
    (user, id, row): (UserId, Uuid, &MailRow),
    purpose: Purpose,
    at: DateTime<Utc>,
) -> Result<Secrets, JobError> {
    let key = &mail.post.code_key;
    let salt = match one_time_codes::salt(tx, id)
        .await
        .map_err(JobError::retry)?
    {
        Some(salt) => salt,
        None => mail.ids.bytes::<32>().to_vec(),
    };
    let token = PurposeToken::derive(purpose, key, id, &salt);
    let code = Code::derive(purpose, key, id, &salt);
    let (code_hash, token_hash) = (code.hash(key, purpose, user), token.hash(key));
    let new = NewCode {
        id,
        user,
        purpose: purpose.as_str(),
        salt: &salt,
        code_hash: code_hash.as_bytes(),
        token_hash: token_hash.as_bytes(),
        target: (purpose == Purpose::ChangeEmail).then_some(row.recipient.as_str()),
        code_expires_at: at + CODE_LIFETIME,
        expires_at: at + purpose.link_lifetime(),
        at,
    };
    one_time_codes::insert(tx, &new)
        .await
        .map_err(JobError::retry)?;
    Ok(Secrets {
        purpose,
        code: code.text(),
        // In the fragment: it never reaches a server's log or another site's Referer.
        link: sentry_auth::Secret::new(format!(
            "{}/api/auth/confirm#{}={}",
            mail.post.public_url,
            purpose.as_str(),
            token.encode().expose()
        )),
    })
}

async fn post(post: &Post, row: &MailRow, letter: &Letter, id: Uuid) -> Result<(), JobError> {
    post.transport
        .send(&row.recipient, letter, id, row.created_at)
        .await
        .map_err(|error| match error {
            TransportError::Refused { .. } => JobError::drop(error),
            TransportError::Failed(_) => JobError::retry(error),
        })
}
