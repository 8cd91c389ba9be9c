//! What programs send: "Kim Park assigned an issue to you" over a title, and titles over lines of fields.

use super::record::{labelled, unnumbered};
use super::{Column, Table, column};
use crate::segment::line::{Form, Line};
use crate::text::{fold_str, one_of};
use std::ops::Range;

/// Longer lines are prose.
const WIDEST: usize = 120;

/// Longer lines without a number name no day.
const NARROW: usize = 20;

/// As many lines of fields are read.
const MOST_FIELDS: usize = 12;

/// A notice hands a thing to its reader: one word of each.
const HANDED: &str =
    "assigned|zugewiesen|zugeteilt|assigne|assignee|attribue|asignado|asigno|atadi|atandi";
const READER: &str = "you|dir|dich|ihnen|vous|te|t|le|sana|size";
const THINGS: &str = "task|issue|ticket|card|item|to-do|todo|bug|story|aufgabe|vorgang|karte|tache|demande|tarea|incidencia|tarjeta|gorev|kayit|is";

/// What stands right before the name of the thing that a notice hands over.
const BEFORE_NAME: [&str; 7] = [
    "you to the card ",
    "you to the task ",
    "dich zur karte ",
    "dich der karte ",
    "vous a ajoute a la carte ",
    "te ha anadido a la tarjeta ",
    "te anadio a la tarjeta ",
];

/// What stands before a place to look over: "requested your review on #12 Fix the login".
const REVIEWS: [&str; 2] = ["requested your review on", "requested a review from you on"];

/// Where the name of a card ends and that of its board begins.
const ON_BOARD: [&str; 5] = [" on ", " auf ", " dans ", " sur ", " en "];

/// Labels of who has a thing in hand, and of nothing else.
const OWNERS: &str = "owner|assignee|assigned to|assigned|responsible|resp|resp.|who|verantwortlich|zustandig|wer|bearbeiter|responsable|encargado|encargada|asignado a|qui|attribue a|assigne a|sorumlu|atanan";

/// How a line without a colon says by when.
const BARE_DUE: &str =
    "due|due on|due date|fallig|fallig am|fallig bis|echeance|echeance le|vence|vence el|son tarih";

/// A notice or a title over fields at line `i`, and how many lines it takes.
pub(super) fn noticed(text: &str, lines: &[Line], i: usize) -> Option<(usize, Table)> {
    let line = &lines[i];
    let content = &text[line.body..line.end];
    if line.form != Form::Plain || content.len() > WIDEST || content.ends_with('?') {
        return None;
    }
    handed(text, lines, i).or_else(|| titled(text, lines, i))
}

/// "Kim Park assigned an issue to you", and below it the issue with its fields.
fn handed(text: &str, lines: &[Line], i: usize) -> Option<(usize, Table)> {
    let line = &lines[i];
    let (title, reader) = named(text, line).or_else(|| {
        let reader = hands(text, line)?;
        let below = next_filled(lines, i)?;
        let body = &text[lines[below].body..lines[below].end];
        let title = lines[below].end - unnumbered(body)?.len()..lines[below].end;
        let greets = body.ends_with(['.', '!', ',', '?', ':']) || labelled(body).is_some();
        (!greets && title.len() <= WIDEST).then_some((title, reader))
    })?;
    let mut columns = vec![Column::Task, Column::Owner];
    let mut cells = vec![title, reader];
    let mut used = lines[i..]
        .iter()
        .take_while(|line| line.start < cells[0].end)
        .count();
    // "Due: .." may stand on the line of the name.
    let last = cells[0].end;
    let rest = &text[last..lines[i].end.max(last)];
    let behind = rest.find(". ").map_or(rest.len(), |dot| dot + 2);
    if let Some((Column::Due, cell)) = field(&rest[behind..], lines[i].end.max(last)) {
        columns.push(Column::Due);
        cells.push(cell);
    }
    for (k, line) in lines.iter().enumerate().skip(i + used).take(MOST_FIELDS) {
        if line.start >= line.end {
            continue;
        }
        let Some((kind, cell)) = field(&text[line.body..line.end], line.end) else {
            break;
        };
        // Whom the notice turns to is told already.
        columns.push(if kind == Column::Owner {
            Column::Other
        } else {
            kind
        });
        cells.push(cell);
        used = k + 1 - i;
    }
    Some((used, row(columns, cells)))
}

