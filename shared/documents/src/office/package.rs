//! The archive around an office document, opened part by part.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{self, Attributes, Handler};
use crate::limits::Budget;
use crate::{ReadError, charset};

/// Parts an archive may have.
const MAX_PARTS: usize = 20_000;
/// Bytes unpacked between two looks at the limits.
const CHUNK: usize = 64 * 1024;

pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    budget: &'a Budget,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8], budget: &'a Budget) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| ReadError::damaged("its archive has no readable table of contents"))?;
        if archive.len() > MAX_PARTS {
            return Err(ReadError::ZipBomb);
        }
        Ok(Self { archive, budget })
    }

    /// Opens an `OpenDocument` file; refuses one behind a password.
    pub(super) fn open_document(bytes: &'a [u8], budget: &'a Budget) -> Result<Self, ReadError> {
        let mut package = Self::open(bytes, budget)?;
        let manifest = package.text("META-INF/manifest.xml")?;
        if manifest.is_some_and(|text| text.contains("encryption-data")) {
            return Err(ReadError::Encrypted);
        }
        Ok(package)
    }

    /// A part as text; `None` when there is none of that name.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let Some(bytes) = self.bytes(name)? else {
            return Ok(None);
        };
        match charset::decode_owned(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(ReadError::EmptyFile) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A part that the document cannot do without.
    pub(super) fn main_text(&mut self, name: &str) -> Result<String, ReadError> {
        self.text(name)?
            .ok_or_else(|| ReadError::damaged(format!("{name} is missing in it")))
    }

    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let mut file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(ReadError::Encrypted);
            }
            Err(_) => return Err(ReadError::damaged(format!("{name} in it cannot be opened"))),
        };
        let mut out = Vec::new();
        // At once, where the table of contents is to be believed: growing holds the old and the new.
        let believable = file
            .compressed_size()
            .saturating_mul(self.budget.limits.max_ratio)
            .min(self.budget.limits.max_decompressed);
        let announced = usize::try_from(file.size().min(believable)).unwrap_or(0);
        // Where there is no room for it, reading finds that out by its own limits.
        let _ = out.try_reserve_exact(announced);
        let mut chunk = vec![0; CHUNK];
        loop {
            let count = file
                .read(&mut chunk)
                .map_err(|_| ReadError::damaged(format!("{name} in it cannot be unpacked")))?;
            if count == 0 {
                return Ok(Some(out));
            }
            self.budget.spend(count as u64)?;
            self.budget.check_time()?;
            out.extend_from_slice(&chunk[..count]);
        }
    }

    /// The title in the properties of the document.
    pub(super) fn title(&mut self, name: &str) -> Option<String> {
        let text = self.text(name).ok()??;
        let mut title = Title::default();
        xml::walk(&text, self.budget, &mut title).ok()?;
        let text = crate::writer::one_line(&title.text);
        (!text.is_empty()
            && !text.to_lowercase().starts_with("untitled")
            && text != "PowerPoint Presentation")
            .then_some(text)
    }

    /// Relations of a part: their ids, the ends of their types and their targets, as paths in the archive.
    pub(super) fn relations(&mut self, part: &str) -> Result<Vec<Relation>, ReadError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let Some(text) = self.text(&format!("{folder}/_rels/{file}.rels"))? else {
            return Ok(Vec::new());
        };
        let mut relations = Relations {
            folder: folder.to_owned(),
            found: Vec::new(),
        };
        xml::walk(&text, self.budget, &mut relations)?;
        Ok(relations.found)
    }

    /// The name of the part with a content type.
    pub(super) fn part_of_type(&mut self, content_type: &str) -> Result<Option<String>, ReadError> {
        let Some(text) = self.text("[Content_Types].xml")? else {
            return Ok(None);
        };
        let mut types = ContentTypes {
            wanted: content_type,
            found: None,
        };
        xml::walk(&text, self.budget, &mut types)?;
        Ok(types.found)
    }
}

#[derive(Default)]
struct Title {
    inside: bool,
    text: String,
}

impl Handler for Title {
    fn start(&mut self, name: &str, _: &Attributes<'_>) -> Result<(), ReadError> {
        self.inside = name == "title";
        Ok(())
    }

    fn end(&mut self, _: &str) -> Result<(), ReadError> {
        self.inside = false;
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ReadError> {
        if self.inside {
            self.text.push_str(text);
        }
        Ok(())
    }
}

/// One relation of a part to another.
#[derive(Debug)]
pub(super) struct Relation {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) target: String,
}

struct Relations {
    folder: String,
    found: Vec<Relation>,
}

impl Handler for Relations {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), ReadError> {
        // What lies outside the archive is never fetched.
        let external = attributes
            .get("TargetMode")
            .is_some_and(|mode| mode == "External");
        if name == "Relationship" && !external {
            let target = attributes.get("Target").unwrap_or_default();
            let kind = attributes.get("Type").unwrap_or_default();
            self.found.push(Relation {
                id: attributes.get("Id").unwrap_or_default(),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: resolve(&self.folder, &target),
            });
        }
        Ok(())
    }
}

/// A target as a path in the archive.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

struct ContentTypes<'a> {
    wanted: &'a str,
    found: Option<String>,
}

impl Handler for ContentTypes<'_> {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), ReadError> {
        let kind = attributes.get("ContentType").unwrap_or_default();
        if name == "Override" && self.found.is_none() && kind.ends_with(self.wanted) {
            self.found = attributes
                .get("PartName")
                .map(|part| part.trim_start_matches('/').to_owned());
        }
        Ok(())
    }
}
