//! What holds for every text: quotes are exact, nothing panics, the same goes in and comes out.
#![expect(clippy::unwrap_used, reason = "a test ends where its premise does")]

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use sentry_domain::Zone;
use sentry_domain::{Category, Priority, TaskType};
use sentry_extraction::{Context, Extraction, Item, MOST_ITEMS, Refusal, extract};

fn context() -> Context {
    Context::new(
        "2026-03-04T09:00:00Z".parse::<DateTime<Utc>>().unwrap(),
        "Europe/Berlin".parse().unwrap(),
    )
}

/// Every invariant of an extraction.
fn holds(text: &str, found: &Extraction) {
    let chars: Vec<char> = text.chars().collect();
    assert_eq!(
        found.dropped,
        found.reasons.iter().map(|r| r.count).sum::<usize>()
    );
    assert!(found.items.len() <= MOST_ITEMS);
    for item in &found.items {
        let title = item.title.chars().count();
        assert!((1..=255).contains(&title), "{item:?}");
        assert_eq!(item.title.trim(), item.title);
        assert!((0.0..=1.0).contains(&item.confidence));
        assert!(item.due_at.is_none() || item.due_on.is_none(), "{item:?}");
        for quote in std::iter::once(&item.source).chain(&item.also) {
            assert!(
                quote.start_char < quote.end_char && quote.end_char <= chars.len(),
                "{item:?}"
            );
            assert_eq!(
                chars[quote.start_char..quote.end_char]
                    .iter()
                    .collect::<String>(),
                quote.quote
            );
        }
    }
}

fn one(text: &str) -> Item {
    let found = extract(text, &context());
    holds(text, &found);
    assert_eq!(found.items.len(), 1, "{text}: {:#?}", found.items);
    found.items.into_iter().next().unwrap()
}

fn none(text: &str) -> Vec<Refusal> {
    let found = extract(text, &context());
    assert!(found.items.is_empty(), "{text}: {:#?}", found.items);
    found.reasons.iter().map(|r| r.reason).collect()
}

#[test]
fn an_item_has_its_fields() {
    let item = one(
        "## Action items\n- Maria to send the budget to finance by 14 March (2h, high priority)\n",
    );
    assert_eq!(item.title, "Send the budget to finance");
    assert_eq!(item.assigned_to.as_deref(), Some("Maria"));
    assert_eq!(item.due_on.unwrap().to_string(), "2026-03-14");
    assert_eq!(item.estimated_hours, Some(2.0));
    assert_eq!(item.priority, Some(Priority::High));
    assert_eq!(item.task_type, TaskType::Task);
    assert_eq!(
        item.source.quote,
        "Maria to send the budget to finance by 14 March (2h, high priority)"
    );
}

#[test]
fn quotes_count_characters_not_bytes() {
    let text = "Größe: 12 €\n\n- [ ] Müller anrufen — für Anna 😀 bis Freitag\n";
    let item = one(text);
    assert_eq!(item.source.start_char, 19);
    assert!(item.source.quote.starts_with("Müller"));
}

#[test]
fn a_meeting_has_beginning_end_and_guests() {
    let item = one("Budget review with Maria and Tom on Thursday 12 March, 10:00-11:30 (Europe).");
    assert_eq!(item.task_type, TaskType::Meeting);
    assert_eq!(item.category, Category::Meeting);
    assert_eq!(
        item.start_at.unwrap().to_rfc3339(),
        "2026-03-12T09:00:00+00:00"
    );
    assert_eq!(
        item.end_at.unwrap().to_rfc3339(),
        "2026-03-12T10:30:00+00:00"
    );
    assert_eq!(item.attendees, ["Maria", "Tom"]);
}

#[test]
fn the_same_deed_is_one_item_with_all_its_quotes() {
    let text = "Tom will send the signed contract to legal.\n\nAction items\n- Tom: send the signed contract to legal by Friday\n";
    let item = one(text);
    assert_eq!(item.due_on.unwrap().to_string(), "2026-03-06");
    assert_eq!(item.also.len(), 1);
}

#[test]
fn dates_in_a_mail_count_from_its_own_day() {
    let mail = |date: &str| {
        format!(
            "From: Ann <ann@x.example>\nTo: Bob <bob@x.example>\nDate: {date}\nSubject: Slides\n\nHi Bob,\n\nplease send me the slides by tomorrow.\n\nBest,\nAnn\n"
        )
    };
    assert_eq!(
        one(&mail("Mon, 2 Mar 2026 10:00:00 +0100"))
            .due_on
            .unwrap()
            .to_string(),
        "2026-03-03"
    );
    let item = one(&mail("not a date"));
    assert_eq!(item.due_on.unwrap().to_string(), "2026-03-05");
    assert_eq!(item.assigned_to.as_deref(), Some("Bob"));
}

#[test]
fn what_is_refused_is_counted() {
    assert_eq!(none("- [x] Call Bob by Friday"), [Refusal::Done]);
    assert_eq!(none("- ~~Call Bob by Friday~~"), [Refusal::Done]);
    assert_eq!(
        none("Tom will not send the report by Friday."),
        [Refusal::Negated]
    );
    assert_eq!(
        none("If the client cancels, Tom will send a refund by Friday."),
        [Refusal::Hypothetical]
    );
    assert_eq!(
        none("For example, Tom will send the report by Friday."),
        [Refusal::Example]
    );
    none("He wrote: \"Tom will send the report by Friday.\"");
    assert_eq!(
        none("Please do not hesitate to contact us."),
        [Refusal::Negated]
    );
}

