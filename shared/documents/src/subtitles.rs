//! Subtitles (`WebVTT`, `SubRip`): who said what, without the times.

use crate::limits::Budget;
use crate::plain;
use crate::writer::{Writer, one_line};
use crate::{Document, FileKind, ReadError};

/// Longer words before a colon are no name.
const NAME_CHARS: usize = 40;
/// Where nobody is named, a paragraph ends with a sentence after so many bytes.
const LONG: usize = 400;
/// Lines between two looks at the time.
const LINES_PER_CHECK: usize = 4_096;

pub(crate) fn read(text: &str, budget: &Budget) -> Result<Document, ReadError> {
    let mut turn = Turn::new(Writer::new(budget));
    let mut in_cue = false;
    let mut any = false;
    let mut lines = text.lines().map(str::trim).peekable();
    let mut count = 0_usize;
    while let Some(line) = lines.next() {
        count += 1;
        if count.is_multiple_of(LINES_PER_CHECK) {
            budget.check_time()?;
        }
        if is_time(line) {
            (in_cue, any) = (true, true);
        } else if line.is_empty() {
            in_cue = false;
        } else if in_cue {
            // The number of the next cue, where no blank line parts them.
            let numbers = line.bytes().all(|byte| byte.is_ascii_digit());
            if !numbers || !lines.peek().is_some_and(|next| is_time(next)) {
                turn.line(line);
            }
        }
        // What stands outside of cues are numbers, styles and remarks.
        if turn.writer.is_full() {
            break;
        }
    }
    if !any {
        return plain::read(text, budget);
    }
    turn.end();
    turn.writer.finish(FileKind::Subtitles)
}

/// Whether a text, in small letters, begins as subtitles do.
pub(crate) fn begins(head: &str) -> bool {
    let mut lines = head.lines().map(str::trim);
    let first = lines.next().unwrap_or_default();
    let signed = first
        .strip_prefix("webvtt")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    let numbered = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
    signed || is_time(first) || (numbered && lines.next().is_some_and(is_time))
}

/// `00:00:01,000 --> 00:00:04,000`, with or without hours, settings behind it.
fn is_time(line: &str) -> bool {
    let is_moment = |text: &str| {
        text.contains(':')
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || b":.,".contains(&byte))
    };
    line.split_once("-->").is_some_and(|(from, to)| {
        is_moment(from.trim()) && to.split_whitespace().next().is_some_and(is_moment)
    })
}

/// What one person says until another does.
struct Turn<'b> {
    writer: Writer<'b>,
    speaker: Option<String>,
    words: String,
}

impl<'b> Turn<'b> {
    const fn new(writer: Writer<'b>) -> Self {
        Self {
            writer,
            speaker: None,
            words: String::new(),
        }
    }

    /// A line of a cue, its tags and entities still in it.
    fn line(&mut self, line: &str) {
        let mut words = String::new();
        let mut voiced = false;
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('<') {
            words.push_str(before);
            let tag = after.split_once('>').filter(|(tag, _)| {
                tag.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/')
            });
            let Some((tag, after)) = tag else {
                words.push('<');
                rest = after;
                continue;
            };
            rest = after;
            if let Some(name) = voice(tag) {
                self.say(&std::mem::take(&mut words), voiced);
                self.speaks(Some(name));
                voiced = true;
            }
        }
        words.push_str(rest);
        self.say(&words, voiced);
    }

    /// Words without tags. Without a voice the speaker may stand before them.
    fn say(&mut self, words: &str, voiced: bool) {
        let words = one_line(&plain_words(words));
        let mut words = words.as_str();
        let changed = words
            .strip_prefix(">>")
            .or_else(|| words.strip_prefix("- "));
        if let Some(rest) = changed {
            words = rest.trim_start();
            self.speaks(None);
        }
        if let Some((name, rest)) = named(words).filter(|_| !voiced) {
            self.speaks(Some(name.to_owned()));
            words = rest;
        }
        if words.is_empty() {
            return;
        }
        let ends = self.words.ends_with(['.', '!', '?', '\u{2026}']);
        if self.speaker.is_none() && ends && self.words.len() > LONG {
            self.end();
        }
        if !self.words.is_empty() {
            self.words.push(' ');
        }
        self.words.push_str(words);
    }

    /// From here on somebody speaks; nobody knows who where there is no name.
    fn speaks(&mut self, speaker: Option<String>) {
        if speaker.is_none() || speaker != self.speaker {
            self.end();
            self.speaker = speaker;
        }
    }

