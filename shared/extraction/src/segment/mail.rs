//! Mail headers, attributions, sign-offs and disclaimers.

mod courtesy;

use crate::text::fold_str;
pub(crate) use courtesy::{greeted, is_automatic, is_bounce, is_disclaimer, is_sign_off};

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
        "date sent datum gesendet fecha enviado enviada envoye tarih gonderilme gonderildi",
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
            .map(crate::text::capitalised)
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

/// Whether the line begins a passage quoted from an earlier mail.
pub(crate) fn is_attribution(line: &str) -> bool {
    let line = line.trim();
    if line.len() > 200 || !line.ends_with(':') {
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
    let schrieb = folded.starts_with("am ") && folded.contains(" schrieb ");
    wrote.iter().any(|w| folded.ends_with(w)) || schrieb
}

/// Whether the line separates a mail from the one it answers.
pub(crate) fn is_original_message(line: &str) -> bool {
    let marked = line.starts_with("--") || line.starts_with("__") || line.starts_with("==");
    if !marked {
        return false;
    }
    let folded = fold_str(line.trim_matches(['-', '_', '=', ' ', '*']));
    [
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
