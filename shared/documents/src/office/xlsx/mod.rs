//! Excel workbooks: a page per sheet, a table per block of rows.

mod format;
mod look;
mod sheet;

use super::package::Package;
use super::xml::{self, Attributes, Handler};
use crate::limits::Budget;
use crate::writer::{Writer, one_line};
use crate::{Document, FileKind, HiddenReason, ReadError, struck};
use format::Formats;
use look::Looks;
use sheet::Sheet;

pub(crate) fn read(bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
    let mut package = Package::open(bytes, budget)?;
    let main = package
        .part_of_type(".main+xml")?
        .unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let text = package.main_text(&main)?;
    let mut book = Book::default();
    xml::walk(&text, budget, &mut book)?;
    budget.check_pages(book.sheets.len())?;
    let relations = package.relations(&main)?;
    let target = |kind: &str| {
        relations
            .iter()
            .find(|relation| relation.kind == kind)
            .map(|relation| relation.target.clone())
    };
    let mut strings = Strings::default();
    if let Some(text) = optional(&mut package, target("sharedStrings"))? {
        xml::walk(&text, budget, &mut strings)?;
    }
    let mut formats = Formats::new(book.from_1904);
    let mut looks = Looks::default();
    if let Some(text) = optional(&mut package, target("styles"))? {
        xml::walk(&text, budget, &mut formats)?;
        xml::walk(&text, budget, &mut looks)?;
    }
    let mut writer = Writer::new(budget);
    for (index, entry) in book.sheets.iter().enumerate() {
        let Some(relation) = relations
            .iter()
            .find(|relation| relation.id == entry.relation)
        else {
            continue;
        };
        let Some(text) = package.text(&relation.target)? else {
            continue;
        };
        let max_chars = budget.limits.max_chars;
        let mut sheet = Sheet::new(&strings.texts, &formats, &looks, max_chars);
        sheet.has_tables = text.contains("tablePart ");
        xml::walk(&text, budget, &mut sheet)?;
        writer.begin_page(
            u32::try_from(index + 1).unwrap_or(u32::MAX),
            Some(entry.name.clone()),
        );
        if entry.hidden {
            writer.hide(HiddenReason::HiddenPart, &sheet.grid.words());
            continue;
        }
        sheet.grid.write(&entry.name, &mut writer);
        comments(&mut package, &relation.target, budget, &mut writer)?;
        if writer.is_full() {
            break;
        }
    }
    let mut document = writer.finish(FileKind::Xlsx)?;
    document.title = package.title("docProps/core.xml");
    Ok(document)
}

fn optional(package: &mut Package<'_>, name: Option<String>) -> Result<Option<String>, ReadError> {
    match name {
        Some(name) => package.text(&name),
        None => Ok(None),
    }
}

/// Remarks stuck onto cells.
fn comments(
    package: &mut Package<'_>,
    sheet: &str,
    budget: &Budget,
    writer: &mut Writer<'_>,
) -> Result<(), ReadError> {
    for relation in package.relations(sheet)? {
        if matches!(relation.kind.as_str(), "comments" | "threadedComment")
            && let Some(text) = package.text(&relation.target)?
        {
            let mut remarks = Strings {
                item: "comment",
                ..Strings::default()
            };
            xml::walk(&text, budget, &mut remarks)?;
            remarks
                .texts
                .iter()
                .for_each(|remark| writer.hide(HiddenReason::Comment, remark));
        }
    }
    Ok(())
}

/// A sheet of the workbook.
struct Entry {
    name: String,
    relation: String,
    hidden: bool,
}

#[derive(Default)]
struct Book {
    sheets: Vec<Entry>,
    from_1904: bool,
}

impl Handler for Book {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), ReadError> {
        match name {
            "sheet" => self.sheets.push(Entry {
                name: one_line(&attributes.get("name").unwrap_or_default()),
                relation: attributes.prefixed("id").unwrap_or_default(),
                hidden: attributes
                    .get("state")
                    .is_some_and(|state| state != "visible"),
            }),
            "workbookPr" => {
                self.from_1904 = attributes
                    .get("date1904")
                    .is_some_and(|on| on == "1" || on == "true");
            }
            _ => {}
        }
        Ok(())
    }
}

/// Texts in the order of their numbers; runs of one text are joined, readings of Japanese signs left out.
struct Strings {
    item: &'static str,
    texts: Vec<String>,
    inside: bool,
    phonetic: bool,
    struck: bool,
}

impl Default for Strings {
    fn default() -> Self {
        Self {
            item: "si",
            texts: Vec::new(),
            inside: false,
            phonetic: false,
            struck: false,
        }
    }
}

impl Handler for Strings {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), ReadError> {
        match name {
            name if name == self.item => self.texts.push(String::new()),
            "r" => self.struck = false,
            "strike" => self.struck = attributes.is_on(),
            "rPh" => self.phonetic = true,
            "t" => self.inside = true,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "rPh" => self.phonetic = false,
            "t" => self.inside = false,
            "r" => self.struck = false,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ReadError> {
        if self.inside
            && !self.phonetic
            && let Some(last) = self.texts.last_mut()
        {
            if self.struck {
                last.push_str(&struck::marked(text));
            } else {
                last.push_str(text);
            }
        }
        Ok(())
    }
}