/// "added you to the card Paint fence on Garden", "requested your review on #12 Fix the login": the thing and the reader.
fn named(text: &str, line: &Line) -> Option<(Range<usize>, Range<usize>)> {
    let content = &text[line.body..line.end];
    let folded = fold_str(content);
    // Folding puts a letter for each letter, be it of other length.
    let byte = |at: usize| {
        let letters = folded[..at].chars().count();
        let mut places = content.char_indices().map(|(at, _)| line.body + at);
        places.nth(letters)
    };
    if let Some(start) = REVIEWS.iter().find_map(|phrase| folded.find(phrase)) {
        let (review, you) = (
            folded[start..].find("review")?,
            folded[start..].find("you")?,
        );
        let you = byte(start + you)?;
        return Some((byte(start + review)?..line.end, you..you + "you".len()));
    }
    let phrase = BEFORE_NAME.iter().find(|it| folded.contains(**it))?;
    let start = folded.find(phrase)?;
    let from = byte(start + phrase.len())?;
    let name = &text[from..line.end];
    let opened = name.len()
        - name
            .trim_start_matches(['„', '“', '"', '«', ' ', '\u{a0}'])
            .len();
    let inner = &name[opened..];
    let end = (opened > 0)
        .then(|| inner.find(['“', '”', '"', '»']))
        .flatten();
    let end = end
        .or_else(|| ON_BOARD.iter().filter_map(|on| inner.rfind(on)).max())
        .or_else(|| inner.find(". "))
        .unwrap_or(inner.trim_end_matches('.').len());
    let title = from + opened..from + opened + inner[..end].trim_end().len();
    let reader = READER
        .split('|')
        .find_map(|word| Some((folded[start..].find(word)?, word)));
    let (you, word) = reader.unwrap_or((0, ""));
    let you = byte(start + you)?;
    (title.len() > 3).then_some((title, you..you + word.len()))
}

/// Where a line says "you" that hands its reader a task.
fn hands(text: &str, line: &Line) -> Option<Range<usize>> {
    let content = &text[line.body..line.end];
    let mut at = 0;
    let (mut handed, mut thing, mut reader) = (false, false, None);
    for word in content.split(|c: char| !c.is_alphanumeric() && c != '-') {
        let folded = fold_str(word);
        handed |= one_of(HANDED, &folded);
        thing |= one_of(THINGS, &folded);
        if one_of(READER, &folded) {
            reader = Some(line.body + at..line.body + at + word.len());
        }
        at += word.len();
        at += content[at..].chars().next().map_or(0, char::len_utf8);
    }
    reader.filter(|_| handed && thing)
}

/// "Call Bob" over "Owner: Kim" and "Due: 12 March".
fn titled(text: &str, lines: &[Line], i: usize) -> Option<(usize, Table)> {
    let content = &text[lines[i].body..lines[i].end];
    let title = unnumbered(content)?;
    let apart = i.checked_sub(1).is_none_or(|above| {
        let above = &lines[above];
        above.start >= above.end || labelled(&text[above.body..above.end]).is_some()
    });
    if !apart || content.contains(':') || content.ends_with(['.', ',', '!', ';']) {
        return None;
    }
    let mut columns = vec![Column::Task];
    let title = lines[i].end - title.len()..lines[i].end;
    let mut cells = vec![title];
    for line in lines[i + 1..].iter().take(MOST_FIELDS) {
        let content = &text[line.body..line.end];
        let Some((label, _)) = labelled(content) else {
            break;
        };
        let (kind, cell) = field(content, line.end)?;
        let known = match kind {
            Column::Due | Column::Priority | Column::Status | Column::Estimate => true,
            Column::Owner => one_of(OWNERS, &label),
            Column::Notes => columns.len() > 2,
            _ => false,
        };
        if !known {
            return None;
        }
        columns.push(kind);
        cells.push(cell);
    }
    let has = |kind: Column| columns.contains(&kind);
    let fits = has(Column::Due) && (has(Column::Owner) || has(Column::Priority));
    let used = columns.len();
    fits.then(|| (used, row(columns, cells)))
}

/// The meaning and the value of "Due: 12 March" or "Due Mar 15, 2027", which ends at byte `end`.
fn field(content: &str, end: usize) -> Option<(Column, Range<usize>)> {
    if let Some((label, value)) = labelled(content) {
        let kind = column(&label).unwrap_or(Column::Other);
        return Some((kind, end - value.len()..end));
    }
    // "Due tomorrow" is all of its line.
    let digit = content.find(|c: char| c.is_ascii_digit());
    let end_of_head = digit.or_else(|| content.find(' ').filter(|_| content.len() <= NARROW))?;
    let head = fold_str(&content[..end_of_head]);
    let mut words = head.split_whitespace();
    let first = words.next()?;
    let known = one_of(BARE_DUE, first) || one_of(BARE_DUE, head.trim());
    let from = content.find(char::is_whitespace)?;
    (known && content.len() <= 40).then(|| (Column::Due, end - (content.len() - from)..end))
}

fn next_filled(lines: &[Line], i: usize) -> Option<usize> {
    (i + 1..lines.len().min(i + 4)).find(|&k| lines[k].start < lines[k].end)
}

fn row(columns: Vec<Column>, cells: Vec<Range<usize>>) -> Table {
    Table {
        columns,
        headed: true,
        rows: vec![cells],
    }
}
