//! One page between reading and writing.

use hayro_interpret::kurbo::Rect;

use super::blocks::{self, Body};
use super::glyphs::{Letter, Painted};
use super::lines::{self, Piece};
use super::unruled::{self, Part};
use super::{columns, signs, struck, tables, visible};
use crate::HiddenReason;
use crate::writer::{Block, Writer};

/// Begins the text of a piece that stands for a table.
const TABLE_MARK: char = '\u{1}';

/// What is known of a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) number: u32,
    height: f64,
    pub(super) pieces: Vec<Piece>,
    /// What is turned, or was typed onto it.
    aside: Vec<String>,
    across: Vec<(f64, f64, f64)>,
    /// Lines and the edges of shades, from side to side.
    edges: Vec<tables::Line>,
    down: Vec<(f64, f64, f64)>,
    hidden: Vec<(HiddenReason, String)>,
    running: Vec<String>,
    is_scan: bool,
    has_pictures: bool,
    letters: usize,
    unknown: usize,
}

impl Page {
    /// A page nobody looked at because the text is long enough.
    pub(super) fn blank(number: u32) -> Self {
        Self {
            number,
            ..Self::default()
        }
    }

    pub(super) fn new(
        number: u32,
        frame: Rect,
        mut painted: Painted,
        typed: Vec<String>,
        comments: Vec<String>,
    ) -> Self {
        let mut seen = visible::sort(&mut painted, frame);
        struck::mark(&mut seen.letters, &mut painted.across);
        signs::add(&painted.signs, &mut seen.letters);
        let unknown = seen
            .letters
            .iter()
            .filter(|letter| letter.text.contains('\u{fffd}'))
            .count();
        // What has no name, and a size of its own making, may still be seen.
        let has_drawings =
            seen.letters.is_empty() && seen.hidden.iter().any(|(_, letter)| letter.code.is_some());
        let mut hidden = hidden_texts(seen.hidden);
        hidden.extend(
            comments
                .into_iter()
                .map(|text| (HiddenReason::Comment, text)),
        );
        let letters = typed.iter().map(|text| text.chars().count()).sum::<usize>();
        let mut aside = turned(&seen.letters);
        aside.extend(typed);
        Self {
            number,
            height: frame.height(),
            pieces: lines::pieces(&seen.letters, &painted.down),
            aside,
            edges: edges(&painted),
            across: painted.across,
            down: painted.down,
            hidden,
            running: row_texts(&lines::pieces(&seen.running, &[]))
                .into_iter()
                .map(|(_, text)| text)
                .collect(),
            is_scan: seen.is_scan,
            has_pictures: painted.has_pictures || has_drawings,
            letters: letters + seen.letters.len(),
            unknown,
        }
    }

    pub(super) fn height(&self) -> f64 {
        self.height
    }

    /// Letters a reader sees.
    pub(super) fn chars(&self) -> usize {
        self.letters
    }

    /// Nothing that could be read: no letters, or letters without names.
    pub(super) fn is_unreadable(&self) -> bool {
        self.letters == 0 || self.unknown as f64 > super::UNKNOWN_SHARE * self.letters as f64
    }

    /// What cannot be read may still be seen.
    pub(super) fn is_scan(&self) -> bool {
        self.is_scan || self.has_pictures || self.unknown > 0
    }

    /// Heads and feet that the program itself marked as such.
    pub(super) fn marked_running(&self) -> Vec<String> {
        self.running.clone()
    }

    /// Place and text of every row, from the top.
    pub(super) fn row_texts(&self) -> Vec<(Place, String)> {
        row_texts(&self.pieces)
    }

    /// Of every row, from the top, whether it stands in a table of more than so many rows.
    pub(super) fn rows_in_tables(&self, more_than: usize) -> Vec<bool> {
        let rows = lines::rows(self.pieces.clone());
        let grids = tables::extents(&self.across, &self.down, more_than);
        let in_grid = |row: &lines::Row| {
            let mut grids = grids.iter();
            grids.any(|grid| grid.y0 < row.y() && row.y() - 0.3 * row.size() < grid.y1)
        };
        let heads_columns = |index: usize| unruled::is_head(&rows[index..], more_than);
        (0..rows.len())
            .map(|index| in_grid(&rows[index]) || heads_columns(index))
            .collect()
    }

    /// Takes off the row with this base line.
    pub(super) fn remove_row(&mut self, y: f64) {
        self.pieces
            .retain(|piece| (piece.y - y).abs() > 0.35 * piece.size);
    }

