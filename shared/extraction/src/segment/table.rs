//! Tables: between bars, comma-, semicolon- or tab-separated, or set with spaces.

use super::line::{Form, Line};
use crate::text::{fold_str, one_of};
use std::ops::Range;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Task,
    Owner,
    Due,
    Status,
    Priority,
    /// A day that is not said to be a deadline.
    Date,
    Start,
    End,
    Time,
    Estimate,
    Notes,
    Topic,
    Event,
    Attendees,
    /// Numbers, weeks, places and all else.
    Other,
}

/// Cells by row, with what the header says of the columns.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub columns: Vec<Column>,
    /// Whether a header was recognised.
    pub headed: bool,
    pub rows: Vec<Vec<Range<usize>>>,
}

const COLUMNS: &[(Column, &str)] = &[
    (
        Column::Task,
        "task|tasks|action|actions|action item|action items|item|to do|todo|to-do|what|activity|work item|title|description of action|action required|task name|task description|summary|assignment|assignments|homework|deliverable|deliverables|chore|work|activity / task|\
        next step|next steps|follow-up|follow up|issue|card|name of task|due this week|assessment|reading|readings|problem set|work due|action point|hw|\
        aufgabe|aufgaben|maßnahme|massnahme|maßnahmen|was|tatigkeit|todo's|to-dos|arbeitspaket|tarea|tareas|accion|acciones|actividad|que|pendiente|entregable|tache|taches|quoi|activite|a faire|livrable|gorev|gorevler|is|yapilacak is|aksiyon|eylem|yapilacak|is kalemi|odev",
    ),
    (
        Column::Owner,
        "action by|task owner|action by|task owner|owner|owners|assignee|assigned to|assigned|who|responsible|responsible person|person responsible|person|name|lead|by whom|action owner|resp|resp.|accountable|in charge|dri|member|assignees|delegate|staff|verantwortlich|verantwortliche|verantwortlicher|zustandig|wer|bearbeiter|responsable|\
        quien|encargado|encargada|asignado a|asignado|qui|porteur|pilote|attribue a|assigne a|sorumlu|kim|sorumlu kisi|atanan",
    ),
    (
        Column::Due,
        "due|due date|deadline|by when|when due|due by|target date|target|complete by|finish by|completion date|due on|until|date due|eta|needed by|due (date)|frist|bis|bis wann|fallig|fallig am|falligkeit|termin|stichtag|abgabe|abgabetermin|fecha limite|vencimiento|plazo|\
        para cuando|fecha de entrega|entrega|limite|echeance|date limite|delai|pour quand|a rendre|date butoir|son tarih|termin tarihi|teslim tarihi|bitis|bitis tarihi|teslim|vade",
    ),
    (
        Column::Status,
        "status|state|done|done?|progress|complete|completed|complete?|% complete|completed?|% done|stand|erledigt|fortschritt|estado|hecho|avance|statut|etat|fait|avancement|durum|durumu",
    ),
    (
        Column::Priority,
        "priority|prio|importance|urgency|severity|prioritat|dringlichkeit|wichtigkeit|prioridad|urgencia|priorite|urgence|oncelik|aciliyet",
    ),
    (
        Column::Date,
        "date|day|when|datum|tag|wann|fecha|dia|cuando|jour|quand|tarih|gun|ne zaman|dates|week of",
    ),
    (
        Column::Start,
        "start|start date|from|begin|begins|start time|beginn|von|inicio|desde|debut|de|baslangic",
    ),
    (
        Column::End,
        "end|end date|to|finish|end time|ende|fin|hasta|bitis saati",
    ),
    (
        Column::Time,
        "time|times|hours|uhrzeit|zeit|hora|horario|heure|horaire|saat|slot",
    ),
    (
        Column::Estimate,
        "estimate|effort|estimated hours|est|est.|hours est.|estimate (h)|effort (h)|est. hours|duration|hrs|aufwand|dauer|schatzung|stunden|estimacion|esfuerzo|duracion|estimation|effort estime|charge|duree|tahmin|sure|effort (hours)|estimated time",
    ),
    (
        Column::Notes,
        "item description|notes|comments|comment|remarks|details|note|description|info|bemerkung|bemerkungen|notiz|notizen|kommentar|notas|comentarios|observaciones|remarques|commentaires|notlar|aciklama|yorum|weighting|points|weight|marks",
    ),
    (
        Column::Topic,
        "topic|topics|lecture|subject|unit|module|chapter|theme|content|thema|themen|inhalt|vorlesung|tema|temas|contenido|sujet|theme|cours|contenu|konu|ders|icerik|lesson|class",
    ),
    (
        Column::Event,
        "event|meeting|session|appointment|veranstaltung|besprechung|evento|reunion|evenement|etkinlik|toplanti|exam",
    ),
    (
        Column::Attendees,
        "attendees|participants|invitees|with|teilnehmer|asistentes|participantes|katilimcilar",
    ),
    (
        Column::Other,
        "#|no|no.|nr|nr.|id|week|wk|room|location|place|where|ref|project|area|woche|raum|ort|semana|aula|lugar|semaine|salle|lieu|hafta|yer|type|kind|category|client|customer|link|cost|amount|price|kw|n°|sira|decision|phase|created|created at|reporter|tags|labels|key|column",
    ),
];

