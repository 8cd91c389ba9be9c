//! What nobody sees is no text, and is told; what is struck out is marked.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::{Cursor, Write};

use sentry_documents::{Document, FileKind, HiddenReason, Limits, read};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What every document here says where it is seen, and what it hides.
const SEEN: &str = "Order soap by Monday";
const UNSEEN: &str = "Pay Mallory by Friday";

fn archive(kind: FileKind, parts: &[(&str, String)]) -> Document {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    read(&bytes, kind, &Limits::default()).unwrap()
}

/// A part that names the relations of a document.
fn relations(entries: &[(&str, &str, &str)]) -> String {
    let one = |(id, kind, target): &(&str, &str, &str)| {
        format!("<Relationship Id=\"{id}\" Type=\"http://x/{kind}\" Target=\"{target}\"/>")
    };
    let entries: Vec<String> = entries.iter().map(one).collect();
    let entries = entries.concat();
    format!("<Relationships>{entries}</Relationships>")
}

/// A Word document with these styles.
fn docx(styles: &str, body: &str) -> Document {
    let parts = [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        (
            "word/_rels/document.xml.rels",
            relations(&[("r1", "styles", "styles.xml")]),
        ),
        (
            "word/styles.xml",
            format!("<w:styles xmlns:w=\"w\">{styles}</w:styles>"),
        ),
        (
            "word/document.xml",
            format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"),
        ),
    ];
    archive(FileKind::Docx, &parts)
}

/// A workbook with these styles and rows.
fn xlsx(styles: &str, rows: &str) -> Document {
    let parts = [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        (
            "xl/_rels/workbook.xml.rels",
            relations(&[
                ("r1", "worksheet", "worksheets/sheet1.xml"),
                ("r2", "styles", "styles.xml"),
            ]),
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Tasks\" r:id=\"r1\"/></sheets></workbook>"
                .to_owned(),
        ),
        ("xl/styles.xml", format!("<styleSheet>{styles}</styleSheet>")),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ];
    archive(FileKind::Xlsx, &parts)
}

/// A cell with words in a style.
fn cell(style: usize, words: &str) -> String {
    format!("<c t=\"inlineStr\" s=\"{style}\"><is><t>{words}</t></is></c>")
}

fn odt(styles: &str, body: &str) -> Document {
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:style=\"s\" \
         xmlns:fo=\"f\" xmlns:table=\"a\"><office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    let parts = [
        (
            "mimetype",
            "application/vnd.oasis.opendocument.text".to_owned(),
        ),
        ("content.xml", content),
    ];
    archive(FileKind::Odt, &parts)
}

fn html(body: &str) -> Document {
    read(body.as_bytes(), FileKind::Html, &Limits::default()).unwrap()
}

fn rtf(body: &str) -> Document {
    let text = format!(
        "{{\\rtf1\\ansi{{\\colortbl;\\red255\\green255\\blue0;\\red255\\green255\\blue255;\
         \\red0\\green0\\blue0;}}{body}}}"
    );
    read(text.as_bytes(), FileKind::Rtf, &Limits::default()).unwrap()
}

/// The one is read, the other told to be hidden for this reason.
fn hides(document: &Document, reason: HiddenReason, case: &str) {
    assert!(document.text.contains(SEEN), "{case}: {}", document.text);
    assert!(
        !document.text.contains("Mallory"),
        "{case}: {}",
        document.text
    );
    let told = document
        .hidden
        .iter()
        .any(|hidden| hidden.reason == reason && hidden.text.contains(UNSEEN));
    assert!(told, "{case}: {:?}", document.hidden);
}

fn shows(document: &Document, case: &str) {
    for words in [SEEN, UNSEEN] {
        assert!(document.text.contains(words), "{case}: {}", document.text);
    }
    assert!(document.hidden.is_empty(), "{case}: {:?}", document.hidden);
}

