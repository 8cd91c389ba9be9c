//! Accounts: who is kept out, who gets in, and what is left when somebody leaves.

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use chrono::Duration;
use futures_util::future::join_all;
use http::Request;
use http::header::{AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use lambda_http::request::LambdaRequest;
use lambda_http::{Adapter, LambdaEvent, Service};
use sentry_http::{App, edge};
use sentry_runtime::{Ids, Settings};
use sentry_tests::{Answer, Person, TestApp};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tower::ServiceExt;

const PASSWORD: &str = "seven quiet lamps burn";
const OTHER_PASSWORD: &str = "nine loud drums sleep";
const KEY: &str = "4H0cb5Yt9SXyUz8Fq3l7mNvGd1oKpRi2WeAjBx6ZsTQ=";

/// One client: where it calls from and what it calls itself.
#[derive(Clone)]
struct Client {
    router: Router,
    ip: &'static str,
    device: &'static str,
    headers: Vec<(&'static str, &'static str)>,
}

impl Client {
    fn of(app: &TestApp) -> Self {
        Self::at(app.router())
    }

    fn at(router: Router) -> Self {
        Self {
            router,
            ip: "192.0.2.1",
            device: "console",
            headers: Vec::new(),
        }
    }

    fn from(&self, ip: &'static str) -> Self {
        Self { ip, ..self.clone() }
    }

    fn named(&self, device: &'static str) -> Self {
        Self {
            device,
            ..self.clone()
        }
    }

    async fn call(&self, method: &str, path: &str, token: &str, body: Option<Value>) -> Answer {
        let peer: SocketAddr = format!("{}:50000", self.ip).parse().unwrap();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(USER_AGENT, self.device);
        for (name, value) in &self.headers {
            request = request.header(*name, *value);
        }
        if !token.is_empty() {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let body = body.map_or_else(Vec::new, |body| body.to_string().into_bytes());
        let request = request
            .header(CONTENT_TYPE, "application/json")
            .extension(ConnectInfo(peer));
        let Ok(response) = self
            .router
            .clone()
            .oneshot(request.body(Body::from(body)).unwrap())
            .await;
        let (parts, body) = response.into_parts();
        let text = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&text).into_owned();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body,
            text,
        }
    }

    async fn sign_up(&self, email: &str, password: &str) -> Answer {
        self.call(
            "POST",
            "/api/users",
            "",
            Some(json!({"email": email, "password": password})),
        )
        .await
    }

    async fn sign_in(&self, email: &str, password: &str) -> Answer {
        self.call(
            "POST",
            "/api/auth/login",
            "",
            Some(json!({"email": email, "password": password})),
        )
        .await
    }

    async fn refresh(&self, token: &str) -> Answer {
        self.call(
            "POST",
            "/api/auth/refresh-token",
            "",
            Some(json!({"refresh_token": token})),
        )
        .await
    }

    async fn me(&self, access: &str) -> Answer {
        self.call("GET", "/api/users/me", access, None).await
    }

    /// Signs up and in.
    async fn tokens(&self, email: &str) -> (String, String) {
        self.sign_up(email, PASSWORD).await.expect(201);
        tokens_of(&self.sign_in(email, PASSWORD).await)
    }
}

/// Access and refresh token of an answer.
#[track_caller]
fn tokens_of(answer: &Answer) -> (String, String) {
    assert_eq!(answer.status, 200, "{}", answer.text);
    let text = |field: &str| answer.body[field].as_str().unwrap().to_owned();
    (text("access_token"), text("refresh_token"))
}

/// An answer without what differs between any two.
fn told(answer: &Answer) -> (u16, Value, Vec<String>) {
    let mut body = answer.body.clone();
    if let Some(fields) = body.as_object_mut() {
        fields.remove("request_id");
    }
    (
        answer.status,
        body,
        answer.headers.keys().map(ToString::to_string).collect(),
    )
}

