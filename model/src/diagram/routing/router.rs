//! Finds ways one after the other: a lane between two sides, a level round what is in the way, or a search for any way.

#![expect(
    clippy::float_cmp,
    reason = "corners copy coordinates, so what is in line is exactly equal"
)]

use std::collections::BTreeMap;

use super::super::{Grid, Point, Rect};
use super::links::{Link, Standing};
use super::route::{Route, part_of};
use super::search::{Budget, way_round};
use super::side::{Frame, ROOM};
use crate::order::Order as _;

/// Distance between two lanes.
pub(super) const LANE_GAP: f64 = 14.0;
/// Distance from a card to a lane that runs round it.
pub(super) const CLEARANCE: f64 = 22.0;
/// Ways keep this far from cards.
pub(super) const MARGIN: f64 = 5.0;
/// The arrowhead ends this far before the card.
pub(super) const TIP_GAP: f64 = 2.0;
/// Parallel parts nearer to each other than this look like one.
const APART: f64 = 7.0;
/// A way through a card costs as much as one this much longer.
const HIT: f64 = 20_000.0;
/// A way on top of another costs as much as one this much longer.
const CONFLICT: f64 = 2_000.0;
/// Lanes want to be this far from the cards on both sides.
const BREADTH: f64 = 44.0;
/// So many levels above, and below, are tried to get round what is in the way.
const LEVELS: usize = 6;

/// A straight part that is taken: where, from, to, and by which bundle.
type Taken = (f64, f64, f64, usize);

pub(super) struct Router<'a> {
    standing: Standing<'a>,
    /// All cards where they stood before any was moved.
    grid: &'a Grid,
    moved: &'a [usize],
    /// By axis and rounded coordinate.
    lanes: BTreeMap<(bool, i64), Vec<Taken>>,
    budget: Budget,
}

/// Connections do not look for a way round cards that are moved where these are more.
const MOVED_IN_THE_WAY: usize = 16;

impl<'a> Router<'a> {
    pub(super) fn new(standing: Standing<'a>, grid: &'a Grid, moved: &'a [usize]) -> Self {
        Self {
            standing,
            grid,
            moved: if moved.len() > MOVED_IN_THE_WAY {
                &[]
            } else {
                moved
            },
            lanes: BTreeMap::new(),
            budget: Budget::default(),
        }
    }

    /// The ways of those links for which `is_wanted` holds; bundles first, so that their trunks have the best lanes.
    pub(super) fn routes(
        &mut self,
        links: &[Option<Link>],
        is_wanted: &dyn Fn(usize) -> bool,
    ) -> Vec<Option<Route>> {
        let mut routes: Vec<Option<Route>> = links.iter().map(|_| None).collect();
        for family in families(links, is_wanted) {
            let members: Vec<&Link> = family.iter().filter_map(|&n| links[n].as_ref()).collect();
            let Some(ways) = self.trunk(&members) else {
                continue;
            };
            for (&number, way) in family.iter().zip(ways) {
                self.take(&way, members[0].bundle);
                routes[number] = Some(way);
            }
        }
        for (number, link) in links.iter().enumerate() {
            if let Some(link) = link
                && routes[number].is_none()
                && is_wanted(number)
            {
                let way = self.route(link);
                self.take(&way, link.bundle);
                routes[number] = Some(way);
            }
        }
        routes
    }

