//! Compares what was found with what was to be found.

use super::corpus::{Document, Expected};
use chrono::{DateTime, NaiveDate, Utc};
use sentry_extraction::{Extraction, Item, extract};
use std::ops::AddAssign;

/// Right ones out of all.
#[derive(Debug, Clone, Copy, Default)]
pub struct Share {
    /// How many are right.
    pub right: usize,
    /// Out of how many.
    pub all: usize,
}

impl Share {
    fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }

    /// The share, 1 of nothing.
    pub fn ratio(self) -> f64 {
        if self.all == 0 {
            1.0
        } else {
            self.right as f64 / self.all as f64
        }
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.all += other.all;
    }
}

/// The score of some documents.
#[derive(Debug, Clone, Default)]
pub struct Score {
    /// Expected and found.
    pub found: usize,
    /// Expected and not found.
    pub missed: usize,
    /// Found and not expected.
    pub wrong: usize,
    /// Of the wrong ones, those that fell into a trap.
    pub trapped: usize,
    /// When tasks are due.
    pub dues: Share,
    /// When meetings begin and, where that is said, end.
    pub starts: Share,
    /// Owners.
    pub owners: Share,
    /// Task or meeting, and the category where one is expected.
    pub kinds: Share,
    /// Priorities.
    pub priorities: Share,
    /// Recurrence rules.
    pub recurrences: Share,
    /// By tenths of confidence: right ones out of all found.
    pub calibration: [Share; 10],
    /// What went wrong, for people.
    pub remarks: Vec<String>,
}

impl Score {
    /// Found and right, out of all found.
    pub fn precision(&self) -> f64 {
        Share {
            right: self.found,
            all: self.found + self.wrong,
        }
        .ratio()
    }

    /// Found, out of all expected.
    pub fn recall(&self) -> f64 {
        Share {
            right: self.found,
            all: self.found + self.missed,
        }
        .ratio()
    }

    /// Days and times of both kinds.
    pub fn dates(&self) -> Share {
        let mut dates = self.dues;
        dates += self.starts;
        dates
    }

    /// The harmonic mean of both.
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 {
            0.0
        } else {
            2.0 * p * r / (p + r)
        }
    }
}

impl AddAssign<&Self> for Score {
    fn add_assign(&mut self, other: &Self) {
        self.found += other.found;
        self.missed += other.missed;
        self.wrong += other.wrong;
        self.trapped += other.trapped;
        self.dues += other.dues;
        self.starts += other.starts;
        self.owners += other.owners;
        self.kinds += other.kinds;
        self.priorities += other.priorities;
        self.recurrences += other.recurrences;
        for (mine, theirs) in self.calibration.iter_mut().zip(other.calibration) {
            *mine += theirs;
        }
        self.remarks.extend(other.remarks.iter().cloned());
    }
}

/// Whether a text has a word of each group.
pub fn holds(expected: &Expected, text: &str) -> bool {
    // A capital İ becomes two characters.
    let text = text.to_lowercase().replace("i̇", "i");
    expected
        .title
        .iter()
        .all(|group| group.iter().any(|word| text.contains(&word.to_lowercase())))
}

fn matches(expected: &Expected, item: &Item) -> bool {
    holds(expected, &item.title)
}

fn local(at: DateTime<Utc>, document: &Document) -> String {
    document
        .label
        .zone
        .wall_clock(at)
        .format("%Y-%m-%dT%H:%M")
        .to_string()
}

/// Day and, where one is known, time of day in the document's zone.
fn due(item: &Item, document: &Document) -> Option<String> {
    item.due_at
        .map(|at| local(at, document))
        .or_else(|| item.due_on.map(|d: NaiveDate| d.to_string()))
}

/// Whether a text says what a document's label names as a trap.
pub fn is_trap(document: &Document, text: &str) -> bool {
    let text = text.to_lowercase();
    let mut traps = document.label.traps.iter();
    traps.any(|trap| text.contains(&trap.to_lowercase()))
}

/// Whether the owner that was found is the one wanted, who may be named in part or by the initials: where a list of those
/// present tells that "JP" is Jean Pargeter, the whole name is the better answer.
fn is_owner(wanted: &str, got: &str) -> bool {
    let words = got.split(|c: char| !c.is_alphanumeric());
    let initials: String = words.filter_map(|word| word.chars().next()).collect();
    got.to_lowercase().contains(&wanted.to_lowercase()) || wanted.len() > 1 && initials == wanted
}

