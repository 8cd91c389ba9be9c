//! Requests over a number of kept connections, as fast as they are answered.

use anyhow::{Result, ensure};
use http::Request;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Connections held at once.
pub const CONNECTIONS: usize = 16;

/// One kind of request.
#[derive(Debug, Clone)]
pub struct Shot {
    /// The method.
    pub method: &'static str,
    /// The path for each connection, by its number.
    pub path: fn(&[i64], usize) -> String,
    /// The body, empty for none.
    pub body: &'static str,
    /// What is answered when all is well.
    pub status: u16,
}

/// What came of it.
#[derive(Debug, Clone, Copy)]
pub struct Outcome {
    /// Answers per second.
    pub rate: f64,
    /// Half of the answers came within this.
    pub p50: Duration,
    /// All but one in a hundred came within this.
    pub p99: Duration,
    /// Bytes of the last answer.
    pub bytes: usize,
}

/// Fires at `address` for `time`. `ids` are tasks that a path may name.
pub async fn fire(
    address: SocketAddr,
    shot: &Shot,
    ids: &[i64],
    token: &str,
    time: Duration,
) -> Result<Outcome> {
    let started = Instant::now();
    let mut connections = JoinSet::new();
    for number in 0..CONNECTIONS {
        let (shot, path, token) = (shot.clone(), (shot.path)(ids, number), token.to_owned());
        connections
            .spawn(async move { connection(address, shot, path, token, started + time).await });
    }
    let (mut times, mut bytes) = (Vec::new(), 0);
    while let Some(done) = connections.join_next().await {
        let (more, last) = done??;
        times.extend(more);
        bytes = last;
    }
    let elapsed = started.elapsed();
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    Ok(Outcome {
        rate: times.len() as f64 / elapsed.as_secs_f64(),
        p50: at(50),
        p99: at(99),
        bytes,
    })
}

async fn connection(
    address: SocketAddr,
    shot: Shot,
    path: String,
    token: String,
    until: Instant,
) -> Result<(Vec<Duration>, usize)> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let (mut times, mut bytes) = (Vec::new(), 0);
    while Instant::now() < until {
        let started = Instant::now();
        bytes = once(&mut sender, &shot, &path, &token).await?;
        times.push(started.elapsed());
    }
    Ok((times, bytes))
}

async fn once(
    sender: &mut SendRequest<Full<Bytes>>,
    shot: &Shot,
    path: &str,
    token: &str,
) -> Result<usize> {
    let request = Request::builder()
        .method(shot.method)
        .uri(path)
        .header(HOST, "localhost")
        .header(AUTHORIZATION, format!("Bearer {token}"))
        .header(CONTENT_TYPE, "application/json")
        .body(Full::new(Bytes::from_static(shot.body.as_bytes())))?;
    let response = sender.send_request(request).await?;
    let status = response.status().as_u16();
    let body = response.into_body().collect().await?.to_bytes();
    ensure!(
        status == shot.status,
        "{} {path} answered {status}: {}",
        shot.method,
        String::from_utf8_lossy(&body)
    );
    Ok(body.len())
}
