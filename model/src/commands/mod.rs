//! Edits: each takes a plan and gives the next one, or says why not. The only way to change a plan.

use std::fmt;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::plan::{Component, Id, Plan};
use crate::words::{Value, Words, text};

/// What every edit answers.
pub trait Edit {
    /// The next plan.
    ///
    /// # Errors
    /// When the plan has no part that the edit names, or the edit would leave no plan that makes sense.
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError>;

    /// What it does, as the words after "Undo": `Move orders`.
    fn label(&self, plan: &Plan) -> Words;
}

/// Why an edit was refused, in words for the person who tried it.
#[derive(Clone, Debug, PartialEq)]
pub enum CommandError {
    /// Nothing in the plan has this name.
    Unknown(Id),
    /// A component cannot call itself.
    ToItself,
    /// There is such a connection already.
    AlreadyConnected(Id, Id),
    /// Users call others; nobody calls them.
    IntoSource(Id),
    /// A name that is taken.
    NameTaken(Id),
    /// A number that makes no sense here.
    IllegalNumber {
        /// What the number is for.
        what: &'static str,
        /// What is legal.
        legal: Words,
    },
    /// A plan holds no more of these.
    TooMany {
        /// Of what.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// A place cannot lie within itself.
    WithinItself(Id),
    /// A component type that does not exist.
    UnknownType(String),
}

impl CommandError {
    /// What was refused, and what to do instead.
    pub fn words(&self) -> Words {
        match self {
            Self::Unknown(id) => words!("Nothing in the plan is called {id} any more.", id),
            Self::ToItself => {
                words!("A component cannot call itself. Pick another one as the target.")
            }
            Self::AlreadyConnected(from, to) => words!(
                "{from} calls {to} already. Set the number of calls on that connection instead.",
                from,
                to
            ),
            Self::IntoSource(id) => words!(
                "{id} sends requests and answers none. Draw the connection the other way round.",
                id
            ),
            Self::NameTaken(id) => words!(
                "Something in the plan is called {id} already. Choose another name.",
                id
            ),
            Self::IllegalNumber { what, legal } => words!(
                "{what} must be {legal}.",
                what = text(what),
                legal = legal.clone()
            ),
            Self::TooMany { what, limit } => words!(
                "A plan holds {limit} {what} at most.",
                limit = *limit,
                what = text(what)
            ),
            Self::WithinItself(id) => words!("{id} cannot lie within itself.", id),
            Self::UnknownType(kind) => words!("There is no component type \"{kind}\".", kind),
        }
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.words().fmt(f)
    }
}

impl std::error::Error for CommandError {}

/// The longest name in the label of an edit, in characters.
const LONGEST_NAME: usize = 80;

impl Command {
    /// The next plan, and whether it differs from this one.
    ///
    /// # Errors
    /// See [`Edit::apply`].
    pub fn apply(&self, plan: &Rc<Plan>) -> Result<Rc<Plan>, CommandError> {
        Edits::ALL.apply(self, plan)
    }

    /// What it does, as the words after "Undo"; names that are too long for a button are cut.
    pub fn label(&self, plan: &Plan) -> Words {
        Edits::ALL.label(self, plan)
    }
}

/// Edits that can be made: who only draws needs few of them.
#[derive(Clone, Copy, Debug)]
pub struct Edits(fn(&Command) -> Option<&dyn Edit>);

impl Edits {
    /// Every edit.
    pub const ALL: Self = Self(|command| Some(command.as_edit()));

    /// What hands do in the drawing: put components down, connect, move and delete them.
    pub const DRAWING: Self = Self(|command| match command {
        Command::AddComponent(edit) => Some(edit),
        Command::AddReplica(edit) => Some(edit),
        Command::Connect(edit) => Some(edit),
        Command::Reconnect(edit) => Some(edit),
        Command::Insert(edit) => Some(edit),
        Command::MoveComponents(edit) => Some(edit),
        Command::Remove(edit) => Some(edit),
        Command::RemovePlace(edit) => Some(edit),
        Command::ChangePlace(edit) => Some(edit),
        Command::SetPlacement(edit) => Some(edit),
        _ => None,
    });

    /// Whether this is one of them, or several of them together.
    pub fn hold(self, command: &Command) -> bool {
        let mut parts = parts(command).into_iter();
        parts.all(|part| (self.0)(part).is_some())
    }

    /// The next plan; the same one where nothing differs, or the edit is none of these.
    ///
    /// # Errors
    /// See [`Edit::apply`].
    pub fn apply(self, command: &Command, plan: &Rc<Plan>) -> Result<Rc<Plan>, CommandError> {
        let mut next = (**plan).clone();
        for edit in parts(command).into_iter().filter_map(self.0) {
            next = edit.apply(&next)?;
        }
        Ok(if next == **plan {
            Rc::clone(plan)
        } else {
            Rc::new(next)
        })
    }

