//! "Bring three quotes to the next meeting": the day is that of the next meeting, which the document names.

use super::Run;
use crate::draft::Draft;
use crate::text::fold_str;
use sentry_domain::TaskType;

/// How the next meeting is called, where it is announced and where something is wanted by it.
const NEXT: &[&str] = &[
    "next meeting",
    "next committee",
    "next board",
    "next sitting",
    "next session",
    "next call",
    "next sync",
    "next agm",
    "next review",
    "nachste sitzung",
    "nachsten sitzung",
    "nachste besprechung",
    "nachsten besprechung",
    "nachstes treffen",
    "nachsten treffen",
    "nachster jour fixe",
    "nachsten jour fixe",
    "nachster termin",
    "proxima reunion",
    "proxima junta",
    "proxima sesion",
    "prochaine reunion",
    "prochaine seance",
    "prochain conseil",
    "prochain point",
    "sonraki toplanti",
    "gelecek toplanti",
    "bir sonraki gorusme",
];

fn speaks(text: &str) -> bool {
    let folded = fold_str(text);
    let plain: Vec<&str> = folded.split_whitespace().collect();
    let plain = plain.join(" ");
    NEXT.iter().any(|name| plain.contains(name))
}

impl Run<'_, '_> {
    /// Dates what is wanted by the next meeting.
    pub(super) fn settle_awaited(&mut self) {
        let text = self.document.text;
        let zone = self.context.zone;
        let held = |draft: &Draft| draft.task_type == TaskType::Meeting && speaks(&draft.title);
        let day = |draft: &Draft| draft.start_at.map(|at| zone.day_of(at)).or(draft.due_on);
        let Some(day) = self.drafts.iter().filter(|d| held(d)).find_map(day) else {
            return;
        };
        for draft in &mut self.drafts {
            let open = draft.task_type == TaskType::Task && !draft.dated();
            if open && speaks(&text[draft.quote.clone()]) {
                draft.due_on = Some(day);
            }
        }
    }
}
