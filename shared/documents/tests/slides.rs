//! What is seen of a slide.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::{Cursor, Write};

use sentry_documents::{Document, FileKind, HiddenReason, Limits, read};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A presentation of one slide with these shapes on its background.
fn slide(background: &str, shapes: &str) -> Document {
    let relations = |kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id=\"r1\" Type=\"http://x/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let slide = format!(
        "<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><p:cSld>{background}<p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"
    );
    let master = "<p:sldMaster xmlns:p=\"p\" xmlns:a=\"a\"><p:cSld><p:bg><p:bgRef idx=\"1001\">\
        <a:schemeClr val=\"bg1\"/></p:bgRef></p:bg></p:cSld><p:clrMap bg1=\"lt1\" tx1=\"dk1\"/></p:sldMaster>";
    let theme = "<a:theme xmlns:a=\"a\"><a:clrScheme><a:dk1><a:sysClr lastClr=\"000000\"/></a:dk1>\
        <a:lt1><a:sysClr lastClr=\"FFFFFF\"/></a:lt1></a:clrScheme></a:theme>";
    let parts = [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        ("ppt/_rels/presentation.xml.rels", relations("slide", "slides/slide1.xml")),
        (
            "ppt/presentation.xml",
            "<p:presentation xmlns:p=\"p\" xmlns:r=\"r\"><p:sldIdLst><p:sldId id=\"256\" r:id=\"r1\"/></p:sldIdLst>\
             <p:sldSz cx=\"9000\" cy=\"6000\"/></p:presentation>"
                .to_owned(),
        ),
        ("ppt/slides/slide1.xml", slide),
        (
            "ppt/slides/_rels/slide1.xml.rels",
            relations("slideLayout", "../slideLayouts/l.xml"),
        ),
        (
            "ppt/slideLayouts/l.xml",
            "<p:sldLayout xmlns:p=\"p\"/>".to_owned(),
        ),
        (
            "ppt/slideLayouts/_rels/l.xml.rels",
            relations("slideMaster", "../slideMasters/m.xml"),
        ),
        ("ppt/slideMasters/m.xml", master.to_owned()),
        (
            "ppt/slideMasters/_rels/m.xml.rels",
            relations("theme", "../theme/t.xml"),
        ),
        ("ppt/theme/t.xml", theme.to_owned()),
    ];
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    read(&bytes, FileKind::Pptx, &Limits::default()).unwrap()
}

/// A shape at a place, with a filling and words in a colour.
fn shape(place: [u32; 4], fill: &str, colour: &str, words: &str) -> String {
    let [x, y, width, height] = place;
    let paint = |colour: &str| match colour {
        "" => String::new(),
        "bg1" | "tx1" => {
            format!("<a:solidFill><a:schemeClr val=\"{colour}\"/></a:solidFill>")
        }
        colour => format!("<a:solidFill><a:srgbClr val=\"{colour}\"/></a:solidFill>"),
    };
    format!(
        "<p:sp><p:spPr><a:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>{}\
         <a:ln><a:solidFill><a:srgbClr val=\"FF0000\"/></a:solidFill></a:ln></p:spPr>\
         <p:txBody><a:p><a:r><a:rPr>{}</a:rPr><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>",
        paint(fill),
        paint(colour)
    )
}

const PLACE: [u32; 4] = [1000, 1000, 4000, 500];

#[test]
fn letters_in_the_colour_of_the_slide() {
    let pay = |fill: &str, colour: &str| shape(PLACE, fill, colour, "Pay Mallory");
    let blue =
        "<p:bg><p:bgPr><a:solidFill><a:srgbClr val=\"112233\"/></a:solidFill></p:bgPr></p:bg>";
    let soap = shape([1000, 3000, 4000, 500], "", "888888", "Order soap");
    for (background, shapes) in [
        ("", pay("", "FFFFFF")),
        ("", pay("", "bg1")),
        ("", pay("112233", "112233")),
        (blue, pay("", "112233")),
        (
            "",
            shape([0, 0, 9000, 6000], "112233", "", "") + &pay("", "112233"),
        ),
    ] {
        let document = slide(background, &(shapes.clone() + &soap));
        assert_eq!(document.text, "Order soap", "{background}{shapes}");
        assert_eq!(document.hidden[0].reason, HiddenReason::SameColour);
        assert_eq!(document.hidden[0].text, "Pay Mallory");
    }
    for (background, shapes) in [
        (blue, pay("", "FFFFFF")),
        ("", pay("112233", "FFFFFF")),
        ("", pay("", "tx1")),
        (
            "",
            shape([0, 0, 9000, 6000], "112233", "", "") + &pay("", "FFFFFF"),
        ),
        (
            "",
            shape([0, 0, 3000, 6000], "112233", "", "") + &pay("", "FFFFFF"),
        ),
        ("", format!("<p:pic/>{}", pay("", "FFFFFF"))),
    ] {
        let document = slide(background, &(shapes.clone() + &soap));
        assert_eq!(
            document.text, "Pay Mallory\n\nOrder soap",
            "{background}{shapes}"
        );
        assert!(document.hidden.is_empty(), "{:?}", document.hidden);
    }
}

#[test]
fn words_under_a_shape() {
    let pay = shape(PLACE, "", "", "Pay Mallory");
    let over = |place| pay.clone() + &shape(place, "FFFFFF", "", "Order soap");
    let document = slide("", &over([900, 900, 5000, 700]));
    assert_eq!(document.text, "Order soap");
    assert_eq!(document.hidden[0].reason, HiddenReason::Covered);
    let beside = slide("", &over([1000, 1400, 4000, 700]));
    assert_eq!(beside.text, "Pay Mallory\n\nOrder soap");
}
