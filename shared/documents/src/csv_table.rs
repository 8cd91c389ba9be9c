//! Separated values: one table.

use crate::limits::Budget;
use crate::writer::Writer;
use crate::{Document, FileKind, ReadError};

/// Lines looked at to find the separator.
const SAMPLE_LINES: usize = 50;

/// Columns beyond these are not read: no list of tasks has them.
const MAX_COLUMNS: usize = 256;

pub(crate) fn read(text: &str, budget: &Budget) -> Result<Document, ReadError> {
    let (declared, text) = excel_separator(text);
    let separator = declared.unwrap_or_else(|| separator(text));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut chars = 0;
    for (index, record) in reader.records().enumerate() {
        if index % 1_000 == 0 {
            budget.check_time()?;
        }
        let record = record.map_err(|error| ReadError::damaged(error.to_string()))?;
        let row: Vec<String> = record.iter().take(MAX_COLUMNS).map(str::to_owned).collect();
        chars += row.iter().map(String::len).sum::<usize>();
        rows.push(row);
        if chars > budget.limits.max_chars * 4 {
            break;
        }
    }
    let mut writer = Writer::new(budget);
    writer.table(&rows);
    writer.finish(FileKind::Csv)
}

/// Excel writes and reads a first line `sep=;`.
fn excel_separator(text: &str) -> (Option<u8>, &str) {
    let Some(rest) = text.strip_prefix("sep=") else {
        return (None, text);
    };
    let (line, rest) = rest.split_once('\n').unwrap_or((rest, ""));
    match line.as_bytes() {
        [separator] => (Some(*separator), rest),
        _ => (None, text),
    }
}

/// The candidate that cuts most lines into the same number of fields, more fields winning.
fn separator(text: &str) -> u8 {
    let mut best = (0, b',');
    for candidate in [b',', b';', b'\t', b'|'] {
        let counts: Vec<usize> = text
            .lines()
            .take(SAMPLE_LINES)
            .filter(|line| !line.trim().is_empty())
            .map(|line| fields(line, candidate))
            .collect();
        let Some(&first) = counts.first() else {
            continue;
        };
        let same = counts.iter().filter(|&&count| count == first).count();
        let score = if first < 2 {
            0
        } else {
            same * 1_000 / counts.len() * 100 + first.min(99)
        };
        if score > best.0 {
            best = (score, candidate);
        }
    }
    best.1
}

fn fields(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    let mut count = 1;
    for &byte in line.as_bytes() {
        if byte == b'"' {
            quoted = !quoted;
        } else if byte == separator && !quoted {
            count += 1;
        }
    }
    count
}
