//! One file, one process: what a hostile or a very large file may cost, and that nothing else pays for it.
#![expect(clippy::unwrap_used, reason = "a test ends where its premise does")]

use serde_json::{Value, json};
use std::io::{Cursor, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What the worker may take together with the process for one file, of which some 40 MB are its own.
const MOST_BYTES: u64 = (256 - 40) * 1024 * 1024;

/// How a process for one file ended.
struct Ended {
    answer: Value,
    signal: Option<i32>,
    peak_bytes: u64,
}

fn work(what: &Value, seconds: u64) -> Ended {
    let mut child = Command::new(env!("CARGO_BIN_EXE_extract"))
        .arg("work-on-one-file")
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let request = json!({"what": what, "seconds": seconds});
    child
        .stdin
        .take()
        .unwrap()
        .write_all(request.to_string().as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    let reply: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    Ended {
        peak_bytes: reply["peak_bytes"].as_u64().unwrap_or_default(),
        answer: reply["answer"].clone(),
        signal: output.status.signal(),
    }
}

fn read(folder: &TempDir, name: &str, bytes: &[u8], seconds: u64) -> Ended {
    let path = folder.path().join("file");
    std::fs::write(&path, bytes).unwrap();
    let what = json!({"Read": {
        "path": path,
        "declared": {"name": name, "mime": "application/octet-stream", "upload_type": "document"},
        "context": {"now": "2026-03-02T09:00:00Z", "zone": "UTC", "locale": null, "reader": null, "sender": null}
    }});
    work(&what, seconds)
}

fn code(ended: &Ended) -> &str {
    ended.answer["Failed"][0].as_str().unwrap_or("")
}

fn corpus(name: &str) -> Vec<u8> {
    std::fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../tests/corpus/documents")
            .join(name),
    )
    .unwrap()
}

/// Words that no compressor shrinks to a hundredth, `length` bytes of them, in paragraphs.
fn words(length: usize, open: &str, close: &str) -> String {
    let mut text = String::with_capacity(length + 64);
    let mut state = 88_172_645_463_325_252_u64;
    while text.len() < length {
        text.push_str(open);
        for _ in 0..12 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            for letter in 0..(3 + state % 7) {
                text.push(char::from(b'a' + (state >> (letter * 5) & 15) as u8));
            }
            text.push(' ');
        }
        text.push_str(close);
    }
    text
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, body) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(body.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;

fn docx(body: &str) -> Vec<u8> {
    let document = format!(
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#
    );
    archive(&[
        ("[Content_Types].xml", TYPES),
        ("word/document.xml", &document),
    ])
}

#[test]
fn a_document_is_read_with_its_items() {
    let folder = TempDir::new().unwrap();
    let pdf = std::fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/meeting-minutes.pdf"),
    )
    .unwrap();
    let ended = read(&folder, "minutes.pdf", &pdf, 60);
    let [document, found] = ended.answer["Read"].as_array().unwrap().as_slice() else {
        panic!("{}", ended.answer)
    };
    assert_eq!(document["kind"], "pdf");
    assert!(!found["items"].as_array().unwrap().is_empty());
    assert!(ended.peak_bytes > 0 && ended.peak_bytes < MOST_BYTES);
}

#[test]
fn what_cannot_be_read_says_why_and_ends_well() {
    let folder = TempDir::new().unwrap();
    for (name, bytes, wanted) in [
        ("a.pdf", corpus("encrypted.pdf"), "encrypted"),
        ("a.docx", corpus("garbage.docx"), "damaged"),
        ("a.docx", corpus("really-a-pdf.docx"), "wrong_type"),
        ("a.pdf", corpus("scan.pdf"), "no_text_layer"),
        ("a.txt", Vec::new(), "empty_file"),
        ("a.txt", b" \n\t ".to_vec(), "empty_file"),
    ] {
        let ended = read(&folder, name, &bytes, 60);
        assert_eq!(
            (code(&ended), ended.signal),
            (wanted, None),
            "{name}: {}",
            ended.answer
        );
    }
    let ended = read(&folder, "minutes.docx", &corpus("pandoc.docx"), 0);
    assert_eq!(code(&ended), "timed_out");
}

#[test]
fn the_largest_texts_fit_into_the_memory_of_the_worker() {
    let folder = TempDir::new().unwrap();
    let (limit, mut failed) = (49_900_000, Vec::new());
    for (name, bytes) in [
        ("long.txt", words(limit, "", "\n\n")),
        ("long.md", words(limit, "- ", "\n")),
        ("long.html", words(limit, "<p>", "</p>\n")),
        ("long.csv", words(limit, "a,", ",b\n")),
        (
            "long.rtf",
            format!("{{\\rtf1\\ansi {}}}", words(limit - 20, "", "\\par\n")),
        ),
        (
            "long.eml",
            format!(
                "From: a@b.example\nTo: c@d.example\nSubject: x\n\n{}",
                words(limit - 100, "", "\n")
            ),
        ),
    ] {
        failed.extend(bounded(name, &read(&folder, name, bytes.as_bytes(), 60)));
    }
    assert!(failed.is_empty(), "{failed:?}");
}

