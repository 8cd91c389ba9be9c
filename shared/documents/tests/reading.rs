//! What is text of a page and what runs along its edges.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;

use sentry_documents::{Document, FileKind, Limits, read};

/// A PDF whose pages hold these lines, each with its place from the foot; `@` stands for the number of the page.
fn pages(count: usize, lines: &[(u32, &str)]) -> Document {
    let pages = (1..=count).map(|number| {
        let line = |(y, line): &(u32, &str)| (72, *y, line.replace('@', &number.to_string()));
        lines.iter().map(line).collect()
    });
    pdf(pages.collect())
}

/// A PDF of a single page with these lines, each with its place from the left and from the foot.
fn page(lines: &[(u32, u32, &str)]) -> String {
    let line = |(x, y, line): &(u32, u32, &str)| (*x, *y, (*line).to_owned());
    pdf(vec![lines.iter().map(line).collect()]).text
}

/// A PDF of these pages, each of lines with their places.
fn pdf(pages: Vec<Vec<(u32, u32, String)>>) -> Document {
    let contents = pages.into_iter().map(|lines| {
        let mut content = String::new();
        for (x, y, line) in lines {
            writeln!(content, "BT /F1 11 Tf {x} {y} Td ({line}) Tj ET").unwrap();
        }
        content
    });
    painted(contents.collect())
}

/// A PDF of pages that paint this.
fn painted(pages: Vec<String>) -> Document {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut kids = String::new();
    let count = pages.len();
    for content in pages {
        objects.push(format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ));
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R \
             /Resources << /Font << /F1 3 0 R >> >> >>",
            objects.len()
        ));
        write!(kids, "{} 0 R ", objects.len()).unwrap();
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {count} >>");
    let mut pdf = "%PDF-1.7\n".to_owned();
    for (index, object) in objects.iter().enumerate() {
        writeln!(pdf, "{} 0 obj\n{object}\nendobj", index + 1).unwrap();
    }
    pdf.push_str("trailer << /Root 1 0 R >>\n%%EOF");
    read(pdf.as_bytes(), FileKind::Pdf, &Limits::default()).unwrap()
}

#[test]
fn rows_of_pages_that_are_alike_are_no_heads() {
    let short = [
        (770, "Report of week @"),
        (750, "Rosa will send the budget by 12 March."),
        (730, "Emil orders the tablets."),
    ];
    let document = pages(20, &short);
    assert_eq!(document.text.matches("send the budget").count(), 20);
    assert!(document.text.contains("Report of week 17"));
    let texts: Vec<String> = (0..34).map(|row| format!("Line {row} of part @")).collect();
    let full: Vec<(u32, &str)> = (0..34)
        .zip(&texts)
        .map(|(row, text)| (790 - 22 * row, text.as_str()))
        .collect();
    let document = pages(20, &full);
    for row in ["Line 0 of part 9", "Line 1 of part 9", "Line 33 of part 9"] {
        assert!(document.text.contains(row), "{row}");
    }
    assert!(document.running.is_empty(), "{:?}", document.running);
}

#[test]
fn heads_stand_apart_even_on_pages_that_are_alike() {
    let texts: Vec<String> = (0..30).map(|row| format!("Line {row} of part @")).collect();
    let mut lines: Vec<(u32, &str)> = (0..30)
        .zip(&texts)
        .map(|(row, text)| (740 - 22 * row, text.as_str()))
        .collect();
    lines.insert(0, (800, "Harbour board, minutes"));
    lines.push((40, "Page @ of 20"));
    let document = pages(20, &lines);
    assert_eq!(document.running, ["Harbour board, minutes"]);
    assert!(!document.text.contains("Harbour board"));
    assert!(!document.text.contains("of 20"));
    assert!(document.text.contains("Line 0 of part 9"));
}

#[test]
fn lines_of_contents_are_no_table() {
    let dots = ". . . . . . . . . . . . . . . . . . . . .";
    let text = page(&[
        (72, 780, "Introduction"),
        (200, 780, dots),
        (500, 780, "3"),
        (72, 764, "1.1"),
        (110, 764, "Scope"),
        (200, 764, dots),
        (500, 764, "4"),
        (
            72,
            748,
            "The second part, with a long name................................................14",
        ),
    ]);
    let scope = format!("1.1 Scope {dots} 4");
    assert_eq!(
        text,
        format!(
            "Introduction {dots} 3\n{scope}\nThe second part, with a long name{}14",
            ".".repeat(48)
        )
    );
}

#[test]
fn cells_may_be_set_in_the_middle() {
    let head = [(72, 780, "No"), (110, 780, "Task"), (400, 780, "Who")];
    // Three lines beside one, two beside one, and one beside two.
    let rows = [
        (110, 756, "Send the budget to the office of"),
        (72, 743, "1"),
        (110, 743, "finance and ask for approval of"),
        (400, 743, "Maria"),
        (110, 730, "the second half"),
        (110, 710, "Call the printer about the"),
        (72, 703, "2"),
        (400, 703, "Tom"),
        (110, 697, "badges"),
        (72, 677, "3"),
        (110, 677, "Book the room"),
        (400, 677, "Ben"),
        (400, 657, "Anna and"),
        (72, 651, "4"),
        (110, 651, "Send minutes"),
        (400, 644, "Emil"),
        (72, 624, "5"),
        (110, 624, "Order chairs"),
        (400, 624, "Rosa"),
    ];
    let text = page(&[head.as_slice(), rows.as_slice()].concat());
    assert_eq!(
        text,
        "| No | Task | Who |\n|---|---|---|\n\
         | 1 | Send the budget to the office of finance and ask for approval of the second half | Maria |\n\
         | 2 | Call the printer about the badges | Tom |\n\
         | 3 | Book the room | Ben |\n\
         | 4 | Send minutes | Anna and Emil |\n\
         | 5 | Order chairs | Rosa |"
    );
}

