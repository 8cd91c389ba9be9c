//! `OpenDocument` texts.

mod body;
mod styles;

use super::package::Package;
use super::xml;
use crate::limits::Budget;
use crate::writer::Writer;
use crate::{Document, FileKind, ReadError};
use body::Body;
use styles::Styles;

pub(crate) fn read(bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
    let mut package = Package::open(bytes, budget)?;
    if package
        .text("META-INF/manifest.xml")?
        .is_some_and(|text| text.contains("encryption-data"))
    {
        return Err(ReadError::Encrypted);
    }
    let mut styles = Styles::default();
    let mut running = Vec::new();
    if let Some(text) = package.text("styles.xml")? {
        xml::walk(&text, budget, &mut styles)?;
        running = std::mem::take(&mut styles.running);
    }
    let text = package.main_text("content.xml")?;
    xml::walk(&text, budget, &mut styles)?;
    let mut writer = Writer::new(budget);
    let has_pages = text.contains("<text:soft-page-break");
    if has_pages {
        writer.begin_page(1, None);
    }
    let mut body = Body::new(&mut writer, &styles, has_pages);
    xml::walk(&text, budget, &mut body)?;
    body.sink.finish();
    let mut document = writer.finish(FileKind::Odt)?;
    budget.check_pages(document.pages.len())?;
    document.title = package.title("meta.xml");
    document.running = running;
    Ok(document)
}
