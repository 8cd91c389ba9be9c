//! What a patch makes of a profile.

use super::ProfilePatch;
use sentry_db::profiles::ProfileRow;
use sentry_http::{ApiError, FieldError, Patch};
use sentry_scoring::WorkingHours;

const MAX_LINE: usize = 100;
const MAX_CHALLENGE: usize = 500;

impl ProfilePatch {
    pub(super) fn without_nulls(self) -> Self {
        Self {
            job_role: self.job_role.null_is_absent(),
            seniority_level: self.seniority_level.null_is_absent(),
            department: self.department.null_is_absent(),
            time_zone: self.time_zone.null_is_absent(),
            working_hours: self.working_hours.null_is_absent(),
            team_size: self.team_size.null_is_absent(),
            direct_reports: self.direct_reports.null_is_absent(),
            can_delegate: self.can_delegate.null_is_absent(),
            main_challenge: self.main_challenge.null_is_absent(),
            version: self.version,
        }
    }

    pub(super) fn applied(self, row: ProfileRow) -> Result<ProfileRow, ApiError> {
        let mut errors = Vec::new();
        let mut line = |field: &'static str, patch: Patch<String>, current, most: usize| {
            if patch
                .as_ref()
                .is_some_and(|text| text.chars().count() > most)
            {
                errors.push(FieldError::new(
                    field,
                    format!("must have at most {most} characters"),
                ));
            }
            let text = patch.or(current).map(|text: String| text.trim().to_owned());
            text.filter(|text| !text.is_empty())
        };
        let job_role = line("job_role", self.job_role, row.job_role, MAX_LINE);
        let seniority_level = line(
            "seniority_level",
            self.seniority_level,
            row.seniority_level,
            MAX_LINE,
        );
        let department = line("department", self.department, row.department, MAX_LINE);
        let main_challenge = line(
            "main_challenge",
            self.main_challenge,
            row.main_challenge,
            MAX_CHALLENGE,
        );
        for (field, count) in [
            ("team_size", &self.team_size),
            ("direct_reports", &self.direct_reports),
        ] {
            if count
                .as_ref()
                .is_some_and(|count| !(0..=100_000).contains(count))
            {
                errors.push(FieldError::new(field, "must be 0 to 100000"));
            }
        }
        if matches!(self.time_zone, Patch::Null) {
            errors.push(FieldError::new("time_zone", "cannot be cleared"));
        }
        if !errors.is_empty() {
            return Err(ApiError::Invalid(errors));
        }
        let stored = |hours: WorkingHours| serde_json::to_value(hours).ok();
        Ok(ProfileRow {
            job_role,
            seniority_level,
            department,
            main_challenge,
            time_zone: match self.time_zone {
                Patch::Value(zone) => zone.name().to_owned(),
                Patch::Absent | Patch::Null => row.time_zone,
            },
            working_hours: match self.working_hours {
                Patch::Value(hours) => stored(hours),
                Patch::Null => None,
                Patch::Absent => row.working_hours,
            },
            team_size: self.team_size.or(row.team_size),
            direct_reports: self.direct_reports.or(row.direct_reports),
            can_delegate: self
                .can_delegate
                .or(Some(row.can_delegate))
                .unwrap_or(false),
            version: row.version,
            updated_at: row.updated_at,
        })
    }
}
