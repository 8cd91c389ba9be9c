//! Greetings, sign-offs and fine print.

use crate::segment::mail::is_list;
use crate::text::{fold_str, one_of};

pub(crate) const SIGN_OFFS: &str = "\
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

/// A greeting, and whom it greets where it says so.
pub(crate) struct Greeting {
    pub name: Option<String>,
}

/// A line that only greets, and whom: "Hi Tom,", "Sehr geehrte Frau Vogt,".
pub(crate) fn greeted(line: &str) -> Option<Greeting> {
    let bare = line.trim_end_matches([',', '!', '.', ':', ' ', '–', '-']);
    if bare.split(' ').count() > 6 {
        return None;
    }
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
    if !closed
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
    Some(Greeting {
        name: person.then(|| name.to_owned()),
    })
}

/// Whether a sender, a subject or a first passage is that of a machine that could not deliver a mail.
pub(crate) fn is_bounce(text: &str) -> bool {
    const OPENS: [&str; 15] = [
        "undelivered mail",
        "undeliverable",
        "delivery status notification",
        "mail delivery failed",
        "mail delivery sub",
        "mail delivery system",
        "mail system error",
        "mailer-daemon",
        "delivery failure",
        "failure notice",
        "returned mail",
        "this is the mail system at",
        "unzustellbar",
        "no se puede entregar",
        "non remis",
    ];
    const SAYS: [&str; 3] = [
        "permanent fatal errors",
        "created automatically by mail delivery",
        "your message could not be delivered to",
    ];
    let folded: String = text.chars().take(300).map(crate::text::fold).collect();
    let opens = |phrase: &&str| folded.trim_start().starts_with(phrase);
    OPENS.iter().any(opens) || SAYS.iter().any(|phrase| folded.contains(phrase))
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

pub(crate) const DISCLAIMERS: &str = "\
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
