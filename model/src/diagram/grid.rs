//! Finds the cards near a spot without looking at all of them.

use std::collections::BTreeMap;

use super::Rect;

/// Width and height of a cell.
const CELL: f64 = 320.0;
/// A question that covers more cells than this looks at all rectangles instead.
const MANY_CELLS: f64 = 4_096.0;

/// Rectangles by the cells of a square grid that they touch.
#[derive(Debug, Default)]
pub struct Grid {
    cells: BTreeMap<(i64, i64), Vec<usize>>,
    rects: Vec<Rect>,
}

impl Grid {
    /// Sorts rectangles into cells.
    pub fn new(rects: Vec<Rect>) -> Self {
        let mut cells: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
        for (index, rect) in rects.iter().enumerate() {
            for cell in covered(*rect) {
                cells.entry(cell).or_default().push(index);
            }
        }
        Self { cells, rects }
    }

    /// The rectangles that meet an area, by their index, in order.
    pub fn meeting(&self, area: Rect) -> Vec<usize> {
        let cells = (area.width / CELL + 1.0) * (area.height / CELL + 1.0);
        let mut found: Vec<usize> = if cells > MANY_CELLS {
            (0..self.rects.len()).collect()
        } else {
            covered(area)
                .filter_map(|cell| self.cells.get(&cell))
                .flatten()
                .copied()
                .collect()
        };
        found.sort_unstable();
        found.dedup();
        found.retain(|&index| self.rects[index].meets(area));
        found
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
