//! The metrics against a reference that walks minute by minute through the wall clock of a random
//! zone, and day by day through the plan.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};
use proptest::prelude::*;
use sentry_domain::{TaskId, TaskStatus, TaskType, Zone};
use sentry_scoring::{
    Act, Context, Facts, Metric, Metrics, Shift, TaskFact, WorkingHours, measure,
};
use std::collections::{BTreeMap, BTreeSet};

const BACK: i64 = 37 * 1440;
const AHEAD: i64 = 10 * 1440;

/// The whole stretch of time, one wall clock reading per minute.
struct Reference<'a> {
    tasks: &'a [TaskFact],
    acts: &'a [Act],
    context: &'a Context,
    wall: Vec<NaiveDateTime>,
    /// The minutes of each date, in order.
    days: BTreeMap<NaiveDate, Vec<i64>>,
    today: NaiveDate,
}

/// The wall clock of every minute. An hour at whose ends the clock shows an hour's difference holds no
/// change of the clock: it is filled in without asking.
fn wall_clock(context: &Context) -> Vec<NaiveDateTime> {
    let at = |minute: i64| {
        let instant = context.now + Duration::minutes(minute);
        context.zone.wall_clock(instant)
    };
    let mut wall = Vec::new();
    for from in (-BACK..AHEAD).step_by(60) {
        let until = (from + 60).min(AHEAD);
        let (first, last) = (at(from), at(until));
        let even = last - first == Duration::minutes(until - from);
        wall.extend((from..until).map(|minute| {
            if even {
                first + Duration::minutes(minute - from)
            } else {
                at(minute)
            }
        }));
    }
    wall
}

impl<'a> Reference<'a> {
    fn new(tasks: &'a [TaskFact], acts: &'a [Act], context: &'a Context) -> Self {
        let wall = wall_clock(context);
        let mut days: BTreeMap<NaiveDate, Vec<i64>> = BTreeMap::new();
        let mut minute = -BACK;
        for run in wall.chunk_by(|one, next| one.date() == next.date()) {
            let after = minute + run.len() as i64;
            let date = run.first().map(NaiveDateTime::date).unwrap();
            days.entry(date).or_default().extend(minute..after);
            minute = after;
        }
        let today = context.zone.day_of(context.now);
        Self {
            tasks,
            acts,
            context,
            wall,
            days,
            today,
        }
    }

    fn minute(&self, at: DateTime<Utc>) -> i64 {
        (at - self.context.now).num_minutes()
    }

    fn date(&self, minute: i64) -> Option<NaiveDate> {
        let index = usize::try_from(minute + BACK).ok()?;
        self.wall.get(index).map(NaiveDateTime::date)
    }

    fn time(&self, minute: i64) -> NaiveTime {
        self.wall[usize::try_from(minute + BACK).unwrap()].time()
    }

    fn works(&self, date: NaiveDate) -> bool {
        self.context.working_hours.works_on(date)
    }

    /// Meetings with a time, shorter than a day, as minutes.
    fn timed(&self) -> Vec<(i64, i64)> {
        let mut timed: Vec<_> = self
            .meetings()
            .filter_map(|m| {
                let start = m.start_at.or(m.due_at)?;
                let hours = m.estimated_hours.unwrap_or(1.0);
                #[allow(clippy::cast_possible_truncation)]
                let guess = start + Duration::minutes((hours * 60.0) as i64);
                let end = m.end_at.filter(|end| *end > start).unwrap_or(guess);
                Some((self.minute(start), self.minute(end)))
            })
            .filter(|(from, until)| until - from < 23 * 60)
            .collect();
        timed.sort_unstable();
        timed
    }

    fn meetings(&self) -> impl Iterator<Item = &TaskFact> {
        self.tasks
            .iter()
            .filter(|t| t.task_type == TaskType::Meeting && t.status != TaskStatus::Cancelled)
    }

    fn active(&self) -> impl Iterator<Item = &TaskFact> {
        self.tasks
            .iter()
            .filter(|t| t.task_type == TaskType::Task && t.status.is_active())
    }

