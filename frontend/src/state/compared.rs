//! A plan set beside the one on screen, to compare their money: never a part of it, and nothing that is undone.

use std::rc::Rc;

use model::plan::Plan;
use model::plan::format::{self, LoadError};
use model::templates::Template;

/// A plan set beside the one on screen.
#[derive(Clone, Debug)]
pub(crate) struct Compared {
    /// The id of the starting plan that it is; empty for another.
    pub key: &'static str,
    /// What it is called.
    pub name: String,
    /// The plan.
    pub plan: Rc<Plan>,
}

/// Two are equal when they are the very same plan, which costs nothing to find out.
impl PartialEq for Compared {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && Rc::ptr_eq(&self.plan, &other.plan)
    }
}

/// What is to stand beside the plan on screen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Compare {
    /// A starting plan.
    Template(Template),
    /// The plan as it is now, whatever becomes of it.
    Pin,
    /// A file that has yet to be chosen.
    ChooseFile,
    /// The plan in these bytes.
    Bytes {
        /// The name of the file.
        name: String,
        /// What is in it.
        bytes: Vec<u8>,
    },
    /// Nothing.
    Stop,
}

impl Compared {
    /// A starting plan; none if it cannot be read.
    pub(super) fn template(template: &Template) -> Option<Self> {
        let plan = template.plan().ok()?;
        Some(Self {
            key: template.id,
            name: named(&plan, template.id),
            plan: Rc::new(plan),
        })
    }

    /// The plan as it is now.
    pub(super) fn pinned(plan: &Rc<Plan>) -> Self {
        Self {
            key: "",
            name: t!("the plan as it was").to_owned(),
            plan: Rc::clone(plan),
        }
    }

    /// The plan in a file.
    pub(super) fn file(name: &str, bytes: &[u8]) -> Result<Self, LoadError> {
        let plan = format::read(bytes)?;
        Ok(Self {
            key: "",
            name: named(&plan, name),
            plan: Rc::new(plan),
        })
    }
}

fn named(plan: &Plan, otherwise: &str) -> String {
    if plan.title.is_empty() {
        otherwise.to_owned()
    } else {
        plan.title.clone()
    }
}
