//! What can happen to the editor, and what it asks of the browser in return.

use std::rc::Rc;

use model::commands::Command;
use model::diagram::{Point, Rect};
use model::plan::{Id, Plan};
use model::templates::Template;

use super::{
    Compare, Display, DisplaySwitch, Find, Found, LoadProblem, Rework, Selection, TakeAway,
    Viewport,
};

/// Something that happened, or that somebody wants.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Message {
    /// Change the plan, as one step.
    Edit(Command),
    /// Change the plan while somebody types, slides or nudges: edits of the same thing join into one step.
    EditLive(Command),
    /// The field was left or the slider let go: the next live edit is a step of its own.
    Settle,
    /// Take back the last step.
    Undo,
    /// Do the step again that was taken back.
    Redo,

    /// Select exactly this.
    Select(Selection),
    /// Turn these parts of the selection: in when out, out when in.
    Toggle(Selection),
    /// Select every component.
    SelectAll,
    /// Arrange what is selected, or the whole drawing.
    Arrange,
    /// Select what a finding is about, and bring it into sight.
    ShowMe(Vec<Id>),
    /// Select a part of the plan, and bring it to the middle.
    GoTo(Id),
    /// These parts are what somebody types to find; none while nothing is typed.
    Seek(Vec<Id>),
    /// Show one of the parts that a search found.
    Found(Found),
    /// Show the next part that was found, or the one before.
    FoundFurther {
        /// Whether the one before is meant.
        is_back: bool,
    },
    /// Take the selected parts out of the plan.
    DeleteSelection,
    /// Copy the selected components with the connections among them.
    DuplicateSelection,
    /// Move the selected components by canvas units.
    Nudge {
        /// To the right.
        dx: f64,
        /// Downwards.
        dy: f64,
    },
    /// Put a new component of a type on the canvas, with its middle here, or where there is room.
    Place {
        /// The id of the component type.
        kind: &'static str,
        /// Where, in canvas units.
        at: Option<Point>,
    },
    /// The next click on the canvas places a component of this type.
    StartPlacing(&'static str),
    /// The next click on the canvas selects again.
    StopPlacing,
    /// The next drag on the canvas draws the frame of a new place.
    StartFraming,
    /// Make a new place: in this frame, or else round what is selected, or else where the window looks.
    AddPlace(Option<Rect>),

    /// Take parts away to see what follows, or put them back.
    TakeAway(TakeAway),

    /// Put something in front, or above, the drawing.
    Open(Overlay),
    /// Put it away again.
    Close,
    /// Show where a number comes from as tables, or as charts again.
    ShowTables(Quantity, bool),
    /// Set a plan beside this one to compare their money, or put it away.
    Compare(Compare),
    /// Do something with the selected parts, or at a spot of the drawing.
    Rework(Rework),
    /// Say something in passing.
    Notify(Notice),
    /// The notice of this number has been read, or its time is over.
    DismissNotice(u64),
    /// The first sentence has been read.
    DismissWelcome,
    /// Show or hide the palette where it is a sheet.
    TogglePalette,
    /// Show or hide the inspector where it covers the drawing.
    ToggleInspector,
    /// Show what can be said about the selected parts, where the inspector covers the drawing.
    Inspect,
    /// Select nothing, and show what can be said about the plan as a whole.
    ShowPlan,

    /// Choose a file to open.
    ChooseFile,
    /// Open the plan in these bytes.
    LoadBytes {
        /// The name of the file.
        name: String,
        /// What is in it.
        bytes: Vec<u8>,
    },
    /// The file cannot be opened, and this is why.
    LoadFailed(LoadProblem),
    /// The message about the file has been read.
    DismissLoadProblem,
    /// Open a starting plan.
    LoadTemplate(Template),
    /// Start with nothing drawn.
    StartEmpty,
    /// Write the plan to a file in the export format of this id.
    Export(&'static str),
    /// Hand a text out as a file.
    Download {
        /// The name of the file.
        name: String,
        /// Its media type.
        mime: &'static str,
        /// What is in it.
        text: String,
    },
    /// Put what is shown on paper.
    Print,
    /// The browser keeps no draft, and this is why.
    DraftFailed(String),

    /// Make the plan what its text says.
    Redraw(Rc<Plan>),
    /// Show the plan in another way.
    Show(View),
    /// Look at another part of the canvas.
    SetViewport(Viewport),
    /// The window to the canvas has this many pixels.
    Resized {
        /// To the right.
        width: f64,
        /// Downwards.
        height: f64,
    },
    /// Zoom by a factor about the middle of the window.
    ZoomBy(f64),
    /// Zoom to 100 %.
    ZoomToFull,
    /// Show the whole drawing.
    Fit,
    /// Show what is selected as large as it fits.
    FitSelection,
    /// The sheet from below was dragged, on phones.
    SetSheet(Sheet),
    /// One of the ways in which the page shows itself is turned over.
    Switch(DisplaySwitch),
    /// Light, dark, or as the system has it.
    SetTheme(Theme),
    /// Show the page in the language of this code.
    Speak(String),
    /// The theme after this one.
    NextTheme,
}

/// What the editor asks of the browser.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Effect {
    /// Keep the plan for the next visit.
    SaveDraft,
    /// Hand out a file.
    Download {
        /// Its name.
        name: String,
        /// Its media type.
        mime: &'static str,
        /// What is in it.
        text: String,
    },
    /// Write the evaluation in the export format of this id, and hand it out.
    ExportReport(&'static str),
    /// Put what is shown on paper.
    Print,
    /// Let the visitor choose a file.
    ChooseFile,
    /// Let the visitor choose a file to compare with.
    ChooseFileToCompare,
    /// Move the keyboard focus.
    Focus(FocusTarget),
    /// Bring a part of the canvas out from under what covers the drawing.
    Uncover(Rect),
    /// Say it to those who listen.
    Announce(String),
    /// Keep which way the plan is shown for the next visit.
    KeepView(View),
    /// Put a text on the clipboard.
    WriteClipboard(String),
    /// Paste what is on the clipboard, with its middle here.
    ReadClipboard(Option<Point>),
    /// Show and keep the theme.
    ApplyTheme(Theme),
    /// Show the page in this way, and keep it.
    ApplyDisplay(Display),
    /// Read the language of this code; the page is in it once it came.
    Speak(String),
    /// Take the notice of this number away after a while.
    ExpireNotice(u64),
}

/// Where the keyboard focus can be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FocusTarget {
    /// A part of the drawing.
    Part(Id),
    /// A part of the drawing, or else the drawing, unless the focus went elsewhere meanwhile.
    Back(Option<Id>),
    /// The drawing.
    Canvas,
}