    fn busy_minutes(&self) -> BTreeSet<i64> {
        let all = self
            .timed()
            .into_iter()
            .flat_map(|(from, until)| from..until);
        all.filter(|minute| (-BACK..AHEAD).contains(minute))
            .collect()
    }

    fn hours_on(&self, busy: &BTreeSet<i64>, on: impl Fn(NaiveDate) -> bool) -> f64 {
        let days = self.days.iter().filter(|(date, _)| on(**date));
        let minutes: usize = days
            .filter_map(|(date, minutes)| {
                let within = busy.range(minutes.first()?..=minutes.last()?);
                Some(within.filter(|m| self.date(**m) == Some(*date)).count())
            })
            .sum();
        let dated = self
            .meetings()
            .filter(|m| m.start_at.or(m.due_at).is_none());
        let dated = dated.filter(|m| m.due_on.is_some_and(&on));
        let dated: f64 = dated.map(|m| m.estimated_hours.unwrap_or(0.0)).sum();
        let window = self.days.iter().filter(|(date, _)| on(**date));
        let window: usize = window.map(|(_, minutes)| minutes.len()).sum();
        (minutes as f64 / 60.0 + dated).min(window as f64 / 60.0)
    }

    fn meetings_today(&self) -> usize {
        self.meetings()
            .filter(|m| match (m.start_at.or(m.due_at), m.due_on) {
                (Some(start), _) => {
                    let from = self.minute(start);
                    let until = match m.end_at {
                        Some(end) if end > start => self.minute(end),
                        #[allow(clippy::cast_possible_truncation)]
                        _ => from + (m.estimated_hours.unwrap_or(1.0) * 60.0) as i64,
                    };
                    (from..until).any(|minute| self.date(minute) == Some(self.today))
                }
                (None, Some(date)) => date == self.today,
                _ => false,
            })
            .count()
    }

    fn back_to_back(&self) -> usize {
        let today: Vec<_> = self
            .timed()
            .into_iter()
            .filter(|(from, until)| (*from..*until).any(|m| self.date(m) == Some(self.today)))
            .collect();
        (1..today.len())
            .filter(|i| {
                let busy_until = today[..*i].iter().map(|(_, until)| *until).max().unwrap();
                today[*i].0 - busy_until < 10
            })
            .count()
    }

    /// Minutes of the past with an act or a meeting.
    fn worked(&self, busy: &BTreeSet<i64>) -> BTreeSet<i64> {
        let acts = self
            .acts
            .iter()
            .map(|act| self.minute(act.at))
            .filter(|m| *m <= 0);
        busy.iter()
            .copied()
            .filter(|m| *m < 0)
            .chain(acts)
            .collect()
    }

    fn weekends(&self, worked: &BTreeSet<i64>) -> usize {
        worked
            .range(-7 * 1440..)
            .filter_map(|m| Some((self.date(*m)?, self.time(*m).hour() >= 12)))
            .filter(|(date, _)| !self.works(*date))
            .collect::<BTreeSet<_>>()
            .len()
    }

    fn late_nights(&self, worked: &BTreeSet<i64>) -> usize {
        let (from, until) = (self.context.late_from, self.context.late_until);
        let nights: BTreeSet<NaiveDate> = worked
            .range(-7 * 1440..)
            .filter_map(|m| {
                let (date, time) = (self.date(*m)?, self.time(*m));
                if time >= from {
                    Some(date)
                } else if time < until {
                    date.pred_opt()
                } else {
                    None
                }
            })
            .collect();
        nights.len().min(7)
    }

    fn consecutive_days(&self, worked: &BTreeSet<i64>) -> i64 {
        let days: BTreeSet<_> = worked.iter().filter_map(|m| self.date(*m)).collect();
        let mut day = self.today;
        if !days.contains(&day) {
            day = day.pred_opt().unwrap();
        }
        let mut run = 0;
        while days.contains(&day) && self.today - day <= Duration::days(35) {
            run += 1;
            day = day.pred_opt().unwrap();
        }
        run
    }

