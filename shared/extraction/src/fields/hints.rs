//! Priority, effort, category: small words that say how, and the tokens they take.

use crate::acts::Sentence;
use crate::dates::Lead;
use crate::language::Marks;
use crate::text::{Shape, Words};
use sentry_domain::{Category, Priority};

const URGENT: &str = "\
    urgent|urgently|asap|a . s . a . p|critical|immediately|right away|p1|p0|blocker|emergency|\
    top priority|highest priority|dringend|sofort|umgehend|eilig|urgente|urgentemente|\
    cuanto antes|lo antes posible|inmediatamente|urgence|de toute urgence|des que possible|\
    immediatement|au plus vite|acil|acilen|ivedi|hemen|en kisa surede|as soon as possible|\
    schnellstmoglich|so schnell wie moglich|sev1|!!!|kritisch|critico|critique|kritik";
const HIGH: &str = "\
    [ # a ]|high priority|priority high|important|p2|high - priority|crucial|must - do|priority : high|\
    prio : high|prio 1|prio : hoch|hohe prioritat|wichtig|prioritat : hoch|prioritat hoch|\
    alta prioridad|prioridad alta|prioridad : alta|importante|haute priorite|priorite haute|\
    priorite : haute|prioritaire|yuksek oncelik|yuksek oncelikli|onemli|oncelik : yuksek|\
    oncelikli|high prio|!!|(high)|( high )|[ high ]|prio high|prio hoch";
const LOW: &str = "\
    [ # c ]|low priority|low - priority|priority low|priority : low|prio : low|no rush|no hurry|\
    not urgent|whenever you have time|when you have time|when you get a chance|\
    when time permits|p4|p5|nice to have|niedrige prioritat|prioritat : niedrig|nicht dringend|\
    nicht eilig|hat zeit|keine eile|baja prioridad|prioridad baja|prioridad : baja|sin prisa|\
    no es urgente|basse priorite|priorite basse|priorite : basse|pas urgent|rien d'urgent|\
    dusuk oncelik|dusuk oncelikli|oncelik : dusuk|acil degil|acelesi yok|low prio|( low )|\
    [ low ]|when you get the chance|prio low|prio niedrig|at your leisure|at some point";
const MEDIUM: &str = "\
    medium priority|medium - priority|priority medium|priority : medium|prio : medium|\
    normal priority|p3|mittlere prioritat|prioritat : mittel|prioridad media|prioridad : media|\
    priorite moyenne|priorite : moyenne|orta oncelik|oncelik : orta|( medium )|[ medium ]|\
    med priority";

/// A hint, and the tokens that gave it.
pub(crate) type Hint<T> = Option<(T, (usize, usize))>;

fn find(w: &Words, from: usize, to: usize, list: &'static str) -> Option<(usize, usize)> {
    w.find_phrase(from..to, list).map(|(i, n)| (i, i + n))
}

/// How urgent `from..to` says it is.
pub(crate) fn priority(w: &Words, from: usize, to: usize) -> Hint<Priority> {
    for (priority, list) in [
        (Priority::Low, LOW),
        (Priority::Medium, MEDIUM),
        (Priority::Urgent, URGENT),
        (Priority::High, HIGH),
    ] {
        if let Some(span) = find(w, from, to, list) {
            // "the urgent care invoice", "important stakeholders": inside a noun it still weighs, but stays in the title.
            let boxed = widened(w, from, to, span);
            return Some((priority, boxed));
        }
    }
    bangs(w, from, to)
}

/// Takes in brackets and a dash around a hint; a hint inside a phrase takes nothing.
fn widened(w: &Words, from: usize, to: usize, (a, b): (usize, usize)) -> (usize, usize) {
    let before = if a > from { w.word(a - 1) } else { "" };
    let after = if b < to { w.word(b) } else { "" };
    match (before, after) {
        ("(" | "[", ")" | "]") => (a - 1, b + 1),
        ("-" | "–" | "—" | "," | ":" | "|" | "#" | "·", _)
            if b >= to || w.shape(b) == Shape::Mark =>
        {
            (a - 1, b)
        }
        (_, "" | "." | "!" | "," | ":" | ")" | "-" | "–" | "|" | "?" | ";") => (a, b),
        ("" | "[", _) if w.shape(b) == Shape::Mark => (a, b),
        _ if w
            .phrase(
                a,
                "asap|urgently|immediately|as soon as possible|right away|dringend|umgehend|\
                    sofort",
            )
            .is_some() =>
        {
            (a, b)
        }
        _ => (a, a),
    }
}

