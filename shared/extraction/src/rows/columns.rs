//! What the columns of a table mean where its header does not say.

use crate::engine::Run;
use crate::language::{Language, Marks};
use crate::rows::fill::when;
use crate::segment::Placed;
use crate::segment::sections::Class;
use crate::segment::table::Column;
use crate::text::{Words, fold_str};
use std::ops::Range;

/// Where the column called "Item" only counts, the description is the task.
pub(crate) fn retitled(run: &Run, placed: &Placed, mut columns: Vec<Column>) -> Vec<Column> {
    let worded = |k: usize| {
        let cells = placed.table.rows.iter().take(20).filter_map(|r| r.get(k));
        cells
            .filter(|c| {
                run.document.text[(*c).clone()]
                    .chars()
                    .filter(|c| c.is_alphabetic())
                    .count()
                    > 3
            })
            .count()
            * 2
            > placed.table.rows.len().min(20)
    };
    let task = columns.iter().position(|c| *c == Column::Task);
    let event = columns.iter().position(|c| *c == Column::Event);
    if task.is_some_and(worded) || event.is_some_and(worded) {
        return columns;
    }
    let other = columns
        .iter()
        .position(|c| *c == Column::Notes)
        .or_else(|| {
            columns
                .iter()
                .position(|c| *c == Column::Topic)
                .filter(|_| task.is_some())
        });
    let telling = columns.contains(&Column::Owner) || columns.contains(&Column::Due);
    // "Topic | Out | Hand in": what is to be handed in goes by its topic.
    let due = columns.iter().position(|c| *c == Column::Due);
    let lectures = columns.contains(&Column::Event)
        || columns.contains(&Column::Date)
        || columns.iter().filter(|c| **c == Column::Due).count() > 1;
    let bare = !lectures && due.is_some_and(|k| days(run, placed, k));
    let other = other.or_else(|| {
        let topic = columns.iter().position(|c| *c == Column::Topic);
        topic.filter(|_| task.is_none() && bare)
    });
    if let Some(k) = other.filter(|&k| worded(k) && telling) {
        if let Some(task) = task {
            columns[task] = Column::Other;
        }
        columns[k] = Column::Task;
    }
    columns
}

/// Where owners and days have their columns and no header is known to name the task, it is the one with the most words.
pub(crate) fn tasked(run: &Run, placed: &Placed, mut columns: Vec<Column>) -> Vec<Column> {
    let due = columns.contains(&Column::Due);
    let owner = columns.iter().position(|c| *c == Column::Owner);
    // "With": who has it in hand.
    let with = columns.iter().position(|c| *c == Column::Attendees);
    let told = |c: &Column| matches!(c, Column::Event | Column::Date | Column::Start);
    if !placed.table.headed || !due || columns.iter().any(told) {
        return columns;
    }
    if let (None, Some(k)) = (owner, with) {
        columns[k] = Column::Owner;
    }
    if columns.contains(&Column::Task) || owner.or(with).is_none() {
        return columns;
    }
    let letters = |k: usize| {
        let cells = placed.table.rows.iter().take(20).filter_map(|r| r.get(k));
        let text = |c: &Range<usize>| {
            let cell = &run.document.text[c.clone()];
            cell.chars().filter(|c| c.is_alphabetic()).count()
        };
        cells.map(text).sum::<usize>()
    };
    let open = |k: &usize| matches!(columns[*k], Column::Topic | Column::Notes | Column::Other);
    // Of two alike the first: what stands at the end is a remark.
    let widest = (0..columns.len())
        .filter(open)
        .max_by_key(|&k| (letters(k), columns.len() - k));
    if let Some(k) = widest.filter(|&k| letters(k) > placed.table.rows.len().min(20) * 6) {
        columns[k] = Column::Task;
    }
    columns
}

/// Under "By" stand days or people: where its cells name no day and nobody else is named, they are people.
pub(crate) fn peopled(run: &Run, placed: &Placed, mut columns: Vec<Column>) -> Vec<Column> {
    let days = |c: &&Column| matches!(c, Column::Due | Column::Date);
    let told = columns.contains(&Column::Task) && columns.iter().filter(days).count() > 1;
    if columns.contains(&Column::Owner) || !told {
        return columns;
    }
    let short = |k: usize| {
        let cells = placed.table.rows.iter().take(20).filter_map(|r| r.get(k));
        let mut filled = cells.filter(|c| !c.is_empty()).peekable();
        filled.peek().is_some()
            && filled.all(|c| {
                let text = &run.document.text[c.clone()];
                text.split_whitespace().count() <= 3 && when(run, placed, c).is_none()
            })
    };
    let found = (0..columns.len()).find(|&k| columns[k] == Column::Due && short(k));
    if let Some(k) = found {
        columns[k] = Column::Owner;
    }
    columns
}

