//! The work itself, wherever it runs.

use super::{Answer, PictureFile, PieceFile, Request, What};
use crate::kinds::Declared;
use sentry_documents::{
    Document, FileKind, Limits, ReadError, attached_files, media, page_pictures, pictures,
    read_owned,
};
use sentry_extraction::{Context, Extraction, extract};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Does what was asked for. Never fails: what cannot be done is an answer, too.
pub(super) fn perform(request: Request) -> Answer {
    let deadline = Instant::now() + Duration::from_secs(request.seconds);
    let done = match request.what {
        What::Read {
            path,
            declared,
            context,
        } => read(&path, &declared, &context, deadline)
            .map(|(document, found)| Answer::Read(Box::new(document), Box::new(found))),
        What::Extract { text, context } => {
            Ok(Answer::Extracted(Box::new(extract(&text, &context))))
        }
        What::Cut {
            path,
            kind,
            most_bytes,
            folder,
        } => cut(&path, kind, most_bytes, &folder).map(Answer::Cut),
        What::Pages {
            path,
            numbers,
            folder,
        } => load(&path)
            .and_then(|bytes| pages(bytes, &numbers, (&folder, "page"), deadline))
            .map(Answer::Pictures),
        What::Attached {
            path,
            wanted,
            folder,
        } => attached(&path, &wanted, &folder, deadline).map(Answer::Pictures),
        What::Picture { path, kind, folder } => load(&path)
            .and_then(|bytes| picture(bytes, kind, &folder, "picture"))
            .map(|file| Answer::Pictures(vec![file])),
    };
    done.unwrap_or_else(|error| Answer::Failed(error.code().to_owned(), error.to_string()))
}

fn limits(size: usize, deadline: Instant) -> Limits {
    Limits {
        // How large a file may be was decided when it was announced.
        max_bytes: size as u64,
        out_of_time: Some(Arc::new(move || Instant::now() >= deadline)),
        ..Limits::default()
    }
}

fn read(
    path: &Path,
    declared: &Declared,
    context: &Context,
    deadline: Instant,
) -> Result<(Document, Extraction), ReadError> {
    let bytes = load(path)?;
    let kind = declared.kind(&bytes)?;
    let limits = limits(bytes.len(), deadline);
    let document = read_owned(bytes, kind, &limits)?;
    if document.text.trim().is_empty() {
        return Err(if document.pages_without_text.is_empty() {
            ReadError::EmptyFile
        } else {
            ReadError::NoTextLayer
        });
    }
    let found = extract(&document.text, context);
    Ok((document, found))
}

fn cut(
    path: &Path,
    kind: FileKind,
    most_bytes: usize,
    folder: &Path,
) -> Result<Vec<PieceFile>, ReadError> {
    let mut source = File::open(path).map_err(|_| gone())?;
    let mut files = Vec::new();
    media::cut(&mut source, kind, most_bytes, &mut |piece| {
        let name = format!("piece-{:04}.{}", files.len() + 1, piece.extension);
        files.push(PieceFile {
            path: store(folder, &name, &piece.bytes)?,
            extension: piece.extension.to_owned(),
            start: piece.start,
            duration: piece.duration,
        });
        Ok(())
    })?;
    Ok(files)
}

/// Pages of a PDF as files of a folder whose names begin so.
fn pages(
    bytes: Vec<u8>,
    numbers: &[u32],
    (folder, name): (&Path, &str),
    deadline: Instant,
) -> Result<Vec<PictureFile>, ReadError> {
    let limits = limits(bytes.len(), deadline);
    let mut files = Vec::new();
    page_pictures(bytes, numbers, &limits, &mut |page| {
        files.push(PictureFile {
            path: store(folder, &format!("{name}-{:04}.png", page.number), &page.png)?,
            mime: FileKind::Png.mime().to_owned(),
            page: Some(page.number),
        });
        Ok(())
    })?;
    Ok(files)
}

/// Fewer pixels than this are a logo or a line between two paragraphs: 400 by 250.
const FEWEST_PIXELS: u64 = 100_000;

/// Pages of a scan in a mail that are shown.
const MOST_PAGES_ATTACHED: u32 = 5;

/// What of a mail's attachments can be shown; what cannot is left out.
fn attached(
    path: &Path,
    wanted: &[usize],
    folder: &Path,
    deadline: Instant,
) -> Result<Vec<PictureFile>, ReadError> {
    let bytes = load(path)?;
    let mut files = Vec::new();
    attached_files(&bytes, &mut |index, kind, file| {
        let (place, name) = (u32::try_from(index).ok(), format!("attachment-{index:03}"));
        if !wanted.contains(&index) {
            return Ok(());
        }
        if kind == FileKind::Pdf {
            let numbers: Vec<u32> = (1..=MOST_PAGES_ATTACHED).collect();
            let pages = pages(file.to_vec(), &numbers, (folder, &name), deadline);
            let placed = |page| PictureFile {
                page: place,
                ..page
            };
            files.extend(pages.into_iter().flatten().map(placed));
            return Ok(());
        }
        let large = |size: pictures::Pixels| size.count() >= FEWEST_PIXELS;
        if pictures::pixels(file, kind).is_some_and(large)
            && let Ok(file) = picture(file.to_vec(), kind, folder, &name)
        {
            files.push(PictureFile {
                page: place,
                ..file
            });
        }
        Ok(())
    })?;
    Ok(files)
}

fn picture(
    bytes: Vec<u8>,
    kind: FileKind,
    folder: &Path,
    name: &str,
) -> Result<PictureFile, ReadError> {
    let (mime, bytes) = if kind == FileKind::Tiff {
        // Models do not take it, but text recognition may: only its size is checked.
        pictures::check(&bytes, kind)?;
        (kind.mime(), bytes)
    } else {
        let shown = pictures::presentable(bytes, kind)?;
        (shown.mime, shown.bytes)
    };
    Ok(PictureFile {
        path: store(folder, name, &bytes)?,
        mime: mime.to_owned(),
        page: None,
    })
}

fn load(path: &Path) -> Result<Vec<u8>, ReadError> {
    fs::read(path).map_err(|_| gone())
}

fn store(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, ReadError> {
    let path = folder.join(name);
    fs::write(&path, bytes).map_err(|_| {
        ReadError::Unsupported(
            "The pieces of the file need more room than there is. Split it.".to_owned(),
        )
    })?;
    Ok(path)
}

fn gone() -> ReadError {
    ReadError::Unsupported("The file could not be opened; try again.".to_owned())
}
