//! The items of a row.

use crate::dates::{self, Found, Lead, When};
use crate::draft::Draft;
use crate::engine::Run;
use crate::fields::{hints, title};
use crate::item::Refusal;
use crate::language::{Language, Marks};
use crate::rows::fill::Row;
use crate::segment::Placed;
use crate::segment::sections::Class;
use crate::segment::table::Column;
use crate::text::{Shape, Words, fold_str, one_of};
use chrono::{NaiveTime, Timelike};
use sentry_domain::{Category, TaskType};
use std::ops::Range;

pub(crate) fn has_exam(words: &Words) -> bool {
    (0..words.len()).any(|i| {
        words.has(i, Marks::EXAM)
            && !matches!(words.word(i), "test" | "tests" | "final" | "control")
    }) || words.len() <= 5 && words.any_of(0..words.len(), "test|examen|klausur")
        || words.len() <= 3 && (0..words.len()).any(|i| matches!(words.word(i), "final" | "finals"))
}

/// "Reading report due", "Abgabe Hausarbeit": the event of the row is that something is handed in.
pub(crate) fn is_hand_in(words: &Words) -> bool {
    words.any_of(0..words.len(), "due|deadline|submission|submit|abgabe|einreichung|entrega|vencimiento|remise|rendu|echeance|teslim|teslimi|teslimat")
}

/// "Order travel vaccines" where events stand: nobody meets for it.
pub(crate) fn is_order(words: &Words, language: Language) -> bool {
    let meets = (0..words.len()).any(|i| {
        words.has(i, Marks::MEETING)
            || one_of(HOLDS, words.word(i))
            || one_of(crate::events::GATHERINGS, words.word(i))
    });
    words.len() > 1 && !meets && crate::acts::begins_as_order(words, language)
}

/// Date and time columns as one.
pub(crate) fn combined(row: &Row, inherited: Option<&When>) -> Option<When> {
    let mut when = row
        .date
        .clone()
        .or_else(|| row.due.clone())
        .or_else(|| inherited.cloned())?;
    if let Some(time) = &row.time
        && when.time.is_none()
    {
        when.time = time.time;
        when.end_time = time.end_time;
    }
    if let Some(end) = &row.end
        && when.end_time.is_none()
    {
        when.end_time = end.time;
    }
    Some(when)
}

pub(crate) fn meeting(
    run: &Run,
    (event, (from, to)): (&Words, (usize, usize)),
    when: &When,
    row: &Row,
    quote: Range<usize>,
) -> Draft {
    let zone = run.context.zone;
    let reference = run.reference(0, run.document.language);
    let found = dates::scan(event, &reference, false);
    let name = title::of_span(event, from, to, &found, &[]);
    let mut draft = Draft::task(name, quote, 0.86, usize::MAX);
    if has_exam(event) {
        draft.category = Category::Exam;
        draft.due(when, zone);
        draft.due_at = when.start(zone).or(draft.due_at);
        draft.start_at = when.start(zone);
        draft.end_at = when.end(zone);
        draft.due_on = draft.due_on.map(|_| when.day);
    } else {
        draft.task_type = TaskType::Meeting;
        draft.category = Category::Meeting;
        draft.takes_place(when, row.hours, zone);
        draft.attendees.clone_from(&row.attendees);
    }
    draft.description.clone_from(&row.notes);
    draft.owner.clone_from(&row.owner);
    draft
}

/// Verbs by which a row says that something takes place.
const HOLDS: &str =
    "hold|host|attend|conduct|join|durchfuhren|abhalten|celebrar|asistir|tenir|assister|katil";

/// Whether a cell says that the hour of its row is arranged with somebody: "booked", "Termin steht".
pub(crate) fn is_arranged(cell: &str) -> bool {
    const ARRANGED: &str = "booked|confirmed|arranged|scheduled|termin|vereinbart|gebucht|bestatigt|reservado|reservada|confirmado|confirmada|concertado|reserve|confirme|confirmee|fixe|planlandi|randevu|randevulu|onaylandi";
    let folded = fold_str(cell);
    let mut words = folded.split(|c: char| !c.is_alphanumeric());
    words.any(|word| one_of(ARRANGED, word))
}

