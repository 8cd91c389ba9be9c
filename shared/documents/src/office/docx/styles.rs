//! Styles and numbering of a Word document.

use std::collections::HashMap;

use super::super::xml::{Attributes, Handler};
use super::run::{Paint, Run, shading};
use crate::ReadError;

/// Levels of a list.
pub(super) const LEVELS: usize = 9;
/// Styles based on styles based on styles.
const MAX_BASES: usize = 16;

/// What a style says about its paragraphs.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    name: String,
    base: Option<String>,
    outline: Option<u8>,
    number: Option<String>,
    level: Option<usize>,
    run: Run,
    /// What is behind the letters of its paragraphs or cells.
    shading: Option<Paint>,
}

/// A paragraph's properties as its style gives them.
#[derive(Debug, Clone, Default)]
pub(super) struct Resolved {
    pub(super) heading: Option<u8>,
    pub(super) number: Option<String>,
    pub(super) level: Option<usize>,
    pub(super) run: Run,
    pub(super) shading: Option<Paint>,
    pub(super) quote: bool,
}

/// All styles by id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    current: String,
    in_run_properties: bool,
}

impl Styles {
    /// The properties of a style with those it is based on.
    pub(super) fn resolve(&self, id: &str) -> Resolved {
        let mut out = Resolved::default();
        let mut next = self.by_id.get(id);
        for _ in 0..MAX_BASES {
            let Some(style) = next else { break };
            let name = style.name.to_lowercase();
            out.heading = out
                .heading
                .or_else(|| heading(&name))
                .or(style.outline.map(|level| level + 1));
            out.number = out.number.take().or_else(|| style.number.clone());
            out.level = out.level.or(style.level);
            out.run = out.run.or(style.run);
            out.shading = out.shading.or(style.shading);
            out.quote |= name == "quote" || name == "intense quote";
            next = style.base.as_ref().and_then(|base| self.by_id.get(base));
        }
        out.heading = out
            .heading
            .filter(|level| (1..=9).contains(level))
            .map(|level| level.min(6));
        out
    }

    fn edit(&mut self, change: impl FnOnce(&mut Style)) {
        if let Some(style) = self.by_id.get_mut(&self.current) {
            change(style);
        }
    }
}

/// The level of a heading by the name of its style, which stays English inside the file.
fn heading(name: &str) -> Option<u8> {
    match name {
        "title" => Some(1),
        "subtitle" => Some(2),
        _ => name.strip_prefix("heading ")?.parse().ok(),
    }
}

impl Handler for Styles {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), ReadError> {
        let val = || attributes.get("val");
        match name {
            "style" => {
                self.current = attributes.get("styleId").unwrap_or_default();
                self.by_id.insert(self.current.clone(), Style::default());
            }
            "name" => {
                let name = val().unwrap_or_default();
                self.edit(|style| style.name = name);
            }
            "basedOn" => {
                let base = val();
                self.edit(|style| style.base = base);
            }
            "outlineLvl" => {
                let level = attributes.number("val");
                self.edit(|style| style.outline = level);
            }
            "numId" => {
                let number = val();
                self.edit(|style| style.number = number);
            }
            "ilvl" => {
                let level = attributes.number("val");
                self.edit(|style| style.level = level);
            }
            "rPr" => self.in_run_properties = true,
            "shd" if !self.in_run_properties => {
                let shading = shading(attributes);
                self.edit(|style| style.shading = style.shading.or(shading));
            }
            _ if self.in_run_properties => {
                self.edit(|style| style.run.property(name, attributes));
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        if name == "rPr" {
            self.in_run_properties = false;
        }
        Ok(())
    }
}

/// How the items of one level begin.
#[derive(Debug, Clone, Default)]
pub(super) struct Level {
    pub(super) format: String,
    pub(super) text: String,
    start: u64,
}

/// Lists by their number ids.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: HashMap<String, Vec<Level>>,
    lists: HashMap<String, String>,
    counters: HashMap<String, [u64; LEVELS]>,
    current_abstract: Option<String>,
    current_list: Option<String>,
    current_level: usize,
}

impl Numbering {
    pub(super) fn level(&self, number: &str, level: usize) -> Option<&Level> {
        self.abstracts.get(self.lists.get(number)?)?.get(level)
    }

    /// Counts an item on; returns its number.
    pub(super) fn next(&mut self, number: &str, level: usize) -> u64 {
        let level = level.min(LEVELS - 1);
        let start = self.level(number, level).map_or(1, |level| level.start);
        let counter = self.counters.entry(number.to_owned()).or_default();
        counter[level + 1..].fill(0);
        counter[level] = if counter[level] == 0 {
            start.max(1)
        } else {
            counter[level] + 1
        };
        counter[level]
    }

    fn edit(&mut self, change: impl FnOnce(&mut Level)) {
        let Some(id) = &self.current_abstract else {
            return;
        };
        let levels = self
            .abstracts
            .entry(id.clone())
            .or_insert_with(|| vec![Level::default(); LEVELS]);
        if let Some(level) = levels.get_mut(self.current_level) {
            change(level);
        }
    }
}

impl Handler for Numbering {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), ReadError> {
        let val = || attributes.get("val").unwrap_or_default();
        match name {
            "abstractNum" => self.current_abstract = attributes.get("abstractNumId"),
            "num" => {
                self.current_abstract = None;
                self.current_list = attributes.get("numId");
            }
            "abstractNumId" => {
                if let Some(list) = self.current_list.take() {
                    self.lists.insert(list, val());
                }
            }
            "lvl" => self.current_level = attributes.number("ilvl").unwrap_or(0),
            "numFmt" => {
                let format = val();
                self.edit(|level| level.format = format);
            }
            "lvlText" => {
                let text = val();
                self.edit(|level| level.text = text);
            }
            "start" => {
                let start = attributes.number("val").unwrap_or(1);
                self.edit(|level| level.start = start);
            }
            _ => {}
        }
        Ok(())
    }
}
