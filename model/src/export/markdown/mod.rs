//! A report that can be handed in: what is asked, what the plan gives, where that comes from, what to do about it.

mod page;
pub(super) mod text;

use super::Export;
use crate::evaluate::Evaluation;
use crate::plan::Plan;
use page::Page;

pub(super) const EXPORT: Export = Export {
    id: "markdown",
    name: "Report (Markdown)",
    extension: "md",
    mime: "text/markdown",
    write,
};

macro_rules! sections {
    ($($name:ident,)*) => {
        $(mod $name;)*

        /// Every section, in the order of the report; each is silent where it has nothing to say.
        const SECTIONS: &[fn(&mut Page)] = &[$($name::write,)*];
    };
}

sections! {
    heading,
    problems,
    requirements,
    journeys,
    responses,
    populations,
    calls,
    day,
    growth,
    cost,
    bill,
    components,
    load,
    resources,
    disks,
    pools,
    single_points,
    losses,
    recovery,
    findings,
    assumptions,
}

fn write(plan: &Plan, evaluation: &Evaluation) -> String {
    let mut page = Page::new(plan, evaluation);
    for section in SECTIONS {
        section(&mut page);
    }
    page.finish()
}
