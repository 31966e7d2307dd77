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
    assert!(switch[0].text.to_string().starts_with("Stop all writing"));
    assert!(
        switch
            .last()
            .unwrap()
            .text
            .to_string()
            .starts_with("Point your names")
    );
    for one in &report.moves {
        let steps = report
            .steps
            .iter()
            .filter(|step| step.component.as_ref() == Some(&one.component));
        assert!(steps.count() >= 2, "{}", one.component);
    }
}

#[test]
fn what_is_drawn_at_the_provider_moves_whatever_it_is_on() {
    let text = "place frankfurt: provider\nplace hetzner: provider\nplace room: region in frankfurt
users@frankfurt -> lb@room[kind=iaas] -> app*3@frankfurt/frankfurt/hetzner[kind=vps servers=2]
app -> db@frankfurt[data_gb=200]
app -> cache@hetzner[offer=aws-m5-large]
app -> maps:external-service@frankfurt";
    let mut plan = sketch(text).unwrap();
    std::rc::Rc::make_mut(&mut plan.places[0]).name = "amazon web services ".to_owned();
    let report = drilled(&plan, "aws", "2027-11-21", false);
    assert_eq!(ids(&report), ["db", "cache", "app", "lb"]);
    let of = |id: &str| {
        report
            .moves
            .iter()
            .find(|one| one.component == *id)
            .unwrap()
    };
    assert_eq!(of("db").whereabouts(), "drawn at Amazon Web Services");
    assert_eq!(of("lb").whereabouts(), "IaaS at Amazon Web Services");
    assert_eq!(
        of("app").whereabouts(),
        "VPS at Amazon Web Services, 2 of 3"
    );
    // 200 GB at 500 Mbit/s, and work, whether or not a kind of hosting is chosen.
    assert!((of("db").exit.transfer.base - 3_200.0).abs() < 1e-6);
    assert!(of("db").exit.days.low > 0.0 && of("db").downtime_hours.is_some());
    let catalog = Catalog::embedded();
    for one in &report.moves {
        assert!(!one.candidates.is_empty(), "{}", one.name);
        for candidate in &one.candidates {
            assert_ne!(catalog.offer(&candidate.offer).unwrap().provider, "aws");
        }
    }
    let here: Vec<(&str, usize)> = providers_in(&plan, &catalog)
        .into_iter()
        .map(|(provider, components)| (provider.id.as_str(), components))
        .collect();
    assert_eq!(here, [("hetzner", 2), ("aws", 4)]);
}

/// A plan on the machines of a provider, drilled with the notice that it really gave.
fn as_it_ended(provider: &str, text: &str) -> (DrillReport, Date) {
    let catalog = Catalog::embedded();
    let notices = past_notices(&catalog);
    let name = &catalog.provider(provider).unwrap().name;
    let past = notices.iter().find(|one| one.provider == *name).unwrap();
    let plan = sketch(text).unwrap();
    let drill = Drill {
        provider: provider.to_owned(),
        told: past.date,
        ends: past.date.after_days(past.days),
        is_in_eu: false,
    };
    let evaluation = evaluate(&plan, &catalog, None);
    let report = exit_drill(&plan, &catalog, &evaluation, &drill).unwrap();
    assert_eq!(report.notice_days, i64::from(past.days));
    (report, drill.ends)
}

#[test]
fn thirty_days_of_rackspace_were_enough_for_a_small_site_and_not_for_a_shop() {
    let one = "users -> app[offer=rackspace-1st-256mb]";
    assert_eq!(as_it_ended("rackspace", one).0.verdict, Verdict::Met);
    let shop =
        "users -> lb[offer=rackspace-performance1-1] -> app*2[offer=rackspace-performance1-4]
app -> db[offer=rackspace-performance1-8 data_gb=2000]
app -> cache[offer=rackspace-performance1-2]
app -> queue[offer=rackspace-performance1-2]
queue -> worker[offer=rackspace-performance1-2]";
    let (report, _) = as_it_ended("rackspace", shop);
    assert!(
        report.verdict >= Verdict::Likely,
        "{:?}",
        report.needed_days
    );
    // Ten times the data takes longer than the notice however many people help.
    let heavy = shop.replace("data_gb=2000", "data_gb=200000");
    let (report, _) = as_it_ended("rackspace", &heavy);
    assert_eq!(report.verdict, Verdict::Missed, "{:?}", report.needed_days);
}

#[test]
fn eighteen_months_of_packet_end_in_may_2026_and_are_enough_for_its_machines() {
    let (report, ends) = as_it_ended(
        "packet",
        "users -> app*4[offer=packet-type1] -> db[offer=packet-type1 data_gb=2000]",
    );
    assert_eq!(report.verdict, Verdict::Met, "{:?}", report.needed_days);
    // The catalogue knows the month of the announcement and 18 months; the day of the end was 30 June 2026.
    let end = date("2026-06-30");
    assert!((0..=61).contains(&ends.days_until(end)), "{ends}");
    // Who waited until a month before the end had no time left for more than the machines.
    let plan = sketch("users -> app*4[offer=packet-type1] -> db[offer=packet-type1 data_gb=2000]");
    let catalog = Catalog::embedded();
    let plan = plan.unwrap();
    let late = Drill {
        provider: "packet".to_owned(),
        told: date("2026-06-27"),
        ends: end,
        is_in_eu: false,
    };
    let evaluation = evaluate(&plan, &catalog, None);
    let report = exit_drill(&plan, &catalog, &evaluation, &late).unwrap();
    assert_eq!(report.notice_days, 3);
    assert!(
        report.verdict >= Verdict::Unlikely,
        "{:?}",
        report.needed_days
    );
}

#[test]
fn real_ends_had_thirty_days_and_eighteen_months() {
    let notices = past_notices(&Catalog::embedded());
    let days: Vec<u32> = notices.iter().map(|notice| notice.days).collect();
    assert!(days.contains(&30) && days.contains(&548), "{days:?}");
    assert!(days.is_sorted());
}
