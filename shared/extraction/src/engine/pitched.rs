//! Messages that only sell: who is told to save, to hurry, to book and to unsubscribe is asked for nothing.

use super::Run;
use super::prepare::Prepared;
use crate::acts::Sentence;
use crate::dates::Lead;
use crate::language::Marks;
use crate::segment::Document;
use crate::text::{Words, fold_str, one_of};

/// As many different ways to sell make a message an advertisement.
const ENOUGH: usize = 4;

/// As many words for each of them a message has at most.
const WORDS: usize = 100;

/// Headings of the advertisements in a bulletin.
const APART: &str = "publicite|publicites|anzeige|anzeigen|werbung|advertisement|advertisements|sponsored|our sponsors|publicidad|anuncios|reklam";

/// Of as many bytes the fine print is read, too.
const SMALL: usize = 8_000;

/// Ways to sell, each said in one of many phrases.
const WAYS: [&str; 14] = [
    "unsubscribe|opt out|newsletter abbestellen|darse de baja|date de baja|envie baja|responda baja|desabonner|desinscrire|abonelikten",
    "view in browser|view this email|im browser ansehen|ver en el navegador|voir dans le navigateur|you receive this because|you are receiving this",
    "% off|% discount|% rabatt|% nachlass|% de descuento|% de reduction|% de remise|% indirim|discount|rabatt|descuento|indirim|indirimi|half price|zum halben preis|mitad de precio|moitie prix|yari fiyatina|2 for 1|two for one",
    "for free|free of charge|a free|your free|free demo|free trial|free delivery|free shipping|free quote|free entry|free parking|free sample|free survey|free home|free consultation|free for|gratis|kostenlos|kostenfrei|gratuit|gratuite|gratuits|gratuites|gratuita|gratuito|ucretsiz|bedava",
    "special offer|spring offer|summer offer|autumn offer|winter offer|early bird|sonderangebot|aktionspreis|oferta|promocion|offre speciale|offre valable|offre non|kampanya|firsat|firsati",
    "book now|book online|book your|book a demo|order now|order online|buy now|shop now|jetzt buchen|jetzt bestellen|jetzt sichern|reserva tu|reserva ya|compra ya|contrate|reservez vite|reservez votre|commandez|profitez|rezervasyon|hemen al",
    "sign up|register today|register now|register before|subscribe to our|jetzt anmelden|inscribete|suscribete|inscrivez - vous|abonnez - vous|hemen kaydol|takip et",
    "terms apply|terms and conditions apply|t & c|t & cs|conditions apply|solange der vorrat|no acumulable|consulta las bases|consulte condiciones|sujeto a disponibilidad|voir conditions|non cumulable",
    "while stocks last|stocks last|seats left|places left|spots left|limited places|limited offer|limited time|nur noch|plazas limitadas|ultimas plazas|quantites limitees|places limitees|sinirli",
    "don't miss|hurry|last chance|act now|act by|nicht verpassen|no te lo pierdas|no esperes mas|no lo deje|ne manquez pas|ne tardez plus|vite|kacirma|kacirmayin|hemen",
    "and save|save £|save $|save €|save up|save big|claim|sparen sie|spare jetzt|ahorra|ahorre|llevate|llevese|economisez|gagnez|kazan|kazanin|win a|enter our prize|prize draw",
    "call us|visit us|visit our|find us|follow us|join us at booth|our stand|call now|call today|besuchen sie uns|rufen sie uns an|visitanos|visitenos|llama ya|llame ya|notre stand|appelez vite|bizi ara|hemen arayin|hemen ara",
    "no obligation|no - obligation|no credit card|unverbindlich|sin compromiso|sans engagement|voucher|vouchers|coupon|gutschein|cupon|promo code|use code|kupon|kodu|code promo|webinar|e - book|ebook",
    "loyalty card|new customers|returning customers|trusted by|award - winning|award winning|from only|from just|per person|ab nur|desde solo|a partir de|des|'den baslayan",
];

/// Which messages sell.
pub(super) fn pitched(document: &Document, prepared: &[Prepared]) -> Vec<bool> {
    let mut words = vec![0_usize; document.messages.len()];
    let mut ways = vec![0_u32; document.messages.len()];
    for item in prepared {
        if let Some(words) = words.get_mut(item.unit.message) {
            *words += item.words.len();
        }
    }
    for item in prepared {
        let at = item.unit.message;
        // A bulletin with an advertisement under its own heading sells nothing else.
        let heading = &document.text[document.sections[item.unit.section].heading.clone()];
        let apart = one_of(APART, &fold_str(heading.trim_matches(['#', '*', ' ', ':'])));
        let brief = words
            .get(at)
            .is_some_and(|&words| words <= WORDS * WAYS.len());
        if brief && !apart {
            ways[at] |= ways_of(&item.words);
        }
    }
    // Fine print is left out of what is read.
    let small = document.text.len() <= SMALL;
    if let ([ways], true) = (ways.as_mut_slice(), small) {
        let whole = Words::read(document.text, 0, document.text.len());
        *ways |= u32::from(whole.any_phrase(0..whole.len(), WAYS[0]));
    }
    let sells = |(&ways, &words): (&u32, &usize)| {
        let ways = ways.count_ones() as usize;
        ways >= ENOUGH && words <= WORDS * ways
    };
    ways.iter().zip(&words).map(sells).collect()
}

/// Which ways to sell a passage has, a bit for each.
fn ways_of(w: &Words) -> u32 {
    let said = |way: &&'static str| w.any_phrase(0..w.len(), way);
    let all = WAYS.iter().enumerate();
    all.filter(|(_, way)| said(way))
        .fold(0, |ways, (place, _)| ways | 1 << place)
}

impl Run<'_, '_> {
    /// Whether a sentence stands in a message that sells; what is asked for politely until a day may be meant all the same.
    pub(super) fn is_pitch(&self, s: &Sentence, message: usize) -> bool {
        let due = || s.dated(|d| d.lead == Lead::Due && d.when.is_some());
        let pleads = || (s.from..s.to).any(|i| s.words.has(i, Marks::PLEASE));
        let sells = || WAYS.iter().any(|way| s.words.any_phrase(s.from..s.to, way));
        self.pitched.get(message).copied().unwrap_or(false) && !(pleads() && due() && !sells())
    }
}
