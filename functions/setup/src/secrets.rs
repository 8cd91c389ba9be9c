//! AWS Secrets Manager: one value with a version.

use anyhow::{Context, anyhow};
use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::error::{ProvideErrorMetadata, SdkError};
use aws_types::SdkConfig;
use sentry_runtime::{SettingError, Settings, aws};
use std::sync::OnceLock;

/// Where secrets are kept. The client is made at its first use.
#[derive(Debug)]
pub(crate) struct Secrets {
    /// The secret with everything that is made here.
    keys: String,
    config: SdkConfig,
    client: OnceLock<Client>,
}

impl Secrets {
    pub fn from_settings(settings: &Settings) -> Result<Self, SettingError> {
        Ok(Self {
            keys: settings.required("KEYS_SECRET")?.to_owned(),
            config: aws::sdk_config(settings)?,
            client: OnceLock::new(),
        })
    }

    /// The keys and the version they are in; none before the first were written.
    pub async fn keys(&self) -> anyhow::Result<Option<(String, String)>> {
        self.read(&self.keys)
            .await
            .context("the secret of the keys")
    }

    /// The text of another secret.
    pub async fn text(&self, id: &str) -> anyhow::Result<String> {
        let found = self.read(id).await?;
        Ok(found.context("it has no value")?.0)
    }

    async fn read(&self, id: &str) -> anyhow::Result<Option<(String, String)>> {
        let request = self.client().get_secret_value().secret_id(id);
        // On the heap: a call is large, and everything around it would be as well.
        let answer = Box::pin(request.send()).await;
        let answer = match answer {
            Ok(answer) => answer,
            // A secret without a value: the template makes it so.
            Err(error) if error.code() == Some("ResourceNotFoundException") => return Ok(None),
            Err(error) => return Err(failed(&error)),
        };
        let text = answer.secret_string.context("it holds no text")?;
        let version = answer.version_id.context("it names no version")?;
        Ok(Some((text, version)))
    }

    /// Keeps the keys in a new version, and names it.
    pub async fn keep(&self, text: String) -> anyhow::Result<String> {
        let request = self
            .client()
            .put_secret_value()
            .secret_id(&self.keys)
            .secret_string(text);
        let answer = Box::pin(request.send())
            .await
            .map_err(|error| failed(&error))
            .context("the secret of the keys was not written")?;
        answer.version_id.context("it names no version")
    }

    fn client(&self) -> &Client {
        self.client.get_or_init(|| Client::new(&self.config))
    }
}

/// What the service said, without the request, which may hold every key.
fn failed<E: ProvideErrorMetadata>(error: &SdkError<E>) -> anyhow::Error {
    match (error.code(), error.message()) {
        (Some(code), message) => anyhow!("{code}: {}", message.unwrap_or("no reason given")),
        _ => anyhow!("Secrets Manager does not answer"),
    }
}
