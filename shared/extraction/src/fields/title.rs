//! From the words of an act to a short order.

mod forms;

use crate::acts::{Act, Form, spelled};
use crate::dates::Found;
use crate::language::Marks;
use crate::text::capitalised;
use crate::text::{Words, one_of};
pub(crate) use forms::{base_of_gerund, base_of_participle, base_of_third};
use std::borrow::Cow;

/// The most characters a title may have.
pub const LONGEST: usize = 255;

/// Longer acts are cut at a clause and the rest goes into the description.
const COMFORTABLE: usize = 120;

/// Tokens of `from..to` that make the title: dates, hints and trailing small words are left out.
fn kept(
    words: &Words,
    from: usize,
    to: usize,
    dates: &[Found],
    skip: &[(usize, usize)],
) -> Vec<usize> {
    let mut left: Vec<usize> = Vec::new();
    let mut i = from;
    while i < to {
        let found = dates
            .iter()
            .find(|d| d.lead_from <= i && i < d.to && (d.lead_from >= from || d.from == i));
        if let Some(date) = found.filter(|d| d.to <= to && removable(words, d, to)) {
            i = date.to;
            continue;
        }
        if let Some(&(_, end)) = skip.iter().find(|&&(a, b)| a <= i && i < b) {
            i = end;
            continue;
        }
        left.push(i);
        i += 1;
    }
    left
}

/// A date goes from the title unless it is part of a noun: "the 3 March minutes", "Friday's meeting", "the Q3 report".
fn removable(words: &Words, date: &Found, to: usize) -> bool {
    let possessive =
        words.raw(date.to - 1).ends_with("'s") || words.raw(date.to - 1).ends_with("’s");
    let article = date.from > 0
        && words.one_of(date.from - 1, "the|last|our|a|der|die|das|la|le")
        && words.shape(date.to) == crate::text::Shape::Word
        && date.to < to
        && date.lead != crate::dates::Lead::Due
        && !words.has(date.to, Marks::FUNCTION);
    let of = date.lead == crate::dates::Lead::Of && words.word(date.lead_from) != "for";
    let gone = of && date.when.is_none();
    !(possessive || article || gone)
}

/// Puts the kept tokens together again with the spaces they had.
fn assemble(words: &Words, keep: &[usize]) -> String {
    let mut out = String::new();
    let mut last: Option<usize> = None;
    for &i in keep {
        if let Some(before) = last {
            let glued = before + 1 == i && words.touches(before);
            let bridge = before + 1 != i
                && words.shape(i) == crate::text::Shape::Mark
                && matches!(words.word(i), "," | "." | ")" | ";" | ":");
            if !glued && !bridge {
                out.push(' ');
            }
        }
        // "loca-\ntion" is one word again.
        for part in words.raw(i).split("-\n") {
            out.push_str(part.trim());
        }
        last = Some(i);
    }
    out
}

const DANGLING: &str = "\
    by|on|at|for|to|and|or|the|a|an|before|until|from|due|with|of|in|is|are|was|were|so|but|latest|then|\
    please|thanks|bitte|bis|am|und|zum|vor|um|antes|del|de|el|para|y|hasta|avant|le|pour|et|du|\
    d'ici|au|kadar|ve|deadline|which|that|pls|plz|via|between|starting|ab|no|later|than|asap|\
    cheers|ok|okay|that's|it's|c'est|spatestens|a|lutfen|svp|stp|merci|gracias|noch|again|too";

/// Words whose loss at the end of an order would change it: "send it on", "hand in".
const PARTICLES: &str = "up|in|out|off|over|through|back|down|together";

/// Cuts marks and small words that lead nowhere from both ends.
pub(crate) fn trim(title: &str) -> String {
    trimmed(title, true)
}

/// The same, with small words at the end only where they are to go.
fn trimmed(title: &str, dangling: bool) -> String {
    let marks = |c: char| match c {
        '\0'..='\u{7f}' => {
            let kept = matches!(
                c,
                '$' | '%' | '\'' | '(' | ')' | '@' | '[' | '\\' | ']' | '^' | '`' | '{' | '}'
            );
            c.is_ascii_punctuation() && !kept || matches!(c, ' ' | '\t')
        }
        _ => "–—→•…“”„·".contains(c),
    };
    let mut out = title.trim();
    loop {
        let before = out;
        out = out.trim_start_matches(marks).trim_end_matches(marks);
        out = unbracketed(out);
        if dangling && let Some((rest, last)) = out.rsplit_once([' ', '\u{a0}']) {
            let folded = crate::text::fold_str(last.trim_matches(marks));
            if one_of(DANGLING, folded.as_str()) && !one_of(PARTICLES, folded.as_str()) {
                out = rest;
            }
        }
        if out.len() == before.len() {
            return tidy(&unquoted(title, out));
        }
    }
}

