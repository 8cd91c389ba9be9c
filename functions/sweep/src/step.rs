//! One step of the sweep, kept away from the others.

use futures_util::FutureExt;
use serde::Serialize;
use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

/// A step that waits for something that does not answer must leave the rest their time.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a sweep did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How many rows or messages each step dealt with; steps without any are left out.
    pub done: BTreeMap<&'static str, u64>,
    /// Why steps failed.
    pub failed: BTreeMap<&'static str, String>,
}

/// One sweep on its way.
#[derive(Debug)]
pub(crate) struct Round {
    report: Report,
    until: Instant,
}

impl Round {
    /// A sweep that has this time.
    pub(crate) fn within(time: Duration) -> Self {
        Self {
            report: Report::default(),
            until: Instant::now() + time,
        }
    }

    /// What came of it.
    pub(crate) fn report(self) -> Report {
        self.report
    }

    /// Runs a step and notes what came of it, whatever that is.
    pub(crate) async fn step(
        &mut self,
        name: &'static str,
        work: impl Future<Output = anyhow::Result<u64>>,
    ) {
        let patience = PATIENCE.min(self.until.saturating_duration_since(Instant::now()));
        if patience.is_zero() {
            let reason = "not begun: the time of the sweep is over";
            tracing::error!(step = name, reason, "step failed");
            self.report.failed.insert(name, reason.to_owned());
            return;
        }
        let guarded = AssertUnwindSafe(tokio::time::timeout(patience, work)).catch_unwind();
        let failure = match guarded.await {
            Ok(Ok(Ok(0))) => return,
            Ok(Ok(Ok(count))) => {
                tracing::info!(step = name, count, "swept");
                self.report.done.insert(name, count);
                return;
            }
            Ok(Ok(Err(error))) => format!("{error:#}"),
            Ok(Err(_)) => format!("not done after {:.0} seconds", patience.as_secs_f64()),
            Err(_) => "panicked".to_owned(),
        };
        tracing::error!(step = name, reason = failure, "step failed");
        self.report.failed.insert(name, failure);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_step_that_fails_leaves_the_others_alone() {
        let mut round = Round::within(PATIENCE);
        round
            .step("fails", async {
                Err(anyhow::anyhow!("no").context("outer"))
            })
            .await;
        round.step("panics", async { panic!("at the disco") }).await;
        round.step("idle", async { Ok(0) }).await;
        round.step("works", async { Ok(3) }).await;
        let report = round.report();
        assert_eq!(report.done, BTreeMap::from([("works", 3)]));
        assert_eq!(report.failed["fails"], "outer: no");
        assert_eq!(report.failed["panics"], "panicked");
    }

    #[tokio::test]
    async fn a_step_that_hangs_leaves_no_more_than_the_time_of_the_sweep() {
        let mut round = Round::within(Duration::from_millis(20));
        round.step("works", async { Ok(1) }).await;
        round.step("hangs", std::future::pending()).await;
        round.step("late", async { Ok(1) }).await;
        let report = round.report();
        assert_eq!(report.done, BTreeMap::from([("works", 1)]));
        assert_eq!(report.failed["hangs"], "not done after 0 seconds");
        assert_eq!(
            report.failed["late"],
            "not begun: the time of the sweep is over"
        );
    }
}
