//! A component on its way from the palette to the canvas.

use model::diagram::Point;

/// A component that is being carried, or was just put down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Carried {
    /// Its type.
    pub kind: &'static str,
    /// Where the pointer is, in pixels from the corner of the browser's window.
    pub at: Point,
    /// Whether it was let go there.
    pub dropped: bool,
    /// Whether the hand asks that it does not snap.
    pub free: bool,
}