#[test]
fn the_largest_archives_fit_into_the_memory_of_the_worker() {
    let folder = TempDir::new().unwrap();
    let paragraphs = words(115_000_000, "<w:p><w:r><w:t>", "</w:t></w:r></w:p>");
    let file = docx(&paragraphs);
    assert!(
        file.len() < 50_000_000 && file.len() > 1_500_000,
        "{}",
        file.len()
    );
    let mut failed = Vec::from_iter(bounded("docx", &read(&folder, "large.docx", &file, 60)));
    drop((paragraphs, file));
    let cells = words(
        120_000_000,
        r#"<row><c t="inlineStr"><is><t>"#,
        "</t></is></c></row>",
    );
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>"#
    );
    let book = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let file = archive(&[
        ("[Content_Types].xml", TYPES),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/worksheets/sheet1.xml", &sheet),
    ]);
    failed.extend(bounded("xlsx", &read(&folder, "large.xlsx", &file, 60)));
    assert!(failed.is_empty(), "{failed:?}");
}

/// What is wrong unless the file was read, or refused with a reason, within memory.
fn bounded(name: &str, ended: &Ended) -> Option<String> {
    let megabytes = ended.peak_bytes / 1_048_576;
    eprintln!(
        "{name}: {megabytes} MB, signal {:?}, {}",
        ended.signal,
        code(ended)
    );
    if ended.signal.is_some() {
        return Some(format!("{name} was killed"));
    }
    let within = ended.peak_bytes > 0 && ended.peak_bytes < MOST_BYTES;
    (!within).then(|| format!("{name} took {megabytes} MB"))
}

#[test]
fn hostile_files_are_refused_within_bounds() {
    let folder = TempDir::new().unwrap();
    let mut failed = Vec::new();
    let bomb = docx(&"<w:p><w:r><w:t>aaaaaaaaaaaaaaaa</w:t></w:r></w:p>".repeat(2_000_000));
    let deep = docx(&format!(
        "{}{}",
        "<w:p>".repeat(200_000),
        "</w:p>".repeat(200_000)
    ));
    let nested_html = format!(
        "{}x{}",
        "<div><ul><li><table><tr><td>".repeat(60_000),
        "</td></tr></table></li></ul></div>".repeat(60_000)
    );
    let entities = archive(&[
        ("[Content_Types].xml", TYPES),
        (
            "word/document.xml",
            r#"<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document xmlns:w="x"><w:body><w:p><w:r><w:t>&b;&b;</w:t></w:r></w:p></w:body></w:document>"#,
        ),
    ]);
    let brackets = "[".repeat(5_000_000);
    let groups = format!("{{\\rtf1 {}", "{\\b ".repeat(3_000_000));
    let mails = (0..400).fold(String::from("x"), |inner, n| {
        format!("From: a@b.example\nMIME-Version: 1.0\nContent-Type: message/rfc822\nSubject: {n}\n\n{inner}")
    });
    let rows = format!(
        "<table>{}</table>",
        "<tr><td colspan=99999 rowspan=99999>x".repeat(100_000)
    );
    for (name, bytes) in [
        ("bomb.docx", bomb.as_slice()),
        ("deep.docx", &deep),
        ("entities.docx", &entities),
        ("nested.html", nested_html.as_bytes()),
        ("brackets.md", brackets.as_bytes()),
        ("groups.rtf", groups.as_bytes()),
        ("mails.eml", mails.as_bytes()),
        ("rows.html", rows.as_bytes()),
    ] {
        failed.extend(bounded(name, &read(&folder, name, bytes, 60)));
    }
    assert!(failed.is_empty(), "{failed:?}");
}

#[test]
fn recordings_are_cut_within_the_memory_of_one_piece() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("file");
    // Ten minutes of 48 kHz stereo with 16 bits: 115 MB.
    let mut wav = b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\x02\0\x80\xbb\0\0\0\xee\x02\0\x04\0\x10\0data\xff\xff\xff\xff".to_vec();
    wav.resize(wav.len() + 96_000_000, 1);
    std::fs::write(&path, &wav).unwrap();
    let what = json!({"Cut": {"path": path, "kind": "wav", "most_bytes": 24_000_000, "folder": folder.path()}});
    let ended = work(&what, 60);
    let pieces = ended.answer["Cut"].as_array().unwrap();
    assert_eq!(pieces.len(), 5, "{}", ended.answer);
    assert!(pieces.iter().all(|piece| {
        std::fs::metadata(piece["path"].as_str().unwrap())
            .unwrap()
            .len()
            <= 24_000_000
    }));
    assert_eq!(bounded("wav", &ended), None);
}
