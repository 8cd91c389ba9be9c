//! Running heads and feet, and page numbers.

use std::collections::{HashMap, HashSet};

use super::page::Page;
use crate::writer::one_line;

/// Share of the height of a page, above and below, in which heads and feet stand.
const MARGIN: f64 = 0.13;
/// Rows at either end of a page that may be heads or feet.
const ROWS: usize = 4;

/// A line that may be a running head: its words without numbers, and its place.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Line {
    words: String,
    place: i64,
}

/// Takes running heads, feet and page numbers off the pages; returns each once, numbers of pages apart.
pub(super) fn take(pages: &mut [Page]) -> Vec<String> {
    let mut counts: HashMap<Line, usize> = HashMap::new();
    let with_text = pages.iter().filter(|page| page.chars() > 0).count();
    for page in pages.iter() {
        let lines: HashSet<Line> = margin_rows(page)
            .into_iter()
            .map(|(_, line, _)| line)
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
    // Books alternate left and right heads; two pages must agree in full.
    let needed = if with_text <= 3 {
        2
    } else {
        (with_text * 2).div_ceil(5).max(2)
    };
    let mut out: Vec<String> = Vec::new();
    for page in pages.iter_mut() {
        let found: Vec<(f64, String)> = margin_rows(page)
            .into_iter()
            .filter(|(_, line, text)| {
                is_page_number(text, page.number)
                    || (with_text > 1 && counts.get(line).is_some_and(|&n| n >= needed))
            })
            .map(|(y, _, text)| (y, text))
            .collect();
        for (y, text) in found {
            page.remove_row(y);
            remember(&mut out, &text, page.number);
        }
        for text in page.marked_running() {
            remember(&mut out, &text, page.number);
        }
    }
    out
}

fn remember(out: &mut Vec<String>, text: &str, page: u32) {
    let text = one_line(text);
    let shape = without_digits(&text);
    if !text.is_empty()
        && !is_page_number(&text, page)
        && !out.iter().any(|known| without_digits(known) == shape)
    {
        out.push(text);
    }
}

/// The rows at the top and bottom of a page: base line, key, text.
fn margin_rows(page: &Page) -> Vec<(f64, Line, String)> {
    let rows = page.row_texts();
    let height = page.height();
    let count = rows.len();
    rows.into_iter()
        .enumerate()
        .filter(|(index, (y, _))| {
            // The very first and last rows may stand further in, as page numbers of small formats do.
            let reach = |is_end: bool| if is_end { 2.0 * MARGIN } else { MARGIN } * height;
            let top = *index < ROWS && *y < reach(*index == 0);
            let bottom = index + ROWS >= count && height - *y < reach(index + 1 == count);
            top || bottom
        })
        .map(|(_, (y, text))| {
            let words = without_digits(&text);
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a place on a page, in steps of 4 points"
            )]
            let place = (y / 4.0).round() as i64;
            (y, Line { words, place }, text)
        })
        .collect()
}

fn without_digits(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.to_lowercase().chars() {
        if !c.is_ascii_digit() {
            out.push(c);
        } else if !out.ends_with('#') {
            out.push('#');
        }
    }
    out
}

/// `3`, `- 3 -`, `Page 3 of 10`, `3/10`, in the languages of the product.
fn is_page_number(text: &str, number: u32) -> bool {
    let text = text.to_lowercase();
    let tokens: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|token| !token.is_empty())
        .collect();
    let words = [
        "page", "seite", "página", "pagina", "pág", "sayfa", "p", "s", "of", "von", "de", "sur",
        "toplam",
    ];
    let numbers = tokens
        .iter()
        .filter(|token| token.bytes().all(|byte| byte.is_ascii_digit()))
        .count();
    let known = tokens
        .iter()
        .all(|token| words.contains(token) || token.bytes().all(|b| b.is_ascii_digit()));
    let states = tokens.iter().any(|token| token.parse() == Ok(number)) || tokens.len() > numbers;
    known
        && states
        && (1..=2).contains(&numbers)
        && text.chars().count() <= 24
        && !text.contains('.')
}
