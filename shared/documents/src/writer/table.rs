//! Tables in the normal form.

use super::{Last, Writer};
use crate::clean::cell_text;

impl Writer<'_> {
    /// Writes a table: empty rows and columns are dropped, short rows filled up.
    pub(crate) fn table(&mut self, rows: &[Vec<String>]) {
        let rows: Vec<Vec<String>> = rows
            .iter()
            .map(|row| {
                let cells = row.iter().map(|cell| cell_text(cell));
                cells.map(|cell| self.unstruck(cell)).collect::<Vec<_>>()
            })
            .filter(|row: &Vec<String>| row.iter().any(|cell| !cell.is_empty()))
            .collect();
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let used: Vec<usize> = (0..width)
            .filter(|&column| {
                rows.iter()
                    .any(|row| row.get(column).is_some_and(|c| !c.is_empty()))
            })
            .collect();
        if used.is_empty() {
            return;
        }
        if used.len() == 1 {
            for row in &rows {
                self.paragraph(row.get(used[0]).map_or("", String::as_str));
            }
            return;
        }
        if used.len() == 2 && is_labels(&rows, used[0]) {
            let lines: Vec<String> = rows.iter().map(|row| row.join(" ")).collect();
            self.paragraph(&lines.join("\n"));
            return;
        }
        let mut out = String::new();
        for (index, row) in rows.iter().enumerate() {
            if self.chars + out.len() > self.budget.limits.max_chars * 4 {
                break;
            }
            if index > 0 {
                out.push('\n');
            }
            out.push('|');
            for &column in &used {
                out.push(' ');
                out.push_str(row.get(column).map_or("", String::as_str));
                out.push_str(" |");
            }
            if index == 0 {
                out.push_str("\n|");
                out.push_str(&"---|".repeat(used.len()));
            }
        }
        self.put(Last::Other, &out);
    }
}

/// Labels with values rather than a table: "Date: 12 March".
fn is_labels(rows: &[Vec<String>], column: usize) -> bool {
    rows.iter()
        .all(|row| row.get(column).is_some_and(|cell| cell.ends_with(':')))
}
