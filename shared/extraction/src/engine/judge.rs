//! Reasons against an act that lie in its surroundings.

use crate::acts::{self, Act, Cue, Sentence};
use crate::climate::Climate;
use crate::engine::{Run, Scene, outsiders};
use crate::item::Refusal;
use crate::language::Language;
use crate::segment::sections::Class;

impl Run<'_, '_> {
    /// Reasons against an act in languages whose words do not weigh less where nobody is spoken to.
    fn foreign(&self, s: &Sentence, scene: &Scene, act: &Act) -> Result<(), Refusal> {
        if scene.item.language == Language::English || scene.structured {
            return Ok(());
        }
        // "Pensez à éteindre la lumière" in a text to nobody.
        let dated = s.dated(|d| d.when.as_ref().is_some_and(|w| w.recurrence.is_none()));
        let spoken = s.setting.item || s.setting.addressed || !self.people.is_empty();
        let loose =
            !dated && !spoken && !self.jotting && matches!(act.cue, Cue::Request | Cue::Obligation);
        // "Le fournisseur livrera les pièces vendredi" is news.
        let due = s.dated(|d| d.lead == crate::dates::Lead::Due);
        let news = act.cue == Cue::Assignment && !due && outsiders::owns(act);
        if loose || news {
            Err(Refusal::Rule)
        } else {
            Ok(())
        }
    }

    /// Reasons against an act that lie in its surroundings.
    pub(crate) fn judge(&self, s: &Sentence, scene: &Scene, act: &Act) -> Result<(), Refusal> {
        // "11:00 Scene 34 - Ida finds the boat": a line of a timetable says what happens.
        if self.timetable(scene.index) && act.form == acts::Form::Third {
            return Err(Refusal::Weak);
        }
        let section = &self.document.sections[scene.item.unit.section];
        let handed = matches!(act.cue, Cue::Owner | Cue::Assignment)
            && s.dated(|d| d.when.is_some())
            && acts::known_person(s.words, act.begin, self.people);
        if section.class == Class::Rules && !handed {
            return Err(Refusal::Rule);
        }
        let again = s.dated(|d| d.when.as_ref().is_some_and(|w| w.recurrence.is_some()));
        let impersonal = matches!(
            act.cue,
            Cue::Obligation | Cue::Deadline | Cue::Imperative | Cue::Request
        ) && matches!(act.owner, acts::Owner::Nobody | acts::Owner::Reader);
        // "Extinguishers must be checked every two years" is asked of nobody in particular.
        if again
            && impersonal
            && !(s.setting.item && s.setting.orders)
            && !s.setting.addressed
            && !scene.structured
        {
            return Err(Refusal::Rule);
        }
        let climate = self.climates[scene.item.unit.section];
        let directed = matches!(
            act.cue,
            Cue::Owner | Cue::Assignment | Cue::Commitment | Cue::Label
        );
        if self.is_pitch(s, scene.item.unit.message) {
            return Err(Refusal::Advertisement);
        }
        if climate.sells() && !matches!(act.cue, Cue::Owner | Cue::Label) {
            return Err(Refusal::Advertisement);
        }
        let own = || Climate::of(&scene.item.words);
        if !directed && (climate.cooks() || self.whole.cooks() || own().cooks()) {
            return Err(Refusal::Instructions);
        }
        if climate.instructs()
            && !directed
            && matches!(act.cue, Cue::Imperative | Cue::Obligation | Cue::Noun)
            && !s.dated(|d| d.when.is_some())
            && !scene.check
        {
            return Err(Refusal::Instructions);
        }
        self.foreign(s, scene, act)?;
        let advised = self.advice.get(scene.index).copied().unwrap_or(false);
        if advised && (impersonal || act.cue == Cue::Noun) && !scene.structured {
            return Err(Refusal::Rule);
        }
        // In a notice to visitors or customers what has neither a day nor a person is a rule of the house.
        let appointed = s.dated(|d| {
            d.when.as_ref().is_some_and(|w| w.recurrence.is_none())
                && !s
                    .words
                    .one_of(d.from, "within|in|after|innerhalb|dentro|dans|sous")
        });
        let listed = scene.structured || s.setting.item && s.setting.orders;
        let stray = impersonal && !appointed && !listed && !self.greeted();
        if stray && self.whole.addresses_crowds() {
            return Err(Refusal::Rule);
        }
        if climate.rules()
            && !directed
            && matches!(act.cue, Cue::Obligation | Cue::Deadline | Cue::Imperative)
            && !scene.structured
            && !s.dated(|d| d.when.as_ref().is_some_and(|w| w.recurrence.is_none()))
        {
            return Err(Refusal::Rule);
        }
        Ok(())
    }
}
