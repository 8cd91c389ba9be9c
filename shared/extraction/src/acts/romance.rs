//! Spanish and French sentences: the infinitive follows its auxiliary, the future ends in it.

use super::{Act, Cue, Form, Owner, Reading, Sentence, people, prefix};
use crate::dates::Lead;
use crate::item::Refusal;
use crate::language::{Language, Marks};
use crate::text::{Words, fold_str, one_of};

/// The phrases of one language.
struct Phrases {
    labels: &'static str,
    fillers: &'static str,
    /// Requests before an infinitive or an imperative.
    asks: &'static str,
    /// What stands between a subject and an infinitive.
    links: &'static str,
    /// The speaker's own obligations.
    first: &'static str,
    /// What "we" or nobody must do.
    obliged: &'static str,
    /// Names a deadline before a noun.
    deadlines: &'static str,
    polite: &'static str,
}

const SPANISH: Phrases = Phrases {
    labels: "accion|tarea|pendiente|por hacer|proximo paso|deberes|recordatorio|acuerdo",
    fillers: "\
        y|tambien|ademas|ok|vale|hola|gracias|entonces|luego|perfecto|de acuerdo|si|claro|\
        recordatorio|pd|se acordo que|se acuerda que|acordamos que|por ultimo",
    asks: "\
        por favor|porfa|favor de|favor|puedes|puede|podrias|podria|podeis|pueden|podrian|te pido|\
        le pido|te agradeceria|no olvides|no olvide|no olvidar|no te olvides de|no se olvide de|\
        recuerda|recuerde|recordad|recuerden|acuerdate de|necesito que|quiero que|te importaria|\
        le importaria|puedes por favor|podrias por favor|alguien puede|alguien podria|asegurate de|\
        asegurese de|te ruego|necesitamos que",
    links: "\
        debe|deben|debera|deberan|tiene que|tienen que|va a|van a|necesita|ha de|se compromete a|\
        se comprometio a|se encarga de|se encargara de|se encargan de|queda en|quedo en|tendra que|\
        tendran que|queda encargado de|queda encargada de|es responsable de|sera responsable de|\
        se ofrecio a|tiene pendiente|debes|tienes que|tendras que|deberas",
    first: "\
        tengo que|debo|voy a|necesito|me encargo de|me encargare de|yo me encargo de|\
        me comprometo a|tendre que|he de|me toca|quedo en",
    obliged: "\
        hay que|tenemos que|debemos|vamos a|necesitamos|es necesario|se debe|se necesita|falta|\
        queda por|habra que|hace falta|queda pendiente",
    deadlines: "\
        fecha limite para|fecha limite de|fecha limite para la|plazo para|la fecha limite para|\
        el plazo para|entrega de|entrega del|la entrega de|la entrega del|vencimiento de|\
        ultimo dia para",
    polite: "es posible|puedes|puede|tienes tiempo|tiene tiempo|no te importa",
};

const FRENCH: Phrases = Phrases {
    labels: "action|tache|a faire|prochaine etape|devoir|devoirs|rappel|todo",
    fillers: "\
        et|aussi|de plus|ok|d' accord|d'accord|bonjour|salut|donc|alors|parfait|oui|rappel|ps|\
        il a ete decide que|il est convenu que|nous avons convenu que|enfin|ensuite",
    asks: "\
        merci de bien vouloir|merci aussi de|merci aussi d'|merci egalement de|merci de|merci d'|veuillez|priere de|priere d'|s'il te plait|\
        s'il vous plait|s' il te plait|s' il vous plait|svp|stp|peux - tu|pouvez - vous|\
        pourrais - tu|pourriez - vous|peux - tu s'il te plait|pouvez - vous s'il vous plait|tu peux|\
        vous pouvez|est - ce que tu peux|est - ce que vous pouvez|n'oublie pas de|n'oubliez pas de|\
        n' oublie pas de|n' oubliez pas de|n' oublie pas d'|n' oubliez pas d'|pense a|pensez a|\
        penser a|je te demande de|je vous demande de|je vous prie de|je te prie de|assure - toi de|\
        assurez - vous de|tu dois|vous devez|quelqu' un peut|quelqu'un peut|quelqu' un pourrait|\
        je vous invite a|vous etes pries de|vous etes prie de|aurais - tu le temps de|\
        serait - il possible de|serait - il possible d'",
    links: "\
        doit|doivent|devra|devront|va|vont|est charge de|est chargee de|se charge de|se charge d'|\
        s'occupe de|s' occupe de|s' occupe d'|s'engage a|s' engage a|est responsable de|\
        prend en charge|sera charge de|sera chargee de|se chargera de|s' occupera de|est cense|\
        est censee|a accepte de|s' est engage a|s' est engagee a|s' est propose de|est charge d'|\
        est chargee d'",
    first: "\
        je dois|je vais|je m'occupe de|je m' occupe de|je me charge de|je m' engage a|je m'engage a|\
        il faut que je|je devrai|je compte|je m' occupe d'",
    obliged: "\
        il faut|nous devons|nous allons|on doit|il faudra|nous devrons|on va|il est necessaire de|\
        il reste a|reste a|nous avons a|il convient de",
    deadlines: "\
        date limite pour|date limite de|echeance pour|date limite d'|delai pour|la date limite pour|\
        la date limite de|date limite du|remise du|remise de|dernier jour pour|rendu du|rendu de",
    polite: "possible|tu peux|vous pouvez|tu as le temps|vous avez le temps|cela te convient",
};

