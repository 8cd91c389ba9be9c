//! How a client of Postgres introduces itself.
//!
//! <https://www.postgresql.org/docs/17/protocol-flow.html>

use std::io::{Read, Write};
use std::net::TcpStream;

use anyhow::Result;

/// Postgres's own limit for a startup packet.
const LARGEST_STARTUP_BYTES: usize = 10_000;

const SSL_REQUEST: u32 = 80_877_103;
const GSS_REQUEST: u32 = 80_877_104;
const CANCEL_REQUEST: u32 = 80_877_102;

/// Reads up to the startup packet; `None` for a client that wants no session.
pub fn read_startup(mut client: &TcpStream) -> Result<Option<Vec<u8>>> {
    loop {
        let mut head = [0; 8];
        client.read_exact(&mut head)?;
        let length = usize::try_from(u32::from_be_bytes([head[0], head[1], head[2], head[3]]))?;
        let code = u32::from_be_bytes([head[4], head[5], head[6], head[7]]);
        match code {
            SSL_REQUEST | GSS_REQUEST if length == 8 => client.write_all(b"N")?,
            // There is one thread for all statements: nobody is free to cancel the one that runs.
            CANCEL_REQUEST => return Ok(None),
            _ if code >> 16 == 3 && (9..=LARGEST_STARTUP_BYTES).contains(&length) => {
                let mut packet = head.to_vec();
                packet.resize(length, 0);
                client.read_exact(&mut packet[8..])?;
                return Ok(Some(packet));
            }
            _ => anyhow::bail!("a client that does not speak PostgreSQL"),
        }
    }
}

/// The refusal of a client whose turn did not come.
pub fn too_many_connections() -> Vec<u8> {
    let fields = "SFATAL\0VFATAL\0C53300\0Mthe embedded database serves one connection at a time, and sentry-local holds it; \
         for more, set DATABASE_URL to a PostgreSQL server\0\0";
    let mut message = vec![b'E'];
    message.extend(
        u32::try_from(fields.len() + 4)
            .unwrap_or(u32::MAX)
            .to_be_bytes(),
    );
    message.extend(fields.as_bytes());
    message
}
