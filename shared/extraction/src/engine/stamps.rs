//! Times at which the lines of a log were written.

use super::Run;
use super::prepare::Prepared;
use crate::dates::{self, Found, Lead};

impl Run<'_, '_> {
    /// The time at which a line of a log was written dates nothing in it, where a day is named or the time has gone by.
    pub(crate) fn forget_stamp(&self, item: &Prepared, found: &mut Vec<Found>) {
        let stamped = self.stamped.get(item.index).copied().unwrap_or(false);
        let opens = |d: &&Found| d.from <= 1 && d.lead == Lead::Plain;
        let Some(first) = found.first().filter(|_| stamped).filter(opens) else {
            return;
        };
        let when = first.when.as_ref();
        let bare = when.is_some_and(|w| !w.day_given && w.recurrence.is_none());
        let named = found
            .iter()
            .skip(1)
            .any(|d| d.when.as_ref().is_some_and(|w| w.day_given));
        let over = when.is_some_and(|w| {
            let dated = dates::When {
                day: self.day.unwrap_or(w.day),
                ..w.clone()
            };
            let at = dated.start(self.context.zone);
            at.is_some_and(|at| at <= self.context.now)
        });
        if bare && (named && self.day.is_none() || over) {
            found.remove(0);
        }
    }
}
