//! The archive itself, written to a file so that no person's data has to fit into memory.

use crate::Export;
use anyhow::{Context, Result};
use sentry_auth::envelope::DataKey;
use sentry_db::{data_keys, exports, texts};
use sentry_domain::UserId;
use sentry_storage::{StorageError, user_prefix};
use serde_json::{Value, json};
use std::io::{BufWriter, Write};
use tempfile::NamedTempFile;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Rows read at once.
const PAGE: i64 = 500;
/// The largest file that is held in memory on its way; the limits of uploads are below.
const LARGEST_FILE: u64 = 512 * 1024 * 1024;

const README: &str = "Everything Sentry AI holds about you.\n\n\
    data/   one file per kind of record, as JSON lists\n\
    files/  what you uploaded, as it was\n\n\
    Left out: hashes and keys of passwords, sessions and codes. They are of use to a thief only.\n";

type Zip = ZipWriter<BufWriter<std::fs::File>>;

/// Writes the archive of a person.
pub(crate) async fn write(export: &Export, user: UserId) -> Result<NamedTempFile> {
    let file = NamedTempFile::new()?;
    let mut zip = ZipWriter::new(BufWriter::new(file.reopen()?));
    begin(&mut zip, "README.txt")?;
    zip.write_all(README.as_bytes())?;
    let mut counts = serde_json::Map::new();
    let mut tx = export.context.db.as_user(user).await?;
    let tables = exports::owner_tables(&mut tx).await?;
    let key = data_keys::find(&mut tx, user, &export.master_keys).await?;
    tx.commit().await?;
    for table in tables {
        let count = write_table(export, &mut zip, (user, key.as_ref()), &table).await?;
        counts.insert(table, count.into());
    }
    let files = write_files(export, &mut zip, user).await?;
    begin(&mut zip, "contents.json")?;
    let contents = json!({
        "user_id": user,
        "made_at": export.context.clock.now(),
        "records": counts,
        "files": files,
    });
    zip.write_all(&serde_json::to_vec_pretty(&contents)?)?;
    zip.finish()?.flush()?;
    Ok(file)
}

/// A table as a list of records, read in pages: no transaction stays open for long.
async fn write_table(
    export: &Export,
    zip: &mut Zip,
    (user, key): (UserId, Option<&DataKey>),
    table: &str,
) -> Result<i64> {
    begin(zip, &format!("data/{table}.json"))?;
    zip.write_all(b"[")?;
    let mut count = 0;
    loop {
        let mut tx = export.context.db.as_user(user).await?;
        let mut rows: Vec<Value> = exports::rows(&mut tx, user, table, (count, PAGE)).await?;
        tx.commit().await?;
        for row in &mut rows {
            open(row, user, key)?;
        }
        for row in &rows {
            zip.write_all(if count == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *zip, row)?;
            count += 1;
        }
        if i64::try_from(rows.len())? < PAGE {
            zip.write_all(b"\n]\n")?;
            return Ok(count);
        }
    }
}

/// Puts what is sealed for its owner into the row as they wrote it; null where it can no longer be opened.
fn open(row: &mut Value, user: UserId, key: Option<&DataKey>) -> Result<()> {
    let Some(sealed) = row.as_object_mut().and_then(|row| row.remove("sealed")) else {
        return Ok(());
    };
    // PostgreSQL writes bytes as \\x and hexadecimal digits.
    if let Some(digits) = sealed.as_str().and_then(|text| text.strip_prefix("\\x")) {
        let bytes = hex::decode(digits)?;
        let key = key.context("a text is sealed, and its owner has no data key")?;
        row["content"] = texts::opened(user, key, &bytes).into();
    }
    Ok(())
}

/// Every object in the person's folder of the bucket but earlier archives.
async fn write_files(export: &Export, zip: &mut Zip, user: UserId) -> Result<Vec<String>> {
    let prefix = user_prefix(user);
    let mut names = Vec::new();
    for key in export.storage.list_all(&prefix).await? {
        let name = key.strip_prefix(&prefix).unwrap_or(&key);
        if name.starts_with("exports/") {
            continue;
        }
        let bytes = match export.storage.get(&key, LARGEST_FILE).await {
            Ok(bytes) => bytes,
            // Deleted meanwhile.
            Err(StorageError::NotFound) => continue,
            Err(error) => return Err(error.into()),
        };
        begin(zip, &format!("files/{name}"))?;
        zip.write_all(&bytes)?;
        names.push(name.to_owned());
    }
    Ok(names)
}

fn begin(zip: &mut Zip, name: &str) -> Result<()> {
    let options = SimpleFileOptions::default().large_file(true);
    Ok(zip.start_file(name, options)?)
}
