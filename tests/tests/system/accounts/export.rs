//! Everything the system holds about a person: given to them, and gone with them.

use super::client::{Client, OTHER_PASSWORD, PASSWORD, tokens_of};
use super::second_factor::with_totp;
use chrono::Duration;
use sentry_tests::TestApp;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// Every table that refers to `users`, by the column that does, from the catalogue.
async fn owner_columns(app: &TestApp) -> Vec<(String, String)> {
    let rows = app
        .sql(
            "select c.conrelid::regclass::text as name, a.attname::text as col
             from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
             where c.contype = 'f' and c.confrelid = 'users'::regclass order by 1, 2",
        )
        .await;
    let text = |row: &Value, field: &str| row[field].as_str().unwrap().to_owned();
    rows.iter()
        .map(|row| (text(row, "name"), text(row, "col")))
        .collect()
}

/// A person with something in as many places as can be reached.
async fn lived_in(app: &TestApp, client: &Client, email: &str) -> (String, Value) {
    let (access, _, _) = with_totp(app, client, email).await;
    let call = async |path: &str, body: Value| client.call("POST", path, &access, Some(body)).await;
    call("/api/tasks", json!({"title": "Planted task of hers"}))
        .await
        .expect(201);
    call(
        "/api/tasks/extract/text",
        json!({"text": "- [ ] Send the planted report by Friday"}),
    )
    .await
    .expect(202);
    let announced = json!({"filename": "planted.txt", "mime_type": "text/plain", "size_bytes": 12});
    call("/api/uploads", announced).await;
    for note in ["Planted words of her day", "Planted words that are damaged"] {
        let kept = call("/api/check-ins", json!({"note": note})).await;
        kept.expect(201);
    }
    app.drain().await;
    call("/api/burnout/analyze-auto/me?store_history=true", json!({})).await;
    let id = client.me(&access).await.expect(200)["id"].clone();
    (access, id)
}

async fn fetch(url: &str) -> Vec<u8> {
    let answer = reqwest::get(url).await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.status());
    assert!(
        answer.headers()["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("attachment")
    );
    answer.bytes().await.unwrap().to_vec()
}

