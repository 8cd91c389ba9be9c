//! Words for times and zones.

pub(crate) const WORDS: &[(&str, u32, u32)] = &[
    ("noon", 12, 0),
    ("midday", 12, 0),
    ("mittag", 12, 0),
    ("mittags", 12, 0),
    ("mediodia", 12, 0),
    ("midi", 12, 0),
    ("ogle", 12, 0),
    ("ogleye", 12, 0),
    ("oglen", 12, 0),
    ("oglene", 12, 0),
    ("midnight", 23, 59),
    ("mitternacht", 23, 59),
    ("medianoche", 23, 59),
    ("minuit", 23, 59),
    ("cob", 17, 0),
    ("eob", 17, 0),
];

pub(crate) const PHRASES: &[(&str, Option<(u32, u32)>)] = &[
    (
        "close of business|the close of business|dienstschluss|feierabend|\
        mesai bitimine|mesai sonuna",
        Some((17, 0)),
    ),
    (
        "end of the working day|end of the business day|end of business day|end of business|\
        end of the work day|end of work",
        Some((17, 0)),
    ),
    (
        "eod|end of day|end of the day|the end of the day|close of play|the close of play|cop|day ' s end|end of play|ende des tages|\
        tagesende|final del dia|fin del dia|fin de journee|la fin de la journee|\
        fin de la journee|gun sonu|gun sonuna|gun bitimine",
        None,
    ),
    (
        "in the morning|in the afternoon|in the evening|morning|afternoon|evening|night|\
        vormittag|nachmittag|abend|fruh|por la manana|por la tarde|matin|apres - midi|sabah|\
        aksam|ogleden sonra|vormittags|nachmittags|soir",
        None,
    ),
];

pub(crate) const FIXED: &[(&str, i32)] = &[
    ("utc", 0),
    ("gmt", 0),
    ("z", 0),
    // "Anywhere on earth": the last place where the day ends.
    ("aoe", -12 * 60),
    ("wet", 0),
    ("west", 60),
    ("bst", 60),
    ("cet", 60),
    ("mez", 60),
    ("cest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("eest", 180),
    ("trt", 180),
    ("msk", 180),
    ("ist", 330),
    ("sgt", 480),
    ("jst", 540),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("akst", -540),
    ("hst", -600),
    ("aest", 600),
    ("aedt", 660),
];

pub(crate) const PLACES: &[(&str, &str)] = &[
    ("et", "America/New_York"),
    ("ct", "America/Chicago"),
    ("mt", "America/Denver"),
    ("pt", "America/Los_Angeles"),
];

/// Zones in words.
pub(crate) const NAMED: &[(&str, &str)] = &[
    (
        "uk time|uk|london time|british time|hora britanica|heure anglaise|ingiltere saati|ingiltere saatiyle|britische zeit|englische zeit",
        "Europe/London",
    ),
    ("irish time|dublin time", "Europe/Dublin"),
    (
        "german time|berlin time|deutsche zeit|deutscher zeit|hora alemana|heure allemande|almanya saati|almanya saatiyle",
        "Europe/Berlin",
    ),
    (
        "paris time|french time|heure de paris|heure francaise|hora francesa|franzosische zeit|fransa saati",
        "Europe/Paris",
    ),
    (
        "spanish time|madrid time|hora espanola|hora de espana|heure espagnole|spanische zeit|ispanya saati",
        "Europe/Madrid",
    ),
    (
        "turkish time|istanbul time|turkiye saati|turkiye saatiyle|turkische zeit|heure turque|hora turca",
        "Europe/Istanbul",
    ),
    ("indian time|india time|indische zeit", "Asia/Kolkata"),
    (
        "eastern|eastern time|new york time|ny time",
        "America/New_York",
    ),
    ("central|central time|chicago time", "America/Chicago"),
    ("mountain time|denver time", "America/Denver"),
    ("pacific|pacific time", "America/Los_Angeles"),
];
