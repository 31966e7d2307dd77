//! A new arrangement of cards: layers from left to right in the order of the calls, every place in rows of its own.
//!
//! The layers are those of [`layout`](super::layout()). What stands in one place gets a band of rows that no other place
//! shares, an inner place a band within that of the outer one, so that no two containers overlap. What stands in no
//! place is level with the middle where it is left or right of all places, and above them otherwise. Within its band a
//! card comes as near to the level of its neighbours as the order allows. Cost: as `layout`.

use std::collections::BTreeMap;

use super::layout::{CARD_GAP, Graph, LAYER_GAP};
use super::places::{LABEL, PADDING, home_paths};
use super::{CARD_HEIGHT, CARD_WIDTH, Grid, Point, Rect, corner};
use crate::order::Order as _;
use crate::plan::{Id, Plan};

/// From one card of a band to the next.
const PITCH: f64 = CARD_HEIGHT + CARD_GAP;
/// How often cards are brought level with their neighbours.
const SWEEPS: usize = 6;
/// Corners are whole multiples of this.
const STEP: f64 = 4.0;
/// So many rows down and up a free spot is looked for.
const ROWS: i32 = 200;

/// New top left corners for the components for which `is_arranged` holds; the others stay where they are, and those of
/// them that are pinned.
///
/// If all are arranged, the drawing keeps its corner; if some are, their middle stays, or the next level above or below
/// where they meet no other card. Round pinned cards the arrangement is laid so that they stand nearest to where it
/// would have them, and what would meet one of them goes to the next free level of its column.
pub fn arranged(plan: &Plan, is_arranged: impl Fn(&Id) -> bool) -> BTreeMap<Id, [f64; 2]> {
    let chosen: Vec<usize> = (0..plan.components.len())
        .filter(|&index| is_arranged(&plan.components[index].id))
        .collect();
    let mut positions = BTreeMap::new();
    if chosen.is_empty() {
        return positions;
    }
    let spots = Spots::of(plan, &chosen);
    let corners = if let Some(by) = offset_of_pinned(plan, &chosen, &spots.corners) {
        round_others(plan, &chosen, &spots.corners, by)
    } else {
        let (dx, dy) = offset(plan, &chosen, &spots.corners);
        let corners = spots.corners.iter();
        corners.map(|corner| whole(corner.moved(dx, dy))).collect()
    };
    for (&index, spot) in chosen.iter().zip(&corners) {
        let component = &plan.components[index];
        if !component.is_pinned() {
            positions.insert(component.id.clone(), [spot.x, spot.y]);
        }
    }
    positions
}

fn whole(corner: Point) -> Point {
    let whole = |coordinate: f64| (coordinate / STEP).round() * STEP;
    Point {
        x: whole(corner.x),
        y: whole(corner.y),
    }
}

/// How far the arrangement has to be moved for the pinned cards to stand where they do, in the mean; none without any.
fn offset_of_pinned(plan: &Plan, chosen: &[usize], corners: &[Point]) -> Option<(f64, f64)> {
    let mut pinned = 0.0;
    let (mut dx, mut dy) = (0.0, 0.0);
    for (&index, spot) in chosen.iter().zip(corners) {
        let component = &plan.components[index];
        if let Some(stands) = corner(component).filter(|_| component.is_pinned()) {
            pinned += 1.0;
            dx += stands.x - spot.x;
            dy += stands.y - spot.y;
        }
    }
    (pinned > 0.0).then(|| (dx / pinned, dy / pinned))
}

/// The arrangement moved by so much, each card that would meet one that stays on the next free level of its column.
fn round_others(plan: &Plan, chosen: &[usize], spots: &[Point], by: (f64, f64)) -> Vec<Point> {
    let mut stays = vec![true; plan.components.len()];
    for &index in chosen {
        stays[index] = plan.components[index].is_pinned();
    }
    let cards = plan.components.iter().zip(&stays);
    let cards = cards.filter(|(_, stays)| **stays);
    let standing: Vec<Rect> = cards
        .filter_map(|(component, _)| corner(component))
        .map(Rect::card)
        .collect();
    let standing = Grid::new(standing);
    let mut corners: Vec<Point> = spots
        .iter()
        .map(|spot| whole(spot.moved(by.0, by.1)))
        .collect();
    let room = |corner: Point| Rect::card(corner).grown(CARD_GAP / 2.0);
    let is_free = |corner: Point| standing.meeting(room(corner)).is_empty();
    let moves = |node: usize| !stays[chosen[node]] && !is_free(corners[node]);
    let met: Vec<usize> = (0..chosen.len()).filter(|&node| moves(node)).collect();
    let settled = (0..chosen.len()).filter(|node| met.binary_search(node).is_err());
    let settled: Vec<Rect> = settled
        .filter(|&node| !stays[chosen[node]])
        .map(|node| Rect::card(corners[node]))
        .collect();
    let settled = Grid::new(settled);
    let mut late: Vec<Rect> = Vec::new();
    for node in met {
        let levels = (1..=ROWS).flat_map(|row| [row, -row]);
        let mut levels = levels.map(|row| corners[node].moved(0.0, f64::from(row) * PITCH / 2.0));
        let found = levels.find(|&corner| {
            let area = room(corner);
            is_free(corner)
                && settled.meeting(area).is_empty()
                && !late.iter().any(|card| card.meets(area))
        });
        if let Some(found) = found {
            corners[node] = whole(found);
        }
        late.push(Rect::card(corners[node]));
    }
    corners
}

