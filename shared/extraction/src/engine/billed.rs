//! Invoices: the line that says by when they are paid.

use super::Run;
use super::prepare::Prepared;
use crate::dates::{self, When};
use crate::draft::Draft;
use crate::language::Language;
use crate::text::{Shape, Words, fold_str, one_of};
use sentry_domain::TaskType;

/// As many units of its head may call a document an invoice; longer documents only speak of one.
const HEAD: usize = 8;
const LONGEST: usize = 60;

/// What an invoice calls itself.
const BILLS: &str = "invoice|rechnung|facture|factura|fatura";

/// What stands before the day of payment.
const DUE: &str = "\
    due date|payment due|payment due date|payment due by|payable by|payable on or before|amount due by|balance due by|to be paid by|due by|due on|\
    zahlbar bis|zahlbar bis zum|zahlbar am|fallig am|fallig bis|fallig zum|falligkeit|falligkeitsdatum|zahlungsziel|\
    echeance|date d'echeance|date d' echeance|a regler avant|a regler avant le|a regler pour le|a payer avant|a payer avant le|payable avant|payable avant le|payable le|date limite de paiement|\
    vencimiento|fecha de vencimiento|a pagar antes del|pagadero antes del|son odeme tarihi|vade tarihi|vade";

/// What says that nothing is left to be paid, or that it is fetched.
const PAID: &str = "\
    paid in full|already paid|paid on|payment received|direct debit|will be debited|bezahlt|betrag erhalten|dankend erhalten|abgebucht|eingezogen|lastschrift|\
    acquittee|deja reglee|deja payee|prelevement|prelevee|preleve|pagada|pagado|domiciliado|odendi|odenmistir|otomatik odeme";

/// Verbs of payment, by which another sentence of the invoice asks for it.
const PAYS: &str = "pay|payment|remit|transfer|settle|zahlen|bezahlen|uberweisen|begleichen|regler|payer|virer|pagar|abonar|ode|odeyin|odeme|total|amount|betrag";

impl Run<'_, '_> {
    /// Makes sure that an invoice is one task, due when its own line says so.
    pub(super) fn settle_bill(&mut self, prepared: &[Prepared]) {
        let paid = |item: &Prepared| item.words.any_phrase(0..item.words.len(), PAID);
        if prepared.len() > LONGEST || prepared.iter().any(paid) {
            return;
        }
        let Some(title) = prepared.iter().take(HEAD).find_map(titled) else {
            return;
        };
        let owed = prepared.iter().find_map(|item| {
            let (when, at, to) = self.owed(item)?;
            Some((item, when, item.words.bytes(at, to)))
        });
        let Some((item, when, quote)) = owed else {
            return;
        };
        let says = |draft: &Draft| {
            let verb = fold_str(draft.title.split(' ').next().unwrap_or(""));
            let within = draft.quote.start < quote.end && quote.start < draft.quote.end;
            let last = fold_str(draft.title.rsplit(' ').next().unwrap_or(""));
            draft.task_type == TaskType::Task
                && (within || one_of(PAYS, &verb) || one_of(PAYS, &last))
        };
        self.drafts.retain(|draft| !says(draft));
        let mut draft = Draft::task(title, quote, 0.76, item.index);
        draft.due(&when, self.context.zone);
        self.drafts.push(draft);
    }

    /// The day of payment that a passage names, with the tokens that say so.
    fn owed(&self, item: &Prepared) -> Option<(When, usize, usize)> {
        let w = &item.words;
        let reference = self.reference(item.unit.message, item.language);
        let found = dates::scan(w, &reference, false);
        let today = reference.today();
        (0..w.len()).find_map(|i| {
            let opens =
                i == 0 || w.shape(i - 1) != Shape::Word || w.slice(i - 1, i + 1).contains('\n');
            let length = w.phrase(i, DUE).filter(|_| opens)?;
            let near = |d: &&dates::Found| d.from >= i && d.from <= i + length + 2;
            let date = found.iter().find(near)?;
            let when = date
                .when
                .clone()
                .filter(|when| when.day_given && when.day >= today)?;
            Some((when, i, date.to))
        })
    }
}

/// "Invoice 1182" as an order, where a short line calls the document so.
fn titled(item: &Prepared) -> Option<String> {
    const WIDEST: usize = 40;
    let w = &item.words;
    let at = (0..w.len().min(3)).find(|&i| w.one_of(i, BILLS))?;
    let line = |i: &usize| !w.slice(at, i + 1).contains('\n');
    let behind = (at + 1..w.len().min(at + 6)).take_while(line);
    let short = w.len() <= WIDEST && (w.capital(at) || at == 0);
    let number = behind.clone().find_map(|i| numbered(w, i));
    let bare = behind.count() == 0;
    let name = match &number {
        Some(number) => format!(" {number}"),
        None => String::new(),
    };
    (short && (bare || number.is_some())).then(|| match item.language {
        Language::German => format!("Rechnung{name} bezahlen"),
        Language::French => format!("Régler la facture{name}"),
        Language::Spanish => format!("Pagar la factura{name}"),
        Language::Turkish => format!("Fatura{name} öde"),
        Language::English => match w.word(at) {
            "rechnung" => format!("Rechnung{name} bezahlen"),
            "facture" => format!("Régler la facture{name}"),
            "factura" => format!("Pagar la factura{name}"),
            _ => format!("Pay invoice{name}"),
        },
    })
}

/// The number that begins at a token, with all that touches it: "2026-118".
fn numbered(w: &Words, i: usize) -> Option<String> {
    let digits = |i: usize| w.raw(i).chars().any(|c| c.is_ascii_digit());
    if !digits(i) {
        return None;
    }
    let mut from = i;
    while from > 0 && w.touches(from - 1) && !w.one_of(from - 1, "#|°|.|:") {
        from -= 1;
    }
    let mut to = i + 1;
    while to < w.len() && w.touches(to - 1) && !w.one_of(to, ".|,|:|;") {
        to += 1;
    }
    Some(w.slice(from, to).to_owned())
}
