//! Speech that was written down without stops: "so um first I need to call Marcus and then the report that's due on Friday".

use crate::language::Marks;
use crate::text::{Shape, Words};

/// What is shorter is a sentence, however it is written.
const LONG: usize = 28;
/// The most marks a speech may have: one for so many words.
const WORDS_PER_MARK: usize = 14;
/// A piece has at least so many words.
const SHORT: usize = 3;

/// With what people who speak begin something new.
const OPENINGS: &str = "\
    i need to|i have to|i must|i've got to|i should|i'll|i will|we need to|we have to|we must|we should|we'll|i also need|i also have|\
    we also need|gotta|don't|do not|can you|could you|please|remind me|remember to|oh|and then|then i|then we|also|\
    never mind|it's|i just|i was|okay|ok|anyway|what else|first thing|second thing|next thing|last thing|another thing|one more thing|number one|number two|\
    number three|secondly|thirdly|maybe|someday|and remind|and remember|and don't|and i|and we|but i|so i|so we|and the|and maybe|\
    ich muss|ich soll|ich sollte|ich will|ich werde|ich wollte|wir mussen|wir sollten|wir wollen|dann muss|und dann|und ich muss|\
    erstens|zweitens|drittens|viertens|ausserdem|ach|ach ja|ach und|nicht vergessen|vielleicht|und vielleicht|und noch|dann noch|\
    noch was|so das|da muss ich|da brauche ich|kannst du|konntest du|bitte|und wir mussen|ubrigens|\
    il faut|il faudrait|je dois|je devrais|on doit|nous devons|ensuite|et puis|puis il|et ensuite|apres il|et aussi|et un jour|\
    voila|il m'a|elle m'a|n'oublie|ne pas oublier|il ne faut|et il faut|et je dois|peux-tu|tu peux|\
    tengo que|tenemos que|hay que|debo|debemos|luego|y luego|despues|y despues|ademas|y tambien|tambien|bueno|vale|acuerdate|no olvides|\
    y hay que|y tengo que|recuerdame|otra cosa|primero|segundo|tercero|quizas|a lo mejor|\
    sonra|ondan sonra|ayrica|bir de|ha bir|bu arada|belki|tamam|birincisi|ikincisi|ucuncusu|unutmadan|simdi";
/// Sounds and words that lead over and say nothing.
const FILLERS: &str = "\
    um|uh|er|erm|uhm|hmm|so|well|like|yeah|okay|ok|oh|ah|right|and|then|also|anyway|secondly|thirdly|\
    ahm|ah|ja|naja|tja|ach|und|dann|erstens|zweitens|drittens|viertens|ausserdem|ubrigens|\
    euh|ben|bah|bon|alors|hein|voila|et|puis|ensuite|eh|pues|bueno|este|vale|y|luego|despues|ademas|tambien|\
    sey|iste|yani|tamam|ya|ve|sonra|ayrica|simdi";
/// Without these the rest would say the contrary.
const NOT: &str =
    "not|don't|never|no|nicht|kein|keine|keinen|ne|n'|pas|ni|nunca|jamais|nie|niemals";
/// Verbs behind somebody's name.
const FINITE: &str = "\
    is|has|was|will|said|says|wants|needs|should|can|must|does|gets|brings|takes|\
    ist|hat|wollte|will|soll|sollte|muss|macht|bringt|kann|war|holt|kummert|hatte|\
    doit|est|va|a|fait|peut|veut|devait|s'occupe|tiene|va|debe|quiere|puede|es|esta|trae|ha";

/// The pieces of a sentence that somebody spoke without a stop; itself, where it is none.
pub(super) fn pieces(words: &Words, (from, to): (usize, usize)) -> Vec<(usize, usize)> {
    if to - from < LONG || !runs_on(words, from, to) {
        return vec![(from, to)];
    }
    let mut cuts = vec![from];
    for i in from..to {
        let last = cuts[cuts.len() - 1];
        if i > last && opens(words, i) && !leads(words, i) {
            // A piece of a word or two is the beginning of what follows, or says nothing.
            if i - last >= SHORT || cuts.len() == 1 {
                cuts.push(i);
            } else if !words.any_of(last..i, NOT) {
                cuts.pop();
                cuts.push(i);
            }
        }
    }
    // A single turn is no speech.
    if cuts.len() < 3 {
        return vec![(from, to)];
    }
    let ends = cuts[1..].iter().copied().chain([to]);
    let pieces = cuts.iter().zip(ends).map(|(&from, to)| (from, to));
    pieces.map(|piece| bare(words, piece)).collect()
}

/// Whether hardly a mark parts the words.
fn runs_on(words: &Words, from: usize, to: usize) -> bool {
    let marks = (from..to)
        .filter(|&i| !matches!(words.shape(i), Shape::Word | Shape::Number))
        .filter(|&i| !matches!(words.word(i), "'" | "’" | "-"))
        .count();
    marks * WORDS_PER_MARK <= to - from
}

/// Whether something new begins here.
fn opens(words: &Words, i: usize) -> bool {
    let named = words.has(i, Marks::GIVEN) && words.capital(i) && words.one_of(i + 1, FINITE);
    if words.word(i) == "and" && words.word(i + 1) == "the" {
        return (i + 2..i + 6).any(|k| words.one_of(k, "that's|is"));
    }
    named || words.phrase(i, OPENINGS).is_some()
}

/// Whether the word before leads on: "because I have to", "that I'll", "if we should".
fn leads(words: &Words, i: usize) -> bool {
    const ON: &str = "\
        because|that|if|when|what|which|who|where|whether|before|after|until|while|as|than|think|thought|said|says|know|guess|and|but|or|\
        dass|weil|wenn|ob|was|die|das|der|den|und|oder|aber|bevor|que|si|quand|parce|et|ou|mais|y|o|pero|cuando|porque|and|ki|ve|ama|\
        to|with|for|of|about|the|a|mit|von|fur|a|de|con|para";
    words.one_of(i - 1, ON)
}

/// The piece without the sounds at its head and its end.
fn bare(words: &Words, (from, to): (usize, usize)) -> (usize, usize) {
    let says = |i: &usize| !words.one_of(*i, FILLERS);
    let from = (from..to.saturating_sub(SHORT)).find(says).unwrap_or(from);
    let to = (from + SHORT..to).rev().find(says).map_or(to, |i| i + 1);
    (from, to)
}
