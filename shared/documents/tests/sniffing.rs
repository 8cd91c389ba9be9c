//! Content against name and declared type.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use sentry_documents::{Family, FileKind, sniff};

fn found(bytes: &[u8], name: &str, mime: Option<&str>) -> Result<FileKind, &'static str> {
    sniff(bytes, name, mime).map_err(|error| error.code())
}

fn corpus(name: &str) -> Vec<u8> {
    std::fs::read(format!(
        "{}/../../tests/corpus/documents/{name}",
        env!("CARGO_MANIFEST_DIR")
    ))
    .unwrap()
}

#[test]
fn every_kind_is_in_the_table_once_and_knows_its_way() {
    let kinds: Vec<FileKind> = FileKind::all().collect();
    assert_eq!(kinds.len(), 30);
    for kind in kinds {
        assert!(kind.mime().contains('/') && !kind.extension().is_empty());
        assert_eq!(
            kind.is_readable(),
            matches!(kind.family(), Family::Text | Family::Document)
        );
    }
}

#[test]
fn office_files_are_told_apart_without_a_name() {
    for (name, kind) in [
        ("python-docx.docx", FileKind::Docx),
        ("python-pptx.pptx", FileKind::Pptx),
        ("openpyxl.xlsx", FileKind::Xlsx),
        ("pandoc.odt", FileKind::Odt),
        ("libreoffice.ods", FileKind::Ods),
        ("libreoffice.odp", FileKind::Odp),
        ("pandoc.rtf", FileKind::Rtf),
        ("reportlab-agenda.pdf", FileKind::Pdf),
        ("page.html", FileKind::Html),
        ("attachments.eml", FileKind::Eml),
        ("calendar.ics", FileKind::Calendar),
        ("wrapped.txt", FileKind::Text),
        ("utf16.txt", FileKind::Text),
    ] {
        let bytes = corpus(name);
        assert_eq!(found(&bytes, "upload", None), Ok(kind), "{name}");
        assert_eq!(
            found(&bytes, "upload", Some("application/octet-stream")),
            Ok(kind),
            "{name}"
        );
        assert_eq!(found(&bytes, name, Some(kind.mime())), Ok(kind), "{name}");
    }
}

#[test]
fn sound_film_and_pictures_are_known_by_their_first_bytes() {
    let mp3 = [
        &[0xff, 0xfb, 0x90, 0x00][..],
        &[0; 413],
        &[0xff, 0xfb, 0x90, 0x00],
        &[0; 50],
    ]
    .concat();
    let webm = |track: &[u8]| [&[0x1a, 0x45, 0xdf, 0xa3][..], b"....webm....", track].concat();
    let cases: Vec<(Vec<u8>, &str, FileKind)> = vec![
        (b"\x89PNG\r\n\x1a\n....".to_vec(), "a.png", FileKind::Png),
        (b"\xff\xd8\xff\xe0....".to_vec(), "a.jpeg", FileKind::Jpeg),
        (b"RIFF....WEBPVP8 ".to_vec(), "a.webp", FileKind::Webp),
        (b"II*\0....".to_vec(), "a.tif", FileKind::Tiff),
        (b"BM....\0\0\0\0....".to_vec(), "a.bmp", FileKind::Bmp),
        (b"ID3\x04....".to_vec(), "a.mp3", FileKind::Mp3),
        (mp3, "a.mp3", FileKind::Mp3),
        (b"RIFF....WAVEfmt ".to_vec(), "a.wav", FileKind::Wav),
        (b"OggS....".to_vec(), "a.ogg", FileKind::Ogg),
        (b"fLaC....".to_vec(), "a.flac", FileKind::Flac),
        (b"\0\0\0\x20ftypM4A ....".to_vec(), "a.m4a", FileKind::M4a),
        (b"\0\0\0\x20ftypisom....".to_vec(), "a.mp4", FileKind::Mp4),
        (
            b"\0\0\0\x20ftypisom....".to_vec(),
            "voice.m4a",
            FileKind::M4a,
        ),
        (b"\0\0\0\x20ftypqt  ....".to_vec(), "a.mov", FileKind::Mov),
        (webm(b"V_VP9 A_OPUS"), "a.webm", FileKind::WebmVideo),
        (webm(b"A_OPUS"), "a.webm", FileKind::WebmAudio),
        (
            b"\x1a\x45\xdf\xa3....matroska".to_vec(),
            "a.mkv",
            FileKind::Mkv,
        ),
    ];
    for (bytes, name, kind) in cases {
        assert_eq!(found(&bytes, name, None), Ok(kind), "{name}");
        assert_eq!(
            found(&bytes, "a.pdf", None),
            Err("wrong_type"),
            "{name} as PDF"
        );
        assert_eq!(
            found(&bytes, "a.txt", Some("text/plain")),
            Err("wrong_type"),
            "{name} as text"
        );
    }
}

