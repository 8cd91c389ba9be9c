//! Tables in pictures: words that text recognition saw, put into the cells that lines draw.

use hayro_interpret::kurbo::{Point, Rect};

use super::lines::Piece;
use super::tables::{self, Line, TOUCH};
use crate::FileKind;
use crate::limits::{Budget, Limits};
use crate::writer::Writer;

/// The height of a usual line of words, in points: what was made for pages measures in these.
const USUAL: f64 = 10.0;
/// A ruled line is so many times as long as thick.
const SLENDER: f64 = 4.0;
/// What is thicker, in heights of a usual line, is an area.
const THICK: f64 = 0.8;
/// Unless it is so many times as long as thick: the boxes of parallel lines are sometimes thicker than words.
const VERY_SLENDER: f64 = 16.0;
/// How much of a letter stands below the base line where it reaches below it.
const DESCENT: f64 = 0.22;
/// Letters and signs that do.
const DESCENDERS: &str = "gjpqyçşğQ,;()[]{}|/";
/// Words of a line closer than this share of its height stand beside each other.
const PHRASE: f64 = 0.6;
/// Base lines closer than this, in points, are one.
const JITTER: f64 = 2.5;
/// How far a header may stand above its table, in heights of a usual line.
const HEAD: f64 = 1.6;
/// More words are no page.
const MAX_WORDS: usize = 20_000;

/// A box in a picture, in pixels from the upper left.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PixelBox {
    /// Of its left edge.
    pub left: i64,
    /// Of its upper edge.
    pub top: i64,
    /// From left to right.
    pub width: i64,
    /// From top to bottom.
    pub height: i64,
}

impl PixelBox {
    fn rect(self) -> Rect {
        let (x, y) = (self.left as f64, self.top as f64);
        Rect::new(x, y, x + self.width as f64, y + self.height as f64)
    }
}

/// A word that was recognised in a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PixelWord {
    /// The word.
    pub text: String,
    /// Where it stands.
    pub place: PixelBox,
    /// Which line of words it is part of. Lines follow each other, and may run in any of the four directions.
    pub line: usize,
}

/// A table that lines draw in a picture.
#[derive(Debug, Clone)]
pub struct PixelTable {
    /// The table in the normal form.
    pub text: String,
    sheet: Sheet,
    frame: Rect,
}

impl PixelTable {
    /// Whether what is in a box stands in the table.
    pub fn holds(&self, place: PixelBox) -> bool {
        let middle = self.sheet.turn.upright(place.rect()).center();
        let middle = self.sheet.point(middle.x, middle.y);
        self.frame.inflate(1.0, 1.0).contains(middle)
    }
}

/// Puts words into the tables that ruled lines draw around them. The page may lie on its side, and a little askew.
pub fn ruled_tables(words: &[PixelWord], rulings: &[PixelBox]) -> Vec<PixelTable> {
    // Two lines across and one down are the least that makes cells.
    if rulings.len() < 3 || words.len() > MAX_WORDS {
        return Vec::new();
    }
    let turn = Turn::of(words);
    let rulings: Vec<Rect> = rulings
        .iter()
        .map(|ruling| turn.upright(ruling.rect()))
        .collect();
    let lines: Vec<Vec<Word>> = words
        .chunk_by(|one, next| one.line == next.line)
        .map(|line| {
            line.iter()
                .filter_map(|word| Word::new(word, turn))
                .collect()
        })
        .collect();
    let Some(sheet) = Sheet::of(turn, &lines, &rulings) else {
        return Vec::new();
    };
    let (mut across, down) = sheet.rulings(&rulings);
    let mut pieces: Vec<Piece> = lines.iter().flat_map(|line| sheet.pieces(line)).collect();
    let mut down = cut(down, &across, &pieces);
    add_heads(&mut across, &mut down, &pieces);
    let tables = tables::ruled(&mut pieces, &across, &down).into_iter();
    let spelt = |table: tables::Ruled| {
        Some(PixelTable {
            text: spelt(&table.rows)?,
            sheet,
            frame: table.rect,
        })
    };
    tables.filter_map(spelt).collect()
}

