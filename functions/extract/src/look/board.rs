//! Boards with columns, "To do | Doing | Done": read one column after the other, not across.

use super::reading::{Line, Word};

/// How columns are called, in five languages.
const STATES: &str = "\
    to do|to dos|to be done|open|backlog|ready|next|later|ideas|doing|in progress|wip|review|in review|testing|waiting|blocked|\
    on hold|done|finished|completed|closed|this week|next week|today|tomorrow|zu tun|offen|geplant|in arbeit|laufend|wartet|\
    blockiert|erledigt|fertig|abgeschlossen|a faire|en cours|en attente|bloque|fait|termine|por hacer|pendiente|pendientes|haciendo|\
    en proceso|en curso|hecho|terminado|yapilacak|yapilacaklar|yapiliyor|devam ediyor|beklemede|bitti|tamamlandi|yapildi";

/// Words further apart than this, in heights of a letter, are not of one line.
const APART: f64 = 1.6;

/// How much a photographed line may rise or fall along its length.
const SLOPE: f64 = 0.06;

/// Words that stand together.
#[derive(Debug)]
struct Part<'a> {
    words: Vec<&'a Word>,
}

impl Part<'_> {
    fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        words.join(" ")
    }

    fn left(&self) -> f64 {
        self.words
            .first()
            .map_or(0.0, |word| word.place.left as f64)
    }

    /// The middle of its first word, from above.
    fn middle(&self) -> f64 {
        let place = self.words.first().map(|word| word.place);
        place.map_or(0.0, |it| it.top as f64 + it.height as f64 / 2.0)
    }

    /// Whether two parts stand beside each other, on a board that may be held askew.
    fn is_beside(&self, other: &Self, height: f64) -> bool {
        let slope = (self.left() - other.left()).abs() * SLOPE;
        (self.middle() - other.middle()).abs() <= height + slope
    }
}

/// The text of a board, where at least two names of columns stand beside each other; what is written above them first.
pub(super) fn read(lines: &[Line]) -> Option<String> {
    let height = height(lines)?;
    let parts: Vec<Part> = lines.iter().flat_map(|line| cut(line, height)).collect();
    let heads = heads(&parts, height)?;
    let mut columns: Vec<Vec<&Part>> = vec![Vec::new(); heads.len()];
    let mut above: Vec<String> = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        let away = |(at, _): &(usize, String)| (parts[*at].left() - part.left()).abs();
        let nearest =
            (0..heads.len()).min_by(|&a, &b| away(&heads[a]).total_cmp(&away(&heads[b])))?;
        let head = &parts[heads[nearest].0];
        if part.middle() > head.middle() + height / 2.0 && !part.is_beside(head, 0.0) {
            columns[nearest].push(part);
        } else if heads.iter().all(|(at, _)| *at != place) {
            above.push(part.text());
        }
    }
    let mut text = above.join("\n");
    for ((_, name), mut column) in heads.into_iter().zip(columns) {
        column.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str("# ");
        text.push_str(&name);
        text.push('\n');
        for part in column {
            let item = part.text();
            text.push_str("\n- ");
            text.push_str(item.trim_start_matches(['-', '•', '*', '·', ' ']));
        }
    }
    Some(text)
}

/// The usual height of its words.
fn height(lines: &[Line]) -> Option<f64> {
    let words = lines.iter().flat_map(|line| &line.words);
    let mut heights: Vec<i64> = words.map(|word| word.place.height).collect();
    heights.sort_unstable();
    let middle = *heights.get(heights.len() / 2)?;
    (middle > 0).then_some(middle as f64)
}

/// The parts of a line that stand far from each other.
fn cut(line: &Line, height: f64) -> Vec<Part<'_>> {
    let mut parts: Vec<Part> = Vec::new();
    let mut end = f64::NEG_INFINITY;
    for word in &line.words {
        let left = word.place.left as f64;
        match parts.last_mut().filter(|_| left - end <= height * APART) {
            Some(part) => part.words.push(word),
            None => parts.push(Part { words: vec![word] }),
        }
        end = left + word.place.width as f64;
    }
    parts
}

/// The places of two or more names of columns beside each other, from the left, and how they are called.
fn heads(parts: &[Part], height: f64) -> Option<Vec<(usize, String)>> {
    let named = |(place, part): (usize, &Part)| Some((place, state(&part.text())?));
    let known: Vec<(usize, String)> = parts.iter().enumerate().filter_map(named).collect();
    let beside = |first: &(usize, String)| {
        let near = |(at, _): &&(usize, String)| parts[*at].is_beside(&parts[first.0], height);
        let mut heads: Vec<_> = known.iter().filter(near).cloned().collect();
        heads.sort_by(|(a, _), (b, _)| parts[*a].left().total_cmp(&parts[*b].left()));
        heads
    };
    known.iter().map(beside).find(|heads| heads.len() > 1)
}

/// Which column is called so, be it that an O was read as a naught.
fn state(text: &str) -> Option<String> {
    let letters = |text: &str, likely: bool| -> String {
        let lower = text.to_lowercase();
        let plain = lower.chars().map(|c| match c {
            'à' | 'â' => 'a',
            'é' | 'è' => 'e',
            'ı' => 'i',
            '0' if likely => 'o',
            '1' if likely => 't',
            other => other,
        });
        plain.filter(|c| c.is_alphanumeric()).collect()
    };
    let said = letters(text, false);
    let likely = letters(text, true);
    let spaced = |name: &&str| {
        let name: String = name.split_whitespace().collect();
        name == said || name == likely
    };
    let known = STATES.split('|').map(str::trim).find(spaced)?;
    let as_written = letters(known, false) == said;
    Some(if as_written {
        text.to_owned()
    } else {
        known.to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::super::reading::line_at;
    use super::*;

    #[test]
    fn columns_are_read_one_after_the_other() {
        let board = [
            line_at(&[("Sprint", 40), ("5", 110)], 10),
            line_at(&[("10.", 40), ("DO", 80), ("DONE", 900)], 60),
            line_at(
                &[
                    ("Order", 40),
                    ("chairs", 100),
                    ("-", 170),
                    ("Kim", 190),
                    ("Rent", 905),
                    ("it", 955),
                ],
                120,
            ),
            line_at(&[("Send", 890), ("invitations", 940)], 190),
            line_at(&[("Print", 40), ("badges", 100)], 184),
        ];
        let text = "Sprint 5\n\n# to do\n\n- Order chairs - Kim\n- Print badges\n\n# DONE\n\n- Rent it\n- Send invitations";
        assert_eq!(read(&board).as_deref(), Some(text));
    }

    #[test]
    fn a_table_is_no_board() {
        let table = [
            line_at(&[("Task", 40), ("Who", 600), ("Done", 900)], 10),
            line_at(
                &[("Order", 40), ("chairs", 100), ("Kim", 600), ("yes", 900)],
                60,
            ),
        ];
        assert_eq!(read(&table), None);
        assert_eq!(read(&[]), None);
    }
}
