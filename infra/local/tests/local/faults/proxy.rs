//! A database on its bad days: a proxy that understands as much of the protocol as is needed to fail at the worst moments.
//!
//! <https://www.postgresql.org/docs/current/protocol-message-formats.html>

use sentry_local::database::Embedded;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::OwnedReadHalf;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Of so many connections and transactions one meets a fault.
const ONE_IN: u32 = 5;
/// What a client asks first, to be told that there is no encryption.
const NEGOTIATIONS: [[u8; 4]; 2] = [80_877_103_u32.to_be_bytes(), 80_877_104_u32.to_be_bytes()];

/// Names of databases, one per proxy.
static NEXT: AtomicU32 = AtomicU32::new(1);

/// Stands before a database of its own.
pub struct Proxy {
    address: SocketAddr,
    mood: Arc<Mood>,
    /// The same database without the proxy.
    direct: String,
    home: Home,
}

/// Where the database is.
enum Home {
    /// In this process.
    Here(Embedded),
    /// On this server, under this name.
    Server(String, String),
}

/// What befalls the clients.
struct Mood {
    /// A fifth of all fails.
    moody: AtomicBool,
    /// Nobody listens, and nobody is connected.
    open: watch::Sender<bool>,
    connections: AtomicU32,
    transactions: AtomicU32,
    failed: AtomicU32,
}

/// What happens to one transaction.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Fine,
    /// The connection breaks before it begins, at its first statement, or before it is committed.
    BreaksAtBegin,
    BreaksInside,
    BreaksAtCommit,
    /// It is committed, and the answer is lost.
    AnswerLost,
}

impl Mood {
    /// What is to happen to the next transaction. Every fifth meets with something, of each kind as often.
    fn next(&self) -> Fate {
        if !self.moody.load(Ordering::Relaxed) {
            return Fate::Fine;
        }
        let number = self.transactions.fetch_add(1, Ordering::Relaxed);
        if !number.is_multiple_of(ONE_IN) {
            return Fate::Fine;
        }
        self.failed.fetch_add(1, Ordering::Relaxed);
        match number / ONE_IN % 4 {
            0 => Fate::BreaksAtBegin,
            1 => Fate::BreaksInside,
            2 => Fate::BreaksAtCommit,
            _ => Fate::AnswerLost,
        }
    }
}

impl Proxy {
    /// Before a new database on the server of `TEST_DATABASE_URL`, or before an embedded one.
    pub async fn start() -> Self {
        let (direct, home) = if let Ok(server) = std::env::var("TEST_DATABASE_URL") {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let name = format!("sentry_faults_{}_{number}", std::process::id());
            run(&server, &format!("drop database if exists {name}")).await;
            run(&server, &format!("create database {name}")).await;
            let mut url = reqwest::Url::parse(&server).unwrap();
            url.set_path(&name);
            (url.to_string(), Home::Server(server, name))
        } else {
            let embedded = tokio::task::spawn_blocking(Embedded::temporary).await;
            let embedded = embedded.unwrap().unwrap();
            (embedded.url().to_owned(), Home::Here(embedded))
        };
        let url = reqwest::Url::parse(&direct).unwrap();
        let database = url.socket_addrs(|| Some(5432)).unwrap()[0];
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let mood = Arc::new(Mood {
            moody: AtomicBool::new(false),
            open: watch::Sender::new(true),
            connections: AtomicU32::new(0),
            transactions: AtomicU32::new(0),
            failed: AtomicU32::new(0),
        });
        tokio::spawn(listen(listener, database, Arc::clone(&mood)));
        Self {
            address,
            mood,
            direct,
            home,
        }
    }

