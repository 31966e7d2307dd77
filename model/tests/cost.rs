//! Known answers for tariffs and money over time: published bills to the cent, and everyday finance.
//!
//! The case file names the source of every number and the tool that computed it independently.
#![expect(
    clippy::unwrap_used,
    reason = "a case that cannot be read is a failed test"
)]

mod cases;

use model::analysis::cost::capital::{
    payback_months, power_month, present_value, recovery, upkeep_month,
};
use model::analysis::cost::tariff::{both_ends, commitment_pays_from, hours_up_to};
use model::catalog::{Catalog, Confidence, Date, Egress, Tier};
use model::evaluate::evaluate;
use model::plan::sketch::sketch;
use model::plan::{AssumptionValue, Id, Plan};
use model::units::{Gigabytes, Money};
use proptest::prelude::*;
use serde_json::Value;

use cases::cases;

fn number(case: &Value, name: &str) -> f64 {
    case["inputs"][name].as_f64().unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    let all = value.as_array().unwrap().iter();
    all.map(|number| number.as_f64().unwrap()).collect()
}

/// Compares a number with the expected one of that name, within the case's own tolerance.
fn expect(case: &Value, name: &str, found: Option<f64>) {
    agrees(case, name, found, case["expected"][name].as_f64());
}

fn agrees(case: &Value, name: &str, found: Option<f64>, expected: Option<f64>) {
    let tolerance = case["tolerance"]["rel"].as_f64().unwrap();
    let agrees = match (found, expected) {
        (Some(found), Some(expected)) => (found - expected).abs() <= tolerance * expected.abs(),
        (found, expected) => found == expected,
    };
    assert!(agrees, "{} {name}: {found:?}, not {expected:?}", case["id"]);
}

/// A price list with tiers of these sizes in GB; the last has no end.
fn price_list(sizes: &[Option<f64>], prices: &[f64]) -> Egress {
    let mut end = 0.0;
    let tiers = sizes.iter().zip(prices).map(|(size, price)| Tier {
        up_to_gb: size.map(|size| {
            end += size;
            end
        }),
        per_gb: Money(*price),
    });
    Egress {
        included_gb: 0.0,
        tiers: tiers.collect(),
        per_gb_between_zones: None,
        per_gb_between_regions: None,
        currency: "USD".to_owned(),
        source: Vec::new(),
        date: Date::parse("2026").unwrap(),
        confidence: Confidence::High,
        note: None,
    }
}

#[test]
fn traffic_in_tiers() {
    let mut published = 0;
    for case in cases("tiered_egress") {
        let sizes = case["inputs"]["tiers_gb"].as_array().unwrap();
        let sizes: Vec<Option<f64>> = sizes.iter().map(Value::as_f64).collect();
        let list = price_list(&sizes, &numbers(&case["inputs"]["price_per_gb"]));
        let traffic = Gigabytes(number(&case, "gb"));
        let parts: Vec<f64> = list
            .parts(traffic)
            .map(|(part, per_gb)| per_gb.0 * part.0)
            .collect();
        expect(&case, "total", Some(list.month_cost(traffic).0));
        if case["expected"]["per_tier"].is_array() {
            let expected = numbers(&case["expected"]["per_tier"]);
            assert_eq!(parts.len(), expected.len(), "{}", case["id"]);
            for (part, expected) in parts.iter().zip(expected) {
                agrees(&case, "per_tier", Some(*part), Some(expected));
            }
        }
        if case["published"]["per_tier"].is_array() {
            let printed = numbers(&case["published"]["per_tier"]);
            for (part, printed) in parts.iter().zip(printed) {
                let cents = |amount: f64| (amount * 100.0).round();
                assert_eq!(cents(*part), cents(printed), "{}", case["id"]);
                published += 1;
            }
        }
    }
    assert_eq!(published, 20, "published amounts to the cent");
}

#[test]
fn traffic_between_zones_is_billed_at_both_ends() {
    for case in cases("intra_region") {
        let billed = both_ends(Gigabytes(number(&case, "gb")));
        expect(&case, "billed_gb", Some(billed.0));
        let total = number(&case, "price_each_way") * billed.0;
        expect(&case, "total", Some(total));
        agrees(
            &case,
            "total",
            Some(total),
            case["published"]["total"].as_f64(),
        );
    }
}

#[test]
fn a_purchase_is_recovered_with_its_interest() {
    for case in cases("capex") {
        let months = number(&case, "months");
        let month = recovery(
            Money(number(&case, "capex")),
            Money(case["inputs"]["salvage"].as_f64().unwrap_or(0.0)),
            months,
            number(&case, "annual_rate"),
        );
        expect(&case, "monthly", Some(month.0));
        if case["expected"]["total"].is_number() {
            expect(&case, "total", Some(month.0 * months));
        }
    }
}

#[test]
fn money_is_worth_less_later() {
    for case in cases("npv") {
        let flows = numbers(&case["inputs"]["flows"]).into_iter().map(Money);
        let worth = present_value(flows, number(&case, "annual_rate"));
        expect(&case, "npv", Some(worth.0));
    }
}

#[test]
fn a_machine_of_your_own_is_more_than_its_price() {
    for case in cases("bare_metal") {
        let price = Money(number(&case, "capex"));
        let parts = [
            (
                "capex",
                recovery(
                    price,
                    Money(0.0),
                    number(&case, "months"),
                    number(&case, "annual_rate"),
                ),
            ),
            (
                "power",
                power_month(
                    number(&case, "watts"),
                    number(&case, "pue"),
                    Money(number(&case, "price_kwh")),
                ),
            ),
            ("colo", Money(number(&case, "colo_month"))),
            (
                "staff",
                Money(number(&case, "hourly")) * number(&case, "staff_hours"),
            ),
            (
                "maintenance",
                upkeep_month(price, number(&case, "maintenance_rate")),
            ),
        ];
        for (name, amount) in parts {
            expect(&case, name, Some(amount.0));
        }
        let total: Money = parts.iter().map(|(_, amount)| *amount).sum();
        expect(&case, "total", Some(total.0));
    }
}

