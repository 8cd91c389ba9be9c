//! How far the nightly run has come, zone by zone and day by day.

use crate::Tx;
use chrono::NaiveDate;

/// The zones in which people live: one probe of the index per zone, however many people there are.
pub async fn zones(tx: &mut Tx) -> crate::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"
        with recursive zones (time_zone) as (
            (select time_zone from users where deleted_at is null order by time_zone limit 1)
            union all
            select (
                select u.time_zone from users u
                where u.deleted_at is null and u.time_zone > z.time_zone
                order by u.time_zone limit 1
            )
            from zones z where z.time_zone is not null
        )
        select time_zone as "time_zone!" from zones where time_zone is not null
        "#
    )
    .fetch_all(&mut **tx)
    .await
}

/// Those of the given runs that are not finished.
pub async fn unfinished(
    tx: &mut Tx,
    runs: &[(String, NaiveDate)],
) -> crate::Result<Vec<(String, NaiveDate)>> {
    let (zones, days): (Vec<String>, Vec<NaiveDate>) = runs.iter().cloned().unzip();
    let rows = sqlx::query!(
        r#"
        select w.time_zone as "time_zone!", w.day as "day!"
        from unnest($1::text[], $2::date[]) w(time_zone, day)
        where not exists (
            select from nightly_runs r
            where r.time_zone = w.time_zone and r.day = w.day and r.finished_at is not null
        )
        "#,
        &zones,
        &days,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.time_zone, row.day))
        .collect())
}

/// The next people of a run, at most `limit`; none once it is finished. The run is locked until
/// the transaction ends: who commits it must have written the messages for these people with it.
pub async fn next_page(
    tx: &mut Tx,
    time_zone: &str,
    day: NaiveDate,
    limit: i64,
) -> crate::Result<Vec<i64>> {
    let run = sqlx::query!(
        r#"
        insert into nightly_runs as r (time_zone, day) values ($1, $2)
        on conflict (time_zone, day) do update set day = excluded.day
        returning r.after_user_id, r.finished_at is not null as "finished!"
        "#,
        time_zone,
        day,
    )
    .fetch_one(&mut **tx)
    .await?;
    if run.finished {
        return Ok(Vec::new());
    }
    let ids = sqlx::query_scalar!(
        "
        select id from users
        where time_zone = $1 and id > $2 and deleted_at is null
        order by id
        limit $3
        ",
        time_zone,
        run.after_user_id,
        limit,
    )
    .fetch_all(&mut **tx)
    .await?;
    let last = i64::try_from(ids.len()).is_ok_and(|found| found < limit);
    sqlx::query!(
        "
        update nightly_runs
        set after_user_id = $3, finished_at = case when $4 then now() end
        where time_zone = $1 and day = $2
        ",
        time_zone,
        day,
        ids.last().copied().unwrap_or(run.after_user_id),
        last,
    )
    .execute(&mut **tx)
    .await?;
    Ok(ids)
}

/// Forgets runs of days before `day`. Returns how many.
pub async fn purge(tx: &mut Tx, day: NaiveDate) -> crate::Result<u64> {
    let done = sqlx::query!("delete from nightly_runs where day < $1", day)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected())
}
