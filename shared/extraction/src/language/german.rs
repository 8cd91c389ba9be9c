//! German, folded: without umlauts, ß kept as "ß" and written "ss" as well.

use super::Marks;

/// Last parts of compounds that are meetings.
pub(super) const MEETINGS: &[&str] = &[
    "besprechung",
    "sitzung",
    "treffen",
    "termin",
    "gesprach",
    "meeting",
    "versammlung",
    "schulung",
    "konferenz",
    "feier",
    "abend",
    "workshop",
    "telefonat",
    "probe",
];
/// Last parts of compounds that are exams.
pub(super) const EXAMS: &[&str] = &["klausur", "prufung", "examen", "test"];

pub(super) const WORDS: &[(Marks, &str)] = &[
    (Marks::VERB, INFINITIVES),
    (
        Marks::NEGATION,
        "nicht kein keine keinen keinem keiner nie niemals nichts niemand ohne weder nirgends",
    ),
    (
        Marks::CONDITION,
        "wenn falls sofern vorausgesetzt angenommen ob",
    ),
    (
        Marks::DOUBT,
        "vielleicht eventuell moglicherweise wurde wurden konnte konnten hatte hatten ware waren wahrscheinlich vermutlich eigentlich irgendwann theoretisch durfte",
    ),
    (Marks::FIRST, "ich mir mich mein meine meinen"),
    (
        Marks::SECOND,
        "du sie dir dich ihnen ihr euch dein deine ihre ihren",
    ),
    (Marks::PLURAL, "wir uns unser unsere"),
    (Marks::THIRD, "er es man dies das diese dieser dieses"),
    (Marks::ANYONE, "jemand alle jeder beide jemanden"),
    (
        Marks::ROLE,
        "team marketing vertrieb buchhaltung einkauf entwicklung personalabteilung geschaftsfuhrung it technik verwaltung vorstand sekretariat projektleitung kassenwart schriftfuhrer schriftfuhrerin \
        hausmeister hausverwaltung redaktion kundendienst rechtsabteilung controlling leitung studierende teilnehmer eltern praktikant praktikantin produktion logistik qualitatssicherung support agentur lieferant",
    ),
    (
        Marks::GENERIC,
        "mitarbeiter mitarbeitende benutzer nutzer besucher kunden mieter gaste anwender beschaftigte bewohner fahrgaste burger versicherte vermieter kunde mitglieder",
    ),
    (
        Marks::HABIT,
        "immer stets normalerweise grundsatzlich gewohnlich meistens ublicherweise generell jederzeit oft",
    ),
    (
        Marks::REPORT,
        "sagte berichtete berichtet erklarte erwahnte meinte laut gemaß teilte mitgeteilt berichten sagt informiert informierte stellte stellt",
    ),
    (Marks::PLEASE, "bitte"),
    (
        Marks::MEETING,
        "besprechung meeting termin treffen sitzung telefonat telefonkonferenz videokonferenz call workshop konferenz schulung vorstellungsgesprach gesprach arzttermin zahnarzt elternabend jour fixe kickoff \
        abstimmung videocall versammlung mitgliederversammlung vorstandssitzung teammeeting projektsitzung statusmeeting projekttreffen jourfixe seminar fruhstuck mittagessen abendessen besichtigung feier zahnarzttermin",
    ),
    (
        Marks::EXAM,
        "klausur prufung test examen abschlussprufung zwischenprufung klassenarbeit",
    ),
    (
        Marks::COURSEWORK,
        "hausaufgabe hausaufgaben hausarbeit ubungsblatt aufgabenblatt referat abgabe bericht seminararbeit protokoll ubung essay",
    ),
    (
        Marks::FUNCTION,
        "der die das den dem des ein eine einen einem einer und oder aber in im an am auf bei mit von vom zu zum zur fur uber unter nach vor aus bis noch auch nur schon sehr so wie als dann \
        ist sind war hat haben wird werden kann soll muss ich du er sie es wir ihr sich mich mir uns dass weil nicht kein mehr gleich bitte",
    ),
    (
        Marks::STATE,
        "sein haben werden bleiben gehen kommen wissen glauben denken mogen scheinen liegen stehen kosten gelten dauern steigen fallen finden stattfinden freuen",
    ),
    (
        Marks::RECIPE,
        "backofen vorheizen teeloffel essloffel mehl zucker butter kneten koch kochen backen teig zwiebel zwiebeln knoblauch salz pfeffer ml gramm el tl ruhren pfanne wurzen minuten zutaten hefe eier",
    ),
    (
        Marks::ADVERT,
        "rabatt angebot angebote gutschein sonderangebot newsletter abbestellen gratis kostenlos sparen jetzt shop sale aktion versandkostenfrei bestellen kaufen exklusiv prozent",
    ),
    (
        Marks::MANUAL,
        "klicken klick taste menu schaltflache installieren einstellungen bildschirm ordner tippen drucken stecker schraube schrauben deckel gerat",
    ),
    (
        Marks::LEGAL,
        "satzung ordnung hausordnung richtlinie richtlinien vorschrift verboten gestattet untersagt haftung vertrag klausel absatz regelung verpflichtet regeln pflicht bestimmungen",
    ),
    (
        Marks::DONE,
        "erledigt abgeschlossen fertig fertiggestellt beendet geschlossen bereits schon storniert abgesagt gelost bezahlt versendet verschickt versandt gesendet",
    ),
    (
        Marks::MODAL,
        "wird werden soll sollen sollte sollten muss mussen musste mochte kann ubernimmt kummert",
    ),
    (
        Marks::PAST,
        "hat haben wurde wurden war waren hatte sagte schickte erstellte machte gab ging kam",
    ),
    (
        Marks::THING,
        "system server preis preise wetter projekt budget bericht winter sommer markt software programm zug firma unternehmen regierung",
    ),
    (
        Marks::QUESTION,
        "wer was wann wo warum wieso wie welche welcher welches hat haben ist sind soll sollen sollten",
    ),
    (
        Marks::GREETING,
        "hallo liebe lieber guten hi moin danke servus gruße gruß",
    ),
];

