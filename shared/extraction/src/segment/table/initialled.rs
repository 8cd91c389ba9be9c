//! Rows set with spaces without a header: "A1  JM   Circulate the chart      26 Nov".

use super::aligned::{NEAR, place};
use super::{Column, Separator, Table, cells};
use crate::segment::line::{Form, Line};
use std::ops::Range;

/// Fewer rows than this may stand so by chance.
const FEWEST: usize = 2;

/// So many rows are read at once, lest a long text that is no table be read for every line of it.
const MOST: usize = 100;

/// A table that begins at line `i`, whose rows name who by initials and what in the widest column.
pub(super) fn initialled(text: &str, lines: &[Line], i: usize) -> Option<(usize, Table)> {
    let row = |line: &Line| -> Option<Vec<Range<usize>>> {
        let row = cells(text, line, Separator::Spaces);
        (line.form == Form::Plain && (3..=6).contains(&row.len())).then_some(row)
    };
    let start = |line: &Line, cell: &Range<usize>| place(text, line.body, cell.start);
    let first: Vec<usize> = row(&lines[i])?
        .iter()
        .map(|cell| start(&lines[i], cell))
        .collect();
    let fits = |line: &Line| {
        let cells = row(line)?;
        let near = |(cell, at): (&Range<usize>, &usize)| start(line, cell).abs_diff(*at) <= NEAR;
        let same = cells.len() == first.len() && cells.iter().zip(&first).all(near);
        same.then_some(cells)
    };
    let rows: Vec<_> = lines[i..].iter().take(MOST).map_while(fits).collect();
    if rows.len() < FEWEST {
        return None;
    }
    let all =
        |k: usize, test: &dyn Fn(&str) -> bool| rows.iter().all(|r| test(&text[r[k].clone()]));
    let owner = (0..first.len()).find(|&k| all(k, &is_initials))?;
    let width = |k: usize| rows.iter().map(|r| r[k].len()).sum::<usize>();
    let task = (0..first.len()).max_by_key(|&k| width(k))?;
    if task == owner || !all(task, &|cell| cell.contains(' ')) {
        return None;
    }
    let mut columns = vec![Column::Other; first.len()];
    columns[owner] = Column::Owner;
    columns[task] = Column::Task;
    // What stands behind who and what says when.
    let last = first.len() - 1;
    if last > owner.max(task) {
        columns[last] = Column::Due;
    }
    let used = rows.len();
    let table = Table {
        columns,
        headed: true,
        rows,
    };
    Some((used, table))
}

/// "JM", "P.L.", "JM/PL".
fn is_initials(cell: &str) -> bool {
    let letters = cell.chars().filter(|c| c.is_alphabetic());
    (2..=8).contains(&letters.clone().count())
        && letters.clone().all(char::is_uppercase)
        && cell
            .chars()
            .all(|c| c.is_alphabetic() || "./&, +".contains(c))
        && cell
            .split(|c: char| !c.is_alphabetic() && c != '.')
            .all(|part| part.chars().filter(|c| c.is_alphabetic()).count() <= 3)
}
