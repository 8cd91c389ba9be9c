//! PNG, written.

use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::io::Write;

/// A PNG of rows of pixels from the top, one byte each (grey) or three (red, green, blue).
pub(crate) fn encode(width: u32, height: u32, colours: bool, rows: &[u8]) -> Vec<u8> {
    let per_row = width as usize * if colours { 3 } else { 1 };
    let mut head = [width.to_be_bytes(), height.to_be_bytes()].concat();
    head.extend([8, if colours { 2 } else { 0 }, 0, 0, 0]);
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    for row in rows.chunks(per_row.max(1)) {
        // Writing to memory does not fail.
        let _ = packed.write_all(&[0]).and_then(|()| packed.write_all(row));
    }
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut out, *b"IHDR", &head);
    chunk(&mut out, *b"IDAT", &packed.finish().unwrap_or_default());
    chunk(&mut out, *b"IEND", &[]);
    out
}

fn chunk(out: &mut Vec<u8>, kind: [u8; 4], body: &[u8]) {
    out.extend(u32::try_from(body.len()).unwrap_or(0).to_be_bytes());
    let from = out.len();
    out.extend(kind);
    out.extend_from_slice(body);
    let mut sum = flate2::Crc::new();
    sum.update(&out[from..]);
    out.extend(sum.sum().to_be_bytes());
}
