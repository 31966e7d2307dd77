//! Which part of the canvas is on screen, and how large.

use model::diagram::{Point, Rect};

/// Where the canvas lies under the window: `screen = canvas × zoom + (x, y)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Viewport {
    /// Screen pixels from the left of the window to the canvas origin.
    pub x: f64,
    /// Screen pixels from the top of the window to the canvas origin.
    pub y: f64,
    /// Screen pixels per canvas unit.
    pub zoom: f64,
    /// Width of the window in pixels; 0 before it is known.
    pub width: f64,
    /// Height of the window in pixels; 0 before it is known.
    pub height: f64,
}

impl Default for Viewport {
    fn default() -> Self {
        Self {
            x: 0.0,
            y: 0.0,
            zoom: 1.0,
            width: 0.0,
            height: 0.0,
        }
    }
}

/// The smallest and the largest zoom.
const ZOOM: (f64, f64) = (0.02, 3.0);
/// Free space around a drawing that is shown whole, in pixels.
const FIT_MARGIN: f64 = 56.0;
/// Less on small windows: this share of the extent.
const FIT_SHARE: f64 = 0.06;
/// No drawing is shown larger than this to fill the window.
const FIT_ZOOM: f64 = 1.25;
/// Names on cards can be read at this zoom.
const READABLE: f64 = 0.6;
/// The canvas may be moved this far from its origin, in pixels.
const FAR: f64 = 1e8;

impl Viewport {
    /// The point of the canvas under a point of the window.
    pub(crate) fn canvas_from_screen(self, screen: Point) -> Point {
        Point {
            x: (screen.x - self.x) / self.zoom,
            y: (screen.y - self.y) / self.zoom,
        }
    }

    /// The point of the window over a point of the canvas.
    pub(crate) fn screen_from_canvas(self, canvas: Point) -> Point {
        Point {
            x: canvas.x * self.zoom + self.x,
            y: canvas.y * self.zoom + self.y,
        }
    }

    /// What of the canvas is in the window.
    pub(crate) fn visible(self) -> Rect {
        Rect::between(
            self.canvas_from_screen(Point::default()),
            self.canvas_from_screen(Point {
                x: self.width,
                y: self.height,
            }),
        )
    }

    /// Moved by screen pixels.
    pub(crate) fn panned(self, dx: f64, dy: f64) -> Self {
        Self {
            x: self.x + dx,
            y: self.y + dy,
            ..self
        }
        .checked(self)
    }

    /// Zoomed by a factor; what is under the point of the window stays there.
    pub(crate) fn zoomed(self, factor: f64, at: Point) -> Self {
        let zoom = (self.zoom * factor).clamp(ZOOM.0, ZOOM.1);
        let under = self.canvas_from_screen(at);
        Self {
            x: at.x - under.x * zoom,
            y: at.y - under.y * zoom,
            zoom,
            ..self
        }
        .checked(self)
    }

    /// Zoomed by a factor about the middle of the window.
    pub(crate) fn zoomed_in_place(self, factor: f64) -> Self {
        self.zoomed(factor, self.middle())
    }

    /// Showing the rectangle whole, in the middle.
    pub(crate) fn fitted(self, drawing: Rect) -> Self {
        if self.width <= 0.0 || self.height <= 0.0 {
            return self;
        }
        let free = |extent: f64| extent - 2.0 * FIT_MARGIN.min(extent * FIT_SHARE);
        let zoom = (free(self.width) / drawing.width.max(1.0))
            .min(free(self.height) / drawing.height.max(1.0))
            .clamp(ZOOM.0, FIT_ZOOM);
        let (centre, middle) = (drawing.centre(), self.middle());
        Self {
            x: middle.x - centre.x * zoom,
            y: middle.y - centre.y * zoom,
            zoom,
            ..self
        }
        .checked(self)
    }

    /// Moved as little as needed to show the rectangle; fitted if it is larger than the window.
    pub(crate) fn revealing(self, part: Rect) -> Self {
        let margin = 24.0;
        let (start, end) = (
            self.screen_from_canvas(Point {
                x: part.x,
                y: part.y,
            }),
            self.screen_from_canvas(Point {
                x: part.right(),
                y: part.bottom(),
            }),
        );
        if end.x - start.x > self.width - 2.0 * margin
            || end.y - start.y > self.height - 2.0 * margin
        {
            return self.fitted(part);
        }
        let shift = |low: f64, high: f64, extent: f64| {
            (margin - low).max(0.0) + (extent - margin - high).min(0.0)
        };
        self.panned(
            shift(start.x, end.x, self.width),
            shift(start.y, end.y, self.height),
        )
    }

