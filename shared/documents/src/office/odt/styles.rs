//! Styles of an `OpenDocument` text.

use std::collections::{HashMap, HashSet};

use super::super::xml::{Attributes, Handler};
use crate::colour::{Rgb, WHITE, hex, same};
use crate::writer::one_line;
use crate::{HiddenReason, ReadError};

/// Styles based on styles based on styles.
const MAX_BASES: usize = 16;
/// Smaller letters, in points, nobody reads.
const TINY: f64 = 2.5;

/// What a style says about letters and paragraphs.
#[derive(Debug, Clone, Default)]
struct Style {
    parent: Option<String>,
    bold: Option<bool>,
    strike: bool,
    hidden: Option<HiddenReason>,
    ink: Option<Rgb>,
    paper: Option<Rgb>,
    heading: Option<u8>,
}

/// A style with those it is based on.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) strike: bool,
    pub(super) hidden: Option<HiddenReason>,
    pub(super) ink: Option<Rgb>,
    /// The colour behind the letters.
    pub(super) paper: Option<Rgb>,
    pub(super) heading: Option<u8>,
}

/// The styles of both parts of the file, and the words of its heads and feet.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_name: HashMap<String, Style>,
    /// Levels of list styles that are numbered.
    numbered: HashSet<(String, usize)>,
    current: String,
    list: String,
    pub(super) running: Vec<String>,
    /// Slides that are left out of the show.
    left_out: HashSet<String>,
    /// The paper is white, so that white letters are not seen.
    on_white: bool,
    in_master: bool,
    line: String,
}

impl Styles {
    pub(super) fn new(on_white: bool) -> Self {
        Self {
            on_white,
            ..Self::default()
        }
    }

    /// True for a slide that is left out of the show.
    pub(super) fn is_left_out(&self, name: &str) -> bool {
        self.left_out.contains(name)
    }

    pub(super) fn look(&self, name: &str) -> Look {
        let mut look = Look::default();
        let mut bold = None;
        let mut next = Some(name);
        for _ in 0..MAX_BASES {
            let Some(name) = next else { break };
            let Some(style) = self.by_name.get(name) else {
                break;
            };
            bold = bold.or(style.bold);
            look.strike |= style.strike;
            look.hidden = look.hidden.or(style.hidden);
            look.heading = look
                .heading
                .or(style.heading)
                .or((name == "Title").then_some(1));
            look.ink = look.ink.or(style.ink);
            look.paper = look.paper.or(style.paper);
            next = style.parent.as_deref();
        }
        look.bold = bold.unwrap_or(false);
        look
    }

    /// Whether nobody can tell letters from what is behind them.
    pub(super) fn is_lost(&self, ink: Option<Rgb>, paper: Option<Rgb>) -> bool {
        let paper = paper.or(self.on_white.then_some(WHITE));
        ink.zip(paper).is_some_and(|(ink, paper)| same(ink, paper))
    }

    pub(super) fn is_numbered(&self, list: &str, level: usize) -> bool {
        self.numbered.contains(&(list.to_owned(), level))
    }

    fn text_properties(&mut self, attributes: &Attributes<'_>) {
        let Some(style) = self.by_name.get_mut(&self.current) else {
            return;
        };
        if let Some(weight) = attributes.get("font-weight") {
            style.bold = Some(weight != "normal");
        }
        style.strike |= attributes
            .get("text-line-through-style")
            .is_some_and(|line| line != "none");
        if attributes
            .get("display")
            .is_some_and(|display| display == "none")
        {
            style.hidden = Some(HiddenReason::NotDisplayed);
        }
        let size = attributes
            .get("font-size")
            .and_then(|size| size.strip_suffix("pt")?.parse::<f64>().ok());
        if size.is_some_and(|size| size < TINY) {
            style.hidden = Some(HiddenReason::Tiny);
        }
        if let Some(colour) = attributes.get("color") {
            style.ink = hex(&colour);
        }
        style.paper = paper(attributes).or(style.paper);
    }
}

fn paper(attributes: &Attributes<'_>) -> Option<Rgb> {
    hex(&attributes.get("background-color")?)
}

impl Handler for Styles {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), ReadError> {
        match name {
            "style" => {
                self.current = attributes.get("name").unwrap_or_default();
                let heading = attributes.number("default-outline-level");
                let parent = attributes.get("parent-style-name");
                self.by_name.insert(
                    self.current.clone(),
                    Style {
                        parent,
                        heading,
                        ..Style::default()
                    },
                );
            }
            "text-properties" => self.text_properties(attributes),
            "paragraph-properties" | "table-cell-properties" => {
                let paper = paper(attributes);
                if let Some(style) = self.by_name.get_mut(&self.current) {
                    style.paper = style.paper.or(paper);
                }
            }
            "list-style" => {
                self.list = attributes.get("name").unwrap_or_default();
                self.current = String::new();
            }
            "list-level-style-number"
                // A level without a format shows no number.
                if attributes
                    .get("num-format")
                    .is_some_and(|format| !format.is_empty())
                => {
                    self.numbered
                        .insert((self.list.clone(), attributes.number("level").unwrap_or(1)));
                }
            "header" | "footer" => self.in_master = true,
            "drawing-page-properties"
                if attributes
                    .get("visibility")
                    .is_some_and(|visibility| visibility == "hidden") =>
            {
                self.left_out.insert(self.current.clone());
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "header" | "footer" => self.in_master = false,
            "p" if self.in_master => {
                let line = one_line(&std::mem::take(&mut self.line));
                if !line.is_empty() && !self.running.contains(&line) {
                    self.running.push(line);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ReadError> {
        if self.in_master {
            self.line.push_str(text);
        }
        Ok(())
    }
}
