//! Where to find help, by country.

use serde::Serialize;
use utoipa::ToSchema;

/// Somebody to talk to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Resource {
    /// Country as ISO 3166-1 alpha-2; `null` where it serves everybody.
    pub country: Option<&'static str>,
    /// Its name.
    pub name: &'static str,
    /// How to reach it: a number to call, or an address.
    pub contact: &'static str,
}

const fn line(country: &'static str, name: &'static str, contact: &'static str) -> Resource {
    Resource {
        country: Some(country),
        name,
        contact,
    }
}

const EVERYWHERE: Resource = Resource {
    country: None,
    name: "Find A Helpline",
    contact: "https://findahelpline.com",
};

/// In danger right now, the emergency number is the right one everywhere.
const EMERGENCY: Resource = Resource {
    country: None,
    name: "Local emergency number",
    contact: "112 (Europe and many other countries), 911 (North America)",
};

const LINES: &[Resource] = &[
    line("AT", "Telefonseelsorge", "142"),
    line("AU", "Lifeline", "13 11 14"),
    line("BE", "Zelfmoordlijn", "1813"),
    line("BE", "Centre de Prévention du Suicide", "0800 32 123"),
    line("BR", "Centro de Valorização da Vida", "188"),
    line("CA", "Suicide Crisis Helpline", "988"),
    line("CH", "Die Dargebotene Hand", "143"),
    line("DE", "TelefonSeelsorge", "0800 111 0 111"),
    line("DE", "TelefonSeelsorge", "116 123"),
    line("DK", "Livslinien", "70 201 201"),
    line("ES", "Línea 024 de atención a la conducta suicida", "024"),
    line("FR", "Numéro national de prévention du suicide", "3114"),
    line("GB", "Samaritans", "116 123"),
    line("IE", "Samaritans", "116 123"),
    line("IN", "Tele-MANAS", "14416"),
    line("MX", "Línea de la Vida", "800 911 2000"),
    line("NL", "113 Zelfmoordpreventie", "113"),
    line("NZ", "Need to talk?", "1737"),
    line("SE", "Mind Självmordslinjen", "90101"),
    line("TR", "Acil çağrı merkezi", "112"),
    line("US", "988 Suicide & Crisis Lifeline", "988"),
];

/// Help for somebody in a country (ISO 3166-1 alpha-2, any case), most specific first; what serves
/// everybody is always among it.
pub fn crisis_resources(country: Option<&str>) -> Vec<Resource> {
    let country = country.unwrap_or_default();
    let here = |line: &&Resource| {
        line.country
            .is_some_and(|own| own.eq_ignore_ascii_case(country))
    };
    let mut lines: Vec<_> = LINES.iter().filter(here).copied().collect();
    lines.extend([EMERGENCY, EVERYWHERE]);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_is_there_for_everybody() {
        assert_eq!(crisis_resources(Some("de"))[0].name, "TelefonSeelsorge");
        for nowhere in [None, Some(""), Some("XX"), Some("no country")] {
            assert_eq!(crisis_resources(nowhere), [EMERGENCY, EVERYWHERE]);
        }
    }
}
