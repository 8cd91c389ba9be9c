//! Boxes inside boxes.

use super::super::{big32, big64};

/// The boxes of a body with their kinds; a box that does not fit ends them.
pub(super) fn children(mut body: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let kind: [u8; 4] = body.get(4..8)?.try_into().ok()?;
        let (length, head) = match big32(body, 0)? {
            0 => (body.len(), 8),
            1 => (usize::try_from(big64(body, 8)?).ok()?, 16),
            length => (length as usize, 8),
        };
        let inner = body.get(head..length)?;
        body = &body[length..];
        Some((kind, inner))
    })
}

/// The first box of a kind.
pub(super) fn child<'b>(body: &'b [u8], kind: &[u8; 4]) -> Option<&'b [u8]> {
    children(body)
        .find(|(known, _)| known == kind)
        .map(|(_, inner)| inner)
}
