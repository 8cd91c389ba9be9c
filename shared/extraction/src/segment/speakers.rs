//! Who speaks: "Anna: ..", "[10:32] Anna: ..", "Anna Smith  10:32 AM".

mod alone;
mod stamp;

use super::line::{Form, Line};
use crate::dates::is_month;
use crate::language::Language;
use crate::language::Marks;
use crate::text::{Places, fold_str};
use stamp::stamp;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Words before a colon that name no person.
const LABELS: &str = "action actions todo to-do task tasks note notes date time place location where when who what why subject topic deadline due owner agenda decision decisions \
    attendees present apologies participants status priority next meeting reminder ps p.s fyi re fw fwd from to cc question answer q a example update info warning important tip step phone tel email mail address web \
    website fax mobile office room chair minutes purpose goal goals objective summary result risk issue issues link url http https budget total price cost estimate effort assignee assigned responsible title name description category type course instructor \
    professor semester term week day monday tuesday wednesday thursday friday saturday sunday today tomorrow morning afternoon evening urgent asap homework assignment exam quiz midterm final project lecture reading lab ingredients directions serves \
    aufgabe aufgaben termin ort datum zeit thema beschluss frist teilnehmer anwesend hinweis wichtig betreff protokoll tarea tareas acuerdo fecha lugar hora tema asistentes nota importante asunto tache taches lieu heure objet sujet remarque presents \
    gorev gorevler tarih saat yer konu not katilimcilar karar onemli ai ap aktion accion action-item next-steps summary: follow-up followup version mon tue tues wed thu thur thurs fri author page section chapter figure table source reference definition rule policy id step1 ort: montag dienstag mittwoch donnerstag freitag \
    samstag sonntag heute morgen gestern lunes martes miercoles jueves viernes hoy manana lundi mardi mercredi jeudi vendredi demain pazartesi sali carsamba persembe cuma bugun yarin heading context background scope overview idea ideas risks questions blockers blocked done doing progress yesterday";

static LABEL: LazyLock<Places> = LazyLock::new(|| Places::new(&[LABELS]));

/// A line that begins with a speaker: the name and where the words begin.
pub(crate) struct Turn<'t> {
    pub name: &'t str,
    pub body: usize,
    /// A time stamp stood beside the name.
    pub stamped: bool,
}

/// The speaker at the beginning of a line, if its shape allows one.
pub(crate) fn turn<'t>(text: &'t str, line: &Line) -> Option<Turn<'t>> {
    if line.form != Form::Plain {
        return None;
    }
    let whole = &text[line.start..line.end];
    let (skipped, stamped) = stamp(whole);
    let rest = whole[skipped..].trim_start_matches(['*', '_', ' ', '-', '–']);
    let at = line.end - rest.len();
    if let Some(inner) = rest.strip_prefix('<')
        && let Some(close) = inner
            .char_indices()
            .take(32)
            .find(|&(_, c)| c == '>')
            .map(|(i, _)| i)
    {
        let name = inner[..close].trim_start_matches(['@', '+', ' ']);
        return is_name(name).then(|| Turn {
            name,
            body: at + close + 2,
            stamped: true,
        });
    }
    let colon = rest
        .char_indices()
        .take(48)
        .find(|&(i, c)| {
            c == ':' && !rest[i + 1..].starts_with(|n: char| n.is_ascii_digit() || n == '/')
        })
        .map(|(i, _)| i)?;
    let before = rest[..colon].trim_matches(['*', '_', ' ']);
    let (name, inner) = split_stamp(before);
    let desk = skipped > 0 && stamped;
    let name = plain(if desk {
        in_brackets(before, name)
    } else {
        name
    });
    let body = at + colon + 1;
    let body = body + text[body..line.end].len()
        - text[body..line.end]
            .trim_start_matches(['*', '_', ' ', '\t'])
            .len();
    (is_name(name) || skipped > 0 && stamped && is_nickname(name)).then_some(Turn {
        name,
        body,
        stamped: stamped || inner,
    })
}

/// "Anna Smith  10:32 AM" alone on its line, or "10:32 Anna Smith".
pub(crate) fn name_line<'t>(text: &'t str, line: &Line) -> Option<&'t str> {
    surely_named(text, line).or_else(|| alone::named(text, line))
}