    /// Writes the page.
    pub(super) fn blocks(&mut self, body: &Body) -> Vec<Block> {
        let mut pieces = std::mem::take(&mut self.pieces);
        let ruled = tables::ruled(&mut pieces, &self.across, &self.down);
        for (index, table) in ruled.iter().enumerate() {
            pieces.push(placeholder(index, table.rect));
        }
        let mut out = Vec::new();
        for region in columns::regions(pieces) {
            let mut parts = Vec::new();
            let mut plain = Vec::new();
            for row in region {
                let mark = row
                    .pieces
                    .iter()
                    .find_map(|piece| piece.text.strip_prefix(TABLE_MARK));
                let Some(index) = mark.and_then(|digits| digits.parse::<usize>().ok()) else {
                    plain.push(row);
                    continue;
                };
                parts.extend(unruled::find(
                    &std::mem::take(&mut plain),
                    &self.across,
                    &self.edges,
                ));
                parts.push(Part::Table(
                    ruled
                        .get(index)
                        .map(|table| table.rows.clone())
                        .unwrap_or_default(),
                ));
            }
            parts.extend(unruled::find(&plain, &self.across, &self.edges));
            blocks::continue_paragraph(&mut out, blocks::from_parts(parts, body));
        }
        out.extend(self.aside.drain(..).map(Block::Paragraph));
        out
    }

    /// Hands what readers do not see to the writer.
    pub(super) fn hide(&mut self, writer: &mut Writer<'_>) {
        for (reason, text) in self.hidden.drain(..) {
            writer.hide(reason, &text);
        }
    }
}

/// Horizontal lines, and the upper and lower edges of areas in colour.
fn edges(painted: &Painted) -> Vec<tables::Line> {
    let shades = painted.areas.iter().filter(|area| area.ink.is_some());
    let sides = shades
        .flat_map(|area| [area.rect.y0, area.rect.y1].map(|y| (y, area.rect.x0, area.rect.x1)));
    painted.across.iter().copied().chain(sides).collect()
}

fn placeholder(index: usize, rect: Rect) -> Piece {
    Piece {
        text: format!("{TABLE_MARK}{index}"),
        x0: rect.x0,
        x1: rect.x1,
        y: rect.y0 + 6.0,
        size: 8.0,
        bold: 0,
        count: 0,
        stems: (0.0, 0),
    }
}

/// Where a row stands and how large its letters are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) y: f64,
    pub(super) size: f64,
}

fn row_texts(pieces: &[Piece]) -> Vec<(Place, String)> {
    let rows = lines::rows(pieces.to_vec());
    rows.iter()
        .map(|row| {
            (
                Place {
                    y: row.y(),
                    size: row.size(),
                },
                row.text(),
            )
        })
        .collect()
}

/// Text that runs up or down the page.
fn turned(letters: &[Letter]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for quarter in [90.0, 180.0, 270.0] {
        // Turned back, the letters stand in ordinary lines.
        let back: Vec<Letter> = letters
            .iter()
            .filter(|letter| (letter.angle.rem_euclid(360.0) - quarter).abs() < 5.0)
            .map(|letter| {
                let width = letter.x1 - letter.x0;
                let (x0, y) = match quarter {
                    90.0 => (letter.y, -letter.x0),
                    180.0 => (-letter.x0, -letter.y),
                    _ => (-letter.y, letter.x0),
                };
                Letter {
                    x0,
                    x1: x0 + width,
                    y,
                    angle: 0.0,
                    ..letter.clone()
                }
            })
            .collect();
        out.extend(
            row_texts(&lines::pieces(&back, &[]))
                .into_iter()
                .map(|(_, text)| text),
        );
    }
    out
}

/// Hidden letters as texts, one per reason and row.
fn hidden_texts(letters: Vec<(HiddenReason, Letter)>) -> Vec<(HiddenReason, String)> {
    let mut groups: Vec<(HiddenReason, Vec<Letter>)> = Vec::new();
    for (reason, letter) in letters {
        let letter = Letter {
            angle: 0.0,
            ..letter
        };
        match groups.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, group)) => group.push(letter),
            None => groups.push((reason, vec![letter])),
        }
    }
    groups
        .into_iter()
        .flat_map(|(reason, letters)| {
            let texts = row_texts(&lines::pieces(&letters, &[]));
            texts.into_iter().map(move |(_, text)| (reason, text))
        })
        .collect()
}