    /// What a command does, as [`Command::label`] says it; nothing where it is none of these.
    pub fn label(self, command: &Command, plan: &Plan) -> Words {
        let label = match command {
            Command::Together(several) => several.title.clone(),
            one => (self.0)(one)
                .map(|edit| edit.label(plan))
                .unwrap_or_default(),
        };
        label.with_names_cut(LONGEST_NAME)
    }
}

/// The edits that a command consists of, in order.
fn parts(command: &Command) -> Vec<&Command> {
    let mut parts = Vec::new();
    let mut open = vec![command];
    while let Some(next) = open.pop() {
        match next {
            Command::Together(several) => open.extend(several.commands.iter().rev()),
            one => parts.push(one),
        }
    }
    parts
}

macro_rules! commands {
    ($($module:ident::$name:ident,)*) => {
        $(mod $module; pub use $module::$name;)*

        /// Any edit of a plan, as plain data.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "command", rename_all = "snake_case")]
        #[expect(clippy::large_enum_variant, reason = "commands are few at a time, and short-lived")]
        pub enum Command {
            $(
                #[doc = concat!("See [`", stringify!($name), "`].")]
                $name($name),
            )*
        }

        impl Command {
            fn as_edit(&self) -> &dyn Edit {
                match self {
                    $(Self::$name(edit) => edit,)*
                }
            }
        }

        $(impl From<$name> for Command {
            fn from(edit: $name) -> Self {
                Self::$name(edit)
            }
        })*
    };
}

commands! {
    add_component::AddComponent,
    add_replica::AddReplica,
    connect::Connect,
    reconnect::Reconnect,
    insert::Insert,
    bypass::Bypass,
    paste::Paste,
    move_components::MoveComponents,
    reorder::Reorder,
    set_pinned::SetPinned,
    remove::Remove,
    rename::Rename,
    set_hosting::SetHosting,
    set_instances::SetInstances,
    set_redundancy::SetRedundancy,
    set_promotable::SetPromotable,
    set_setting::SetSetting,
    set_placement::SetPlacement,
    set_overrides::SetOverrides,
    set_notes::SetNotes,
    change_connection::ChangeConnection,
    change_journey::ChangeJourney,
    remove_journey::RemoveJourney,
    change_place::ChangePlace,
    remove_place::RemovePlace,
    set_title::SetTitle,
    set_assumption::SetAssumption,
    set_catalogue::SetCatalogue,
    set_requirements::SetRequirements,
    replace_plan::ReplacePlan,
    together::Together,
}

/// The plan with one component changed.
fn with_component(
    plan: &Plan,
    id: &Id,
    change: impl FnOnce(&mut Component),
) -> Result<Plan, CommandError> {
    let index = plan
        .components
        .iter()
        .position(|component| component.id == *id);
    let index = index.ok_or_else(|| CommandError::Unknown(id.clone()))?;
    let mut next = plan.clone();
    change(Rc::make_mut(&mut next.components[index]));
    Ok(next)
}

/// Where a connection stands among those of the plan.
fn connection_index(plan: &Plan, id: &Id) -> Result<usize, CommandError> {
    let mut connections = plan.connections.iter();
    connections
        .position(|connection| connection.id == *id)
        .ok_or_else(|| CommandError::Unknown(id.clone()))
}

/// The largest coordinate of a position.
const FARTHEST: f64 = 1e7;

/// Refuses a position that no canvas reaches.
fn check_position(position: Option<[f64; 2]>) -> Result<(), CommandError> {
    if position.is_none_or(|corner| corner.iter().all(|coordinate| coordinate.abs() <= FARTHEST)) {
        return Ok(());
    }
    Err(CommandError::IllegalNumber {
        what: text!("A position"),
        legal: words!(
            "between {least} and {most}",
            least = Value::Grouped(-FARTHEST),
            most = Value::Grouped(FARTHEST)
        ),
    })
}

/// The name of a component on screen.
fn name_of<'p>(plan: &'p Plan, id: &'p Id) -> &'p str {
    plan.component(id)
        .map(|component| component.label.as_str())
        .filter(|label| !label.is_empty())
        .unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::sketch::sketch;

    #[test]
    fn an_edit_is_plain_data() {
        let command = Command::from(SetInstances {
            component: "orders".into(),
            instances: 2,
        });
        let text = serde_json::to_string(&command).unwrap();
        assert_eq!(
            text,
            r#"{"command":"set_instances","component":"orders","instances":2}"#
        );
        assert_eq!(serde_json::from_str::<Command>(&text).unwrap(), command);
    }

    #[test]
    fn a_label_fits_a_button_however_long_a_name_is() {
        let mut plan = sketch("users -> app-server").unwrap();
        Rc::make_mut(&mut plan.components[1]).label = "ß🧑‍🚀".repeat(50_000);
        let remove = Command::from(Remove {
            components: [Id::from("app-server")].into(),
            ..Remove::default()
        });
        let label = remove.label(&plan).to_string();
        assert!(label.starts_with("Delete ß🧑") && label.ends_with('…'));
        assert_eq!(label.chars().count(), "Delete ".len() + LONGEST_NAME + 1);
    }

    #[test]
    fn an_edit_that_changes_nothing_gives_the_same_plan() {
        let plan = Rc::new(sketch("users -> app-server*2").unwrap());
        let command = Command::from(SetInstances {
            component: "app-server".into(),
            instances: 2,
        });
        assert!(Rc::ptr_eq(&command.apply(&plan).unwrap(), &plan));
    }
}
