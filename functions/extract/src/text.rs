//! A file as text, whatever it was: what the engines work on.

use crate::Extract;
use crate::failure::{Failure, Stop};
use crate::fetch::{Fetched, fetch, peek};
use crate::isolated::{Answer, What, run};
use crate::kinds::Declared;
use crate::listen::{self, Spoken};
use crate::look::{self, Seen};
use crate::{CUT_SECONDS, PARSE_SECONDS};
use sentry_ai::Usage;
use sentry_db::uploads::Claimed;
use sentry_documents::{Attachment, Document, Family, FileKind, Page};
use sentry_extraction::{Context, Extraction};

/// Pages without a text layer that are looked at; a longer scan is cut.
pub(crate) const MOST_PAGES_SEEN: u32 = 20;

/// Attachments of a mail that are looked at.
const MOST_ATTACHED: usize = 8;

/// A file as text with what is known about it.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) document: Document,
    /// What the built-in engine finds in it.
    pub(crate) found: Extraction,
    pub(crate) sha256: Vec<u8>,
    /// Where in the recording each passage was said.
    pub(crate) spoken: Option<Spoken>,
    /// How well the writing could be read, 0 to 1; nothing where it was text to begin with.
    pub(crate) legible: Option<f64>,
    /// What looked or listened: `vision:<model>`, `tesseract`, `transcription:<model>`.
    pub(crate) by: Option<String>,
    /// What that cost.
    pub(crate) usage: Usage,
}

impl Text {
    fn new(document: Document, found: Extraction, sha256: Vec<u8>) -> Self {
        Self {
            document,
            found,
            sha256,
            spoken: None,
            legible: None,
            by: None,
            usage: Usage::default(),
        }
    }
}

