//! Turkish sentences: the verb stands at the end and its ending says what is meant.

mod closing;
mod forms;

use crate::acts::{Act, Cue, Form, Owner, Reading, Sentence, people, prefix, quotes};
use crate::item::Refusal;
use crate::language::Marks;
use crate::text::{Shape, Words, fold_str};
use forms::{Mood, is_stem, last_word, mood, negative};

const LABELS: &str = "gorev|yapilacak|aksiyon|hatirlatma|not|odev|sonraki adim";

/// Whether the last word commands.
pub(super) fn ends_as_order(words: &Words) -> bool {
    last_word(words, 0, words.len()).is_some_and(|i| {
        is_stem(words, i)
            || mood(words.raw(i)).is_some_and(|(m, _)| m == Mood::Command && words.raw(i).len() > 4)
            || words.word(i).ends_with("mek")
            || words.word(i).ends_with("mak")
    })
}

/// Reads one sentence.
pub(super) fn read(s: &Sentence) -> Reading {
    let s = &Sentence {
        to: closing::end(s),
        ..*s
    };
    let w = s.words;
    let (start, label) = prefix::label(s, LABELS);
    refuse(s)?;
    let start = prefix::opening(
        s,
        start,
        "ve|ayrica|tamam|merhaba|selam|lutfen|evet|hatirlatma|not|o zaman|peki|\
                    tesekkurler|bir de",
    );
    let please = (s.from..s.to).any(|i| w.has(i, Marks::PLEASE));
    let subject = people::names(s, start)
        .filter(|&(_, to)| to < s.to && !w.one_of(to, "ile|icin|gibi"))
        .or_else(|| agent(s));
    let first = w.has(start, Marks::FIRST) && matches!(w.word(start), "ben");
    let mut begin = subject.as_ref().map_or(
        start + usize::from(first || matches!(w.word(start), "biz")),
        |x| x.1,
    );
    while w.shape(begin) == Shape::Mark && begin < s.to {
        begin += 1;
    }
    let prefixed =
        subject.is_some() && begin > 0 && matches!(w.word(begin - 1), ":" | "-" | "–" | "→");
    let Some((owner, cue, stem, verb, strength)) =
        verb(s, begin, subject.as_ref(), please, prefixed)
    else {
        if let Some(act) = last_day(s) {
            return Ok(vec![act]);
        }
        let noun = (label || prefixed && s.setting.action) && begin < s.to;
        let owner = subject.map_or(Owner::Nobody, |x| Owner::Named(x.0));
        return Ok(noun
            .then_some(Act {
                cue: Cue::Label,
                owner,
                begin: start,
                from: begin,
                to: s.to,
                form: Form::Plain,
                strength: 0.72,
            })
            .into_iter()
            .collect());
    };
    let wished = cue == Cue::Request && closing::is_condition(w, verb);
    if wished {
        begin = closing::matter(w, begin, verb);
    }
    let object = super::rest(s, begin, verb, &[]);
    let thin = object.is_empty() && stem.chars().count() < 3;
    if thin || wished && !closing::names_thing(w, begin, verb) {
        return Ok(Vec::new());
    }
    let strength = if label { strength.max(0.8) } else { strength };
    Ok(vec![Act {
        cue,
        owner,
        begin: start,
        from: begin,
        to: s.to,
        form: Form::Ended(format!("{object} {stem}")),
        strength,
    }])
}

/// "Aylin Hanım tarafından raporlanacak": by whom it is done.
fn agent(s: &Sentence) -> Option<(String, usize)> {
    let w = s.words;
    let by = (s.from + 1..s.to).find(|&i| w.word(i) == "tarafindan")?;
    let from = (by.saturating_sub(3).max(s.from)..by)
        .find(|&i| people::names(s, i).is_some_and(|(_, to)| to == by))?;
    Some((super::spelled(w, from, by), s.from))
}

/// "Son gün 21 Kasım: lisans başvurusu", "SGK itirazı son gün 12 Aralık": what is due by a last day.
fn last_day(s: &Sentence) -> Option<Act> {
    let w = s.words;
    let at = (s.from..s.to).find(|&i| {
        w.phrase(i, "son gun|son tarih|son teslim|son basvuru")
            .is_some()
    })?;
    let date = s
        .dates
        .iter()
        .find(|d| d.lead_from >= at && d.to <= s.to && d.when.is_some())?;
    let ahead = super::rest(s, s.from, at, &[]);
    let thing = if ahead.chars().filter(|c| c.is_alphabetic()).count() > 3 {
        ahead
    } else {
        super::rest(s, date.to, s.to, &[])
    };
    (thing.contains(' ') && !s.asks()).then_some(Act {
        cue: Cue::Deadline,
        owner: Owner::Nobody,
        begin: s.from,
        from: s.from,
        to: s.to,
        form: Form::Spelled(thing),
        strength: 0.72,
    })
}

