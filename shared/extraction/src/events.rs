//! Meetings and exams: a subject with a day, mostly with a time.

mod appointment;
mod called_off;
mod guests;
mod name;
mod told;

use crate::acts::Sentence;
use crate::dates::{self, Found, Lead};
use crate::item::Refusal;
use crate::language::Marks;
use crate::text::{Shape, one_of};
pub(crate) use appointment::appointment;
pub(crate) use called_off::{called_off, takes_back};
pub(crate) use guests::{attendees, behind as guests_behind};
use name::name;
pub(crate) use name::strip_opening;
use told::is_handed_in;
pub(crate) use told::{closes_house, told};

/// A meeting or an exam in a sentence.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub title: String,
    pub date: Found,
    pub exam: bool,
    pub attendees: Vec<String>,
    pub strength: f64,
    pub begin: usize,
    pub to: usize,
    /// Nothing but a name, a day and an hour speaks for it.
    pub bare: bool,
}

/// What makes a date the date of an event.
const TAKES_PLACE: &str = "\
    takes place|will take place|is scheduled|scheduled for|is set for|will be held|is on|\
    will be on|is at|starts at|begins at|let's meet|lets meet|we meet|we will meet|we'll meet|\
    meet again|meets|meeting is|let's sync|let's talk|let's catch up|let's discuss|\
    let's reconvene|invited to|you are invited|join us for|we will reconvene|reconvene on|\
    reconvenes|findet|treffen wir uns|wir treffen uns|ist am|ist fur|tendra lugar|nos reunimos|\
    sera el|es el|nos vemos|aura lieu|se tiendra|est prevue|est prevu|on se voit|yapilacak|\
    yapilacaktir|toplaniyoruz|gerceklesecek|is booked for|has been scheduled|we are meeting|\
    we're meeting|is planned for|booked for|statt|nachster termin|next meeting|next call|\
    next sync|next session|nachste sitzung|nachstes treffen|proxima reunion|prochaine reunion|\
    gelecek toplanti|sonraki toplanti|moved to|rescheduled to|postponed to|verschoben auf|\
    set for|vereinbart";

/// What by itself says that something is held, whatever it is called.
const HELD: &str = "\
    takes place|will take place|will be held|is held|runs from|will run from|findet|aura lieu|se tiendra|tendra lugar|se celebrara|\
    yapilacak|yapilacaktir|gerceklesecek|goes ahead|is taking place|kicks off|will kick off|\
    we have scheduled|we have booked|we have arranged|we've scheduled|is planned for|are planned for|is scheduled for|are scheduled for|is fixed for|has been fixed for|has been set for|will start at|will start on|start on|starts on|begin on|begins on|is pencilled in for|pencilled in for|is pencilled in|ist geplant fur|est prevu|est prevue|esta previsto|esta prevista|has been moved to|have been moved to|is moved to|been preponed to|preponed to|been rescheduled to|been brought forward to|brought forward to|been postponed to|been pushed to|is now on|is set for|verlegt auf|wird verlegt auf|pasa al|pasa del|se pasa al|se adelanta al|se aplaza al|se fija para|que se fija para|queda fijada para|est avancee au|avancee au|est deplacee au|est fixe au|est fixee au|laden wir sie|laden wir euch|laden wir dich|wir laden|os invitamos|le invitamos|les invitamos|te invitamos|vous invitons|we invite you|are cordially invited|davet ediyoruz|davetlisiniz|yapilacak|alindi|we've booked|we've arranged|booked you in|you are booked|you're booked|you have been booked";

/// People agree to come together.
const TOGETHER: &str = "\
    let's catch up|let's chat|let's speak|let's talk|let's sync|let's meet|lets meet|lets catch up|lets talk|lets chat|let's touch base|let's regroup|let's have|let's do|let's reconvene|let's get together|let's grab|sit down with|sit down together|meet up|get together|getting together|have lunch|having lunch|grab lunch|grab a coffee|have coffee|have dinner|having dinner|come together|reconvene|\
    see you|i'll see you|we'll see you|we could meet|shall we meet|wir sehen uns|sehen wir uns|on se voit|nos vemos|bulusalim|gorusuruz|gorusecegiz|bulusuyoruz|toplanalim";

/// Somebody comes to a place: with a time, an appointment.
const VISITS: &str = "\
    will be in the|will be at the|will be on site|will be onsite|can come|could come|comes on|will be round|will see you|will visit|will call|will come|is coming|are coming|is attending|are attending|is ordered for|are ordered for|will arrive|is visiting|will attend|\
    kommt|wird kommen|besucht|viene|vendra|visitara|vient|viendra|passera|passe|gelecek|ziyaret edecek";