/// Reads one sentence.
pub(super) fn read(s: &Sentence, language: Language) -> Reading {
    let phrases = if language == Language::Spanish {
        &SPANISH
    } else {
        &FRENCH
    };
    let (start, label) = prefix::label(s, phrases.labels);
    refuse(s, phrases)?;
    let start = prefix::opening(s, start, phrases.fillers);
    let mut acts: Vec<Act> = Vec::new();
    let mut at = start;
    while at < s.to {
        if let Some(act) = clause(s, at, phrases, language)
            .filter(|_| acts.last().is_none_or(|a: &Act| at > a.from))
        {
            if let Some(last) = acts.last_mut() {
                last.to = last.to.min(cut(s, act.begin));
            }
            acts.push(act);
        }
        at = next(s, at);
    }
    if acts.is_empty() {
        acts.extend(
            owned(s, start, language)
                .or_else(|| due(s, start, phrases, language))
                .or_else(|| order(s, start, label, language)),
        );
    }
    acts.retain(|a| a.from < a.to);
    Ok(acts)
}

fn next(s: &Sentence, at: usize) -> usize {
    let cut =
        (at..s.to).find(|&i| one_of(",|;|:|–|—|y|et|que|-|¿|.|!|?|(|mais|pero", s.words.word(i)));
    let mut i = cut.map_or(s.to, |i| i + 1);
    while matches!(s.words.word(i), "¿" | "¡" | "," | "-") {
        i += 1;
    }
    i
}

fn cut(s: &Sentence, begin: usize) -> usize {
    let mut end = begin;
    while end > s.from && one_of(",|;|y|et|mais|pero|-|–|¿", s.words.word(end - 1)) {
        end -= 1;
    }
    end
}

fn refuse(s: &Sentence, phrases: &Phrases) -> Result<(), Refusal> {
    let w = s.words;
    for i in s.from..s.to {
        let reminded = [
            "olvides", "olvide", "olvidar", "oublie", "oubliez", "olviden", "oublier", "te", "se",
            "tarde", "tard",
        ];
        match w.word(i) {
            "no" if reminded.contains(&w.word(i + 1)) || w.phrase(i, "no mas tarde").is_some() => {}
            "ne" | "n'" if reminded.contains(&w.word(i + 1)) => {}
            "no" | "nunca" | "jamas" | "ne" | "n'" | "jamais" | "aucun" | "aucune" | "ningun" => {
                return Err(Refusal::Negated);
            }
            "si" | "s'" if conditional(s, i, phrases) => return Err(Refusal::Hypothetical),
            "quizas" | "quiza" | "peut" if w.word(i) != "peut" || w.seq(i + 1, "- etre") => {
                return Err(Refusal::Hypothetical);
            }
            "eventuellement" | "probablemente" | "probablement" | "algun" | "ojala" => {
                return Err(Refusal::Hypothetical);
            }
            "siempre" | "toujours" | "normalmente" | "normalement" | "generalmente"
            | "generalement" => return Err(Refusal::Rule),
            "ejemplo" | "exemple" => return Err(Refusal::Example),
            "ya" | "deja"
                if w.seq(i.saturating_sub(1), "a deja")
                    || (s.from..s.to).any(|k| {
                        one_of("ha|han|a|ont|avons|ai|hemos|he|esta", w.word(k))
                            || w.has(k, Marks::PAST)
                    }) =>
            {
                return Err(Refusal::Past);
            }
            "\"" | "«" | "“" => return Err(Refusal::Example),
            _ => {}
        }
    }
    Ok(())
}

