//! Signing in.

use super::client::{Client, PASSWORD, tokens_of};
use sentry_tests::TestApp;
use serde_json::json;

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
