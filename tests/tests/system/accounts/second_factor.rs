//! The second factor, and proving oneself once more.

use super::client::{Client, KEY, OTHER_PASSWORD, PASSWORD, tokens_of};
use chrono::{DateTime, Duration, Utc};
use futures_util::future::join_all;
use sentry_auth::totp::TotpSecret;
use sentry_tests::{Answer, TestApp};
use serde_json::{Value, json};

const ANN: &str = "ann@example.org";

/// An authenticator app.
pub(super) struct Authenticator {
    secret: TotpSecret,
    /// The secret as a person copies it.
    pub(super) text: String,
}

impl Authenticator {
    fn new(base32: &str) -> Self {
        let mut bytes = Vec::new();
        let (mut buffer, mut bits) = (0_u32, 0);
        for letter in base32.bytes() {
            let value = match letter {
                b'A'..=b'Z' => letter - b'A',
                digit => digit - b'2' + 26,
            };
            buffer = buffer << 5 | u32::from(value);
            bits += 5;
            if bits >= 8 {
                bits -= 8;
                bytes.push(u8::try_from(buffer >> bits & 255).unwrap());
            }
        }
        Self {
            secret: TotpSecret::from_bytes(&bytes).unwrap(),
            text: base32.to_owned(),
        }
    }

    pub(super) fn code(&self, at: DateTime<Utc>) -> String {
        self.secret.code(at.timestamp() / 30)
    }
}

async fn verify(app: &TestApp, client: &Client, email: &str) {
    let token = app.letter(email, "Confirm your address").await.token();
    let body = Some(json!({"token": token}));
    let answer = client
        .call("POST", "/api/auth/verify-email", "", body)
        .await;
    assert_eq!(answer.status, 204);
}

/// Somebody with a second factor: access token, authenticator, recovery codes.
pub(super) async fn with_totp(
    app: &TestApp,
    client: &Client,
    email: &str,
) -> (String, Authenticator, Vec<String>) {
    let (access, _) = client.tokens(email).await;
    verify(app, client, email).await;
    let password = Some(json!({"current_password": PASSWORD}));
    let new = client
        .call("POST", "/api/auth/totp", &access, password)
        .await
        .expect(201);
    let authenticator = Authenticator::new(new["secret"].as_str().unwrap());
    let code = Some(json!({"code": authenticator.code(app.now())}));
    let codes = client
        .call("POST", "/api/auth/totp/confirm", &access, code)
        .await
        .expect(200);
    let codes = codes["recovery_codes"].as_array().unwrap();
    let codes = codes
        .iter()
        .map(|code| code.as_str().unwrap().to_owned())
        .collect();
    app.clock.advance(Duration::seconds(30));
    (access, authenticator, codes)
}

async fn sign_in(client: &Client, code: &str) -> Answer {
    let body = json!({"email": ANN, "password": PASSWORD, "totp_code": code});
    client.call("POST", "/api/auth/login", "", Some(body)).await
}

#[tokio::test]
async fn signing_in_asks_for_the_second_factor() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (access, authenticator, _) = with_totp(&app, &client, ANN).await;
    let state = client
        .call("GET", "/api/auth/totp", &access, None)
        .await
        .expect(200);
    assert_eq!(
        (&state["enabled"], &state["recovery_codes_left"]),
        (&json!(true), &json!(10))
    );
    app.letter(ANN, "second factor is on").await;

    let missing = client.sign_in(ANN, PASSWORD).await;
    assert_eq!(
        (missing.status, missing.code()),
        (403, "second_factor_required")
    );
    // The second factor alone tells nothing: a wrong password is a wrong password.
    let body = json!({"email": ANN, "password": OTHER_PASSWORD, "totp_code": authenticator.code(app.now())});
    assert_eq!(
        client
            .call("POST", "/api/auth/login", "", Some(body))
            .await
            .status,
        401
    );
    assert_eq!(
        sign_in(&client, "000000").await.code(),
        "second_factor_wrong"
    );
    let code = authenticator.code(app.now());
    // Of many at once with one code one gets in, and never again with it.
    let answers = join_all((0..4).map(|_| sign_in(&client, &code))).await;
    assert_eq!(
        answers.iter().filter(|answer| answer.status == 200).count(),
        1
    );
    assert_eq!(sign_in(&client, &code).await.status, 403);
    app.clock.advance(Duration::minutes(15));
    assert_eq!(
        sign_in(
            &client,
            &authenticator.code(app.now() - Duration::seconds(90))
        )
        .await
        .status,
        403
    );
    // A clock that is a little off is forgiven.
    tokens_of(
        &sign_in(
            &client,
            &authenticator.code(app.now() - Duration::seconds(30)),
        )
        .await,
    );
}

