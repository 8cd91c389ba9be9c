//! What is refused, with which code, and that nothing hostile gets further than that.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::{Cursor, Write};
use std::sync::Arc;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use sentry_documents::{Document, FileKind, Limits, ReadError, read, sniff};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", xml.as_bytes()),
    ])
}

fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    for (index, object) in objects.iter().enumerate() {
        out.extend(format!("{} 0 obj\n", index + 1).into_bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    out.extend(b"trailer << /Root 1 0 R >>\n%%EOF\n");
    out
}

/// A PDF of one page with these content bytes, as they are put into the file.
fn page_pdf(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut stream = format!("<< {dictionary} /Length {} >>\nstream\n", content.len()).into_bytes();
    stream.extend(content);
    stream.extend(b"\nendstream");
    pdf(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_vec(),
        stream,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
    ])
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn read_default(bytes: &[u8], kind: FileKind) -> Result<Document, ReadError> {
    read(bytes, kind, &Limits::default())
}

fn code(bytes: &[u8], kind: FileKind) -> &'static str {
    read_default(bytes, kind).map_or_else(|error| error.code(), |_| "read")
}

#[test]
fn files_that_hold_nothing() {
    for kind in FileKind::all().filter(|kind| kind.is_readable()) {
        assert_eq!(code(b"", kind), "empty_file", "{kind:?}");
    }
    assert_eq!(code(b" \n\t ", FileKind::Text), "empty_file");
    assert_eq!(
        code(b"<html><body> </body></html>", FileKind::Html),
        "empty_file"
    );
    assert_eq!(code(&docx("<w:p/>"), FileKind::Docx), "empty_file");
    assert_eq!(code(&page_pdf("", b" "), FileKind::Pdf), "empty_file");
}

#[test]
fn a_pdf_that_is_cut_in_half_is_not_called_empty() {
    let content = deflated(&b"BT /F1 12 Tf 72 720 Td (Call the plumber) Tj ET\n".repeat(40));
    let whole = page_pdf("/Filter /FlateDecode", &content);
    assert!(read_default(&whole, FileKind::Pdf).is_ok());
    let data = whole.windows(7).position(|window| window == b"stream\n");
    let cut = &whole[..data.unwrap() + 12];
    assert_eq!(code(cut, FileKind::Pdf), "damaged");
}

#[test]
fn files_that_are_not_what_they_should_be() {
    for kind in [
        FileKind::Pdf,
        FileKind::Docx,
        FileKind::Pptx,
        FileKind::Xlsx,
        FileKind::Odt,
        FileKind::Ods,
        FileKind::Odp,
    ] {
        assert_eq!(code(b"neither this nor that", kind), "damaged", "{kind:?}");
    }
    assert_eq!(code(b"%PDF-1.7\nnothing follows", FileKind::Pdf), "damaged");
    assert_eq!(
        code(
            &archive(&[("[Content_Types].xml", b"<Types/>")]),
            FileKind::Docx
        ),
        "damaged"
    );
    let cut = docx("<w:p><w:r><w:t>text</w:t></w:r></w:p>");
    assert_eq!(code(&cut[..cut.len() / 2], FileKind::Docx), "damaged");
    let open = archive(&[("word/document.xml", b"<w:document><w:body><w:p>")]);
    assert_eq!(code(&open, FileKind::Docx), "damaged");
    assert_eq!(code(b"\x89PNG", FileKind::Png), "unsupported");
}

#[test]
fn more_than_allowed() {
    let limits = Limits {
        max_bytes: 10,
        max_pages: 0,
        max_chars: 8,
        ..Limits::default()
    };
    let error = read(b"eleven bytes", FileKind::Text, &limits).unwrap_err();
    assert_eq!(
        error,
        ReadError::TooLarge {
            actual: 12,
            limit: 10
        }
    );
    let limits = Limits {
        max_bytes: 10_000,
        ..limits
    };
    let error = read(&page_pdf("", b"BT ET"), FileKind::Pdf, &limits).unwrap_err();
    assert_eq!(
        error,
        ReadError::TooManyPages {
            actual: 1,
            limit: 0
        }
    );
    let document = read("zwölf Boxkämpfer".as_bytes(), FileKind::Text, &limits).unwrap();
    assert_eq!(
        (document.text.as_str(), document.truncated),
        ("zwölf Bo", true)
    );
}

