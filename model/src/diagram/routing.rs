//! How connections run: along the axes, from side to side, clear of cards where there is a way round.
//!
//! Every connection gets the sides that face each other, a port on each side, and a lane between them. The
//! lane is the middle one unless a card stands there or another connection runs there already. Cost: about
//! constant per connection, thanks to a [`Grid`] of the cards.

#![expect(
    clippy::float_cmp,
    reason = "corners copy coordinates, so what is in line is exactly equal"
)]

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Grid, Point, Rect};
use crate::components;
use crate::order::Order as _;
use crate::plan::{Id, Plan};

/// The way of one connection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    /// The caller's port, every corner, the callee's port.
    pub points: Vec<Point>,
}

/// Cards closer than this do not leave room for a lane between them.
const ROOM: f64 = 28.0;
/// Distance between two ports of one side, where there is room.
const PORT_GAP: f64 = 18.0;
/// Free space at the ends of a side.
const SIDE_MARGIN: f64 = 12.0;
/// Distance between two lanes.
const LANE_GAP: f64 = 14.0;
/// Distance from a card to a lane that runs round it.
const CLEARANCE: f64 = 22.0;
/// The arrowhead ends this far before the card.
const TIP_GAP: f64 = 2.0;
/// Radius of a corner.
const RADIUS: f64 = 10.0;

/// The way of every connection, in the order of the plan; none where an end is missing.
///
/// `cards` are the cards of the plan's components, in their order.
pub fn routes(plan: &Plan, cards: &[Rect]) -> Vec<Option<Route>> {
    let joined = joined(plan);
    let standing = Standing::still(cards);
    let grid = Grid::new(cards.to_vec());
    let mut router = Router::new(standing, &grid, &[]);
    links(&joined, standing)
        .iter()
        .map(|link| link.as_ref().map(|link| router.route(link)))
        .collect()
}

/// Cards that are being moved, with what hangs on them: prepared once, so that each step of the movement costs what
/// the neighbours' connections cost, however large the plan is.
#[derive(Debug)]
pub struct Moving {
    cards: Vec<Rect>,
    is_moved: Vec<bool>,
    moved: Vec<usize>,
    /// The connections at the moved cards and at their neighbours: those share sides.
    near: Vec<Option<Joined>>,
    /// Connections with one end moved: where they are in `near`, and their index in the plan.
    torn: Vec<(usize, usize)>,
    along: Vec<usize>,
}

impl Moving {
    /// Takes up the components for which `is_moved` holds. `cards` are the cards of the plan's components.
    pub fn new(plan: &Plan, cards: &[Rect], is_moved: impl Fn(&Id) -> bool) -> Self {
        let count = cards.len().min(plan.components.len());
        let components = &plan.components[..count];
        let is_moved: Vec<bool> = components.iter().map(|c| is_moved(&c.id)).collect();
        let joined: Vec<Option<Joined>> = joined(plan)
            .into_iter()
            .map(|joined| joined.filter(|joined| joined.from.max(joined.to) < count))
            .collect();
        let is_torn = |joined: &Joined| is_moved[joined.from] != is_moved[joined.to];
        let mut shares_side = vec![false; count];
        for joined in joined.iter().flatten().filter(|joined| is_torn(joined)) {
            shares_side[joined.from] = true;
            shares_side[joined.to] = true;
        }
        let (mut near, mut torn, mut along) = (Vec::new(), Vec::new(), Vec::new());
        for (number, joined) in joined.into_iter().enumerate() {
            let Some(joined) = joined else { continue };
            if is_torn(&joined) {
                torn.push((near.len(), number));
            } else if is_moved[joined.from] {
                along.push(number);
            }
            if shares_side[joined.from] || shares_side[joined.to] {
                near.push(Some(joined));
            }
        }
        Self {
            cards: cards.to_vec(),
            moved: (0..count).filter(|&card| is_moved[card]).collect(),
            is_moved,
            near,
            torn,
            along,
        }
    }

    /// The connections among what is moved, by their index in the plan: they move along as they are.
    pub fn along(&self) -> &[usize] {
        &self.along
    }

