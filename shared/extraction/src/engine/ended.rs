//! Short lines that say how a matter stands, and that nothing is left of it: "T-shirts -> ordered (Linda)", "sediment trap
//! emptied + weighed", "Duval  soldé le 05/06".

use crate::acts::Sentence;
use crate::language::Marks;
use crate::text::{Shape, Words};

/// As many words such a line has at most.
const LONGEST: usize = 24;

/// What a matter is when it is over.
const OVER: &str = "\
    done|completed|closed|resolved|cancelled|canceled|shipped|fixed|merged|delivered|dropped|sent|submitted|paid|solved|archived|signed|ordered|bought|sorted|settled|mended|repaired|replaced|returned|rehearsed|rejected|declined|deferred|covered|collected|counted|emptied|weighed|strung|printed|posted|uploaded|handed|written|banked|obtained|installed|mounted|packed|fitted|cleaned|corrected|arranged|found|picked|washed|borrowed|hung|rewritten|welded|\
    erledigt|bestellt|bezahlt|geliefert|abgeholt|gekauft|verschickt|repariert|ersetzt|behoben|gelost|abgenommen|unterschrieben|uberwiesen|montiert|eingebaut|abgelehnt|abgesagt|aufgehoben|gestrichen|\
    pedido|pedida|pedidos|pedidas|comprado|comprada|pagado|pagada|enviado|enviada|entregado|entregada|firmado|firmada|resuelto|resuelta|arreglado|arreglada|hecho|hecha|cancelado|cancelada|instalado|instalada|\
    signe|signee|solde|soldee|liquide|liquidee|livre|livree|commande|commandee|paye|payee|leve|levee|envoye|envoyee|fait|faite|regle|reglee|annule|annulee|clos|close|repare|reparee|remplace|remplacee|\
    alindi|odendi|gonderildi|yapildi|cozuldu|teslim|tamamlandi|imzalandi|iptal";

/// What may follow it.
const BEHIND: &str = "by|on|in|last|yesterday|today|yest|off|back|out|up|down|over|from|le|el|am|heute|gestern|ayer|hier|von|par|por|with|w|already|alr|too|kindly|this|tarafindan|edildi|agreed";

/// Whether a sentence only says that its matter is over.
pub(super) fn is_ended(s: &Sentence) -> bool {
    let w = s.words;
    let length = s.to - s.from;
    if !(2..=LONGEST).contains(&length) {
        return false;
    }
    if is_answered(s) {
        return true;
    }
    if is_open(s) {
        return false;
    }
    let Some(first) = (s.from..s.to).find(|&i| w.shape(i) == Shape::Word) else {
        return false;
    };
    let ticked = |i: usize| i > first + 1 && w.one_of(i, "✔|✓|✅|☑");
    (first + 1..s.to).any(|i| ticked(i) || w.one_of(i, OVER) && told(s, first, i))
}

/// Whether a sentence tells what has been done, and asks for nothing: "The mirror has been mounted last week", "Die Anzahlung
/// habe ich überwiesen", "Las goteras ya están arregladas", "KDV beyannamesi verilmiştir".
pub(super) fn tells_of_end(s: &Sentence) -> bool {
    const ASKED: &str = "gebeten|beauftragt|aufgefordert|vereinbart|beschlossen|asked|instructed|requested|karar|karara|gorev|istenmistir|hatirlatilmistir";
    const STANDS: &str = "been|esta|estan|quedo|quedaron|fue|fueron|ya";
    const HELPS: &str = "habe|hat|haben|hatte|hatten|ist|sind|wurde|wurden";
    const TURKISH: [&str; 4] = ["mistir", "ledi", "ladi", "tirdi"];
    /// "Döküldü", "iptal edildi": what was done to it.
    const PASSIVE: [&str; 4] = ["ildi", "uldu", "landi", "lendi"];
    /// Such words that say what is to come.
    const SETS: &str = "planlandi|belirlendi|kararlastirildi|verildi|gorevlendirildi|hatirlatildi|istenildi|hedeflendi|ongoruldu|beklendi|ertelendi|alindi|birakildi|kaldi";
    /// Shorter words only look like a participle.
    const SHORTEST: usize = 6;
    let w = s.words;
    let second = (s.from..s.to).any(|i| w.has(i, Marks::SECOND));
    if second || w.any_of(s.from..s.to, ASKED) || is_open(s) {
        return false;
    }
    // What stands in brackets behind it adds to it: "döküldü (46 m3)".
    let aside = (s.from + 1..s.to).find(|&i| w.word(i) == "(" && i + 8 > s.to);
    let end = aside.unwrap_or(s.to);
    let Some(last) = (s.from..end).rev().find(|&i| w.shape(i) == Shape::Word) else {
        return false;
    };
    let word = w.word(last);
    let weak = word.contains("ge") && (word.ends_with('t') || word.ends_with("en"));
    let german = w.any_of(s.from..last, HELPS) && (weak || w.one_of(last, OVER));
    let passive = PASSIVE.iter().any(|ending| word.ends_with(ending));
    let turkish = TURKISH.iter().any(|ending| word.ends_with(ending))
        || passive && !w.one_of(last, SETS) && !s.dated(|d| d.ahead().is_some());
    let stands = |i: usize| {
        w.one_of(i, STANDS) && w.one_of(i + 1, OVER)
            || w.one_of(i, "is|are|was|were") && w.one_of(i + 1, "over|already")
            || w.one_of(i, "a|ont") && w.word(i + 1) == "ete"
    };
    word.len() >= SHORTEST && (german || turkish) || (s.from..s.to).any(stands)
}

