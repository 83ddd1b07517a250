//! Where labels go so that none covers another or a mark.

use crate::attendance::order;

/// A box in pixels: left, top, right, bottom.
pub type Area = [f64; 4];

/// Keeps what is taken and finds room for more.
#[derive(Debug)]
pub struct Places {
    bounds: Area,
    taken: Vec<Area>,
    lines: Vec<Area>,
}

/// A label's place: where its text starts and its baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    pub x: f64,
    pub baseline: f64,
    /// Whether the label lies over a line, which then wants a halo to end at.
    pub over_line: bool,
}

impl Places {
    #[must_use]
    pub fn new(bounds: Area) -> Places {
        Places { bounds, taken: Vec::new(), lines: Vec::new() }
    }

    /// Marks an area as taken, whatever lies there.
    pub fn take(&mut self, area: Area) {
        self.taken.push(area);
    }

    /// Marks a line that labels should rather not lie over, but may.
    pub fn avoid(&mut self, line: &[(f64, f64)]) {
        for pair in line.windows(2) {
            let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
            self.lines.push([x0.min(x1), y0.min(y1) - 1.0, x0.max(x1), y0.max(y1) + 1.0]);
        }
    }

    /// Finds room for a label of `width` by `size` beside a mark of `radius` at (`x`, `y`): right,
    /// left, above, below, then the corners. `None` where each is taken; then nothing is drawn.
    pub fn beside(&mut self, (x, y): (f64, f64), radius: f64, width: f64, size: f64) -> Option<Spot> {
        let gap = radius + 5.0;
        let (above, below) = (y - radius - 5.0, y + radius + size + 1.0);
        let middle = y + size * 0.34;
        let tries = [
            (x + gap, middle),
            (x - gap - width, middle),
            (x - width / 2.0, above),
            (x - width / 2.0, below),
            (x + radius, above),
            (x - radius - width, above),
            (x + radius, below),
            (x - radius - width, below),
        ];
        let areas = tries.map(|(left, baseline)| area_of(left, baseline, width, size));
        let free = |i: &usize| self.is_free(areas[*i]);
        let clear = |i: &usize| !self.lines.iter().any(|l| overlap(*l, areas[*i]));
        let open: Vec<usize> = (0..tries.len()).filter(free).collect();
        let best = open.iter().copied().find(clear);
        let chosen = best.or(open.first().copied())?;
        self.take(areas[chosen]);
        Some(Spot { x: tries[chosen].0, baseline: tries[chosen].1, over_line: best.is_none() })
    }

    fn is_free(&self, area: Area) -> bool {
        let inside = area[0] >= self.bounds[0]
            && area[1] >= self.bounds[1]
            && area[2] <= self.bounds[2]
            && area[3] <= self.bounds[3];
        inside && !self.taken.iter().any(|t| overlap(*t, area))
    }
}

fn area_of(left: f64, baseline: f64, width: f64, size: f64) -> Area {
    [left - 3.0, baseline - size * 0.85, left + width + 3.0, baseline + size * 0.3]
}

fn overlap(a: Area, b: Area) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

/// Moves labels on one vertical line apart, each as tall as `heights` says, keeping their order and
/// staying as near as they can to where they belong, between `top` and `bottom`.
#[must_use]
pub fn spread(wanted: &[f64], heights: &[f64], top: f64, bottom: f64) -> Vec<f64> {
    let order = order::positions(wanted.len(), &mut |a, b| wanted[a].total_cmp(&wanted[b]));
    let mut placed = wanted.to_vec();
    let mut floor = top;
    for i in &order {
        placed[*i] = placed[*i].max(floor);
        floor = placed[*i] + heights[*i];
    }
    let mut ceiling = f64::INFINITY;
    for (rank, i) in order.iter().enumerate().rev() {
        // The last label may stand on the bottom itself; the others keep their height above it.
        let most = if rank + 1 == order.len() { bottom } else { ceiling - heights[*i] };
        placed[*i] = placed[*i].min(most);
        ceiling = placed[*i];
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_never_overlap_and_stay_inside() {
        let mut places = Places::new([0.0, 0.0, 200.0, 100.0]);
        let mut drawn: Vec<Area> = Vec::new();
        for i in 0..60 {
            let at = (f64::from(i * 37 % 200), f64::from(i * 23 % 100));
            if let Some(spot) = places.beside(at, 4.0, 40.0, 12.0) {
                let area = area_of(spot.x, spot.baseline, 40.0, 12.0);
                assert!(drawn.iter().all(|d| !overlap(*d, area)), "label {i}");
                assert!(area[0] >= 0.0 && area[2] <= 200.0 && area[1] >= 0.0 && area[3] <= 100.0);
                drawn.push(area);
            }
        }
        assert!(drawn.len() > 5, "{} labels", drawn.len());
    }

    #[test]
    fn stacked_labels_keep_their_order() {
        assert_eq!(spread(&[10.0, 12.0, 50.0], &[14.0; 3], 0.0, 100.0), [10.0, 24.0, 50.0]);
        assert_eq!(spread(&[95.0, 99.0], &[14.0; 2], 0.0, 100.0), [86.0, 100.0]);
        assert_eq!(spread(&[10.0, 12.0], &[30.0, 15.0], 0.0, 100.0), [10.0, 40.0]);
    }
}
