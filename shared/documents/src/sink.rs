//! Collects blocks, with tables inside tables, and passes them on to the writer.

use crate::writer::{Block, Marker, Writer};

/// Cells a table may have; beyond them cells are not read. No list of tasks is that long.
const MAX_CELLS: usize = 200_000;
/// A column or row span beyond this is a mistake or an attack.
const MAX_SPAN: usize = 64;
/// A cell with more text than this is part of a page layout, not of a table.
const LAYOUT_CHARS: usize = 1_500;

#[derive(Debug, Default)]
struct Cell {
    blocks: Vec<Block>,
    /// Columns it reaches over.
    columns: usize,
    /// Rows it reaches over.
    rows: usize,
}

#[derive(Debug, Default)]
struct Table {
    rows: Vec<Vec<Cell>>,
    cells: usize,
    /// A table around other tables arranges a page.
    is_layout: bool,
}

/// Where blocks go: into the open cell of the innermost table, or into the text.
#[derive(Debug)]
pub(crate) struct Sink<'w, 'b> {
    pub(crate) writer: &'w mut Writer<'b>,
    tables: Vec<Table>,
    quote: usize,
    /// How deep the text outside all tables is quoted.
    outer_quote: usize,
}

impl<'w, 'b> Sink<'w, 'b> {
    pub(crate) fn new(writer: &'w mut Writer<'b>) -> Self {
        Self {
            writer,
            tables: Vec::new(),
            quote: 0,
            outer_quote: 0,
        }
    }

    pub(crate) fn in_table(&self) -> bool {
        !self.tables.is_empty()
    }

    pub(crate) fn block(&mut self, block: Block) {
        let inner_quote = self.quote.saturating_sub(self.outer_quote);
        match self.tables.last_mut() {
            None => self.writer.block(&block),
            Some(table) => {
                if let Some(cell) = table.rows.last_mut().and_then(|row| row.last_mut()) {
                    cell.blocks.push(if inner_quote > 0 {
                        Block::Quoted(inner_quote, Box::new(block))
                    } else {
                        block
                    });
                } else {
                    // Text between rows, such as a caption: it comes before what is collected.
                    let table = self.tables.pop();
                    self.block(block);
                    self.tables.extend(table);
                }
            }
        }
    }

    pub(crate) fn begin_quote(&mut self) {
        self.quote += 1;
        if self.tables.is_empty() {
            self.outer_quote = self.quote;
            self.writer.set_quote(self.quote);
        }
    }

    pub(crate) fn end_quote(&mut self) {
        self.quote = self.quote.saturating_sub(1);
        if self.tables.is_empty() {
            self.outer_quote = self.quote;
            self.writer.set_quote(self.quote);
        }
    }

    pub(crate) fn begin_table(&mut self) {
        if let Some(outer) = self.tables.last_mut() {
            outer.is_layout = true;
        }
        self.tables.push(Table::default());
    }

    pub(crate) fn begin_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.rows.push(Vec::new());
        }
    }

    pub(crate) fn begin_cell(&mut self, columns: usize, rows: usize) {
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        if table.cells >= MAX_CELLS {
            return;
        }
        let columns = columns.clamp(1, MAX_SPAN);
        let rows = rows.clamp(1, MAX_SPAN);
        table.cells += columns;
        if table.rows.is_empty() {
            table.rows.push(Vec::new());
        }
        if let Some(row) = table.rows.last_mut() {
            row.push(Cell {
                blocks: Vec::new(),
                columns,
                rows,
            });
        }
    }

    /// Ends a cell whose span is known only now. One that goes on with the cell above takes over its words.
    pub(crate) fn end_cell(&mut self, columns: usize, continued: bool) {
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        let above = table
            .rows
            .len()
            .checked_sub(2)
            .and_then(|above| table.rows.get(above));
        let place: usize = table.rows.last().map_or(0, |row| {
            row[..row.len().saturating_sub(1)]
                .iter()
                .map(|cell| cell.columns)
                .sum()
        });
        let repeated = above
            .filter(|_| continued)
            .and_then(|row| cell_at(row, place))
            .map(|cell| cell.blocks.clone());
        if let Some(cell) = table.rows.last_mut().and_then(|row| row.last_mut()) {
            cell.columns = columns.clamp(1, MAX_SPAN);
            cell.blocks.extend(repeated.into_iter().flatten());
        }
    }

    /// Ends the innermost table and passes it on: as a table, or as its blocks when it only arranges a page.
    pub(crate) fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else {
            return;
        };
        if is_layout(&table) {
            for block in table
                .rows
                .into_iter()
                .flatten()
                .flat_map(|cell| cell.blocks)
            {
                self.block(block);
            }
        } else {
            self.block(Block::Table(grid(table)));
        }
    }

    /// Ends whatever is still open.
    pub(crate) fn finish(&mut self) {
        while self.in_table() {
            self.end_table();
        }
    }
}

/// The cell that stands in a column.
fn cell_at(row: &[Cell], column: usize) -> Option<&Cell> {
    let mut start = 0;
    row.iter().find(|cell| {
        start += cell.columns;
        start > column
    })
}

fn is_layout(table: &Table) -> bool {
    let widest = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    let is_page = |cell: &Cell| {
        let chars: usize = cell
            .blocks
            .iter()
            .map(|block| block_text(block).len())
            .sum();
        let heads = cell
            .blocks
            .iter()
            .any(|block| matches!(block, Block::Heading(1..=3, _)));
        chars > LAYOUT_CHARS || (heads && cell.blocks.len() > 1)
    };
    table.is_layout || widest < 2 || table.rows.iter().flatten().any(is_page)
}

/// Lays the cells out; a cell over several rows is repeated in each, for its words hold for each.
fn grid(table: Table) -> Vec<Vec<String>> {
    let mut pending: Vec<(usize, String)> = Vec::new();
    let mut out = Vec::with_capacity(table.rows.len());
    for row in table.rows {
        let mut line: Vec<String> = Vec::new();
        let mut next: Vec<(usize, String)> = Vec::new();
        let mut put = |line: &mut Vec<String>, text: String, rows: usize| {
            next.push((rows.saturating_sub(1), text.clone()));
            line.push(text);
        };
        let fill = |line: &mut Vec<String>,
                    put: &mut dyn FnMut(&mut Vec<String>, String, usize)| {
            while let Some((rows, text)) = pending.get(line.len()).filter(|(rows, _)| *rows > 0) {
                put(line, text.clone(), *rows);
            }
        };
        for cell in row {
            fill(&mut line, &mut put);
            let texts: Vec<String> = cell.blocks.iter().map(block_text).collect();
            put(&mut line, texts.join("\n"), cell.rows);
            for _ in 1..cell.columns {
                put(&mut line, String::new(), 1);
            }
        }
        fill(&mut line, &mut put);
        pending = next;
        out.push(line);
    }
    out
}

fn block_text(block: &Block) -> String {
    match block {
        Block::Quoted(_, block) => block_text(block),
        Block::Heading(_, text)
        | Block::Paragraph(text)
        | Block::Verbatim(text)
        | Block::Item(_, Marker::Bullet, text) => text.clone(),
        Block::Item(_, Marker::Check(done), text) => {
            format!("{} {text}", if *done { "[x]" } else { "[ ]" })
        }
        Block::Item(_, Marker::Number(number), text) => format!("{number}. {text}"),
        Block::Table(rows) => {
            let lines: Vec<String> = rows.iter().map(|row| row.join(", ")).collect();
            lines.join("\n")
        }
    }
}
