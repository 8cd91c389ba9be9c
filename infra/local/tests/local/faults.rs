//! Twenty in a hundred calls to S3 and SQS fail, and the database slows, refuses and breaks off,
//! while files go in: nothing is lost, nothing is there twice, and nobody has to help.

use crate::chain::{finished, task, titles};
use crate::program::signed_up;
use awsim_chaos::{
    ChaosEffect, ChaosRule, ErrorEffect, LatencyEffect, OperationMatch, ServiceMatch,
};
use reqwest::Method;
use sentry_local::system::{Options, System};
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

const UPLOADS: usize = 100;
/// Clients at once.
const CLIENTS: usize = 4;

/// Stands before a database and, while it is `moody`, refuses every fifth connection, keeps each
/// waiting and breaks it off after a while.
struct Proxy {
    address: SocketAddr,
    moody: Arc<AtomicBool>,
    direct: String,
}

impl Proxy {
    async fn before(database: SocketAddr, direct: String) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let moody = Arc::new(AtomicBool::new(false));
        let mood = Arc::clone(&moody);
        tokio::spawn(async move {
            let count = AtomicU32::new(0);
            while let Ok((client, _)) = listener.accept().await {
                let number = count.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(carry(client, database, number, Arc::clone(&mood)));
            }
        });
        Self {
            address,
            moody,
            direct,
        }
    }

    /// Lets the leases end of workers whose connection broke before they could say how far they came.
    async fn time_passes(&self) {
        let mut connection = PgConnection::connect(&self.direct).await.unwrap();
        let aged = "update uploads set started_at = started_at - interval '1 hour'
                    where processing_status = 'processing'";
        sqlx::raw_sql(aged).execute(&mut connection).await.unwrap();
    }
}

async fn carry(mut client: TcpStream, database: SocketAddr, number: u32, moody: Arc<AtomicBool>) {
    if moody.load(Ordering::Relaxed) {
        if number.is_multiple_of(5) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(u64::from(number % 7) * 20)).await;
    }
    let Ok(mut server) = TcpStream::connect(database).await else {
        return;
    };
    let patience = Duration::from_millis(300 + u64::from(number % 11) * 150);
    let tired = async {
        loop {
            tokio::time::sleep(patience).await;
            if moody.load(Ordering::Relaxed) {
                return;
            }
        }
    };
    tokio::select! {
        _ = copy_bidirectional(&mut client, &mut server) => {}
        () = tired => {}
    }
}

/// A fifth of the calls to `service` fail with what it answers when it has too much to do.
fn failing(service: &str, code: &str) -> ChaosRule {
    ChaosRule {
        id: service.to_owned(),
        service: ServiceMatch::Exact(service.to_owned()),
        operation: OperationMatch::Any,
        probability: 0.2,
        effect: ChaosEffect::Both {
            latency: LatencyEffect {
                min_ms: 0,
                max_ms: 30,
            },
            error: ErrorEffect {
                status: 503,
                code: code.to_owned(),
                message: "too much to do".to_owned(),
                retry_after_secs: None,
            },
        },
        enabled: true,
        label: None,
        created_at: 0,
        injection_count: 0,
        schedule: None,
    }
}

/// A database of its own on the server that `TEST_DATABASE_URL` names, behind a proxy.
async fn database() -> Option<(String, Proxy)> {
    let server = std::env::var("TEST_DATABASE_URL").ok()?;
    let name = format!("sentry_faults_{}", std::process::id());
    let mut connection = PgConnection::connect(&server).await.unwrap();
    for statement in ["drop database if exists", "create database"] {
        sqlx::raw_sql(AssertSqlSafe(format!("{statement} {name}")))
            .execute(&mut connection)
            .await
            .unwrap();
    }
    let mut url = reqwest::Url::parse(&server).unwrap();
    let place = url.socket_addrs(|| Some(5432)).unwrap()[0];
    url.set_path(&name);
    let proxy = Proxy::before(place, url.to_string()).await;
    url.set_host(Some("127.0.0.1")).unwrap();
    url.set_port(Some(proxy.address.port())).unwrap();
    Some((url.into(), proxy))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fifth_of_all_calls_may_fail() {
    let database = database().await;
    let home = tempfile::tempdir().unwrap();
    let system = System::start(Options {
        data_dir: Some(home.path().join("data")),
        port: 0,
        aws_port: 0,
        database_url: database.as_ref().map(|(url, _)| url.clone()),
        aws_endpoint_url: None,
        invoke: None,
    })
    .await
    .unwrap();
    let person = signed_up(format!("http://{}", system.address)).await;

    let faults = system.aws().unwrap().faults();
    faults.add_rule(failing("s3", "SlowDown"));
    faults.add_rule(failing("sqs", "ServiceUnavailable"));
    let moody = |is| {
        if let Some((_, proxy)) = &database {
            proxy.moody.store(is, Ordering::Relaxed);
        }
    };
    moody(true);
    let mut clients = JoinSet::new();
    for first in 0..CLIENTS {
        let client = person.clone();
        clients.spawn(async move {
            let mut ids = Vec::new();
            for number in (first..UPLOADS).step_by(CLIENTS) {
                let text = json!({ "text": format!("- [ ] {}\n", task(number)) });
                let key = format!("upload-{number}");
                let made = client
                    .call(Method::POST, "/api/tasks/extract/text", Some(&text), &key)
                    .await;
                ids.push(made["upload_id"].as_i64().unwrap());
            }
            ids
        });
    }
    let uploads: Vec<i64> = clients.join_all().await.into_iter().flatten().collect();
    let injected: u64 = faults.rules().iter().map(|rule| rule.injection_count).sum();
    assert!(injected > 5, "only {injected} calls have failed");
    faults.clear();
    moody(false);
    if let Some((_, proxy)) = &database {
        proxy.time_passes().await;
    }

    finished(&person, &uploads).await;
    let wanted: BTreeMap<String, i32> = (0..UPLOADS).map(|number| (task(number), 1)).collect();
    assert_eq!(titles(&person).await, wanted, "each task once");
    system.stop().await.unwrap();
}
