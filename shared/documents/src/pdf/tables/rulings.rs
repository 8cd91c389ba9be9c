//! Lines of a page that belong together.

use super::{Line, TOUCH};

/// Lines closer than this are one line.
const NEAR: f64 = 2.5;

/// Joins lines that lie on each other or follow each other.
pub(super) fn merged(lines: &[Line]) -> Vec<Line> {
    let mut lines = lines.to_vec();
    lines.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut out: Vec<Line> = Vec::new();
    for line in lines {
        let home = out
            .iter_mut()
            .rev()
            .take_while(|other| line.0 - other.0 <= NEAR)
            .find(|other| line.1 <= other.2 + TOUCH && other.1 <= line.2 + TOUCH);
        match home {
            Some(other) => {
                other.1 = other.1.min(line.1);
                other.2 = other.2.max(line.2);
            }
            None => out.push(line),
        }
    }
    out
}

/// Groups of lines that meet.
pub(super) fn components(across: &[Line], down: &[Line]) -> Vec<(Vec<Line>, Vec<Line>)> {
    let mut group: Vec<usize> = (0..across.len() + down.len()).collect();
    for (row, h) in across.iter().enumerate() {
        for (column, v) in down.iter().enumerate() {
            let meets = v.0 >= h.1 - TOUCH
                && v.0 <= h.2 + TOUCH
                && h.0 >= v.1 - TOUCH
                && h.0 <= v.2 + TOUCH;
            if meets {
                let (a, b) = (
                    root(&mut group, row),
                    root(&mut group, across.len() + column),
                );
                group[a] = b;
            }
        }
    }
    let mut out: Vec<(usize, Vec<Line>, Vec<Line>)> = Vec::new();
    for index in 0..group.len() {
        let root = root(&mut group, index);
        let at = out
            .iter()
            .position(|(known, ..)| *known == root)
            .unwrap_or_else(|| {
                out.push((root, Vec::new(), Vec::new()));
                out.len() - 1
            });
        match across.get(index) {
            Some(line) => out[at].1.push(*line),
            None => out[at].2.push(down[index - across.len()]),
        }
    }
    out.into_iter()
        .map(|(_, across, down)| (across, down))
        .collect()
}

fn root(group: &mut [usize], mut index: usize) -> usize {
    while group[index] != index {
        group[index] = group[group[index]];
        index = group[index];
    }
    index
}

/// Places without those close to one before.
pub(super) fn distinct(mut places: Vec<f64>) -> Vec<f64> {
    places.sort_by(f64::total_cmp);
    places.dedup_by(|next, kept| *next - *kept <= TOUCH);
    places
}
