//! What somebody finds in their mailbox.

use mail_parser::MessageParser;
use std::path::Path;

/// A mail.
#[derive(Debug, Clone)]
pub struct Letter {
    /// To which address.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// As it came.
    pub raw: String,
}

impl Letter {
    /// Reads a mail as it came.
    pub fn parse(raw: &[u8]) -> Option<Self> {
        let message = MessageParser::default().parse(raw)?;
        Some(Self {
            to: message.to()?.first()?.address()?.to_owned(),
            subject: message.subject()?.to_owned(),
            text: message.body_text(0)?.into_owned(),
            html: message.body_html(0)?.into_owned(),
            raw: String::from_utf8_lossy(raw).into_owned(),
        })
    }

    /// The mails to an address in a folder, the latest last.
    pub(crate) fn read_all(folder: &Path, address: &str) -> Vec<Self> {
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .expect("a folder")
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|end| end == "eml"))
            .filter_map(|path| Some((path.metadata().ok()?.modified().ok()?, path)))
            .collect();
        files.sort();
        files
            .iter()
            .map(|(_, path)| Self::parse(&std::fs::read(path).expect("a file")).expect("a mail"))
            .filter(|letter| letter.to == address)
            .collect()
    }

    /// The token in the fragment of its link.
    pub fn token(&self) -> String {
        let link = self
            .text
            .lines()
            .find(|line| line.contains("/api/auth/confirm#"));
        let token = link.and_then(|link| link.rsplit_once('='));
        token.expect("a link").1.trim().to_owned()
    }

    /// The code to type.
    pub fn code(&self) -> String {
        let code = self.text.split("minutes: ").nth(1).expect("a code");
        code.chars().take(6).collect()
    }
}
