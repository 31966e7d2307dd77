//! Guides: where what is moved comes in line with cards around it, it snaps there.

use model::diagram::{Point, Rect};

/// A line that shows with what something is in line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Guide {
    /// Its upper or left end.
    pub from: Point,
    /// Its lower or right end.
    pub to: Point,
}

/// Something snaps from so far away, in screen pixels.
const REACH: f64 = 6.0;
/// A guide goes on for so long beyond what it joins.
const BEYOND: f64 = 12.0;

/// How much farther an area has to move to come in line with others; none across or down where nothing is near.
pub(super) fn snap(area: Rect, others: &[Rect], zoom: f64) -> (Option<f64>, Option<f64>) {
    let reach = REACH / zoom;
    let nearest = |anchors: fn(Rect) -> [f64; 3]| {
        let own = anchors(area);
        others
            .iter()
            .flat_map(|other| {
                let other = anchors(*other);
                [other[0] - own[0], other[1] - own[1], other[2] - own[2]]
            })
            .filter(|by| by.abs() <= reach)
            .min_by(|a, b| a.abs().total_cmp(&b.abs()))
    };
    (nearest(across), nearest(down))
}

/// The guides of an area that is in line with others: through the middles, or else along one edge.
pub(super) fn guides(area: Rect, others: &[Rect]) -> Vec<Guide> {
    let mut guides = Vec::new();
    for (anchors, is_across) in [(across as fn(Rect) -> [f64; 3], true), (down, false)] {
        let own = anchors(area);
        for index in [1, 0, 2] {
            let line = own[index];
            let joined = others
                .iter()
                .filter(|other| (anchors(**other)[index] - line).abs() < 0.5)
                .copied()
                .reduce(Rect::union);
            let Some(joined) = joined else { continue };
            let whole = joined.union(area);
            guides.push(if is_across {
                Guide {
                    from: Point {
                        x: line,
                        y: whole.y - BEYOND,
                    },
                    to: Point {
                        x: line,
                        y: whole.bottom() + BEYOND,
                    },
                }
            } else {
                Guide {
                    from: Point {
                        x: whole.x - BEYOND,
                        y: line,
                    },
                    to: Point {
                        x: whole.right() + BEYOND,
                        y: line,
                    },
                }
            });
            break;
        }
    }
    guides
}

fn across(area: Rect) -> [f64; 3] {
    [area.x, area.centre().x, area.right()]
}

fn down(area: Rect) -> [f64; 3] {
    [area.y, area.centre().y, area.bottom()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(x: f64, y: f64) -> Rect {
        Rect::card(Point { x, y })
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
        let found = guides(card(0.0, 600.0), &others);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].from.x, card(0.0, 0.0).centre().x);
        assert!(found[0].from.y < 0.0 && found[0].to.y > 600.0);
        let wide = Rect {
            width: 500.0,
            ..card(0.0, 600.0)
        };
        assert_eq!(guides(wide, &others)[0].from.x, 0.0);
        assert_eq!(guides(card(50.0, 50.0), &others), []);
    }
}
