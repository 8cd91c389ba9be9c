//! Notes stuck onto a page.

use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page;

/// Notes of one page that are kept.
const MAX_NOTES: usize = 500;

/// Flags of what is not shown on a screen.
const HIDDEN: i32 = 1 << 1 | 1 << 5;

/// The words of annotations that are no part of the page: remarks, highlights, file names.
pub(super) fn read(page: &Page<'_>) -> Vec<String> {
    texts(page, |note| {
        let kind = note.get::<Name<'_>>(b"Subtype".as_slice());
        // Free text and form fields are painted on the page; links have no words of their own.
        kind.is_some_and(|kind| {
            !matches!(kind.as_ref(), b"FreeText" | b"Widget" | b"Link" | b"Popup")
        })
    })
}

/// The words somebody typed onto the page that bring no picture of themselves: whoever shows the page paints them.
pub(super) fn typed(page: &Page<'_>) -> Vec<String> {
    texts(page, |note| {
        let kind = note.get::<Name<'_>>(b"Subtype".as_slice());
        let flags = note.get::<i32>(b"F".as_slice()).unwrap_or_default();
        kind.is_some_and(|kind| kind.as_ref() == b"FreeText")
            && note.get::<Dict<'_>>(b"AP".as_slice()).is_none()
            && flags & HIDDEN == 0
    })
}

/// The words of those annotations of a page that are asked for.
fn texts(page: &Page<'_>, is_asked: impl Fn(&Dict<'_>) -> bool) -> Vec<String> {
    let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots".as_slice()) else {
        return Vec::new();
    };
    annotations
        .iter::<Dict<'_>>()
        .take(MAX_NOTES)
        .filter(is_asked)
        .filter_map(|note| note.get::<PdfString<'_>>(b"Contents".as_slice()))
        .map(|text| super::strings::decode(text.as_bytes()))
        .filter(|text| !text.trim().is_empty())
        .collect()
}
