//! `PowerPoint` presentations: a page per slide.

mod ground;
mod slide;

use super::package::{Package, Relation};
use super::xml::{self, Attributes, Handler};
use crate::limits::Budget;
use crate::sink::Sink;
use crate::writer::{Marker, Writer, one_line};
use crate::{Document, FileKind, HiddenReason, ReadError};
use slide::Slide;

pub(crate) fn read(bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
    let mut package = Package::open(bytes, budget)?;
    let main = package
        .part_of_type(".main+xml")?
        .unwrap_or_else(|| "ppt/presentation.xml".to_owned());
    let text = package.main_text(&main)?;
    let mut order = Order::default();
    xml::walk(&text, budget, &mut order)?;
    budget.check_pages(order.slides.len())?;
    let relations = package.relations(&main)?;
    let mut writer = Writer::new(budget);
    for (index, id) in order.slides.iter().enumerate() {
        let Some(slide) = relations.iter().find(|relation| relation.id == *id) else {
            continue;
        };
        let Some(text) = package.text(&slide.target)? else {
            continue;
        };
        writer.begin_page(u32::try_from(index + 1).unwrap_or(u32::MAX), None);
        if is_hidden(&text) {
            hide_slide(&text, budget, &mut writer)?;
            continue;
        }
        let (grounds, theme) = ground::survey(&mut package, &slide.target, &text, budget)?;
        let mut slide_text = Slide::new(Sink::new(&mut writer), order.width, false);
        slide_text.grounds = grounds;
        slide_text.theme = theme;
        xml::walk(&text, budget, &mut slide_text)?;
        slide_text.sink.finish();
        beside(&mut package, &slide.target, budget, &mut writer)?;
    }
    let mut document = writer.finish(FileKind::Pptx)?;
    document.title = package.title("docProps/core.xml");
    Ok(document)
}

/// What belongs to a slide but stands in parts of its own: diagrams, notes, comments.
fn beside(
    package: &mut Package<'_>,
    slide: &str,
    budget: &Budget,
    writer: &mut Writer<'_>,
) -> Result<(), ReadError> {
    let relations: Vec<Relation> = package.relations(slide)?;
    for relation in relations {
        let wanted = matches!(
            relation.kind.as_str(),
            "notesSlide" | "comments" | "diagramData"
        );
        let Some(text) = (if wanted {
            package.text(&relation.target)?
        } else {
            None
        }) else {
            continue;
        };
        match relation.kind.as_str() {
            "comments" => {
                let mut words = Words::default();
                xml::walk(&text, budget, &mut words)?;
                words
                    .lines
                    .iter()
                    .for_each(|line| writer.hide(HiddenReason::Comment, line));
            }
            "diagramData" => {
                let mut words = Words::default();
                xml::walk(&text, budget, &mut words)?;
                words
                    .lines
                    .iter()
                    .for_each(|line| writer.item(0, Marker::Bullet, line));
            }
            _ => write_notes(&text, writer)?,
        }
    }
    Ok(())
}

/// Notes are what the speaker says: part of the document, under a line of their own.
fn write_notes(text: &str, writer: &mut Writer<'_>) -> Result<(), ReadError> {
    let budget = writer.budget;
    let mut slide = Slide::new(Sink::new(writer), 0, true);
    xml::walk(text, budget, &mut slide)?;
    slide.sink.finish();
    Ok(())
}

fn hide_slide(text: &str, budget: &Budget, writer: &mut Writer<'_>) -> Result<(), ReadError> {
    let mut words = Words::default();
    xml::walk(text, budget, &mut words)?;
    writer.hide(HiddenReason::HiddenPart, &words.lines.join(" "));
    Ok(())
}

/// True for a slide that is left out of the show.
fn is_hidden(text: &str) -> bool {
    let head: String = text.chars().take(2_000).collect();
    let Some(at) = head.find(":sld ") else {
        return false;
    };
    head[at..]
        .split('>')
        .next()
        .is_some_and(|tag| tag.contains("show=\"0\""))
}

/// The slides in the order of the show.
#[derive(Default)]
struct Order {
    slides: Vec<String>,
    width: i64,
}

impl Handler for Order {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), ReadError> {
        match name {
            // `id` is a number of its own; the relation's id carries a prefix.
            "sldId" => self.slides.extend(attributes.prefixed("id")),
            "sldSz" => self.width = attributes.number("cx").unwrap_or(0),
            _ => {}
        }
        Ok(())
    }
}

/// Nothing but the words of a part, a line per paragraph.
#[derive(Default)]
struct Words {
    lines: Vec<String>,
    line: String,
    inside: bool,
}

impl Handler for Words {
    fn start(&mut self, name: &str, _: &Attributes<'_>) -> Result<(), ReadError> {
        self.inside = matches!(name, "t" | "text");
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        self.inside = false;
        if matches!(name, "p" | "text") {
            let line = one_line(&std::mem::take(&mut self.line));
            if !line.is_empty() {
                self.lines.push(line);
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ReadError> {
        if self.inside {
            self.line.push_str(text);
        }
        Ok(())
    }
}
