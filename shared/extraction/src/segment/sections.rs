//! What a heading announces, in five languages.

use crate::text::{Quick, Shape, Words};
use std::sync::LazyLock;

/// What kind of section a heading opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Nothing in particular.
    Plain,
    /// Things to do.
    Action,
    /// Things done.
    Done,
    /// Dates and meetings.
    Schedule,
    /// Rules, definitions, instructions.
    Rules,
    /// Examples and templates.
    Example,
    /// Ideas, wishes, things put off.
    Ideas,
    /// A recipe.
    Recipe,
    /// Who was there.
    People,
}

impl Class {
    /// Whether nothing in such a section is asked of anyone.
    pub(crate) const fn refuses(self) -> bool {
        matches!(
            self,
            Self::Done | Self::Rules | Self::Example | Self::Ideas | Self::Recipe | Self::People
        )
    }
}

/// Phrases that make a heading; longer ones win. `=` in front: only as the whole heading.
const PHRASES: &[(Class, &str)] = &[
    (
        Class::Action,
        "action items|action item|action points|action point|actions|=action|action list|action log|action register|next steps|next step|to do|to - do|to - dos|to dos|todo|todos|to do list|todo list|\
        tasks|task list|=task|follow ups|follow up|follow - ups|follow - up|followups|assignments|=homework|deliverables|deadlines|upcoming deadlines|due dates|important deadlines|open items|open points|open actions|open tasks|outstanding items|outstanding actions|\
        pending items|commitments|who does what|things to do|checklist|=priorities|top priorities|=today|=this week|=tomorrow|=next week|=tonight|=this weekend|errands|=due|must do|must dos|asks|requests|what i need from you|what we need from you|what you need to do|\
        plan for today|plan for tomorrow|plan for this week|plan for next week|today ' s plan|today's plan|plan for the week|=plan|=chores|chores|homework for|action required|actions required|what happens next|agreed actions|responsibilities and deadlines|\
        for the next shift|open for the next shift|for the day shift|for the early shift|for the late shift|for the night shift|for the incoming shift|still to do|left to do|remaining work|remaining tasks|work items|=todo today|goals for this week|goals for today|=urgent|=urgent and important|=important|reminders|=reminder|bring along|packing list|before you go|i need from you|we need from you|need from you|please do the following|left to do|still to do|things to do|before you leave|to bring|please bring|please send|what you need to do|who does what|decision needed|decisions needed|asks of|=asks|=remaining|still missing|=for you|=errands|=chores|jobs for|=jobs|needs doing|what needs doing|what we need|=still open|left open|open actions|your part|over to you|hand - over tasks|was noch fehlt|bitte erledigen|ich brauche von|wir brauchen von|=einkaufen|=besorgungen|besorgen|noch offene|was fehlt|falta por hacer|=falta|necesito de|=recados|il me faut|=courses|=a acheter|=a prevoir|reste a|=eksikler|=alinacaklar|task assignments|task overview|action plan|actions agreed|actions arising|new actions|owner / action|\
        aufgaben|aufgabe|aufgabenliste|weiteres vorgehen|=vorgehen|weitere schritte|wie es weitergeht|maßnahmen|massnahmen|nachste schritte|nachster schritt|offen fur fruhschicht|offen fur spatschicht|offen fur nachtschicht|offen fur die nachste schicht|offen fur morgen|noch offen|offene punkte|offene aufgaben|zu erledigen|noch zu erledigen|noch offen|hausaufgaben|aktionspunkte|arbeitsauftrage|wer macht was|was noch zu tun ist|=heute|=morgen|=diese woche|fristen|aufgabenverteilung|vereinbarte aufgaben|arbeitspakete|zu tun|\
        tareas|tarea|acciones|proximos pasos|siguientes pasos|pendientes|por hacer|compromisos|acuerdos|deberes|lista de tareas|=hoy|=esta semana|=manana|entregas|tareas pendientes|plan de accion|acciones a realizar|\
        a faire|taches|actions a mener|actions a faire|prochaines etapes|points d'action|points d' action|plan d'action|plan d' action|devoirs|prochaines actions|reste a faire|suites a donner|=aujourd'hui|=cette semaine|=demain|echeances|decisions et actions|\
        yapilacaklar|yapilacaklar listesi|aksiyonlar|aksiyon maddeleri|gorevler|gorev listesi|eylem maddeleri|sonraki adimlar|is listesi|odevler|yapilacak isler|=bugun|=bu hafta|=yarin|gorev dagilimi|alinan aksiyonlar|gorev dagilimlari",
    ),
    (
        Class::Done,
        "done|completed|completed items|completed tasks|finished|accomplished|accomplishments|achievements|what we did|=last week|=yesterday|closed|closed items|closed actions|progress since last|wins|highlights|changelog|change log|release notes|\
        what's new|what ' s new|history|previous actions|done this week|completed this week|shipped|resolved|what went well|retrospective|erledigt|abgeschlossen|=gestern|=letzte woche|bereits erledigt|geschafft|hecho|completado|completadas|tareas completadas|terminado|=ayer|fait|termine|realise|deja fait|=hier|tamamlananlar|tamamlanan|\
        yapilanlar|=dun|bitenler|tamamlandi|cancelled|cancelled items|canceled",
    ),
    (
        Class::Schedule,
        "schedule|calendar|upcoming meetings|meetings|=events|upcoming events|timetable|course schedule|class schedule|important dates|key dates|dates|=agenda|agenda for|itinerary|=next meeting|date of next meeting|date of the next meeting|next meetings|termine|kalender|terminplan|zeitplan|wichtige termine|nachste termine|=nachster termin|nachste sitzung|nachstes treffen|\
        calendario|reuniones|proximas reuniones|proxima reunion|cronograma|fechas importantes|calendrier|planning|prochaines reunions|prochaine reunion|dates importantes|emploi du temps|toplantilar|takvim|=program|ders programi|onemli tarihler|sonraki toplanti|gelecek toplanti",
    ),
    (
        Class::Rules,
        "rules|policy|policies|terms of participation|conditions of participation|conditions of entry|entry rules|contest rules|visitor rules|visitor policy|terms of sale|terms of service|teilnahmebedingungen|besucherordnung|benutzungsordnung|agb|bases legales|bases del concurso|condiciones de uso|conditions generales|conditions de participation|reglement interieur|guidelines|code of conduct|terms and conditions|terms of use|terms of service|regulations|house rules|definitions|=definition|glossary|faq|frequently asked questions|acceptance criteria|how it works|how to|instructions|usage|installation|getting started|\
        best practices|academic integrity|academic honesty|late policy|attendance policy|grading policy|grading|attendance|=requirements|general information|=safety|safety instructions|safety rules|safety information|safety precautions|safety notes|safety first|course policies|expectations|troubleshooting|prerequisites|setup instructions|step by step|responsibilities of|privacy|principles|standards|conventions|procedure|procedures|\
        regeln|hausordnung|richtlinien|satzung|anleitung|definitionen|glossar|nutzungsbedingungen|datenschutz|vorschriften|so geht's|bewertung|reglas|normas|reglamento|politicas|instrucciones|definiciones|condiciones|evaluacion|regles|reglement|consignes de securite|mode d'emploi|mode d' emploi|definitions|conditions|\
        =publicite|=anzeige|=anzeigen|=werbung|=advertisement|=advertisements|=sponsored|=our sponsors|=publicidad|=anuncios|=reklam|\
        =beliebt|=popular|quick links|quicklinks|quick access|=shortcuts|most popular|most read|schnellzugriff|schnelleinstieg|meistgelesen|haufig gesucht|=navigation|acces rapide|acces rapides|liens rapides|les plus consultes|enlaces rapidos|accesos rapidos|lo mas visto|hizli erisim|hizli baglantilar|=populer|\
        kurallar|yonetmelik|tanimlar|talimatlar|kullanim|politika|sss",
    ),
    (
        Class::Rules,
        "handbook|employee handbook|user manual|user guide|contributing|=features|=responsibilities|key responsibilities|your responsibilities|\
        your role|what you'll do|what you will do|qualifications|=skills|=benefits|duties|\
        job description|learning outcomes|learning objectives|course objectives|quick start|\
        quickstart|what we offer|about the role|who you are|non - functional requirements|\
        functional requirements|key features|product features|=consequences|stellenbeschreibung|\
        ihre aufgaben|ihr profil|wir bieten|lernziele|tus funciones|funciones del puesto|requisitos|\
        ofrecemos|profil recherche|vos missions|gorev tanimi|aranan nitelikler|is tanimi",
    ),
    (
        Class::Example,
        "example|examples|sample|samples|template|templates|for example|sample entry|beispiel|beispiele|vorlage|muster|ejemplo|ejemplos|plantilla|exemple|exemples|modele|ornek|ornekler|sablon",
    ),
    (
        Class::Ideas,
        "ideas|=idea|parking lot|someday|someday / maybe|maybe|wish list|wishlist|nice to have|nice to haves|brainstorm|brainstorming|=options|out of scope|not taken forward|not doing|not pursued|no action needed|no action|not now|won't do|wont do|rejected|deferred|icebox|future ideas|possible improvements|open questions|questions|what could go wrong|\
        what if|suggestions|hypotheticals|dreams|ideen|ideenspeicher|irgendwann|vielleicht|themenspeicher|vorschlage|offene fragen|algun dia|sugerencias|posibles mejoras|idees|boite a idees|un jour|suggestions|fikirler|oneriler|bir gun|belki|backlog ideas",
    ),
    (
        Class::Recipe,
        "ingredients|directions|recipe|zutaten|zubereitung|rezept|ingredientes|receta|elaboracion|recette|ingredients|malzemeler|hazirlanisi|tarif|yapilisi",
    ),
    (
        Class::People,
        "attendees|attendance list|participants|present|apologies|absent|in attendance|team members|teilnehmer|teilnehmende|anwesend|anwesende|entschuldigt|asistentes|participantes|presentes|ausentes|presents|absents|excuses|katilimcilar|katilanlar",
    ),
    (
        Class::Plain,
        "=discussion|discussion|notes|=decisions|decisions|background|summary|minutes|introduction|=updates|update|updates|status|status update|risks|context|overview|=news|announcements|old business|new business|any other business|aob|diskussion|beschlusse|notizen|zusammenfassung|verschiedenes|sonstiges|\
        notas|decisiones|resumen|discusion|varios|discussion|divers|compte rendu|resume|notlar|kararlar|ozet|gorusulenler|diger|in progress|blocked|meeting notes|topics|themen|temas|sujets|konular",
    ),
];