    /// The database, by way of the proxy.
    pub fn url(&self) -> String {
        let mut url = reqwest::Url::parse(&self.direct).unwrap();
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(self.address.port())).unwrap();
        url.into()
    }

    /// How many clients the database serves at once.
    pub const fn connections(&self) -> u32 {
        match self.home {
            Home::Here(_) => 1,
            Home::Server(..) => 16,
        }
    }

    /// Lets a fifth of all connections and transactions fail, or none.
    pub fn moody(&self, is: bool) {
        self.mood.moody.store(is, Ordering::Relaxed);
    }

    /// The transactions so far, and those among them that met with a fault.
    pub fn met(&self) -> (u32, u32) {
        let Mood {
            transactions,
            failed,
            ..
        } = &*self.mood;
        (
            transactions.load(Ordering::Relaxed),
            failed.load(Ordering::Relaxed),
        )
    }

    /// Ends every connection and refuses new ones for a while.
    pub async fn refuse_for(&self, time: Duration) {
        self.mood.open.send_replace(false);
        tokio::time::sleep(time).await;
        self.mood.open.send_replace(true);
    }

    pub async fn end(self) {
        match self.home {
            Home::Here(embedded) => {
                let stopped = tokio::task::spawn_blocking(|| embedded.stop()).await;
                stopped.unwrap().unwrap();
            }
            Home::Server(server, name) => {
                run(&server, &format!("drop database {name} with (force)")).await;
            }
        }
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

async fn listen(listener: TcpListener, database: SocketAddr, mood: Arc<Mood>) {
    let address = listener.local_addr().unwrap();
    let mut listener = Some(listener);
    let mut open = mood.open.subscribe();
    loop {
        let listening = match listener.take() {
            Some(listening) => listening,
            None => TcpListener::bind(address).await.unwrap(),
        };
        loop {
            let client = tokio::select! {
                Ok((client, _)) = listening.accept() => client,
                _ = open.wait_for(|open| !open) => break,
            };
            tokio::spawn(serve(client, database, Arc::clone(&mood)));
        }
        // Without anybody who listens, clients are refused as by a server that is down.
        drop(listening);
        open.wait_for(|open| *open).await.unwrap();
    }
}

async fn serve(client: TcpStream, database: SocketAddr, mood: Arc<Mood>) {
    let number = mood.connections.fetch_add(1, Ordering::Relaxed);
    if mood.moody.load(Ordering::Relaxed) && number.is_multiple_of(ONE_IN) {
        return;
    }
    let mut open = mood.open.subscribe();
    // However it ends, both sides are disconnected.
    tokio::select! {
        _ = carry(client, database, &mood) => {}
        _ = open.wait_for(|open| !open) => {}
    }
}

async fn carry(client: TcpStream, database: SocketAddr, mood: &Mood) -> io::Result<()> {
    let server = TcpStream::connect(database).await?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (mut asked, mut answered) = client.into_split();
    let (mut answers, mut asks) = server.into_split();
    let deaf = AtomicBool::new(false);
    let back = async {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let length = answers.read(&mut buffer).await?;
            if length == 0 || deaf.load(Ordering::Relaxed) {
                return io::Result::Ok(());
            }
            answered.write_all(&buffer[..length]).await?;
        }
    };
    let forth = async {
        loop {
            let message = read(&mut asked, false).await?;
            asks.write_all(&message).await?;
            if !NEGOTIATIONS
                .iter()
                .any(|code| message[4..].starts_with(code))
            {
                break;
            }
        }
        let (mut fate, mut inside) = (Fate::Fine, false);
        loop {
            let message = read(&mut asked, true).await?;
            let breaks = match moment(&message) {
                Moment::Begin => {
                    (fate, inside) = (mood.next(), true);
                    slow(mood).await;
                    fate == Fate::BreaksAtBegin
                }
                Moment::Commit => {
                    inside = false;
                    deaf.store(fate == Fate::AnswerLost, Ordering::Relaxed);
                    matches!(fate, Fate::BreaksInside | Fate::BreaksAtCommit)
                }
                Moment::Statement if inside => fate == Fate::BreaksInside,
                // A transaction by itself: it is not done, or done without a word.
                Moment::Statement => {
                    fate = mood.next();
                    deaf.store(fate == Fate::AnswerLost, Ordering::Relaxed);
                    !matches!(fate, Fate::Fine | Fate::AnswerLost)
                }
                Moment::Rollback => {
                    inside = false;
                    false
                }
                Moment::Other => false,
            };
            if breaks {
                return io::Result::Ok(());
            }
            asks.write_all(&message).await?;
        }
    };
    tokio::select! {
        end = back => end,
        end = forth => end,
    }
}

/// A database with too much to do: some wait a little, and some longer.
async fn slow(mood: &Mood) {
    if mood.moody.load(Ordering::Relaxed) {
        let number = mood.transactions.load(Ordering::Relaxed);
        let long = if number.is_multiple_of(ONE_IN) {
            200
        } else {
            0
        };
        tokio::time::sleep(Duration::from_millis(long + u64::from(number % 7) * 5)).await;
    }
}

/// What a client is about to do.
enum Moment {
    Begin,
    /// Lets the server work on a statement.
    Statement,
    Commit,
    Rollback,
    Other,
}

fn moment(message: &[u8]) -> Moment {
    let text = || String::from_utf8_lossy(&message[5..]).to_ascii_lowercase();
    match message[0] {
        b'Q' if text().starts_with("begin") => Moment::Begin,
        b'Q' if text().starts_with("commit") => Moment::Commit,
        b'Q' if text().starts_with("rollback") => Moment::Rollback,
        b'S' => Moment::Statement,
        _ => Moment::Other,
    }
}

/// The next message of a client, as it is: with its kind, except for the first ones.
async fn read(client: &mut OwnedReadHalf, with_kind: bool) -> io::Result<Vec<u8>> {
    let head = usize::from(with_kind);
    let mut message = vec![0; head + 4];
    client.read_exact(&mut message).await?;
    let length = [
        message[head],
        message[head + 1],
        message[head + 2],
        message[head + 3],
    ];
    let length = usize::try_from(u32::from_be_bytes(length)).map_err(io::Error::other)?;
    message.resize(head + length.max(4), 0);
    client.read_exact(&mut message[head + 4..]).await?;
    Ok(message)
}
