//! The evaluation for scripts: `hosting-evaluation/1`, numbers in SI units, absent where they cannot be computed.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde_json::{Value, json};

use super::Export;
use super::leaving::{holds, leaving};
use super::object::{Object, ends};
use crate::components::Layer;
use crate::evaluate::{
    Bill, BurstDay, Cause, ComponentDay, ComponentEvaluation, Evaluation, Failure, Fix, Growth,
    Jobs, JourneyEvaluation, Recovery, ResourceUse, ResponseTimes, Task, Timeline, Totals,
    WorstLoss,
};
use crate::metrics::{self, MetricValue, Verdict};
use crate::plan::{Id, Plan, Requirement};
use crate::rules::Finding;
use crate::topology::{DiskSpeed, Problem};
use crate::units::{Money, Range};

pub(super) const EXPORT: Export = Export {
    id: "evaluation",
    name: "Evaluation (JSON)",
    extension: "evaluation.json",
    mime: "application/json",
    write,
};

/// What the `format` field of an evaluation says.
const FORMAT: &str = "hosting-evaluation/1";

fn write(plan: &Plan, evaluation: &Evaluation) -> String {
    let journeys = evaluation.journeys.iter().map(journey);
    let components = in_order(
        plan.components.iter().map(|one| &one.id),
        &evaluation.components,
    );
    let connections = in_order(
        plan.connections.iter().map(|one| &one.id),
        &evaluation.connections,
    );
    let requirements = plan.requirements.iter();
    let report = json!({
        "format": FORMAT,
        "problems": evaluation.problems.iter().map(problem).collect::<Vec<_>>(),
        "requirements": requirements.map(|one| requirement(one, plan, evaluation)).collect::<Vec<_>>(),
        "journeys": journeys.collect::<Vec<_>>(),
        "components": components.map(|(id, one)| component(id, one)).collect::<Vec<_>>(),
        "connections": connections.map(|(id, one)| {
            let mut out = Object::named(id);
            out.number("arrival_rate", one.arrival_rate.0);
            if one.attempts > 1.0 {
                out.number("attempts", one.attempts);
            }
            if one.fails > 0.0 {
                out.number("fails", one.fails);
            }
            if one.metastable {
                out.put("metastable", true);
            }
            out.0
        }).collect::<Vec<_>>(),
        "unchecked_losses": evaluation.unchecked_losses,
        "unchecked_recoveries": evaluation.unchecked_recoveries,
        "day": day(plan, evaluation),
        "totals": totals(&evaluation.totals),
        "bill": bill(&evaluation.bill),
        "findings": evaluation.findings.iter().map(finding).collect::<Vec<_>>(),
    });
    format!("{report:#}\n")
}

/// What is known about each part, in the order of the plan.
fn in_order<'a, T>(
    ids: impl Iterator<Item = &'a Id>,
    known: &'a BTreeMap<Id, T>,
) -> impl Iterator<Item = (&'a Id, &'a T)> {
    let mut seen = BTreeSet::new();
    ids.filter(move |id| seen.insert(*id))
        .filter_map(|id| known.get_key_value(id))
}

fn problem(problem: &Problem) -> Value {
    let mut out = Object::named(problem.id);
    out.put("subjects", names(&problem.subjects));
    if !problem.field.is_empty() {
        out.put("field", problem.field);
    }
    out.put("message", problem.message.to_string());
    out.0.into()
}

fn requirement(requirement: &Requirement, plan: &Plan, evaluation: &Evaluation) -> Value {
    let mut out = Object::default();
    out.put("metric", requirement.metric.as_str());
    out.put("op", requirement.op.symbol());
    out.put("value", requirement.value.clone());
    let (word, actual) = match metrics::check(requirement, plan, evaluation) {
        Verdict::Met { actual } => ("met", Some(actual)),
        Verdict::Missed { actual } => ("missed", Some(actual)),
        Verdict::Unknown(why) => {
            out.put("why", why.to_string());
            ("unknown", None)
        }
    };
    out.put("verdict", word);
    match actual {
        Some(MetricValue::Number(actual)) => out.number("actual", actual),
        Some(MetricValue::Word(actual)) => out.put("actual", actual),
        None => {}
    }
    out.0.into()
}

