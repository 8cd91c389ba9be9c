//! Chats on a screen: who said it stands over a message, and when at its end, or beside the name.

use super::parts::{Part, height, parts};
use super::reading::Line;

/// Fewer messages than these with a time are no chat.
const FEWEST: usize = 3;
/// Fewer of them with a name over them tell nothing.
const FEWEST_NAMED: usize = 2;
/// A name has at most this many words.
const LONGEST_NAME: usize = 3;
/// What the one who took the picture said is set off by more than this, in heights of a letter.
const SET_OFF: f64 = 1.5;
/// Who took the picture.
const OWN: &str = "Me";

/// What was said, and by whom as far as that is known.
struct Message {
    name: Option<String>,
    text: Vec<String>,
}

/// The text of a chat, one message on a line, who said it before it; what is written above them first.
pub(super) fn read(lines: &[Line]) -> Option<String> {
    let height = height(lines)?;
    let mut parts = parts(lines, height);
    parts.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
    let rows: Vec<Vec<Part>> = parts
        .chunk_by(|a, b| b.middle() - a.middle() < height / 2.0)
        .map(|row| {
            let mut row = row.to_vec();
            row.sort_by(|a, b| a.left().total_cmp(&b.left()));
            row
        })
        .collect();
    let (above, messages) = under_names(&rows).or_else(|| with_times(&rows, height))?;
    let mut text = above.join("\n");
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    let said = |message: &Message| match &message.name {
        Some(name) => format!("{name}: {}", message.text.join(" ")),
        None => message.text.join(" "),
    };
    let messages: Vec<String> = messages.iter().map(said).collect();
    text.push_str(&messages.join("\n"));
    Some(text)
}

/// Messages each under a name and a time, "Priya Shah 18:02".
fn under_names(rows: &[Vec<Part>]) -> Option<(Vec<String>, Vec<Message>)> {
    let (mut above, mut messages): (Vec<String>, Vec<Message>) = Default::default();
    for row in rows {
        let text = whole(row);
        let head = without_time(&text).filter(|name| is_name(name));
        match (head, messages.last_mut()) {
            (Some(name), _) => messages.push(Message {
                name: Some(name.to_owned()),
                text: Vec::new(),
            }),
            (None, Some(message)) => message.text.push(text),
            (None, None) => above.push(text),
        }
    }
    let again = |at: usize| messages[..at].iter().any(|it| it.name == messages[at].name);
    let is_chat = messages.len() >= FEWEST
        && messages.iter().all(|message| !message.text.is_empty())
        && (0..messages.len()).any(again);
    is_chat.then_some((above, messages))
}

/// Messages each with a time at its end, some under a name.
fn with_times(rows: &[Vec<Part>], height: f64) -> Option<(Vec<String>, Vec<Message>)> {
    let texts = rows.iter().flatten().filter(|part| !is_time(part));
    let mut lefts: Vec<f64> = texts.map(Part::left).collect();
    lefts.sort_by(f64::total_cmp);
    // An arrow or a picture may stand further to the left, once.
    let lined_up = |few: &&[f64]| few[FEWEST - 1] - few[0] < height * SET_OFF;
    let margin = lefts.windows(FEWEST).find(lined_up)?[0];
    let at_margin = |part: &Part| part.left() - margin < height * SET_OFF;
    let ends = |row: &Vec<Part>| row.last().is_some_and(is_time);
    let times = rows.iter().filter(|row| ends(row)).count();
    // Where times lead, it is a plan of a day.
    let mut parts = rows.iter().flatten();
    if times < FEWEST || parts.any(|part| is_time(part) && at_margin(part)) {
        return None;
    }
    let (mut above, mut messages): (Vec<String>, Vec<Message>) = Default::default();
    let (mut named, mut speaker) = (0, None);
    for said in rows.split_inclusive(ends) {
        let lines: Vec<(String, bool)> = said
            .iter()
            .map(|row| &row[..row.len() - usize::from(ends(row))])
            .filter(|row| !row.is_empty())
            .map(|row| (whole(row), at_margin(&row[0])))
            .collect();
        let first = lines.iter().position(|(_, at_margin)| *at_margin);
        let leads = |at: &usize| at + 1 < lines.len() && lines[*at].1 && is_name(&lines[*at].0);
        let name = if messages.is_empty() {
            // What the chat is called may stand over the first of them.
            (0..lines.len()).rev().find(leads)
        } else {
            first.filter(leads)
        };
        if let Some(name) = name {
            named += 1;
            speaker = Some(lines[name].0.trim_start_matches(['~', ' ']).to_owned());
        } else if !said.last().is_some_and(ends) {
            speaker = None;
        } else if first.is_none() {
            speaker = Some(OWN.to_owned());
        } else if speaker.as_deref() == Some(OWN) {
            speaker = None;
        }
        let (before, text) = lines.split_at(name.or(first).unwrap_or_default());
        let text = &text[usize::from(name.is_some())..];
        let written = |lines: &[(String, bool)]| lines.iter().map(|line| line.0.clone()).collect();
        if messages.is_empty() {
            above = written(before);
        } else if !before.is_empty() {
            messages.push(Message {
                name: None,
                text: written(before),
            });
        }
        if !text.is_empty() {
            messages.push(Message {
                name: speaker.clone(),
                text: written(text),
            });
        }
    }
    (named >= FEWEST_NAMED).then_some((above, messages))
}

