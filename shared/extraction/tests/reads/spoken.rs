//! Who speaks where a name and a time stand alone above the words.

use crate::{context, named};
use sentry_extraction::{Item, extract};

/// Monday, 23 November 2026, 09:00 in London.
fn items(text: &str) -> Vec<Item> {
    extract(text, &context("Europe/London", "2026-11-23T09:00:00Z")).items
}

/// The owner and the day of the item whose title has the word.
fn told(text: &str, word: &str) -> (Option<String>, Option<String>) {
    let found = named(&items(text), word);
    assert_eq!(found.due_at, None, "{found:#?}");
    (
        found.assigned_to.clone(),
        found.due_on.map(|day| day.to_string()),
    )
}

fn some(owner: &str, day: &str) -> (Option<String>, Option<String>) {
    (Some(owner.to_owned()), Some(day.to_owned()))
}

#[test]
fn who_promises_something_in_a_transcript_owns_it() {
    let recording = "0:04 Laura Brandt\nHello all. Thanks for joining.\n0:17 Daniel Okafor\nI will order the badges by Thursday.\n1:02 Laura Brandt\nGreat. I'll update the seating plan tomorrow.\n";
    assert_eq!(
        told(recording, "badges"),
        some("Daniel Okafor", "2026-11-26")
    );
    assert_eq!(
        told(recording, "seating"),
        some("Laura Brandt", "2026-11-24")
    );
    let short = "0:04 Amy Brandt\nI will order the badges by Thursday.\n";
    assert_eq!(told(short, "badges"), some("Amy Brandt", "2026-11-26"));
    let alone = "00:12 Daniel Okafor\nI will order the badges by Thursday.\n";
    assert_eq!(told(alone, "badges"), some("Daniel Okafor", "2026-11-26"));
}

#[test]
fn a_copied_chat_has_speakers() {
    let chat = "[11/20/2026 2:03 PM] Laura Brandt\nHello from the train\n[11/20/2026 2:15 PM] Daniel Okafor\nI will order the badges by Thursday\n";
    assert_eq!(told(chat, "badges"), some("Daniel Okafor", "2026-11-26"));
    // What a turn calls tomorrow counts from its own stamp.
    let dated = chat
        .replace("by Thursday", "tomorrow")
        .replace("11/20", "11/22");
    assert_eq!(told(&dated, "badges"), some("Daniel Okafor", "2026-11-23"));
    let line = "**Daniel Okafor** (10:02 AM): I will order the badges by Thursday.\n";
    assert_eq!(told(line, "badges"), some("Daniel Okafor", "2026-11-26"));
}

#[test]
fn the_words_of_two_speakers_are_no_task_together() {
    let chat = "[11/20/2026 2:03 PM] Laura Brandt\nPlease send me the order form, accounts closes at 5pm\n[11/20/2026 2:10 PM] Daniel Okafor\nPerfect\n";
    let all = items(chat);
    assert!(
        all.iter()
            .all(|item| !item.title.contains("Okafor") && !item.title.starts_with("Close")),
        "{all:#?}"
    );
}

#[test]
fn points_of_an_agenda_speak_for_nobody() {
    let agenda = "Tuesday 8 December 2026\n09:00 Welcome\nCoffee in the foyer.\n10:00 Break\nTea is served.\n10:30 Strategy Workshop\nPlease bring the draft budget.\n";
    for item in items(agenda) {
        let owner = item.assigned_to.as_deref();
        assert!(
            !matches!(owner, Some("Welcome" | "Break" | "Strategy Workshop")),
            "{item:#?}"
        );
    }
}

#[test]
fn comments_signed_with_a_day_have_their_author() {
    let ticket = "Laura 2026-11-20: The disk was replaced.\nDaniel 2026-11-21: I will check the quota by Thursday.\n";
    assert_eq!(told(ticket, "quota"), some("Daniel", "2026-11-26"));
}

#[test]
fn a_memo_without_a_stop_is_read_clause_by_clause() {
    let memo = "okay so um first I need to ring the plumber about the tap tomorrow and then the parking permit never mind \
        that one came last week oh don't water the cactus and I have to hand in the deposit form by Friday also Daniel is \
        bringing the ladder on Thursday okay that's all";
    let all = items(memo);
    let days: Vec<_> = ["plumber", "deposit"]
        .map(|word| named(&all, word).due_on.map(|day| day.to_string()))
        .into();
    assert_eq!(
        days,
        [Some("2026-11-24".to_owned()), Some("2026-11-27".to_owned())]
    );
    for never in ["cactus", "permit"] {
        assert!(
            !all.iter().any(|item| item.title.contains(never)),
            "{never}: {all:#?}"
        );
    }
    let german = "also ich muss morgen noch bei der Versicherung anrufen wegen dem Fahrrad und dann muss ich bis Freitag die \
        Anmeldung für den Chor abschicken ach und das Buch hab ich schon zurückgegeben das ist erledigt";
    let all = items(german);
    let day = |word| named(&all, word).due_on.map(|day| day.to_string());
    assert_eq!(day("Versicherung").as_deref(), Some("2026-11-24"));
    assert_eq!(day("Anmeldung").as_deref(), Some("2026-11-27"));
    assert!(
        !all.iter().any(|item| item.title.contains("Buch")),
        "{all:#?}"
    );
}

#[test]
fn a_long_sentence_with_marks_stays_one() {
    let clause = "The tenant, who has paid the deposit, shall return the keys, the cards and the two remote controls to the \
        office by Friday, and then, if nothing else has been agreed, we will also read the meters, as I have to, with a witness.";
    assert!(items(clause).len() < 2, "{:#?}", items(clause));
}

#[test]
fn a_number_in_brackets_is_no_stamp() {
    let plan = "Exposé (2 Seiten): Abgabe 10. Dezember 2026\nHausarbeit (15 Seiten): Abgabe 30. Januar 2027\n";
    let all = items(plan);
    let day = |word| named(&all, word).due_on.map(|day| day.to_string());
    assert_eq!(day("Exposé").as_deref(), Some("2026-12-10"));
    assert_eq!(day("Hausarbeit").as_deref(), Some("2027-01-30"));
    let chat = "Laura (10:02): Hello all\nDaniel (10:05): I will order the badges by Thursday.\n";
    assert_eq!(told(chat, "badges"), some("Daniel", "2026-11-26"));
}
