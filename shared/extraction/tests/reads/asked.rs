//! What is asked for in forms of other languages, behind courtesies and in chats.

use crate::saturday::{items, titles};

#[test]
fn spanish_orders_to_several_and_to_strangers_are_requests() {
    for (text, title) in [
        (
            "Devuelvan la autorización firmada antes del 15 de diciembre.",
            "Devolver la autorización firmada",
        ),
        (
            "Por favor, devuelvan la autorización antes del lunes 30.",
            "Devolver la autorización",
        ),
        (
            "Entreguen el trabajo antes del viernes.",
            "Entregar el trabajo",
        ),
        (
            "Rellene el formulario y entréguelo antes del 20 de diciembre.",
            "Rellenar el formulario y entregarlo",
        ),
        (
            "Firmad el consentimiento y devolvedlo antes del lunes.",
            "Firmar el consentimiento y devolverlo",
        ),
        ("Traed el DNI el lunes.", "Traer el DNI"),
        (
            "Acordaos de pagar la cuota antes del viernes.",
            "Pagar la cuota",
        ),
        (
            "Rogamos nos envíen los documentos antes del 15 de diciembre.",
            "Enviar los documentos",
        ),
        (
            "No olvidéis traer el bañador el jueves.",
            "Traer el bañador",
        ),
        ("Envíenos la copia antes del viernes.", "Enviar la copia"),
    ] {
        assert_eq!(titles(text), [title], "{text}");
    }
}

#[test]
fn spanish_nouns_and_tales_are_no_orders() {
    for text in [
        "El coste anual no cambia hasta el viernes.",
        "Reciban un cordial saludo.",
        "Marcela, un cordial saludo.",
        "Ciudad de Madrid, 15 de diciembre.",
    ] {
        assert!(titles(text).is_empty(), "{text}: {:?}", titles(text));
    }
}

#[test]
fn turkish_courtesies_and_wishes_are_requests() {
    for (text, title) in [
        (
            "Lütfen dosyayı cumaya kadar gönderin, teşekkürler.",
            "Dosyayı gönder",
        ),
        (
            "Lütfen dosyayı cumaya kadar gönderin, Ayşe.",
            "Dosyayı gönder",
        ),
        ("Raporu yarın gönderirsen sevinirim.", "Raporu gönder"),
        (
            "Sözleşmeyi cumaya kadar imzalayabilirseniz memnun olurum.",
            "Sözleşmeyi imzala",
        ),
        ("Sunumu cumaya kadar hazırlar mısın?", "Sunumu hazırla"),
        ("Dosyaları bana yarın atar mısın?", "Dosyaları bana at"),
        ("Yarın eczaneye gider misin?", "Eczaneye git"),
        (
            "Bisikletlerinizi cumaya kadar sığınaktan alınız, aksi halde kaldırılacaktır.",
            "Bisikletlerinizi sığınaktan al",
        ),
    ] {
        let found = items(text);
        let names: Vec<_> = found.iter().map(|item| item.title.clone()).collect();
        let plain: Vec<_> = names
            .iter()
            .map(|t| t.trim_start_matches("Lütfen d").to_owned())
            .collect();
        assert_eq!(plain, [title.trim_start_matches("Lütfen d")], "{text}");
        assert_ne!(found[0].assigned_to.as_deref(), Some("Ayşe"), "{text}");
    }
}

#[test]
fn turkish_conditions_and_thanks_stay_none() {
    for text in [
        "Eğer yağmur yağarsa pikniği cuma günü iptal ederiz.",
        "Dosya için teşekkürler.",
    ] {
        assert!(titles(text).is_empty(), "{text}: {:?}", titles(text));
    }
}

