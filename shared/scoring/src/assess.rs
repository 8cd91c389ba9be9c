//! One person's rows, all the way to what is kept of them.

use crate::alerts::{Alert, AlertInputs, AlertMoves, alerts};
use crate::changes::Snapshot;
use crate::course::{Course, DayScore};
use crate::facts::{Act, Context, Facts, TaskFact};
use crate::hours::WorkingHours;
use crate::inputs::inputs_hash;
use crate::metrics::{Metrics, measure};
use crate::mood::{Mood, MoodEntry, counting};
use crate::score::{Analysis, score};
use chrono::{DateTime, NaiveDate, Utc};
use sentry_domain::{TaskStatus, TaskType, Zone};

/// Everything known of one person that a score depends on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Person {
    /// Where "today" is.
    pub zone: Zone,
    /// Contracted hours.
    pub working_hours: WorkingHours,
    /// Tasks and meetings.
    pub tasks: Vec<TaskFact>,
    /// The person's own acts.
    pub acts: Vec<Act>,
    /// What the person wrote, scored.
    pub texts: Vec<MoodEntry>,
}

/// An analysis with what is kept beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// The person's own date.
    pub day: NaiveDate,
    /// What was measured.
    pub metrics: Metrics,
    /// The score and its reasons.
    pub analysis: Analysis,
    /// Fingerprint of everything the analysis depends on; see [`inputs_hash`].
    pub inputs_hash: String,
    /// Alerts that begin or end with it.
    pub alert_moves: AlertMoves,
}

/// What came before an analysis.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Past<'a> {
    /// An analysis of another day, which changes are counted from.
    pub previous: Option<Snapshot<'a>>,
    /// The last scores of earlier days.
    pub days: &'a [DayScore],
    /// Alerts that are open.
    pub open: &'a [Alert],
}

impl Person {
    /// The person's own date at `now`.
    pub fn day(&self, now: DateTime<Utc>) -> NaiveDate {
        self.zone.day_of(now)
    }

    /// Measures and scores at `now`, with the changes since `previous`, an analysis of another day.
    pub fn assess(&self, now: DateTime<Utc>, previous: Option<&Snapshot<'_>>) -> Assessment {
        let context = Context {
            working_hours: self.working_hours,
            ..Context::new(now, self.zone)
        };
        let facts = Facts {
            tasks: &self.tasks,
            acts: &self.acts,
        };
        let measured = measure(&facts, &context);
        let mood = Mood::of(&self.texts, now);
        let analysis = score(&measured, mood.as_ref(), &self.working_hours);
        Assessment {
            day: self.day(now),
            inputs_hash: inputs_hash(&measured, mood.as_ref(), &self.working_hours),
            analysis: match previous {
                Some(previous) => analysis.since(previous),
                None => analysis,
            },
            metrics: measured.metrics,
            alert_moves: AlertMoves::default(),
        }
    }

    /// The same, among the days before: with baseline, trend and alerts.
    pub fn assess_after(&self, now: DateTime<Utc>, past: &Past<'_>) -> Assessment {
        let mut assessment = self.assess(now, past.previous.as_ref());
        let analysis = &mut assessment.analysis;
        analysis.course = Course::of(past.days, assessment.day, analysis.final_score);
        let texts: Vec<MoodEntry> = counting(&self.texts, now).copied().collect();
        let (open, moves) = alerts(&AlertInputs {
            today: assessment.day,
            past: past.days,
            analysis,
            texts: &texts,
            open: past.open,
        });
        analysis.alerts = open;
        assessment.alert_moves = moves;
        assessment
    }

    /// Number of tasks or meetings that were looked at; cancelled ones count for nothing.
    pub fn count(&self, of: TaskType) -> usize {
        let counts = |row: &&TaskFact| row.task_type == of && row.status != TaskStatus::Cancelled;
        self.tasks.iter().filter(counts).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_the_persons_own_and_changes_refer_to_the_given_analysis() {
        let now = "2026-03-02T23:30:00Z".parse().unwrap();
        let created_at = "2026-02-20T09:00:00Z".parse().unwrap();
        let task = TaskFact::new(sentry_domain::TaskId(1), TaskType::Task, created_at);
        let mut person = Person {
            zone: "Asia/Tokyo".parse().unwrap(),
            tasks: vec![task],
            ..Person::default()
        };
        let calm = person.assess(now, None);
        assert_eq!(calm.day.to_string(), "2026-03-03");
        assert!(calm.analysis.changes.is_empty());

        person.tasks[0].due_on = "2026-03-02".parse().ok();
        let late = person.assess(now, Some(&calm.analysis.snapshot()));
        assert_ne!(late.inputs_hash, calm.inputs_hash);
        assert!(
            late.analysis
                .changes
                .iter()
                .any(|c| c.key == "overdue_tasks"),
            "the second of March is over in Tokyo"
        );
        assert_eq!(
            (
                person.count(TaskType::Task),
                person.count(TaskType::Meeting)
            ),
            (1, 0)
        );
    }
}
