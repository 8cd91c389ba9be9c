//! How much a file may weigh, and how many there may be.

use sentry_db::uploads::Usage;
use sentry_documents::Family;
use sentry_http::{ApiError, Conflict};
use sentry_runtime::{SettingError, Settings};

/// The bounds of uploads. All of them can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Texts and documents.
    pub document_bytes: i64,
    /// Pictures.
    pub image_bytes: i64,
    /// Recordings.
    pub audio_bytes: i64,
    /// Films.
    pub video_bytes: i64,
    /// Uploads of one user that are announced or being read.
    pub unfinished: i64,
    /// All that one user keeps.
    pub bytes_per_user: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            document_bytes: 50_000_000,
            image_bytes: 10_000_000,
            audio_bytes: 100_000_000,
            video_bytes: 500_000_000,
            unfinished: 200,
            bytes_per_user: 5_000_000_000,
        }
    }
}

impl Limits {
    /// Reads the bounds that are set; the others are the product's own.
    pub fn from_settings(settings: &Settings) -> Result<Self, SettingError> {
        let default = Self::default();
        Ok(Self {
            document_bytes: settings.parsed("LIMIT_DOCUMENT_BYTES", default.document_bytes)?,
            image_bytes: settings.parsed("LIMIT_IMAGE_BYTES", default.image_bytes)?,
            audio_bytes: settings.parsed("LIMIT_AUDIO_BYTES", default.audio_bytes)?,
            video_bytes: settings.parsed("LIMIT_VIDEO_BYTES", default.video_bytes)?,
            unfinished: settings.parsed("LIMIT_UNFINISHED_UPLOADS", default.unfinished)?,
            bytes_per_user: settings
                .parsed("LIMIT_UPLOAD_BYTES_PER_USER", default.bytes_per_user)?,
        })
    }

    /// Refuses a file that is heavier than files like it may be.
    pub(crate) fn check_size(&self, family: Family, size: i64) -> Result<(), ApiError> {
        let limit = match family {
            Family::Text | Family::Document => self.document_bytes,
            Family::Image => self.image_bytes,
            Family::Audio => self.audio_bytes,
            Family::Video => self.video_bytes,
        };
        if size > limit {
            let hint = "split it, or leave out what holds no tasks";
            return Err(ApiError::FileTooLarge {
                limit_bytes: limit.unsigned_abs(),
                hint,
            });
        }
        Ok(())
    }

    /// Refuses more files, or more bytes, than one user may have.
    pub(crate) fn check_usage(
        &self,
        usage: &Usage,
        files: i64,
        bytes: i64,
    ) -> Result<(), ApiError> {
        if usage.unfinished + files > self.unfinished {
            return Err(ApiError::Conflict(Conflict {
                code: "too_many_unfinished",
                detail: "too many of your uploads are not finished; wait for them, or delete some",
            }));
        }
        if usage.bytes.saturating_add(bytes) > self.bytes_per_user {
            return Err(ApiError::Conflict(Conflict {
                code: "quota_exceeded",
                detail: "your uploads take up all the space you have; delete some that you no longer need",
            }));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_place_can_be_taken_and_no_more() {
        let limits = Limits {
            unfinished: 2,
            bytes_per_user: 100,
            ..Limits::default()
        };
        let usage = |unfinished, bytes| Usage {
            unfinished,
            bytes,
            time_zone: "UTC".to_owned(),
        };
        assert!(limits.check_usage(&usage(1, 60), 1, 40).is_ok());
        assert!(limits.check_usage(&usage(2, 0), 1, 1).is_err());
        assert!(limits.check_usage(&usage(0, 61), 1, 40).is_err());
        assert!(limits.check_usage(&usage(0, 61), 1, i64::MAX).is_err());
    }

    #[test]
    fn each_kind_has_its_own_weight() {
        let limits = Limits::default();
        assert!(limits.check_size(Family::Image, 10_000_000).is_ok());
        assert!(limits.check_size(Family::Image, 10_000_001).is_err());
        assert!(limits.check_size(Family::Video, 500_000_000).is_ok());
    }
}
