-- What a user's requests to language models have cost, by the user's own day: the budget is checked against it.
create table ai_usage (
    user_id bigint not null constraint ai_usage_user_id_fkey references users on delete cascade,
    day date not null,
    calls bigint not null default 0 constraint ai_usage_calls_range check (calls >= 0),
    input_tokens bigint not null default 0 constraint ai_usage_input_tokens_range check (input_tokens >= 0),
    output_tokens bigint not null default 0 constraint ai_usage_output_tokens_range check (output_tokens >= 0),
    audio_seconds double precision not null default 0 constraint ai_usage_audio_seconds_range check (audio_seconds >= 0),
    cost_usd double precision not null default 0 constraint ai_usage_cost_usd_range check (cost_usd >= 0),
    constraint ai_usage_pkey primary key (user_id, day)
);

alter table ai_usage enable row level security;
alter table ai_usage force row level security;
create policy owner on ai_usage to sentry_app using (user_id = (select sentry.user_id()))
    with check (user_id = (select sentry.user_id()));
grant select, insert, update, delete on ai_usage to sentry_app;
