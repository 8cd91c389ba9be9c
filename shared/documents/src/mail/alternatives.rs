//! Mails that say something as plain text and something else as a page.

use std::collections::HashSet;

use mail_parser::{Message, PartType};

use crate::writer::Writer;
use crate::{FileKind, HiddenReason, ReadError, html};

/// Fewer words, of a page made of pictures, are not worth reading.
const FEWEST_WORDS: usize = 4;
/// The share of the words of one part that stand in the other too, where both say the same.
const SAME: f64 = 0.9;

/// Whether the pages of a mail stand for its texts, instead of going on from them.
pub(super) fn alternatives(message: &Message<'_>) -> bool {
    let mut pages = message.html_bodies();
    pages.all(|part| matches!(part.body, PartType::Html(_)))
}

/// Whether the pages of a mail, which are what people see, say other words than its texts. What only the texts say is
/// noted as hidden.
pub(super) fn says_other(
    texts: &[&str],
    pages: &[&str],
    writer: &mut Writer<'_>,
) -> Result<bool, ReadError> {
    if texts.is_empty() || pages.is_empty() {
        return Ok(false);
    }
    let mut shown = Writer::new(writer.budget);
    for page in pages {
        html::render(page, &mut shown)?;
    }
    let shown = match shown.finish(FileKind::Html) {
        Err(ReadError::EmptyFile) => return Ok(false),
        other => other?.text,
    };
    let seen = words(&shown);
    let written: HashSet<String> = texts.iter().flat_map(|text| words(text)).collect();
    if seen.len() < FEWEST_WORDS
        || (share(&written, &seen) >= SAME && share(&seen, &written) >= SAME)
    {
        return Ok(false);
    }
    let unseen: Vec<&str> = texts
        .iter()
        .flat_map(|text| text.lines())
        .filter(|line| {
            let words = words(line);
            !words.is_empty() && share(&words, &seen) < 0.5
        })
        .collect();
    writer.hide(HiddenReason::NotDisplayed, &unseen.join(" "));
    Ok(true)
}

/// The share of the words that stand among the others too.
fn share(words: &HashSet<String>, others: &HashSet<String>) -> f64 {
    let common = words.iter().filter(|word| others.contains(*word)).count();
    common as f64 / words.len().max(1) as f64
}

/// The words of a text, without addresses.
fn words(text: &str) -> HashSet<String> {
    text.split_whitespace()
        .filter(|word| !word.contains("://") && !word.contains("cid:"))
        .flat_map(|word| word.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}
