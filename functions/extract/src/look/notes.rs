//! Notes that hang or stand beside each other, over a wall: each is an item of its own.

use super::parts::{Block, Part, are_broken, blocks, height, is_in_capitals, parts};
use super::reading::Line;

/// A note has at most this many lines.
const MOST_LINES: usize = 8;
/// And on the mean at most this many words in each.
const MOST_WORDS: usize = 7;
/// How much higher or lower a note may hang than the one beside it, in heights of a letter.
const ASIDE: f64 = 2.5;

/// The text of notes, row by row, from the left; what is written above them first.
pub(super) fn read(lines: &[Line]) -> Option<String> {
    let height = height(lines)?;
    let parts = parts(lines, height);
    let (mut blocks, in_rows) = blocks(&parts, height);
    blocks.sort_by(|a, b| a.top().total_cmp(&b.top()));
    let beside: Vec<bool> = blocks
        .iter()
        .map(|one| blocks.iter().any(|other| are_beside(one, other, height)))
        .collect();
    if !are_notes(&blocks, &beside) {
        return None;
    }
    let first = beside.iter().position(|beside| *beside)?;
    let notes = blocks.split_off(first);
    if !in_rows && !are_sentences(&notes) {
        return None;
    }
    let mut text: Vec<String> = blocks.iter().map(as_written).collect();
    let rest = notes.iter().flat_map(|note| &note.lines[1..]);
    let broken = are_broken(rest) || is_in_capitals(notes.iter().flat_map(|note| &note.lines));
    for note in rows(notes) {
        let sentence = note.sentence().filter(|_| broken || note.lines.len() == 1);
        let item = sentence.map(|sentence| format!("- {sentence}"));
        text.push(item.unwrap_or_else(|| as_written(&note)));
    }
    Some(text.join("\n\n"))
}

fn as_written(block: &Block) -> String {
    let lines: Vec<String> = block.lines.iter().map(Part::text).collect();
    lines.join("\n")
}

/// Whether two blocks stand at the same height, apart from each other.
fn are_beside(one: &Block, other: &Block, height: f64) -> bool {
    let shared = one.bottom().min(other.bottom()) - one.top().max(other.top());
    let apart = one.left().max(other.left()) - one.right().min(other.right());
    shared > -height * ASIDE && apart > 0.0
}

/// Whether these are notes, and not the cells of a table, a form or a page.
fn are_notes(blocks: &[Block], beside: &[bool]) -> bool {
    let words = |block: &Block| block.lines.iter().map(Part::spoken).sum::<usize>();
    let of = |beside: &[bool]| -> usize {
        let those = blocks.iter().zip(beside).filter(|(_, beside)| **beside);
        those.map(|(block, _)| words(block)).sum()
    };
    let notes = || {
        blocks
            .iter()
            .zip(beside)
            .filter(|(_, beside)| **beside)
            .map(|it| it.0)
    };
    let all: usize = blocks.iter().map(words).sum();
    let count = notes().count();
    let long = notes().filter(|note| note.lines.len() > 1).count();
    let bare = notes().filter(|note| words(note) < 2).count();
    let is_small = |note: &Block| {
        note.lines.len() <= MOST_LINES && words(note) <= note.lines.len() * MOST_WORDS
    };
    of(beside) * 5 >= all * 3 && long * 2 >= count && bare * 3 <= count && notes().all(is_small)
}

/// Whether blocks in one row are notes and not lists: most of them go on in their second line.
fn are_sentences(notes: &[Block]) -> bool {
    let begins = |note: &Block| {
        note.lines
            .first()
            .is_some_and(|line| line.goes_on() != Some(true))
    };
    let goes_on = |note: &&Block| {
        note.lines[1..]
            .iter()
            .any(|line| line.goes_on() == Some(true))
    };
    let titled = |note: &Block| note.lines.first().is_some_and(|line| line.spoken() == 1);
    notes.iter().all(begins)
        && notes.iter().filter(goes_on).count() * 2 > notes.len()
        && !notes.iter().all(titled)
}

