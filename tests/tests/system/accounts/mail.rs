//! Links and codes from mails.

use super::client::{Client, OTHER_PASSWORD, PASSWORD, tokens_of, told};
use chrono::Duration;
use futures_util::future::join_all;
use sentry_tests::TestApp;
use serde_json::{Value, json};

const ANN: &str = "ann@example.org";

async fn post(client: &Client, path: &str, body: Value) -> sentry_tests::Answer {
    client.call("POST", path, "", Some(body)).await
}

async fn is_verified(client: &Client, access: &str) -> bool {
    client.me(access).await.expect(200)["email_verified"] == json!(true)
}

#[tokio::test]
async fn an_address_is_proven_by_the_mailed_link_once() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (access, _) = client.tokens(ANN).await;
    assert!(!is_verified(&client, &access).await);
    let letter = app.letter(ANN, "Confirm your address").await;
    // The secret part of the link never reaches a server by being opened.
    assert!(
        letter
            .text
            .contains("http://localhost:8080/api/auth/confirm#verify_email=sentry_pt_")
    );
    assert!(letter.html.contains("#verify_email=sentry_pt_"));
    assert!(letter.raw.contains("Auto-Submitted: auto-generated"));
    let token = letter.token();
    for (path, body) in [
        (
            "/api/auth/verify-email",
            json!({"token": format!("{}x", &token[..token.len() - 1])}),
        ),
        ("/api/auth/verify-email", json!({"token": ""})),
        ("/api/auth/confirm-email", json!({"token": token})),
        (
            "/api/auth/reset-password",
            json!({"token": token, "new_password": OTHER_PASSWORD}),
        ),
        (
            "/api/auth/verify-email",
            json!({"token": token, "code": "123456"}),
        ),
        ("/api/auth/verify-email", json!({})),
    ] {
        assert_eq!(
            post(&client, path, body.clone()).await.status,
            422,
            "{path} {body}"
        );
    }
    assert_eq!(client.me(&token).await.status, 401, "no access token");
    assert_eq!(client.refresh(&token).await.status, 401, "no refresh token");
    assert_eq!(
        post(&client, "/api/auth/verify-email", json!({"token": token}))
            .await
            .status,
        204
    );
    assert!(is_verified(&client, &access).await);
    let again = post(&client, "/api/auth/verify-email", json!({"token": token})).await;
    assert_eq!((again.status, again.code()), (422, "code_refused"));
}

#[tokio::test]
async fn an_address_is_proven_by_the_mailed_code_too() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (access, _) = client.tokens(ANN).await;
    let code = app.letter(ANN, "Confirm").await.code();
    let typed = format!("{} {}", &code[..3], &code[3..]);
    // Another person's code opens nothing.
    client.tokens("bob@example.org").await;
    let wrong = json!({"email": "bob@example.org", "code": code});
    assert_eq!(
        post(&client, "/api/auth/verify-email", wrong).await.status,
        422
    );
    app.clock.advance(Duration::minutes(9));
    let right = json!({"email": "ANN@example.org ", "code": typed});
    assert_eq!(
        post(&client, "/api/auth/verify-email", right).await.status,
        204
    );
    assert!(is_verified(&client, &access).await);
}

#[tokio::test]
async fn codes_and_links_end() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    client.tokens(ANN).await;
    let letter = app.letter(ANN, "Confirm").await;
    app.clock.advance(Duration::minutes(10));
    let late = json!({"email": ANN, "code": letter.code()});
    assert_eq!(
        post(&client, "/api/auth/verify-email", late).await.status,
        422
    );
    // A new mail ends the links of the one before.
    let asked = post(
        &client,
        "/api/auth/resend-verification",
        json!({"email": ANN}),
    )
    .await;
    assert_eq!(asked.status, 202);
    let second = app.letter(ANN, "Confirm").await;
    assert_ne!(second.token(), letter.token());
    let first = json!({"token": letter.token()});
    assert_eq!(
        post(&client, "/api/auth/verify-email", first).await.status,
        422
    );
    app.clock.advance(Duration::minutes(60));
    let late = json!({"token": second.token()});
    assert_eq!(
        post(&client, "/api/auth/verify-email", late).await.status,
        422
    );
}