fn is_time(part: &Part) -> bool {
    without_time(&part.text()).is_some_and(str::is_empty)
}

fn whole(row: &[Part]) -> String {
    let texts: Vec<String> = row.iter().map(Part::text).collect();
    texts.join(" ")
}

/// What stands before the time of day at the end of a line. Ticks after it, read as letters, are left out.
fn without_time(text: &str) -> Option<&str> {
    let is_time = |word: &str| {
        let word = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        let parts = word.split_once([':', '.']);
        parts.is_some_and(|(hour, minute)| {
            let is_below = |number: &str, end: u32| number.parse().is_ok_and(|it: u32| it < end);
            minute.len() == 2 && is_below(hour, 24) && is_below(minute, 60)
        })
    };
    let words: Vec<&str> = text.split_whitespace().rev().take(2).collect();
    let time = words.iter().position(|word| is_time(word))?;
    let ticks = &words[..time];
    let is_short = |word: &&str| word.chars().count() <= 2;
    let before = text.rfind(words[time]).map(|at| text[..at].trim_end())?;
    ticks.iter().all(is_short).then_some(before)
}

/// Whether it may be how somebody is called.
fn is_name(text: &str) -> bool {
    let words = text.trim_start_matches(['~', ' ']).split_whitespace();
    let is_called = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word
                .chars()
                .all(|c| c.is_alphabetic() || "'’-.".contains(c))
    };
    (1..=LONGEST_NAME).contains(&words.clone().count())
        && words.into_iter().all(is_called)
        && !text.ends_with(['.', '!', '?', ','])
}

#[cfg(test)]
mod tests {
    use super::super::reading::{placed, scattered};
    use super::*;

    #[test]
    fn who_said_it_stands_before_a_message() {
        let screen = placed(&[
            ("Garden Group", 90, 10),
            ("Priya", 60, 100),
            ("Can someone water", 60, 140),
            ("the plants?", 60, 180),
            ("18:02", 600, 210),
            ("I can", 400, 280),
            ("18:04 W", 600, 284),
            ("Today", 300, 330),
            ("~ Sam", 60, 380),
            ("Bring the hose", 60, 420),
            ("6:05 PM", 600, 424),
            ("And gloves", 60, 480),
            ("6:05 PM", 600, 484),
        ]);
        let text = "Garden Group\n\nPriya: Can someone water the plants?\nMe: I can\nToday\nSam: Bring the hose\nSam: And gloves";
        assert_eq!(read(&screen).as_deref(), Some(text));
    }

    #[test]
    fn names_with_a_time_head_messages() {
        let screen = placed(&[
            ("Priya Shah 18:02", 60, 10),
            ("Send the slides by Thursday", 60, 60),
            ("Tom Reed 18:04", 60, 120),
            ("I will do it.", 60, 170),
            ("Priya Shah 18:20", 60, 230),
            ("Thanks", 60, 280),
        ]);
        let text =
            "Priya Shah: Send the slides by Thursday\nTom Reed: I will do it.\nPriya Shah: Thanks";
        assert_eq!(read(&screen).as_deref(), Some(text));
    }

    #[test]
    fn a_plan_of_a_day_is_no_chat() {
        let after = [
            ("Arrival", 60, 10),
            ("10:00", 900, 10),
            ("Welcome by the chair", 60, 60),
            ("10:30", 900, 60),
            ("Lunch", 60, 110),
            ("12:00", 900, 110),
        ];
        let before = [
            ("10:00", 60, 10),
            ("Arrival", 60, 60),
            ("Coffee in the hall", 60, 110),
            ("10:30", 60, 160),
            ("Welcome", 60, 210),
            ("by the chair", 60, 260),
            ("11:30", 60, 310),
        ];
        let under = [
            ("Lunch 12:00", 60, 10),
            ("in the garden", 60, 60),
            ("Workshop 13:00", 60, 110),
            ("with Anna", 60, 160),
            ("Dinner 18:00", 60, 210),
            ("at the Crown", 60, 260),
        ];
        for page in [&after[..], &before, &under] {
            assert_eq!(scattered(&placed(page)), None);
        }
    }
}
