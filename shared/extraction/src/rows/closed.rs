//! Words of a cell by which a row has nothing left to do.

use crate::text::{fold_str, leads, one_of};

const CLOSED: &str = "\
    done|true|wahr|verdadero|vrai|dogru|complete|completed|closed|finished|resolved|cancelled|canceled|x|yes|y|100%|100 %|✓|✔|\
    ✅|☑|erledigt|abgeschlossen|fertig|ja|storniert|entfallt|hecho|hecha|completado|completada|\
    terminado|terminada|cerrado|cancelado|cancelada|si|fait|faite|termine|terminee|clos|annule|\
    annulee|oui|tamamlandi|bitti|yapildi|iptal|iptal edildi|evet|kapali|shipped|merged|descoped|\
    submitted|paid|sent|delivered|dropped|n/a|obsolete|wontfix|won't do|archived|signed off|\
    approved|abandoned|rejected|refused|declined|discarded|withdrawn|superseded|no longer needed|not needed|descartado|descartada|anulado|anulada|rechazado|rechazada|finalizado|finalizada|entregado|entregada|pagado|verworfen|abgelehnt|abgesagt|gestrichen|hinfallig|entfallen|bezahlt|abandonne|abandonnee|rejete|rejetee|acheve|achevee|paye|livre|vazgecildi|reddedildi|odendi|teslim edildi|\
    have|got|got it|cut|ok|arrived|received|returned|sorted|fixed|repaired|replaced|installed|fitted|renewed|issued|in stock|in place|on loan|passed|settled|handled|not applicable|none|kein mangel|listo|lista|resuelto|resuelta|recibido|recibida|comprado|comprada|conseguido|devuelto|reparado|instalado|no aplica|ya esta|gelost|behoben|geliefert|vorhanden|liegt da|liegen da|ist da|sind da|eingetroffen|erhalten|repariert|eingebaut|besorgt|entbehrlich|nicht anwendbar|keine|regle|reglee|recu|recue|repare|reparee|remplace|installe|solde|soldee|sans objet|aucun|aucune|alindi|geldi|tamam|cozuldu|onarildi|takildi|giderildi|yok|kapandi|\
    signed|waived|noted|duplicate|parked|verified|awarded|collected|reviewed|banked|firmado|firmada|archivado|enviado|impreso|publicado|verschickt|versandt|gedruckt|remis|valide|imprime|transmis|printed|posted|uploaded|bildirildi|gonderildi|iletildi|unterschrieben|zur kenntnis|gekauft|montiert|signe|signee|livree|relu|relue|imzalandi|teslim alindi";

/// Whether a folded status says that nothing is left to do.
pub(crate) fn is_closed(status: &str) -> bool {
    let plain = status.trim_matches(['[', ']', '(', ')', '.', ' ', '*', '~']);
    one_of(CLOSED, plain)
        || plain
            .split([' ', ',', '-', '(', '–', '/', '.', ':'])
            .next()
            .is_some_and(|first| {
                first.len() > 1
                    && (one_of(CLOSED, first) || is_inflected(first))
                    && !matches!(first, "si" | "ja" | "yes" | "x" | "y")
            })
        // "ya pagados".
        || ["ya ", "deja ", "schon ", "bereits ", "already "]
            .iter()
            .filter_map(|so| plain.strip_prefix(so))
            .any(|rest| one_of(CLOSED, rest) || is_inflected(rest))
        // "copied to the website, closed".
        || plain
            .rsplit([',', ';'])
            .next()
            .is_some_and(|last| one_of(ENDS, last.trim()))
        // "yes, 1m40", "ja - Tom".
        || status
            .split_once([',', ';', '–'])
            .is_some_and(|(first, _)| one_of("yes|ja|oui|evet|si|y", first.trim()))
        || status.split(',').any(|part| one_of(SETTLED, part.trim()))
        || leads(NOT_OURS, status)
        || status.contains('✅')
        || status.contains('✔')
}

/// The last word of a status that closes it.
const ENDS: &str =
    "closed|done|finished|erledigt|abgeschlossen|cerrado|terminado|clos|termine|kapandi|tamamlandi";

/// Whether a word is the plural or the feminine of one that closes: "payées", "enviadas".
fn is_inflected(word: &str) -> bool {
    let singular = word.strip_suffix('s').unwrap_or(word);
    let masculine = |ending: &str, own: &str| {
        let stem = singular.strip_suffix(ending)?;
        Some(format!("{stem}{own}"))
    };
    word.len() > 4
        && [
            ("a", "o"),
            ("ee", "e"),
            ("ise", "is"),
            ("o", "o"),
            ("e", "e"),
        ]
        .iter()
        .filter_map(|(ending, own)| masculine(ending, own))
        .any(|base| base != word && base.len() > 3 && one_of(CLOSED, &base))
}

/// What closes a matter wherever it stands in a status.
const SETTLED: &str = "nfa|kein mangel|no defect|pas de reserve|sin defecto|no further action|no action|within spec|nothing to do|kein handlungsbedarf|sin accion|sans suite|gerek yok";