#[tokio::test]
async fn guesses_at_the_second_factor_are_few() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (_, authenticator, _) = with_totp(&app, &client, ANN).await;
    let guesses = join_all((0..20).map(|n| {
        let client = client.clone();
        async move { sign_in(&client, &format!("{n:06}")).await }
    }))
    .await;
    let limited = guesses.iter().filter(|answer| answer.status == 429).count();
    assert_eq!(limited, 15, "five are looked at");
    let refused = guesses.iter().find(|answer| answer.status == 429).unwrap();
    assert_eq!(refused.header("retry-after"), "180");
    assert_eq!(refused.header("ratelimit"), "\"requests\";r=0;t=180");
    assert_eq!(
        sign_in(&client, &authenticator.code(app.now()))
            .await
            .status,
        429
    );
    app.clock.advance(Duration::seconds(180));
    tokens_of(&sign_in(&client, &authenticator.code(app.now())).await);
}

#[tokio::test]
async fn a_recovery_code_opens_once() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (_, _, codes) = with_totp(&app, &client, ANN).await;
    assert_eq!(codes.len(), 10);
    assert_eq!(
        sign_in(&client, "0000-0000-0000-0000-0000-0000")
            .await
            .status,
        403
    );
    let typed = codes[0].to_lowercase().replace('-', " ");
    let answers = join_all((0..3).map(|_| sign_in(&client, &typed))).await;
    assert_eq!(
        answers.iter().filter(|answer| answer.status == 200).count(),
        1
    );
    assert_eq!(sign_in(&client, &codes[0]).await.status, 403);
    let (access, _) = tokens_of(&sign_in(&client, &codes[1]).await);
    app.letter(ANN, "recovery codes").await;
    let state = client
        .call("GET", "/api/auth/totp", &access, None)
        .await
        .expect(200);
    assert_eq!(state["recovery_codes_left"], 8);
    // New ones end the old ones.
    let proof = Some(json!({"current_password": PASSWORD, "totp_code": codes[2]}));
    let new = client
        .call("POST", "/api/auth/totp/recovery-codes", &access, proof)
        .await
        .expect(200);
    assert_eq!(sign_in(&client, &codes[3]).await.status, 403);
    app.clock.advance(Duration::minutes(3));
    tokens_of(&sign_in(&client, new["recovery_codes"][0].as_str().unwrap()).await);
}

#[tokio::test]
async fn changes_ask_for_password_and_second_factor_again() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (mut access, authenticator, _) = with_totp(&app, &client, ANN).await;
    for (method, path, more) in [
        (
            "POST",
            "/api/auth/change-password",
            json!({"new_password": OTHER_PASSWORD}),
        ),
        (
            "POST",
            "/api/auth/change-email",
            json!({"new_email": "new@example.org"}),
        ),
        ("POST", "/api/auth/totp/recovery-codes", json!({})),
        ("DELETE", "/api/auth/totp", json!({})),
        ("DELETE", "/api/users/me", json!({})),
    ] {
        let call = async |proof: Value| {
            let mut body = more.clone();
            for (name, value) in proof.as_object().unwrap() {
                body[name] = value.clone();
            }
            let answer = client.call(method, path, &access, Some(body)).await;
            assert_eq!(answer.status, 403, "{path}: {}", answer.text);
            answer.code().to_owned()
        };
        assert_eq!(call(json!({})).await, "password_required");
        assert_eq!(
            call(json!({"current_password": OTHER_PASSWORD})).await,
            "password_wrong"
        );
        assert_eq!(
            call(json!({"current_password": PASSWORD})).await,
            "second_factor_required"
        );
        assert_eq!(
            call(json!({"totp_code": authenticator.code(app.now())})).await,
            "password_required"
        );
        let wrong = json!({"current_password": PASSWORD, "totp_code": "000000"});
        assert_eq!(call(wrong).await, "second_factor_wrong");
        app.clock.advance(Duration::minutes(15));
        (access, _) = tokens_of(&sign_in(&client, &authenticator.code(app.now())).await);
    }
}

