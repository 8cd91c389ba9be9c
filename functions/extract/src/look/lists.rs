//! Lists beside each other, each under whatever heading: read one after the other, and told from a table.

use super::board::{under, write};
use super::parts::{Part, are_broken, bound, height, parts};
use super::reading::Line;

/// What heads the columns of a table, in five languages. Its rows belong together.
const TABLE: &str = "\
    task|tasks|action|actions|item|items|activity|what|who|owner|owners|responsible|name|names|when|due|date|deadline|day|time|where|place|\
    room|status|state|priority|comment|comments|note|notes|remark|remarks|description|details|contact|phone|email|amount|price|qty|\
    quantity|total|number|no|aufgabe|was|wer|wann|wo|bis|datum|frist|zeit|uhrzeit|ort|raum|bemerkung|kommentar|notiz|beschreibung|menge|\
    preis|telefon|tarea|que|quien|cuando|donde|fecha|hora|lugar|comentario|nota|descripcion|cantidad|precio|nombre|tache|quoi|qui|quand|\
    ou|heure|lieu|commentaire|remarque|quantite|prix|nom|gorev|ne|zaman|tarih|saat|yer|aciklama|miktar|fiyat|isim";
/// A heading has at most this many words.
const HEADING: usize = 4;
/// Most columns somebody draws on a board.
const MOST: usize = 6;
/// How far an item may stand from the left of its heading, as a share of how far it stands under it: a board that is
/// photographed askew.
const ASKEW: f64 = 0.15;

/// The text of lists beside each other; what is written above them first.
pub(super) fn read(lines: &[Line]) -> Option<String> {
    let height = height(lines)?;
    let parts = parts(lines, height);
    let heads = heads(&parts, height)?;
    let (above, columns) = under(&heads, &parts, height);
    let is_head = |part: &Part| heads.iter().any(|head| head.is_same(part));
    let above: Vec<&Part> = above.into_iter().filter(|part| !is_head(part)).collect();
    if !are_lists(&heads, &above, &columns, height) {
        return None;
    }
    let above: Vec<String> = above.iter().map(|part| part.text()).collect();
    // What is longer may as well be the first item of its list.
    let mark = if heads.iter().all(is_short) { "# " } else { "" };
    let name = |head: &Part| format!("{mark}{}", head.text().trim_end_matches(':'));
    let names: Vec<String> = heads.iter().map(name).collect();
    Some(write(&above, &names, &columns, height))
}

/// The first parts from above that stand beside each other, from the left.
fn heads<'a>(parts: &[Part<'a>], height: f64) -> Option<Vec<Part<'a>>> {
    let mut sorted: Vec<&Part> = parts.iter().collect();
    sorted.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
    let beside = |first: &Part<'a>| {
        let beside = parts.iter().filter(|part| part.is_beside(first, height));
        let mut heads: Vec<Part> = beside.cloned().collect();
        heads.sort_by(|a, b| a.left().total_cmp(&b.left()));
        heads
    };
    let heads = sorted
        .into_iter()
        .map(beside)
        .find(|heads| heads.len() > 1)?;
    let is_head = |head: &Part| {
        let text = head.text().to_lowercase();
        let said = text.trim_end_matches([':', '.', '?']);
        let words = text.split_whitespace().count();
        (1..=HEADING).contains(&words)
            && head.spoken() > 0
            && !head.is_bulleted()
            && !TABLE.split('|').any(|known| known.trim() == said)
    };
    (heads.len() <= MOST && heads.iter().all(is_head)).then_some(heads)
}

/// Whether it is so short that it can only be a heading.
fn is_short(head: &Part) -> bool {
    head.spoken() <= HEADING / 2 || head.text().contains(char::is_numeric)
}

