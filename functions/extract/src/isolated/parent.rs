//! Starting such a process and waiting for it, but not for ever.

use super::child::{ARGUMENT, SERVED};
use super::perform::perform;
use super::{Answer, Reply, Request, What};
use crate::failure::Failure;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;

/// Past its time a process that does not look at the clock is ended.
const GRACE: Duration = Duration::from_secs(5);
/// The longest answer: a text of a million characters with its items.
const ANSWER_BYTES: u64 = 64 * 1024 * 1024;
/// Signals by which the kernel or the allocator end what goes past its bounds.
const SIGABRT: i32 = 6;
const SIGKILL: i32 = 9;
const SIGXCPU: i32 = 24;

/// Works on a file within a time. An answer that says that it cannot be done is a failure.
pub(crate) async fn run(what: What, seconds: u64) -> Result<Answer, Failure> {
    let request = Request { what, seconds };
    let within = Duration::from_secs(seconds) + GRACE;
    let work = async {
        match program() {
            Some(program) => in_process(program, &request).await,
            None => in_thread(request).await,
        }
    };
    let answer = tokio::time::timeout(within, work)
        .await
        .unwrap_or_else(|_| Err(Failure::timed_out()))?;
    match answer {
        Answer::Failed(code, detail) => Err(Failure::new(code, detail)),
        answer => Ok(answer),
    }
}

/// This program, if it can be started for one file.
fn program() -> Option<PathBuf> {
    let served = SERVED.load(Ordering::Relaxed);
    served.then(std::env::current_exe)?.ok()
}

async fn in_process(program: PathBuf, request: &Request) -> Result<Answer, Failure> {
    let body = serde_json::to_vec(request).map_err(|_| Failure::stumbled())?;
    let started = Command::new(program)
        .arg(ARGUMENT)
        // Neither keys nor addresses: whoever takes a parser over finds nothing.
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn();
    let mut child = started.map_err(|error| {
        tracing::error!(%error, "no process could be started for a file");
        Failure::stumbled()
    })?;
    if let Some(mut stdin) = child.stdin.take() {
        // A process that is gone already says why by how it ended.
        let _ = stdin.write_all(&body).await;
    }
    let mut answer = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        let read = stdout.take(ANSWER_BYTES).read_to_end(&mut answer).await;
        read.map_err(|_| Failure::stumbled())?;
    }
    let status = child.wait().await.map_err(|_| Failure::stumbled())?;
    if !status.success() {
        return Err(ended(status));
    }
    let reply: Reply = serde_json::from_slice(&answer).map_err(|_| Failure::stumbled())?;
    tracing::debug!(
        peak_bytes = reply.peak_bytes,
        "a process for one file is done"
    );
    Ok(reply.answer)
}

/// What the end of a process says about its file.
fn ended(status: ExitStatus) -> Failure {
    tracing::warn!(
        signal = status.signal(),
        code = status.code(),
        "a process for one file came to an end"
    );
    match status.signal() {
        Some(SIGXCPU) => Failure::timed_out(),
        Some(SIGABRT | SIGKILL) => Failure::too_demanding(),
        _ => Failure::stumbled(),
    }
}

async fn in_thread(request: Request) -> Result<Answer, Failure> {
    let work = tokio::task::spawn_blocking(move || perform(request));
    work.await.map_err(|_| {
        tracing::error!("the work on a file fell over");
        Failure::stumbled()
    })
}
