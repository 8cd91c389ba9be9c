-- An offer whose rows have been changed since can no longer be carried out as it was previewed.
alter table recommendations
    drop constraint recommendations_status_known,
    add constraint recommendations_status_known check (status in
        ('offered', 'accepted', 'applied', 'undone', 'dismissed', 'snoozed', 'expired'));

-- Whether a row that these changes are about is gone or has another version than was previewed.
create function sentry.is_outdated(owner bigint, changes jsonb) returns boolean
    language sql stable
    as $$
        select exists (
            select from jsonb_array_elements(changes) c(change)
            left join public.tasks t
                on t.user_id = owner and t.id = (c.change #>> '{row,id}')::bigint and t.deleted_at is null
            where c.change #> '{row,id}' is not null
              and t.version is distinct from (c.change #>> '{row,version}')::integer
        )
    $$;
