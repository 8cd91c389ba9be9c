//! When the person worked: weekends, late nights, days in a row.

use super::calendar::Calendar;
use super::meetings::Meetings;
use crate::facts::{Act, Context, Evidence, LOOKBACK_DAYS, MAX_EVIDENCE};
use crate::hours::clock;

const MS_PER_WEEK: i64 = 7 * 86_400_000;
const MAX_NIGHTS: usize = 7;
/// The first day that 7 x 24 hours can reach into. It is the eighth back where the clock has skipped an hour since and
/// now is the first hour of a day.
const FIRST_DAY: i64 = -8;

/// A stretch of work that lies in the past: an act is an instant, a meeting an interval.
struct Work {
    from: i64,
    /// Exclusive.
    until: i64,
    row: Option<Evidence>,
}

impl Work {
    fn touches(&self, begin: i64, end: i64) -> bool {
        self.from < end && self.until > begin
    }
}

/// What a count of sessions found.
#[derive(Default)]
pub(super) struct Sessions {
    pub count: usize,
    pub evidence: Vec<Evidence>,
}

impl Sessions {
    /// Counts the windows in which there was work within the last seven days.
    fn in_windows(work: &[Work], windows: &[(i64, i64)]) -> Self {
        let mut sessions = Self::default();
        for (begin, end) in windows {
            let before = sessions.count;
            for piece in work.iter().filter(|piece| piece.touches(*begin, *end)) {
                sessions.count = before + 1;
                sessions.name(piece.row);
            }
        }
        sessions
    }

    fn name(&mut self, row: Option<Evidence>) {
        if let Some(row) = row
            && self.evidence.len() < MAX_EVIDENCE
            && !self.evidence.contains(&row)
        {
            self.evidence.push(row);
        }
    }
}

pub(super) struct Activity {
    /// Newest first.
    work: Vec<Work>,
}

impl Activity {
    pub fn new(acts: &[Act], meetings: &Meetings, calendar: &Calendar) -> Self {
        let acts = acts.iter().map(|act| {
            let at = act.at.timestamp_millis();
            Work {
                from: at,
                until: at + 1,
                row: act.on,
            }
        });
        let held = meetings.timed.iter().map(|meeting| Work {
            from: meeting.from,
            until: meeting.until.min(calendar.now),
            row: Some(Evidence::Meeting { id: meeting.id }),
        });
        let past = |piece: &Work| piece.from <= calendar.now && piece.until > piece.from;
        let mut work: Vec<_> = acts
            .chain(held)
            .filter(past)
            .filter(|piece| piece.until > calendar.begin())
            .collect();
        work.sort_unstable_by_key(|piece| (std::cmp::Reverse(piece.from), piece.until, piece.row));
        Self { work }
    }

    /// Distinct half-days (split at noon) of days off in the last 7 x 24 hours with work.
    pub fn weekends(&self, calendar: &Calendar) -> Sessions {
        let mut windows = Vec::new();
        for day in (FIRST_DAY..=0).rev().filter(|day| !calendar.works(*day)) {
            let (begin, end) = (calendar.start(day), calendar.start(day + 1));
            let noon = calendar.instant(day, clock(12)).clamp(begin, end);
            windows.push((noon, end));
            windows.push((begin, noon));
        }
        Sessions::in_windows(&self.work, &within_week(windows, calendar))
    }

    /// Distinct nights in the last 7 x 24 hours with work; what is after midnight belongs to the
    /// evening before.
    pub fn late_nights(&self, calendar: &Calendar, context: &Context) -> Sessions {
        let over_midnight = i64::from(context.late_until <= context.late_from);
        let windows = (FIRST_DAY..=0)
            .rev()
            .map(|day| {
                (
                    calendar.instant(day, context.late_from),
                    calendar.instant(day + over_midnight, context.late_until),
                )
            })
            .collect();
        let mut sessions = Sessions::in_windows(&self.work, &within_week(windows, calendar));
        // The window can touch eight nights when now is in the middle of one.
        sessions.count = sessions.count.min(MAX_NIGHTS);
        sessions
    }

    /// Days in a row with work, ending today or yesterday, at most the days looked back.
    pub fn consecutive_days(&self, calendar: &Calendar) -> Sessions {
        let mut days: u64 = 0;
        for piece in &self.work {
            let first = calendar.table_day(piece.from.max(calendar.begin()));
            let last = calendar.table_day(piece.until - 1);
            for day in first..=last {
                days |= 1 << (-day).clamp(0, LOOKBACK_DAYS);
            }
        }
        let newest = u32::from(days & 1 == 0);
        let run = (days >> newest).trailing_ones();
        let mut sessions = Sessions {
            count: run as usize,
            evidence: Vec::new(),
        };
        for day in (0..i64::from(run)).map(|day| -day - i64::from(newest)) {
            let (begin, end) = (calendar.start(day), calendar.start(day + 1));
            let named = self
                .work
                .iter()
                .find(|piece| piece.row.is_some() && piece.touches(begin, end));
            sessions.name(named.and_then(|piece| piece.row));
        }
        sessions
    }
}

/// What of each window lies in the last 7 x 24 hours.
fn within_week(windows: Vec<(i64, i64)>, calendar: &Calendar) -> Vec<(i64, i64)> {
    let week = (calendar.now - MS_PER_WEEK, calendar.now + 1);
    windows
        .into_iter()
        .map(|(begin, end)| (begin.max(week.0), end.min(week.1)))
        .filter(|(begin, end)| begin < end)
        .collect()
}
