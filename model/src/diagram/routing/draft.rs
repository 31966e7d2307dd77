//! The way of a connection that is being drawn: as if there were no others.

use super::super::{Point, Rect};
use super::route::Route;
use super::router::CLEARANCE;
use super::side::{Frame, ROOM, facing};

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