/// Whether what stands under the heads are lists, and not the cells of a table, notes, or what runs across.
fn are_lists(heads: &[Part], above: &[&Part], columns: &[Vec<&Part>], height: f64) -> bool {
    let inside = |at: usize| {
        let end = heads.get(at + 1).map(Part::left);
        let head = &heads[at];
        columns[at].iter().all(|part| {
            let down = part.middle() - head.middle();
            let aside = (part.left() - head.left()).abs();
            aside <= height.mul_add(2.0, down * ASKEW)
                && end.is_none_or(|end| part.right() < down.mul_add(ASKEW, end))
        })
    };
    let speaks = |column: &Vec<&Part>| {
        let phrases = column.iter().filter(|part| part.spoken() > 1).count();
        phrases > 0 && phrases * 2 >= column.len()
    };
    // The lines of notes are closer to each other than a heading to what is over and under it.
    let over_notes = |bound: f64| {
        let first = heads.iter().zip(columns);
        let mut first = first.filter_map(|(head, column)| Some((head, column.first()?)));
        let is_close =
            |head: &Part, part: &Part| part.is_over(head) && head.middle() - part.middle() <= bound;
        heads.iter().all(is_short)
            && first.all(|(head, first)| first.middle() - head.middle() > bound)
            && !heads
                .iter()
                .any(|head| above.iter().any(|part| is_close(head, part)))
    };
    let are_items = || {
        let items = columns.iter().flatten().copied();
        (!are_broken(items) || heads.iter().all(|head| head.spoken() == 1))
            && are_apart(columns, height)
    };
    let pairs = columns.iter().flat_map(|column| column.windows(2));
    let down: Vec<f64> = pairs
        .map(|pair| pair[1].middle() - pair[0].middle())
        .collect();
    (0..heads.len()).all(inside)
        && columns.iter().all(speaks)
        && columns.iter().any(|column| column.len() > 1)
        && bound(down, height).map_or_else(are_items, over_notes)
}

/// Whether the columns were written one by one: with bullets in each, or not line by line beside each other.
fn are_apart(columns: &[Vec<&Part>], height: f64) -> bool {
    let bulleted = |column: &Vec<&Part>| {
        let bullets = column.iter().filter(|part| part.is_bulleted()).count();
        bullets * 2 > column.len()
    };
    let lengths = columns.iter().map(Vec::len);
    let uneven = lengths.clone().min() != lengths.max();
    let first = &columns[0];
    let others = columns[1..].iter().flatten();
    let lone = others.filter(|part| !first.iter().any(|item| item.is_beside(part, height / 4.0)));
    columns.iter().all(bulleted) || uneven || lone.count() > 0
}

#[cfg(test)]
mod tests {
    use super::super::reading::{placed, scattered};
    use super::*;

    #[test]
    fn lists_are_read_one_after_the_other() {
        let board = placed(&[
            ("Fair", 60, 10),
            ("Kim", 60, 100),
            ("Tom:", 700, 100),
            ("- Order chairs", 60, 160),
            ("- Rent the hall", 700, 160),
            ("- Print badges by Tuesday", 55, 220),
            ("- Send invitations", 690, 220),
        ]);
        let text = "Fair\n\n# Kim\n\n- Order chairs\n- Print badges by Tuesday\n\n# Tom\n\n- Rent the hall\n- Send invitations";
        assert_eq!(read(&board).as_deref(), Some(text));
    }

    #[test]
    fn lists_without_bullets_are_told_by_their_ends() {
        let board = placed(&[
            ("March", 60, 100),
            ("Second half of April", 700, 100),
            ("Order chairs", 60, 160),
            ("Rent the hall", 700, 160),
            ("Send invitations", 690, 220),
        ]);
        // What is longer may as well be an item.
        let text = "March\n\n- Order chairs\n\nSecond half of April\n\n- Rent the hall\n- Send invitations";
        assert_eq!(read(&board).as_deref(), Some(text));
    }

    #[test]
    fn notes_hang_under_names() {
        let board = placed(&[
            ("Kim", 60, 10),
            ("Tom", 700, 10),
            ("Call the", 80, 110),
            ("Renew the", 720, 110),
            ("electrician", 80, 150),
            ("insurance", 720, 150),
            ("Buy paint", 80, 400),
            ("for the fence", 80, 440),
        ]);
        let text = "# Kim\n\n- Call the electrician\n- Buy paint for the fence\n\n# Tom\n\n- Renew the insurance";
        assert_eq!(read(&board).as_deref(), Some(text));
    }

    #[test]
    fn a_table_is_no_list() {
        let headed = [
            ("Task", 60, 10),
            ("Comment", 700, 10),
            ("Order chairs", 60, 60),
            ("Ask Tom first", 700, 60),
            ("Print badges", 60, 110),
        ];
        let rows = [
            ("Chairs", 60, 10),
            ("Nordic Office", 700, 10),
            ("Round tables", 60, 60),
            ("Harbour Rentals", 700, 60),
        ];
        let form = [
            ("First name", 60, 10),
            ("Anna", 700, 10),
            ("Date of birth", 60, 60),
            ("3 May 1980", 700, 60),
            ("Street", 60, 110),
        ];
        for page in [&headed[..], &rows, &form] {
            assert_eq!(scattered(&placed(page)), None);
        }
    }
}