/// Notes, from the left in each row. A row is what hangs beside the topmost that is left.
fn rows(mut notes: Vec<Block<'_>>) -> Vec<Block<'_>> {
    let mut rows = Vec::new();
    while let Some(bottom) = notes.first().map(Block::bottom) {
        let mut row: Vec<Block> = notes.extract_if(.., |note| note.top() <= bottom).collect();
        row.sort_by(|a, b| a.left().total_cmp(&b.left()));
        rows.append(&mut row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::super::reading::{placed, scattered};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_note_is_an_item() {
        let wall = placed(&[
            ("Ideas for the fair", 60, 10),
            ("Call the", 60, 200),
            ("Buy paint", 800, 200),
            ("electrician", 60, 240),
            ("(Tom)", 800, 240),
            ("by Thursday", 60, 280),
            ("Renew insurance", 60, 700),
            ("Pick up keys", 800, 700),
            ("20 March", 60, 740),
            ("Sat 10:00", 800, 740),
        ]);
        let text = "Ideas for the fair\n\n- Call the electrician by Thursday\n\n- Buy paint (Tom)\n\n\
            - Renew insurance 20 March\n\n- Pick up keys Sat 10:00";
        assert_eq!(read(&wall).as_deref(), Some(text));
    }

    #[test]
    fn notes_in_one_row_are_told_by_how_their_lines_go_on() {
        let row = placed(&[
            ("Book flights", 60, 10),
            ("Order new", 600, 10),
            ("to Lisbon", 60, 50),
            ("name badges", 600, 50),
        ]);
        let text = "- Book flights to Lisbon\n\n- Order new name badges";
        assert_eq!(read(&row).as_deref(), Some(text));
    }

    #[test]
    fn a_list_on_a_note_stays_a_list() {
        let wall = placed(&[
            ("Strengths", 60, 10),
            ("Weaknesses", 800, 10),
            ("Loyal customers", 60, 50),
            ("High costs", 800, 50),
            ("Good location", 60, 90),
            ("Old machines", 800, 90),
            ("Shopping:", 60, 400),
            ("Threats", 800, 400),
            ("- milk", 60, 440),
            ("Rising rents", 800, 440),
        ]);
        let text = "Strengths\nLoyal customers\nGood location\n\nWeaknesses\nHigh costs\nOld machines\n\n\
            Shopping:\n- milk\n\nThreats\nRising rents";
        assert_eq!(read(&wall).as_deref(), Some(text));
    }

    #[test]
    fn what_runs_across_is_no_note() {
        let owners = [
            ("Order chairs for the", 60, 10),
            ("Kim", 800, 10),
            ("Friday", 1200, 10),
            ("summer fair", 60, 40),
            ("Print badges", 60, 140),
            ("Tom", 800, 140),
            ("5 March", 1200, 140),
            ("with the new logo", 60, 170),
        ];
        let receipt = [
            ("Coffee beans", 60, 10),
            ("7.50", 800, 10),
            ("Oat milk", 60, 50),
            ("4.20", 800, 50),
            ("TOTAL", 60, 190),
            ("11.70", 800, 190),
        ];
        let letter = [
            ("Riverside Dental Practice", 60, 10),
            ("10 March 2027", 1000, 10),
            ("12 Mill Lane", 60, 40),
            ("Our ref: 4411", 1000, 40),
            (
                "Your next check-up is on Tuesday 20 April 2027 at 10:20.",
                60,
                140,
            ),
            (
                "Please complete the medical history form and return it",
                60,
                170,
            ),
            (
                "by 1 April 2027. If you cannot attend, tell us before.",
                60,
                200,
            ),
            ("Jane Howe", 60, 300),
            ("Tom Reed", 1000, 300),
            ("Reception", 60, 330),
            ("Practice manager", 1000, 330),
        ];
        for page in [&owners[..], &receipt, &letter, &[]] {
            assert_eq!(scattered(&placed(page)), None);
        }
    }

    proptest! {
        #[test]
        fn notes_are_found_wherever_they_hang(
            notes in prop::collection::vec(
                prop::collection::vec("[a-z]{3,9}( [a-z]{3,9})?", 2..4), 6..12),
            columns in 2..5_i64,
            aside in prop::collection::vec((-60..60_i64, -20..20_i64), 12),
            fall in -30..30_i64,
        ) {
            let mut wall = Vec::new();
            for ((note, at), (right, down)) in notes.iter().zip(0..).zip(aside) {
                let (left, top) = (100 + at % columns * 500 + right, 100 + at / columns * 400 + down);
                for (line, at) in note.iter().zip(0..) {
                    wall.push((format!("{}{line}", if at == 0 { "Do " } else { "" }), left, top + at * 40));
                }
            }
            let wall: Vec<_> = wall.iter().map(|(text, left, top)| (text.as_str(), *left, *top)).collect();
            let mut lines = placed(&wall);
            for word in lines.iter_mut().flat_map(|line| &mut line.words) {
                word.place.top += word.place.left * fall / 1000;
            }
            let text = scattered(&lines).unwrap_or_default();
            let mut read: Vec<&str> = text.split("\n\n").collect();
            let mut hung: Vec<String> = notes.iter().map(|note| format!("- Do {}", note.join(" "))).collect();
            read.sort_unstable();
            hung.sort_unstable();
            prop_assert_eq!(read, hung);
        }

        #[test]
        fn rows_stay_rows(
            rows in prop::collection::vec("[A-Z][a-z]{3,9} [a-z]{3,9}", 3..9),
            owners in prop::collection::vec("[A-Z][a-z]{2,6}", 9),
            days in prop::collection::vec("[1-9] March|Fri|next week|by Monday", 9),
            apart in 30..90_i64,
        ) {
            let mut table = Vec::new();
            for (((row, owner), day), at) in rows.iter().zip(&owners).zip(&days).zip(0..) {
                let top = 10 + at * apart;
                table.extend([(row.as_str(), 60, top), (owner.as_str(), 700, top), (day.as_str(), 1100, top)]);
            }
            prop_assert_eq!(scattered(&placed(&table)), None);
        }
    }
}
