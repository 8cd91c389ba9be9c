//! PDF: letters with places, put together into lines, tables and paragraphs again.

mod blocks;
mod boxes;
mod codes;
mod columns;
mod comments;
mod glyphs;
mod guard;
mod lines;
mod page;
mod pictures;
mod recognised;
mod running;
mod signs;
mod strings;
mod struck;
mod tables;
mod unruled;
mod visible;

pub use pictures::{PagePicture, page_pictures};
pub use recognised::{PixelBox, PixelTable, PixelWord, ruled_tables};
use std::sync::Arc;

use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page,
};

use crate::limits::Budget;
use crate::writer::{Block, Writer, one_line};
use crate::{Document, FileKind, ReadError};
use page::Page;

/// More letters than this share that nobody can name make a page a picture.
const UNKNOWN_SHARE: f64 = 0.4;
/// How far before the end of a file the mark of its end may stand.
const END_BYTES: usize = 1_024;

pub(crate) fn read(bytes: &Arc<Vec<u8>>, budget: &Budget) -> Result<Document, ReadError> {
    guard::check(bytes, budget)?;
    let pdf = Pdf::new(Arc::clone(bytes)).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => ReadError::Encrypted,
        LoadPdfError::Decryption(_) => ReadError::Unsupported(
            "The PDF is protected in a way that is not supported. Print it to a new PDF and upload that.".to_owned(),
        ),
        LoadPdfError::Invalid => ReadError::damaged("it is not a complete PDF"),
    })?;
    budget.check_pages(pdf.pages().len())?;
    if pdf.pages().is_empty() {
        return Err(ReadError::damaged("it has no pages"));
    }
    let mut pages = collect(&pdf, budget)?;
    let unreadable = pages.iter().filter(|page| page.is_unreadable()).count();
    if unreadable == pages.len() {
        let is_scan = pages.iter().any(Page::is_scan);
        return Err(if is_scan {
            ReadError::NoTextLayer
        } else if !has_end(bytes) {
            ReadError::damaged("it is cut off before its end")
        } else {
            ReadError::EmptyFile
        });
    }
    weigh(&mut pages);
    let body = blocks::body_size(&pages);
    let heads = running::take(&mut pages, &body);
    let mut writer = Writer::new(budget);
    let mut without_text = Vec::new();
    let mut last: Vec<Block> = Vec::new();
    for page in &mut pages {
        budget.check_time()?;
        if page.is_unreadable() && page.is_scan() {
            without_text.push(page.number);
        }
        let mut next = page.blocks(&body);
        turn_page(&mut last, &mut next);
        for block in &last {
            writer.block(block);
        }
        last = next;
        writer.begin_page(page.number, None);
        page.hide(&mut writer);
    }
    for block in &last {
        writer.block(block);
    }
    let mut document = match writer.finish(FileKind::Pdf) {
        Err(ReadError::EmptyFile) => return Err(ReadError::NoTextLayer),
        other => other?,
    };
    document.title = title(&pdf);
    document.running = heads;
    document.pages_without_text = without_text;
    Ok(document)
}

/// Whether the mark stands that ends a PDF. Some programs write a line of their own behind it.
fn has_end(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(END_BYTES)..];
    tail.windows(5).any(|window| window == b"%%EOF")
}

/// What was cut by the end of a page: a sentence goes on where it began, a table gets its header again.
fn turn_page(last: &mut [Block], next: &mut Vec<Block>) {
    if next.is_empty() {
        return;
    }
    let first = next.remove(0);
    let Some(mut first) = blocks::joined(last.last_mut(), first) else {
        return;
    };
    if let (Some(Block::Table(above)), Block::Table(below)) = (last.last_mut(), &mut first) {
        rejoin_row(above, below);
        let header = above.first().filter(|header| {
            below
                .first()
                .is_some_and(|row| row.len() == header.len() && row != *header)
        });
        if let Some(header) = header {
            below.insert(0, header.clone());
        }
    }
    next.insert(0, first);
}

/// A row that was cut by the end of the page: only its first part has a number or name in the first column.
fn rejoin_row(above: &mut [Vec<String>], below: &mut Vec<Vec<String>>) {
    let Some(cut) = above.last_mut() else { return };
    let goes_on = below
        .first()
        .is_some_and(|row| row.len() == cut.len() && !cut[0].is_empty() && row[0].is_empty());
    if goes_on {
        for (cell, rest) in cut
            .iter_mut()
            .zip(below.remove(0))
            .filter(|(_, rest)| !rest.is_empty())
        {
            crate::wrap::join(cell, &rest);
        }
    }
}

/// Tells bold type in fonts that do not state their weight: by the strokes most letters have.
fn weigh(pages: &mut [Page]) {
    let mut stems: Vec<(f64, usize)> = pages
        .iter()
        .flat_map(|page| &page.pieces)
        .filter(|piece| piece.stems.1 > 0)
        .map(|piece| (piece.stems.0 / piece.stems.1 as f64, piece.stems.1))
        .collect();
    stems.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = stems.iter().map(|(_, count)| count).sum::<usize>() / 2;
    let mut before = 0;
    let usual = stems.iter().find(|(_, count)| {
        before += count;
        before > half
    });
    if let Some(&(usual, _)) = usual {
        for piece in pages.iter_mut().flat_map(|page| &mut page.pieces) {
            piece.weigh(usual);
        }
    }
}

/// Runs every page and keeps what it shows, until the text is longer than anybody asked for.
fn collect(pdf: &Pdf, budget: &Budget) -> Result<Vec<Page>, ReadError> {
    let settings = InterpreterSettings::default();
    let cache = InterpreterCache::new();
    let mut pages = Vec::new();
    let mut chars = 0;
    let mut stems = glyphs::Stems::new();
    let mut codes = codes::Codes::default();
    for (index, source) in pdf.pages().iter().enumerate() {
        budget.check_time()?;
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        if chars > budget.limits.max_chars {
            pages.push(Page::blank(number));
            continue;
        }
        let (width, height) = source.render_dimensions();
        let frame =
            hayro_interpret::kurbo::Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = source.initial_transform(true).to_kurbo();
        let mut context = Context::new(transform, frame, &cache, pdf.xref(), settings.clone());
        let mut collector = glyphs::Collector::new(frame, budget, &mut stems);
        interpret_page(source, &mut context, &mut collector);
        if collector.out_of_time {
            return Err(ReadError::TimedOut);
        }
        codes.name(&mut collector.painted.letters);
        let ticks = boxes::ticks(source, transform);
        collector.painted.signs.extend(ticks);
        let comments = comments::read(source);
        let typed = comments::typed(source);
        let page = Page::new(number, frame, collector.painted, typed, comments);
        chars += page.chars();
        pages.push(page);
    }
    Ok(pages)
}

fn title(pdf: &Pdf) -> Option<String> {
    let title = pdf.metadata().title.as_ref()?;
    let title = one_line(&strings::decode(title));
    // What print programs call a document without a title.
    let is_name = title.to_lowercase().starts_with("untitled")
        || title == "(anonymous)"
        || title.starts_with("Microsoft Word - ");
    (!title.is_empty() && !is_name).then_some(title)
}