    /// The connections between what is moved and what is not, by their index in the plan.
    pub fn torn(&self) -> impl Iterator<Item = usize> + '_ {
        self.torn.iter().map(|&(_, number)| number)
    }

    /// The ways of the torn connections once the cards have been moved by so much; `grid` holds all cards where
    /// they stood.
    pub fn routes(&self, grid: &Grid, by: (f64, f64)) -> Vec<Route> {
        let standing = Standing {
            cards: &self.cards,
            is_moved: &self.is_moved,
            by,
        };
        let links = links(&self.near, standing);
        let mut router = Router::new(standing, grid, &self.moved);
        let torn = self
            .torn
            .iter()
            .filter_map(|&(near, _)| links[near].as_ref());
        torn.map(|link| router.route(link)).collect()
    }
}

/// The way from one card to another as if there were no others.
pub fn route_between(from: Rect, to: Rect) -> Route {
    let (leaves, arrives) = facing(from, to);
    let frame = Frame(leaves);
    let (a, b) = (
        frame.turned(leaves.middle(from)),
        frame.turned(arrives.middle(to)),
    );
    let lane = if leaves == arrives {
        a.x.max(b.x) + ROOM
    } else {
        f64::midpoint(a.x, b.x)
    };
    let corners = [a, Point { x: lane, y: a.y }, Point { x: lane, y: b.y }, b];
    Route::through(corners.map(|corner| frame.back(corner)).to_vec())
}

/// The way from a card to a point that is no card yet.
pub fn route_to_point(from: Rect, to: Point) -> Route {
    let target = Rect::between(to, to);
    let (leaves, _) = facing(from, target);
    let frame = Frame(leaves);
    let (a, b) = (frame.turned(leaves.middle(from)), frame.turned(to));
    let lane = f64::midpoint(a.x, b.x).max(a.x + CLEARANCE / 2.0);
    let corners = [a, Point { x: lane, y: a.y }, Point { x: lane, y: b.y }, b];
    Route::through(corners.map(|corner| frame.back(corner)).to_vec())
}

impl Route {
    fn through(points: Vec<Point>) -> Self {
        let mut kept: Vec<Point> = Vec::with_capacity(points.len());
        for point in points {
            if let [.., before, last] = kept[..]
                && (before.x == last.x && last.x == point.x
                    || before.y == last.y && last.y == point.y)
            {
                kept.pop();
            }
            if kept.last() != Some(&point) {
                kept.push(point);
            }
        }
        Self { points: kept }
    }

    /// As SVG path data with rounded corners.
    pub fn path(&self) -> String {
        let mut path = String::new();
        let Some((first, rest)) = self.points.split_first() else {
            return path;
        };
        push(&mut path, 'M', *first);
        for (index, &corner) in rest.iter().enumerate() {
            let Some(&next) = rest.get(index + 1) else {
                push(&mut path, 'L', corner);
                break;
            };
            let before = self.points[index];
            let radius = RADIUS
                .min(distance(before, corner) / 2.0)
                .min(distance(corner, next) / 2.0);
            push(&mut path, 'L', towards(corner, before, radius));
            push(&mut path, 'Q', corner);
            push(&mut path, ' ', towards(corner, next, radius));
        }
        path
    }

    /// The middle of the longest straight part: where a label reads best.
    pub fn middle(&self) -> Point {
        let longest = self.points.windows(2).max_by(|a, b| {
            let (a, b) = (distance(a[0], a[1]), distance(b[0], b[1]));
            a.total_cmp(&b)
        });
        match longest {
            Some(part) => Rect::between(part[0], part[1]).centre(),
            None => self.points.first().copied().unwrap_or_default(),
        }
    }

    /// How far a point is from it.
    pub fn distance(&self, point: Point) -> f64 {
        let parts = self.points.windows(2);
        parts
            .map(|part| {
                let straight = Rect::between(part[0], part[1]);
                let dx = point.x - point.x.clamp(straight.x, straight.right());
                let dy = point.y - point.y.clamp(straight.y, straight.bottom());
                dx.hypot(dy)
            })
            .fold(f64::INFINITY, f64::min)
    }

