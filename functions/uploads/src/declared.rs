//! What a file claims to be, by its name and its media type. Its bytes are judged when they are read.

use sentry_documents::{Family, FileKind};
use sentry_domain::UploadType;
use sentry_http::ApiError;

/// The longest file name, in characters.
const MAX_NAME_CHARS: usize = 255;
/// The longest media type, in characters.
const MAX_MIME_CHARS: usize = 127;
/// What a client says that does not know.
const UNKNOWN_MIME: &str = "application/octet-stream";

/// What a file claims to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Declared {
    /// Its name without folders.
    pub(crate) name: String,
    /// Its media type.
    pub(crate) mime_type: String,
    /// How it is to be read.
    pub(crate) upload_type: UploadType,
    /// Whose bounds it has.
    pub(crate) family: Family,
}

/// Checks what a client says about a file. `wanted` is how it is to be read; without it the file
/// itself decides.
pub(crate) fn declared(
    name: &str,
    mime: Option<&str>,
    wanted: Option<UploadType>,
) -> Result<Declared, ApiError> {
    let name = base_name(name)?;
    let mime = mime.map(media_type).transpose()?;
    let extension = name
        .rsplit_once('.')
        .map(|(_, end)| end.to_ascii_lowercase())
        .unwrap_or_default();
    let named = FileKind::from_extension(&extension);
    let typed = mime
        .as_deref()
        .and_then(|mime| FileKind::from_mime(essence(mime)));
    let Some(kind) = typed.or(named) else {
        return Err(ApiError::UnsupportedMediaType(
            advice(&extension).to_owned(),
        ));
    };
    if let (Some(named), Some(typed)) = (named, typed)
        && !is_same(named.family(), typed.family())
    {
        let detail = format!("says {}, but the name says {}", typed.name(), named.name());
        return Err(ApiError::field("type", detail));
    }
    let upload_type = wanted.unwrap_or_else(|| usual(kind));
    if !fits(upload_type, kind) {
        let detail = format!("{} cannot be read as {upload_type}", kind.name());
        return Err(ApiError::UnsupportedMediaType(detail));
    }
    let mime_type = mime.unwrap_or_else(|| kind.mime().to_owned());
    Ok(Declared {
        name,
        mime_type,
        upload_type,
        family: kind.family(),
    })
}

/// A file of a batch, where one of an unknown kind must not keep the others from being read: it
/// fails when its turn comes.
pub(crate) fn declared_leniently(name: &str, mime: Option<&str>) -> Result<Declared, ApiError> {
    match declared(name, mime, None) {
        Err(ApiError::UnsupportedMediaType(_)) => Ok(Declared {
            name: base_name(name)?,
            mime_type: mime
                .map(media_type)
                .transpose()?
                .unwrap_or_else(|| UNKNOWN_MIME.to_owned()),
            upload_type: UploadType::Document,
            family: Family::Document,
        }),
        other => other,
    }
}

/// What to do with a file that is not read, as far as its name says what it is.
fn advice(extension: &str) -> &'static str {
    match extension {
        "xls" | "xlsb" | "numbers" | "fods" => {
            "this kind of table is not read; save it as XLSX or CSV and send that"
        }
        "ppt" | "key" | "fodp" => {
            "this kind of presentation is not read; save it as PPTX or PDF and send that"
        }
        "doc" | "pages" | "wps" | "wpd" => {
            "this kind of document is not read; save it as DOCX or PDF and send that"
        }
        "msg" => {
            "Outlook's own messages are not read; save the message as EML, or its text, and send that"
        }
        "json" | "xml" | "yaml" | "yml" => {
            "data for programs is not read; export it as CSV or text and send that"
        }
        "gif" | "heic" | "heif" | "avif" | "svg" => {
            "this kind of picture is not read; save it as JPEG or PNG and send that"
        }
        "zip" | "7z" | "rar" | "gz" | "tar" => {
            "archives are not opened; unpack it and send the files in it"
        }
        "epub" | "mobi" => "books are not read in this format; save it as PDF and send that",
        "" => {
            "the file has no ending and no known type; give it the ending of its kind, such as .txt or .pdf, and send \
             it again"
        }
        _ => {
            "this kind of file is not known; send text, Markdown, HTML, CSV, mail, calendar files, PDF, DOCX, PPTX, \
             XLSX, ODT, ODS, ODP, RTF, pictures, sound or film"
        }
    }
}

/// The last part of a path, as old browsers send whole ones.
fn base_name(name: &str) -> Result<String, ApiError> {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let base: String = base.chars().filter(|c| !c.is_control()).collect();
    let base = base.trim();
    if base.is_empty() || base.chars().count() > MAX_NAME_CHARS {
        return Err(ApiError::field(
            "name",
            format!("must be a file name of 1 to {MAX_NAME_CHARS} characters"),
        ));
    }
    Ok(base.to_owned())
}

