//! Prints what the engine finds in a file: `cargo run -p sentry-extraction --example show -- FILE [NOW] [ZONE] [READER]`.

use chrono::{DateTime, Utc};
use sentry_extraction::{Context, extract};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("which file?")?;
    let now: DateTime<Utc> = arguments
        .next()
        .unwrap_or_else(|| "2026-03-02T09:00:00Z".to_owned())
        .parse()?;
    let zone = arguments
        .next()
        .unwrap_or_else(|| "Europe/Berlin".to_owned())
        .parse()?;
    let context = Context {
        reader: arguments.next(),
        ..Context::new(now, zone)
    };
    let found = extract(&std::fs::read_to_string(path)?, &context);
    for item in &found.items {
        println!(
            "{:.2} {} {:?} due={:?}/{:?} start={:?} end={:?} prio={:?} est={:?} rrule={:?} with={:?} cat={} {:?}\n       « {} »",
            item.confidence,
            item.task_type,
            item.title,
            item.due_on,
            item.due_at,
            item.start_at,
            item.end_at,
            item.priority,
            item.estimated_hours,
            item.recurrence,
            item.attendees,
            item.category,
            item.assigned_to,
            item.source.quote
        );
    }
    println!(
        "{} dropped {:?}, language {}",
        found.dropped, found.reasons, found.language
    );
    Ok(())
}
