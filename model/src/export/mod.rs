//! What a plan can be written as: one file per format.

mod csv;
pub mod exit_checklist;
pub mod exit_drill;
pub mod figures;
mod leaving;
mod object;
pub mod simulation;

use crate::evaluate::Evaluation;
use crate::plan::Plan;

/// One format: a file that can be had from a plan.
#[derive(Debug)]
pub struct Export {
    /// The word on the command line.
    pub id: &'static str,
    /// The name on screen.
    pub name: &'static str,
    /// The end of the file's name.
    pub extension: &'static str,
    /// The media type of the file.
    pub mime: &'static str,
    /// Writes the file.
    pub write: fn(&Plan, &Evaluation) -> String,
}

/// What a format is called, for those who do not write it.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// The word on the command line.
    pub id: &'static str,
    /// The name on screen.
    pub name: &'static str,
    /// The end of the file's name.
    pub extension: &'static str,
}

impl Export {
    const fn format(&self) -> Format {
        Format {
            id: self.id,
            name: self.name,
            extension: self.extension,
        }
    }
}

/// The format of this id.
pub fn export(id: &str) -> Option<&'static Export> {
    ALL.iter().copied().find(|export| export.id == id)
}

macro_rules! exports {
    ($($name:ident,)*) => {
        $(mod $name;)*

        /// Every format, in the order of the menu.
        pub const ALL: &[&Export] = &[$(&$name::EXPORT,)*];

        /// What every format is called, in the same order.
        pub const FORMATS: &[Format] = &[$($name::EXPORT.format(),)*];
    };
}

exports! {
    json,
    markdown,
    mermaid,
    evaluation,
    bill,
    responsibilities,
}

#[cfg(test)]
mod tests;
