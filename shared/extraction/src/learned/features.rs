//! A sentence as hashed numbers: its words, the classes of its words, its dates and its place.

use super::classes::class;
use crate::acts::Sentence;
use crate::climate::Climate;
use crate::dates::{Found, Lead};
use crate::language::Language;
use crate::text::{Shape, Words};
use chrono::{NaiveDate, Timelike};

/// Bits of a feature's key.
pub const BITS: u32 = 16;

/// How many keys there may be.
pub(super) const BUCKETS: usize = 1 << BITS;

/// Where a sentence stands.
#[derive(Debug, Clone)]
pub(crate) struct Place<'a> {
    pub kind: &'static str,
    pub class: u8,
    pub language: Language,
    pub climate: Climate,
    pub whole: Climate,
    pub today: NaiveDate,
    /// Its number in the unit, and how many there are.
    pub number: usize,
    pub count: usize,
    /// Other properties, one bit each.
    pub flags: u32,
    /// What the rules say of it: how sure they are of what they found, in twentieths, or why they refused it.
    pub verdict: [u8; 2],
    /// Kinds of the units before and behind.
    pub before: &'static str,
    pub behind: &'static str,
    /// How many of the units near it, in tenths, begin with a verb, hold a date, end in a full stop.
    pub near: [u8; 3],
    /// The first words and the last one of the units before and behind.
    pub echo: [Option<[&'static str; 3]>; 2],
    pub heading: std::ops::Range<usize>,
    pub text: &'a str,
}

/// The keys of one sentence, each once. Those of the next one are collected in the same room.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    pub(crate) all: Vec<u32>,
    /// A bit for every key there may be: those that are collected.
    known: Vec<u64>,
}

impl Keys {
    fn clear(&mut self) {
        self.known.resize(BUCKETS / 64, 0);
        for key in self.all.drain(..) {
            self.known[key as usize / 64] = 0;
        }
    }

