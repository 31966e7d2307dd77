//! What leaving takes, for scripts: days by facet, money by what it is for, and what holds.

use serde_json::Value;

use super::object::{Object, ends};
use crate::evaluate::{Exit, Hold};

/// What it takes to move one component elsewhere.
pub(super) fn leaving(exit: &Exit) -> Object {
    let mut out = Object::default();
    out.put("interface", exit.interface.id());
    out.range("days", &ends(exit.days));
    let facets = exit.facets.iter().map(|(facet, days)| {
        let mut out = Object::default();
        out.put("facet", facet.id());
        out.range("days", &ends(*days));
        out.0
    });
    out.put("facets", facets.collect::<Vec<_>>());
    out.number("data_gb", exit.data.0);
    out.range("transfer_seconds", &ends(exit.transfer));
    let charges = exit.charges.iter().map(|(charge, money)| {
        let mut out = Object::default();
        out.put("charge", charge.id());
        out.number("cost", money.0);
        out.0
    });
    out.put("charges", charges.collect::<Vec<_>>());
    out.number("cost", exit.cost.0);
    out.number("likelihood", exit.likelihood);
    out.number("expected_cost", exit.expected_cost.0);
    out.put("holds", holds(&exit.holds));
    out
}

/// What holds, and what one gets for it.
pub(super) fn holds(holds: &[Hold]) -> Vec<Value> {
    let holds = holds.iter().map(|hold| {
        let mut out = Object::default();
        out.put("kind", hold.kind.id());
        out.put("what", hold.what.to_string());
        out.put("benefit", hold.benefit);
        out.0.into()
    });
    holds.collect()
}