    /// The smallest rectangle around it.
    pub fn bounds(&self) -> Rect {
        self.points
            .iter()
            .map(|&point| Rect::between(point, point))
            .reduce(Rect::union)
            .unwrap_or_default()
    }
}

fn push(path: &mut String, command: char, point: Point) {
    let round = |number: f64| (number * 10.0).round() / 10.0;
    // Writing to a string cannot fail.
    let _ = write!(path, "{command}{} {}", round(point.x), round(point.y));
}

fn distance(a: Point, b: Point) -> f64 {
    (a.x - b.x).abs() + (a.y - b.y).abs()
}

fn towards(from: Point, to: Point, length: f64) -> Point {
    let whole = distance(from, to).max(f64::MIN_POSITIVE);
    from.moved(
        (to.x - from.x) / whole * length,
        (to.y - from.y) / whole * length,
    )
}

/// A side of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Right,
    Left,
    Bottom,
    Top,
}

impl Side {
    fn middle(self, card: Rect) -> Point {
        let centre = card.centre();
        match self {
            Self::Right => Point {
                x: card.right(),
                ..centre
            },
            Self::Left => Point {
                x: card.x,
                ..centre
            },
            Self::Bottom => Point {
                y: card.bottom(),
                ..centre
            },
            Self::Top => Point {
                y: card.y,
                ..centre
            },
        }
    }

    fn is_upright(self) -> bool {
        matches!(self, Self::Right | Self::Left)
    }

    /// The coordinate that moves along the side.
    fn along(self, point: Point) -> f64 {
        if self.is_upright() { point.y } else { point.x }
    }

    fn at(self, card: Rect, along: f64) -> Point {
        let middle = self.middle(card);
        if self.is_upright() {
            Point { y: along, ..middle }
        } else {
            Point { x: along, ..middle }
        }
    }

    /// Where on the side a port may be.
    fn span(self, card: Rect) -> (f64, f64) {
        let (start, length) = if self.is_upright() {
            (card.y, card.height)
        } else {
            (card.x, card.width)
        };
        (start + SIDE_MARGIN, start + length - SIDE_MARGIN)
    }
}

/// The side that a connection leaves by, and the one it arrives at.
fn facing(from: Rect, to: Rect) -> (Side, Side) {
    let right = to.x - from.right();
    let left = from.x - to.right();
    let below = to.y - from.bottom();
    let above = from.y - to.bottom();
    if right >= ROOM {
        (Side::Right, Side::Left)
    } else if below >= ROOM {
        (Side::Bottom, Side::Top)
    } else if above >= ROOM {
        (Side::Top, Side::Bottom)
    } else if left >= ROOM {
        (Side::Left, Side::Right)
    } else {
        (Side::Right, Side::Right)
    }
}

/// One connection with its ports.
#[derive(Clone, Debug)]
struct Link {
    from: usize,
    to: usize,
    leaves: Side,
    arrives: Side,
    start: Point,
    end: Point,
    /// Connections of the same bundle may run on top of each other.
    bundle: usize,
}

/// What a connection joins, and its bundle.
#[derive(Clone, Copy, Debug)]
struct Joined {
    from: usize,
    to: usize,
    bundle: usize,
}

/// What every connection joins; none where an end is missing.
fn joined(plan: &Plan) -> Vec<Option<Joined>> {
    let mut index: BTreeMap<&str, usize> = BTreeMap::new();
    for (component, source) in plan.components.iter().enumerate() {
        index.entry(&source.id).or_insert(component);
    }
    let fans_out: Vec<bool> = plan
        .components
        .iter()
        .map(|component| {
            components::component_type(&component.kind)
                .is_some_and(|kind| kind.behaviour.distributes)
        })
        .collect();
    plan.connections
        .iter()
        .enumerate()
        .map(|(number, connection)| {
            let from = *index.get(connection.from.as_str())?;
            let to = *index.get(connection.to.as_str())?;
            let bundle = if fans_out[from] {
                from
            } else {
                plan.components.len() + number
            };
            Some(Joined { from, to, bundle })
        })
        .collect()
}