/// Gets a file and makes text of it.
pub(crate) async fn text(
    worker: &Extract,
    claimed: &Claimed,
    context: &Context,
) -> Result<Text, Stop> {
    let now = worker.context.clock.now();
    // What nothing here can read fails after its first bytes, whatever its size.
    if let Some(kind) = peek(&worker.storage, claimed, now).await? {
        match kind.family() {
            Family::Image if !worker.can_look().await => return Err(Failure::no_ocr().into()),
            Family::Audio | Family::Video if worker.ai.transcription.is_none() => {
                return Err(Failure::no_transcription().into());
            }
            _ => {}
        }
        let fetched = fetch(&worker.storage, claimed, now).await?;
        let kind = fetched.media_kind(&Declared::of(claimed))?;
        return match kind.family() {
            Family::Image => picture(worker, claimed, context, fetched, kind).await,
            _ => recording(worker, context, fetched, kind).await,
        };
    }
    let fetched = fetch(&worker.storage, claimed, now).await?;
    let what = What::Read {
        path: fetched.path(),
        declared: Declared::of(claimed),
        context: context.clone(),
    };
    match run(what, PARSE_SECONDS).await {
        Ok(Answer::Read(document, found)) => {
            let text = Text::new(*document, *found, fetched.sha256.clone());
            let text = attachments(worker, claimed, context, &fetched, text).await?;
            if text.document.pages_without_text.is_empty() {
                return Ok(text);
            }
            gaps(worker, claimed, context, &fetched, text).await
        }
        Ok(_) => Err(Failure::stumbled().into()),
        // A PDF that only shows pictures is what text recognition is for.
        Err(failure) if failure.code == "no_text_layer" => {
            scan(worker, claimed, context, fetched).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn found(text: &str, context: &Context) -> Result<Extraction, Failure> {
    let what = What::Extract {
        text: text.to_owned(),
        context: context.clone(),
    };
    match run(what, PARSE_SECONDS).await? {
        Answer::Extracted(found) => Ok(*found),
        _ => Err(Failure::stumbled()),
    }
}

async fn picture(
    worker: &Extract,
    claimed: &Claimed,
    context: &Context,
    fetched: Fetched,
    kind: FileKind,
) -> Result<Text, Stop> {
    let what = What::Picture {
        path: fetched.path(),
        kind,
        folder: fetched.folder().to_owned(),
    };
    let Answer::Pictures(files) = run(what, PARSE_SECONDS).await? else {
        return Err(Failure::stumbled().into());
    };
    let seen = look::look(worker, claimed, &files).await?;
    recognised(context, kind, seen, fetched.sha256).await
}

async fn scan(
    worker: &Extract,
    claimed: &Claimed,
    context: &Context,
    fetched: Fetched,
) -> Result<Text, Stop> {
    if !worker.can_look().await {
        return Err(Failure::no_ocr().into());
    }
    let numbers: Vec<u32> = (1..=MOST_PAGES_SEEN).collect();
    let seen = pages(worker, claimed, &fetched, numbers).await?;
    recognised(context, FileKind::Pdf, seen, fetched.sha256).await
}

async fn pages(
    worker: &Extract,
    claimed: &Claimed,
    fetched: &Fetched,
    numbers: Vec<u32>,
) -> Result<Seen, Stop> {
    let what = What::Pages {
        path: fetched.path(),
        numbers,
        folder: fetched.folder().to_owned(),
    };
    let Answer::Pictures(files) = run(what, PARSE_SECONDS).await? else {
        return Err(Failure::stumbled().into());
    };
    look::look(worker, claimed, &files).await
}

/// What was recognised on pages or in a picture, as a document.
async fn recognised(
    context: &Context,
    kind: FileKind,
    seen: Seen,
    sha256: Vec<u8>,
) -> Result<Text, Stop> {
    let mut document = empty(kind);
    for page in &seen.pages {
        add_page(&mut document, page.number, &page.text);
    }
    if document.text.trim().is_empty() {
        return Err(Failure::nothing_written().into());
    }
    let found = found(&document.text, context).await?;
    Ok(Text {
        legible: Some(seen.legible()),
        by: Some(seen.by),
        usage: seen.usage,
        ..Text::new(document, found, sha256)
    })
}

/// Of a document with text, the pages that are pictures only. Where nothing can look, they stay named as missing.
async fn gaps(
    worker: &Extract,
    claimed: &Claimed,
    context: &Context,
    fetched: &Fetched,
    text: Text,
) -> Result<Text, Stop> {
    if !worker.can_look().await {
        return Ok(text);
    }
    let wanted = text
        .document
        .pages_without_text
        .iter()
        .copied()
        .take(MOST_PAGES_SEEN as usize);
    let Ok(seen) = pages(worker, claimed, fetched, wanted.collect()).await else {
        return Ok(text);
    };
    let old = &text.document;
    let mut document = Document {
        text: String::new(),
        pages: Vec::new(),
        ..old.clone()
    };
    for page in &old.pages {
        let new = seen.pages.iter().find(|seen| seen.number == page.number);
        let body = new.map_or_else(
            || {
                old.slice(page.start_char, page.end_char)
                    .unwrap_or_default()
            },
            |new| &new.text,
        );
        add_page(&mut document, page.number, body);
    }
    document
        .pages_without_text
        .retain(|number| seen.pages.iter().all(|page| page.number != *number));
    let found = found(&document.text, context).await?;
    Ok(Text {
        document,
        found,
        by: Some(seen.by.clone()),
        usage: seen.usage,
        ..text
    })
}

/// Of a mail, what it brings along that must be looked at: pictures, and PDFs that show pictures only.
async fn attachments(
    worker: &Extract,
    claimed: &Claimed,
    context: &Context,
    fetched: &Fetched,
    mut text: Text,
) -> Result<Text, Stop> {
    let wanted: Vec<usize> = unread(&text.document).take(MOST_ATTACHED).collect();
    if wanted.is_empty() {
        return Ok(text);
    }
    let what = What::Attached {
        path: fetched.path(),
        wanted: wanted.clone(),
        folder: fetched.folder().to_owned(),
    };
    let Answer::Pictures(files) = run(what, PARSE_SECONDS).await? else {
        return Err(Failure::stumbled().into());
    };
    if files.is_empty() {
        return Ok(text);
    }
    let document = &mut text.document;
    let seen = match look::look(worker, claimed, &files).await {
        Ok(seen) => seen,
        Err(Stop::Failed(failure)) => {
            for file in &files {
                let attachment = file.page.and_then(|place| attachment(document, place));
                if let Some(attachment) = attachment {
                    attachment.failure = Some((failure.code.to_string(), failure.detail.clone()));
                }
            }
            return Ok(text);
        }
        Err(stop) => return Err(stop),
    };
    for page in &seen.pages {
        let start_char = document.text.chars().count();
        let Some(attachment) = attachment(document, page.number) else {
            continue;
        };
        if page.text.trim().is_empty() {
            continue;
        }
        attachment.failure = None;
        let (heading, from) = match attachment.span {
            Some((from, _)) => (String::new(), from),
            None => (
                format!("# Attachment: {}\n\n", attachment.name),
                start_char + 2,
            ),
        };
        let added = format!("\n\n{heading}{}", page.text.trim());
        attachment.span = Some((from, start_char + added.chars().count()));
        document.text.push_str(&added);
    }
    let found = found(&text.document.text, context).await?;
    Ok(Text {
        found,
        by: Some(seen.by),
        usage: seen.usage,
        ..text
    })
}

/// Places of attachments that nobody has looked at yet.
fn unread(document: &Document) -> impl Iterator<Item = usize> {
    let shown = |attachment: &Attachment| {
        let picture = attachment.kind.map(FileKind::family) == Some(Family::Image);
        let scan = matches!(&attachment.failure, Some((code, _)) if code == "no_text_layer");
        attachment.span.is_none() && (picture && attachment.failure.is_none() || scan)
    };
    let attachments = document.attachments.iter().enumerate();
    attachments
        .filter(move |(_, it)| shown(it))
        .map(|(place, _)| place)
}

fn attachment(document: &mut Document, place: u32) -> Option<&mut Attachment> {
    document.attachments.get_mut(usize::try_from(place).ok()?)
}

async fn recording(
    worker: &Extract,
    context: &Context,
    fetched: Fetched,
    kind: FileKind,
) -> Result<Text, Stop> {
    let what = What::Cut {
        path: fetched.path(),
        kind,
        most_bytes: listen::MOST_BYTES,
        folder: fetched.folder().to_owned(),
    };
    let Answer::Cut(pieces) = run(what, CUT_SECONDS).await? else {
        return Err(Failure::stumbled().into());
    };
    let heard = listen::listen(worker, &pieces).await?;
    let mut document = empty(kind);
    document.text.clone_from(&heard.spoken.text);
    if document.text.trim().is_empty() {
        return Err(Failure::nothing_said().into());
    }
    let found = found(&document.text, context).await?;
    Ok(Text {
        legible: heard.spoken.confidence(),
        spoken: Some(heard.spoken),
        by: Some(heard.by),
        usage: heard.usage,
        ..Text::new(document, found, fetched.sha256)
    })
}

const fn empty(kind: FileKind) -> Document {
    Document {
        kind,
        text: String::new(),
        pages: Vec::new(),
        title: None,
        mail: None,
        attachments: Vec::new(),
        truncated: false,
        hidden: Vec::new(),
        running: Vec::new(),
        pages_without_text: Vec::new(),
    }
}

/// Appends a page, parted from the one before by a blank line.
fn add_page(document: &mut Document, number: u32, text: &str) {
    if !document.text.is_empty() {
        document.text.push_str("\n\n");
    }
    let start_char = document.text.chars().count();
    document.text.push_str(text.trim());
    let end_char = document.text.chars().count();
    document.pages.push(Page {
        number,
        name: None,
        start_char,
        end_char,
    });
}