fn journey(journey: &JourneyEvaluation) -> Value {
    let mut out = Object::named(&journey.id);
    out.number("arrival_rate", journey.arrival_rate.0);
    if let Some(users) = &journey.population {
        let mut population = Object::default();
        population.put("users", users.users);
        population.number("think_seconds", users.think.0);
        if let Some(limits) = users.limits {
            let limits = limits.map(|limit| limit.0);
            population.put("limits_rps", numbers(limits.into_iter()));
        }
        population.optional("knee_users", users.knee);
        population.optional("busy_share", users.busy_share);
        population.put("exact", users.exact);
        out.put("population", population.0);
    }
    out.put("saturated", journey.saturated);
    out.optional("capacity_rps", journey.capacity.map(|capacity| capacity.0));
    if let Some(bottleneck) = &journey.bottleneck {
        let resource = bottleneck.resource.id();
        out.put(
            "bottleneck",
            json!({ "component": bottleneck.component.as_str(), "resource": resource }),
        );
    }
    if let Some(response) = &journey.response {
        out.put("response_seconds", response_times(response));
    }
    out.put("growth", growth(&journey.growth));
    let failures = journey.failures.iter().map(failure);
    out.put("failures", failures.collect::<Vec<_>>());
    let worst = journey.worst_losses.iter().map(worst_loss);
    out.put("worst_losses", worst.collect::<Vec<_>>());
    let recoveries = journey.recovery.iter().map(recovery);
    out.put("recovery", recoveries.collect::<Vec<_>>());
    let Range { low, high, .. } = journey.unavailability_range;
    if journey.failed_share > 0.0 {
        out.number("failed_share", journey.failed_share);
    }
    out.number("unavailability", journey.unavailability.0);
    out.range("unavailability_range", &[low, high]);
    out.put("exact", journey.exact);
    if let Some(found) = &journey.simulated {
        let mut simulated = Object::default();
        simulated.number("unavailability", found.unavailability.0);
        simulated.range("interval", &[found.low.0, found.high.0]);
        simulated.put("samples", found.samples);
        out.put("simulated", simulated.0);
    }
    out.number(
        "downtime_hours_year",
        journey.unavailability.hours_per_year(),
    );
    let points = journey.single_points.iter().map(|point| {
        let cause = match point.cause {
            Cause::Structural => "structural",
            Cause::Capacity => "capacity",
            Cause::Domain => "domain",
        };
        json!({ "event": point.event, "cause": cause })
    });
    out.put("single_points_of_failure", points.collect::<Vec<_>>());
    out.put("minimal_cut_sets", named(&journey.minimal_cut_sets));
    out.put("cut_sets_complete", journey.cut_sets_complete);
    let worst = journey.worst_cut_sets.iter().map(|set| {
        let mut out = Object::default();
        out.put("events", event_names(&set.events));
        out.number("hours_year", set.hours_year);
        out.0
    });
    out.put("worst_cut_sets", worst.collect::<Vec<_>>());
    let importance = journey.importance.iter().map(|importance| {
        let mut out = Object::default();
        out.put("event", &*importance.event);
        out.number("unavailability", importance.unavailability.0);
        out.number("birnbaum", importance.birnbaum);
        out.number("criticality", importance.criticality);
        out.number("fussell_vesely", importance.fussell_vesely);
        out.optional("risk_achievement_worth", importance.risk_achievement_worth);
        out.optional("risk_reduction_worth", importance.risk_reduction_worth);
        out.number("hours_year_if_perfect", importance.hours_year_if_perfect);
        out.0
    });
    out.put("importance", importance.collect::<Vec<_>>());
    let fixes = journey.fix_first.iter().map(fix);
    out.put("fix_first", fixes.collect::<Vec<_>>());
    let erosion = journey.erosion.iter().map(|step| {
        let mut out = Object::default();
        out.number("months", step.months);
        out.put("component", step.component.as_str());
        out.put("needed", step.needed);
        out.number("unavailability", step.unavailability.0);
        out.number("downtime_hours_year", step.downtime_hours_year);
        out.0
    });
    out.put("erosion", erosion.collect::<Vec<_>>());
    out.0.into()
}

