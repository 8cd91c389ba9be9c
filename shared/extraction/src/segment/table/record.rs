//! Records: a line for each field.

use crate::segment::line::Line;
use crate::segment::table::Table;
use crate::segment::table::column::{Column, column};
use crate::text::{fold_str, one_of};
use std::ops::Range;

/// The line above the fields of a ticket ("Assignee: ..", "Priority: ..", "Due: ..") is what is to be done.
fn ticket(text: &str, lines: &[Line], i: usize, columns: &[Column]) -> Option<Range<usize>> {
    let has = |c: Column| columns.contains(&c);
    let fields = [
        Column::Owner,
        Column::Due,
        Column::Priority,
        Column::Status,
        Column::Estimate,
    ];
    let known = fields.iter().filter(|field| has(**field)).count();
    if known < 3 || !has(Column::Owner) || has(Column::Task) || has(Column::Event) {
        return None;
    }
    let above = lines.get(i.checked_sub(1)?)?;
    let title = &text[above.body..above.end];
    // "PROJ-418  Export times out": the number is no part of it.
    let number = title
        .split_whitespace()
        .next()
        .filter(|word| word.contains(|c: char| c.is_ascii_digit()) && word.len() <= 16);
    let skip = number
        .and_then(|number| Some(title.find(number)? + number.len()))
        .unwrap_or(0);
    let rest = title[skip..].trim_start();
    let letters = rest.chars().filter(|c| c.is_alphabetic()).count();
    (letters >= 4 && rest.len() <= 200).then(|| above.end - rest.len()..above.end)
}

/// "Task: Paint the hallway", "Owner: Greta", "Due: 3 April": one row, a line for each cell.
pub(crate) fn record(text: &str, lines: &[Line], i: usize) -> Option<(usize, Table)> {
    const PLACES: &str = "where|place|location|room|venue|ort|raum|lugar|sala|lieu|salle|yer|link|zoom|address|treffpunkt";
    let mut columns = Vec::new();
    let mut cells = Vec::new();
    let mut placed = false;
    for line in lines[i..].iter().take(12) {
        let content = &text[line.body..line.end];
        let Some(colon) = content
            .char_indices()
            .take(30)
            .find(|&(_, c)| c == ':')
            .map(|(k, _)| k)
        else {
            break;
        };
        let label = fold_str(content[..colon].trim_matches(['*', '_', ' ', '-']));
        let value = content[colon + 1..].trim_start_matches(['*', '_', ' ']);
        let kind = if one_of(PLACES, &label) {
            Some(Column::Other)
        } else {
            column(&label)
        };
        placed |= one_of(PLACES, &label);
        let Some(kind) = kind else { break };
        columns.push(kind);
        cells.push(line.end - value.len()..line.end);
    }
    if let Some(title) = ticket(text, lines, i, &columns) {
        columns.push(Column::Task);
        cells.push(title);
        let row = Table {
            columns,
            headed: true,
            rows: vec![cells],
        };
        return Some((row.columns.len() - 1, row));
    }
    let has = |c: Column| columns.contains(&c);
    let subject = has(Column::Task) || has(Column::Event) || has(Column::Topic) && placed;
    let fields = has(Column::Due) || has(Column::Date) || has(Column::Owner) || has(Column::Status);
    if !subject || !fields || columns.len() < 2 {
        return None;
    }
    if placed
        && (has(Column::Date) || has(Column::Time))
        && !has(Column::Due)
        && !has(Column::Owner)
        && !has(Column::Status)
    {
        for kind in &mut columns {
            if matches!(kind, Column::Task | Column::Topic) {
                *kind = Column::Event;
            }
        }
    }
    Some((
        columns.len(),
        Table {
            columns,
            headed: true,
            rows: vec![cells],
        },
    ))
}