#[test]
fn a_million_characters_are_kept_and_the_rest_is_said_to_be_missing() {
    let text = "Ein Satz mit Wörtern. ".repeat(100_000);
    let document = read_default(text.as_bytes(), FileKind::Text).unwrap();
    assert_eq!(document.text.chars().count(), 1_000_000);
    assert!(document.truncated);
}

#[test]
fn archives_that_unpack_to_far_more_than_they_are() {
    let bomb = vec![b' '; 30_000_000];
    let file = archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", &bomb),
    ]);
    assert!(file.len() < 100_000);
    assert_eq!(code(&file, FileKind::Docx), "zip_bomb");
    // Parts that nobody opens cost nothing.
    let text = b"<w:document><w:p><w:r><w:t>text</w:t></w:r></w:p></w:document>";
    let file = archive(&[
        ("word/document.xml", text),
        ("word/media/image1.png", &bomb),
    ]);
    assert_eq!(read_default(&file, FileKind::Docx).unwrap().text, "text");
}

#[test]
fn pdf_streams_that_unpack_to_far_more_than_they_are() {
    let once = deflated(&vec![b' '; 300_000_000]);
    let file = page_pdf("/Filter /FlateDecode", &once);
    assert!(file.len() < 400_000);
    assert_eq!(code(&file, FileKind::Pdf), "zip_bomb");
    let twice = page_pdf("/Filter [/FlateDecode /FlateDecode]", &deflated(&once));
    assert_eq!(code(&twice, FileKind::Pdf), "zip_bomb");
    let often = page_pdf("/Filter [/Fl/Fl/Fl/Fl]", &deflated(&once));
    assert_eq!(code(&often, FileKind::Pdf), "zip_bomb");
}

#[test]
fn entities_are_not_expanded_and_nothing_outside_is_read() {
    let laughs =
        br#"<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">
        <!ENTITY c SYSTEM "file:///etc/passwd">]>
        <w:document><w:p><w:r><w:t>x&b;&c;y &amp; &#65;</w:t></w:r></w:p></w:document>"#;
    let file = archive(&[("word/document.xml", laughs)]);
    assert_eq!(read_default(&file, FileKind::Docx).unwrap().text, "xy & A");
}

#[test]
fn nesting_without_end_ends() {
    let deep = 100_000;
    let tables = "<w:tbl><w:tr><w:tc>".repeat(deep) + &"</w:tc></w:tr></w:tbl>".repeat(deep);
    assert_eq!(code(&docx(&tables), FileKind::Docx), "too_deep");
    let html = format!(
        "{}deep words{}",
        "<div>".repeat(deep),
        "</div>".repeat(deep)
    );
    assert_eq!(
        read_default(html.as_bytes(), FileKind::Html).unwrap().text,
        "deep words"
    );
    let lists = format!("{}deep item", "<ul><li>".repeat(deep));
    assert!(
        read_default(lists.as_bytes(), FileKind::Html)
            .unwrap()
            .text
            .ends_with("- deep item")
    );
    let tables = format!("{}deep cell", "<table><tr><td>".repeat(deep));
    assert_eq!(
        read_default(tables.as_bytes(), FileKind::Html)
            .unwrap()
            .text,
        "deep cell"
    );
    let groups = format!("{{\\rtf1 {}", "{".repeat(deep));
    assert_eq!(code(groups.as_bytes(), FileKind::Rtf), "too_deep");
    let arrays = pdf(&[["<< /Type /Catalog /Pages ", &"[".repeat(deep), " >>"]
        .concat()
        .into_bytes()]);
    assert_eq!(code(&arrays, FileKind::Pdf), "damaged");
    let operands = page_pdf("", "[".repeat(deep).as_bytes());
    assert_eq!(code(&operands, FileKind::Pdf), "empty_file");
    let quotes = format!("{} deep quote", ">".repeat(deep));
    assert!(
        read_default(quotes.as_bytes(), FileKind::Markdown)
            .unwrap()
            .text
            .ends_with("deep quote")
    );
    assert!(
        read_default(quotes.as_bytes(), FileKind::Text)
            .unwrap()
            .text
            .ends_with("deep quote")
    );
}