fn fix(fix: &Fix) -> Value {
    let mut out = Object::default();
    out.put("subject", fix.subject.as_str());
    out.number("hours_year_if_perfect", fix.hours_year_if_perfect);
    if let Some(found) = &fix.another {
        let mut another = Object::default();
        another.number("hours_year", found.hours_year);
        another.optional("cost_month", found.cost_month.map(|cost| cost.0));
        another.number("work_days_month", found.work_days_month);
        another.optional("hours_year_per_cost", found.hours_year_per_cost);
        another.optional("hours_year_per_work_day", found.hours_year_per_work_day);
        out.put("another", another.0);
    }
    out.0.into()
}

fn recovery(recovery: &Recovery) -> Value {
    let mut out = Object::default();
    out.put("class", recovery.class.id());
    if let Some(loss) = &recovery.data_loss {
        out.put("rpo", timeline(loss));
    }
    if let Some(component) = &recovery.loses {
        out.put("loses", component.as_str());
    }
    if let Some(outage) = &recovery.outage {
        out.put("rto", timeline(outage));
    }
    if let Some(component) = &recovery.waits_for {
        out.put("waits_for", component.as_str());
    }
    out.put("remedy", recovery.remedy.id());
    out.0.into()
}

fn timeline(timeline: &Timeline) -> Value {
    let Range { low, base, high } = timeline.total();
    let mut out = Object::default();
    out.number("seconds", base);
    out.range("range", &[low, high]);
    let terms = timeline.terms.iter().map(|term| {
        let mut out = Object::default();
        out.put("step", term.step.id());
        out.put("words", term.step.words().to_string());
        out.number("seconds", term.time.base);
        out.0
    });
    out.put("terms", terms.collect::<Vec<_>>());
    out.0.into()
}

fn named(sets: &[Vec<Rc<str>>]) -> Vec<Vec<&str>> {
    sets.iter().map(|set| event_names(set)).collect()
}

fn event_names(set: &[Rc<str>]) -> Vec<&str> {
    set.iter().map(|name| &**name).collect()
}

fn failure(failure: &Failure) -> Value {
    let mut out = Object::default();
    out.put("event", &*failure.event);
    out.put("level", failure.level.id());
    out.put("verdict", failure.verdict.id());
    if let Some((component, resource, utilisation)) = &failure.busiest {
        let mut busiest = Object::default();
        busiest.put("component", component.as_str());
        busiest.put("resource", resource.id());
        busiest.number("utilisation", *utilisation);
        out.put("busiest", busiest.0);
    }
    if let Some(p95) = failure.p95 {
        out.number("p95_seconds", p95.0);
        out.put("p95_is_exact", failure.p95_is_exact);
    }
    out.0.into()
}

fn worst_loss(worst: &WorstLoss) -> Value {
    let mut out = Object::default();
    out.put("level", worst.level.id());
    out.put("verdict", worst.verdict.id());
    if let Some(event) = &worst.event {
        out.put("event", &**event);
    }
    if let Some(p95) = worst.p95 {
        out.number("p95_seconds", p95.0);
        out.put("p95_is_exact", worst.p95_is_exact);
    }
    out.0.into()
}

fn growth(growth: &Growth) -> Value {
    let mut out = Object::default();
    out.number("percent_month", growth.percent_month);
    out.optional("months_to_saturation", growth.months_to_saturation);
    if let Some(first) = &growth.saturates {
        let resource = first.resource.id();
        out.put(
            "saturates",
            json!({ "component": first.component.as_str(), "resource": resource }),
        );
    }
    out.optional("months_to_target", growth.months_to_target);
    out.0.into()
}