#[test]
fn a_header_with_an_empty_corner_is_a_row() {
    let text = page(&[
        (200, 780, "March"),
        (300, 780, "April"),
        (72, 767, "Rent"),
        (200, 767, "40"),
        (300, 767, "41"),
        (72, 754, "Travel"),
        (200, 754, "8"),
        (300, 754, "5"),
    ]);
    assert_eq!(
        text,
        "|  | March | April |\n|---|---|---|\n| Rent | 40 | 41 |\n| Travel | 8 | 5 |"
    );
}

#[test]
fn lines_through_words_strike_them_out() {
    let line = |y: u32, words: &str| format!("BT /F1 11 Tf 72 {y} Td ({words}) Tj ET\n");
    let call = line(780, "Call the bank by Friday");
    let pay = line(766, "Pay the rent by Monday");
    let text = |strokes: &str| painted(vec![format!("{call}{pay}{strokes}")]).text;
    let struck = "Call the bank by Friday\n\n~~Pay the rent by Monday~~";
    // A line, one for each part of it, and a thin area.
    for stroke in [
        "72 769.3 m 186 769.3 l S",
        "72 769.3 m 115 769.3 l S 113 769.3 m 186 769.3 l S",
        "72 769 114 0.7 re f",
    ] {
        assert_eq!(text(stroke), struck, "{stroke}");
    }
    // Underlines, rules between lines, and lines that run on.
    for stroke in [
        "72 764.5 m 186 764.5 l S",
        "72 776.6 m 186 776.6 l S",
        "20 769.3 m 560 769.3 l S",
    ] {
        assert!(!text(stroke).contains("~~"), "{stroke}");
    }
    let word = painted(vec![format!(
        "{}100 783.3 m 129 783.3 l S",
        line(780, "Call   Adam   Tom today")
    )]);
    assert_eq!(word.text, "Call Tom today");
    assert_eq!(word.hidden[0].text, "Adam");
}

#[test]
fn boxes_of_forms_tell_whether_they_are_ticked() {
    let form = |state: &str| {
        let mut content = String::new();
        for (y, words) in [(780, "Pay the deposit"), (760, "Send the list")] {
            writeln!(
                content,
                "75 {y} 10 10 re S BT /F1 11 Tf 92 {y} Td ({words}) Tj ET"
            )
            .unwrap();
        }
        let page = format!(
            "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
             2 0 obj\n<< /Type /Pages /Kids [5 0 R] /Count 1 >>\nendobj\n\
             3 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n\
             4 0 obj\n<< /Length {} >>\nstream\n{content}\nendstream\nendobj\n\
             5 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
             /Resources << /Font << /F1 3 0 R >> >> /Annots [<< /Type /Annot /Subtype /Widget \
             /FT /Btn /AS /{state} /Rect [75 780 85 790] >>] >>\nendobj\n\
             trailer << /Root 1 0 R >>\n%%EOF",
            content.len()
        );
        read(page.as_bytes(), FileKind::Pdf, &Limits::default())
            .unwrap()
            .text
    };
    assert_eq!(form("Yes"), "- [x] Pay the deposit\n- [ ] Send the list");
    assert_eq!(form("Off"), "- [ ] Pay the deposit\n- [ ] Send the list");
}

#[test]
fn what_was_typed_onto_a_page_is_read() {
    let with = |note: &str| {
        let content = "BT /F1 11 Tf 92 780 Td (Pay the deposit) Tj ET";
        let page = format!(
            "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
             2 0 obj\n<< /Type /Pages /Kids [5 0 R] /Count 1 >>\nendobj\n\
             3 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n\
             4 0 obj\n<< /Length {} >>\nstream\n{content}\nendstream\nendobj\n\
             5 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
             /Resources << /Font << /F1 3 0 R >> >> /Annots [<< /Type /Annot /Subtype /FreeText \
             /Rect [75 600 300 620] /DA (/Helv 11 Tf) /Contents (Sign by Friday) {note} >>] >>\nendobj\n\
             trailer << /Root 1 0 R >>\n%%EOF",
            content.len()
        );
        read(page.as_bytes(), FileKind::Pdf, &Limits::default())
            .unwrap()
            .text
    };
    assert_eq!(with(""), "Pay the deposit\n\nSign by Friday");
    // What is hidden is not seen.
    assert_eq!(with("/F 2"), "Pay the deposit");
}

#[test]
fn what_a_wiki_ticks_by_its_class_is_ticked() {
    let page = "<ul class=\"inline-task-list\"><li class=\"checked\">Restore the limit</li><li>Renew it</li></ul><ol><li data-list=\"checked\">Book the room</li><li data-list=\"unchecked\">Ask Kim</li></ol>";
    let text = read(page.as_bytes(), FileKind::Html, &Limits::default())
        .unwrap()
        .text;
    assert_eq!(
        text.split_whitespace().collect::<Vec<_>>().join(" "),
        "- [x] Restore the limit - Renew it - [x] Book the room 2. Ask Kim"
    );
}
