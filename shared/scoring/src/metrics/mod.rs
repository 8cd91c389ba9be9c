//! From one person's rows to numbers, each with the rows behind it.

mod activity;
mod calendar;
mod measure;
mod meetings;
mod plan;

pub use measure::measure;

use crate::facts::Evidence;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use utoipa::ToSchema;

macro_rules! metrics {
    ($($(#[$doc:meta])* $field:ident: $variant:ident, $range:expr;)+) => {
        /// The measured load of one person; `None` where there is no data.
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
        #[serde(default, deny_unknown_fields)]
        pub struct Metrics {
            $($(#[$doc])* pub $field: Option<f64>,)+
        }

        /// The name of a metric.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum Metric {
            $($(#[$doc])* $variant,)+
        }

        impl Metric {
            /// Every metric, in the order of the specification.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The published name, that of the field of [`Metrics`].
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => stringify!($field)),+ }
            }

            /// Smallest and largest value that makes sense.
            pub const fn range(self) -> (f64, f64) {
                match self { $(Self::$variant => $range),+ }
            }
        }

        impl Metrics {
            /// The value of a metric.
            pub const fn get(&self, metric: Metric) -> Option<f64> {
                match metric { $(Metric::$variant => self.$field),+ }
            }

            /// Replaces the value of a metric.
            pub const fn set(&mut self, metric: Metric, value: Option<f64>) {
                match metric { $(Metric::$variant => self.$field = value),+ }
            }
        }
    };
}

const COUNT: (f64, f64) = (0.0, f64::MAX);

metrics! {
    /// Tasks not done, cancelled or deleted; `None` while no task is known.
    total_active_tasks: TotalActiveTasks, COUNT;
    /// Active tasks due before now, or on a day before today.
    overdue_tasks: OverdueTasks, COUNT;
    /// Active tasks due from today to seven days ahead, both days included.
    tasks_due_this_week: TasksDueThisWeek, COUNT;
    /// Over the last 7 x 24 hours: done / (done + became overdue and still open), 0 to 1; `None` when both are 0.
    completion_rate: CompletionRate, (0.0, 1.0);
    /// Meetings that touch today; `None` while no meeting with a date is known.
    meetings_today: MeetingsToday, COUNT;
    /// Hours in meetings today, overlapping ones counted once.
    meeting_hours_today: MeetingHoursToday, (0.0, 25.0);
    /// Neighbouring pairs of meetings today with less than ten minutes between them.
    back_to_back_meetings: BackToBackMeetings, COUNT;
    /// Hours in meetings from Monday to Sunday of this week, past and planned.
    meeting_hours_this_week: MeetingHoursThisWeek, (0.0, 169.0);
    /// Meeting hours today plus the task hours planned for today.
    work_hours_today: WorkHoursToday, COUNT;
    /// Meeting hours this week plus the task hours planned from today to Sunday.
    work_hours_this_week: WorkHoursThisWeek, COUNT;
    /// Distinct half-days of days off in the last 7 x 24 hours with work.
    weekend_work_sessions: WeekendWorkSessions, COUNT;
    /// Distinct nights in the last 7 x 24 hours with work.
    late_night_sessions: LateNightSessions, COUNT;
    /// Days in a row with work, ending today or yesterday.
    consecutive_work_days: ConsecutiveWorkDays, COUNT;
    /// Days in a row with over six hours of meetings and no break of thirty minutes in working hours.
    days_without_breaks: DaysWithoutBreaks, COUNT;
    /// Growth of the daily load over two weeks in working days, -1 to 1; `None` without enough days.
    workload_trend: WorkloadTrend, (-1.0, 1.0);
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A given value that cannot be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OutOfRange {
    /// Which metric.
    pub metric: Metric,
    /// Smallest possible value.
    pub min: f64,
    /// Largest possible value.
    pub max: f64,
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.max >= f64::MAX {
            write!(f, "must be {} or more", self.min)
        } else {
            write!(f, "must be from {} to {}", self.min, self.max)
        }
    }
}

impl Metrics {
    /// Values outside of what a metric can be: what an edge that takes metrics from a client
    /// refuses. [`measure`] never yields one, and [`score`](crate::score) survives them.
    pub fn out_of_range(&self) -> Vec<OutOfRange> {
        let wrong = |metric: &Metric| {
            let (min, max) = metric.range();
            let value = self.get(*metric)?;
            // Not the negation of a comparison by accident: NaN is out of range, too.
            (!(min..=max).contains(&value)).then_some(OutOfRange {
                metric: *metric,
                min,
                max,
            })
        };
        Metric::ALL.iter().filter_map(wrong).collect()
    }
}

/// Metrics with the rows behind each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measured {
    /// The numbers.
    pub metrics: Metrics,
    /// At most [`MAX_EVIDENCE`](crate::MAX_EVIDENCE) rows per metric; nothing for a metric without any.
    pub evidence: BTreeMap<Metric, Vec<Evidence>>,
}

impl From<Metrics> for Measured {
    /// Numbers somebody else measured: no rows behind them.
    fn from(metrics: Metrics) -> Self {
        Self {
            metrics,
            evidence: BTreeMap::new(),
        }
    }
}

impl Measured {
    /// The rows behind a metric.
    pub fn evidence(&self, metric: Metric) -> &[Evidence] {
        self.evidence.get(&metric).map_or(&[], Vec::as_slice)
    }

    fn put(&mut self, metric: Metric, value: f64, evidence: Vec<Evidence>) {
        self.metrics.set(metric, Some(value));
        if !evidence.is_empty() {
            self.evidence.insert(metric, evidence);
        }
    }
}
