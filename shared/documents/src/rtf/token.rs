//! The words and groups of RTF.

/// A piece of an RTF text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    Open,
    Close,
    /// A control word with its number.
    Word(&'t str, Option<i32>),
    /// A control sign such as `\~`.
    Sign(u8),
    /// A letter given by its code in the current code page.
    Byte(u8),
}

/// Cuts RTF into tokens.
pub(super) struct Tokens<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl<'t> Tokens<'t> {
    pub(super) fn new(bytes: &'t [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Skips raw bytes, as `\binN` announces them.
    pub(super) fn skip_bytes(&mut self, count: usize) {
        self.at = self.at.saturating_add(count).min(self.bytes.len());
    }

    fn control(&mut self) -> Option<Token<'t>> {
        let rest = &self.bytes[self.at..];
        let letters = rest
            .iter()
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count()
            .min(32);
        if letters == 0 {
            let sign = *rest.first()?;
            self.at += 1;
            if sign == b'\'' {
                let hex = rest.get(1..3).and_then(|hex| std::str::from_utf8(hex).ok());
                let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
                self.skip_bytes(2);
                return Some(Token::Byte(byte.unwrap_or(b'?')));
            }
            return Some(Token::Sign(sign));
        }
        let word = std::str::from_utf8(&rest[..letters]).unwrap_or("");
        let minus = usize::from(rest.get(letters) == Some(&b'-'));
        let digits = rest[letters + minus..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
            .min(10);
        let end = if digits > 0 {
            letters + minus + digits
        } else {
            letters
        };
        let number = std::str::from_utf8(&rest[letters..end])
            .ok()
            .and_then(|number| number.parse().ok());
        self.skip_bytes(end);
        // One blank ends a control word and belongs to it.
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        Some(Token::Word(word, number))
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            match byte {
                b'{' => return Some(Token::Open),
                b'}' => return Some(Token::Close),
                b'\\' => return self.control(),
                b'\r' | b'\n' | 0 => {}
                byte => return Some(Token::Byte(byte)),
            }
        }
    }
}
