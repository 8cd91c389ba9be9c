//! Single buckets: how they are named, read from settings, and drawn from.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use sentry_db::Tx;
use sentry_db::rate_limits::{self, Bucket};
use sentry_http::{ApiError, App};
use sentry_runtime::{SettingError, Settings};
use sha2::{Digest, Sha256};

/// So many tries at once, and that many again over so many seconds. None for no limit.
pub(super) type Limit = Option<(f64, f64)>;

pub(super) async fn take_alone(app: &App, bucket: Option<Bucket>) -> Result<(), ApiError> {
    let mut tx = app.db.sign_in().await?;
    let taken = take(&mut tx, bucket, app.now()).await?;
    tx.commit().await?;
    taken.map(drop)
}

pub(super) async fn give_back(
    tx: &mut Tx,
    bucket: Option<Bucket>,
    at: DateTime<Utc>,
) -> Result<(), ApiError> {
    if let Some(bucket) = bucket {
        rate_limits::charge(tx, &bucket, -1.0, at).await?;
    }
    Ok(())
}

/// Takes a token, and returns the bucket so that it can be settled later. The outer error is of the
/// database; after the inner one the transaction is still to be committed: refusals count.
pub(super) async fn take(
    tx: &mut Tx,
    bucket: Option<Bucket>,
    at: DateTime<Utc>,
) -> Result<Result<Option<Bucket>, ApiError>, ApiError> {
    let Some(bucket) = bucket else {
        return Ok(Ok(None));
    };
    Ok(match rate_limits::take(tx, &bucket, at).await? {
        Ok(()) => Ok(Some(bucket)),
        Err(seconds) => Err(ApiError::TooManyRequests {
            retry_after_seconds: whole_seconds(seconds),
        }),
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to a day"
)]
pub(super) fn whole_seconds(seconds: f64) -> u64 {
    // What division leaves behind the sixth digit is no time.
    (seconds - 1e-6).ceil().clamp(1.0, 86_400.0) as u64
}

pub(super) fn bucket(limit: Limit, kind: &str, whom: &str) -> Option<Bucket> {
    limit.map(|(capacity, fill_seconds)| Bucket {
        name: format!("{kind}:{whom}"),
        capacity,
        fill_seconds,
    })
}

/// Stands for an address that may belong to nobody and is not ours to keep.
pub(super) fn name_of(email: &str) -> String {
    let digest: [u8; 32] = Sha256::digest(email.trim().to_lowercase()).into();
    URL_SAFE_NO_PAD.encode(&digest[..16])
}

/// Reads a limit such as `20/600`: 20 at once, and 20 more over 600 seconds; or `off`.
pub(super) fn limit(
    settings: &Settings,
    name: &'static str,
    default: (f64, f64),
) -> Result<Limit, SettingError> {
    let Some(text) = settings.optional(name) else {
        return Ok(Some(default));
    };
    if text == "off" {
        return Ok(None);
    }
    let number = |text: &str| {
        text.trim()
            .parse::<u32>()
            .ok()
            .filter(|number| *number > 0)
            .map(f64::from)
    };
    text.split_once('/')
        .and_then(|(capacity, seconds)| Some((number(capacity)?, number(seconds)?)))
        .map(Some)
        .ok_or_else(|| SettingError::Wrong {
            name,
            reason: "expected a number of tries and of seconds, such as 20/600, or off".to_owned(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_two_numbers_or_off() {
        let read = |text: &str| {
            let settings = Settings::from_lookup(|_| Some(text.to_owned()));
            limit(&settings, "LIMIT_REFRESH_PER_IP", (1.0, 1.0)).map_err(|error| error.to_string())
        };
        assert_eq!(read("20/600"), Ok(Some((20.0, 600.0))));
        assert_eq!(read("off"), Ok(None));
        for wrong in ["20", "0/600", "20/0", "-1/5", "a/b", "1/2/3", "none"] {
            assert!(
                read(wrong).unwrap_err().contains("LIMIT_REFRESH_PER_IP"),
                "{wrong}"
            );
        }
    }
}
