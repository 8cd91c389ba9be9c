//! One clause of a Spanish or French sentence.

use crate::acts::romance::forms::{future, is_infinitive, of_present, subjunctive};
use crate::acts::romance::phrases::Phrases;
use crate::acts::romance::{act, orders};
use crate::acts::{Act, Cue, Form, Owner, Sentence, people};
use crate::dates::Lead;
use crate::language::{Language, Marks};

pub(crate) fn longest(s: &Sentence, at: usize, list: &'static str) -> Option<usize> {
    s.words.phrase(at, list)
}

/// Skips commas, "por favor" and small adverbs between a cue and its verb.
pub(crate) fn verb_after(s: &Sentence, mut i: usize) -> usize {
    for _ in 0..4 {
        let skip = s.words.phrase(
            i,
            ",|:|juste|simplement|seulement|solo|solamente|unicamente|simplemente|peut - etre|quand meme|por favor|tambien|aussi|me|nous|nos|te|bien|m'|t'|l'|lui|leur|encore|egalement|ensuite|todavia|aun|y|en|se|s'|rapidement|urgemment|lo|les|tout|todo|s' il te plait|\
                    s' il vous plait|svp|stp|ya|vite|de nouveau|a|de|d'|vous|que|le|la|les|l'",
        );
        match skip {
            Some(n) if !s.words.has(i, Marks::VERB) && i + n < s.to => i += n,
            _ => break,
        }
    }
    i
}

/// "Yo llamo mañana": in Spanish the present says what one will do, with a day.
fn present(s: &Sentence, at: usize, language: Language) -> Option<Act> {
    let w = s.words;
    let verb = at + 1;
    let dated = s.dated(|d| {
        d.when
            .as_ref()
            .is_some_and(|when| when.recurrence.is_none())
    });
    if !dated || s.asks() {
        return None;
    }
    if language == Language::French {
        return french_present(s, at);
    }
    let dated_head = s.dates.iter().any(|d| d.from == s.from && d.to == at);
    let opens = w.word(at) == "yo"
        || (at == s.from || dated_head) && w.one_of(at, "te|os|le|les|lo|la|los|las|se");
    let lone = (at == s.from || dated_head)
        && s.setting.addressed
        && !w.has(at, Marks::MEETING.and(Marks::COURSEWORK))
        && w.shape(at) == crate::text::Shape::Word;
    let verb = if opens { verb } else { at };
    if !(opens || lone) {
        return None;
    }
    let verb = verb + usize::from(opens && w.one_of(verb, "te|os|le|les|lo|la|los|las|se"));
    let stem = w.word(verb).strip_suffix('o')?;
    let known = |ending: &str| {
        let base = format!("{stem}{ending}");
        language
            .lexicon()
            .marks(&base)
            .any(Marks::VERB)
            .then_some(base)
    };
    let base = ["ar", "er", "ir"].into_iter().find_map(known)?;
    let rest = crate::acts::rest(s, verb + 1, clause_end(s, verb), &[]);
    if rest.is_empty() {
        return None;
    }
    Some(about_to(s, at, verb, &format!("{base} {rest}")))
}

/// What the speaker is about to do, said in the present.
fn about_to(s: &Sentence, at: usize, verb: usize, deed: &str) -> Act {
    let form = Form::Spelled(deed.to_owned());
    act(s, Cue::Commitment, Owner::Speaker, at, verb, form, 0.78)
}

/// "Je t'envoie les photos demain": with a day the present speaks of what is to come.
fn french_present(s: &Sentence, at: usize) -> Option<Act> {
    let w = s.words;
    if !matches!(w.word(at), "je" | "j'") {
        return None;
    }
    let verb = at + 1 + usize::from(w.one_of(at + 1, "te|t'|vous|lui|leur|le|la|les|l'|m'|me"));
    let base = of_present(w.raw(verb), Language::French)?;
    let rest = crate::acts::rest(s, verb + 1, clause_end(s, verb), &[]);
    Some(about_to(s, at, verb, &format!("{base} {rest}")))
}

/// One clause from token `at`: an act, or nothing.
pub(crate) fn clause(s: &Sentence, at: usize, p: &Phrases, language: Language) -> Option<Act> {
    if let Some(length) = longest(s, at, p.asks) {
        return asked(s, at, length, language);
    }
    let spoken =
        at + usize::from(s.words.one_of(at, "yo|moi|je") && longest(s, at, p.first).is_none());
    if let Some(length) = longest(s, spoken, p.first).filter(|_| !s.asks()) {
        return own(s, at, spoken + length, language);
    }
    if let Some(length) = longest(s, at, p.obliged).filter(|_| !s.asks()) {
        return obliged(s, at, length);
    }
    let spanish = language == Language::Spanish;
    let order = || spanish.then(|| orders::ordered(s, at)).flatten();
    wanted(s, at, language)
        .or_else(order)
        .or_else(|| present(s, at, language))
        .or_else(|| promised(s, at, language))
        .or_else(|| assigned(s, at, p, language))
}

