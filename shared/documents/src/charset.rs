//! Bytes to text when nobody says in which encoding.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::ReadError;

/// Bytes looked at to guess an encoding; more do not change the guess.
const GUESS_BYTES: usize = 64 * 1024;

/// Decodes text: byte order mark, then UTF-8, then UTF-16 without a mark, then a guess.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    decode_as(bytes, None)
}

/// Decodes text whose encoding is declared by a label; a byte order mark and valid UTF-8 with letters beyond
/// ASCII say more than the label.
pub(crate) fn decode_as(bytes: &[u8], label: Option<&str>) -> Result<String, ReadError> {
    let text = match (Encoding::for_bom(bytes), std::str::from_utf8(bytes)) {
        (Some((encoding, _)), _) => encoding.decode(bytes).0.into_owned(),
        (None, Ok(text)) if !looks_like_utf16(bytes) => text.to_owned(),
        (None, _) => {
            let declared = label.and_then(|label| Encoding::for_label(label.as_bytes()));
            let encoding = declared.filter(|_| !looks_like_utf16(bytes));
            encoding
                .unwrap_or_else(|| guess(bytes))
                .decode(bytes)
                .0
                .into_owned()
        }
    };
    tidy(text)
}

/// The same for bytes that nobody else needs: what is UTF-8 already stays where it is, for a part of an
/// archive may be as large as half the memory of its reader.
pub(crate) fn decode_owned(bytes: Vec<u8>) -> Result<String, ReadError> {
    if Encoding::for_bom(&bytes).is_some() || looks_like_utf16(&bytes) {
        return decode(&bytes);
    }
    match String::from_utf8(bytes) {
        Ok(text) => tidy(text),
        Err(error) => decode(error.as_bytes()),
    }
}

/// Lines that end in one way, and a refusal of what holds nothing.
fn tidy(text: String) -> Result<String, ReadError> {
    let text = if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    };
    if text
        .trim_matches(|c: char| c.is_whitespace() || c.is_control())
        .is_empty()
    {
        return Err(ReadError::EmptyFile);
    }
    Ok(text)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if looks_like_utf16(bytes) {
        return if zeros(bytes, 0) > zeros(bytes, 1) {
            UTF_16BE
        } else {
            UTF_16LE
        };
    }
    // A cut or slightly damaged UTF-8 file is still UTF-8: replacing a few letters beats misreading all.
    let lossy = String::from_utf8_lossy(&bytes[..bytes.len().min(GUESS_BYTES)]);
    let bad = lossy.chars().filter(|&c| c == '\u{fffd}').count();
    let good = lossy
        .chars()
        .filter(|&c| !c.is_ascii() && c != '\u{fffd}')
        .count();
    if good > 8 * bad.max(1) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(
        &bytes[..bytes.len().min(GUESS_BYTES)],
        bytes.len() <= GUESS_BYTES,
    );
    detector.guess(None, Utf8Detection::Allow)
}

/// Western text in UTF-16 has a zero in every other byte.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    let head = bytes.len().min(GUESS_BYTES);
    if head < 4 {
        return false;
    }
    let (even, odd) = (zeros(bytes, 0), zeros(bytes, 1));
    even.max(odd) * 2 > head / 2 && even.min(odd) * 20 < head
}

fn zeros(bytes: &[u8], from: usize) -> usize {
    let head = &bytes[..bytes.len().min(GUESS_BYTES)];
    head.iter()
        .skip(from)
        .step_by(2)
        .filter(|&&byte| byte == 0)
        .count()
}

/// True when the bytes are text: hardly any control characters, in one of the encodings [`decode`] knows.
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    if Encoding::for_bom(bytes).is_some() || looks_like_utf16(bytes) {
        return true;
    }
    let head = &bytes[..bytes.len().min(GUESS_BYTES)];
    let controls = head
        .iter()
        .filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b))
        .count();
    !head.contains(&0) && controls * 200 <= head.len()
}
