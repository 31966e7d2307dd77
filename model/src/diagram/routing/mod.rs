//! How connections run: along the axes, from side to side, clear of cards where there is a way round.
//!
//! Every connection gets the sides that face each other ([`side`]), a port on each side ([`ports`]) and a way between
//! them ([`router`]): by the lane in the middle unless a card stands there or another connection runs there already,
//! else round what is in the way, else by any way there is ([`search`]). What runs together shares a trunk
//! ([`bundles`]). Cost: about constant per connection, thanks to a [`Grid`] of the cards; searches have a budget.

mod bundles;
mod draft;
mod labels;
mod links;
mod moving;
mod ports;
mod route;
mod router;
mod search;
mod side;

use super::{Grid, Rect};
use crate::plan::Plan;

pub use draft::{route_between, route_to_point};
pub use labels::{Label, label_spots};
pub use moving::Moving;
pub use route::Route;

use links::{Standing, joined, links};
use router::Router;

/// The way of every connection, in the order of the plan; none where an end is missing.
///
/// `cards` are the cards of the plan's components, in their order.
pub fn routes(plan: &Plan, cards: &[Rect]) -> Vec<Option<Route>> {
    let joined = joined(plan);
    let standing = Standing::still(cards);
    let grid = Grid::new(cards.to_vec());
    let links = links(&joined, standing);
    Router::new(standing, &grid, &[]).routes(&links, &|_| true)
}

#[cfg(test)]
mod tests;
