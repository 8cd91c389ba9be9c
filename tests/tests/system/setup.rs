//! The step before every deployment: schema, logins, keys, and the answer to CloudFormation.

pub(crate) mod stage;

use serde_json::json;
use stage::{Stage, Surroundings, generation, query};

#[tokio::test(flavor = "multi_thread")]
async fn an_unreachable_database_fails_the_deployment_with_one_reason() {
    let mut around = Surroundings::start().await;
    let setup = around.setup("postgres://owner:hunter2@127.0.0.1:1/sentry");
    let answer = around.ask(&setup, "Create", generation(1)).await;
    assert_eq!(answer["Status"], "FAILED");
    let reason = answer["Reason"].as_str().unwrap();
    assert!(reason.starts_with("the database "), "{reason}");
    assert!(!reason.contains("hunter2"), "{reason}");
    assert!(answer["Data"].is_null());
    assert_eq!(around.kept().await.0, json!({}));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_generation_that_is_none_fails_the_deployment() {
    let mut around = Surroundings::start().await;
    let setup = around.setup("postgres://owner:hunter2@127.0.0.1:1/sentry");
    for wrong in [
        json!({}),
        json!({ "KeyGeneration": "0" }),
        json!({ "KeyGeneration": "two" }),
    ] {
        let answer = around.ask(&setup, "Update", wrong).await;
        assert_eq!(answer["Status"], "FAILED");
        assert!(
            answer["Reason"].as_str().unwrap().contains("KeyGeneration"),
            "{answer}"
        );
    }
    for wrong in [json!({ "type": "sweep.v1" }), json!({}), json!("setup.v1")] {
        setup.handle(wrong).await.unwrap_err();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn deletion_always_succeeds_and_deletes_nothing() {
    let mut around = Surroundings::start().await;
    around.keep(r#"{"key_generation":3}"#).await;
    let before = around.kept().await;
    // The database may be gone already, and the properties may be anything.
    let setup = around.setup("postgres://owner:hunter2@127.0.0.1:1/sentry");
    let answer = around.ask(&setup, "Delete", json!("none")).await;
    assert_eq!(answer["Status"], "SUCCESS");
    assert_eq!(around.kept().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_secret_is_never_replaced() {
    let mut stage = Stage::start().await;
    stage.around.keep("hunter2").await;
    let answer = stage
        .around
        .ask(&stage.setup, "Update", generation(1))
        .await;
    assert_eq!(answer["Status"], "FAILED");
    let reason = answer["Reason"].as_str().unwrap();
    assert!(
        reason.contains("damaged") && !reason.contains("hunter2"),
        "{reason}"
    );
    assert_eq!(stage.around.kept().await.0, "hunter2");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_run_makes_everything_and_the_next_nothing() {
    let mut stage = Stage::start().await;
    let made = stage.create("Create", 1).await;
    let (kept, version) = stage.around.kept().await;
    assert_eq!(made["KeysVersion"], version);
    assert_eq!(made["KeyGeneration"], "1");
    assert_eq!(made["TokenPublicKey"], kept["token_public_key"]);
    assert_eq!(made["TokenPreviousPublicKey"], "");
    assert_eq!(made["DatabaseLogins"], "own");
    // Nothing in the answer is secret.
    let told = made.to_string();
    for (name, value) in kept.as_object().unwrap() {
        // Numbers and flags are none, and what is only there after a replacement is empty.
        let text = value.as_str().filter(|text| !text.is_empty());
        let is_public = name.ends_with("public_key");
        assert!(
            is_public || text.is_none_or(|text| !told.contains(text)),
            "{name} is told"
        );
    }

    // Each of these may come twice, and by hand as well.
    assert_eq!(stage.create("Create", 1).await, made);
    assert_eq!(stage.create("Update", 1).await, made);
    let by_hand = stage
        .setup
        .handle(json!({ "type": "setup.v1" }))
        .await
        .unwrap();
    assert_eq!(by_hand, made);
    assert_eq!(stage.around.kept().await, (kept, version));
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_template_refers_to_is_there() {
    let mut stage = Stage::start().await;
    let made = stage.create("Create", 1).await;
    let (kept, _) = stage.around.kept().await;
    let template = include_str!("../../../infra/template.yaml");
    let mut fields = 0;
    for rest in template.split(":SecretString:").skip(1) {
        let (field, rest) = rest.split_once(':').unwrap();
        // Pinned to the version that setup names, so that a new one changes the reference.
        assert!(rest.starts_with(":${Setup.KeysVersion}}}"), "{field}");
        assert!(
            kept[field].as_str().is_some_and(|value| !value.is_empty()),
            "{field}"
        );
        fields += 1;
    }
    assert!(fields > 20);
    for rest in template.split("!GetAtt Setup.").skip(1) {
        let name: String = rest
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        assert!(made[&name].is_string(), "{name}");
    }
    for field in ["http_database_url", "jobs_database_url"] {
        let url = kept[field].as_str().unwrap();
        assert_eq!(query(url, "select 'in'").await.unwrap(), ["in"], "{field}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_replaced_once_per_generation_and_do_not_go_back() {
    let mut stage = Stage::start().await;
    stage.create("Create", 1).await;
    let (first, _) = stage.around.kept().await;
    let made = stage.create("Update", 2).await;
    let (second, version) = stage.around.kept().await;
    assert_eq!(
        (&made["KeyGeneration"], &made["KeysVersion"]),
        (&json!("2"), &json!(version))
    );
    for (present, previous) in [
        ("token_public_key", "token_previous_public_key"),
        ("token_refresh_key", "token_previous_refresh_key"),
        ("data_key", "previous_data_key"),
    ] {
        assert_eq!(second[previous], first[present]);
        assert_ne!(second[present], first[present]);
    }
    assert_eq!(made["TokenPreviousPublicKey"], first["token_public_key"]);
    for lasting in ["token_code_key", "service_token_key"] {
        assert_eq!(second[lasting], first[lasting], "{lasting}");
    }
    // Functions that are not deployed anew yet go on with the logins of before.
    for field in ["http_database_url", "jobs_database_url"] {
        assert_ne!(second[field], first[field], "{field}");
        for kept in [&first, &second] {
            let url = kept[field].as_str().unwrap();
            assert_eq!(query(url, "select 'in'").await.unwrap(), ["in"], "{field}");
        }
    }

    // The same again, and a rollback to the template before: it must not fail, and changes nothing.
    assert_eq!(stage.create("Update", 2).await, made);
    assert_eq!(stage.create("Update", 1).await, made);
    // A person is told.
    let back = json!({ "type": "setup.v1", "key_generation": 1 });
    let error = stage.setup.handle(back).await.unwrap_err();
    assert!(error.to_string().contains("do not go back to 1"), "{error}");
    assert_eq!(stage.around.kept().await, (second, version));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_data_key_that_is_still_needed_is_not_pushed_out() {
    let mut stage = Stage::start().await;
    stage.create("Create", 1).await;
    stage.create("Update", 2).await;
    let before = stage.around.kept().await;
    stage
        .owner(
            "with person as (insert into users (email) values ('waits@example.org') returning id)
             insert into data_keys (user_id, wrapped, key_id) select id, 'x', 'the one before' from person",
        )
        .await;
    let answer = stage
        .around
        .ask(&stage.setup, "Update", generation(3))
        .await;
    assert_eq!(answer["Status"], "FAILED");
    assert!(
        answer["Reason"]
            .as_str()
            .unwrap()
            .contains("let the sweep run"),
        "{answer}"
    );
    assert_eq!(stage.around.kept().await, before);
    // A deployment without new keys goes through.
    stage.create("Update", 2).await;

    stage.owner("delete from data_keys").await;
    assert_eq!(stage.create("Update", 3).await["KeyGeneration"], "3");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_crash_left_half_done_heals() {
    let mut stage = Stage::start().await;
    let made = stage.create("Create", 1).await;
    let (kept, _) = stage.around.kept().await;
    // The secret was written, the logins were not; or a snapshot of before was restored.
    stage
        .owner(
            "drop owned by sentry_http; alter role sentry_http with nologin inherit password null;
             alter role sentry_jobs with nologin; revoke sentry_app from sentry_jobs; grant sentry_auth to sentry_jobs",
        )
        .await;
    assert_eq!(stage.create("Update", 1).await, made);
    for field in ["http_database_url", "jobs_database_url"] {
        let url = kept[field].as_str().unwrap();
        assert_eq!(query(url, "select 'in'").await.unwrap(), ["in"], "{field}");
    }
    assert_eq!(
        stage.owner(MEMBERS).await,
        [
            "sentry_http of sentry_app",
            "sentry_http of sentry_auth",
            "sentry_jobs of sentry_app",
            "sentry_jobs of sentry_worker"
        ]
    );
}

const MEMBERS: &str = "
    select member.rolname || ' of ' || role.rolname
    from pg_auth_members link join pg_roles member on member.oid = link.member join pg_roles role on role.oid = link.roleid
    where member.rolname in ('sentry_http', 'sentry_jobs') order by 1";

#[tokio::test(flavor = "multi_thread")]
async fn a_login_has_no_right_but_to_become_its_roles() {
    let mut stage = Stage::start().await;
    stage.create("Create", 1).await;
    let more = "select rolname::text from pg_roles where rolname in ('sentry_http', 'sentry_jobs')
                and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls or rolinherit)";
    assert_eq!(stage.owner(more).await, Vec::<String>::new());
    let owned = "select relname::text from pg_class where relowner in
                 (select oid from pg_roles where rolname in ('sentry_http', 'sentry_jobs'))";
    assert_eq!(stage.owner(owned).await, Vec::<String>::new());
    // What is granted to them by name, on tables: the outbox alone.
    let granted = "select distinct grantee || ' ' || privilege_type || ' ' || table_name from information_schema.table_privileges
                   where grantee in ('sentry_http', 'sentry_jobs') order by 1";
    assert_eq!(
        stage.owner(granted).await,
        [
            "sentry_http SELECT outbox",
            "sentry_http UPDATE outbox",
            "sentry_jobs SELECT outbox",
            "sentry_jobs UPDATE outbox"
        ]
    );
    let (kept, _) = stage.around.kept().await;
    let url = |field: &str| kept[field].as_str().unwrap().to_owned();
    // Where the server tells one login from another, which the embedded one may not.
    if query(&url("http_database_url"), "select session_user::text")
        .await
        .unwrap()
        != ["sentry_http"]
    {
        return;
    }
    for (field, forbidden) in [
        ("http_database_url", "select count(*)::text from users"),
        ("http_database_url", "set role sentry_worker; select ''"),
        ("http_database_url", "select sentry.enter_worker(1)::text"),
        ("http_database_url", "create table more (id int); select ''"),
        ("jobs_database_url", "select count(*)::text from users"),
        ("jobs_database_url", "set role sentry_auth; select ''"),
        ("jobs_database_url", "delete from outbox; select ''"),
    ] {
        let error = query(&url(field), forbidden).await.unwrap_err();
        assert!(error.contains("permission denied"), "{forbidden}: {error}");
    }
    for (field, allowed) in [
        (
            "http_database_url",
            "begin; set local role sentry_auth; select count(*)::text from users; rollback",
        ),
        (
            "jobs_database_url",
            "begin; set local role sentry_worker; select count(*)::text from users; rollback",
        ),
    ] {
        query(&url(field), allowed).await.unwrap();
    }
}
