-- The first stage: accounts, tasks, uploads, scores, and what carries messages between them.
--
-- Every table that belongs to a person names its owner in `user_id`, indexed first, and forces
-- row-level security. Three roles enter it, each for one transaction:
--   sentry_app     one user at a time, sees that user's rows only
--   sentry_auth    accounts before a user is known: credentials and sessions, nothing else
--   sentry_worker  workers that serve many users at once

do $$
declare
    wanted text;
begin
    foreach wanted in array array['sentry_app', 'sentry_auth', 'sentry_worker'] loop
        begin
            execute format('create role %I nologin', wanted);
        exception
            -- Roles belong to the whole server: another database may have made them, even just now.
            when duplicate_object or unique_violation then null;
        end;
        if not pg_has_role(current_user, wanted, 'member') then
            execute format('grant %I to current_user', wanted);
        end if;
    end loop;
end $$;

create schema if not exists sentry;
grant usage on schema sentry, public to sentry_app, sentry_auth, sentry_worker;

-- The user of this transaction. Null, and therefore no rows, outside a tenant transaction.
create function sentry.user_id() returns bigint
    language sql stable parallel safe
    as $$ select nullif(current_setting('sentry.user_id', true), '')::bigint $$;

-- What a search compares: without case, accents and the like, by built-in means only. Greek and
-- Cyrillic letters are named because `lower` leaves them alone where the locale is C.
create function sentry.fold(given text) returns text
    language sql immutable parallel safe
    as $$
        select case
            when octet_length(given) = char_length(given) then lower(given)
            else translate(
                replace(lower(regexp_replace(normalize(given, NFKD), '[\u0300-\u036f]', '', 'g')), 'ß', 'ss'),
                'ıøłđðØŁĐÐÞΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩςАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЄІҐ',
                'iolddolddþαβγδεζηθικλμνξοπρστυφχψωσабвгдежзийклмнопрстуфхцчшщъыьэюяєіґ')
        end
    $$;

---------------------------------------------------------------------------------------------------
-- Accounts

create table users (
    id bigint generated always as identity constraint users_pkey primary key,
    email text not null constraint users_email_length check (char_length(email) between 3 and 320),
    email_verified_at timestamptz,
    password_hash text,
    first_name text constraint users_first_name_length check (char_length(first_name) <= 100),
    last_name text constraint users_last_name_length check (char_length(last_name) <= 100),
    birthday date,
    time_zone text not null default 'UTC' constraint users_time_zone_length check (char_length(time_zone) <= 64),
    locale text not null default 'en' constraint users_locale_length check (char_length(locale) <= 35),
    picture_key text,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz
);
create unique index users_email_key on users (lower(email)) where deleted_at is null;
-- The nightly run asks which users live in a zone where it is 04:00 now.
create index users_time_zone_idx on users (time_zone, id) where deleted_at is null;

-- Accounts that wait to be purged with everything they own.
create index users_deleted_at_idx on users (deleted_at) where deleted_at is not null;

create table auth_providers (
    user_id bigint not null constraint auth_providers_user_id_fkey references users on delete cascade,
    provider text not null,
    subject text not null,
    email text,
    created_at timestamptz not null default now(),
    constraint auth_providers_pkey primary key (provider, subject)
);
create index auth_providers_user_id_idx on auth_providers (user_id);

create table sessions (
    id uuid constraint sessions_pkey primary key,
    user_id bigint not null constraint sessions_user_id_fkey references users on delete cascade,
    family uuid not null,
    refresh_hash bytea not null,
    previous_hash bytea,
    -- What the current token was derived from its predecessor with, for an answer that was lost.
    refresh_salt bytea,
    rotated_at timestamptz,
    created_at timestamptz not null default now(),
    last_used_at timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz,
    device text constraint sessions_device_length check (char_length(device) <= 300),
    ip text constraint sessions_ip_length check (char_length(ip) <= 64)
);
create index sessions_user_id_idx on sessions (user_id, created_at desc);
create index sessions_expires_at_idx on sessions (expires_at);

create table one_time_codes (
    id uuid constraint one_time_codes_pkey primary key,
    user_id bigint not null constraint one_time_codes_user_id_fkey references users on delete cascade,
    purpose text not null constraint one_time_codes_purpose_known
        check (purpose in ('verify_email', 'reset_password', 'change_email')),
    code_hash bytea not null,
    target text,
    expires_at timestamptz not null,
    used_at timestamptz,
    attempts integer not null default 0,
    created_at timestamptz not null default now()
);
create index one_time_codes_user_id_idx on one_time_codes (user_id, purpose);