struct Phrase {
    class: Class,
    words: &'static str,
    length: usize,
    /// Letters-only words, for a phrase that must be the whole heading.
    whole: Option<usize>,
}

static BY_FIRST: LazyLock<Quick<&'static str, Vec<Phrase>>> = LazyLock::new(|| {
    let mut index: Quick<&str, Vec<Phrase>> = Quick::default();
    for &(class, list) in PHRASES {
        for phrase in list.split('|').map(str::trim) {
            let (words, whole) = phrase
                .strip_prefix('=')
                .map_or((phrase, false), |p| (p, true));
            let spelled = words
                .split(' ')
                .filter(|w| w.chars().all(char::is_alphabetic))
                .count();
            let entry = Phrase {
                class,
                words,
                length: words.split(' ').count(),
                whole: whole.then_some(spelled),
            };
            index
                .entry(words.split(' ').next().unwrap_or(""))
                .or_default()
                .push(entry);
        }
    }
    index
});

/// What the words of a heading announce; `None` when they say nothing known.
pub(crate) fn class(words: &Words) -> Option<Class> {
    let count = (0..words.len())
        .filter(|&i| words.shape(i) == Shape::Word)
        .count();
    if count == 0 || words.len() > 14 {
        return None;
    }
    let mut best: Option<(usize, Class)> = None;
    for i in 0..words.len() {
        for phrase in BY_FIRST.get(words.word(i)).into_iter().flatten() {
            let fits = phrase.whole.map_or(
                count <= phrase.length + if phrase.length > 3 { 8 } else { 5 },
                |spelled| count == spelled,
            );
            // "Termine" are appointments, "terminé" is done.
            let german = phrase.class == Class::Done
                && words.word(i) == "termine"
                && !words.raw(i).contains('é');
            if fits
                && !german
                && best.is_none_or(|(known, _)| phrase.length > known)
                && words.seq(i, phrase.words)
            {
                best = Some((phrase.length, phrase.class));
            }
        }
    }
    best.map(|(_, class)| class)
}
