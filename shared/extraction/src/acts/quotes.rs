//! Quotation marks: what somebody else said, or the name of a thing.

use crate::acts::Sentence;
use crate::language::Marks;

const MARKS: &str = "\"|“|”|„|‟|«|»|‹|›";

/// Whether token `i` stands between quotation marks.
pub(crate) fn quoted(s: &Sentence, i: usize) -> bool {
    let mut open = false;
    for k in s.from..i {
        match s.words.word(k) {
            "\"" => open = !open,
            "“" | "„" | "«" => open = true,
            "”" | "»" => open = false,
            _ => {}
        }
    }
    open
}

/// Whether the quotation mark at token `i` stands at a name of a few words and at no saying: "die Seite „Partner“",
/// "la page « Nos partenaires »".
pub(crate) fn names(s: &Sentence, i: usize) -> bool {
    const LONGEST: usize = 6;
    const SAID: &str = ":|says|said|sagt|sagte|schreibt|schrieb|steht|hiess|heisst|lautet|dit|disait|ecrit|dice|dijo|pone|escribe|dedi|diyor|yazdi|yaziyor";
    let w = s.words;
    let mark = |k: &usize| w.one_of(*k, MARKS);
    let before = (s.from..i).filter(mark).count();
    let pair = if before % 2 == 0 {
        (i + 1..s.to).find(mark).map(|end| (i, end))
    } else {
        (s.from..i).rev().find(mark).map(|begin| (begin, i))
    };
    let Some((begin, end)) = pair else {
        return false;
    };
    let speaks = Marks::PLEASE.and(Marks::MODAL).and(Marks::NEGATION);
    let inner = begin + 1..end;
    (1..=LONGEST).contains(&inner.len())
        && w.capital(inner.start)
        && !inner
            .clone()
            .any(|k| w.has(k, speaks) || w.one_of(k, ".|!|?"))
        && !(begin > s.from && w.one_of(begin - 1, SAID))
        && (begin > s.from || end + 2 < s.to)
}