/// Lists of a board on which nothing is promised.
const DREAMS: &str = "ideas|idea list|idea box|icebox|wishlist|wish list|someday|some day|someday maybe|someday/maybe|maybe|maybe later|ideen|ideenspeicher|irgendwann|vielleicht|idees|boite a idees|un jour|quizas|algun dia|fikirler|belki";

/// Whether a cell says that its row is no more than an idea.
pub(crate) fn is_dreamt(status: &str) -> bool {
    let plain = status.trim_matches(|c: char| !c.is_alphanumeric());
    one_of(DREAMS, plain)
}

/// Whether the words of a task end with what closes it: "Circulate the minutes (done)", "~~today~~ done".
pub(crate) fn ends_closed(cell: &str) -> bool {
    const OVER: &str = "done|closed|finished|completed|complete|cancelled|canceled|erledigt|abgeschlossen|entfallt|fait|termine|clos|hecho|hecha|cerrado|terminado|yapildi|tamamlandi|bitti|kapandi|✓|✔|✅|☑";
    /// "(graded and returned)", "(parked until after the AGM)".
    const TOLD: &str = "done|graded|parked|shelved|scrapped|dropped|already|cancelled|canceled|erledigt|bereits|schon|entfallt|deja|annule|ya|anulado|aplazado|yapildi|iptal";
    let cell = cell.trim_end_matches(['*', '_', '.', ' ']);
    let inner = cell
        .strip_suffix([')', ']'])
        .and_then(|head| head.rsplit_once(['(', '[']));
    let struck = || cell.starts_with("~~").then(|| cell.rsplit_once("~~"))?;
    let mark = |(before, last): (&str, &str)| {
        let last = fold_str(last.trim_matches([' ', ',', '-', '–', '!']));
        !before.trim().is_empty() && (one_of(OVER, &last) || leads(TOLD, &last))
    };
    inner.is_some_and(mark) || struck().is_some_and(mark)
}

/// Whether a cell is the label of a row that adds up those above it.
pub(crate) fn is_sum(cell: &str) -> bool {
    const SUMS: &str = "sum|total|totals|grand total|subtotal|sub-total|sub total|overall total|total hours|total cost|summe|gesamt|gesamtsumme|zwischensumme|insgesamt|somme|sous-total|total general|suma|subtotales|toplam|genel toplam|ara toplam|contingency|contingencies|imprevistos|imprevus|unvorhergesehenes";
    let folded = fold_str(cell.trim_matches(['*', '_', ':', ' ']));
    one_of(SUMS, &folded)
}

/// How words begin by which a matter is nobody's any more.
const NOT_OURS: &str = "n/a|not wanted|not a defect|not accepted|not approved|decided not|decided to leave|leave as|left as|accepted as|accepts as|client accepts|owner accepted|provided by|nobody in|on laisse tomber|laisse tomber|fourni par|se queda|no es nuestro|no es nuestra|se desestima|bleibt wie|vom tisch|not our|not needed|not required|not reqd|no need|out of scope|voted down|turned down|void|nicht notig|nicht mehr|no procede|hors perimetre|pas necessaire|deferred|postponed|put off|put back to|on hold|not this year|next year|next season|not applicable|not before next|no longer|we have|have already|already have|in stock|on loan|reporte|reportee|remis a|remise a|plus tard|l'annee prochaine|aplazado|aplazada|pospuesto|pospuesta|no va mas|ya no|el ano que viene|vertagt|verschoben|zuruckgestellt|nachstes jahr|auf eis|ertelendi|gelecek yil|artik|gerekmiyor|gerek yok|kapsam disi";

/// Whether a remark ends its row: "done 2 March", "rejected by office", "renewed 04 FEB closed", "drop".
pub(crate) fn is_over(remark: &str) -> bool {
    // Steps on the way to what is to be done.
    const HALFWAY: &str = "signed|verified|collected|reviewed|firmado|firmada|unterschrieben|signe|signee|imzalandi|gekauft|montiert|livree|approved|submitted|sent|paid|signed off|complete|x|yes|y|ja|si|oui|evet|clos|fait|n/a|have|got|ok|cut|received|arrived|returned|issued|passed|handled|none|keine|aucun|aucune|yok|recu|recue|recibido|recibida|erhalten|geliefert|geldi|repaired|fixed|installed|fitted|replaced";
    const DROPPED: &str = "drop|scrapped|parked|shelved|erledigt|hecho|fait|done|entfallt";
    let folded = fold_str(remark);
    let words = || {
        folded
            .split(|c: char| !c.is_alphabetic() && c != '\'')
            .filter(|word| !word.is_empty())
    };
    let closes = |word: &str| one_of(CLOSED, word) && !one_of(HALFWAY, word);
    let first = words().next().unwrap_or("");
    let last = words().next_back().unwrap_or("");
    one_of(DROPPED, first)
        || first.len() > 3 && closes(first)
        || matches!(
            last,
            "closed" | "done" | "erledigt" | "cancelled" | "canceled"
        )
        || leads(NOT_OURS, &folded)
}

