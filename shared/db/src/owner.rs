//! What only the owner of the schema does: the logins that functions connect with.

use crate::{Db, Tx, data_keys};

/// How functions enter the database: a login that owns nothing and sees nothing until it has become
/// one of its roles for the length of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Login {
    /// Its name.
    pub name: &'static str,
    /// The name of its twin, which has the same rights. One is in use, while the other still has the password of before
    /// or gets the next.
    pub twin: &'static str,
    /// What it may become.
    pub roles: &'static [&'static str],
    /// The functions that begin a transaction in one of these roles.
    pub doors: &'static [&'static str],
}

impl Login {
    /// Its twin.
    #[must_use]
    pub const fn other(self) -> Self {
        Self {
            name: self.twin,
            twin: self.name,
            ..self
        }
    }
}

/// The functions that answer requests.
pub const HTTP: Login = Login {
    name: "sentry_http",
    twin: "sentry_http_b",
    roles: &["sentry_app", "sentry_auth"],
    doors: &[
        "sentry.enter(bigint, uuid, timestamptz)",
        "sentry.enter_service(bigint, uuid, bytea, text, timestamptz)",
    ],
};

/// The functions behind queues and schedules. No door of theirs leads to `sentry_auth`.
pub const JOBS: Login = Login {
    name: "sentry_jobs",
    twin: "sentry_jobs_b",
    roles: &["sentry_app", "sentry_worker"],
    doors: &["sentry.enter_worker(bigint)"],
};

/// Begins a transaction of the owner; of two, the second waits for the first.
pub async fn begin(db: &Db) -> crate::Result<Tx> {
    db.begin("BEGIN; SELECT pg_advisory_xact_lock(hashtext('sentry.setup'))".to_owned())
        .await
}

/// Whether a person's data key is still wrapped by another key than `key_id`.
pub async fn waits_for_rewrap(tx: &mut Tx, key_id: &str) -> crate::Result<bool> {
    // Row-level security is forced upon the owner too. From version 16 on, who made a role may grant
    // it but not become it.
    sqlx::raw_sql(
        "
        do $$ begin
            if current_setting('server_version_num')::int >= 160000 then
                if not pg_has_role(current_user, 'sentry_worker', 'set') then
                    execute 'grant sentry_worker to current_user with inherit false, set true';
                end if;
            end if;
        end $$;
        set local role sentry_worker
        ",
    )
    .execute(&mut **tx)
    .await?;
    let left = data_keys::wrapped_otherwise(tx, key_id, 1).await?;
    sqlx::raw_sql("reset role").execute(&mut **tx).await?;
    Ok(!left.is_empty())
}

/// Makes a login, or makes it again what it should be. `verifier` is what the server keeps of its
/// password, so that the password itself reaches no log of the server's.
pub async fn ensure_login(tx: &mut Tx, login: &Login, verifier: &str) -> crate::Result<()> {
    sqlx::query(
        "
        select set_config('sentry.login', $1, true), set_config('sentry.verifier', $2, true),
               set_config('sentry.roles', $3, true), set_config('sentry.doors', $4, true)
        ",
    )
    .bind(login.name)
    .bind(verifier)
    .bind(login.roles.join(" "))
    .bind(login.doors.join(";"))
    .execute(&mut **tx)
    .await?;
    sqlx::raw_sql(LOGIN).execute(&mut **tx).await?;
    Ok(())
}

/// `noinherit`: outside a transaction that names who acts, the login has no right to any row. What it
/// needs there it is granted by name: the doors, and the outbox, whose messages belong to nobody.
const LOGIN: &str = "
do $$
declare
    login constant text := current_setting('sentry.login');
    wanted constant text[] := string_to_array(current_setting('sentry.roles'), ' ');
    name text;
begin
    if not exists (select from pg_roles where rolname = login) then
        execute format('create role %I', login);
    end if;
    if exists (
        select from pg_roles
        where rolname = login and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)
    ) then
        raise exception 'the role % is somebody else''s: it has rights that a function must not have', login;
    end if;
    execute format('alter role %I login noinherit password %L', login, current_setting('sentry.verifier'));
    for name in
        select held.rolname from pg_auth_members join pg_roles held on held.oid = roleid
        where member = (select oid from pg_roles where rolname = login) and held.rolname <> all (wanted)
    loop
        execute format('revoke %I from %I', name, login);
    end loop;
    foreach name in array wanted loop
        execute format('grant %I to %I', name, login);
    end loop;
    execute format('grant usage on schema sentry, public to %I', login);
    foreach name in array string_to_array(current_setting('sentry.doors'), ';') loop
        execute format('grant execute on function %s to %I', name, login);
    end loop;
    execute format('grant select, update on outbox to %I', login);
    perform set_config('sentry.verifier', '', true);
end $$
";