/// Whether something else is asked for, or is still to come.
fn is_open(s: &Sentence) -> bool {
    const STILL: &str = "but|still|not|until|till|unless|needs|yet|awaiting|waiting|waits|pending|unpaid|aber|noch|wartet|bis|pero|falta|faltan|hasta|mais|reste|encore|manque|ama|kadar|henuz|eksik|?";
    let w = s.words;
    let marks = Marks::PLEASE.and(Marks::CONDITION).and(Marks::NEGATION);
    let modal = |i: usize| w.has(i, Marks::MODAL) && !w.one_of(i, "has|have");
    let order = |i: usize| w.word(i) == "to" && w.has(i + 1, Marks::VERB);
    let ahead = s.dated(|d| {
        let when = d.ahead();
        when.is_some_and(|when| when.time.is_some() || d.lead == crate::dates::Lead::Due)
    });
    ahead || (s.from..s.to).any(|i| w.has(i, marks) || modal(i) || order(i) || w.one_of(i, STILL))
}

/// "Answer the review -> done, 11:20", "ask Lena for the data -> got it, thanks": what stands behind the arrow is the end.
fn is_answered(s: &Sentence) -> bool {
    const END: &str = "got it|got them|have it|all good|no need|not needed|not necessary";
    let w = s.words;
    let arrow = |i: &usize| {
        w.one_of(*i, "→|⇒") || w.word(*i) == ">" && w.one_of(i - 1, "-|=") && w.touches(i - 1)
    };
    let ends = |i: usize| {
        let length = w.phrase(i, END).or(w.one_of(i, OVER).then_some(1));
        length.is_some_and(|length| i + length >= s.to || w.shape(i + length) != Shape::Word)
    };
    (s.from + 2..s.to).filter(arrow).any(|i| ends(i + 1))
}

/// Whether the word at `i` stands for the verb of a line that begins at `first`.
fn told(s: &Sentence, first: usize, i: usize) -> bool {
    let w = s.words;
    // "be sent", "get it signed".
    let passive = w.one_of(
        i - 1,
        "be|being|get|gets|getting|a|the|have|it|them|for|is|are|un|una|le|la|de|des",
    );
    let ends = i + 1 >= s.to
        || w.shape(i + 1) != Shape::Word && w.word(i + 1) != "-"
        || w.shape(i + 1) == Shape::Number
        || s.in_date(i + 1)
        || w.one_of(i + 1, BEHIND);
    let apart = w.one_of(i - 1, "→|✔|✓|✅|=|:|–|—|>|⇒|.") && i > first + 1
        || w.word(i - 1) == "-" && !w.touches(i - 1) && i > first + 1
        || gap(w, i);
    let joined = w.one_of(i + 1, "+|&|/|und") && w.one_of(i + 2, OVER);
    let order = w.has(first, Marks::VERB);
    let listed = s.setting.item || s.setting.notes || s.setting.action;
    // "strimmer mended (£35 - in the book)".
    let bare = listed
        && !order
        && s.to - s.from <= 12
        && w.shape(i - 1) == Shape::Word
        && !w.has(i - 1, Marks::FUNCTION)
        && (i + 1 >= s.to || w.one_of(i + 1, "(|.|;") || s.in_date(i + 1));
    !passive && (apart && ends || joined && !order || bare)
}

/// Whether a wide space stands before a word.
fn gap(w: &Words, i: usize) -> bool {
    i > 0 && w.bytes(i, i + 1).start >= w.bytes(i - 1, i).end + 2
}
