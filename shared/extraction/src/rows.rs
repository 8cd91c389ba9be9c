//! Tables: each row with something to do is an item.

mod closed;
mod columns;
mod fill;
mod item;

use crate::dates::When;
use crate::engine::Run;
use crate::item::Refusal;
use crate::segment::Placed;
use crate::segment::sections::Class;
use crate::segment::table::Column;
use crate::text::{Shape, Words, one_of};
use closed::{
    closing_letters, ends_closed, is_closed, is_conditional, is_dreamt, is_off, is_over, is_past,
    is_sum, says_no_action,
};
use columns::{dated, gathered, guess, peopled, retitled, scheduled, tasked};
use fill::{Row, fill};
use item::{combined, has_exam, held, is_hand_in, is_order, meeting, parts, sitting, task_row};
use std::ops::Range;

/// Reads all tables of a document.
pub(crate) fn read(run: &mut Run) {
    let document = run.document;
    if document.tables.is_empty() {
        return;
    }
    let letters = closing_letters(document.text);
    for placed in &document.tables {
        let first = placed.table.rows.iter().flatten().find(|c| !c.is_empty());
        if first.is_some_and(|cell| run.is_taken(cell)) {
            continue;
        }
        table(run, placed, &letters);
    }
}

fn table(run: &mut Run, placed: &Placed, letters: &[String]) {
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
        scheduled(run, placed).unwrap_or_else(|| guess(run, placed))
    };
    let columns = peopled(run, placed, columns);
    let columns = dated(run, placed, retitled(run, placed, columns));
    let columns = gathered(run, placed, tasked(run, placed, columns));
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
    let mut inherited: Option<When> = fill::day_of(run, placed, &columns);
    for cells in &placed.table.rows {
        let Some(row) = fill(run, placed, &columns, cells) else {
            continue;
        };
        if let Some(date) = &row.date {
            inherited = Some(date.clone());
        }
        let closes = |status: &str| {
            let letter = status.trim_end_matches([' ', '*']);
            is_closed(status) || letters.iter().any(|closing| closing == letter)
        };
        if row.status.as_deref().is_some_and(is_dreamt) {
            run.refuse(Refusal::Hypothetical);
            continue;
        }
        if row.status.as_deref().is_some_and(closes) {
            run.refuse(Refusal::Done);
            continue;
        }
        emit(run, placed, &row, cells, inherited.as_ref());
    }
}

/// "None - within limits", "nothing this week", "all other items: none" where the task should stand.
fn says_nothing(task: &Words) -> bool {
    const NOTHING: &str = "none|nil|nothing|n|nichts|keine|keiner|ninguna|ninguno|nada|aucune|aucun|neant|rien|yok|ras";
    const NOW: &str = "this|week|today|new|to|report|outstanding|further|from|me|for|now|yet|planned|diese|woche|neues|heute|zu|berichten|weiter|weiteres|esta|semana|nuevo|que|informar|por|ahora|cette|semaine|de|nouveau|a|signaler|bu|hafta";
    let nothing = |i: usize| one_of(NOTHING, task.word(i));
    let last = task.len().saturating_sub(1);
    let summed = last > 1 && nothing(last) && task.word(last - 1) == ":";
    let now = || (1..task.len()).all(|i| one_of(NOW, task.word(i)));
    summed || nothing(0) && (task.len() == 1 || task.shape(1) == Shape::Mark || now())
}

fn emit(
    run: &mut Run,
    placed: &Placed,
    row: &Row,
    cells: &[Range<usize>],
    inherited: Option<&When>,
) {
    if row.over
        || row.notes.as_deref().is_some_and(is_over)
        || row.undated.as_deref().is_some_and(is_over)
    {
        return run.refuse(Refusal::Done);
    }
    let task = row.task.as_ref().map(|task| task.slice(0, task.len()));
    let idle = task.is_some_and(|task| {
        says_no_action(task) || is_off(task) || ends_closed(task) || is_sum(task)
    }) || row.notes.as_deref().is_some_and(says_no_action);
    if idle || row.undated.as_deref().is_some_and(is_past) {
        return run.refuse(Refusal::Done);
    }
    if row.undated.as_deref().is_some_and(is_conditional) {
        return run.refuse(Refusal::Hypothetical);
    }
    let (Some(first), Some(last)) = (
        cells.iter().find(|c| !c.is_empty()),
        cells.iter().rfind(|c| !c.is_empty()),
    ) else {
        return;
    };
    let quote = first.start..last.end.max(first.end);
    if row.task.as_ref().is_some_and(says_nothing) {
        return run.refuse(Refusal::Done);
    }
    let struck = |text: &str| text.trim_start().starts_with("~~");
    let crossed = cells
        .iter()
        .filter(|cell| struck(&run.document.text[(*cell).clone()]));
    if task.is_some_and(struck) || struck(&run.document.text[quote.clone()]) || crossed.count() > 1
    {
        return run.refuse(Refusal::Done);
    }
    let language = run.document.language;
    let owned = row.owner.is_some();
    let due = row
        .event
        .as_ref()
        .filter(|event| is_hand_in(event) || owned && is_order(event, language));
    if let Some(event) = row
        .event
        .as_ref()
        .filter(|_| due.is_none())
        .or(row.topic.as_ref().filter(|t| has_exam(t)))
        && (row.task.is_none() || row.topic.is_some())
        && let Some(when) = combined(row, inherited)
    {
        let (part, when) = sitting(run, placed, event, when);
        let draft = meeting(run, (event, part), &when, row, quote.clone());
        run.drafts.push(draft);
    }
    let Some(task) = row.task.as_ref().or(due) else {
        return;
    };
    let course = row.topic.is_some() || run.course;
    if due.is_none()
        && let Some(when) = held(run, placed, row, task, inherited)
    {
        let draft = meeting(run, (task, (0, task.len())), &when, row, quote);
        return run.drafts.push(draft);
    }
    for part in parts(task) {
        task_row(
            run,
            placed,
            row,
            task,
            part,
            quote.clone(),
            inherited,
            course,
        );
    }
}
