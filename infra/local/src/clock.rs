//! What `EventBridge` Scheduler does: call a function by the clock.

use std::future::Future;
use std::time::{Duration, SystemTime};

use anyhow::Result;
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

/// The longest sleep: after a laptop was closed, the clock is looked at again this soon.
const LONGEST_SLEEP: Duration = Duration::from_secs(20);

/// How often a schedule fires, always on the full second, minute or hour in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// So many seconds after each other, for those who cannot wait for a minute. At least one.
    Seconds(u16),
    /// At second 0 of each minute.
    Minute,
    /// At minutes 0, 15, 30 and 45 of each hour.
    QuarterHour,
    /// At minute 0 of each hour.
    Hour,
}

impl Every {
    /// The first time strictly after `now`.
    pub fn next_after(self, now: DateTime<Utc>) -> DateTime<Utc> {
        let step = match self {
            Self::Seconds(seconds) => TimeDelta::seconds(seconds.max(1).into()),
            Self::Minute => TimeDelta::minutes(1),
            Self::QuarterHour => TimeDelta::minutes(15),
            Self::Hour => TimeDelta::hours(1),
        };
        // Truncation fails only for times centuries away, where no step is as good as any.
        now.duration_trunc(step).unwrap_or(now) + step
    }
}

impl std::fmt::Display for Every {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Seconds(seconds) => return write!(formatter, "every {seconds} seconds"),
            Self::Minute => "every minute",
            Self::QuarterHour => "every 15 minutes",
            Self::Hour => "every hour",
        })
    }
}

/// A function to call by the clock.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// Its name, which tells the function what is due: the `type` of each tick.
    pub name: String,
    /// How often.
    pub every: Every,
    /// Also once at the start, for what was left undone when the process ended.
    pub at_start: bool,
}

/// What a scheduled function receives. It may come late or twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tick {
    /// The name of the schedule.
    #[serde(rename = "type")]
    pub schedule: String,
    /// The full minute or hour the call is for.
    pub scheduled_at: DateTime<Utc>,
}

/// Calls `handler` by the clock until `stop`, one call after the other.
///
/// A call that lasts longer than the interval makes later ones drop out, and a
/// call that runs at `stop` is waited for. Errors and panics are logged; the
/// next tick tries again.
pub async fn run<H, F>(schedule: Schedule, handler: H, stop: CancellationToken)
where
    H: Fn(Tick) -> F + Send + Sync + 'static,
    F: Future<Output = Result<()>> + Send + 'static,
{
    let mut due = if schedule.at_start {
        now()
    } else {
        schedule.every.next_after(now())
    };
    while wait_until(due, &stop).await {
        let tick = Tick {
            schedule: schedule.name.clone(),
            scheduled_at: due,
        };
        match tokio::spawn(handler(tick)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(
                schedule = schedule.name,
                error = format!("{error:#}"),
                "the tick failed"
            ),
            Err(panic) => tracing::error!(schedule = schedule.name, %panic, "the tick panicked"),
        }
        due = schedule.every.next_after(now());
    }
}

/// Sleeps until `due`; `false` when it was stopped first.
async fn wait_until(due: DateTime<Utc>, stop: &CancellationToken) -> bool {
    loop {
        if stop.is_cancelled() {
            return false;
        }
        let Ok(left) = (due - now()).to_std() else {
            return true;
        };
        if left.is_zero() {
            return true;
        }
        tokio::select! {
            () = stop.cancelled() => return false,
            () = tokio::time::sleep(left.min(LONGEST_SLEEP)) => {}
        }
    }
}

fn now() -> DateTime<Utc> {
    SystemTime::now().into()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use chrono::Timelike;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_next_time_is_the_first_full_one_after(seconds in 0..4_000_000_000_i64, nanos in 0..1_000_000_000_u32) {
            let now = DateTime::from_timestamp(seconds, nanos).unwrap();
            let soon = Every::Seconds(5).next_after(now);
            prop_assert!(soon > now && soon - now <= TimeDelta::seconds(5));
            let minute = Every::Minute.next_after(now);
            prop_assert!(minute > now && minute - now <= TimeDelta::minutes(1));
            prop_assert_eq!((minute.second(), minute.nanosecond()), (0, 0));
            let quarter = Every::QuarterHour.next_after(now);
            prop_assert!(quarter > now && quarter - now <= TimeDelta::minutes(15));
            prop_assert_eq!(quarter.minute() % 15, 0);
            let hour = Every::Hour.next_after(now);
            prop_assert!(hour > now && hour - now <= TimeDelta::hours(1));
            prop_assert_eq!((hour.minute(), hour.second(), hour.nanosecond()), (0, 0, 0));
        }
    }

    #[test]
    fn a_tick_is_what_the_template_s_schedules_send() {
        let tick = Tick {
            schedule: "nightly.v1".into(),
            scheduled_at: DateTime::UNIX_EPOCH,
        };
        let json = serde_json::to_value(tick).unwrap();
        let expected =
            serde_json::json!({ "type": "nightly.v1", "scheduled_at": "1970-01-01T00:00:00Z" });
        assert_eq!(json, expected);
    }

    #[tokio::test]
    async fn a_first_tick_comes_at_once_and_a_running_one_is_waited_for() {
        let finished = Arc::new(AtomicUsize::new(0));
        let (started, mut has_started) = tokio::sync::mpsc::channel(1);
        let stop = CancellationToken::new();
        let schedule = Schedule {
            name: "sweep".into(),
            every: Every::Hour,
            at_start: true,
        };
        let (counter, stopping) = (Arc::clone(&finished), stop.clone());
        let handler = move |tick: Tick| {
            let (counter, started) = (Arc::clone(&counter), started.clone());
            async move {
                started.send(tick).await?;
                tokio::time::sleep(Duration::from_millis(50)).await;
                counter.fetch_add(1, Ordering::SeqCst);
                Ok(())
            }
        };
        let running = tokio::spawn(run(schedule, handler, stopping));
        assert_eq!(has_started.recv().await.unwrap().schedule, "sweep");
        stop.cancel();
        running.await.unwrap();
        assert_eq!(finished.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn a_panic_does_not_end_the_clock() {
        let stop = CancellationToken::new();
        let schedule = Schedule {
            name: "broken".into(),
            every: Every::Hour,
            at_start: true,
        };
        let stopping = stop.clone();
        let running = tokio::spawn(run(schedule, |_| async { panic!("on purpose") }, stopping));
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert!(!running.is_finished());
        stop.cancel();
        running.await.unwrap();
    }
}
