//! What the header of a column says, in five languages.

use crate::text::{fold_str, one_of};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Task,
    Owner,
    Due,
    Status,
    Priority,
    /// A day that is not said to be a deadline.
    Date,
    Start,
    End,
    Time,
    Estimate,
    /// When a thing was done.
    Finished,
    Notes,
    Topic,
    Event,
    Attendees,
    /// Numbers, weeks, places and all else.
    Other,
}

pub(crate) const COLUMNS: &[(Column, &str)] = &[
    (
        Column::Task,
        "resolved|resolved that|card name|agreed|agreement|acuerdo|acuerdos|beschluss|beschlossen|entscheidung|measure agreed|pending item|pending items|pending action|pending document|outstanding|outstanding item|outstanding items|open issue|open issues|requirement|requirements|what's needed|what is needed|needed|ask|asks|to get|to arrange|to sort|vorgang|anliegen|was noch fehlt|fehlt noch|offen|gestion|gestiones|tramite|encargo|cosa|cosas|falta|libelle|intervention|demande|chose a faire|a preparer|a prevoir|yapilmasi gereken|yapilacak isler|islem|bekleyen is|defect|defects|snag|snags|fault|problem|problems|mangel|defecto|defectos|defaut|defauts|arıza|ariza|eksik|step|steps|work|works|duty|duties|matter|matters|measure|measures|to be done|what to do|thing|things to do|errand|errands|point|points|point to address|deed|open item|open items|open point|open points|job to do|request|requests|next action|next actions|recommendation|recommendations|agreed action|follow up action|schritt|schritte|arbeit|arbeiten|offener punkt|offene punkte|to dos|auftrag|was ist zu tun|paso|pasos|trabajo|tarea pendiente|que hacer|asunto|etape|etapes|travail|travaux|mission|action a mener|adim|adimlar|yapilacaklar|konu basligi|task|tasks|action|actions|action item|action items|item|to do|todo|to-do|what|activity|work item|title|description of action|action required|task name|task description|summary|assignment|assignments|homework|deliverable|deliverables|chore|work|activity / task|\
        next step|next steps|follow-up|follow up|issue|card|name of task|due this week|assessment|reading|readings|problem set|work due|action point|hw|milestone|milestones|deliverable / milestone|work package|what needs doing|job|jobs|meilenstein|hito|hitos|jalon|jalons|actuacion|kilometre tasi|\
        aufgabe|aufgaben|maßnahme|massnahme|maßnahmen|was|tatigkeit|todo's|to-dos|arbeitspaket|tarea|tareas|accion|acciones|actividad|que|pendiente|entregable|tache|taches|quoi|activite|a faire|livrable|gorev|gorevler|is|yapilacak is|aksiyon|eylem|yapilacak|is kalemi|odev",
    ),
    (
        Column::Owner,
        "r|responsible (r)|r (responsible)|duty person|person on duty|on duty|duty|dienst|diensthabende|diensthabender|wer hat dienst|de turno|de garde|nobetci|verantw.|verantw|assign|assigned user|verantwortl.|verantwortl|verant.|zust.|zustand.|members|resource names|resource name|ressourcenname|ressourcennamen|nombres de los recursos|noms ressources|kaynak adlari|gewerk|firma|ausfuhrende firma|company|contractor|subcontractor|sub-contractor|trade|entreprise|lot / entreprise|societe|contratista|taseron|yuklenici|action with|pending with|ball with|with whom|sits with|down to|whose|who's doing it|doer|liegt bei|bei wem|zustandigkeit|a quien|de quien depende|en manos de|chez qui|a la charge de|kimde|kimden|sorumlusu|owned by|done by|led by|assigned person|allocated to|taken by|volunteer|volunteers|initials|responsibility|resp person|who does it|contact|contact person|person in charge|leader|wer macht's|wer macht es|durch|pour qui|for whom|fur wen|para quien|kimin|name(n)|verantwortung|a cargo de|persona|quien se encarga|par qui|personne|par|kisi|yapacak kisi|gorevli|action by|task owner|dev|developer|engineer|pic|point person|driver|champion|handled by|carried by|who's on it|bearbeitet von|zustandige person|quien lo hace|qui fait|owner|owners|assignee|assigned to|assigned|who|responsible|responsible person|person responsible|person|name|lead|by whom|action owner|resp|resp.|accountable|in charge|dri|member|assignees|delegate|staff|verantwortlich|verantwortliche|verantwortlicher|zustandig|wer|bearbeiter|responsable|\
        quien|encargado|encargada|asignado a|asignado|qui|porteur|pilote|attribue a|assigne a|sorumlu|kim|sorumlu kisi|atanan",
    ),
    (
        Column::Due,
        "latest|at the latest|ready by|deliver by|delivery|delivery date|due at|target completion|by date|due day|done by date|bis zum|spatestens|zieltermin|fertig bis|erledigen bis|para el|para|a mas tardar|avant le|avant|pour le|au plus tard|en gec|due|due date|deadline|by when|when due|due by|target date|target|complete by|finish by|completion date|due on|until|date due|eta|needed by|due (date)|hand in|hand-in|hand in by|submit by|turn in by|return by|closing date|by|finish date|required by|when by|do by|frist|bis|bis wann|fallig|fallig am|falligkeitsdatum|date d'echeance|fecha de vencimiento|falligkeit|termin|stichtag|abgabe|abgabetermin|fecha limite|vencimiento|plazo|\
        para cuando|fecha de entrega|entrega|limite|echeance|date limite|delai|pour quand|a rendre|date butoir|son tarih|termin tarihi|teslim tarihi|bitis|bitis tarihi|teslim|vade",
    ),
    (
        Column::Status,
        "st.|st|estatus|archived|archiviert|archivado|archive|archivee|due complete|rag|rag status|ampel|list name|bucket name|listenname|nombre de la lista|nom de la liste|ou on en est|ou en est - on|update|updates|fait ?|✔|✓|outcome|resultado|ok ?|ok?|ok|ready?|stato|closed?|open?|done y/n|status|state|column|list|bucket|stage|swimlane|resolution|situation|situacion|done|done?|progress|percent complete|fortschritt (%)|complete|completed|complete?|% complete|completed?|% done|stand|erledigt|fortschritt|estado|hecho|avance|statut|etat|fait|avancement|durum|durumu",
    ),
    (
        Column::Priority,
        "priority|prio|importance|urgency|severity|prioritat|dringlichkeit|wichtigkeit|prioridad|urgencia|priorite|urgence|oncelik|aciliyet",
    ),
    (
        Column::Date,
        "date|day|when|datum|tag|wann|fecha|dia|cuando|jour|quand|tarih|gun|ne zaman|dates|week of",
    ),
    (
        Column::Start,
        "start|start date|from|begin|begins|start time|beginn|start day|beginnt am|beginnt um|startdatum|startzeit|anfangsdatum|fecha de inicio|hora de inicio|fecha de comienzo|comienzo|date de debut|heure de debut|baslangic tarihi|baslangic saati|von|inicio|desde|debut|de|baslangic",
    ),
    (
        Column::End,
        "end|end date|to|finish|end time|end day|endet am|endet um|enddatum|endzeit|hora de finalizacion|fecha de fin|hora de fin|date de fin|heure de fin|ende|fin|hasta|bitis saati",
    ),
    (
        Column::Time,
        "time|times|hours|uhrzeit|zeit|hora|horario|heure|horaire|saat|slot",
    ),
    (
        Column::Estimate,
        "estimate|effort|estimated hours|est|est.|hours est.|estimate (h)|effort (h)|est. hours|duration|hrs|aufwand|dauer|schatzung|stunden|estimacion|esfuerzo|duracion|estimation|effort estime|charge|duree|tahmin|sure|effort (hours)|estimated time",
    ),
    (
        Column::Finished,
        "completed date|completed at|completed on|completed time|date completed|date done|done on|done date|closed date|closed on|closed at|date closed|resolved date|resolved at|resolution date|actual finish|erledigt am|erledigungsdatum|abgeschlossen am|fecha completada|fecha de cierre|completado el|termine le|fait le|date de cloture|tamamlanma tarihi|bittigi tarih",
    ),
    (
        Column::Notes,
        "finding|findings|observation|gap|befund|hallazgo|constat|tespit|item description|notes|comments|comment|remark|remarks|remarque|observacion|details|note|description|info|bemerkung|bemerkungen|notiz|notizen|kommentar|notas|comentarios|observaciones|remarques|commentaires|notlar|aciklama|yorum|weighting|points|weight|marks",
    ),
    (
        Column::Topic,
        "discussion|topic|topics|lecture|subject|betreff|objet|unit|module|chapter|theme|content|thema|themen|inhalt|vorlesung|tema|temas|contenido|sujet|theme|cours|contenu|konu|ders|icerik|lesson|class",
    ),
    (
        Column::Event,
        "rendez-vous|acto|actos|cita|citas|randevu|veranstaltungen|eventos|evenements|fixture|match|spiel|partido|what's on|event|meeting|session|appointment|veranstaltung|besprechung|evento|reunion|evenement|etkinlik|toplanti|exam",
    ),
    (
        Column::Attendees,
        "attendees|participants|required attendees|invitees|with|teilnehmer|asistentes|participantes|katilimcilar",
    ),
    (
        Column::Other,
        "a|c|i|accountable|consulted|informed|a (accountable)|c (consulted)|i (informed)|ticket|#|no|no.|nr|nr.|id|week|wk|room|location|place|where|ref|project|area|woche|raum|ort|semana|aula|lugar|semaine|salle|lieu|hafta|yer|type|kind|category|client|customer|link|cost|amount|price|kw|n°|sira|decision|phase|created|created at|reporter|tags|labels|key|card id|component|components|environment|version|sprint|epic|out|issued|released|points possible|votes|watchers|reporter|requested by|raised by|updated|last updated|card type",
    ),
];

/// What the words of a header cell say.
pub(crate) fn column(cell: &str) -> Option<Column> {
    if cell.len() > 60 {
        return None;
    }
    let folded = fold_str(
        cell.trim()
            .trim_matches(['*', '_', ' ', ':', '"', '`', '[', ']']),
    );
    let known = |name: &str| {
        COLUMNS
            .iter()
            .find(|(_, names)| one_of(names, name))
            .map(|&(c, _)| c)
    };
    // "Erledigt?" asks what "erledigt" says.
    let plain = || known(folded.trim_end_matches(['?', ' ']));
    // "Open point / measure": either half tells.
    known(&folded)
        .or_else(plain)
        .or_else(|| folded.split(['/', '&']).find_map(|part| known(part.trim())))
}