fn unpacked(archive: Vec<u8>) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    (0..zip.len())
        .map(|index| {
            let mut file = zip.by_index(index).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

#[tokio::test]
async fn a_person_gets_everything_that_is_theirs_and_nothing_else() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (access, _) = lived_in(&app, &client, "ann@example.org").await;
    let (bob, _) = client.tokens("bob@example.org").await;
    client
        .call(
            "POST",
            "/api/tasks",
            &bob,
            Some(json!({"title": "His alone"})),
        )
        .await
        .expect(201);
    // What has been damaged is missing, and takes nothing else with it.
    app.execute(
        "update qualitative_data set sealed = '\\x01' where id = (select id from qualitative_data order by length(sealed) desc limit 1)",
    )
    .await;
    let get = async || {
        client
            .call("GET", "/api/users/me/export", &access, None)
            .await
    };
    assert_eq!(get().await.status, 404);
    let ask = async || {
        client
            .call("POST", "/api/users/me/export", &access, Some(json!({})))
            .await
    };
    let asked = ask().await;
    assert_eq!(
        (asked.status, &asked.body["status"]),
        (202, &json!("pending"))
    );
    let twice = ask().await;
    assert_eq!((twice.status, twice.code()), (409, "export_under_way"));
    app.drain().await;
    app.letter("ann@example.org", "data is ready").await;
    let ready = get().await.expect(200);
    assert_eq!(ready["status"], "ready");
    let archive = fetch(ready["download_url"].as_str().unwrap()).await;
    let mark = String::from_utf8_lossy(&archive).into_owned();
    assert_eq!(json!(archive.len()), ready["size_bytes"]);
    let files = unpacked(archive);
    let all: String = files.values().cloned().collect();
    for hers in [
        "ann@example.org",
        "Planted task of hers",
        "Send the planted report",
        "Planted words of her day",
        "signed_in",
    ] {
        assert!(all.contains(hers), "{hers}");
    }
    let texts: Value = serde_json::from_str(&files["data/qualitative_data.json"]).unwrap();
    let texts = texts.as_array().unwrap();
    assert_eq!(
        texts.iter().filter(|row| row["content"].is_null()).count(),
        1
    );
    for other in ["bob@example.org", "His alone", "argon2", PASSWORD] {
        assert!(!all.contains(other) && !mark.contains(other), "{other}");
    }
    for (table, _) in owner_columns(&app).await {
        let rows: Value = serde_json::from_str(&files[&format!("data/{table}.json")]).unwrap();
        let held = app
            .sql(&format!(
                "select count(*) as n from {table} where user_id = {}",
                client.me(&access).await.expect(200)["id"]
            ))
            .await;
        if table != "outbox"
            && table != "mails"
            && table != "exports"
            && table != "activities"
            && table != "rate_limits"
        {
            assert_eq!(
                json!(rows.as_array().unwrap().len()),
                held[0]["n"],
                "{table}"
            );
        }
    }
    // What opens doors is not in it.
    for column in [
        "password_hash",
        "refresh_hash",
        "\"secret\"",
        "wrapped",
        "code_hash",
        "token_hash",
        "salt",
    ] {
        assert!(!all.contains(column), "{column}");
    }
    // Only its owner can fetch it, and not for ever.
    assert_eq!(
        client
            .call("GET", "/api/users/me/export", &bob, None)
            .await
            .status,
        404
    );
    app.clock.advance(Duration::days(7));
    let (again, _) = tokens_of(&client.sign_in("bob@example.org", PASSWORD).await);
    client.me(&again).await.expect(200);
    assert_eq!(app.functions.sweep().run().await.done["exports"], 1);
    let left = app.functions.storage().list_all("users/").await.unwrap();
    assert!(
        !left.iter().any(|key| key.contains("/exports/")),
        "{left:?}"
    );
}

#[tokio::test]
async fn nothing_is_left_of_somebody_who_leaves() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (access, id) = lived_in(&app, &client, "ann@example.org").await;
    let (bob, _) = client.tokens("bob@example.org").await;
    client
        .call(
            "POST",
            "/api/tasks/extract/text",
            &bob,
            Some(json!({"text": "- [ ] His by Friday"})),
        )
        .await
        .expect(202);
    client
        .call("POST", "/api/users/me/export", &access, Some(json!({})))
        .await
        .expect(202);
    client
        .call(
            "POST",
            "/api/auth/forgot-password",
            "",
            Some(json!({"email": "ann@example.org"})),
        )
        .await
        .expect(202);
    app.drain().await;
    // An object that no row knows of.
    let stray = format!("users/{id}/uploads/999/stray.txt");
    app.functions
        .storage()
        .put(&stray, "text/plain", "planted".into())
        .await
        .unwrap();
    let columns = owner_columns(&app).await;
    assert!(columns.len() >= 18, "{columns:?}");
    let count = async |(table, column): &(String, String)| {
        app.sql(&format!(
            "select count(*) as n from {table} where {column} = {id}"
        ))
        .await[0]["n"]
            .as_i64()
            .unwrap()
    };
    let mut filled = Vec::new();
    for place in &columns {
        if count(place).await > 0 {
            filled.push(place.0.clone());
        }
    }
    assert!(
        filled.len() >= 11,
        "little was there to be deleted: {filled:?}"
    );
    assert!(
        app.functions
            .storage()
            .list_all(&format!("users/{id}/"))
            .await
            .unwrap()
            .len()
            >= 2
    );

    // With a second factor, that one is asked for.
    let bare = client
        .call("DELETE", "/api/users/me", &access, Some(json!({})))
        .await;
    assert_eq!((bare.status, bare.code()), (403, "password_required"));
    app.execute(&format!("delete from totp where user_id = {id}"))
        .await;
    assert_eq!(
        client
            .call("DELETE", "/api/users/me", &access, None)
            .await
            .status,
        204
    );
    assert_eq!(client.me(&access).await.status, 401);
    assert_eq!(
        client
            .sign_in("ann@example.org", OTHER_PASSWORD)
            .await
            .status,
        401
    );
    app.drain().await;
    app.clock.advance(Duration::hours(2));
    for _ in 0..3 {
        let report = app.functions.sweep().run().await;
        assert!(report.failed.is_empty(), "{report:?}");
    }
    for place in &columns {
        assert_eq!(count(place).await, 0, "{place:?}");
    }
    assert_eq!(
        app.sql(&format!("select * from users where id = {id}"))
            .await,
        [] as [Value; 0]
    );
    let left = app
        .functions
        .storage()
        .list_all(&format!("users/{id}/"))
        .await
        .unwrap();
    assert_eq!(left, [] as [String; 0]);
    // Nor anywhere else in the database.
    let tables = app
        .sql("select tablename::text as name from pg_tables where schemaname = 'public'")
        .await;
    for table in tables {
        let table = table["name"].as_str().unwrap();
        let dump = app.sql(&format!("select * from {table}")).await;
        let dump = Value::from(dump).to_string();
        assert!(
            !dump.contains("ann@example.org") && !dump.contains("planted"),
            "{table}: {dump}"
        );
    }
    let his = client.call("GET", "/api/tasks", &bob, None).await;
    assert!(his.status == 200 || his.status == 401);
    tokens_of(&client.sign_in("bob@example.org", PASSWORD).await);
}
