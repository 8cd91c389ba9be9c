//! From blocks to text and HTML.

use sentry_auth::Secret;
use std::fmt::Write;

/// A part of a mail.
pub(crate) enum Block {
    /// A paragraph.
    Text(String),
    /// Something to open.
    Link {
        label: &'static str,
        url: Secret,
        minutes: i64,
    },
    /// Something to type.
    Code { code: Secret, minutes: i64 },
}

/// For those who read text.
pub(crate) fn plain(blocks: &[Block]) -> String {
    let paragraphs: Vec<String> = blocks
        .iter()
        .map(|block| match block {
            Block::Text(text) => text.clone(),
            Block::Link { url, minutes, .. } => {
                format!("Open this within {minutes} minutes:\n{}", url.expose())
            }
            Block::Code { code, minutes } => {
                format!(
                    "Or type this code within {minutes} minutes: {}",
                    code.expose()
                )
            }
        })
        .collect();
    paragraphs.join("\n\n") + "\n\nSentry AI\n"
}

/// The same as HTML: no pictures, no styles from elsewhere, nothing that tells that it was read.
pub(crate) fn html(title: &str, blocks: &[Block]) -> String {
    let mut out =
        String::from("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>");
    out.push_str(&escaped(title));
    out.push_str("</title></head><body style=\"font-family:sans-serif;max-width:36em\">");
    for block in blocks {
        // Writing into a string cannot fail.
        let _ = match block {
            Block::Text(text) => {
                write!(out, "<p>{}</p>", escaped(text).replace('\n', "<br>"))
            }
            Block::Link {
                label,
                url,
                minutes,
            } => write!(
                out,
                "<p><a href=\"{}\">{}</a> (works for {minutes} minutes)</p>",
                escaped(url.expose()),
                escaped(label)
            ),
            Block::Code { code, minutes } => write!(
                out,
                "<p>Or type this code within {minutes} minutes: <strong>{}</strong></p>",
                escaped(code.expose())
            ),
        };
    }
    out.push_str("<p>Sentry AI</p></body></html>");
    out
}

/// What people chose may stand in a mail, never as markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_chose_is_no_markup() {
        let blocks = [Block::Text(
            "Hello <b onclick=\"x\">& 'you'</b>,".to_owned(),
        )];
        let page = html("A title", &blocks);
        assert!(!page.contains("<b ") && page.contains("&lt;b onclick=&quot;x&quot;&gt;&amp;"));
        assert!(plain(&blocks).starts_with("Hello <b onclick"));
    }
}