/// "Date | Time | Topic | Room" under "Meetings": what is to be spoken of names what takes place.
pub(crate) fn gathered(run: &Run, placed: &Placed, mut columns: Vec<Column>) -> Vec<Column> {
    let has = |column| columns.contains(&column);
    let timed = has(Column::Date) && (has(Column::Time) || has(Column::Start));
    if !timed || has(Column::Task) || has(Column::Event) || has(Column::Due) || has(Column::Owner) {
        return columns;
    }
    let heading = run.document.sections[placed.section].heading.clone();
    let mut words = Words::read(run.document.text, heading.start, heading.end);
    words.mark(run.document.language.lexicon());
    let meets = (0..words.len()).any(|i| words.has(i, Marks::MEETING));
    if let Some(topic) = columns
        .iter()
        .position(|c| *c == Column::Topic)
        .filter(|_| meets)
    {
        columns[topic] = Column::Event;
    }
    columns
}

/// Whether most filled cells of a column name a day.
fn days(run: &Run, placed: &Placed, k: usize) -> bool {
    let cells = placed
        .table
        .rows
        .iter()
        .take(20)
        .filter_map(|row| row.get(k));
    let filled: Vec<_> = cells.filter(|cell| !cell.is_empty()).collect();
    let read = filled
        .iter()
        .filter(|cell| when(run, placed, cell).is_some_and(|w| w.day_given));
    filled.len() >= 2 && read.count() * 3 > filled.len() * 2
}

/// Whether the days of a column have all gone by: when a thing was bought or looked at last.
fn gone_by(run: &Run, placed: &Placed, k: usize) -> bool {
    let today = run.reference(placed.message, run.document.language).today();
    let cells = placed.table.rows.iter().filter_map(|row| row.get(k));
    let mut read = cells.filter_map(|cell| when(run, placed, cell)).peekable();
    read.peek().is_some() && read.all(|when| when.day < today)
}

/// The column that holds days although its header calls it "Monday" or nothing: where no other column does.
pub(crate) fn dated(run: &Run, placed: &Placed, mut columns: Vec<Column>) -> Vec<Column> {
    let known = |c: &Column| matches!(c, Column::Date | Column::Due | Column::Start | Column::End);
    if !placed.table.headed || columns.iter().any(known) {
        return columns;
    }
    let first = columns.iter().position(|c| *c == Column::Task);
    // "Item | Who | Needed": the second says when.
    let second = |k: usize| columns[k] == Column::Task && Some(k) != first;
    let open = |k: &usize| columns[*k] == Column::Other || second(*k);
    let found = (0..columns.len())
        .filter(open)
        .find(|&k| days(run, placed, k) && !gone_by(run, placed, k));
    if let Some(k) = found {
        columns[k] = if second(k) { Column::Due } else { Column::Date };
    }
    columns
}

/// "Sunday 14 March, 08:30 | Working party": a table without a header whose rows say when something takes place.
pub(crate) fn scheduled(run: &Run, placed: &Placed) -> Option<Vec<Column>> {
    let timed = |row: &Vec<Range<usize>>| {
        let [date, name] = row.as_slice() else {
            return false;
        };
        let letters = run.document.text[name.clone()]
            .chars()
            .filter(|c| c.is_alphabetic());
        let at = when(run, placed, date).is_some_and(|when| when.day_given && when.time.is_some());
        at && letters.count() > 3
    };
    let rows = &placed.table.rows;
    (rows.len() > 1 && rows.iter().all(timed)).then(|| vec![Column::Date, Column::Event])
}

/// Columns of a table without a known header, only under a heading for tasks.
pub(crate) fn guess(run: &Run, placed: &Placed) -> Vec<Column> {
    if run.document.sections[placed.section].class != Class::Action {
        return Vec::new();
    }
    let width = placed
        .table
        .rows
        .iter()
        .map(Vec::len)
        .max()
        .unwrap_or(0)
        .min(12);
    let mut columns = vec![Column::Other; width];
    let mut longest = (0, 0);
    for (k, column) in columns.iter_mut().enumerate() {
        let cells: Vec<&Range<usize>> = placed
            .table
            .rows
            .iter()
            .take(20)
            .filter_map(|r| r.get(k))
            .collect();
        let length: usize = cells.iter().map(|c| c.len()).sum();
        let share = |test: &dyn Fn(&Range<usize>) -> bool| {
            cells.iter().filter(|c| test(c)).count() * 2 > cells.len()
        };
        if share(&|c| when(run, placed, c).is_some()) {
            *column = Column::Due;
        } else if share(&|c| is_person(run, &run.document.text[(*c).clone()])) {
            *column = Column::Owner;
        } else if length > longest.0 {
            longest = (length, k);
        }
    }
    if longest.0 > 0 {
        columns[longest.1] = Column::Task;
    }
    columns
}

pub(crate) fn is_person(run: &Run, cell: &str) -> bool {
    let folded = fold_str(cell.trim_matches(['@', '*', ' ']));
    let first = folded.split([' ', ',', '/']).next().unwrap_or("");
    !folded.is_empty()
        && folded.split(' ').count() <= 3
        && (run.people.contains(first)
            || Language::English.lexicon().marks(first).any(Marks::GIVEN))
}
