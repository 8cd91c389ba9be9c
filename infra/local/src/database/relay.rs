//! The door of the embedded database.
//!
//! The server inside handles one connection after the other on one thread: a
//! second client waits for ever, a connection that breaks in the middle of an
//! answer, one that speaks no Postgres or a failing `COPY` ends the server for
//! good, and stopping waits until the client leaves. This relay lets one client
//! through at a time, tells the others so, keeps the server from seeing broken
//! connections, starts a dead one again, and ends the session when the database
//! stops. Threads, not tasks: it must also work while a single-threaded runtime
//! is blocked in a destructor.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use pglite_oxide::PgliteServer;

use super::startup::{read_startup, too_many_connections};

/// How long a client waits for the one before it to leave: a pool that replaces its connection overlaps a little.
const WAIT_FOR_TURN: Duration = Duration::from_secs(5);
/// How long a client may take to introduce itself.
const WAIT_FOR_STARTUP: Duration = Duration::from_secs(10);
type Open = dyn Fn() -> Result<PgliteServer> + Send + Sync;

/// A listening relay and the server behind it.
#[derive(Debug)]
pub struct Relay {
    address: SocketAddr,
    shared: Arc<Shared>,
    acceptor: Option<JoinHandle<()>>,
}

struct Shared {
    open: Box<Open>,
    state: Mutex<State>,
    turn: Condvar,
}

struct State {
    server: Option<PgliteServer>,
    busy: bool,
    stopping: bool,
    /// Our end of the running session, to end it.
    session: Option<TcpStream>,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Shared").finish_non_exhaustive()
    }
}

impl Relay {
    /// Opens the server and listens on a free loopback port.
    pub fn start(open: impl Fn() -> Result<PgliteServer> + Send + Sync + 'static) -> Result<Self> {
        let server = open()?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .context("no free port for the embedded database")?;
        let address = listener.local_addr()?;
        let state = State {
            server: Some(server),
            busy: false,
            stopping: false,
            session: None,
        };
        let shared = Arc::new(Shared {
            open: Box::new(open),
            state: Mutex::new(state),
            turn: Condvar::new(),
        });
        let accepting = Arc::clone(&shared);
        let acceptor = std::thread::Builder::new()
            .name("database-relay".into())
            .spawn(move || accept(&listener, &accepting))?;
        Ok(Self {
            address,
            shared,
            acceptor: Some(acceptor),
        })
    }

    /// Where clients connect.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Ends the running session, waits for it, then stops the server.
    pub fn stop(mut self) -> Result<()> {
        self.end()
    }

    fn end(&mut self) -> Result<()> {
        let Some(acceptor) = self.acceptor.take() else {
            return Ok(());
        };
        let mut state = self.shared.lock();
        state.stopping = true;
        if let Some(session) = &state.session {
            // Only our sending half: the statement that runs may finish and answer.
            session.shutdown(Shutdown::Write).ok();
        }
        while state.busy {
            state = self
                .shared
                .turn
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        let server = state.server.take();
        drop(state);
        // Wakes the acceptor, which then sees that it is over.
        TcpStream::connect(self.address).ok();
        acceptor.join().ok();
        server.map_or(Ok(()), PgliteServer::shutdown)
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        if let Err(error) = self.end() {
            tracing::warn!(
                error = format!("{error:#}"),
                "the embedded database ended badly"
            );
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Every change to the state is a single assignment, so a panicked holder leaves it usable.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for this client's turn; `false` when it did not come.
    fn take_turn(&self) -> bool {
        let deadline = Instant::now() + WAIT_FOR_TURN;
        let mut state = self.lock();
        while state.busy && !state.stopping {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            state = self
                .turn
                .wait_timeout(state, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
        let mine = !state.stopping;
        state.busy |= mine;
        mine
    }

    fn end_turn(&self) {
        let mut state = self.lock();
        state.busy = false;
        state.session = None;
        self.turn.notify_all();
    }

    /// Connects to the server inside and introduces the client; a server that has died is started again.
    ///
    /// Returns the connection and the beginning of the server's answer.
    fn connect(&self, startup: &[u8]) -> Result<(TcpStream, Vec<u8>)> {
        let address = self.lock().server.as_ref().and_then(PgliteServer::tcp_addr);
        // A dying server may still take a connection, so only an answer proves that it lives.
        if let Some(Ok(met)) = address.map(|address| introduce(address, startup)) {
            return Ok(met);
        }
        let mut state = self.lock();
        // The old one first: it holds the lock on the folder.
        let end = state.server.take().map(PgliteServer::shutdown);
        tracing::warn!(?end, "the embedded database died and is started again");
        let server = (self.open)()?;
        let address = server
            .tcp_addr()
            .context("the embedded database has no address")?;
        state.server = Some(server);
        drop(state);
        Ok(introduce(address, startup)?)
    }
}

fn introduce(address: SocketAddr, startup: &[u8]) -> io::Result<(TcpStream, Vec<u8>)> {
    let mut server = TcpStream::connect(address)?;
    server.set_nodelay(true)?;
    server.write_all(startup)?;
    let mut answer = vec![0; 4096];
    let length = server.read(&mut answer)?;
    if length == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    answer.truncate(length);
    Ok((server, answer))
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for client in listener.incoming() {
        if shared.lock().stopping {
            return;
        }
        let Ok(client) = client else { continue };
        let shared = Arc::clone(shared);
        let serving = std::thread::Builder::new()
            .name("database-client".into())
            .spawn(move || {
                if let Err(error) = serve(&client, &shared) {
                    tracing::debug!(
                        error = format!("{error:#}"),
                        "a database client was not served"
                    );
                }
            });
        if let Err(error) = serving {
            tracing::warn!(%error, "no thread for a database client");
        }
    }
}

fn serve(mut client: &TcpStream, shared: &Shared) -> Result<()> {
    client.set_nodelay(true)?;
    client.set_read_timeout(Some(WAIT_FOR_STARTUP))?;
    let Some(startup) = read_startup(client)? else {
        return Ok(());
    };
    client.set_read_timeout(None)?;
    if !shared.take_turn() {
        client.write_all(&too_many_connections())?;
        return Ok(());
    }
    let result = session(client, &startup, shared);
    shared.end_turn();
    result
}

fn session(mut client: &TcpStream, startup: &[u8], shared: &Shared) -> Result<()> {
    let (server, answer) = shared.connect(startup)?;
    {
        let mut state = shared.lock();
        if state.stopping {
            return Ok(());
        }
        state.session = Some(server.try_clone()?);
    }
    // Should the client be gone already, the copying below finds out and ends the session properly.
    client.write_all(&answer).ok();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            copy(client, &server).ok();
            // However the client leaves, the server sees a clean end, and rolls back.
            server.shutdown(Shutdown::Write).ok();
        });
        if copy(&server, client).is_err() {
            // The client is gone: read the answer to its end, or the server breaks off too.
            client.shutdown(Shutdown::Both).ok();
            io::copy(&mut &server, &mut io::sink()).ok();
        }
        client.shutdown(Shutdown::Both).ok();
    });
    Ok(())
}

fn copy(mut from: &TcpStream, mut to: &TcpStream) -> io::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(length) => to.write_all(&buffer[..length])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