-- Token buckets, by a name such as `sign_in:ip:192.0.2.1`. No owner: a stranger has none.
create table rate_limits (
    bucket text constraint rate_limits_pkey primary key,
    tokens double precision not null,
    refilled_at timestamptz not null
);

create table activities (
    id bigint generated always as identity constraint activities_pkey primary key,
    user_id bigint not null constraint activities_user_id_fkey references users on delete cascade,
    action text not null constraint activities_action_length check (char_length(action) <= 64),
    detail jsonb not null default '{}',
    ip text,
    created_at timestamptz not null default now()
);
create index activities_user_id_idx on activities (user_id, created_at desc);

---------------------------------------------------------------------------------------------------
-- Uploads

create table uploads (
    id bigint generated always as identity constraint uploads_pkey primary key,
    user_id bigint not null constraint uploads_user_id_fkey references users on delete cascade,
    session_id uuid,
    batch_id uuid,
    filename text not null constraint uploads_filename_length check (char_length(filename) between 1 and 255),
    object_key text not null default '',
    file_size_bytes bigint not null constraint uploads_file_size_bytes_range check (file_size_bytes >= 0),
    mime_type text not null,
    sha256 bytea,
    upload_type text not null constraint uploads_upload_type_known
        check (upload_type in ('audio', 'video', 'document', 'image', 'handwritten', 'text', 'notebook')),
    processing_status text not null default 'pending' constraint uploads_processing_status_known
        check (processing_status in ('pending', 'processing', 'completed', 'failed', 'expired')),
    -- Save what is found at once, or wait for the person to choose.
    save_to_db boolean not null default true,
    reference_at timestamptz,
    locale text,
    failure_code text,
    failure_detail text,
    extraction_result jsonb,
    engine text,
    attempts integer not null default 0,
    started_at timestamptz,
    uploaded_at timestamptz,
    processed_at timestamptz,
    saved_at timestamptz,
    -- When the sweep last sent a message for it.
    nudged_at timestamptz,
    expires_at timestamptz not null,
    created_at timestamptz not null default now(),
    deleted_at timestamptz,
    constraint uploads_failure_complete
        check ((processing_status = 'failed') = (failure_code is not null and failure_detail is not null))
);
create index uploads_user_id_idx on uploads (user_id, id desc) where deleted_at is null;
-- What the sweep looks for: things that should have moved on by now.
create index uploads_unfinished_idx on uploads (created_at)
    where deleted_at is null and (processing_status in ('pending', 'processing')
        or (processing_status = 'completed' and save_to_db and saved_at is null));
-- A deleted upload stays as a tombstone until its object is gone for certain.
create index uploads_deleted_idx on uploads (deleted_at) where deleted_at is not null;

---------------------------------------------------------------------------------------------------
-- Tasks and meetings

