//! "Priya – y: merged the retries. t: write the backfill. b: none": what was done yesterday, what is done today and what is
//! in the way, each a line of its own.

use super::{Form, Line};
use crate::language::{Language, Marks};
use crate::text::{fold_str, one_of};

/// What a part of such a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    Yesterday,
    Today,
    /// "y/t: flaky checkout tests": not done yet.
    Both,
    Hindrance,
}

/// A label: where it begins, where its words do, and what they are about.
type Label = (usize, usize, About);

const YESTERDAY: &str = "y|yesterday|yest|gestern|ayer|hier|dun";
const BOTH: &str = "y/t|t/y|yesterday/today|gestern/heute|ayer/hoy";
const TODAY: &str = "t|today|heute|hoy|aujourd'hui|bugun";
const HINDRANCES: &str =
    "b|blocker|blockers|blocked|blockiert|bloqueos|bloqueo|blocages|blocage|engel|engeller";

/// Parts the lines in which somebody reports.
pub(super) fn parts(text: &str, lines: &mut Vec<Line>) {
    let labels: Vec<Vec<Label>> = lines.iter().map(|line| labels(text, line)).collect();
    let opens = |k: usize, about: About| {
        let first = labels.get(k).and_then(|all| all.first());
        first.is_some_and(|label| label.2 == about)
    };
    let mut all = Vec::with_capacity(lines.len());
    let mut reported = false;
    for (k, line) in lines.iter().enumerate() {
        let planned = labels[k].iter().any(|label| label.2 == About::Today);
        let begun = opens(k, About::Yesterday) && (planned || opens(k + 1, About::Today));
        reported = begun || opens(k, About::Both) || reported && !labels[k].is_empty();
        if !reported {
            all.push(*line);
            continue;
        }
        if let Some(name) = named(text, line, labels[k][0].0) {
            all.push(Line {
                end: name,
                form: Form::Plain,
                ..*line
            });
        }
        for (n, &(start, body, about)) in labels[k].iter().enumerate() {
            let end = labels[k].get(n + 1).map_or(line.end, |next| next.0);
            let end = start + text[start..end].trim_end().len();
            let form = match about {
                About::Yesterday => Form::Check { done: true },
                About::Today if orders(&text[body.min(end)..end]) => Form::Check { done: false },
                _ => Form::Bullet { numbered: false },
            };
            all.push(Line {
                start,
                body: body.min(end),
                end,
                form,
                ..*line
            });
        }
    }
    *lines = all;
}

/// Whether somebody says with a verb what he does.
fn orders(plan: &str) -> bool {
    let first = plan.split(|c: char| !c.is_alphabetic()).next();
    let lexicon = Language::English.lexicon();
    first.is_some_and(|word| lexicon.marks(&fold_str(word)).any(Marks::VERB))
}

/// Where the name before the first label ends.
fn named(text: &str, line: &Line, label: usize) -> Option<usize> {
    let before = &text[line.body..label];
    let name = before.trim_end_matches([' ', '\t', '-', '–', '—', ':', '|', '*', '_']);
    (!name.is_empty()).then_some(line.body + name.len())
}

/// The labels of a line; none unless it begins with one or with a name before it.
fn labels(text: &str, line: &Line) -> Vec<Label> {
    /// As many bytes a name has at most.
    const NAME: usize = 32;
    if !matches!(line.form, Form::Plain | Form::Bullet { .. }) {
        return Vec::new();
    }
    let content = &text[line.body..line.end];
    let mut all: Vec<Label> = Vec::new();
    let mut at = 0;
    for word in content.split_inclusive([' ', '\t']) {
        let label =
            label(&content[at..], word).filter(|&(_, about)| !all.iter().any(|l| l.2 == about));
        if let Some((length, about)) = label {
            all.push((line.body + at, line.body + at + length, about));
        }
        at += word.len();
    }
    let first = all.first().map_or(0, |label| label.0 - line.body);
    let before = content[..first].trim_end();
    let set_off = before.is_empty()
        || first <= NAME
            && before.split_whitespace().count() <= 4
            && (before.ends_with(['-', '–', '—', ':', '|']) || content[..first].ends_with("  "))
            && before.starts_with(char::is_uppercase);
    if set_off { all } else { Vec::new() }
}

/// The label with which `rest` begins, whose first word is `word`: its length, and what it is about.
fn label(rest: &str, word: &str) -> Option<(usize, About)> {
    let bare = word.trim_end();
    let letters = bare.trim_end_matches([':', '*', '_']);
    let behind = &rest[letters.len()..];
    let spaced = behind.trim_start_matches([' ', '*', '_']);
    let mark = spaced.chars().next()?;
    // "T - review the draft": with a dash only a capital letter.
    let dash = matches!(mark, '-' | '–' | '—') && behind.starts_with(' ') && letters.len() == 1;
    let marked = mark == ':' || dash && letters.starts_with(char::is_uppercase);
    let length = rest.len() - spaced.len() + mark.len_utf8();
    let after = rest[length..].trim_start_matches(['*', '_']);
    if !marked || !(after.is_empty() || after.starts_with(' ')) {
        return None;
    }
    let folded = fold_str(letters.trim_start_matches(['*', '_']));
    let about = [
        (YESTERDAY, About::Yesterday),
        (TODAY, About::Today),
        (BOTH, About::Both),
        (HINDRANCES, About::Hindrance),
    ];
    let about = about.iter().find(|(list, _)| one_of(list, &folded))?.1;
    Some((rest.len() - after.trim_start().len(), about))
}
