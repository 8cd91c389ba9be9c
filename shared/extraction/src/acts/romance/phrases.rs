//! The cue phrases of Spanish and French.

/// The phrases of one language.
pub(crate) struct Phrases {
    pub(crate) labels: &'static str,
    pub(crate) fillers: &'static str,
    /// Requests before an infinitive or an imperative.
    pub(crate) asks: &'static str,
    /// What stands between a subject and an infinitive.
    pub(crate) links: &'static str,
    /// The speaker's own obligations.
    pub(crate) first: &'static str,
    /// What "we" or nobody must do.
    pub(crate) obliged: &'static str,
    /// Names a deadline before a noun.
    pub(crate) deadlines: &'static str,
    pub(crate) polite: &'static str,
}

pub(crate) const SPANISH: Phrases = Phrases {
    labels: "accion|tarea|queda por hacer|pendiente|por hacer|proximo paso|deberes|recordatorio|acuerdo",
    fillers: "\
        y|tambien|ademas|ok|vale|hola|gracias|entonces|luego|perfecto|de acuerdo|si|claro|\
        te recuerdo que|les recuerdo que|os recuerdo que|le recordamos que|les recordamos que|recordad que|recordamos que|recordatorio|pd|se acordo que|se acuerda que|acordamos que|por ultimo",
    asks: "\
        me puedes|me podrias|me puede|me podria|nos puedes|nos podrias|nos puede|nos podria|le rogamos que|les rogamos que|rogamos que|te ruego que|le pedimos que|les pedimos que|te pedimos que|te pido que|le pido que|\
        se ruega a los padres que|se ruega a las familias que|se ruega a los vecinos que|se ruega a los alumnos que|se ruega a todos que|se pide a las familias que|se pide a los padres que|pedimos a las familias que|pedimos a los padres que|rogamos a las familias que|rogamos a los padres que|rogamos a los vecinos que|\
        se ruega|se ruega que|se solicita|se solicita que|le agradeceriamos que|te agradeceria que|os pido que|\
        por favor|porfa|favor de|favor|puedes|puede|podrias|podria|podeis|pueden|podrian|te pido|\
        le pido|te agradeceria|no olvides|no olvide|no olviden|no olvideis|no olvidemos|no olvidar|no te olvides de|no se olvide de|no se olviden de|no os olvideis de|no nos olvidemos de|\
        rogamos|os rogamos|les rogamos|le rogamos|acordaos de|acuerdense de|acuerdese de|\
        recuerda|recuerde|recordad|recuerden|acuerdate de|estaria bien que|estaria genial que|seria genial que|seria estupendo que|me vendria bien que|te importa|le importa|serias tan amable de|podriais|me haces el favor de|necesito que|quiero que|te importaria|\
        le importaria|puedes por favor|podrias por favor|alguien puede|alguien podria|asegurate de|\
        asegurese de|te ruego|necesitamos que",
    links: "\
        debe|deben|debera|deberan|tiene que|tienen que|va a|van a|necesita|ha de|se compromete a|\
        se comprometio a|se encarga del|se encargara del|se ocupa de|se ocupa del|se ocupara de|se ocupara del|se encarga de|se encargara de|se encargan de|queda en|quedo en|tendra que|\
        tendran que|queda encargado de|queda encargada de|es responsable de|sera responsable de|\
        se ofrecio a|tiene pendiente|debes|tienes que|tendras que|deberas",
    first: "\
        no debo olvidar|no puedo olvidar|no me puedo olvidar de|que no se me olvide|no tengo que olvidar|tengo que|debo|voy a|necesito|me encargo de|me encargare de|yo me encargo de|\
        me encargo del|me ocupo de|me ocupo del|yo me ocupo de|yo me ocupo del|me comprometo a|tendre que|he de|me toca|quedo en",
    obliged: "\
        no hay que olvidar|no debemos olvidar|no podemos olvidar|haria falta|convendria|seria bueno|seria conveniente|conviene|harian falta|faltaria|deberias|hay que|habria que|deberiamos|tenemos que|debemos|vamos a|necesitamos|es necesario|se debe|se necesita|falta|\
        queda por|habra que|hace falta|queda pendiente",
    deadlines: "\
        fecha limite para|fecha limite de|fecha limite para la|plazo para|la fecha limite para|\
        el plazo para|entrega de|entrega del|la entrega de|la entrega del|vencimiento de|\
        ultimo dia para",
    polite: "es posible|puedes|puede|tienes tiempo|tiene tiempo|no te importa",
};