#[test]
fn what_only_looks_like_work() {
    for text in [
        "",
        " ",
        "\u{feff}",
        "Maria sent the report on Friday.",
        "Should we send the report by Friday?",
        "The system must return an error.",
        "> Please send the report by Friday.\n",
        "```\n- [ ] Send the report\n```\n",
        "Thanks for the report!",
        "We already paid the invoice.",
        "Who will present the results?",
        "Visitors must sign in at the desk.",
        "Preheat the oven to 220C. Mix flour, salt and butter. Bake for 20 minutes.",
        "Buy now and save 20%! Subscribe to our newsletter for exclusive offers and deals.",
        "Der Server wurde gestern repariert.",
        "El informe ya fue enviado.",
        "Le rapport a déjà été envoyé.",
        "Rapor dün gönderildi.",
    ] {
        none(text);
    }
}

#[test]
fn hostile_texts_are_read_in_one_go() {
    for pattern in [
        "- [ ] ",
        "a",
        "| a |\n",
        "(",
        "\"",
        "- [ ] x\n",
        "# a\n",
        "From: a\nTo: b\n",
        "Tom and ",
        "3/4 ",
        "@a",
        "a'",
        "please ",
        "~~",
        "\u{301}",
        "https://",
        "1. ",
        "İ",
        "ﬁ",
        "by then ",
        "5 pm by then ",
        "31/3 ",
    ] {
        let text = pattern.repeat(20_000 / pattern.len());
        let found = extract(&text, &context());
        holds(&text, &found);
    }
    let wide = format!("Task        Owner     Due\n{}  Tom\n", "a ".repeat(10_000));
    holds(&wide, &extract(&wide, &context()));
}

/// Texts made of the words the rules look for.
fn cue_soup() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "Maria",
        "Tom",
        "I",
        "we",
        "you",
        "please",
        "to",
        "will",
        "must",
        "send",
        "the report",
        "by",
        "Friday",
        "14 March",
        "2026-03-14",
        "at 3pm",
        "10:00-11:00",
        "(",
        ")",
        "[ ]",
        "[x]",
        "- ",
        "\n",
        "\n\n",
        "# ",
        "|",
        ":",
        ".",
        "?",
        "!",
        "if",
        "not",
        "due",
        "every Monday",
        "Next meeting",
        "Action items\n",
        "@tom",
        "\"",
        "> ",
        "```\n",
        "From: a@b.c\n",
        "To: x\n",
        "Subject: y\n",
        "Date: 2 March 2026\n",
        "bis Freitag",
        "Bitte",
        "schick",
        "antes del",
        "enviará",
        "avant",
        "doit",
        "kadar",
        "gönderecek",
        "Task,Owner,Due\n",
        "a,b,c\n",
        "\t",
        "  ",
        "é",
        "İ",
        "😀",
        "ß",
        "it",
        "do",
        "1.",
        "o ",
        "•",
        "—",
        "~~",
        "**",
        "urgent",
        "2h",
        "half a day",
        "Due: ",
        "Owner: ",
    ]);
    prop::collection::vec(words, 0..60).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,300}") {
        holds(&text, &extract(&text, &context()));
    }

    #[test]
    fn any_lines_are_read(text in "([ -~äöüßñéığ\n\t|#*>\\[\\]]{0,30}\n){0,12}") {
        holds(&text, &extract(&text, &context()));
    }

    #[test]
    fn cues_in_any_order_are_read_alike(text in cue_soup()) {
        let found = extract(&text, &context());
        holds(&text, &found);
        prop_assert_eq!(found, extract(&text, &context()));
    }

    #[test]
    fn any_time_and_zone_will_do(text in cue_soup(), seconds in -3_000_000_000_i64..8_000_000_000, zone in prop::sample::select(Zone::names().map(|name| name.parse::<Zone>().unwrap()).collect::<Vec<_>>())) {
        let now = DateTime::from_timestamp(seconds, 0).unwrap();
        holds(&text, &extract(&text, &Context::new(now, zone)));
    }
}

fn titles(text: &str) -> Vec<String> {
    let found = extract(text, &context());
    holds(text, &found);
    found.items.into_iter().map(|item| item.title).collect()
}

#[test]
fn a_request_asks_for_each_item_of_its_list() {
    let letter = "Dear Ms Reiter,\n\nwe kindly request the following documents until 20 March:\n\
        a) management review 2025\n b) the organisation chart\n\nWe have received the following: \n\
        - the contract\n- the deposit\n";
    let found = extract(letter, &context());
    holds(letter, &found);
    let items = found.items.iter();
    let items: Vec<_> = items.map(|i| (i.title.as_str(), i.due_on)).collect();
    let day = "2026-03-20".parse().ok();
    assert_eq!(
        items,
        [
            ("Management review 2025", day),
            ("The organisation chart", day)
        ]
    );
}

#[test]
fn arrows_make_a_list_and_quoted_mail_does_not() {
    let notes = "Jour fixe\n> Kurt to order the compressor by Friday\n> Anna to call the supplier";
    assert_eq!(titles(notes).len(), 2, "{:?}", titles(notes));
    let answer = "Done, thanks.\n\nOn Tuesday Ann wrote:\n> Please order the compressor by Friday.\n> Please call the supplier.";
    assert_eq!(titles(answer), Vec::<String>::new());
}

#[test]
fn rows_close_by_letters_that_a_line_explains_and_by_what_stands_for_a_day() {
    let points = "No | What | Who | When | State\n---|---|---|---|---\n\
        1 | adjust light curtain | Wagner | 14/11 | O\n2 | repair oil leak | Brescia | | C\n\n\
        O = open   C = closed";
    assert_eq!(titles(points), ["Adjust light curtain"]);
    let packing = "what | who | when\n---|---|---\npay balance of chalet | Ann | Fri 13 March\n\
        fondue pot | Lev | packed\ntrain tickets | Maud | bought";
    assert_eq!(titles(packing), ["Pay balance of chalet"]);
}