#[test]
fn hours_cost_no_more_than_a_month() {
    for case in cases("hourly_cap") {
        let hours = numbers(&case["inputs"]["hours"]);
        let expected = numbers(&case["expected"]["cost"]);
        for (hours, expected) in hours.iter().zip(expected) {
            let cost = hours_up_to(
                Money(number(&case, "rate_hour")),
                Some(Money(number(&case, "cap_month"))),
                *hours,
            );
            agrees(&case, "cost", Some(cost.0), Some(expected));
        }
    }
}

#[test]
fn a_commitment_pays_from_a_share_of_the_time() {
    for case in cases("commit_break_even") {
        let share = commitment_pays_from(
            Money(number(&case, "on_demand_hour")),
            Money(number(&case, "committed_hour")),
        );
        expect(&case, "break_even_utilisation", share);
    }
}

#[test]
fn a_purchase_pays_for_itself_after_some_months() {
    for case in cases("break_even") {
        let months = payback_months(
            Money(number(&case, "capex")),
            Money(number(&case, "own_month")),
            Money(number(&case, "cloud_month")),
        );
        expect(&case, "months", months);
        expect(&case, "months_ceil", months.map(f64::ceil));
    }
}

/// A plan that states these assumptions.
fn assuming(text: &str, values: &[(&str, f64)]) -> Plan {
    let mut plan = sketch(text).unwrap();
    for (name, value) in values {
        let exactly = AssumptionValue::Exactly(*value);
        plan.assumptions.0.insert((*name).to_owned(), exactly);
    }
    plan
}

#[test]
fn data_takes_its_time_over_a_line() {
    for case in cases("transfer") {
        let mbit = number(&case, "gbps") * 1000.0 * number(&case, "efficiency");
        let gb = number(&case, "tb") * 1000.0;
        let text = format!("users -> db[offer=aws-m5-large data_gb={gb}]");
        let plan = assuming(&text, &[("exit_mbit_s", mbit)]);
        let evaluation = evaluate(&plan, &Catalog::embedded(), None);
        let exit = evaluation.components[&Id::from("db")].exit.as_ref();
        expect(&case, "hours", exit.map(|exit| exit.transfer.base / 3600.0));
    }
}

#[test]
fn leaving_costs_work_traffic_and_interruption_and_is_weighed_by_its_likelihood() {
    for case in cases("switching_cost") {
        let gb = number(&case, "data_tb") * 1000.0;
        let text = format!(
            "users -> app[offer=aws-m5-large]\napp -> queue-code:app-server[offer=aws-m5-large]\napp -> sql-code:app-server[offer=aws-m5-large]\napp -> files:object-storage[offer=aws-s3 data_gb={gb}]"
        );
        let mut plan = assuming(
            &text,
            &[
                ("day_rate", number(&case, "day_rate")),
                ("outage_cost_hour", number(&case, "downtime_cost_hour")),
                ("exit_cutover_hours", number(&case, "cutover_hours")),
                ("exit_likelihood", number(&case, "likelihood_horizon")),
                ("exit_dual_running_months", 0.0),
            ],
        );
        let items = case["inputs"]["items"].as_array().unwrap();
        let components = plan.components.iter_mut().map(std::rc::Rc::make_mut);
        let moved = components.filter(|component| component.id != *"users");
        for (component, item) in moved.zip(items) {
            let days = item["effort_days"].as_f64().unwrap();
            let overrides = component.overrides.get_or_insert_default();
            overrides.exit_days = Some([days; 3]);
        }
        let mut catalog = Catalog::embedded();
        let aws = catalog.providers.iter_mut().find(|one| one.id == "aws");
        aws.unwrap().egress = Some(price_list(&[None], &[number(&case, "egress_per_gb")]));
        let totals = evaluate(&plan, &catalog, None).totals;
        expect(&case, "effort_days", Some(totals.exit_days.base));
        expect(&case, "switching_cost", Some(totals.exit_cost.0));
        expect(&case, "liability", Some(totals.exit_expected_cost.0));
    }
}

proptest! {
    #[test]
    fn tiers_are_monotone_and_continuous(
        sizes in proptest::collection::vec(0.0..1e5_f64, 0..5),
        prices in proptest::collection::vec(0.0..1.0_f64, 6),
        included in 0.0..1e4_f64,
        traffic in 0.0..1e6_f64,
        more in 0.0..1e4_f64,
    ) {
        let sizes: Vec<Option<f64>> = sizes.into_iter().map(Some).chain([None]).collect();
        let list = Egress { included_gb: included, ..price_list(&sizes, &prices) };
        let cost = |traffic| list.month_cost(Gigabytes(traffic)).0;
        let (least, most) = (cost(traffic), cost(traffic + more));
        let dearest = prices.iter().copied().fold(0.0, f64::max);
        prop_assert!(least >= 0.0);
        prop_assert!(least <= most + 1e-9);
        prop_assert!(most - least <= dearest * more + 1e-6, "a jump at the end of a tier");
        let billed: f64 = list.parts(Gigabytes(traffic)).map(|(part, _)| part.0).sum();
        prop_assert!((billed - (traffic - included).max(0.0)).abs() <= 1e-6);
    }
}