/// What can stand in front of, or above, the drawing; one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Overlay {
    /// The starting plans.
    Gallery,
    /// What a few typed letters look for.
    Find(Find),
    /// All offers of the catalogue.
    Offers,
    /// All findings.
    Findings,
    /// Where one of the six numbers comes from.
    Result(Quantity),
    /// What happens when a provider ends.
    ExitDrill,
    /// The export formats.
    ExportMenu,
    /// What can be done with the plan as a whole.
    PlanMenu,
    /// The field where the title of the plan is written.
    Title,
    /// What the header has no room for.
    MoreMenu,
    /// How the page shows itself.
    ViewMenu,
    /// The same architecture on each kind of hosting.
    FourWays,
    /// The keyboard shortcuts.
    Shortcuts,
}

impl Overlay {
    /// Whether it is a drawer under the drawing.
    pub(crate) fn is_drawer(self) -> bool {
        matches!(self, Self::Findings | Self::Result(_) | Self::ExitDrill)
    }
}

/// How high the sheet from below is, on phones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sheet {
    /// Put away.
    Closed,
    /// The drawing stays in sight above it.
    Half,
    /// It takes all the room.
    Full,
}

/// The six numbers that answer the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quantity {
    /// Requests per second.
    Carries,
    /// Time of a response.
    Response,
    /// Downtime.
    Down,
    /// Money per month.
    Costs,
    /// Care per month.
    Work,
    /// What leaving takes.
    WayOut,
}

