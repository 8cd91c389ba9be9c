//! Which letters of a page a reader sees.

use hayro_interpret::kurbo::{Point, Rect};

use super::glyphs::{Area, Letter, Painted};
use crate::HiddenReason;

/// Smaller letters, in points, nobody reads.
const TINY: f64 = 2.5;
/// Less opaque ink does not show.
const FAINT: u8 = 12;
/// Colours closer than this, in each of red, green and blue, cannot be told apart.
const NEAR: u8 = 12;
/// A picture over this share of the page makes it a scan.
const SCAN_SHARE: f64 = 0.6;
/// Areas looked at per letter.
const MAX_AREAS: usize = 400;

/// Letters parted by what a reader sees of them.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) letters: Vec<Letter>,
    /// Marked by the program as running head or foot.
    pub(super) running: Vec<Letter>,
    pub(super) hidden: Vec<(HiddenReason, Letter)>,
    /// A picture covers the page.
    pub(super) is_scan: bool,
}

/// Parts the letters of a page.
pub(super) fn sort(painted: &mut Painted, page: Rect) -> Seen {
    let letters = std::mem::take(&mut painted.letters);
    let pictures: Vec<&Area> = painted
        .areas
        .iter()
        .filter(|area| area.ink.is_none())
        .collect();
    let is_scan = covers(&pictures, page);
    let areas: Vec<&Area> = painted
        .areas
        .iter()
        .filter(|area| area.rect.area() > 4.0)
        .take(MAX_AREAS)
        .collect();
    // Programs that recognise text put it behind or over the picture of the page, in no colour.
    let unseen = |letter: &Letter| letter.invisible || covered(letter, &areas);
    let recognised =
        is_scan && letters.iter().filter(|letter| unseen(letter)).count() * 2 > letters.len();
    let mut seen = Seen {
        is_scan,
        ..Seen::default()
    };
    for letter in letters {
        let reason = reason(&letter, &areas, page, recognised);
        match reason {
            Some(reason) => seen.hidden.push((reason, letter)),
            None if letter.running => seen.running.push(letter),
            None => seen.letters.push(letter),
        }
    }
    seen
}

fn covers(pictures: &[&Area], page: Rect) -> bool {
    let area: f64 = pictures
        .iter()
        .map(|picture| picture.rect.intersect(page).area())
        .sum();
    area > SCAN_SHARE * page.area()
}

fn middle(letter: &Letter) -> Point {
    Point::new(
        f64::midpoint(letter.x0, letter.x1),
        letter.y - letter.size * 0.3,
    )
}

/// Something opaque was painted over the letter.
fn covered(letter: &Letter, areas: &[&Area]) -> bool {
    let point = middle(letter);
    areas
        .iter()
        .any(|area| area.order > letter.order && area.rect.contains(point))
}

fn reason(letter: &Letter, areas: &[&Area], page: Rect, recognised: bool) -> Option<HiddenReason> {
    if !page.inflate(2.0, 2.0).contains(middle(letter)) || letter.clipped {
        return Some(HiddenReason::OffPage);
    }
    if letter.size < TINY {
        return Some(HiddenReason::Tiny);
    }
    let turned = letter.angle.rem_euclid(90.0);
    if turned > 5.0 && turned < 85.0 {
        return Some(HiddenReason::Watermark);
    }
    if recognised {
        return None;
    }
    if letter.invisible || letter.ink.is_some_and(|ink| ink[3] < FAINT) {
        return Some(HiddenReason::NotDisplayed);
    }
    if covered(letter, areas) {
        return Some(HiddenReason::Covered);
    }
    let ink = letter.ink?;
    let point = middle(letter);
    let behind = areas
        .iter()
        .rev()
        .find(|area| area.order <= letter.order && area.rect.contains(point));
    let paper = match behind {
        None => [255, 255, 255, 255],
        Some(area) => area.ink?,
    };
    let same = (0..3).all(|channel| ink[channel].abs_diff(paper[channel]) <= NEAR);
    same.then_some(HiddenReason::SameColour)
}
