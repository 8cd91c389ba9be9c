//! What links an English subject to the verb of an act, with the strength it lends.

use crate::acts::Sentence;
use crate::language::Marks;

pub(crate) const ADVERBS: &str = "\
    also|then|just|still|now|kindly|please|both|each|all|therefore|definitely|certainly|\
    immediately|quickly|again|really|only|personally|first|next|instead|either|always|probably|\
    likely|hopefully|try to|try and|go ahead and|make sure to|be sure to|need to|have to|get to|\
    help to|help|start to|continue to|finally|soon|gladly|happily|double|work to|aim to|\
    endeavour to|endeavor to";

/// Phrases between subject and verb, with the strength they lend.
pub(crate) const LINKS: &[(f64, &str)] = &[
    (
        0.86,
        "volunteered to|has volunteered to|kindly agreed to|has kindly agreed to|has kindly offered to|kindly offered to|has undertaken to|is tasked with to",
    ),
    (
        0.85,
        "is to|is tasked to|agrees to|has agreed to|undertook to|to please",
    ),
    (0.84, "agreed to|is assigned to"),
    (
        0.82,
        "going to|needs to|has to|are to|is going to|i'm going to|promised to|has promised to|\
        still needs to|still has to",
    ),
    (
        0.80,
        "need to|have to|am to|am going to|'m going to|im going to|i'm gonna|im gonna|\
        is asked to|has been asked to|offered to|commits to|has offered to|still need to|\
        still have to|was assigned to|are assigned to|will need to|will have to|has to still",
    ),
    (
        0.80,
        "must not forget to|mustn't forget to|can't forget to|cannot forget to|can not forget to|should not forget to|\
        shouldn't forget to|better not forget to|had better not forget to|'d better not forget to|don't want to forget to|\
        won't forget to|will not forget to|must remember to|need to remember to|have to remember to|needs to remember to",
    ),
    (0.78, "are going to|was asked to|committed to"),
    (
        0.76,
        "'ve got to|i've got to|has got to|am supposed to|i'm supposed to|is instructed to",
    ),
    (
        0.75,
        "is supposed to|are asked to|were asked to|have been asked to|are requested to|\
        is requested to|are kindly requested to|are kindly asked to|is reminded to",
    ),
    (0.74, "will be asked to|are instructed to|was instructed to"),
    (0.72, "we've got to|are reminded to"),
    (
        0.70,
        "we're going to|gonna|are supposed to|is expected to|ought to|got to|gotta|i'd better|\
        you're to|i'm meant to|were instructed to",
    ),
    (0.68, "are expected to|plans to"),
    (
        0.66,
        "'re due to|we're due to|are due to|is required to|intends to|had better|is scheduled to|am planning to|i'm planning to|\
        is meant to|is due to",
    ),
    (0.64, "are required to|plan to|is planning to"),
    (0.62, "aims to"),
    (0.60, "you're going to"),
    (0.50, "want to|i'd like to"),
    (0.45, "would like to"),
    (0.00, "needs|was going to|proposes to"),
];

/// Phrases that take a gerund or a noun.
pub(crate) const CHARGES: &[(f64, &str)] = &[
    (0.85, "will take care of|i'll take care of"),
    (0.84, "is tasked with|will handle|i'll handle"),
    (0.82, "will be responsible for|has been tasked with"),
    (
        0.80,
        "will be in charge of|was tasked with|takes care of|will take over|will take on|\
        will look after|i'll take on|i'll look after|is on the hook for|is on point for|\
        will own|is charged with",
    ),
    (0.78, "is responsible for|is in charge of|is taking care of"),
    (0.74, "takes over|takes on|is handling"),
    (0.72, "are responsible for|handles"),
    (0.70, "volunteered for|is assigned"),
    (0.66, "owns"),
    (0.00, "i'll take|signed up for"),
];

/// Skips adverbs from token `i`.
pub(crate) fn skip_adverbs(s: &Sentence, mut i: usize) -> usize {
    for _ in 0..4 {
        match s.words.phrase(i, ADVERBS) {
            Some(length)
                if i + length < s.to
                    && !(length == 1
                        && s.words.word(i) == "help"
                        && !s.words.has(i + 1, Marks::VERB)) =>
            {
                i += length;
            }
            _ => break,
        }
    }
    i
}
