//! Lists come in pages, by cursor: what is added meanwhile neither repeats nor hides a row.

use crate::ApiError;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Items in a page when the client does not say.
pub const DEFAULT_LIMIT: i64 = 50;
/// Items in a page at most.
pub const MAX_LIMIT: i64 = 200;

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Items<T> {
    /// The page.
    pub items: Vec<T>,
    /// Where the next page begins; null at the end.
    pub next_cursor: Option<String>,
}

impl<T> Items<T> {
    /// A page from up to `limit + 1` rows: the last one only tells that there are more.
    pub fn from_rows<R, C: Serialize>(
        mut rows: Vec<R>,
        limit: i64,
        cursor: impl Fn(&R) -> C,
        item: impl Fn(R) -> T,
    ) -> Self {
        let limit = usize::try_from(limit).unwrap_or(0);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = rows
            .last()
            .filter(|_| more)
            .map(|row| encode_cursor(&cursor(row)));
        Self {
            items: rows.into_iter().map(item).collect(),
            next_cursor,
        }
    }
}

/// Which page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<C> {
    /// 1 to [`MAX_LIMIT`].
    pub limit: i64,
    /// The last row of the page before.
    pub after: Option<C>,
}

impl<C: DeserializeOwned> Page<C> {
    /// Checks `?limit=` and `?cursor=`.
    pub fn new(limit: Option<i64>, cursor: Option<&str>) -> Result<Self, ApiError> {
        let limit = limit.unwrap_or(DEFAULT_LIMIT);
        if !(1..=MAX_LIMIT).contains(&limit) {
            return Err(ApiError::field(
                "limit",
                format!("must be 1 to {MAX_LIMIT}"),
            ));
        }
        Ok(Self {
            limit,
            after: cursor.map(decode_cursor).transpose()?,
        })
    }
}

/// The place behind a row, opaque to clients.
pub fn encode_cursor(place: &impl Serialize) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(place).unwrap_or_default())
}

/// Reads a cursor that the API gave out; anything else is 422.
pub fn decode_cursor<C: DeserializeOwned>(text: &str) -> Result<C, ApiError> {
    BASE64_URL_SAFE_NO_PAD
        .decode(text)
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .ok_or_else(|| ApiError::field("cursor", "must be the next_cursor of the page before"))
}