type Verb = (Owner, Cue, String, usize, f64);

fn verb(
    s: &Sentence,
    begin: usize,
    subject: Option<&(String, usize)>,
    please: bool,
    prefixed: bool,
) -> Option<Verb> {
    let w = s.words;
    let named = subject.map(|x| Owner::Named(x.0.clone()));
    let last = last_word(w, begin, s.to)?;
    // "gönderebilir misin(iz)", "hazırlar mısın": a question that asks for something.
    let asked = (last..s.to).any(|i| forms::asks_you(w.word(i)));
    if asked {
        return question(s, last, named);
    }
    if s.asks() {
        return None;
    }
    if let Some((stem, at)) = entreated(s, last).filter(|(_, at)| *at >= begin) {
        let owner = named.unwrap_or(Owner::Reader);
        return Some((owner, Cue::Request, stem, at, 0.8));
    }
    if last > begin
        && matches!(
            w.word(last),
            "kararlastirildi"
                | "istendi"
                | "planlandi"
                | "gerekiyor"
                | "lazim"
                | "gerek"
                | "gerekir"
                | "gerekmektedir"
        )
    {
        return needed(s, last, named);
    }
    let dated = s.dated(|d| d.when.is_some());
    if is_stem(w, last)
        && (please
            || dated
            || s.setting.action
            || s.setting.orders
            || prefixed
            || s.setting.notes && s.setting.item)
    {
        return Some((
            named.unwrap_or(if please { Owner::Reader } else { Owner::Nobody }),
            Cue::Imperative,
            w.raw(last).to_lowercase(),
            last,
            if s.setting.action { 0.84 } else { 0.74 },
        ));
    }
    let infinitive = w.word(last).ends_with("mek") || w.word(last).ends_with("mak");
    if infinitive
        && (s.setting.action || s.setting.item && dated || prefixed)
        && w.word(last).len() > 4
    {
        let raw = w.raw(last).to_lowercase();
        let stem: String = raw.chars().take(raw.chars().count() - 3).collect();
        return Some((
            named.unwrap_or(Owner::Nobody),
            Cue::Imperative,
            stem,
            last,
            0.8,
        ));
    }
    if w.word(last).starts_with("unutma") {
        return None;
    }
    by_mood(s, last, named, please, dated)
}

/// "rezerve etmeyi unutma", "yapmanızı rica ederiz", "gönderirsen sevinirim": the stem of what is asked, and its token.
fn entreated(s: &Sentence, last: usize) -> Option<(String, usize)> {
    let w = s.words;
    if let Some(at) = closing::pleased(w, last) {
        return Some((forms::of_condition(w.raw(at))?, at));
    }
    let pleads = w.word(last).starts_with("ederi") && last > 1 && w.word(last - 1) == "rica";
    let at = if pleads {
        last - 2
    } else {
        w.word(last)
            .starts_with("unutma")
            .then(|| last.checked_sub(1))??
    };
    let raw = w.raw(at).to_lowercase();
    let folded = fold_str(&raw);
    let endings = ["menizi", "manizi", "meni", "mani", "meyi", "mayi"];
    let ending = endings.iter().find(|e| folded.ends_with(**e))?;
    let stem: String = raw
        .chars()
        .take(raw.chars().count() - ending.len())
        .collect();
    (stem.len() > 1).then_some((stem, at))
}

/// "gönderebilir misin(iz)", "hazırlar mısın": a question that asks for something.
fn question(s: &Sentence, last: usize, named: Option<Owner>) -> Option<Verb> {
    let stem = forms::of_aorist(&s.words.raw(last).to_lowercase())?;
    Some((
        named.unwrap_or(Owner::Reader),
        Cue::Request,
        stem,
        last,
        0.84,
    ))
}

