//! Known answers for backlog, growth and the split into monthly and hourly units.
//!
//! The case files name the source of every number and the tools that computed it independently.
#![expect(
    clippy::unwrap_used,
    reason = "a case that cannot be read is a failed test"
)]

use model::analysis::queueing::backlog::scale_out;
use model::analysis::queueing::growth::{months_until, months_until_together};
use model::analysis::queueing::load_duration::cheapest_split;
use model::units::Seconds;
use serde_json::Value;

fn cases(file: &str, kind: &str) -> Vec<Value> {
    let all: Vec<Value> = serde_json::from_str(file).unwrap();
    let cases: Vec<Value> = all
        .into_iter()
        .filter(|case| case["kind"] == kind)
        .collect();
    assert!(!cases.is_empty(), "no case of kind {kind}");
    cases
}

const QUEUEING: &str = include_str!("cases/queueing.json");
const COST: &str = include_str!("cases/cost.json");

fn number(case: &Value, name: &str) -> f64 {
    case["inputs"][name].as_f64().unwrap()
}

/// Compares a number with the expected one of that name, within the case's own tolerance.
fn expect(case: &Value, name: &str, found: Option<f64>) {
    let expected = case["expected"][name].as_f64();
    let tolerance = case["tolerance"]["rel"].as_f64().unwrap();
    let agrees = match (found, expected) {
        (Some(found), Some(expected)) => (found - expected).abs() <= tolerance * expected.abs(),
        (found, expected) => found == expected,
    };
    assert!(agrees, "{} {name}: {found:?}, not {expected:?}", case["id"]);
}

#[test]
fn backlog_while_new_capacity_starts() {
    for case in cases(QUEUEING, "fluid_scale_out") {
        let found = scale_out(
            number(&case, "lambda_"),
            number(&case, "capacity"),
            number(&case, "capacity_after"),
            Seconds(number(&case, "scale_out_seconds")),
        )
        .unwrap();
        expect(&case, "peak_backlog", Some(found.peak_backlog));
        expect(&case, "drain_seconds", found.drain.map(|time| time.0));
        // What the case calls the longest delay is that of the request which arrives when the line is longest;
        // who came before and was served at the old pace waited longer, unless capacity only just suffices.
        expect(&case, "max_extra_delay", Some(found.delay_at_peak.0));
        assert!(found.longest_delay.unwrap() >= found.delay_at_peak);
    }
}

#[test]
fn months_of_growth_until_a_limit() {
    for case in cases(QUEUEING, "growth") {
        let utilisation = number(&case, "lambda0") / number(&case, "capacity");
        let (limit, growth) = (
            number(&case, "rho_target"),
            number(&case, "growth_per_month"),
        );
        let alone = months_until(limit, utilisation, growth);
        expect(&case, "months_to_saturation", alone);
        let halves = [(utilisation / 2.0, growth); 2];
        expect(
            &case,
            "months_to_saturation",
            months_until_together(limit, &halves),
        );
    }
}

#[test]
fn units_by_the_month_and_units_by_the_hour() {
    for case in cases(COST, "burst_baseline") {
        let load = case["inputs"]["load"].as_array().unwrap();
        let load: Vec<(f64, f64)> = load
            .iter()
            .map(|units| (units.as_f64().unwrap(), 1.0))
            .collect();
        let (month, hour) = (
            number(&case, "flat_per_unit_month"),
            number(&case, "burst_per_unit_hour"),
        );
        let split = cheapest_split(&load, month, hour).unwrap();
        expect(&case, "best_baseline", Some(split.owned));
        expect(&case, "cost", Some(split.cost));
        expect(&case, "hours_above_best", Some(split.hours_above));
        let all_hourly = cheapest_split(&load, 1e9, hour).unwrap();
        expect(&case, "cost_all_burst", Some(all_hourly.cost));
        let all_owned = cheapest_split(&load, month, 1e9).unwrap();
        expect(&case, "cost_all_flat", Some(all_owned.cost));
    }
}