/// How far the arrangement has to be moved to stand where it should.
fn offset(plan: &Plan, chosen: &[usize], corners: &[Point]) -> (f64, f64) {
    let around = |corners: &mut dyn Iterator<Item = Point>| {
        let area = corners.map(Rect::card).reduce(Rect::union);
        area.unwrap_or_default()
    };
    let known = |&index: &usize| corner(&plan.components[index]);
    let before = around(&mut chosen.iter().filter_map(known));
    let after = around(&mut corners.iter().copied());
    if chosen.len() == plan.components.len() {
        return (before.x - after.x, before.y - after.y);
    }
    let (from, to) = (after.centre(), before.centre());
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let mut stays = vec![true; plan.components.len()];
    for &index in chosen {
        stays[index] = false;
    }
    let others = (0..plan.components.len()).filter(|&index| stays[index]);
    let others = Grid::new(
        others
            .filter_map(|index| known(&index))
            .map(Rect::card)
            .collect(),
    );
    let is_free = |dy: &f64| {
        corners.iter().all(|corner| {
            let card = Rect::card(corner.moved(dx, *dy)).grown(CARD_GAP / 2.0);
            others.meeting(card).is_empty()
        })
    };
    let rows = (0..=ROWS).flat_map(|row| [row, -row]);
    let mut levels = rows.map(|row| dy + f64::from(row) * PITCH / 2.0);
    (dx, levels.find(is_free).unwrap_or(dy))
}

/// Where the chosen components stand among themselves.
struct Spots {
    corners: Vec<Point>,
}

/// The rows of those that stand in one place.
struct Band {
    /// The places from the outermost to the innermost, each after its level among the others.
    path: Vec<(usize, usize)>,
    /// By layer, in drawing order.
    layers: Vec<Vec<usize>>,
    top: f64,
    height: f64,
}

impl Spots {
    fn of(plan: &Plan, chosen: &[usize]) -> Self {
        let graph = Graph::of(plan, chosen);
        let layers = graph.layers();
        let all = home_paths(plan);
        let paths: Vec<&[usize]> = chosen.iter().map(|&index| all[index].as_slice()).collect();
        let mut bands = bands(&layers, &paths, plan.places.len());
        let beside = stack(&mut bands);
        let mut level = vec![0.0; chosen.len()];
        for band in bands.iter().chain(&beside) {
            for layer in &band.layers {
                let free = band.height - extent(layer.len());
                for (row, &node) in layer.iter().enumerate() {
                    level[node] = band.top + free / 2.0 + row as f64 * PITCH;
                }
            }
        }
        for sweep in 0..SWEEPS {
            let mut order: Vec<usize> = (0..layers.len()).collect();
            if sweep % 2 == 1 {
                order.reverse();
            }
            for column in order {
                for band in bands.iter().chain(&beside) {
                    come_level(&band.layers[column], band, &graph, &mut level);
                }
            }
        }
        let mut corners = vec![Point::default(); chosen.len()];
        for (column, layer) in layers.iter().enumerate() {
            for &node in layer {
                corners[node] = Point {
                    x: column as f64 * (CARD_WIDTH + LAYER_GAP),
                    y: level[node],
                };
            }
        }
        Self { corners }
    }
}

/// Height of so many cards of one layer.
fn extent(cards: usize) -> f64 {
    cards as f64 * PITCH - CARD_GAP
}

