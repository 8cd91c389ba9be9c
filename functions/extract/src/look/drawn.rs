//! Boxes and bullets that somebody drew before the lines of a list. A reader of letters takes them for letters.

use super::reading::{Line, Word};
use sentry_documents::PixelBox;

/// What an empty box, a circle or a bullet is taken for.
const OPEN: [&str; 24] = [
    "O", "0", "o", "°", "U", "D", "Q", "C", "L", "LI", "Lİ", "LJ", "LL", "CI", "CJ", "EJ", "11",
    "I]", "[]", "()", "©", "®", "¢", "e",
];
/// What a box with a tick or a cross in it is taken for.
const TICKED: [&str; 16] = [
    "M", "W", "V", "X", "Y", "A", "N", "K", "&", "@", "¥", "%", "VI", "VA", "IX", "[X",
];
/// Fewer lines than this with the same mark are no list.
const FEWEST: usize = 2;

/// Spells drawn marks as a list is written: "- " before an item, "- [x] " before one that is ticked.
///
/// A mark is a lone square sign before at least one word, and what is drawn stands at the same margin again. An edge of
/// the board, read as a bar, is left out.
pub(super) fn spell(lines: &mut [Line]) {
    for line in &mut *lines {
        let bars = line.words.iter().filter(|word| word.text == "|").count();
        if bars == 1 && line.words.len() > 1 && line.words[0].text == "|" {
            line.words.remove(0);
        }
    }
    let open: Vec<Word> = lines
        .iter()
        .filter_map(|line| mark(line, &OPEN))
        .cloned()
        .collect();
    for line in lines {
        let beside = |mark: &Word| {
            let same = open.iter().filter(|other| aligned(other, mark));
            same.count() >= FEWEST
        };
        let spelt = if mark(line, &OPEN).is_some_and(beside) {
            "-"
        } else if mark(line, &TICKED).is_some_and(beside) {
            "- [x]"
        } else {
            continue;
        };
        spelt.clone_into(&mut line.words[0].text);
    }
}

/// The first word, where it is one of these signs, about as wide as high, and something follows.
fn mark<'a>(line: &'a Line, signs: &[&str]) -> Option<&'a Word> {
    let [first, next, ..] = line.words.as_slice() else {
        return None;
    };
    let PixelBox {
        left,
        width,
        height,
        ..
    } = first.place;
    let square = width * 2 >= height && width <= height * 2;
    let apart = next.place.left - (left + width) >= height / 4;
    (square && apart && signs.contains(&first.text.as_str())).then_some(first)
}

/// Whether two marks stand at the same margin.
fn aligned(one: &Word, other: &Word) -> bool {
    (one.place.left - other.place.left).abs() <= one.place.height.max(other.place.height)
}

#[cfg(test)]
mod tests {
    use super::super::reading::line;
    use super::*;

    fn spelt(lines: &[(&str, i64)]) -> Vec<String> {
        let mut lines: Vec<Line> = lines
            .iter()
            .map(|(text, margin)| line(text, *margin))
            .collect();
        spell(&mut lines);
        lines.iter().map(Line::text).collect()
    }

    #[test]
    fn boxes_become_a_list() {
        let read = [
            ("To do", 100),
            ("11 Maria - send budget", 110),
            ("LI Tom - book the room", 104),
            ("M order the badges", 108),
            ("| O Anna to call the printer", 106),
            ("| Next: Tuesday", 90),
        ];
        assert_eq!(
            spelt(&read),
            [
                "To do",
                "- Maria - send budget",
                "- Tom - book the room",
                "- [x] order the badges",
                "- Anna to call the printer",
                "Next: Tuesday"
            ]
        );
    }

    #[test]
    fn letters_stay_letters() {
        for read in [
            // Once is no list, and neither are lines at other margins.
            vec![("O Romeo", 100), ("wherefore art thou", 100)],
            vec![("O da gelecek", 100), ("O kim", 400)],
            vec![("M Dupont viendra", 100), ("M Martin aussi", 100)],
            vec![("11", 100), ("LI", 100)],
            vec![("| a | b |", 100)],
        ] {
            let before: Vec<_> = read.iter().map(|(text, _)| (*text).to_owned()).collect();
            assert_eq!(spelt(&read), before);
        }
    }
}
