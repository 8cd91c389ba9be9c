//! When a call is tried again, and after how long.

use crate::settings::Patience;
use chrono::{DateTime, Utc};
use http::HeaderMap;
use std::time::Duration;

/// What the provider asks for: `retry-after-ms`, or `Retry-After` in seconds or as a date.
pub(crate) fn asked(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    if let Some(wait) = text("retry-after-ms").and_then(|ms| ms.parse::<f64>().ok()) {
        return Duration::try_from_secs_f64(wait / 1e3).ok();
    }
    let value = text("retry-after")?;
    if let Ok(seconds) = value.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let at = DateTime::parse_from_rfc2822(value).ok()?;
    Some((at.with_timezone(&Utc) - now).to_std().unwrap_or_default())
}

/// The wait before attempt `next` (from 1): what the provider asks for, else twice as long each time,
/// of which `chance` (0 to 255) decides half. `None` when it is longer than anybody waits.
pub(crate) fn wait(
    patience: &Patience,
    next: u32,
    asked: Option<Duration>,
    chance: u8,
) -> Option<Duration> {
    if let Some(asked) = asked {
        return (asked <= patience.longest_wait).then_some(asked);
    }
    let doubled = patience
        .first_wait
        .saturating_mul(2_u32.saturating_pow(next.saturating_sub(1)));
    let most = doubled.min(patience.longest_wait);
    Some(most / 2 + most.mul_f64(f64::from(chance) / 510.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn headers(name: &'static str, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        headers
    }

    #[test]
    fn a_provider_says_how_long_to_wait_in_three_ways() {
        let now = "2026-03-02T09:00:00Z".parse().unwrap();
        let seconds = |headers| asked(&headers, now).map(|wait| wait.as_secs_f64());
        assert_eq!(seconds(headers("retry-after", "7")), Some(7.0));
        assert_eq!(seconds(headers("retry-after-ms", "1500")), Some(1.5));
        let date = headers("retry-after", "Mon, 02 Mar 2026 09:00:30 GMT");
        assert_eq!(seconds(date), Some(30.0));
        let past = headers("retry-after", "Mon, 02 Mar 2026 08:00:00 GMT");
        assert_eq!(seconds(past), Some(0.0));
        for nonsense in ["soon", "-1", "nan", "1e300", ""] {
            assert_eq!(
                seconds(headers("retry-after", nonsense)),
                None,
                "{nonsense}"
            );
        }
    }

    proptest! {
        #[test]
        fn waits_stay_in_their_bounds(next in 0_u32..64, chance: u8, asked in proptest::option::of(0_u64..100)) {
            let patience = Patience::default();
            match wait(&patience, next, asked.map(Duration::from_secs), chance) {
                Some(wait) => prop_assert!(wait <= patience.longest_wait),
                None => prop_assert!(asked.is_some_and(|s| s > patience.longest_wait.as_secs())),
            }
        }
    }
}
