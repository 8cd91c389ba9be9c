//! The log of an account: what its owner can see of every sign-in, refusal and change.

use super::client::{Client, OTHER_PASSWORD, PASSWORD, tokens_of};
use super::issuer::Token;
use super::openid::{Trip, with_issuers};
use super::second_factor::with_totp;
use chrono::Duration;
use sentry_tests::TestApp;
use serde_json::{Value, json};

const ANN: &str = "ann@example.org";

/// The log, the oldest first, without what came before the last look.
struct Log<'a> {
    app: &'a TestApp,
    seen: usize,
}

impl Log<'_> {
    /// What was added since the last look.
    async fn news(&mut self) -> Vec<String> {
        let query = format!(
            "select action from activities join users u on u.id = user_id where email = '{ANN}' order by activities.id"
        );
        let rows = self.app.sql(&query).await;
        let actions = rows.iter().skip(self.seen);
        let news: Vec<String> = actions
            .map(|row| row["action"].as_str().unwrap().to_owned())
            .collect();
        self.seen += news.len();
        news
    }
}

#[tokio::test]
async fn every_sign_in_refusal_and_change_has_a_row() {
    let (app, works, _) = with_issuers().await;
    let client = Client::of(&app);
    let (_, authenticator, recovery) = with_totp(&app, &client, ANN).await;
    let mut log = Log { app: &app, seen: 0 };
    assert_eq!(
        log.news().await,
        ["signed_up", "signed_in", "email_verified", "totp_enabled"]
    );
    let code = || {
        app.clock.advance(Duration::seconds(30));
        authenticator.code(app.now())
    };
    let call = async |method: &str, path: &str, token: &str, body: Value| {
        client.call(method, path, token, Some(body)).await
    };
    let login = "/api/auth/login";

    client.sign_in(ANN, OTHER_PASSWORD).await;
    assert_eq!(log.news().await, ["sign_in_refused"]);
    // The right password without the second factor is worth knowing, but not twice a minute.
    client.sign_in(ANN, PASSWORD).await;
    client.sign_in(ANN, PASSWORD).await;
    assert_eq!(log.news().await, ["second_factor_asked"]);
    let wrong = json!({"email": ANN, "password": PASSWORD, "totp_code": "000000"});
    call("POST", login, "", wrong.clone()).await;
    assert_eq!(log.news().await, ["second_factor_refused"]);
    for _ in 0..7 {
        call("POST", login, "", wrong.clone()).await;
    }
    assert_eq!(
        log.news().await,
        [
            "second_factor_refused",
            "second_factor_refused",
            "second_factor_refused",
            "second_factor_refused",
            "second_factor_limited"
        ]
    );
    app.clock.advance(Duration::minutes(16));
    let body = json!({"email": ANN, "password": PASSWORD, "totp_code": recovery[0]});
    let (access, _) = tokens_of(&call("POST", login, "", body).await);
    assert_eq!(log.news().await, ["recovery_code_used", "signed_in"]);

    // Changes, without and with proof.
    let body = json!({"email": ANN, "password": PASSWORD, "totp_code": code()});
    let (access_2, refresh_2) = tokens_of(&call("POST", login, "", body).await);
    assert_eq!(log.news().await, ["signed_in"]);
    let change = "/api/auth/change-password";
    let body = json!({"current_password": OTHER_PASSWORD, "new_password": "green boats sail slowly", "totp_code": code()});
    assert_eq!(call("POST", change, &access_2, body).await.status, 403);
    assert_eq!(log.news().await, ["step_up_refused"]);
    assert_eq!(
        call("POST", "/api/auth/providers/works", &access_2, json!({}))
            .await
            .status,
        403
    );
    assert_eq!(log.news().await, ["step_up_refused"]);

    // A provider that vouches for nobody.
    let body = json!({"current_password": PASSWORD, "totp_code": code()});
    let begun = call("POST", "/api/auth/providers/works", &access_2, body).await;
    let trip = Trip::of(&begun, begun.body["authorization_url"].as_str().unwrap());
    works.expects(&trip.query);
    works.gives(Token::WrongAudience);
    assert_eq!(trip.back(&client, "works").await.status, 403);
    assert_eq!(log.news().await, ["provider_refused"]);

    // Ended sessions, and what comes of their tokens.
    let sessions = client
        .call("GET", "/api/auth/sessions", &access_2, None)
        .await
        .expect(200);
    let own = sessions["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["current"] == true)
        .unwrap();
    let path = format!("/api/auth/sessions/{}", own["id"].as_str().unwrap());
    client.call("DELETE", &path, &access, None).await;
    assert_eq!(log.news().await, ["session_revoked"]);
    for _ in 0..2 {
        assert_eq!(client.refresh(&refresh_2).await.status, 401);
    }
    assert_eq!(log.news().await, ["refresh_refused"]);

    // Somebody with a stolen session guesses.
    for _ in 0..7 {
        let body = json!({"current_password": OTHER_PASSWORD, "totp_code": "000000"});
        call("DELETE", "/api/auth/totp", &access, body).await;
    }
    let news = log.news().await;
    assert_eq!(news.last().unwrap(), "step_up_limited");
    assert!(
        news.iter()
            .filter(|action| *action == "step_up_limited")
            .count()
            == 1,
        "{news:?}"
    );

    // The owner sees all of it, and nobody else does.
    let (stranger, _) = client.tokens("bob@example.org").await;
    let hers = client
        .call("GET", "/api/auth/activities?limit=200", &access, None)
        .await
        .expect(200);
    assert_eq!(hers["items"].as_array().unwrap().len(), log.seen);
    let his = client
        .call("GET", "/api/auth/activities", &stranger, None)
        .await
        .expect(200);
    assert_eq!(his["items"].as_array().unwrap().len(), 2);
}
