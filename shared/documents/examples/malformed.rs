//! Reads thousands of broken files made from those of the corpus:
//! `cargo run -p sentry-documents --example malformed -- [COUNT] [SEED]`.
//!
//! The same count and seed make the same files. It ends with an error when our own code panics, when a document
//! breaks a promise, or when memory is not given back; panics of parser crates are counted, for `read` turns them
//! into refusals.

use sentry_documents::{
    Document, FileKind, Limits, media, page_pictures, pictures, read_owned, sniff,
};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

static OURS: AtomicUsize = AtomicUsize::new(0);
static THEIRS: AtomicUsize = AtomicUsize::new(0);

/// Within this a file is read or refused.
const PATIENCE: Duration = Duration::from_secs(30);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let count = arguments
        .next()
        .map_or(Ok(10_000), |text| text.parse::<usize>())?;
    let seed = arguments.next().map_or(Ok(1), |text| text.parse::<u64>())?;
    std::panic::set_hook(Box::new(|info| {
        let ours = info
            .location()
            .is_some_and(|place| place.file().contains("shared/documents"));
        if ours {
            eprintln!("{info}");
        }
        if ours { &OURS } else { &THEIRS }.fetch_add(1, Ordering::Relaxed);
    }));
    let files = corpus()?;
    let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    let (mut slowest, mut settled) = ((Duration::ZERO, String::new()), 0);
    for round in 0..count {
        let (name, kind, bytes) = &files[round % files.len()];
        let other = &files[chance.below(files.len())].2;
        let broken = if is_archive(*kind) && chance.below(2) == 0 {
            in_archive(bytes, &mut chance).unwrap_or_else(|| mutated(bytes, other, &mut chance))
        } else {
            mutated(bytes, other, &mut chance)
        };
        let started = Instant::now();
        let outcome = attempt(&broken, name, *kind);
        let took = started.elapsed();
        if took > slowest.0 {
            slowest = (took, format!("{name}, round {round}"));
        }
        *outcomes.entry(outcome?).or_insert(0) += 1;
        if round == count / 4 {
            settled = resident();
        }
    }
    for (outcome, times) in &outcomes {
        println!("{times:>7}  {outcome}");
    }
    let (ours, theirs) = (OURS.load(Ordering::Relaxed), THEIRS.load(Ordering::Relaxed));
    println!(
        "{count} files, {ours} panics of ours, {theirs} of parser crates, slowest {:.1} s ({})",
        slowest.0.as_secs_f64(),
        slowest.1
    );
    println!(
        "resident {} MB after a quarter, {} MB at the end",
        settled / 1_048_576,
        resident() / 1_048_576
    );
    if ours > 0 {
        return Err("our own code panicked".into());
    }
    if slowest.0 > PATIENCE {
        return Err("a file took too long".into());
    }
    if count >= 4_000 && resident() > settled + 150 * 1_048_576 {
        return Err("memory is not given back".into());
    }
    Ok(())
}

type Sample = (String, FileKind, Vec<u8>);

fn corpus() -> Result<Vec<Sample>, Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus");
    let mut files = Vec::new();
    for folder in ["documents", "media"] {
        let mut paths: Vec<_> = std::fs::read_dir(root.join(folder))?
            .flatten()
            .map(|entry| entry.path())
            .collect();
        paths.sort();
        for path in paths.into_iter().filter(|path| path.is_file()) {
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            let extension = name.rsplit_once('.').map_or("", |(_, end)| end);
            if let Some(kind) = FileKind::from_extension(extension) {
                files.push((name, kind, std::fs::read(&path)?));
            }
        }
    }
    Ok(files)
}

fn limits() -> Limits {
    let started = Instant::now();
    Limits {
        max_decompressed: 20_000_000,
        max_chars: 100_000,
        out_of_time: Some(Arc::new(move || started.elapsed() > PATIENCE / 2)),
        ..Limits::default()
    }
}

