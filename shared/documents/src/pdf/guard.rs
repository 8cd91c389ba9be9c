//! Refuses PDFs that unpack to far more than their size, before anything else unpacks them.

use std::io::Read;

use flate2::read::ZlibDecoder;

use crate::ReadError;
use crate::limits::Budget;

/// How far before the data of a stream its dictionary is looked for.
const DICTIONARY_BYTES: usize = 2_048;
/// Bytes unpacked between two looks at the time.
const CHUNK: usize = 64 * 1024;
/// Rounds of compression around one stream; more are refused.
const MAX_ROUNDS: usize = 2;

/// Unpacks every compressed stream once, keeping nothing, and counts. Pictures are left out, for nobody will
/// unpack them.
pub(super) fn check(bytes: &[u8], budget: &Budget) -> Result<(), ReadError> {
    let mut at = 0;
    let mut chunk = vec![0; CHUNK];
    while let Some(found) = find(&bytes[at..], b"stream") {
        let keyword = at + found;
        at = keyword + b"stream".len();
        if bytes[..keyword].ends_with(b"end") {
            continue;
        }
        let start = at
            + bytes[at..]
                .iter()
                .take(2)
                .take_while(|&&byte| matches!(byte, b'\r' | b'\n'))
                .count();
        let head = &bytes[keyword.saturating_sub(DICTIONARY_BYTES)..keyword];
        let head = rfind(head, b"obj").map_or(head, |from| &head[from..]);
        if is_picture(head) {
            continue;
        }
        match rounds(head) {
            0 => {}
            rounds if rounds > MAX_ROUNDS => return Err(ReadError::ZipBomb),
            rounds => unpack(&bytes[start..], rounds, &mut chunk, budget)?,
        }
    }
    Ok(())
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut from = 0;
    while let Some(offset) = bytes[from..].iter().position(|&byte| byte == first) {
        if bytes[from + offset..].starts_with(needle) {
            return Some(from + offset);
        }
        from += offset + 1;
    }
    None
}

fn rfind(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes
        .windows(needle.len())
        .rposition(|window| window == needle)
}

fn is_picture(head: &[u8]) -> bool {
    find(head, b"/Image").is_some() && find(head, b"/Subtype").is_some()
}

fn rounds(head: &[u8]) -> usize {
    let count = |needle: &[u8]| {
        head.windows(needle.len())
            .filter(|window| *window == needle)
            .count()
    };
    count(b"/FlateDecode") + count(b"/Fl ") + count(b"/Fl/") + count(b"/Fl]") + count(b"/Fl>")
}

/// Unpacks a stream; a damaged one ends where it is damaged, as it will for the parser.
fn unpack(bytes: &[u8], rounds: usize, chunk: &mut [u8], budget: &Budget) -> Result<(), ReadError> {
    let mut reader: Box<dyn Read + '_> = Box::new(ZlibDecoder::new(bytes));
    for _ in 1..rounds {
        reader = Box::new(ZlibDecoder::new(reader));
    }
    loop {
        match reader.read(chunk) {
            Ok(0) | Err(_) => return Ok(()),
            Ok(count) => {
                budget.spend(count as u64)?;
                budget.check_time()?;
            }
        }
    }
}
