//! Web pages and the bodies of mails.

mod render;
mod style;

use html5gum::{DefaultEmitter, Token, Tokenizer};

use crate::limits::Budget;
use crate::writer::Writer;
use crate::{Document, FileKind, ReadError, charset};
use render::Renderer;
pub(crate) use render::is_heading;

/// Bytes at the beginning in which a page states its encoding.
const HEAD_BYTES: usize = 2_048;

/// Tokens between two looks at the time.
const TOKENS_PER_CHECK: usize = 4_096;

pub(crate) fn read(bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
    let text = charset::decode_as(bytes, declared_charset(bytes).as_deref())?;
    let mut writer = Writer::new(budget);
    let title = render(&text, &mut writer)?;
    let mut document = writer.finish(FileKind::Html)?;
    document.title = title;
    Ok(document)
}

/// Writes a page or a piece of one; returns its title.
pub(crate) fn render(html: &str, writer: &mut Writer<'_>) -> Result<Option<String>, ReadError> {
    let mut emitter: DefaultEmitter = DefaultEmitter::new_with_span();
    emitter.naively_switch_states(true);
    let budget = writer.budget;
    let mut renderer = Renderer::new(writer);
    for (index, token) in Tokenizer::new_with_emitter(html, emitter).enumerate() {
        if index % TOKENS_PER_CHECK == 0 {
            budget.check_time()?;
            if renderer.is_full() {
                break;
            }
        }
        match token {
            Ok(Token::StartTag(tag)) => renderer.start(&tag),
            Ok(Token::EndTag(tag)) => renderer.end(&String::from_utf8_lossy(&tag.name)),
            Ok(Token::String(text)) => renderer.text(&String::from_utf8_lossy(&text)),
            Ok(Token::Comment(text)) => renderer.comment(&String::from_utf8_lossy(&text)),
            Ok(Token::Doctype(_) | Token::Error(_)) => {}
            Err(never) => match never {},
        }
    }
    Ok(renderer.finish())
}

/// The encoding that `<meta charset>` or the XML declaration states.
fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD_BYTES)]).to_ascii_lowercase();
    let at = head
        .find("charset=")
        .map(|at| at + 8)
        .or_else(|| head.find("encoding=").map(|at| at + 9))?;
    let label: String = head[at..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    (!label.is_empty()).then_some(label)
}
