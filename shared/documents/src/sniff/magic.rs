//! The first bytes of files.

use super::zip_kind;
use crate::{FileKind, ReadError};

/// How far into a file a PDF may begin: some mail and print programs put a line of their own before it.
const PDF_OFFSET: usize = 1_024;
/// How far into a film the names of its tracks are looked for.
const TRACK_BYTES: usize = 65_536;

/// The kind of a file with a signature; `None` for text and for what is not known.
pub(super) fn find(bytes: &[u8]) -> Result<Option<FileKind>, ReadError> {
    let kind = match bytes {
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => return Err(compound(bytes)),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => return zip_kind::find(bytes).map(Some),
        [b'{', b'\\', b'r', b't', b'f', ..] => FileKind::Rtf,
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => FileKind::Png,
        [0xff, 0xd8, 0xff, ..] => FileKind::Jpeg,
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => FileKind::Tiff,
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => FileKind::Bmp,
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => FileKind::Webp,
        [
            b'R',
            b'I',
            b'F',
            b'F' | b'X',
            _,
            _,
            _,
            _,
            b'W',
            b'A',
            b'V',
            b'E',
            ..,
        ] => FileKind::Wav,
        [b'O', b'g', b'g', b'S', ..] => FileKind::Ogg,
        [b'f', b'L', b'a', b'C', ..] => FileKind::Flac,
        [b'I', b'D', b'3', ..] => FileKind::Mp3,
        [0x1a, 0x45, 0xdf, 0xa3, ..] => matroska(bytes),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => return mpeg4(bytes).map(Some),
        // Old QuickTime files begin with their content.
        [_, _, _, _, b'm', b'o', b'o', b'v', ..] | [_, _, _, _, b'm', b'd', b'a', b't', ..] => {
            FileKind::Mov
        }
        _ if is_mp3_frame(bytes) => FileKind::Mp3,
        _ if is_pdf(bytes) => FileKind::Pdf,
        _ => return Ok(None),
    };
    Ok(Some(kind))
}

/// A PDF begins with its mark; what may stand before it are blanks and one line of a printer or mail program.
fn is_pdf(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(PDF_OFFSET)];
    let Some(at) = head.windows(5).position(|window| window == b"%PDF-") else {
        return false;
    };
    let before = head[..at].trim_ascii();
    let before = before.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(before);
    before.is_empty() || before.starts_with(b"\x1b%-12345X") || before.starts_with(b"%!")
}

/// An MPEG audio frame header, layer 3, followed by another where its length says.
fn is_mp3_frame(bytes: &[u8]) -> bool {
    let Some(length) = frame_length(bytes) else {
        return false;
    };
    bytes
        .get(length..)
        .is_some_and(|next| frame_length(next).is_some())
}

/// Kilobits per second of MPEG 1 layer 3 by the code in the header.
const V1: [usize; 15] = [
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
];
/// The same of MPEG 2 and 2.5.
const V2: [usize; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

fn frame_length(bytes: &[u8]) -> Option<usize> {
    let [0xff, second, third, ..] = *bytes else {
        return None;
    };
    let (version, layer) = ((second >> 3) & 3, (second >> 1) & 3);
    if second & 0xe0 != 0xe0 || version == 1 || layer != 1 {
        return None;
    }
    let is_v1 = version == 3;
    let bitrate = *(if is_v1 { V1 } else { V2 }).get(usize::from(third >> 4))?;
    let base = *[44_100, 48_000, 32_000].get(usize::from((third >> 2) & 3))?;
    let rate = match version {
        3 => base,
        2 => base / 2,
        _ => base / 4,
    };
    let samples = if is_v1 { 144 } else { 72 };
    (bitrate > 0).then(|| samples * bitrate * 1_000 / rate + usize::from((third >> 1) & 1))
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(TRACK_BYTES)];
    head.windows(needle.len()).any(|window| window == needle)
}

fn matroska(bytes: &[u8]) -> FileKind {
    // Two letters alone may stand anywhere among the sound.
    let codecs: [&[u8]; 7] = [
        b"V_VP",
        b"V_AV1",
        b"V_MPEG",
        b"V_MS/",
        b"V_THEORA",
        b"V_QUICKTIME",
        b"V_UNCOMPRESSED",
    ];
    let has_film = codecs.iter().any(|codec| contains(bytes, codec));
    if !contains(bytes, b"webm") {
        FileKind::Mkv
    } else if has_film || !contains(bytes, b"A_") {
        FileKind::WebmVideo
    } else {
        FileKind::WebmAudio
    }
}

fn mpeg4(bytes: &[u8]) -> Result<FileKind, ReadError> {
    match bytes.get(8..12) {
        Some(b"M4A " | b"M4B ") => Ok(FileKind::M4a),
        Some(b"qt  ") => Ok(FileKind::Mov),
        Some(b"heic" | b"heix" | b"mif1" | b"avif") => Err(ReadError::Unsupported(
            "HEIC and AVIF pictures are not read. Save the picture as JPEG or PNG.".to_owned(),
        )),
        _ => Ok(FileKind::Mp4),
    }
}

/// Microsoft's compound files: old office formats, or new ones behind a password.
fn compound(bytes: &[u8]) -> ReadError {
    let name: Vec<u8> = "EncryptedPackage"
        .bytes()
        .flat_map(|byte| [byte, 0])
        .collect();
    if bytes.windows(name.len()).any(|window| window == name) {
        ReadError::Encrypted
    } else {
        ReadError::Unsupported(
            "Files of the old formats .doc, .xls, .ppt and .msg are not read. Save the document as DOCX, XLSX, PPTX or PDF."
                .to_owned(),
        )
    }
}