/// What becomes of a file, in a word; an error where a promise is broken.
fn attempt(bytes: &[u8], name: &str, kind: FileKind) -> Result<String, String> {
    let _ = sniff(bytes, name, None);
    if kind.is_readable() {
        let read = read_owned(bytes.to_vec(), kind, &limits());
        if kind == FileKind::Pdf
            && read
                .as_ref()
                .is_err_and(|error| error.code() == "no_text_layer")
        {
            let pages = std::panic::catch_unwind(|| {
                page_pictures(bytes.to_vec(), &[1, 2], &limits(), &mut |_| Ok(()))
            });
            return Ok(if matches!(pages, Ok(Ok(()))) {
                "a scan, shown"
            } else {
                "a scan, not shown"
            }
            .to_owned());
        }
        return match read {
            Ok(document) => sound(&document)
                .map(|()| "read".to_owned())
                .map_err(|wrong| format!("{name}: {wrong}")),
            Err(error) => Ok(error.code().to_owned()),
        };
    }
    if pictures::pixels(bytes, kind).is_some() {
        let shown = pictures::presentable(bytes.to_vec(), kind);
        return Ok(if shown.is_ok() {
            "a picture, shown"
        } else {
            "a picture, not shown"
        }
        .to_owned());
    }
    let mut total = 0;
    let cut = media::cut(&mut Cursor::new(bytes), kind, 20_000, &mut |piece| {
        total += piece.bytes.len();
        Ok(())
    });
    if total > bytes.len() * 8 + 1_000_000 {
        return Err(format!(
            "{name}: {total} bytes were cut from {}",
            bytes.len()
        ));
    }
    Ok(cut.map_or_else(
        |error| format!("a recording, {}", error.code()),
        |()| "a recording, cut".to_owned(),
    ))
}

fn sound(document: &Document) -> Result<(), &'static str> {
    let chars = document.text.chars().count();
    if chars > 100_000 {
        return Err("the text is longer than allowed");
    }
    let mut last = 0;
    for page in &document.pages {
        if page.start_char < last || page.end_char < page.start_char || page.end_char > chars {
            return Err("a page lies outside the text");
        }
        last = page.end_char;
    }
    let spans = document
        .attachments
        .iter()
        .filter_map(|attachment| attachment.span);
    let outside = spans
        .into_iter()
        .any(|(start, end)| document.slice(start, end).is_none());
    if outside {
        Err("an attachment lies outside the text")
    } else {
        Ok(())
    }
}

const fn is_archive(kind: FileKind) -> bool {
    matches!(
        kind,
        FileKind::Docx
            | FileKind::Pptx
            | FileKind::Xlsx
            | FileKind::Odt
            | FileKind::Ods
            | FileKind::Odp
    )
}

/// Breaks one part of an archive and packs it again, so that what is broken is the XML and not the packing.
fn in_archive(bytes: &[u8], chance: &mut Chance) -> Option<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let chosen = chance.below(archive.len().max(1));
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).ok()?;
        let mut body = Vec::new();
        part.read_to_end(&mut body).ok()?;
        if index == chosen {
            body = mutated(&body, &body.clone(), chance);
        }
        let name = part.name().ok()?.into_owned();
        writer
            .start_file(name, zip::write::SimpleFileOptions::default())
            .ok()?;
        writer.write_all(&body).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

/// Some changes: bits, bytes, numbers at their limits, passages cut out, doubled, or taken from another file.
fn mutated(bytes: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    const NASTY: [&[u8]; 12] = [
        b"\xff\xff\xff\xff",
        b"\0\0\0\0",
        b"\x7f\xff\xff\xff",
        b"-1",
        b"99999999999",
        b"<",
        b"]]>",
        b"endobj",
        b"/Length 999999999",
        b"\r\n\r\n",
        b"{\\",
        b"\xed\xa0\x80",
    ];
    let mut out = bytes.to_vec();
    for _ in 0..=chance.below(6) {
        if out.is_empty() {
            break;
        }
        let at = chance.below(out.len());
        let length = chance.below(64.min(out.len() - at) + 1);
        match chance.below(8) {
            0 => out[at] ^= 1 << chance.below(8),
            1 => out[at] = u8::try_from(chance.below(256)).unwrap_or(0),
            2 => {
                let nasty = NASTY[chance.below(NASTY.len())];
                let end = (at + nasty.len()).min(out.len());
                out.splice(at..end, nasty.iter().copied());
            }
            3 => drop(out.drain(at..at + length)),
            4 => {
                let passage = out[at..at + length].to_vec();
                let times = 1 + chance.below(50);
                let repeated = passage.repeat(times);
                out.splice(at..at, repeated);
            }
            5 if !other.is_empty() => {
                let from = chance.below(other.len());
                let to = (from + chance.below(512)).min(other.len());
                out.splice(at..at, other[from..to].iter().copied());
            }
            6 if chance.below(4) == 0 => out.truncate(at),
            _ => {
                let end = (at + length).min(out.len());
                out[at..end].reverse();
            }
        }
    }
    out
}

/// Numbers that look like chance and are the same every time (xorshift64*, Vigna 2016).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let value = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(value).unwrap_or(0) % bound.max(1)
    }
}

/// Bytes this process holds, where Linux tells.
fn resident() -> usize {
    let pages = std::fs::read_to_string("/proc/self/statm").ok();
    let second = pages.and_then(|text| text.split(' ').nth(1)?.parse::<usize>().ok());
    second.unwrap_or(0) * 4_096
}