    fn breathless(&self, date: NaiveDate, busy: &BTreeSet<i64>) -> bool {
        if self.hours_on(busy, |d| d == date) <= 6.0 {
            return false;
        }
        let day = self.days.get(&date).cloned().unwrap_or_default();
        let shift = self.context.working_hours.shift(date.weekday());
        let span: Vec<i64> = if let Some(shift) = shift {
            let at_work = |m: &i64| (shift.from..shift.until).contains(&self.time(*m));
            day.into_iter().filter(at_work).collect()
        } else {
            let held: Vec<_> = day.into_iter().filter(|m| busy.contains(m)).collect();
            let (Some(first), Some(last)) = (held.first(), held.last()) else {
                return false;
            };
            (*first..=*last).collect()
        };
        let mut free = 0;
        for minute in span {
            free = if busy.contains(&minute) { 0 } else { free + 1 };
            if free >= 30 {
                return false;
            }
        }
        true
    }

    fn days_without_breaks(&self, busy: &BTreeSet<i64>) -> i64 {
        let mut run = 0;
        for back in 0..=35 {
            let date = self.today - Duration::days(back);
            if self.breathless(date, busy) {
                run += 1;
            } else if back > 0 && self.works(date) {
                break;
            }
        }
        run
    }

    fn due(&self, task: &TaskFact) -> Option<NaiveDate> {
        task.due_at
            .map(|at| self.context.zone.day_of(at))
            .or(task.due_on)
    }

    /// The days a task planned on `from` falls on.
    fn plan(&self, task: &TaskFact, from: NaiveDate) -> Vec<NaiveDate> {
        let working = from.iter_days().filter(|d| self.works(*d));
        let days: Vec<_> = match self.due(task) {
            None => working.take(10).collect(),
            Some(due) => working.take_while(|d| *d <= due).collect(),
        };
        if days.is_empty() { vec![from] } else { days }
    }

    fn planned(&self, until: NaiveDate) -> f64 {
        self.active()
            .map(|task| {
                let hours = match task.estimated_hours {
                    Some(hours) => (hours - task.actual_hours.unwrap_or(0.0)).max(0.0),
                    None => 1.0,
                };
                let days = self.plan(task, self.today);
                let within = days.iter().filter(|d| **d <= until).count();
                hours * within as f64 / days.len() as f64
            })
            .sum()
    }

    fn load(&self, date: NaiveDate, busy: &BTreeSet<i64>) -> f64 {
        let zone = self.context.zone;
        let tasks: f64 = self
            .tasks
            .iter()
            .filter(|t| t.task_type == TaskType::Task && t.status != TaskStatus::Cancelled)
            .filter(|t| zone.day_of(t.created_at) <= date)
            .filter(|t| {
                t.status.is_active() || t.completed_at.is_some_and(|at| zone.day_of(at) >= date)
            })
            .map(|t| {
                let days = self.plan(t, date);
                let hit = f64::from(u8::from(days.contains(&date)));
                t.estimated_hours.unwrap_or(1.0) * hit / days.len() as f64
            })
            .sum();
        tasks + self.hours_on(busy, |d| d == date)
    }

    fn trend(&self, busy: &BTreeSet<i64>) -> Option<f64> {
        let created = self
            .tasks
            .iter()
            .filter(|t| t.task_type == TaskType::Task && t.status != TaskStatus::Cancelled)
            .map(|t| self.context.zone.day_of(t.created_at));
        let held = self
            .timed()
            .into_iter()
            .filter_map(|(from, _)| self.date(from));
        let known = created.chain(held).min()?;
        let window: Vec<_> = (0..14)
            .rev()
            .map(|back| self.today - Duration::days(back))
            .filter(|d| self.works(*d))
            .collect();
        let loads: Vec<_> = window
            .iter()
            .filter(|d| **d >= known)
            .map(|d| self.load(*d, busy))
            .collect();
        if loads.len() < window.len().min(4) {
            return None;
        }
        let mut slopes = Vec::new();
        for i in 0..loads.len() {
            for j in i + 1..loads.len() {
                slopes.push((loads[j] - loads[i]) / (j - i) as f64);
            }
        }
        slopes.sort_by(f64::total_cmp);
        let half = slopes.len() / 2;
        let median = if slopes.is_empty() {
            return None;
        } else if slopes.len() % 2 == 1 {
            slopes[half]
        } else {
            f64::midpoint(slopes[half - 1], slopes[half])
        };
        let growth = median * (window.len() - 1) as f64 / self.context.working_hours.daily();
        Some(growth.clamp(-1.0, 1.0))
    }

