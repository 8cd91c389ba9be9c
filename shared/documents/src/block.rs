//! The pieces a document is made of.

/// How a list item begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marker {
    Bullet,
    Number(u64),
    Check(bool),
}

/// One piece of a document between blank lines, or one line of a list or table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    Heading(u8, String),
    Paragraph(String),
    Item(usize, Marker, String),
    /// Rows of cells; the first is the header.
    Table(Vec<Vec<String>>),
    /// Lines kept as they are, such as code.
    Verbatim(String),
    /// A block quoted this deep, kept inside something else until it is written.
    Quoted(usize, Box<Block>),
}
