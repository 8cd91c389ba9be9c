//! Which open task says already what an item says.

use crate::Tx;
use chrono::{NaiveDate, TimeDelta};
use sentry_domain::{TaskDraft, TaskId, TaskType, UserId, Zone};
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// The open tasks whose titles say what one of the drafts says.
pub(super) struct OpenTasks {
    zone: Zone,
    by_title: HashMap<String, Vec<(TaskId, TaskType, Option<NaiveDate>)>>,
}

impl OpenTasks {
    pub(super) async fn load(
        tx: &mut Tx,
        owner: UserId,
        zone: Zone,
        drafts: impl Iterator<Item = &TaskDraft>,
    ) -> crate::Result<Self> {
        let mut by_title: HashMap<String, Vec<_>> = drafts
            .map(|draft| (folded(&draft.title), Vec::new()))
            .collect();
        if by_title.is_empty() {
            return Ok(Self { zone, by_title });
        }
        let rows = sqlx::query!(
            r#"
            select id as "id: TaskId", title, task_type as "task_type: TaskType", due_on,
                   coalesce(due_at, start_at) as at
            from tasks
            where user_id = $1 and deleted_at is null and status not in ('done', 'cancelled')
            "#,
            owner.0,
        )
        .fetch_all(&mut **tx)
        .await?;
        for row in rows {
            if let Some(same) = by_title.get_mut(&folded(&row.title)) {
                let day = row.due_on.or_else(|| row.at.map(|at| zone.day_of(at)));
                same.push((row.id, row.task_type, day));
            }
        }
        Ok(Self { zone, by_title })
    }

    /// The open task with the same title that is due within a day of the draft. A meeting must be
    /// on the same day: today's and tomorrow's are two.
    pub(super) fn same(&self, draft: &TaskDraft) -> Option<TaskId> {
        let wanted = draft.day(self.zone);
        let reach = if draft.task_type == TaskType::Meeting {
            TimeDelta::zero()
        } else {
            TimeDelta::days(1)
        };
        let near = |day: Option<NaiveDate>| match (day, wanted) {
            (Some(one), Some(other)) => (one - other).abs() <= reach,
            (None, None) => true,
            _ => false,
        };
        self.by_title
            .get(&folded(&draft.title))?
            .iter()
            .find(|(_, task_type, day)| *task_type == draft.task_type && near(*day))
            .map(|(id, ..)| *id)
    }
}

/// A title without case, punctuation, spacing and the ways to write the same letter.
fn folded(title: &str) -> String {
    let mut folded = String::with_capacity(title.len());
    let mut gap = false;
    for c in title.nfkc().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            if gap && !folded.is_empty() {
                folded.push(' ');
            }
            gap = false;
            folded.push(c);
        } else {
            gap = true;
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_the_same_whatever_their_dress() {
        assert_eq!(folded("  Send the  report! "), folded("send the report"));
        assert_eq!(
            folded("Überprüfen: Vertrag"),
            folded("U\u{308}berpru\u{308}fen – VERTRAG")
        );
        assert_ne!(folded("Send report 1"), folded("Send report 2"));
        assert_eq!(folded("…"), "");
    }
}
