//! Short words for a tired reader.

use super::MAX_TITLE;
use chrono::{DateTime, NaiveDate, Utc};
use sentry_domain::Zone;

/// Fills a title, cutting the name of the row so that the whole stays short.
pub(super) fn title(before: &str, name: &str, after: &str) -> String {
    let room = MAX_TITLE
        .saturating_sub(before.chars().count() + after.chars().count())
        .max(1);
    let name: Vec<&str> = name.split_whitespace().collect();
    let name = name.join(" ");
    let cut = if name.chars().count() > room {
        let kept: String = name.chars().take(room.saturating_sub(1)).collect();
        format!("{}…", kept.trim_end())
    } else {
        name
    };
    format!("{before}{cut}{after}")
        .chars()
        .take(MAX_TITLE)
        .collect()
}

/// "Mon 14:30", by the person's clock; "Mon 9 Mar 14:30" where a weekday does not tell the day from `now`.
pub(super) fn when(at: DateTime<Utc>, zone: Zone, now: DateTime<Utc>) -> String {
    let ahead = (zone.day_of(at) - zone.day_of(now)).num_days();
    let near = (0..7).contains(&ahead);
    let format = if near { "%a %H:%M" } else { "%a %-d %b %H:%M" };
    zone.wall_clock(at).format(format).to_string()
}

/// "14:30", by the person's clock.
pub(super) fn clock(at: DateTime<Utc>, zone: Zone) -> String {
    zone.wall_clock(at).format("%H:%M").to_string()
}

/// "Thu 5 Mar".
pub(super) fn date(day: NaiveDate) -> String {
    day.format("%a %-d %b").to_string()
}

/// "1 hour", "2.5 hours".
pub(super) fn hours(hours: f64) -> String {
    let shown = (hours * 10.0).round() / 10.0;
    counted(shown, "hour")
}

/// "1 task", "3 tasks".
pub(super) fn counted(number: f64, noun: &str) -> String {
    let plural = if (number - 1.0).abs() < 1e-9 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

pub(super) fn steps<const N: usize>(steps: [&str; N]) -> Vec<String> {
    steps.iter().map(|step| (*step).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn titles_stay_short(name in "\\PC{0,300}") {
            let title = title("Decline “", &name, "” on Wed 14:30");
            prop_assert!(title.chars().count() <= MAX_TITLE);
            prop_assert!(title.starts_with("Decline “") && title.ends_with("14:30"));
        }
    }
}