    fn add(&mut self, name: &str, parts: &[&[u8]]) {
        let mut hash: u32 = 0x811c_9dc5;
        let mut eat = |bytes: &[u8]| {
            for byte in bytes {
                hash = (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
            }
            hash = (hash ^ 0xff).wrapping_mul(0x0100_0193);
        };
        eat(name.as_bytes());
        for part in parts {
            eat(part);
        }
        hash ^= hash >> 15;
        hash = hash.wrapping_mul(0x2c1b_3c6d);
        hash ^= hash >> 13;
        let key = hash & ((1 << BITS) - 1);
        let known = &mut self.known[key as usize / 64];
        if *known & 1 << (key % 64) == 0 {
            *known |= 1 << (key % 64);
            self.all.push(key);
        }
    }
    fn is(&mut self, name: &str) {
        self.add(name, &[]);
    }
    fn num(&mut self, name: &str, value: usize) {
        self.add(name, &[&byte(value)]);
    }
}

fn byte(n: usize) -> [u8; 1] {
    [u8::try_from(n).unwrap_or(u8::MAX)]
}

fn bucket(n: usize) -> usize {
    match n {
        0..=4 => n,
        5..=6 => 5,
        7..=9 => 6,
        10..=13 => 7,
        14..=19 => 8,
        20..=29 => 9,
        30..=44 => 10,
        _ => 11,
    }
}

fn letters(keys: &mut Keys, w: &Words, i: usize) {
    let word = w.word(i);
    let stem = word.char_indices().nth(5).map_or(word.len(), |(at, _)| at);
    keys.add("stem", &[&word.as_bytes()[..stem]]);
    let tail = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    keys.add("tail", &[&word.as_bytes()[tail..]]);
}

fn words(keys: &mut Keys, s: &Sentence, p: &Place<'_>) {
    let w = s.words;
    let tongue = [p.language as u8];
    let classes: Vec<&str> = (s.from..s.to.min(s.from + 48))
        .map(|i| class(s, i))
        .collect();
    let mut last = "^";
    for (k, &name) in classes.iter().enumerate() {
        let i = s.from + k;
        keys.add("c", &[name.as_bytes()]);
        keys.add("cc", &[last.as_bytes(), name.as_bytes()]);
        if let Some(next) = classes.get(k + 1) {
            keys.add("ccc", &[last.as_bytes(), name.as_bytes(), next.as_bytes()]);
        }
        last = name;
        if name == "D" || name == "9" {
            continue;
        }
        let word = if name == "P" { "P" } else { w.word(i) };
        keys.add("w", &[word.as_bytes()]);
        if w.shape(i) == Shape::Word && name != "P" && name != "f" {
            letters(keys, w, i);
        }
    }
    for (k, c) in classes.iter().take(4).enumerate() {
        keys.add("at", &[&byte(k), c.as_bytes()]);
        keys.add("attongue", &[&byte(k), c.as_bytes(), &tongue]);
    }
    let open: Vec<u8> = classes
        .iter()
        .take(3)
        .flat_map(|c| c.bytes().chain([b' ']))
        .collect();
    keys.add("open", &[&open]);
    keys.add("openkind", &[&open, p.kind.as_bytes()]);
    if let Some(c) = classes.first() {
        keys.add("firstkind", &[c.as_bytes(), p.kind.as_bytes()]);
        keys.add("firstclass", &[c.as_bytes(), &[p.class]]);
        for bit in 0..32 {
            if p.flags & (1 << bit) != 0 {
                keys.add("firstflag", &[c.as_bytes(), &[bit]]);
            }
        }
    }
    if let Some(c) = classes.last() {
        keys.add("end", &[c.as_bytes()]);
    }
    if w.shape(s.from) == Shape::Word {
        keys.add("first", &[w.word(s.from).as_bytes()]);
        let case = if w.capital(s.from) { "A" } else { "a" };
        keys.add("case", &[case.as_bytes(), p.kind.as_bytes()]);
    }
}

fn dates(keys: &mut Keys, s: &Sentence, p: &Place<'_>) {
    let inside: Vec<&Found> = s
        .dates
        .iter()
        .filter(|d| d.from >= s.from && d.to <= s.to)
        .collect();
    let several = inside.len();
    keys.num("dates", several.min(4));
    keys.add("dateskind", &[&byte(several.min(3)), p.kind.as_bytes()]);
    keys.add("datesclass", &[&byte(several.min(2)), &[p.class]]);
    for d in inside.iter().take(4) {
        let (lead, far, what) = (lead(d), far(d, p.today), what(d));
        keys.add("lead", &[lead.as_bytes()]);
        keys.add("far", &[&[far]]);
        keys.add("what", &[what.as_bytes()]);
        keys.add("leadwhat", &[lead.as_bytes(), what.as_bytes()]);
        keys.add("leadfar", &[lead.as_bytes(), &[far]]);
        if let Some(time) = d.when.as_ref().and_then(|when| when.time) {
            let (hour, part) = (
                byte(time.hour() as usize),
                byte(time.minute() as usize / 15),
            );
            keys.add("hour", &[&hour, &part]);
            keys.add("hourlead", &[&hour, lead.as_bytes(), p.kind.as_bytes()]);
        }
        let place = if d.lead_from <= s.from + 1 {
            "first"
        } else if d.to + 1 >= s.to {
            "last"
        } else {
            "amid"
        };
        keys.add("where", &[place.as_bytes(), what.as_bytes()]);
    }
}

fn lead(date: &Found) -> &'static str {
    match date.lead {
        Lead::Plain => "plain",
        Lead::Due => "due",
        Lead::On => "on",
        Lead::From => "from",
        Lead::After => "after",
        Lead::Of => "of",
    }
}

/// How far away a date is.
fn far(date: &Found, today: NaiveDate) -> u8 {
    let Some(when) = &date.when else { return 9 };
    match (when.day - today).num_days() {
        i64::MIN..=-1 => 8,
        0 => 0,
        1 => 1,
        2..=7 => 2,
        8..=30 => 3,
        31..=120 => 4,
        _ => 5,
    }
}

