//! Letters to pieces of lines, pieces to rows.

mod rows;

use super::glyphs::Letter;
pub(super) use rows::{Row, rows};

/// A wider gap than this many letter heights parts two pieces of a line.
const PIECE_GAP: f64 = 0.75;
/// A wider gap than this many letter heights is a blank.
const WORD_GAP: f64 = 0.17;
/// The same in a line without blanks whose letters touch: TeX presses words together to fill it.
const NARROW_WORD_GAP: f64 = 0.11;
/// Letters closer than this many letter heights touch.
const TOUCHING: f64 = 0.04;
/// Fewer gaps do not tell how a line was set.
const FEWEST_GAPS: usize = 12;
/// Strokes this much wider than usual are bold.
const BOLD_STEM: f64 = 1.25;
/// Vertical lines looked at when letters are parted by them.
const MAX_LINES: usize = 2_000;

/// Words that stand together on one base line.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) x0: f64,
    pub(super) x1: f64,
    /// The base line.
    pub(super) y: f64,
    pub(super) size: f64,
    /// Letters in bold type, and all letters.
    pub(super) bold: usize,
    pub(super) count: usize,
    /// Sum of the widths of strokes, and of how many letters.
    pub(super) stems: (f64, usize),
}

impl Piece {
    pub(super) fn is_bold(&self) -> bool {
        self.count > 0 && self.bold * 10 >= self.count * 9
    }

    fn add_stem(&mut self, stems: (f64, usize)) {
        self.stems.0 += stems.0;
        self.stems.1 += stems.1;
    }

    /// Takes the piece for bold when its strokes are much wider than usual.
    pub(super) fn weigh(&mut self, usual: f64) {
        if self.stems.1 * 2 > self.count && self.stems.0 > BOLD_STEM * usual * self.stems.1 as f64 {
            self.bold = self.count;
        }
    }

    /// Joins the piece to the right of this one.
    pub(super) fn append(&mut self, right: &Self, space: &str) {
        self.text.push_str(space);
        self.text.push_str(&right.text);
        self.x1 = self.x1.max(right.x1);
        if right.count > self.count {
            self.size = right.size;
        }
        self.bold += right.bold;
        self.count += right.count;
        self.add_stem(right.stems);
    }
}

/// Builds pieces from letters in the order of painting, then joins those that continue each other.
/// Vertical lines (x, from, to) part pieces even where the gap is small.
pub(super) fn pieces(letters: &[Letter], down: &[(f64, f64, f64)]) -> Vec<Piece> {
    let mut down: Vec<(f64, f64, f64)> = down.iter().take(MAX_LINES).copied().collect();
    down.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut order: Vec<&Letter> = letters
        .iter()
        .filter(|letter| letter.angle.abs() < 5.0)
        .collect();
    // Sorting by place makes pieces independent of the order in which a program paints.
    order.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut pieces = Vec::new();
    let mut band: Vec<&Letter> = Vec::new();
    for letter in order {
        let same = band
            .last()
            .is_none_or(|last| (letter.y - last.y).abs() < 0.12 * letter.size.max(last.size));
        if !same {
            band_pieces(&mut band, &down, &mut pieces);
        }
        band.push(letter);
    }
    band_pieces(&mut band, &down, &mut pieces);
    pieces
}

/// The pieces of letters on one base line.
fn band_pieces(band: &mut Vec<&Letter>, down: &[(f64, f64, f64)], pieces: &mut Vec<Piece>) {
    band.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let mut current: Option<Piece> = None;
    let mut blank = false;
    let mut last: Option<&Letter> = None;
    let word_gap = word_gap(band);
    for letter in band.drain(..) {
        if letter.text.chars().all(char::is_whitespace) {
            // An empty replacement belongs to the letter before it.
            blank |= !letter.text.is_empty();
            // Recognised words are stretched to their place together with the blank behind them.
            if letter.invisible
                && let Some(piece) = &mut current
                && letter.x0 - piece.x1 < WORD_GAP * piece.size
            {
                piece.x1 = piece.x1.max(letter.x1);
            }
            continue;
        }
        // Bold type is sometimes made by painting twice, a little apart.
        if last.is_some_and(|last| {
            last.text == letter.text && (letter.x0 - last.x0).abs() < 0.2 * letter.size
        }) {
            continue;
        }
        let joined = current
            .as_mut()
            .is_some_and(|piece| extend(piece, letter, (blank, word_gap), down));
        if !joined {
            pieces.extend(current.replace(begin(letter)));
        }
        blank = false;
        last = Some(letter);
    }
    pieces.extend(current);
}

/// How wide a gap is a blank among these letters, from left to right.
fn word_gap(band: &[&Letter]) -> f64 {
    if band.iter().any(|letter| letter.text.trim().is_empty()) {
        return WORD_GAP;
    }
    let gaps: Vec<f64> = band
        .windows(2)
        .map(|pair| (pair[1].x0 - pair[0].x1) / pair[0].size.min(pair[1].size))
        .filter(|gap| gap.abs() < PIECE_GAP)
        .collect();
    let touching = gaps.iter().filter(|&&gap| gap < TOUCHING).count();
    if gaps.len() >= FEWEST_GAPS && touching * 10 >= gaps.len() * 7 {
        NARROW_WORD_GAP
    } else {
        WORD_GAP
    }
}

fn begin(letter: &Letter) -> Piece {
    Piece {
        text: plain(&letter.text),
        x0: letter.x0,
        x1: letter.x1,
        y: letter.y,
        size: letter.size,
        bold: usize::from(letter.bold),
        count: 1,
        stems: stem_of(letter),
    }
}

fn stem_of(letter: &Letter) -> (f64, usize) {
    letter.stem.map_or((0.0, 0), |stem| (stem, 1))
}

/// Adds a letter to a piece unless it stands too far away. It is known whether a blank stands before it, and how wide
/// a gap is one.
fn extend(
    piece: &mut Piece,
    letter: &Letter,
    (blank, word_gap): (bool, f64),
    down: &[(f64, f64, f64)],
) -> bool {
    // The gap beside a large letter is measured by the small one.
    let size = piece.size.min(letter.size);
    let gap = letter.x0 - piece.x1;
    let limit = if blank { PIECE_GAP * 1.2 } else { PIECE_GAP };
    if gap > limit * size || gap < -1.5 * size {
        return false;
    }
    let spaced = blank || gap > word_gap * size;
    if spaced && parted(piece.x1, letter.x0, letter.y - 0.3 * size, down) {
        return false;
    }
    if spaced {
        piece.text.push(' ');
    }
    piece.text.push_str(&plain(&letter.text));
    piece.x1 = piece.x1.max(letter.x1);
    let count = piece.count as f64;
    piece.size = (piece.size * count + letter.size) / (count + 1.0);
    piece.bold += usize::from(letter.bold);
    piece.count += 1;
    piece.add_stem(stem_of(letter));
    true
}

/// True when a vertical line stands in the gap.
fn parted(from: f64, to: f64, y: f64, down: &[(f64, f64, f64)]) -> bool {
    let start = down.partition_point(|line| line.0 < from - 1.0);
    down[start..]
        .iter()
        .take_while(|line| line.0 <= to + 1.0)
        .any(|line| line.1 <= y && y <= line.2)
}

/// Typographic ligatures as the letters they stand for.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{fb00}' => out.push_str("ff"),
            '\u{fb01}' => out.push_str("fi"),
            '\u{fb02}' => out.push_str("fl"),
            '\u{fb03}' => out.push_str("ffi"),
            '\u{fb04}' => out.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => out.push_str("st"),
            c if c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
