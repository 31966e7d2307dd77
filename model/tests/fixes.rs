//! Every fix that is offered removes the finding that it is offered for, whatever the plan.

use std::fmt::Write as _;
use std::rc::Rc;
use std::sync::LazyLock;

use model::catalog::Catalog;
use model::evaluate::{Evaluation, evaluate};
use model::gain::{self, Gain};
use model::plan::Plan;
use model::plan::format;
use model::plan::sketch::sketch;
use model::{rules, templates};
use proptest::prelude::*;
use proptest::sample::select;

static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::embedded);

/// How many fixes were offered, and those that leave their finding.
fn fixes(plan: Plan) -> (usize, String) {
    let plan = Rc::new(plan);
    let before = evaluate(&plan, &CATALOG, None);
    let mut offered = 0;
    let mut idle = String::new();
    for finding in &before.findings {
        let Some(fix) = &finding.fix else {
            continue;
        };
        offered += 1;
        match gain::of_fix(finding, &before, &plan, &CATALOG, None) {
            Some(gain) if gain.removes_finding => {}
            Some(_) => {
                let _ = writeln!(
                    idle,
                    "{}: {} leaves {}",
                    finding.rule, fix.label, finding.title
                );
            }
            None => {
                let _ = writeln!(idle, "{}: {} is refused", finding.rule, fix.label);
            }
        }
    }
    (offered, idle)
}

fn gain_for(plan: Plan, title: &str) -> (Evaluation, Gain) {
    let plan = Rc::new(plan);
    let before = evaluate(&plan, &CATALOG, None);
    let mut findings = before.findings.iter();
    let finding = findings
        .find(|finding| finding.title.to_string().contains(title))
        .expect("the finding is there");
    let gain =
        gain::of_fix(finding, &before, &plan, &CATALOG, None).expect("the finding has a fix");
    (before, gain)
}

#[test]
fn a_replica_of_the_shops_database_saves_hours_and_costs_its_price() {
    let shop = templates::template("shop").unwrap().plan().unwrap();
    let (before, gain) = gain_for(shop, "Orders carries");
    let (journey, hours) = gain.most_spared().unwrap();
    assert_eq!(journey, &before.journeys[0].id);
    let down = before.journeys[0].unavailability.hours_per_year();
    assert!(hours > 3.0 && hours < down, "{hours} of {down}");
    let orders = before.components.iter().find(|(_, one)| {
        one.cost_month
            .is_some_and(|cost| (cost - gain.cost_month.unwrap()).0.abs() < 1e-9)
    });
    assert!(orders.is_some(), "{gain:?}");
    let price = gain.cost_month.unwrap().0;
    assert!((gain.hours_year_per_cost().unwrap() - hours / price).abs() < 1e-9);
    assert!(gain.removes_finding && gain.gone >= 1);
}

#[test]
fn what_has_no_price_is_not_said_to_be_free() {
    let (_, gain) = gain_for(sketch("users -> app -> db").unwrap(), "app carries");
    assert_eq!(gain.cost_month, None);
    assert_eq!(gain.hours_year_per_cost(), None);
}

#[test]
fn of_every_starting_plan() {
    let mut offered = 0;
    for template in templates::ALL {
        let (count, idle) = fixes(template.plan().unwrap());
        assert_eq!(idle, "", "{}", template.id);
        offered += count;
    }
    assert!(offered >= 5, "{offered}");
}

#[test]
fn of_every_recorded_plan() {
    let mut offered = 0;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/plans");
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let plan = format::read(&std::fs::read(&path).unwrap()).unwrap();
        let (count, idle) = fixes(plan);
        assert_eq!(idle, "", "{}", path.display());
        offered += count;
    }
    assert!(offered >= 10, "{offered}");
}

#[test]
fn of_every_sketch_of_a_fault() {
    for rule in rules::ALL {
        let (_, idle) = fixes(sketch(rule.bad).unwrap());
        assert_eq!(idle, "", "{}", rule.id);
    }
}

/// Users, a balancer, servers, what they ask, and a queue with workers: any of it there or not, and of any size.
fn drawn() -> impl Strategy<Value = String> {
    let tier = |kind: &'static str, settings: &'static [&'static str]| {
        (
            1..4_u32,
            select(vec!["", "@a", "@a/b", "@box"]),
            select(settings),
            0..6_u32,
        )
            .prop_map(move |(instances, place, settings, redundancy)| {
                let redundancy = match redundancy {
                    0 => " redundancy=all",
                    _ => "",
                };
                format!("{kind}*{instances}{place}[{settings}{redundancy}]")
            })
    };
    (
        prop_oneof![Just(1.0), 1.0..400.0_f64, 400.0..4000.0_f64],
        tier("lb", &["", "service_time_ms=1"]),
        tier("app-server", &["", "service_time_ms=20", "service_time_ms=90 servers=4", "pool=8"]),
        tier("cache", &["", "hit_ratio=0.9"]),
        tier("sql-database", &["", "service_time_ms=5", "iops_per_request=3 iops=500", "backup_interval_hours=12"]),
        tier("queue", &[""]),
        tier("worker", &["", "service_time_ms=300"]),
        0..8_u32,
        select(vec!["", "calls=4", "retries=2", "retries=3 backoff=none", "timeout_ms=200"]),
    )
        .prop_map(|(rps, lb, app, cache, db, queue, worker, parts, call)| {
            let mut text = format!(
                "place a: zone\nplace b: zone\nplace box: host\nusers[rps={rps}]\nlb1:{lb}\napp1:{app}\ndb1:{db}\nusers -> lb1 -> app1 -[{call}]-> db1\n"
            );
            if parts & 1 != 0 {
                let _ = writeln!(text, "cache1:{cache}\napp1 -[need=optional]-> cache1");
            }
            if parts & 2 != 0 {
                let _ = writeln!(
                    text,
                    "queue1:{queue}\nworker1:{worker}\napp1 -[mode=async weight=0.1]-> queue1 -> worker1"
                );
            }
            if parts & 4 != 0 {
                let _ = writeln!(text, "db2:{db}\napp1 -[need=all]-> db2");
            }
            text
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_any_plan(text in drawn()) {
        let plan = sketch(&text).unwrap_or_else(|error| panic!("{error} in\n{text}"));
        let (_, idle) = fixes(plan);
        prop_assert!(idle.is_empty(), "{idle}of\n{text}");
    }
}
