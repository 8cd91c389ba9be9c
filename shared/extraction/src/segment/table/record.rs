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
    let above = lines[..i].iter().rev().take(2).find(|l| l.start < l.end)?;
    let rest = unnumbered(&text[above.body..above.end])?;
    (rest.len() <= 200).then(|| above.end - rest.len()..above.end)
}

/// What is to be done in "PROJ-418  Export times out": the number is no part of it.
pub(super) fn unnumbered(title: &str) -> Option<&str> {
    const FEWEST_LETTERS: usize = 4;
    let number = title
        .split_whitespace()
        .next()
        .filter(|word| word.contains(|c: char| c.is_ascii_digit()) && word.len() <= 16);
    let skip = number
        .and_then(|number| Some(title.find(number)? + number.len()))
        .unwrap_or(0);
    let rest = title[skip..].trim_start();
    let letters = rest.chars().filter(|c| c.is_alphabetic()).count();
    (letters >= FEWEST_LETTERS).then_some(rest)
}

/// The fields of a line, of which several may stand side by side with room between them.
fn fields(text: &str, line: &Line) -> Vec<Range<usize>> {
    let content = &text[line.body..line.end];
    let mut all = Vec::new();
    let mut from = 0;
    for (at, _) in content.match_indices("   ") {
        let next = at + content[at..].len() - content[at..].trim_start().len();
        let labelled = content[next..].split_whitespace().next();
        if at > from && labelled.is_some_and(|word| word.ends_with(':')) {
            all.push(line.body + from..line.body + from + content[from..at].trim_end().len());
            from = next;
        }
    }
    all.push(line.body + from..line.end);
    all
}

/// The folded label and the value of "Owner: Greta".
pub(super) fn labelled(field: &str) -> Option<(String, &str)> {
    let colon = field.char_indices().take(30).find(|&(_, c)| c == ':')?.0;
    let label = fold_str(field[..colon].trim_matches(['*', '_', ' ', '-']));
    Some((
        label,
        field[colon + 1..].trim_start_matches(['*', '_', ' ']),
    ))
}

/// "Task: Paint the hallway", "Owner: Greta", "Due: 3 April": one row, a line for each cell.
pub(crate) fn record(text: &str, lines: &[Line], i: usize) -> Option<(usize, Table)> {
    const PLACES: &str = "where|place|location|room|venue|ort|raum|lugar|sala|lieu|salle|yer|link|zoom|address|treffpunkt";
    let mut columns = Vec::new();
    let mut cells = Vec::new();
    let mut placed = false;
    let mut used = 0;
    'lines: for line in lines[i..].iter().take(12) {
        for field in fields(text, line) {
            let Some((label, value)) = labelled(&text[field.clone()]) else {
                break 'lines;
            };
            let place = one_of(PLACES, &label);
            placed |= place;
            let kind = if place {
                Some(Column::Other)
            } else {
                column(&label)
            };
            let Some(kind) = kind else { break 'lines };
            columns.push(kind);
            cells.push(field.end - value.len()..field.end);
        }
        used += 1;
    }
    if let Some(title) = ticket(text, lines, i, &columns) {
        columns.insert(0, Column::Task);
        cells.insert(0, title);
        let row = Table {
            columns,
            headed: true,
            rows: vec![cells],
        };
        return Some((used, row));
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
        used,
        Table {
            columns,
            headed: true,
            rows: vec![cells],
        },
    ))
}