/// The accounts function with settings of its own, on the database and clock of the test.
fn accounts_with(app: &TestApp, more: &[(&str, &str)]) -> Router {
    let database = app.database_url();
    let settings = Settings::from_lookup(|name| {
        let own = more
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| (*value).to_owned());
        own.or_else(|| match name {
            "DATABASE_URL" => Some(database.clone()),
            "TOKEN_SIGNING_KEY" | "TOKEN_REFRESH_KEY" => Some(KEY.to_owned()),
            "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => Some("unused".to_owned()),
            _ => None,
        })
    });
    let mut own = App::from_settings(&settings, &[]).unwrap();
    // One connection is all that the embedded database has.
    own.db = app.db.clone();
    own.clock = app.clock.clone();
    own.ids = Ids::seeded(2);
    edge(
        accounts::router(),
        accounts::Accounts::new(own, &settings).unwrap(),
    )
}

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
async fn the_right_password_opens_in_any_case_of_the_address() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    client
        .sign_up(" Jane.Doe+x@Example.org ", PASSWORD)
        .await
        .expect(201);
    let answer = client.sign_in("jane.doe+X@EXAMPLE.ORG", PASSWORD).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let body = answer.expect(200);
    assert_eq!(
        (&body["token_type"], &body["expires_in"]),
        (&json!("Bearer"), &json!(900))
    );
    let access = body["access_token"].as_str().unwrap();
    let me = client.me(access).await.expect(200);
    assert_eq!(
        (&me["id"], &me["email"]),
        (&body["user_id"], &json!("Jane.Doe+x@Example.org"))
    );
    // Dots and tags make other addresses.
    assert_eq!(
        client.sign_in("janedoe@example.org", PASSWORD).await.status,
        401
    );
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

#[tokio::test]
async fn signing_out_holds_from_the_next_request_on() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (phone, phone_refresh) = client.tokens("ann@example.org").await;
    let (desk, _) = tokens_of(&client.sign_in("ann@example.org", PASSWORD).await);
    assert_eq!(
        client
            .call("POST", "/api/auth/logout", "", None)
            .await
            .status,
        401
    );
    assert_eq!(
        client
            .call("POST", "/api/auth/logout", &phone, None)
            .await
            .status,
        204
    );
    for path in ["/api/users/me", "/api/tasks", "/api/auth/sessions"] {
        assert_eq!(
            client.call("GET", path, &phone, None).await.status,
            401,
            "{path}"
        );
    }
    assert_eq!(
        client
            .call("POST", "/api/auth/logout", &phone, Some(json!({})))
            .await
            .status,
        401
    );
    assert_eq!(client.refresh(&phone_refresh).await.status, 401);
    client.me(&desk).await.expect(200);
    // Everywhere, here too.
    let (other, _) = tokens_of(&client.sign_in("ann@example.org", PASSWORD).await);
    assert_eq!(
        client
            .call("DELETE", "/api/auth/sessions", &other, None)
            .await
            .status,
        204
    );
    assert_eq!(client.me(&desk).await.status, 401);
    assert_eq!(client.me(&other).await.status, 401);
}

#[tokio::test]
async fn sessions_are_their_owners_to_see_and_to_end() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (phone, _) = client.named("phone").tokens("ann@example.org").await;
    app.clock.advance(Duration::minutes(1));
    let (desk, _) = tokens_of(
        &client
            .from("[2001:db8::7]")
            .named("desk")
            .sign_in("ann@example.org", PASSWORD)
            .await,
    );
    let (bob, _) = client.tokens("bob@example.org").await;

    let list = client
        .call("GET", "/api/auth/sessions", &phone, None)
        .await
        .expect(200);
    let shown = |item: &Value| json!([item["device"], item["ip"], item["current"]]);
    let items = list["items"].as_array().unwrap();
    assert_eq!(
        items.iter().map(shown).collect::<Vec<_>>(),
        [
            json!(["desk", "2001:db8::7", false]),
            json!(["phone", "192.0.2.1", true])
        ]
    );
    let page = client
        .call("GET", "/api/auth/sessions?limit=1", &phone, None)
        .await
        .expect(200);
    assert_eq!(page["items"], json!([items[0]]));
    let next = format!(
        "/api/auth/sessions?limit=1&cursor={}",
        page["next_cursor"].as_str().unwrap()
    );
    let page = client.call("GET", &next, &phone, None).await.expect(200);
    assert_eq!(
        (&page["items"], &page["next_cursor"]),
        (&json!([items[1]]), &Value::Null)
    );

    let of_desk = format!("/api/auth/sessions/{}", items[0]["id"].as_str().unwrap());
    assert_eq!(
        client.call("DELETE", &of_desk, &bob, None).await.status,
        404
    );
    for nonsense in [
        "/api/auth/sessions/7",
        "/api/auth/sessions/00000000-0000-0000-0000-000000000000",
    ] {
        assert_eq!(
            client.call("DELETE", nonsense, &phone, None).await.status,
            404
        );
    }
    client.me(&desk).await.expect(200);
    assert_eq!(
        client.call("DELETE", &of_desk, &phone, None).await.status,
        204
    );
    assert_eq!(
        client.call("DELETE", &of_desk, &phone, None).await.status,
        404
    );
    assert_eq!(client.me(&desk).await.status, 401);
    client.me(&phone).await.expect(200);
    assert_eq!(
        client
            .call("GET", "/api/auth/sessions?limit=0", &bob, None)
            .await
            .status,
        422
    );
    assert_eq!(
        client
            .call("GET", "/api/auth/sessions?cursor=nonsense", &bob, None)
            .await
            .status,
        422
    );
    assert_eq!(
        client
            .call("GET", "/api/auth/sessions?offset=1", &bob, None)
            .await
            .status,
        422
    );
}