/// A media type that can stand in a header.
fn media_type(mime: &str) -> Result<String, ApiError> {
    let mime = mime.trim().to_ascii_lowercase();
    let (kind, rest) = mime.split_once('/').unwrap_or_default();
    let is_plain =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_graphic() || b == b' ');
    if !is_plain(kind) || !is_plain(rest) || mime.len() > MAX_MIME_CHARS {
        return Err(ApiError::field(
            "type",
            "must be a media type such as application/pdf",
        ));
    }
    Ok(mime)
}

/// A media type without its parameters.
fn essence(mime: &str) -> &str {
    mime.split(';').next().unwrap_or_default().trim()
}

/// Sound and film share containers, and nobody can tell kinds of text apart for certain.
fn is_same(one: Family, other: Family) -> bool {
    let class = |family| match family {
        Family::Text | Family::Document => 0,
        Family::Image => 1,
        Family::Audio | Family::Video => 2,
    };
    class(one) == class(other)
}

fn usual(kind: FileKind) -> UploadType {
    match kind.family() {
        Family::Text => UploadType::Text,
        Family::Document => UploadType::Document,
        Family::Image => UploadType::Image,
        Family::Audio => UploadType::Audio,
        Family::Video => UploadType::Video,
    }
}

fn fits(upload_type: UploadType, kind: FileKind) -> bool {
    let family = kind.family();
    match upload_type {
        UploadType::Text => family == Family::Text,
        UploadType::Document | UploadType::Notebook => kind.is_readable(),
        UploadType::Image => family == Family::Image,
        UploadType::Handwritten => family == Family::Image || kind == FileKind::Pdf,
        UploadType::Audio | UploadType::Video => matches!(family, Family::Audio | Family::Video),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upload_type(
        name: &str,
        mime: Option<&str>,
        wanted: Option<UploadType>,
    ) -> Option<UploadType> {
        declared(name, mime, wanted).ok().map(|it| it.upload_type)
    }

    #[test]
    fn contradictions_and_unknown_kinds_are_refused() {
        assert_eq!(upload_type("a.pdf", Some("audio/mpeg"), None), None);
        assert_eq!(upload_type("virus.exe", None, None), None);
        assert_eq!(
            upload_type("a", Some("application/octet-stream"), None),
            None
        );
        assert_eq!(upload_type("a.pdf", None, Some(UploadType::Audio)), None);
        assert_eq!(upload_type("a.mp3", None, Some(UploadType::Document)), None);
        assert_eq!(
            upload_type("a.docx", None, Some(UploadType::Handwritten)),
            None
        );
        assert_eq!(upload_type("a.pdf", Some("nonsense"), None), None);
        assert_eq!(
            upload_type("a.pdf", Some("application/pdf\r\nx: y"), None),
            None
        );
        for name in ["", " ", "folder/", "..\\", "\u{7}", &"x".repeat(256)] {
            assert_eq!(
                upload_type(name, Some("text/plain"), None),
                None,
                "{name:?}"
            );
        }
    }

    #[test]
    fn what_is_not_read_says_what_to_send_instead() {
        for (name, instead) in [
            ("plan.numbers", "XLSX"),
            ("plan.XLS", "XLSX"),
            ("old.doc", "DOCX"),
            ("slides.key", "PPTX"),
            ("board.json", "CSV"),
            ("photo.heic", "JPEG"),
            ("files.zip", "unpack"),
            ("mail.msg", "EML"),
            ("notes", "ending"),
            ("virus.exe", "DOCX"),
        ] {
            let Err(ApiError::UnsupportedMediaType(detail)) = declared(name, None, None) else {
                panic!("{name} is taken");
            };
            assert!(detail.contains(instead), "{name}: {detail}");
        }
    }

    #[test]
    fn either_name_or_type_is_enough() {
        assert_eq!(upload_type("a.PDF", None, None), Some(UploadType::Document));
        assert_eq!(
            upload_type("scan", Some("Application/PDF"), None),
            Some(UploadType::Document)
        );
        assert_eq!(
            upload_type("notes.md", Some("application/octet-stream"), None),
            Some(UploadType::Text)
        );
        assert_eq!(
            upload_type("a.csv", Some("application/vnd.ms-excel"), None),
            Some(UploadType::Text)
        );
        assert_eq!(
            upload_type("a.webm", Some("audio/webm"), Some(UploadType::Audio)),
            Some(UploadType::Audio)
        );
        assert_eq!(
            upload_type("a.pdf", None, Some(UploadType::Handwritten)),
            Some(UploadType::Handwritten)
        );
        assert_eq!(
            declared("C:\\mail\\a.txt", None, None).unwrap().name,
            "a.txt"
        );
    }
}
