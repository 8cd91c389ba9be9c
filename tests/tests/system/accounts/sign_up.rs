//! Signing up.

use super::client::{Client, OTHER_PASSWORD, PASSWORD, told};
use futures_util::future::join_all;
use sentry_tests::TestApp;
use serde_json::json;
use std::collections::BTreeSet;

#[tokio::test]
async fn nobody_learns_who_has_an_account() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let free = client.sign_up("ann@example.org", PASSWORD).await;
    insta::assert_snapshot!(free.snapshot(), @r#"
    201
    {
      "detail": "sign in with this address and password; if it had an account before, that one is unchanged",
      "email": "ann@example.org"
    }
    "#);
    assert_eq!(
        told(&client.sign_up("ann@example.org", OTHER_PASSWORD).await),
        told(&free)
    );
    let other_case = client.sign_up("ANN@Example.ORG", OTHER_PASSWORD).await;
    assert_eq!(other_case.body["detail"], free.body["detail"]);
    assert_eq!(app.sql("select count(*) as n from users").await[0]["n"], 1);

    let wrong = client.sign_in("ann@example.org", OTHER_PASSWORD).await;
    insta::assert_snapshot!(format!("{} {} {}", wrong.status, wrong.code(), wrong.body["detail"]),
        @r#"401 unauthorized "the address or the password is wrong""#);
    for (email, password) in [
        ("nobody@example.org", PASSWORD),
        ("no address at all", PASSWORD),
        ("", PASSWORD),
        ("ann@example.org", ""),
        ("ann@example.org", "long ".repeat(200_000).as_str()),
        ("ann@example.org' or true --", PASSWORD),
    ] {
        assert_eq!(
            told(&client.sign_in(email, password).await),
            told(&wrong),
            "{email}"
        );
    }
    // The account's owner can see what happened to it.
    let log = app
        .sql("select action, ip from activities order by id")
        .await;
    let actions: Vec<&str> = log
        .iter()
        .map(|row| row["action"].as_str().unwrap())
        .collect();
    assert_eq!(
        actions,
        [
            "signed_up",
            "sign_up_repeated",
            "sign_up_repeated",
            "sign_in_refused",
            "sign_in_refused"
        ]
    );
    assert!(log.iter().all(|row| row["ip"] == "192.0.2.1"));
}

#[tokio::test]
async fn signing_up_says_everything_that_is_wrong() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let good = json!({"email": "bad@example.org", "password": PASSWORD});
    for (field, value, code) in [
        ("email", json!("nobody"), "invalid"),
        ("email", json!("a b@example.org"), "invalid"),
        (
            "email",
            json!(format!("{}@example.org", "a".repeat(400))),
            "invalid",
        ),
        ("password", json!("short"), "password_too_short"),
        ("password", json!("x".repeat(1_000_000)), "too_large"),
        (
            "password",
            json!("quiet lamps ".repeat(30)),
            "password_too_long",
        ),
        ("password", json!("password1234"), "password_guessable"),
        ("password", json!("bad@example.org"), "password_guessable"),
        ("first_name", json!("a".repeat(101)), "invalid"),
        ("last_name", json!("a\nb"), "invalid"),
        ("birthday", json!("2026-03-03"), "invalid"),
        ("birthday", json!("1899-12-31"), "invalid"),
        ("birthday", json!("31.12.1999"), "invalid"),
        ("time_zone", json!("Mars/Olympus"), "invalid"),
        ("locale", json!("german"), "invalid"),
        ("is_admin", json!(true), "invalid"),
        ("email", json!(7), "invalid"),
        ("email", json!("a\u{0}@example.org"), "invalid"),
    ] {
        let mut body = good.clone();
        body[field] = value.clone();
        let answer = client.call("POST", "/api/users", "", Some(body)).await;
        if code == "too_large" && answer.status == 413 {
            continue;
        }
        assert_eq!(answer.status, 422, "{field} {value}: {}", answer.text);
        let error = &answer.body["errors"][0];
        assert!(
            error["field"] == field || error["field"] == "",
            "{field}: {error}"
        );
        if code != "too_large" {
            assert_eq!(error["code"], code, "{field} {value}");
        }
    }
    let all = json!({"email": "x", "password": "short", "birthday": "1066-10-14", "locale": "?"});
    let answer = client.call("POST", "/api/users", "", Some(all)).await;
    let errors = answer.body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].as_str().unwrap());
    assert_eq!(
        errors.collect::<BTreeSet<_>>(),
        BTreeSet::from(["birthday", "email", "locale", "password"])
    );
    assert_eq!(
        client
            .call("POST", "/api/users", "", Some(json!({})))
            .await
            .status,
        422
    );
    assert_eq!(app.sql("select count(*) as n from users").await[0]["n"], 0);
}

#[tokio::test]
async fn the_same_address_at_once_is_one_account() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let spellings = [
        "ann@example.org",
        "Ann@example.org",
        "ANN@EXAMPLE.ORG",
        "ann@Example.Org",
    ];
    let passwords: Vec<String> = (0..8)
        .map(|i| format!("{i} quiet lamps burned late"))
        .collect();
    let answers = join_all((0..8).map(|i| client.sign_up(spellings[i % 4], &passwords[i]))).await;
    assert!(
        answers.iter().all(
            |answer| answer.status == 201 && answer.body["detail"] == answers[0].body["detail"]
        )
    );
    assert_eq!(app.sql("select count(*) as n from users").await[0]["n"], 1);
    let mut doors = 0;
    for password in &passwords {
        doors += u32::from(client.sign_in("ann@example.org", password).await.status == 200);
    }
    assert_eq!(doors, 1, "one password, of the one who came first");
}
