//! Geometry of the drawing: where cards stand, what surrounds them, how connections run between them.
//!
//! Pure and deterministic, so that the page and an exported picture draw the same line. Units are canvas units:
//! one is one pixel at 100 %, x grows to the right, y downwards.

mod bounds;
mod layout;

pub use bounds::{CARD_HEIGHT, CARD_WIDTH, Point, Rect, bounds, corner};
pub use layout::layout;
