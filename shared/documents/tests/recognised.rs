//! Tables in pictures, out of the boxes of words and of ruled lines.

use sentry_documents::{PixelBox, PixelWord, ruled_tables};

const fn place([left, top, width, height]: [i64; 4]) -> PixelBox {
    PixelBox {
        left,
        top,
        width,
        height,
    }
}

/// Two columns with rows of 40 pixels, the second of two lines, a word in each line of a cell.
const WORDS: [(&str, [i64; 4], usize); 9] = [
    ("Minutes", [100, 40, 70, 20], 0),
    ("Task", [110, 110, 40, 20], 1),
    ("Who", [310, 110, 30, 20], 1),
    ("Call", [110, 150, 40, 20], 2),
    ("|", [290, 150, 4, 20], 2),
    ("Tom", [310, 150, 30, 20], 2),
    ("everybody-today", [110, 180, 180, 20], 3),
    ("Book", [110, 222, 40, 20], 4),
    ("Next", [100, 300, 40, 20], 5),
];
const RULINGS: [[i64; 4]; 7] = [
    [100, 98, 400, 4],
    // Some boxes are thicker than what is drawn.
    [100, 127, 400, 24],
    [100, 208, 400, 4],
    [100, 248, 400, 4],
    [99, 100, 2, 150],
    [299, 100, 2, 150],
    [499, 100, 2, 150],
];
const TABLE: &str = "| Task | Who |\n|---|---|\n| Call everybody-today | Tom |\n| Book |  |";

/// The tables of a page whose boxes were moved, each with how many words stand in it.
fn tables(moved: impl Fn(PixelBox) -> PixelBox) -> Vec<(String, usize)> {
    let words = WORDS.map(|(text, at, line)| PixelWord {
        text: text.to_owned(),
        place: moved(place(at)),
        line,
    });
    let rulings = RULINGS.map(|at| moved(place(at)));
    let found = ruled_tables(&words, &rulings).into_iter();
    found
        .map(|table| {
            let inside = words.iter().filter(|word| table.holds(word.place));
            let count = inside.count();
            (table.text, count)
        })
        .collect()
}

#[test]
fn words_are_put_into_cells() {
    assert_eq!(tables(|place| place), [(TABLE.to_owned(), 7)]);
}

#[test]
fn a_page_may_lie_on_any_side() {
    let expected = [(TABLE.to_owned(), 7)];
    let upside_down = |at: PixelBox| PixelBox {
        left: 1_000 - at.left - at.width,
        top: 1_000 - at.top - at.height,
        ..at
    };
    assert_eq!(tables(upside_down), expected);
    let on_its_right =
        |at: PixelBox| place([1_000 - at.top - at.height, at.left, at.height, at.width]);
    assert_eq!(tables(on_its_right), expected);
    let on_its_left =
        |at: PixelBox| place([at.top, 1_000 - at.left - at.width, at.height, at.width]);
    assert_eq!(tables(on_its_left), expected);
}

#[test]
fn a_page_may_lie_askew() {
    for slope in [-30, 30] {
        // A box around what has turned about the corner, by so many thousandths.
        let askew = |at: PixelBox| {
            let is_word = at.height == 20;
            let (x, y) = (at.left + at.width / 2, at.top + at.height / 2);
            let (x, y) = (x - slope * y / 1_000, y + slope * x / 1_000);
            let grown = |across: i64, along: i64| {
                let more = if is_word {
                    0
                } else {
                    slope.abs() * along / 1_000
                };
                across + more
            };
            let (width, height) = (grown(at.width, at.height), grown(at.height, at.width));
            place([x - width / 2, y - height / 2, width, height])
        };
        assert_eq!(tables(askew), [(TABLE.to_owned(), 7)], "{slope}");
    }
}

#[test]
fn a_box_may_reach_into_the_next_line() {
    let mut words = WORDS.map(|(text, at, line)| PixelWord {
        text: text.to_owned(),
        place: place(at),
        line,
    });
    // Three words of a line, one of them with a piece of what stands below.
    for (word, (text, left, height)) in
        words[6..]
            .iter_mut()
            .zip([("to", 110, 20), ("her", 140, 36), ("office", 180, 20)])
    {
        *word = PixelWord {
            text: text.to_owned(),
            place: place([left, 180, 25, height]),
            line: 3,
        };
    }
    let mut below = words[8].clone();
    below.place = place([110, 196, 60, 12]);
    below.line = 4;
    let words = [words.as_slice(), &[below]].concat();
    let tables = ruled_tables(&words, &RULINGS.map(place));
    let row = "| Call; to her office; office | Tom |";
    assert!(tables[0].text.contains(row), "{}", tables[0].text);
}

#[test]
fn a_header_on_a_dark_ground_belongs_to_its_table() {
    let words = WORDS.map(|(text, at, line)| PixelWord {
        text: text.to_owned(),
        place: place(at),
        line,
    });
    // What is drawn begins below the header.
    let mut rulings = vec![RULINGS[2], RULINGS[3]];
    rulings.extend([99, 299, 499].map(|left| [left, 140, 2, 110]));
    let rulings: Vec<PixelBox> = rulings.into_iter().map(place).collect();
    let tables = ruled_tables(&words, &rulings);
    assert_eq!(tables[0].text, TABLE);
    // Prose runs across the columns.
    let mut prose = words.to_vec();
    prose[1].place.width = 195;
    assert!(ruled_tables(&prose, &rulings).is_empty());
}

#[test]
fn tables_below_each_other_are_two() {
    let words = [
        ("a", 110, 110),
        ("b", 310, 110),
        ("c", 110, 150),
        ("d", 310, 150),
    ];
    let below = words.map(|(text, left, top)| (text, left, top + 120));
    let words = [words, below].concat();
    let numbered = words.into_iter().enumerate();
    let words: Vec<PixelWord> = numbered
        .map(|(line, (text, left, top))| PixelWord {
            text: text.to_owned(),
            place: place([left, top, 12, 20]),
            line,
        })
        .collect();
    let mut rulings = vec![place([99, 100, 2, 200]), place([499, 100, 2, 200])];
    rulings.extend([100, 140, 180, 220, 260, 300].map(|top| place([100, top - 1, 400, 2])));
    rulings.extend([place([299, 100, 2, 80]), place([249, 220, 2, 80])]);
    let tables = ruled_tables(&words, &rulings);
    let texts: Vec<&str> = tables.iter().map(|table| table.text.as_str()).collect();
    assert_eq!(texts, ["| a | b |\n|---|---|\n| c | d |"; 2]);
    // A row that nobody filled in.
    rulings.push(place([299, 100, 2, 200]));
    assert_eq!(ruled_tables(&words, &rulings).len(), 1);
}

#[test]
fn lines_without_cells_are_no_table() {
    let words = WORDS.map(|(text, at, line)| PixelWord {
        text: text.to_owned(),
        place: place(at),
        line,
    });
    // A frame, lines under words, and none at all.
    let frame = [RULINGS[0], RULINGS[3], RULINGS[4], RULINGS[6]].map(place);
    let under = [RULINGS[0], RULINGS[1], RULINGS[2]].map(place);
    // A picture is no line.
    let mut area = frame.to_vec();
    area.push(place([200, 100, 150, 150]));
    for rulings in [&frame[..], &under[..], &area[..], &[]] {
        assert!(ruled_tables(&words, rulings).is_empty(), "{rulings:?}");
    }
    assert!(ruled_tables(&[], &RULINGS.map(place)).is_empty());
}
