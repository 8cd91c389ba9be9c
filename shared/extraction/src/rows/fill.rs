//! The cells of a row by meaning.

use crate::dates::{self, When};
use crate::engine::Run;
use crate::fields::hints;
use crate::fields::people::{guests, is_nobody};
use crate::rows::closed::{
    ends_closed, ends_row, is_closed, is_conditional, is_dreamt, is_flag, is_over, is_past,
};
use crate::rows::item::is_arranged;
use crate::segment::Placed;
use crate::segment::table::Column;
use crate::text::{Shape, Words, fold_str, one_of};
use std::ops::Range;

/// What stands in a cell that is left empty on purpose.
const DASHES: &str = "-|–|—|--|n/a|N/A";

/// A row by the meaning of its columns.
#[derive(Default)]
pub(crate) struct Row<'t> {
    pub(crate) task: Option<Words<'t>>,
    pub(crate) topic: Option<Words<'t>>,
    pub(crate) event: Option<Words<'t>>,
    pub(crate) owner: Option<String>,
    pub(crate) due: Option<When>,
    /// A "due" cell without a date says what is due.
    pub(crate) date: Option<When>,
    pub(crate) time: Option<When>,
    pub(crate) end: Option<When>,
    pub(crate) status: Option<String>,
    pub(crate) priority: Option<sentry_domain::Priority>,
    pub(crate) hours: Option<f64>,
    pub(crate) notes: Option<String>,
    pub(crate) attendees: Vec<String>,
    /// What stands where a day belongs and is none.
    pub(crate) undated: Option<String>,
    /// A cell says that nothing is left to do, or that nobody is to do it.
    pub(crate) over: bool,
    /// A cell says that its hour is arranged.
    pub(crate) arranged: bool,
}

pub(crate) fn words<'t>(run: &Run<'_, 't>, cell: &Range<usize>) -> Words<'t> {
    let mut words = Words::read(run.document.text, cell.start, cell.end);
    words.mark(run.document.language.lexicon());
    words
}

pub(crate) fn when(run: &Run, placed: &Placed, cell: &Range<usize>) -> Option<When> {
    let words = words(run, cell);
    if words.len() > 24 {
        return None;
    }
    let reference = run.reference(placed.message, run.document.language);
    dates::scan(&words, &reference, true)
        .into_iter()
        .find_map(|d| d.when)
}

/// Whether a day has gone by where the table was made.
fn has_gone(run: &Run, placed: &Placed, when: &When) -> bool {
    /// So far ahead a day without a year has only rolled forward.
    const ROLLED: i64 = 270;
    let today = run.reference(placed.message, run.document.language).today();
    when.day <= today || (when.day - today).num_days() > ROLLED
}

/// The words before the first day of a cell, if they name something.
fn before_day(run: &Run, placed: &Placed, cell: &Range<usize>) -> Option<Range<usize>> {
    let words = words(run, cell);
    let reference = run.reference(placed.message, run.document.language);
    let found = dates::scan(&words, &reference, true);
    let day = found.iter().find(|d| d.when.is_some())?;
    let end = day.lead_from.min(day.from);
    let names = (0..end).any(|i| {
        let word = words.word(i);
        words.shape(i) == Shape::Word
            && word.len() > 3
            && !one_of("class|start|online|noon|midnight|week|before", word)
    });
    names.then(|| words.bytes(0, end))
}