/// A name with a time, alone on its line, that is no point of an agenda.
fn surely_named<'t>(text: &'t str, line: &Line) -> Option<&'t str> {
    if line.form != Form::Plain || line.end - line.start > 90 {
        return None;
    }
    let whole = &text[line.body..line.end];
    if let Some(name) = commented(whole) {
        return Some(name);
    }
    if whole.len() > 60 {
        return None;
    }
    if let Some(name) = stamped_name(whole) {
        return Some(name);
    }
    let digit = whole.find(|c: char| c.is_ascii_digit())?;
    // "maya  9:02 AM": two blanks part a name from its time even in small letters.
    let set_off = whole[..digit].ends_with("  ");
    let before =
        whole[..digit].trim_end_matches(['[', '(', ' ', '—', '-', '–', ',', '·', '|', '\t']);
    // "zed — Today at 3:02 PM"
    let worded = [
        "today at",
        "yesterday at",
        "today",
        "yesterday",
        "heute um",
        "gestern um",
        "at",
    ]
    .iter()
    .find_map(|w| {
        let cut = before.len().checked_sub(w.len())?;
        before
            .get(cut..)
            .filter(|tail| tail.eq_ignore_ascii_case(w))
            .map(|_| &before[..cut])
    });
    let name = worded
        .unwrap_or(before)
        .trim_end_matches([' ', '—', '-', '–', '|', '·', ',', '\t']);
    let name = name.strip_suffix(" APP").unwrap_or(name).trim_end();
    // "Tiff (leasing)  9:31 AM".
    let name = plain(name.split(" (").next().unwrap_or(name));
    let (used, stamped) = stamp(&whole[digit..]);
    let after = whole[digit + used..].trim_matches([']', ')', ' ']);
    (stamped
        && after.is_empty()
        && (worded.is_some() || set_off || name.chars().next().is_some_and(char::is_uppercase))
        && is_name(name))
    .then_some(name)
}

/// "[28.10.2026 09:12] Schubert, Ralf": a stamp, and nothing but a name behind it.
fn stamped_name(line: &str) -> Option<&str> {
    let (used, stamped) = stamp(line);
    let name = line[used..].trim_matches(['*', '_', ' ', '-', '–']);
    let words = name.split(' ').count();
    let cased = name.split([' ', ',']).filter(|w| !w.is_empty()).all(|w| {
        w.starts_with(char::is_uppercase)
            && w.chars().all(|c| c.is_alphabetic() || "-.'’".contains(c))
    });
    let listed = name.contains(", ") && is_name(&name.replacen(", ", " ", 1)) && words <= 3;
    (stamped && line.starts_with('[') && cased && listed).then_some(name)
}

/// "**maya-k** (maintainer) commented on Apr 20, 2026": who wrote what follows.
fn commented(line: &str) -> Option<&str> {
    const DEEDS: [&str; 7] = [
        " commented ",
        " opened this ",
        " replied ",
        " wrote ",
        " added a comment ",
        " left a comment ",
        " added a reply ",
    ];
    let (at, deed) = DEEDS.iter().find_map(|d| line.find(d).map(|at| (at, *d)))?;
    let after = &line[at + deed.len()..];
    let name = line[..at].split('(').next().unwrap_or("");
    let name = name.trim_matches(['*', '_', '@', ' ']);
    let dated = after.contains(|c: char| c.is_ascii_digit()) || after.trim_end().ends_with("ago");
    let ends = !after.trim_end_matches(':').ends_with(['.', '!', '?']);
    (dated && ends && is_name(name)).then_some(name)
}

/// "Anna (10:32)" or "Anna [00:01:23]" or "Anna (PM)": the name, and whether a stamp followed.
fn split_stamp(before: &str) -> (&str, bool) {
    match before.find(['(', '[']) {
        Some(open) if open > 0 => (
            before[..open].trim_end_matches(['*', ' ']),
            is_stamp(&before[open..]),
        ),
        _ => match before.find(|c: char| c.is_ascii_digit()) {
            Some(digit) if digit > 1 => {
                let name = before[..digit].trim_end_matches([' ', ',', '-', '–']);
                // "Anna 2026-11-21: .." is how comments are signed.
                if stamp(&before[digit..]).1 || is_day(&before[digit..]) && is_given(name) {
                    (name, true)
                } else {
                    (before, false)
                }
            }
            _ => (before, false),
        },
    }
}

/// "(10:32)", "[9 Mar 2:15 PM]", not "(2 pages)" nor "(20 %)".
fn is_stamp(inner: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let worded = |word: &str| {
        let folded = fold_str(word);
        folded.len() < 3 || folded == "uhr" || is_month(&folded)
    };
    let mut words = inner.split(|c: char| !c.is_alphabetic());
    inner.contains(digit) && !inner.contains(['%', '€', '$', '£']) && words.all(worded)
}

/// "Service Desk (Ravi)": who speaks for a desk.
fn in_brackets<'t>(before: &'t str, name: &'t str) -> &'t str {
    let inner = before[name.len().min(before.len())..].trim_start();
    let inner = inner.strip_prefix('(').and_then(|i| i.strip_suffix(')'));
    let person = |inner: &&str| !inner.contains(' ') && is_given(inner) && name.contains(' ');
    inner.filter(person).unwrap_or(name)
}

