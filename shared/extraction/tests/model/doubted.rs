//! What of a model's answer is doubted, and what stays although it is.

use super::*;

const OFFER: &str = "Hi Ola,\n\nPlease send the offer to Kim by Friday.\n\nBest\nBen\n";

#[test]
fn a_word_is_no_quote_and_a_stranger_no_owner() {
    let wrong = [
        item("Send the offer to Kim", "the", json!({})),
        item("Send the offer to Kim", "offer to", json!({})),
        item(
            "Send the offer to Bob",
            "Please send the offer to Kim by Friday.",
            json!({}),
        ),
        item(
            "Send the offer",
            "Please send the offer to Kim by Friday.",
            json!({"assigned_to": "Bob"}),
        ),
    ];
    let found = read(OFFER, &wrong);
    assert_eq!(refused(&found, Refusal::Invented), 4);
    assert_eq!(found.items, extract(OFFER, &context()).items);
    let own = item(
        "Send the offer to Kim",
        "send the offer to Kim",
        json!({"assigned_to": "Ola"}),
    );
    assert_eq!(refused(&read(OFFER, &[own]), Refusal::Invented), 0);
}

#[test]
fn a_date_is_not_lost_to_a_model_that_has_none() {
    let quote = "Please send the offer to Kim by Friday.";
    for words in [
        json!(null),
        json!("2026-03-19"),
        json!("by Fryday"),
        json!("since 2 March"),
    ] {
        let said = item("Send the offer to Kim", quote, json!({"when_words": words}));
        let found = read(OFFER, &[said]);
        assert_eq!(found.items.len(), 1, "{:#?}", found.items);
        let due = found.items[0].due_on.map(|day| day.to_string());
        assert_eq!(due.as_deref(), Some("2026-03-06"), "{words}");
    }
}

#[test]
fn what_is_off_does_not_come_in_through_a_model() {
    for (text, title, quote) in [
        (
            "I have already paid the rent on Monday.\n",
            "Pay the rent",
            "paid the rent on Monday",
        ),
        ("Do not call Bob.\n", "Call Bob", "Do not call Bob."),
        (
            "Ich habe die Miete schon am Montag bezahlt.\n",
            "Miete bezahlen",
            "die Miete schon am Montag bezahlt",
        ),
        (
            "From: Ben <ben@example.org>\nTo: Ola\nSubject: Keys\n\nThanks for that.\n\n> On Monday Ola wrote:\n> please send the keys to Kim\n",
            "Send the keys to Kim",
            "please send the keys to Kim",
        ),
    ] {
        let found = read(text, &[item(title, quote, json!({}))]);
        assert!(found.items.is_empty(), "{text}: {:#?}", found.items);
    }
    // What the built-in engine only finds too weak, a model may bring.
    let found = read(
        MAIL,
        &[item(
            "Give Priya the cost table",
            "I still owe Priya the cost table.",
            json!({}),
        )],
    );
    assert!(
        found
            .items
            .iter()
            .any(|item| item.title == "Give Priya the cost table")
    );
}

#[test]
fn saying_it_again_makes_nothing_surer_and_nothing_more() {
    let quote = "it would be lovely if the stand drawings could reach the printer before the weekend, say by Friday noon";
    let once = item("Get the stand drawings to the printer", quote, json!({}));
    let sure = |items: &[Value]| {
        let found = read(MAIL, items);
        let about = |item: &&sentry_extraction::Item| item.title.contains("drawings");
        let drawings: Vec<_> = found.items.iter().filter(about).cloned().collect();
        assert_eq!(drawings.len(), 1, "{drawings:#?}");
        drawings[0].confidence
    };
    let single = sure(std::slice::from_ref(&once));
    assert!((sure(&vec![once.clone(); 50]) - single).abs() < 1e-9);
    let other = item("Send stand drawings to the print shop", quote, json!({}));
    assert!((sure(&[once, other]) - single).abs() < 1e-9);
}

#[test]
fn two_deeds_of_one_sentence_stay_two() {
    let text = "Please sign the lease and return the lease by Friday.\n";
    let quote = "Please sign the lease and return the lease by Friday.";
    let found = read(
        text,
        &[
            item("Sign the lease", quote, json!({})),
            item("Return the lease", quote, json!({})),
        ],
    );
    assert!(found.items.len() >= 2, "{:#?}", found.items);
}
