//! Calendars as programs exchange them (RFC 5545): their lines as they are, for they are read as such; what no
//! person reads is left out.

use crate::limits::Budget;
use crate::writer::Writer;
use crate::{Document, FileKind, ReadError};

/// How a calendar begins, in small letters.
const BEGINS: &str = "begin:vcalendar";
/// Parts of a calendar that describe zones and reminders, not entries.
const SKIPPED: [&str; 2] = ["VTIMEZONE", "VALARM"];
/// Lines between two looks at the time.
const LINES_PER_CHECK: usize = 4_096;

/// True when a text in small letters begins like a calendar.
pub(crate) fn begins(head: &str) -> bool {
    head.starts_with(BEGINS)
}

pub(crate) fn read(text: &str, budget: &Budget) -> Result<Document, ReadError> {
    let mut lines: Vec<String> = Vec::new();
    let mut skipped: Option<&str> = None;
    for (count, line) in text.lines().enumerate() {
        if count.is_multiple_of(LINES_PER_CHECK) {
            budget.check_time()?;
        }
        // Long lines are folded: the rest of one begins with a blank.
        if let Some(more) = line.strip_prefix([' ', '\t']) {
            if let (None, Some(last)) = (skipped, lines.last_mut()) {
                last.push_str(more);
            }
            continue;
        }
        if let Some(name) = skipped {
            if line.trim_end().strip_prefix("END:") == Some(name) {
                skipped = None;
            }
            continue;
        }
        let name = line.trim_end().strip_prefix("BEGIN:");
        skipped = SKIPPED.into_iter().find(|known| name == Some(known));
        if skipped.is_none() && !line.trim().is_empty() {
            lines.push(line.to_owned());
        }
    }
    let shown = lines.iter().filter(|line| !is_binary(line));
    let shown: Vec<&str> = shown.map(|line| line.trim_end()).collect();
    let mut writer = Writer::new(budget);
    writer.verbatim(&shown.join("\n"));
    writer.finish(FileKind::Calendar)
}

/// Files and pictures written into a calendar.
fn is_binary(line: &str) -> bool {
    line.split_once(':')
        .is_some_and(|(head, _)| head.to_ascii_uppercase().contains("ENCODING=BASE64"))
}
