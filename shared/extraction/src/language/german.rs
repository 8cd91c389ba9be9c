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
    "begehung",
    "geburtstag",
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
        abstimmung videocall versammlung mitgliederversammlung vorstandssitzung teammeeting projektsitzung statusmeeting projekttreffen jourfixe seminar fruhstuck mittagessen abendessen besichtigung feier zahnarzttermin fest sommerfest laternenfest abend grillabend weihnachtsfeier geburtstag friseur friseurtermin arzt kinderarzt impfung ortstermin begehung generalprobe probe training einweihung umzug konzert premiere auffuhrung arbeitseinsatz gottesdienst flohmarkt turnier wettkampf hochzeit taufe beerdigung stammtisch ausflug lesung lesenacht",
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
        "backofen vorheizen teeloffel essloffel mehl zucker butter kneten koch kochen backen teig zwiebel zwiebeln knoblauch salz pfeffer ml gramm el tl ruhren pfanne wurzen minuten zutaten hefe eier topf schussel sahne milch ofen schneiden anbraten umruhren servieren abschmecken kartoffeln mohren tomaten suppe sosse bruhe zitrone petersilie reis nudeln backblech",
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
lassen abgeben abholen abklaren ablegen abrechnen abschicken abschließen absprechen absagen abstimmen aktualisieren analysieren anbieten andern anfordern anfragen anlegen anmelden anpassen anrufen anschauen ansehen antworten \
archivieren aufbauen aufraumen aufsetzen auswahlen auswerten austauschen ausdrucken ausfullen ausarbeiten beantragen beantworten bearbeiten beauftragen bereitstellen beschaffen besorgen besprechen bestatigen bestellen besuchen \
bezahlen bringen buchen definieren dokumentieren durchfuhren durchlesen einarbeiten einholen einkaufen einladen einplanen einreichen einrichten einstellen eintragen entscheiden entwerfen entwickeln erarbeiten erganzen erinnern erledigen ermitteln \
erneuern erstellen festlegen fertigstellen fertigmachen finalisieren formulieren freigeben gestalten hochladen informieren installieren klaren kontaktieren kontrollieren koordinieren korrigieren kundigen kummern kaufen laden lesen \
leiten liefern losen loschen machen melden migrieren mieten mitbringen mitteilen moderieren nachfassen nachfragen nachreichen organisieren packen planen posten prasentieren prufen putzen recherchieren reinigen renovieren reparieren \
reservieren ruckmelden sammeln schicken schreiben senden sicherstellen sichern sorgen sortieren starten stellen streichen suchen teilen telefonieren testen terminieren treffen ubergeben uberarbeiten ubernehmen uberprufen ubersetzen uberweisen \
umsetzen unterschreiben unterzeichnen unterlagen verbessern vereinbaren verfassen verlangern veroffentlichen verschicken versenden verteilen vervollstandigen vorbereiten vorlegen vorschlagen vorstellen weiterleiten zahlen zusammenfassen \
zusammenstellen zuruckrufen zuruckgeben zusenden zuschicken zahlen validieren verifizieren pflegen holen gießen waschen kochen backen anstoßen abarbeiten beheben deployen updaten checken geben nehmen \
schick schicke sende pruf prufe bring bringe ruf kauf kaufe mach mache erstell erstelle schreib schreibe buch buche bestell bestelle melde gib denk denke bereite plane hol hole lade reserviere organisiere klar klare kummere \
schickt sendet pruft bringt erstellt schreibt bucht bestellt meldet bereitet plant \
abbauen abbestellen abbrechen abbuchen abdecken abdichten abdrucken abfahren abfangen abfragen abfullen abgleichen abhaken abhangen abheben abholzen abkleben abkurzen \
abladen ablehnen ableiten ablesen abliefern abloschen abmahnen abmelden abmessen abmontieren abnehmen abraumen abreißen abschaffen abschalten abschleifen abschneiden \
abschreiben absegnen absenden absichern absperren abspielen abstauben abstecken abstellen abstempeln abstreichen abtippen abtransportieren abtrocknen abwagen abwarten \
abwaschen abwickeln abwischen abzahlen abzeichnen abziehen adressieren aktivieren akzeptieren andrucken anfangen anfertigen anfuhren angeben angehen angleichen angucken \
anhangen anheben anheuern anhoren anklopfen anknupfen ankleben ankreuzen ankundigen anlaufen anleiten anliefern anlernen anmahnen anmieten annahen annehmen annoncieren \
anordnen anpacken anpflanzen anpinnen anprobieren anreichern anrichten anruhren ansagen ansammeln anschaffen anschalten anschließen anschrauben anschreiben ansetzen \
ansparen ansprechen anstecken anstellen anstreichen antragen antreten anweisen anwenden anwerben anzahlen anzapfen anzeigen anziehen anzunden aufarbeiten aufbereiten \
aufbessern aufbewahren aufblasen aufbringen aufdrucken auffangen auffordern auffrischen auffullen aufgeben aufgießen aufgreifen aufhangen aufheben aufholen aufklappen \
aufklaren aufkleben aufladen auflegen auflisten auflosen aufmachen aufmessen aufnehmen aufpassen aufrufen aufrusten aufschieben aufschließen aufschreiben aufspielen \
aufstellen aufstocken aufsuchen aufteilen auftauen auftragen auftreiben aufwarmen aufwischen aufzeichnen aufzeigen ausbauen ausbessern ausbezahlen ausbilden ausbreiten \
ausfahren ausfertigen ausfuhren ausgeben ausgleichen aushandeln aushandigen aushangen ausheben aushelfen auskundschaften ausladen auslagern auslegen ausleihen auslesen \
ausliefern ausloben auslosen ausmachen ausmalen ausmessen ausmisten auspacken ausprobieren ausraumen ausrechnen ausrichten ausrollen ausruhen ausrusten aussaen \
ausschalten ausschildern ausschneiden ausschreiben aussenden aussortieren aussprechen aussuchen austeilen austragen austreten ausweiten auswechseln auszahlen auszeichnen \
ausziehen bandigen basteln bauen beachten beaufsichtigen bedienen bedrucken befestigen befragen befullen begleichen begleiten begrenzen begrunden begutachten behandeln \
beibringen beifugen beilegen beisteuern beitragen bekanntgeben bekanntmachen bekleben beladen belegen beleuchten bemalen benachrichtigen benennen benoten beobachten \
bepflanzen beraten berechnen bereinigen berichten berichtigen berucksichtigen beschildern beschleunigen beschließen beschneiden beschreiben beschriften beseitigen \
besetzen besichtigen bespielen bestimmen bestucken betanken betreuen betreiben bewassern bewerben bewerten bezeichnen beziehen bieten bilden binden blockieren bohren \
borgen braten brauen bremsen brennen bugeln bundeln bursten codieren debuggen dehnen dekorieren delegieren demontieren desinfizieren diktieren diskutieren drehen drosseln \
drucken dungen durchfragen durchgeben durchgehen durchkammen durchrechnen durchschauen durchsehen durchspielen durchsprechen durchstellen durchsuchen durchtesten \
durchzahlen ebnen editieren eichen einbauen einbestellen einbeziehen einbinden einbringen einchecken eindecken einengen einfarben einfetten einfordern einfrieren einfugen \
einfuhren eingeben eingießen eingreifen einhalten einhangen einheften einkalkulieren einklagen einkleben einkreisen einlagern einlegen einleiten einlesen einlosen \
einmieten einordnen einpacken einpflegen einraumen einreihen einrollen einsammeln einscannen einschalten einschatzen einschenken einschicken einschranken einschreiben \
einsehen einsenden einsetzen einsparen einspielen einspringen einstecken einsteigen einstudieren einstufen einteilen eintippen eintreiben eintuten einuben einwechseln \
einweichen einweihen einweisen einwerfen einwickeln einzahlen einzeichnen einziehen empfangen empfehlen entfernen entgegennehmen entkalken entkernen entladen entlassen \
entlasten entleeren entlohnen entnehmen entrumpeln entruckeln entschadigen entscharfen entschuldigen entsorgen entsperren entstauben entwassern entwerten entziehen \
erfassen erfragen erhohen erklaren erkundigen erlassen erlautern erlernen ermahnen ermoglichen ernennen erproben errichten ersetzen erstatten erteilen erwarmen erweitern \
erwerben erzahlen erzeugen evaluieren exportieren fahren falten farben fegen feilen fertigen fertigbekommen festhalten festmachen festziehen filmen filtern finanzieren \
flicken fliesen fordern formatieren forschen fortfuhren fortsetzen fotografieren fragen frankieren freihalten freischalten freiraumen fuhren fullen futtern garen \
gegenlesen gegenzeichnen genehmigen glatten graben grillen grundieren grunden grußen gutschreiben hacken halbieren handeln hammern harken hauen heben heften heilen \
heimbringen heizen helfen herausfinden herausgeben herausholen heraussuchen herbringen herrichten herstellen herunterladen hervorheben hinbringen hinfahren hinschicken \
hinlegen hinstellen hinterlegen hinweisen hinzufugen hinzuziehen hissen hobeln hochfahren hochheben hochtragen importieren impfen improvisieren inspizieren inserieren \
integrieren interviewen investieren jaten justieren kalibrieren kalkulieren kammen kassieren katalogisieren kehren kennzeichnen kippen klammern klarmachen klarstellen \
klarziehen kleben klingeln knupfen kombinieren kommentieren komprimieren konfigurieren konsolidieren konstruieren konzipieren kopieren kratzen kreieren kritisieren kuhlen \
kurzen lackieren lagern lasern leeren legen lehren leihen lenken lernen liken locken losfahren losschicken luften mahen mahlen mahnen malen markieren massieren mauern \
meißeln mergen messen mikrofonieren minimieren mischen mitgeben mithelfen mitnehmen mitschicken mitschreiben mitschneiden mixen mobilisieren modellieren montieren \
motivieren nachbauen nachbessern nachbestellen nachbereiten nacharbeiten nachdrucken nachdenken nachfordern nachforschen nachfullen nachgehen nachhaken nachholen \
nachkaufen nachlesen nachliefern nachmessen nachmelden nachnominieren nachprufen nachrechnen nachrusten nachsaen nachschauen nachschicken nachschlagen nachsehen \
nachsenden nachstellen nachtragen nachverfolgen nachweisen nachzahlen nachziehen nahen navigieren nennen nominieren normieren notieren nutzen offenlegen offnen operieren \
optimieren ordnen orten pachten parken pflanzen pflucken pinnen pinseln pitchen plakatieren plotten polieren pressen proben probieren produzieren profilieren \
programmieren protokollieren pumpen quittieren raumen radeln rangieren rasieren rausbringen raussuchen rausschicken rausnehmen raustragen reagieren realisieren rechnen \
reduzieren regeln registrieren reichen reindrucken reinholen reinstellen reisen releasen requirieren restaurieren retten revidieren richten riegeln rollen rontgen rucken \
rufen runterbringen rusten saen sanieren satteln saubern saugen scannen schalen schalten scharfen schatzen schauen scheren schichten schieben schildern schimpfen \
schleifen schleppen schmieren schminken schmucken schneiden schnitzen schrauben schrubben schulen schutteln schutzen schwarzen schweißen segnen sichten signieren \
simulieren sondieren sparen speichern spenden sperren spielen splitten sponsern sprechen springen spritzen spulen starken staubsaugen stecken stempeln stapeln \
sterilisieren steuern sticken stiften stimmen stopfen stornieren streamen streuen strukturieren studieren stutzen subtrahieren surfen tabellieren tanken tapezieren \
tauschen taufen teeren tilgen tippen topfen tragen trainieren transferieren transkribieren transportieren trennen trimmen trocknen tunchen turnen uben uberblenden \
uberbringen uberdenken uberfliegen uberfuhren ubergießen uberholen uberlassen uberleiten uberlegen ubermitteln uberreichen uberreden uberschreiben uberspielen ubertragen \
uberwachen uberzeugen umbauen umbenennen umbestellen umbetten umbuchen umdrehen umfullen umgestalten umgraben umhangen umladen umlagern umlegen umleiten ummelden umpacken \
umplanen umraumen umrechnen umruhren umrusten umschreiben umschulen umsiedeln umsortieren umstellen umtauschen umtopfen umwandeln umziehen unterbinden unterbreiten \
unterbringen unterrichten unterstutzen untersuchen unterteilen unterweisen urlauben variieren veranlassen veranschlagen veranstalten verankern verarbeiten verbinden \
verbrauchen verbuchen verdunnen vereinfachen vereinheitlichen verfolgen verfugen vergeben vergleichen vergraben vergroßern verhandeln verhindern verkabeln verkaufen \
verklagen verkleiden verkleinern verknupfen verkunden verladen verlagern verlegen verleihen verlesen verlinken verlosen vermeiden vermerken vermessen vermieten vermitteln \
verpacken verpflegen verpflichten verputzen verringern verruhren verschenken verscharfen verschieben verschiffen verschließen verschonern verschrotten versichern \
versiegeln versorgen versperren verstandigen verstarken verstauen verstecken versteigern vertagen verteidigen vertiefen vertreten vervielfaltigen verwahren verwalten \
verweisen verwenden verwerfen verwerten verzeichnen verzieren verzollen vorausschicken vorbeibringen vorbeigehen vorbeikommen vorbestellen vorfertigen vorfuhren vorkochen \
vorladen vorlesen vormerken vornehmen vorplanen vorschreiben vorsehen vorsorgen vorsprechen vortragen vorwarmen vorwarnen vorzeigen vorziehen wachen wahlen warmen warnen \
warten wechseln wecken wegbringen weglegen wegraumen wegwerfen weiterfuhren weitergeben weitermachen weiterreichen weitersagen weiterschicken wenden werben werfen wickeln \
wiederholen wiegen wischen wurzen zapfen zaunen zeichnen zeigen zentrieren zerlegen zerkleinern zerschneiden zitieren zubereiten zudecken zufuhren zufugen zugreifen \
zuhoren zukleben zulassen zumachen zunahen zuordnen zurechtschneiden zureden zurichten zuruckbringen zuruckerstatten zuruckfordern zuruckholen zurucklegen zurucknehmen \
zuruckschicken zuruckschreiben zurucksenden zurucksetzen zuruckstellen zurucktreten zuruckzahlen zuruckziehen zusagen zusammenbauen zusammenfuhren zusammenkehren \
zusammenlegen zusammenpacken zusammenraumen zusammenrechnen zusammenschreiben zusammensuchen zusammentragen zuschneiden zuschreiben zusehen zusichern zusperren zustellen \
zustimmen zuteilen zuweisen zwischenlagern zwischenspeichern";
