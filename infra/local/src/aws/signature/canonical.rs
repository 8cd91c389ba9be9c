//! The parts of a request in the one form that is signed.

use axum::http::{HeaderMap, Uri};
use percent_encoding::percent_decode_str;

use super::Refused;

/// The pairs of a query, as they were sent.
pub fn query_pairs(query: &str) -> Vec<(&str, &str)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .collect()
}

/// The pairs as they were sent, sorted, without the signature.
pub fn canonical_query(pairs: &[(&str, &str)]) -> String {
    let mut pairs: Vec<_> = pairs
        .iter()
        .filter(|(name, _)| *name != "X-Amz-Signature")
        .collect();
    pairs.sort_unstable();
    let pairs: Vec<String> = pairs
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    pairs.join("&")
}

/// The signed headers with the values that were really sent. A signed header that is missing is a mismatch.
pub fn canonical_headers(signed: &str, headers: &HeaderMap, uri: &Uri) -> Result<String, Refused> {
    let mut lines = String::new();
    for name in signed.split(';') {
        let values: Vec<String> = headers
            .get_all(name)
            .iter()
            .map(|value| collapse(value.as_bytes()))
            .collect();
        let value = match (values.is_empty(), name) {
            (false, _) => values.join(","),
            (true, "host") => uri.authority().ok_or(Refused::Mismatch)?.to_string(),
            (true, _) => return Err(Refused::Mismatch),
        };
        lines.extend([name, ":", &value, "\n"]);
    }
    // `host` binds the signature to this server.
    if signed.split(';').any(|name| name == "host") {
        Ok(lines)
    } else {
        Err(Refused::Malformed)
    }
}

/// A header value without spaces around it, and with single ones inside.
fn collapse(value: &[u8]) -> String {
    let text = String::from_utf8_lossy(value);
    text.split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A value of a query, readable.
pub fn decode(value: &str) -> Result<String, Refused> {
    percent_decode_str(value)
        .decode_utf8()
        .map(Into::into)
        .map_err(|_| Refused::Malformed)
}

/// The bytes in lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

/// The bytes that hexadecimal digits stand for.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    digits?
        .chunks(2)
        .map(|pair| match *pair {
            [high, low] => u8::try_from(high * 16 + low).ok(),
            _ => None,
        })
        .collect()
}
