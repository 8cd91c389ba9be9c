//! What text recognition writes, as lines of words, and as text again.

use super::{board, chat, drawn, lists, notes, parts};
use sentry_documents::{PixelBox, PixelTable};

/// Words of which it is less sure than this, of 100, are noise.
const NOISE: f64 = 20.0;

/// A word, and the place of its box.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) place: PixelBox,
    /// How sure it is of it, 0 to 1.
    pub(super) sure: f64,
}

/// A line of words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) words: Vec<Word>,
    /// Block, paragraph and line, as the program counts them.
    place: [String; 3],
}

impl Line {
    /// Its words, as a person would write them.
    pub(super) fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        words.join(" ")
    }
}

/// What it saw in a picture.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) lines: Vec<Line>,
    /// Lines that are drawn.
    pub(super) rulings: Vec<PixelBox>,
    /// How sure it is of each word, 0 to 1, summed.
    pub(super) certain: f64,
    words: f64,
}

impl Reading {
    /// From one word per row, or one ruled line: level, page, block, paragraph, line, word, left, top, width, height,
    /// confidence and text. A ruled line is a word without letters.
    pub(super) fn of(tsv: &str) -> Self {
        let mut reading = Self::default();
        for row in tsv.lines().skip(1) {
            let cells: Vec<&str> = row.split('\t').collect();
            let [
                "5",
                _,
                block,
                paragraph,
                line,
                _,
                left,
                top,
                width,
                height,
                sure,
                text,
            ] = cells.as_slice()
            else {
                continue;
            };
            let number = |cell: &str| cell.parse().unwrap_or(0);
            let place = PixelBox {
                left: number(left),
                top: number(top),
                width: number(width),
                height: number(height),
            };
            let sure: f64 = sure.parse().unwrap_or(-1.0);
            if text.trim().is_empty() {
                reading.rulings.push(place);
            } else if sure >= NOISE {
                let word = Word {
                    text: text.trim().to_owned(),
                    place,
                    sure: sure / 100.0,
                };
                reading.add(
                    word,
                    [block, paragraph, line].map(|cell| (*cell).to_owned()),
                );
            }
        }
        reading
    }

    fn add(&mut self, word: Word, place: [String; 3]) {
        self.certain += word.sure;
        self.words += 1.0;
        match self.lines.last_mut().filter(|last| last.place == place) {
            Some(last) => last.words.push(word),
            None => self.lines.push(Line {
                words: vec![word],
                place,
            }),
        }
    }

    /// How sure it is of its words on the mean, 0 to 1.
    pub(super) fn sure(&self) -> f64 {
        if self.words > 0.0 {
            self.certain / self.words
        } else {
            0.0
        }
    }

    /// How much is clearly read: half a word that is half sure of tells nothing.
    pub(super) fn clear(&self) -> f64 {
        self.certain - self.words / 2.0
    }

    /// Whether it is text that does not run across the picture.
    pub(super) fn is_scattered(&self) -> bool {
        let mut lines = self.lines.clone();
        drawn::spell(&mut lines);
        scattered(&lines).is_some()
    }

    /// Whether many of its lines have gaps, as where text of several places was taken for one line.
    pub(super) fn has_gaps(&self) -> bool {
        let with_gaps = parts::with_gaps(&self.lines);
        with_gaps > 1 && with_gaps * 3 >= self.lines.len()
    }

    /// Its lines, with a blank one between paragraphs, and with tables in place of their words.
    pub(super) fn text(mut self, tables: &[PixelTable]) -> String {
        for (table, number) in tables.iter().zip(0..) {
            self.put(table, number);
        }
        self.lines.retain(|line| !line.words.is_empty());
        drawn::spell(&mut self.lines);
        if tables.is_empty()
            && let Some(text) = scattered(&self.lines)
        {
            return text;
        }
        let mut text = String::new();
        let mut last: Option<&Line> = None;
        for line in self.lines.iter().filter(|line| !line.words.is_empty()) {
            if let Some(last) = last {
                let same = last.place[..2] == line.place[..2];
                text.push_str(if same { "\n" } else { "\n\n" });
            }
            text.push_str(&line.text());
            last = Some(line);
        }
        text
    }