/// Whether a row is everybody's.
fn is_common(row: &Row) -> bool {
    const ALL: &str =
        "all|everyone|everybody|all hands|whole team|alle|todos|todas|tous|toutes|herkes|hepsi";
    let owner = row.owner.as_deref().map(fold_str);
    owner.is_some_and(|owner| one_of(ALL, &owner))
}

/// When the thing of a row takes place: it has day and hour, and no verb says what is to be done.
pub(crate) fn held(
    run: &Run,
    placed: &Placed,
    row: &Row,
    task: &Words,
    day: Option<&When>,
) -> Option<When> {
    let reference = run.reference(placed.message, run.document.language);
    let own = dates::scan(task, &reference, false)
        .into_iter()
        .find_map(|found| found.when);
    let when = timed(
        combined(row, day.filter(|_| row.time.is_some()))?,
        own.as_ref(),
    );
    // "Lloyd confirmed Wed 18/3, 10.00 on the slip" among the remarks of a row of that day.
    let remarked = row.notes.as_deref().filter(|_| when.time.is_none());
    let remarked = remarked.and_then(|notes| {
        let words = Words::read(notes, 0, notes.len());
        let found = dates::scan(&words, &reference, false);
        let mut said = found.into_iter().filter_map(|found| found.when);
        said.find(|x| x.day_given && x.time.is_some())
    });
    let when = timed(when, remarked.as_ref());
    let first = (0..task.len()).find(|&i| task.shape(i) == Shape::Word)?;
    let holds = one_of(HOLDS, task.word(first));
    let gathering = (0..task.len())
        .any(|i| task.has(i, Marks::MEETING) || one_of(crate::events::GATHERINGS, task.word(i)));
    let order = !gathering
        && (task.has(first, Marks::VERB)
            || crate::acts::begins_as_order(task, run.document.language));
    // Under "Deadline" an hour is when it must be done.
    let deadline = row.due.is_some() && row.date.is_none() && when.time.is_some_and(is_closing);
    let handed = is_hand_in(task) || has_exam(task) && !gathering;
    let arranged = row.arranged || is_common(row);
    let gathering = gathering || when.end_time.is_some();
    let fits = holds || !handed && (arranged || !order && (gathering || !deadline));
    (fits && when.day_given && when.time.is_some() && when.recurrence.is_none()).then_some(when)
}

/// Whether something may have to be done by an hour: whoever must come at ten past two has an appointment.
fn is_closing(time: NaiveTime) -> bool {
    let whole = time.minute() == 0 || time.minute() == 59;
    whole && matches!(time.hour(), 0 | 8 | 9 | 12 | 15..=18 | 20 | 23)
}

/// Of a cell with several parts ("Review; EXAM 1 on Feb 4") the one that is the exam, and the day it names itself.
pub(crate) fn sitting(
    run: &Run,
    placed: &Placed,
    event: &Words,
    when: When,
) -> ((usize, usize), When) {
    let whole = (0, event.len());
    let exam = |&(from, to): &(usize, usize)| (from..to).any(|i| event.has(i, Marks::EXAM));
    let part = parts(event).into_iter().find(exam).unwrap_or(whole);
    let reference = run.reference(placed.message, run.document.language);
    let own = dates::scan(event, &reference, false)
        .into_iter()
        .filter(|found| found.from >= part.0 && found.to <= part.1)
        .find_map(|found| found.when);
    let when = match own {
        Some(own) if own.day_given => own,
        Some(own) => timed(when, Some(&own)),
        None => when,
    };
    (part, when)
}