/// Questions by which one proposes a meeting: with a time, they are as good as its date.
const PROPOSES: &str = "\
    can we do a|could we do a|can we have a|could we have a|can we schedule|could we schedule|can we talk|could we talk|can we speak|could we speak|konnen wir telefonieren|podemos hablar|podemos quedar|peut - on se parler|on peut se parler|gorusebilir miyiz|bulusabilir miyiz|\
    shall we say|shall we meet|shall we talk|shall we do|how about|can we meet|could we meet|let's say|lets say|\
    are you free|does it suit|treffen wir uns|sollen wir uns|wollen wir uns|konnen wir uns|passt es dir|\
    quedamos|nos vemos|podemos reunirnos|podemos vernos|on se voit|on se retrouve|peut - on se voir|bulusalim mi";

/// Rounds and tests at which people come together although their names are used for much else.
pub(crate) const GATHERINGS: &str = "\
    audit|inspection|drill|exercise|rehearsal|stocktake|walkthrough|walk|visit|tour|survey|screening|tasting|fitting|viewing|briefing|\
    begehung|abnahme|ubung|besuch|probe|fuhrung|auditoria|inspeccion|simulacro|ensayo|visita|inventario|controle|audience|repetition|visite|exercice|inventaire|\
    denetim|tatbikat|ziyaret|prova|sayim";

/// Meetings of several words.
pub(crate) const COMPOUNDS: &str = "one - to - one|one - on - one|1 - on - 1|1 : 1|catch - up|check - in|stand - up|kick - off|get - together|parents ' evening|open day|open house|town hall|site visit|phone call|all - hands|all hands|face - to - face|rendez - vous|jour fixe|q & a|follow - up call|wrap - up|game night|drop - in|book club|quiz night|pub quiz|parents evening|information evening|open evening|movie night|coffee morning|photo call|photo day|sports day|training session|board game evening";

/// An event in the sentence, or why what looks like one is none.
pub(crate) fn read(
    s: &Sentence,
    schedule: bool,
    heading_day: bool,
) -> Result<Option<Event>, Refusal> {
    let w = s.words;
    if !s.dated(|d| d.when.is_some()) {
        return Ok(None);
    }
    let fits = |i: usize| !is_part(s, i);
    let exam = (s.from..s.to).find(|&i| w.has(i, Marks::EXAM) && is_exam(s, i) && fits(i));
    let noun = exam.or_else(|| {
        (s.from..s.to)
            .find(|&i| (w.has(i, Marks::MEETING) || w.phrase(i, COMPOUNDS).is_some()) && fits(i))
    });
    let Some(date) = pick(s, heading_day, exam) else {
        return Ok(None);
    };
    let clock = s.when(&date).is_some_and(|x| x.time.is_some());
    let replaced = s.dated(|d| d.when.is_none());
    let moved = dates::moves(w, s.from..s.to) && (clock || replaced);
    let placed = moved || w.any_phrase(s.from..s.to, TAKES_PLACE);
    let verbs = "meet|meets|sync|talk|reconvene|regroup|treffen|trifft|reunimos|reune|vemos|toplaniyoruz|toplaniyor|reunit|reunissons";
    let meets = (s.from..s.to).any(|i| {
        w.one_of(i, verbs) && placed
            || clock
                && i > s.from
                && matches!(w.word(i), "meet" | "meets")
                && crate::acts::name_like(w, i - 1)
    });
    let proposes = clock && w.any_phrase(s.from..s.to, PROPOSES);
    let held = clock
        && (s.from..s.to).any(|i| w.phrase(i, HELD).is_some() || w.phrase(i, VISITS).is_some());
    let held = held || clock && moved && replaced;
    let equated = clock && is_equated(s, &date);
    let proposes = proposes || clock && noun.is_some() && is_proposal(s, &date);
    let together = clock && w.any_phrase(s.from..s.to, TOGETHER);
    let appointed = meets || together || proposes || held || equated || schedule && clock;
    let placed = placed || together || held || equated;
    if noun.is_none() && !appointed {
        return Ok(None);
    }
    refuse(s, &date, proposes)?;
    let exam = exam.is_some();
    let meeting = |i: usize| w.has(i, Marks::MEETING) || w.phrase(i, COMPOUNDS).is_some();
    if noun.is_some_and(|i| !meeting(i)) && !exam {
        return Ok(None);
    }
    let structured = s.setting.item || schedule || s.setting.action;
    let short = s.to - s.from <= 26;
    let strength = match () {
        () if clock && (structured || placed) => 0.84,
        () if clock && (short || proposes) => 0.74,
        () if exam && short => 0.78,
        () if placed && short => 0.7,
        () if structured && short => 0.62,
        () => return Ok(None),
    };
    let mut title = name(s, &date, noun);
    if proposes && noun.is_none() {
        "Meeting".clone_into(&mut title);
    }
    if title.chars().filter(|c| c.is_alphabetic()).count() < 3 {
        return Ok(None);
    }
    let attendees = attendees(s);
    Ok(Some(Event {
        title,
        date,
        exam,
        attendees,
        strength,
        begin: s.from,
        to: s.to,
        bare: false,
    }))
}

