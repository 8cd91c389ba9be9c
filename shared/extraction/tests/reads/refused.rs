//! What looks like a task and is none: what an answer settles, what a line says is over, what only sells.

use crate::saturday::titles;

/// Whether an item has the word in its title.
fn finds(text: &str, word: &str) -> bool {
    titles(text).iter().any(|title| title.contains(word))
}

#[test]
fn who_answers_that_it_is_done_takes_it_back() {
    for (answer, word) in [
        ("done", "banner"),
        ("Done ✔", "banner"),
        ("yes, done, both languages", "banner"),
        ("banner ✅ both languages", "banner"),
        ("uploaded 5 min ago", "banner"),
        ("no need, it has its own", "banner"),
    ] {
        let chat = format!(
            "Clara: good morning\nMeike: morning\nClara: @Meike can you change the banner text before lunch please?\nMeike: {answer}\nClara: thanks\n"
        );
        assert!(!finds(&chat, word), "{answer}: {:?}", titles(&chat));
    }
    let later = "Clara: good morning\nMeike: morning\nClara: @Meike can you change the banner text before lunch please?\nMeike: on it\nPau: coffee anyone\nMeike: done, both languages\n";
    assert!(!finds(later, "banner"), "{:?}", titles(later));
}

#[test]
fn what_is_promised_or_asked_of_all_stays() {
    for answer in [
        "ok",
        "not done yet",
        "will be done tomorrow",
        "is it done already?",
        "yes, moved my standup already",
    ] {
        let chat = format!(
            "Clara: good morning\nMeike: morning\nClara: @Meike can you change the banner text before lunch please?\nMeike: {answer}\nClara: thanks\n"
        );
        assert!(finds(&chat, "banner"), "{answer}: {:?}", titles(&chat));
    }
    let all = "Clara: good morning\nMeike: morning\nClara: please everybody pay the 45 euro entry fee to Lotte by Sunday\nPau: done\nClara: thanks\n";
    assert!(finds(all, "fee"), "{:?}", titles(all));
    // "Hecho, lo llevo" agrees to do it.
    let agrees = "Marta: hola\nPau: hola\nMarta: Pau, trae el proyector el martes por favor\nPau: hecho, lo llevo\n";
    assert!(finds(agrees, "proyector"), "{:?}", titles(agrees));
}

#[test]
fn a_line_that_says_that_its_matter_is_over_is_none() {
    let list = |line: &str| {
        format!("TO DO\n- order the badges by Friday\n- {line}\n- ask Tom about the keys\n")
    };
    for (line, word) in [
        ("tshirts -> ordered (Linda)", "shirts"),
        ("sediment trap emptied + weighed (4 kg)", "sediment"),
        ("name tags ✔ in the blue box", "tags"),
        ("strimmer mended (£35 - in the book)", "trimmer"),
        ("clash with Economics: resolved in week 2", "lash"),
        ("Dr Hussain on leave all week", "Hussain"),
        ("ask Rev. Tull to say grace??", "grace"),
        ("Mängel Nr. 14 und 15 behoben und abgenommen.", "ängel"),
        ("3. kat döşeme betonu döküldü (46 m3).", "beton"),
        ("Alçıpan siparişi iptal edildi", "lçıpan"),
    ] {
        assert!(
            !finds(&list(line), word),
            "{line}: {:?}",
            titles(&list(line))
        );
    }
    for (line, word) in [
        ("tshirts -> to be ordered by Linda", "shirts"),
        ("get the strimmer mended", "trimmer"),
        ("send the signed form back to Tom", "form"),
        ("ask Dr Hussain before he is on leave", "Hussain"),
        ("please ask Rev. Tull to say grace", "grace"),
    ] {
        assert!(
            finds(&list(line), word),
            "{line}: {:?}",
            titles(&list(line))
        );
    }
}

const NEWSLETTER: &str = "Subject: Your clubs this spring\nFrom: Harbour Gym\nTo: Ana Ruiz\n\nHi Ana!\n\nDon't miss our summer offer: 30 % off all courses until 4 December. Book your free trial today!\nSend us your wish list and claim a gift.\nLive workshop, Thursday 10 December, 10 am: \"Saying no\".\n";

