//! Text to tokens: folded words, marks and emoji that remember where they stood.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters and digits.
    Word,
    /// An emoji or an emoticon.
    Emoji,
    /// A comma, a dash, a bracket: ends a clause.
    Pause,
    /// An end of a sentence.
    End,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    /// Folded: lower case, without accents and apostrophes.
    pub text: String,
    pub kind: Kind,
    /// Bytes of the original.
    pub start: usize,
    pub end: usize,
    /// Written in capitals.
    pub shouted: bool,
}

/// Longer first, so that ":'(" is not read as ":".
const EMOTICONS: &[&str] = &[
    ":'(", ":-)", ":-(", ":-D", ":-/", "</3", ":)", ":(", ":D", ":/", ";)", "<3", "xD",
];

/// French (and Italian) words that end in an apostrophe: "j'ai" is two words, "don't" is one.
const ELIDED: &[&str] = &[
    "l", "d", "j", "m", "t", "s", "n", "c", "qu", "lorsqu", "puisqu", "jusqu",
];

/// Lower case without accents, so that "müde", "MÜDE" and "mude" are one word.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => folded.push('a'),
            'ç' => folded.push('c'),
            'è' | 'é' | 'ê' | 'ë' => folded.push('e'),
            'ì' | 'í' | 'î' | 'ï' | 'ı' => folded.push('i'),
            'ñ' => folded.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => folded.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => folded.push('u'),
            'ÿ' | 'ý' => folded.push('y'),
            'ş' => folded.push('s'),
            'ğ' => folded.push('g'),
            'ß' => folded.push_str("ss"),
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            // Combining marks, as of text in decomposed form and of the Turkish capital İ.
            '\u{300}'..='\u{36f}' | '\'' | '’' | 'ʼ' => {}
            c => folded.push(c),
        }
    }
    folded
}

/// Splits a text; every byte of a token's range lies in the text, on character bounds.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let next = at + c.len_utf8();
        let word_before = tokens
            .last()
            .is_some_and(|t: &Token| t.end == at && t.kind == Kind::Word);
        let emoticon = EMOTICONS
            .iter()
            .find(|e| rest.starts_with(**e) && !word_before);
        if let Some(emoticon) = emoticon {
            push(&mut tokens, text, Kind::Emoji, at, at + emoticon.len());
            at += emoticon.len();
        } else if c.is_alphanumeric() {
            at = word(&mut tokens, text, at);
        } else {
            match c {
                '.' | '!' | '?' | '\n' | ';' | '…' | '¿' | '¡' => {
                    push(&mut tokens, text, Kind::End, at, next);
                }
                ',' | ':' | '(' | ')' | '–' | '—' | '"' | '«' | '»' | '“' | '”' | '„' =>
                {
                    push(&mut tokens, text, Kind::Pause, at, next);
                }
                // A hyphen joins ("burn-out", "back-to-back"), alone it pauses.
                '-' if rest[1..].starts_with(' ') => push(&mut tokens, text, Kind::Pause, at, next),
                c if is_emoji(c) => push(&mut tokens, text, Kind::Emoji, at, next),
                _ => {}
            }
            at = next;
        }
    }
    tokens
}

/// Takes one word (two, where the first is elided) and returns where it ends.
fn word(tokens: &mut Vec<Token>, text: &str, start: usize) -> usize {
    let mut end = start;
    let mut chars = text[start..].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let apostrophe = matches!(c, '\'' | '’' | 'ʼ');
        let inner = apostrophe && chars.peek().is_some_and(|(_, next)| next.is_alphabetic());
        let combining = ('\u{300}'..='\u{36f}').contains(&c);
        if !(c.is_alphanumeric() || inner || combining) {
            break;
        }
        if inner && ELIDED.contains(&fold(&text[start..start + offset]).as_str()) {
            push(tokens, text, Kind::Word, start, start + offset);
            return start + offset + c.len_utf8();
        }
        end = start + offset + c.len_utf8();
    }
    push(tokens, text, Kind::Word, start, end);
    end
}

fn push(tokens: &mut Vec<Token>, text: &str, kind: Kind, start: usize, end: usize) {
    let original = &text[start..end];
    let letters = original.chars().filter(|c| c.is_alphabetic()).count();
    tokens.push(Token {
        text: fold(original),
        kind,
        start,
        end,
        shouted: letters > 2 && original.chars().all(|c| !c.is_lowercase()),
    });
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f300}'..='\u{1f3fa}' | '\u{1f400}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn words_are_folded_and_marks_kept() {
        assert_eq!(words("I can’t, MÜDE!"), ["i", "cant", ",", "mude", "!"]);
        assert_eq!(words("j'ai l’envie"), ["j", "ai", "l", "envie"]);
        assert_eq!(words("İntihar, yaşıyorum"), ["intihar", ",", "yasiyorum"]);
        assert_eq!(words("burn-out - done"), ["burn", "out", "-", "done"]);
        assert_eq!(words("ok :) :'( 😴👍🏽"), ["ok", ":)", ":(", "😴", "👍"]);
        assert_eq!(
            words("at 10:30 (http://x)"),
            ["at", "10", ":", "30", "(", "http", ":", "x", ")"]
        );
    }

    #[test]
    fn ranges_are_those_of_the_original() {
        let text = "So müde… 😴 d'accord";
        for token in tokens(text) {
            assert_eq!(fold(&text[token.start..token.end]), token.text);
        }
    }
}
