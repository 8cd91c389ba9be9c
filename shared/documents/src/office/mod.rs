//! Office documents: XML in a ZIP archive.

pub(crate) mod docx;
mod grid;
pub(crate) mod ods;
pub(crate) mod odt;
mod package;
pub(crate) mod pptx;
pub(crate) mod xlsx;
mod xml;
