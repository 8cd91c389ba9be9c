//! The folder that holds the state of the one machine, and its lock.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

/// The data folder, held by one process at a time.
///
/// The operating system lets go of the lock when the process dies, however it
/// dies, so a stale lock file stops nobody.
#[derive(Debug)]
pub struct DataDir {
    path: PathBuf,
    _lock: Option<File>,
    _temporary: Option<TempDir>,
}

impl DataDir {
    /// Opens `path`, creating it if needed, unless another process has it.
    pub fn open(path: &Path) -> Result<Self> {
        std::fs::create_dir_all(path)
            .with_context(|| format!("the data folder {} cannot be created", path.display()))?;
        let name = path.join("lock");
        let mut lock = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&name)
            .with_context(|| format!("the data folder {} cannot be written", path.display()))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                lock.read_to_string(&mut holder)?;
                bail!(
                    "the data folder {} is in use by another sentry-local (process {}); stop it or give another --data-dir",
                    path.display(),
                    holder.trim()
                );
            }
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| {
                    format!("the data folder {} cannot be locked", path.display())
                });
            }
        }
        // What the process before has said holds no more.
        let announced = announcement(path);
        if announced.exists() {
            std::fs::remove_file(announced)?;
        }
        lock.set_len(0)?;
        lock.rewind()?;
        writeln!(lock, "{}", std::process::id())?;
        Ok(Self {
            path: path.to_path_buf(),
            _lock: Some(lock),
            _temporary: None,
        })
    }

    /// A folder that is deleted in the end.
    pub fn temporary() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("sentry-local-").tempdir()?;
        Ok(Self {
            path: folder.path().to_path_buf(),
            _lock: None,
            _temporary: Some(folder),
        })
    }

    /// Tells other processes, [`announced`], where S3 and SQS of this folder answer.
    pub fn announce(&self, endpoint: &str) -> Result<()> {
        Ok(std::fs::write(announcement(&self.path), endpoint)?)
    }

    /// Where the database lives.
    pub fn postgres(&self) -> PathBuf {
        self.path.join("postgres")
    }

    /// Where objects and messages live.
    pub fn aws(&self) -> PathBuf {
        self.path.join("aws")
    }

    /// Where mails lie when there is no mail server.
    pub fn mail(&self) -> PathBuf {
        self.path.join("mail")
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

fn announcement(path: &Path) -> PathBuf {
    path.join("aws-endpoint")
}

/// Where S3 and SQS answer of the system that now works on the folder `path`. Nothing where none does, or where it has its
/// S3 and SQS elsewhere.
pub fn announced(path: &Path) -> Option<String> {
    let lock = File::open(path.join("lock")).ok()?;
    let held = matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock));
    let endpoint = std::fs::read_to_string(announcement(path)).ok()?;
    (held && !endpoint.is_empty()).then_some(endpoint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_tells_where_its_system_answers_while_that_runs() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(announced(home.path()), None);
        let first = DataDir::open(home.path()).unwrap();
        assert_eq!(announced(home.path()), None);
        first.announce("http://127.0.0.1:4567").unwrap();
        assert_eq!(
            announced(home.path()).as_deref(),
            Some("http://127.0.0.1:4567")
        );
        drop(first);
        assert_eq!(announced(home.path()), None);
        let _second = DataDir::open(home.path()).unwrap();
        assert_eq!(announced(home.path()), None);
    }

    #[test]
    fn a_folder_has_one_holder_at_a_time() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("new/.sentry");
        let first = DataDir::open(&path).unwrap();
        let error = DataDir::open(&path).unwrap_err().to_string();
        assert!(
            error.contains(&std::process::id().to_string()) && !error.contains('\n'),
            "{error}"
        );
        drop(first);
        DataDir::open(&path).unwrap();
    }

    #[test]
    fn a_file_in_the_place_of_the_folder_is_named() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let error = DataDir::open(file.path()).unwrap_err().to_string();
        assert!(
            error.contains(&file.path().display().to_string()),
            "{error}"
        );
    }
}
