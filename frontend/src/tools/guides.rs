//! Guides: where what is moved comes in line with cards around it, or as far from one as another is, it snaps there.

use model::diagram::{self, Point, Rect};
use model::plan::Id;

use super::Surroundings;

/// A line that shows what something snapped to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Guide {
    /// Its upper or left end.
    pub from: Point,
    /// Its lower or right end.
    pub to: Point,
    /// Whether it is one of two gaps that are equal, and not a line that joins what is in line.
    pub is_gap: bool,
}

/// Something snaps from so far away, in screen pixels.
const REACH: f64 = 6.0;
/// A guide goes on for so long beyond what it joins.
const BEYOND: f64 = 12.0;
/// Lengths that differ by no more are equal, in canvas units: places are whole numbers.
const EQUAL: f64 = 1.0;
/// Where more cards than this are in sight, nothing snaps to them.
const MANY: usize = 400;

/// The cards in sight to which something can snap, without those that it carries; none where there are many.
pub(super) fn in_sight(around: &Surroundings, is_held: impl Fn(&Id) -> bool) -> Vec<Rect> {
    let seen = around.grid.meeting(around.viewport.visible());
    let mut others = Vec::new();
    if seen.len() <= MANY {
        let seen = seen
            .iter()
            .filter_map(|&index| around.plan.components.get(index));
        let stays = seen.filter(|one| !is_held(&one.id));
        others.extend(stays.filter_map(|one| diagram::corner(one).map(Rect::card)));
    }
    others
}

/// How much farther an area has to move to come in line with others, or equally far from two of them.
pub(super) fn snap(area: Rect, others: &[Rect], zoom: f64) -> (Option<f64>, Option<f64>) {
    let reach = REACH / zoom;
    let nearest = |axis: Axis| {
        let own = axis.anchors(area);
        let in_line = others.iter().flat_map(|other| {
            let other = axis.anchors(*other);
            [other[0] - own[0], other[1] - own[1], other[2] - own[2]]
        });
        let apart = axis.equal_gaps(area, others);
        in_line
            .chain(apart)
            .filter(|by| by.abs() <= reach)
            .min_by(|a, b| a.abs().total_cmp(&b.abs()))
    };
    (nearest(Axis::Across), nearest(Axis::Down))
}

/// The guides of an area: through the middles of what is in line, or else along one edge; and gaps that are equal.
pub(super) fn guides(area: Rect, others: &[Rect]) -> Vec<Guide> {
    let mut guides = Vec::new();
    for axis in [Axis::Across, Axis::Down] {
        let own = axis.anchors(area);
        let in_line = [1, 0, 2].into_iter().find_map(|index| {
            let line = own[index];
            let joined = others
                .iter()
                .filter(|other| (axis.anchors(**other)[index] - line).abs() < 0.5)
                .copied()
                .reduce(Rect::union)?;
            let across = axis.other();
            let whole = joined.union(area);
            Some(Guide {
                from: axis.point(line, across.start(whole) - BEYOND),
                to: axis.point(line, across.end(whole) + BEYOND),
                is_gap: false,
            })
        });
        guides.extend(in_line);
        guides.extend(axis.shown_gaps(area, others));
    }
    guides
}

/// One of the two ways along which things are in line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Axis {
    Across,
    Down,
}

impl Axis {
    fn other(self) -> Self {
        match self {
            Self::Across => Self::Down,
            Self::Down => Self::Across,
        }
    }

    fn start(self, area: Rect) -> f64 {
        match self {
            Self::Across => area.x,
            Self::Down => area.y,
        }
    }

    fn end(self, area: Rect) -> f64 {
        match self {
            Self::Across => area.right(),
            Self::Down => area.bottom(),
        }
    }

    fn anchors(self, area: Rect) -> [f64; 3] {
        let (start, end) = (self.start(area), self.end(area));
        [start, f64::midpoint(start, end), end]
    }

    /// The point that is `along` this axis, and `beside` on the other.
    fn point(self, along: f64, beside: f64) -> Point {
        match self {
            Self::Across => Point {
                x: along,
                y: beside,
            },
            Self::Down => Point {
                x: beside,
                y: along,
            },
        }
    }

    /// Whether two areas stand side by side along this axis.
    fn are_abreast(self, one: Rect, other: Rect) -> bool {
        let across = self.other();
        across.start(one) < across.end(other) && across.start(other) < across.end(one)
    }

    /// The one next to an area before it, of those that stand abreast of it.
    fn before(self, area: Rect, others: &[Rect]) -> Option<Rect> {
        let before = others.iter().copied().filter(|other| {
            self.are_abreast(area, *other) && self.end(*other) <= self.start(area) + EQUAL
        });
        before.max_by(|a, b| self.end(*a).total_cmp(&self.end(*b)))
    }

    /// The one next to an area after it.
    fn after(self, area: Rect, others: &[Rect]) -> Option<Rect> {
        let after = others.iter().copied().filter(|other| {
            self.are_abreast(area, *other) && self.start(*other) >= self.end(area) - EQUAL
        });
        after.min_by(|a, b| self.start(*a).total_cmp(&self.start(*b)))
    }

    /// The gap between two areas, where there is one.
    fn gap(self, first: Rect, second: Rect) -> Option<f64> {
        let gap = self.start(second) - self.end(first);
        (gap > EQUAL).then_some(gap)
    }

