//! Applies the numbered SQL files of `migrations/`, once each, in order.

use crate::Db;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations");

/// Why the schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The database could not be asked.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// A migration failed, or an applied one was edited.
    #[error(transparent)]
    Migration(#[from] sqlx::migrate::MigrateError),
}

/// Brings the schema up to date. Safe to run at every start and from several processes at once.
pub async fn migrate(db: &Db) -> Result<(), MigrateError> {
    let mut conn = db.pool().acquire().await?;
    MIGRATIONS.run(&mut *conn).await?;
    Ok(())
}