/// Whether "si" or "s'" at `i` opens a condition rather than politeness or "s'il vous plaît".
fn conditional(s: &Sentence, i: usize, phrases: &Phrases) -> bool {
    let w = s.words;
    if w.word(i) == "s'" {
        return w.word(i + 1) == "il" && w.phrase(i + 2, "te plait|vous plait").is_none();
    }
    let asks = (s.from..i).rev().take(3).any(|k| {
        one_of(
            "verifier|verifica|confirmar|confirmer|saber|savoir|comprobar|dire|decir|\
            preguntar|demander|revisar|verificar",
            w.word(k),
        )
    });
    let yes =
        w.word(i + 1) == "," || w.word(i + 1) == "!" || w.raw(i).chars().any(|c| !c.is_ascii());
    !asks && !yes && w.phrase(i + 1, phrases.polite).is_none()
}

fn is_verb(word: &str, language: Language) -> bool {
    language.lexicon().marks(word).any(Marks::VERB)
}

fn is_infinitive(w: &Words, i: usize) -> bool {
    let word = w
        .word(i)
        .trim_end_matches("me")
        .trim_end_matches("nos")
        .trim_end_matches("le")
        .trim_end_matches("lo");
    w.has(i, Marks::VERB)
        && (["ar", "er", "ir", "re", "oir"]
            .iter()
            .any(|e| word.ends_with(e)))
}

/// The infinitive of a future form, with its accents: "enviará" to "enviar", "préparera" to "préparer".
fn future(raw: &str, language: Language, first: bool) -> Option<String> {
    const IRREGULAR: &[(&str, &str)] = &[
        ("enverr", "envoyer"),
        ("fer", "faire"),
        ("ver", "voir"),
        ("viendr", "venir"),
        ("har", "hacer"),
        ("tendr", "tener"),
        ("pondr", "poner"),
        ("dir", "decir"),
        ("obtiendr", "obtenir"),
        ("reverr", "revoir"),
        ("har", "hacer"),
        ("traduir", "traduire"),
        ("conclur", "conclure"),
    ];
    let endings: &[&str] = match (language, first) {
        (Language::Spanish, true) => &["e"],
        (Language::Spanish, false) => &["a", "an", "as"],
        (_, true) => &["ai"],
        (_, false) => &["a", "ont", "as", "ez"],
    };
    let lower = raw.to_lowercase();
    let folded = fold_str(&lower);
    // In Spanish the accent tells "enviará" from "enviara" and "envía".
    if language == Language::Spanish
        && !lower.ends_with(['é', 'á'])
        && !lower.ends_with("án")
        && !lower.ends_with("ás")
    {
        return None;
    }
    endings.iter().find_map(|ending| {
        let stem = folded.strip_suffix(ending)?;
        if let Some((_, verb)) = IRREGULAR.iter().find(|(f, _)| *f == stem) {
            return Some((*verb).to_owned());
        }
        let kept: String = lower.chars().take(stem.chars().count()).collect();
        if is_verb(stem, language) && stem.ends_with('r') {
            return Some(kept);
        }
        let long = format!("{stem}e");
        if is_verb(&long, language) {
            return Some(format!("{kept}e"));
        }
        // "achètera" has an accent its infinitive lacks; "appellera" a second l.
        None
    })
}

/// The infinitive of a Spanish subjunctive: "revises" to "revisar".
fn subjunctive(word: &str, language: Language) -> Option<String> {
    let stem = ["es", "e", "as", "a", "en", "an", "ez", "iez"]
        .iter()
        .find_map(|e| word.strip_suffix(e))?;
    ["ar", "er", "ir", "re"]
        .iter()
        .map(|e| format!("{stem}{e}"))
        .find(|v| is_verb(v, language))
}

fn act(
    s: &Sentence,
    cue: Cue,
    owner: Owner,
    begin: usize,
    from: usize,
    form: Form,
    strength: f64,
) -> Act {
    Act {
        cue,
        owner,
        begin,
        from,
        to: s.to,
        form,
        strength,
    }
}

fn longest(s: &Sentence, at: usize, list: &str) -> Option<usize> {
    s.words.phrase(at, list)
}

/// Skips commas, "por favor" and small adverbs between a cue and its verb.
fn verb_after(s: &Sentence, mut i: usize) -> usize {
    for _ in 0..4 {
        let skip = s.words.phrase(
            i,
            ",|:|por favor|tambien|aussi|me|nous|nos|te|bien|m'|t'|l'|lui|leur|encore|egalement|ensuite|todavia|aun|y|en|se|s'|rapidement|urgemment|lo|les|tout|todo|s' il te plait|\
                    s' il vous plait|svp|stp|ya|vite|de nouveau|a|de|d'|vous|que|le|la|les|l'",
        );
        match skip {
            Some(n) if !s.words.has(i, Marks::VERB) && i + n < s.to => i += n,
            _ => break,
        }
    }
    i
}