/// Every list has one entry per hour from midnight; what is the same all day is left out.
fn day(plan: &Plan, evaluation: &Evaluation) -> Value {
    let day = &evaluation.day;
    let mut out = Object::default();
    if day.has_profile {
        let journeys = evaluation.journeys.iter().zip(&day.journeys);
        let journeys = journeys.map(|(journey, day)| {
            let mut out = Object::named(&journey.id);
            out.put("arrival_rate", numbers(day.rates.iter().map(|rate| rate.0)));
            let responses = day.responses.iter().map(|time| time.map(|time| time.0));
            out.put("response_mean_seconds", responses.collect::<Vec<_>>());
            out.0
        });
        out.put("journeys", journeys.collect::<Vec<_>>());
    }
    let components = in_order(plan.components.iter().map(|one| &one.id), &day.components);
    let components = components
        .filter(|(_, one)| day.has_profile || one.jobs.is_some() || one.burst.is_some())
        .map(|(id, one)| component_day(id, one, day.has_profile));
    out.put("components", components.collect::<Vec<_>>());
    out.0.into()
}

fn component_day(id: &str, day: &ComponentDay, has_profile: bool) -> Value {
    let mut out = Object::named(id);
    if has_profile {
        let mut utilisation = Object::default();
        for (resource, shares) in &day.utilisation {
            utilisation.put(resource.id(), numbers(shares.iter().copied()));
        }
        out.put("utilisation", utilisation.0);
    }
    if !day.credits.is_empty() {
        let credits = day.credits.iter().map(|credit| {
            let mut out = Object::default();
            out.put("resource", credit.resource.id());
            out.put("level", numbers(credit.levels.iter().copied()));
            out.optional("gone_at_hour", credit.gone_at);
            out.0
        });
        out.put("credits", credits.collect::<Vec<_>>());
    }
    if let Some(found) = &day.jobs {
        out.put("jobs", jobs(found));
    }
    if let Some(found) = &day.burst {
        out.put("burst", burst(found));
    }
    out.0.into()
}

fn jobs(jobs: &Jobs) -> Value {
    let mut out = Object::default();
    out.put("resource", jobs.resource.id());
    out.number("arrivals_day", jobs.arrivals_day);
    out.number("capacity_day", jobs.capacity_day);
    out.optional("backlog_growth_day", jobs.growth_day);
    out.optional("oldest_seconds", jobs.oldest.map(|oldest| oldest.0));
    if let Some(behind) = jobs.behind {
        out.number("behind_from_hour", behind.from);
        out.number("behind_until_hour", behind.until);
        let hours = || jobs.hours.iter();
        out.put("backlog", numbers(hours().map(|hour| hour.backlog)));
        out.put("age_seconds", numbers(hours().map(|hour| hour.oldest.0)));
        out.put("served", numbers(hours().map(|hour| hour.served)));
    }
    out.0.into()
}

fn burst(burst: &BurstDay) -> Value {
    let mut out = Object::default();
    out.put("instances", burst.instances);
    out.put("runs", burst.runs.clone());
    out.number("hours_needed_month", burst.hours_needed);
    out.number("hours_paid_month", burst.hours_paid);
    if let Some(start) = &burst.start {
        let mut found = Object::default();
        found.put("hour", start.hour);
        found.number("start_up_seconds", start.start_up.0);
        found.number("backlog", start.backlog.peak_backlog);
        let delay = start.backlog.longest_delay.map(|delay| delay.0);
        found.optional("longest_delay_seconds", delay);
        found.optional("drain_seconds", start.backlog.drain.map(|drain| drain.0));
        out.put("start", found.0);
    }
    if let Some(cheapest) = &burst.cheapest {
        out.number("cheapest_own_instances", cheapest.owned);
        out.number("cheapest_extra_hours", cheapest.extra_unit_hours);
    }
    out.0.into()
}

/// Numbers that all exist.
fn numbers(values: impl Iterator<Item = f64>) -> Vec<f64> {
    values.map(|value| value + 0.0).collect()
}

fn response_times(response: &ResponseTimes) -> Value {
    let mut out = Object::default();
    out.number("mean", response.mean.0);
    out.optional("p50", response.p50.map(|time| time.0));
    out.optional("p95", response.p95.map(|time| time.0));
    out.optional("p99", response.p99.map(|time| time.0));
    out.optional("p999", response.p999.map(|time| time.0));
    if let Some(method) = response.method {
        out.put("method", method.id());
    }
    out.0.into()
}

