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
    /// The same database without the proxy.
    direct: String,
    /// The server, and the database's name there.
    server: String,
    name: String,
}

impl Proxy {
    /// Before a database of its own on this server.
    async fn before(server: String) -> Self {
        let name = format!("sentry_faults_{}", std::process::id());
        run(&server, &format!("drop database if exists {name}")).await;
        run(&server, &format!("create database {name}")).await;
        let mut url = reqwest::Url::parse(&server).unwrap();
        let database = url.socket_addrs(|| Some(5432)).unwrap()[0];
        url.set_path(&name);
        let direct = url.to_string();
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
            server,
            name,
        }
    }

    /// The database, by way of the proxy.
    fn url(&self) -> String {
        let mut url = reqwest::Url::parse(&self.direct).unwrap();
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(self.address.port())).unwrap();
        url.into()
    }

    /// Lets the leases end of workers whose connection broke before they could say how far they came.
    async fn time_passes(&self) {
        let aged = "update uploads set started_at = started_at - interval '1 hour'
                    where processing_status = 'processing'";
        run(&self.direct, aged).await;
    }

    async fn end(&self) {
        run(
            &self.server,
            &format!("drop database {} with (force)", self.name),
        )
        .await;
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

/// Runs one statement over a connection of its own.
async fn run(url: &str, statement: &str) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let statement = AssertSqlSafe(statement.to_owned());
    sqlx::raw_sql(statement)
        .execute(&mut connection)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fifth_of_all_calls_may_fail() {
    // The embedded database is reached over no network that could fail.
    let proxy = match std::env::var("TEST_DATABASE_URL") {
        Ok(server) => Some(Proxy::before(server).await),
        Err(_) => None,
    };
    let home = tempfile::tempdir().unwrap();
    let system = System::start(Options {
        data_dir: Some(home.path().join("data")),
        port: 0,
        aws_port: 0,
        database_url: proxy.as_ref().map(Proxy::url),
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
        if let Some(proxy) = &proxy {
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
    if let Some(proxy) = &proxy {
        proxy.time_passes().await;
    }

    finished(&person, &uploads).await;
    let wanted: BTreeMap<String, i32> = (0..UPLOADS).map(|number| (task(number), 1)).collect();
    assert_eq!(titles(&person).await, wanted, "each task once");
    system.stop().await.unwrap();
    if let Some(proxy) = &proxy {
        proxy.end().await;
    }
}
