//! Words that are struck out: a line is drawn through the middle of their letters.

use super::glyphs::Letter;

/// How high above the base line a stroke runs, in sizes of the letters: an underline is lower, the rule of a table higher.
const LOWEST: f64 = 0.16;
const HIGHEST: f64 = 0.46;
/// The share of a stroke that runs through letters; rules go on beside them.
const THROUGH: f64 = 0.7;
/// Fewer letters are a sign of a drawing.
const FEWEST: usize = 2;
/// Larger letters are not looked for above a stroke.
const LARGEST: f64 = 60.0;
/// Pages with more lines, or more letters near them, are drawings.
const MAX_LINES: usize = 2_000;
const MAX_STEPS: usize = 4_000_000;

/// A horizontal line: its height, from where, to where.
type Line = (f64, f64, f64);

/// Puts the signs of struck words around those letters that lines run through, and takes these lines out.
pub(super) fn mark(letters: &mut [Letter], across: &mut Vec<Line>) {
    if across.is_empty() || across.len() > MAX_LINES {
        return;
    }
    let mut order: Vec<usize> = (0..letters.len())
        .filter(|&index| letters[index].angle.abs() < 5.0)
        .collect();
    order.sort_by(|&a, &b| letters[a].y.total_cmp(&letters[b].y));
    let mut struck = vec![false; letters.len()];
    let mut steps = 0;
    across.retain(|line| {
        if steps > MAX_STEPS {
            return true;
        }
        let low = order.partition_point(|&index| letters[index].y < line.0);
        let near = order[low..]
            .iter()
            .take_while(|&&index| letters[index].y < line.0 + LARGEST * HIGHEST);
        let through: Vec<usize> = near
            .copied()
            .inspect(|_| steps += 1)
            .filter(|&index| runs_through(line, &letters[index]))
            .collect();
        if !is_stroke(line, &through, letters) {
            return true;
        }
        for index in through {
            struck[index] = true;
        }
        false
    });
    let words: Vec<usize> = order
        .into_iter()
        .filter(|&index| !letters[index].text.trim().is_empty())
        .collect();
    sign(letters, words, &struck);
}

/// Whether a line crosses the middle of a letter.
fn runs_through(line: &Line, letter: &Letter) -> bool {
    let height = (letter.y - line.0) / letter.size.max(0.1);
    let middle = f64::midpoint(letter.x0, letter.x1);
    (LOWEST..=HIGHEST).contains(&height) && line.1 <= middle && middle <= line.2
}

/// Whether a line ends with the letters it runs through.
fn is_stroke(line: &Line, through: &[usize], letters: &[Letter]) -> bool {
    let shown = through
        .iter()
        .filter(|&&index| letters[index].text.chars().any(char::is_alphanumeric));
    let inked: f64 = through
        .iter()
        .map(|&index| letters[index].x1.min(line.2) - letters[index].x0.max(line.1))
        .sum();
    shown.count() >= FEWEST && inked >= THROUGH * (line.2 - line.1)
}

/// Writes the signs at the ends of each run of struck letters on one base line.
fn sign(letters: &mut [Letter], mut words: Vec<usize>, struck: &[bool]) {
    if !struck.contains(&true) {
        return;
    }
    let band = |letter: &Letter, other: &Letter| (letter.y - other.y).abs() < 0.12 * letter.size;
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for index in words.drain(..) {
        match rows.last_mut() {
            Some(row) if band(&letters[index], &letters[row[row.len() - 1]]) => row.push(index),
            _ => rows.push(vec![index]),
        }
    }
    for mut row in rows {
        row.sort_by(|&a, &b| letters[a].x0.total_cmp(&letters[b].x0));
        // Cells of a table, however near, are struck each by itself.
        let far = |a: usize, b: usize| letters[b].x0 - letters[a].x1 > 0.8 * letters[b].size;
        let mut runs: Vec<(usize, usize)> = Vec::new();
        let mut last = None;
        for index in row {
            if struck[index] {
                match (runs.last_mut(), last) {
                    (Some(run), Some(before)) if run.1 == before && !far(before, index) => {
                        run.1 = index;
                    }
                    _ => runs.push((index, index)),
                }
            }
            last = Some(index);
        }
        for (first, end) in runs {
            letters[first].text.insert_str(0, "~~");
            letters[end].text.push_str("~~");
        }
    }
}

/// Whether a row is struck out from its first word to its last.
pub(super) fn is_struck(row: &str) -> bool {
    let inside = row.trim().strip_prefix("~~");
    let inside = inside.and_then(|row| row.strip_suffix("~~"));
    inside.is_some_and(|inside| !inside.contains("~~"))
}