#[tokio::test]
async fn a_stolen_session_cannot_guess_the_password() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (access, _) = client.tokens(ANN).await;
    let guess = async || {
        let body =
            json!({"current_password": OTHER_PASSWORD, "new_password": "green boats sail slowly"});
        client
            .call("POST", "/api/auth/change-password", &access, Some(body))
            .await
            .status
    };
    for _ in 0..5 {
        assert_eq!(guess().await, 403);
    }
    assert_eq!(guess().await, 429);
    let log = app
        .sql("select count(*) as n from activities where action = 'step_up_refused'")
        .await;
    assert_eq!(log[0]["n"], 5);
}

#[tokio::test]
async fn another_password_ends_the_other_sessions() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (desk, _) = client.tokens(ANN).await;
    let (phone, refresh) = tokens_of(&client.sign_in(ANN, PASSWORD).await);
    let change = async |new: &str| {
        let body = json!({"current_password": PASSWORD, "new_password": new});
        client
            .call("POST", "/api/auth/change-password", &desk, Some(body))
            .await
    };
    assert_eq!(
        change("ann@example.org").await.body["errors"][0]["code"],
        "password_guessable"
    );
    assert_eq!(change(OTHER_PASSWORD).await.status, 204);
    client.me(&desk).await.expect(200);
    assert_eq!(client.me(&phone).await.status, 401);
    assert_eq!(client.refresh(&refresh).await.status, 401);
    assert_eq!(client.sign_in(ANN, PASSWORD).await.status, 401);
    tokens_of(&client.sign_in(ANN, OTHER_PASSWORD).await);
    app.letter(ANN, "password was changed").await;
}

#[tokio::test]
async fn the_second_factor_goes_as_it_came() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    // Whoever signed up with somebody else's address locks nobody out with it.
    let (bob, _) = client.tokens("bob@example.org").await;
    let password = json!({"current_password": PASSWORD});
    let early = client
        .call("POST", "/api/auth/totp", &bob, Some(password.clone()))
        .await;
    assert_eq!((early.status, early.code()), (403, "email_not_verified"));

    let (access, authenticator, _) = with_totp(&app, &client, ANN).await;
    let code = |at| json!({"current_password": PASSWORD, "totp_code": authenticator.code(at)});
    let again = client
        .call("POST", "/api/auth/totp", &access, Some(code(app.now())))
        .await;
    assert_eq!((again.status, again.code()), (409, "totp_enabled"));
    app.clock.advance(Duration::seconds(30));
    let off = client
        .call("DELETE", "/api/auth/totp", &access, Some(code(app.now())))
        .await;
    assert_eq!(off.status, 204, "{}", off.text);
    tokens_of(&client.sign_in(ANN, PASSWORD).await);
    app.letter(ANN, "second factor is off").await;
    for table in ["totp", "recovery_codes"] {
        assert_eq!(
            app.sql(&format!("select * from {table}")).await,
            [] as [Value; 0]
        );
    }
    // Begun and never confirmed, it guards nothing.
    client
        .call("POST", "/api/auth/totp", &access, Some(password))
        .await
        .expect(201);
    tokens_of(&client.sign_in(ANN, PASSWORD).await);
    for _ in 0..5 {
        let wrong = Some(json!({"code": "000000"}));
        assert_eq!(
            client
                .call("POST", "/api/auth/totp/confirm", &access, wrong)
                .await
                .status,
            403
        );
    }
    let wrong = Some(json!({"code": "000000"}));
    assert_eq!(
        client
            .call("POST", "/api/auth/totp/confirm", &access, wrong)
            .await
            .status,
        429
    );
}

