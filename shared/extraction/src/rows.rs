//! Tables: each row with something to do is an item.

use crate::dates::{self, Found, When};
use crate::draft::Draft;
use crate::engine::Run;
use crate::fields::{hints, title};
use crate::item::Refusal;
use crate::language::{Language, Marks};
use crate::segment::Placed;
use crate::segment::sections::Class;
use crate::segment::table::Column;
use crate::text::{Shape, Words, fold_str, one_of};
use sentry_domain::{Category, TaskType};
use std::ops::Range;

/// A row by the meaning of its columns.
#[derive(Default)]
struct Row<'t> {
    task: Option<Words<'t>>,
    topic: Option<Words<'t>>,
    event: Option<Words<'t>>,
    owner: Option<String>,
    due: Option<When>,
    /// A "due" cell without a date says what is due.
    date: Option<When>,
    time: Option<When>,
    end: Option<When>,
    status: Option<String>,
    priority: Option<sentry_domain::Priority>,
    hours: Option<f64>,
    notes: Option<String>,
    attendees: Vec<String>,
}

/// Reads all rows of a table.
pub(crate) fn read(run: &mut Run, placed: &Placed) {
    let section = &run.document.sections[placed.section];
    if section.class.refuses() {
        for _ in &placed.table.rows {
            run.refuse(if section.class == Class::Done {
                Refusal::Done
            } else {
                Refusal::Rule
            });
        }
        return;
    }
    let columns = if placed.table.headed {
        placed.table.columns.clone()
    } else {
        guess(run, placed)
    };
    let columns = retitled(run, placed, columns);
    if columns.is_empty() {
        return;
    }
    let tasks = columns.contains(&Column::Task)
        || columns.contains(&Column::Event)
        || columns.contains(&Column::Topic)
        || columns.contains(&Column::Due);
    if !tasks {
        return;
    }
    let mut inherited: Option<When> = None;
    for cells in &placed.table.rows {
        let Some(row) = fill(run, placed, &columns, cells) else {
            continue;
        };
        if let Some(date) = &row.date {
            inherited = Some(date.clone());
        }
        emit(run, placed, row, cells, inherited.as_ref());
    }
}

