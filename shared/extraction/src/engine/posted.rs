//! Posts that are advertised: what who gets the post will do is asked of no reader.

use super::Run;
use super::prepare::Prepared;
use crate::segment::sections::Class;
use crate::text::Words;

/// Titles over what an applicant is to be like.
const PROFILES: &str = "\
    your profile|your qualifications|what you bring|what you'll bring|who you are|about you|ideal candidate|how to apply|\
    ihr profil|dein profil|das bringst du mit|das bringen sie mit|ihre qualifikation|deine qualifikation|wir bieten|\
    votre profil|profil recherche|ton profil|tu perfil|su perfil|perfil buscado|aranan nitelikler";

/// Titles over what the post consists of.
const DUTIES: &str = "\
    your tasks|main tasks|key tasks|tasks|the tasks|deine aufgaben|ihre aufgaben|aufgaben|das sind deine aufgaben|\
    tes missions|vos missions|taches|tus tareas|tareas|gorevler|gorevleriniz";

/// As many words has a title at most.
const TITLE: usize = 8;

/// Whether a document has a title over what it wants of an applicant.
pub(super) fn is_post(prepared: &[Prepared]) -> bool {
    let title = |w: &Words| w.len() <= TITLE && w.any_phrase(0..w.len().min(3), PROFILES);
    prepared.iter().any(|item| title(&item.words))
}

impl Run<'_, '_> {
    /// Whether a section lists the duties of a post.
    pub(super) fn lists_duties(&self, section: usize) -> bool {
        let section = &self.document.sections[section];
        let heading = || {
            let range = &section.heading;
            Words::read(self.document.text, range.start, range.end)
        };
        self.post && section.class == Class::Action && {
            let w = heading();
            w.len() <= TITLE && w.any_phrase(0..w.len().min(3), DUTIES)
        }
    }
}
