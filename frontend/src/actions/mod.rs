//! All that the visitor can trigger: one value each behind button, menu, key and help.

use crate::state::{Editor, Message};

/// Something that the visitor can trigger.
#[derive(Debug)]
pub(crate) struct Action {
    /// The name of its file, and of its row in the help.
    pub id: &'static str,
    /// What it says.
    pub label: &'static str,
    /// Other words that find it.
    pub also: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// The keys that do the same.
    pub shortcut: Option<Shortcut>,
    /// Whether it would do anything now.
    pub enabled: fn(&Editor) -> bool,
    /// What is missing while it is not enabled, in a few words; empty where it always is.
    pub needs: &'static str,
    /// What it does.
    pub message: fn() -> Message,
}

/// Keys that are pressed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shortcut {
    /// The key, as it is called or what it types, in lower case.
    pub key: &'static str,
    /// With Ctrl, or ⌘.
    pub primary: bool,
    /// With Shift.
    pub shift: bool,
}

impl Shortcut {
    const fn plain(key: &'static str) -> Self {
        Self {
            key,
            primary: false,
            shift: false,
        }
    }

    const fn primary(key: &'static str) -> Self {
        Self {
            primary: true,
            ..Self::plain(key)
        }
    }

    const fn with_shift(self) -> Self {
        Self {
            shift: true,
            ..self
        }
    }

    /// Whether these are the keys; signs that need Shift on some keyboards are told by what they type.
    pub(crate) fn is(self, name: &str, primary: bool, shift: bool) -> bool {
        let is_sign = !self.primary && self.key.len() == 1;
        self.key.eq_ignore_ascii_case(name)
            && self.primary == primary
            && (self.shift == shift || is_sign)
    }

    /// As it is written on a button: `Ctrl Shift Z`.
    pub(crate) fn text(self) -> String {
        let mut text = String::new();
        if self.primary {
            text.push_str("Ctrl ");
        }
        if self.shift {
            text.push_str("Shift ");
        }
        if self.key.len() == 1 {
            text.push_str(&self.key.to_ascii_uppercase());
        } else {
            text.push_str(self.key);
        }
        text
    }
}

impl Action {
    /// Whether these are its keys.
    pub(crate) fn keys_are(&self, name: &str, primary: bool, shift: bool) -> bool {
        self.shortcut
            .is_some_and(|keys| keys.is(name, primary, shift))
    }

    /// Its keys as they are written on a button; empty without any.
    pub(crate) fn keys(&self) -> String {
        self.shortcut.map(Shortcut::text).unwrap_or_default()
    }
}

/// Keys that do the same as those of an action, out of habit.
const SYNONYMS: &[(Shortcut, Shortcut)] = &[
    (Shortcut::primary("y"), Shortcut::primary("z").with_shift()),
    (Shortcut::plain("Backspace"), Shortcut::plain("Delete")),
    (Shortcut::plain("="), Shortcut::plain("+")),
];

/// Whether the browser itself tells the page of these keys: it lets a page at the clipboard only then.
pub(crate) fn is_told_by_browser(action: &Action) -> bool {
    [&COPY, &CUT, &PASTE]
        .iter()
        .any(|known| known.id == action.id)
}

/// The action of these keys.
pub(crate) fn of_keys(name: &str, primary: bool, shift: bool) -> Option<&'static Action> {
    let synonym = SYNONYMS
        .iter()
        .find(|(keys, _)| keys.is(name, primary, shift))
        .map(|&(_, keys)| keys);
    ALL.iter().copied().find(|action| {
        action.shortcut.is_some_and(|keys| match synonym {
            Some(synonym) => keys == synonym,
            None => keys.is(name, primary, shift),
        })
    })
}

macro_rules! actions {
    ($($module:ident as $name:ident,)*) => {
        $(
            mod $module;
            #[doc = concat!("See `", stringify!($module), ".rs`.")]
            pub(crate) static $name: Action = $module::ACTION;
        )*

        /// Every action, in the order of the help.
        pub(crate) const ALL: &[&Action] = &[$(&$name,)*];
    };
}

actions! {
    commands as COMMANDS,
    search as SEARCH,
    undo as UNDO,
    redo as REDO,
    select_all as SELECT_ALL,
    duplicate as DUPLICATE,
    copy as COPY,
    cut as CUT,
    paste as PASTE,
    rename as RENAME,
    delete as DELETE,
    delete_and_join as DELETE_AND_JOIN,
    add_component as ADD_COMPONENT,
    connect as CONNECT,
    arrange as ARRANGE,
    pin as PIN,
    align_left as ALIGN_LEFT,
    align_centre as ALIGN_CENTRE,
    align_right as ALIGN_RIGHT,
    align_top as ALIGN_TOP,
    align_middle as ALIGN_MIDDLE,
    align_bottom as ALIGN_BOTTOM,
    distribute_across as DISTRIBUTE_ACROSS,
    distribute_down as DISTRIBUTE_DOWN,
    add_place as ADD_PLACE,
    move_to_place as MOVE_TO_PLACE,
    take_away as TAKE_AWAY,
    show_drawing as SHOW_DRAWING,
    show_outline as SHOW_OUTLINE,
    show_text as SHOW_TEXT,
    next_found as NEXT_FOUND,
    previous_found as PREVIOUS_FOUND,
    zoom_in as ZOOM_IN,
    zoom_out as ZOOM_OUT,
    zoom_full as ZOOM_FULL,
    fit as FIT,
    zoom_selection as ZOOM_SELECTION,
    map as MAP,
    four_ways as FOUR_WAYS,
    gallery as GALLERY,
    offers as OFFERS,
    import as IMPORT,
    export_json as EXPORT_JSON,
    findings as FINDINGS,
    exit_drill as EXIT_DRILL,
    show_plan as SHOW_PLAN,
    flow as FLOW,
    bare as BARE,
    projector as PROJECTOR,
    theme as THEME,
    shortcuts as SHORTCUTS,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Theme;

    #[test]
    fn every_file_is_in_the_list_and_keys_do_one_thing() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/actions");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "mod.rs")
            .collect();
        files.sort();
        let mut ids: Vec<String> = ALL
            .iter()
            .map(|action| format!("{}.rs", action.id))
            .collect();
        ids.sort();
        assert_eq!(files, ids);
        for action in ALL {
            if let Some(keys) = action.shortcut {
                let found = of_keys(keys.key, keys.primary, keys.shift).unwrap();
                assert_eq!(found.id, action.id);
            }
        }
    }

    #[test]
    fn what_is_disabled_would_change_nothing() {
        for action in ALL {
            let (mut editor, _) = Editor::open(None, Theme::System);
            if !(action.enabled)(&editor) {
                let before = std::rc::Rc::clone(editor.plan());
                editor.update((action.message)(), 0.0);
                assert!(std::rc::Rc::ptr_eq(&before, editor.plan()), "{}", action.id);
            }
        }
    }

    #[test]
    fn habits_work_too() {
        assert_eq!(of_keys("y", true, false).unwrap().id, "redo");
        assert_eq!(of_keys("Z", true, true).unwrap().id, "redo");
        assert_eq!(of_keys("Backspace", false, false).unwrap().id, "delete");
        assert_eq!(of_keys("?", false, true).unwrap().id, "shortcuts");
        assert!(of_keys("q", false, false).is_none());
    }
}