fn clause(s: &Sentence, at: usize, p: &Phrases, language: Language) -> Option<Act> {
    let w = s.words;
    if let Some(length) = longest(s, at, p.asks) {
        let verb = verb_after(s, at + length);
        let modal = one_of("puede|puedes|tu|vous|pueden|peux|pouvez", w.word(at))
            && !s.asks()
            && !w.seq(at, "tu dois")
            && !w.seq(at, "vous devez");
        let thanks = w.word(at) == "merci" && length == 1;
        let courtesy = one_of(
            "noter|ne|agreer|croire|recevoir|dudes|dude|tenga|ten|trouver|excuser|patienter",
            w.word(verb),
        );
        if modal || thanks || courtesy {
            return None;
        }
        if w.has(verb, Marks::VERB) {
            return Some(act(
                s,
                Cue::Request,
                Owner::Reader,
                at,
                verb,
                Form::Plain,
                0.84,
            ));
        }
        let base = subjunctive(w.word(verb), language)?;
        return Some(act(
            s,
            Cue::Request,
            Owner::Reader,
            at,
            verb,
            Form::Spelled(format!(
                "{base} {}",
                super::rest(s, verb + 1, clause_end(s, verb), &[])
            )),
            0.8,
        ));
    }
    let spoken =
        at + usize::from(one_of("yo|moi|je", w.word(at)) && longest(s, at, p.first).is_none());
    if let Some(length) = longest(s, spoken, p.first)
        .map(|n| n + spoken - at)
        .filter(|_| !s.asks())
    {
        let verb = verb_after(s, at + length);
        let form = if w.has(verb, Marks::VERB) {
            Form::Plain
        } else if takes_noun(s, at + length) {
            Form::Spelled(charge(s, at + length, language))
        } else {
            return None;
        };
        return Some(act(s, Cue::Commitment, Owner::Speaker, at, verb, form, 0.8));
    }
    if let Some(length) = longest(s, at, p.obliged).filter(|_| !s.asks()) {
        let verb = verb_after(s, at + length);
        return is_infinitive(w, verb).then(|| {
            act(
                s,
                Cue::Obligation,
                Owner::Nobody,
                at,
                verb,
                Form::Plain,
                if s.setting.action || s.dated(|d| d.when.is_some()) {
                    0.72
                } else {
                    0.58
                },
            )
        });
    }
    let own = matches!(w.word(at), "yo" | "je" | "j'");
    let mut verb = at + usize::from(own);
    verb += usize::from(
        own && one_of(
            "le|la|les|l'|lo|los|las|te|vous|lui|leur|t'|vous|nous|os|se",
            w.word(verb),
        ),
    );
    if let Some(base) = future(w.raw(verb), language, true).filter(|_| !s.asks()) {
        let object = verb_object(s, verb);
        return Some(act(
            s,
            Cue::Commitment,
            Owner::Speaker,
            at,
            verb,
            Form::Spelled(format!("{base} {object}")),
            0.82,
        ));
    }
    let (name, to) = people::names(s, at)?;
    if s.asks() {
        return None;
    }
    let owner = Owner::Named(name);
    if let Some(length) = longest(s, to, p.links) {
        let verb = verb_after(s, to + length);
        let noun = !w.has(verb, Marks::VERB);
        let form = if noun {
            Form::Spelled(charge(s, to + length, language))
        } else {
            Form::Plain
        };
        let fits = !noun || takes_noun(s, to + length);
        return fits.then(|| act(s, Cue::Assignment, owner, at, verb.min(s.to), form, 0.84));
    }
    let skip = usize::from(one_of("se|lui|nous|nos|te|le|les|me", w.word(to)));
    let base = future(w.raw(to + skip), language, false)?;
    let object = verb_object(s, to + skip);
    Some(act(
        s,
        Cue::Assignment,
        owner,
        at,
        to + skip,
        Form::Spelled(format!("{base} {object}")),
        0.84,
    ))
}

/// Whether the words before token `i` take a noun: "se encarga de", "s'occupe de".
fn takes_noun(s: &Sentence, i: usize) -> bool {
    i >= 2
        && one_of("de|d'|charge", s.words.word(i - 1))
        && one_of(
            "encarga|encargo|encargan|encargara|encargare|encargado|encargada|occupe|charge|chargee|responsable|chargera|occupera|en",
            s.words.word(i - 2),
        )
}

/// "Encargarse de los gafetes".
fn charge(s: &Sentence, from: usize, language: Language) -> String {
    let verb = if language == Language::Spanish {
        "Encargarse de"
    } else {
        "S’occuper de"
    };
    format!("{verb} {}", super::rest(s, from, clause_end(s, from), &[]))
}