#[tokio::test]
async fn a_new_password_by_mail_ends_every_session() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (access, refresh) = client.tokens(ANN).await;
    let asked = post(&client, "/api/auth/forgot-password", json!({"email": ANN})).await;
    assert_eq!(asked.status, 202);
    let token = app.letter(ANN, "Choose a new password").await.token();
    let weak = json!({"token": token, "new_password": "password1234"});
    let refused = post(&client, "/api/auth/reset-password", weak).await;
    assert_eq!(refused.body["errors"][0]["field"], "new_password");
    let body = json!({"token": token, "new_password": OTHER_PASSWORD});
    // Of many at once one succeeds.
    let answers =
        join_all((0..4).map(|_| post(&client, "/api/auth/reset-password", body.clone()))).await;
    assert_eq!(
        answers.iter().filter(|answer| answer.status == 204).count(),
        1
    );
    assert_eq!(client.me(&access).await.status, 401);
    assert_eq!(client.refresh(&refresh).await.status, 401);
    assert_eq!(client.sign_in(ANN, PASSWORD).await.status, 401);
    let (access, _) = tokens_of(&client.sign_in(ANN, OTHER_PASSWORD).await);
    // Who reads the mail of an address has proven it.
    assert!(is_verified(&client, &access).await);
    let notice = app.letter(ANN, "password was changed").await;
    assert!(notice.text.contains("192.0.2.1") && notice.text.contains("console"));
    let log = client
        .call("GET", "/api/auth/activities", &access, None)
        .await
        .expect(200);
    let actions: Vec<&str> = log["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["action"].as_str().unwrap())
        .collect();
    assert_eq!(
        actions,
        [
            "signed_in",
            "sign_in_refused",
            "refresh_refused",
            "password_reset",
            "password_reset_requested",
            "signed_in",
            "signed_up"
        ]
    );
}

#[tokio::test]
async fn asking_for_mail_tells_nothing() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (access, _) = client.tokens(ANN).await;
    app.letters(ANN).await;
    for path in ["/api/auth/forgot-password", "/api/auth/resend-verification"] {
        let known = post(&client, path, json!({"email": ANN})).await;
        let unknown = post(&client, path, json!({"email": "nobody@example.org"})).await;
        assert_eq!(told(&known), told(&unknown));
        assert_eq!(known.status, 202);
        assert_eq!(
            post(&client, path, json!({"email": "no address"}))
                .await
                .status,
            422
        );
    }
    assert_eq!(app.letters("nobody@example.org").await.len(), 0);
    assert_eq!(app.letters(ANN).await.len(), 3);
    // Strangers' addresses are not kept.
    assert_eq!(
        app.sql("select * from mail_requests").await,
        [] as [Value; 0]
    );
    // A proven address needs no proof.
    let token = app.letter(ANN, "Confirm").await.token();
    assert_eq!(
        post(&client, "/api/auth/verify-email", json!({"token": token}))
            .await
            .status,
        204
    );
    post(
        &client,
        "/api/auth/resend-verification",
        json!({"email": ANN}),
    )
    .await
    .expect(202);
    assert_eq!(app.letters(ANN).await.len(), 3);
    assert!(is_verified(&client, &access).await);
    // Wrong codes are told alike for everybody.
    let code =
        |email: &str| json!({"email": email, "code": "000000", "new_password": OTHER_PASSWORD});
    let known = post(&client, "/api/auth/reset-password", code(ANN)).await;
    let unknown = post(
        &client,
        "/api/auth/reset-password",
        code("nobody@example.org"),
    )
    .await;
    assert_eq!(told(&known), told(&unknown));
}

#[tokio::test]
async fn of_twenty_codes_at_once_five_are_checked() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    client.tokens(ANN).await;
    let code = app.letter(ANN, "Confirm").await.code();
    let wrong = |n: u32| format!("{:06}", (code.parse::<u32>().unwrap() + n) % 1_000_000);
    let guesses = (1..=20).map(|n| {
        post(
            &client,
            "/api/auth/verify-email",
            json!({"email": ANN, "code": wrong(n)}),
        )
    });
    assert!(
        join_all(guesses)
            .await
            .iter()
            .all(|answer| answer.status == 422)
    );
    let row = app.sql("select attempts from one_time_codes").await;
    assert_eq!(row[0]["attempts"], 5);
    let refused = app
        .sql("select count(*) as n from activities where action = 'code_refused'")
        .await;
    assert_eq!(refused[0]["n"], 5);
    // The right one comes too late; the link is not touched.
    let right = json!({"email": ANN, "code": code});
    assert_eq!(
        post(&client, "/api/auth/verify-email", right).await.status,
        422
    );
    let token = app.letter(ANN, "Confirm").await.token();
    assert_eq!(
        post(&client, "/api/auth/verify-email", json!({"token": token}))
            .await
            .status,
        204
    );
}