/// Where the column called "Item" only counts, the description is the task.
fn retitled(run: &Run, placed: &Placed, mut columns: Vec<Column>) -> Vec<Column> {
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
    if task.is_some_and(worded) {
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
    if let Some(k) = other.filter(|&k| worded(k) && telling) {
        if let Some(task) = task {
            columns[task] = Column::Other;
        }
        columns[k] = Column::Task;
    }
    columns
}

/// Columns of a table without a known header, only under a heading for tasks.
fn guess(run: &Run, placed: &Placed) -> Vec<Column> {
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

fn is_person(run: &Run, cell: &str) -> bool {
    let folded = fold_str(cell.trim_matches(['@', '*', ' ']));
    let first = folded.split([' ', ',', '/']).next().unwrap_or("");
    !folded.is_empty()
        && folded.split(' ').count() <= 3
        && (run.document.people.contains(first)
            || Language::English.lexicon().marks(first).any(Marks::GIVEN))
}

fn words<'t>(run: &Run<'_, 't>, cell: &Range<usize>) -> Words<'t> {
    let mut words = Words::read(run.document.text, cell.start, cell.end);
    words.mark(run.document.language.lexicon());
    words
}

fn when(run: &Run, placed: &Placed, cell: &Range<usize>) -> Option<When> {
    let words = words(run, cell);
    if words.len() > 24 {
        return None;
    }
    let reference = run.reference(placed.message, run.document.language);
    dates::scan(&words, &reference, true)
        .into_iter()
        .find_map(|d| d.when)
}

fn clean(text: &str) -> String {
    text.trim()
        .trim_matches(['*', '_', '`'])
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn fill<'t>(
    run: &Run<'_, 't>,
    placed: &Placed,
    columns: &[Column],
    cells: &[Range<usize>],
) -> Option<Row<'t>> {
    let mut row = Row::default();
    let mut any = false;
    for (column, cell) in columns.iter().zip(cells) {
        let text = clean(&run.document.text[cell.clone()]);
        if text.is_empty() || one_of("-|–|—|n/a|N/A|TBD|tbd|?|none|None", text.as_str()) {
            continue;
        }
        any = true;
        match column {
            Column::Task => row.task = row.task.or_else(|| Some(words(run, cell))),
            Column::Topic => row.topic = row.topic.or_else(|| Some(words(run, cell))),
            Column::Event => row.event = row.event.or_else(|| Some(words(run, cell))),
            Column::Owner => {
                row.owner = row
                    .owner
                    .or_else(|| Some(text.trim_start_matches('@').to_owned()))
            }
            Column::Due => {
                let date = when(run, placed, cell);
                if date.is_none() && text.chars().filter(|c| c.is_alphabetic()).count() > 3 {
                    row.task = row.task.or_else(|| Some(words(run, cell)));
                }
                row.due = row.due.or(date);
            }
            Column::Date | Column::Start => row.date = row.date.or_else(|| when(run, placed, cell)),
            Column::End => row.end = when(run, placed, cell),
            Column::Time => row.time = when(run, placed, cell),
            Column::Status => row.status = Some(fold_str(&text)),
            Column::Priority => row.priority = hints::priority_cell(&text),
            Column::Estimate => row.hours = estimate(run, cell),
            Column::Notes => row.notes = Some(text),
            Column::Attendees => {
                row.attendees = text
                    .split([',', ';'])
                    .map(|n| n.trim().to_owned())
                    .filter(|n| !n.is_empty())
                    .collect()
            }
            Column::Other => {}
        }
    }
    any.then_some(row)
}

fn estimate(run: &Run, cell: &Range<usize>) -> Option<f64> {
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

const CLOSED: &str = "\
    done|complete|completed|closed|finished|resolved|cancelled|canceled|x|yes|y|100%|100 %|✓|✔|\
    ✅|☑|erledigt|abgeschlossen|fertig|ja|storniert|entfallt|hecho|hecha|completado|completada|\
    terminado|terminada|cerrado|cancelado|cancelada|si|fait|faite|termine|terminee|clos|annule|\
    annulee|oui|tamamlandi|bitti|yapildi|iptal|iptal edildi|evet|kapali|shipped|merged|\
    submitted|paid|sent|delivered|dropped|n/a|obsolete|wontfix|won't do|archived|signed off|\
    approved";

fn is_closed(status: &str) -> bool {
    let plain = status.trim_matches(['[', ']', '(', ')', '.', ' ', '*', '~']);
    one_of(CLOSED, plain)
        || plain
            .split([' ', ',', '-', '(', '–'])
            .next()
            .is_some_and(|first| {
                first.len() > 1
                    && one_of(CLOSED, first)
                    && !matches!(first, "si" | "ja" | "yes" | "x" | "y")
            })
        || status.contains('✅')
        || status.contains('✔')
}

fn emit(
    run: &mut Run,
    placed: &Placed,
    row: Row,
    cells: &[Range<usize>],
    inherited: Option<&When>,
) {
    if row.status.as_deref().is_some_and(is_closed) {
        return run.refuse(Refusal::Done);
    }
    let (Some(first), Some(last)) = (
        cells.iter().find(|c| !c.is_empty()),
        cells.iter().rfind(|c| !c.is_empty()),
    ) else {
        return;
    };
    let quote = first.start..last.end;
    let struck = run.document.text[quote.clone()]
        .trim_start()
        .starts_with("~~");
    if struck {
        return run.refuse(Refusal::Done);
    }
    if let Some(event) = row
        .event
        .as_ref()
        .or(row.topic.as_ref().filter(|t| has_exam(t)))
        && (row.task.is_none() || row.topic.is_some())
        && let Some(when) = combined(&row, inherited)
    {
        let draft = meeting(run, event, &when, &row, quote.clone());
        run.drafts.push(draft);
    }
    let Some(task) = &row.task else { return };
    let course = row.topic.is_some() || run.course;
    for part in parts(task) {
        task_row(
            run,
            placed,
            &row,
            task,
            part,
            quote.clone(),
            inherited,
            course,
        );
    }
}

fn has_exam(words: &Words) -> bool {
    (0..words.len()).any(|i| {
        words.has(i, Marks::EXAM)
            && !matches!(words.word(i), "test" | "tests" | "final" | "control")
    }) || words.len() <= 5 && (0..words.len()).any(|i| one_of("test|tests|examen|klausur", words.word(i)))
        || words.len() <= 3 && (0..words.len()).any(|i| matches!(words.word(i), "final" | "finals"))
}

/// Date and time columns as one.
fn combined(row: &Row, inherited: Option<&When>) -> Option<When> {
    let mut when = row
        .date
        .clone()
        .or_else(|| row.due.clone())
        .or_else(|| inherited.cloned())?;
    if let Some(time) = &row.time
        && when.time.is_none()
    {
        when.time = time.time;
        when.end_time = time.end_time;
    }
    if let Some(end) = &row.end
        && when.end_time.is_none()
    {
        when.end_time = end.time;
    }
    Some(when)
}

fn meeting(run: &Run, event: &Words, when: &When, row: &Row, quote: Range<usize>) -> Draft {
    let zone = run.context.zone;
    let name = title::of_span(event, 0, event.len(), &[], &[]);
    let mut draft = Draft::task(name, quote, 0.86, usize::MAX);
    if has_exam(event) {
        draft.category = Category::Exam;
        draft.due(when, zone);
        draft.due_at = when.start(zone).or(draft.due_at);
        draft.start_at = when.start(zone);
        draft.end_at = when.end(zone);
    } else {
        draft.task_type = TaskType::Meeting;
        draft.category = Category::Meeting;
        draft.takes_place(when, row.hours, zone);
        draft.attendees.clone_from(&row.attendees);
    }
    draft.description.clone_from(&row.notes);
    draft
}

/// A syllabus cell may name several works: "PS1 due; read ch. 2".
fn parts(words: &Words) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut from = 0;
    for i in 0..words.len() {
        if matches!(words.word(i), ";" | "<") || words.word(i) == "•" {
            all.push((from, i));
            from = i + 1;
            // "<br>" separates like a semicolon.
            if words.seq(i + 1, "br") {
                from = i
                    + 2
                    + (i + 2..words.len().min(i + 5))
                        .take_while(|&k| matches!(words.word(k), "/" | ">"))
                        .count();
            }
        }
    }
    all.push((from.min(words.len()), words.len()));
    all.retain(|&(a, b)| (a..b).any(|i| words.shape(i) == Shape::Word));
    all
}

#[expect(clippy::too_many_arguments, reason = "a row is read in one place")]
fn task_row(
    run: &mut Run,
    placed: &Placed,
    row: &Row,
    task: &Words,
    (from, to): (usize, usize),
    quote: Range<usize>,
    inherited: Option<&When>,
    course: bool,
) {
    let reference = run.reference(placed.message, run.document.language);
    let found: Vec<Found> = dates::scan(task, &reference, false);
    let name = title::of_span(task, from, to, &found, &[]);
    if name.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return run.refuse(Refusal::NoTitle);
    }
    let done = task.has(from, Marks::DONE) && task.word(from + 1) == ":";
    if done
        || task.seq(from, "no class")
        || task.word(from) == "holiday"
        || task.seq(from, "no homework")
    {
        return run.refuse(Refusal::Done);
    }
    // "Scaffold inspected, no defects": a note without owner or date tells of the past.
    let told = (from..to).any(|i| task.has(i, Marks::PAST) || i > from && title::base_of_participle(task.word(i)).is_some()) && !task.has(from, Marks::VERB);
    if told && row.owner.is_none() && row.due.is_none() && row.date.is_none() {
        return run.refuse(Refusal::Past);
    }
    // "Scaffold inspected, no defects": a note without owner or date tells of the past.
    let told = (from..to).any(|i| task.has(i, Marks::PAST)) && !task.has(from, Marks::VERB);
    if told && row.owner.is_none() && row.due.is_none() && row.date.is_none() {
        return run.refuse(Refusal::Past);
    }
    let zone = run.context.zone;
    let titled = if course && !task.has(from, Marks::VERB) && task.has(to - 1, Marks::FUNCTION) {
        name.clone()
    } else {
        name
    };
    let titled = titled
        .strip_suffix(" due")
        .map_or(titled.clone(), |t| format!("Submit {t}"));
    let mut draft = Draft::task(titled, quote, 0.88, usize::MAX);
    draft.owner.clone_from(&row.owner);
    draft.priority = row
        .priority
        .or_else(|| hints::priority(task, from, to).map(|p| p.0));
    draft.estimated_hours = row.hours;
    draft.description.clone_from(&row.notes);
    draft.category = hints::category(task, from, to, course);
    let own = found
        .iter()
        .find(|d| d.from >= from && d.to <= to)
        .and_then(|d| d.when.clone());
    let when = row
        .due
        .clone()
        .or_else(|| row.end.clone())
        .or(own)
        .or_else(|| row.date.clone())
        .or_else(|| inherited.cloned().filter(|_| course));
    if let Some(mut when) = when {
        if when.time.is_none()
            && let Some(time) = &row.time
        {
            when.time = time.end_time.or(time.time);
        }
        draft.due(&when, zone);
    }
    let telling = placed.table.columns.contains(&Column::Owner)
        || placed.table.columns.contains(&Column::Due)
        || placed.table.columns.contains(&Column::Status);
    if !telling
        && placed.table.headed
        && !course
        && run.document.sections[placed.section].class != Class::Action
        && draft.due_on.is_none()
        && draft.due_at.is_none()
    {
        return run.refuse(Refusal::Weak);
    }
    run.drafts.push(draft);
}
