//! What is text of a page and what runs along its edges.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;

use sentry_documents::{Document, FileKind, Limits, read};

/// A PDF whose pages hold these lines, each with its place from the foot; `@` stands for the number of the page.
fn pages(count: usize, lines: &[(u32, &str)]) -> Document {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut kids = String::new();
    for number in 1..=count {
        let mut content = String::new();
        for (y, line) in lines {
            let line = line.replace('@', &number.to_string());
            writeln!(content, "BT /F1 11 Tf 72 {y} Td ({line}) Tj ET").unwrap();
        }
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