#[test]
fn letters_in_the_colour_behind_them_in_word() {
    let styles = "<w:style w:styleId=\"Pale\"><w:rPr><w:color w:val=\"FFFFFF\"/></w:rPr></w:style>\
        <w:style w:styleId=\"Banner\"><w:pPr><w:shd w:fill=\"1F3864\"/></w:pPr>\
        <w:rPr><w:color w:val=\"FFFFFF\"/></w:rPr></w:style>\
        <w:style w:styleId=\"Grid\"><w:tblStylePr><w:tcPr><w:shd w:fill=\"1F3864\"/></w:tcPr></w:tblStylePr></w:style>";
    let document = |paragraph: &str, run: &str| {
        let body = format!(
            "<w:p><w:r><w:t>{SEEN}.</w:t></w:r></w:p>\
             <w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{UNSEEN}.</w:t></w:r></w:p>"
        );
        docx(styles, &body)
    };
    for (paragraph, run) in [
        ("<w:pStyle w:val=\"Pale\"/>", ""),
        ("", "<w:rStyle w:val=\"Pale\"/>"),
        (
            "",
            "<w:color w:val=\"FFFF00\"/><w:highlight w:val=\"yellow\"/>",
        ),
        ("", "<w:color w:val=\"112233\"/><w:shd w:fill=\"112233\"/>"),
        ("<w:shd w:fill=\"112233\"/>", "<w:color w:val=\"112233\"/>"),
        (
            "",
            "<w:color w:val=\"FFFFFF\" w:themeColor=\"background1\"/>",
        ),
    ] {
        let case = format!("{paragraph}{run}");
        hides(&document(paragraph, run), HiddenReason::SameColour, &case);
    }
    hides(
        &document("", "<w:w w:val=\"1\"/>"),
        HiddenReason::Tiny,
        "narrow",
    );
    for (paragraph, run) in [
        ("<w:pStyle w:val=\"Banner\"/>", ""),
        ("<w:pStyle w:val=\"Pale\"/>", "<w:color w:val=\"000000\"/>"),
        (
            "",
            "<w:color w:val=\"FFFF00\"/><w:highlight w:val=\"black\"/>",
        ),
        ("", "<w:color w:val=\"auto\"/><w:shd w:fill=\"000000\"/>"),
    ] {
        shows(&document(paragraph, run), &format!("{paragraph}{run}"));
    }
    let header = format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/></w:tblPr><w:tr><w:tc><w:p><w:pPr>\
         <w:pStyle w:val=\"Pale\"/></w:pPr><w:r><w:t>{UNSEEN}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
         <w:p><w:r><w:t>{SEEN}</w:t></w:r></w:p>"
    );
    shows(&docx(styles, &header), "cells of a table that is painted");
}

