//! What opens and closes around the drawing.

use std::rc::Rc;

use super::super::{Effect, Message, Selection};
use super::Editor;

impl Editor {
    /// Opens and closes what stands around the drawing.
    pub(super) fn open_or_close(&mut self, message: &Message, effects: &mut Vec<Effect>) {
        match *message {
            Message::Open(overlay) => {
                self.overlay = Some(overlay);
                self.inspector_front = false;
            }
            Message::Close => {
                self.sought = Rc::default();
                self.overlay = None;
                self.sheet_full = false;
            }
            Message::SetSheet(sheet) => self.set_sheet(sheet),
            Message::TogglePalette => {
                self.palette_open = !self.palette_open;
                self.inspector_open = false;
                self.sheet_full = false;
            }
            Message::ToggleInspector => {
                self.inspector_open = !self.inspector_open;
                self.inspector_front = self.inspector_open;
                self.palette_open = false;
                self.sheet_full = false;
            }

            Message::Inspect => {
                self.inspector_open = true;
                self.inspector_front = true;
                self.palette_open = false;
                effects.extend(self.selected_area().map(Effect::Uncover));
            }
            Message::ShowPlan => {
                self.select(Selection::default());
                self.overlay = None;
                self.inspector_open = true;
                self.palette_open = false;
            }
            _ => {}
        }
    }
}