    fn overdue_since(&self, task: &TaskFact) -> Option<i64> {
        let minute = match (task.due_at, task.due_on) {
            (Some(at), _) => self.minute(at),
            (None, Some(date)) => {
                let after = *self.days.range(date.succ_opt()?..).next()?.1.first()?;
                if self.date(after)? > date.succ_opt()? {
                    -BACK
                } else {
                    after
                }
            }
            _ => return None,
        };
        let late = if task.due_at.is_some() {
            minute < 0
        } else {
            minute <= 0
        };
        late.then_some(minute)
    }

    fn completion(&self) -> Option<f64> {
        let missed = self.active().filter_map(|t| self.overdue_since(t));
        let missed = missed.filter(|m| *m > -7 * 1440).count();
        let done = self
            .tasks
            .iter()
            .filter(|t| t.task_type == TaskType::Task && t.status == TaskStatus::Done)
            .filter_map(|t| t.completed_at)
            .filter(|at| (-7 * 1440 + 1..=0).contains(&self.minute(*at)))
            .count();
        (missed + done > 0).then(|| done as f64 / (missed + done) as f64)
    }

    fn metrics(&self) -> Metrics {
        let busy = self.busy_minutes();
        let worked = self.worked(&busy);
        let monday =
            self.today - Duration::days(self.today.weekday().num_days_from_monday().into());
        let sunday = monday + Duration::days(6);
        let today = self.hours_on(&busy, |d| d == self.today);
        let week = self.hours_on(&busy, |d| (monday..=sunday).contains(&d));
        let tasks = self.tasks.iter().any(|t| t.task_type == TaskType::Task);
        let meetings = self
            .meetings()
            .any(|m| m.start_at.is_some() || m.due_at.is_some() || m.due_on.is_some());
        let any = tasks || meetings;
        let due_soon = self.active().filter_map(|t| self.due(t));
        let due_soon =
            due_soon.filter(|d| (self.today..=self.today + Duration::days(7)).contains(d));
        let overdue = self.active().filter_map(|t| self.overdue_since(t)).count();
        Metrics {
            total_active_tasks: tasks.then(|| self.active().count() as f64),
            overdue_tasks: tasks.then_some(overdue as f64),
            tasks_due_this_week: tasks.then(|| due_soon.count() as f64),
            completion_rate: self.completion(),
            meetings_today: meetings.then(|| self.meetings_today() as f64),
            meeting_hours_today: meetings.then_some(today),
            back_to_back_meetings: meetings.then(|| self.back_to_back() as f64),
            meeting_hours_this_week: meetings.then_some(week),
            work_hours_today: any.then(|| today + self.planned(self.today)),
            work_hours_this_week: any.then(|| week + self.planned(sunday)),
            weekend_work_sessions: (any || !self.acts.is_empty())
                .then(|| self.weekends(&worked) as f64),
            late_night_sessions: (any || !self.acts.is_empty())
                .then(|| self.late_nights(&worked) as f64),
            consecutive_work_days: (any || !self.acts.is_empty())
                .then(|| self.consecutive_days(&worked) as f64),
            days_without_breaks: meetings.then(|| self.days_without_breaks(&busy) as f64),
            workload_trend: if any { self.trend(&busy) } else { None },
        }
    }
}

fn fact(id: i64, task_type: TaskType, status: TaskStatus, created_at: DateTime<Utc>) -> TaskFact {
    TaskFact {
        id: TaskId(id),
        task_type,
        status,
        created_at,
        completed_at: None,
        due_at: None,
        due_on: None,
        start_at: None,
        end_at: None,
        estimated_hours: None,
        actual_hours: None,
    }
}