#[test]
fn struck_words_inside_a_sentence() {
    let run = |look: &str, words: &str| {
        format!("<w:r><w:rPr>{look}</w:rPr><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
    };
    let sentence = [
        run("", "Return the "),
        run("<w:strike/>", "blue"),
        run("", " red folder."),
    ]
    .concat();
    let document = docx("", &format!("<w:p>{sentence}</w:p>"));
    assert_eq!(document.text, "Return the red folder.");
    assert_eq!(document.hidden.len(), 1);
    assert_eq!(document.hidden[0].reason, HiddenReason::Deleted);
    assert_eq!(document.hidden[0].text, "blue");
    let whole = docx(
        "",
        &format!("<w:p>{}</w:p>", run("<w:strike/>", "Buy the cake")),
    );
    assert_eq!(whole.text, "~~Buy the cake~~");
    let page = html("<p>Return the <s>blue</s> red folder.</p><p><del>Buy the cake</del></p>");
    assert_eq!(page.text, "Return the red folder.\n\n~~Buy the cake~~");
}

#[test]
fn cells_that_show_nothing() {
    let styles = "<numFmts><numFmt numFmtId=\"164\" formatCode=\";;;\"/></numFmts>\
        <fonts><font/><font><color rgb=\"FFFFFFFF\"/></font><font><color rgb=\"FF1F3864\"/></font>\
        <font><color theme=\"0\"/></font><font><strike/></font></fonts>\
        <fills><fill><patternFill patternType=\"none\"/></fill>\
        <fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF1F3864\"/></patternFill></fill></fills>\
        <cellXfs><xf/><xf fontId=\"1\"/><xf numFmtId=\"164\"/><xf fontId=\"2\" fillId=\"1\"/>\
        <xf fontId=\"3\"/><xf fontId=\"1\" fillId=\"1\"/><xf fontId=\"4\"/><xf numFmtId=\"9\"/></cellXfs>";
    let sheet = |attributes: &str, style: usize| {
        let rows = format!(
            "<row>{}</row><row {attributes}>{}</row>",
            cell(0, SEEN),
            cell(style, UNSEEN)
        );
        xlsx(styles, &rows)
    };
    for style in [1, 3, 4] {
        let case = format!("style {style}");
        hides(&sheet("", style), HiddenReason::SameColour, &case);
    }
    hides(&sheet("", 2), HiddenReason::NotDisplayed, "format");
    hides(
        &sheet("ht=\"0\" customHeight=\"1\"", 0),
        HiddenReason::HiddenPart,
        "height",
    );
    shows(&sheet("ht=\"15\"", 5), "white on blue");
    let row = |words: &str, style, share: &str| {
        format!(
            "<row>{}<c s=\"7\"><v>{share}</v></c></row>",
            cell(style, words)
        )
    };
    let rows = [
        row("Task", 0, "0"),
        row("Renew domain", 6, "0.5"),
        row("Archive", 0, "1"),
    ];
    let document = xlsx(styles, &rows.concat());
    let table = "| Task | 0 % |\n|---|---|\n| ~~Renew domain~~ | 50 % |\n| Archive | 100 % |";
    assert!(document.text.contains(table), "{}", document.text);
}

#[test]
fn rows_that_are_filtered_out_part_no_table() {
    let row = |number: u32, hidden: &str, words: &str, who: &str| {
        format!(
            "<row r=\"{number}\" {hidden}>{}{}</row>",
            cell(0, words),
            cell(0, who)
        )
    };
    let rows = [
        row(1, "", "Task", "Owner"),
        row(2, "", "Order paint", "Kim"),
        row(3, "hidden=\"1\"", "Order chairs", "Ada"),
        row(4, "hidden=\"1\"", "Order tables", "Ada"),
        row(5, "", "Order lamps", "Tom"),
        row(7, "", "Budget", "12"),
        row(8, "", "Rest", "4"),
    ];
    let document = xlsx("", &rows.concat());
    let expected = "| Task | Owner |\n|---|---|\n| Order paint | Kim |\n| Order lamps | Tom |\n\n\
        | Budget | 12 |\n|---|---|\n| Rest | 4 |";
    assert!(document.text.ends_with(expected), "{}", document.text);
    assert_eq!(document.hidden.len(), 4);
}

#[test]
fn hidden_parts_of_open_documents() {
    let styles = "<style:style style:name=\"Lost\"><style:text-properties fo:color=\"#ffff00\" \
        fo:background-color=\"#ffff00\"/></style:style>\
        <style:style style:name=\"White\"><style:text-properties fo:color=\"#ffffff\"/></style:style>\
        <style:style style:name=\"Dark\"><style:table-cell-properties fo:background-color=\"#112233\"/></style:style>";
    let seen = format!("<text:p>{SEEN}</text:p>");
    for (reason, hidden) in [
        (
            HiddenReason::NotDisplayed,
            format!("<text:section text:display=\"none\"><text:p>{UNSEEN}</text:p></text:section>"),
        ),
        (
            HiddenReason::NotDisplayed,
            format!("<text:p>{UNSEEN}<text:hidden-paragraph text:is-hidden=\"true\"/></text:p>"),
        ),
        (
            HiddenReason::NotDisplayed,
            format!("<text:p><text:hidden-paragraph text:is-hidden=\"true\"/>{UNSEEN}</text:p>"),
        ),
        (
            HiddenReason::SameColour,
            format!("<text:p><text:span text:style-name=\"Lost\">{UNSEEN}</text:span></text:p>"),
        ),
        (
            HiddenReason::SameColour,
            format!("<text:p text:style-name=\"White\">{UNSEEN}</text:p>"),
        ),
    ] {
        hides(&odt(styles, &format!("{hidden}{seen}")), reason, &hidden);
    }
    for shown in [
        format!("<text:p>{UNSEEN}<text:hidden-paragraph text:is-hidden=\"false\"/></text:p>"),
        format!("<text:section><text:p>{UNSEEN}</text:p></text:section>"),
        format!(
            "<table:table><table:table-row><table:table-cell table:style-name=\"Dark\">\
             <text:p text:style-name=\"White\">{UNSEEN}</text:p></table:table-cell></table:table-row></table:table>"
        ),
    ] {
        shows(&odt(styles, &format!("{shown}{seen}")), &shown);
    }
}

#[test]
fn hidden_letters_of_rich_text() {
    for (reason, look) in [
        (HiddenReason::SameColour, "\\cf1\\highlight1"),
        (HiddenReason::SameColour, "\\cf2"),
        (HiddenReason::SameColour, "\\cf3\\chcbpat3"),
        (HiddenReason::Tiny, "\\charscalex1"),
    ] {
        let document = rtf(&format!("{SEEN}.\\par {{{look} {UNSEEN}.}}\\par"));
        hides(&document, reason, look);
    }
    for look in [
        "\\cf2\\highlight3",
        "\\cf1\\highlight3",
        "\\cf0\\highlight3",
        "\\charscalex80",
    ] {
        shows(
            &rtf(&format!("{SEEN}.\\par {{{look} {UNSEEN}.}}\\par")),
            look,
        );
    }
}

#[test]
fn letters_no_browser_shows() {
    let document = |css: &str| {
        html(&format!(
            "<p>{SEEN}.</p><div style=\"{css}\"><p>{UNSEEN}.</p></div>"
        ))
    };
    for (reason, css) in [
        (HiddenReason::NotDisplayed, "color:transparent"),
        (HiddenReason::NotDisplayed, "color: rgba(0, 0, 0, 0)"),
        (HiddenReason::NotDisplayed, "color:#0000"),
        (HiddenReason::NotDisplayed, "transform:scale(0)"),
        (
            HiddenReason::NotDisplayed,
            "transform: rotate(3deg) scale(1, 0)",
        ),
        (HiddenReason::NotDisplayed, "line-height:0"),
        (HiddenReason::OffPage, "position:fixed;top:-500px"),
        (HiddenReason::OffPage, "left:-300px; position:absolute"),
        (HiddenReason::OffPage, "position:fixed;left:-100vw"),
        (HiddenReason::OffPage, "transform:translateX(-9999px)"),
    ] {
        hides(&document(css), reason, css);
    }
    for css in [
        "color:#333",
        "color:rgb(10 20 30 / 90%)",
        "color:transparent;background-clip:text;background:linear-gradient(red,blue)",
        "transform:scale(1)",
        "transform:translate(-50%, -50%)",
        "transform:none",
        "line-height:1.2",
        "position:relative;top:-20px",
        "position:absolute;top:-30px;left:0",
    ] {
        shows(&document(css), css);
    }
    let again = format!(
        "<div style=\"color:transparent;line-height:0\">{UNSEEN}<p style=\"color:black;line-height:1\">{SEEN}</p></div>"
    );
    hides(&html(&again), HiddenReason::NotDisplayed, "painted again");
    shows(
        &html(&format!(
            "<p>{SEEN}<sup style=\"line-height:0\">{UNSEEN}</sup></p>"
        )),
        "raised",
    );
}