#[test]
fn a_message_that_only_sells_asks_for_nothing() {
    let text = format!("{NEWSLETTER}\nOnly 40 places left, register today!\n\nUnsubscribe\n");
    assert_eq!(titles(&text), Vec::<String>::new());
    let german = "SOMMER IM STUDIO\n\nJetzt buchen und 20 % Rabatt sichern! Kostenlos parken.\nBringen Sie eine Freundin mit und sparen Sie 50 €.\nNicht verpassen: nur noch 12 Plätze!\n";
    assert_eq!(titles(german), Vec::<String>::new());
}

#[test]
fn what_is_asked_for_politely_in_a_newsletter_stays() {
    let text = format!(
        "{NEWSLETTER}\nPlease return the consent form to the office by 11 December.\n\nUnsubscribe\n"
    );
    assert_eq!(titles(&text).len(), 1, "{:?}", titles(&text));
    assert!(finds(&text, "consent form"));
    // One way to sell makes no advertisement.
    let mail = "From: Tom\nTo: Ana Ruiz\n\nHi Ana,\n\nthe printer offers us 10 % off. Please order the flyers by 4 December.\n\nTom\n";
    assert!(finds(mail, "flyers"), "{:?}", titles(mail));
}

#[test]
fn the_title_of_minutes_is_no_meeting() {
    for head in [
        "Minutes of the meeting held on Tuesday 24 November 2026 at 13:00 in G.09",
        "Compte rendu de la réunion du mardi 24 novembre 2026, 18h30",
        "Niederschrift über die Sitzung am Dienstag, 24. November 2026, 14.00 bis 15.40 Uhr",
    ] {
        let text = format!("{head}\n\nAction items\n- Ana: send the report by 4 December\n");
        assert_eq!(titles(&text).len(), 1, "{:?}", titles(&text));
    }
    let invitation = "Committee meeting on Tuesday 24 November 2026 at 13:00 in G.09\n";
    assert_eq!(titles(invitation).len(), 1);
}

#[test]
fn what_was_done_yesterday_is_reported_and_no_task() {
    for text in [
        "Standup Tuesday\n\nPriya – y: merged the retries. t: finish the backfill script\nMarcus – y: oncall, reviewed the docs  t: fix the disk alert\n",
        "Standup Tuesday\n\nPriya\n y: merged the retries\n t: finish the backfill script\n b: none\nMarcus\n y: reviewed the docs\n t: fix the disk alert\n",
        "Priya: Yesterday: merged the retries. Today: finish the backfill script. Blockers: none\nMarcus: Yesterday: reviewed the docs. Today: fix the disk alert\n",
    ] {
        let found = crate::saturday::items(text);
        let found: Vec<_> = found
            .iter()
            .map(|item| (item.title.as_str(), item.assigned_to.as_deref()))
            .collect();
        assert_eq!(
            found,
            [
                ("Finish the backfill script", Some("Priya")),
                ("Fix the disk alert", Some("Marcus"))
            ],
            "{text}"
        );
    }
    // Without a report of yesterday the letters say nothing.
    let letters = "T: 030 1234567\nB - call the plumber by Friday\n";
    assert!(finds(letters, "plumber"), "{:?}", titles(letters));
}

#[test]
fn what_a_body_outside_is_going_to_do_is_news() {
    for text in [
        "Die Gemeinde will die Zeiten kürzen.",
        "Die Stadt wird im Dezember die Straße sperren.",
        "Hi all,\n\nMicrosoft are going to fix it in the December update.\n\nAnn",
        "The landlord will fix the boiler by Friday.",
        "El ayuntamiento va a cortar el agua el lunes.",
        "Belediye pazartesi suyu kesecek.",
    ] {
        assert_eq!(titles(text), Vec::<String>::new(), "{text}");
    }
    // What it wants of others is none, nor what one of the house does.
    for (text, word) in [
        (
            "Die Gemeinde will bis 4. Dezember eine Bestuhlungsskizze.",
            "skizze",
        ),
        ("The bank will need the form by Friday.", "form"),
        ("Tom is going to fix the boiler by Friday.", "boiler"),
        (
            "CITY COUNCIL - minutes\n\nThe council will write to the school by 4 December.",
            "school",
        ),
    ] {
        assert!(finds(text, word), "{text}: {:?}", titles(text));
    }
}