/// The part with the quotation mark beside it that answers one in it: `Check the page "Partners"`.
fn unquoted<'a>(title: &'a str, part: &'a str) -> Cow<'a, str> {
    let begin = part.as_ptr().addr() - title.as_ptr().addr();
    let end = begin + part.len();
    for (open, close) in [("\"", "\""), ("“", "”"), ("„", "“"), ("«", "»")] {
        let alone =
            part.matches(open).count() + usize::from(open != close) * part.matches(close).count();
        if alone == 1 && title[end..].starts_with(close) && part.contains(open) {
            return Cow::Borrowed(&title[begin..end + close.len()]);
        }
        if alone == 1 && title[..begin].ends_with(open) && part.contains(close) {
            return Cow::Borrowed(&title[begin - open.len()..end]);
        }
        // What answered it stands before the words of the title.
        if alone == 1 && part.contains(close) {
            return Cow::Owned(part.replacen(close, "", 1));
        }
    }
    Cow::Borrowed(part)
}

/// Without brackets at the ends that nothing in the title answers, and without hollow ones.
fn unbracketed(title: &str) -> &str {
    let mut out = title;
    if !out.contains(['(', ')', '[', ']', '«', '»']) {
        return out;
    }
    // "(sorumlu: Elif" of which the end went with its date.
    if let Some(at) = out.rfind(" (")
        && !out[at..].contains(')')
        && out[at..].contains(": ")
    {
        out = &out[..at];
    }
    for (open, close, hollow) in [
        ('(', ')', ["()", "( )"]),
        ('[', ']', ["[]", "[ ]"]),
        ('«', '»', ["«»", "« »"]),
    ] {
        if out.ends_with(open) {
            out = out.trim_end_matches(open);
        }
        if out.starts_with(close) {
            out = out.trim_start_matches(close);
        }
        if let Some(inner) = out.strip_suffix(close).filter(|i| !i.contains(open)) {
            out = inner;
        }
        if let Some(rest) = out.strip_prefix(open).filter(|i| !i.contains(close)) {
            out = rest;
        }
        for empty in hollow {
            out = out.strip_suffix(empty).unwrap_or(out);
        }
    }
    out
}

/// With single spaces, without what is left of marks that stood around words.
fn tidy(title: &str) -> String {
    // Nearly all are.
    let plain = |b: u8| b.is_ascii_graphic() && !matches!(b, b'(' | b'*' | b'~') || b == b' ';
    if title.bytes().all(plain) && !title.contains("  ") {
        return title.to_owned();
    }
    title
        .replace(" ()", "")
        .replace("()", "")
        .replace("( )", "")
        .replace(" ( !)", "")
        .replace("**", "")
        .replace("~~", "")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Without what is only to be borne in mind: "Pay the amount and note that ..".
fn without_advice(title: &str) -> &str {
    const ADVICE: [&str; 10] = [
        " und beachten, dass ",
        " und beachten Sie, dass ",
        " und beachte, dass ",
        " und beachtet, dass ",
        " and note that ",
        " and please note that ",
        " et notez que ",
        " et noter que ",
        " y tenga en cuenta que ",
        " y ten en cuenta que ",
    ];
    let begins = |rest: &str| ADVICE.iter().any(|advice| rest.starts_with(advice));
    let mut blanks = title.match_indices(' ').map(|(at, _)| at);
    let cut = blanks.find(|&at| begins(&title[at..]));
    cut.map_or(title, |at| &title[..at])
}

/// The order in a proposal: "Lass uns den Bericht schreiben".
fn proposed(title: &str) -> &str {
    const OPENS: [&str; 4] = ["Lass uns", "lass uns", "Lasst uns", "lasst uns"];
    let rest = OPENS.iter().find_map(|opens| title.strip_prefix(opens));
    rest.filter(|rest| rest.is_empty() || rest.starts_with(' '))
        .map_or(title, str::trim_start)
}

/// The first part of an act, where it is long and has parts.
fn shorten(title: &str) -> String {
    let title = without_advice(title);
    if title.chars().count() <= COMFORTABLE {
        return title.to_owned();
    }
    let cut = [
        ". ",
        "; ",
        " – ",
        " — ",
        " because ",
        ", because ",
        " so that ",
        ", so ",
        " since ",
        ", which ",
        " (",
        ", ",
    ]
    .iter()
    .filter_map(|mark| {
        title
            .match_indices(mark)
            .map(|(i, _)| i)
            .find(|&i| title[..i].chars().count() >= 20)
    })
    .min();
    let short = cut.map_or(title, |i| &title[..i]);
    if short.chars().count() <= LONGEST {
        return short.to_owned();
    }
    let limit = short
        .char_indices()
        .nth(LONGEST - 1)
        .map_or(short.len(), |(i, _)| i);
    let space = short[..limit].rfind(' ').unwrap_or(limit);
    format!("{}…", &short[..space])
}

/// The title of an act; `None` when no word is left.
pub(crate) fn title(
    words: &Words,
    act: &Act,
    dates: &[Found],
    skip: &[(usize, usize)],
) -> Option<String> {
    let rest = |from: usize, to: usize| trim(&assemble(words, &kept(words, from, to, dates, skip)));
    let text = match &act.form {
        Form::Plain => rest(act.from, act.to),
        Form::Gerund => format!(
            "{} {}",
            base_of_gerund(words.word(act.from))?,
            rest(act.from + 1, act.to)
        ),
        Form::Third => format!(
            "{} {}",
            base_of_third(words.word(act.from))?,
            rest(act.from + 1, act.to)
        ),
        Form::Noun(verb) => {
            let noun = rest(act.from, act.to);
            if noun.is_empty() || names_deed(verb, &noun) {
                noun
            } else {
                format!("{verb} {}", lower_article(undoubled(verb, &noun)))
            }
        }
        Form::Passive { object, verb } => {
            let base = base_of_participle(words.word(*verb))?;
            let tail = rest(*verb + 1, act.to);
            let tail = tail.strip_prefix("by ").map_or(tail.as_str(), |_| "");
            format!("{base} {} {tail}", lower_article(&rest(object.0, object.1)))
        }
        Form::Spelled(title) | Form::Ended(title) => title.clone(),
    };
    let cut = |text: &str| match act.form {
        Form::Ended(_) => trimmed(text, false),
        _ => trim(text),
    };
    let text = shorten(proposed(&cut(&text)));
    let text = cut(&text);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (letters >= 2).then(|| clamp(&capitalised(&calmed(text))))
}

/// A title in capital letters alone in small ones; two words may be names or short for something.
fn calmed(title: String) -> String {
    let shouted = title.split(' ').count() > 2 && !title.contains(char::is_lowercase);
    if shouted { title.to_lowercase() } else { title }
}

/// At most [`LONGEST`] characters.
pub(crate) fn clamp(title: &str) -> String {
    title.chars().take(LONGEST).collect()
}

/// What is done by a verb, as a noun.
fn deed_of(verb: &str) -> Option<&'static str> {
    match verb {
        "Pay" => Some("payment"),
        "Submit" => Some("submission"),
        "Return" => Some("return"),
        "Renew" => Some("renewal"),
        "Complete" => Some("completion"),
        _ => None,
    }
}

