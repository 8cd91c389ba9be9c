//! One step of the sweep, kept away from the others.

use futures_util::FutureExt;
use serde::Serialize;
use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

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

impl Report {
    /// Runs a step and notes what came of it, whatever that is.
    pub(crate) async fn step(
        &mut self,
        name: &'static str,
        work: impl Future<Output = anyhow::Result<u64>>,
    ) {
        let guarded = AssertUnwindSafe(tokio::time::timeout(PATIENCE, work)).catch_unwind();
        let failure = match guarded.await {
            Ok(Ok(Ok(0))) => return,
            Ok(Ok(Ok(count))) => {
                tracing::info!(step = name, count, "swept");
                self.done.insert(name, count);
                return;
            }
            Ok(Ok(Err(error))) => format!("{error:#}"),
            Ok(Err(_)) => format!("not done after {} seconds", PATIENCE.as_secs()),
            Err(_) => "panicked".to_owned(),
        };
        tracing::error!(step = name, reason = failure, "step failed");
        self.failed.insert(name, failure);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_step_that_fails_leaves_the_others_alone() {
        let mut report = Report::default();
        report
            .step("fails", async {
                Err(anyhow::anyhow!("no").context("outer"))
            })
            .await;
        report
            .step("panics", async { panic!("at the disco") })
            .await;
        report.step("idle", async { Ok(0) }).await;
        report.step("works", async { Ok(3) }).await;
        assert_eq!(report.done, BTreeMap::from([("works", 3)]));
        assert_eq!(report.failed["fails"], "outer: no");
        assert_eq!(report.failed["panics"], "panicked");
    }
}
