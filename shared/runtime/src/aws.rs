//! How to reach AWS, or what stands in for it: one HTTP client and one TLS configuration for all
//! services, built without I/O.

mod http;

pub use http::http_client;

use crate::{SettingError, Settings};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_types::SdkConfig;
use aws_types::region::Region;

/// The configuration that every client is built from.
///
/// Credentials come from the environment alone: Lambda puts them there, and
/// `aws configure export-credentials --format env` does so on a laptop. The full provider chain
/// would add more than a megabyte to every function.
pub fn sdk_config(settings: &Settings) -> Result<SdkConfig, SettingError> {
    let credentials = Credentials::new(
        settings.required("AWS_ACCESS_KEY_ID")?,
        settings.required("AWS_SECRET_ACCESS_KEY")?,
        settings.optional("AWS_SESSION_TOKEN").map(str::to_owned),
        None,
        "environment",
    );
    let http = http_client().map_err(|error| SettingError::Wrong {
        name: "TLS",
        reason: error.to_string(),
    })?;
    let mut config = SdkConfig::builder()
        .behavior_version(
            aws_smithy_runtime_api::client::behavior_version::BehaviorVersion::latest(),
        )
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(http)
        .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
        .region(Region::new(
            settings
                .optional("AWS_REGION")
                .unwrap_or("us-east-1")
                .to_owned(),
        ));
    let elsewhere = settings.optional("AWS_ENDPOINT_URL");
    // What stands in for AWS has one name; a service has another one where it speaks IPv6, too.
    let dual_stack = settings.parsed("AWS_USE_DUALSTACK_ENDPOINT", false)?;
    config.set_endpoint_url(elsewhere.map(str::to_owned));
    config.set_use_dual_stack(Some(dual_stack && elsewhere.is_none()));
    Ok(config.build())
}