/// "Payment", "Final payment", "Send the report": a noun that needs no verb, since it names the deed.
fn names_deed(verb: &str, noun: &str) -> bool {
    let last = noun.rsplit(' ').next().unwrap_or(noun);
    let named = noun.split(' ').count() <= 2
        && deed_of(verb).is_some_and(|deed| deed.eq_ignore_ascii_case(last));
    let first = noun.split(' ').next().unwrap_or(noun);
    named || first.eq_ignore_ascii_case(verb) && first.len() < noun.len()
}

/// "Payment of EUR 49.90" is paid, not its payment.
fn undoubled<'t>(verb: &str, noun: &'t str) -> &'t str {
    let Some(deed) = deed_of(verb) else {
        return noun;
    };
    let mut rest = noun;
    for word in ["the ", "your ", "our "] {
        let cut = rest
            .get(..word.len())
            .filter(|head| head.eq_ignore_ascii_case(word));
        rest = cut.map_or(rest, |_| &rest[word.len()..]);
    }
    let head = rest
        .get(..deed.len())
        .filter(|head| head.eq_ignore_ascii_case(deed));
    let thing = head.and_then(|_| {
        let behind = &rest[deed.len()..];
        behind
            .strip_prefix(" of ")
            .or_else(|| behind.strip_prefix(" for "))
    });
    thing.filter(|thing| !thing.is_empty()).unwrap_or(noun)
}

fn lower_article(noun: &str) -> String {
    match noun.split_once(' ') {
        Some((
            first
            @ ("The" | "A" | "An" | "Your" | "All" | "This" | "These" | "Our" | "My" | "Both"),
            rest,
        )) => format!("{} {rest}", first.to_lowercase()),
        _ => noun.to_owned(),
    }
}

/// The words of a span as a title, without dates and hints.
pub(crate) fn of_span(
    words: &Words,
    from: usize,
    to: usize,
    dates: &[Found],
    skip: &[(usize, usize)],
) -> String {
    let text = trim(&assemble(words, &kept(words, from, to, dates, skip)));
    clamp(&capitalised(&trim(&shorten(&text))))
}

/// The words of a span without dates and hints, neither shortened nor capitalised.
pub(crate) fn plain_span(
    words: &Words,
    from: usize,
    to: usize,
    dates: &[Found],
    skip: &[(usize, usize)],
) -> String {
    trim(&assemble(words, &kept(words, from, to, dates, skip)))
}

/// Everything of `from..to` with single spaces.
pub(crate) fn whole(words: &Words, from: usize, to: usize) -> String {
    spelled(words, from, to)
}
