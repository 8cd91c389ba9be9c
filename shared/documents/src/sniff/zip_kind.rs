//! Which document a ZIP archive is.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::{FileKind, ReadError};

pub(super) fn find(bytes: &[u8]) -> Result<FileKind, ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))
        .map_err(|_| ReadError::damaged("its archive has no readable table of contents"))?;
    let has = |archive: &ZipArchive<_>, prefix: &str| {
        archive
            .file_names()
            .flatten()
            .any(|name| name.starts_with(prefix))
    };
    if has(&archive, "[Content_Types].xml") {
        for (prefix, kind) in [
            ("word/", FileKind::Docx),
            ("ppt/", FileKind::Pptx),
            ("xl/", FileKind::Xlsx),
        ] {
            if has(&archive, prefix) {
                return Ok(kind);
            }
        }
    }
    let mut mime = String::new();
    if let Ok(file) = archive.by_name("mimetype") {
        file.take(100).read_to_string(&mut mime).ok();
    }
    let open_document = mime
        .trim()
        .strip_prefix("application/vnd.oasis.opendocument.");
    match open_document.map(|kind| kind.trim_end_matches("-template")) {
        Some("text") => return Ok(FileKind::Odt),
        Some("spreadsheet") => return Ok(FileKind::Ods),
        Some("presentation") => return Ok(FileKind::Odp),
        Some(_) => {
            return Err(ReadError::Unsupported(
                "Of the OpenDocument formats texts, tables and presentations are read. Save the file as PDF.".to_owned(),
            ));
        }
        None => {}
    }
    match mime.trim() {
        "application/epub+zip" => Err(ReadError::Unsupported(
            "EPUB books are not read. Save it as PDF.".to_owned(),
        )),
        _ => Err(ReadError::Unsupported(
            "The file is an archive. Unpack it and upload the documents in it.".to_owned(),
        )),
    }
}
