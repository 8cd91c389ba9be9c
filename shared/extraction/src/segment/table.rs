//! Tables: between bars, comma-, semicolon- or tab-separated, or set with spaces.

mod aligned;
mod board;
mod column;
mod initialled;
mod noticed;
mod record;
mod unheaded;

use crate::segment::line::{Form, Line};
use crate::text::{fold_str, one_of};
pub(crate) use column::{Column, column};
use initialled::initialled;
use noticed::noticed;
use record::record;
use std::ops::Range;
use unheaded::unheaded;

/// Cells by row, with what the header says of the columns.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub columns: Vec<Column>,
    /// Whether a header was recognised.
    pub headed: bool,
    pub rows: Vec<Vec<Range<usize>>>,
}

/// How the cells of a line are separated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Separator {
    Bar,
    Char(char),
    Spaces,
}

fn cells(text: &str, line: &Line, separator: Separator) -> Vec<Range<usize>> {
    let (start, end) = (
        line.end - text[line.start..line.end].trim_start().len(),
        line.end,
    );
    // The first cell of a row between tabs may be empty.
    let start = if separator == Separator::Char('\t') {
        line.start
    } else {
        start
    };
    let mut all = Vec::new();
    let mut push = |from: usize, to: usize| {
        let inner = text[from..to].trim();
        let at = from + (text[from..to].len() - text[from..to].trim_start().len());
        let quoted = inner.len() > 1 && inner.starts_with('"') && inner.ends_with('"');
        all.push(if quoted {
            at + 1..at + inner.len() - 1
        } else {
            at..at + inner.len()
        });
    };
    match separator {
        Separator::Bar => {
            let inner = text[start..end]
                .strip_prefix('|')
                .map_or(start, |_| start + 1);
            let last = if end > inner
                && text[inner..end].ends_with('|')
                && !text[inner..end].ends_with("\\|")
            {
                end - 1
            } else {
                end
            };
            let mut from = inner;
            for (i, c) in text[inner..last].char_indices() {
                if c == '|' && !text[..inner + i].ends_with('\\') {
                    push(from, inner + i);
                    from = inner + i + 1;
                }
            }
            push(from, last);
        }
        Separator::Char(mark) => {
            let (mut from, mut quoted) = (start, false);
            for (i, c) in text[start..end].char_indices() {
                if c == '"' {
                    quoted = !quoted;
                } else if c == mark && !quoted {
                    push(from, start + i);
                    from = start + i + c.len_utf8();
                }
            }
            push(from, end);
        }
        Separator::Spaces => {
            let mut from = start;
            let mut gap = 0;
            for (i, c) in text[start..end].char_indices() {
                let at = start + i;
                if c == ' ' || c == '\t' {
                    gap += if c == '\t' { 2 } else { 1 };
                } else {
                    if gap >= 2 && at > from {
                        push(from, at);
                        from = at;
                    }
                    gap = 0;
                }
            }
            push(from, end);
        }
    }
    all
}

fn header(text: &str, cells: &[Range<usize>]) -> Option<Vec<Column>> {
    let known: Vec<Option<Column>> = cells.iter().map(|c| column(&text[c.clone()])).collect();
    if is_directory(text, cells, &known) {
        return None;
    }
    let found = known.iter().flatten().count();
    let telling = known.iter().flatten().any(|c| {
        matches!(
            c,
            Column::Task
                | Column::Due
                | Column::Event
                | Column::Topic
                | Column::Owner
                | Column::Date
        )
    });
    (found >= 2 && telling && (found * 2 >= cells.len() || is_export(&known))).then(|| {
        let columns = known.into_iter().map(|c| c.unwrap_or(Column::Other));
        named(text, cells, columns.collect())
    })
}

/// "Firm | What for | Contact | Remarks": whether a header tells who can be reached, and nothing that is to be done.
fn is_directory(text: &str, cells: &[Range<usize>], known: &[Option<Column>]) -> bool {
    const REACHED: &str = "firm|firms|firma|company|supplier|suppliers|vendor|vendors|provider|providers|contractor|contact|contacts|phone|telephone|tel|tel.|e-mail|email|address|lieferant|lieferanten|dienstleister|ansprechpartner|kontakt|telefon|adresse|societe|entreprise|prestataire|prestataires|fournisseur|fournisseurs|prestation|telephone|proveedor|proveedores|empresa|contacto|telefono|correo|tedarikci|sirket|iletisim";
    let told = |column: &Column| matches!(column, Column::Owner | Column::Notes | Column::Other);
    let reached = |cell: &Range<usize>| one_of(REACHED, &fold_str(text[cell.clone()].trim()));
    let many = cells.iter().filter(|cell| reached(cell)).count() > 1;
    (many || cells.first().is_some_and(reached)) && known.iter().flatten().all(told)
}

