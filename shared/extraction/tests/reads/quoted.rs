//! Names between quotation marks, next meetings under a heading, tables that tell what is, and small signs of wikis.

use crate::saturday::{context, titles};
use sentry_domain::TaskType;
use sentry_extraction::extract;

/// Whether an item has the word in its title.
fn finds(text: &str, word: &str) -> bool {
    titles(text).iter().any(|title| title.contains(word))
}

#[test]
fn a_name_between_quotation_marks_is_no_saying() {
    for (text, title) in [
        (
            "Bitte prüfen Sie die Seite „Partner“ bis Freitag.",
            "Die Seite „Partner“ prüfen",
        ),
        (
            "Merci de relire la page « Partenaires » avant vendredi.",
            "Relire la page « Partenaires »",
        ),
        (
            "Por favor, revisa el documento \"Plan anual\" antes del viernes.",
            "Revisa el documento \"Plan anual\"",
        ),
        (
            "Lütfen \"Katalog\" dosyasını cumaya kadar gönderin.",
            "Katalog dosyasını gönder",
        ),
        (
            "Please check the page \"Partners\" by Friday.",
            "Check the page \"Partners\"",
        ),
    ] {
        assert_eq!(titles(text), [title], "{text}");
    }
    for said in [
        "Auf dem Schild steht „Bitte Tür schließen“.",
        "Le panneau dit « Fermer la porte avant vendredi ».",
        "El cartel pone «Cerrar la puerta».",
        "Kapıda “Lütfen kapıyı kapatın” yazıyor.",
    ] {
        assert_eq!(titles(said), Vec::<String>::new(), "{said}");
    }
}

#[test]
fn the_day_under_next_meeting_is_that_of_the_meeting() {
    for (told, heading, line) in [
        (
            "The roof was discussed, and nothing was decided.",
            "Next meeting",
            "Tuesday 6 April 2027, 18:30, common room.",
        ),
        (
            "Über das Dach wurde gesprochen.",
            "Nächste Sitzung",
            "Dienstag, 6. April 2027, 18:30 Uhr, Gemeindesaal.",
        ),
        (
            "Le toit a été évoqué, et rien n’a été décidé.",
            "Prochaine réunion",
            "Mardi 6 avril 2027 à 18 h 30, salle commune.",
        ),
    ] {
        let text = format!("{told}\n\n## {heading}\n\n{line}\n");
        let found = extract(&text, &context()).items;
        let days: Vec<_> = found
            .iter()
            .filter(|item| item.task_type == TaskType::Meeting)
            .map(|item| item.start_at)
            .collect();
        assert_eq!(days.len(), 1, "{text}: {:?}", titles(&text));
        assert!(
            days[0].is_some_and(|at| at.to_string().starts_with("2027-04-06")),
            "{days:?}"
        );
    }
}

#[test]
fn a_pronoun_is_no_name_of_a_meeting() {
    let text = "Wir laden Sie herzlich zur Eigentümerversammlung ein. Sie findet statt am Dienstag, dem 6. April 2027, um 18:00 Uhr im Gemeindesaal.";
    assert_eq!(titles(text), ["Eigentümerversammlung"]);
}

#[test]
fn a_table_of_firms_asks_for_nothing() {
    let firms = "## Suppliers\n\n| Firm | What for | Contact | Remarks |\n|---|---|---|---|\n| Hartley Interiors | Fit-out | Mrs Hartley | Delivers the walls on 12 April |\n| GreenSkip | Waste | - | Collects on Mondays |\n";
    assert_eq!(titles(firms), Vec::<String>::new());
    let asked = "| Action | Contact | Due |\n|---|---|---|\n| Order the walls | Mrs Hartley | 2027-04-12 |\n";
    assert!(finds(asked, "walls"));
    let spoken = "| Item | Notes |\n|---|---|\n| Certificates | They expire on 2 April 2027. |\n| Costs | February came in under plan. |\n";
    assert_eq!(titles(spoken), Vec::<String>::new());
}

#[test]
fn a_table_of_meetings_gives_its_meetings() {
    let table = "## Meetings\n\n| Date | Time | Topic | Room |\n|---|---|---|---|\n| 2027-03-17 | 14:00 | Design | Room 2 |\n| 2027-03-18 | 14:00 | Budget | Room 2 |\n";
    assert_eq!(titles(table), ["Design", "Budget"]);
    let lectures = table.replace("Meetings", "Lectures");
    assert_eq!(titles(&lectures), Vec::<String>::new());
}

