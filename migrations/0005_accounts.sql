-- Accounts, second stage: mail that proves an address, second factors, other ways in, exports.
-- Only adds: the code before it runs on this schema too.

---------------------------------------------------------------------------------------------------
-- Links and codes

-- A mail holds a link and a code for the same thing. Neither is stored: both are derived from the
-- salt and a key that the database does not know.
alter table one_time_codes
    add column token_hash bytea,
    add column salt bytea,
    add column code_expires_at timestamptz;
create unique index one_time_codes_token_key on one_time_codes (token_hash) where token_hash is not null;

-- What strangers ask for by address alone. Taken down without looking whether the address has an
-- account: that is the worker's business, out of the stranger's sight. No owner for that reason.
create table mail_requests (
    id uuid constraint mail_requests_pkey primary key,
    purpose text not null constraint mail_requests_purpose_known
        check (purpose in ('verify_email', 'reset_password')),
    email text not null constraint mail_requests_email_length check (char_length(email) <= 320),
    ip text,
    created_at timestamptz not null default now()
);
create index mail_requests_created_at_idx on mail_requests (created_at);

create table mails (
    id uuid constraint mails_pkey primary key,
    user_id bigint not null constraint mails_user_id_fkey references users on delete cascade,
    kind text not null constraint mails_kind_length check (char_length(kind) between 1 and 64),
    -- The address at that moment: a notice about a new one goes to the old one.
    recipient text not null constraint mails_recipient_length check (char_length(recipient) <= 320),
    -- What a notice names: device, network address, provider. Nothing secret.
    detail jsonb not null default '{}',
    created_at timestamptz not null default now(),
    sent_at timestamptz
);
create index mails_user_id_idx on mails (user_id, created_at desc);
create index mails_created_at_idx on mails (created_at);

---------------------------------------------------------------------------------------------------
-- Secrets that must be read again, each sealed with its owner's data key

create table data_keys (
    user_id bigint constraint data_keys_pkey primary key
        constraint data_keys_user_id_fkey references users on delete cascade,
    wrapped bytea not null,
    -- Names the key of the deployment that wraps it.
    key_id text not null constraint data_keys_key_id_length check (char_length(key_id) <= 64),
    created_at timestamptz not null default now()
);
create index data_keys_key_id_idx on data_keys (key_id);

create table totp (
    user_id bigint constraint totp_pkey primary key
        constraint totp_user_id_fkey references users on delete cascade,
    secret bytea not null,
    -- Null until the person has shown a code of it: until then it guards nothing.
    confirmed_at timestamptz,
    -- The time step of the last code: none is good twice.
    last_step bigint not null default 0,
    created_at timestamptz not null default now()
);

create table recovery_codes (
    user_id bigint not null constraint recovery_codes_user_id_fkey references users on delete cascade,
    code_hash bytea not null,
    created_at timestamptz not null default now(),
    used_at timestamptz,
    constraint recovery_codes_pkey primary key (user_id, code_hash)
);

---------------------------------------------------------------------------------------------------
-- Other ways in

-- A subject means something to its issuer only.
alter table auth_providers add column issuer text not null default '';

create table oauth_flows (
    id uuid constraint oauth_flows_pkey primary key,
    -- Who wants to link a provider. Null for somebody who signs in: not known yet.
    user_id bigint constraint oauth_flows_user_id_fkey references users on delete cascade,
    provider text not null constraint oauth_flows_provider_length check (char_length(provider) <= 64),
    state_hash bytea not null constraint oauth_flows_state_key unique,
    -- Hash of what the cookie of the browser holds that began the flow.
    browser_hash bytea not null,
    return_to text constraint oauth_flows_return_to_length check (char_length(return_to) <= 2000),
    -- Who came back, when a second factor is still to be shown.
    arrived_user_id bigint constraint oauth_flows_arrived_user_id_fkey references users on delete cascade,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at timestamptz
);
create index oauth_flows_user_id_idx on oauth_flows (user_id);
create index oauth_flows_arrived_user_id_idx on oauth_flows (arrived_user_id) where arrived_user_id is not null;
create index oauth_flows_expires_at_idx on oauth_flows (expires_at);

---------------------------------------------------------------------------------------------------
-- Exports

create table exports (
    id uuid constraint exports_pkey primary key,
    user_id bigint not null constraint exports_user_id_fkey references users on delete cascade,
    status text not null default 'pending' constraint exports_status_known
        check (status in ('pending', 'ready', 'failed', 'expired')),
    object_key text,
    size_bytes bigint,
    created_at timestamptz not null default now(),
    finished_at timestamptz,
    -- When the archive is removed.
    expires_at timestamptz
);
create index exports_user_id_idx on exports (user_id, created_at desc);
-- One at a time for a person.
create unique index exports_pending_key on exports (user_id) where status = 'pending';
create index exports_expires_at_idx on exports (expires_at) where status = 'ready';

---------------------------------------------------------------------------------------------------
-- Who may do what

do $$
declare
    owned text;
begin
    foreach owned in array array[
        'mails', 'data_keys', 'totp', 'recovery_codes', 'oauth_flows', 'exports'
    ] loop
        execute format('alter table %I enable row level security', owned);
        execute format('alter table %I force row level security', owned);
        execute format(
            'create policy owner on %I to sentry_app using (user_id = (select sentry.user_id())) '
            'with check (user_id = (select sentry.user_id()))', owned);
        execute format('create policy work on %I to sentry_worker using (true) with check (true)', owned);
    end loop;
    foreach owned in array array['mails', 'data_keys', 'totp', 'recovery_codes', 'oauth_flows'] loop
        execute format('create policy sign_in on %I to sentry_auth using (true) with check (true)', owned);
    end loop;
end $$;

grant select, insert, update, delete on mails, totp, recovery_codes, data_keys, exports, oauth_flows to sentry_app;
grant select, insert, update on mails, totp, recovery_codes, data_keys, oauth_flows to sentry_auth;
grant insert on mail_requests to sentry_auth, sentry_app;
-- A new proof of an address ends the ones before it.
grant delete on one_time_codes to sentry_auth;

grant select, insert, update, delete on mails, mail_requests to sentry_worker;
grant select, update on exports, data_keys to sentry_worker;
grant select, delete on oauth_flows to sentry_worker;
grant insert, update on one_time_codes to sentry_worker;
drop policy work on one_time_codes;
create policy work on one_time_codes to sentry_worker using (true) with check (true);
grant select, insert on activities to sentry_worker;
create policy work on activities to sentry_worker using (true) with check (true);
-- The log is read by its id, which grows with time.
create index activities_user_id_id_idx on activities (user_id, id desc);
-- Who is turned away is noted once a minute; the roles before a user is known look that up.
grant select on activities to sentry_auth;
create policy sign_in_read on activities for select to sentry_auth using (true);