/// The day with the time of day that stands elsewhere, where it has none.
fn timed(mut when: When, other: Option<&When>) -> When {
    let same = |other: &&When| !other.day_given || other.day == when.day;
    if let Some(other) = other.filter(|o| same(o) && when.time.is_none()) {
        (when.time, when.end_time, when.zone) = (other.time, other.end_time, other.zone);
    }
    when
}

/// A syllabus cell may name several works: "PS1 due; read ch. 2".
pub(crate) fn parts(words: &Words) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut from = 0;
    for i in 0..words.len() {
        if matches!(words.word(i), ";" | "<") || words.word(i) == "•" {
            all.push((from, i));
            from = i + 1;
            // "<br>" separates like a semicolon.
            if words.seq(i + 1, "br") {
                from = i
                    + 2
                    + (i + 2..words.len().min(i + 5))
                        .take_while(|&k| matches!(words.word(k), "/" | ">"))
                        .count();
            }
        }
    }
    all.push((from.min(words.len()), words.len()));
    all.retain(|&(a, b)| (a..b).any(|i| words.shape(i) == Shape::Word));
    // "Call the caterer<br>and confirm numbers" is one thing in two lines.
    all.dedup_by(|part, before| {
        // German says it last, also in a table too small to tell its language.
        let german = Language::German.lexicon().marks(words.word(part.0));
        let verb =
            part.1 - part.0 == 1 && (words.has(part.0, Marks::VERB) || german.any(Marks::VERB));
        // "Contract, annex B; review": the verb alone is that of the first half.
        let joins = verb || words.one_of(part.0, "and|und|y|e|et|ve|&|or|oder|o|ou|veya");
        if joins {
            before.1 = part.1;
        }
        joins
    });
    all
}

/// The tokens of "<br>" within one thing that stands in two lines.
fn breaks(words: &Words, from: usize, to: usize) -> Vec<(usize, usize)> {
    let all = (from..to).filter(|&i| words.word(i) == "<" && words.word(i + 1) == "br");
    let end = |i: usize| (i + 2..to.min(i + 5)).find(|&k| words.word(k) == ">");
    all.filter_map(|i| end(i).map(|end| (i, end + 1))).collect()
}

/// Whether the table stands under a heading such as "Homework".
fn is_homework(run: &Run, placed: &Placed) -> bool {
    let heading = &run.document.sections[placed.section].heading;
    crate::text::fold_str(&run.document.text[heading.clone()])
        .split(|c: char| !c.is_alphabetic())
        .any(|word| {
            one_of("homework|assignment|assignments|coursework|graded|hausaufgaben|ubungsblatter|tareas|deberes|devoirs|odevler", word)
        })
}

/// "Collect from legal vendors" leaves out what the finding names.
fn with_finding(task: &Words, from: usize, name: String, row: &Row) -> String {
    let hollow = task.has(from, Marks::VERB)
        && one_of(
            "from|to|with|for|by|before|von|bei|de|a|chez|dan",
            task.word(from + 1),
        );
    match row.notes.as_deref().filter(|_| hollow) {
        Some(thing) => title::clamp(&format!("{name}: {thing}")),
        None => name,
    }
}

/// The day by which a remark says that the task of a row must be done: "rotor inspection overdue, book by 3/20".
fn remarked(run: &Run, placed: &Placed, row: &Row) -> Option<When> {
    let notes = row.notes.as_deref()?;
    let words = Words::read(notes, 0, notes.len());
    let reference = run.reference(placed.message, run.document.language);
    let found = dates::scan(&words, &reference, false);
    let day = |d: &&Found| d.ahead().is_some_and(|when| when.day_given);
    let mut days = found.iter().filter(day);
    let due = found.iter().find(|d| d.lead == Lead::Due);
    // "Spore strip not mailed yet, mail it Mon 3/9": the only day there is.
    let only = || days.next().filter(|_| days.next().is_none());
    due.or_else(only)?.ahead().cloned()
}

