//! Known answers for backlog, growth and the split into monthly and hourly units.
//!
//! The case files name the source of every number and the tools that computed it independently.
#![expect(
    clippy::unwrap_used,
    reason = "a case that cannot be read is a failed test"
)]

mod cases;

use model::analysis::queueing::backlog::scale_out;
use model::analysis::queueing::growth::{months_until, months_until_together};
use model::analysis::queueing::load_duration::cheapest_split;
use model::catalog::Catalog;
use model::evaluate::evaluate;
use model::plan::sketch::sketch;
use model::units::Seconds;
use proptest::prelude::*;
use serde_json::Value;

use cases::cases;

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
    for case in cases("fluid_scale_out") {
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
    for case in cases("growth") {
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
    for case in cases("burst_baseline") {
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

/// Numbers that people type, and those that nobody should.
fn any_number(least: f64, most: f64) -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), Just(least), Just(most), least..most]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_drawn_has_a_day_and_a_future(
        rate in any_number(0.0, 1e9),
        growth in any_number(-100.0, 1000.0),
        shares in proptest::collection::vec(any_number(0.0, 1.0), 24),
        millis in any_number(0.0, 3.6e6),
        units in any_number(0.0, 1000.0),
        background in any::<bool>(),
    ) {
        let shares: Vec<String> = shares.iter().map(f64::to_string).collect();
        let plan = sketch(&format!(
            "users[rps={rate} growth={growth} profile={} target_ms=300] -> lb -> app*2[offer=linode-dedicated-2 service_time_ms=5 burst={units} burst_hours=50] ~> queue -> worker*3[service_time_ms={millis}] -> db[service_time_ms=1]\napp -> db",
            shares.join(",")
        ));
        let mut plan = plan.unwrap();
        std::rc::Rc::make_mut(&mut plan.journeys[0]).background = Some(background);
        let found = evaluate(&plan, &Catalog::embedded(), None);
        let good = |value: f64| value.is_finite() && value >= 0.0;
        let growth = &found.journeys[0].growth;
        for months in [growth.months_to_saturation, growth.months_to_target] {
            prop_assert!(months.is_none_or(good));
        }
        for day in &found.day.journeys {
            prop_assert_eq!(day.rates.len(), 24);
            prop_assert!(day.rates.iter().all(|rate| good(rate.0)));
            prop_assert!(day.responses.iter().flatten().all(|time| good(time.0)));
        }
        for day in found.day.components.values() {
            let shares = day.utilisation.iter().flat_map(|(_, hours)| hours);
            prop_assert!(shares.copied().all(good));
            if let Some(jobs) = &day.jobs {
                prop_assert!(good(jobs.arrivals_day) && jobs.growth_day.is_none_or(good));
                prop_assert_eq!(jobs.hours.len(), if jobs.catches_up() { 24 } else { 0 });
                for hour in &jobs.hours {
                    prop_assert!(good(hour.served) && good(hour.backlog) && good(hour.oldest.0));
                    prop_assert!(hour.oldest.0 < 86_400.0);
                }
            }
            if let Some(burst) = &day.burst {
                prop_assert!(burst.hours_needed <= 730.0 && burst.runs.len() == 24);
                let start = burst.start.map_or(0.0, |start| start.backlog.peak_backlog);
                prop_assert!(good(start));
            }
        }
    }

    #[test]
    fn the_month_in_which_a_target_gives_way_is_the_month_in_which_it_is_missed(
        rate in 5.0..60.0_f64,
        growth in 1.0..15.0_f64,
        target in 60.0..400.0_f64,
    ) {
        let text = |rate: f64| format!(
            "users[rps={rate} growth={growth} target_ms={target}] -> lb[service_time_ms=0.1] -> app*2[service_time_ms=20] -[calls=2.5 rtt_ms=0.5]-> db[service_time_ms=3]"
        );
        let of = |rate: f64| evaluate(&sketch(&text(rate)).unwrap(), &Catalog::embedded(), None);
        let months = of(rate).journeys[0].growth.months_to_target.unwrap();
        let p95_after = |months: f64| {
            let grown = of(rate * (1.0 + growth / 100.0).powf(months));
            grown.journeys[0].response.map_or(f64::INFINITY, |times| times.p95.unwrap().millis())
        };
        prop_assert!(p95_after(months) >= target * (1.0 - 1e-5));
        if months > 0.2 {
            prop_assert!(p95_after(months - 0.2) <= target);
        }
    }
}