const INFINITIVES: &str = "\
abgeben abholen abklaren ablegen abrechnen abschicken abschließen absprechen absagen abstimmen aktualisieren analysieren anbieten andern anfordern anfragen anlegen anmelden anpassen anrufen anschauen ansehen antworten \
archivieren aufbauen aufraumen aufsetzen auswahlen auswerten austauschen ausdrucken ausfullen ausarbeiten beantragen beantworten bearbeiten beauftragen bereitstellen beschaffen besorgen besprechen bestatigen bestellen besuchen \
bezahlen bringen buchen definieren dokumentieren durchfuhren durchlesen einarbeiten einholen einkaufen einladen einplanen einreichen einrichten einstellen eintragen entscheiden entwerfen entwickeln erarbeiten erganzen erinnern erledigen ermitteln \
erneuern erstellen festlegen fertigstellen fertigmachen finalisieren formulieren freigeben gestalten hochladen informieren installieren klaren kontaktieren kontrollieren koordinieren korrigieren kundigen kummern kaufen laden lesen \
leiten liefern losen loschen machen melden migrieren mieten mitbringen mitteilen moderieren nachfassen nachfragen nachreichen organisieren packen planen posten prasentieren prufen putzen recherchieren reinigen renovieren reparieren \
reservieren ruckmelden sammeln schicken schreiben senden sicherstellen sichern sortieren starten stellen streichen suchen teilen telefonieren testen terminieren treffen ubergeben uberarbeiten ubernehmen uberprufen ubersetzen uberweisen \
umsetzen unterschreiben unterzeichnen unterlagen verbessern vereinbaren verfassen verlangern veroffentlichen verschicken versenden verteilen vervollstandigen vorbereiten vorlegen vorschlagen vorstellen weiterleiten zahlen zusammenfassen \
zusammenstellen zuruckrufen zuruckgeben zusenden zuschicken zahlen validieren verifizieren pflegen holen gießen waschen kochen backen anstoßen abarbeiten beheben deployen updaten checken geben nehmen \
schick schicke sende pruf prufe bring bringe ruf kauf kaufe mach mache erstell erstelle schreib schreibe buch buche bestell bestelle melde gib denk denke bereite plane hol hole lade reserviere organisiere klar klare kummere \
schickt sendet pruft bringt erstellt schreibt bucht bestellt meldet bereitet plant";
