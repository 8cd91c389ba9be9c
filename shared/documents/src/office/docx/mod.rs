//! Word documents.

mod body;
mod run;
mod styles;

use super::package::Package;
use super::xml;
use crate::limits::Budget;
use crate::writer::{Writer, one_line};
use crate::{Document, FileKind, HiddenReason, ReadError};
use body::Body;
use styles::{Numbering, Styles};

/// The content type of the main part, macros or not.
const MAIN: &str = ".main+xml";

pub(crate) fn read(bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
    let mut package = Package::open(bytes, budget)?;
    let main = package
        .part_of_type(MAIN)?
        .unwrap_or_else(|| "word/document.xml".to_owned());
    let relations = package.relations(&main)?;
    let target = |kind: &str| {
        relations
            .iter()
            .find(|relation| relation.kind == kind)
            .map(|relation| &relation.target)
    };
    let mut styles = Styles::default();
    let mut numbering = Numbering::default();
    if let Some(text) = optional(&mut package, target("styles"))? {
        xml::walk(&text, budget, &mut styles)?;
    }
    if let Some(text) = optional(&mut package, target("numbering"))? {
        xml::walk(&text, budget, &mut numbering)?;
    }
    let text = package.main_text(&main)?;
    let mut writer = Writer::new(budget);
    let has_pages = text.contains("lastRenderedPageBreak") || text.contains("w:type=\"page\"");
    if has_pages {
        writer.begin_page(1, None);
    }
    let mut body = Body::new(&mut writer, &styles, &mut numbering, has_pages);
    xml::walk(&text, budget, &mut body)?;
    body.finish();
    drop(text);
    for kind in ["footnotes", "endnotes"] {
        if let Some(text) = optional(&mut package, target(kind))? {
            let mut body = Body::new(&mut writer, &styles, &mut numbering, false);
            xml::walk(&text, budget, &mut body)?;
            body.finish();
        }
    }
    if let Some(text) = optional(&mut package, target("comments"))? {
        for line in aside(&text, budget, &styles, &mut numbering)? {
            writer.hide(HiddenReason::Comment, &line);
        }
    }
    let mut running = Vec::new();
    for relation in relations
        .iter()
        .filter(|relation| matches!(relation.kind.as_str(), "header" | "footer"))
    {
        if let Some(text) = package.text(&relation.target)? {
            for line in aside(&text, budget, &styles, &mut numbering)? {
                if !running.contains(&line) {
                    running.push(line);
                }
            }
        }
    }
    let mut document = writer.finish(FileKind::Docx)?;
    budget.check_pages(document.pages.len())?;
    document.title = package.title("docProps/core.xml");
    document.running = running;
    Ok(document)
}

fn optional(package: &mut Package<'_>, name: Option<&String>) -> Result<Option<String>, ReadError> {
    match name {
        Some(name) => package.text(name),
        None => Ok(None),
    }
}

/// The lines of a part that stands beside the text: comments, heads, feet.
fn aside(
    text: &str,
    budget: &Budget,
    styles: &Styles,
    numbering: &mut Numbering,
) -> Result<Vec<String>, ReadError> {
    let mut writer = Writer::new(budget);
    let mut body = Body::new(&mut writer, styles, numbering, false);
    xml::walk(text, budget, &mut body)?;
    body.finish();
    match writer.finish(FileKind::Docx) {
        Ok(document) => Ok(document
            .text
            .lines()
            .map(one_line)
            .filter(|line| !line.is_empty())
            .collect()),
        Err(ReadError::EmptyFile) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}
