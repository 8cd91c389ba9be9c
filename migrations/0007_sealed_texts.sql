-- What people write of themselves is sealed with their own data key: a dump of the database holds none of it in the
-- clear. `content` stays for the rows of before, until the sweep has sealed them, and for functions of the release
-- before; no row has both.
alter table qualitative_data
    alter column content set default '',
    add column sealed bytea,
    add constraint qualitative_data_one_form check (sealed is null or content = '') not valid;

create index qualitative_data_unsealed_idx on qualitative_data (user_id) where content <> '';

grant update (content, sealed) on qualitative_data to sentry_worker;
create policy seal on qualitative_data for update to sentry_worker using (true) with check (true);
grant insert on data_keys to sentry_worker;
