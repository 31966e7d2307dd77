//! Places for cards that have none: layers from left to right in the order of the calls.
//!
//! The classic layered drawing (Sugiyama, Tagawa, Toda 1981) in its plain form: calls that close a circle are
//! turned round, a component's layer is the longest path to it, the order in a layer follows the neighbours'
//! barycentre. Cost: O(sweeps × (components + connections) × log components). Nothing recurses.

use std::collections::BTreeMap;

use super::{CARD_HEIGHT, CARD_WIDTH, Point, bounds, corner};
use crate::order::Order as _;
use crate::plan::Plan;

/// Free space between two layers.
pub(super) const LAYER_GAP: f64 = 92.0;
/// Free space between two cards of a layer.
pub(super) const CARD_GAP: f64 = 48.0;
/// How often every layer is sorted by its neighbours.
const SWEEPS: usize = 8;

/// The top left corner of every card, in the order of the plan: its own, or a computed one.
///
/// Computed corners keep clear of the cards that have their own: they start below them.
pub fn layout(plan: &Plan) -> Vec<Point> {
    let unplaced: Vec<usize> = (0..plan.components.len())
        .filter(|&index| corner(&plan.components[index]).is_none())
        .collect();
    let graph = Graph::of(plan, &unplaced);
    let layers = graph.layers();
    let top = bounds(plan).map_or(0.0, |area| area.bottom() + 2.0 * CARD_GAP);
    let left = bounds(plan).map_or(0.0, |area| area.x);
    let tallest = layers.iter().map(Vec::len).max().unwrap_or(0) as f64;
    let pitch = CARD_HEIGHT + CARD_GAP;

    let mut corners: Vec<Point> = (0..plan.components.len())
        .map(|index| corner(&plan.components[index]).unwrap_or_default())
        .collect();
    for (column, layer) in layers.iter().enumerate() {
        let first = top + (tallest - layer.len() as f64) * pitch / 2.0;
        for (row, &node) in layer.iter().enumerate() {
            corners[unplaced[node]] = Point {
                x: left + column as f64 * (CARD_WIDTH + LAYER_GAP),
                y: first + row as f64 * pitch,
            };
        }
    }
    corners
}

/// The components that need a place, by their number among these, and the calls between them.
pub(super) struct Graph {
    pub(super) callees: Vec<Vec<usize>>,
    pub(super) callers: Vec<Vec<usize>>,
}

impl Graph {
    pub(super) fn of(plan: &Plan, unplaced: &[usize]) -> Self {
        let mut number: BTreeMap<&str, usize> = BTreeMap::new();
        for (node, &index) in unplaced.iter().enumerate() {
            number.entry(&plan.components[index].id).or_insert(node);
        }
        let mut graph = Self {
            callees: vec![Vec::new(); unplaced.len()],
            callers: vec![Vec::new(); unplaced.len()],
        };
        for connection in &plan.connections {
            let ends = (
                number.get(connection.from.as_str()),
                number.get(connection.to.as_str()),
            );
            if let (Some(&from), Some(&to)) = ends
                && from != to
            {
                graph.callees[from].push(to);
            }
        }
        graph.turn_circles_round();
        for from in 0..graph.callees.len() {
            for &to in &graph.callees[from] {
                graph.callers[to].push(from);
            }
        }
        graph
    }

    /// Turns every call round that leads back onto the path of a walk from the first components.
    fn turn_circles_round(&mut self) {
        #[derive(Clone, Copy, PartialEq)]
        enum State {
            New,
            OnPath,
            Done,
        }
        let count = self.callees.len();
        let mut has_caller = vec![false; count];
        for &to in self.callees.iter().flatten() {
            has_caller[to] = true;
        }
        let mut starts: Vec<usize> = (0..count).filter(|&node| !has_caller[node]).collect();
        starts.extend((0..count).filter(|&node| has_caller[node]));

        let mut state = vec![State::New; count];
        let mut turned: Vec<(usize, usize)> = Vec::new();
        let mut kept: Vec<Vec<usize>> = vec![Vec::new(); count];
        for start in starts {
            if state[start] != State::New {
                continue;
            }
            state[start] = State::OnPath;
            let mut path = vec![(start, 0)];
            while let Some((node, next)) = path.last_mut() {
                let node = *node;
                let Some(&to) = self.callees[node].get(*next) else {
                    state[node] = State::Done;
                    path.pop();
                    continue;
                };
                *next += 1;
                match state[to] {
                    State::OnPath => turned.push((to, node)),
                    State::Done => kept[node].push(to),
                    State::New => {
                        kept[node].push(to);
                        state[to] = State::OnPath;
                        path.push((to, 0));
                    }
                }
            }
        }
        for (from, to) in turned {
            kept[from].push(to);
        }
        self.callees = kept;
    }

