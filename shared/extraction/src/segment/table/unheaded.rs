//! Rows between commas, semicolons or tabs without a header: "Order paint,Tom,2027-03-15".

use super::{Column, Separator, Table, cells};
use crate::segment::line::{Form, Line};
use std::ops::Range;

/// Fewer rows than this may stand so by chance.
const FEWEST: usize = 2;

/// So many rows are read at once.
const MOST: usize = 400;

/// So many rows tell what the columns hold, lest a long text that is no table be read for every line of it.
const PROBE: usize = 12;

/// A table that begins at line `i`: one column holds nothing but days, one names, one what is to be done.
pub(super) fn unheaded(text: &str, lines: &[Line], i: usize) -> Option<(usize, Table)> {
    let content = &text[lines[i].start..lines[i].end];
    let digit = content.bytes().any(|b| b.is_ascii_digit());
    let mark = [',', ';', '\t']
        .into_iter()
        .find(|&mark| content.matches(mark).count() >= 2)
        .filter(|_| digit)?;
    let row = |line: &Line| {
        let plain = line.form == Form::Plain;
        let row = plain.then(|| cells(text, line, Separator::Char(mark)))?;
        (3..=8).contains(&row.len()).then_some(row)
    };
    let width = row(&lines[i])?.len();
    let fits = |line: &Line| {
        row(line).filter(|row| row.len() == width && row.iter().any(|c| is_day(&text[c.clone()])))
    };
    let rows: Vec<Vec<Range<usize>>> = lines[i..].iter().take(PROBE).map_while(fits).collect();
    if rows.len() < FEWEST {
        return None;
    }
    let all = |k: usize, test: fn(&str) -> bool| rows.iter().all(|row| test(&text[row[k].clone()]));
    let due = (0..width).find(|&k| all(k, is_day))?;
    let owner = (0..width).find(|&k| all(k, is_name))?;
    let length = |k: &usize| rows.iter().map(|row| row[*k].len()).sum::<usize>();
    let task = (0..width)
        .filter(|&k| k != due && k != owner)
        .max_by_key(length)?;
    let mut columns = vec![Column::Other; width];
    (columns[due], columns[owner], columns[task]) = (Column::Due, Column::Owner, Column::Task);
    let worded = rows
        .iter()
        .filter(|row| text[row[task].clone()].contains(' '));
    (worded.count() * 2 > rows.len()).then(|| {
        let rows: Vec<_> = lines[i..].iter().take(MOST).map_while(fits).collect();
        let used = rows.len();
        // "(closed lost)" where the task should stand.
        let asks = |row: &Vec<Range<usize>>| !text[row[task].clone()].starts_with('(');
        let rows = rows.into_iter().filter(asks).collect();
        (
            used,
            Table {
                columns,
                headed: true,
                rows,
            },
        )
    })
}

/// "2027-03-15", "15.03.2027", "3/15/27".
fn is_day(cell: &str) -> bool {
    let parts: Vec<&str> = cell.split(['-', '/', '.']).collect();
    let number =
        |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    parts.len() == 3 && parts.iter().all(number)
}

/// "Kim", "Anna Keller".
fn is_name(cell: &str) -> bool {
    let word = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word.chars().skip(1).all(|c| c.is_lowercase() || c == '.')
    };
    cell.chars().count() > 2 && cell.split(' ').count() <= 2 && cell.split(' ').all(word)
}
