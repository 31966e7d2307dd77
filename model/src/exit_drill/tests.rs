//! Drills of small plans: what moves, in which order, and whether there is time.

use super::*;
use crate::evaluate::evaluate;
use crate::plan::sketch::sketch;
use crate::plan::{AssumptionValue, Plan};

const SHOP: &str = "users -> lb[offer=aws-alb] -> app*2[offer=aws-m5-large] -> orders:db[offer=aws-rds-m5-large data_gb=200]
app -> pictures:object-storage[offer=aws-s3 data_gb=5000]
app -> cache[offer=linode-dedicated-2]";

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn drilled(plan: &Plan, provider: &str, ends: &str, is_in_eu: bool) -> DrillReport {
    let catalog = Catalog::embedded();
    let evaluation = evaluate(plan, &catalog, None);
    let drill = Drill {
        provider: provider.to_owned(),
        told: date("2026-11-21"),
        ends: date(ends),
        is_in_eu,
    };
    exit_drill(plan, &catalog, &evaluation, &drill).unwrap()
}

fn drill_of(text: &str, provider: &str, ends: &str) -> DrillReport {
    drilled(&sketch(text).unwrap(), provider, ends, false)
}

fn ids(report: &DrillReport) -> Vec<&str> {
    report
        .moves
        .iter()
        .map(|one| one.component.as_str())
        .collect()
}

#[test]
fn what_stands_on_the_provider_moves_from_the_inside_out() {
    let report = drill_of(SHOP, "aws", "2027-11-21");
    assert_eq!(ids(&report), ["pictures", "orders", "app", "lb"]);
    assert_eq!(ids(&drill_of(SHOP, "linode", "2027-11-21")), ["cache"]);
    assert_eq!(drill_of(SHOP, "heroku", "2027-11-21").steps, []);
}

#[test]
fn what_is_called_through_others_that_stay_comes_first() {
    let report = drill_of(
        "users -> lb[offer=aws-alb] -> app[offer=heroku-standard-1x] -> jobs:queue[offer=aws-sqs]",
        "aws",
        "2027-11-21",
    );
    assert_eq!(ids(&report), ["jobs", "lb"]);
    assert_eq!(report.moves[1].name, "Load balancer");
}

#[test]
fn a_candidate_is_named_without_a_word_twice() {
    let named = |provider: &str, name: &str| {
        let report = drill_of(SHOP, "aws", "2027-11-21");
        let some = report.moves.iter().find_map(|one| one.candidates.first());
        Candidate {
            provider: provider.to_owned(),
            name: name.to_owned(),
            ..some.unwrap().clone()
        }
        .full_name()
    };
    assert_eq!(named("Hetzner", "Hetzner CX33"), "Hetzner CX33");
    assert_eq!(named("Google Cloud", "Cloud SQL"), "Google Cloud SQL");
    assert_eq!(
        named("Amazon Web Services", "SQS"),
        "Amazon Web Services SQS"
    );
}

#[test]
fn a_circle_of_calls_is_built_all_the_same() {
    let circle = "users -> a:app[offer=aws-m5-large] -> b:app[offer=aws-m5-large] -> a";
    assert_eq!(drill_of(circle, "aws", "2027-11-21").moves.len(), 2);
}

#[test]
fn the_notice_decides_and_each_verdict_is_reached() {
    let verdicts: Vec<Verdict> = [1, 8, 30, 548]
        .into_iter()
        .map(|days| {
            let ends = date("2026-11-21").after_days(days).to_string();
            drill_of(SHOP, "aws", &ends).verdict
        })
        .collect();
    assert_eq!(verdicts[0], Verdict::Missed);
    assert_eq!(verdicts[3], Verdict::Met);
    assert!(
        verdicts.windows(2).all(|pair| pair[0] >= pair[1]),
        "{verdicts:?}"
    );
}

