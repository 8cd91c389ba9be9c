//! Addresses that open one object to whoever holds them, for a while.

use crate::StorageError;
use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;
use aws_sigv4::http_request::{
    PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation, SigningSettings,
    UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4;
use aws_types::SdkConfig;
use http::Request;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sentry_runtime::{SettingError, Settings, aws};
use std::time::{Duration, SystemTime};

/// What stays as it is in the path of an object (RFC 3986).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

/// Signs downloads and does nothing else: a function that only says where a file lies carries no client of S3.
#[derive(Debug, Clone)]
pub struct Signer {
    bucket: String,
    config: SdkConfig,
}

impl Signer {
    /// Signs for the bucket by the settings of the process. Does no I/O.
    pub fn from_settings(settings: &Settings) -> Result<Self, SettingError> {
        Ok(Self {
            bucket: settings.required("BUCKET")?.to_owned(),
            config: aws::sdk_config(settings)?,
        })
    }

    /// Signs the download of an object.
    pub async fn presign_get(
        &self,
        key: &str,
        valid_for: Duration,
    ) -> Result<String, StorageError> {
        let provider = self.config.credentials_provider();
        let provider = provider.ok_or_else(|| failed("no credentials"))?;
        let credentials = provider.provide_credentials().await.map_err(failed)?;
        let region = self.config.region().map_or("us-east-1", AsRef::as_ref);
        let url = self.url(key, region);
        signed(&url, region, credentials, SystemTime::now(), valid_for)
    }

    /// Where an object lies.
    fn url(&self, key: &str, region: &str) -> String {
        let (bucket, key) = (&self.bucket, utf8_percent_encode(key, PLAIN));
        // What stands in for S3 on one machine has no host name per bucket.
        if let Some(endpoint) = self.config.endpoint_url() {
            return format!("{}/{bucket}/{key}", endpoint.trim_end_matches('/'));
        }
        let china = if region.starts_with("cn-") { ".cn" } else { "" };
        format!("https://{bucket}.s3.{region}.amazonaws.com{china}/{key}")
    }
}

/// Adds to an address what opens it until `valid_for` after `at` (AWS Signature Version 4, in the query).
fn signed(
    url: &str,
    region: &str,
    credentials: Credentials,
    at: SystemTime,
    valid_for: Duration,
) -> Result<String, StorageError> {
    let mut settings = SigningSettings::default();
    settings.signature_location = SignatureLocation::QueryParams;
    settings.expires_in = Some(valid_for);
    // S3 takes the path as it is.
    settings.percent_encoding_mode = PercentEncodingMode::Single;
    settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    let identity = credentials.into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name("s3")
        .time(at)
        .settings(settings)
        .build()
        .map_err(failed)?;
    let mut request = Request::get(url).body(()).map_err(failed)?;
    let unsigned = SignableRequest::new(
        "GET",
        url,
        std::iter::empty(),
        SignableBody::UnsignedPayload,
    );
    let (instructions, _) = sign(unsigned.map_err(failed)?, &params.into())
        .map_err(failed)?
        .into_parts();
    instructions.apply_to_request_http1x(&mut request);
    Ok(request.uri().to_string())
}

fn failed(error: impl std::fmt::Display) -> StorageError {
    StorageError::Unavailable(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the S3 documentation, "Authenticating requests: using query parameters".
    #[test]
    fn an_address_is_signed_as_s3_documents_it() {
        let credentials = Credentials::new(
            "AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            None,
            None,
            "test",
        );
        // 24 May 2013, midnight.
        let at = SystemTime::UNIX_EPOCH + Duration::from_hours(380_376);
        let url = signed(
            "https://examplebucket.s3.amazonaws.com/test.txt",
            "us-east-1",
            credentials,
            at,
            Duration::from_hours(24),
        )
        .unwrap();
        for part in [
            "https://examplebucket.s3.amazonaws.com/test.txt?",
            "X-Amz-Date=20130524T000000Z",
            "X-Amz-Expires=86400",
            "X-Amz-SignedHeaders=host",
            "X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
        ] {
            assert!(url.contains(part), "{part} not in {url}");
        }
    }

    #[test]
    fn an_object_lies_in_its_region_or_behind_the_endpoint() {
        let signer = |endpoint: Option<&str>| {
            let settings = Settings::from_lookup(|name| match name {
                "BUCKET" => Some("files".to_owned()),
                "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => Some("secret".to_owned()),
                "AWS_ENDPOINT_URL" => endpoint.map(str::to_owned),
                _ => None,
            });
            Signer::from_settings(&settings).unwrap()
        };
        let key = "users/1/exports/a b.zip";
        assert_eq!(
            signer(None).url(key, "eu-central-1"),
            "https://files.s3.eu-central-1.amazonaws.com/users/1/exports/a%20b.zip"
        );
        assert_eq!(
            signer(None).url(key, "cn-north-1"),
            "https://files.s3.cn-north-1.amazonaws.com.cn/users/1/exports/a%20b.zip"
        );
        let local = signer(Some("http://127.0.0.1:9000/"));
        assert_eq!(
            local.url(key, "us-east-1"),
            "http://127.0.0.1:9000/files/users/1/exports/a%20b.zip"
        );
    }
}