/// What follows a verb in its clause, without dates.
fn verb_object(s: &Sentence, verb: usize) -> String {
    super::rest(s, verb + 1, clause_end(s, verb), &[])
}

/// The end of the clause: before a conjunction that opens another with its own subject.
fn clause_end(s: &Sentence, from: usize) -> usize {
    let w = s.words;
    (from + 1..s.to)
        .find(|&i| {
            matches!(w.word(i), "!" | "?" | ";")
                || matches!(w.word(i), "," | "y" | "et")
                    && (people::known(s, i + 1)
                        || one_of(
                            "que|porque|pero|mais|car|para|yo|je|nous|por",
                            w.word(i + 1),
                        ))
        })
        .unwrap_or(s.to)
}

/// "Carlos: enviar ..", "Paul : envoyer ..".
fn owned(s: &Sentence, at: usize, language: Language) -> Option<Act> {
    let (owner, from) = prefix::owner(s, at)?;
    let order =
        s.words.has(from, Marks::VERB) || s.setting.action || s.dated(|d| d.lead == Lead::Due);
    let talk = s.asks()
        || s.words.has(from, Marks::GREETING.and(Marks::FIRST))
            && !is_verb(s.words.word(from), language);
    (order && !talk && from < s.to).then(|| act(s, Cue::Owner, owner, at, from, Form::Plain, 0.82))
}

/// "Fecha límite para inscribirse: ..", "El informe vence el viernes", "Le rapport est à rendre le ..".
fn due(s: &Sentence, at: usize, p: &Phrases, language: Language) -> Option<Act> {
    let w = s.words;
    let date = s
        .dates
        .iter()
        .find(|d| d.from >= at && d.to <= s.to && d.when.is_some())?;
    let verb = if language == Language::Spanish {
        "Entregar"
    } else {
        "Rendre"
    };
    if let Some(length) = longest(s, at, p.deadlines) {
        let from = at + length;
        let noun = super::rest(s, from, date.lead_from.max(from), &[]);
        let title = if is_infinitive(w, from) {
            noun.clone()
        } else {
            format!("{verb} {noun}")
        };
        return (noun.chars().filter(|c| c.is_alphabetic()).count() > 2).then(|| {
            act(
                s,
                Cue::Deadline,
                Owner::Nobody,
                at,
                from,
                Form::Spelled(title),
                0.74,
            )
        });
    }
    let link = (at + 1..s.to.min(at + 12)).find_map(|i| {
        w.phrase(
            i,
            "vence|vencen|se entrega|se entregan|debe entregarse|debe estar listo|\
                    debe estar lista|es para el|est a rendre|sont a rendre|a rendre|\
                    doit etre rendu|doit etre remis|doit etre rendue|debe presentarse|\
                    est attendu|est du|hay que entregarlo",
        )
        .map(|_| i)
    })?;
    let noun = super::rest(s, at, link, &[]);
    (!noun.is_empty()).then(|| {
        act(
            s,
            Cue::Deadline,
            Owner::Nobody,
            at,
            at,
            Form::Spelled(format!("{verb} {}", lower_first(&noun))),
            0.76,
        )
    })
}

fn lower_first(noun: &str) -> String {
    let mut chars = noun.chars();
    chars
        .next()
        .map(|c| c.to_lowercase().chain(chars).collect())
        .unwrap_or_default()
}

/// "Enviar el informe antes del viernes", "Relire le contrat".
fn order(s: &Sentence, at: usize, label: bool, language: Language) -> Option<Act> {
    let w = s.words;
    let verb = w.has(at, Marks::VERB);
    let due = s.dated(|d| d.when.is_some() && d.lead == Lead::Due);
    if s.asks() || at >= s.to {
        return None;
    }
    let strength = match () {
        () if label => 0.78,
        () if verb && s.setting.action => 0.84,
        () if verb && s.setting.item && due => 0.78,
        () if verb && due => 0.68,
        () if verb && s.setting.orders => 0.64,
        () if verb
            && s.setting.addressed
            && imperative(w, at, language)
            && (at + 1..s.to.min(at + 4)).any(|i| w.has(i, Marks::FIRST)) =>
        {
            0.62
        }
        () => return None,
    };
    Some(act(
        s,
        Cue::Imperative,
        Owner::Nobody,
        at,
        at,
        Form::Plain,
        strength,
    ))
}

fn imperative(w: &Words, i: usize, language: Language) -> bool {
    is_verb(w.word(i), language) && !is_infinitive(w, i)
}
