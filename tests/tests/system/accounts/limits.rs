//! How often a stranger may try.

use super::client::{Client, OTHER_PASSWORD, PASSWORD, accounts_with, tokens_of};
use chrono::Duration;
use futures_util::future::join_all;
use sentry_tests::TestApp;

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