/// Where cards stand while some of them are moved.
#[derive(Clone, Copy)]
struct Standing<'a> {
    cards: &'a [Rect],
    is_moved: &'a [bool],
    by: (f64, f64),
}

impl<'a> Standing<'a> {
    fn still(cards: &'a [Rect]) -> Self {
        Self {
            cards,
            is_moved: &[],
            by: (0.0, 0.0),
        }
    }

    fn card(self, index: usize) -> Rect {
        let card = self.cards[index];
        if self.is_moved.get(index) != Some(&true) {
            return card;
        }
        Rect {
            x: card.x + self.by.0,
            y: card.y + self.by.1,
            ..card
        }
    }
}

/// Connections with their ports.
fn links(joined: &[Option<Joined>], standing: Standing) -> Vec<Option<Link>> {
    let link = |joined: &Option<Joined>| {
        let Joined { from, to, bundle } = (*joined)?;
        if from.max(to) >= standing.cards.len() {
            return None;
        }
        let (a, b) = (standing.card(from), standing.card(to));
        let (leaves, arrives) = facing(a, b);
        Some(Link {
            from,
            to,
            leaves,
            arrives,
            start: leaves.middle(a),
            end: arrives.middle(b),
            bundle,
        })
    };
    let mut links: Vec<Option<Link>> = joined.iter().map(link).collect();
    spread_ports(&mut links, standing);
    links
}

/// Gives the ends at each side of each card a port of their own, in the order of where they lead.
fn spread_ports(links: &mut [Option<Link>], standing: Standing) {
    // Per side: the other end's place along it, the bundle, and the connections with that port.
    type Port = (f64, usize, Vec<(usize, bool)>);
    let mut sides: BTreeMap<(usize, Side), Vec<Port>> = BTreeMap::new();
    for (number, link) in links.iter().enumerate() {
        let Some(link) = link else { continue };
        let start = sides.entry((link.from, link.leaves)).or_default();
        let aim = link.leaves.along(standing.card(link.to).centre());
        match start.iter_mut().find(|port| port.1 == link.bundle) {
            Some(port) => {
                port.0 += aim;
                port.2.push((number, true));
            }
            None => start.push((aim, link.bundle, vec![(number, true)])),
        }
        let aim = link.arrives.along(standing.card(link.from).centre());
        sides.entry((link.to, link.arrives)).or_default().push((
            aim,
            usize::MAX,
            vec![(number, false)],
        ));
    }
    let mut is_alone = vec![(false, false); links.len()];
    for ((card, side), mut ports) in sides {
        ports.order_by(|a, b| {
            let mean = |port: &Port| port.0 / port.2.len() as f64;
            mean(a).total_cmp(&mean(b)).then(a.2.cmp(&b.2))
        });
        let area = standing.card(card);
        let (low, high) = side.span(area);
        let last = ports.len() as f64 - 1.0;
        let gap = PORT_GAP.min((high - low) / last.max(1.0));
        let alone = ports.len() == 1;
        for (position, (_, _, ends)) in ports.into_iter().enumerate() {
            let alone = alone && ends.len() == 1;
            let along = f64::midpoint(low, high) + (position as f64 - last / 2.0) * gap;
            for (number, leaves) in ends {
                let Some(link) = &mut links[number] else {
                    continue;
                };
                if leaves {
                    link.start = side.at(area, along);
                    is_alone[number].0 = alone;
                } else {
                    link.end = side.at(area, along);
                    is_alone[number].1 = alone;
                }
            }
        }
    }
    for (link, alone) in links.iter_mut().zip(is_alone) {
        if let Some(link) = link {
            straighten(link, standing, alone);
        }
    }
}

