//! What an edit would bring, before it is made: the plan is evaluated with it, and the difference is told.
//!
//! **Question.** If this fix were taken, would its finding be gone, and what would it save and cost?
//!
//! **Model.** The edit is applied to a copy, and everything is computed again: what is told is what the page
//! will show afterwards.
//!
//! **Complexity.** One evaluation.

use std::rc::Rc;

use crate::catalog::{Catalog, Date};
use crate::commands::Command;
use crate::evaluate::{Evaluation, evaluate};
use crate::order::Order as _;
use crate::plan::{Id, Plan};
use crate::rules::{Finding, Severity};
use crate::units::{Money, PersonDays};
use crate::words::Words;

/// The difference that an edit makes.
#[derive(Clone, Debug, PartialEq)]
pub struct Gain {
    /// Hours per year of down time that each journey is spared, those that it touches, the most first; negative
    /// where it adds some.
    pub hours_year: Vec<(Id, f64)>,
    /// Money per month that it adds; negative where it saves some. None where a price is not known.
    pub cost_month: Option<Money>,
    /// Money on the first day that it adds.
    pub cost_upfront: Money,
    /// Person-days per month that it adds.
    pub work_month: PersonDays,
    /// Findings that are there before and not after it.
    pub gone: usize,
    /// Titles of findings that are there after it and not before, but for those that are only good to know.
    pub new: Vec<Words>,
    /// Whether the finding that it belongs to is gone.
    pub removes_finding: bool,
}

impl Gain {
    /// Hours per year that the journey that gains most is spared, and its id; none if no journey is touched.
    pub fn most_spared(&self) -> Option<(&Id, f64)> {
        self.hours_year.first().map(|(id, hours)| (id, *hours))
    }

    /// Hours per year spared for each unit of the currency per month; none if it costs nothing more, if its price
    /// is not known, or if nothing is spared.
    pub fn hours_year_per_cost(&self) -> Option<f64> {
        ratio(self.most_spared()?.1, self.cost_month?.0)
    }

    /// Hours per year spared for each person-day per month; none if it takes no more work or if nothing is
    /// spared.
    pub fn hours_year_per_work_day(&self) -> Option<f64> {
        ratio(self.most_spared()?.1, self.work_month.0)
    }
}

/// Components of a plan beyond which no fix is tried: each takes an evaluation, and the page waits for it.
pub const MOST_COMPONENTS: usize = 500;

/// Whether fixes of a plan are tried; beyond [`MOST_COMPONENTS`] nothing is known about what they would bring.
pub fn is_tried(plan: &Plan) -> bool {
    plan.components.len() <= MOST_COMPONENTS
}

/// What the fix of a finding would bring; none if it has none, or if the plan refuses it.
///
/// `before` is the evaluation of the plan as it is.
pub fn of_fix(
    finding: &Finding,
    before: &Evaluation,
    plan: &Rc<Plan>,
    catalog: &Catalog,
    today: Option<Date>,
) -> Option<Gain> {
    let fix = finding.fix.as_ref()?;
    let after = after(&fix.command, plan, catalog, today)?;
    Some(Gain {
        removes_finding: !after.findings.iter().any(|left| is_same(left, finding)),
        ..difference(before, &after)
    })
}

fn after(
    command: &Command,
    plan: &Rc<Plan>,
    catalog: &Catalog,
    today: Option<Date>,
) -> Option<Evaluation> {
    let next = command.apply(plan).ok()?;
    Some(evaluate(&next, catalog, today))
}

fn difference(before: &Evaluation, after: &Evaluation) -> Gain {
    let mut hours_year: Vec<(Id, f64)> = before
        .journeys
        .iter()
        .zip(&after.journeys)
        .filter(|(before, after)| before.id == after.id)
        .map(|(before, after)| {
            let hours =
                before.unavailability.hours_per_year() - after.unavailability.hours_per_year();
            (before.id.clone(), hours)
        })
        .filter(|(_, hours)| hours.abs() > 1e-9)
        .collect();
    hours_year.order_by(|a, b| b.1.total_cmp(&a.1));
    let is_priced =
        before.totals.not_priced == after.totals.not_priced && unpriced(before).eq(unpriced(after));
    let found =
        |all: &Evaluation, one: &Finding| all.findings.iter().any(|other| is_same(other, one));
    Gain {
        hours_year,
        cost_month: is_priced.then_some(after.totals.cost_month - before.totals.cost_month),
        cost_upfront: after.totals.cost_upfront - before.totals.cost_upfront,
        work_month: after.totals.work_month - before.totals.work_month,
        gone: before
            .findings
            .iter()
            .filter(|finding| !found(after, finding))
            .count(),
        new: after
            .findings
            .iter()
            .filter(|finding| finding.severity > Severity::Info && !found(before, finding))
            .map(|finding| finding.title.clone())
            .collect(),
        removes_finding: false,
    }
}

/// Components with no known price that have one more or fewer instances cannot be told apart by their bill.
fn unpriced(evaluation: &Evaluation) -> impl Iterator<Item = (&Id, usize)> {
    let components = evaluation.components.iter();
    components
        .filter(|(_, component)| component.cost_month.is_none())
        .map(|(id, component)| (id, component.instances))
}

/// Whether two findings point at the same fault.
fn is_same(a: &Finding, b: &Finding) -> bool {
    a.rule == b.rule && a.subjects == b.subjects
}

fn ratio(spared: f64, price: f64) -> Option<f64> {
    let ratio = spared / price;
    (spared > 0.0 && price > 1e-9 && ratio.is_finite()).then_some(ratio)
}