#[tokio::test]
async fn people_change_their_own_data_only() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.user("alice").await, app.user("bob").await);
    let hers = format!("/api/users/{}", alice.id);
    for (method, body) in [
        ("GET", None),
        ("PUT", Some(json!({"first_name": "Eve"}))),
        ("PATCH", Some(json!({}))),
        ("DELETE", None),
    ] {
        assert_eq!(bob.call(method, &hers, body).await.status, 404, "{method}");
    }
    assert_eq!(alice.get("/api/users/0").await.status, 404);
    assert_eq!(alice.get("/api/users/you").await.status, 404);
    insta::assert_snapshot!(alice.get(&hers).await.snapshot(), @r#"
    200
    {
      "birthday": null,
      "created_at": "2026-03-02T09:00:00Z",
      "email": "alice0@example.org",
      "email_verified": false,
      "first_name": null,
      "id": 1,
      "last_name": null,
      "locale": "en",
      "time_zone": "UTC",
      "updated_at": "2026-03-02T09:00:00Z",
      "version": 1
    }
    "#);
    for wrong in [
        json!({"email": "eve@example.org"}),
        json!({"password": OTHER_PASSWORD}),
        json!({"id": 7}),
        json!({"birthday": "2030-01-01"}),
        json!({"time_zone": "Nowhere"}),
        json!({"locale": ""}),
        json!({"version": "one"}),
        json!([]),
    ] {
        assert_eq!(
            alice.patch(&hers, wrong.clone()).await.status,
            422,
            "{wrong}"
        );
    }
    let given = json!({"first_name": " Alice ", "last_name": "Lee", "birthday": "1990-05-17", "time_zone": "Asia/Tokyo", "locale": "pt_BR"});
    let after = alice.put("/api/users/me", given).await.expect(200);
    assert_eq!(
        json!([
            after["first_name"],
            after["birthday"],
            after["time_zone"],
            after["locale"],
            after["version"]
        ]),
        json!(["Alice", "1990-05-17", "Asia/Tokyo", "pt-BR", 2])
    );
    // PUT leaves what is null, PATCH clears it.
    let after = alice
        .put(&hers, json!({"first_name": null, "last_name": "Li"}))
        .await
        .expect(200);
    assert_eq!(
        json!([after["first_name"], after["last_name"]]),
        json!(["Alice", "Li"])
    );
    let after = alice
        .patch(
            &hers,
            json!({"first_name": null, "time_zone": null, "version": 3}),
        )
        .await
        .expect(200);
    assert_eq!(
        json!([
            after["first_name"],
            after["last_name"],
            after["time_zone"],
            after["version"]
        ]),
        json!([null, "Li", "UTC", 4])
    );
    let stale = alice
        .patch(&hers, json!({"first_name": "Al", "version": 3}))
        .await;
    assert_eq!((stale.status, stale.code()), (409, "stale_version"));
    for (if_match, status) in [("\"3\"", 409), ("\"4\"", 200)] {
        let request = Request::put(&hers)
            .header("if-match", if_match)
            .header(CONTENT_TYPE, "application/json");
        let answer = alice
            .send(request.body(br#"{"first_name":"Al"}"#.to_vec()).unwrap())
            .await;
        assert_eq!(answer.status, status, "{}", answer.text);
    }
    let untouched = bob.get("/api/users/me").await.expect(200);
    assert_eq!(
        json!([untouched["version"], untouched["first_name"]]),
        json!([1, null])
    );
}

#[tokio::test]
async fn a_closed_account_leaves_nothing_but_a_free_address() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (bob, _) = client.tokens("bob@example.org").await;
    let (desk, refresh) = client.tokens("ann@example.org").await;
    let (phone, _) = tokens_of(&client.sign_in("ann@example.org", PASSWORD).await);
    client
        .call(
            "PATCH",
            "/api/users/me",
            &desk,
            Some(json!({"first_name": "Annabel"})),
        )
        .await
        .expect(200);
    client
        .call(
            "POST",
            "/api/tasks",
            &desk,
            Some(json!({"title": "Hers alone"})),
        )
        .await
        .expect(201);
    let id = client.me(&desk).await.expect(200)["id"].clone();

    assert_eq!(
        client
            .call("DELETE", "/api/users/me", "", None)
            .await
            .status,
        401
    );
    assert_eq!(
        client
            .call("DELETE", &format!("/api/users/{id}"), &bob, None)
            .await
            .status,
        404
    );
    assert_eq!(
        client
            .call("DELETE", "/api/users/me", &phone, None)
            .await
            .status,
        204
    );
    for token in [&desk, &phone] {
        assert_eq!(client.me(token).await.status, 401);
        assert_eq!(
            client
                .call("DELETE", "/api/users/me", token, None)
                .await
                .status,
            401
        );
    }
    assert_eq!(client.refresh(&refresh).await.status, 401);
    assert_eq!(
        client.sign_in("ann@example.org", PASSWORD).await.status,
        401
    );
    let row = app
        .sql(&format!("select * from users where id = {id}"))
        .await[0]
        .to_string();
    assert!(
        !row.contains("ann@") && !row.contains("Annabel") && !row.contains("argon2"),
        "{row}"
    );

    // Somebody else may have the address now, and finds nothing of hers.
    let (new, _) = client.tokens("ann@example.org").await;
    assert_ne!(client.me(&new).await.expect(200)["id"], id);
    assert_eq!(
        client
            .call("GET", "/api/tasks", &new, None)
            .await
            .expect(200)["items"],
        json!([])
    );

    let mut tx = app.db.worker().await.unwrap();
    assert_eq!(
        sentry_db::users::purge_closed(&mut tx, 100).await.unwrap(),
        1
    );
    assert_eq!(
        sentry_db::users::purge_closed(&mut tx, 100).await.unwrap(),
        0
    );
    tx.commit().await.unwrap();
    let tables = app
        .sql("select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'user_id'")
        .await;
    assert!(tables.len() >= 12);
    for table in tables {
        let table = table["name"].as_str().unwrap();
        let left = app
            .sql(&format!("select * from {table} where user_id = {id}"))
            .await;
        assert!(left.is_empty(), "{table}: {left:?}");
    }
    client.me(&bob).await.expect(200);
    client.me(&new).await.expect(200);
}

#[tokio::test]
async fn nobody_enters_a_house_that_is_being_closed() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    for round in 0..3 {
        let email = format!("ann{round}@example.org");
        let (access, refresh) = client.tokens(&email).await;
        let close = client.call("DELETE", "/api/users/me", &access, None);
        let (closed, entered, refreshed) = tokio::join!(
            close,
            client.sign_in(&email, PASSWORD),
            client.refresh(&refresh)
        );
        assert_eq!(closed.status, 204);
        for answer in [entered, refreshed] {
            if answer.status == 200 {
                assert_eq!(client.me(&tokens_of(&answer).0).await.status, 401);
            }
        }
    }
    let open = app
        .sql("select count(*) as n from sessions where revoked_at is null")
        .await;
    assert_eq!(open[0]["n"], 0);
}