#[test]
fn what_a_diary_says_was_done_and_what_is_only_advised_is_none() {
    for text in [
        "Site diary\n\nWork done: plots 3 and 4 boarded, scaffold lift 3 handed over 11:20\n",
        "Ausgeführte Arbeiten: Gerüst Feld 3 gestellt, Übergabe 11:20\n",
        "Consejo: lleva siempre agua.\n",
        "Conseil : prenez toujours de l'eau.\n",
        "Madame,\n\nIl est interdit d'entreposer des matériaux dans la cour.\n",
        "The meeting was moved.\nWill take place on 12 December.\n",
    ] {
        assert_eq!(titles(text), Vec::<String>::new(), "{text}");
    }
    for (text, word) in [
        ("Work to be done: paint the hall by 4 December\n", "hall"),
        ("Tip: book the room by 4 December.\n", "room"),
    ] {
        assert!(finds(text, word), "{text}: {:?}", titles(text));
    }
}

#[test]
fn what_machines_answer_asks_for_nothing() {
    for text in [
        "From: MAILER-DAEMON@mail.example.org (Mail Delivery System)\nTo: anna@example.org\nSubject: Undelivered Mail Returned to Sender\n\nThis is the mail system at host mail.example.org.\n\nYour message could not be delivered to one or more recipients.\n\nPlease check the address and send it again.\n",
        "This is the mail system at host mail.example.org.\n\nFor further assistance, please send mail to postmaster.\n",
        "I'm sorry, but I can't assist with that. Please provide more details about the picture.",
    ] {
        assert_eq!(titles(text), Vec::<String>::new(), "{text}");
    }
    // Somebody who writes of a mail that came back asks for something.
    let person = "From: Tom <tom@example.org>\nTo: anna@example.org\nSubject: Fwd: Undelivered Mail\n\nHi Anna,\n\nmy mail came back. Please check the address and send the form again by Friday.\n\nTom\n";
    assert!(finds(person, "address"), "{:?}", titles(person));
    let busy = "Hi Anna,\n\nI'm sorry, I can't assist with the stall. Please ask Tom by Friday.\n";
    assert!(finds(busy, "Tom"), "{:?}", titles(busy));
}

#[test]
fn what_stands_behind_an_arrow_may_be_the_end() {
    for text in [
        "- ask Lena for the raw data -> got it, thanks!\n",
        "- Responder a la reseña -> hecho, 11:20\n",
        "- call the plumber => not needed\n",
    ] {
        assert_eq!(titles(text), Vec::<String>::new(), "{text}");
    }
    for (text, word) in [
        ("- call the plumber -> Rita, Friday\n", "plumber"),
        ("- renew the pass -> ordered parts by Friday\n", "pass"),
    ] {
        assert!(finds(text, word), "{text}: {:?}", titles(text));
    }
}

#[test]
fn what_took_place_is_no_appointment() {
    for text in [
        "Minutes of the committee meeting on 12 November 2026, 19:30, in the vestry\n\nThe roof was discussed.\n",
        "Shift log line 3, late shift 20.11.2026 (Reed)\n\n14:05 start without trouble\n17:20 pallet 88 blocked, wrong lot\n19:10 stop for 12 min\n",
    ] {
        assert_eq!(titles(text), Vec::<String>::new(), "{text}");
    }
    let open = "Shift log line 3, late shift 20.11.2026 (Reed)\n\n14:05 start without trouble\n\nFor the next shift:\n> change the filter on line 2 (Reed)\n> order two spare fuses\n";
    for word in ["filter", "fuses"] {
        assert!(finds(open, word), "{word}: {:?}", titles(open));
    }
    let ahead = "Committee meeting on 26 November 2026, 19:30, in the vestry\n";
    assert!(finds(ahead, "meeting"), "{:?}", titles(ahead));
    let late = "Date: 2 March 2026\n\nThe roof was discussed. Nothing was decided yet.\n\nThe committee meets on 12 March at 19:30 in the vestry.\n";
    assert!(finds(late, "Committee"), "{:?}", titles(late));
}
