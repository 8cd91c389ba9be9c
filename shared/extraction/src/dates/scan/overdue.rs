//! "The form was due on Monday": a day that has gone by, whatever a weekday means elsewhere.

use crate::dates::{Lead, Reference, When};
use crate::text::{Shape, Words};
use chrono::{Days, Months};

/// Moves the day of tokens `from..to`, whose lead begins at `lead_from`, back behind today if something was due on it.
pub(super) fn overdue(
    words: &Words,
    (lead_from, from, to): (usize, usize, usize),
    lead: Lead,
    (when, weekday): (&mut When, bool),
    reference: &Reference,
) {
    const WAS: &str = "was|were|war|waren|etait|etaient|era|eran|vencia|vencian";
    const DUE: &str = "fallig|faellig";
    /// As many tokens before the lead stands the verb.
    const NEAR: usize = 3;
    let start = lead_from.min(from);
    let verb = (start.saturating_sub(NEAR)..start)
        .rev()
        .take_while(|&i| words.shape(i) == Shape::Word)
        .any(|i| words.one_of(i, WAS));
    let due = lead == Lead::Due
        || words.one_of(to, DUE)
        || words.one_of(start.saturating_sub(1), "vencia|vencian|rendre|remettre");
    let year = (from..to).any(|i| words.word(i).len() == 4 && words.number(i).is_some());
    if !verb || !due || !when.day_given || when.recurrence.is_some() || year {
        return;
    }
    let today = reference.today();
    if weekday && when.day > today {
        when.day = when.day.checked_sub_days(Days::new(7)).unwrap_or(when.day);
    } else if (when.day - today).num_days() > 90 {
        when.day = when
            .day
            .checked_sub_months(Months::new(12))
            .unwrap_or(when.day);
    }
}