#[tokio::test]
async fn guessing_is_slow_and_locks_nobody_out() {
    let app = TestApp::start().await;
    let limits = [
        ("LIMIT_SIGN_IN_PER_ADDRESS", "5/300"),
        ("LIMIT_SIGN_IN_PER_IP", "100/100"),
        ("LIMIT_SIGN_UP_PER_IP", "3/60"),
        ("LIMIT_REFRESH_PER_IP", "2/60"),
    ];
    let home = Client::at(accounts_with(&app, &limits));
    home.sign_up("ann@example.org", PASSWORD).await.expect(201);
    home.sign_up("bob@example.org", PASSWORD).await.expect(201);
    // The right password does not count.
    for _ in 0..8 {
        tokens_of(&home.sign_in("ann@example.org", PASSWORD).await);
    }
    let thief = home.from("198.51.100.6");
    for email in ["ann@example.org", "nobody@example.org"] {
        let guesses = join_all((0..20).map(|_| thief.sign_in(email, OTHER_PASSWORD))).await;
        let checked = guesses.iter().filter(|answer| answer.status == 401).count();
        let refused = guesses
            .iter()
            .filter(|answer| answer.status == 429)
            .collect::<Vec<_>>();
        assert_eq!((checked, refused.len()), (5, 15), "{email}");
        assert_eq!(refused[0].header("retry-after"), "60");
    }
    // Not even with the right one, not even from elsewhere, however the address is written ...
    assert_eq!(
        home.from("203.0.113.5")
            .sign_in("ANN@example.org ", PASSWORD)
            .await
            .status,
        429
    );
    // ... but where she is signed in she still gets in, and everybody else does anywhere.
    tokens_of(&home.sign_in("ann@example.org", PASSWORD).await);
    tokens_of(&thief.sign_in("bob@example.org", PASSWORD).await);
    // It does not last.
    app.clock.advance(Duration::seconds(60));
    tokens_of(
        &home
            .from("203.0.113.5")
            .sign_in("ann@example.org", PASSWORD)
            .await,
    );

    let crowd = (0..6).map(|i| {
        let thief = thief.clone();
        async move {
            thief
                .sign_up(&format!("crowd{i}@example.org"), PASSWORD)
                .await
                .status
        }
    });
    let statuses = join_all(crowd).await;
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 3);
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 3);

    let (_, mut refresh) = tokens_of(&home.sign_in("ann@example.org", PASSWORD).await);
    for _ in 0..2 {
        (_, refresh) = tokens_of(&home.refresh(&refresh).await);
    }
    let limited = home.refresh(&refresh).await;
    assert_eq!((limited.status, limited.header("retry-after")), (429, "30"));
    app.clock.advance(Duration::seconds(30));
    tokens_of(&home.refresh(&refresh).await);
}

