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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Message, Overlay, Selection, Theme, View};
    use model::plan::sketch::sketch;

    fn resized(editor: &mut Editor, width: f64, height: f64) -> Viewport {
        editor.update(Message::Resized { width, height }, 0.0);
        editor.viewport()
    }

    fn shows(editor: &Editor, area: diagram::Rect) -> bool {
        let visible = editor.viewport().visible();
        visible.union(area) == visible
    }

    /// A chain that is wider than any window that shows it large.
    fn chain() -> Editor {
        let names: Vec<String> = (0..40).map(|index| format!("app-{index}")).collect();
        let plan = sketch(&names.join(" -> ")).unwrap();
        let text = model::plan::format::write(&plan);
        Editor::open(Some(&text), Theme::System).0
    }

    #[test]
    fn a_drawing_in_sight_stays_so_under_a_drawer_and_comes_back_as_it_was() {
        let (mut editor, _) = Editor::open(None, Theme::System);
        let roomy = resized(&mut editor, 1_000.0, 700.0);
        let drawing = diagram::extent(editor.plan()).unwrap();
        assert!(shows(&editor, drawing));
        let tight = resized(&mut editor, 1_000.0, 200.0);
        assert!(tight.zoom < roomy.zoom && shows(&editor, drawing));
        let free = editor.viewport().height - BUTTONS;
        let bottom = editor.viewport().screen_from_canvas(Point {
            x: drawing.x,
            y: drawing.bottom(),
        });
        assert!(bottom.y <= free, "the buttons lie on the drawing");
        assert_eq!(resized(&mut editor, 1_000.0, 700.0), roomy);
    }

    #[test]
    fn what_a_hand_chose_to_look_at_meanwhile_is_kept() {
        let (mut editor, _) = Editor::open(None, Theme::System);
        let roomy = resized(&mut editor, 1_000.0, 700.0);
        resized(&mut editor, 1_000.0, 320.0);
        editor.update(Message::ZoomBy(1.5), 0.0);
        let chosen = editor.viewport();
        let after = resized(&mut editor, 1_000.0, 700.0);
        assert_ne!(after, roomy);
        assert_eq!(after.zoom, chosen.zoom);
    }

    #[test]
    fn of_a_drawing_that_is_too_large_what_is_selected_stays_in_sight() {
        let mut editor = chain();
        resized(&mut editor, 1_000.0, 700.0);
        editor.update(Message::ZoomToFull, 0.0);
        editor.update(Message::GoTo("app-20".into()), 0.0);
        let card = editor.selected_area().unwrap();
        resized(&mut editor, 420.0, 300.0);
        assert!(shows(&editor, card));
        assert_eq!(editor.viewport().zoom, 1.0);
    }

    #[test]
    fn a_narrow_window_starts_at_the_first_component_large_enough_to_read() {
        let mut editor = chain();
        let viewport = resized(&mut editor, 390.0, 500.0);
        assert_eq!(viewport.zoom, READABLE);
        let first = editor.plan().components[0].position.unwrap();
        let at = viewport.screen_from_canvas(Point {
            x: first[0],
            y: first[1],
        });
        assert!((0.0..100.0).contains(&at.x) && (0.0..500.0).contains(&at.y));
        let wide = resized(&mut chain(), 1_400.0, 800.0);
        assert!(wide.zoom < READABLE, "a wide window shows all of it");
    }

    #[test]
    fn a_sheet_that_is_pulled_down_puts_away_what_is_in_front() {
        let (mut editor, _) = Editor::open(None, Theme::System);
        let close = Message::SetSheet(Sheet::Closed);
        editor.update(Message::Open(Overlay::Findings), 0.0);
        editor.update(Message::Select(Selection::component("db".into())), 0.0);
        editor.update(Message::Inspect, 0.0);
        editor.update(Message::SetSheet(Sheet::Full), 0.0);
        assert!(editor.sheet_full());
        editor.update(close.clone(), 0.0);
        assert!(!editor.inspector_open() && !editor.sheet_full());
        assert_eq!(editor.overlay(), Some(Overlay::Findings));
        editor.update(close.clone(), 0.0);
        assert_eq!(editor.overlay(), None);
        editor.update(Message::TogglePalette, 0.0);
        editor.update(close, 0.0);
        assert!(!editor.palette_open());
        assert_eq!(editor.view(), View::Drawing);
    }
}
