-- Check-ins, alerts, the profile with its history, and advice that is applied, undone and measured.

---------------------------------------------------------------------------------------------------
-- What people say of themselves

alter table qualitative_data
    add column crisis boolean not null default false,
    add column language text,
    add column mood smallint constraint qualitative_data_mood_range check (mood between 1 and 5),
    add column energy smallint constraint qualitative_data_energy_range check (energy between 1 and 5),
    add column stress smallint constraint qualitative_data_stress_range check (stress between 1 and 5);

---------------------------------------------------------------------------------------------------
-- Profile

create table user_preferences (
    user_id bigint constraint user_preferences_pkey primary key
        constraint user_preferences_user_id_fkey references users on delete cascade,
    communication_style text not null default 'supportive' constraint user_preferences_style_known
        check (communication_style in ('direct', 'supportive', 'data_driven')),
    preferred_types text[] not null default '{}',
    avoided_types text[] not null default '{}',
    -- Local; a night that ends in the morning wraps over midnight.
    quiet_from time,
    quiet_until time,
    daily_cap integer not null default 5 constraint user_preferences_daily_cap_range check (daily_cap between 0 and 50),
    text_sources text[] not null default '{check_in,diary,task_note,meeting_transcript,chat}',
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint user_preferences_quiet_both check ((quiet_from is null) = (quiet_until is null))
);

create table user_constraints (
    id uuid constraint user_constraints_pkey primary key,
    user_id bigint not null constraint user_constraints_user_id_fkey references users on delete cascade,
    constraint_type text not null constraint user_constraints_type_known
        check (constraint_type in ('deadline', 'pto_block', 'delegation_block', 'meeting_block')),
    starts_at timestamptz not null,
    -- Open where it is null.
    ends_at timestamptz,
    note text constraint user_constraints_note_length check (char_length(note) <= 500),
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint user_constraints_order check (ends_at > starts_at)
);
create index user_constraints_user_id_idx on user_constraints (user_id, starts_at);

-- What the profile, the preferences and the constraints were before. Append-only.
create table profile_changes (
    id bigint generated always as identity constraint profile_changes_pkey primary key,
    user_id bigint not null constraint profile_changes_user_id_fkey references users on delete cascade,
    subject text not null constraint profile_changes_subject_known
        check (subject in ('profile', 'preferences', 'constraint')),
    constraint_id uuid,
    action text not null constraint profile_changes_action_known
        check (action in ('created', 'updated', 'deleted')),
    before jsonb,
    after jsonb,
    changed_at timestamptz not null
);
create index profile_changes_user_id_idx on profile_changes (user_id, id desc);

create table user_behavioral_profiles (
    user_id bigint constraint user_behavioral_profiles_pkey primary key
        constraint user_behavioral_profiles_user_id_fkey references users on delete cascade,
    -- The person's date it was learned on: once a day is enough.
    day date not null,
    learned jsonb not null,
    learned_at timestamptz not null
);

---------------------------------------------------------------------------------------------------
-- Alerts, and what people think of a score

create table burnout_alerts (
    id uuid constraint burnout_alerts_pkey primary key default gen_random_uuid(),
    user_id bigint not null constraint burnout_alerts_user_id_fkey references users on delete cascade,
    kind text not null constraint burnout_alerts_kind_known check (kind in
        ('high', 'critical', 'spike', 'prolonged', 'workload_overload', 'negative_mood', 'emotional_exhaustion',
         'overwhelm', 'sleep_concerns', 'negative_outlook', 'health_concerns')),
    sentence text not null,
    value double precision,
    opened_on date not null,
    opened_at timestamptz not null,
    closed_on date,
    closed_at timestamptz
);
create index burnout_alerts_user_id_idx on burnout_alerts (user_id, opened_at desc, id desc);
-- Each opens once.
create unique index burnout_alerts_open_key on burnout_alerts (user_id, kind) where closed_at is null;

create table burnout_feedback (
    id uuid constraint burnout_feedback_pkey primary key,
    user_id bigint not null constraint burnout_feedback_user_id_fkey references users on delete cascade,
    day date not null,
    final_score double precision,
    verdict text not null constraint burnout_feedback_verdict_known
        check (verdict in ('too_low', 'about_right', 'too_high')),
    comment text constraint burnout_feedback_comment_length check (char_length(comment) <= 2000),
    created_at timestamptz not null
);
create index burnout_feedback_user_id_idx on burnout_feedback (user_id, created_at desc);