#[tokio::test]
async fn one_network_cannot_try_every_address() {
    let app = TestApp::start().await;
    let thief = Client::at(accounts_with(&app, &[("LIMIT_SIGN_IN_PER_IP", "12/60")]));
    let mut checked = 0;
    for i in 0..12 {
        // What a client says of its own address changes nothing.
        let thief = Client {
            headers: vec![("x-forwarded-for", "203.0.113.9")],
            ..thief.clone()
        };
        checked += u32::from(
            thief
                .sign_in(&format!("ann{i}@example.org"), PASSWORD)
                .await
                .status
                == 401,
        );
    }
    assert_eq!(checked, 4, "a refusal costs three");
    assert_eq!(
        thief
            .from("203.0.113.9")
            .sign_in("ann@example.org", PASSWORD)
            .await
            .status,
        401
    );
    // An IPv6 customer has a whole network to call from.
    let thief = thief.from("[2001:db8:1:2::1]");
    for i in 0..12 {
        thief
            .sign_in(&format!("ann{i}@example.org"), PASSWORD)
            .await;
    }
    assert_eq!(
        thief
            .from("[2001:db8:1:2:a:b:c:d]")
            .sign_in("ann@example.org", PASSWORD)
            .await
            .status,
        429
    );
    assert_eq!(
        thief
            .from("[2001:db8:1:3::1]")
            .sign_in("ann@example.org", PASSWORD)
            .await
            .status,
        401
    );
    // Behind one proxy of our own, the proxy's word counts.
    let behind = Client::at(accounts_with(&app, &[("TRUSTED_PROXIES", "1")]));
    let behind = Client {
        headers: vec![("x-forwarded-for", "6.6.6.6, 203.0.113.200")],
        ..behind
    };
    behind.tokens("proxied@example.org").await;
    let session = app
        .sql("select ip from sessions order by created_at desc limit 1")
        .await;
    assert_eq!(session[0]["ip"], "203.0.113.200");
}

