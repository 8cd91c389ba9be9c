//! Tables that are ruled in a picture. Read as a page, words beside a line are mangled; read as scattered words, lone
//! signs are lost. What stands in a table is what one of the readings is surest of.

use super::reading::{Reading, Word};
use sentry_documents::{PixelBox, PixelTable, PixelWord, ruled_tables};
use std::collections::BTreeMap;
use std::iter::once;

/// What only one of the readings has counts where it is surer than this.
const ALONE: f64 = 0.5;
/// Boxes that share more than this of the smaller one show the same letters.
const SHARED: f64 = 0.2;
/// Words of a line closer than this share of their height are of one phrase.
const PHRASE: f64 = 0.6;
/// More words than these are not compared.
const MOST_WORDS: usize = 6_000;

/// A word in one of the readings.
struct Seen<'r> {
    word: &'r Word,
    /// The number of its line among those of all readings.
    line: usize,
    /// The number of the reading.
    by: usize,
}

/// The tables in a page that was read.
pub(super) fn tables(reading: &Reading) -> Vec<PixelTable> {
    ruled(seen(reading, &[], &[]).iter(), reading)
}

/// Its tables once more, now out of the words of several readings.
pub(super) fn agreed(
    tables: Vec<PixelTable>,
    reading: &Reading,
    others: &[&Reading],
) -> Vec<PixelTable> {
    let seen = seen(reading, others, &tables);
    if seen.len() > MOST_WORDS {
        return tables;
    }
    let groups = groups(&seen);
    let mut sums: BTreeMap<usize, BTreeMap<usize, (f64, f64)>> = BTreeMap::new();
    for (seen, group) in seen.iter().zip(&groups) {
        let sum = sums.entry(*group).or_default().entry(seen.by).or_default();
        let letters = seen.word.text.chars().count() as f64;
        sum.0 += seen.word.sure * letters;
        sum.1 += letters;
    }
    let is_kept = |seen: &Seen<'_>, group: &usize| {
        let by = &sums[group];
        let mean = |sum: &(f64, f64)| sum.0 / sum.1;
        let surest = by.iter().max_by(|a, b| mean(a.1).total_cmp(&mean(b.1)));
        surest.is_some_and(|(surest, _)| *surest == seen.by) && (by.len() > 1 || is_sure(seen.word))
    };
    let kept = seen.iter().zip(&groups);
    let kept = kept.filter(|(seen, group)| is_kept(seen, group));
    let again = ruled(kept.map(|(seen, _)| seen), reading);
    if again.len() == tables.len() {
        again
    } else {
        tables
    }
}

/// Whether a word counts that no other reading has.
fn is_sure(word: &Word) -> bool {
    word.sure > ALONE && word.text.chars().any(char::is_alphanumeric)
}

/// All words of a reading, and those of others that stand in its tables.
fn seen<'r>(reading: &'r Reading, others: &[&'r Reading], tables: &[PixelTable]) -> Vec<Seen<'r>> {
    let mut seen = Vec::new();
    let mut number = 0;
    for (by, reading) in once(&reading).chain(others).enumerate() {
        for line in &reading.lines {
            number += 1;
            let inside = |word: &&Word| tables.iter().any(|table| table.holds(word.place));
            let words = line.words.iter().filter(|word| by == 0 || inside(word));
            seen.extend(words.map(|word| Seen {
                word,
                line: number,
                by,
            }));
        }
    }
    seen
}

fn ruled<'s>(seen: impl Iterator<Item = &'s Seen<'s>>, reading: &Reading) -> Vec<PixelTable> {
    let words = seen.map(|seen| PixelWord {
        text: seen.word.text.clone(),
        place: seen.word.place,
        line: seen.line,
    });
    ruled_tables(&words.collect::<Vec<_>>(), &reading.rulings)
}

