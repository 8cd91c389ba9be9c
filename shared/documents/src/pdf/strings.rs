//! Strings outside the pages of a PDF.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Decodes a text string: UTF-16 or UTF-8 with their marks, else close to Latin 1.
pub(super) fn decode(bytes: &[u8]) -> String {
    let (encoding, rest) = match bytes {
        [0xfe, 0xff, rest @ ..] => (UTF_16BE, rest),
        [0xff, 0xfe, rest @ ..] => (UTF_16LE, rest),
        [0xef, 0xbb, 0xbf, rest @ ..] => (encoding_rs::UTF_8, rest),
        rest => (WINDOWS_1252, rest),
    };
    encoding.decode_without_bom_handling(rest).0.into_owned()
}