    /// Puts a table where the first of its words stands.
    fn put(&mut self, table: &PixelTable, number: usize) {
        let inside = |word: &Word| table.holds(word.place);
        let first = self
            .lines
            .iter()
            .position(|line| line.words.iter().any(inside));
        for line in &mut self.lines {
            line.words.retain(|word| !inside(word));
        }
        let stands = Line {
            words: vec![Word {
                text: table.text.clone(),
                place: PixelBox::default(),
                sure: 1.0,
            }],
            place: ["table".to_owned(), number.to_string(), String::new()],
        };
        let at = first.unwrap_or(self.lines.len());
        self.lines.insert(at, stands);
    }
}

/// The text of what does not run across the picture: the columns of a board, a chat, lists beside each other, notes.
pub(super) fn scattered(lines: &[Line]) -> Option<String> {
    let ways = [board::read, chat::read, lists::read, notes::read];
    ways.into_iter().find_map(|read| read(lines))
}

/// A line of words, its letters twice as high as wide, for tests of what is done with lines.
#[cfg(test)]
pub(super) fn line(text: &str, margin: i64) -> Line {
    let mut left = margin;
    let words: Vec<(&str, i64)> = text
        .split_whitespace()
        .map(|text| {
            let from = left;
            left += width(text) + 10;
            (text, from)
        })
        .collect();
    line_at(&words, 0)
}

#[cfg(test)]
fn width(text: &str) -> i64 {
    10 * i64::try_from(text.chars().count()).unwrap_or(1)
}

/// The same, with each word at its place.
#[cfg(test)]
pub(super) fn line_at(words: &[(&str, i64)], top: i64) -> Line {
    let words = words.iter().map(|&(text, left)| Word {
        text: text.to_owned(),
        place: PixelBox {
            left,
            top,
            width: width(text),
            height: 20,
        },
        sure: 1.0,
    });
    Line {
        words: words.collect(),
        place: Default::default(),
    }
}

/// Phrases, each with how far from the left and from above it stands, for tests of what is scattered. Those next to each
/// other that stand equally far from above are of one line.
#[cfg(test)]
pub(super) fn placed(phrases: &[(&str, i64, i64)]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (phrase, left, top) in phrases {
        let mut line = line(phrase, *left);
        line.words.iter_mut().for_each(|word| word.place.top = *top);
        let beside = |last: &&mut Line| last.words[0].place.top == *top;
        match lines.last_mut().filter(beside) {
            Some(last) => last.words.append(&mut line.words),
            None => lines.push(line),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HEAD: &str = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext";

    fn row(block: u32, line: u32, sure: &str, word: &str) -> String {
        format!("5\t1\t{block}\t1\t{line}\t1\t0\t0\t9\t9\t{sure}\t{word}")
    }

    #[test]
    fn words_become_lines_again() {
        let tsv = [
            HEAD.to_owned(),
            "4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t".to_owned(),
            row(1, 1, "96.5", "Send"),
            row(1, 1, "91.5", "it"),
            row(1, 2, "90", "today"),
            row(1, 2, "7.5", "|~"),
            row(2, 1, "82", "Anna"),
        ];
        let seen = Reading::of(&tsv.join("\n"));
        assert!((seen.sure() - 0.9).abs() < 1e-9);
        assert_eq!(seen.text(&[]), "Send it\ntoday\n\nAnna");
        let nothing = Reading::of("");
        assert!(nothing.sure().abs() < 1e-9);
        assert_eq!(nothing.text(&[]), "");
    }

    proptest! {
        #[test]
        fn no_output_is_too_odd(
            words in prop::collection::vec(("[0-9-]{0,4}", "[|O1M\\[\\]a-c\\t]{0,4}"), 0..20)
        ) {
            let rows = words.iter().map(|(sure, word)| row(1, 1, sure, word));
            let output: Vec<String> = [HEAD.to_owned()].into_iter().chain(rows).collect();
            let seen = Reading::of(&output.join("\n"));
            let is_empty = seen.words < 1.0;
            prop_assert!(seen.sure() >= 0.0);
            prop_assert_eq!(seen.text(&[]).is_empty(), is_empty);
        }
    }
}
