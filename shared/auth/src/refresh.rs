//! Refresh tokens: one at a time per session, replaced at each use.

use crate::opaque::{Kind, OpaqueToken, TokenHash};
use crate::token_key::TokenKey;
use chrono::{DateTime, TimeDelta, Utc};

/// A session ends when its token was not used for this long.
pub const IDLE_LIFETIME: TimeDelta = TimeDelta::days(7);
/// A session ends this long after sign-in, however much it is used.
pub const ABSOLUTE_LIFETIME: TimeDelta = TimeDelta::days(30);
/// For this long after a rotation the same device may ask again: the answer may have been lost.
pub const REPEAT_GRACE: TimeDelta = TimeDelta::seconds(10);

/// Marks refresh tokens.
#[derive(Debug, Clone)]
pub struct Refresh;

impl Kind for Refresh {
    const PREFIX: &'static str = "sentry_rt_";
}

/// The token that gets the next access token; its id is the session's.
pub type RefreshToken = OpaqueToken<Refresh>;

impl RefreshToken {
    /// The one token that replaces this one, given the salt that the rotation stored.
    ///
    /// It is derived, so that a repeated request within [`REPEAT_GRACE`] gets the same successor
    /// although only its hash is stored. Deriving takes all three of this token, the server's key
    /// and the row's salt: a stolen dump, or a stolen old token, is not enough.
    #[must_use]
    pub fn successor(&self, key: &TokenKey, salt: [u8; 32]) -> Self {
        let secret = key.mac(
            "refresh successor",
            &[self.id().as_bytes(), self.secret(), &salt],
        );
        Self::new(self.id(), secret)
    }
}

/// What the session's row says about its tokens.
#[derive(Debug, Clone, Copy)]
pub struct SessionState {
    /// Hash of the token that is due.
    pub current: TokenHash,
    /// Hash of the one it replaced.
    pub previous: Option<TokenHash>,
    /// When the person signed in.
    pub created_at: DateTime<Utc>,
    /// When the current token was issued.
    pub rotated_at: DateTime<Utc>,
    /// When the session was revoked, if it was.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// What to do with a presented refresh token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefreshUse {
    /// Replace it; the session now lasts until then.
    Rotate {
        /// End of the session unless it is used again.
        expires_at: DateTime<Utc>,
    },
    /// The answer to the rotation was lost: give the same successor again.
    Repeat,
    /// An older token came back: revoke the whole family and tell its owner.
    Replayed,
    /// The session is over: sign in again.
    Ended,
}

/// When a session used at `now` ends unless it is used again.
pub fn expires_at(created_at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    (now + IDLE_LIFETIME).min(created_at + ABSOLUTE_LIFETIME)
}

/// Judges a presented token against its session.
///
/// The rotation itself must be one conditional update on the current hash; this says what an update
/// that hit no row meant, and is run on the row as read then. `same_device` is the caller's finding.
pub fn judge(
    session: &SessionState,
    presented: &TokenHash,
    same_device: bool,
    now: DateTime<Utc>,
) -> RefreshUse {
    let over = now >= expires_at(session.created_at, session.rotated_at);
    if session.revoked_at.is_some() || over {
        return RefreshUse::Ended;
    }
    if *presented == session.current {
        return RefreshUse::Rotate {
            expires_at: expires_at(session.created_at, now),
        };
    }
    let in_grace = now - session.rotated_at <= REPEAT_GRACE;
    if session.previous.as_ref() == Some(presented) && same_device && in_grace {
        return RefreshUse::Repeat;
    }
    RefreshUse::Replayed
}