/// A date with a time if there is one, not one gone by and not one to count from.
fn pick(s: &Sentence, heading_day: bool, exam: Option<usize>) -> Option<Found> {
    let fits = |d: &&Found| {
        d.from >= s.from && d.to <= s.to && d.when.is_some() && !matches!(d.lead, Lead::After)
    };
    let clocked = s
        .dates
        .iter()
        .filter(fits)
        .find(|d| d.when.as_ref().is_some_and(|w| w.time.is_some()));
    // "Sunday week, that's the 12th, one o'clock": the day, where its hour stands apart.
    let apart = s
        .dates
        .iter()
        .filter(fits)
        .find(|d| d.when.as_ref().is_some_and(|w| w.day_given))
        .filter(|_| clocked.is_some_and(|d| d.when.as_ref().is_some_and(|w| !w.day_given)));
    let clocked = apart.or(clocked);
    // An exam among other dates is on the one behind it.
    let behind = exam.and_then(|e| s.dates.iter().filter(fits).find(|d| d.from > e));
    let found = clocked.or(behind).or_else(|| s.dates.iter().find(fits))?;
    // A deadline is no meeting, but "para el jueves a las 10" appoints.
    let timed = found.when.as_ref().is_some_and(|w| w.time.is_some());
    let appoints = timed && s.words.one_of(found.lead_from, "para|pour|fur|for");
    (found.lead != Lead::Due || heading_day || appoints).then(|| found.clone())
}

/// "meeting minutes", "exam results", "test environment": the noun only describes another.
fn is_part(s: &Sentence, i: usize) -> bool {
    let next = s.words.word(i + 1);
    one_of(
        "minutes|notes|room|results|result|agenda|environment|plan|report|invite|invites|\
            slides|deck|link|paper|papers|questions|grades|materials|recording|summary|data|\
            case|cases|suite|server|script|scripts|coverage|budget|hours|protocol|period|\
            fee|fees",
        next,
    ) || s.words.word(i) == "-"
        || (matches!(s.words.word(i), "final" | "finals") && s.words.has(i + 1, Marks::COURSEWORK))
}

fn is_exam(s: &Sentence, i: usize) -> bool {
    match s.words.word(i) {
        // "final" and "test" are exams only where nothing else follows them.
        "final" | "test" | "tests" | "control" | "prueba" => {
            let next = s.words.word(i + 1);
            s.words.has(i + 1, Marks::EXAM)
                || s.words.shape(i + 1) == Shape::Mark
                || s.date_at(i + 1).is_some()
                || one_of("on|in|is|am|im|de", next)
        }
        _ => true,
    }
}

/// "Photo day is Tuesday, October 21, from 9:00 to 11:30": a short subject, equated with its hour.
fn is_equated(s: &Sentence, date: &Found) -> bool {
    let w = s.words;
    let link = date.lead_from.min(date.from);
    let subject = s.from..link.saturating_sub(1);
    link > s.from + 1
        && date.when.as_ref().is_some_and(|x| x.day_given && x.recurrence.is_none())
        && w.one_of(link - 1, "is|are|ist|sind|es|est")
        && subject.len() <= 7
        && !subject.clone().any(|i| {
            let other = Marks::COURSEWORK.and(Marks::MODAL).and(Marks::FIRST);
            w.has(i, other) || w.one_of(i, "deadline|due|cut|submission|rent|payment|flight|train|it|there|that|this|frist|abgabe|plazo|echeance")
        })
}