/// Minutes from now: mostly this week, sometimes the weeks before.
fn offset() -> impl Strategy<Value = i64> {
    prop_oneof![3 => -1440i64..1440, 2 => -9 * 1440i64..9 * 1440, 1 => -34 * 1440i64..9 * 1440]
}

fn status() -> impl Strategy<Value = TaskStatus> {
    prop_oneof![
        6 => Just(TaskStatus::Todo),
        1 => Just(TaskStatus::InProgress),
        1 => Just(TaskStatus::Blocked),
        3 => Just(TaskStatus::Done),
        1 => Just(TaskStatus::Cancelled),
    ]
}

fn estimate() -> impl Strategy<Value = Option<f64>> {
    proptest::option::of((0u8..64).prop_map(|quarters| f64::from(quarters) / 4.0))
}

fn meeting(now: DateTime<Utc>) -> impl Strategy<Value = TaskFact> {
    let length = prop_oneof![6 => 1i64..180, 2 => 180i64..700, 1 => 700i64..3000, 1 => -60i64..=0];
    let shape = prop_oneof![8 => Just(0u8), 1 => Just(1u8), 1 => Just(2u8)];
    (offset(), length, status(), shape, estimate()).prop_map(
        move |(from, minutes, status, shape, hours)| {
            let start = now + Duration::minutes(from);
            let mut row = fact(0, TaskType::Meeting, status, now - Duration::days(3));
            row.estimated_hours = hours.filter(|h| *h > 0.0 && *h < 8.0);
            match shape {
                0 => {
                    row.start_at = Some(start);
                    row.end_at = Some(start + Duration::minutes(minutes));
                }
                1 => row.due_at = Some(start),
                _ => row.due_on = Some(start.date_naive()),
            }
            row
        },
    )
}

/// A day of meetings from eight to six with short gaps, the kind that leaves no break.
fn dense_days(zone: Zone, now: DateTime<Utc>) -> impl Strategy<Value = Vec<TaskFact>> {
    (
        0i64..16,
        proptest::collection::vec((50i64..70, 1i64..35), 160),
    )
        .prop_map(move |(days, meetings)| {
            let today = zone.day_of(now);
            let mut meetings = meetings.into_iter();
            let mut rows = Vec::new();
            for back in 0..days {
                let date = today - Duration::days(back);
                let mut at = zone.instant_of(date.and_hms_opt(8, 40, 0).unwrap());
                let end = zone.instant_of(date.and_hms_opt(17, 0, 0).unwrap());
                while at < end {
                    let Some((length, gap)) = meetings.next() else {
                        break;
                    };
                    let mut row = fact(0, TaskType::Meeting, TaskStatus::Todo, now);
                    row.start_at = Some(at);
                    row.end_at = Some(at + Duration::minutes(length));
                    // Two gaps in three are short, so that whole days without a break do happen.
                    at += Duration::minutes(length + if gap > 33 { 35 } else { gap % 20 });
                    rows.push(row);
                }
            }
            rows
        })
}

fn task(now: DateTime<Utc>) -> impl Strategy<Value = TaskFact> {
    let due = prop_oneof![1 => Just(0u8), 2 => Just(1u8), 2 => Just(2u8)];
    (
        (offset(), due, -30i64..60, status()),
        (1i64..40 * 1440, 0i64..20 * 1440, estimate(), estimate()),
    )
        .prop_map(
            move |((due_in, due, due_days, status), (age, done_ago, estimated, actual))| {
                let mut row = fact(0, TaskType::Task, status, now - Duration::minutes(age));
                match due {
                    0 => {}
                    1 => row.due_at = Some(now + Duration::minutes(due_in)),
                    _ => row.due_on = Some(now.date_naive() + Duration::days(due_days)),
                }
                if status == TaskStatus::Done {
                    row.completed_at = Some(now - Duration::minutes(done_ago));
                }
                row.estimated_hours = estimated;
                row.actual_hours = actual;
                row
            },
        )
}

