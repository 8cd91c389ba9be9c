//! The process that works on one file.

use super::Reply;
use super::perform::perform;
use rustix::process::{Resource, Rlimit, setrlimit};
use std::io::{Read, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

/// By this argument a process knows that it is one.
pub(super) const ARGUMENT: &str = "work-on-one-file";
/// Memory it may take: what the largest files need, beside the 64 MB of stack that are reserved and hardly used.
const MEMORY_BYTES: u64 = (64 + 192) * 1024 * 1024;
/// The largest file it may write: a piece of a recording, a picture of a page.
const FILE_BYTES: u64 = 64 * 1024 * 1024;
/// The largest request: the longest text as JSON.
const REQUEST_BYTES: u64 = 16 * 1024 * 1024;

/// Whether `main` has called [`serve`]: then this program can be started again as such a process.
pub(super) static SERVED: AtomicBool = AtomicBool::new(false);

/// To be called first in `main`: does the work and says how it ended, if this process was started for it.
///
/// Programs that do not call it (tests, for instance) work on files in a thread of their own process.
pub fn serve() -> Option<ExitCode> {
    if std::env::args_os()
        .nth(1)
        .is_none_or(|argument| argument != ARGUMENT)
    {
        SERVED.store(true, Ordering::Relaxed);
        return None;
    }
    let code = match work() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    };
    Some(code)
}

fn work() -> std::io::Result<()> {
    // What a parser has to say when it falls may hold parts of the file.
    std::panic::set_hook(Box::new(|_| {}));
    let mut request = Vec::new();
    std::io::stdin()
        .lock()
        .take(REQUEST_BYTES)
        .read_to_end(&mut request)?;
    let request: super::Request = serde_json::from_slice(&request)?;
    bound(request.seconds)?;
    let reply = Reply {
        answer: perform(request),
        peak_bytes: peak_bytes(),
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    serde_json::to_writer(&mut out, &reply)?;
    out.flush()
}

/// What Linux says about the memory of this process.
fn peak_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes * 1_024)
}

/// A bound that nothing within can lift again.
pub(crate) const fn at_most(most: u64) -> Rlimit {
    Rlimit {
        current: Some(most),
        maximum: Some(most),
    }
}

/// Bounds that the kernel holds, whatever a parser does.
fn bound(seconds: u64) -> std::io::Result<()> {
    let limit = |resource, most| setrlimit(resource, at_most(most));
    limit(Resource::Data, MEMORY_BYTES)?;
    limit(Resource::Cpu, seconds + 10)?;
    limit(Resource::Fsize, FILE_BYTES)?;
    limit(Resource::Core, 0)?;
    Ok(())
}
