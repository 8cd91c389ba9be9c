//! Where letters go and whether they are seen.

use super::{NARROW, State, TINY, Target};
use crate::HiddenReason;
use crate::colour::{WHITE, same};

impl State<'_, '_> {
    pub(super) fn unicode(&mut self, number: i32) {
        self.skip = self.now.unicode_skip;
        // Numbers above 32767 are written as negative ones.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "16 bits by definition"
        )]
        let unit = number as u16;
        if (0xd800..0xdc00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        let units: Vec<u16> = self.high.take().into_iter().chain([unit]).collect();
        let text: String = char::decode_utf16(units).flatten().collect();
        self.letter(&text);
    }

    pub(super) fn flush_bytes(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let text = self
            .now
            .encoding
            .decode_without_bom_handling(&bytes)
            .0
            .into_owned();
        self.letter(&text);
    }

    pub(super) fn letter(&mut self, text: &str) {
        match self.now.target {
            Target::Body | Target::Note => self.body(text),
            Target::Nowhere => {}
            Target::Mark => self.mark.push_str(text),
            Target::Title | Target::Running | Target::Comment => self.aside.push_str(text),
            Target::Colours => {
                for _ in text.matches(';') {
                    self.colours.push(self.channels.take());
                }
            }
            Target::Styles => {
                let name = text.trim().trim_end_matches(';').to_lowercase();
                let level = name
                    .strip_prefix("heading ")
                    .and_then(|level| level.parse().ok());
                let level = level.or((name == "title").then_some(1));
                if let Some(level) = level {
                    self.headings.insert(self.now.style, level);
                }
            }
        }
    }

    pub(super) fn body(&mut self, text: &str) {
        let colour = |index: usize| self.colours.get(index).copied().flatten();
        let behind = self.now.behind.into_iter().find(|&index| index > 0);
        let paper = behind.map_or(Some(WHITE), colour);
        let lost = colour(self.now.colour)
            .zip(paper)
            .is_some_and(|(ink, paper)| same(ink, paper));
        let reason = if self.now.deleted {
            Some(HiddenReason::Deleted)
        } else if self.now.hidden {
            Some(HiddenReason::NotDisplayed)
        } else if self.now.size < TINY || self.now.width < NARROW {
            Some(HiddenReason::Tiny)
        } else if lost {
            Some(HiddenReason::SameColour)
        } else {
            None
        };
        if let Some(reason) = reason {
            self.sink.writer.hide(reason, text);
            return;
        }
        if self.now.target == Target::Note {
            let mark = if self.now.strike { "~~" } else { "" };
            self.note.extend([mark, text, mark]);
            return;
        }
        if self.now.strike != self.struck && !text.trim().is_empty() {
            self.struck = self.now.strike;
            self.text.push_str("~~");
        }
        if !self.now.bold {
            self.plain += text.chars().filter(|c| c.is_alphanumeric()).count();
        }
        self.text.push_str(text);
    }
}