    /// The ways of connections that leave and arrive by the same sides and share what they can; none where what they
    /// would share runs through a card.
    fn trunk(&self, members: &[&Link]) -> Option<Vec<Route>> {
        let frame = Frame(members[0].leaves);
        let ends: Vec<(Point, Point)> = members.iter().map(|link| ends(link, frame)).collect();
        let low = ends
            .iter()
            .map(|(a, _)| a.x)
            .fold(f64::NEG_INFINITY, f64::max);
        let high = ends.iter().map(|(_, b)| b.x).fold(f64::INFINITY, f64::min);
        if high - low < ROOM / 2.0 {
            return None;
        }
        let middle = f64::midpoint(low, high);
        let mut shapes: Vec<Shape> = lanes(low, high, middle)
            .chain([low + BREADTH, high - BREADTH])
            .filter(|lane| (low + 8.0..=high - 12.0).contains(lane))
            .map(|lane| Shape::new(lane, None))
            .collect();
        if high - low >= 2.0 * BREADTH {
            let mut levels: Vec<f64> = ends.iter().flat_map(|(a, b)| [a.y, b.y]).collect();
            levels.order_by(f64::total_cmp);
            let level = levels[levels.len() / 2];
            let (out, into) = (low + CLEARANCE, high - CLEARANCE);
            let levels = self.levels(frame, out, into, level);
            shapes.extend(levels.map(|level| Shape::new(out, Some((level, into)))));
        }
        let mut best: Option<(f64, Vec<Vec<Point>>)> = None;
        for shape in shapes {
            let ways: Vec<Vec<Point>> = ends.iter().map(|&(a, b)| shape.way(a, b)).collect();
            let edge = (shape.out - low).min(high - shape.into());
            let mut cost =
                (BREADTH - edge).max(0.0) + if shape.level.is_some() { BREADTH } else { 0.0 };
            let mut drawn: Vec<(bool, f64, f64, f64)> = Vec::new();
            for (link, way) in members.iter().zip(&ways) {
                if self.hits(link, frame, way).is_some() {
                    cost = HIT;
                    break;
                }
                cost += CONFLICT * self.conflicts(link, frame, way);
                drawn.extend(way.windows(2).map(|part| part_of(part[0], part[1])));
            }
            cost += ink(&mut drawn) / 10.0;
            if cost < HIT && best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, ways));
            }
        }
        let back = |way: Vec<Point>| {
            Route::through(way.into_iter().map(|corner| frame.back(corner)).collect())
        };
        best.map(|(_, ways)| ways.into_iter().map(back).collect())
    }

    fn route(&mut self, link: &Link) -> Route {
        let frame = Frame(link.leaves);
        let best = self.best(link, frame);
        Route::through(best.into_iter().map(|corner| frame.back(corner)).collect())
    }

    /// The corners, in the turned frame.
    fn best(&mut self, link: &Link, frame: Frame) -> Vec<Point> {
        let (a, b) = ends(link, frame);
        if link.leaves == link.arrives {
            return Shape::new(a.x.max(b.x) + ROOM, None).way(a, b);
        }
        let middle = f64::midpoint(a.x, b.x);
        let wanted = middle + twin_offset(link, a, b);
        let inside = |lane: &f64| *lane >= a.x + 8.0 && *lane <= b.x - 10.0 || *lane == middle;

        let mut best = Best::default();
        let mut is_hit = false;
        for lane in lanes(a.x, b.x, wanted).filter(inside) {
            let shape = Shape::new(lane, None);
            is_hit |= self.weigh(
                link,
                frame,
                shape.way(a, b),
                (lane - wanted).abs(),
                &mut best,
            );
            if best.cost < LANE_GAP / 2.0 {
                break;
            }
        }
        if is_hit && best.cost >= CONFLICT && b.x - a.x >= ROOM {
            for (out, into) in [(CLEARANCE, CLEARANCE), (10.0, 10.0), (34.0, 34.0)] {
                let (out, into) = (a.x + out, b.x - into);
                if out > into {
                    continue;
                }
                let levels: Vec<f64> = self
                    .levels(frame, out, into, a.y)
                    .chain(self.levels(frame, out, into, b.y))
                    .collect();
                for level in levels {
                    let way = Shape::new(out, Some((level, into))).way(a, b);
                    let detour = (level - a.y).abs() + (level - b.y).abs();
                    self.weigh(link, frame, way, detour, &mut best);
                }
                if best.cost < CONFLICT {
                    break;
                }
            }
        }
        if best.cost >= HIT
            && let Some(way) = self.search(link)
        {
            return way.into_iter().map(|corner| frame.turned(corner)).collect();
        }
        best.way
    }

    /// Keeps a way if it costs less than the best so far; whether it runs through a card.
    fn weigh(
        &self,
        link: &Link,
        frame: Frame,
        way: Vec<Point>,
        extra: f64,
        best: &mut Best,
    ) -> bool {
        let is_hit = self.hits(link, frame, &way).is_some();
        let mut cost = extra;
        if is_hit {
            cost += HIT;
        }
        if cost < best.cost {
            cost += CONFLICT * self.conflicts(link, frame, &way);
        }
        if cost < best.cost {
            *best = Best { cost, way };
        }
        is_hit
    }

    /// A way round everything, if one is found nearby with what searching may still cost.
    fn search(&mut self, link: &Link) -> Option<Vec<Point>> {
        let frame = Frame(link.leaves);
        let (a, b) = ends(link, frame);
        let (start, goal) = (frame.back(a), frame.back(b));
        let near = Rect::between(start, goal);
        for reach in [160.0, 480.0] {
            let area = near.grown(reach);
            let mut obstacles: Vec<Rect> = self
                .cards_meeting(area)
                .map(|card| self.standing.card(card))
                .collect();
            obstacles.dedup();
            let found = way_round(&obstacles, link.leaves, (start, goal), &mut self.budget);
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Levels on which a way may run from one lane to the other, the nearest to the wanted one first above, then below.
    fn levels(&self, frame: Frame, out: f64, into: f64, wanted: f64) -> impl Iterator<Item = f64> {
        let blockers = |level: f64| {
            let part = [Point { x: out, y: level }, Point { x: into, y: level }];
            let area = Rect::between(frame.back(part[0]), frame.back(part[1])).grown(MARGIN);
            self.cards_meeting(area)
                .map(|card| frame.turned_rect(self.standing.card(card)))
                .reduce(Rect::union)
        };
        let mut found = Vec::new();
        for is_above in [true, false] {
            let mut level = wanted;
            for _ in 0..LEVELS {
                let Some(area) = blockers(level) else {
                    found.push(level);
                    break;
                };
                level = if is_above {
                    area.y - CLEARANCE
                } else {
                    area.bottom() + CLEARANCE
                };
            }
        }
        found.into_iter()
    }

    /// The cards that meet an area, where they stand now.
    fn cards_meeting(&self, area: Rect) -> impl Iterator<Item = usize> + '_ {
        let meets = move |card: &usize| self.standing.card(*card).meets(area);
        let moved = self.moved.iter().copied().filter(meets);
        let still = self.grid.meeting(area).into_iter();
        let still = still.filter(|&card| !self.standing.is_moved(card));
        still.chain(moved)
    }

    /// A card in the way, in the turned frame; none when the way is free.
    fn hits(&self, link: &Link, frame: Frame, way: &[Point]) -> Option<usize> {
        way.windows(2)
            .flat_map(|part| {
                let area = Rect::between(frame.back(part[0]), frame.back(part[1]));
                self.cards_meeting(area.grown(MARGIN))
            })
            .find(|&card| card != link.from && card != link.to)
    }

    /// How many parts of the way run on top of another connection.
    fn conflicts(&self, link: &Link, frame: Frame, way: &[Point]) -> f64 {
        let taken = way.windows(2).filter(|part| {
            let (upright, at, low, high) = part_of(frame.back(part[0]), frame.back(part[1]));
            let cell = (at / LANE_GAP).round() as i64;
            (cell - 1..=cell + 1)
                .filter_map(|cell| self.lanes.get(&(upright, cell)))
                .flatten()
                .any(|&(other, from, to, bundle)| {
                    bundle != link.bundle
                        && (other - at).abs() < APART
                        && from < high - 1.0
                        && low + 1.0 < to
                })
        });
        taken.count() as f64
    }

    fn take(&mut self, route: &Route, bundle: usize) {
        for part in route.points.windows(2) {
            let (upright, at, low, high) = part_of(part[0], part[1]);
            let cell = (at / LANE_GAP).round() as i64;
            let lane = self.lanes.entry((upright, cell)).or_default();
            let taken = (at, low, high, bundle);
            if lane.last() != Some(&taken) {
                lane.push(taken);
            }
        }
    }
}

