//! What every way keeps to, whatever is drawn.

use super::router::TIP_GAP;
use super::*;
use crate::diagram::{Point, layout};
use crate::plan::Id;
use crate::plan::sketch::sketch;
use proptest::prelude::*;

fn drawn(text: &str) -> (Plan, Vec<Rect>, Vec<Route>) {
    let plan = sketch(text).unwrap();
    let cards: Vec<Rect> = layout(&plan).into_iter().map(Rect::card).collect();
    let routes = routes(&plan, &cards)
        .into_iter()
        .map(Option::unwrap)
        .collect();
    (plan, cards, routes)
}

fn check_along_the_axes(route: &Route) {
    assert!(route.points.len() >= 2);
    for part in route.points.windows(2) {
        assert!(
            part[0].x == part[1].x || part[0].y == part[1].y,
            "{route:?}"
        );
    }
}

fn crosses(route: &Route, card: Rect) -> bool {
    route
        .points
        .windows(2)
        .any(|part| Rect::between(part[0], part[1]).meets(card))
}

#[test]
fn neighbours_in_a_row_are_joined_by_a_straight_line() {
    let (_, _, routes) = drawn("users -> app -> db");
    for route in routes {
        assert_eq!(route.points.len(), 2, "{route:?}");
    }
}

#[test]
fn a_card_in_the_way_is_passed_by() {
    let (plan, cards, routes) = drawn("users -> lb -> app\nusers -> app");
    let past = plan
        .connections
        .iter()
        .position(|c| c.from == "users" && c.to == "app");
    let lb = plan.components.iter().position(|c| c.id == "lb").unwrap();
    let route = &routes[past.unwrap()];
    check_along_the_axes(route);
    assert!(!crosses(route, cards[lb]), "{route:?}");
}

#[test]
fn a_balancer_fans_out_from_one_port_and_others_do_not() {
    let (_, _, routes) = drawn("lb -> a:app\nlb -> b:app");
    assert_eq!(routes[0].points[0], routes[1].points[0]);
    let (_, _, routes) = drawn("app -> a:db\napp -> b:db");
    assert_ne!(routes[0].points[0], routes[1].points[0]);
}

#[test]
fn what_is_moved_is_joined_as_if_it_stood_there() {
    let (plan, cards, _) = drawn(
        "users -> lb -> a:app -> db\nlb -> b:app -> db\na -> cache\nb -> cache\na -> queue ~> worker",
    );
    let grid = Grid::new(cards.clone());
    for (ids, by) in [(["a", ""], (40.0, 220.0)), (["a", "b"], (-700.0, 30.0))] {
        let is_moved = |id: &Id| ids.contains(&id.as_str());
        let moving = Moving::new(&plan, &cards, is_moved);
        let there: Vec<Rect> = plan
            .components
            .iter()
            .zip(&cards)
            .map(|(component, card)| {
                let by = if is_moved(&component.id) {
                    by
                } else {
                    (0.0, 0.0)
                };
                Rect {
                    x: card.x + by.0,
                    y: card.y + by.1,
                    ..*card
                }
            })
            .collect();
        let ends = |route: &Route| (route.points[0], route.points.last().copied());
        let routes = routes(&plan, &there);
        let expected: Vec<_> = moving
            .torn()
            .map(|number| routes[number].as_ref().map(ends))
            .collect();
        let found: Vec<_> = moving
            .routes(&grid, by)
            .iter()
            .map(|r| Some(ends(r)))
            .collect();
        assert_eq!(found, expected);
        let touched = plan
            .connections
            .iter()
            .filter(|c| is_moved(&c.from) || is_moved(&c.to));
        assert_eq!(
            moving.torn().count() + moving.along().len(),
            touched.count()
        );
    }
}

#[test]
fn a_connection_to_nowhere_has_no_way() {
    let mut plan = sketch("users -> app").unwrap();
    plan.components.truncate(1);
    let cards = vec![Rect::card(Point::default())];
    assert_eq!(routes(&plan, &cards), vec![None]);
}