fn component(id: &str, component: &ComponentEvaluation) -> Value {
    let mut out = Object::named(id);
    out.number("arrival_rate", component.arrival_rate.0);
    out.put("instances", component.instances);
    out.put("instances_needed", component.needed);
    out.number("servers", component.servers.value);
    out.put("saturated", component.saturated);
    let mut utilisation = Object::default();
    for used in &component.resources {
        utilisation.number(used.resource.id(), used.utilisation);
    }
    out.put("utilisation", utilisation.0);
    let resources = component.resources.iter().map(resource_use);
    out.put("resources", resources.collect::<Vec<_>>());
    let factors = component.speed_factors.iter().map(|factor| {
        let mut out = Object::default();
        out.put("name", factor.name);
        out.number("factor", factor.factor);
        out.0
    });
    out.put("speed_factors", factors.collect::<Vec<_>>());
    if let Some(disk) = &component.disk {
        out.put("disk", disk_speed(disk));
    }
    let disk_operation = component.disk_operation.map(|time| time.0);
    out.optional("disk_operation_seconds", disk_operation);
    if let Some(pool) = &component.pool {
        let mut held = Object::default();
        held.put("size", pool.size);
        held.number("capacity_rps", pool.capacity_rps.0);
        held.number("busy_share", pool.busy_share);
        held.number("all_busy_probability", pool.all_busy_probability);
        out.put("pool", held.0);
    }
    if component.refused > 0.0 {
        out.number("refused", component.refused);
    }
    out.optional("waiting_seconds", component.waiting.map(|time| time.0));
    out.optional("residence_seconds", component.residence.map(|time| time.0));
    out.optional(
        "capacity_rps",
        component.capacity.map(|capacity| capacity.0),
    );
    out.number("unavailability", component.unavailability.value.base);
    if !component.recovery.is_empty() {
        let recoveries = component.recovery.iter().map(recovery);
        out.put("recovery", recoveries.collect::<Vec<_>>());
    }
    out.optional("cost_month", component.cost_month.map(|cost| cost.0));
    out.number("cost_upfront", component.cost_upfront.0);
    out.number("work_days_month", component.work_month.0);
    out.put("tasks", tasks(&component.tasks));
    out.put("responsibilities", responsibilities(component));
    let bill = component.line_items.iter().map(|item| {
        let mut out = Object::default();
        out.put("name", item.name());
        out.number("quantity", item.pricing_quantity);
        out.put("unit", item.pricing_unit);
        out.number("unit_price", item.list_unit_price.0);
        out.number("cost_month", item.month.0);
        out.number("paid_month", item.paid_month.0);
        out.number("upfront", item.upfront.0);
        if let Some(connection) = &item.connection {
            out.put("connection", connection.as_str());
        }
        out.put("formula", item.formula.to_string());
        out.put("source", item.price.words().to_string());
        out.0
    });
    out.put("line_items", bill.collect::<Vec<_>>());
    let missing = component.missing_prices.iter().map(|missing| {
        let mut out = Object::default();
        out.put("name", missing.charge.name());
        out.optional("quantity", missing.pricing_quantity);
        out.put("unit", missing.pricing_unit);
        out.put("why", missing.why.to_string());
        out.0
    });
    out.put("not_priced", missing.collect::<Vec<_>>());
    if let Some(exit) = &component.exit {
        let mut found = leaving(exit);
        found.optional("months_of_bill", component.exit_months_of_bill);
        out.put("exit", found.0);
    }
    out.0.into()
}

fn disk_speed(disk: &DiskSpeed) -> Value {
    let mut out = Object::default();
    if let Some(kind) = disk.kind {
        out.put("kind", kind.id());
    }
    out.number("operations_per_second", disk.operations_per_second.value);
    out.optional("bytes_per_second", disk.bytes_per_second);
    out.optional("operation_seconds", disk.operation_time.map(|time| time.0));
    if let Some((neighbour, left)) = disk.neighbour {
        out.put("neighbour", neighbour.id());
        out.number("left_by_neighbour", left);
    }
    out.0.into()
}

