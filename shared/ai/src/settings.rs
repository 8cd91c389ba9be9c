//! Which providers there are, from the environment.

use crate::client::Model;
use crate::endpoint::Endpoint;
use crate::usage::Prices;
use sentry_runtime::{Ids, SettingError, Settings};
use std::time::Duration;

/// Tokens that one user may spend in a day when nothing is configured.
const TOKENS_PER_USER_DAY: u64 = 500_000;

/// How long calls may take and how often they are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For one attempt.
    pub attempt: Duration,
    /// For all attempts and the waits between them.
    pub total: Duration,
    /// At most so many attempts.
    pub attempts: u32,
    /// The wait after the first failure; it doubles, with jitter, up to [`Patience::longest_wait`].
    pub first_wait: Duration,
    /// The longest wait. A provider that asks for more is given up.
    pub longest_wait: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            attempt: Duration::from_mins(1),
            total: Duration::from_secs(100),
            attempts: 4,
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(20),
        }
    }
}

/// The providers of this process. What is not configured is absent, and the built-in engines do without.
#[derive(Debug, Clone, Default)]
pub struct Ai {
    /// Answers in text and JSON.
    pub chat: Option<Model>,
    /// Looks at pictures.
    pub vision: Option<Model>,
    /// Listens to recordings.
    pub transcription: Option<Model>,
    /// How many tokens one user may spend in a day of theirs.
    pub tokens_per_user_day: u64,
    /// What tokens and minutes cost.
    pub prices: Prices,
}

impl Ai {
    /// Reads the settings. Does no I/O; a wrong setting is an error at start, not at the first call.
    pub fn from_settings(settings: &Settings, ids: &Ids) -> Result<Self, SettingError> {
        let allow_private = settings.parsed("AI_ALLOW_PRIVATE_HOSTS", false)?;
        let seconds = settings.parsed("AI_TIMEOUT_SECONDS", 60_u64)?;
        let patience = Patience {
            attempt: Duration::from_secs(seconds.clamp(1, 100)),
            ..Patience::default()
        };
        let model = |name: &'static str, base: &'static str, key: &'static str| {
            let Some(model) = settings.optional(name) else {
                return Ok(None);
            };
            let (base, from) = match settings.optional(base) {
                Some(own) => (own, base),
                None => (settings.required("AI_BASE_URL")?, "AI_BASE_URL"),
            };
            // A key goes only to the provider it was given for.
            let key = if from == "AI_BASE_URL" {
                "AI_API_KEY"
            } else {
                key
            };
            let endpoint = Endpoint::new(base, settings.optional(key), allow_private);
            let endpoint = endpoint.map_err(|reason| SettingError::Wrong {
                name: from,
                reason: reason.to_owned(),
            })?;
            Ok(Some(Model::new(endpoint, model, patience, ids.clone())))
        };
        let price = |name| settings.parsed(name, 0.0_f64);
        Ok(Self {
            chat: model("AI_CHAT_MODEL", "AI_CHAT_BASE_URL", "AI_CHAT_API_KEY")?,
            vision: model("AI_VISION_MODEL", "AI_VISION_BASE_URL", "AI_VISION_API_KEY")?,
            transcription: model(
                "AI_TRANSCRIPTION_MODEL",
                "AI_TRANSCRIPTION_BASE_URL",
                "AI_TRANSCRIPTION_API_KEY",
            )?,
            tokens_per_user_day: settings.parsed("AI_TOKENS_PER_USER_DAY", TOKENS_PER_USER_DAY)?,
            prices: Prices {
                input_per_million: price("AI_INPUT_PRICE_PER_MILLION")?,
                output_per_million: price("AI_OUTPUT_PRICE_PER_MILLION")?,
                audio_per_minute: price("AI_AUDIO_PRICE_PER_MINUTE")?,
            },
        })
    }

    /// The same providers with other patience, for tests and for workers in a hurry.
    #[must_use]
    pub fn with_patience(mut self, patience: Patience) -> Self {
        for model in [&mut self.chat, &mut self.vision, &mut self.transcription] {
            *model = model.take().map(|model| model.with_patience(patience));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ai(values: &[(&str, &str)]) -> Result<Ai, SettingError> {
        let settings = Settings::from_lookup(|name| {
            values
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value).to_owned())
        });
        Ai::from_settings(&settings, &Ids::seeded(1))
    }

    #[test]
    fn nothing_configured_is_nothing_there() {
        let none = ai(&[]).unwrap();
        assert!(none.chat.is_none() && none.vision.is_none() && none.transcription.is_none());
    }

    #[test]
    fn a_model_needs_an_endpoint_that_may_be_called() {
        let missing = ai(&[("AI_CHAT_MODEL", "m")]).unwrap_err();
        assert_eq!(missing, SettingError::Missing("AI_BASE_URL"));
        let plain = ai(&[
            ("AI_CHAT_MODEL", "m"),
            ("AI_BASE_URL", "http://a.example/v1"),
        ])
        .unwrap_err();
        assert!(plain.to_string().contains("AI_BASE_URL"), "{plain}");
    }

    #[test]
    fn each_capability_may_have_its_own_provider() {
        let ai = ai(&[
            ("AI_BASE_URL", "https://a.example/v1"),
            ("AI_API_KEY", "hunter2"),
            ("AI_CHAT_MODEL", "small"),
            ("AI_TRANSCRIPTION_MODEL", "whisper-1"),
            ("AI_TRANSCRIPTION_BASE_URL", "http://127.0.0.1:9000/v1"),
        ])
        .unwrap();
        assert!(ai.vision.is_none());
        let listener = ai.transcription.as_ref().unwrap();
        assert_eq!(listener.name(), "whisper-1");
        let shown = format!("{ai:?}");
        assert!(
            !shown.contains("hunter2") && shown.contains("127.0.0.1"),
            "{shown}"
        );
    }
}