pub(crate) fn clean(text: &str) -> String {
    text.trim()
        .trim_matches(['*', '_', '`'])
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a cell says nothing.
fn is_blank(text: &str) -> bool {
    text.is_empty() || one_of(DASHES, text) || one_of("TBD|tbd|?", text)
}

pub(crate) fn fill<'t>(
    run: &Run<'_, 't>,
    placed: &Placed,
    columns: &[Column],
    cells: &[Range<usize>],
) -> Option<Row<'t>> {
    let mut row = Row::default();
    let (mut any, mut idle) = (false, false);
    for (column, cell) in columns.iter().zip(cells) {
        let text = clean(&run.document.text[cell.clone()]);
        let none = one_of("none|None", text.as_str());
        // "Chimney leaning | None": no action follows.
        idle |= none && *column == Column::Task && row.task.is_some();
        if none || is_blank(&text) {
            continue;
        }
        any = true;
        row.arranged |= !matches!(column, Column::Task | Column::Topic) && is_arranged(&text);
        match column {
            // "Item | Discussion | Action": what was decided says more of the first.
            Column::Task if row.task.is_some() => {
                row.over |= ends_row(&text);
                row.notes = row.notes.or(Some(text));
            }
            Column::Task => row.task = Some(words(run, cell)),
            Column::Topic => row.topic = row.topic.or_else(|| Some(words(run, cell))),
            Column::Event => row.event = row.event.or_else(|| Some(words(run, cell))),
            Column::Owner => row.owner = row.owner.or_else(|| owner(run, &text)),
            Column::Due => due(run, placed, columns, cell, &mut row, &text),
            Column::Date | Column::Start => {
                let date = when(run, placed, cell);
                // "Date | Start | End": the second holds hours.
                if date
                    .as_ref()
                    .is_some_and(|d| !d.day_given && d.time.is_some())
                    && columns.contains(&Column::Date)
                    && *column == Column::Start
                {
                    row.time = row.time.or(date);
                    continue;
                }
                // "Not this year, too heavy" names a day, too.
                if date.is_none() || is_over(&text) {
                    row.undated = Some(text);
                }
                row.date = row.date.or(date);
            }
            Column::End => row.end = when(run, placed, cell),
            Column::Time => {
                row.time = when(run, placed, cell).or_else(|| military(run, placed, &text));
            }
            Column::Status => {
                // "List Name | Archived | Due Complete": what ends a row in one of them ends it.
                let ended = |status: &str| is_closed(status) || is_dreamt(status);
                if !row.status.as_deref().is_some_and(ended) {
                    row.status = Some(fold_str(&text));
                }
            }
            Column::Finished => {
                row.over |= when(run, placed, cell).is_some_and(|d| has_gone(run, placed, &d));
            }
            Column::Priority => row.priority = hints::priority_cell(&text).or(row.priority),
            Column::Estimate => row.hours = estimate(run, cell),
            Column::Notes => row.notes = Some(text),
            Column::Attendees => {
                row.attendees = guests(&text);
            }
            Column::Other => row.over |= !is_flag(&text) && ends_row(&text),
        }
    }
    // "Tue 12 | water the plants | 10:00": the hour is on the day of its row.
    if let (Some(due), Some(date)) = (&mut row.due, &row.date)
        && !due.day_given
        && due.exact.is_none()
        && date.day_given
        && date.recurrence.is_none()
    {
        (due.day, due.day_given) = (date.day, true);
    }
    row.over |= idle && row.date.is_none() && row.time.is_none();
    row.over |= row.due.is_none()
        && (row.owner.is_none() && is_nobodys(run, columns, cells)
            || is_undue(run, columns, cells) && row.status.as_deref().is_some_and(is_past))
        || row.owner.is_none() && is_inapplicable(run, columns, cells);
    any.then_some(row)
}

/// Who is to do what a row says.
fn owner(run: &Run, cell: &str) -> Option<String> {
    let name = if is_reader(cell) {
        run.context.reader.clone()
    } else {
        Some(named(cell))
    };
    name.filter(|name| !name.is_empty() && !is_nobody(name))
}

/// Whether the owner of a row is called as the reader is: "You".
fn is_reader(cell: &str) -> bool {
    one_of(
        "you|du|dir|dich|ihnen|vous|te|t|le|tu|sana|size|sen",
        &fold_str(cell),
    )
}

/// Who is meant by "@rita @jan", and as programs write it: "[Rita Hahn]", "Rita (24)".
fn named(cell: &str) -> String {
    let inner = cell
        .strip_prefix('[')
        .and_then(|cell| cell.strip_suffix(']'));
    let name = inner.unwrap_or(cell);
    let number = name
        .strip_suffix(')')
        .and_then(|name| name.rsplit_once(" ("));
    let name = match number {
        Some((name, number)) if number.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => name,
    };
    name.trim_start_matches('@').replace(" @", " ")
}