#[test]
fn mails_in_mails_end() {
    let mut mail = b"From: a@example.org\r\nSubject: innermost\r\n\r\nwords\r\n".to_vec();
    for level in 0..40 {
        let mut outer = format!(
            "From: a@example.org\r\nSubject: {level}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; \
             boundary=\"b{level}\"\r\n\r\n--b{level}\r\nContent-Type: message/rfc822\r\n\r\n"
        )
        .into_bytes();
        outer.extend(mail);
        outer.extend(format!("\r\n--b{level}--\r\n").into_bytes());
        mail = outer;
    }
    let document = read_default(&mail, FileKind::Eml).unwrap();
    assert!(document.text.contains("Subject: 39") && !document.text.contains("innermost"));
}

#[test]
fn the_time_can_run_out() {
    let limits = Limits {
        out_of_time: Some(Arc::new(|| true)),
        ..Limits::default()
    };
    for (kind, bytes) in [
        (FileKind::Text, b"words".to_vec()),
        (FileKind::Markdown, b"words".to_vec()),
        (FileKind::Html, b"<p>words".to_vec()),
        (FileKind::Csv, b"a,b".to_vec()),
        (FileKind::Pdf, page_pdf("", b"BT ET")),
        (FileKind::Docx, docx("<w:p/>")),
    ] {
        assert_eq!(
            read(&bytes, kind, &limits),
            Err(ReadError::TimedOut),
            "{kind:?}"
        );
    }
}

#[test]
fn encrypted_files_say_so() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/corpus/documents/");
    let bytes = std::fs::read(format!("{folder}encrypted.pdf")).unwrap();
    assert_eq!(code(&bytes, FileKind::Pdf), "encrypted");
    // Word puts a document with a password into an old compound file.
    let mut compound = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    compound.extend([0; 600]);
    let plain = sniff(&compound, "minutes.docx", None).unwrap_err();
    assert_eq!(plain.code(), "unsupported");
    compound.extend("EncryptedPackage".bytes().flat_map(|byte| [byte, 0]));
    assert_eq!(
        sniff(&compound, "minutes.docx", None),
        Err(ReadError::Encrypted)
    );
    let manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
    let odt = archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", manifest),
    ]);
    assert_eq!(code(&odt, FileKind::Odt), "encrypted");
}

#[test]
fn every_refusal_is_a_sentence_with_a_code_of_its_own() {
    let all = [
        ReadError::EmptyFile,
        ReadError::Encrypted,
        ReadError::Damaged("it ends early".to_owned()),
        ReadError::WrongType {
            declared: "a PDF".to_owned(),
            found: "a PNG picture".to_owned(),
        },
        ReadError::TooLarge {
            actual: 2,
            limit: 1,
        },
        ReadError::TooManyPages {
            actual: 2,
            limit: 1,
        },
        ReadError::ZipBomb,
        ReadError::TooDeep,
        ReadError::NoTextLayer,
        ReadError::Unsupported("HEIC pictures are not read.".to_owned()),
        ReadError::TimedOut,
    ];
    let codes: std::collections::HashSet<_> = all.iter().map(ReadError::code).collect();
    assert_eq!(codes.len(), all.len());
    for error in all {
        assert!(error.to_string().ends_with('.'), "{error}");
        assert!(
            error
                .code()
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        );
    }
}
