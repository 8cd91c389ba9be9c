//! The embedded database, used as pools, impatient people and broken clients use it.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use sentry_local::database::{Database, Embedded};
use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::{Connection, PgConnection, Row};

async fn embedded() -> Embedded {
    tokio::task::spawn_blocking(Embedded::temporary)
        .await
        .unwrap()
        .unwrap()
}

async fn pool(url: &str) -> PgPool {
    PgPoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect(url)
        .await
        .unwrap()
}

/// The address in a URL like `postgresql://postgres@127.0.0.1:1234/..`.
fn address(url: &str) -> String {
    url.split(['@', '/'])
        .find(|part| part.contains(':') && part.contains('.'))
        .unwrap()
        .to_owned()
}

async fn one(url: &str) -> i32 {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let one = sqlx::query_scalar("select 1")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    one
}

#[tokio::test]
async fn it_is_postgres_with_vectors() {
    let database = embedded().await;
    let pool = pool(database.url()).await;
    let row = sqlx::query("select '[1,2]'::vector <-> '[1,4]'::vector, '[1,2]'::halfvec::text, current_setting('server_version_num')::int4")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert!((row.get::<f64, _>(0) - 2.0).abs() < f64::EPSILON);
    assert_eq!(row.get::<String, _>(1), "[1,2]");
    assert!(row.get::<i32, _>(2) >= 170_000);
    pool.close().await;
    tokio::task::spawn_blocking(|| database.stop())
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn two_databases_share_nothing() {
    let (first, second) = (embedded().await, embedded().await);
    let (a, b) = (pool(first.url()).await, pool(second.url()).await);
    sqlx::query("create table only_here (id int)")
        .execute(&a)
        .await
        .unwrap();
    assert!(
        sqlx::query("select * from only_here")
            .execute(&b)
            .await
            .is_err()
    );
    a.close().await;
    b.close().await;
}

#[tokio::test]
async fn a_second_client_is_told_instead_of_waiting_for_ever() {
    let database = embedded().await;
    let pool = pool(database.url()).await;
    let error = PgConnection::connect(database.url()).await.unwrap_err();
    let error = error
        .as_database_error()
        .expect("an answer from the database");
    assert_eq!(error.code().as_deref(), Some("53300"));
    assert!(error.message().contains("DATABASE_URL"));
    assert_eq!(
        sqlx::query_scalar::<_, i32>("select 1")
            .fetch_one(&pool)
            .await
            .unwrap(),
        1
    );
    pool.close().await;
    assert_eq!(one(database.url()).await, 1);
}

#[tokio::test]
async fn a_client_waits_its_turn() {
    let database = embedded().await;
    let first = pool(database.url()).await;
    let url = database.url().to_owned();
    let second = tokio::spawn(async move { one(&url).await });
    tokio::time::sleep(Duration::from_millis(300)).await;
    first.close().await;
    assert_eq!(second.await.unwrap(), 1);
}

#[tokio::test]
async fn broken_clients_do_not_end_the_database() {
    let database = embedded().await;
    let address = address(database.url());
    // Speaks another language.
    let mut browser = TcpStream::connect(&address).unwrap();
    browser
        .write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .unwrap();
    drop(browser);
    // Says nothing and leaves.
    drop(TcpStream::connect(&address).unwrap());
    // Introduces itself, asks for a lot and leaves without reading.
    for _ in 0..3 {
        let mut rude = TcpStream::connect(&address).unwrap();
        let startup = b"\0\x03\0\0user\0postgres\0database\0template1\0\0";
        rude.write_all(&u32::try_from(startup.len() + 4).unwrap().to_be_bytes())
            .unwrap();
        rude.write_all(startup).unwrap();
        rude.read_exact(&mut [0; 1]).unwrap();
        let query = b"select repeat('x', 1000), * from generate_series(1, 50000)\0";
        rude.write_all(b"Q").unwrap();
        rude.write_all(&u32::try_from(query.len() + 4).unwrap().to_be_bytes())
            .unwrap();
        rude.write_all(query).unwrap();
        rude.shutdown(Shutdown::Both).unwrap();
    }
    assert_eq!(one(database.url()).await, 1);
}

#[tokio::test]
async fn a_server_that_died_comes_back_with_what_was_committed() {
    let home = tempfile::tempdir().unwrap();
    let database = Database::open(None, home.path()).await.unwrap();
    let mut connection = PgConnection::connect(database.url()).await.unwrap();
    sqlx::query("create table lines as select 'committed' as line")
        .execute(&mut connection)
        .await
        .unwrap();
    // A failing COPY is known to end the server inside.
    let mut copy = connection
        .copy_in_raw("copy lines from stdin")
        .await
        .unwrap();
    copy.send(&b"lost\n"[..]).await.unwrap();
    copy.abort("on purpose").await.ok();
    drop(connection);
    let mut connection = PgConnection::connect(database.url()).await.unwrap();
    let lines: Vec<String> = sqlx::query_scalar("select line from lines")
        .fetch_all(&mut connection)
        .await
        .unwrap();
    assert_eq!(lines, ["committed"]);
}

#[tokio::test]
async fn a_dropped_query_leaves_the_pool_usable() {
    let database = embedded().await;
    let pool = pool(database.url()).await;
    for _ in 0..3 {
        let slow = sqlx::query("select pg_sleep(0.3)").execute(&pool);
        assert!(
            tokio::time::timeout(Duration::from_millis(20), slow)
                .await
                .is_err()
        );
        assert_eq!(
            sqlx::query_scalar::<_, i32>("select 1")
                .fetch_one(&pool)
                .await
                .unwrap(),
            1
        );
    }
    pool.close().await;
}

#[tokio::test]
async fn an_aborted_transaction_is_gone_for_the_next_client() {
    let database = embedded().await;
    let mut connection = PgConnection::connect(database.url()).await.unwrap();
    sqlx::query("create table rows (id int)")
        .execute(&mut connection)
        .await
        .unwrap();
    sqlx::query("begin").execute(&mut connection).await.unwrap();
    sqlx::query("insert into rows values (1)")
        .execute(&mut connection)
        .await
        .unwrap();
    sqlx::query("set role pg_read_all_data")
        .execute(&mut connection)
        .await
        .unwrap();
    drop(connection);
    let mut connection = PgConnection::connect(database.url()).await.unwrap();
    let row = sqlx::query("select (select count(*) from rows), current_user::text")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(
        (row.get::<i64, _>(0), row.get::<String, _>(1)),
        (0, "postgres".to_owned())
    );
}

/// On one thread and with an open pool: the server inside would wait for ever.
#[tokio::test(flavor = "current_thread")]
async fn it_stops_while_a_client_is_connected() {
    let database = embedded().await;
    let pool = PgPoolOptions::new()
        .acquire_timeout(Duration::from_secs(1))
        .connect(database.url())
        .await
        .unwrap();
    let began = Instant::now();
    drop(database);
    assert!(began.elapsed() < Duration::from_secs(5));
    assert!(sqlx::query("select 1").execute(&pool).await.is_err());
}

#[tokio::test]
async fn a_persistent_one_keeps_its_rows_and_its_folder_to_itself() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("postgres");
    for round in 0..3_i64 {
        let database = Database::open(None, &folder).await.unwrap();
        assert_eq!(database.most_connections(), Some(1));
        let pool = pool(database.url()).await;
        sqlx::query("create table if not exists rounds (round bigint)")
            .execute(&pool)
            .await
            .unwrap();
        let kept: i64 = sqlx::query_scalar("select count(*) from rounds")
            .fetch_one(&pool)
            .await
            .unwrap();
        assert_eq!(kept, round);
        sqlx::query("insert into rounds values ($1)")
            .bind(round)
            .execute(&pool)
            .await
            .unwrap();
        let error = Database::open(None, &folder).await.unwrap_err();
        assert!(format!("{error:#}").contains("in use"), "{error:#}");
        pool.close().await;
        database.stop().await.unwrap();
    }
}