/// Who stands in which place, the places in the order of the levels at which their cards would stand without any.
fn bands(layers: &[Vec<usize>], paths: &[&[usize]], places: usize) -> Vec<Band> {
    let mut levels = vec![(0.0, 0.0); places];
    for layer in layers {
        let middle = (layer.len() as f64 - 1.0) / 2.0;
        for (row, &node) in layer.iter().enumerate() {
            for &place in paths[node] {
                levels[place].0 += row as f64 - middle;
                levels[place].1 += 1.0;
            }
        }
    }
    let mut order: Vec<usize> = (0..places).collect();
    order.order_by(|&a, &b| {
        let mean = |place: usize| levels[place].0 / f64::max(levels[place].1, 1.0);
        mean(a).total_cmp(&mean(b)).then(a.cmp(&b))
    });
    let mut rank = vec![0; places];
    for (position, place) in order.into_iter().enumerate() {
        rank[place] = position;
    }
    let mut bands: Vec<Band> = Vec::new();
    for (column, layer) in layers.iter().enumerate() {
        for &node in layer {
            let path: Vec<(usize, usize)> = paths[node]
                .iter()
                .map(|&place| (rank[place], place))
                .collect();
            let known = bands.iter().position(|band| band.path == path);
            let band = known.unwrap_or_else(|| {
                bands.push(Band {
                    path,
                    layers: vec![Vec::new(); layers.len()],
                    top: 0.0,
                    height: 0.0,
                });
                bands.len() - 1
            });
            bands[band].layers[column].push(node);
        }
    }
    bands.order_by(|a, b| a.path.cmp(&b.path));
    bands
}

/// Puts the bands below each other; what stands in no place and left or right of all places gets a band beside them.
fn stack(bands: &mut Vec<Band>) -> Option<Band> {
    let mut inside = bands.iter().filter(|band| !band.path.is_empty());
    let is_used = |band: &Band, column: usize| !band.layers[column].is_empty();
    let count = bands.first().map_or(0, |band| band.layers.len());
    let used = (0..count).filter(|&column| {
        bands
            .iter()
            .any(|band| !band.path.is_empty() && is_used(band, column))
    });
    let (first, last) = used.fold((count, 0), |(first, last), column| {
        (first.min(column), last.max(column))
    });
    let mut beside = None;
    if inside.next().is_some()
        && let Some(outside) = bands.iter_mut().find(|band| band.path.is_empty())
    {
        let mut moved = vec![Vec::new(); count];
        for (column, layer) in outside.layers.iter_mut().enumerate() {
            if !(first..=last).contains(&column) {
                moved[column] = std::mem::take(layer);
            }
        }
        beside = Some(Band {
            path: Vec::new(),
            layers: moved,
            top: 0.0,
            height: 0.0,
        });
    }
    bands.retain(|band| band.layers.iter().any(|layer| !layer.is_empty()));
    let mut bottom = 0.0;
    let mut before: Option<Vec<(usize, usize)>> = None;
    for band in bands.iter_mut() {
        if let Some(before) = &before {
            bottom += gap(before, &band.path);
        }
        let most = band.layers.iter().map(Vec::len).max().unwrap_or(0);
        band.top = bottom;
        band.height = extent(most);
        bottom = band.top + band.height;
        before = Some(band.path.clone());
    }
    if let Some(beside) = &mut beside {
        let most = beside.layers.iter().map(Vec::len).max().unwrap_or(0);
        beside.height = bottom.max(extent(most));
        beside.top = (bottom - beside.height) / 2.0;
    }
    beside
}

/// Free space between two bands: the edges of the containers that end and begin there.
fn gap(above: &[(usize, usize)], below: &[(usize, usize)]) -> f64 {
    let shared = above.iter().zip(below).take_while(|(a, b)| a == b).count();
    let ends = (above.len() - shared) as f64 * PADDING;
    let begins = (below.len() - shared) as f64 * (PADDING + LABEL);
    CARD_GAP + ends + begins
}

