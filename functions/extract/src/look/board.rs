//! Boards with columns, "To do | Doing | Done": read one column after the other, not across.

use super::parts::{Block, Part, are_broken, bound, height, parts};
use super::reading::Line;

/// How columns are called, in five languages.
const STATES: &str = "\
    to do|to dos|to be done|open|backlog|ready|next|later|ideas|doing|in progress|wip|review|in review|testing|waiting|blocked|\
    on hold|done|finished|completed|closed|this week|next week|today|tomorrow|zu tun|offen|geplant|in arbeit|laufend|wartet|\
    blockiert|erledigt|fertig|abgeschlossen|a faire|en cours|en attente|bloque|fait|termine|por hacer|pendiente|pendientes|haciendo|\
    en proceso|en curso|hecho|terminado|yapilacak|yapilacaklar|yapiliyor|devam ediyor|beklemede|bitti|tamamlandi|yapildi";

/// The text of a board, where at least two names of columns stand beside each other; what is written above them first.
pub(super) fn read(lines: &[Line]) -> Option<String> {
    let height = height(lines)?;
    let parts = parts(lines, height);
    let (heads, names) = heads(&parts, height)?;
    let (above, columns) = under(&heads, &parts, height);
    let above = above.iter().map(|part| part.text());
    let above: Vec<String> = above.filter(|text| state(text).is_none()).collect();
    let names: Vec<String> = names.iter().map(|name| format!("# {name}")).collect();
    Some(write(&above, &names, &columns, height))
}

/// What stands above the heads of columns, and under each of them, from above.
pub(super) fn under<'p, 'a>(
    heads: &[Part<'a>],
    parts: &'p [Part<'a>],
    height: f64,
) -> (Vec<&'p Part<'a>>, Vec<Vec<&'p Part<'a>>>) {
    let mut columns: Vec<Vec<&Part>> = vec![Vec::new(); heads.len()];
    let mut above: Vec<&Part> = Vec::new();
    for part in parts {
        let away = |head: &Part| (head.left() - part.left()).abs();
        let numbered = heads.iter().enumerate();
        let nearest = numbered.min_by(|(_, a), (_, b)| away(a).total_cmp(&away(b)));
        let Some((nearest, head)) = nearest else {
            continue;
        };
        if part.middle() > head.middle() + height / 2.0 && !part.is_beside(head, 0.0) {
            columns[nearest].push(part);
        } else {
            above.push(part);
        }
    }
    for column in &mut columns {
        column.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
    }
    (above, columns)
}

/// One column after the other, each under its heading. Notes that hang in them are one item each.
pub(super) fn write(
    above: &[String],
    names: &[String],
    columns: &[Vec<&Part>],
    height: f64,
) -> String {
    let pairs = columns.iter().flat_map(|column| column.windows(2));
    let down = |pair: &[&Part]| pair[1].middle() - pair[0].middle();
    let bound = bound(pairs.map(down).collect(), height).unwrap_or_default();
    let columns = columns.iter().map(|column| notes(column, bound));
    let columns: Vec<Vec<Block>> = columns.collect();
    let rest = columns.iter().flatten().flat_map(|note| &note.lines[1..]);
    let broken = are_broken(rest);
    let mut text = above.join("\n");
    for (name, column) in names.iter().zip(columns) {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(name);
        text.push('\n');
        for note in column {
            let whole = note.sentence().filter(|_| broken);
            let items = whole.map_or_else(
                || note.lines.iter().map(Part::item).collect(),
                |it| vec![it],
            );
            for item in items {
                text.push_str("\n- ");
                text.push_str(&item);
            }
        }
    }
    text
}

/// What hangs in a column, its lines no further from each other than the bound.
fn notes<'a>(column: &[&Part<'a>], bound: f64) -> Vec<Block<'a>> {
    let notes = column.chunk_by(|a, b| b.middle() - a.middle() <= bound);
    let note = |lines: &[&Part<'a>]| Block {
        lines: lines.iter().map(|part| (*part).clone()).collect(),
    };
    notes.map(note).collect()
}

/// Two or more names of columns beside each other, from the left, and how they are called.
fn heads<'a>(parts: &[Part<'a>], height: f64) -> Option<(Vec<Part<'a>>, Vec<String>)> {
    let named = |part: &Part<'a>| state(&part.text()).map(|name| (part.clone(), name));
    let known: Vec<(Part, String)> = parts.iter().filter_map(named).collect();
    let beside = |first: &Part<'a>| {
        let beside = known
            .iter()
            .filter(|(part, _)| part.is_beside(first, height));
        let mut heads: Vec<_> = beside.cloned().collect();
        heads.sort_by(|(a, _), (b, _)| a.left().total_cmp(&b.left()));
        heads
    };
    let heads = known
        .iter()
        .map(|(first, _)| beside(first))
        .find(|heads| heads.len() > 1)?;
    Some(heads.into_iter().unzip())
}

/// Which column is called so, be it that an O was read as a naught.
fn state(text: &str) -> Option<String> {
    let letters = |text: &str, likely: bool| -> String {
        let lower = text.to_lowercase();
        let plain = lower.chars().map(|c| match c {
            'à' | 'â' => 'a',
            'é' | 'è' => 'e',
            'ı' => 'i',
            '0' if likely => 'o',
            '1' if likely => 't',
            other => other,
        });
        plain.filter(|c| c.is_alphanumeric()).collect()
    };
    let said = letters(text, false);
    let likely = letters(text, true);
    let spaced = |name: &&str| {
        let name: String = name.split_whitespace().collect();
        name == said || name == likely
    };
    let known = STATES.split('|').map(str::trim).find(spaced)?;
    let as_written = letters(known, false) == said;
    Some(if as_written {
        text.to_owned()
    } else {
        known.to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::super::reading::{line_at, placed};
    use super::*;

    #[test]
    fn columns_are_read_one_after_the_other() {
        let board = [
            line_at(&[("Sprint", 40), ("5", 110)], 10),
            line_at(&[("10.", 40), ("DO", 80), ("DONE", 900)], 60),
            line_at(
                &[
                    ("Order", 40),
                    ("chairs", 100),
                    ("-", 170),
                    ("Kim", 190),
                    ("Rent", 905),
                    ("it", 955),
                ],
                120,
            ),
            line_at(&[("Send", 890), ("invitations", 940)], 190),
            line_at(&[("Print", 40), ("badges", 100)], 184),
        ];
        let text = "Sprint 5\n\n# to do\n\n- Order chairs - Kim\n- Print badges\n\n# DONE\n\n- Rent it\n- Send invitations";
        assert_eq!(read(&board).as_deref(), Some(text));
    }

    #[test]
    fn a_note_in_a_column_is_one_item() {
        let board = placed(&[
            ("To do", 40, 10),
            ("Done", 700, 10),
            ("Call the", 60, 110),
            ("Rent the", 720, 110),
            ("electrician", 60, 150),
            ("big hall", 720, 150),
            ("Buy paint", 60, 400),
        ]);
        let text =
            "# To do\n\n- Call the electrician\n- Buy paint\n\n# Done\n\n- Rent the big hall";
        assert_eq!(read(&board).as_deref(), Some(text));
    }

    #[test]
    fn a_table_is_no_board() {
        let table = [
            line_at(&[("Task", 40), ("Who", 600), ("Done", 900)], 10),
            line_at(
                &[("Order", 40), ("chairs", 100), ("Kim", 600), ("yes", 900)],
                60,
            ),
        ];
        assert_eq!(read(&table), None);
        assert_eq!(read(&[]), None);
    }
}