/// The cheapest way so far, with its cost in canvas units.
struct Best {
    cost: f64,
    way: Vec<Point>,
}

impl Default for Best {
    fn default() -> Self {
        Self {
            cost: f64::INFINITY,
            way: Vec::new(),
        }
    }
}

/// A way by one lane, or by two with a level between them.
#[derive(Clone, Copy)]
struct Shape {
    out: f64,
    level: Option<(f64, f64)>,
}

impl Shape {
    fn new(out: f64, level: Option<(f64, f64)>) -> Self {
        Self { out, level }
    }

    /// The lane that the way arrives by.
    fn into(self) -> f64 {
        self.level.map_or(self.out, |(_, into)| into)
    }

    fn way(self, a: Point, b: Point) -> Vec<Point> {
        let out = self.out;
        match self.level {
            None => vec![a, Point { x: out, y: a.y }, Point { x: out, y: b.y }, b],
            Some((level, into)) => vec![
                a,
                Point { x: out, y: a.y },
                Point { x: out, y: level },
                Point { x: into, y: level },
                Point { x: into, y: b.y },
                b,
            ],
        }
    }
}

/// Where a connection starts and ends, in the turned frame.
fn ends(link: &Link, frame: Frame) -> (Point, Point) {
    let (a, b) = (frame.turned(link.start), frame.turned(link.end));
    let gap = if link.leaves == link.arrives {
        TIP_GAP
    } else {
        -TIP_GAP
    };
    (a, b.moved(gap, 0.0))
}