/// "Crane is taken down", "Mehrkosten sind keine angemeldet": whether a row only tells how things are, and nothing is amiss.
fn states(task: &Words, from: usize, to: usize) -> bool {
    const IS: &str =
        "is|are|was|were|ist|sind|war|waren|wurde|wurden|bleibt|bleiben|est|sont|esta|estan";
    const AMISS: &str = "missing|late|overdue|broken|leaking|fehlt|fehlen|offen|not|nicht|to|zu";
    let asks = Marks::MODAL.and(Marks::PLEASE);
    !task.has(from, Marks::VERB)
        && task.any_of(from + 1..to, IS)
        && !task.any_of(from..to, AMISS)
        && !(from..to).any(|i| task.has(i, asks))
}

#[expect(clippy::too_many_arguments, reason = "a row is read in one place")]
pub(crate) fn task_row(
    run: &mut Run,
    placed: &Placed,
    row: &Row,
    task: &Words,
    (from, to): (usize, usize),
    quote: Range<usize>,
    inherited: Option<&When>,
    course: bool,
) {
    let reference = run.reference(placed.message, run.document.language);
    let found: Vec<Found> = dates::scan(task, &reference, false);
    let name = title::of_span(task, from, to, &found, &breaks(task, from, to));
    if name.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return run.refuse(Refusal::NoTitle);
    }
    let done = task.has(from, Marks::DONE) && task.word(from + 1) == ":";
    if done
        || task.seq(from, "no class")
        || task.word(from) == "holiday"
        || task.seq(from, "no homework")
    {
        return run.refuse(Refusal::Done);
    }
    // "Scaffold inspected, no defects": a note without owner or date tells of the past.
    let told = (from..to).any(|i| {
        task.has(i, Marks::PAST) || i > from && title::base_of_participle(task.word(i)).is_some()
    }) && !task.has(from, Marks::VERB);
    let told = told || states(task, from, to);
    if told && row.owner.is_none() && row.due.is_none() && row.date.is_none() {
        return run.refuse(Refusal::Past);
    }
    let zone = run.context.zone;
    let name = with_finding(task, from, name, row);
    let titled = name
        .strip_suffix(" due")
        .map_or_else(|| name.clone(), |t| format!("Submit {t}"));
    let mut draft = Draft::task(titled, quote, 0.88, usize::MAX);
    draft.owner.clone_from(&row.owner);
    draft.priority = row
        .priority
        .or_else(|| hints::priority(task, from, to).map(|p| p.0));
    draft.estimated_hours = row.hours;
    draft.description.clone_from(&row.notes);
    draft.category = hints::category(task, from, to, course);
    if course
        && draft.category == Category::General
        && (is_hand_in(task) || is_homework(run, placed))
    {
        draft.category = Category::Assignment;
    }
    let inside = |d: &&Found| d.from >= from && d.to <= to;
    let own = found.iter().find(inside).and_then(|d| d.when.clone());
    let clock = own.clone().filter(|when| !when.day_given);
    let when = row
        .due
        .clone()
        .or_else(|| row.end.clone())
        .or_else(|| own.filter(|when| when.day_given))
        .or_else(|| remarked(run, placed, row))
        .or_else(|| row.date.clone())
        .or_else(|| inherited.cloned().filter(|_| course));
    if let Some(when) = when {
        let mut when = timed(when, clock.as_ref());
        if draft.category == Category::Exam {
            (draft.start_at, draft.end_at) = (when.start(zone), when.end(zone));
        }
        if when.time.is_none()
            && let Some(time) = &row.time
        {
            when.time = time.end_time.or(time.time);
        }
        draft.due(&when, zone);
    }
    let telling = placed.table.columns.contains(&Column::Owner)
        || placed.table.columns.contains(&Column::Due)
        || placed.table.columns.contains(&Column::Status);
    if !telling
        && placed.table.headed
        && !course
        && run.document.sections[placed.section].class != Class::Action
        && draft.due_on.is_none()
        && draft.due_at.is_none()
    {
        return run.refuse(Refusal::Weak);
    }
    run.drafts.push(draft);
}
