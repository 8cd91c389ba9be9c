//! The built-in sentiment engine on labelled texts, and on any text at all.

use proptest::prelude::*;
use sentry_scoring::sentiment::{Label, Sentiment, analyze};
use std::fmt::Write;

fn lines(corpus: &'static str) -> impl Iterator<Item = &'static str> {
    corpus
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn raised(sentiment: &Sentiment) -> Vec<&'static str> {
    let signals = &sentiment.signals;
    [
        ("emotional_exhaustion", &signals.emotional_exhaustion),
        ("overwhelm", &signals.overwhelm),
        ("sleep_concerns", &signals.sleep_concerns),
        ("negative_outlook", &signals.negative_outlook),
        ("health_concerns", &signals.health_concerns),
    ]
    .into_iter()
    .filter(|(_, words)| !words.is_empty())
    .map(|(name, _)| name)
    .collect()
}

/// A missed sign is the error that must not happen, a false one costs a phone number shown.
#[test]
fn signs_of_crisis_are_found_and_idioms_are_not() {
    let (mut missed, mut false_alarms) = (Vec::new(), Vec::new());
    let (mut signs, mut others) = (0, 0);
    for line in lines(include_str!("corpus/crisis.tsv")) {
        let (expected, text) = line.split_once('\t').unwrap();
        let sentiment = analyze(text);
        assert_eq!(sentiment.crisis, !sentiment.crisis_words.is_empty());
        if expected == "1" {
            signs += 1;
            if !sentiment.crisis {
                missed.push(text);
            }
        } else {
            others += 1;
            if sentiment.crisis {
                false_alarms.push((text, sentiment.crisis_words));
            }
        }
    }
    println!("missed {} of {signs}: {missed:#?}", missed.len());
    println!(
        "false {} of {others}: {false_alarms:#?}",
        false_alarms.len()
    );
    assert!(missed.len() * 50 <= signs, "{missed:#?}");
    assert!(false_alarms.len() * 50 <= others, "{false_alarms:#?}");
}

#[test]
fn labels_and_signals_agree_with_the_corpus() {
    let (mut right, mut all, mut wrong) = (0, 0, String::new());
    for line in lines(include_str!("corpus/mood.tsv")) {
        let mut columns = line.split('\t');
        let [label, signals, text] = [(); 3].map(|()| columns.next().unwrap());
        let sentiment = analyze(text);
        let expected: Label = serde_json::from_str(&format!("\"{label}\"")).unwrap();
        let found = raised(&sentiment);
        let signals_right = match signals {
            "-" => found.is_empty(),
            names => names.split(',').all(|name| found.contains(&name)),
        };
        all += 1;
        if sentiment.label == expected && signals_right {
            right += 1;
        } else {
            writeln!(wrong, "{line}\n   {} {found:?}", sentiment.score).unwrap();
        }
    }
    println!("{right} of {all}\n{wrong}");
    assert!(right * 100 >= all * 90, "{right} of {all}\n{wrong}");
}

#[test]
fn negation_emphasis_and_contrast_count() {
    let score = |text: &str| analyze(text).score;
    assert!(score("I am not tired") > score("I am tired"));
    assert!(score("I am not happy") < 0.0);
    assert!(score("I am extremely tired") < score("I am tired"));
    assert!(score("I am a bit tired") > score("I am tired"));
    assert!(score("I am TIRED") < score("I am tired"));
    assert!(
        score("The day was bad but the evening was good")
            > score("The day was good but the evening was bad")
    );
    assert!(score("Not only tired, also sad") < score("Tired"));
    assert!(score("ok 😭") < score("ok"));
    assert!(
        analyze("I am not exhausted, not overwhelmed").signals
            == sentry_scoring::sentiment::Signals::default()
    );
}

#[test]
fn signals_quote_the_text_as_it_was_written() {
    let sentiment = analyze("Bin total ERSCHÖPFT und kann nicht schlafen");
    assert_eq!(sentiment.language, "de");
    assert_eq!(sentiment.signals.emotional_exhaustion, ["ERSCHÖPFT"]);
    assert_eq!(sentiment.signals.sleep_concerns, ["kann nicht schlafen"]);
    assert!(sentiment.themes.contains(&"sleep".to_owned()));
}

#[test]
fn nothing_said_is_neutral() {
    for text in ["", "   ", "...", "1234", "日本語だけ"] {
        let sentiment = analyze(text);
        assert_eq!(
            (sentiment.label, sentiment.crisis),
            (Label::Neutral, false),
            "{text}"
        );
    }
}

#[test]
fn own_crisis_is_distress_whatever_else_the_text_says() {
    let sentiment = analyze("Great day, wonderful people, I love my team. I want to kill myself.");
    assert_eq!(sentiment.label, Label::Distressed);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        let sentiment = analyze(&text);
        prop_assert!((-1.0..=1.0).contains(&sentiment.score));
        prop_assert_eq!(sentiment.label, Label::from_score(sentiment.score));
        prop_assert_eq!(analyze(&text), sentiment);
    }

    #[test]
    fn words_in_any_order_are_read_and_quoted(
        words in proptest::collection::vec(
            prop_oneof![
                Just("not"), Just("never"), Just("so"), Just("but"), Just("although"), Just("tired"), Just("happy"),
                Just("can't"), Just("sleep"), Just("I"), Just("want"), Just("to"), Just("die"), Just(","), Just("."),
                Just("!"), Just("😭"), Just(":)"), Just("müde"), Just("years"), Just("ago"), Just("suicide"), Just("movie"),
            ],
            0..40,
        ),
    ) {
        let text = words.join(" ");
        let sentiment = analyze(&text);
        for word in sentiment.signals.emotional_exhaustion.iter().chain(&sentiment.crisis_words) {
            prop_assert!(text.contains(word.as_str()));
        }
    }

    #[test]
    fn crisis_survives_its_surroundings(before in "[A-Za-z ]{0,40}", after in "[A-Za-z ,]{0,40}") {
        let text = format!("{before}. I want to kill myself. {after}");
        prop_assert!(analyze(&text).crisis, "{text}");
    }
}
