//! Meetings that their invitation describes line by line, and the entries of calendars.

use super::Run;
use crate::dates::{self, When};
use crate::draft::Draft;
use crate::fields::people::guests;
use crate::item::Refusal;
use crate::segment::calendar::{self, Entry, Stamp};
use crate::segment::invitation::Invitation;
use crate::text::Words;
use chrono::{DateTime, Utc};
use sentry_domain::{Category, TaskType, Zone};
use std::ops::Range;

/// How sure it is that who is invited is to come.
const SURE: f64 = 0.9;

impl Run<'_, '_> {
    /// Makes meetings of all invitations; the lines of one that made a meeting are not read again.
    pub(super) fn read_invitations(&mut self) -> Vec<Draft> {
        let mut drafts = Vec::new();
        let document = self.document;
        for invitation in &document.invitations {
            if let Some(draft) = self.invited(invitation) {
                self.taken.push(invitation.whole.clone());
                drafts.push(draft);
            }
        }
        for span in &document.calendars {
            self.taken.push(span.clone());
            for entry in calendar::entries(document.text, span) {
                drafts.extend(self.entered(entry));
            }
        }
        self.taken.sort_by_key(|range| range.start);
        drafts
    }

    /// Whether an invitation has said already what stands here.
    pub(crate) fn is_taken(&self, bytes: &Range<usize>) -> bool {
        let after = self.taken.partition_point(|range| range.end < bytes.end);
        self.taken
            .get(after)
            .is_some_and(|range| range.start <= bytes.start)
    }

    /// Of a meeting in a calendar what the lines around it say too is not another: the mail that brings an entry
    /// repeats its hour.
    pub(super) fn settle_entered(&mut self) {
        let calendars = &self.document.calendars;
        let entered = |draft: &Draft| {
            let inside = |span: &Range<usize>| span.contains(&draft.quote.start);
            calendars.iter().any(inside)
        };
        let starts: Vec<_> = self
            .drafts
            .iter()
            .filter(|draft| entered(draft))
            .filter_map(|draft| draft.start_at)
            .collect();
        self.drafts.retain(|draft| {
            let same = draft.start_at.is_some_and(|at| starts.contains(&at));
            entered(draft) || draft.task_type != TaskType::Meeting || !same
        });
    }

    fn invited(&self, invitation: &Invitation) -> Option<Draft> {
        let all = &self.document.messages;
        let told = |m: &crate::segment::Message| {
            m.date.start.max(m.subject.start) <= invitation.whole.start
        };
        let message = all.iter().rposition(told).unwrap_or(0);
        let found = |bytes: &Range<usize>| -> Vec<When> {
            let mut words = Words::read(self.document.text, bytes.start, bytes.end);
            words.mark(self.document.language.lexicon());
            let reference = self.reference(message, self.document.language);
            let all = dates::scan(&words, &reference, true);
            all.into_iter().filter_map(|d| d.when).collect()
        };
        let mut when = found(&invitation.date).into_iter().find(|w| w.day_given)?;
        let timed = |bytes: &Range<usize>| found(bytes).into_iter().find(|w| w.time.is_some());
        // "25.11.2026, 10:00-11:00": the hour may stand behind its day.
        let hour = timed(&invitation.time).or_else(|| timed(&invitation.date));
        if let Some(hour) = hour.filter(|_| when.time.is_none()) {
            (when.time, when.end_time, when.zone) = (hour.time, hour.end_time, hour.zone);
        }
        if let Some(end) = timed(&invitation.end) {
            when.end_time = when.end_time.or(end.time);
        }
        let zone = self.context.zone;
        let now = self.context.now;
        let over = when
            .start(zone)
            .map_or_else(|| when.day < zone.day_of(now), |at| at <= now);
        if over && when.recurrence.is_none() || when.time.is_none() {
            return None;
        }
        let title = name(&self.document.text[invitation.title.clone()]);
        let mut draft = Draft::task(title, invitation.whole.clone(), SURE, usize::MAX);
        draft.task_type = TaskType::Meeting;
        draft.category = Category::Meeting;
        draft.takes_place(&when, None, zone);
        let listed = invitation
            .guests
            .iter()
            .map(|bytes| &self.document.text[bytes.clone()]);
        draft.attendees = listed.flat_map(guests).collect();
        Some(draft)
    }

    /// Makes an item of an entry of a calendar, unless it is over.
    fn entered(&mut self, entry: Entry) -> Option<Draft> {
        let zone = self.context.zone;
        let now = self.context.now;
        let begin = entry.begin.as_ref().and_then(|stamp| instant(stamp, zone));
        let past = begin.map_or_else(
            || {
                entry
                    .begin
                    .as_ref()
                    .is_some_and(|stamp| stamp.day < zone.day_of(now))
            },
            |at| at <= now,
        );
        let refused = match () {
            () if entry.over => Some(Refusal::Done),
            () if past && entry.rule.is_none() && !entry.task => Some(Refusal::Past),
            () if !entry.task && entry.begin.is_none() => Some(Refusal::Weak),
            () => None,
        };
        if let Some(reason) = refused {
            self.refuse(reason);
            return None;
        }
        let mut draft = Draft::task(entry.title, entry.quote, SURE, usize::MAX);
        draft.description = entry.notes;
        draft.recurrence = entry.rule;
        draft.priority = entry.priority;
        if entry.task {
            draft.due_at = entry.due.as_ref().and_then(|stamp| instant(stamp, zone));
            let day = entry.due.as_ref().map(|stamp| stamp.day);
            draft.due_on = day.filter(|_| draft.due_at.is_none());
        } else {
            draft.task_type = TaskType::Meeting;
            draft.category = Category::Meeting;
            draft.start_at = begin;
            draft.end_at = entry.end.as_ref().and_then(|stamp| instant(stamp, zone));
            let day = entry.begin.as_ref().map(|stamp| stamp.day);
            draft.due_on = day.filter(|_| begin.is_none());
            draft.attendees = entry.guests;
        }
        Some(draft)
    }
}

/// The instant of a stamp that names a time; a zone that is not known is that of the reader.
fn instant(stamp: &Stamp, zone: Zone) -> Option<DateTime<Utc>> {
    let at = stamp.at?;
    if stamp.utc {
        return Some(at.and_utc());
    }
    let own = stamp.zone.as_deref().and_then(|name| name.parse().ok());
    dates::instant(own.unwrap_or(zone), at)
}

/// "Invitation: Project kickoff", "Einladung zur Versammlung": what one is invited to.
fn name(title: &str) -> String {
    const OPENINGS: [&str; 18] = [
        "invitation to the ",
        "invitation to ",
        "invitation: ",
        "invite: ",
        "updated invitation: ",
        "einladung zur ",
        "einladung zum ",
        "einladung: ",
        "besprechung: ",
        "invitación a la ",
        "invitación: ",
        "invitation à la ",
        "invitation : ",
        "agenda: ",
        "meeting: ",
        "davet: ",
        "reunión: ",
        "réunion : ",
    ];
    let title = title.trim_matches(['*', '_', '#', ' ']);
    let lower = title.to_lowercase();
    let opening = OPENINGS.iter().find(|o| lower.starts_with(*o));
    let rest = opening.and_then(|o| title.get(o.len()..)).unwrap_or(title);
    crate::fields::title::clamp(&crate::text::capitalised(rest.trim()))
}
