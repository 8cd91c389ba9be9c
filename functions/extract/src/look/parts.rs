//! Parts of lines: words that stand together, apart from what stands far away on the same line; and blocks of them.

use super::reading::{Line, Word};

/// Words further apart than this, in heights of a letter, are not of one line.
const APART: f64 = 1.6;
/// How much more or less a line may rise or fall along its length than the others of the picture.
const SLOPE: f64 = 0.025;
/// Lines further from each other than this, in heights of a letter, from middle to middle, are not of one block.
const LOOSE: f64 = 4.5;
/// Between blocks, lines are this much further from each other than in them.
const WIDER: f64 = 1.5;
/// Short words of which it is less sure than this, with nothing else beside them, are noise.
const DOUBTED: f64 = 0.5;
/// How many letters a scratch is taken for.
const SCRATCH: usize = 4;
/// A letter is at most this wide, in heights of a letter.
const WIDEST: f64 = 2.5;
/// Of the lines that follow another in a block, the share that shows that lines were broken for want of room.
const BROKEN: f64 = 1.0 / 3.0;
/// What somebody writes before the items of a list.
const BULLETS: [char; 5] = ['-', '–', '•', '*', '·'];

/// Words that stand together.
#[derive(Debug, Clone)]
pub(super) struct Part<'a> {
    words: Vec<&'a Word>,
    /// The middle of its first word from above, were the picture held straight.
    middle: f64,
}

impl Part<'_> {
    pub(super) fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        words.join(" ")
    }

    /// Its text without the bullet before it.
    pub(super) fn item(&self) -> String {
        let text = self.text();
        text.trim_start_matches(|c| c == ' ' || BULLETS.contains(&c))
            .to_owned()
    }

    pub(super) fn is_bulleted(&self) -> bool {
        let text = self.text();
        let rest = text.trim_start_matches(BULLETS);
        rest.len() < text.len()
            && rest.starts_with(|c: char| c.is_whitespace() || c.is_alphabetic())
    }

    /// Whether they are the same words, at the same place.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.words == other.words
    }

    /// How many of its words have a letter in them.
    pub(super) fn spoken(&self) -> usize {
        let spoken = |word: &&&Word| word.text.chars().any(char::is_alphabetic);
        self.words.iter().filter(spoken).count()
    }

    pub(super) fn left(&self) -> f64 {
        self.words
            .first()
            .map_or(0.0, |word| word.place.left as f64)
    }

    pub(super) fn right(&self) -> f64 {
        let end = |word: &&Word| (word.place.left + word.place.width) as f64;
        self.words.last().map_or(0.0, end)
    }

    /// How far from above its first word stands, were the picture held straight.
    pub(super) fn middle(&self) -> f64 {
        self.middle
    }

    /// Whether two parts stand beside each other, on a board that may be held askew.
    pub(super) fn is_beside(&self, other: &Self, height: f64) -> bool {
        let slope = (self.left() - other.left()).abs() * SLOPE;
        (self.middle() - other.middle()).abs() <= height + slope
    }

    /// Whether it is a scratch or an edge, taken for letters of which nobody is sure.
    fn is_noise(&self) -> bool {
        let sure = |word: &&Word| word.sure > DOUBTED || word.text.chars().count() > SCRATCH;
        !self.words.iter().any(sure)
    }

    /// Whether one stands over the other.
    pub(super) fn is_over(&self, other: &Self) -> bool {
        let shared = self.right().min(other.right()) - self.left().max(other.left());
        let narrower = (self.right() - self.left()).min(other.right() - other.left());
        shared * 2.0 > narrower
    }

    /// Whether it goes on with what the line above it began, by how it begins. None where that tells nothing.
    pub(super) fn goes_on(&self) -> Option<bool> {
        let text = self.text();
        let letter = text.trim_start_matches(['(', '"', '“', '„', '«']);
        let first = letter.chars().next().filter(|c| c.is_alphabetic());
        first
            .map(|c| c.is_lowercase() || letter.len() < text.len())
            .or_else(|| self.is_bulleted().then_some(false))
    }
}

/// The parts of all lines.
pub(super) fn parts(lines: &[Line], height: f64) -> Vec<Part<'_>> {
    let slope = slope(lines);
    let mut parts: Vec<Part> = lines.iter().flat_map(|line| cut(line, height)).collect();
    parts.retain(|part| !part.is_noise());
    for part in &mut parts {
        part.middle -= part.left() * slope;
    }
    parts
}

/// How many lines have parts that stand far from each other.
pub(super) fn with_gaps(lines: &[Line]) -> usize {
    let height = height(lines).unwrap_or_default();
    let gaps = |line: &&Line| cut(line, height).len() > 1;
    lines.iter().filter(gaps).count()
}

/// How much lines fall along their length, on the mean.
fn slope(lines: &[Line]) -> f64 {
    let (mut along, mut fallen) = (0.0, 0.0);
    for line in lines {
        let Some((first, rest)) = line.words.split_first() else {
            continue;
        };
        for word in rest {
            let right = (word.place.left - first.place.left) as f64;
            along += right * right;
            fallen += right * (middle(word) - middle(first));
        }
    }
    if along > 0.0 { fallen / along } else { 0.0 }
}

fn middle(word: &Word) -> f64 {
    word.place.top as f64 + word.place.height as f64 / 2.0
}

