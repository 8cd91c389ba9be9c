//! The words of each mail, as text and as HTML.

use crate::text::{Block, html, plain};
use chrono::SecondsFormat;
use sentry_auth::Secret;
use sentry_auth::purpose::{CODE_LIFETIME, Purpose};
use sentry_db::mails::{MailKind, MailRow};

/// What only the person who gets the mail may know.
#[derive(Debug)]
pub struct Secrets {
    /// What link and code are good for.
    pub purpose: Purpose,
    /// Six digits to type.
    pub code: Secret,
    /// The whole address.
    pub link: Secret,
}

/// A written mail. Without `Debug`: it may hold a link.
pub struct Letter {
    /// The subject; never a secret, it is shown on locked screens.
    pub subject: &'static str,
    /// The text for those who read text.
    pub text: String,
    /// The same as HTML, without anything to be loaded.
    pub html: String,
}

/// Writes a mail.
pub fn letter(kind: MailKind, row: &MailRow, secrets: Option<&Secrets>) -> Letter {
    let (subject, sentence, advice) = words(kind);
    let mut blocks = vec![Block::Text(greeting(row)), Block::Text(sentence.to_owned())];
    if let Some(secrets) = secrets {
        blocks.push(Block::Link {
            label: subject,
            url: secrets.link.clone(),
            minutes: secrets.purpose.link_lifetime().num_minutes(),
        });
        blocks.push(Block::Code {
            code: secrets.code.clone(),
            minutes: CODE_LIFETIME.num_minutes(),
        });
    }
    blocks.extend(circumstances(row).map(Block::Text));
    blocks.push(Block::Text(advice.to_owned()));
    Letter {
        subject,
        text: plain(&blocks),
        html: html(subject, &blocks),
    }
}

fn greeting(row: &MailRow) -> String {
    // To whoever owns the address: the name may be a stranger's choice until it is proven.
    match row.first_name.as_deref().filter(|_| row.verified) {
        Some(name) => format!("Hello {name},"),
        None => "Hello,".to_owned(),
    }
}

/// When and from where, as far as it is known.
fn circumstances(row: &MailRow) -> Option<String> {
    let text = |field: &str| row.detail.get(field).and_then(|value| value.as_str());
    let at = row.created_at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut parts = vec![format!("Time: {at}")];
    for (name, field) in [
        ("Network address", "ip"),
        ("Device", "device"),
        ("Provider", "provider"),
        ("New address", "new_address"),
    ] {
        parts.extend(text(field).map(|value| format!("{name}: {value}")));
    }
    (!row.detail.as_object().is_none_or(serde_json::Map::is_empty)).then(|| parts.join("\n"))
}

const NOT_YOU: &str = "Was it not you? Choose a new password at once, look at the open sessions of your account and end those you do not know.";
const NOT_ASKED: &str =
    "If you did not ask for this, ignore this mail: without the link or the code nothing happens.";

/// Subject, what happened, and what to do.
const fn words(kind: MailKind) -> (&'static str, &'static str, &'static str) {
    match kind {
        MailKind::VerifyEmail => (
            "Confirm your address",
            "An account of Sentry AI was made with this address. Confirm that it is yours.",
            "If you did not sign up, ignore this mail and do not confirm: the account is somebody else's doing.",
        ),
        MailKind::ResetPassword => (
            "Choose a new password",
            "Somebody asked for a new password for your account of Sentry AI.",
            NOT_ASKED,
        ),
        MailKind::ChangeEmail => (
            "Confirm your new address",
            "This address is to become the one of an account of Sentry AI. Confirm that it is yours.",
            NOT_ASKED,
        ),
        MailKind::SignUpRepeated => (
            "You have an account already",
            "Somebody tried to sign up with this address, which has an account of Sentry AI. Nothing was changed.",
            "If it was you, sign in, or ask for a new password. If not, there is nothing to do.",
        ),
        MailKind::PasswordChanged => (
            "Your password was changed",
            "The password of your account of Sentry AI was changed, and all other sessions were ended.",
            NOT_YOU,
        ),
        MailKind::EmailChanged => (
            "Your address was changed",
            "Your account of Sentry AI has another address now. This is the last mail to the old one.",
            "Was it not you? Somebody had access to your account. Answer this mail to reach who runs this service.",
        ),
        MailKind::RefreshReplayed => (
            "A session was ended for your safety",
            "An old token of one of your sessions came back, as happens when a token was stolen. That session was ended everywhere; sign in again.",
            "If this happens again, choose a new password.",
        ),
        MailKind::TotpEnabled => (
            "Your second factor is on",
            "Signing in to your account of Sentry AI asks for a code of your authenticator from now on.",
            NOT_YOU,
        ),
        MailKind::TotpDisabled => (
            "Your second factor is off",
            "Signing in to your account of Sentry AI asks for no code any more.",
            NOT_YOU,
        ),
        MailKind::RecoveryCodesChanged => (
            "Your recovery codes changed",
            "A recovery code of your account of Sentry AI was used, or all of them were replaced.",
            NOT_YOU,
        ),
        MailKind::ProviderLinked => (
            "Another way in was added",
            "Your account of Sentry AI can be opened through another provider from now on.",
            NOT_YOU,
        ),
        MailKind::ProviderUnlinked => (
            "A way in was removed",
            "Your account of Sentry AI cannot be opened through this provider any more.",
            NOT_YOU,
        ),
        MailKind::ExportReady => (
            "Your data is ready",
            "The archive of everything Sentry AI holds about you is ready. Fetch it in your account within seven days.",
            NOT_YOU,
        ),
        MailKind::AccountDeleted => (
            "Your account was closed",
            "Your account of Sentry AI was closed, and everything in it is being deleted.",
            "This cannot be undone. If it was not you, answer this mail to reach who runs this service.",
        ),
    }
}
