#![doc = include_str!("../README.md")]

mod database;
mod kept;
mod request;
mod scram;
mod secrets;
mod steps;

pub use steps::Done;

use anyhow::{Context, anyhow};
use database::Place;
use lambda_runtime::Error;
use request::{Answer, Event};
use secrets::Secrets;
use sentry_runtime::{Ids, SettingError, Settings, telemetry};
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tracing::Instrument;

/// How long the database may take to answer: one that had paused needs a while.
const PATIENCE: Duration = Duration::from_mins(1);
/// Whatever happens, CloudFormation gets its answer while the function still lives: its time limit in
/// the template is 900 seconds.
const LONGEST: Duration = Duration::from_mins(14);

/// The function.
#[derive(Debug)]
pub struct Setup {
    secrets: Secrets,
    place: Place,
    ids: Ids,
    patience: Duration,
}

/// What a person sends.
#[derive(Debug, Deserialize)]
#[serde(tag = "type")]
enum ByHand {
    #[serde(rename = "setup.v1")]
    Setup {
        /// Makes new keys if the present ones are of an earlier generation.
        #[serde(default)]
        key_generation: Option<u64>,
    },
}

impl Setup {
    /// Builds the function from the settings of the process. Does no I/O.
    pub fn from_settings(settings: &Settings) -> Result<Self, SettingError> {
        Ok(Self {
            secrets: Secrets::from_settings(settings)?,
            place: Place::from_settings(settings)?,
            ids: Ids::system(),
            patience: PATIENCE,
        })
    }

    /// The same function with another patience for the database, for tests.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Takes an event of CloudFormation, which is answered at the address it names, or one by hand; and says so in one line.
    pub async fn handle(&self, event: Value) -> Result<Value, Error> {
        let call = telemetry::invocation();
        let span = tracing::info_span!(
            "setup",
            lambda.request_id = call.lambda,
            trace.id = call.trace
        );
        let began = Instant::now();
        // On the heap: a run is deep.
        let outcome = Box::pin(self.take(event)).instrument(span.clone()).await;
        let duration_ms = began.elapsed().as_secs_f64() * 1000.0;
        let in_span = span.enter();
        match &outcome {
            Ok(_) => tracing::info!(duration_ms, "setup answered"),
            Err(error) => tracing::error!(duration_ms, reason = %error, "setup failed"),
        }
        drop(in_span);
        telemetry::flush();
        outcome
    }

    async fn take(&self, event: Value) -> Result<Value, Error> {
        if event.get("RequestType").is_some() {
            let request: Event =
                serde_json::from_value(event).context("not an event of CloudFormation")?;
            return Ok(self.answer(&request).await?);
        }
        let ByHand::Setup { key_generation } =
            serde_json::from_value(event).context("neither CloudFormation's event nor setup.v1")?;
        let done = self.run(key_generation).await?;
        match key_generation {
            Some(asked) if asked < done.key_generation => Err(anyhow!(
                "the keys are of generation {} and do not go back to {asked}; nothing was changed",
                done.key_generation
            )
            .into()),
            _ => Ok(serde_json::to_value(done)?),
        }
    }

    async fn answer(&self, request: &Event) -> anyhow::Result<Value> {
        let answer = match self.attend(request).await {
            Ok(done) => Answer::success(request, done),
            Err(error) => {
                tracing::error!(reason = format!("{error:#}"), "setup failed");
                Answer::failure(request, &error)
            }
        };
        answer.deliver(&request.response_url).await?;
        Ok(json!({ "status": answer.status() }))
    }

    /// Nothing is deleted with the stack: keys and data go with the resources that hold them, if at all.
    async fn attend(&self, request: &Event) -> anyhow::Result<Option<Done>> {
        if request.is_deletion() {
            return Ok(None);
        }
        let generation = request.key_generation()?;
        let done = tokio::time::timeout(LONGEST, self.run(Some(generation)))
            .await
            .map_err(|_| anyhow!("not done after {} seconds", LONGEST.as_secs()))??;
        if generation < done.key_generation {
            tracing::warn!(
                asked = generation,
                present = done.key_generation,
                "keys do not go back; they stay as they are"
            );
        }
        Ok(Some(done))
    }
}