#[tokio::test]
async fn a_dump_of_the_database_holds_no_authenticator() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (access, _, codes) = with_totp(&app, &client, ANN).await;
    let password = Some(json!({"current_password": PASSWORD}));
    client.tokens("bob@example.org").await;
    verify(&app, &client, "bob@example.org").await;
    let (bob, _) = tokens_of(&client.sign_in("bob@example.org", PASSWORD).await);
    let new = client
        .call("POST", "/api/auth/totp", &bob, password)
        .await
        .expect(201);
    let authenticator = Authenticator::new(new["secret"].as_str().unwrap());
    let hex: String = authenticator
        .secret
        .bytes()
        .iter()
        .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    let mut dump = String::new();
    for table in [
        "totp",
        "recovery_codes",
        "data_keys",
        "activities",
        "mails",
        "outbox",
        "idempotency_keys",
    ] {
        dump.extend(
            app.sql(&format!("select * from {table}"))
                .await
                .iter()
                .map(ToString::to_string),
        );
    }
    assert!(
        dump.contains("secret") && dump.contains("wrapped"),
        "the tables were read"
    );
    for mark in [
        new["secret"].as_str().unwrap(),
        &hex,
        &codes[0],
        &codes[0].replace('-', ""),
    ] {
        assert!(!dump.contains(mark));
    }
    // Rows that change places open nothing: what is sealed is bound to its owner.
    app.execute("update totp t set secret = o.secret from totp o where o.user_id <> t.user_id and t.confirmed_at is null").await;
    let confirm = Some(json!({"code": "123456"}));
    assert_eq!(
        client
            .call("POST", "/api/auth/totp/confirm", &bob, confirm)
            .await
            .status,
        500
    );
    client.me(&access).await.expect(200);
}

#[tokio::test]
async fn a_reset_leaves_the_second_factor() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (_, authenticator, _) = with_totp(&app, &client, ANN).await;
    let asked = Some(json!({"email": ANN}));
    client
        .call("POST", "/api/auth/forgot-password", "", asked)
        .await
        .expect(202);
    let token = app.letter(ANN, "Choose a new password").await.token();
    let body = json!({"token": token, "new_password": OTHER_PASSWORD});
    let reset = client
        .call("POST", "/api/auth/reset-password", "", Some(body))
        .await;
    assert_eq!(reset.status, 204, "{}", reset.text);
    assert_eq!(
        client.sign_in(ANN, OTHER_PASSWORD).await.code(),
        "second_factor_required"
    );
    let code = authenticator.code(app.now());
    let body = json!({"email": ANN, "password": OTHER_PASSWORD, "totp_code": code});
    tokens_of(&client.call("POST", "/api/auth/login", "", Some(body)).await);
}

#[tokio::test]
async fn data_keys_move_to_the_new_key() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (_, authenticator, _) = with_totp(&app, &client, ANN).await;
    let before = app.sql("select wrapped, key_id from data_keys").await;
    // The same system with a new key, which still knows the one before.
    let old = sentry_local::functions::settings("", &[]);
    let old = old.required("DATA_KEY").unwrap().to_owned();
    let rotated = app.again_with(&[("DATA_KEY", KEY.to_owned()), ("PREVIOUS_DATA_KEY", old)]);
    let report = rotated.sweep().run().await;
    assert_eq!(report.done["data_keys"], 1, "{report:?}");
    assert_eq!(rotated.sweep().run().await.done.get("data_keys"), None);
    let after = app.sql("select wrapped, key_id from data_keys").await;
    assert_ne!(after[0]["key_id"], before[0]["key_id"]);
    // The former key can go; who still has only that one is told so.
    let alone = app.again_with(&[("DATA_KEY", KEY.to_owned())]);
    let body =
        json!({"email": ANN, "password": PASSWORD, "totp_code": authenticator.code(app.now())});
    let elsewhere = Client::at(alone.router());
    tokens_of(
        &elsewhere
            .call("POST", "/api/auth/login", "", Some(body))
            .await,
    );
    let report = app.functions.sweep().run().await;
    assert!(
        report.failed["data_keys"].contains("not configured"),
        "{report:?}"
    );
}