/// Moves a port that is alone on its side level with the other one, where the side reaches that far.
fn straighten(link: &mut Link, standing: Standing, (start_alone, end_alone): (bool, bool)) {
    if link.leaves == link.arrives {
        return;
    }
    let reaches = |side: Side, card: usize, along: f64| {
        let (low, high) = side.span(standing.card(card));
        (low..=high).contains(&along)
    };
    let (start, end) = (link.leaves.along(link.start), link.arrives.along(link.end));
    if end_alone && reaches(link.arrives, link.to, start) {
        link.end = link.arrives.at(standing.card(link.to), start);
    } else if start_alone && reaches(link.leaves, link.from, end) {
        link.start = link.leaves.at(standing.card(link.from), end);
    }
}

/// Turns the canvas so that leaving a side means going right.
#[derive(Clone, Copy)]
struct Frame(Side);

impl Frame {
    fn turned(self, point: Point) -> Point {
        match self.0 {
            Side::Right => point,
            Side::Left => Point {
                x: -point.x,
                y: point.y,
            },
            Side::Bottom => Point {
                x: point.y,
                y: point.x,
            },
            Side::Top => Point {
                x: -point.y,
                y: point.x,
            },
        }
    }

    fn back(self, point: Point) -> Point {
        match self.0 {
            Side::Right => point,
            Side::Left => Point {
                x: -point.x,
                y: point.y,
            },
            Side::Bottom => Point {
                x: point.y,
                y: point.x,
            },
            Side::Top => Point {
                x: point.y,
                y: -point.x,
            },
        }
    }

    fn turned_rect(self, rect: Rect) -> Rect {
        let far = Point {
            x: rect.right(),
            y: rect.bottom(),
        };
        Rect::between(
            self.turned(Point {
                x: rect.x,
                y: rect.y,
            }),
            self.turned(far),
        )
    }
}

/// A straight part that is taken: from, to, and by which bundle.
type Taken = (f64, f64, usize);

struct Router<'a> {
    standing: Standing<'a>,
    /// All cards where they stood before any was moved.
    grid: &'a Grid,
    moved: &'a [usize],
    /// By axis and rounded coordinate.
    lanes: BTreeMap<(bool, i64), Vec<Taken>>,
}

/// Connections do not look for a way round cards that are moved where these are more.
const MOVED_IN_THE_WAY: usize = 16;

impl<'a> Router<'a> {
    fn new(standing: Standing<'a>, grid: &'a Grid, moved: &'a [usize]) -> Self {
        Self {
            standing,
            grid,
            moved: if moved.len() > MOVED_IN_THE_WAY {
                &[]
            } else {
                moved
            },
            lanes: BTreeMap::new(),
        }
    }

    fn route(&mut self, link: &Link) -> Route {
        let frame = Frame(link.leaves);
        let (a, b) = (frame.turned(link.start), frame.turned(link.end));
        let b = if link.leaves == link.arrives {
            Point {
                x: b.x + TIP_GAP,
                ..b
            }
        } else {
            Point {
                x: b.x - TIP_GAP,
                ..b
            }
        };
        let best = self.best(link, frame, a, b);
        let route = Route::through(best.into_iter().map(|corner| frame.back(corner)).collect());
        self.take(&route, link.bundle);
        route
    }