pub(crate) const FRENCH: Phrases = Phrases {
    labels: "action|tache|a faire|reste a faire|prochaine etape|devoir|devoirs|rappel|todo",
    fillers: "\
        je te rappelle que|je vous rappelle que|nous vous rappelons que|pour rappel|je te rappelle qu'|et|aussi|de plus|ok|d' accord|d'accord|bonjour|salut|donc|alors|parfait|oui|rappel|ps|\
        il a ete decide que|il est convenu que|nous avons convenu que|enfin|ensuite",
    asks: "\
        il est demande aux familles de|il est demande aux parents de|nous demandons aux familles de|nous demandons aux parents de|les familles sont priees de|les parents sont pries de|nous prions les parents de|nous prions les familles de|\
        nous vous prions de bien vouloir|nous vous prions de vouloir bien|je vous prie de bien vouloir|je vous prie de vouloir bien|nous vous demandons de bien vouloir|nous vous remercions de bien vouloir|\
        nous vous prions de|nous vous prions d'|nous vous demandons de|nous vous demandons d'|nous vous remercions de|je vous remercie de|je te remercie de|nous vous invitons a|vous etes invite a|vous etes invites a|il vous est demande de|vous voudrez bien|\
        pourras - tu|pourrez - vous|tu pourras|tu pourrais|vous pourriez|peux tu|pouvez vous|pourrais tu|pourriez vous|est - ce que tu pourrais|est - ce que vous pourriez|\
        merci de bien vouloir|merci aussi de|merci aussi d'|merci egalement de|merci de|merci d'|veuillez|priere de|priere d'|s'il te plait|\
        s'il vous plait|s' il te plait|s' il vous plait|svp|stp|peux - tu|pouvez - vous|\
        pourrais - tu|pourriez - vous|peux - tu s'il te plait|pouvez - vous s'il vous plait|tu peux|\
        vous pouvez|est - ce que tu peux|est - ce que vous pouvez|n'oublie pas de|n'oubliez pas de|\
        n' oublie pas de|n' oubliez pas de|n' oublie pas d'|n' oubliez pas d'|pense a|pensez a|\
        penser a|je te demande de|je vous demande de|je vous prie de|je te prie de|assure - toi de|\
        assurez - vous de|tu dois|vous devez|quelqu' un peut|quelqu'un peut|quelqu' un pourrait|\
        je vous invite a|vous etes pries de|vous etes prie de|aurais - tu le temps de|\
        il faut que tu|il faut que vous|il faudrait que tu|il faudrait que vous|faut que tu|faudrait que tu|ce serait bien de|ce serait super de|ce serait gentil de|ce serait bien que tu|ce serait bien si tu pouvais|ce serait super si tu pouvais|ce serait sympa si tu pouvais|cela m' aiderait si tu pouvais|j' aimerais que tu|auriez - vous le temps de|aurais - tu le temps d'|tu voudrais bien|tu veux bien|vous voulez bien|voudrais - tu|voudriez - vous|serait - il possible de|serait - il possible d'",
    links: "\
        doit|doivent|devra|devront|va|vont|est charge de|est chargee de|se charge de|se charge d'|\
        s'occupe de|s' occupe du|s' occupe des|s' occupera du|s' occupera des|se charge du|se charge des|se chargera du|se chargera des|s' occupe de|s' occupe d'|s'engage a|s' engage a|est responsable de|\
        prend en charge|sera charge de|sera chargee de|se chargera de|s' occupera de|est cense|\
        est censee|a accepte de|s' est engage a|s' est engagee a|s' est propose de|est charge d'|\
        est chargee d'",
    first: "\
        je dois|je vais|je m'occupe de|je m' occupe de|je me charge de|je m' engage a|je m'engage a|\
        je m' occupe des|je m' occupe du|je me charge du|je me charge des|je me charge d'|je m' en charge de|il faut que je|il faut que j'|je ne dois pas oublier de|je ne dois pas oublier d'|je ne dois pas oublier|je devrai|je compte|je m' occupe d'",
    obliged: "\
        il ne faut pas oublier de|il ne faut pas oublier d'|nous ne devons pas oublier de|nous ne devons pas oublier d'|on ne doit pas oublier de|on ne doit pas oublier d'|\
        il faut|il faudrait aussi|il faudrait|nous devons|nous allons|on doit|il faudra|nous devrons|on va|il est necessaire de|\
        il reste a|reste a|nous avons a|il convient de",
    deadlines: "\
        date limite pour|date limite de|echeance pour|date limite d'|delai pour|la date limite pour|\
        la date limite de|date limite du|remise du|remise de|dernier jour pour|rendu du|rendu de",
    polite: "tu pouvais|vous pouviez|possible|tu peux|vous pouvez|tu as le temps|vous avez le temps|cela te convient",
};