/// "2026-11-21", "21.11.2026".
fn is_day(stamp: &str) -> bool {
    let digits = stamp.bytes().filter(u8::is_ascii_digit).count();
    let marks = stamp.bytes().filter(|b| b"-./".contains(b)).count();
    (6..=8).contains(&digits) && marks == 2 && digits + marks == stamp.len()
}

/// A name without the pictures beside it: "Marta 🌵".
fn plain(name: &str) -> &str {
    name.trim_matches(|c: char| !c.is_ascii() && !c.is_alphanumeric() || c == ' ')
}

fn is_name(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    if name.len() < 2 || name.len() > 32 || words.len() > 3 || is_label(name) {
        return false;
    }
    let nick = words.len() == 1
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || "_-.".contains(c))
        && name.chars().any(char::is_alphabetic);
    let titled = words.iter().all(|w| {
        w.chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
            && w.chars().all(|c| c.is_alphanumeric() || "-.'’".contains(c))
    });
    (nick || titled) && name.chars().next().is_some_and(char::is_alphabetic)
}

/// Behind a time stamp also "Gülden öğretmen" and "Jo from next door" speak.
fn is_nickname(name: &str) -> bool {
    let words = name.split(' ').count();
    (2..=32).contains(&name.len())
        && words <= 4
        && !is_label(name)
        && name.starts_with(char::is_uppercase)
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || " -.'’_+".contains(c))
}

/// Whether a name begins with one that parents give.
fn is_given(name: &str) -> bool {
    let first = fold_str(name.split(' ').next().unwrap_or(""));
    Language::English.lexicon().marks(&first).any(Marks::GIVEN)
}

/// Whether the text begins with somebody's name and a time stamp: what one person said, copied from a chat.
fn opens_stamped(text: &str, lines: &[Line]) -> bool {
    let first = lines.iter().find(|line| line.form != Form::Blank);
    let Some((line, turn)) = first.and_then(|line| Some((line, turn(text, line)?))) else {
        return false;
    };
    let head = &text.as_bytes()[line.start..turn.body.min(line.end)];
    let clock = |c: &[u8]| c[0].is_ascii_digit() && c[1] == b':' && c[2].is_ascii_digit();
    // A day and an hour in brackets are no point of an agenda, whoever speaks.
    let digits = head
        .iter()
        .take_while(|b| **b != b']')
        .filter(|b| b.is_ascii_digit());
    let logged = head.starts_with(b"[") && digits.count() >= 8;
    turn.stamped && (logged || is_given(turn.name)) && head.windows(3).any(clock)
}

fn is_word_of_label(word: &str) -> bool {
    LABEL.get(word).is_some()
}

/// Whether a word or phrase before a colon is a label rather than a name.
pub(crate) fn is_label(name: &str) -> bool {
    let folded = fold_str(name);
    folded.split(' ').all(is_word_of_label)
        || folded
            .split(' ')
            .next()
            .is_some_and(|w| is_word_of_label(w) && w.len() > 2)
}

/// The names that take turns in this text; empty when it is no conversation.
pub(crate) fn speakers(text: &str, lines: &[Line]) -> HashSet<String> {
    let mut turns: HashMap<&str, (usize, usize)> = HashMap::new();
    let mut plain = 0;
    for line in lines {
        if line.form != Form::Blank {
            plain += 1;
        }
        if let Some(turn) = turn(text, line) {
            let known = turns.entry(turn.name).or_default();
            known.0 += 1;
            known.1 += usize::from(turn.stamped);
        } else if let Some(name) = surely_named(text, line) {
            let known = turns.entry(name).or_default();
            known.0 += 1;
            known.1 += 1;
        }
    }
    let recorded = alone::turns(text, lines);
    for &name in &recorded {
        let known = turns.entry(name).or_default();
        known.0 += 1;
        known.1 += 1;
    }
    let stamped: usize = turns.values().map(|t| t.1).sum();
    let total: usize = turns.values().map(|t| t.0).sum();
    let repeated = turns.values().filter(|t| t.0 > 1).count();
    let named = turns.keys().filter(|n| is_given(n)).count();
    let talk = stamped >= 2
        || !recorded.is_empty()
        || opens_stamped(text, lines)
        || (total >= 3 && repeated >= 1 && total * 3 >= plain)
        || (total >= 2 && named >= 2 && total * 4 >= plain * 3);
    if !talk {
        return HashSet::new();
    }
    turns
        .into_iter()
        .filter(|(name, (count, stamps))| {
            *stamps > 0 || *count > 1 || name.chars().next().is_some_and(char::is_uppercase)
        })
        .map(|(name, _)| name.to_owned())
        .collect()
}
