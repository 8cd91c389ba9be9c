//! The secrets of one machine: made at the first start, kept beside the data, never printed.

use anyhow::{Context, Result};
use sentry_runtime::Ids;
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// The settings that hold a secret of 256 bits each.
const NAMES: [&str; 5] = [
    "TOKEN_SIGNING_KEY",
    "TOKEN_REFRESH_KEY",
    "SERVICE_TOKEN_KEY",
    "TOKEN_CODE_KEY",
    "DATA_KEY",
];

/// The secrets by the name of their setting.
pub type Keys = BTreeMap<String, String>;

/// Fresh secrets from the given source of chance.
pub fn generate(ids: &Ids) -> Keys {
    NAMES
        .iter()
        .map(|name| ((*name).to_owned(), base64(&ids.bytes::<32>())))
        .collect()
}

/// The secrets in the file at `path`, which is made when it is not there. Only the owner of the
/// process may read it. Names that a newer release needs are added.
pub fn load_or_create(path: &Path) -> Result<Keys> {
    let mut keys: Keys = match std::fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes)
            .with_context(|| format!("{} is damaged", path.display()))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Keys::new(),
        Err(error) => {
            return Err(error).with_context(|| format!("{} cannot be read", path.display()));
        }
    };
    let known = keys.len();
    for (name, key) in generate(&Ids::system()) {
        keys.entry(name).or_insert(key);
    }
    if keys.len() > known {
        let draft = path.with_extension("new");
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&draft)?;
        file.write_all(&serde_json::to_vec_pretty(&keys)?)?;
        file.sync_all()?;
        std::fs::rename(&draft, path)?;
    }
    Ok(keys)
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::prelude::BASE64_STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn secrets_stay_the_same_and_stay_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        let first = load_or_create(&path).unwrap();
        assert_eq!(first.len(), NAMES.len());
        assert_eq!(load_or_create(&path).unwrap(), first);
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }

    #[test]
    fn a_damaged_file_is_never_replaced_silently() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        std::fs::write(&path, "{").unwrap();
        assert!(
            load_or_create(&path)
                .unwrap_err()
                .to_string()
                .contains("damaged")
        );
    }
}
