//! What CloudFormation asks of a custom resource, and how it is answered.
//!
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html>

use crate::Done;
use anyhow::{Context, bail};
use sentry_runtime::tls;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::Duration;

/// The most an answer may weigh is 4096 bytes, all of it.
const LONGEST_REASON: usize = 1000;
const ATTEMPTS: u32 = 4;
const PATIENCE: Duration = Duration::from_secs(10);
/// Before the first stack is made there is no id of the resource; it never changes after.
const PHYSICAL_ID: &str = "sentry-setup";

/// One event. What is not needed to answer is read later, so that there is always an answer. Without
/// `Debug`: the properties hold the address of the database.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Event {
    request_type: String,
    #[serde(rename = "ResponseURL")]
    pub response_url: String,
    stack_id: String,
    request_id: String,
    logical_resource_id: String,
    physical_resource_id: Option<String>,
    #[serde(default)]
    resource_properties: Value,
}

impl Event {
    pub fn is_deletion(&self) -> bool {
        self.request_type == "Delete"
    }

    /// `KeyGeneration` of the properties, in which every value is text.
    pub fn key_generation(&self) -> anyhow::Result<u64> {
        let given = &self.resource_properties["KeyGeneration"];
        let read = match given {
            Value::String(text) => text.parse().ok(),
            other => other.as_u64(),
        };
        read.filter(|generation| *generation > 0)
            .context("KeyGeneration must be a whole number, 1 or more")
    }
}

/// The answer to one event.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Answer<'a> {
    status: &'static str,
    reason: String,
    physical_resource_id: &'a str,
    stack_id: &'a str,
    request_id: &'a str,
    logical_resource_id: &'a str,
    /// Nothing in the answer is secret.
    no_echo: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Done>,
}

impl<'a> Answer<'a> {
    pub fn success(request: &'a Event, data: Option<Done>) -> Self {
        Self::new(request, "SUCCESS", "done".to_owned(), data)
    }

    pub fn failure(request: &'a Event, error: &anyhow::Error) -> Self {
        let reason = format!("{error:#}").chars().take(LONGEST_REASON).collect();
        Self::new(request, "FAILED", reason, None)
    }

    fn new(request: &'a Event, status: &'static str, reason: String, data: Option<Done>) -> Self {
        Self {
            status,
            reason,
            physical_resource_id: request
                .physical_resource_id
                .as_deref()
                .unwrap_or(PHYSICAL_ID),
            stack_id: &request.stack_id,
            request_id: &request.request_id,
            logical_resource_id: &request.logical_resource_id,
            no_echo: false,
            data,
        }
    }

    pub const fn status(&self) -> &'static str {
        self.status
    }

    /// Puts the answer where CloudFormation waits for it. The address is signed, and without a content
    /// type: one would make it invalid.
    pub async fn deliver(&self, url: &str) -> anyhow::Result<()> {
        let body = serde_json::to_vec(self)?;
        let client = client()?;
        let mut reason = String::new();
        for attempt in 0..ATTEMPTS {
            if attempt > 0 {
                tokio::time::sleep(Duration::from_millis(250 << attempt)).await;
            }
            match client.put(url).body(body.clone()).send().await {
                Ok(answer) if answer.status().is_success() => return Ok(()),
                Ok(answer) => reason = format!("status {}", answer.status()),
                // Without the address, which lets whoever has it answer in our place.
                Err(error) => reason = error.without_url().to_string(),
            }
        }
        bail!("CloudFormation did not take the answer: {reason}")
    }
}

/// The system's one TLS stack, with the roots of the web.
fn client() -> anyhow::Result<reqwest::Client> {
    Ok(reqwest::Client::builder()
        .tls_backend_preconfigured(tls::client()?)
        .redirect(reqwest::redirect::Policy::none())
        .timeout(PATIENCE)
        .build()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn request(generation: &Value) -> Event {
        let properties = json!({ "KeyGeneration": generation });
        serde_json::from_value(json!({
            "RequestType": "Create", "ResponseURL": "http://localhost/", "StackId": "s",
            "RequestId": "r", "LogicalResourceId": "Setup", "ResourceProperties": properties,
        }))
        .unwrap()
    }

    #[test]
    fn a_generation_is_a_number_from_one() {
        for (given, read) in [(json!("2"), 2), (json!(3), 3)] {
            assert_eq!(request(&given).key_generation().unwrap(), read);
        }
        for wrong in [
            json!("0"),
            json!("-1"),
            json!("1.5"),
            json!("two"),
            json!(null),
        ] {
            assert!(request(&wrong).key_generation().is_err());
        }
    }

    #[test]
    fn a_long_reason_fits_into_the_answer() {
        let request = request(&json!(1));
        let answer = Answer::failure(&request, &anyhow::anyhow!("é".repeat(5000)));
        assert!(serde_json::to_vec(&answer).unwrap().len() < 4096);
    }
}
