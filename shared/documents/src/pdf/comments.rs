//! Notes stuck onto a page.

use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page;

/// Notes of one page that are kept.
const MAX_NOTES: usize = 500;

/// The words of annotations that are no part of the page: remarks, highlights, file names.
pub(super) fn read(page: &Page<'_>) -> Vec<String> {
    let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots".as_slice()) else {
        return Vec::new();
    };
    annotations
        .iter::<Dict<'_>>()
        .take(MAX_NOTES)
        .filter(|note| {
            let kind = note.get::<Name<'_>>(b"Subtype".as_slice());
            // Free text and form fields are painted on the page; links have no words of their own.
            kind.is_some_and(|kind| {
                !matches!(kind.as_ref(), b"FreeText" | b"Widget" | b"Link" | b"Popup")
            })
        })
        .filter_map(|note| note.get::<PdfString<'_>>(b"Contents".as_slice()))
        .map(|text| super::strings::decode(text.as_bytes()))
        .filter(|text| !text.trim().is_empty())
        .collect()
}