/// Brings the cards of one layer of a band as near to the mean level of their neighbours as their order allows.
fn come_level(layer: &[usize], band: &Band, graph: &Graph, level: &mut [f64]) {
    let mut wished: Vec<f64> = Vec::with_capacity(layer.len());
    for &node in layer {
        let neighbours = graph.callers[node].iter().chain(&graph.callees[node]);
        let (sum, count) = neighbours.fold((0.0, 0.0), |(sum, count), &neighbour| {
            (sum + level[neighbour], count + 1.0)
        });
        let wish = if count > 0.0 {
            sum / count
        } else {
            level[node]
        };
        let least = wished.last().map_or(band.top, |above| above + PITCH);
        wished.push(wish.max(least));
    }
    let mut most = band.top + band.height - CARD_HEIGHT;
    for (&node, wish) in layer.iter().zip(wished).rev() {
        level[node] = wish.min(most);
        most = level[node] - PITCH;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::{outsiders, places};
    use crate::plan::sketch::sketch;
    use crate::templates;
    use std::rc::Rc;

    fn moved(plan: &Plan, positions: &BTreeMap<Id, [f64; 2]>) -> (Plan, Vec<Rect>) {
        let mut plan = plan.clone();
        for component in &mut plan.components {
            if let Some(position) = positions.get(&component.id) {
                Rc::make_mut(component).position = Some(*position);
            }
        }
        for place in &mut plan.places {
            Rc::make_mut(place).area = None;
        }
        let cards = super::super::layout(&plan)
            .into_iter()
            .map(Rect::card)
            .collect();
        (plan, cards)
    }

    fn check_clear(cards: &[Rect]) {
        for (index, a) in cards.iter().enumerate() {
            assert!(cards[index + 1..].iter().all(|b| !a.meets(*b)), "{cards:?}");
        }
    }

    #[test]
    fn no_card_meets_another_and_no_place_holds_a_stranger() {
        for template in templates::ALL {
            let plan = template.plan().unwrap();
            let positions = arranged(&plan, |_| true);
            assert_eq!(positions.len(), plan.components.len());
            let (plan, cards) = moved(&plan, &positions);
            check_clear(&cards);
            let boxes = places(&plan, &cards);
            assert_eq!(outsiders(&plan, &cards, &boxes), [], "{}", template.id);
        }
    }

    #[test]
    fn places_side_by_side_do_not_overlap() {
        let plan = sketch(
            "place r: region\nplace a: zone in r\nplace b: zone in r\nusers -> lb:lb@a/b -> x:app@a, y:app@b, z:app@b\nx -> db:db@a\ny, z -> replica:db@b -> pay:external-service",
        )
        .unwrap();
        let (plan, cards) = moved(&plan, &arranged(&plan, |_| true));
        check_clear(&cards);
        let boxes = places(&plan, &cards);
        let area = |id: &str| boxes.iter().find(|place| place.id == *id).unwrap().area;
        assert!(!area("a").meets(area("b")), "{boxes:?}");
        assert_eq!(outsiders(&plan, &cards, &boxes), []);
        let again = arranged(&plan, |_| true);
        assert_eq!(moved(&plan, &again).1, cards, "what is arranged stays");
    }

    #[test]
    fn a_chain_is_a_straight_line_and_callers_stand_left() {
        let plan = sketch("users -> lb -> app -> db\nlb -> api:app -> db").unwrap();
        let positions = arranged(&plan, |_| true);
        assert_eq!(
            positions[&Id::from("users")][1],
            positions[&Id::from("lb")][1]
        );
        for connection in &plan.connections {
            assert!(positions[&connection.from][0] < positions[&connection.to][0]);
        }
    }

    #[test]
    fn the_others_stay_and_are_not_covered() {
        let mut plan = sketch("users -> lb -> a:app, b:app -> db").unwrap();
        for (index, component) in plan.components.iter_mut().enumerate() {
            Rc::make_mut(component).position = Some([200.0 * index as f64, 0.0]);
        }
        let is_arranged = |id: &Id| ["a", "b", "lb"].contains(&id.as_str());
        let positions = arranged(&plan, is_arranged);
        assert_eq!(positions.len(), 3);
        let (_, cards) = moved(&plan, &positions);
        check_clear(&cards);
        assert!(arranged(&plan, |_| false).is_empty());
    }

    #[test]
    fn what_is_pinned_stays_and_the_rest_is_laid_round_it() {
        for template in templates::ALL {
            let mut plan = template.plan().unwrap();
            let count = plan.components.len();
            for index in [0, count / 2] {
                let component = Rc::make_mut(&mut plan.components[index]);
                component.position = Some([130.0 * index as f64, 90.0 * index as f64]);
                component.pinned = Some(true);
            }
            let positions = arranged(&plan, |_| true);
            assert_eq!(positions.len(), count - 2);
            let (_, cards) = moved(&plan, &positions);
            check_clear(&cards);
        }
    }

    #[test]
    fn pinning_what_is_arranged_changes_nothing() {
        let plan = sketch("users -> lb -> a:app, b:app -> db -> files").unwrap();
        let (mut plan, before) = moved(&plan, &arranged(&plan, |_| true));
        Rc::make_mut(&mut plan.components[2]).pinned = Some(true);
        let (_, after) = moved(&plan, &arranged(&plan, |_| true));
        assert_eq!(before, after);
    }
}