/// The plan of a sketch, its cards in a grid whose fields are this wide and high.
fn in_columns(text: &str, columns: &[&[&str]]) -> (Plan, Vec<Route>) {
    let plan = sketch(text).unwrap();
    let corner = |id: &Id| {
        let spots = columns.iter().enumerate().flat_map(|(x, column)| {
            let rows = column.iter().enumerate();
            rows.map(move |(y, name)| (*name, x, y))
        });
        let found = spots.into_iter().find(|(name, ..)| *id == **name).unwrap();
        Point {
            x: found.1 as f64 * 260.0,
            y: found.2 as f64 * 120.0,
        }
    };
    let cards: Vec<Rect> = plan
        .components
        .iter()
        .map(|c| Rect::card(corner(&c.id)))
        .collect();
    let routes = routes(&plan, &cards);
    (plan, routes.into_iter().map(Option::unwrap).collect())
}

fn upright_parts(route: &Route) -> Vec<f64> {
    let parts = route.points.windows(2);
    let upright = parts.filter(|part| part[0].x == part[1].x);
    upright.map(|part| part[0].x).collect()
}

#[test]
fn callers_of_the_same_targets_share_a_trunk() {
    let (_, routes) = in_columns(
        "a:app, b:app, c:app -> db, cache, queue\na -> files",
        &[&["a", "b", "c"], &["db", "cache", "queue", "files"]],
    );
    let routes = &routes[..9];
    let mut lanes: Vec<f64> = routes.iter().flat_map(upright_parts).collect();
    lanes.dedup();
    assert_eq!(lanes.len(), 1, "{routes:?}");
    let mut starts: Vec<f64> = routes.iter().map(|route| route.points[0].y).collect();
    starts.sort_by(f64::total_cmp);
    starts.dedup();
    assert_eq!(starts.len(), 3, "one port for each caller: {routes:?}");
}

#[test]
fn what_several_call_is_reached_by_one_line() {
    let (_, routes) = in_columns(
        "a:app, b:app, c:app -> db\na -> files\nb -> cache",
        &[&["a", "b", "c"], &["db", "files", "cache"]],
    );
    let mut ends: Vec<Point> = routes[..3]
        .iter()
        .map(|r| *r.points.last().unwrap())
        .collect();
    ends.dedup();
    assert_eq!(ends.len(), 1, "{routes:?}");
}

#[test]
fn connections_between_the_same_two_run_side_by_side() {
    let mut plan = sketch("a:app -> b:app").unwrap();
    for (from, to) in [("a", "b"), ("b", "a")] {
        let mut copy = (*plan.connections[0]).clone();
        copy.id = plan.free_id("more");
        (copy.from, copy.to) = (Id::from(from), Id::from(to));
        plan.connections.push(std::rc::Rc::new(copy));
    }
    for (x, y) in [
        (400.0, 10.0),
        (400.0, 300.0),
        (-400.0, -300.0),
        (60.0, 260.0),
    ] {
        let cards = [Rect::card(Point::default()), Rect::card(Point { x, y })];
        let routes: Vec<Route> = routes(&plan, &cards).into_iter().flatten().collect();
        for (index, route) in routes.iter().enumerate() {
            for other in &routes[index + 1..] {
                let meets = route
                    .points
                    .windows(2)
                    .any(|part| other.crosses(Rect::between(part[0], part[1]).grown(8.0)));
                assert!(!meets, "{routes:?}");
            }
        }
    }
}

#[test]
fn every_label_of_the_starting_plans_has_a_clear_place() {
    for template in crate::templates::ALL {
        let plan = template.plan().unwrap();
        let cards: Vec<Rect> = layout(&plan).into_iter().map(Rect::card).collect();
        let routes = routes(&plan, &cards);
        let spots = spots(&routes, &cards);
        let hidden = spots.iter().filter(|spot| spot.is_none()).count();
        assert_eq!(hidden, 0, "{}", template.id);
    }
}

/// A label for every connection.
fn spots(routes: &[Option<Route>], cards: &[Rect]) -> Vec<Option<Point>> {
    let labels: Vec<Label> = (0..routes.len())
        .map(|connection| Label {
            connection,
            width: 56.0,
        })
        .collect();
    let bounds = routes
        .iter()
        .map(|r| r.as_ref().map_or(Rect::default(), Route::bounds));
    let ways = Grid::new(bounds.collect());
    let cards = Grid::new(cards.to_vec());
    label_spots(&labels, &|index| routes[index].as_ref(), &ways, &cards)
}

/// Up to 60 cards that stand apart, and calls among them.
fn any_drawing() -> impl Strategy<Value = (Plan, Vec<Rect>)> {
    (2..60_usize).prop_flat_map(|count| {
        let jitter = prop::collection::vec((-20.0..20.0, -16.0..16.0), count);
        let fields = prop::collection::vec(0..90_usize, count);
        let calls = prop::collection::vec((0..count, 0..count), 1..120);
        (jitter, fields, calls).prop_map(drawing)
    })
}

