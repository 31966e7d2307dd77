//! Finds the cards near a spot without looking at all of them.

use super::Rect;
use crate::order::Order as _;

/// Width and height of a cell.
const CELL: f64 = 320.0;
/// A question that covers more cells than this looks at all rectangles instead.
const MANY_CELLS: f64 = 4_096.0;

/// Rectangles by the cells of a square grid that they touch.
#[derive(Debug, Default)]
pub struct Grid {
    /// Every cell with each rectangle that touches it, in order.
    cells: Vec<((i64, i64), usize)>,
    rects: Vec<Rect>,
}

impl Grid {
    /// Sorts rectangles into cells.
    pub fn new(rects: Vec<Rect>) -> Self {
        let mut cells = Vec::new();
        for (index, rect) in rects.iter().enumerate() {
            cells.extend(covered(*rect).map(|cell| (cell, index)));
        }
        cells.order_by(Ord::cmp);
        Self { cells, rects }
    }

    /// The rectangles that meet an area, by their index, in order.
    pub fn meeting(&self, area: Rect) -> Vec<usize> {
        let cells = (area.width / CELL + 1.0) * (area.height / CELL + 1.0);
        let mut found: Vec<usize> = if cells > MANY_CELLS {
            (0..self.rects.len()).collect()
        } else {
            covered(area).flat_map(|cell| self.touching(cell)).collect()
        };
        found.order_by(Ord::cmp);
        found.dedup();
        found.retain(|&index| self.rects[index].meets(area));
        found
    }

    fn touching(&self, cell: (i64, i64)) -> impl Iterator<Item = usize> {
        let first = self.cells.partition_point(|(other, _)| *other < cell);
        let from = self.cells[first..].iter();
        from.take_while(move |(other, _)| *other == cell)
            .map(|(_, index)| *index)
    }
}

fn covered(rect: Rect) -> impl Iterator<Item = (i64, i64)> {
    let cell = |coordinate: f64| (coordinate / CELL).floor() as i64;
    let rows = cell(rect.y)..=cell(rect.bottom());
    (cell(rect.x)..=cell(rect.right()))
        .flat_map(move |column| rows.clone().map(move |row| (column, row)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::Point;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_finds_what_looking_at_all_finds(
            corners in prop::collection::vec((-2e3..2e3, -2e3..2e3), 0..40),
            (x, y, width, height) in (-2e3..2e3, -2e3..2e3, 0.0..1e5, 0.0..1e5)
        ) {
            let cards: Vec<Rect> =
                corners.into_iter().map(|(x, y)| Rect::card(Point { x, y })).collect();
            let area = Rect { x, y, width, height };
            let all: Vec<usize> =
                (0..cards.len()).filter(|&index| cards[index].meets(area)).collect();
            prop_assert_eq!(Grid::new(cards).meeting(area), all);
        }
    }
}