create table tasks (
    id bigint generated always as identity constraint tasks_pkey primary key,
    user_id bigint not null constraint tasks_user_id_fkey references users on delete cascade,
    title text not null constraint tasks_title_length check (char_length(title) between 1 and 255),
    description text constraint tasks_description_length check (char_length(description) <= 20000),
    task_type text not null default 'task' constraint tasks_task_type_known check (task_type in ('task', 'meeting')),
    status text not null default 'todo' constraint tasks_status_known check (status in
        ('backlog', 'todo', 'in_progress', 'waiting', 'blocked', 'review', 'done', 'cancelled')),
    priority text not null default 'medium' constraint tasks_priority_known
        check (priority in ('low', 'medium', 'high', 'urgent')),
    category text constraint tasks_category_length check (char_length(category) <= 100),
    due_at timestamptz,
    due_on date,
    start_at timestamptz,
    end_at timestamptz,
    source text not null default 'sentry' constraint tasks_source_known check (source in
        ('sentry', 'extracted_audio', 'extracted_document', 'extracted_image', 'extracted_handwritten',
         'extracted_text', 'companion', 'google_tasks', 'google_classroom', 'google_calendar', 'trello',
         'zoom', 'caldav', 'mail', 'crm', 'n8n')),
    provider text constraint tasks_provider_length check (char_length(provider) <= 100),
    provider_task_id text constraint tasks_provider_task_id_length check (char_length(provider_task_id) <= 255),
    google_tasklist_id text,
    assigned_to text constraint tasks_assigned_to_length check (char_length(assigned_to) <= 255),
    can_delegate boolean not null default false,
    estimated_hours double precision constraint tasks_estimated_hours_range check (estimated_hours between 0 and 1000),
    actual_hours double precision constraint tasks_actual_hours_range check (actual_hours between 0 and 10000),
    is_recurring boolean not null default false,
    recurrence text constraint tasks_recurrence_length check (char_length(recurrence) <= 500),
    is_optional boolean not null default false,
    attendees jsonb not null default '[]',
    parent_id bigint,
    project_id bigint,
    position double precision not null default 0,
    labels text[] not null default '{}' constraint tasks_labels_count check (cardinality(labels) <= 20),
    upload_id bigint,
    source_quote text,
    completed_at timestamptz,
    -- The person's own last act on it; syncs and workers leave it alone.
    touched_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz,
    -- Columns, not expressions: row-level security lets no function that may leak into an index scan.
    due_key timestamptz not null generated always as
        (coalesce(due_at, due_on::timestamp at time zone 'UTC', 'infinity')) stored,
    search text not null generated always as (sentry.fold(title || ' ' || coalesce(description, ''))) stored,
    -- Named by the owner too, so that no foreign key can reach into another person's rows.
    constraint tasks_owner_key unique (user_id, id),
    constraint tasks_parent_fkey foreign key (user_id, parent_id) references tasks (user_id, id)
        on delete cascade,
    constraint tasks_parent_other check (parent_id <> id),
    constraint tasks_one_due check (due_at is null or due_on is null),
    constraint tasks_end_after_start check (end_at >= start_at),
    constraint tasks_completed_when_done check ((status = 'done') = (completed_at is not null))
);
alter table uploads add constraint uploads_owner_key unique (user_id, id);
alter table tasks add constraint tasks_upload_fkey foreign key (user_id, upload_id)
    references uploads (user_id, id) on delete set null (upload_id);
create unique index tasks_source_key on tasks (user_id, provider, provider_task_id)
    where provider_task_id is not null and deleted_at is null;
create index tasks_user_id_idx on tasks (user_id, id desc) where deleted_at is null;
create index tasks_due_idx on tasks (user_id, due_key, id) where deleted_at is null;
create index tasks_parent_id_idx on tasks (user_id, parent_id) where parent_id is not null;
create index tasks_upload_id_idx on tasks (user_id, upload_id) where upload_id is not null;

create table extracted_items (
    upload_id bigint not null,
    user_id bigint not null constraint extracted_items_user_id_fkey references users on delete cascade,
    ordinal integer not null,
    item jsonb not null,
    quote text not null,
    start_char integer not null,
    end_char integer not null,
    page integer,
    confidence real not null constraint extracted_items_confidence_range check (confidence between 0 and 1),
    state text not null default 'proposed' constraint extracted_items_state_known
        check (state in ('proposed', 'accepted', 'duplicate', 'rejected')),
    reason text,
    task_id bigint,
    constraint extracted_items_pkey primary key (user_id, upload_id, ordinal),
    constraint extracted_items_upload_fkey foreign key (user_id, upload_id)
        references uploads (user_id, id) on delete cascade,
    constraint extracted_items_task_fkey foreign key (user_id, task_id)
        references tasks (user_id, id) on delete set null (task_id)
);
create index extracted_items_task_id_idx on extracted_items (user_id, task_id) where task_id is not null;

---------------------------------------------------------------------------------------------------
-- Scores