/// What a cell says under "Due": a day, that it is urgent or over, or what is due.
fn due<'t>(
    run: &Run<'_, 't>,
    placed: &Placed,
    columns: &[Column],
    cell: &Range<usize>,
    row: &mut Row<'t>,
    text: &str,
) {
    let date = when(run, placed, cell);
    if date.is_none() {
        row.undated = Some(text.to_owned());
        // "ASAP" where a day belongs.
        let said = words(run, cell);
        let urgent = hints::priority(&said, 0, said.len()).map(|(priority, _)| priority);
        row.priority = row.priority.or(urgent);
    }
    // "livrés le 02/04", "erledigt 03.03.".
    let over = is_over(text);
    row.over |= ends_closed(text)
        || (over || is_past(text)) && date.as_ref().is_some_and(|d| has_gone(run, placed, d));
    let open = !over && !is_conditional(text);
    if date.is_none() && open && text.chars().filter(|c| c.is_alphabetic()).count() > 3 {
        row.task = row.task.take().or_else(|| Some(words(run, cell)));
    }
    // "Safety quiz, Thu Jan 28": what is due and when, where no other column names it.
    if date.is_some()
        && open
        && !columns.contains(&Column::Task)
        && let Some(name) = before_day(run, placed, cell)
    {
        row.task = row.task.take().or_else(|| Some(words(run, &name)));
    }
    row.due = row.due.take().or(date);
}

/// Whether dashes stand where the owner and the day of a row belong: nobody is to do it at any time.
fn is_nobodys(run: &Run, columns: &[Column], cells: &[Range<usize>]) -> bool {
    is_dashed(run, columns, cells, |column| *column == Column::Owner)
        && is_undue(run, columns, cells)
}

/// Whether the status of a row is "n/a".
fn is_inapplicable(run: &Run, columns: &[Column], cells: &[Range<usize>]) -> bool {
    columns.iter().zip(cells).any(|(column, cell)| {
        let text = run.document.text[cell.clone()].trim();
        *column == Column::Status && matches!(text, "n/a" | "N/A")
    })
}

/// Whether a dash stands where the day of a row belongs.
fn is_undue(run: &Run, columns: &[Column], cells: &[Range<usize>]) -> bool {
    is_dashed(run, columns, cells, |column| {
        matches!(column, Column::Due | Column::Date)
    })
}

fn is_dashed(
    run: &Run,
    columns: &[Column],
    cells: &[Range<usize>],
    what: fn(&Column) -> bool,
) -> bool {
    columns.iter().zip(cells).any(|(column, cell)| {
        let text = run.document.text[cell.clone()].trim();
        what(column) && one_of(DASHES, text)
    })
}

pub(crate) fn estimate(run: &Run, cell: &Range<usize>) -> Option<f64> {
    let words = words(run, cell);
    let spelled = (0..words.len())
        .find_map(|i| hints::duration(&words, i))
        .map(|(h, _)| h);
    // A bare number under "Effort" or "Hours" counts hours.
    spelled.or_else(|| {
        words
            .slice(0, words.len())
            .trim()
            .replace(',', ".")
            .parse::<f64>()
            .ok()
            .filter(|h| *h > 0.0 && *h < 1_000.0)
    })
}

/// The day of a table that names hours and no days: that of its heading or of the first lines of the document.
pub(crate) fn day_of(run: &Run, placed: &Placed, columns: &[Column]) -> Option<When> {
    let dayless = columns.contains(&Column::Time)
        && !columns
            .iter()
            .any(|c| matches!(c, Column::Date | Column::Due | Column::Start));
    if !dayless {
        return None;
    }
    let heading = run.document.sections[placed.section].heading.clone();
    let lines = run.document.units.iter().take(4).map(|u| u.bytes.clone());
    std::iter::once(heading)
        .chain(lines)
        .filter(|bytes| !bytes.is_empty() && bytes.len() < 200)
        .find_map(|bytes| {
            let words = words(run, &bytes);
            let reference = run.reference(placed.message, run.document.language);
            let found = dates::scan(&words, &reference, false);
            let day = found.into_iter().filter_map(|d| d.when);
            let mut day = day.filter(|when| when.day_given && when.recurrence.is_none());
            day.next().map(|when| When {
                time: None,
                end_time: None,
                ..when
            })
        })
}

/// "1015" under "Time".
fn military(run: &Run, placed: &Placed, cell: &str) -> Option<When> {
    let digits = cell.len() == 4 && cell.bytes().all(|b| b.is_ascii_digit());
    let number: u32 = digits.then(|| cell.parse().ok())??;
    let time = chrono::NaiveTime::from_hms_opt(number / 100, number % 100, 0)?;
    let reference = run.reference(placed.message, run.document.language);
    Some(When {
        day: reference.today(),
        last_day: None,
        time: Some(time),
        end_time: None,
        recurrence: None,
        zone: None,
        day_given: false,
        exact: None,
    })
}