/// The usual height of its words.
pub(super) fn height(lines: &[Line]) -> Option<f64> {
    let words = lines.iter().flat_map(|line| &line.words);
    let heights = words.map(|word| word.place.height as f64).collect();
    median(heights).filter(|height| *height > 0.0)
}

fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}

/// The parts of a line that stand far from each other.
fn cut(line: &Line, height: f64) -> Vec<Part<'_>> {
    let mut parts: Vec<Part> = Vec::new();
    let mut end = f64::NEG_INFINITY;
    for word in line.words.iter().filter(|word| !is_noise(word, height)) {
        let left = word.place.left as f64;
        match parts.last_mut().filter(|_| left - end <= height * APART) {
            Some(part) => part.words.push(word),
            None => parts.push(Part {
                words: vec![word],
                middle: middle(word),
            }),
        }
        end = left + word.place.width as f64;
    }
    parts
}

/// Whether an edge of the board, or of a note, was taken for letters.
fn is_noise(word: &Word, height: f64) -> bool {
    let letters = word.text.chars().count() as f64;
    word.place.width as f64 > letters * height * WIDEST
        || word.text.trim_matches(['_', '|', '~']).is_empty()
}

/// Lines that stand close under each other, from above.
#[derive(Debug, Clone)]
pub(super) struct Block<'a> {
    pub(super) lines: Vec<Part<'a>>,
}

impl Block<'_> {
    pub(super) fn left(&self) -> f64 {
        let lefts = self.lines.iter().map(Part::left);
        lefts.fold(f64::INFINITY, f64::min)
    }

    pub(super) fn right(&self) -> f64 {
        self.lines.iter().map(Part::right).fold(0.0, f64::max)
    }

    pub(super) fn top(&self) -> f64 {
        self.lines.first().map_or(0.0, Part::middle)
    }

    pub(super) fn bottom(&self) -> f64 {
        self.lines.last().map_or(0.0, Part::middle)
    }

    /// Its lines as one, where they are what was broken for want of room, and not a list.
    pub(super) fn sentence(&self) -> Option<String> {
        let (first, rest) = self.lines.split_first()?;
        let is_list = rest.len() > 1
            && rest.iter().all(|line| line.goes_on() != Some(true))
            && self.lines.iter().filter(|line| line.spoken() > 1).count() * 2 > self.lines.len()
            && !is_in_capitals(self.lines.iter());
        let bullets = rest.iter().filter(|line| line.is_bulleted()).count();
        let leads = !rest.is_empty() && first.text().ends_with(':');
        if is_list || bullets > 1 || leads {
            return None;
        }
        let rest = rest.iter().map(Part::text);
        Some(
            [first.item()]
                .into_iter()
                .chain(rest)
                .collect::<Vec<_>>()
                .join(" "),
        )
    }
}

/// Puts the lines that stand close under each other into blocks: closer than others, or close at all where they are all
/// alike. Says whether blocks stand further from each other than their lines.
pub(super) fn blocks<'a>(parts: &[Part<'a>], height: f64) -> (Vec<Block<'a>>, bool) {
    let follows = |above: &Part| {
        let down = |other: usize| parts[other].middle() - above.middle();
        let under = (0..parts.len())
            .filter(|&other| down(other) > height / 2.0 && above.is_over(&parts[other]));
        let next = under.min_by(|&a, &b| down(a).total_cmp(&down(b)));
        next.map(|next| (next, down(next)))
    };
    let next: Vec<Option<(usize, f64)>> = parts.iter().map(follows).collect();
    let found = bound(next.iter().flatten().map(|next| next.1).collect(), height);
    let bound = found.unwrap_or(height * LOOSE);
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|&a, &b| parts[a].middle().total_cmp(&parts[b].middle()));
    let mut of: Vec<Option<usize>> = vec![None; parts.len()];
    let mut blocks: Vec<Block> = Vec::new();
    for at in order {
        let block = *of[at].get_or_insert_with(|| {
            blocks.push(Block { lines: Vec::new() });
            blocks.len() - 1
        });
        blocks[block].lines.push(parts[at].clone());
        if let Some((next, down)) = next[at]
            && down <= bound
        {
            of[next].get_or_insert(block);
        }
    }
    (blocks, found.is_some())
}

/// What lies between the distances of lines in a block and those of blocks.
pub(super) fn bound(mut distances: Vec<f64>, height: f64) -> Option<f64> {
    distances.sort_by(f64::total_cmp);
    let steps = distances.windows(2).map(|pair| (pair[0], pair[1]));
    let wide = steps.filter(|(less, more)| {
        *less <= height * LOOSE && *more > less * WIDER && more - less > height
    });
    let widest = wide.max_by(|a, b| (a.1 / a.0).total_cmp(&(b.1 / b.0)))?;
    // A heading may stand closer to the first of them than they to each other.
    Some(widest.0 * WIDER)
}

/// Whether the lines under others were broken for want of room, by how they begin.
pub(super) fn are_broken<'p>(rest: impl Iterator<Item = &'p Part<'p>>) -> bool {
    let (going_on, begun): (Vec<bool>, Vec<bool>) =
        rest.filter_map(Part::goes_on).partition(|goes_on| *goes_on);
    let (going_on, all) = (going_on.len(), going_on.len() + begun.len());
    going_on > 0 && going_on as f64 >= all as f64 * BROKEN
}

/// Whether nothing there is in small letters.
pub(super) fn is_in_capitals<'p>(mut parts: impl Iterator<Item = &'p Part<'p>>) -> bool {
    !parts.any(|part| part.text().chars().any(char::is_lowercase))
}
