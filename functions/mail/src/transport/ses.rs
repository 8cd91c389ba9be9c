//! Mails by the API of Amazon SES, with the rights of the function instead of a password.

use super::{PATIENCE, TransportError};
use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::config::Region;
use aws_sdk_sesv2::config::timeout::TimeoutConfig;
use aws_sdk_sesv2::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_sesv2::operation::send_email::SendEmailError;
use aws_sdk_sesv2::primitives::Blob;
use aws_sdk_sesv2::types::{Destination, EmailContent, RawMessage};
use lettre::Address;
use sentry_runtime::{SettingError, Settings, aws};

/// A client for a region, which may be another than the deployment's. Does no I/O.
pub(super) fn client(settings: &Settings, region: &str) -> Result<Client, SettingError> {
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if region.is_empty() || !region.chars().all(letters) {
        return Err(SettingError::Wrong {
            name: "MAIL_URL",
            reason: "expected a region behind ses://, such as ses://eu-central-1".to_owned(),
        });
    }
    let config = aws::sdk_config(settings)?
        .into_builder()
        .region(Region::new(region.to_owned()))
        .timeout_config(TimeoutConfig::builder().operation_timeout(PATIENCE).build())
        .build();
    Ok(Client::new(&config))
}

/// Hands a written mail to SES.
pub(super) async fn send(
    client: &Client,
    from: &Address,
    recipient: &str,
    mail: Vec<u8>,
) -> Result<(), TransportError> {
    let raw = RawMessage::builder().data(Blob::new(mail)).build();
    let raw = raw.map_err(|error| TransportError::Failed(error.to_string()))?;
    client
        .send_email()
        .from_email_address(from.to_string())
        .destination(Destination::builder().to_addresses(recipient).build())
        .content(EmailContent::builder().raw(raw).build())
        .send()
        .await
        .map(drop)
        .map_err(|error| not_taken(&error))
}

/// Only the name of an error goes on: the sentences of SES quote addresses.
fn not_taken(error: &SdkError<SendEmailError>) -> TransportError {
    let Some(answer) = error.as_service_error() else {
        let reason = match error {
            SdkError::TimeoutError(_) => "SES does not answer",
            SdkError::DispatchFailure(_) => "no connection to SES",
            _ => "SES was not understood",
        };
        return TransportError::Failed(reason.to_owned());
    };
    let name = answer.code().unwrap_or("no name").to_owned();
    // In the sandbox, or with a sender that nobody verified, every mail is refused so: that is about us.
    let unverified = answer
        .message()
        .is_some_and(|text| text.contains("not verified"));
    let about_the_mail = answer.is_message_rejected() || answer.is_bad_request_exception();
    if about_the_mail && !unverified {
        TransportError::Refused { code: name }
    } else {
        TransportError::Failed(format!("SES: {name}"))
    }
}
