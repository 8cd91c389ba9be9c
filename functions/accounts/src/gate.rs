//! How often a stranger may try: by network address, and by the address they claim.

use crate::client::Client;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use sentry_db::Tx;
use sentry_db::activities::{self, Action};
use sentry_db::rate_limits::{self, Bucket};
use sentry_db::sessions;
use sentry_domain::UserId;
use sentry_http::{ApiError, App};
use sentry_runtime::{SettingError, Settings};
use sha2::{Digest, Sha256};

/// A refused sign-in costs a network this much more than an accepted one, so that trying one
/// password on many addresses grows expensive while an office behind one address signs in freely.
const REFUSAL_COSTS: f64 = 2.0;

/// So many tries at once, and that many again over so many seconds. None for no limit.
type Limit = Option<(f64, f64)>;

/// The limits of this deployment.
#[derive(Debug)]
pub(crate) struct Gate {
    sign_up_per_ip: Limit,
    sign_up_per_address: Limit,
    sign_in_per_ip: Limit,
    sign_in_per_address: Limit,
    refresh_per_ip: Limit,
    mail_per_ip: Limit,
    mail_per_address: Limit,
    code_per_ip: Limit,
    step_up_per_account: Limit,
    trusted_proxies: usize,
}

/// What a sign-in that was let through has used up.
#[derive(Debug)]
pub(crate) struct Admission {
    ip: Option<Bucket>,
    address: Option<Bucket>,
}

impl Gate {
    pub fn from_settings(settings: &Settings) -> Result<Self, SettingError> {
        Ok(Self {
            sign_up_per_ip: limit(settings, "LIMIT_SIGN_UP_PER_IP", (300.0, 3600.0))?,
            sign_up_per_address: limit(settings, "LIMIT_SIGN_UP_PER_ADDRESS", (20.0, 3600.0))?,
            sign_in_per_ip: limit(settings, "LIMIT_SIGN_IN_PER_IP", (300.0, 300.0))?,
            sign_in_per_address: limit(settings, "LIMIT_SIGN_IN_PER_ADDRESS", (20.0, 600.0))?,
            refresh_per_ip: limit(settings, "LIMIT_REFRESH_PER_IP", (600.0, 300.0))?,
            mail_per_ip: limit(settings, "LIMIT_MAIL_PER_IP", (60.0, 3600.0))?,
            mail_per_address: limit(settings, "LIMIT_MAIL_PER_ADDRESS", (5.0, 3600.0))?,
            code_per_ip: limit(settings, "LIMIT_CODE_PER_IP", (60.0, 600.0))?,
            step_up_per_account: limit(settings, "LIMIT_STEP_UP_PER_ACCOUNT", (5.0, 900.0))?,
            trusted_proxies: settings.parsed("TRUSTED_PROXIES", 0)?,
        })
    }

    /// How many proxies of our own stand in front and append to `X-Forwarded-For`.
    pub fn trusted_proxies(&self) -> usize {
        self.trusted_proxies
    }

    /// Counts an attempt to sign up.
    pub async fn admit_sign_up(
        &self,
        app: &App,
        client: &Client,
        email: &str,
    ) -> Result<(), ApiError> {
        let at = app.now();
        let mut tx = app.db.sign_in().await?;
        let mut taken = take(
            &mut tx,
            bucket(self.sign_up_per_ip, "sign_up:ip", &client.network()),
            at,
        )
        .await?;
        if taken.is_ok() {
            let address = bucket(self.sign_up_per_address, "sign_up:address", &name_of(email));
            taken = take(&mut tx, address, at).await?;
        }
        tx.commit().await?;
        taken.map(drop)
    }

    /// Counts an attempt to refresh.
    pub async fn admit_refresh(&self, app: &App, client: &Client) -> Result<(), ApiError> {
        let bucket = bucket(self.refresh_per_ip, "refresh:ip", &client.network());
        take_alone(app, bucket).await
    }

    /// Counts a link or code that is shown, or a way back from a provider.
    pub async fn admit_code(&self, app: &App, client: &Client) -> Result<(), ApiError> {
        let bucket = bucket(self.code_per_ip, "code:ip", &client.network());
        take_alone(app, bucket).await
    }