impl Quantity {
    /// All of them, in the order of the strip.
    pub(crate) const ALL: [Self; 6] = [
        Self::Carries,
        Self::Response,
        Self::Down,
        Self::Costs,
        Self::Work,
        Self::WayOut,
    ];

    /// Its name in the page's structure.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Carries => "carries",
            Self::Response => "response",
            Self::Down => "down",
            Self::Costs => "costs",
            Self::Work => "work",
            Self::WayOut => "way-out",
        }
    }

    /// The word on screen.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Carries => t!("Carries"),
            Self::Response => t!("Response"),
            Self::Down => t!("Down"),
            Self::Costs => t!("Costs"),
            Self::Work => t!("Work"),
            Self::WayOut => t!("Way out"),
        }
    }
}

/// The ways in which a plan is shown and edited; they are equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum View {
    /// Cards and lines.
    #[default]
    Drawing,
    /// A tree and table.
    Outline,
    /// Lines in the arrow notation.
    Text,
}

impl View {
    /// All of them, in the order of the header.
    pub(crate) const ALL: [Self; 3] = [Self::Drawing, Self::Outline, Self::Text];

    /// The word in storage.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Drawing => "drawing",
            Self::Outline => "outline",
            Self::Text => "text",
        }
    }

    /// The word on screen.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Drawing => t!("Drawing"),
            Self::Outline => t!("Outline"),
            Self::Text => t!("Text"),
        }
    }

    /// What choosing it does.
    pub(crate) fn action(self) -> &'static str {
        match self {
            Self::Drawing => t!("Show the drawing"),
            Self::Outline => t!("Show the outline"),
            Self::Text => t!("Show the text"),
        }
    }

    /// Its icon.
    pub(crate) fn icon(self) -> &'static str {
        match self {
            Self::Drawing => "box",
            Self::Outline => "menu",
            Self::Text => "pencil",
        }
    }

    /// The view of this word; the drawing for any other.
    pub(crate) fn from_id(id: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|view| view.id() == id).unwrap_or_default()
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The word in storage and in the `data-theme` attribute.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of this word; the system's for any other.
    pub(crate) fn from_id(id: &str) -> Self {
        match id {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    /// The one that a click leads to.
    pub(crate) fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }
}

/// Something said in passing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Notice {
    /// Its number; the editor sets it.
    pub id: u64,
    /// How it is meant.
    pub tone: Tone,
    /// One sentence.
    pub text: String,
    /// What can be done about it.
    pub actions: Vec<NoticeAction>,
}

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Something was done.
    Done,
    /// Something was not done, and this is why.
    Refused,
    /// Something needs attention, and stays until it is dismissed.
    Warning,
}

/// A button in a notice.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NoticeAction {
    /// What it says.
    pub label: &'static str,
    /// What it does.
    pub message: Box<Message>,
}

impl Notice {
    /// A notice without a button.
    pub(crate) fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self {
            id: 0,
            tone,
            text: text.into(),
            actions: Vec::new(),
        }
    }

    /// The same with one more button.
    pub(crate) fn with_action(mut self, label: &'static str, message: Message) -> Self {
        self.actions.push(NoticeAction {
            label,
            message: Box::new(message),
        });
        self
    }
}

/// Whether a sign may stand in the name of a file: letters and digits of all scripts, told by their blocks, because
/// the tables of all letters are heavy; none that turns the direction of the text.
fn is_for_a_file(sign: char) -> bool {
    sign.is_ascii_alphanumeric()
        || matches!(sign, '\u{C0}'..='\u{1FFF}' | '\u{2C00}'..='\u{2FFF}' | '\u{3005}'..='\u{D7FF}' | '\u{F900}'..='\u{FDFF}')
}

/// The name of the file that a plan is written to, without its ending.
pub(super) fn file_name(plan: &Plan) -> String {
    let mut name: String = plan
        .title
        .chars()
        .map(|c| if is_for_a_file(c) { c } else { '-' })
        .collect::<String>()
        .to_ascii_lowercase()
        .split('-')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    name = name.chars().take(60).collect();
    if name.is_empty() {
        name.push_str("plan");
    }
    name
}
