//! What a file is, by its bytes, and whether that is what it claims to be.

mod magic;
mod zip_kind;

use crate::{Family, FileKind, ReadError, calendar, charset, subtitles};

/// Bytes at the beginning that decide.
const HEAD_BYTES: usize = 8_192;

/// Finds the kind of a file and refuses one whose bytes do not match its name or declared media type.
///
/// `application/octet-stream`, unknown types and unknown or missing extensions claim nothing.
pub fn sniff(
    bytes: &[u8],
    filename: &str,
    declared_mime: Option<&str>,
) -> Result<FileKind, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::EmptyFile);
    }
    let extension = filename
        .rsplit_once('.')
        .map(|(_, end)| end.to_ascii_lowercase())
        .unwrap_or_default();
    let mime = declared_mime.map(essence).unwrap_or_default();
    let named = FileKind::from_extension(&extension);
    let typed = FileKind::from_mime(&mime);
    let claims: Vec<FileKind> = [named, typed].into_iter().flatten().collect();
    let found = match magic::find(bytes)? {
        Some(found) => found,
        None if charset::is_text(bytes) => text_kind(bytes, named, typed),
        None => {
            return Err(match claims.first() {
                Some(claim) if claim.family() == Family::Text => wrong(*claim, "no text"),
                Some(claim) => ReadError::damaged(format!("it does not begin like {}", claim.name())),
                None => ReadError::Unsupported(
                    "The kind of the file is not known. Upload text, a PDF, an office document, a picture, sound or film."
                        .to_owned(),
                ),
            });
        }
    };
    legacy(&extension, &mime, found)?;
    for claim in claims {
        if !matches(claim, found) {
            return Err(wrong(claim, found.name()));
        }
    }
    Ok(settle(found, named, typed))
}

/// The media type without parameters, in small letters.
fn essence(mime: &str) -> String {
    mime.split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

fn wrong(claim: FileKind, found: &str) -> ReadError {
    ReadError::WrongType {
        declared: claim.name().to_owned(),
        found: found.to_owned(),
    }
}

/// Old office types whose bytes are something newer are named wrongly; Excel's type is what browsers on Windows
/// declare for CSV.
fn legacy(extension: &str, mime: &str, found: FileKind) -> Result<(), ReadError> {
    let is_old = matches!(extension, "doc" | "xls" | "ppt")
        || matches!(mime, "application/msword" | "application/vnd.ms-powerpoint");
    if is_old && found.family() != Family::Document {
        return Err(ReadError::WrongType {
            declared: format!(
                "a .{} file",
                if extension.is_empty() {
                    "doc"
                } else {
                    extension
                }
            ),
            found: found.name().to_owned(),
        });
    }
    Ok(())
}

/// True when a claim and a finding agree. Kinds of text cannot be told apart for certain, nor can the containers
/// that hold both sound and film.
fn matches(claim: FileKind, found: FileKind) -> bool {
    use FileKind::{M4a, Mkv, Mov, Mp4, WebmAudio, WebmVideo};
    claim == found
        || (claim.family() == Family::Text && found.family() == Family::Text)
        || (matches!(claim, M4a | Mp4 | Mov) && matches!(found, M4a | Mp4 | Mov))
        || (matches!(claim, WebmAudio | WebmVideo | Mkv)
            && matches!(found, WebmAudio | WebmVideo | Mkv))
}

/// Sound in a film container is a film unless it was declared as sound.
fn settle(found: FileKind, named: Option<FileKind>, typed: Option<FileKind>) -> FileKind {
    match (found, typed.or(named)) {
        (FileKind::Mp4, Some(FileKind::M4a)) => FileKind::M4a,
        (FileKind::Mp4, Some(FileKind::Mov)) => FileKind::Mov,
        _ => found,
    }
}

/// Which text a text is: by its name, then by its declared type, then by how it begins.
fn text_kind(bytes: &[u8], named: Option<FileKind>, typed: Option<FileKind>) -> FileKind {
    let is_text = |kind: &FileKind| kind.family() == Family::Text;
    let specific = |kind: &FileKind| is_text(kind) && *kind != FileKind::Text;
    if let Some(kind) = named.filter(specific).or(typed.filter(specific)) {
        return kind;
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD_BYTES)]).to_ascii_lowercase();
    let head = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if subtitles::begins(head) {
        FileKind::Subtitles
    } else if calendar::begins(head) {
        FileKind::Calendar
    } else if is_page(head) {
        FileKind::Html
    } else if named.or(typed).as_ref().is_some_and(is_text) {
        FileKind::Text
    } else if head.starts_with("<!doctype html") || head.starts_with("<html") {
        FileKind::Html
    } else if is_mail(head) {
        FileKind::Eml
    } else {
        FileKind::Text
    }
}

/// True when a text is a page, or a part of one that somebody pasted: it begins with a tag of a page, and tags are closed.
fn is_page(head: &str) -> bool {
    const FIRST: &str = "html a article b blockquote body div h1 h2 h3 h4 head meta ol p section span strong table ul center";
    const CLOSED: [&str; 7] = [
        "</p>", "</td>", "</li>", "</div>", "</h1>", "</h2>", "</h3>",
    ];
    const ENOUGH: usize = 3;
    let mut words = head.split(|c: char| !c.is_ascii_alphanumeric());
    let first = words
        .nth(1)
        .filter(|_| head.starts_with('<'))
        .unwrap_or_default();
    let closed: usize = CLOSED.iter().map(|tag| head.matches(tag).count()).sum();
    closed >= ENOUGH
        && (FIRST.split(' ').any(|tag| tag == first) || head.starts_with("<!doctype html"))
}

/// True when a text begins with the headers of a mail that travelled.
fn is_mail(head: &str) -> bool {
    let headers: Vec<&str> = head
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_once(": ").map(|(name, _)| name))
        .collect();
    let has = |name: &str| headers.contains(&name);
    has("from") && (has("message-id") || has("mime-version") || has("received"))
}
