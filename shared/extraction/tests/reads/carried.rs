//! What one sentence says for several: lead-ins of lists, verbs for more than one person, names that no list has.

use crate::read_at;

/// Title, day and owner of all items, read on Wednesday, 4 March 2026.
fn read(text: &str) -> Vec<(String, String, String)> {
    let found = read_at("2026-03-04T09:00:00Z", text).items.into_iter();
    found
        .map(|item| {
            let day = item.due_on.map(|day| day.format("%m-%d").to_string());
            (
                item.title,
                day.unwrap_or_default(),
                item.assigned_to.unwrap_or_default(),
            )
        })
        .collect()
}

fn check(text: &str, wanted: &[(&str, &str, &str)]) {
    let found = read(text);
    let found: Vec<_> = found
        .iter()
        .map(|(title, day, owner)| (title.as_str(), day.as_str(), owner.as_str()))
        .collect();
    assert_eq!(found, wanted, "{text}");
}

#[test]
fn a_lead_in_lends_its_owner_and_its_verb() {
    check(
        "Ivan to check the following:\n- the licence renewals\n- the data centre contract by 20 March\n- backups\n",
        &[
            ("Check the licence renewals", "", "Ivan"),
            ("Check the data centre contract", "03-20", "Ivan"),
            ("Check backups", "", "Ivan"),
        ],
    );
    check(
        "Ivan prüft bitte folgende Punkte:\n- die Lizenzen\n- den Vertrag bis 20. März\n",
        &[
            ("Die Lizenzen prüfen", "", "Ivan"),
            ("Den Vertrag prüfen", "03-20", "Ivan"),
        ],
    );
    check(
        "Claire doit vérifier :\n- les licences\n- le contrat avant le 20 mars\n",
        &[
            ("Vérifier les licences", "", "Claire"),
            ("Vérifier le contrat", "03-20", "Claire"),
        ],
    );
    check(
        "Iván debe revisar lo siguiente:\n- las licencias\n- el contrato antes del 20 de marzo\n",
        &[
            ("Revisar las licencias", "", "Iván"),
            ("Revisar el contrato", "03-20", "Iván"),
        ],
    );
    // Points with a verb of their own take the owner alone.
    check(
        "Ana to:\n- send the order\n- call the supplier by Friday\n",
        &[
            ("Send the order", "", "Ana"),
            ("Call the supplier", "03-06", "Ana"),
        ],
    );
    let wanted = [
        "The app has the following features:\n- fast search\n- backups\n",
        "Tom presented:\n* the numbers\n* the plan\n",
        "We discussed:\n- the budget\n- the new office\n",
    ];
    for told in wanted {
        check(told, &[]);
    }
}

#[test]
fn points_below_points_are_parts_with_owners() {
    let found = read(
        "1. Prepare slides\n   a. Title page - Ann\n   b. Figures - Bob by Fri\n2. Book room\n3. Invite:\n   - Sales\n   - Legal\n",
    );
    let has = |title: &str, day: &str, owner: &str| {
        found
            .iter()
            .any(|(t, d, o)| t == title && d == day && o == owner)
    };
    assert!(has("Title page", "", "Ann"), "{found:#?}");
    assert!(has("Figures", "03-06", "Bob"), "{found:#?}");
    assert!(
        has("Invite Sales", "", "") && has("Invite Legal", "", ""),
        "{found:#?}"
    );
    // A name behind a thing owns it, whatever stands before the colon.
    let found =
        read("Action items:\n- Website\n  - Copy: Sarah, 1 April\n  - Images: Leo, 3 April\n");
    let images = ("Images".to_owned(), "04-03".to_owned(), "Leo".to_owned());
    assert!(found.contains(&images), "{found:#?}");
}

#[test]
fn one_verb_holds_for_several_persons() {
    check(
        "Nora to prepare the slides, Ben the handouts and Cy the quiz.",
        &[
            ("Prepare the slides", "", "Nora"),
            ("Prepare the handouts", "", "Ben"),
            ("Prepare the quiz", "", "Cy"),
        ],
    );
    check(
        "Nora bereitet die Folien vor, Ben die Handouts und Cy das Quiz.",
        &[
            ("Die Folien vorbereiten", "", "Nora"),
            ("Die Handouts vorbereiten", "", "Ben"),
            ("Das Quiz vorbereiten", "", "Cy"),
        ],
    );
    check(
        "Nora prépare les diapositives, Ben les polycopiés et Cy le quiz.",
        &[
            ("Préparer les diapositives", "", "Nora"),
            ("Préparer les polycopiés", "", "Ben"),
            ("Préparer le quiz", "", "Cy"),
        ],
    );
    check("Ann likes tea, Ben coffee and Cy water.", &[]);
}

#[test]
fn a_name_that_no_list_has_owns_what_it_does_by_a_day() {
    let cases = [
        (
            "Jörg prüft die Verträge bis 30. März.",
            "Die Verträge prüfen",
            "Jörg",
        ),
        (
            "Zdenka übersetzt den Brief bis 30. März.",
            "Den Brief übersetzen",
            "Zdenka",
        ),
        (
            "Zdenka sends the contract by 30 March.",
            "Send the contract",
            "Zdenka",
        ),
        (
            "Zdenka envoie le contrat avant le 30 mars.",
            "Envoyer le contrat",
            "Zdenka",
        ),
        (
            "Zdenka envía el contrato antes del 30 de marzo.",
            "Enviar el contrato",
            "Zdenka",
        ),
        (
            "Ömer sözleşmeyi 30 Mart'a kadar gönderecek.",
            "Sözleşmeyi gönder",
            "Ömer",
        ),
    ];
    for (text, title, owner) in cases {
        check(text, &[(title, "03-30", owner)]);
    }
    for news in [
        "Regen fällt bis Freitag.",
        "Snow falls by Friday.",
        "Mail kommt bis Freitag.",
    ] {
        check(news, &[]);
    }
}

#[test]
fn boxes_and_brackets_may_stand_behind_a_name() {
    check("Bo: ☐ update slides", &[("Update slides", "", "Bo")]);
    check("Bo: [x] update slides", &[]);
    check(
        "Ana (by 27/3): send the order",
        &[("Send the order", "03-27", "Ana")],
    );
    check(
        "Max (bis 27.3.): Angebot einholen",
        &[("Angebot einholen", "03-27", "Max")],
    );
    check(
        "Bo - confirm delivery date - 30/3",
        &[("Confirm delivery date", "03-30", "Bo")],
    );
}

#[test]
fn a_pronoun_is_what_the_sentence_before_says_lies_ready() {
    check(
        "The report is attached. Please read it before Friday.",
        &[("Read the report", "03-06", "")],
    );
    check(
        "Le rapport est en pièce jointe. Merci de le lire avant vendredi.",
        &[("Lire le rapport", "03-06", "")],
    );
}
