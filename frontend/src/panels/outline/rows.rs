//! The rows of the outline: places around components, and under each component what it calls and is asked.

use std::collections::{BTreeMap, BTreeSet};

use model::diagram;
use model::plan::{Id, Plan};

/// What a row stands for, by its index in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// A place.
    Place(usize),
    /// A component.
    Component(usize),
    /// A journey that starts at the component above.
    Journey(usize),
    /// A connection from the component above.
    Connection(usize),
}

/// A row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// What it stands for.
    pub part: Part,
    /// How deep it lies, from 1.
    pub level: usize,
    /// Whether what is in it is shown; none where nothing is.
    pub open: Option<bool>,
}

impl Part {
    /// Its id in the plan.
    pub(super) fn id(self, plan: &Plan) -> Option<&Id> {
        match self {
            Self::Place(index) => plan.places.get(index).map(|place| &place.id),
            Self::Component(index) => plan.components.get(index).map(|component| &component.id),
            Self::Journey(index) => plan.journeys.get(index).map(|journey| &journey.id),
            Self::Connection(index) => plan.connections.get(index).map(|one| &one.id),
        }
    }

    /// Whether it shows what is in it until it is folded.
    fn starts_open(self) -> bool {
        matches!(self, Self::Place(_))
    }
}

/// The rows of a plan, where those of `turned` are folded when they would be open, and open when folded.
///
/// Components without a place come first, then the places, the outer ones around the inner ones; of a part that
/// comes twice in a broken plan, the first.
pub(super) fn rows(plan: &Plan, turned: &BTreeSet<Id>) -> Vec<Row> {
    let tree = Tree::of(plan);
    let mut rows = Vec::new();
    // What is still to be written, the next at the end.
    let mut left: Vec<(Part, usize)> = Vec::new();
    push(&mut left, &tree.roots, 1);
    while let Some((part, level)) = left.pop() {
        let inner = tree.inner.get(&part);
        let is_turned = part.id(plan).is_some_and(|id| turned.contains(id));
        let open = inner.map(|_| part.starts_open() != is_turned);
        rows.push(Row { part, level, open });
        if let (Some(inner), Some(true)) = (inner, open) {
            push(&mut left, inner, level + 1);
        }
    }
    rows
}

/// The places around a part, and the component of a connection or journey, all of which hide it when folded.
pub(super) fn around(plan: &Plan, part: Part) -> Vec<Part> {
    let tree = Tree::of(plan);
    let outer_of = |part: Part| {
        let holds = |(_, inner): &(&Part, &Vec<Part>)| inner.contains(&part);
        tree.inner.iter().find(holds).map(|(outer, _)| *outer)
    };
    let mut around = Vec::new();
    let mut next = outer_of(part);
    while let Some(outer) = next {
        around.push(outer);
        next = outer_of(outer);
    }
    around
}

fn push(left: &mut Vec<(Part, usize)>, parts: &[Part], level: usize) {
    left.extend(parts.iter().rev().map(|part| (*part, level)));
}

/// What lies in what; free of circles.
struct Tree {
    roots: Vec<Part>,
    inner: BTreeMap<Part, Vec<Part>>,
}

impl Tree {
    fn of(plan: &Plan) -> Self {
        let mut tree = Self {
            roots: Vec::new(),
            inner: BTreeMap::new(),
        };
        let mut places: BTreeMap<&Id, usize> = BTreeMap::new();
        for (index, place) in plan.places.iter().enumerate() {
            places.entry(&place.id).or_insert(index);
        }
        let mut components: BTreeMap<&Id, usize> = BTreeMap::new();
        for (index, component) in plan.components.iter().enumerate() {
            components.entry(&component.id).or_insert(index);
        }
        for (index, home) in diagram::homes(plan).into_iter().enumerate() {
            if components.get(&plan.components[index].id) == Some(&index) {
                let home = home.and_then(|home| places.get(&home).copied());
                tree.put(home.map(Part::Place), Part::Component(index));
            }
        }
        for (index, place) in plan.places.iter().enumerate() {
            if places.get(&place.id) == Some(&index) {
                let outer = place.within.as_ref().and_then(|id| places.get(id).copied());
                let outer = outer.filter(|outer| !is_within(plan, &places, *outer, index));
                tree.put(outer.map(Part::Place), Part::Place(index));
            }
        }
        for (index, journey) in plan.journeys.iter().enumerate() {
            if let Some(entry) = journey.entry.as_ref().and_then(|id| components.get(id)) {
                tree.put(Some(Part::Component(*entry)), Part::Journey(index));
            }
        }
        for (index, connection) in plan.connections.iter().enumerate() {
            if let Some(from) = components.get(&connection.from) {
                tree.put(Some(Part::Component(*from)), Part::Connection(index));
            }
        }
        tree
    }