#[test]
fn what_was_agreed_before_opens_a_request() {
    for (clause, request) in [
        ("As discussed on Friday, ", "please update the contract."),
        (
            "As mentioned in the call on Tuesday, ",
            "please book the hall.",
        ),
        (
            "As agreed on Friday, ",
            "please send the offer to Kim by 20 December.",
        ),
        (
            "Wie am Freitag besprochen, ",
            "bitte den Vertrag aktualisieren.",
        ),
        (
            "Comme convenu vendredi, ",
            "merci de mettre à jour le contrat.",
        ),
        ("Como hablamos el viernes, ", "envíame el contrato."),
        (
            "Cuma günü konuştuğumuz gibi, ",
            "lütfen sözleşmeyi güncelleyin.",
        ),
    ] {
        let mail = |text: &str| {
            format!(
                "Subject: Contract\nFrom: Ben <ben@example.org>\nTo: Ola <ola@example.org>\n\nHi Ola,\n\n{text}\n\nBen\n"
            )
        };
        let whole = format!("{clause}{request}");
        for (text, bare) in [
            (whole.clone(), request.to_owned()),
            (mail(&whole), mail(request)),
        ] {
            let (found, bare) = (items(&text), items(&bare));
            assert_eq!(found.len(), bare.len(), "{text}: {found:#?}");
            for (one, other) in found.iter().zip(&bare) {
                assert_eq!(
                    one.title.to_lowercase(),
                    other.title.to_lowercase(),
                    "{text}"
                );
                assert_eq!(crate::when(one), crate::when(other), "{text}");
                assert!(
                    (one.confidence - other.confidence).abs() < 0.1,
                    "{text}: {}",
                    one.confidence
                );
            }
        }
    }
}

#[test]
fn stamps_of_a_log_tell_who_speaks_and_are_no_meetings() {
    for (text, who) in [
        (
            "[20/11 10:12] Service Desk (Maria): I will remove the mailbox tomorrow at 9:00.",
            "Maria",
        ),
        (
            "[2026-11-20 10:12] support-bot: I will remove the mailbox tomorrow.",
            "support-bot",
        ),
        (
            "[20/11 10:12] Ravi Shah: I will remove the mailbox tomorrow.",
            "Ravi Shah",
        ),
    ] {
        let found = items(text);
        assert_eq!(found.len(), 1, "{text}: {found:#?}");
        assert_eq!(found[0].title, "Remove the mailbox");
        assert_eq!(found[0].task_type, sentry_domain::TaskType::Task, "{text}");
        assert_eq!(found[0].assigned_to.as_deref(), Some(who));
        assert!(
            crate::when(&found[0]).starts_with("2026-11-21"),
            "{text}: {found:#?}"
        );
    }
}

#[test]
fn what_was_done_already_is_asked_of_nobody() {
    for answer in [
        "no need, I already sent them.",
        "already done!",
        "not needed, thanks",
    ] {
        let text = format!(
            "Anna: Hi Tom!\nTom: hello\nAnna: I'll send the slides tomorrow.\nTom: {answer}\n"
        );
        assert!(titles(&text).is_empty(), "{answer}: {:?}", titles(&text));
    }
    for answer in [
        "great, thanks",
        "done with lunch, see you then",
        "done, will use them",
        "ok",
    ] {
        let text = format!(
            "Anna: Hi Tom!\nTom: hello\nAnna: I'll send the slides tomorrow.\nTom: {answer}\n"
        );
        assert_eq!(titles(&text), ["Send the slides"], "{answer}");
    }
}

