//! Elements: an id, a length, a body.

use super::super::unreadable;
use crate::ReadError;
use std::io::Read;

/// The head of an element.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element {
    pub id: u32,
    /// Nothing where the writer did not know it yet.
    pub length: Option<u64>,
}

/// A number of variable width.
#[derive(Debug, Clone, Copy)]
pub(super) struct Variable {
    pub value: u64,
    pub width: usize,
    /// With the bits that tell the width, as ids are written.
    raw: u64,
}

impl Element {
    /// The next head; nothing at the end.
    pub(super) fn next(source: &mut impl Read) -> Result<Option<Self>, ReadError> {
        let (Some(id), Some(length)) = (variable(source)?, variable(source)?) else {
            return Ok(None);
        };
        let Ok(id) = u32::try_from(id.raw) else {
            return Err(ReadError::damaged("an element has no id"));
        };
        let unknown = (1 << (7 * length.width)) - 1;
        Ok(Some(Self {
            id,
            length: (length.value != unknown).then_some(length.value),
        }))
    }
}

/// Reads a number of variable width; nothing at the end.
pub(super) fn variable(source: &mut impl Read) -> Result<Option<Variable>, ReadError> {
    let mut bytes = [0_u8; 8];
    if source.read(&mut bytes[..1]).map_err(unreadable)? == 0 {
        return Ok(None);
    }
    let width = bytes[0].leading_zeros() as usize + 1;
    if width > 8 {
        return Err(ReadError::damaged("a number has no width"));
    }
    if source.read_exact(&mut bytes[1..width]).is_err() {
        return Ok(None);
    }
    let raw = bytes[..width]
        .iter()
        .fold(0_u64, |sum, &byte| sum << 8 | u64::from(byte));
    let value = raw & ((1_u64 << (7 * width)) - 1);
    Ok(Some(Variable { value, width, raw }))
}

/// The elements of a body; one that does not fit ends them.
pub(super) fn children(mut body: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    std::iter::from_fn(move || {
        let element = Element::next(&mut body).ok()??;
        let length = usize::try_from(element.length?).ok()?;
        let inner = body.get(..length)?;
        body = &body[length..];
        Some((element.id, inner))
    })
}

/// The body of the first element of an id.
pub(super) fn first(body: &[u8], id: u32) -> Option<&[u8]> {
    children(body)
        .find(|(known, _)| *known == id)
        .map(|(_, inner)| inner)
}

/// An unsigned number of up to eight bytes.
pub(super) fn number(bytes: impl AsRef<[u8]>) -> u64 {
    bytes
        .as_ref()
        .iter()
        .take(8)
        .fold(0, |sum, &byte| sum << 8 | u64::from(byte))
}