#[test]
fn content_that_contradicts_its_name_or_type_is_refused() {
    let pdf = corpus("reportlab-agenda.pdf");
    assert_eq!(found(&pdf, "a.docx", None), Err("wrong_type"));
    assert_eq!(found(&pdf, "a.pdf", Some("image/png")), Err("wrong_type"));
    assert_eq!(
        found(b"just words", "a.pdf", Some("application/pdf")),
        Err("wrong_type")
    );
    assert_eq!(found(b"just words", "a.mp3", None), Err("wrong_type"));
    assert_eq!(
        found(&corpus("openpyxl.xlsx"), "a.docx", None),
        Err("wrong_type")
    );
    assert_eq!(
        found(b"\x01\x02\x03\x04\0\0\0\0", "a.txt", None),
        Err("wrong_type")
    );
    assert_eq!(
        found(b"\x01\x02\x03\x04\0\0\0\0", "a.pdf", None),
        Err("damaged")
    );
    assert_eq!(
        found(b"\x01\x02\x03\x04\0\0\0\0", "a.xyz", None),
        Err("unsupported")
    );
    assert_eq!(found(b"", "a.pdf", None), Err("empty_file"));
}

#[test]
fn a_file_of_two_kinds_is_only_what_it_begins_as() {
    let pdf = corpus("reportlab-agenda.pdf");
    let web = [b"<html><script>1</script>".as_slice(), &pdf].concat();
    assert_eq!(found(&web, "a.pdf", None), Err("wrong_type"));
    let archive = [corpus("pandoc.docx"), pdf.clone()].concat();
    assert_ne!(found(&archive, "a.pdf", None), Ok(FileKind::Pdf));
    // Printers put a line of their own before the document.
    let printed = [b"\x1b%-12345X@PJL JOB\r\n".as_slice(), &pdf].concat();
    assert_eq!(found(&printed, "a.pdf", None), Ok(FileKind::Pdf));
}

#[test]
fn texts_follow_their_names_where_nothing_contradicts() {
    let csv = b"a;b\n1;2\n";
    assert_eq!(
        found(csv, "a.csv", Some("application/vnd.ms-excel")),
        Ok(FileKind::Csv)
    );
    assert_eq!(
        found(csv, "a.csv", Some("text/plain; charset=utf-8")),
        Ok(FileKind::Csv)
    );
    assert_eq!(found(csv, "upload", Some("text/csv")), Ok(FileKind::Csv));
    assert_eq!(
        found(b"# Notes", "NOTES.MD", Some("application/octet-stream")),
        Ok(FileKind::Markdown)
    );
    assert_eq!(found(b"<html>", "page.txt", None), Ok(FileKind::Text));
    assert_eq!(
        found(b"<!DOCTYPE html><p>", "page", None),
        Ok(FileKind::Html)
    );
}

#[test]
fn a_page_pasted_into_a_text_is_a_page() {
    let page = b"<h3>Open points</h3>\n<table><tr><td>Fit the magnet</td><td>Tom</td></tr></table>";
    for (name, mime) in [("notes.txt", Some("text/plain")), ("pasted", None)] {
        assert_eq!(found(page, name, mime), Ok(FileKind::Html), "{name}");
    }
    // What only speaks of tags is a text, and Markdown has its own.
    for text in [
        "The <h3>head</h3> of a <td>cell</td> is bold.</p>",
        "<p>Hello",
        "<Ola> Hi</p></p></p>",
    ] {
        assert_eq!(
            found(text.as_bytes(), "notes.txt", None),
            Ok(FileKind::Text),
            "{text}"
        );
    }
    assert_eq!(found(page, "notes.md", None), Ok(FileKind::Markdown));
}

#[test]
fn formats_that_are_not_read_say_what_to_do() {
    for (bytes, name) in [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....".as_slice(),
            "old.doc",
        ),
        (b"\0\0\0\x20ftypheic....", "photo.heic"),
    ] {
        let error = sniff(bytes, name, None).unwrap_err();
        assert_eq!(error.code(), "unsupported");
        assert!(error.to_string().contains("Save"), "{error}");
    }
}
