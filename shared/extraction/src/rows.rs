//! Tables: each row with something to do is an item.

mod columns;
mod fill;
mod item;

use crate::dates::When;
use crate::engine::Run;
use crate::item::Refusal;
use crate::segment::Placed;
use crate::segment::sections::Class;
use crate::segment::table::Column;
use crate::text::one_of;
use columns::{dated, guess, retitled};
use fill::{Row, fill};
use item::{combined, has_exam, is_hand_in, meeting, parts, sitting, task_row};
use std::ops::Range;

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
    let columns = dated(run, placed, retitled(run, placed, columns));
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
        emit(run, placed, &row, cells, inherited.as_ref());
    }
}

const CLOSED: &str = "\
    done|complete|completed|closed|finished|resolved|cancelled|canceled|x|yes|y|100%|100 %|✓|✔|\
    ✅|☑|erledigt|abgeschlossen|fertig|ja|storniert|entfallt|hecho|hecha|completado|completada|\
    terminado|terminada|cerrado|cancelado|cancelada|si|fait|faite|termine|terminee|clos|annule|\
    annulee|oui|tamamlandi|bitti|yapildi|iptal|iptal edildi|evet|kapali|shipped|merged|\
    submitted|paid|sent|delivered|dropped|n/a|obsolete|wontfix|won't do|archived|signed off|\
    approved|abandoned|rejected|declined|discarded|withdrawn|superseded|no longer needed|not needed|descartado|descartada|anulado|anulada|rechazado|rechazada|finalizado|finalizada|entregado|entregada|pagado|verworfen|abgelehnt|abgesagt|gestrichen|hinfallig|entfallen|bezahlt|abandonne|abandonnee|rejete|rejetee|acheve|achevee|paye|livre|vazgecildi|reddedildi|odendi|teslim edildi";

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

/// How a remark begins that ends a row.
const OVER: &str = "done|completed|cancelled|canceled|finished|dropped|erledigt|abgesagt|storniert|hecho|cancelado|fait|annule|tamamlandi|iptal";

fn emit(
    run: &mut Run,
    placed: &Placed,
    row: &Row,
    cells: &[Range<usize>],
    inherited: Option<&When>,
) {
    if row.status.as_deref().is_some_and(is_closed) {
        return run.refuse(Refusal::Done);
    }
    // "done 2 March" among the remarks.
    let over = row.notes.as_deref().is_some_and(|notes| {
        let folded = crate::text::fold_str(notes);
        one_of(
            OVER,
            folded
                .split(|c: char| !c.is_alphabetic())
                .next()
                .unwrap_or(""),
        )
    });
    if over {
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
    let due = row.event.as_ref().filter(|event| is_hand_in(event));
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
