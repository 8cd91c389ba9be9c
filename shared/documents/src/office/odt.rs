//! `OpenDocument` texts and presentations.

mod body;
mod parts;
mod styles;

use super::package::Package;
use super::xml;
use crate::limits::Budget;
use crate::writer::Writer;
use crate::{Document, FileKind, ReadError};
use body::Body;
use parts::Pages;
use styles::Styles;

/// Reads a text or, a page per slide, a presentation.
pub(crate) fn read(bytes: &[u8], kind: FileKind, budget: &Budget) -> Result<Document, ReadError> {
    let mut package = Package::open_document(bytes, budget)?;
    let is_slides = kind == FileKind::Odp;
    // What lies under the letters of a slide is not known.
    let mut styles = Styles::new(!is_slides);
    let mut running = Vec::new();
    if let Some(text) = package.text("styles.xml")? {
        xml::walk(&text, budget, &mut styles)?;
        running = std::mem::take(&mut styles.running);
    }
    let text = package.main_text("content.xml")?;
    xml::walk(&text, budget, &mut styles)?;
    let mut writer = Writer::new(budget);
    let pages = if is_slides {
        Pages::Slides
    } else if text.contains("<text:soft-page-break") {
        writer.begin_page(1, None);
        Pages::Breaks
    } else {
        Pages::None
    };
    let mut body = Body::new(&mut writer, &styles, pages);
    xml::walk(&text, budget, &mut body)?;
    body.sink.finish();
    let mut document = writer.finish(kind)?;
    budget.check_pages(document.pages.len())?;
    document.title = package.title("meta.xml");
    document.running = running;
    Ok(document)
}
