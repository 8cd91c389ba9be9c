//! What a body outside is going to do is news: "Die Gemeinde will die Zeiten kürzen", "Microsoft are going to fix it".

use super::{Run, Scene, over};
use crate::acts::{Act, Owner, Sentence};
use crate::item::Refusal;
use crate::language::{Language, Marks};
use crate::text::{Shape, fold_str, one_of};

/// Authorities, companies and whoever else is spoken of as a body.
const BODIES: &str = "\
    maire|mairie|fournisseur|entreprise|societe|gouvernement|ministre|ministere|prefecture|police|banque|assureur|client|clients|proprietaire|locataires|habitants|commune|alcalde|ayuntamiento|proveedor|empresa|gobierno|ministro|ministerio|policia|banco|cliente|clientes|vecinos|casero|aseguradora|\
    burgermeister|burgermeisterin|firma|lieferant|stadt|gemeinde|regierung|minister|ministerium|polizei|bank|versicherung|kunde|kunden|vermieter|bahn|tedarikci|sirket|belediye|hukumet|bakan|banka|musteriler|musteri|kiracilar|baskani|\
    council|city|county|government|ministry|landlord|airline|insurer|manufacturer|microsoft|google|apple|amazon|adobe|oracle|vodafone|telekom|telefonica|movistar|turkcell";

impl Run<'_, '_> {
    /// Why a sentence that speaks of others or to all asks nothing, however much it looks like an order.
    pub(super) fn told_of_others(&self, s: &Sentence, scene: &Scene) -> Option<Refusal> {
        let news = self.is_news(s, scene).then_some(Refusal::Report);
        news.or_else(|| over::advises(s).then_some(Refusal::Rule))
    }

    /// Whether a sentence only says what a body outside is going to do, on some day and by no hour.
    fn is_news(&self, s: &Sentence, scene: &Scene) -> bool {
        const ARTICLES: &str = "the|our|die|der|das|unser|unsere|la|le|l'|el|los|les|notre|nuestro|nuestra|local|ortliche";
        /// As many bytes at the head of a document say whose it is.
        const HEAD: usize = 300;
        let w = s.words;
        if scene.structured || s.asks() {
            return false;
        }
        let at = s.from + usize::from(w.one_of(s.from, ARTICLES));
        let at = at + usize::from(w.one_of(at, ARTICLES));
        if !w.one_of(at, BODIES) || !plans(s, at + 1, scene.item.language) {
            return false;
        }
        let text = self.document.text;
        let head = fold_str(&text[..text.floor_char_boundary(HEAD.min(w.bytes(at, at + 1).start))]);
        !head.contains(w.word(at))
    }
}

/// Whether behind the body that ends before token `at` stands what it is going to do, and nothing that it wants of others.
fn plans(s: &Sentence, at: usize, language: Language) -> bool {
    const PLANS: &str = "will|is going to|are going to|plans to|plan to|wants to|want to|intends to|intend to|wird|werden|wollen|plant|planen|mochte|mochten|va|vont|veut|veulent|prevoit de|va a|van a|quiere|quieren|piensa";
    const RECEIVES: &str = "receive|have|see|get|know|hear|need|require|want|expect|ask|come|visit|call|ring|meet|contact|pick|collect|inspect|deliver|erhalten|haben|sehen|bekommen|wissen|brauchen|benotigen|verlangen|kommen|besuchen|anrufen|abholen|prufen|wollen|recevoir|avoir|voir|savoir|venir|passer|appeler|recibir|tener|ver|saber|venir|pasar|llamar|necesitar|istiyor";
    let w = s.words;
    let open = Marks::CONDITION.and(Marks::SECOND).and(Marks::PLEASE);
    let turned = (at..s.to).any(|i| w.has(i, open)) || w.any_of(at..s.to, RECEIVES);
    let timed = s.dated(|d| d.when.as_ref().is_some_and(|when| when.time.is_some()));
    let Some(last) = (at..s.to).rev().find(|&i| w.shape(i) == Shape::Word) else {
        return false;
    };
    // German says the deed last: "die Gemeinde will eine Skizze" wants something of others.
    let deed = match language {
        Language::German => w.word(last).ends_with('n') && !w.capital(last),
        _ => true,
    };
    let turkish = ["ecek", "acak", "ecekler", "acaklar"]
        .iter()
        .any(|ending| w.word(last).ends_with(ending));
    !turned && !timed && deed && (w.phrase(at, PLANS).is_some() || turkish)
}

/// Whether what an act names as its owner is such a body.
pub(super) fn owns(act: &Act) -> bool {
    let Owner::Named(name) = &act.owner else {
        return false;
    };
    let folded = fold_str(name);
    folded
        .rsplit(' ')
        .next()
        .is_some_and(|word| one_of(BODIES, word))
}