    /// The corners, in the turned frame.
    fn best(&self, link: &Link, frame: Frame, a: Point, b: Point) -> Vec<Point> {
        let z = |lane: f64| vec![a, Point { x: lane, y: a.y }, Point { x: lane, y: b.y }, b];
        if link.leaves == link.arrives {
            return z(a.x.max(b.x) + ROOM);
        }
        let middle = f64::midpoint(a.x, b.x);
        let mut lanes = vec![middle];
        for step in 1..=3 {
            let offset = f64::from(step) * LANE_GAP;
            lanes.extend([middle - offset, middle + offset]);
        }
        lanes.extend([a.x + CLEARANCE, b.x - CLEARANCE]);
        let inside = |lane: &f64| *lane >= a.x + 8.0 && *lane <= b.x - 12.0 || *lane == middle;

        let mut best: Option<(f64, Vec<Point>)> = None;
        let mut blockers = None;
        for lane in lanes.into_iter().filter(inside) {
            let way = z(lane);
            let hit = self.hits(link, frame, &way);
            let cost = 1_000.0 * hit.map_or(0.0, |_| 1.0)
                + 100.0 * self.conflicts(link, frame, &way)
                + (lane - middle).abs() / 10.0;
            blockers = blockers.or(hit);
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, way));
            }
            if best.as_ref().is_some_and(|(least, _)| *least < 1.0) {
                break;
            }
        }
        if let (Some((cost, _)), Some(area)) = (&best, blockers)
            && *cost >= 1_000.0
        {
            let (out, into) = (a.x + CLEARANCE, b.x - CLEARANCE);
            for level in [area.y - CLEARANCE, area.bottom() + CLEARANCE] {
                let way = vec![
                    a,
                    Point { x: out, y: a.y },
                    Point { x: out, y: level },
                    Point { x: into, y: level },
                    Point { x: into, y: b.y },
                    b,
                ];
                let cost = 1_000.0 * self.hits(link, frame, &way).map_or(0.0, |_| 1.0)
                    + 100.0 * self.conflicts(link, frame, &way)
                    + ((level - a.y).abs() + (level - b.y).abs()) / 10.0;
                if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                    best = Some((cost, way));
                }
            }
        }
        best.map_or_else(|| z(middle), |(_, way)| way)
    }

    /// What covers the cards in the way, in the turned frame; none when the way is free.
    fn hits(&self, link: &Link, frame: Frame, way: &[Point]) -> Option<Rect> {
        way.windows(2)
            .flat_map(|part| {
                let area = Rect::between(frame.back(part[0]), frame.back(part[1])).grown(5.0);
                let stays = |card: &usize| self.standing.is_moved.get(*card) != Some(&true);
                let meets = move |card: &usize| self.standing.card(*card).meets(area);
                let moved = self.moved.iter().copied().filter(meets);
                self.grid
                    .meeting(area)
                    .into_iter()
                    .filter(stays)
                    .chain(moved)
            })
            .filter(|&card| card != link.from && card != link.to)
            .map(|card| frame.turned_rect(self.standing.card(card)))
            .reduce(Rect::union)
    }

    /// How many parts of the way run on top of another connection.
    fn conflicts(&self, link: &Link, frame: Frame, way: &[Point]) -> f64 {
        let taken = way.windows(2).filter(|part| {
            let (upright, at, low, high) = part_of(frame.back(part[0]), frame.back(part[1]));
            let cell = (at / LANE_GAP).round() as i64;
            (cell - 1..=cell + 1)
                .filter_map(|cell| self.lanes.get(&(upright, cell)))
                .flatten()
                .any(|&(from, to, bundle)| bundle != link.bundle && from < high && low < to)
        });
        taken.count() as f64
    }

    fn take(&mut self, route: &Route, bundle: usize) {
        let inner = route.points.len().saturating_sub(1);
        for part in route.points[..inner.max(1)].windows(2).skip(1) {
            let (upright, at, low, high) = part_of(part[0], part[1]);
            let cell = (at / LANE_GAP).round() as i64;
            self.lanes
                .entry((upright, cell))
                .or_default()
                .push((low, high, bundle));
        }
    }
}

/// Whether the part is upright, where it runs, and from where to where.
fn part_of(a: Point, b: Point) -> (bool, f64, f64, f64) {
    if a.x == b.x {
        (true, a.x, a.y.min(b.y), a.y.max(b.y))
    } else {
        (false, a.y, a.x.min(b.x), a.x.max(b.x))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::layout;
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
    fn corners_are_round_and_numbers_short() {
        let route = Route::through(vec![
            Point { x: 0.0, y: 0.0 },
            Point { x: 30.123, y: 0.0 },
            Point { x: 30.123, y: 40.0 },
        ]);
        assert_eq!(route.path(), "M0 0L20.1 0Q30.1 0 30.1 10L30.1 40");
    }

    #[test]
    fn a_connection_to_nowhere_has_no_way() {
        let mut plan = sketch("users -> app").unwrap();
        plan.components.truncate(1);
        let cards = vec![Rect::card(Point::default())];
        assert_eq!(routes(&plan, &cards), vec![None]);
    }

    proptest! {
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
}
