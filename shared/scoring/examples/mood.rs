//! What the built-in engine reads in each line of its input, as JSON.
//!
//! `echo "I am so tired" | cargo run -p sentry-scoring --example mood`

use std::io::{BufRead, Result, Write, stdin, stdout};

fn main() -> Result<()> {
    for line in stdin().lock().lines() {
        let sentiment = sentry_scoring::sentiment::analyze(&line?);
        serde_json::to_writer(stdout(), &sentiment)?;
        stdout().write_all(b"\n")?;
    }
    Ok(())
}
