//! Which lines continue the one before: hard-wrapped paragraphs and list items.

use super::line::{Breaks, Form, Line};
use crate::language::{Language, Marks};
use crate::text::one_of;

/// Lines at least this long were probably broken by an editor, not by their author.
const WRAPPED_FROM: usize = 50;

/// Buttons that notices end in.
const BUTTONS: &str =
    "Open|Reply|View|Resolve|Öffnen|Antworten|Anzeigen|Ouvrir|Répondre|Abrir|Responder|Aç|Yanıtla";

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', ')', '*', '_', '\''])
        .ends_with(['.', '!', '?', ':', ';'])
}

/// Whether `next` continues the paragraph whose last line is `previous`.
pub(crate) fn continues(text: &str, previous: &Line, next: &Line) -> bool {
    if next.form != Form::Plain {
        return false;
    }
    let (above, below) = (
        &text[previous.body..previous.end],
        &text[next.body..next.end],
    );
    let lower = below.chars().next().is_some_and(char::is_lowercase);
    // "Blockers: .." under "Today: ..": a label begins a thought of its own.
    let labelled = |line: &str| {
        let head = |word: &str| word.len() > 2 && word.ends_with(':');
        let short = |k: usize| line.split_whitespace().take(k).map(str::len).sum::<usize>() < 22;
        line.split_whitespace()
            .take(4)
            .enumerate()
            .any(|(k, word)| {
                (k == 0 || short(k) && line.starts_with(char::is_uppercase)) && head(word)
                    || k > 0 && short(k) && word.ends_with("):")
            })
    };
    if !lower && labelled(below) && labelled(above) {
        return false;
    }
    // "9:25 Board" under "9:10 Ms Tran": so does an hour, a day, a number.
    let counted = |line: &str| line.starts_with(|c: char| c.is_ascii_digit());
    if counted(above) && counted(below) {
        return false;
    }
    if begins_anew(above, below) || one_of(BUTTONS, below) {
        return false;
    }
    let wide = above.chars().count() >= WRAPPED_FROM;
    if ends_sentence(above) {
        return false;
    }
    if says_until(below) {
        return true;
    }
    // Notes in small letters are one thought a line.
    let notes = above
        .chars()
        .find(|c| c.is_alphabetic())
        .is_some_and(char::is_lowercase);
    let full = previous.full;
    let columns = |line: &str| line.contains("....") || line.contains("   ") || line.contains('\t');
    let prose = !columns(above) && !columns(below);
    match previous.breaks {
        Breaks::Ragged if !full => lower && is_open(above),
        Breaks::Wrapped if full && prose => true,
        _ => (wide && full && prose) || (lower && !notes),
    }
}

/// Whether `next`, under a line left blank, says by when what `previous` asks for: lines set wide apart, as they come from
/// the picture of a letter.
pub(crate) fn spans_blank(text: &str, previous: &Line, next: &Line) -> bool {
    const WORDS: usize = 5;
    let (above, below) = (
        &text[previous.body..previous.end],
        &text[next.body..next.end],
    );
    let begun = above.chars().find(|c| c.is_alphabetic());
    previous.form == Form::Plain
        && next.form == Form::Plain
        && says_until(below)
        && begun.is_some_and(char::is_uppercase)
        && above.ends_with(|c: char| c.is_alphanumeric() || c == ')')
        && above.split_whitespace().count() >= WORDS
}

/// Whether a line begins with an order in capitals, under one that ends in a word or a number that may well end it:
/// "Send the timesheet .." under "Team meeting every Tuesday until March 2027".
fn begins_anew(above: &str, below: &str) -> bool {
    let first = below.split_whitespace().next().unwrap_or("");
    let plain = first.len() > 3 && first.chars().skip(1).all(char::is_lowercase);
    let marks = Language::English.lexicon().marks(&first.to_lowercase());
    let other = Marks::GIVEN
        .and(Marks::MODAL)
        .and(Marks::FUNCTION)
        .and(Marks::THING);
    let order = plain
        && first.starts_with(char::is_uppercase)
        && marks.any(Marks::VERB)
        && !marks.any(other);
    let number = above.ends_with(|c: char| c.is_ascii_digit());
    order && number && !is_open(above)
}

/// Whether a line goes on with the day until which something is due: "by Friday", "avant le 3 mars".
fn says_until(line: &str) -> bool {
    const UNTIL: &str = "by|before|until|bis|vor|avant|hasta|antes";
    const NEAR: usize = 4;
    let mut words = line.split_whitespace();
    let led = words.next().is_some_and(|word| one_of(UNTIL, word));
    let day = |word: &str| {
        let name = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        name.starts_with(|c: char| c.is_ascii_digit())
            || crate::dates::is_month(name)
            || crate::dates::is_weekday(&crate::text::fold_str(name))
    };
    led && words.take(NEAR).any(day)
}

/// Whether a line ends in a word that asks for another.
fn is_open(line: &str) -> bool {
    const ASKS: &str = "\
        the|a|an|of|to|and|or|for|with|in|on|at|by|from|is|are|be|will|that|which|your|our|my|his|her|their|this|these|than|as|\
        der|die|das|den|dem|des|ein|eine|einen|und|oder|mit|von|zu|im|auf|für|bei|le|la|les|un|une|de|du|et|ou|à|au|aux|pour|avec|dans|sur|\
        el|los|las|una|y|o|con|por|para|en|que|del|al|ve|ile|bir|için";
    let last = line.split_whitespace().next_back().unwrap_or("");
    last.ends_with([',', '-', '&', '+', '/', '(']) || one_of(ASKS, &last.to_lowercase())
}

/// Whether `next` continues the list item that begins with `first` and whose last line is `previous`.
pub(crate) fn continues_item(text: &str, first: &Line, previous: &Line, next: &Line) -> bool {
    if next.form != Form::Plain {
        return false;
    }
    let above = &text[previous.body..previous.end];
    let below = &text[next.body..next.end];
    let lower = below.chars().next().is_some_and(char::is_lowercase);
    let deeper = next.indent > first.indent;
    if shouts(below) && !shouts(above) {
        return false;
    }
    deeper
        || (lower && !ends_sentence(above))
        || (above.chars().count() >= WRAPPED_FROM + 10
            && !ends_sentence(above)
            && (lower || !above.ends_with(')')))
}

/// "DONE" under what somebody wrote: a few words in capitals are a heading.
fn shouts(line: &str) -> bool {
    const LONGEST: usize = 24;
    line.len() <= LONGEST
        && line.contains(char::is_alphabetic)
        && !line.contains(|c: char| c.is_lowercase() || c.is_ascii_digit())
}
