//! How much room the drawing has: what stays in sight while drawers and sheets take some of it, and give it back.

use model::diagram::{self, Point};

use super::Editor;
use crate::state::{Sheet, Viewport};

/// Below this width a drawing that is opened is shown so large that its words can be read.
const NARROW: f64 = 640.0;
/// How large that is.
const READABLE: f64 = 0.7;
/// What the buttons in its corner take of a low window, in pixels.
const BUTTONS: f64 = 56.0;
/// Free room before its first component, in pixels.
const START_MARGIN: f64 = 20.0;

impl Editor {
    /// Gives the drawing a window of another size; what matters stays in sight, and comes back as it was.
    pub(super) fn resize(&mut self, width: f64, height: f64) {
        let before = self.viewport;
        let after = before.resized(width, height);
        if !self.was_fitted && width > 0.0 {
            self.viewport = after;
            self.show_start();
            return;
        }
        if let Some((roomy, tight)) = self.squeezed
            && tight == before
            && is_as_large(roomy, after)
        {
            self.squeezed = None;
            self.viewport = roomy;
            return;
        }
        self.viewport = self.kept_in_sight(before, after);
        self.squeezed = (height < before.height || width < before.width)
            .then_some((before, self.viewport))
            .filter(|_| !is_as_large(before, after));
    }

    /// A drawing that was in sight whole stays so; of a larger one, what is selected.
    fn kept_in_sight(&self, before: Viewport, after: Viewport) -> Viewport {
        let is_visible = |area: diagram::Rect| {
            let visible = before.visible();
            area.x >= visible.x
                && area.y >= visible.y
                && area.right() <= visible.right()
                && area.bottom() <= visible.bottom()
        };
        let drawing = diagram::extent(&self.plan);
        if let Some(drawing) = drawing.filter(|&drawing| is_visible(drawing)) {
            let room = Viewport {
                height: (after.height - BUTTONS).max(after.height / 2.0),
                ..after
            };
            let fitted = room.fitted(drawing);
            let shown = if fitted.zoom < before.zoom {
                fitted
            } else {
                room.revealing(drawing)
            };
            return Viewport {
                height: after.height,
                ..shown
            };
        }
        match self.selected_area().filter(|&area| is_visible(area)) {
            Some(area) => after.revealing(area),
            None => after,
        }
    }

    /// Shows a drawing that was just opened: whole, or in a narrow window its first part, large enough to read.
    pub(super) fn show_start(&mut self) {
        self.fit();
        self.squeezed = None;
        let viewport = self.viewport;
        let Some(drawing) = diagram::extent(&self.plan) else {
            return;
        };
        if viewport.width <= 0.0 || viewport.width >= NARROW || viewport.zoom >= READABLE {
            return;
        }
        let large = viewport.zoomed_in_place(READABLE / viewport.zoom);
        let first = self
            .plan
            .components
            .iter()
            .filter_map(|component| diagram::corner(component))
            .min_by(|one, other| one.x.total_cmp(&other.x))
            .unwrap_or(Point {
                x: drawing.x,
                y: drawing.y,
            });
        let corner = large.screen_from_canvas(Point {
            x: first.x,
            y: first.y + diagram::CARD_HEIGHT / 2.0,
        });
        self.viewport = large.panned(START_MARGIN - corner.x, large.height / 2.0 - corner.y);
    }

    /// Makes the sheet from below as high as a hand dragged it.
    pub(super) fn set_sheet(&mut self, sheet: Sheet) {
        self.sheet_full = sheet == Sheet::Full;
        if sheet != Sheet::Closed {
            return;
        }
        if self.palette_open {
            self.palette_open = false;
        } else if self.inspector_open && (self.inspector_front || !self.has_drawer()) {
            self.inspector_open = false;
        } else {
            self.overlay = None;
        }
    }

    fn has_drawer(&self) -> bool {
        self.overlay.is_some_and(super::Overlay::is_drawer)
    }
}

fn is_as_large(one: Viewport, other: Viewport) -> bool {
    (one.width - other.width).abs() < 1.0 && (one.height - other.height).abs() < 1.0
}
