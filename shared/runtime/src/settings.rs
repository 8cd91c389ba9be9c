//! Settings from the environment, with errors that say what to set.

use std::collections::HashMap;
use std::str::FromStr;

/// A setting that is missing or makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    /// It must be set.
    #[error("the environment variable {0} is not set")]
    Missing(&'static str),
    /// It is set to something that cannot be used.
    #[error("the environment variable {name} is wrong: {reason}")]
    Wrong {
        /// Its name.
        name: &'static str,
        /// What is expected. Never the value, which may be a secret.
        reason: String,
    },
}

/// The settings of this process.
#[derive(Clone, Default)]
pub struct Settings {
    values: HashMap<&'static str, String>,
}

impl Settings {
    /// Everything the functions read from their environment. The template sets no other names.
    pub const NAMES: &'static [&'static str] = &[
        "STACK",
        "DATABASE_URL",
        "DATABASE_MAX_CONNECTIONS",
        "DATABASE_WAIT_SECONDS",
        "DATABASE_ADDRESS",
        "DATABASE_OWNER_SECRET",
        "KEYS_SECRET",
        "BUCKET",
        "UPLOADS_QUEUE_URL",
        "TASK_CREATION_QUEUE_URL",
        "BURNOUT_RESCORE_QUEUE_URL",
        "MAIL_QUEUE_URL",
        "EXPORTS_QUEUE_URL",
        "RETRY_LONGEST_SECONDS",
        "PUBLIC_URL",
        "MAIL_URL",
        "MAIL_FROM",
        "MAIL_FOLDER",
        "OAUTH_PROVIDERS",
        "TOKEN_ISSUER",
        "TOKEN_ALGORITHM",
        "TOKEN_SIGNING_KEY",
        "TOKEN_PUBLIC_KEY",
        "TOKEN_SECRET",
        "TOKEN_PREVIOUS_PUBLIC_KEY",
        "TOKEN_PREVIOUS_SECRET",
        "TOKEN_REFRESH_KEY",
        "TOKEN_PREVIOUS_REFRESH_KEY",
        "TOKEN_CODE_KEY",
        "DATA_KEY",
        "PREVIOUS_DATA_KEY",
        "SERVICE_TOKEN_KEY",
        "CORS_ORIGINS",
        "TRUSTED_PROXIES",
        "LIMIT_SIGN_UP_PER_IP",
        "LIMIT_SIGN_UP_PER_ADDRESS",
        "LIMIT_SIGN_IN_PER_IP",
        "LIMIT_SIGN_IN_PER_ADDRESS",
        "LIMIT_REFRESH_PER_IP",
        "LIMIT_MAIL_PER_IP",
        "LIMIT_MAIL_PER_ADDRESS",
        "LIMIT_CODE_PER_IP",
        "LIMIT_STEP_UP_PER_ACCOUNT",
        "LIMIT_DOCUMENT_BYTES",
        "LIMIT_IMAGE_BYTES",
        "LIMIT_AUDIO_BYTES",
        "LIMIT_VIDEO_BYTES",
        "LIMIT_UNFINISHED_UPLOADS",
        "LIMIT_UPLOAD_BYTES_PER_USER",
        "OCR_PROGRAM",
        "AI_BASE_URL",
        "AI_API_KEY",
        "AI_CHAT_MODEL",
        "AI_CHAT_BASE_URL",
        "AI_CHAT_API_KEY",
        "AI_VISION_MODEL",
        "AI_VISION_BASE_URL",
        "AI_VISION_API_KEY",
        "AI_TRANSCRIPTION_MODEL",
        "AI_TRANSCRIPTION_BASE_URL",
        "AI_TRANSCRIPTION_API_KEY",
        "AI_ALLOW_PRIVATE_HOSTS",
        "AI_TIMEOUT_SECONDS",
        "AI_TOKENS_PER_USER_DAY",
        "AI_INPUT_PRICE_PER_MILLION",
        "AI_OUTPUT_PRICE_PER_MILLION",
        "AI_AUDIO_PRICE_PER_MINUTE",
        "AWS_REGION",
        "AWS_ENDPOINT_URL",
        "AWS_USE_DUALSTACK_ENDPOINT",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
    ];

    /// Reads the environment of the process.
    pub fn from_env() -> Self {
        Self::from_lookup(|name| std::env::var(name).ok())
    }

    /// Reads from any source of names and values. Empty values count as not set.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Self {
        let values = Self::NAMES
            .iter()
            .filter_map(|name| Some((*name, lookup(name).filter(|value| !value.is_empty())?)))
            .collect();
        Self { values }
    }

    /// The value of a setting that may be left out.
    pub fn optional(&self, name: &'static str) -> Option<&str> {
        debug_assert!(Self::NAMES.contains(&name), "{name} is not listed in NAMES");
        self.values.get(name).map(String::as_str)
    }

    /// The value of a setting that must be there.
    pub fn required(&self, name: &'static str) -> Result<&str, SettingError> {
        self.optional(name).ok_or(SettingError::Missing(name))
    }

    /// A setting read as a number or the like, with a default.
    pub fn parsed<T: FromStr>(&self, name: &'static str, default: T) -> Result<T, SettingError> {
        self.optional(name).map_or(Ok(default), |value| {
            value.parse().map_err(|_| SettingError::Wrong {
                name,
                reason: format!("expected a {}", std::any::type_name::<T>()),
            })
        })
    }
}

impl std::fmt::Debug for Settings {
    /// Names only: values may be secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.values.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_never_show_in_debug_output() {
        let settings = Settings::from_lookup(|_| Some("hunter2".to_owned()));
        assert!(!format!("{settings:?}").contains("hunter2"));
    }

    #[test]
    fn a_wrong_number_is_refused_without_its_value() {
        let settings = Settings::from_lookup(|_| Some("hunter2".to_owned()));
        let error = settings
            .parsed("DATABASE_MAX_CONNECTIONS", 2_u32)
            .unwrap_err();
        assert!(error.to_string().contains("DATABASE_MAX_CONNECTIONS"));
        assert!(!error.to_string().contains("hunter2"));
    }
}