/// What a date says.
fn what(date: &Found) -> &'static str {
    let Some(when) = &date.when else {
        return "gone";
    };
    match (when.recurrence.is_some(), when.end_time.is_some()) {
        (true, _) => "again",
        (_, true) => "range",
        _ if when.time.is_none() => "day",
        _ if when.day_given => "instant",
        _ => "time",
    }
}

fn place(keys: &mut Keys, s: &Sentence, p: &Place<'_>) {
    keys.is("bias");
    keys.add("kind", &[p.kind.as_bytes()]);
    keys.num("class", p.class as usize);
    keys.add("kindclass", &[p.kind.as_bytes(), &[p.class]]);
    keys.add("tongue", &[&[p.language as u8]]);
    keys.num("len", bucket(s.to - s.from));
    keys.add(
        "lenkind",
        &[&byte(bucket(s.to - s.from)), p.kind.as_bytes()],
    );
    keys.num("number", p.number.min(3));
    keys.add("verdict", &[&p.verdict]);
    keys.add("verdictkind", &[&p.verdict, p.kind.as_bytes()]);
    keys.add("verdictclass", &[&p.verdict, &[p.class]]);
    keys.num("count", p.count.min(4));
    keys.add("before", &[p.before.as_bytes()]);
    keys.add("behind", &[p.behind.as_bytes()]);
    keys.add(
        "around",
        &[p.before.as_bytes(), p.kind.as_bytes(), p.behind.as_bytes()],
    );
    for (k, near) in p.near.iter().enumerate() {
        keys.add("near", &[&byte(k), &[near / 2]]);
        keys.add("nearkind", &[&byte(k), &[near / 2], p.kind.as_bytes()]);
    }
    for bit in 0..32 {
        if p.flags & (1 << bit) != 0 {
            keys.num("flag", bit);
            keys.add("flagkind", &[&byte(bit), p.kind.as_bytes()]);
        }
    }
    for (name, c) in [("sec", &p.climate), ("doc", &p.whole)] {
        for (what, yes) in [
            ("cooks", c.cooks()),
            ("sells", c.sells()),
            ("instructs", c.instructs()),
            ("rules", c.rules()),
            ("crowds", c.addresses_crowds()),
        ] {
            if yes {
                keys.add(name, &[what.as_bytes()]);
            }
        }
    }
    if s.asks() {
        keys.is("asks");
    }
    surroundings(keys, s, p);
}

fn surroundings(keys: &mut Keys, s: &Sentence, p: &Place<'_>) {
    for (k, echo) in p.echo.iter().enumerate() {
        let Some(echo) = echo else { continue };
        let side = byte(k);
        keys.add("echo1", &[&side, echo[0].as_bytes(), p.kind.as_bytes()]);
        keys.add("echo2", &[&side, echo[0].as_bytes(), echo[1].as_bytes()]);
        keys.add("echoend", &[&side, echo[2].as_bytes()]);
    }
    // The sentence before in the same unit.
    if p.number > 0 {
        let w = s.words;
        let start = (s.from.saturating_sub(40)..s.from.saturating_sub(1))
            .rev()
            .find(|&i| matches!(w.word(i), "." | "!" | "?" | ";"))
            .map_or(s.from.saturating_sub(40), |i| i + 1);
        let end = w.word(s.from - 1);
        keys.add("lastend", &[end.as_bytes()]);
        keys.add(
            "lastopen",
            &[class(s, start).as_bytes(), class(s, start + 1).as_bytes()],
        );
    }
    let heading = p.text[p.heading.clone()].split(|c: char| !c.is_alphanumeric());
    for word in heading.filter(|word| word.len() > 2).take(6) {
        keys.add("heading", &[crate::text::fold_str(word).as_bytes()]);
    }
}

/// Collects the keys of a sentence in place of those before.
pub(crate) fn collect(keys: &mut Keys, s: &Sentence, p: &Place<'_>) {
    keys.clear();
    place(keys, s, p);
    dates(keys, s, p);
    words(keys, s, p);
}
