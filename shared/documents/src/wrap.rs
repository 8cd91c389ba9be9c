//! Tells lines that were broken to fit a width from lines that were meant.

/// Narrower texts are lists of short lines rather than wrapped prose.
const MIN_WIDTH: usize = 50;
/// Wider than any program wraps at.
const MAX_WIDTH: usize = 132;

/// The column at which a text was wrapped, or `None` when it was not: most lines that are followed by another
/// must end close below it.
pub(crate) fn width(lines: &[&str]) -> Option<usize> {
    let lengths: Vec<usize> = lines
        .iter()
        .map(|line| line.trim_end().chars().count())
        .collect();
    let width = lengths
        .iter()
        .copied()
        .filter(|&len| len <= MAX_WIDTH)
        .max()?;
    let too_long = lengths.iter().filter(|&&len| len > MAX_WIDTH).count();
    (width >= MIN_WIDTH && too_long * 10 <= lengths.len()).then_some(width)
}

/// True when `line` ended only because the first word of `next` did not fit into `width`.
pub(crate) fn continues(line: &str, next: &str, width: usize) -> bool {
    let Some(word) = next.split_whitespace().next() else {
        return false;
    };
    let used = line.trim_end().chars().count();
    let fits = used + 1 + word.chars().count() <= width;
    if used * 2 < width || line.ends_with("  ") {
        return false;
    }
    // The longest line of a text is rarely as long as the column it was wrapped at.
    let nearly = used + 1 + word.chars().count() + 4 > width;
    let goes_on = next.chars().next().is_some_and(char::is_lowercase);
    !fits || (nearly && goes_on)
}

/// Joins two parts of a wrapped line, undoing hyphenation.
pub(crate) fn join(left: &mut String, right: &str) {
    let right = right.trim_start();
    let kept = left.trim_end().len();
    left.truncate(kept);
    if breaks_word(left, right) {
        left.truncate(left.trim_end_matches(['-', '\u{2010}', '\u{ad}']).len());
    } else if !left.is_empty() && !ends_with_link(left, right) {
        left.push(' ');
    }
    left.push_str(right);
}

/// True when a hyphen at the end of `left` was put there to break a word: letters before it, a small letter
/// after it, and not a compound that has a hyphen of its own.
fn breaks_word(left: &str, right: &str) -> bool {
    if left.ends_with('\u{ad}') {
        return true;
    }
    let Some(stem) = left.strip_suffix(['-', '\u{2010}']) else {
        return false;
    };
    let word = stem
        .rsplit(|c: char| !c.is_alphabetic() && c != '-')
        .next()
        .unwrap_or("");
    let letters = word.chars().count();
    letters >= 2
        && !word.contains('-')
        && !PREFIXES.contains(&word.to_lowercase().as_str())
        && right.chars().next().is_some_and(char::is_lowercase)
        && !right.starts_with("und ")
        && !right.starts_with("oder ")
}

/// Words that keep their hyphen before another word.
const PREFIXES: &[&str] = &[
    "self", "non", "well", "co", "ex", "half", "cross", "follow", "check", "sign", "long", "short",
    "high", "low", "full", "part", "on", "off", "in", "up", "e", "two", "three", "four", "one",
    "five", "real", "end", "day", "to",
];

/// An address broken after a slash goes on without a blank.
fn ends_with_link(left: &str, right: &str) -> bool {
    let word = left.rsplit(char::is_whitespace).next().unwrap_or("");
    word.contains("://")
        && word.ends_with(['/', '-', '_', '=', '&', '?'])
        && !right.starts_with('(')
}