/// "Apéro visio dimanche à 18h ?": in a conversation a meeting with day and hour and nothing else proposes it.
fn is_proposal(s: &Sentence, date: &Found) -> bool {
    let w = s.words;
    let verbal = Marks::MODAL
        .and(Marks::STATE)
        .and(Marks::QUESTION)
        .and(Marks::THIRD)
        .and(Marks::SECOND);
    s.setting.addressed
        && s.asks()
        && s.to - s.from <= 18
        && date.when.as_ref().is_some_and(|x| x.day_given)
        && !(s.from..date.from).any(|i| w.has(i, verbal))
}

fn refuse(s: &Sentence, date: &Found, proposes: bool) -> Result<(), Refusal> {
    let w = s.words;
    // "Monday at 10am, room 412 (no meeting on Memorial Day)": an aside takes nothing back.
    let to = (date.to..s.to).find(|&i| w.word(i) == "(").unwrap_or(s.to);
    let free = "office hours|sprechstunde|horario de atencion|no class|no classes|no lecture|no lectures|no lab|no meeting|no school|no session|spring break|fall break|winter break|holiday|public holiday|vacation|call to order|called to order|school closed|office closed|keine vorlesung|\
        ferien|feiertag|vorlesungsfrei|festivo|vacaciones|no hay clase|sin clase|ferie|vacances|pas de cours|tatil|ders yok|reading week|classes begin|classes end|first day of class|first day of classes|last day of classes|last day of class|instruction begins|semester begins|thanksgiving break";
    if w.any_phrase(s.from..to, free) {
        return Err(Refusal::Negated);
    }
    // "Mon/Wed 9:00-9:50": when a class meets every week, not a meeting.
    let weekly = (s.from + 1..s.to).any(|i| {
        w.word(i) == "/"
            && crate::dates::is_weekday(w.word(i - 1))
            && crate::dates::is_weekday(w.word(i + 1))
    });
    if weekly {
        return Err(Refusal::Rule);
    }
    if called_off(s) {
        return Err(Refusal::Done);
    }
    // "Guten Morgen, heute ist der neunte März, Jour fixe Nummer zwölf".
    if w.any_phrase(s.from..date.to, "heute ist der|heute ist montag|heute ist dienstag|heute ist mittwoch|heute ist donnerstag|heute ist freitag|today is the|hoy es|nous sommes le|on est le") {
        return Err(Refusal::Past);
    }
    // "Der Termin wurde auf den 25. März verlegt": told of, and still to come.
    let moved = dates::moves(w, s.from..s.to);
    for i in s.from..to {
        match w.word(i) {
            "was" | "were" | "had" | "wurde" | "fue" | "ha" if moved => {}
            // "Friday at 11, not tomorrow".
            "not" | "nicht" | "no" if moved && s.date_at(i + 1).is_some() => {}
            // "have been uploaded" tells, "has been moved" appoints.
            "been"
                if !w.one_of(i + 1, "scheduled|moved|booked|set|confirmed|planned|arranged|rescheduled|postponed|organised|organized|invited|fixed|changed|brought|pushed") =>
            {
                return Err(Refusal::Past);
            }
            "closed" if matches!(w.word(i + 1), "book" | "-") => {}
            "closed" | "adjourned" | "concluded" | "finished" | "opened" | "began" | "started"
            | "eroffnet" | "eroffnete" | "schloss" | "beendet" | "endete" | "levanto"
            | "levanta" | "leve" | "endet" | "cierra" | "levantada" | "levee" | "kapandi"
            | "acildi" => return Err(Refusal::Past),
            "was" | "were" | "had" | "yesterday" | "took" | "met" | "attended" | "fand"
            | "wurde" | "fue" | "estuvo" | "yapildi" | "ended" | "last" => {
                return Err(Refusal::Past);
            }
            "cancelled" | "canceled" | "abgesagt" | "cancelada" | "cancelado" | "annulee"
            | "annule" | "iptal" | "entfallt" | "aufgehoben" | "rejected" | "withdrawn" => {
                return Err(Refusal::Done);
            }
            "if" | "would" | "might" | "maybe" | "perhaps" | "wenn" | "falls" | "vielleicht"
            | "quizas" | "peut-etre" | "belki" | "could" => return Err(Refusal::Hypothetical),
            "no" | "not" | "kein" | "keine" | "nicht" | "won't" | "isn't"
                if (i < s.from + 4 || w.word(i) != "no")
                    && w.number(i + 1).is_none()
                    && !(i > date.to && (date.to..i).any(|k| w.word(k) == ","))
                    && !(i > s.from && w.word(i - 1) == "/") =>
            {
                return Err(Refusal::Negated);
            }
            _ => {}
        }
    }
    if s.asks() && !proposes {
        Err(Refusal::Question)
    } else {
        Ok(())
    }
}