#[test]
fn opening_hours_are_no_appointments() {
    for text in [
        "Breakfast club is open every school day from 7:45.",
        "Horario de secretaría: de lunes a viernes, de 9:00 a 11:00.",
        "Agence ouverte du mardi au samedi, 9 h – 12 h 30.",
        "Bürozeiten: Mo–Do 9–12 Uhr.",
    ] {
        assert_eq!(titles(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn what_is_asked_besides_is_an_item_too() {
    let text = "Les rogamos que entreguen la autorización firmada antes del viernes y que abonen 22 euros en la cuenta del colegio.";
    assert_eq!(
        titles(text),
        [
            "Entregar la autorización firmada",
            "Abonar 22 euros en la cuenta del colegio"
        ]
    );
    assert!(finds(
        "Bitte sorgen Sie dafür, dass die Heizkörper frei zugänglich sind.",
        "Heizkörper"
    ));
    assert_eq!(
        titles("Please e-mail the form to Kim by Friday."),
        ["Mail the form to Kim"]
    );
    for (asked, title) in [
        (
            "Um die Akte zu schließen, bitten wir Sie, uns die Vollmacht bis zum 19. März zurückzusenden.",
            "Die Vollmacht zurücksenden",
        ),
        (
            "We ask that you return the form by 19 March.",
            "Return the form",
        ),
        (
            "Se ruega a los padres que entreguen la hoja antes del viernes.",
            "Entregar la hoja",
        ),
    ] {
        assert_eq!(titles(asked), [title], "{asked}");
    }
    for text in [
        "Wir bitten Sie um Verständnis.",
        "Peter fragt, ob wir sonntags öffnen könnten.",
    ] {
        assert_eq!(titles(text), Vec::<String>::new(), "{text}");
    }
    let prie = "Afin de compléter le dossier, nous vous prions de bien vouloir nous retourner l’autorisation signée avant le 19 mars.";
    assert_eq!(titles(prie), ["Retourner l’autorisation signée"]);
}

#[test]
fn a_title_has_an_end() {
    let long = "e".repeat(300);
    let text = format!(
        "Para cerrar nos falta de tu parte:\n1) el justificante de la beca o contrato de la universidad, a ser pos{long} antes de este viernes\n"
    );
    let longest = titles(&text)
        .iter()
        .map(|title| title.chars().count())
        .max();
    assert!(longest.is_some_and(|length| length <= 255), "{longest:?}");
}

#[test]
fn who_wrote_it_says_i() {
    for head in [
        "Written by Priya Raman on 20 November 2026",
        "Priya Raman\n\n20 November 2026",
    ] {
        let text = format!(
            "# Handover\n\n{head}\n\n## Where we are\n\nI will put the passwords into the vault by Thursday evening.\n"
        );
        let found = crate::named(&crate::saturday::items(&text), "passwords");
        assert_eq!(found.assigned_to.as_deref(), Some("Priya Raman"), "{text}");
    }
}

#[test]
fn an_appointment_that_is_confirmed_stands_in_its_labelled_lines() {
    for (text, title) in [
        (
            "Dear Ms Keller,\n\nWe confirm your dental appointment:\n\nDate: Thursday 26 November 2026\nTime: 11:40\nPlace: Clinic, room 4\n",
            "Dental appointment",
        ),
        (
            "Sehr geehrte Frau Keller,\n\nhiermit bestätigen wir Ihren Termin:\n\nDatum: Donnerstag, 26. November 2026\nUhrzeit: 11:40 Uhr\nOrt: Raum 4\n",
            "Termin",
        ),
        (
            "Madame,\n\nNous confirmons votre rendez-vous :\n\nDate : jeudi 26 novembre 2026\nHeure : 11 h 40\nLieu : salle 4\n",
            "Rendez-vous",
        ),
        (
            "Sayın Keller,\n\naracınızın bakım randevusu onaylanmıştır:\n\nTarih: 26 Kasım 2026 Perşembe\nSaat: 11:40\nYer: Maltepe\n",
            "Bakım randevusu",
        ),
        (
            "Le confirmamos su cita:\n\n| Consulta | Dermatología, Dra. Quintana |\n|---|---|\n| Día | jueves, 26 de noviembre de 2026 |\n| Hora | 11:40 |\n",
            "Dermatología, Dra. Quintana",
        ),
    ] {
        let found = crate::saturday::items(text);
        let starts: Vec<_> = found
            .iter()
            .map(|item| (item.title.as_str(), item.start_at.map(|at| at.to_string())))
            .collect();
        assert_eq!(
            starts,
            [(title, Some("2026-11-26 10:40:00 UTC".to_owned()))],
            "{text}"
        );
    }
}

#[test]
fn rows_of_a_day_and_a_name_take_place() {
    let diary = "## Dates for your diary\n\n| Sunday 22 November, 08:30 | Boathouse working party |\n|---|---|\n| Thursday 26 November, 19:30 | Annual general meeting, club room |\n";
    assert!(
        finds(diary, "working party") && finds(diary, "general meeting"),
        "{:?}",
        titles(diary)
    );
    let bulletin = "# La Feuille\n\n## Appels\n\n- Anna Keller imprimera les feuilles de chant avant le 27 novembre.\n\n## Publicité\n\nBoulangerie Schmitt : commandez dès maintenant, profitez de 10 % de remise, vite !\n\nSe désabonner.\n";
    assert!(finds(bulletin, "chant"), "{:?}", titles(bulletin));
    let raci = "| Activity | R | A | C | I | Due |\n|---|---|---|---|---|---|\n| Finalize pricing page | Anna Keller | Lee | Legal | Sales | 2026-11-27 |\n";
    let found = crate::named(&crate::saturday::items(raci), "pricing");
    assert_eq!(found.assigned_to.as_deref(), Some("Anna Keller"));
}
