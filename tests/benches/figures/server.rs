//! Servers in a process of their own: the product's function and the bare reference.

use crate::reference;
use anyhow::{Context, Result, bail};
use sentry_runtime::{Settings, telemetry};
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};

/// Names the server that this process is to be.
pub const KIND: &str = "BENCH_SERVER";

/// A server under load. Ends when it is dropped.
pub struct Server {
    /// Where it answers.
    pub address: SocketAddr,
    _process: Child,
}

impl Server {
    /// Starts this program again, as a server.
    pub async fn start(kind: &str, environment: &BTreeMap<String, String>) -> Result<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .env(KIND, kind)
            .envs(environment)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let stdout = process.stdout.take().context("no output")?;
        let mut stdout = BufReader::new(stdout);
        let mut line = String::new();
        stdout.read_line(&mut line).await?;
        // What follows is the log, which somebody must take.
        tokio::spawn(async move { tokio::io::copy(&mut stdout, &mut tokio::io::sink()).await });
        Ok(Self {
            address: line.trim().parse().context("the server ended")?,
            _process: process,
        })
    }
}

/// Serves until the process is killed.
pub async fn serve(kind: &str) -> Result<()> {
    let router = match kind {
        "product" => {
            telemetry::start("tasks");
            let state = tasks::state(&Settings::from_env())?;
            sentry_http::edge(tasks::router(), state)
        }
        "reference" => reference::router()?,
        other => bail!("no such server: {other}"),
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    println!("{}", listener.local_addr()?);
    Ok(axum::serve(listener, router).await?)
}
