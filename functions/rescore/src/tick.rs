//! Who is due: everybody whose clock has passed 04:00.

use anyhow::anyhow;
use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use sentry_db::nightly_runs;
use sentry_domain::{UserId, Zone};
use sentry_queue::{RescoreMessage, WorkerContext, enqueue_all};
use std::time::Duration as StdDuration;
use tokio::time::{Instant, timeout_at};

/// People in one message.
const BATCH: usize = 500;
/// Messages in one transaction: as many as one call to SQS takes.
const MESSAGES: usize = 10;
/// The time of a tick, so that it ends by itself, before Lambda ends it. The next one goes on where it stopped.
pub const TIME_LIMIT: StdDuration = StdDuration::from_secs(45);
/// A tick that was lost is made up for by those that follow within this time. Later, the day is
/// under way, and whatever happens in it asks for a score by itself.
const CATCH_UP: Duration = Duration::hours(3);
/// When a day is scored: late enough for yesterday's night, early enough for today's morning.
const HOUR: NaiveTime = match NaiveTime::from_hms_opt(4, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Writes the messages of every run that is due at `at`. A zone that fails does not stop the
/// others; what it has left is taken up by the next tick.
pub(crate) async fn run(context: &WorkerContext, at: DateTime<Utc>) -> anyhow::Result<usize> {
    let until = Instant::now() + TIME_LIMIT;
    let mut tx = context.db.worker().await?;
    let zones = nightly_runs::zones(&mut tx).await?;
    let due: Vec<(String, NaiveDate)> = zones
        .into_iter()
        // A name this release does not know counts as UTC, as it does for the score.
        .filter_map(|name| due_day(name.parse().unwrap_or_default(), at).map(|day| (name, day)))
        .collect();
    let open = nightly_runs::unfinished(&mut tx, &due).await?;
    tx.commit().await?;

    let (mut users, mut failed) = (0, Vec::new());
    for (zone, day) in open {
        match timeout_at(until, run_zone(context, &zone, day)).await {
            Ok(Ok(found)) => users += found,
            Ok(Err(error)) => failed.push(format!("{zone}: {error}")),
            Err(_) => failed.push(format!("{zone}: not done within the time of a tick")),
        }
    }
    tracing::info!(
        users,
        failed = failed.len(),
        "the night's batches are on their way"
    );
    if failed.is_empty() {
        Ok(users)
    } else {
        Err(anyhow!(failed.join("; ")))
    }
}

/// Page by page, each with its place in the run: a crash loses none and repeats none.
async fn run_zone(
    context: &WorkerContext,
    zone: &str,
    day: NaiveDate,
) -> Result<usize, sentry_db::Error> {
    let page = BATCH * MESSAGES;
    let mut users = 0;
    loop {
        let mut tx = context.db.worker().await?;
        let limit = i64::try_from(page).unwrap_or(i64::MAX);
        let ids: Vec<UserId> = nightly_runs::next_page(&mut tx, zone, day, limit)
            .await?
            .into_iter()
            .map(UserId)
            .collect();
        let messages: Vec<_> = ids
            .chunks(BATCH)
            .map(|users| RescoreMessage::Nightly {
                user_ids: users.to_vec(),
            })
            .collect();
        if !messages.is_empty() {
            enqueue_all(&mut tx, &messages, 0).await?;
        }
        context.commit(tx).await?;
        users += ids.len();
        if ids.len() < page {
            return Ok(users);
        }
    }
}

/// The day of the zone whose 04:00 has passed, but not long ago.
///
/// Where the clock jumps over 04:00 the day begins at the end of the gap, and where it shows 04:00
/// twice, at the first: see [`Zone::instant_of`].
fn due_day(zone: Zone, at: DateTime<Utc>) -> Option<NaiveDate> {
    let today = zone.day_of(at);
    let begun = |day: &NaiveDate| zone.instant_of(day.and_time(HOUR));
    [Some(today), today.pred_opt()]
        .into_iter()
        .flatten()
        .find(|day| begun(day) <= at)
        .filter(|day| at - begun(day) < CATCH_UP)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn due(zone: &str, at: &str) -> Option<String> {
        due_day(zone.parse().unwrap(), at.parse().unwrap()).map(|day| day.to_string())
    }

    #[test]
    fn a_day_is_due_from_four_oclock_on_for_a_while() {
        assert_eq!(due("UTC", "2026-03-02T03:59:59Z"), None);
        assert_eq!(
            due("UTC", "2026-03-02T04:00:00Z").as_deref(),
            Some("2026-03-02")
        );
        assert_eq!(
            due("UTC", "2026-03-02T06:59:59Z").as_deref(),
            Some("2026-03-02")
        );
        assert_eq!(due("UTC", "2026-03-02T07:00:00Z"), None);
        assert_eq!(due("Asia/Kolkata", "2026-03-01T22:29:00Z"), None);
        assert_eq!(
            due("Asia/Kolkata", "2026-03-01T22:30:00Z").as_deref(),
            Some("2026-03-02")
        );
        assert_eq!(
            due("Asia/Kathmandu", "2026-03-01T22:15:00Z").as_deref(),
            Some("2026-03-02")
        );
        assert_eq!(
            due("America/New_York", "2026-03-02T09:00:00Z").as_deref(),
            Some("2026-03-02")
        );
    }

    /// Ticks every hour over each zone's year, changes of the clock included.
    fn runs(zone: Zone, from: &str, days: i64, minute: i64) -> BTreeMap<NaiveDate, usize> {
        let begin: DateTime<Utc> = from.parse().unwrap();
        let mut runs = BTreeMap::new();
        let mut last = None;
        for hour in 0..days * 24 {
            let day = due_day(
                zone,
                begin + Duration::hours(hour) + Duration::minutes(minute),
            );
            // The row of the run keeps a day from being run again; here a changed day stands for it.
            if let Some(day) = day.filter(|day| last != Some(*day)) {
                *runs.entry(day).or_default() += 1;
                last = Some(day);
            }
        }
        runs
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn every_day_of_every_zone_is_run_once(name in prop::sample::select(Zone::names().collect::<Vec<_>>()), minute in 0i64..60) {
            let zone: Zone = name.parse().unwrap();
            let runs = runs(zone, "2026-01-01T00:00:00Z", 366, minute);
            prop_assert!(runs.values().all(|count| *count == 1), "{zone}: {runs:?}");
            let first: NaiveDate = "2026-01-03".parse().unwrap();
            for day in first.iter_days().take(360) {
                prop_assert!(runs.contains_key(&day), "{zone}: {day} was not run");
            }
        }
    }

    #[test]
    fn a_clock_that_jumps_over_four_or_shows_it_twice_makes_no_difference() {
        // Lord Howe turns by half an hour; Troll by two; Casey has moved by hours at odd times.
        for zone in [
            "Australia/Lord_Howe",
            "Antarctica/Troll",
            "Antarctica/Casey",
            "Africa/Casablanca",
        ] {
            for year in 2015..2024 {
                let runs = runs(
                    zone.parse().unwrap(),
                    &format!("{year}-01-01T00:00:00Z"),
                    365,
                    0,
                );
                assert!(runs.values().all(|count| *count == 1), "{zone} {year}");
                assert!(runs.len() >= 364, "{zone} {year}: {} days", runs.len());
            }
        }
    }
}