create table user_profiles (
    user_id bigint constraint user_profiles_pkey primary key
        constraint user_profiles_user_id_fkey references users on delete cascade,
    job_role text,
    seniority_level text,
    department text,
    -- Local working time per weekday, {"monday": {"from": "09:00", "until": "17:00"}, ..}; the others are days off.
    working_hours jsonb,
    team_size integer,
    direct_reports integer,
    can_delegate boolean not null default false,
    main_challenge text,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create table qualitative_data (
    id uuid constraint qualitative_data_pkey primary key,
    user_id bigint not null constraint qualitative_data_user_id_fkey references users on delete cascade,
    entry_type text not null constraint qualitative_data_entry_type_known
        check (entry_type in ('check_in', 'diary', 'task_note', 'meeting_transcript', 'chat')),
    content text not null,
    sentiment_score double precision constraint qualitative_data_sentiment_range check (sentiment_score between -1 and 1),
    themes jsonb not null default '[]',
    signals jsonb not null default '[]',
    engine text,
    task_id bigint,
    created_at timestamptz not null default now()
);
create index qualitative_data_user_id_idx on qualitative_data (user_id, created_at desc);

create table burnout_analyses (
    id bigint generated always as identity constraint burnout_analyses_pkey primary key,
    user_id bigint not null constraint burnout_analyses_user_id_fkey references users on delete cascade,
    -- The user's own date.
    day date not null,
    final_score double precision constraint burnout_analyses_final_score_range check (final_score between 0 and 100),
    level text constraint burnout_analyses_level_known check (level in ('LOW', 'MODERATE', 'HIGH', 'CRITICAL')),
    workload_score double precision,
    sentiment_adjustment double precision not null default 0,
    completeness double precision not null,
    factors jsonb not null,
    metrics jsonb not null,
    changes jsonb not null default '[]',
    analysis jsonb not null,
    inputs_hash bytea not null,
    trigger text not null constraint burnout_analyses_trigger_known check (trigger in ('change', 'request', 'nightly')),
    engine text not null,
    analyzed_at timestamptz not null,
    -- Unchanged inputs on the same day are the same analysis.
    constraint burnout_analyses_inputs_key unique (user_id, day, inputs_hash)
);
create index burnout_analyses_user_id_idx on burnout_analyses (user_id, analyzed_at desc, id desc);

-- One row per user whose score is asked for: a burst of changes becomes one run.
create table pending_rescores (
    user_id bigint constraint pending_rescores_pkey primary key
        constraint pending_rescores_user_id_fkey references users on delete cascade,
    requested_at timestamptz not null default now()
);
create index pending_rescores_requested_at_idx on pending_rescores (requested_at);

-- How far the nightly run of a day has come among the users of a zone: a tick that comes twice, or
-- after a crash in its middle, goes on where the other stopped.
create table nightly_runs (
    time_zone text not null,
    day date not null,
    after_user_id bigint not null default 0,
    finished_at timestamptz,
    constraint nightly_runs_pkey primary key (time_zone, day)
);

---------------------------------------------------------------------------------------------------
-- Messages and requests

create table outbox (
    id bigint generated always as identity constraint outbox_pkey primary key,
    queue text not null,
    body jsonb not null,
    delay_seconds integer not null default 0 constraint outbox_delay_range check (delay_seconds between 0 and 900),
    created_at timestamptz not null default now(),
    -- Until then the function that wrote it may still be sending it.
    next_attempt_at timestamptz not null default now() + interval '10 seconds',
    attempts integer not null default 0,
    sent_at timestamptz
);
create index outbox_unsent_idx on outbox (next_attempt_at, id) where sent_at is null;
create index outbox_sent_idx on outbox (sent_at) where sent_at is not null;

create table idempotency_keys (
    user_id bigint not null constraint idempotency_keys_user_id_fkey references users on delete cascade,
    key text not null constraint idempotency_keys_key_length check (char_length(key) between 1 and 255),
    request_hash bytea not null,
    status integer,
    response jsonb,
    expires_at timestamptz not null,
    constraint idempotency_keys_pkey primary key (user_id, key)
);
create index idempotency_keys_expires_at_idx on idempotency_keys (expires_at);

-- Trusted services that act for users: what their token may do, and whether it still may. No
-- owner: a service serves all users within its scopes.
create table service_tokens (
    id uuid constraint service_tokens_pkey primary key,
    name text not null constraint service_tokens_name_length check (char_length(name) between 1 and 100),
    token_hash bytea not null,
    scopes text[] not null constraint service_tokens_scopes_some check (cardinality(scopes) between 1 and 20),
    created_at timestamptz not null default now(),
    last_used_at timestamptz,
    revoked_at timestamptz
);

---------------------------------------------------------------------------------------------------
-- Who may do what

-- Begins a tenant transaction: refuses a session that is not this user's, is revoked or has expired.
create function sentry.enter(of_user bigint, with_session uuid, at timestamptz) returns void
    language plpgsql as $$
begin
    perform set_config('sentry.user_id', of_user::text, true), set_config('role', 'sentry_app', true);
    if not exists (
        select from sessions
        where id = with_session and user_id = of_user and revoked_at is null and expires_at > at
    ) then
        raise exception 'session has ended' using errcode = 'SE401';
    end if;
end $$;

-- Begins a transaction of a worker that acts for one user.
create function sentry.enter_worker(of_user bigint) returns void
    language plpgsql as $$
begin
    perform set_config('sentry.user_id', of_user::text, true), set_config('role', 'sentry_app', true);
end $$;

-- Begins a transaction of a trusted service that acts for one user: refuses a token that is
-- unknown, revoked or not meant for `scope`, and a user there is not.
create function sentry.enter_service(of_user bigint, token uuid, hash bytea, scope text, at timestamptz)
    returns void
    language plpgsql as $$
begin
    perform set_config('role', 'sentry_auth', true);
    if not exists (
        select from service_tokens
        where id = token and token_hash = hash and scope = any (scopes) and revoked_at is null
    ) then
        raise exception 'service token is not valid' using errcode = 'SE401';
    end if;
    -- To the minute: not one write per request on the same row.
    update service_tokens set last_used_at = at
    where id = token and (last_used_at is null or last_used_at < at - interval '1 minute');
    if not exists (select from users where id = of_user and deleted_at is null) then
        raise exception 'no such user' using errcode = 'SE404';
    end if;
    perform set_config('sentry.user_id', of_user::text, true), set_config('role', 'sentry_app', true);
end $$;

revoke execute on all functions in schema sentry from public;
grant execute on function sentry.fold(text) to sentry_app, sentry_auth, sentry_worker;
grant execute on function sentry.enter_service(bigint, uuid, bytea, text, timestamptz) to sentry_auth;
grant execute on function sentry.user_id() to sentry_app, sentry_auth, sentry_worker;
grant execute on function sentry.enter(bigint, uuid, timestamptz) to sentry_app;
grant execute on function sentry.enter_worker(bigint) to sentry_worker;

do $$
declare
    owned text;
begin
    foreach owned in array array[
        'users', 'auth_providers', 'sessions', 'one_time_codes', 'activities', 'uploads', 'tasks', 'extracted_items',
        'user_profiles', 'qualitative_data', 'burnout_analyses', 'pending_rescores', 'idempotency_keys'
    ] loop
        execute format('alter table %I enable row level security', owned);
        execute format('alter table %I force row level security', owned);
        execute format(
            'create policy owner on %1$I to sentry_app using (%2$I = (select sentry.user_id())) '
            'with check (%2$I = (select sentry.user_id()))',
            owned, case owned when 'users' then 'id' else 'user_id' end);
    end loop;
end $$;

grant select, update (first_name, last_name, birthday, time_zone, locale, picture_key, email, email_verified_at,
    password_hash, version, updated_at, deleted_at) on users to sentry_app;
grant select, insert, update, delete on tasks, uploads, extracted_items, user_profiles, qualitative_data,
    burnout_analyses, pending_rescores, idempotency_keys, auth_providers, one_time_codes to sentry_app;
grant select, update (revoked_at) on sessions to sentry_app;
-- Extracted tasks are given their ids before they are inserted, to be told apart by them.
grant usage on sequence tasks_id_seq to sentry_app;
-- The log is append-only.
grant select, insert on activities to sentry_app;
grant select, insert, update on outbox to sentry_app, sentry_auth;

grant select, insert, update on users, auth_providers, sessions, one_time_codes to sentry_auth;
grant insert on activities to sentry_auth;
grant select, insert, update, delete on rate_limits to sentry_auth, sentry_worker, sentry_app;
grant select, update (last_used_at) on service_tokens to sentry_auth;
create policy sign_in on users to sentry_auth using (true) with check (true);
create policy sign_in on auth_providers to sentry_auth using (true) with check (true);
create policy sign_in on sessions to sentry_auth using (true) with check (true);
create policy sign_in on one_time_codes to sentry_auth using (true) with check (true);
create policy sign_in on activities for insert to sentry_auth with check (true);

grant select on users, tasks, user_profiles, qualitative_data to sentry_worker;
grant select, insert, update, delete on outbox, pending_rescores, nightly_runs to sentry_worker;
grant select, insert, update on burnout_analyses, uploads to sentry_worker;
grant delete on uploads to sentry_worker;
grant select, delete on sessions, one_time_codes, idempotency_keys to sentry_worker;
create policy work on users for select to sentry_worker using (true);
-- What a deleted account owns goes with its row, by the foreign keys of every owner table.
grant delete on users to sentry_worker;
create policy purge on users for delete to sentry_worker using (deleted_at is not null);
create policy work on tasks for select to sentry_worker using (true);
create policy work on user_profiles for select to sentry_worker using (true);
create policy work on qualitative_data for select to sentry_worker using (true);
create policy work on uploads to sentry_worker using (true) with check (true);
create policy work on burnout_analyses to sentry_worker using (true) with check (true);
create policy work on pending_rescores to sentry_worker using (true) with check (true);
create policy work on sessions to sentry_worker using (true);
create policy work on one_time_codes to sentry_worker using (true);
create policy work on idempotency_keys to sentry_worker using (true);
