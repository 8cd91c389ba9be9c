//! Letters that are drawings without names (fonts of Type 3): TeX writes them in bitmaps under the codes of its own
//! fonts, which for most letters are those of ASCII. Other programs number the drawings as they come; those are no text.

use super::glyphs::Letter;

/// Fewer letters of a page say nothing about it.
const FEWEST: usize = 30;
/// What the codes 11 to 15 stand for in the older fonts, and 27 to 31 in the newer ones.
const LIGATURES: [&str; 5] = ["ff", "fi", "fl", "ffi", "ffl"];
/// The bullet of the older fonts of signs, where a ligature stands in those of letters.
const BULLET: u8 = 15;
/// The bullet of the newer fonts of signs.
const NEW_BULLET: u8 = 136;

/// Whether the codes of a document were found to be letters. One page that shows it stands for all.
#[derive(Debug, Default)]
pub(super) struct Codes {
    are_letters: bool,
    is_old: bool,
}

impl Codes {
    /// Names the letters of a page by their codes where these make words.
    pub(super) fn name(&mut self, letters: &mut [Letter]) {
        let codes: Vec<u8> = letters.iter().filter_map(|letter| letter.code).collect();
        if codes.is_empty() {
            return;
        }
        if are_words(&codes) {
            self.are_letters = true;
            let count = |from: u8, to: u8| {
                let within = codes.iter().filter(|&&code| (from..=to).contains(&code));
                within.count()
            };
            self.is_old = count(11, 15) >= count(27, 31);
        }
        if !self.are_letters {
            return;
        }
        for index in 0..letters.len() {
            let Some(code) = letters[index].code else {
                continue;
            };
            let is_bullet = code == NEW_BULLET
                || (code == BULLET && self.is_old && stands_alone(letters, index));
            if is_bullet {
                "\u{2022}".clone_into(&mut letters[index].text);
            } else if let Some(text) = text(code, self.is_old) {
                letters[index].text = text;
            }
        }
    }
}

/// Whether codes taken for ASCII are mostly small letters, and of these mostly those that languages use most.
fn are_words(codes: &[u8]) -> bool {
    let of = |wanted: &[u8]| codes.iter().filter(|code| wanted.contains(code)).count();
    let shown = codes.iter().filter(|code| code.is_ascii_graphic()).count();
    let small = codes
        .iter()
        .filter(|code| code.is_ascii_lowercase())
        .count();
    codes.len() >= FEWEST
        && shown * 10 >= codes.len() * 9
        && small * 2 >= codes.len()
        && of(b"aeinorst") * 2 >= small
        && of(b"jqxz") * 12 <= small
}

/// Whether nothing touches a sign on its line.
fn stands_alone(letters: &[Letter], index: usize) -> bool {
    let sign = &letters[index];
    let far = |from: f64, to: f64, y: f64| {
        (y - sign.y).abs() > 0.5 * sign.size || to - from > 0.2 * sign.size || to < from - sign.size
    };
    let before = index.checked_sub(1).and_then(|before| letters.get(before));
    let after = letters.get(index + 1);
    before.is_none_or(|before| far(before.x1, sign.x0, before.y))
        && after.is_none_or(|after| far(sign.x1, after.x0, after.y))
}

/// What a code stands for: in the older fonts (OT1) or in the newer ones (T1).
fn text(code: u8, is_old: bool) -> Option<String> {
    let ligature = code.checked_sub(if is_old { 11 } else { 27 });
    if let Some(letters) = ligature.and_then(|at| LIGATURES.get(usize::from(at))) {
        return Some((*letters).to_owned());
    }
    let sign = match (code, is_old) {
        (25, true) | (255, false) => '\u{df}',
        (34, true) | (17, false) => '\u{201d}',
        (92, true) | (16, false) => '\u{201c}',
        (123, true) | (21, false) => '\u{2013}',
        (124, true) | (22, false) => '\u{2014}',
        (39, _) => '\u{2019}',
        (96, _) => '\u{2018}',
        (0xc0..=0xfe, false) if !matches!(code, 0xd7 | 0xdf | 0xf7) => char::from(code),
        _ if code.is_ascii_graphic() => char::from(code),
        _ => return None,
    };
    Some(sign.to_string())
}

#[cfg(test)]
mod tests {
    use super::{are_words, text};

    #[test]
    fn codes_are_letters_where_they_make_words() {
        for words in [
            "Therevisedbudgetissentbeforethefirstofmay.",
            "DieSitzungbeginntamDonnerstagumzehnUhr.",
            "Enviarlapropuestaantesdelviernesporlatarde",
            "Toplantinotlarinipazartesigununekadargonderin",
        ] {
            assert!(are_words(words.as_bytes()), "{words}");
        }
        // Numbered as they come, from 1 or from the first sign that is seen.
        let text = b"Therevisedbudgetissentbeforethefirstofmay.";
        for first in [1, 33, 65, 97] {
            let mut known: Vec<u8> = Vec::new();
            let codes = text.iter().map(|letter| {
                let at = known.iter().position(|other| other == letter);
                let at = at.unwrap_or_else(|| {
                    known.push(*letter);
                    known.len() - 1
                });
                first + u8::try_from(at).unwrap_or(0)
            });
            let codes: Vec<u8> = codes.collect();
            assert!(!are_words(&codes), "{first}");
        }
        assert!(!are_words(b"Page 3"));
    }

    #[test]
    fn older_and_newer_fonts_differ_in_some_codes() {
        let both = |code| (text(code, true), text(code, false));
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(both(b'e'), (some("e"), some("e")));
        assert_eq!(both(12), (some("fi"), None));
        assert_eq!(both(28), (None, some("fi")));
        assert_eq!(both(123), (some("\u{2013}"), some("{")));
        assert_eq!(both(0xfc), (None, some("\u{fc}")));
        assert_eq!(both(5), (None, None));
    }
}
