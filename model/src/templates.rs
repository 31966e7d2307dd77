//! The starting plans, in gallery order.

use crate::plan::Plan;
use crate::plan::format::{self, LoadError};

/// A plan to start from; its title and notes introduce it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    /// The name of its file.
    pub id: &'static str,
    text: &'static str,
}

impl Template {
    /// The plan.
    ///
    /// # Errors
    /// When the file is broken; a test reads every one.
    pub fn plan(&self) -> Result<Plan, LoadError> {
        format::read(self.text.as_bytes())
    }
}

/// What a first visitor sees.
pub const FIRST: Template = Template {
    id: "shop",
    text: include_str!("../../assets/templates/shop.json"),
};

/// The template of this id.
pub fn template(id: &str) -> Option<&'static Template> {
    ALL.iter().find(|template| template.id == id)
}

macro_rules! templates {
    ($($id:literal,)*) => {
        /// Every starting plan.
        pub const ALL: &[Template] = &[
            $(Template { id: $id, text: include_str!(concat!("../../assets/templates/", $id, ".json")) },)*
        ];
    };
}

templates! {
    "one-box",
    "app-and-database",
    "shop",
    "reports",
    "cache",
    "replica",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_in_canonical_form_and_says_what_it_shows() {
        for template in ALL {
            let plan = template.plan().unwrap();
            assert_eq!(format::write(&plan), template.text, "{}", template.id);
            assert!(
                !plan.title.is_empty() && !plan.notes.is_empty(),
                "{}",
                template.id
            );
        }
    }
}
