//! Boards whose columns are the stages of work: "To do | Doing | Done".

use super::{Column, Table};
use crate::text::{fold_str, one_of};
use std::ops::Range;

/// Stages before the work and after it.
const STAGES: &str = "to do|todo|to-do|next|next up|ready|this week|backlog|ideas|done|completed|finished|closed|released|offen|zu tun|zu erledigen|als nachstes|erledigt|fertig|abgeschlossen|ideen|por hacer|pendiente|pendientes|hecho|terminado|listo|a faire|fait|termine|yapilacak|yapilacaklar|yapildi|tamamlandi|bitti";

/// Stages in which somebody is at work or waits.
const UNDER_WAY: &str = "doing|in progress|wip|review|in review|testing|blocked|waiting|on hold|in arbeit|in bearbeitung|laufend|wartet|blockiert|en curso|en progreso|en proceso|haciendo|en revision|bloqueado|en cours|en attente|bloque|yapiliyor|devam ediyor|devam eden|surecte|beklemede";

/// Stages of which nothing is left to do, or nothing is promised.
const SHUT: &str = "backlog|ideas|done|completed|finished|closed|released|erledigt|fertig|abgeschlossen|ideen|hecho|terminado|listo|fait|termine|yapildi|tamamlandi|bitti";

/// A board: each cell of an open stage is a row of its own.
pub(super) fn board(text: &str, rows: &[Vec<Range<usize>>]) -> Option<Table> {
    let head = rows.first()?;
    let stages: Vec<String> = head
        .iter()
        .map(|cell| fold_str(text[cell.clone()].trim_matches(['*', '_', ' '])))
        .collect();
    let known = |stage: &String| one_of(STAGES, stage) || one_of(UNDER_WAY, stage);
    if stages.len() < 2 || !stages.iter().all(known) {
        return None;
    }
    // "To do | Done" heads a list to tick off.
    if !stages.iter().any(|stage| one_of(UNDER_WAY, stage)) {
        return None;
    }
    let open = (0..stages.len()).filter(|&k| !one_of(SHUT, &stages[k]));
    let cells = open.flat_map(|k| rows[1..].iter().filter_map(move |row| row.get(k)));
    let cells = cells.filter(|cell| !cell.is_empty());
    Some(Table {
        // The stage is told already: that it is one makes tasks of the rows.
        columns: vec![Column::Task, Column::Status],
        headed: true,
        rows: cells.map(|cell| vec![cell.clone()]).collect(),
    })
}