/// "!!", "!!!".
fn bangs(w: &Words, from: usize, to: usize) -> Hint<Priority> {
    let first = (from..to).find(|&i| w.word(i) == "!" && w.word(i + 1) == "!")?;
    let count = (first..to).take_while(|&i| w.word(i) == "!").count();
    let priority = if count >= 3 {
        Priority::Urgent
    } else {
        Priority::High
    };
    Some((priority, (first, first + count)))
}

/// A priority alone in a table cell.
pub(crate) fn priority_cell(cell: &str) -> Option<Priority> {
    let folded = crate::text::fold_str(cell.trim().trim_matches(['*', '_', '(', ')', '[', ']']));
    let first = folded.split([' ', '/', '-', '(']).next().unwrap_or("");
    match first {
        "urgent" | "critical" | "highest" | "p1" | "p0" | "dringend" | "kritisch" | "urgente"
        | "critica" | "critico" | "critique" | "acil" | "kritik" | "blocker" | "immediate"
        | "urgently" | "🔥" | "sofort" => Some(Priority::Urgent),
        "high" | "hoch" | "alta" | "alto" | "haute" | "elevee" | "yuksek" | "p2" | "important"
        | "h" | "major" | "wichtig" | "hohe" | "🔴" | "importante" | "onemli" | "haut" => {
            Some(Priority::High)
        }
        "medium" | "normal" | "mittel" | "media" | "medio" | "moyenne" | "moyen" | "orta"
        | "p3" | "m" | "moderate" | "med" | "normale" | "mid" => Some(Priority::Medium),
        "low" | "lowest" | "niedrig" | "gering" | "baja" | "bajo" | "basse" | "faible"
        | "dusuk" | "p4" | "p5" | "l" | "minor" | "bas" => Some(Priority::Low),
        _ => None,
    }
}

/// How long it takes, in hours: "(2h)", "~3 hours", "half a day", "est. 90 min", "1.5 Std."
pub(crate) fn estimate(s: &Sentence, from: usize) -> Hint<f64> {
    let w = s.words;
    for i in from..s.to {
        if let Some((hours, to)) = duration(w, i) {
            let cued = i > from
                && (w.one_of(
                    i - 1,
                    "~|(|≈|approx|about|estimate|est|effort|takes|take|ca|circa|aufwand|dauer|\
            duration|[|:|-|–|env|unos|unas|around|roughly|yaklasik|tahmini|,|for|need|needs|\
            .",
                ))
                || i == from;
            let ends = to >= s.to
                || w.shape(to) == Shape::Mark
                || w.one_of(to, "of|effort|work|estimated|max|needed|aufwand|or");
            // "in 2 hours" and "for 3 days" with a date in it belong to the calendar.
            let dated = s.dates.iter().any(|d| {
                d.lead_from <= i && i < d.to && (d.lead != Lead::Plain || d.when.is_some())
            });
            let lead = i > from && w.one_of(i - 1, "in|within|every|last|next|after|before|than");
            // "8D-Report" is a name.
            let named = w.word(to) == "-" && w.touches(to - 1) && w.touches(to);
            let named = named && w.shape(to + 1) == Shape::Word && w.word(to - 1).len() == 1;
            if cued && ends && !dated && !lead && !named {
                let closed = matches!(w.word(to), ")" | "]") && i > from;
                let mut start = i;
                while start > from
                    && w.one_of(start - 1, "~|(|[|≈|approx|about|estimate|est|.|:|effort|ca|circa|aufwand|duration|dauer|,|\
            -|–|around|roughly|estimated|takes|dure|duree|duracion|tahmini|sure|yaklasik")
                    && i - start < 5
                {
                    start -= 1;
                }
                return Some((hours, (start, to + usize::from(closed))));
            }
        }
    }
    None
}

