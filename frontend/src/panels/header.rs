//! The bar on top: which plan this is, the way back, and what can be done with the plan as a whole.

use model::commands::SetTitle;
use model::export;
use yew::prelude::*;

use crate::actions::{self, Action};
use crate::state::{Display, Message, Overlay, Selection, Theme, View};
use crate::texts;
use crate::widgets::button::IconButton;
use crate::widgets::icon::{Size, icon};
use crate::widgets::menu::{Item, Menu};
use crate::widgets::segmented::{Segment, Segmented};
use crate::widgets::text_field::TextField;

/// The bar on top.
pub(crate) struct HeaderProps {
    /// The title of the plan.
    pub title: AttrValue,
    /// What the last step did, if there is one to take back.
    pub undo: Option<AttrValue>,
    /// What the step that was taken back did, if there is one.
    pub redo: Option<AttrValue>,
    /// Whether nothing is drawn.
    pub is_empty: bool,
    /// What stands in front of the drawing.
    pub overlay: Option<Overlay>,
    /// The way in which the plan is shown.
    pub view: View,
    /// Light, dark, or as the system has it.
    pub theme: Theme,
    /// How the page shows itself.
    pub display: Display,
    /// What the page can be read in besides English: codes and names.
    pub languages: Vec<(String, String)>,
    /// What opens from it, once that is there.
    pub rest: Option<&'static HeaderRest>,
    /// Where messages go.
    pub send: Callback<Message>,
}

/// What opens from the bar, which does without until it has loaded.
pub(crate) struct HeaderRest {
    /// What the menu that is open lists.
    items: fn(&HeaderProps) -> Vec<Item>,
    /// The field where the title is written.
    title_field: fn(&HeaderProps) -> Html,
}

/// All of that.
pub(crate) const HEADER_REST: HeaderRest = HeaderRest {
    items: |props| match props.overlay {
        Some(Overlay::PlanMenu) => of_plan(props),
        Some(Overlay::ExportMenu) => exports(&props.send),
        Some(Overlay::ViewMenu) => views(props),
        Some(Overlay::MoreMenu) => more(props),
        _ => Vec::new(),
    },
    title_field,
};

/// Draws the bar on top.
pub(crate) fn header(props: &HeaderProps) -> Html {
    let send = &props.send;
    html! {
        <header class="header app__header">
            <span class="header__mark" aria-hidden="true">{ icon("mark", Size::Normal) }</span>
            <h1 class="visually-hidden">{ t!("Hosting Planner: {plan}", plan = shown_title(&props.title)) }</h1>
            <div class="slot">
                { match props.rest {
                    Some(rest) if props.overlay == Some(Overlay::Title) => (rest.title_field)(props),
                    _ => title(props),
                } }
            </div>
            <div class="header__group" role="group" aria-label={t!("History")}>
                { step("undo", undo_words(props.undo.as_ref()), t!("Ctrl Z"), send.reform(|()| Message::Undo)) }
                { step("redo", redo_words(props.redo.as_ref()), t!("Ctrl Shift Z"), send.reform(|()| Message::Redo)) }
            </div>
            { ways_to_show(props) }
            <div class="header__group header__group--end">
                <button
                    type="button"
                    class="button button--quiet header__wide"
                    aria-haspopup="dialog"
                    disabled={props.is_empty}
                    onclick={send.reform(|_: MouseEvent| Message::Open(Overlay::FourWays))}
                >
                    { icon("four-ways", Size::Normal) }
                    { t!("Four ways") }
                </button>
                <span class="header__separator header__wide" />
                <button
                    type="button"
                    class="button button--quiet header__wide"
                    aria-haspopup="dialog"
                    onclick={send.reform(|_: MouseEvent| Message::Open(Overlay::Gallery))}
                >
                    { icon("templates", Size::Normal) }
                    { t!("Starting plans") }
                </button>
                <span class="header__separator header__wide" />
                <button
                    type="button"
                    class="button button--quiet header__wide"
                    onclick={send.reform(|_: MouseEvent| Message::ChooseFile)}
                >
                    { icon("import", Size::Normal) }
                    { t!("Import") }
                </button>
                <Menu
                    label={t!("Export")}
                    icon="export"
                    button_class="button button--quiet"
                    class="header__wide"
                    at_end=true
                    open={props.overlay == Some(Overlay::ExportMenu)}
                    on_toggle={toggle(send, Overlay::ExportMenu)}
                    items={items(props, Overlay::ExportMenu)}
                />
                <span class="header__separator header__wide" />
                <Menu
                    label={t!("View")}
                    icon="view"
                    icon_alone=true
                    button_class="button button--quiet button--icon"
                    class="header__wide"
                    at_end=true
                    open={props.overlay == Some(Overlay::ViewMenu)}
                    on_toggle={toggle(send, Overlay::ViewMenu)}
                    items={items(props, Overlay::ViewMenu)}
                />
                <Menu
                    label={t!("More")}
                    icon="more"
                    icon_alone=true
                    button_class="button button--quiet button--icon"
                    class="header__narrow"
                    at_end=true
                    open={props.overlay == Some(Overlay::MoreMenu)}
                    on_toggle={toggle(send, Overlay::MoreMenu)}
                    items={items(props, Overlay::MoreMenu)}
                />
            </div>
        </header>
    }
}