/// Whether a cell only answers a question that is not known: "Private | True".
pub(crate) fn is_flag(cell: &str) -> bool {
    one_of(
        "true|false|wahr|falsch|verdadero|falso|vrai|faux|dogru|yanlis",
        &fold_str(cell),
    )
}

/// Whether a cell of which no header tells what it holds ends its row: "terminado", "✔ up since September".
pub(crate) fn ends_row(cell: &str) -> bool {
    const NOTHING: &str = "none|nil|noted|nothing|zur kenntnis|neant|visto|note|section";
    let folded = fold_str(cell);
    cell.starts_with(['✔', '✓', '✅', '☑'])
        || one_of(NOTHING, folded.trim_matches(['.', ' ']))
        || is_over(cell)
}

/// Whether the words where a task belongs only tell of the row that it is off: "CANCELLED", "public holiday".
pub(crate) fn is_off(task: &str) -> bool {
    const OFF: &str = "cancelled|canceled|postponed|public holiday|bank holiday|holiday|closed|abgesagt|entfallt|feiertag|cancelado|cancelada|festivo|annule|annulee|ferie|iptal|tatil|resmi tatil|decided to leave as is|leave as it is|leave as is";
    let folded = fold_str(task);
    one_of(OFF, folded.trim_matches(['.', '!', '(', ')', ' ', '*'])) || is_report(&folded)
}

/// "Done 12/1", "dropped, church collects themselves", "back 9:40, all delivered": how it went.
fn is_report(folded: &str) -> bool {
    const OVER: &str = "done|dropped|scrapped|delivered|collected|erledigt|abgeholt|geliefert|hecho|entregado|recogido|fait|livre|yapildi|bitti|geldi";
    let first = folded.split([' ', ',']).next().unwrap_or("");
    let behind = folded[first.len()..].trim_start_matches(' ');
    let cut =
        folded[first.len()..].starts_with(',') || behind.starts_with(|c: char| c.is_ascii_digit());
    let last = folded.rsplit([',', ';']).next().unwrap_or("");
    let all = [
        "all ", "alle ", "alles ", "todo ", "todos ", "tout ", "hepsi ",
    ];
    let told = all.iter().find_map(|all| last.trim().strip_prefix(all));
    cut && one_of(OVER, first) || told.is_some_and(|word| one_of(OVER, word))
}

/// Whether a cell where a day belongs says that it has been: "packed", "bought", "booked by Ann".
pub(crate) fn is_past(cell: &str) -> bool {
    const PAST: &str = "submitted|graded|handed in|eingereicht|abgegeben|packed|bought|booked|ordered|paid|sent|printed|ready|purchased|collected|delivered|supplied|included|gekauft|bestellt|gepackt|gebucht|bezahlt|verschickt|abgeholt|bereit|inklusive|achete|achetee|commande|commandee|reserve|reservee|envoye|envoyee|paye|payee|pret|prete|inclus|comprado|comprada|reservado|reservada|enviado|enviada|pedido|pedida|pagado|pagada|incluido|incluida|alindi|hazir|gonderildi|satin alindi|dahil|livre|livree|livres|livrees|remis|remise|payes|payees|envoyes|envoyees|pagados|pagadas|enviados|enviadas|contratado|contratada|entregado|entregada|geliefert|in place";
    const WORDS: usize = 4;
    let folded = fold_str(cell);
    let words = folded.split_whitespace().count();
    words <= WORDS && leads(PAST, &folded)
}

/// What the letters of a status stand for where a line of the document explains them: of "O = open   C = closed" those
/// of which nothing is left to do.
pub(crate) fn closing_letters(text: &str) -> Vec<String> {
    const LONGEST: usize = 3;
    let mut letters = Vec::new();
    for line in text.lines().filter(|line| line.contains(" = ")) {
        let parts: Vec<&str> = line.split(" = ").collect();
        for pair in parts.windows(2) {
            let letter = pair[0].split_whitespace().next_back().unwrap_or("");
            let meaning = fold_str(pair[1].trim());
            if letter.chars().count() <= LONGEST && is_closed(&meaning) {
                letters.push(fold_str(letter));
            }
        }
    }
    letters
}

/// Whether a cell says of a matter that nothing is to be done about it: "wait for field experience, no action".
pub(crate) fn says_no_action(cell: &str) -> bool {
    let folded = fold_str(cell);
    let mut parts = folded.split([',', ';', '(', ')', '–', '.']);
    parts.any(|part| one_of(SETTLED, part.trim()))
}

/// Whether a cell where a day belongs names a condition: "only if step 5 fails".
pub(crate) fn is_conditional(cell: &str) -> bool {
    let folded = fold_str(cell);
    leads(
        "only if|if|in case|nur wenn|falls|wenn|solo si|si|seulement si|en cas|eger|gerekirse",
        &folded,
    )
}