    /// How much farther an area has to move for two gaps to be equal: those on both sides of it, or that beside it
    /// and the next one on the same side.
    fn equal_gaps(self, area: Rect, others: &[Rect]) -> Vec<f64> {
        let (before, after) = (self.before(area, others), self.after(area, others));
        let mut by = Vec::new();
        if let (Some(before), Some(after)) = (before, after) {
            let (left, right) = (self.gap(before, area), self.gap(area, after));
            if let (Some(left), Some(right)) = (left, right) {
                by.push((right - left) / 2.0);
            }
        }
        if let Some(before) = before
            && let Some(first) = self.before(before, others)
            && let Some(gap) = self.gap(first, before)
        {
            by.push(self.end(before) + gap - self.start(area));
        }
        if let Some(after) = after
            && let Some(last) = self.after(after, others)
            && let Some(gap) = self.gap(after, last)
        {
            by.push(self.start(after) - gap - self.end(area));
        }
        by
    }

    /// The gaps beside an area that are equal.
    fn shown_gaps(self, area: Rect, others: &[Rect]) -> Vec<Guide> {
        let before = self.before(area, others);
        let after = self.after(area, others);
        let first = before.and_then(|before| self.before(before, others));
        let last = after.and_then(|after| self.after(after, others));
        let row = [first, before, Some(area), after, last];
        let mut guides = Vec::new();
        let gaps: Vec<Option<(f64, Guide)>> = row
            .windows(2)
            .map(|pair| {
                let (one, other) = (pair[0]?, pair[1]?);
                Some((self.gap(one, other)?, self.between(one, other)))
            })
            .collect();
        for (index, pair) in gaps.windows(2).enumerate() {
            if let (Some((one, first)), Some((other, second))) = (pair[0], pair[1])
                && (one - other).abs() <= EQUAL
            {
                // The gap in the middle may be equal to those on both sides.
                if index == 0 || guides.last() != Some(&first) {
                    guides.push(first);
                }
                guides.push(second);
            }
        }
        guides
    }

    /// The line over the gap between two areas, in the middle of where they stand abreast.
    fn between(self, one: Rect, other: Rect) -> Guide {
        let across = self.other();
        let start = across.start(one).max(across.start(other));
        let end = across.end(one).min(across.end(other));
        let beside = f64::midpoint(start, end);
        Guide {
            from: self.point(self.end(one), beside),
            to: self.point(self.start(other), beside),
            is_gap: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(x: f64, y: f64) -> Rect {
        Rect::card(Point { x, y })
    }

    fn gaps(area: Rect, others: &[Rect]) -> Vec<f64> {
        let guides = guides(area, others).into_iter();
        guides
            .filter(|guide| guide.is_gap)
            .map(|guide| guide.to.x - guide.from.x + guide.to.y - guide.from.y)
            .collect()
    }

    #[test]
    fn what_is_near_a_line_snaps_to_it_and_what_is_far_does_not() {
        let others = [card(0.0, 0.0), card(400.0, 300.0)];
        assert_eq!(snap(card(3.0, 100.0), &others, 1.0), (Some(-3.0), None));
        assert_eq!(snap(card(200.0, 296.0), &others, 1.0), (None, Some(4.0)));
        assert_eq!(snap(card(8.0, 100.0), &others, 1.0), (None, None));
        assert_eq!(snap(card(8.0, 100.0), &others, 0.5), (Some(-8.0), None));
    }

    #[test]
    fn a_guide_runs_through_the_middles_of_all_that_is_in_line() {
        let others = [card(0.0, 0.0), card(0.0, 300.0), card(400.0, 0.0)];
        let found = guides(card(0.0, 620.0), &others);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].from.x, card(0.0, 0.0).centre().x);
        assert!(found[0].from.y < 0.0 && found[0].to.y > 620.0);
        let wide = Rect {
            width: 500.0,
            ..card(0.0, 620.0)
        };
        assert_eq!(guides(wide, &others)[0].from.x, 0.0);
        assert_eq!(guides(card(50.0, 50.0), &others), []);
    }

    #[test]
    fn between_two_cards_it_snaps_to_the_middle() {
        // Gaps of 240 between the outer cards: 36 on both sides of a card of 168.
        let others = [card(0.0, 0.0), card(408.0, 20.0)];
        assert_eq!(snap(card(207.0, 100.0), &others, 1.0), (None, None));
        assert_eq!(snap(card(207.0, 40.0), &others, 1.0).0, Some(-3.0));
        assert_eq!(gaps(card(204.0, 40.0), &others), [36.0, 36.0]);
        assert!(gaps(card(214.0, 40.0), &others).is_empty());
    }

    #[test]
    fn behind_and_before_a_row_it_keeps_the_distance_of_the_row() {
        let row = [card(0.0, 0.0), card(200.0, 0.0)];
        assert_eq!(snap(card(402.0, 10.0), &row, 1.0).0, Some(-2.0));
        assert_eq!(gaps(card(400.0, 10.0), &row), [32.0, 32.0]);
        assert_eq!(snap(card(-203.0, 10.0), &row, 1.0).0, Some(3.0));
        let column = [card(0.0, 0.0), card(0.0, 100.0), card(0.0, 300.0)];
        assert_eq!(snap(card(60.0, 203.0), &column, 1.0).1, Some(-3.0));
        assert_eq!(gaps(card(60.0, 200.0), &column), [28.0, 28.0, 28.0]);
    }

    #[test]
    fn cards_that_touch_have_no_gap_to_repeat() {
        let row = [card(0.0, 0.0), card(168.0, 0.0)];
        assert!(gaps(card(336.0, 0.0), &row).is_empty());
    }
}