    fn put(&mut self, outer: Option<Part>, part: Part) {
        match outer {
            Some(outer) => self.inner.entry(outer).or_default().push(part),
            None => self.roots.push(part),
        }
    }
}

/// Whether a place is another one, or lies in it, or in a circle.
fn is_within(plan: &Plan, places: &BTreeMap<&Id, usize>, place: usize, other: usize) -> bool {
    let mut next = Some(place);
    for _ in 0..=plan.places.len() {
        let Some(at) = next else { return false };
        if at == other {
            return true;
        }
        let outer = plan.places[at].within.as_ref();
        next = outer.and_then(|id| places.get(id).copied());
    }
    true
}

#[cfg(test)]
mod tests {
    use model::plan::sketch::sketch;

    use super::*;

    fn shape(plan: &Plan, turned: &[&str]) -> Vec<String> {
        let turned = turned.iter().map(|id| Id::from(*id)).collect();
        rows(plan, &turned)
            .iter()
            .map(|row| {
                let fold = match row.open {
                    Some(true) => "-",
                    Some(false) => "+",
                    None => "",
                };
                let id = row.part.id(plan).unwrap();
                format!("{}{fold}{id}", " ".repeat(row.level - 1))
            })
            .collect()
    }

    const PLAN: &str =
        "place fsn: region\nplace a: zone in fsn\nusers -> app-server*2@a -> sql-database@a";

    #[test]
    fn places_hold_places_and_components() {
        let plan = sketch(PLAN).unwrap();
        assert_eq!(
            shape(&plan, &[]),
            ["+users", "-fsn", " -a", "  +app-server", "  sql-database"]
        );
    }

    #[test]
    fn what_is_turned_is_folded_or_open() {
        let plan = sketch(PLAN).unwrap();
        assert_eq!(shape(&plan, &["fsn"]), ["+users", "+fsn"]);
        assert_eq!(
            shape(&plan, &["users", "app-server"]),
            [
                "-users",
                " visit",
                " c1",
                "-fsn",
                " -a",
                "  -app-server",
                "   c2",
                "  sql-database"
            ]
        );
    }

    #[test]
    fn every_part_is_there_once_even_in_a_circle() {
        let mut plan = sketch(PLAN).unwrap();
        std::rc::Rc::make_mut(&mut plan.places[0]).within = Some("a".into());
        plan.places.push(plan.places[1].clone());
        plan.components.push(plan.components[1].clone());
        let shown = shape(&plan, &["users", "app-server"]);
        for id in [
            "fsn",
            "a",
            "users",
            "app-server",
            "sql-database",
            "visit",
            "c1",
            "c2",
        ] {
            let times = shown
                .iter()
                .filter(|row| row.trim_start_matches([' ', '+', '-']) == id);
            assert_eq!(times.count(), 1, "{id} in {shown:?}");
        }
    }

    #[test]
    fn what_hides_a_part_is_found() {
        let plan = sketch(PLAN).unwrap();
        let ids = |part| -> Vec<String> {
            let around = around(&plan, part);
            around
                .iter()
                .map(|part| part.id(&plan).unwrap().to_string())
                .collect()
        };
        assert_eq!(ids(Part::Connection(1)), ["app-server", "a", "fsn"]);
        assert_eq!(ids(Part::Component(0)), [""; 0]);
    }
}