/// "Merci de ..", "¿Podrías ..?": a request before an infinitive or a subjunctive.
fn asked(s: &Sentence, at: usize, length: usize, language: Language) -> Option<Act> {
    let w = s.words;
    let verb = verb_after(s, at + length);
    let modal = w.one_of(at, "puede|puedes|tu|vous|pueden|peux|pouvez")
        && !s.asks()
        && !w.seq(at, "tu dois")
        && !w.seq(at, "vous devez");
    let thanks = w.word(at) == "merci" && length == 1;
    let courtesy = w.one_of(
        verb,
        "noter|ne|agreer|croire|recevoir|dudes|dude|tenga|ten|trouver|excuser|patienter",
    );
    if modal || thanks || courtesy {
        return None;
    }
    let request = |form, strength| act(s, Cue::Request, Owner::Reader, at, verb, form, strength);
    if w.has(verb, Marks::VERB) {
        return Some(request(Form::Plain, 0.84));
    }
    let whole = w.word(at + length - 1) == "que";
    Some(request(wished(s, verb, language, whole)?, 0.8))
}

/// The order in a verb behind "que" that says what is wished; `whole` where any verb may stand there.
pub(super) fn wished(s: &Sentence, verb: usize, language: Language, whole: bool) -> Option<Form> {
    let w = s.words;
    let base = subjunctive(w.word(verb), language)
        .or_else(|| orders::asked(s, verb))
        .or_else(|| unlisted(w.raw(verb), language).filter(|_| whole))?;
    Some(Form::Spelled(format!("{base} {}", verb_object(s, verb))))
}

/// The infinitive that a Spanish subjunctive behind "que" most likely has: "abone" to "abonar".
fn unlisted(raw: &str, language: Language) -> Option<String> {
    let lower = raw.to_lowercase();
    let stem = ["es", "en", "e"]
        .iter()
        .find_map(|e| lower.strip_suffix(e))?;
    (language == Language::Spanish && stem.len() > 2).then(|| format!("{stem}ar"))
}

/// "Je dois ..", "me encargo de ..": the speaker's own, up to token `to`.
fn own(s: &Sentence, at: usize, to: usize, language: Language) -> Option<Act> {
    let verb = verb_after(s, to);
    let form = if s.words.has(verb, Marks::VERB) {
        Form::Plain
    } else if takes_noun(s, to) {
        Form::Spelled(charge(s, to, language))
    } else {
        return None;
    };
    Some(act(s, Cue::Commitment, Owner::Speaker, at, verb, form, 0.8))
}

/// "Il faut ..", "hay que ..".
fn obliged(s: &Sentence, at: usize, length: usize) -> Option<Act> {
    let verb = verb_after(s, at + length);
    let pressing = s.setting.action || s.dated(|d| d.when.is_some());
    let strength = if pressing { 0.72 } else { 0.58 };
    is_infinitive(s.words, verb).then(|| {
        act(
            s,
            Cue::Obligation,
            Owner::Nobody,
            at,
            verb,
            Form::Plain,
            strength,
        )
    })
}

/// "J'enverrai ..", "enviaré ..": the future in the first person.
fn promised(s: &Sentence, at: usize, language: Language) -> Option<Act> {
    let w = s.words;
    let own = matches!(w.word(at), "yo" | "je" | "j'");
    let mut verb = at + usize::from(own);
    verb += usize::from(
        own && w.one_of(
            verb,
            "le|la|les|l'|lo|los|las|te|vous|lui|leur|t'|vous|nous|os|se",
        ),
    );
    let base = future(w.raw(verb), language, true).filter(|_| !s.asks())?;
    let form = Form::Spelled(format!("{base} {}", verb_object(s, verb)));
    Some(act(
        s,
        Cue::Commitment,
        Owner::Speaker,
        at,
        verb,
        form,
        0.82,
    ))
}

/// "Marie doit ..", "Ana enviará ..".
fn assigned(s: &Sentence, at: usize, p: &Phrases, language: Language) -> Option<Act> {
    let w = s.words;
    if let Some(act) = charged(s, at, language) {
        return Some(act);
    }
    let (name, to) = people::names(s, at).or_else(|| crowd(s, at))?;
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
    let verb = to + usize::from(w.one_of(to, "se|lui|nous|nos|te|le|les|me"));
    let dated = s.dated(|d| d.when.as_ref().is_some_and(|x| x.recurrence.is_none()));
    let given = |base: &String| {
        people::hands_out(base)
            && (dated && people::known(s, at)
                || s.dated(|d| d.when.is_some() && d.lead == Lead::Due)
                || s.setting.item && people::listed(s, at))
    };
    let base = future(w.raw(verb), language, false)
        .or_else(|| of_present(w.raw(verb), language).filter(given))
        .or_else(|| {
            subjunctive(w.word(verb), language)
                .filter(|_| at > 0 && w.word(at - 1) == "que" && people::known(s, at))
        })?;
    let form = Form::Spelled(format!("{base} {}", verb_object(s, verb)));
    Some(act(s, Cue::Assignment, owner, at, verb, form, 0.84))
}