    /// Showing the rectangle in the middle, large enough to be read; fitted if it is larger than the window.
    pub(crate) fn centred_on(self, part: Rect) -> Self {
        let zoom = self.zoom.max(READABLE);
        let zoomed = self.zoomed_in_place(zoom / self.zoom);
        if part.width * zoom > self.width || part.height * zoom > self.height {
            return self.fitted(part);
        }
        let (centre, middle) = (zoomed.screen_from_canvas(part.centre()), self.middle());
        zoomed.panned(middle.x - centre.x, middle.y - centre.y)
    }

    /// Showing the rectangle in the part of the window that is not covered: so many pixels from its corner.
    pub(crate) fn uncovering(self, part: Rect, width: f64, height: f64) -> Self {
        let free = Self {
            width,
            height,
            ..self
        };
        Self {
            width: self.width,
            height: self.height,
            ..free.revealing(part)
        }
    }

    /// Of another size; what is in the middle stays there.
    pub(crate) fn resized(self, width: f64, height: f64) -> Self {
        let (width, height) = (width.max(0.0), height.max(0.0));
        if self.width <= 0.0 {
            return Self {
                width,
                height,
                ..self
            }
            .checked(self);
        }
        Self {
            x: self.x + (width - self.width) / 2.0,
            y: self.y + (height - self.height) / 2.0,
            width,
            height,
            ..self
        }
        .checked(self)
    }

    fn middle(self) -> Point {
        Point {
            x: self.width / 2.0,
            y: self.height / 2.0,
        }
    }

    /// This viewport, or the other where a number got out of hand.
    fn checked(self, before: Self) -> Self {
        let sound = [self.x, self.y, self.zoom, self.width, self.height]
            .iter()
            .all(|number| number.abs() < FAR);
        if sound { self } else { before }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Viewport = Viewport {
        x: 10.0,
        y: -20.0,
        zoom: 0.5,
        width: 800.0,
        height: 600.0,
    };

    #[test]
    fn zooming_keeps_what_is_under_the_pointer() {
        let at = Point { x: 200.0, y: 90.0 };
        let before = WINDOW.canvas_from_screen(at);
        let after = WINDOW.zoomed(1.7, at).canvas_from_screen(at);
        assert!((before.x - after.x).abs() < 1e-9 && (before.y - after.y).abs() < 1e-9);
    }

    #[test]
    fn a_fitted_drawing_is_visible_whole() {
        for drawing in [
            Rect::between(Point { x: -5e3, y: 0.0 }, Point { x: 900.0, y: 4.0 }),
            Rect::card(Point { x: 70.0, y: 7.0 }),
        ] {
            let visible = WINDOW.fitted(drawing).visible();
            assert!(visible.contains(Point {
                x: drawing.x,
                y: drawing.y
            }));
            assert!(visible.contains(Point {
                x: drawing.right(),
                y: drawing.bottom()
            }));
        }
    }

    #[test]
    fn revealing_moves_only_when_needed() {
        let centre = Rect::card(WINDOW.visible().centre());
        assert_eq!(WINDOW.revealing(centre), WINDOW);
        let outside = Rect::card(Point {
            x: 5000.0,
            y: 100.0,
        });
        let moved = WINDOW.revealing(outside);
        assert_eq!(moved.zoom, WINDOW.zoom);
        assert!(moved.visible().contains(outside.centre()));
    }

    #[test]
    fn what_is_covered_moves_into_the_free_part() {
        let hidden = Rect::card(WINDOW.canvas_from_screen(Point { x: 700.0, y: 300.0 }));
        let moved = WINDOW.uncovering(hidden, 500.0, 600.0);
        let right = Point {
            x: hidden.right(),
            y: hidden.y,
        };
        assert!(moved.screen_from_canvas(right).x <= 500.0);
        assert_eq!((moved.width, moved.height), (WINDOW.width, WINDOW.height));
    }

    #[test]
    fn numbers_out_of_hand_are_ignored() {
        assert_eq!(WINDOW.panned(f64::NAN, 0.0), WINDOW);
        assert_eq!(WINDOW.panned(1e300, 0.0), WINDOW);
        assert!(WINDOW.zoomed(1e300, Point::default()).zoom <= ZOOM.1);
    }
}
