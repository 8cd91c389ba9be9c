//! What tokens open, and for how long.

use super::client::{Client, PASSWORD, accounts_with, tokens_of};
use chrono::Duration;
use futures_util::future::join_all;
use sentry_tests::TestApp;
use std::collections::BTreeSet;

#[tokio::test]
async fn only_access_tokens_open_doors() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (access, refresh) = client.tokens("ann@example.org").await;
    client.me(&access).await.expect(200);
    let (message, signature) = access.rsplit_once('.').unwrap();
    let (_, claims) = message.split_once('.').unwrap();
    // {"alg":"none","typ":"at+jwt"} and the same with HS256.
    let none = format!("eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.{claims}.");
    let confused = format!("eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.{claims}.{signature}");
    // Another deployment, with a key of its own, on the same database.
    let elsewhere = Client::at(accounts_with(&app, &[]));
    let (foreign, foreign_refresh) =
        tokens_of(&elsewhere.sign_in("ann@example.org", PASSWORD).await);
    elsewhere.me(&foreign).await.expect(200);
    for token in [
        refresh.as_str(),
        none.as_str(),
        confused.as_str(),
        foreign.as_str(),
        format!("{message}.").as_str(),
        &access[..access.len() - 4],
        "x.y.z",
    ] {
        let answer = client.me(token).await;
        assert_eq!(answer.status, 401, "{token}");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
    for token in [
        access.as_str(),
        foreign_refresh.as_str(),
        &refresh[..refresh.len() - 1],
        "sentry_rt_",
        "",
        "\u{fffd}",
    ] {
        assert_eq!(client.refresh(token).await.status, 401, "{token}");
    }
    // None of these attempts ended the session.
    client.me(&access).await.expect(200);
    app.clock
        .advance(Duration::minutes(15) + Duration::seconds(5));
    assert_eq!(client.me(&access).await.status, 401);
    tokens_of(&client.refresh(&refresh).await);
}

#[tokio::test]
async fn an_old_refresh_token_ends_the_session_for_whoever_holds_it() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    for (late, thief, email) in [
        (Duration::seconds(11), client.clone(), "late@example.org"),
        (
            Duration::seconds(1),
            client.named("curl"),
            "device@example.org",
        ),
        (
            Duration::seconds(1),
            client.from("198.51.100.6"),
            "place@example.org",
        ),
    ] {
        let (_, first) = client.tokens(email).await;
        let (access, second) = tokens_of(&client.refresh(&first).await);
        assert_ne!(first, second);
        app.clock.advance(late);
        assert_eq!(thief.refresh(&first).await.status, 401, "{email}");
        assert_eq!(client.refresh(&second).await.status, 401, "{email}");
        assert_eq!(client.me(&access).await.status, 401, "{email}");
    }
    // A token older than the one before is never a repetition.
    let (_, first) = client.tokens("chain@example.org").await;
    let (_, second) = tokens_of(&client.refresh(&first).await);
    let (access, _) = tokens_of(&client.refresh(&second).await);
    assert_eq!(client.refresh(&first).await.status, 401);
    assert_eq!(client.me(&access).await.status, 401);
    let log = app
        .sql("select count(*) as n from activities where action = 'refresh_replayed'")
        .await;
    assert_eq!(log[0]["n"], 4);
    for email in ["late@example.org", "chain@example.org"] {
        let notice = app.letter(email, "ended for your safety").await;
        assert!(notice.text.contains("console"), "{}", notice.text);
        assert_eq!(
            app.letters(email).await.len(),
            2,
            "one notice beside the first mail"
        );
    }
}

#[tokio::test]
async fn a_lost_answer_can_be_asked_for_again() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (_, first) = client.tokens("ann@example.org").await;
    let (_, second) = tokens_of(&client.refresh(&first).await);
    app.clock.advance(Duration::seconds(9));
    let (access, again) = tokens_of(&client.refresh(&first).await);
    assert_eq!(again, second);
    client.me(&access).await.expect(200);
    let (_, third) = tokens_of(&client.refresh(&second).await);
    assert_ne!(third, second);
}

#[tokio::test]
async fn of_many_refreshes_at_once_one_successor_remains() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (_, mut token) = client.tokens("ann@example.org").await;
    for _ in 0..4 {
        let answers = join_all((0..8).map(|_| client.refresh(&token))).await;
        let successors: BTreeSet<String> =
            answers.iter().map(|answer| tokens_of(answer).1).collect();
        assert_eq!(successors.len(), 1);
        token = successors.into_iter().next().unwrap();
    }
    assert_eq!(
        app.sql("select count(*) as n from sessions where revoked_at is null")
            .await[0]["n"],
        1
    );
    // A thief among them: either is refused in the end, both never go on.
    let thief = client.named("curl");
    let (own, stolen) = tokio::join!(client.refresh(&token), thief.refresh(&token));
    assert!(own.status == 401 || stolen.status == 401);
    let left = own.body["refresh_token"]
        .as_str()
        .or(stolen.body["refresh_token"].as_str())
        .unwrap();
    assert_eq!(client.refresh(left).await.status, 401);
}

#[tokio::test]
async fn a_session_ends_when_unused_and_in_any_case() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (_, idle) = client.tokens("idle@example.org").await;
    let (_, mut used) = client.tokens("used@example.org").await;
    app.clock.advance(Duration::days(7) - Duration::seconds(1));
    (_, used) = tokens_of(&client.refresh(&used).await);
    app.clock.advance(Duration::seconds(1));
    assert_eq!(client.refresh(&idle).await.status, 401);
    for _ in 0..3 {
        app.clock.advance(Duration::days(6));
        (_, used) = tokens_of(&client.refresh(&used).await);
    }
    app.clock.advance(Duration::days(5) - Duration::seconds(1));
    let (access, used) = tokens_of(&client.refresh(&used).await);
    client.me(&access).await.expect(200);
    app.clock.advance(Duration::seconds(1));
    // The access token would have had 15 minutes more.
    assert_eq!(client.me(&access).await.status, 401);
    assert_eq!(client.refresh(&used).await.status, 401);
}

#[tokio::test]
async fn keys_are_published_and_nothing_else_of_them() {
    let app = TestApp::start().await;
    let stranger = app.stranger();
    let answer = stranger.get("/.well-known/jwks.json").await;
    assert_eq!(answer.header("cache-control"), "public, max-age=300");
    let keys = answer.expect(200);
    assert_eq!(keys, stranger.get("/api/auth/jwks").await.expect(200));
    let key = keys["keys"][0].as_object().unwrap();
    let members: BTreeSet<&str> = key.keys().map(String::as_str).collect();
    assert_eq!(
        members,
        BTreeSet::from(["alg", "crv", "kid", "kty", "use", "x"])
    );
}
