//! Mail headers, attributions, sign-offs and disclaimers.

use crate::text::{fold_str, one_of};

/// A header line of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Header {
    From,
    To,
    Copy,
    Date,
    Subject,
}

const HEADERS: &[(Header, &str)] = &[
    (
        Header::From,
        "from von de kimden gonderen absender remitente expediteur",
    ),
    (Header::To, "to an para a kime alici destinataire"),
    (Header::Copy, "cc bcc kopie copia bilgi reply-to"),
    (
        Header::Date,
        "date sent datum gesendet fecha enviado enviada envoye tarih gonderilme",
    ),
    (Header::Subject, "subject betreff asunto objet konu sujet"),
];

/// The header and its value, if the line is "Name: value" with a header's name; bold marks are ignored.
pub(crate) fn header(line: &str) -> Option<(Header, &str)> {
    let line = line.trim_start_matches(['*', '_', ' ']);
    let colon = line.char_indices().take(16).find(|&(_, c)| c == ':')?.0;
    let name = fold_str(line[..colon].trim_matches(['*', '_', ' ', '\u{a0}']));
    let value = line[colon + 1..].trim_start_matches(['*', '_']).trim();
    HEADERS
        .iter()
        .find(|(_, names)| names.split(' ').any(|n| n == name))
        .map(|&(header, _)| (header, value))
}

/// The name in "Maria Lopez <maria@example.org>", "maria.lopez@example.org" or "Lopez, Maria".
pub(crate) fn person(value: &str) -> Option<String> {
    let value = value
        .split(['<', '[', '('])
        .next()
        .unwrap_or("")
        .trim()
        .trim_matches(['"', '\'', '*'])
        .trim();
    if value.is_empty() || value.len() > 80 {
        return None;
    }
    if let Some((local, _)) = value.split_once('@') {
        let words: Vec<String> = local
            .split(['.', '_', '-'])
            .filter(|w| w.chars().all(char::is_alphabetic) && !w.is_empty())
            .map(capitalised)
            .collect();
        return (!words.is_empty()).then(|| words.join(" "));
    }
    if let Some((last, first)) = value.split_once(", ")
        && !first.contains(',')
        && last.split(' ').count() == 1
        && first.split(' ').count() == 1
    {
        return Some(format!("{first} {last}"));
    }
    Some(value.to_owned())
}

/// All names of a "To" line.
pub(crate) fn people(value: &str) -> Vec<String> {
    let separator = if value.contains(';') { ';' } else { ',' };
    value
        .split(separator)
        .take(50)
        .filter_map(|part| {
            // An address alone stands inside the angle brackets.
            person(part).or_else(|| person(part.trim().trim_matches(['<', '>'])))
        })
        .collect()
}

/// The word with a capital first letter.
pub(crate) fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|c| c.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

const SIGN_OFFS: &str = "\
    best|best regards|kind regards|regards|warm regards|many thanks|thanks|thank you|cheers|\
    sincerely|yours|yours sincerely|yours faithfully|all the best|best wishes|thanks again|\
    thanks in advance|talk soon|take care|love|xoxo|warmly|respectfully|with best regards|thx|\
    br|rgds|sent from my iphone|thanks so much|thank you so much|kindly|see you|see you soon|\
    bye|best, |viele gruße|mit freundlichen grußen|freundliche gruße|beste gruße|liebe gruße|\
    herzliche gruße|gruß|gruss|grusse|liebe grusse|viele grusse und danke|herzlich|gruße|lg|mfg|vg|viele grusse|mit freundlichen grussen|danke|\
    vielen dank|danke und gruße|schone gruße|danke und viele gruße|besten dank|bis bald|\
    danke dir|saludos|un saludo|saludos cordiales|atentamente|un abrazo|muchas gracias|gracias|\
    cordialmente|abrazos|un cordial saludo|gracias y saludos|besos|cordialement|\
    bien cordialement|bien a vous|merci|merci d'avance|amicalement|a bientot|bonne journee|\
    sinceres salutations|bien a toi|merci beaucoup|bises|a plus|saygilarimla|iyi calismalar|\
    tesekkurler|sevgiler|selamlar|saygilar|iyi gunler|kolay gelsin|tesekkur ederim|\
    simdiden tesekkurler|gorusmek uzere";

/// Whether the whole line takes leave.
pub(crate) fn is_sign_off(line: &str) -> bool {
    if line.len() > 40 {
        return false;
    }
    let folded = fold_str(line.trim());
    let plain = folded.trim_end_matches([',', '.', '!', ' ', '-', '–', ':', ')']);
    one_of(SIGN_OFFS, plain)
}