#[test]
fn the_subject_asks_where_the_body_does_not() {
    for (subject, body, title) in [
        (
            "Please approve the budget by Friday",
            "Thanks,\nKim",
            "Approve the budget",
        ),
        (
            "ACTION REQUIRED: submit timesheets by 27 November",
            "As per subject.\n\nKim",
            "Submit timesheets",
        ),
        (
            "Bitte das Budget bis Freitag freigeben",
            "Danke und Gruß\nKim",
            "Das Budget freigeben",
        ),
    ] {
        let text = format!(
            "From: Kim Park <kim@example.org>\nTo: Ola <ola@example.org>\nSubject: {subject}\n\n{body}\n"
        );
        let found = items(&text);
        assert_eq!(found.len(), 1, "{subject}: {found:#?}");
        assert_eq!(found[0].title, title);
        assert!(found[0].due_on.is_some(), "{found:#?}");
    }
    for (subject, body) in [
        (
            "Re: Please approve the budget by Friday",
            "Approved, thanks.\nKim",
        ),
        ("Budget 2027", "Thanks,\nKim"),
    ] {
        let text = format!(
            "From: Kim Park <kim@example.org>\nTo: Ola <ola@example.org>\nSubject: {subject}\n\n{body}\n"
        );
        assert!(titles(&text).is_empty(), "{subject}: {:?}", titles(&text));
    }
}

#[test]
fn a_number_in_a_name_is_no_effort() {
    let found = items("8D-Report bis Freitag an QS schicken.");
    assert_eq!(found[0].title, "8D-Report an QS schicken");
    assert_eq!(found[0].estimated_hours, None);
    let effort = items("- [ ] Report schreiben (2h) bis Freitag");
    assert_eq!(effort[0].estimated_hours, Some(2.0));
}

#[test]
fn numbers_make_a_list_of_what_comes_next() {
    let text =
        "Störmeldung\nWeiteres Vorgehen:\n1) Ersatzsensor bestellen\n2) Antrag an QS senden\n";
    assert_eq!(
        titles(text),
        ["Ersatzsensor bestellen", "Antrag an QS senden"]
    );
}

#[test]
fn an_answer_that_is_wanted_by_a_day_is_a_task() {
    for (text, title) in [
        ("Rückmeldung bitte bis Freitag!", "Rückmeldung geben"),
        (
            "Um Antwort bis zum 12. Dezember wird gebeten.",
            "Rückmeldung geben",
        ),
        (
            "Wir bitten um Rückmeldung bis 12. Dezember.",
            "Rückmeldung geben",
        ),
        ("A reply is requested by 12 December.", "Reply"),
        ("Your reply is needed by 12 December.", "Reply"),
        ("Feedback please by Friday!", "Give feedback"),
        ("Abstracts due 12 December", "Submit abstracts"),
    ] {
        assert_eq!(titles(text), [title], "{text}");
    }
    for text in [
        "Danke für die Rückmeldung am Freitag.",
        "Your reply of 12 November was helpful.",
    ] {
        assert!(titles(text).is_empty(), "{text}: {:?}", titles(text));
    }
}

#[test]
fn whom_an_order_names_behind_its_verb_is_not_its_owner() {
    for (text, owner) in [
        ("call Bob !!! fri", None),
        ("email Bob asap", None),
        ("@kim @tom pls call Bob by Friday", Some("kim, tom")),
    ] {
        let found = items(text);
        assert_eq!(found[0].assigned_to.as_deref(), owner, "{text}");
        assert_eq!(
            found[0].title.to_lowercase().matches("kim").count(),
            0,
            "{found:#?}"
        );
    }
}

#[test]
fn what_is_not_to_be_forgotten_is_asked_for() {
    for (text, title) in [
        ("Müll rausbringen nicht vergessen!", "Müll rausbringen"),
        ("Let's not forget to call Bob on Friday.", "Call Bob"),
        ("Bob needs calling by Friday.", "Call Bob"),
        ("Le loyer est à payer le 5 avril.", "Payer le loyer"),
        ("Kannst du morgen zur Post?", "Zur Post gehen"),
    ] {
        let found = crate::read_at("2027-03-10T08:00:00Z", text).items;
        assert!(
            matches!(&found[..], [item] if item.title == title),
            "{text}: {found:#?}"
        );
    }
    // A rule for whoever it may be.
    let rule = "Toute remarque est à formuler sous 8 jours.";
    let found = crate::read_at("2027-03-10T08:00:00Z", rule).items;
    assert!(found.is_empty(), "{found:#?}");
}
