//! The same thing said twice is one item with two quotes.

use crate::draft::{Draft, Pronoun};
use crate::text::{Quick, fold_str, hash};

/// How many items back a sentence such as "I'll do it" may point.
const NEAR: usize = 6;

const SMALL: &str = "\
    the|a|an|to|of|for|and|in|on|with|by|at|your|our|my|me|us|it|that|this|from|all|please|der|\
    die|das|den|dem|ein|eine|und|zu|fur|mit|el|la|los|las|un|una|de|del|y|a|le|les|une|du|des|\
    et|ve|bir|his|her|their|up|out";

/// Whether a word is one of the small ones, or the beginning, the end or the middle of one.
fn is_small(word: &str) -> bool {
    const LONGEST: usize = 6;
    word.len() <= LONGEST && SMALL.contains(word)
}

/// The words of a title that say what it is about, each by its hash, once and in rising order.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Gist(Vec<u64>);

impl Gist {
    fn of(title: &str) -> Self {
        let folded = fold_str(title);
        let mut words: Vec<u64> = folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty() && !is_small(w))
            .map(|w| match w {
                "get" | "order" | "purchase" => "buy",
                _ => w.strip_suffix('s').filter(|s| s.len() > 3).unwrap_or(w),
            })
            .map(hash)
            .collect();
        words.sort_unstable();
        words.dedup();
        Self(words)
    }

    fn common(&self, other: &Self) -> usize {
        let has = |word: &&u64| other.0.binary_search(word).is_ok();
        self.0.iter().filter(has).count()
    }

    /// Whether two titles name the same deed.
    fn is_like(&self, other: &Self) -> bool {
        let (a, b) = (self.0.len(), other.0.len());
        let (common, least) = (self.common(other), a.min(b));
        least >= 2 && common == least && a.max(b) <= least + 4
            || common >= 3 && common * 10 >= (a + b - common) * 7
            || (least == 1 && self == other)
    }
}

/// Whether two titles say different deeds of the same matter: "Sign: the lease", "Return: the lease".
fn others(a: &str, b: &str) -> bool {
    let pair = a.split_once(": ").zip(b.split_once(": "));
    pair.is_some_and(|((a, same), (b, matter))| same == matter && Gist::of(a) != Gist::of(b))
}

fn compatible(a: &Draft, b: &Draft) -> bool {
    let same_day = !a.dated()
        || !b.dated()
        || (a.due_on, a.due_at, a.start_at) == (b.due_on, b.due_at, b.start_at)
        || a.due_on
            .is_some_and(|d| b.due_at.is_some_and(|t| t.date_naive() == d))
        || b.due_on
            .is_some_and(|d| a.due_at.is_some_and(|t| t.date_naive() == d));
    let same_owner = a.owner.is_none()
        || b.owner.is_none()
        || shares_name(a.owner.as_deref(), b.owner.as_deref());
    a.task_type == b.task_type && same_day && same_owner
}

fn shares_name(a: Option<&str>, b: Option<&str>) -> bool {
    let gist = |name: Option<&str>| Gist::of(name.unwrap_or(""));
    gist(a).common(&gist(b)) > 0
}

/// Takes from `other` what `kept` lacks.
fn absorb(kept: &mut Draft, other: Draft) {
    if !kept.dated() {
        (kept.due_at, kept.due_on, kept.start_at, kept.end_at) =
            (other.due_at, other.due_on, other.start_at, other.end_at);
    }
    if kept.due_at.is_none() && other.due_at.is_some() && kept.due_on.is_some() {
        (kept.due_at, kept.due_on) = (other.due_at, None);
    }
    kept.end_at = kept.end_at.or(other.end_at);
    kept.owner = kept.owner.take().or(other.owner);
    kept.priority = kept.priority.max(other.priority);
    kept.estimated_hours = kept.estimated_hours.or(other.estimated_hours);
    kept.recurrence = kept.recurrence.take().or(other.recurrence);
    kept.description = kept.description.take().or(other.description);
    if kept.attendees.is_empty() {
        kept.attendees = other.attendees;
    }
    if kept.category == sentry_domain::Category::General {
        kept.category = other.category;
    }
    if other.title.len() > kept.title.len() && other.title.len() <= 100 {
        kept.title = other.title;
    }
    kept.confidence = (kept.confidence.max(other.confidence) + 0.03).min(0.98);
    kept.also.push(other.quote);
    kept.also.extend(other.also);
}

/// Joins drafts that say the same; the order of the text is kept.
pub(crate) fn merge(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut kept: Vec<Draft> = Vec::new();
    let mut gists: Vec<Gist> = Vec::new();
    // Only drafts that share a word are compared, and of a word that is everywhere only the latest few.
    let mut by_word: Quick<u64, Vec<usize>> = Quick::default();
    for draft in drafts {
        let gist = Gist::of(&draft.title);
        if let Some(at) = draft.pronoun.and_then(|p| antecedent(&kept, &draft, p)) {
            absorb_pronoun(&mut kept[at], draft);
            continue;
        }
        let mut near: Vec<usize> = gist
            .0
            .iter()
            .filter_map(|w| by_word.get(w))
            .flat_map(|list| list.iter().rev().take(20).copied())
            .collect();
        near.sort_unstable();
        near.dedup();
        if let Some(&at) = near.iter().find(|&&k| {
            gists[k].is_like(&gist)
                && compatible(&kept[k], &draft)
                && !others(&kept[k].title, &draft.title)
        }) {
            absorb(&mut kept[at], draft);
            gists[at] = Gist::of(&kept[at].title);
            continue;
        }
        for word in &gist.0 {
            by_word.entry(*word).or_default().push(kept.len());
        }
        gists.push(gist);
        kept.push(draft);
    }
    // "Can you pay that?" after nothing to be paid has no object.
    let hollow = |d: &Draft| d.pronoun == Some(Pronoun::Verb) && !d.title.contains(' ');
    kept.retain(|d| d.pronoun != Some(Pronoun::Generic) && !hollow(d));
    kept
}

/// What "it" means: the nearest item before; with a verb of its own only an item of that verb.
fn antecedent(kept: &[Draft], draft: &Draft, pronoun: Pronoun) -> Option<usize> {
    let verb = |title: &str| fold_str(title.split(' ').next().unwrap_or(""));
    let fits = |before: &Draft| {
        draft.unit.abs_diff(before.unit) <= NEAR
            && before.task_type == draft.task_type
            && (pronoun == Pronoun::Generic || verb(&before.title) == verb(&draft.title))
    };
    let nearest = kept
        .iter()
        .enumerate()
        .rev()
        .take(NEAR)
        .filter(|(_, k)| fits(k));
    // An item without an owner waits for one.
    let open = nearest.clone().find(|(_, k)| k.owner.is_none());
    open.or_else(|| nearest.clone().next()).map(|(i, _)| i)
}

/// "I'll do it tomorrow" gives the item an owner and a date; its title stays.
fn absorb_pronoun(kept: &mut Draft, other: Draft) {
    if !kept.dated() {
        (kept.due_at, kept.due_on) = (other.due_at, other.due_on);
    }
    if kept.owner.is_none() {
        kept.owner = other.owner;
    }
    kept.confidence = (kept.confidence + 0.03).min(0.98);
    kept.also.push(other.quote);
}
