//! Records: a line for each field.

use crate::segment::line::Line;
use crate::segment::table::Table;
use crate::segment::table::column::{Column, column};
use crate::text::{fold_str, one_of};

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
