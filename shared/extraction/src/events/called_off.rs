//! Meetings that are not held: "the match on Friday is off", "Der Elternabend fällt aus", "I have to cancel our meeting".

use crate::acts::Sentence;
use crate::dates;
use crate::language::Marks;

/// What says that nothing is held.
const OFF: &str = "\
    called off|won't take place|will not take place|is not taking place|won't be held|will not be held|not going ahead|has been cancelled|has been canceled|is cancelled|is canceled|\
    fallt aus|fallen aus|fallt leider aus|muss ausfallen|mussen ausfallen|entfallt|entfallen|findet nicht statt|finden nicht statt|ist abgesagt|wurde abgesagt|wird abgesagt|\
    n' aura pas lieu|n'aura pas lieu|est annule|est annulee|est supprimee|sont annules|sont annulees|\
    se cancela|se suspende|queda suspendida|queda suspendido|queda anulada|queda anulado|no se celebrara|no tendra lugar|\
    iptal edildi|iptal oldu|iptal edilmistir|yapilmayacak|yapilmayacaktir";

/// What somebody says who calls it off.
const CANCELS: &str = "\
    have to cancel|need to cancel|must cancel|cancelling|canceling|i cancel|we cancel|call off|\
    absagen|absage|dois annuler|devons annuler|annulons|j' annule|j'annule|tengo que cancelar|tenemos que cancelar|cancelo|cancelamos|debo cancelar|\
    iptal etmek zorunda|iptal etmek zorundayim|iptal etmem|iptal etmemiz|iptal ediyorum|iptal ediyoruz";

/// What makes of it a word to those who were to come.
const TOGETHER: &str = "\
    our|unfortunately|sorry|afraid|apologies|unser|unsere|unseren|unserem|leider|notre|malheureusement|desole|desolee|nuestra|nuestro|lamentablemente|desgraciadamente|\
    maalesef|toplantimizi|gorusmemizi|randevumuzu|bulusmamizi";

/// Whether a sentence says that something is not held, or that somebody calls it off.
pub(crate) fn called_off(s: &Sentence) -> bool {
    let off = [OFF, CANCELS]
        .iter()
        .any(|list| s.words.any_phrase(s.from..s.to, list));
    // "Fällt aus, dafür am Samstag um 10 Uhr".
    let moved = dates::moves(s.words, s.from..s.to) && s.dated(|d| d.when.is_none());
    off && !moved && !(s.from..s.to).any(|i| s.words.has(i, Marks::CONDITION))
}

/// Whether it says so of the one meeting it speaks of, to those who were to come.
pub(crate) fn takes_back(s: &Sentence) -> bool {
    let w = s.words;
    let held =
        |i: usize| w.has(i, Marks::MEETING.and(Marks::EXAM)) || w.one_of(i, super::GATHERINGS);
    let timed = |s: &Sentence| s.dated(|d| d.when.as_ref().is_some_and(|x| x.time.is_some()));
    let days = s.dates.iter().filter(|d| d.from >= s.from && d.to <= s.to);
    let one = days.filter(|d| d.when.is_some()).count() == 1;
    let off = w.any_phrase(s.from..s.to, OFF) || w.any_of(s.from..s.to, TOGETHER);
    one && off && called_off(s) && !s.asks() && (timed(s) || (s.from..s.to).any(held))
}