/// Whether a header with columns nobody knows, as programs write them, still says what, and two things more of it.
fn is_export(known: &[Option<Column>]) -> bool {
    let mut kinds: Vec<Column> = Vec::new();
    for kind in known.iter().flatten() {
        if *kind != Column::Other && !kinds.contains(kind) {
            kinds.push(*kind);
        }
    }
    let what = |kind: &Column| matches!(kind, Column::Task | Column::Topic | Column::Event);
    let at = |kind: &Column| {
        matches!(
            kind,
            Column::Owner | Column::Due | Column::Date | Column::Start
        )
    };
    kinds.len() >= 3 && kinds.iter().any(what) && kinds.iter().any(at)
}

/// "Name | Duration | Start | Finish | Resource Names": where others say who, "Name" is that of the task.
fn named(text: &str, cells: &[Range<usize>], mut columns: Vec<Column>) -> Vec<Column> {
    let owners = columns.iter().filter(|c| **c == Column::Owner).count();
    let name = cells.iter().position(|cell| {
        let cell = &text[cell.clone()];
        cell.eq_ignore_ascii_case("name") || cell.eq_ignore_ascii_case("vorgangsname")
    });
    if let Some(k) = name.filter(|_| owners > 1 && !columns.contains(&Column::Task)) {
        columns[k] = Column::Task;
    }
    // "Content | Responsible | Date": what somebody has in hand.
    let content = cells
        .iter()
        .position(|cell| text[cell.clone()].eq_ignore_ascii_case("content"));
    if let Some(k) = content.filter(|_| owners > 0 && !columns.contains(&Column::Task)) {
        columns[k] = Column::Task;
    }
    // "Item | Notes": what was spoken of.
    let spoken = |k: usize| {
        one_of(
            "item|items|point|points|matter|matters|thing|things",
            &fold_str(&text[cells[k].clone()]),
        )
    };
    let task = columns.iter().position(|c| *c == Column::Task);
    let told = |c: &Column| matches!(c, Column::Task | Column::Notes | Column::Other);
    if let Some(k) =
        task.filter(|&k| spoken(k) && columns.contains(&Column::Notes) && columns.iter().all(told))
    {
        columns[k] = Column::Topic;
    }
    appointed(text, cells, &mut columns);
    columns
}

/// "Subject | Start Date | Start Time | End Date | End Time": a calendar, whose subjects take place.
fn appointed(text: &str, cells: &[Range<usize>], columns: &mut [Column]) {
    const HOURS: &str =
        "start time|beginnt um|startzeit|hora de inicio|heure de debut|baslangic saati";
    let hours = cells
        .iter()
        .position(|cell| one_of(HOURS, &fold_str(&text[cell.clone()])));
    let starts = columns.iter().filter(|c| **c == Column::Start).count();
    let Some(hours) = hours.filter(|_| starts > 1 && columns.contains(&Column::End)) else {
        return;
    };
    columns[hours] = Column::Time;
    let subject = columns
        .iter()
        .position(|c| matches!(c, Column::Topic | Column::Task));
    if let Some(k) = subject.filter(|_| !columns.contains(&Column::Event)) {
        columns[k] = Column::Event;
    }
}

fn is_separator(text: &str, line: &Line) -> bool {
    let content = &text[line.start..line.end];
    content.contains(['-', '=']) && content.chars().all(|c| "|-:+= \t".contains(c))
}

/// A table that begins at line `i`, and how many lines it takes.
pub(crate) fn read(text: &str, lines: &[Line], i: usize) -> Option<(usize, Table)> {
    let first = &lines[i];
    let content = &text[first.start..first.end];
    if first.form == Form::Row
        || (first.form == Form::Plain
            && content.matches('|').take(2).count() == 2
            && is_row(text, lines.get(i + 1)))
    {
        return Some(barred(text, lines, i));
    }
    if let Some(found) = record(text, lines, i) {
        return Some(found);
    }
    if first.form != Form::Plain || first.end - first.start > 400 {
        return None;
    }
    if let Some(found) = noticed(text, lines, i) {
        return Some(found);
    }
    for separator in [
        Separator::Char('\t'),
        Separator::Char(';'),
        Separator::Char(','),
        Separator::Spaces,
    ] {
        let count = match separator {
            Separator::Char(c) => content.matches(c).count(),
            _ => content.trim().matches("  ").count(),
        };
        if count == 0 {
            continue;
        }
        let head = cells(text, first, separator);
        if head.len() < 2 {
            continue;
        }
        if let Some(columns) = header(text, &head) {
            return delimited(text, &lines[i..], separator, &head, columns);
        }
    }
    initialled(text, lines, i).or_else(|| unheaded(text, lines, i))
}