fn working_hours() -> impl Strategy<Value = WorkingHours> {
    let shift = (7u32..11, 15u32..20).prop_map(|(from, until)| Shift {
        from: NaiveTime::from_hms_opt(from, 0, 0).unwrap(),
        until: NaiveTime::from_hms_opt(until, 30, 0).unwrap(),
    });
    prop_oneof![
        2 => Just(WorkingHours::default()),
        1 => shift.clone().prop_map(WorkingHours::weekdays),
        1 => proptest::collection::vec(proptest::option::of(shift), 7).prop_map(|days| WorkingHours {
            monday: days[0],
            tuesday: days[1],
            wednesday: days[2],
            thursday: days[3],
            friday: days[4],
            saturday: days[5],
            sunday: days[6],
        }),
    ]
}

type World = (Context, Vec<TaskFact>, Vec<Act>);

fn world() -> impl Strategy<Value = World> {
    let zone = (0..chrono_tz::TZ_VARIANTS.len()).prop_map(|i| Zone(chrono_tz::TZ_VARIANTS[i]));
    // 2020 to 2036, to the minute: every rule of daylight saving in use now.
    let now =
        (26_297_280i64..35_000_000).prop_map(|m| DateTime::from_timestamp(m * 60, 0).unwrap());
    (zone, now, working_hours(), 20u32..23, 4u32..7)
        .prop_flat_map(|(zone, now, working_hours, late_from, late_until)| {
            let context = Context {
                now,
                zone,
                working_hours,
                late_from: NaiveTime::from_hms_opt(late_from, 0, 0).unwrap(),
                late_until: NaiveTime::from_hms_opt(late_until, 0, 0).unwrap(),
            };
            let meetings = prop_oneof![
                3 => proptest::collection::vec(meeting(now), 0..12),
                1 => dense_days(zone, now),
            ];
            let acts = proptest::collection::vec(offset(), 0..25);
            let daily = prop_oneof![Just(0i64), 0i64..40];
            (
                Just(context),
                meetings,
                proptest::collection::vec(task(now), 0..15),
                acts,
                daily,
            )
        })
        .prop_map(|(context, meetings, tasks, acts, daily)| {
            let rows = meetings.into_iter().chain(tasks).zip(1..);
            let rows = rows
                .map(|(row, id)| TaskFact {
                    id: TaskId(id),
                    ..row
                })
                .collect();
            let daily = (0..daily).map(|day| -day * 1440 - 7);
            let acts = acts.into_iter().chain(daily).map(|m| Act {
                at: context.now + Duration::minutes(m),
                on: None,
            });
            (context, rows, acts.collect())
        })
}

fn assert_same(context: &Context, tasks: &[TaskFact], acts: &[Act]) -> Result<(), TestCaseError> {
    let measured = measure(&Facts { tasks, acts }, context);
    let expected = Reference::new(tasks, acts, context).metrics();
    for metric in Metric::ALL {
        let (got, want) = (measured.metrics.get(*metric), expected.get(*metric));
        let same = match (got, want) {
            (Some(got), Some(want)) => (got - want).abs() < 1e-6,
            (None, None) => true,
            _ => false,
        };
        prop_assert!(same, "{metric}: {got:?} instead of {want:?}");
        prop_assert!(measured.evidence(*metric).len() <= 20);
    }
    prop_assert_eq!(measured.metrics.out_of_range(), vec![]);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn metrics_agree_with_the_minute_by_minute_reference((context, tasks, acts) in world()) {
        assert_same(&context, &tasks, &acts)?;
    }

    #[test]
    fn the_order_of_rows_does_not_show((context, tasks, acts) in world(), turn in 0usize..40) {
        let before = measure(&Facts { tasks: &tasks, acts: &acts }, &context);
        let (mut tasks, mut acts) = (tasks, acts);
        let (turn_tasks, turn_acts) = (turn % tasks.len().max(1), turn % acts.len().max(1));
        tasks.rotate_left(turn_tasks);
        tasks.reverse();
        acts.rotate_left(turn_acts);
        prop_assert_eq!(measure(&Facts { tasks: &tasks, acts: &acts }, &context), before);
    }
}
