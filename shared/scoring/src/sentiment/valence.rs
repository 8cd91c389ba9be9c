//! How a text feels: phrases, turned by negation, weighted by emphasis and contrast.
//!
//! The way of VADER (Hutto and Gilbert 2014), with our own words, phrases and factors.

use super::lexicon::{Entry, Language};
use super::pattern::{Book, Hit};
use super::text::{Kind, Token};

/// Words before a phrase in which a negation counts.
const NEGATION_REACH: usize = 3;
/// Words before a phrase in which a strengthening or weakening word counts.
const WEIGHT_REACH: usize = 2;
/// "Not bad" is less than good, "not good" is nearly bad.
const NEGATED_BAD: f64 = -0.35;
const NEGATED_GOOD: f64 = -0.8;
const BEFORE_BUT: f64 = 0.5;
const AFTER_BUT: f64 = 1.3;
const CONCEDED: f64 = 0.5;
const SHOUTED: f64 = 1.25;
const EXCLAIMED: f64 = 1.1;
/// Spreads the sum over -1 to 1: one plain negative word (-2) lies at about -0.37, two of
/// them at -0.62.
const SPREAD: f64 = 25.0;

/// A phrase found in a text.
pub(super) struct Found<'a> {
    pub entry: &'a Entry,
    pub start: usize,
    pub end: usize,
    pub negated: bool,
}

/// Score of a text, -1 to 1, and the phrases behind it.
pub(super) fn measure<'a>(tokens: &'a [Token], language: &'a Language) -> (f64, Vec<Found<'a>>) {
    let mut all = Vec::new();
    let (mut sum, mut sentences) = (0.0, 0_u32);
    let mut offset = 0;
    for sentence in tokens.split_inclusive(|token| token.kind == Kind::End) {
        let (valence, found) = in_sentence(sentence, language);
        if found.iter().any(|found| found.entry.valence != 0.0) {
            sum += valence;
            sentences += 1;
        }
        all.extend(found.into_iter().map(|found| Found {
            start: offset + found.start,
            end: offset + found.end,
            ..found
        }));
        offset += sentence.len();
    }
    // Many sentences of one mood say it louder than one, though less than in proportion.
    let sum = sum / f64::from(sentences.max(1)).sqrt();
    (sum / (sum * sum + SPREAD).sqrt(), all)
}

fn in_sentence<'a>(sentence: &'a [Token], language: &'a Language) -> (f64, Vec<Found<'a>>) {
    let turn = language.but.find(sentence).last().map(|hit| hit.start);
    let conceded = conceded(sentence, language);
    let exclaimed = sentence.last().is_some_and(|token| token.text == "!");
    let mut sum = 0.0;
    let mut all = Vec::new();
    for hit in language.entries.find(sentence) {
        let negated = is_negated(sentence, &hit, language);
        let mut valence = hit.value.valence * weight(sentence, hit.start, language);
        if negated {
            valence *= if valence < 0.0 {
                NEGATED_BAD
            } else {
                NEGATED_GOOD
            };
        }
        match turn {
            Some(turn) if hit.start < turn => valence *= BEFORE_BUT,
            Some(_) => valence *= AFTER_BUT,
            None => {}
        }
        if conceded.is_some_and(|(start, end)| (start..end).contains(&hit.start)) {
            valence *= CONCEDED;
        }
        if sentence[hit.start..hit.end]
            .iter()
            .any(|token| token.shouted)
        {
            valence *= SHOUTED;
        }
        sum += valence;
        all.push(Found {
            entry: hit.value,
            start: hit.start,
            end: hit.end,
            negated,
        });
    }
    (if exclaimed { sum * EXCLAIMED } else { sum }, all)
}

/// From an "although" to the end of its clause.
fn conceded(sentence: &[Token], language: &Language) -> Option<(usize, usize)> {
    let start = language.although.find(sentence).next()?.end;
    let length = sentence[start..]
        .iter()
        .position(|token| token.kind != Kind::Word);
    Some((
        start,
        length.map_or(sentence.len(), |length| start + length),
    ))
}

fn is_negated(sentence: &[Token], hit: &Hit<'_, Entry>, language: &Language) -> bool {
    let clause = clause_start(sentence, hit.start);
    let reach = hit.start.saturating_sub(NEGATION_REACH);
    // A negator of several words may begin before the reach, as long as it ends within.
    let before = (clause..hit.start).any(|at| {
        let negator = language.negators.at(&sentence[..hit.start], at);
        let turned = language.no_negators.at(sentence, at).is_some();
        negator.is_some_and(|negator| negator.end > reach) && !turned
    });
    let after = (hit.end..(hit.end + 2).min(sentence.len()))
        .take_while(|at| sentence[*at].kind == Kind::Word)
        .any(|at| language.negators_after.at(sentence, at).is_some());
    before || after
}

/// The strongest word of emphasis just before a phrase.
fn weight(sentence: &[Token], start: usize, language: &Language) -> f64 {
    let from = clause_start(sentence, start).max(start.saturating_sub(WEIGHT_REACH + 1));
    let reach = start.saturating_sub(WEIGHT_REACH);
    let strength = |weight: &f64| (weight - 1.0).abs();
    (from..start)
        .filter_map(|at| at_before(&language.weights, sentence, at, start))
        .filter(|hit| hit.end > reach)
        .map(|hit| *hit.value)
        .max_by(|a, b| strength(a).total_cmp(&strength(b)))
        .unwrap_or(1.0)
}

fn at_before<'a, T>(
    book: &'a Book<T>,
    sentence: &'a [Token],
    at: usize,
    end: usize,
) -> Option<Hit<'a, T>> {
    book.at(&sentence[..end], at)
}

fn clause_start(sentence: &[Token], start: usize) -> usize {
    let pause = sentence[..start]
        .iter()
        .rposition(|token| token.kind != Kind::Word);
    pause.map_or(0, |pause| pause + 1)
}