/// The choice between the ways in which the plan is shown.
fn ways_to_show(props: &HeaderProps) -> Html {
    let segments = View::ALL
        .into_iter()
        .map(|view| Segment {
            value: view.id().into(),
            label: texts::say(view.name()).into(),
            swatch: None,
        })
        .collect::<Vec<_>>();
    let on_choose = props
        .send
        .reform(|id: AttrValue| Message::Show(View::from_id(&id)));
    html! {
        <div class="header__views">
            <Segmented label={t!("Show the plan as")} {segments} chosen={AttrValue::from(props.view.id())} {on_choose} />
        </div>
    }
}

fn shown_title(title: &str) -> &str {
    if title.is_empty() {
        t!("Untitled plan")
    } else {
        title
    }
}

fn title(props: &HeaderProps) -> Html {
    html! {
        <Menu
            label={shown_title(&props.title).to_owned()}
            button_class="header__title"
            label_class="header__name"
            open={props.overlay == Some(Overlay::PlanMenu)}
            on_toggle={toggle(&props.send, Overlay::PlanMenu)}
            items={items(props, Overlay::PlanMenu)}
        />
    }
}

/// What a menu lists while it is open.
fn items(props: &HeaderProps, menu: Overlay) -> Vec<Item> {
    let rest = props.rest.filter(|_| props.overlay == Some(menu));
    rest.map(|rest| (rest.items)(props)).unwrap_or_default()
}

/// What can be done with the plan as a whole.
fn of_plan(props: &HeaderProps) -> Vec<Item> {
    let item = |id: &'static str, icon: &'static str, label: &'static str, on_select| Item {
        id: id.into(),
        icon: icon.into(),
        label: label.into(),
        hint: AttrValue::default(),
        keys: AttrValue::default(),
        checked: None,
        starts_group: false,
        on_select,
    };
    let send = &props.send;
    vec![
        item(
            "rename",
            "pencil",
            t!("Rename"),
            send.reform(|()| Message::Open(Overlay::Title)),
        ),
        item(
            "settings",
            "person",
            t!("Visitors, bill and notes"),
            send.reform(|()| Message::ShowPlan),
        ),
        item("plan", "person", t!("Visitors, bill, assumptions"), {
            let send = send.clone();
            Callback::from(move |()| {
                send.emit(Message::Select(Selection::default()));
                send.emit(Message::ToggleInspector);
            })
        }),
        item(
            "gallery",
            "templates",
            t!("Open a starting plan"),
            send.reform(|()| Message::Open(Overlay::Gallery)),
        ),
        item(
            "offers",
            "search",
            t!("Browse all offers"),
            send.reform(|()| Message::Open(Overlay::Offers)),
        ),
        item(
            "empty",
            "plus",
            t!("Start empty"),
            send.reform(|()| Message::StartEmpty),
        ),
        item(
            "file",
            "import",
            t!("Open a file"),
            send.reform(|()| Message::ChooseFile),
        ),
    ]
}

fn title_field(props: &HeaderProps) -> Html {
    let on_change = props
        .send
        .reform(|title| Message::Edit(SetTitle { title, notes: None }.into()));
    let on_leave = props.send.reform(|()| Message::Close);
    html! {
        <TextField
            label={t!("Plan title")}
            class="input header__rename"
            value={props.title.clone()}
            takes_focus=true
            {on_change}
            {on_leave}
        />
    }
}

/// A step back or forth: its label, its tooltip, and whether there is one.
type Step = (String, String, bool);

fn undo_words(what: Option<&AttrValue>) -> Step {
    match what {
        Some(what) => {
            let words = t!("Undo: {step}", step = what);
            (words.clone(), words, true)
        }
        None => (
            t!("Undo").to_owned(),
            t!("Nothing to undo").to_owned(),
            false,
        ),
    }
}

fn redo_words(what: Option<&AttrValue>) -> Step {
    match what {
        Some(what) => {
            let words = t!("Redo: {step}", step = what);
            (words.clone(), words, true)
        }
        None => (
            t!("Redo").to_owned(),
            t!("Nothing to redo").to_owned(),
            false,
        ),
    }
}

fn step(
    icon: &'static str,
    (label, tooltip, is_there): Step,
    keys: &'static str,
    on_click: Callback<()>,
) -> Html {
    html! {
        { IconButton {
            icon: icon.into(),
            label: label.into(),
            tooltip: Some(tooltip.into()),
            keys: Some(keys.into()),
            disabled: !is_there,
            on_click,
            ..IconButton::default()
        }.draw() }
    }
}

