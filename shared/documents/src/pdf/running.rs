//! Running heads and feet, and page numbers.

use std::collections::{HashMap, HashSet};

use super::blocks::Body;
use super::page::Page;
use crate::writer::one_line;

/// Share of the height of a page, above and below, in which heads and feet stand.
const MARGIN: f64 = 0.13;
/// Rows at either end of a page that may be heads or feet.
const ROWS: usize = 4;
/// A gap wider than this many usual ones parts a row from the next.
const WIDE: f64 = 1.5;

/// A line that may be a running head: its words without the number of the page, and its place.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Line {
    words: String,
    place: i64,
}

impl Line {
    fn new(text: &str, page: u32, y: f64) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a place on a page, in steps of 4 points"
        )]
        let place = (y / 4.0).round() as i64;
        Self {
            words: without_number(text, page),
            place,
        }
    }
}

/// A row near the edge of a page.
struct Candidate {
    y: f64,
    line: Line,
    text: String,
    /// A wide gap parts it from the rows further in.
    parted: bool,
}

/// Takes running heads, feet and page numbers off the pages; returns each once, numbers of pages apart.
pub(super) fn take(pages: &mut [Page], body: &Body) -> Vec<String> {
    let with_text = pages.iter().filter(|page| page.chars() > 0).count();
    let counts = counts(pages, body);
    // Books alternate left and right heads; two pages must agree in full.
    let needed = if with_text <= 3 {
        2
    } else {
        (with_text * 2).div_ceil(5).max(2)
    };
    let repeats =
        |line: &Line| with_text > 1 && counts.get(line).is_some_and(|&count| count >= needed);
    // Of pages that say the same all over, what is said at their ends is no head.
    let alike = with_text > 3 && are_alike(pages, body, needed, repeats);
    let mut out: Vec<(String, String)> = Vec::new();
    for page in pages.iter_mut() {
        let mut found = candidates(page, body);
        found.retain(|row| {
            is_page_number(&row.text, page.number) || (repeats(&row.line) && (row.parted || !alike))
        });
        for row in found {
            page.remove_row(row.y);
            remember(&mut out, &row.text, page.number);
        }
        for text in page.marked_running() {
            remember(&mut out, &text, page.number);
        }
    }
    out.into_iter().map(|(_, text)| text).collect()
}

/// Whether many short pages would lose half of their rows, or the rows further in repeat as well.
fn are_alike(pages: &[Page], body: &Body, needed: usize, repeats: impl Fn(&Line) -> bool) -> bool {
    let mut inner: HashMap<Line, usize> = HashMap::new();
    let mut emptied = 0;
    for page in pages.iter().filter(|page| page.chars() > 0) {
        let rows = page.row_texts();
        if rows.len() > 2 * ROWS {
            let in_table = page.rows_in_tables(ROWS);
            for index in [ROWS, rows.len() - ROWS - 1] {
                if !in_table.get(index).copied().unwrap_or(false) {
                    let (place, text) = &rows[index];
                    let line = Line::new(text, page.number, place.y);
                    *inner.entry(line).or_default() += 1;
                }
            }
        } else {
            let taken = candidates(page, body);
            let taken = taken.iter().filter(|row| repeats(&row.line)).count();
            emptied += usize::from(taken * 2 >= rows.len());
        }
    }
    emptied >= needed || inner.values().any(|&count| count >= needed)
}

/// On how many pages each line stands.
fn counts(pages: &[Page], body: &Body) -> HashMap<Line, usize> {
    let mut counts: HashMap<Line, usize> = HashMap::new();
    for page in pages {
        let lines: HashSet<Line> = candidates(page, body)
            .into_iter()
            .map(|row| row.line)
            .collect();
        for line in lines {
            // The same words a few points off are the same line.
            for place in [line.place - 1, line.place, line.place + 1] {
                *counts
                    .entry(Line {
                        place,
                        words: line.words.clone(),
                    })
                    .or_default() += 1;
            }
        }
    }
    counts
}

fn remember(out: &mut Vec<(String, String)>, text: &str, page: u32) {
    let text = one_line(text);
    let shape = without_number(&text, page);
    if !text.is_empty()
        && !is_page_number(&text, page)
        && !out.iter().any(|(known, _)| *known == shape)
    {
        out.push((shape, text));
    }
}

/// The rows at the top and bottom of a page.
fn candidates(page: &Page, body: &Body) -> Vec<Candidate> {
    let rows = page.row_texts();
    let height = page.height();
    let count = rows.len();
    let ys: Vec<f64> = rows.iter().map(|(place, _)| place.y).collect();
    let mut gaps: Vec<f64> = ys.windows(2).map(|pair| pair[1] - pair[0]).collect();
    gaps.sort_by(f64::total_cmp);
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(0.0);
    let in_table = page.rows_in_tables(ROWS);
    let near_edge = |index: usize, y: f64| {
        // The very first and last rows may stand further in, as page numbers of small formats do.
        let reach = |is_end: bool| if is_end { 2.0 * MARGIN } else { MARGIN } * height;
        let top = index < ROWS && y < reach(index == 0);
        top || (index + ROWS >= count && height - y < reach(index + 1 == count))
    };
    rows.into_iter()
        .enumerate()
        // Headings that stand at the top of every page are content; at its foot nothing is headed.
        .filter(|(index, (place, _))| {
            let is_foot = place.y > height / 2.0;
            near_edge(*index, place.y) && (is_foot || !body.is_heading(place.size))
                // The head of a table that goes on is repeated on every page, and belongs to its rows.
                && !in_table.get(*index).copied().unwrap_or(false)
        })
        .map(|(index, (place, text))| {
            let line = Line::new(&text, page.number, place.y);
            // The gap lies behind this row or, where a head has two lines, behind the next.
            let inward = if place.y > height / 2.0 {
                index.saturating_sub(2)..index + 1
            } else {
                index..count.min(index + 3)
            };
            let is_last = inward.len() < 2;
            let mut between = ys[inward].windows(2);
            Candidate {
                y: place.y,
                line,
                text,
                parted: is_last || between.any(|pair| pair[1] - pair[0] > WIDE * usual),
            }
        })
        .collect()
}

/// The words of a line with the number of the page taken out.
fn without_number(text: &str, page: u32) -> String {
    let mut out = String::with_capacity(text.len());
    let mut digits = String::new();
    for c in text.to_lowercase().chars().chain(['\0']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        // Only once: on the last page of two, "page 2 of 2" has it twice.
        let is_page = digits.parse() == Ok(page) && !out.contains('#');
        out.push_str(if is_page { "#" } else { &digits });
        digits.clear();
        out.push(c);
    }
    out
}

/// `3`, `- 3 -`, `Page 3 of 10`, `3/10`, in the languages of the product.
fn is_page_number(text: &str, number: u32) -> bool {
    const WORDS: &[&str] = &[
        "page", "seite", "página", "pagina", "pág", "sayfa", "p", "s", "of", "von", "de", "sur",
        "toplam",
    ];
    let text = text.to_lowercase();
    let tokens: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|token| !token.is_empty())
        .collect();
    let is_number = |token: &&&str| token.bytes().all(|byte| byte.is_ascii_digit());
    let numbers = tokens.iter().filter(is_number).count();
    let known = tokens
        .iter()
        .all(|token| WORDS.contains(token) || is_number(&token));
    let states = tokens.iter().any(|token| token.parse() == Ok(number)) || tokens.len() > numbers;
    known
        && states
        && (1..=2).contains(&numbers)
        && text.chars().count() <= 24
        && !text.contains('.')
}
