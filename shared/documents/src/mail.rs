//! Mail messages with their attachments.

mod alternatives;
mod attached;

pub use attached::attached_files;

use std::borrow::Cow;
use std::sync::Arc;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{
    Address as Addresses, Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType,
};

use alternatives::{alternatives, says_other};

use crate::limits::Budget;
use crate::read::{BYTES_PER_CHAR, BYTES_PER_CHAR_OF_HTML};
use crate::writer::{Writer, one_line};
use crate::{
    Address, Attachment, Document, Family, FileKind, Mail, ReadError, charset, html, plain, sniff,
};

/// Mails inside mails inside mails: a forwarded thread has a few.
const MAX_MAILS: usize = 8;
/// Attachments beyond these are counted as not read.
const MAX_ATTACHMENTS: usize = 200;

pub(crate) fn read(bytes: &[u8], budget: &Budget, depth: usize) -> Result<Document, ReadError> {
    if depth > MAX_MAILS {
        return Err(ReadError::TooDeep);
    }
    let message = MessageParser::default()
        .parse(bytes)
        .ok_or_else(|| ReadError::damaged("it has no mail headers"))?;
    if message
        .header_raw("Content-Type")
        .is_some_and(|kind| kind.contains("multipart/encrypted"))
    {
        return Err(ReadError::Encrypted);
    }
    let mail = headers(&message);
    let mut writer = Writer::new(budget);
    header_lines(&mail, &mut writer);
    bodies(&message, &mut writer)?;
    let mut inner = Vec::new();
    let mut attachments = Vec::new();
    for (index, part) in message.attachments().enumerate() {
        budget.check_time()?;
        let (attachment, document) = attached(&message, part, index, budget, depth, &mut writer);
        if let Some(ReadError::TimedOut | ReadError::ZipBomb) = document.as_ref().err() {
            // What one attachment may cost, all of them together may cost.
            document?;
        } else if let Ok(Some(document)) = document {
            inner.push(document);
        }
        attachments.push(attachment);
    }
    let mut document = writer.finish(FileKind::Eml)?;
    for part in inner {
        document.truncated |= part.truncated;
        document
            .hidden
            .extend(part.hidden.into_iter().map(|hidden| crate::Hidden {
                page: None,
                ..hidden
            }));
    }
    document.title.clone_from(&mail.subject);
    document.mail = Some(mail);
    document.attachments = attachments;
    Ok(document)
}

fn headers(message: &Message<'_>) -> Mail {
    Mail {
        from: addresses(message.from()),
        to: addresses(message.to()),
        cc: addresses(message.cc()),
        date: message
            .date()
            .filter(|date| date.is_valid())
            .map(mail_parser::DateTime::to_rfc3339),
        subject: message
            .subject()
            .map(one_line)
            .filter(|subject| !subject.is_empty()),
        message_id: message.message_id().map(str::to_owned),
    }
}

fn addresses(list: Option<&Addresses<'_>>) -> Vec<Address> {
    let Some(list) = list else { return Vec::new() };
    list.iter()
        .map(|one| Address {
            name: one.name().map(one_line).filter(|name| !name.is_empty()),
            email: one
                .address()
                .map(one_line)
                .filter(|email| !email.is_empty()),
        })
        .filter(|one| one.name.is_some() || one.email.is_some())
        .take(1_000)
        .collect()
}

fn header_lines(mail: &Mail, writer: &mut Writer<'_>) {
    for (name, list) in [("From", &mail.from), ("To", &mail.to), ("Cc", &mail.cc)] {
        let shown: Vec<String> = list.iter().map(shown).collect();
        if !shown.is_empty() {
            writer.line(&format!("{name}: {}", shown.join(", ")));
        }
    }
    if let Some(date) = &mail.date {
        writer.line(&format!("Date: {date}"));
    }
    if let Some(subject) = &mail.subject {
        writer.line(&format!("Subject: {subject}"));
    }
}

