//! Geometry of the drawing: where cards stand, what surrounds them, how connections run between them.
//!
//! Pure and deterministic, so that the page and an exported picture draw the same line. Units are canvas units:
//! one is one pixel at 100 %, x grows to the right, y downwards.

mod arrange;
mod bounds;
mod gates;
mod grid;
mod layout;
mod places;
mod routing;

pub use arrange::arranged;
pub use bounds::{CARD_HEIGHT, CARD_WIDTH, Point, Rect, bounds, corner, extent};
pub use gates::{Gate, gates};
pub use grid::Grid;
pub use layout::layout;
pub use places::{Outsider, PlaceBox, homes, outsiders, place_at, places, places_within};
pub use routing::{Label, Moving, Route, label_spots, route_between, route_to_point, routes};
