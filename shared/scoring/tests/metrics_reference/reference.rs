//! Every metric by walking through the minutes.

use super::*;

const BACK: i64 = 37 * 1440;
const AHEAD: i64 = 10 * 1440;

/// The whole stretch of time, one wall clock reading per minute.
pub struct Reference<'a> {
    tasks: &'a [TaskFact],
    acts: &'a [Act],
    context: &'a Context,
    wall: Vec<NaiveDateTime>,
    /// The minutes of each date, in order.
    days: BTreeMap<NaiveDate, Vec<i64>>,
    today: NaiveDate,
}

/// Time that is kept free stands in the calendar and is no task.
fn to_do(t: &TaskFact) -> bool {
    let placed = matches!((t.start_at, t.end_at), (Some(_), Some(_)));
    let due = t.due_at.is_some() || t.due_on.is_some();
    t.task_type == TaskType::Task && !(placed && !due && t.estimated_hours == Some(0.0))
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
    pub fn new(tasks: &'a [TaskFact], acts: &'a [Act], context: &'a Context) -> Self {
        let wall = wall_clock(context);
        let mut days: BTreeMap<NaiveDate, Vec<i64>> = BTreeMap::new();
        let mut minutes = -BACK..AHEAD;
        for run in wall.chunk_by(|one, next| one.date() == next.date()) {
            let date = run.first().map(NaiveDateTime::date).unwrap();
            let of_run = minutes.by_ref().take(run.len());
            days.entry(date).or_default().extend(of_run);
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
            .filter(|t| to_do(t) && t.status.is_active())
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
            .filter(|t| to_do(t) && t.status != TaskStatus::Cancelled)
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
            .filter(|t| to_do(t) && t.status != TaskStatus::Cancelled)
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
            .filter(|t| to_do(t) && t.status == TaskStatus::Done)
            .filter_map(|t| t.completed_at)
            .filter(|at| (-7 * 1440 + 1..=0).contains(&self.minute(*at)))
            .count();
        (missed + done > 0).then(|| done as f64 / (missed + done) as f64)
    }

    pub fn metrics(&self) -> Metrics {
        let busy = self.busy_minutes();
        let worked = self.worked(&busy);
        let monday =
            self.today - Duration::days(self.today.weekday().num_days_from_monday().into());
        let sunday = monday + Duration::days(6);
        let today = self.hours_on(&busy, |d| d == self.today);
        let week = self.hours_on(&busy, |d| (monday..=sunday).contains(&d));
        let tasks = self.tasks.iter().any(to_do);
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