    fn end(&mut self) {
        let words = std::mem::take(&mut self.words);
        if words.is_empty() {
            return;
        }
        match &self.speaker {
            Some(name) => self.writer.paragraph(&format!("{name}: {words}")),
            None => self.writer.paragraph(&words),
        }
    }
}

/// The name in a tag such as `v Anna Berg` or `v.loud Anna`.
fn voice(tag: &str) -> Option<String> {
    let (kind, name) = tag.split_once([' ', '\t'])?;
    let is_voice = kind == "v" || kind.starts_with("v.");
    let name = one_line(&plain_words(name));
    (is_voice && !name.is_empty()).then_some(name)
}

/// A name and what follows its colon: some words that begin like names, no sentence.
fn named(words: &str) -> Option<(&str, &str)> {
    let (name, rest) = words.split_once(':')?;
    let is_name = name.chars().next().is_some_and(char::is_uppercase)
        && name.chars().count() <= NAME_CHARS
        && name.split_whitespace().count() <= 3
        && name
            .chars()
            .all(|c| c.is_alphabetic() || c == ' ' || ".-'\u{2019}".contains(c));
    let follows = rest.is_empty() || rest.starts_with(' ');
    (is_name && follows).then_some((name, rest.trim_start()))
}

/// Entities as the signs they stand for; places on the screen (`{\an8}`) left out.
fn plain_words(text: &str) -> String {
    let text = text
        .trim_start()
        .strip_prefix("{\\")
        .and_then(|rest| rest.split_once('}'))
        .map_or(text, |(_, rest)| rest);
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", " "),
        ("&lrm;", ""),
        ("&rlm;", ""),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (entity, sign)| {
        text.replace(entity, sign)
    })
}

#[cfg(test)]
mod tests {
    use super::begins;
    use crate::{FileKind, Limits, read, sniff};

    fn text(file: &str) -> String {
        let document = read(file.as_bytes(), FileKind::Subtitles, &Limits::default());
        document.unwrap().text
    }

    #[test]
    fn voices_become_turns_and_sentences_are_joined() {
        let file = "WEBVTT\n\nNOTE made by hand\n\n1\n00:03.120 --> 00:07.400 align:start\n<v Sarah Connor>Where do \
                    <i>we</i></v>\n\n2\n00:00:14.000 --> 00:00:16.000\n<v Sarah Connor>stand, Miguel?</v>\n\n\
                    00:17.000 --> 00:18.000\n<v.loud Miguel>Q&amp;A is 3 < 4</v> <v Sarah Connor>Fine.</v>\n";
        let turns = "Sarah Connor: Where do we stand, Miguel?\n\nMiguel: Q&A is 3 < 4\n\nSarah Connor: Fine.";
        assert_eq!(text(file), turns);
    }

    #[test]
    fn names_before_colons_are_turns_and_numbers_are_left_out() {
        let file = "1\r\n00:00:01,000 --> 00:00:04,000\r\nAnna: Clara, kannst du bis zum\r\n2\r\n00:00:04,500 --> \
                    00:00:09,000\r\n30. November den Vertrag pr\u{fc}fen?\r\n\r\n3\r\n00:00:10,000 --> 00:00:11,000\r\n\
                    {\\an8}Clara: Ja.\r\n- Um 9: nein.\r\n";
        let turns = "Anna: Clara, kannst du bis zum 30. November den Vertrag pr\u{fc}fen?\n\nClara: Ja.\n\nUm 9: nein.";
        assert_eq!(text(file), turns);
    }

    #[test]
    fn what_is_none_is_read_as_text() {
        assert_eq!(text("Call the plumber."), "Call the plumber.");
        assert_eq!(text("WEBVTT\n\n00:01.000 --> 00:02.000\nHi"), "Hi");
        for head in [
            "webvtting",
            "1\n2 --> 3",
            "a --> b",
            "1.\n00:01 --> 00:02",
            "",
        ] {
            assert!(!begins(head), "{head:?}");
        }
    }

    #[test]
    fn they_are_known_by_name_and_by_how_they_begin() {
        let srt = b"1\n00:00:01,000 --> 00:00:04,000\nAnna: Hello.\n";
        for (bytes, name) in [
            (&b"WEBVTT\n\n"[..], "call.txt"),
            (srt, "call.txt"),
            (srt, "call.srt"),
            (srt, "call"),
            (b"Hello.", "call.vtt"),
        ] {
            assert_eq!(sniff(bytes, name, None), Ok(FileKind::Subtitles), "{name}");
        }
    }
}