    /// Counts a mail that is asked for, whether the address has an account or not.
    pub async fn admit_mail(
        &self,
        app: &App,
        client: &Client,
        email: &str,
    ) -> Result<(), ApiError> {
        let at = app.now();
        let mut tx = app.db.sign_in().await?;
        let ip = bucket(self.mail_per_ip, "mail:ip", &client.network());
        let mut taken = take(&mut tx, ip, at).await?;
        if taken.is_ok() {
            let address = bucket(self.mail_per_address, "mail:address", &name_of(email));
            taken = take(&mut tx, address, at).await?;
        }
        tx.commit().await?;
        taken.map(drop)
    }

    /// Counts an attempt to prove oneself once more. As with [`take`], the transaction is to be
    /// committed in any case.
    pub async fn take_step_up(
        &self,
        tx: &mut Tx,
        user: UserId,
        at: DateTime<Utc>,
    ) -> Result<Result<(), ApiError>, ApiError> {
        Ok(take(tx, self.account("step_up", user), at).await?.map(drop))
    }

    /// One that was right does not count.
    pub async fn give_back_step_up(
        &self,
        tx: &mut Tx,
        user: UserId,
        at: DateTime<Utc>,
    ) -> Result<(), ApiError> {
        give_back(tx, self.account("step_up", user), at).await
    }

    /// Counts an attempt at a second factor: of a million codes three are right at any time.
    pub async fn take_second_factor(
        &self,
        tx: &mut Tx,
        user: UserId,
        at: DateTime<Utc>,
    ) -> Result<Result<(), ApiError>, ApiError> {
        Ok(take(tx, self.account("second_factor", user), at)
            .await?
            .map(drop))
    }

    /// One that was right does not count.
    pub async fn give_back_second_factor(
        &self,
        tx: &mut Tx,
        user: UserId,
        at: DateTime<Utc>,
    ) -> Result<(), ApiError> {
        give_back(tx, self.account("second_factor", user), at).await
    }

    fn account(&self, kind: &str, user: UserId) -> Option<Bucket> {
        bucket(
            self.step_up_per_account,
            &format!("{kind}:account"),
            &user.to_string(),
        )
    }

    /// Counts an attempt to sign in. Before its password is looked at, so that of many at once no
    /// more are checked than allowed; one that was right is given back.
    pub async fn admit_sign_in(
        &self,
        app: &App,
        client: &Client,
        email: &str,
    ) -> Result<Admission, ApiError> {
        let at = app.now();
        let mut tx = app.db.sign_in().await?;
        let ip = bucket(self.sign_in_per_ip, "sign_in:ip", &client.network());
        let admission = match take(&mut tx, ip, at).await? {
            Ok(ip) => self
                .admit_address(&mut tx, client, email, at)
                .await?
                .map(|address| Admission { ip, address }),
            Err(error) => Err(error),
        };
        if admission.is_err() {
            // For known and unknown addresses alike: both take this statement.
            let ip = client.ip.as_deref();
            activities::add_for_address(&mut tx, email, Action::SignInLimited, ip, at).await?;
        }
        tx.commit().await?;
        admission
    }

    /// Somebody else's guesses must not keep the person out: where they are signed in already, they
    /// have a bucket of their own.
    async fn admit_address(
        &self,
        tx: &mut Tx,
        client: &Client,
        email: &str,
        at: DateTime<Utc>,
    ) -> Result<Result<Option<Bucket>, ApiError>, ApiError> {
        let name = name_of(email);
        let taken = take(
            tx,
            bucket(self.sign_in_per_address, "sign_in:address", &name),
            at,
        )
        .await?;
        let (true, Some(ip)) = (taken.is_err(), client.ip.as_deref()) else {
            return Ok(taken);
        };
        if !sessions::is_known_place(tx, email, ip, at).await? {
            return Ok(taken);
        }
        let place = format!("{name}:{}", client.network());
        take(
            tx,
            bucket(self.sign_in_per_address, "sign_in:place", &place),
            at,
        )
        .await
    }
}