/// What the words of a header cell say.
pub(crate) fn column(cell: &str) -> Option<Column> {
    if cell.len() > 60 {
        return None;
    }
    let folded = fold_str(
        cell.trim()
            .trim_matches(['*', '_', ' ', ':', '"', '`', '[', ']']),
    );
    COLUMNS
        .iter()
        .find(|(_, names)| names.split('|').any(|n| n == folded))
        .map(|&(c, _)| c)
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
    (found >= 2 && telling && found * 2 >= cells.len()).then(|| {
        known
            .into_iter()
            .map(|c| c.unwrap_or(Column::Other))
            .collect()
    })
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
            return delimited(text, lines, i, separator, columns);
        }
    }
    None
}

/// "Task: Paint the hallway", "Owner: Greta", "Due: 3 April": one row, a line for each cell.
fn record(text: &str, lines: &[Line], i: usize) -> Option<(usize, Table)> {
    const PLACES: &str = "where|place|location|room|venue|ort|raum|lugar|sala|lieu|salle|yer|link|zoom|address|treffpunkt";
    let mut columns = Vec::new();
    let mut cells = Vec::new();
    let mut placed = false;
    for line in lines[i..].iter().take(12) {
        let content = &text[line.body..line.end];
        let Some(colon) = content
            .char_indices()
            .take(30)
            .find(|&(_, c)| c == ':')
            .map(|(k, _)| k)
        else {
            break;
        };
        let label = fold_str(content[..colon].trim_matches(['*', '_', ' ', '-']));
        let value = content[colon + 1..].trim_start_matches(['*', '_', ' ']);
        let kind = if one_of(PLACES, &label) {
            Some(Column::Other)
        } else {
            column(&label)
        };
        placed |= one_of(PLACES, &label);
        let Some(kind) = kind else { break };
        columns.push(kind);
        cells.push(line.end - value.len()..line.end);
    }
    let has = |c: Column| columns.contains(&c);
    let subject = has(Column::Task) || has(Column::Event) || has(Column::Topic) && placed;
    let fields = has(Column::Due) || has(Column::Date) || has(Column::Owner) || has(Column::Status);
    if !subject || !fields || columns.len() < 2 {
        return None;
    }
    if placed
        && (has(Column::Date) || has(Column::Time))
        && !has(Column::Due)
        && !has(Column::Owner)
        && !has(Column::Status)
    {
        for kind in &mut columns {
            if matches!(kind, Column::Task | Column::Topic) {
                *kind = Column::Event;
            }
        }
    }
    Some((
        columns.len(),
        Table {
            columns,
            headed: true,
            rows: vec![cells],
        },
    ))
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
    let columns = rows.first().and_then(|head| header(text, head));
    let headed = columns.is_some();
    let divided = used > rows.len();
    if (headed || divided) && !rows.is_empty() {
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

fn delimited(
    text: &str,
    lines: &[Line],
    i: usize,
    separator: Separator,
    columns: Vec<Column>,
) -> Option<(usize, Table)> {
    let mut rows: Vec<Vec<Range<usize>>> = Vec::new();
    let mut used = 1;
    for line in &lines[i + 1..] {
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
        let fits = if separator == Separator::Spaces {
            row.len() >= 2 && row.len() <= columns.len()
        } else {
            row.len() * 2 > columns.len() && row.len() <= columns.len() + 1
        };
        if !fits {
            break;
        }
        used += 1;
        rows.push(row);
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
