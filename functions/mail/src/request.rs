//! What strangers ask for by address: written only to an address that has an account. Nobody who
//! asks sees what happens here, nor how long it takes.

use crate::Mail;
use sentry_db::activities::{self, Action};
use sentry_db::mails::{self, MailKind, NewMail};
use sentry_queue::{JobError, MailMessage, enqueue};
use serde_json::json;
use uuid::Uuid;

pub(crate) async fn answer(mail: &Mail, request_id: Uuid) -> Result<(), JobError> {
    let at = mail.context.clock.now();
    let mut tx = mail.context.db.worker().await.map_err(JobError::retry)?;
    let request = mails::take_request(&mut tx, request_id)
        .await
        .map_err(JobError::retry)?
        .ok_or_else(|| JobError::drop("the request was answered"))?;
    let kind = match request.purpose.as_str() {
        "reset_password" => Some(MailKind::ResetPassword),
        "verify_email" if !request.verified => Some(MailKind::VerifyEmail),
        _ => None,
    };
    if let (Some(user), Some(kind)) = (request.user, kind) {
        let new = NewMail {
            id: mail.ids.uuid(at),
            user,
            kind,
            recipient: None,
            detail: &json!({ "ip": request.ip }),
            at,
        };
        mails::insert(&mut tx, &new)
            .await
            .map_err(JobError::retry)?;
        if kind == MailKind::ResetPassword {
            let ip = request.ip.as_deref();
            let action = Action::PasswordResetRequested;
            activities::add(&mut tx, Some(user), action, &json!({}), ip, at)
                .await
                .map_err(JobError::retry)?;
        }
        let message = MailMessage::Send {
            user_id: user,
            mail_id: new.id,
        };
        enqueue(&mut tx, &message, 0)
            .await
            .map_err(JobError::retry)?;
    }
    mail.context.commit(tx).await.map_err(JobError::retry)
}
