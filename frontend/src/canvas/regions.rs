//! A large drawing from afar: for each square of it the cards as one shape for each hosting kind, and the connections
//! as one line.

use std::fmt::Write as _;
use std::rc::Rc;

use model::diagram::{Point, Rect};
use model::plan::Id;
use yew::prelude::*;

use super::fates::Fates;
use super::kept::kept;
use super::scene::Scene;

/// Width and height of a square.
const SQUARE: f64 = 4_096.0;
/// The kinds as classes name them, in the order of the shapes; the last two are for what has no hosting, and for what
/// is down.
const KINDS: [&str; 7] = [
    "bare_metal",
    "vps",
    "iaas",
    "paas",
    "none",
    "outside",
    "down",
];

/// One square of the drawing.
#[derive(Debug)]
pub(super) struct Region {
    square: (i64, i64),
    /// What it covers; connections and cards may reach beyond the square.
    pub area: Rect,
    cards: [AttrValue; KINDS.len()],
    lines: AttrValue,
}

/// All squares in which something is drawn, with what is down while parts are taken away.
pub(super) fn regions(scene: &Scene, fates: Option<&Fates>) -> Vec<Rc<Region>> {
    let is_down = |id: &Id| {
        let fate = fates.and_then(|fates| fates.cards.get(id));
        fate.is_some_and(|fate| fate.is_down())
    };
    let mut drafts: Vec<Draft> = Vec::new();
    for (face, &area) in scene.faces.iter().zip(scene.cards.iter()) {
        let draft = draft_at(&mut drafts, area);
        let kind = match face.kind {
            _ if is_down(&face.id) => "down",
            kind => kind.unwrap_or("outside"),
        };
        let kind = KINDS.iter().position(|known| *known == kind);
        let shape = &mut draft.cards[kind.unwrap_or(0)];
        // Writing to a string cannot fail.
        let _ = write!(
            shape,
            "M{:.0} {:.0}h{}v{}h-{}z",
            area.x, area.y, area.width, area.height, area.width
        );
    }
    for wire in scene.wires.iter().flatten() {
        let draft = draft_at(&mut drafts, wire.route.bounds());
        let mut command = 'M';
        for point in &wire.route.points {
            let _ = write!(draft.lines, "{command}{:.0} {:.0}", point.x, point.y);
            command = 'L';
        }
    }
    let finished = drafts.into_iter().map(|draft| {
        Rc::new(Region {
            square: draft.square,
            area: draft.area,
            cards: draft.cards.map(AttrValue::from),
            lines: draft.lines.into(),
        })
    });
    finished.collect()
}

struct Draft {
    square: (i64, i64),
    area: Rect,
    cards: [String; KINDS.len()],
    lines: String,
}

/// The square in which the middle of an area lies; most often that of the area before.
fn draft_at(drafts: &mut Vec<Draft>, area: Rect) -> &mut Draft {
    let Point { x, y } = area.centre();
    let square = ((x / SQUARE).floor() as i64, (y / SQUARE).floor() as i64);
    let index = drafts.iter().rposition(|draft| draft.square == square);
    let index = index.unwrap_or_else(|| {
        drafts.push(Draft {
            square,
            area,
            cards: Default::default(),
            lines: String::new(),
        });
        drafts.len() - 1
    });
    let draft = &mut drafts[index];
    draft.area = draft.area.union(area);
    draft
}

/// A square that is the same only as itself.
struct Square(Rc<Region>);

impl PartialEq for Square {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Draws a square.
pub(super) fn region_part(region: &Rc<Region>) -> Html {
    kept(key_of(region), Square(Rc::clone(region)), square)
}

fn square(Square(region): &Square) -> Html {
    let shapes = KINDS.iter().zip(&region.cards);
    html! {
        <g class="region" aria-hidden="true">
            <path class="region__lines" d={region.lines.clone()} />
            <g>
                { for shapes.map(|(kind, shape)| html! {
                    <path key={*kind} class={format!("region__cards kind--{kind}")} d={shape.clone()} />
                }) }
            </g>
        </g>
    }
}

/// What tells a square from the others.
fn key_of(region: &Region) -> String {
    format!("{} {}", region.square.0, region.square.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::catalog::Catalog;
    use model::evaluate::Evaluation;
    use model::plan::sketch::sketch;
    use model::scenarios::{Scenario, aftermath};

    #[test]
    fn every_card_and_connection_is_in_one_square() {
        let mut plan = sketch("users -> lb -> a:app, b:app -> db").unwrap();
        for (index, component) in plan.components.iter_mut().enumerate() {
            let far = 3_000.0 * index as f64;
            Rc::make_mut(component).position = Some([far, -far]);
        }
        let scene = Scene::new(
            &Rc::new(plan),
            &Rc::new(Evaluation::default()),
            &Rc::new(Catalog::default()),
            &Scene::default(),
        );
        let regions = regions(&scene, None);
        assert!(regions.len() > 2);
        let cards = regions.iter().flat_map(|region| &region.cards);
        assert_eq!(
            cards.map(|shape| shape.matches('z').count()).sum::<usize>(),
            5
        );
        let lines = regions
            .iter()
            .map(|region| region.lines.matches('M').count());
        assert_eq!(lines.sum::<usize>(), 5);
        for card in scene.cards.iter() {
            assert!(
                regions
                    .iter()
                    .any(|region| region.area.contains(card.centre()))
            );
        }
    }

    #[test]
    fn what_is_down_is_seen_from_afar() {
        let plan = Rc::new(sketch("users -> lb -> app -> db").unwrap());
        let catalog = Rc::new(Catalog::default());
        let scene = Scene::new(
            &plan,
            &Rc::new(Evaluation::default()),
            &catalog,
            &Scene::default(),
        );
        let scenario = Scenario::of_events(["component:db"]);
        let fates = Fates::new(&plan, &aftermath(&plan, &catalog, &scenario));
        let count = |fates: Option<&Fates>| -> usize {
            let regions = regions(&scene, fates);
            let down = regions.iter().map(|region| &region.cards[KINDS.len() - 1]);
            down.map(|shape| shape.matches('z').count()).sum()
        };
        assert_eq!(count(None), 0);
        assert!(count(Some(&fates)) >= 1);
    }
}