#[test]
fn more_people_need_less_time_until_the_data_is_what_takes_longest() {
    let needed = |people: f64| {
        let mut plan = sketch(SHOP).unwrap();
        let value = AssumptionValue::Exactly(people);
        plan.assumptions.0.insert("exit_people".to_owned(), value);
        drilled(&plan, "aws", "2027-11-21", false).needed_days.base
    };
    assert!(needed(4.0) < needed(1.0));
    // 5,200 GB at 500 Mbit/s are 83,200 s, and the switch takes an hour.
    let least = 83_200.0 / SECONDS_PER_DAY + 1.0 / 24.0;
    assert!(
        (needed(1000.0) - least).abs() < 0.01,
        "{} {least}",
        needed(1000.0)
    );
}

#[test]
fn a_switch_in_the_european_union_costs_no_egress_from_2027_on() {
    let plan = sketch(SHOP).unwrap();
    let before = drilled(&plan, "aws", "2027-01-11", true);
    let after = drilled(&plan, "aws", "2027-01-12", true);
    let elsewhere = drilled(&plan, "aws", "2027-01-12", false);
    assert!(before.egress.0 > 400.0 && before.waived_egress == Money(0.0));
    assert_eq!(after.egress, Money(0.0));
    assert!((after.bill.0 - (before.bill - before.egress).0).abs() < 1e-9);
    assert_eq!(elsewhere.egress, before.egress);
}

#[test]
fn replacements_are_sold_by_others_and_no_smaller() {
    let catalog = Catalog::embedded();
    let report = drill_of(SHOP, "aws", "2027-11-21");
    let app = report
        .moves
        .iter()
        .find(|one| one.component == *"app")
        .unwrap();
    assert!(!app.candidates.is_empty());
    for candidate in report.moves.iter().flat_map(|one| &one.candidates) {
        let offer = catalog.offer(&candidate.offer).unwrap();
        assert_ne!(offer.provider, "aws");
        assert!(is_active(&catalog, offer), "{}", candidate.offer);
    }
    for candidate in &app.candidates {
        let offer = catalog.offer(&candidate.offer).unwrap();
        assert!(
            offer.vcpu >= Some(2.0) && offer.memory_gib >= Some(8.0),
            "{}",
            candidate.offer
        );
    }
}

fn is_active(catalog: &Catalog, offer: &crate::catalog::Offer) -> bool {
    let active = crate::catalog::Status::Active;
    offer.status == active && catalog.provider(&offer.provider).unwrap().status == active
}

#[test]
fn a_data_model_of_its_own_is_down_while_it_is_copied() {
    let text = "app -> items:nosql-database[offer=aws-dynamodb data_gb=1000]";
    let own = drill_of(text, "aws", "2027-11-21");
    assert!(!own.moves[0].copies_live);
    // An hour, and 16,000 s for 1,000 GB at 500 Mbit/s.
    assert!((own.downtime_hours.base - (1.0 + 16_000.0 / 3600.0)).abs() < 1e-9);
    let open = drill_of(SHOP, "aws", "2027-11-21");
    assert!((open.downtime_hours.base - 1.0).abs() < 1e-9);
}

#[test]
fn data_is_copied_before_the_switch_and_names_move_last() {
    let report = drill_of(SHOP, "aws", "2027-11-21");
    let phases: Vec<Phase> = report.steps.iter().map(|step| step.phase).collect();
    assert!(phases.is_sorted(), "{phases:?}");
    let switch: Vec<&Step> = report
        .steps
        .iter()
        .filter(|step| step.phase == Phase::Switch)
        .collect();
    assert!(switch[0].text.starts_with("Stop all writing"));
    assert!(switch.last().unwrap().text.starts_with("Point your names"));
    for one in &report.moves {
        let steps = report
            .steps
            .iter()
            .filter(|step| step.component.as_ref() == Some(&one.component));
        assert!(steps.count() >= 2, "{}", one.component);
    }
}

#[test]
fn real_ends_had_thirty_days_and_eighteen_months() {
    let notices = past_notices(&Catalog::embedded());
    let days: Vec<u32> = notices.iter().map(|notice| notice.days).collect();
    assert!(days.contains(&30) && days.contains(&548), "{days:?}");
    assert!(days.is_sorted());
}