/// A length of time at token `i`, in hours, and the token after it.
pub(crate) fn duration(w: &Words, i: usize) -> Option<(f64, usize)> {
    const SPELLED: &str = "half a day|half day|half - day|einen halben tag|halber tag|medio dia|\
        une demi - journee|demi - journee|yarim gun|half an hour|half hour|halbe stunde|\
        eine halbe stunde|media hora|une demi - heure|demi - heure|yarim saat|an hour|one hour|\
        eine stunde|una hora|une heure|bir saat";
    if let Some(length) = w.phrase(i, SPELLED) {
        let half = w.any_of(
            i..i + length,
            "half|halbe|halben|halber|media|medio|demi|yarim",
        );
        let day = w.any_of(i..i + length, "day|tag|dia|journee|gun");
        let hours = match (half, day) {
            (true, true) => 4.0,
            (true, false) => 0.5,
            _ => 1.0,
        };
        return Some((hours, i + length));
    }
    let (mut value, mut at) = match w.number(i) {
        Some(n) => (f64::from(n), i + 1),
        None => (f64::from(crate::dates::count(w, i)?), i + 1),
    };
    if matches!(w.word(at), "." | ",") && w.touches(i) && w.touches(at) && w.word(at + 1).len() <= 2
    {
        let fraction = f64::from(w.number(at + 1)?);
        value += fraction / 10_f64.powi(i32::try_from(w.word(at + 1).len()).ok()?);
        at += 2;
    } else if matches!(w.word(at), "-" | "–" | "to") && w.number(at + 1).is_some() {
        // "2-3 h": the longer of the two.
        value = f64::from(w.number(at + 1)?);
        at += 2;
    }
    if w.word(at) == "-" && w.touches(at) {
        at += 1;
    }
    let hours = match w.word(at) {
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" | "hora" | "horas"
        | "heure" | "heures" | "saat" => value,
        "min" | "mins" | "minute" | "minutes" | "minuten" | "minuto" | "minutos" | "dakika"
        | "dk" | "m"
            if w.word(at) != "m" || w.touches(at - 1) =>
        {
            value / 60.0
        }
        "day" | "days" | "d" | "tag" | "tage" | "dia" | "dias" | "jour" | "jours" | "gun"
        | "pt" => value * 8.0,
        "week" | "weeks" | "woche" | "wochen" => value * 40.0,
        _ => return None,
    };
    at += 1 + usize::from(w.word(at + 1) == "." && w.touches(at) && w.word(at).len() <= 3);
    (hours > 0.0 && hours <= 2_000.0).then_some((hours, at))
}

/// What kind of work the words speak of.
pub(crate) fn category(w: &Words, from: usize, to: usize, course: bool) -> Category {
    let any = |marks| (from..to).any(|i| w.has(i, marks));
    let course_word = w.any_of(
        from..to,
        "homework|problem set|hw|hw1|hw2|pset|assignment|essay|worksheet|hausaufgabe|hausaufgaben|\
            hausarbeit|ubungsblatt|deberes|ensayo|dissertation|devoir|devoirs|odev|odevi|\
            thesis|seminararbeit|lab|coursework",
    );
    let course_word = course_word || w.any_phrase(from..to, "problem set|lab report|term paper|final paper|final project|discussion post|response paper|reading response|research paper|project report|short essay|annotated bibliography");
    let exam_word = w.any_of(
        from..to,
        "exam|exams|midterm|midterms|quiz|quizzes|klausur|prufung|klassenarbeit|examen|\
            parcial|partiel|sinav|sinavi|vize",
    );
    if exam_word || (course && any(Marks::EXAM) && !any(Marks::COURSEWORK)) {
        Category::Exam
    } else if course_word || (course && any(Marks::COURSEWORK)) {
        Category::Assignment
    } else if w.any_of(
        from..to,
        "project|projekt|proyecto|projet|proje|projesi|milestone|sprint|release|\
            deployment",
    ) {
        Category::Project
    } else {
        Category::General
    }
}
