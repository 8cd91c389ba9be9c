//! Holding an answer until there is more to say.

use crate::Uploads;
use sentry_db::uploads;
use sentry_http::{ApiError, Caller};
use serde::Deserialize;
use std::time::Duration;
use tokio::time::Instant;
use utoipa::IntoParams;

/// The gateway gives up after 30 seconds.
const MAX_WAIT_SECONDS: u64 = 25;
/// A small file is done within this.
const FIRST_PAUSE: Duration = Duration::from_millis(25);
/// Nobody notices half a second when a chain takes many.
const LONGEST_PAUSE: Duration = Duration::from_millis(500);

/// For how long to hold the answer.
#[derive(Debug, Clone, Copy, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct WaitQuery {
    /// Holds the answer until the upload is finished, but no longer than this, in seconds.
    #[param(minimum = 0, maximum = 25)]
    wait: Option<u64>,
}

impl WaitQuery {
    /// The bound itself; zero when none was asked for.
    pub(crate) fn bound(self) -> Result<Duration, ApiError> {
        match self.wait.unwrap_or(0) {
            seconds @ 0..=MAX_WAIT_SECONDS => Ok(Duration::from_secs(seconds)),
            _ => Err(ApiError::field(
                "wait",
                format!("must be 0 to {MAX_WAIT_SECONDS} seconds"),
            )),
        }
    }
}

/// Waits until all of these uploads are finished. No connection is held between two looks.
pub(crate) async fn until_finished(
    state: &Uploads,
    caller: &Caller,
    ids: &[i64],
    bound: Duration,
) -> Result<(), ApiError> {
    let deadline = Instant::now() + bound;
    let mut pause = FIRST_PAUSE;
    while Instant::now() < deadline {
        let mut tx = state.app.tenant(caller).await?;
        let finished = uploads::all_finished(&mut tx, caller.user_id, ids).await?;
        tx.commit().await?;
        if finished {
            break;
        }
        tokio::time::sleep(pause.min(deadline - Instant::now())).await;
        pause = (pause * 3 / 2).min(LONGEST_PAUSE);
    }
    Ok(())
}
