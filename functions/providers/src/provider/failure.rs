//! Why nobody arrived, without repeating anything of what came.

use super::outside::OutsideError;
use openidconnect::{ClaimsVerificationError, DiscoveryError, RequestTokenError};

/// Why nobody arrived. The reasons are for the log and name no token.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenIdError {
    /// The provider, or what came from it, is not to be trusted with this.
    #[error("refused: {0}")]
    Refused(String),
    /// The provider does not answer.
    #[error("not available: {0}")]
    Unavailable(String),
}

/// What was wrong with an id token, without repeating anything of it.
pub(super) const fn reason(error: &ClaimsVerificationError) -> &'static str {
    match error {
        ClaimsVerificationError::Expired(_) => "expired",
        ClaimsVerificationError::InvalidAudience(_) => "for another audience",
        ClaimsVerificationError::InvalidIssuer(_) => "of another issuer",
        ClaimsVerificationError::InvalidNonce(_) => "with another nonce",
        ClaimsVerificationError::InvalidSubject(_) => "without a subject",
        ClaimsVerificationError::SignatureVerification(_) => "not signed by the provider",
        _ => "not as expected",
    }
}

pub(super) fn discovery_failed(error: DiscoveryError<OutsideError>) -> OpenIdError {
    match error {
        DiscoveryError::Request(OutsideError::Forbidden(host)) => {
            OpenIdError::Refused(format!("{host} is not spoken to"))
        }
        DiscoveryError::Request(error) => OpenIdError::Unavailable(error.to_string()),
        DiscoveryError::Response(status, ..) => OpenIdError::Unavailable(status.to_string()),
        DiscoveryError::Validation(reason) => OpenIdError::Refused(reason),
        _ => OpenIdError::Refused("the description cannot be read".to_owned()),
    }
}

pub(super) fn exchange_failed<T: openidconnect::ErrorResponse + 'static>(
    error: RequestTokenError<OutsideError, T>,
) -> OpenIdError {
    match error {
        RequestTokenError::ServerResponse(_) => {
            OpenIdError::Refused("the provider does not take the code".to_owned())
        }
        RequestTokenError::Request(OutsideError::Forbidden(host)) => {
            OpenIdError::Refused(format!("{host} is not spoken to"))
        }
        RequestTokenError::Request(error) => OpenIdError::Unavailable(error.to_string()),
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            OpenIdError::Refused("the answer with the tokens cannot be read".to_owned())
        }
    }
}