#[tokio::test]
async fn another_address_counts_once_it_is_proven() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (access, _) = client.tokens(ANN).await;
    client.tokens("bob@example.org").await;
    let change = async |email: &str, password: Option<&str>| {
        let mut body = json!({"new_email": email});
        if let Some(password) = password {
            body["current_password"] = json!(password);
        }
        client
            .call("POST", "/api/auth/change-email", &access, Some(body))
            .await
    };
    assert_eq!(
        change("new@example.org", None).await.code(),
        "password_required"
    );
    assert_eq!(
        change("new@example.org", Some(OTHER_PASSWORD)).await.code(),
        "password_wrong"
    );
    assert_eq!(change("nowhere", Some(PASSWORD)).await.status, 422);
    // Whether an address has an account is not told here either.
    assert_eq!(change("bob@example.org", Some(PASSWORD)).await.status, 202);
    let claimed = app.letter("bob@example.org", "new address").await.token();
    let confirm = post(
        &client,
        "/api/auth/confirm-email",
        json!({"token": claimed}),
    )
    .await;
    assert_eq!((confirm.status, confirm.code()), (409, "email_taken"));

    assert_eq!(change("New@example.org", Some(PASSWORD)).await.status, 202);
    assert_eq!(client.me(&access).await.expect(200)["email"], ANN);
    post(&client, "/api/auth/forgot-password", json!({"email": ANN}))
        .await
        .expect(202);
    let reset = app.letter(ANN, "Choose a new password").await.token();
    let token = app.letter("New@example.org", "new address").await.token();
    assert_eq!(
        post(&client, "/api/auth/confirm-email", json!({"token": token}))
            .await
            .status,
        204
    );
    let me = client.me(&access).await.expect(200);
    assert_eq!(
        (&me["email"], &me["email_verified"]),
        (&json!("New@example.org"), &json!(true))
    );
    tokens_of(&client.sign_in("new@example.org", PASSWORD).await);
    assert_eq!(client.sign_in(ANN, PASSWORD).await.status, 401);
    // What lies in the old mailbox opens nothing, and the old address learns of it.
    let body = json!({"token": reset, "new_password": OTHER_PASSWORD});
    assert_eq!(
        post(&client, "/api/auth/reset-password", body).await.status,
        422
    );
    app.letter(ANN, "address was changed").await;
}

#[tokio::test]
async fn a_mail_that_is_written_twice_is_the_same_mail() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    client.tokens(ANN).await;
    let first = app.letter(ANN, "Confirm").await;
    let row = app.sql("select id, user_id from mails").await[0].clone();
    let message = json!({"type": "mail.v1", "user_id": row["user_id"], "mail_id": row["id"]});
    // Killed between sending and noting it.
    app.execute("update mails set sent_at = null").await;
    app.deliver(sentry_queue::Queue::Mail, message.clone())
        .await;
    assert_eq!(app.letter(ANN, "Confirm").await.token(), first.token());
    assert_eq!(app.letter(ANN, "Confirm").await.code(), first.code());
    // Noted: nothing is sent again.
    let sent = app.sql("select sent_at from mails").await;
    app.clock.advance(Duration::minutes(1));
    app.deliver(sentry_queue::Queue::Mail, message).await;
    assert_eq!(app.sql("select sent_at from mails").await, sent);
    for odd in [
        json!({"type": "mail.v1", "user_id": 99, "mail_id": row["id"]}),
        json!({"type": "mail-request.v1", "request_id": row["id"]}),
    ] {
        let answer = app.deliver(sentry_queue::Queue::Mail, odd).await;
        assert!(
            answer.batch_item_failures.is_empty(),
            "dropped, not tried again"
        );
    }
}

#[tokio::test]
async fn nobody_fills_a_mailbox() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    client.tokens(ANN).await;
    for _ in 0..30 {
        client.sign_up(ANN, PASSWORD).await.expect(201);
    }
    assert_eq!(app.letters(ANN).await.len(), 20);
    app.clock.advance(Duration::minutes(61));
    client.sign_up(ANN, PASSWORD).await.expect(201);
    assert_eq!(app.letters(ANN).await.len(), 21);
}

#[tokio::test]
async fn the_page_behind_a_link_runs_one_script_of_its_own() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let page = client.call("GET", "/api/auth/confirm", "", None).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'sha256-"));
    assert!(!policy.contains("script-src 'unsafe") && policy.contains("frame-ancestors 'none'"));
    let script = page
        .text
        .split("<script>")
        .nth(1)
        .unwrap()
        .split("</script>")
        .next()
        .unwrap();
    let digest = ring::digest::digest(&ring::digest::SHA256, script.as_bytes());
    let hash = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, digest.as_ref());
    assert!(
        policy.contains(&hash),
        "the browser would not run the script"
    );
    for path in [
        "/api/auth/verify-email",
        "/api/auth/confirm-email",
        "/api/auth/reset-password",
    ] {
        assert!(script.contains(path));
    }
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    // Masked, and left to password managers and the clipboard.
    assert!(
        page.text
            .contains("type=\"password\" autocomplete=\"new-password\"")
    );
    assert!(!page.text.contains("onpaste") && !page.text.contains("autocomplete=\"off\""));
}