/// "göndermesi gerekiyor", "göndermem lazım", "gönderilmesi gerek".
fn needed(s: &Sentence, last: usize, named: Option<Owner>) -> Option<Verb> {
    let raw = s.words.raw(last - 1).to_lowercase();
    let folded = fold_str(&raw);
    let endings = [
        "mesi", "masi", "mem", "mam", "memiz", "mamiz", "men", "man", "mek", "mak", "meniz",
        "maniz",
    ];
    let ending = endings.iter().find(|e| folded.ends_with(**e))?;
    let stem: String = raw
        .chars()
        .take(raw.chars().count() - ending.len())
        .collect();
    let own = matches!(*ending, "mem" | "mam");
    let owner = named.unwrap_or(if own { Owner::Speaker } else { Owner::Nobody });
    Some((owner, Cue::Obligation, stem, last - 1, 0.74))
}

/// By the ending of the verb alone.
fn by_mood(
    s: &Sentence,
    last: usize,
    named: Option<Owner>,
    please: bool,
    dated: bool,
) -> Option<Verb> {
    let w = s.words;
    let (mood, stem) = mood(w.raw(last))?;
    match mood {
        Mood::Will if named.is_some() => Some((named?, Cue::Assignment, stem, last, 0.85)),
        // A passive or a subject that is no person: a task only with a date under a heading.
        Mood::Will => (dated && s.setting.action
            || s.setting.item
                && s.dated(|d| d.lead == crate::dates::Lead::Due && d.when.is_some()))
        .then_some((Owner::Nobody, Cue::Obligation, stem, last, 0.64)),
        Mood::IWill => Some((Owner::Speaker, Cue::Commitment, stem, last, 0.84)),
        Mood::WeWill => (dated || s.setting.action).then_some((
            Owner::Nobody,
            Cue::Obligation,
            stem,
            last,
            0.66,
        )),
        // "Fatura saklanmalıdır": without a day or a list a rule for everybody.
        Mood::Must if fold_str(w.raw(last)).ends_with("dir") && !dated && !s.setting.action => None,
        Mood::Must => Some((
            named.unwrap_or(Owner::Nobody),
            Cue::Obligation,
            stem,
            last,
            if dated || s.setting.action {
                0.76
            } else {
                0.55
            },
        )),
        Mood::Command => (please
            || s.dated(|d| d.lead == crate::dates::Lead::Due && d.when.is_some())
                && forms::is_formal(w.raw(last))
            || named.is_some() && dated
            || s.setting.action && s.setting.item
            || s.setting.addressed && dated)
            .then(|| {
                (
                    named.unwrap_or(Owner::Reader),
                    Cue::Request,
                    stem,
                    last,
                    0.82,
                )
            }),
    }
}

fn refuse(s: &Sentence) -> Result<(), Refusal> {
    let w = s.words;
    let last = last_word(w, s.from, s.to);
    for i in s.from..s.to {
        match w.word(i) {
            "eger" | "sayet" | "takdirde" | "belki" | "keske" | "muhtemelen" => {
                return Err(Refusal::Hypothetical);
            }
            "\"" | "“" if quotes::names(s, i) => {}
            "ornegin" | "mesela" | "\"" | "“" => return Err(Refusal::Example),
            "gerekmiyor" | "gerekmez" | "degil" | "yok" | "asla" => return Err(Refusal::Negated),
            "daima" | "genellikle" | "genelde" => return Err(Refusal::Rule),
            "her" if w.word(i + 1) == "zaman" => return Err(Refusal::Rule),
            _ => {}
        }
    }
    if let Some(i) = last {
        let word = w.word(i);
        if negative(w.raw(i)) {
            return Err(Refusal::Negated);
        }
        let past = [
            "di", "ti", "du", "tu", "mis", "mus", "dik", "tik", "diler", "tiler", "dim", "tim",
        ]
        .iter()
        .any(|e| word.ends_with(e))
            && word.len() > 4
            // "… tamamlaması kararlaştırıldı" decides what is to come.
            && !matches!(word, "kararlastirildi" | "istendi" | "planlandi")
            && !s.setting.action;
        if past {
            return Err(Refusal::Past);
        }
        if word.ends_with("sa")
            || word.ends_with("se")
            || (s.from..s.to).any(|k| {
                w.word(k).ends_with("irsa")
                    || w.word(k).ends_with("irse")
                    || w.word(k).ends_with("arsa")
                    || w.word(k).ends_with("erse")
            })
        {
            return Err(Refusal::Hypothetical);
        }
    }
    Ok(())
}