fn compare(score: &mut Score, document: &Document, expected: &Expected, item: &Item) {
    let mut remark = |what: &str, wanted: &Option<String>, got: &Option<String>| {
        score.remarks.push(format!(
            "{}: {what} of {:?}: wanted {wanted:?}, got {got:?} « {} »",
            document.name,
            item.title,
            item.source.quote.replace('\n', " ")
        ));
    };
    if expected.start.is_some() {
        // Of some meetings only the day is known.
        let day = || item.due_on.map(|day: NaiveDate| day.to_string());
        let got = item.start_at.map(|at| local(at, document)).or_else(day);
        let end = item.end_at.map(|at| local(at, document));
        let right = got == expected.start && (expected.end.is_none() || end == expected.end);
        if !right {
            remark("start", &expected.start, &got);
        }
        score.starts.count(right);
    } else if !expected.due_unchecked && !expected.optional {
        let got = due(item, document);
        let right = got == expected.due;
        if !right {
            remark("due", &expected.due, &got);
        }
        score.dues.count(right);
    }
    if let Some(owner) = &expected.owner {
        let right = item
            .assigned_to
            .as_ref()
            .is_some_and(|got| is_owner(owner, got));
        if !right {
            remark("owner", &expected.owner, &item.assigned_to);
        }
        score.owners.count(right);
    }
    let category = expected
        .category
        .as_ref()
        .is_none_or(|c| *c == item.category.to_string());
    let kind = expected.types.contains(&item.task_type.to_string()) && category;
    if !kind {
        remark(
            "kind",
            &expected
                .category
                .clone()
                .or_else(|| expected.types.first().cloned()),
            &Some(format!("{}/{}", item.task_type, item.category)),
        );
    }
    score.kinds.count(kind);
    let priority = item.priority.map(|p| p.to_string());
    if expected.priority.is_some() {
        if priority != expected.priority {
            remark("priority", &expected.priority, &priority);
        }
        score.priorities.count(priority == expected.priority);
    }
    if let Some(rule) = &expected.recurrence {
        let right = item.recurrence.as_ref().is_some_and(|r| r.contains(rule));
        if !right {
            remark("recurrence", &expected.recurrence, &item.recurrence);
        }
        score.recurrences.count(right);
    }
}

/// Scores one document.
pub fn score(document: &Document) -> Score {
    compared(document, &extract(&document.text, &document.context()))
}

/// Scores what was found in one document.
pub fn compared(document: &Document, found: &Extraction) -> Score {
    let mut score = Score::default();
    let mut free: Vec<&Item> = found.items.iter().collect();
    let mut pairs = Vec::new();
    for expected in &document.label.items {
        // Of several that match, the one of the right type comes first.
        let best = free
            .iter()
            .enumerate()
            .filter(|(_, item)| matches(expected, item))
            .max_by_key(|(_, item)| expected.types.contains(&item.task_type.to_string()))
            .map(|(i, _)| i);
        match best {
            Some(i) => pairs.push((expected, free.remove(i))),
            None if expected.optional => {}
            None => {
                score.missed += 1;
                let near = found
                    .items
                    .iter()
                    .find(|item| holds(expected, &item.source.quote));
                let near =
                    near.map_or_else(String::new, |item| format!(" beside {:?}", item.title));
                score.remarks.push(format!(
                    "{}: missed {:?}{near}",
                    document.name, expected.title
                ));
            }
        }
    }
    for (expected, item) in pairs {
        score.found += usize::from(!expected.optional);
        score.calibration[tenth(item.confidence)].count(true);
        compare(&mut score, document, expected, item);
    }
    for item in free {
        score.wrong += 1;
        let trap = is_trap(document, &format!("{} {}", item.title, item.source.quote));
        score.trapped += usize::from(trap);
        score.calibration[tenth(item.confidence)].count(false);
        score.remarks.push(format!(
            "{}: {} {:?} ({:.2}) « {} »",
            document.name,
            if trap { "TRAPPED by" } else { "wrong" },
            item.title,
            item.confidence,
            item.source.quote.replace('\n', " ")
        ));
    }
    score
}

fn tenth(confidence: f64) -> usize {
    (0..10)
        .rev()
        .find(|&t| confidence >= t as f64 / 10.0)
        .unwrap_or(0)
}