/// A line that only greets, and whom: "Hi Tom,", "Sehr geehrte Frau Vogt,".
pub(crate) fn greeted(line: &str) -> Option<Option<String>> {
    let bare = line.trim_end_matches([',', '!', '.', ':', ' ', '–', '-']);
    let folded = fold_str(bare);
    let opening = [
        "hi",
        "hey",
        "hello",
        "dear",
        "good morning",
        "good afternoon",
        "hallo",
        "guten morgen",
        "guten tag",
        "liebe",
        "lieber",
        "sehr geehrte",
        "sehr geehrter",
        "hola",
        "buenos dias",
        "buenas tardes",
        "estimado",
        "estimada",
        "querido",
        "querida",
        "bonjour",
        "salut",
        "cher",
        "chere",
        "merhaba",
        "selam",
        "sayin",
        "gunaydin",
        "moin",
        "hoi",
        "gruezi",
        "servus",
    ]
    .iter()
    .filter(|g| {
        folded
            .strip_prefix(**g)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
    .max_by_key(|g| g.len())?;
    let closed = line.ends_with([',', '!', ':']) || bare.split(' ').count() <= 3;
    if bare.split(' ').count() > 6
        || !closed
        || bare.contains([',', '.'])
            && !bare.contains("Mr.")
            && !bare.contains("Mrs.")
            && !bare.contains("Ms.")
            && !bare.contains("Dr.")
    {
        return None;
    }
    let name: String = bare.chars().skip(opening.chars().count()).collect();
    let name = name.trim();
    let person = name.chars().next().is_some_and(char::is_uppercase)
        && !is_list(name)
        && !name.contains(" and ")
        && !name.contains(" und ");
    Some(person.then(|| name.to_owned()))
}

/// Whether a subject or a first line says that nobody wrote this.
pub(crate) fn is_automatic(text: &str) -> bool {
    let folded: String = text.chars().take(300).map(crate::text::fold).collect();
    [
        "automatic reply",
        "auto-reply",
        "autoreply",
        "auto reply",
        "out of office",
        "abwesenheitsnotiz",
        "automatische antwort",
        "respuesta automatica",
        "fuera de la oficina",
        "reponse automatique",
        "absence du bureau",
        "otomatik yanit",
        "i am out of the office",
        "i am currently out of",
        "i'm out of the office until",
        "ich bin derzeit nicht im",
        "ich bin bis",
    ]
    .iter()
    .any(|p| folded.contains(p))
        && !folded.contains("please send")
}

/// Whether the line begins a passage quoted from an earlier mail.
pub(crate) fn is_attribution(line: &str) -> bool {
    let line = line.trim();
    if line.len() > 200 {
        return false;
    }
    let folded = fold_str(line);
    let wrote = [
        "wrote:",
        "schrieb:",
        "escribio:",
        "a ecrit :",
        "a ecrit:",
        "ecrit :",
        "yazdi:",
        "sunu yazdi:",
        "tarihinde yazdi:",
    ];
    let schrieb =
        folded.starts_with("am ") && folded.contains(" schrieb ") && folded.ends_with(':');
    wrote.iter().any(|w| folded.ends_with(w)) || schrieb
}

/// Whether the line separates a mail from the one it answers.
pub(crate) fn is_original_message(line: &str) -> bool {
    let folded = fold_str(line.trim_matches(['-', '_', '=', ' ', '*']));
    let marked = line.starts_with("--") || line.starts_with("__") || line.starts_with("==");
    marked
        && [
            "original message",
            "ursprungliche nachricht",
            "mensaje original",
            "message d'origine",
            "message original",
            "orijinal mesaj",
            "urspr. nachricht",
        ]
        .contains(&folded.as_str())
}

const DISCLAIMERS: &str = "\
    confidential|intended recipient|privileged|this e-mail and any|this email and any|\
    disclaimer|unsubscribe|view this email in your browser|virus|\
    please consider the environment|sent from my|sent with|vertraulich|diese e-mail enthalt|\
    abbestellen|confidencial|destinatario|antes de imprimir|confidentiel|destinataire|\
    avant d'imprimer|gizlidir|all rights reserved|terms of service|privacy policy|\
    you are receiving this|you received this|do not reply to this|copyright|\
    this message was sent|manage your preferences|manage preferences|gizlilik|join zoom meeting|\
    dial-in|meeting id:|passcode:";

/// Whether the line is fine print.
pub(crate) fn is_disclaimer(line: &str) -> bool {
    // Fine print says what it is early; looking at all of a very long line would cost more than it finds.
    let folded: String = line.chars().take(400).map(crate::text::fold).collect();
    let hits = DISCLAIMERS
        .split('|')
        .filter(|d| folded.contains(*d))
        .count();
    let alone = [
        "disclaimer",
        "unsubscribe",
        "sent from my",
        "you are receiving this",
        "view this email",
        "this e-mail and any",
        "this email and any",
        "please consider the environment",
        "all rights reserved",
        "do not reply to this",
        "diese e-mail enthalt",
        "abbestellen",
        "copyright",
        "passcode:",
    ];
    hits >= 2
        || alone.iter().any(|d| folded.starts_with(d))
        || hits == 1
            && alone.iter().any(|d| folded.contains(d))
            && line.len() < 120
            && !folded.contains("please")
        || folded.contains("intended recipient")
        || folded.contains("please consider the environment")
}

/// Whether an addressee is a group rather than a person.
pub(crate) fn is_list(name: &str) -> bool {
    let folded = fold_str(name);
    [
        "team",
        "all",
        "list",
        "group",
        "everyone",
        "staff",
        "undisclosed",
        "verteiler",
        "equipo",
        "equipe",
        "ekip",
        "members",
        "students",
        "class",
        "committee",
        "board",
        "support",
        "info",
        "office",
    ]
    .iter()
    .any(|w| folded.split([' ', '-', '_', '.']).any(|part| part == *w))
}