type Parts = (Vec<(f64, f64)>, Vec<usize>, Vec<(usize, usize)>);

fn drawing((jitter, fields, calls): Parts) -> (Plan, Vec<Rect>) {
    let mut plan = Plan::default();
    let mut taken = std::collections::BTreeSet::new();
    let mut cards = Vec::new();
    for (index, ((dx, dy), field)) in jitter.into_iter().zip(fields).enumerate() {
        let field = (0..90)
            .map(|step| (field + step) % 90)
            .find(|field| !taken.contains(field));
        let field = field.unwrap();
        taken.insert(field);
        let corner = Point {
            x: (field % 10) as f64 * 260.0 + dx,
            y: (field / 10) as f64 * 132.0 + dy,
        };
        cards.push(Rect::card(corner));
        let kind = if index % 7 == 0 {
            "load_balancer"
        } else {
            "app_server"
        };
        plan.components
            .push(std::rc::Rc::new(crate::plan::Component {
                id: Id::from(format!("c{index}").as_str()),
                kind: kind.to_owned(),
                ..Default::default()
            }));
    }
    for (number, (from, to)) in calls.into_iter().enumerate().filter(|(_, (a, b))| a != b) {
        plan.connections
            .push(std::rc::Rc::new(crate::plan::Connection {
                id: Id::from(format!("k{number}").as_str()),
                from: plan.components[from].id.clone(),
                to: plan.components[to].id.clone(),
                ..Default::default()
            }));
    }
    (plan, cards)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn where_there_is_room_no_way_runs_through_a_card_and_each_joins_its_ends(
        (plan, cards) in any_drawing()
    ) {
        let index = |id: &Id| plan.components.iter().position(|c| c.id == *id).unwrap();
        let routes = routes(&plan, &cards);
        for (route, connection) in routes.iter().zip(&plan.connections) {
            let route = route.as_ref().unwrap();
            check_along_the_axes(route);
            let on_edge = |point: Point, card: usize| {
                let card = cards[card];
                card.grown(TIP_GAP + 1e-6).contains(point) && !card.grown(-1.0).contains(point)
            };
            prop_assert!(on_edge(route.points[0], index(&connection.from)));
            prop_assert!(on_edge(*route.points.last().unwrap(), index(&connection.to)));
            for card in &cards {
                prop_assert!(!crosses(route, card.grown(-1.0)), "{card:?} {route:?}");
            }
        }
    }

    #[test]
    fn the_same_drawing_has_the_same_ways((plan, cards) in any_drawing()) {
        prop_assert_eq!(routes(&plan, &cards), routes(&plan, &cards));
    }

    #[test]
    fn labels_cover_no_card_and_no_other_label((plan, cards) in any_drawing()) {
        let routes = routes(&plan, &cards);
        let spots = spots(&routes, &cards);
        let area = |at: Point| Rect {
            x: at.x - 28.0,
            y: at.y - 11.0,
            width: 56.0,
            height: 22.0,
        };
        let areas: Vec<Rect> = spots.into_iter().flatten().map(area).collect();
        for (index, label) in areas.iter().enumerate() {
            prop_assert!(!cards.iter().any(|card| card.meets(*label)));
            prop_assert!(!areas[index + 1..].iter().any(|other| other.meets(*label)));
        }
    }

    #[test]
    fn wherever_cards_stand_the_way_joins_their_sides(
        (x, y) in (-1e7..1e7, -1e7..1e7), (near_x, near_y) in (-400.0..400.0, -300.0..300.0)
    ) {
        let plan = sketch("users -> app -> db").unwrap();
        let card = |x, y| Rect::card(Point { x, y });
        let cards = [card(0.0, 0.0), card(near_x, near_y), card(x, y)];
        for (route, (from, to)) in routes(&plan, &cards).into_iter().zip([(0, 1), (1, 2)]) {
            let route = route.unwrap();
            check_along_the_axes(&route);
            prop_assert!(cards[from].contains(route.points[0]));
            let end = *route.points.last().unwrap();
            prop_assert!(cards[to].grown(TIP_GAP + 1e-6).contains(end));
            prop_assert!(!route.path().contains("NaN"));
        }
    }
}