/// For each word the number of its group: phrases of several readings that show the same letters.
fn groups(seen: &[Seen<'_>]) -> Vec<usize> {
    let mut groups: Vec<usize> = (0..seen.len()).collect();
    for (index, word) in seen.iter().enumerate() {
        for (before, other) in seen[..index].iter().enumerate() {
            let (place, before_it) = (word.word.place, other.word.place);
            let is_same = if word.by == other.by {
                word.line == other.line && is_phrase(before_it, place)
            } else {
                shares(place, before_it)
            };
            if is_same {
                let (from, to) = (groups[before], groups[index]);
                if from != to {
                    let joined = groups.iter_mut().filter(|group| **group == from);
                    joined.for_each(|group| *group = to);
                }
            }
        }
    }
    groups
}

/// Whether two words of a line, whichever way it runs, are of one phrase.
fn is_phrase(one: PixelBox, next: PixelBox) -> bool {
    let gap = |a: (i64, i64), b: (i64, i64)| a.0.max(b.0) - (a.0 + a.1).min(b.0 + b.1);
    let across = gap((one.left, one.width), (next.left, next.width));
    let down = gap((one.top, one.height), (next.top, next.height));
    let (apart, height) = if across > down {
        (across, one.height.max(next.height))
    } else {
        (down, one.width.max(next.width))
    };
    (apart as f64) < PHRASE * height as f64
}

fn shares(one: PixelBox, other: PixelBox) -> bool {
    let along = |a: (i64, i64), b: (i64, i64)| ((a.0 + a.1).min(b.0 + b.1) - a.0.max(b.0)).max(0);
    let width = along((one.left, one.width), (other.left, other.width));
    let height = along((one.top, one.height), (other.top, other.height));
    let area = |place: PixelBox| place.width as f64 * place.height as f64;
    (width as f64) * (height as f64) > SHARED * area(one).min(area(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of a line at given places, 20 pixels high, and how sure of them somebody is, of 100.
    fn line(number: usize, top: i64, words: &[(&str, i64, u32)]) -> String {
        let row = |(text, left, sure): &(&str, i64, u32)| {
            let width = 10 * text.chars().count();
            format!("5\t1\t{number}\t1\t1\t1\t{left}\t{top}\t{width}\t20\t{sure}\t{text}\n")
        };
        words.iter().map(row).collect()
    }

    /// A frame of 400 by 80 pixels, in four cells.
    fn rulings() -> String {
        let boxes = [
            [100, 99, 400, 2],
            [100, 139, 400, 2],
            [100, 179, 400, 2],
            [99, 100, 2, 80],
            [299, 100, 2, 80],
            [499, 100, 2, 80],
        ];
        let row = |[left, top, width, height]: [i64; 4]| {
            format!("5\t1\t9\t1\t1\t1\t{left}\t{top}\t{width}\t{height}\t95\t \n")
        };
        boxes.into_iter().map(row).collect()
    }

    fn page(lines: &[String]) -> Reading {
        Reading::of(&["head\n".to_owned(), lines.concat(), rulings()].concat())
    }

    fn prose() -> String {
        line(1, 60, &[("Open", 100, 95), ("points:", 150, 95)])
    }

    #[test]
    fn cells_stay_apart() {
        let read = page(&[
            prose(),
            line(2, 110, &[("Task", 110, 95), ("Who", 310, 95)]),
            line(
                3,
                150,
                &[("Book", 110, 95), ("it", 160, 95), ("Tom", 310, 95)],
            ),
            line(4, 200, &[("Next:", 100, 95), ("Tuesday", 160, 95)]),
        ]);
        let tables = tables(&read);
        let text = "Open points:\n\n| Task | Who |\n|---|---|\n| Book it | Tom |\n\nNext: Tuesday";
        assert_eq!(read.text(&tables), text);
    }

    #[test]
    fn what_one_reading_is_surer_of_stands() {
        let read = page(&[
            line(2, 110, &[("No", 110, 95), ("Tazk", 312, 40)]),
            line(3, 150, &[("1", 110, 90), ("Book", 310, 95)]),
        ]);
        let scattered = Reading::of(
            &[
                "head\n".to_owned(),
                line(1, 110, &[("Task", 310, 95)]),
                // Nobody else sees these.
                line(2, 150, &[("it", 360, 96), ("~", 450, 40)]),
                line(3, 300, &[("outside", 110, 96)]),
            ]
            .concat(),
        );
        let tables = agreed(tables(&read), &read, &[&scattered]);
        assert_eq!(tables[0].text, "| No | Task |\n|---|---|\n| 1 | Book it |");
    }

    #[test]
    fn lines_around_prose_are_no_table() {
        let read = page(&[prose()]);
        assert!(tables(&read).is_empty());
        let unruled = line(2, 110, &[("Task", 110, 95), ("Who", 310, 95)]);
        let unruled = Reading::of(&format!("head\n{unruled}"));
        assert!(tables(&unruled).is_empty());
        assert_eq!(unruled.text(&[]), "Task Who");
    }
}