fn is_row(text: &str, line: Option<&Line>) -> bool {
    line.is_some_and(|l| l.form == Form::Row || text[l.start..l.end].contains('|'))
}

fn barred(text: &str, lines: &[Line], i: usize) -> (usize, Table) {
    let mut rows = Vec::new();
    let mut used = 0;
    for line in &lines[i..] {
        let framed =
            matches!(line.form, Form::Rule | Form::Plain) && is_separator(text, line) && used > 0;
        if line.form != Form::Row && !framed && !text[line.start..line.end].contains('|') {
            break;
        }
        used += 1;
        if !is_separator(text, line) {
            rows.push(cells(text, line, Separator::Bar));
        }
    }
    if let Some(table) = board::board(text, &rows) {
        return (used, table);
    }
    let columns = rows.first().and_then(|head| header(text, head));
    if columns.is_none()
        && let Some(table) = transposed(text, &rows)
    {
        return (used, table);
    }
    let headed = columns.is_some();
    let divided = used > rows.len();
    // A table without a head has its first row there, with a number like all others.
    let number = |cell: &Range<usize>| text[cell.clone()].contains(|c: char| c.is_ascii_digit());
    let headless = rows.len() > 1 && rows.iter().all(|row| row.first().is_some_and(number));
    if (headed || divided && !headless) && !rows.is_empty() {
        rows.remove(0);
    }
    (
        used,
        Table {
            columns: columns.unwrap_or_default(),
            headed,
            rows,
        },
    )
}

/// A table whose header is its first column: "Task | Order chairs", "Owner | Kim", "Due | 20 March".
fn transposed(text: &str, rows: &[Vec<Range<usize>>]) -> Option<Table> {
    const MOST: usize = 8;
    let width = rows.iter().map(Vec::len).max()?;
    if !(2..=MOST).contains(&rows.len()) || !(2..=MOST).contains(&width) {
        return None;
    }
    let label = |row: &Vec<Range<usize>>| column(&text[row.first()?.clone()]);
    let columns: Vec<Column> = rows.iter().map(label).collect::<Option<_>>()?;
    let once = |kind: Column| columns.iter().filter(|c| **c == kind).count() == 1;
    let tells = once(Column::Task) && (once(Column::Due) || once(Column::Owner));
    let cell = |row: &Vec<Range<usize>>, k: usize| {
        row.get(k)
            .cloned()
            .or_else(|| row.last().map(|last| last.end..last.end))
    };
    let rows = (1..width).map(|k| rows.iter().filter_map(|row| cell(row, k)).collect());
    tells.then(|| Table {
        headed: true,
        rows: rows.collect(),
        columns: columns.clone(),
    })
}

fn delimited(
    text: &str,
    lines: &[Line],
    separator: Separator,
    head: &[Range<usize>],
    columns: Vec<Column>,
) -> Option<(usize, Table)> {
    let mut rows: Vec<Vec<Range<usize>>> = Vec::new();
    let mut used = 1;
    let starts = match separator {
        Separator::Spaces => aligned::starts(text, lines[0].start, head),
        _ => Vec::new(),
    };
    for line in &lines[1..] {
        if line.form == Form::Rule && rows.is_empty() {
            used += 1;
            continue;
        }
        if line.form == Form::Blank {
            break;
        }
        let whole = Line {
            body: line.start,
            ..*line
        };
        let row = cells(text, &whole, separator);
        // Points that run over several lines are no rows: their margin is read as such.
        let inner = &text[line.start..line.end];
        let wrapped = separator == Separator::Spaces
            && row.len() < columns.len()
            && inner.starts_with("   ")
            && columns.len() <= 4
            && columns[0] != Column::Date
            && !aligned::dated(text, line.start, &row, (&starts, &columns));
        if wrapped {
            return None;
        }
        let fits = if separator == Separator::Spaces {
            row.len() >= 2 && row.len() <= columns.len() + 1
        } else {
            row.len() * 2 > columns.len() && row.len() <= columns.len() + 1
        };
        if !fits {
            break;
        }
        used += 1;
        let tabs = inner.contains('\t');
        rows.push(if separator == Separator::Spaces && !tabs {
            aligned::aligned(text, line.start, row, &starts)
        } else {
            row
        });
    }
    (!rows.is_empty()).then_some((
        used,
        Table {
            columns,
            headed: true,
            rows,
        },
    ))
}