/// Lines down the page, cut where one table ends and another with other columns begins: the edges of tables below each
/// other are taken for one line.
fn cut(mut down: Vec<Line>, across: &[Line], pieces: &[Piece]) -> Vec<Line> {
    let mut ys: Vec<f64> = across.iter().map(|line| line.0).collect();
    ys.sort_by(f64::total_cmp);
    for pair in ys.windows(2) {
        let (above, below) = (pair[0], pair[1]);
        let meets = |one: f64, other: f64| (one - other).abs() <= TOUCH;
        let mut ending = down.iter().filter(|line| meets(line.2, above));
        let goes_on = |line: &Line| {
            let mut others = down.iter();
            others.any(|other| meets(other.0, line.0) && other.2 > below + TOUCH)
        };
        let is_between = below - above > TOUCH
            && ending.any(|line| !goes_on(line))
            && down.iter().any(|line| meets(line.1, below))
            && !pieces
                .iter()
                .any(|piece| (above..below).contains(&tables::middle(piece).y));
        if !is_between {
            continue;
        }
        for index in 0..down.len() {
            let (x, from, to) = down[index];
            if from < above - TOUCH && to > below + TOUCH {
                down[index].2 = above;
                down.push((x, below, to));
            }
        }
    }
    down
}

/// Lines around headers on a dark ground, which hides them: words close above where lines down the page begin that no
/// line across closes, each between two of them.
fn add_heads(across: &mut Vec<Line>, down: &mut [Line], pieces: &[Piece]) {
    let mut tops: Vec<f64> = down.iter().map(|line| line.1).collect();
    tops.sort_by(f64::total_cmp);
    tops.dedup_by(|next, kept| *next - *kept <= TOUCH);
    for top in tops {
        let begins = |line: &Line| (line.1 - top).abs() <= TOUCH;
        let mut xs: Vec<f64> = down
            .iter()
            .filter(|line| begins(line))
            .map(|line| line.0)
            .collect();
        xs.sort_by(f64::total_cmp);
        let is_closed = across.iter().any(|line| (line.0 - top).abs() <= TOUCH);
        let [left, _, .., right] = xs[..] else {
            continue;
        };
        let is_head = |piece: &&Piece| {
            (top - HEAD * USUAL..top).contains(&tables::middle(piece).y)
                && piece.x1 > left
                && piece.x0 < right
        };
        let heads: Vec<&Piece> = pieces.iter().filter(is_head).collect();
        let crosses = |piece: &&Piece| xs.iter().any(|x| piece.x0 < *x && *x < piece.x1);
        let mut columns: Vec<usize> = heads
            .iter()
            .map(|piece| xs.partition_point(|x| *x < piece.x0))
            .collect();
        columns.dedup();
        if is_closed || columns.len() < 2 || heads.iter().any(crosses) {
            continue;
        }
        let above = heads
            .iter()
            .map(|piece| piece.y - piece.size)
            .fold(top, f64::min);
        across.push((top, left, right));
        for line in down.iter_mut().filter(|line| begins(line)) {
            line.1 = above;
        }
    }
}

/// A table in the normal form, if anything stands in it.
fn spelt(rows: &[Vec<String>]) -> Option<String> {
    let budget = Budget::new(&Limits::default(), 0);
    let mut writer = Writer::new(&budget);
    writer.table(rows);
    Some(writer.finish(FileKind::Pdf).ok()?.text)
}

/// Which way the lines of words run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Right,
    Down,
    Left,
    Up,
}

impl Turn {
    fn of(words: &[PixelWord]) -> Self {
        let (mut right, mut down) = (0, 0);
        for pair in words.windows(2).filter(|pair| pair[0].line == pair[1].line) {
            right += pair[1].place.left - pair[0].place.left;
            down += pair[1].place.top - pair[0].place.top;
        }
        match (right.abs() >= down.abs(), right >= 0, down >= 0) {
            (true, true, _) => Self::Right,
            (true, false, _) => Self::Left,
            (false, _, true) => Self::Down,
            (false, _, false) => Self::Up,
        }
    }

    /// A box where it would be if the lines ran to the right.
    fn upright(self, place: Rect) -> Rect {
        let Rect { x0, y0, x1, y1 } = place;
        match self {
            Self::Right => place,
            Self::Left => Rect::new(-x1, -y1, -x0, -y0),
            Self::Down => Rect::new(y0, -x1, y1, -x0),
            Self::Up => Rect::new(-y1, x0, -y0, x1),
        }
    }
}

/// A word as it stands when its line runs to the right.
struct Word<'w> {
    text: &'w str,
    place: Rect,
    /// The base line, as far as its letters tell.
    base: f64,
}

impl<'w> Word<'w> {
    /// None where it is nothing but the bar that a ruled line beside it was taken for.
    fn new(word: &'w PixelWord, turn: Turn) -> Option<Self> {
        let text = word.text.trim_matches('|');
        let place = turn.upright(word.place.rect());
        let reaches = text.chars().any(|c| DESCENDERS.contains(c));
        let below = if reaches { DESCENT } else { 0.0 };
        (!text.is_empty()).then_some(Self {
            text,
            place,
            base: place.y1 - below * place.height(),
        })
    }
}