impl Admission {
    /// A right password does not count against the person.
    pub async fn give_back(&self, tx: &mut Tx, at: DateTime<Utc>) -> Result<(), ApiError> {
        if let Some(address) = &self.address {
            rate_limits::charge(tx, address, -1.0, at).await?;
        }
        Ok(())
    }

    /// A wrong one counts more against the network it came from. For known and unknown addresses
    /// alike, so that both end with a write.
    pub async fn charge_refusal(&self, tx: &mut Tx, at: DateTime<Utc>) -> Result<(), ApiError> {
        if let Some(ip) = &self.ip {
            rate_limits::charge(tx, ip, REFUSAL_COSTS, at).await?;
        }
        Ok(())
    }
}

async fn take_alone(app: &App, bucket: Option<Bucket>) -> Result<(), ApiError> {
    let mut tx = app.db.sign_in().await?;
    let taken = take(&mut tx, bucket, app.now()).await?;
    tx.commit().await?;
    taken.map(drop)
}

async fn give_back(tx: &mut Tx, bucket: Option<Bucket>, at: DateTime<Utc>) -> Result<(), ApiError> {
    if let Some(bucket) = bucket {
        rate_limits::charge(tx, &bucket, -1.0, at).await?;
    }
    Ok(())
}

/// Takes a token, and returns the bucket so that it can be settled later. The outer error is of the
/// database; after the inner one the transaction is still to be committed: refusals count.
async fn take(
    tx: &mut Tx,
    bucket: Option<Bucket>,
    at: DateTime<Utc>,
) -> Result<Result<Option<Bucket>, ApiError>, ApiError> {
    let Some(bucket) = bucket else {
        return Ok(Ok(None));
    };
    Ok(match rate_limits::take(tx, &bucket, at).await? {
        Ok(()) => Ok(Some(bucket)),
        Err(seconds) => Err(ApiError::TooManyRequests {
            retry_after_seconds: whole_seconds(seconds),
        }),
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to a day"
)]
fn whole_seconds(seconds: f64) -> u64 {
    // What division leaves behind the sixth digit is no time.
    (seconds - 1e-6).ceil().clamp(1.0, 86_400.0) as u64
}

fn bucket(limit: Limit, kind: &str, whom: &str) -> Option<Bucket> {
    limit.map(|(capacity, fill_seconds)| Bucket {
        name: format!("{kind}:{whom}"),
        capacity,
        fill_seconds,
    })
}

/// Stands for an address that may belong to nobody and is not ours to keep.
fn name_of(email: &str) -> String {
    let digest: [u8; 32] = Sha256::digest(email.trim().to_lowercase()).into();
    URL_SAFE_NO_PAD.encode(&digest[..16])
}

/// Reads a limit such as `20/600`: 20 at once, and 20 more over 600 seconds; or `off`.
fn limit(
    settings: &Settings,
    name: &'static str,
    default: (f64, f64),
) -> Result<Limit, SettingError> {
    let Some(text) = settings.optional(name) else {
        return Ok(Some(default));
    };
    if text == "off" {
        return Ok(None);
    }
    let number = |text: &str| {
        text.trim()
            .parse::<u32>()
            .ok()
            .filter(|number| *number > 0)
            .map(f64::from)
    };
    text.split_once('/')
        .and_then(|(capacity, seconds)| Some((number(capacity)?, number(seconds)?)))
        .map(Some)
        .ok_or_else(|| SettingError::Wrong {
            name,
            reason: "expected a number of tries and of seconds, such as 20/600, or off".to_owned(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_two_numbers_or_off() {
        let read = |text: &str| {
            let settings = Settings::from_lookup(|_| Some(text.to_owned()));
            limit(&settings, "LIMIT_REFRESH_PER_IP", (1.0, 1.0)).map_err(|error| error.to_string())
        };
        assert_eq!(read("20/600"), Ok(Some((20.0, 600.0))));
        assert_eq!(read("off"), Ok(None));
        for wrong in ["20", "0/600", "20/0", "-1/5", "a/b", "1/2/3", "none"] {
            assert!(
                read(wrong).unwrap_err().contains("LIMIT_REFRESH_PER_IP"),
                "{wrong}"
            );
        }
    }
}
