//! Bullets and boxes that are drawn instead of written, as browsers do.

use hayro_interpret::kurbo::Rect;

use super::glyphs::{Letter, Sign};

/// A mark stands at most this many letter heights before its text.
const REACH: f64 = 4.0;
/// Drawings looked at; pages with more are charts.
const MAX_SIGNS: usize = 600;

/// Adds a letter for every drawing that is the mark of a list item.
pub(super) fn add(signs: &[Sign], letters: &mut Vec<Letter>) {
    if signs.is_empty() || signs.len() > MAX_SIGNS || letters.is_empty() {
        return;
    }
    let mut starts: Vec<&Letter> = letters
        .iter()
        .filter(|letter| !letter.text.trim().is_empty())
        .collect();
    starts.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut found: Vec<Letter> = Vec::new();
    for (index, sign) in signs.iter().enumerate() {
        let rect = &sign.rect;
        let ratio = rect.width() / rect.height().max(0.1);
        let is_part = signs.iter().enumerate().any(|(other, frame)| {
            let frame_of_it = other < index && near(&frame.rect, rect);
            frame_of_it || (other != index && !near(&frame.rect, rect) && holds(&frame.rect, rect))
        });
        if !(0.7..=1.4).contains(&ratio) || is_part || sign.slants {
            continue;
        }
        let Some(text) = beside(rect, &starts) else {
            continue;
        };
        let size = rect.height() / text.size;
        let ticked = signs
            .iter()
            .any(|mark| holds(rect, &mark.rect) && (mark.slants || !near(rect, &mark.rect)));
        let shown = match size {
            size if size < 0.62 && sign.fills => '\u{2022}',
            // Hollow bullets of inner lists.
            size if size < 0.5 => '\u{25e6}',
            size if size < 1.6 && ticked => '\u{2611}',
            size if size < 1.6 => '\u{2610}',
            _ => continue,
        };
        found.push(Letter {
            text: shown.to_string(),
            code: None,
            x0: rect.x0,
            x1: rect.x1,
            bold: false,
            ..text.clone()
        });
    }
    letters.extend(found);
}

/// Two frames of one drawing: the border and the filling of a box.
fn near(a: &Rect, b: &Rect) -> bool {
    let size = a.width().max(b.width()).max(1.0);
    [a.x0 - b.x0, a.y0 - b.y0, a.x1 - b.x1, a.y1 - b.y1]
        .iter()
        .all(|gap| gap.abs() < 0.18 * size)
}

fn holds(frame: &Rect, mark: &Rect) -> bool {
    let frame = frame.inflate(0.5, 0.5);
    mark.x0 >= frame.x0 && mark.x1 <= frame.x1 && mark.y0 >= frame.y0 && mark.y1 <= frame.y1
}

/// The first letter to the right of a drawing, when it stands on the same line with nothing close before it.
fn beside<'l>(rect: &Rect, letters: &[&'l Letter]) -> Option<&'l Letter> {
    let center = rect.center();
    let low = letters.partition_point(|letter| letter.y < center.y - 20.0);
    let line: Vec<&&Letter> = letters[low..]
        .iter()
        .take_while(|letter| letter.y < center.y + 40.0)
        .filter(|letter| (center.y - (letter.y - 0.33 * letter.size)).abs() < 0.42 * letter.size)
        .collect();
    let text = line
        .iter()
        .filter(|letter| letter.x0 > rect.x1 - 1.0)
        .min_by(|a, b| a.x0.total_cmp(&b.x0))?;
    let free = !line
        .iter()
        .any(|letter| letter.x0 < rect.x1 - 1.0 && letter.x1 > rect.x0 - 0.6 * letter.size);
    (free && text.x0 - rect.x1 < REACH * text.size).then_some(text)
}