/// How a page lies in its picture.
#[derive(Debug, Clone, Copy)]
struct Sheet {
    turn: Turn,
    /// Points of a pixel.
    scale: f64,
    /// How far lines of words fall, over their length.
    slope: f64,
}

impl Sheet {
    /// None where there are no words to measure it by.
    fn of(turn: Turn, lines: &[Vec<Word<'_>>], rulings: &[Rect]) -> Option<Self> {
        let words = lines.iter().flatten();
        // Words without tall letters are less high than their lines.
        let usual = quantile(words.map(|word| word.place.height()), 0.75)?.max(1.0);
        // No line is steeper than the box around it.
        let steepest = rulings
            .iter()
            .map(sides)
            .filter(|(long, _)| *long > 3.0 * usual)
            .map(|(long, short)| short / long)
            .fold(1.0 / SLENDER, f64::min);
        Some(Self {
            turn,
            scale: USUAL / usual,
            slope: slope(lines).clamp(-steepest, steepest),
        })
    }

    /// A point of the picture on the page, in points.
    fn point(&self, x: f64, y: f64) -> Point {
        let (straight, fallen) = (x + self.slope * y, y - self.slope * x);
        Point::new(straight * self.scale, fallen * self.scale)
    }

    /// Ruled lines across and down the page.
    fn rulings(&self, rulings: &[Rect]) -> (Vec<Line>, Vec<Line>) {
        let (mut across, mut down) = (Vec::new(), Vec::new());
        for ruling in rulings {
            let (long, short) = sides(ruling);
            let thick = short - self.slope.abs() * long;
            let is_thin = thick * self.scale < THICK * USUAL || long > VERY_SLENDER * thick;
            if long < SLENDER * short || !is_thin {
                continue;
            }
            let (middle, half) = (ruling.center(), long / 2.0);
            let middle = self.point(middle.x, middle.y);
            let half = half * self.scale;
            if ruling.width() > ruling.height() {
                across.push((middle.y, middle.x - half, middle.x + half));
            } else {
                down.push((middle.x, middle.y - half, middle.y + half));
            }
        }
        (across, down)
    }

    /// Each word of a line, on its base line. Boxes of words may reach into the next line: those beside each other stand
    /// on one.
    fn pieces(&self, line: &[Word<'_>]) -> Vec<Piece> {
        let at = |word: &Word<'_>| self.point(word.place.center().x, word.base);
        let base = |words: &[Word<'_>]| quantile(words.iter().map(|word| at(word).y), 0.5);
        let usual = base(line);
        let size = quantile(line.iter().map(|word| word.place.height()), 0.75).unwrap_or(0.0);
        let phrases =
            line.chunk_by(|one, next| next.place.x0 - one.place.x1 < PHRASE * size.max(1.0));
        let mut pieces = Vec::with_capacity(line.len());
        for phrase in phrases {
            let own = base(phrase).unwrap_or(0.0);
            let y = usual
                .filter(|usual| (own - usual).abs() < JITTER)
                .unwrap_or(own);
            pieces.extend(phrase.iter().map(|word| {
                let (middle, half) = (at(word).x, word.place.width() * self.scale / 2.0);
                Piece {
                    text: word.text.to_owned(),
                    x0: middle - half,
                    x1: middle + half,
                    y,
                    size: size * self.scale,
                    bold: 0,
                    count: word.text.chars().count(),
                    stems: (0.0, 0),
                }
            }));
        }
        pieces
    }
}

/// What this share of values lies below, if there are any.
fn quantile(values: impl Iterator<Item = f64>, share: f64) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place among them"
    )]
    let place = (values.len() as f64 * share) as usize;
    values.get(place).copied()
}

/// The longer and the shorter side of a box.
fn sides(place: &Rect) -> (f64, f64) {
    let (width, height) = (place.width(), place.height());
    (width.max(height), width.min(height))
}

/// How far lines of words fall over their length: the middle of what the lines say, by length.
fn slope(lines: &[Vec<Word<'_>>]) -> f64 {
    let mut falls: Vec<(f64, f64)> = Vec::new();
    for line in lines {
        if let [first, .., last] = line.as_slice() {
            let along = last.place.center().x - first.place.center().x;
            if along > 0.0 {
                falls.push(((last.base - first.base) / along, along));
            }
        }
    }
    falls.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = falls.iter().map(|(_, along)| along).sum::<f64>() / 2.0;
    let mut before = 0.0;
    let middle = falls.iter().find(|(_, along)| {
        before += along;
        before >= half
    });
    middle.map_or(0.0, |(fall, _)| *fall)
}