---------------------------------------------------------------------------------------------------
-- Advice

create table recommendations (
    id uuid constraint recommendations_pkey primary key,
    user_id bigint not null constraint recommendations_user_id_fkey references users on delete cascade,
    -- The person's date it was offered on.
    day date not null,
    -- The same idea about the same rows has the same key.
    key text not null constraint recommendations_key_length check (char_length(key) <= 300),
    type text not null constraint recommendations_type_length check (char_length(type) <= 40),
    title text not null constraint recommendations_title_length check (char_length(title) <= 70),
    body jsonb not null,
    -- Exactly what `apply` changes.
    changes jsonb not null default '[]',
    expected_effect double precision,
    status text not null default 'offered' constraint recommendations_status_known check (status in
        ('offered', 'accepted', 'applied', 'undone', 'dismissed', 'snoozed')),
    snoozed_until timestamptz,
    score_before double precision,
    applied_at timestamptz,
    undo_hash bytea,
    measured_effect double precision,
    measured_on date,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint recommendations_owner_key unique (user_id, id)
);
create index recommendations_user_id_idx on recommendations (user_id, created_at desc, id desc);
create index recommendations_unmeasured_idx on recommendations (user_id, applied_at)
    where applied_at is not null and measured_on is null;

-- What an applied recommendation found and left, row by row.
create table recommendation_actions (
    user_id bigint not null constraint recommendation_actions_user_id_fkey references users on delete cascade,
    recommendation_id uuid not null,
    ordinal integer not null,
    task_id bigint not null,
    -- Null where the row was made by it.
    before jsonb,
    version_after integer not null,
    applied_at timestamptz not null,
    undone_at timestamptz,
    constraint recommendation_actions_pkey primary key (user_id, recommendation_id, applied_at, ordinal),
    constraint recommendation_actions_recommendation_fkey foreign key (user_id, recommendation_id)
        references recommendations (user_id, id) on delete cascade
);

create table recommendation_feedback (
    id uuid constraint recommendation_feedback_pkey primary key,
    user_id bigint not null constraint recommendation_feedback_user_id_fkey references users on delete cascade,
    recommendation_id uuid not null,
    type text not null,
    helpful boolean not null,
    comment text constraint recommendation_feedback_comment_length check (char_length(comment) <= 2000),
    created_at timestamptz not null,
    constraint recommendation_feedback_recommendation_fkey foreign key (user_id, recommendation_id)
        references recommendations (user_id, id) on delete cascade
);
create index recommendation_feedback_user_id_idx on recommendation_feedback (user_id, created_at desc);

---------------------------------------------------------------------------------------------------
-- The course of a score: the last analysis of each day.

create index burnout_analyses_day_idx on burnout_analyses (user_id, day desc, analyzed_at desc, id desc);

---------------------------------------------------------------------------------------------------
-- Who may do what

do $$
declare
    owned text;
begin
    foreach owned in array array[
        'user_preferences', 'user_constraints', 'profile_changes', 'user_behavioral_profiles', 'burnout_alerts',
        'burnout_feedback', 'recommendations', 'recommendation_actions', 'recommendation_feedback'
    ] loop
        execute format('alter table %I enable row level security', owned);
        execute format('alter table %I force row level security', owned);
        execute format(
            'create policy owner on %1$I to sentry_app using (user_id = (select sentry.user_id())) '
            'with check (user_id = (select sentry.user_id()))', owned);
    end loop;
end $$;

grant select, insert, update, delete on user_preferences, user_constraints, user_behavioral_profiles,
    burnout_alerts, burnout_feedback, recommendations, recommendation_actions, recommendation_feedback to sentry_app;
grant select, insert on profile_changes to sentry_app;

grant select on user_preferences to sentry_worker;
grant select, insert, update on burnout_alerts, user_behavioral_profiles, recommendations to sentry_worker;
create policy work on user_preferences for select to sentry_worker using (true);
create policy work on burnout_alerts to sentry_worker using (true) with check (true);
create policy work on user_behavioral_profiles to sentry_worker using (true) with check (true);
create policy work on recommendations to sentry_worker using (true) with check (true);
