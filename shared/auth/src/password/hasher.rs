//! Keeps hashing off the threads that serve requests, and bounds it.

use super::hash::{Cost, HashError, PasswordHash, Verdict};
use super::policy::{NewPassword, Password, Refusal};
use crate::secret::Secret;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// How many callers may wait for each one that is served; more are turned away, since their answer
/// would come too late anyway.
const WAITING_PER_WORKER: usize = 64;

/// Why no hash was made or checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HasherError {
    /// Too many are waiting: answer 503 with `Retry-After`.
    #[error("too many sign-ins at once, try again in a few seconds")]
    Busy,
    /// The runtime is shutting down.
    #[error("the server is stopping")]
    Stopped,
    /// The hash itself.
    #[error(transparent)]
    Hash(#[from] HashError),
}

/// Hashes and checks passwords on blocking threads, at most `at_once` at a time. Each takes the
/// memory of its [`Cost`]: 19 MiB.
#[derive(Debug, Clone)]
pub struct Hasher {
    cost: Arc<Cost>,
    /// Running and waiting together.
    admitted: Arc<Semaphore>,
    running: Arc<Semaphore>,
}

impl Hasher {
    /// A hasher; `at_once` of zero counts as one. Number of cores is a good choice.
    pub fn new(cost: Cost, at_once: usize) -> Self {
        let at_once = at_once.max(1);
        Self {
            cost: Arc::new(cost),
            admitted: Arc::new(Semaphore::new(at_once * (1 + WAITING_PER_WORKER))),
            running: Arc::new(Semaphore::new(at_once)),
        }
    }

    /// [`NewPassword::judge`].
    pub async fn judge(
        &self,
        typed: Secret,
        personal: Vec<String>,
    ) -> Result<Result<NewPassword, Refusal>, HasherError> {
        self.run(move |_| {
            let personal: Vec<&str> = personal.iter().map(String::as_str).collect();
            NewPassword::judge(&typed, &personal)
        })
        .await
    }

    /// [`Cost::hash`].
    pub async fn hash(
        &self,
        password: Password,
        salt: [u8; 16],
    ) -> Result<PasswordHash, HasherError> {
        Ok(self.run(move |cost| cost.hash(&password, salt)).await??)
    }

    /// [`Cost::verify`]: give `None` when there is no account or no password, and answer as if the
    /// password were wrong.
    pub async fn verify(
        &self,
        password: Password,
        stored: Option<PasswordHash>,
    ) -> Result<Verdict, HasherError> {
        Ok(self
            .run(move |cost| cost.verify(&password, stored.as_ref()))
            .await??)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Cost) -> T + Send + 'static,
    ) -> Result<T, HasherError> {
        let admitted = Arc::clone(&self.admitted)
            .try_acquire_owned()
            .map_err(|_| HasherError::Busy)?;
        let running = Arc::clone(&self.running)
            .acquire_owned()
            .await
            .map_err(|_| HasherError::Stopped)?;
        let cost = Arc::clone(&self.cost);
        // Both permits go along: a caller that hangs up must not make room while its hash still
        // runs.
        let job = tokio::task::spawn_blocking(move || {
            let result = work(&cost);
            drop((admitted, running));
            result
        });
        job.await.map_err(|_| HasherError::Stopped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc;

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn no_more_run_at_once_than_allowed() {
        let hasher = Hasher::new(Cost::default(), 2);
        let running = Arc::new(AtomicUsize::new(0));
        let jobs: Vec<_> = (0..40)
            .map(|_| {
                let (hasher, running) = (hasher.clone(), Arc::clone(&running));
                tokio::spawn(async move {
                    hasher
                        .run(move |_| {
                            let others = running.fetch_add(1, Ordering::SeqCst);
                            (0..50).for_each(|_| std::thread::yield_now());
                            running.fetch_sub(1, Ordering::SeqCst);
                            others
                        })
                        .await
                })
            })
            .collect();
        for job in jobs {
            assert!(job.await.unwrap().unwrap() < 2);
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_caller_that_hangs_up_makes_no_room_before_its_work_ends() {
        let hasher = Hasher::new(Cost::default(), 1);
        let (started, wait_for_start) = mpsc::channel();
        let (end, wait_for_end) = mpsc::channel::<()>();
        let caller = tokio::spawn({
            let hasher = hasher.clone();
            async move {
                hasher
                    .run(move |_| {
                        started.send(()).unwrap();
                        wait_for_end.recv().unwrap();
                    })
                    .await
            }
        });
        tokio::task::spawn_blocking(move || wait_for_start.recv().unwrap())
            .await
            .unwrap();
        caller.abort();
        assert!(caller.await.unwrap_err().is_cancelled());
        assert_eq!(hasher.running.available_permits(), 0);
        end.send(()).unwrap();
        assert_eq!(hasher.run(|_| 1).await, Ok(1));
    }
}
