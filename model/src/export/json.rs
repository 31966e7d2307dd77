//! The plan itself, as the planner opens it again.

use super::Export;
use crate::plan::format;

pub(super) const EXPORT: Export = Export {
    id: "json",
    name: "Plan (JSON)",
    extension: "json",
    mime: "application/json",
    write: |plan, _| format::write(plan),
};