fn resource_use(used: &ResourceUse) -> Value {
    let mut out = Object::default();
    out.put("resource", used.resource.id());
    out.number("demand", used.demand);
    out.number("capacity", used.capacity);
    out.put("unit", used.unit);
    out.number("utilisation", used.utilisation);
    out.optional("months_left", used.months_left);
    out.optional("months_to_saturation", used.months_to_saturation);
    if let Some(throttled) = &used.throttled {
        out.number("throttled_after_seconds", throttled.after.0);
        out.number("sustained", throttled.sustained);
    }
    out.0.into()
}

fn totals(totals: &Totals) -> Value {
    let mut out = Object::default();
    out.number("cost_month", totals.cost_month.0);
    out.put("components_without_price", totals.not_priced);
    out.number("cost_upfront", totals.cost_upfront.0);
    out.number("cost_loaded_month", totals.cost_loaded_month.0);
    out.number("work_days_month", totals.work_month.0);
    out.range("exit_days", &ends(totals.exit_days));
    out.number("exit_cost", totals.exit_cost.0);
    out.number("exit_expected_cost", totals.exit_expected_cost.0);
    out.put("holds", holds(&totals.holds));
    out.put("shared_tasks", tasks(&totals.shared_tasks));
    out.put("responsibility_rows", totals.yours.len());
    out.put("yours", layers(&totals.yours));
    out.0.into()
}

fn tasks(tasks: &[Task]) -> Vec<Value> {
    let tasks = tasks.iter().map(|task| {
        let mut out = Object::default();
        out.put("task", task.kind.id());
        out.number("days_month", task.month.0);
        out.0.into()
    });
    tasks.collect()
}

/// Whose work each layer of a component is, from the ground up.
fn responsibilities(component: &ComponentEvaluation) -> Value {
    let mut out = Object::default();
    out.put("yours", layers(&component.yours));
    out.put("theirs", layers(&component.theirs));
    if let Some(provider) = &component.provider {
        out.put("provider", provider.as_str());
    }
    out.0.into()
}

fn layers(layers: &[Layer]) -> Vec<&'static str> {
    layers.iter().map(|layer| layer.id()).collect()
}

fn bill(bill: &Bill) -> Value {
    let mut out = Object::default();
    out.number("paid_month", bill.paid_month.0);
    out.number("spread_month", bill.spread_month.0);
    out.number("upfront", bill.upfront.0);
    out.number("work_month", bill.work_month.0);
    out.number("outage_month", bill.outage_month.0);
    out.number("loaded_month", bill.loaded_month().0);
    out.number("requests_month", bill.requests_month);
    let each = bill.per_million_requests.map(|cost| cost.0);
    out.optional("cost_per_million_requests", each);
    out.put("charges_without_price", bill.not_priced);
    let months = &bill.months;
    let paid = |flows: &[Money]| numbers(flows.iter().map(|flow| flow.0));
    out.put("cash_by_month", paid(&months.cash));
    out.put("loaded_by_month", paid(&months.loaded));
    out.number("total_cost_of_ownership", months.total_loaded().0);
    out.number("present_value", months.present_value().0);
    out.number("discount_rate", months.discount_rate);
    out.optional("outgrown_in_months", months.outgrown);
    out.0.into()
}

fn finding(finding: &Finding) -> Value {
    let mut out = Object::default();
    out.put("rule", finding.rule);
    out.put("severity", finding.severity.id());
    out.put("subjects", names(&finding.subjects));
    out.put("title", finding.title.to_string());
    out.put("why", finding.why.to_string());
    out.put("advice", finding.advice.to_string());
    let mut numbers = Object::default();
    for (name, value) in &finding.numbers {
        numbers.number(name, *value);
    }
    out.put("numbers", numbers.0);
    if let Some(fix) = &finding.fix
        && let Ok(command) = serde_json::to_value(&fix.command)
    {
        out.put("fix", command);
    }
    out.0.into()
}

fn names(ids: &[Id]) -> Vec<&str> {
    ids.iter().map(Id::as_str).collect()
}