/// "Queda encargada la presidenta, Noelia, de avisar a Gasnor", "se encarga Javi de las llaves": the verb comes first.
fn charged(s: &Sentence, at: usize, language: Language) -> Option<Act> {
    const CHARGES: &str = "\
        queda encargado|queda encargada|quedan encargados|quedan encargadas|se encarga|se encargan|se encargara|se encargaran|se ocupa|se ocupara|se compromete|est charge|est chargee|sont charges";
    let w = s.words;
    let (name, to) = people::names(s, at + w.phrase(at, CHARGES)?)?;
    let of = (to..s.to.min(to + 6)).find(|&i| w.one_of(i, "de|del|a|d'|du|des"))?;
    let spared = (to..of).all(|i| w.word(i) == "," || crate::acts::name_like(w, i));
    let object = crate::acts::rest(s, of + 1, clause_end(s, of), &[]);
    let form = if is_infinitive(w, of + 1) {
        Form::Plain
    } else {
        Form::Spelled(charge(s, of + 1, language))
    };
    let aside = crate::acts::spelled(w, to, of);
    let aside = aside.trim_matches([',', ' ']);
    let owner = if aside.is_empty() {
        name
    } else {
        format!("{name} {aside}")
    };
    (spared && !object.is_empty() && !s.asks()).then(|| {
        act(
            s,
            Cue::Assignment,
            Owner::Named(owner),
            at,
            of + 1,
            form,
            0.8,
        )
    })
}

/// "Cada propietario tiene que ..", "chaque locataire doit ..": a crowd, where a day is set.
fn crowd(s: &Sentence, at: usize) -> Option<(String, usize)> {
    let w = s.words;
    let length = w.phrase(at, "cada|todos los|todas las|chaque|tous les|toutes les")?;
    let due = s.dated(|d| {
        d.lead == Lead::Due
            && d.when
                .as_ref()
                .is_some_and(|when| when.recurrence.is_none())
    });
    let to = at + length + 1;
    (due && to < s.to).then(|| (crate::acts::spelled(w, at, to), to))
}

/// Whether the words before token `i` take a noun: "se encarga de", "s'occupe de".
pub(crate) fn takes_noun(s: &Sentence, i: usize) -> bool {
    i >= 2
        && s.words.one_of(i - 1, "de|d'|du|des|del|charge")
        && s.words.one_of(i - 2, "encarga|encargo|encargan|encargara|encargare|encargado|encargada|ocupo|ocupa|occupe|charge|chargee|responsable|chargera|occupera|en")
}

/// "Encargarse de los gafetes".
pub(crate) fn charge(s: &Sentence, from: usize, language: Language) -> String {
    let verb = if language == Language::Spanish {
        "Encargarse de"
    } else {
        "S’occuper de"
    };
    format!(
        "{verb} {}",
        crate::acts::rest(s, from, clause_end(s, from), &[])
    )
}

/// What follows a verb in its clause, without dates.
pub(crate) fn verb_object(s: &Sentence, verb: usize) -> String {
    crate::acts::rest(s, verb + 1, clause_end(s, verb), &[])
}

/// The end of the clause: before a conjunction that opens another with its own subject.
pub(crate) fn clause_end(s: &Sentence, from: usize) -> usize {
    let w = s.words;
    (from + 1..s.to)
        .find(|&i| {
            matches!(w.word(i), "!" | "?" | ";")
                || matches!(w.word(i), "," | "y" | "et")
                    && (people::known(s, i + 1)
                        || w.one_of(i + 1, "que|porque|pero|mais|car|para|yo|je|nous|por"))
        })
        .unwrap_or(s.to)
}

/// "Il me faut les photos pour demain", "necesito las fotos para mañana": a thing, by a day.
fn wanted(s: &Sentence, at: usize, language: Language) -> Option<Act> {
    const WANTS: &str = "\
        il me faut|il nous faut|il me faudrait|il nous faudrait|j' aurais besoin de|j' aurais besoin du|j' aurais besoin des|j' ai besoin de|j' ai besoin du|j' ai besoin des|nous avons besoin de|nous avons besoin du|on a besoin de|j' attends|nous attendons|\
        necesito|necesitamos|me hace falta|me hacen falta|nos hace falta|nos hacen falta|necesitaria|me gustaria tener|me vendria bien|me falta|me faltan|nos falta|nos faltan";
    let w = s.words;
    let mut from = at + w.phrase(at, WANTS)?;
    while w.one_of(
        from,
        "aussi|egalement|encore|tambien|todavia|aun|ademas|vite",
    ) {
        from += 1;
    }
    let due = s.dated(|d| d.when.is_some() && d.from > from);
    let thing = w.one_of(from, "le|la|les|l'|ton|ta|tes|votre|vos|un|une|el|los|las|tu|tus|su|sus|una|unos|unas|deux|dos|tres|trois|cette|esta|este|tous|todos");
    let object = crate::acts::rest(s, from, clause_end(s, from), &[]);
    let verb = if language == Language::Spanish {
        "Enviar"
    } else {
        "Envoyer"
    };
    (due && thing && !s.asks() && !object.is_empty()).then(|| {
        act(
            s,
            Cue::Request,
            Owner::Reader,
            at,
            from,
            Form::Spelled(format!("{verb} {object}")),
            0.72,
        )
    })
}
