//! How often a stranger may try: by network address, and by the address they claim.

mod bucket;

use crate::client::Client;
use bucket::{Limit, bucket, give_back, limit, name_of, take, take_alone};
use chrono::{DateTime, Utc};
use sentry_db::Tx;
use sentry_db::activities::{self, Action};
use sentry_db::rate_limits::{self, Bucket};
use sentry_db::sessions;
use sentry_domain::UserId;
use sentry_http::{ApiError, App};
use sentry_runtime::{SettingError, Settings};

/// A refused sign-in costs a network this much more than an accepted one, so that trying one
/// password on many addresses grows expensive while an office behind one address signs in freely.
const REFUSAL_COSTS: f64 = 2.0;

/// The limits of this deployment.
#[derive(Debug)]
pub struct Gate {
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
pub struct Admission {
    ip: Option<Bucket>,
    address: Option<Bucket>,
}

impl Gate {
    /// Reads the limits.
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

    /// A wrong code counts once more.
    pub async fn charge_code(
        &self,
        tx: &mut Tx,
        client: &Client,
        at: DateTime<Utc>,
    ) -> Result<(), ApiError> {
        if let Some(bucket) = bucket(self.code_per_ip, "code:ip", &client.network()) {
            rate_limits::charge(tx, &bucket, 1.0, at).await?;
        }
        Ok(())
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

    /// Counts an attempt to prove oneself once more. The transaction is to be committed
    /// after a refusal, too.
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