/// The lanes between two sides, the wanted one first.
fn lanes(low: f64, high: f64, wanted: f64) -> impl Iterator<Item = f64> {
    let steps = (1..=3).flat_map(move |step| {
        let offset = f64::from(step) * LANE_GAP;
        [wanted - offset, wanted + offset]
    });
    [wanted]
        .into_iter()
        .chain(steps)
        .chain([low + CLEARANCE, high - CLEARANCE])
}

/// How far from the middle the lane of one of several connections side by side is, so that they do not cross.
fn twin_offset(link: &Link, a: Point, b: Point) -> f64 {
    let middle = (link.twins.count as f64 - 1.0) / 2.0;
    let room = (b.x - a.x - 2.0 * CLEARANCE).max(0.0) / (2.0 * middle).max(1.0);
    let offset = (link.twins.index as f64 - middle) * LANE_GAP.min(room);
    if b.y > a.y { -offset } else { offset }
}

/// The connections that share a way, by their numbers: the same bundle, from the same side to the same side.
fn families(links: &[Option<Link>], is_wanted: &dyn Fn(usize) -> bool) -> Vec<Vec<usize>> {
    let key = |number: &usize| {
        let link = links[*number].as_ref();
        link.map(|link| (link.bundle, link.leaves, link.arrives))
    };
    let mut order: Vec<usize> = (0..links.len())
        .filter(|number| {
            let link = links[*number].as_ref();
            link.is_some_and(|link| link.leaves != link.arrives && link.twins.count == 1)
        })
        .collect();
    order.order_by_key(key);
    order
        .chunk_by(|a, b| key(a) == key(b))
        .filter(|family| family.len() > 1 && family.iter().any(|&number| is_wanted(number)))
        .map(<[usize]>::to_vec)
        .collect()
}

/// The length of all parts together, where several lie on top of each other once.
fn ink(parts: &mut [(bool, f64, f64, f64)]) -> f64 {
    parts.order_by(|a, b| {
        let order = a.0.cmp(&b.0).then(a.1.total_cmp(&b.1));
        order.then(a.2.total_cmp(&b.2))
    });
    let mut total = 0.0;
    for line in parts.chunk_by(|a, b| a.0 == b.0 && a.1 == b.1) {
        let mut covered = f64::NEG_INFINITY;
        for &(_, _, low, high) in line {
            total += (high - low.max(covered)).max(0.0);
            covered = covered.max(high);
        }
    }
    total
}