    /// The components by layer, each layer in drawing order.
    pub(super) fn layers(&self) -> Vec<Vec<usize>> {
        let rank = self.ranks();
        let count = rank.iter().map(|rank| rank + 1).max().unwrap_or(0);
        let mut layers: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (node, &rank) in rank.iter().enumerate() {
            layers[rank].push(node);
        }
        let mut place = vec![0.0; rank.len()];
        for layer in &layers {
            note_places(layer, &mut place);
        }
        for sweep in 0..SWEEPS {
            let (neighbours, order): (_, Vec<usize>) = if sweep % 2 == 0 {
                (&self.callers, (0..count).collect())
            } else {
                (&self.callees, (0..count).rev().collect())
            };
            for layer in order {
                let layer = &mut layers[layer];
                let mut keyed: Vec<(f64, usize)> = layer
                    .iter()
                    .map(|&node| (barycentre(&neighbours[node], &place, place[node]), node))
                    .collect();
                keyed.order_by(|a, b| a.0.total_cmp(&b.0));
                *layer = keyed.into_iter().map(|(_, node)| node).collect();
                note_places(layer, &mut place);
            }
        }
        layers
    }

    /// The number of calls on the longest path to each component.
    fn ranks(&self) -> Vec<usize> {
        let mut waiting: Vec<usize> = self.callers.iter().map(Vec::len).collect();
        let mut ready: Vec<usize> = (0..waiting.len())
            .filter(|&node| waiting[node] == 0)
            .collect();
        let mut rank = vec![0; waiting.len()];
        while let Some(node) = ready.pop() {
            for &to in &self.callees[node] {
                rank[to] = rank[to].max(rank[node] + 1);
                waiting[to] -= 1;
                if waiting[to] == 0 {
                    ready.push(to);
                }
            }
        }
        rank
    }
}

/// Where each card of a layer stands, from the middle of the layer, in cards.
fn note_places(layer: &[usize], place: &mut [f64]) {
    let middle = (layer.len() as f64 - 1.0) / 2.0;
    for (row, &node) in layer.iter().enumerate() {
        place[node] = row as f64 - middle;
    }
}

fn barycentre(neighbours: &[usize], place: &[f64], own: f64) -> f64 {
    if neighbours.is_empty() {
        return own;
    }
    neighbours.iter().map(|&node| place[node]).sum::<f64>() / neighbours.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::Rect;
    use crate::plan::sketch::sketch;

    fn check_clear(corners: &[Point]) {
        for (index, &a) in corners.iter().enumerate() {
            for &b in &corners[index + 1..] {
                assert!(!Rect::card(a).meets(Rect::card(b)), "{corners:?}");
            }
        }
    }

    #[test]
    fn callers_stand_left_of_what_they_call() {
        let plan = sketch("users -> lb -> app -> db\nlb -> api -> db\napp -> cache").unwrap();
        let corners = layout(&plan);
        check_clear(&corners);
        let x = |id: &str| {
            let index = plan.components.iter().position(|c| c.id == *id).unwrap();
            corners[index].x
        };
        for connection in &plan.connections {
            assert!(x(&connection.from) < x(&connection.to), "{}", connection.id);
        }
    }

    #[test]
    fn circles_and_long_chains_are_drawn_too() {
        let plan = sketch("users -> a:app -> b:app -> c:app -> a\nc -> d:app -> b").unwrap();
        check_clear(&layout(&plan));
        let chain: Vec<String> = (0..2_000).map(|n| format!("n{n}:app")).collect();
        let plan = sketch(&chain.join(" -> ")).unwrap();
        assert_eq!(layout(&plan).len(), plan.components.len());
    }

    #[test]
    fn what_has_a_place_keeps_it_and_the_rest_stays_clear() {
        let mut plan = sketch("users -> app -> db").unwrap();
        std::rc::Rc::make_mut(&mut plan.components[1]).position = Some([300.0, 40.0]);
        let corners = layout(&plan);
        assert_eq!(corners[1], Point { x: 300.0, y: 40.0 });
        check_clear(&corners);
        std::rc::Rc::make_mut(&mut plan.components[1]).position = Some([1e300, 0.0]);
        check_clear(&layout(&plan));
    }
}