fn shown(address: &Address) -> String {
    match (&address.name, &address.email) {
        (Some(name), Some(email)) => format!("{name} <{email}>"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => String::new(),
    }
}

fn bodies(message: &Message<'_>, writer: &mut Writer<'_>) -> Result<(), ReadError> {
    let texts: Vec<&str> = message
        .text_bodies()
        .filter_map(|part| part_text(part, false))
        .collect();
    let pages: Vec<&str> = message
        .html_bodies()
        .filter_map(|part| part_text(part, true))
        .map(|page| shortened(page, writer, BYTES_PER_CHAR_OF_HTML))
        .collect();
    let text: usize = texts.iter().map(|text| text.trim().len()).sum();
    // Many programs send a stub such as "view this mail in your browser" beside the real page, and a text
    // without the tables and boxes of the page.
    let structured = pages.iter().any(|page| {
        let page = page.to_ascii_lowercase();
        page.contains("<li") || page.contains("<th") || page.contains("type=\"checkbox\"")
    });
    let differs = alternatives(message) && says_other(&texts, &pages, writer)?;
    if !pages.is_empty() && (text < 20 || structured || differs) {
        for page in pages {
            html::render(page, writer)?;
        }
        return Ok(());
    }
    for part in message.text_bodies() {
        let Some(text) = part_text(part, false) else {
            continue;
        };
        // A text that states no character set, or a wrong one, was read as far as possible; a guess reads more.
        let guessed = text
            .contains('\u{fffd}')
            .then(|| charset::decode(&undecoded(message, part)).ok())
            .flatten();
        let text = shortened(guessed.as_deref().unwrap_or(text), writer, BYTES_PER_CHAR);
        if says(part, "format", "flowed") {
            plain::render(&unflowed(text, says(part, "delsp", "yes")), writer)?;
        } else {
            plain::render(text, writer)?;
        }
    }
    Ok(())
}

/// The part of a text that can hold as many characters as are wanted, and one more line to show that there is more.
fn shortened<'t>(text: &'t str, writer: &Writer<'_>, per_char: usize) -> &'t str {
    let most = writer
        .budget
        .limits
        .max_chars
        .saturating_mul(per_char)
        .saturating_add(4_096);
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The bytes of a part as they were before transport, in whatever character set they are.
fn undecoded(message: &Message<'_>, part: &MessagePart<'_>) -> Vec<u8> {
    let start = usize::try_from(part.offset_body).unwrap_or(0);
    let end = usize::try_from(part.offset_end).unwrap_or(0);
    let raw = message.raw_message.get(start..end).unwrap_or_default();
    match part.encoding {
        Encoding::None => raw.to_vec(),
        Encoding::QuotedPrintable => quoted_printable_decode(raw).unwrap_or_default(),
        Encoding::Base64 => base64_decode(raw).unwrap_or_default(),
    }
}

fn part_text<'m>(part: &'m MessagePart<'_>, html: bool) -> Option<&'m str> {
    match &part.body {
        PartType::Html(text) if html => Some(text),
        PartType::Text(text) if !html => Some(text),
        _ => None,
    }
}

/// Whether the type of a part states this.
fn says(part: &MessagePart<'_>, name: &str, value: &str) -> bool {
    let stated = part.content_type().and_then(|kind| kind.attribute(name));
    stated.is_some_and(|stated| stated.eq_ignore_ascii_case(value))
}

/// Undoes `format=flowed` (RFC 3676): a line that ends in a blank goes on in the next. With `delsp=yes` that blank is
/// none of the text.
fn unflowed(text: &str, drops_blank: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    let mut glued = false;
    while let Some(line) = lines.next() {
        let quote = line.bytes().take_while(|&byte| byte == b'>').count();
        let same_depth = lines
            .peek()
            .is_some_and(|next| next.bytes().take_while(|&byte| byte == b'>').count() == quote);
        let flows = line.ends_with(' ') && line != "-- " && same_depth;
        // The first line of a flowed paragraph keeps its marks, the others give them up.
        out.push_str(match glued {
            true if drops_blank => line[quote..].strip_prefix(' ').unwrap_or(&line[quote..]),
            true => line[quote..].trim_start(),
            false => line.strip_prefix(' ').unwrap_or(line),
        });
        if flows && drops_blank {
            out.pop();
        }
        if !flows {
            out.truncate(out.trim_end_matches(' ').len());
            out.push('\n');
        }
        glued = flows;
    }
    out
}

/// Reads one attachment into the text, under a heading with its name.
fn attached(
    message: &Message<'_>,
    part: &MessagePart<'_>,
    index: usize,
    budget: &Budget,
    depth: usize,
    writer: &mut Writer<'_>,
) -> (Attachment, Result<Option<Document>, ReadError>) {
    let nested = part.message();
    let bytes: Cow<'_, [u8]> = match (nested, &part.body) {
        (Some(inner), _) => Cow::Borrowed(inner.raw_message()),
        // Text was decoded by its declared character set, if any; its own bytes say more.
        (None, PartType::Text(_) | PartType::Html(_)) => Cow::Owned(undecoded(message, part)),
        (None, _) => Cow::Borrowed(part.contents()),
    };
    let mime = match (part.content_type(), nested) {
        (_, Some(_)) => "message/rfc822".to_owned(),
        (Some(kind), None) => format!(
            "{}/{}",
            kind.ctype(),
            kind.subtype().unwrap_or("octet-stream")
        ),
        (None, None) => "application/octet-stream".to_owned(),
    };
    let name = part
        .attachment_name()
        .map(one_line)
        .filter(|name| !name.is_empty());
    let fallback = || match nested.and_then(|message| message.subject()) {
        Some(subject) => format!("{}.eml", one_line(subject)),
        None => format!("attachment-{}", index + 1),
    };
    let name = name.unwrap_or_else(fallback);
    let mut attachment = Attachment {
        name,
        mime,
        size: bytes.len(),
        kind: None,
        span: None,
        failure: None,
    };
    let result = if index >= MAX_ATTACHMENTS {
        Err(ReadError::Unsupported(format!(
            "Only the first {MAX_ATTACHMENTS} attachments are read."
        )))
    } else {
        inside(&bytes, &mut attachment, budget, depth)
    };
    match &result {
        Ok(Some(document)) => {
            writer.heading(1, &format!("Attachment: {}", attachment.name));
            let span = writer.raw(&document.text);
            attachment.span = Some(span);
        }
        Ok(None) => {}
        Err(error) => attachment.failure = Some((error.code().to_owned(), error.to_string())),
    }
    (attachment, result)
}

/// Reads the bytes of an attachment when they hold text. Pictures are listed, for somebody else to look at.
fn inside(
    bytes: &[u8],
    attachment: &mut Attachment,
    budget: &Budget,
    depth: usize,
) -> Result<Option<Document>, ReadError> {
    let kind = if attachment.mime == "message/rfc822" {
        FileKind::Eml
    } else {
        sniff(bytes, &attachment.name, Some(&attachment.mime))?
    };
    attachment.kind = Some(kind);
    match kind.family() {
        Family::Image => return Ok(None),
        Family::Audio | Family::Video => {
            return Err(ReadError::Unsupported(
                "Recordings in mails are not listened to. Upload it by itself.".to_owned(),
            ));
        }
        Family::Text | Family::Document => {}
    }
    crate::read::parse(&Arc::new(bytes.to_vec()), kind, budget, depth + 1).map(Some)
}