#[tokio::test]
async fn older_hashes_open_the_door_and_are_replaced() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    client
        .sign_up("old@example.org", PASSWORD)
        .await
        .expect(201);
    // The hash of the alphabet among jBCrypt's test vectors.
    app.execute("update users set password_hash = '$2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC'").await;
    assert_eq!(
        client.sign_in("old@example.org", PASSWORD).await.status,
        401
    );
    for _ in 0..2 {
        tokens_of(
            &client
                .sign_in("old@example.org", "abcdefghijklmnopqrstuvwxyz")
                .await,
        );
        let hash = app.sql("select password_hash from users").await[0]["password_hash"].clone();
        assert!(
            hash.as_str()
                .unwrap()
                .starts_with("$argon2id$v=19$m=19456,t=2,p=1$")
        );
    }
    // Neither a damaged hash nor none is a way in, and neither is told from a wrong password.
    for hash in ["'$argon2id$rubbish'", "''", "null"] {
        app.execute(&format!("update users set password_hash = {hash}"))
            .await;
        assert_eq!(
            client.sign_in("old@example.org", PASSWORD).await.status,
            401,
            "{hash}"
        );
    }
}

/// A log that a test can read.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn secrets_reach_neither_the_log_nor_the_database() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    // One for all threads: what a thread's own subscriber sees depends on who logged first.
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let email = "planted.mark@example.org";
    let (access, first) = client.tokens(email).await;
    let (_, second) = tokens_of(&client.refresh(&first).await);
    client.sign_in(email, OTHER_PASSWORD).await;
    client
        .sign_in("planted.stranger@example.org", OTHER_PASSWORD)
        .await;
    client.sign_up(email, "planted").await;
    client
        .call(
            "POST",
            "/api/auth/login",
            "",
            Some(json!({"email": email, "pasword": OTHER_PASSWORD})),
        )
        .await;
    app.clock.advance(Duration::minutes(1));
    client.refresh(&first).await;
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(
        log.contains("/api/auth/login") && log.contains("replayed"),
        "the log itself was read"
    );
    let signature = access.rsplit('.').next().unwrap();
    for secret in [
        PASSWORD,
        OTHER_PASSWORD,
        "planted",
        signature,
        &first[10..],
        &second[10..],
    ] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
    let mut dump = String::new();
    for table in [
        "users",
        "sessions",
        "activities",
        "rate_limits",
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
    assert!(dump.contains(email), "the database itself was read");
    for secret in [
        PASSWORD,
        OTHER_PASSWORD,
        "planted.stranger",
        signature,
        &first[10..],
        &second[10..],
    ] {
        assert!(!dump.contains(secret), "{secret}");
    }
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

#[tokio::test]
async fn a_write_with_a_key_happens_once() {
    let app = TestApp::start().await;
    let alice: Person = app.user("alice").await;
    let send = async |body: &'static str| {
        let request = Request::put("/api/users/me")
            .header("idempotency-key", "one")
            .header(CONTENT_TYPE, "application/json");
        alice
            .send(request.body(body.as_bytes().to_vec()).unwrap())
            .await
    };
    let first = send(r#"{"first_name":"Al"}"#).await;
    let again = send(r#"{"first_name":"Al"}"#).await;
    assert_eq!(
        (first.status, again.status, &again.body),
        (200, 200, &first.body)
    );
    assert_eq!(again.header("idempotent-replay"), "true");
    assert_eq!(send(r#"{"first_name":"Bo"}"#).await.status, 422);
    assert_eq!(alice.get("/api/users/me").await.expect(200)["version"], 2);
}

#[tokio::test]
async fn a_gateway_event_signs_somebody_up() {
    let app = TestApp::start().await;
    let mut function = Adapter::from(accounts_with(&app, &[]));
    let event: LambdaRequest =
        serde_json::from_str(include_str!("../../events/accounts-sign-up.json")).unwrap();
    let response = function
        .call(LambdaEvent::new(event, lambda_http::Context::default()))
        .await
        .unwrap();
    let response = serde_json::to_value(response).unwrap();
    assert_eq!(
        (&response["statusCode"], &response["isBase64Encoded"]),
        (&json!(201), &json!(false))
    );
    assert_eq!(response["headers"]["content-type"], "application/json");
    let body: Value = serde_json::from_str(response["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["email"], "gate@example.org");
    // The gateway's word on where it came from, not the client's.
    let log = app
        .sql("select u.time_zone, a.ip from users u join activities a on a.user_id = u.id")
        .await;
    assert_eq!(
        log,
        [json!({"time_zone": "Europe/Berlin", "ip": "203.0.113.77"})]
    );
}