fn toggle(send: &Callback<Message>, overlay: Overlay) -> Callback<bool> {
    send.reform(move |open| {
        if open {
            Message::Open(overlay)
        } else {
            Message::Close
        }
    })
}

fn exports(send: &Callback<Message>) -> Vec<Item> {
    export::FORMATS
        .iter()
        .map(|export| {
            let id = export.id;
            Item {
                id: id.into(),
                icon: "download".into(),
                label: texts::say(export.name).into(),
                hint: t!(
                    "A file that ends in .{extension}",
                    extension = export.extension
                )
                .into(),
                keys: if id == "json" { t!("Ctrl S") } else { "" }.into(),
                checked: None,
                starts_group: false,
                on_select: send.reform(move |()| Message::Export(id)),
            }
        })
        .collect()
}

fn more(props: &HeaderProps) -> Vec<Item> {
    let send = &props.send;
    let plain = |id: &'static str, icon: &'static str, label: &'static str, on_select| Item {
        id: id.into(),
        icon: icon.into(),
        label: label.into(),
        hint: AttrValue::default(),
        keys: AttrValue::default(),
        checked: None,
        starts_group: false,
        on_select,
    };
    let mut items: Vec<Item> = View::ALL
        .into_iter()
        .filter(|view| *view != props.view)
        .map(|view| {
            let on_select = send.reform(move |()| Message::Show(view));
            plain(view.id(), view.icon(), texts::say(view.action()), on_select)
        })
        .collect();
    let commands = &actions::COMMANDS;
    items.insert(
        0,
        plain(
            commands.id,
            commands.icon,
            texts::say(commands.label),
            send.reform(|()| (commands.message)()),
        ),
    );
    items.extend([
        plain(
            "four-ways",
            "four-ways",
            t!("Four ways"),
            send.reform(|()| Message::Open(Overlay::FourWays)),
        ),
        plain(
            "gallery",
            "templates",
            t!("Starting plans"),
            send.reform(|()| Message::Open(Overlay::Gallery)),
        ),
        plain(
            "import",
            "import",
            t!("Import"),
            send.reform(|()| Message::ChooseFile),
        ),
    ]);
    items.extend(exports(send).into_iter().map(|item| Item {
        label: t!("Export: {name}", name = item.label).into(),
        hint: AttrValue::default(),
        keys: AttrValue::default(),
        ..item
    }));
    items.extend(
        views(props)
            .into_iter()
            .enumerate()
            .map(|(index, item)| Item {
                keys: AttrValue::default(),
                starts_group: index == 0 || item.starts_group,
                ..item
            }),
    );
    items
}

/// How the page can show itself.
fn views(props: &HeaderProps) -> Vec<Item> {
    let send = &props.send;
    let themes = [Theme::System, Theme::Light, Theme::Dark].map(|theme| {
        let (icon, label) = theme_words(theme);
        Item {
            id: theme.id().into(),
            icon: icon.into(),
            label: label.into(),
            hint: AttrValue::default(),
            keys: AttrValue::default(),
            checked: Some(props.theme == theme),
            starts_group: false,
            on_select: send.reform(move |()| Message::SetTheme(theme)),
        }
    });
    let display = props.display;
    let switches: [(&'static Action, bool); 3] = [
        (&actions::FLOW, display.flow),
        (&actions::PROJECTOR, display.projector),
        (&actions::BARE, display.bare),
    ];
    let switches = switches
        .into_iter()
        .enumerate()
        .map(|(index, (action, is_on))| Item {
            id: action.id.into(),
            icon: action.icon.into(),
            label: texts::say(action.label).into(),
            hint: AttrValue::default(),
            keys: action.keys().into(),
            checked: Some(is_on),
            starts_group: index == 0,
            on_select: send.reform(move |()| (action.message)()),
        });
    let languages = languages(props);
    themes
        .into_iter()
        .chain(switches)
        .chain(languages)
        .collect()
}

/// The languages that the page can be read in; none while there is but one.
fn languages(props: &HeaderProps) -> Vec<Item> {
    let english = ("en".to_owned(), "English".to_owned());
    let others = props.languages.iter().cloned();
    let offered = std::iter::once(english).chain(others);
    let item = |(index, (code, name)): (usize, (String, String))| Item {
        id: format!("language-{code}").into(),
        icon: "language".into(),
        label: name.into(),
        hint: AttrValue::default(),
        keys: AttrValue::default(),
        checked: Some(code == texts::code()),
        starts_group: index == 0,
        on_select: props.send.reform(move |()| Message::Speak(code.clone())),
    };
    if props.languages.is_empty() {
        Vec::new()
    } else {
        offered.enumerate().map(item).collect()
    }
}

/// The icon and the words for a theme.
fn theme_words(theme: Theme) -> (&'static str, &'static str) {
    match theme {
        Theme::System => ("auto", t!("As the system")),
        Theme::Light => ("sun", t!("Light")),
        Theme::Dark => ("moon", t!("Dark")),
    }
}
