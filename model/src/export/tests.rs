//! Every format, on plans with known figures.

use std::rc::Rc;

use serde_json::Value;

use super::*;
use crate::catalog::{Date, Interface};
use crate::evaluate::{
    Bottleneck, Cause, ChargeKind, ComponentEvaluation, ConnectionEvaluation, Exit, Growth,
    Importance, JourneyEvaluation, LineItem, PriceOrigin, Resource, ResourceUse, ResponseTimes,
    SinglePoint, Totals,
};
use crate::plan::HostingKind;
use crate::plan::format;
use crate::plan::sketch::sketch;
use crate::topology::{Origin, Sourced};
use crate::units::{Gigabytes, Money, PersonDays, Probability, Range, RequestsPerSecond, Seconds};

const NASTY: &[&str] = &[
    "\"]; n0 --> n1; click n0 \"javascript:alert(1)\"",
    "<script>alert('x')</script>",
    "a | b\n| c | `d` **e** [f](http://g.h)",
    "end",
    "%%{init: {'theme':'dark'}}%%",
    "---\ntitle: no",
    "\u{202e}\u{0}\\\u{7}#quot;",
    "graph; subgraph x",
    "",
    "   ",
    "'); DROP TABLE plans; --",
    "=cmd|'/c calc'!A0",
    "日本語 Ä ö 🦀",
];

fn plan(name: &str) -> Plan {
    let mut plan = sketch("users[rps=200] -> app*2[kind=vps] -> db\napp ~> queue").unwrap();
    plan.title = name.to_owned();
    plan.notes = name.to_owned();
    for component in &mut plan.components {
        std::rc::Rc::make_mut(component).label = name.to_owned();
    }
    plan
}

fn sourced<T>(value: T) -> Sourced<T> {
    Sourced {
        value,
        origin: Origin::Default,
    }
}

fn carries(resource: Resource, demand: f64, capacity: f64) -> ResourceUse {
    ResourceUse {
        resource,
        demand,
        capacity,
        utilisation: demand / capacity,
        unit: resource.unit(),
        throttled: None,
        months_left: None,
        months_to_saturation: None,
    }
}

fn component() -> ComponentEvaluation {
    ComponentEvaluation {
        arrival_rate: RequestsPerSecond(600.0),
        hosting: Some(HostingKind::Vps),
        offers: vec!["Small machine".to_owned()],
        instances: 2,
        needed: 1,
        servers: sourced(2.0),
        service_time: sourced(Seconds(0.02)),
        saturated: false,
        speed_factors: Vec::new(),
        disk: None,
        disk_operation: None,
        resources: vec![
            carries(Resource::Cpu, 0.98, 2.0),
            carries(Resource::Disk, 600.0, 3000.0),
        ],
        pool: None,
        refused: 0.0,
        waiting: Some(Seconds(0.004)),
        residence: Some(Seconds(0.012)),
        capacity: Some(RequestsPerSecond(1230.0)),
        unavailability: sourced(Range::new(0.0, 0.001, 0.002)),
        recovery: Vec::new(),
        line_items: vec![LineItem {
            charge: ChargeKind::Instances,
            connection: None,
            pricing_quantity: 2.0,
            pricing_unit: "month",
            list_unit_price: Money(35.04),
            month: Money(70.08),
            paid_month: Money(70.08),
            upfront: Money(0.0),
            formula: "2 instances × the price of a month".to_owned().into(),
            price: Rc::new(PriceOrigin {
                source: "Price list".to_owned().into(),
                date: Date::parse("2026-11-01"),
                ..PriceOrigin::default()
            }),
        }],
        missing_prices: Vec::new(),
        cost_month: Some(Money(70.08)),
        cost_known_month: Money(70.08),
        cost_upfront: Money(0.0),
        tasks: Vec::new(),
        work_month: PersonDays(1.5),
        yours: Vec::new(),
        theirs: Vec::new(),
        provider: None,
        exit: Some(Exit {
            interface: Interface::OpenSourceManaged,
            days: Range::new(2.0, 5.0, 15.0),
            facets: Vec::new(),
            data: Gigabytes(50.0),
            transfer: Range::exactly(800.0),
            charges: Vec::new(),
            cost: Money(4100.0),
            likelihood: 0.15,
            expected_cost: Money(615.0),
            holds: Vec::new(),
        }),
        exit_months_of_bill: Some(58.0),
    }
}

fn evaluation(plan: &Plan) -> Evaluation {
    let journey = JourneyEvaluation {
        id: "visit".into(),
        name: plan.title.clone(),
        arrival_rate: RequestsPerSecond(200.0),
        population: None,
        saturated: false,
        capacity: Some(RequestsPerSecond(410.0)),
        bottleneck: Some(Bottleneck {
            component: "db".into(),
            resource: Resource::Disk,
        }),
        response: Some(ResponseTimes {
            mean: Seconds(0.08),
            p50: None,
            p95: Some(Seconds(0.19)),
            p99: Some(Seconds(f64::NAN)),
            p999: None,
            method: None,
        }),
        growth: Growth::default(),
        shares: Vec::new(),
        failed_share: 0.0,
        unavailability: Probability(0.0021),
        unavailability_range: Range::new(0.001, 0.0021, 0.004),
        exact: true,
        failures: Vec::new(),
        worst_losses: Vec::new(),
        recovery: Vec::new(),
        single_points: vec![SinglePoint {
            event: "component:db".to_owned(),
            cause: Cause::Structural,
        }],
        minimal_cut_sets: vec![vec!["component:db".into()]],
        importance: vec![Importance {
            event: "component:db".into(),
            birnbaum: 0.99,
            fussell_vesely: 0.8,
            hours_year_if_perfect: f64::INFINITY,
            ..Importance::default()
        }],
        ..JourneyEvaluation::default()
    };
    let ids = plan.components.iter().map(|component| component.id.clone());
    let connections = plan
        .connections
        .iter()
        .map(|connection| connection.id.clone());
    Evaluation {
        journeys: vec![journey],
        components: ids.map(|id| (id, component())).collect(),
        connections: connections
            .map(|id| {
                let arrival_rate = RequestsPerSecond(600.0);
                (
                    id,
                    ConnectionEvaluation {
                        arrival_rate,
                        attempts: 1.0,
                        metastable: true,
                        fails: 0.0,
                    },
                )
            })
            .collect(),
        totals: Totals {
            cost_month: Money(-0.0),
            ..Totals::default()
        },
        ..Evaluation::default()
    }
}

fn written(id: &str, plan: &Plan) -> String {
    (export(id).unwrap().write)(plan, &evaluation(plan))
}

#[test]
fn every_format_has_a_word_and_a_file_name_of_its_own() {
    for (index, one) in ALL.iter().enumerate() {
        for other in &ALL[..index] {
            assert!(one.id != other.id && one.extension != other.extension);
        }
        assert_eq!(export(one.id).unwrap().name, one.name);
    }
}

#[test]
fn the_plan_is_written_as_it_is_saved() {
    let plan = plan("Shop");
    assert_eq!(written("json", &plan), format::write(&plan));
}

#[test]
fn the_evaluation_has_the_fields_that_scripts_read() {
    let report: Value = serde_json::from_str(&written("evaluation", &plan("Shop"))).unwrap();
    assert_eq!(report["format"], "hosting-evaluation/1");
    let journey = &report["journeys"][0];
    assert_eq!(journey["arrival_rate"], 200.0);
    assert_eq!(journey["capacity_rps"], 410.0);
    assert_eq!(journey["bottleneck"]["resource"], "disk");
    assert_eq!(journey["response_seconds"]["mean"], 0.08);
    assert_eq!(journey["response_seconds"]["p95"], 0.19);
    assert_eq!(journey["unavailability"], 0.0021);
    assert_eq!(
        journey["unavailability_range"],
        serde_json::json!([0.001, 0.004])
    );
    assert_eq!(journey["downtime_hours_year"], 0.0021 * 8766.0);
    assert_eq!(
        journey["single_points_of_failure"][0]["cause"],
        "structural"
    );
    assert_eq!(journey["minimal_cut_sets"][0][0], "component:db");
    assert_eq!(journey["importance"][0]["birnbaum"], 0.99);
    let component = &report["components"][0];
    assert_eq!(component["utilisation"]["cpu"], 0.49);
    assert_eq!(component["residence_seconds"], 0.012);
    assert_eq!(
        component["exit"]["days"],
        serde_json::json!([2.0, 5.0, 15.0])
    );
    assert_eq!(component["exit"]["months_of_bill"], 58.0);
    assert_eq!(report["connections"][0]["arrival_rate"], 600.0);
    assert_eq!(report["totals"]["responsibility_rows"], 0);
}

#[test]
fn work_responsibility_and_the_way_out_add_up_for_scripts() {
    let text = "users -> app*2[offer=heroku-standard-1x] -> db[offer=aws-rds-m5-large data_gb=200]
app -> jobs:queue[offer=aws-sqs]";
    let plan = crate::plan::sketch::sketch(text).unwrap();
    let evaluation = crate::evaluate::evaluate(&plan, &crate::catalog::Catalog::embedded(), None);
    let report: Value =
        serde_json::from_str(&(export("evaluation").unwrap().write)(&plan, &evaluation)).unwrap();
    let sum = |list: &Value, key: &str| -> f64 {
        let items = list.as_array().unwrap().iter();
        items.map(|item| item[key].as_f64().unwrap()).sum()
    };
    let is_near = |a: f64, b: &Value| (a - b.as_f64().unwrap()).abs() < 1e-9;
    let components = report["components"].as_array().unwrap();
    let mut work = sum(&report["totals"]["shared_tasks"], "days_month");
    for component in components {
        let tasks = sum(&component["tasks"], "days_month");
        assert!(is_near(tasks, &component["work_days_month"]), "{component}");
        work += tasks;
        let Some(exit) = component.get("exit") else {
            assert_eq!(component["id"], "users");
            continue;
        };
        assert!(
            is_near(sum(&exit["charges"], "cost"), &exit["cost"]),
            "{exit}"
        );
        let facets = exit["facets"].as_array().unwrap();
        assert_eq!(facets.len(), 6);
        let base: f64 = facets
            .iter()
            .map(|one| one["days"][1].as_f64().unwrap())
            .sum();
        assert!(is_near(base, &exit["days"][1]), "{exit}");
    }
    assert!(work > 0.0 && is_near(work, &report["totals"]["work_days_month"]));
    let expected = components.iter().filter_map(|one| one.get("exit"));
    let expected: f64 = expected
        .map(|exit| exit["expected_cost"].as_f64().unwrap())
        .sum();
    assert!(is_near(expected, &report["totals"]["exit_expected_cost"]));
    let app = &components[1]["responsibilities"];
    assert_eq!(app["provider"], "Heroku");
    assert_eq!(app["yours"], serde_json::json!(["runtime", "application"]));
    assert_eq!(components[3]["exit"]["interface"], "proprietary_api");
    assert_eq!(components[3]["exit"]["holds"][0]["kind"], "vendor");
}

#[test]
fn what_cannot_be_computed_is_absent_and_zero_has_no_sign() {
    let text = written("evaluation", &plan("Shop"));
    let report: Value = serde_json::from_str(&text).unwrap();
    let response = report["journeys"][0]["response_seconds"]
        .as_object()
        .unwrap();
    assert!(!response.contains_key("p50") && !response.contains_key("p99"));
    let importance = report["journeys"][0]["importance"][0].as_object().unwrap();
    assert!(!importance.contains_key("hours_year_if_perfect"));
    assert!(!text.contains("null") && !text.contains("-0.0"));
}

#[test]
fn no_name_breaks_the_report_or_the_diagram() {
    for name in NASTY {
        let plan = plan(name);
        let report: Value = serde_json::from_str(&written("evaluation", &plan)).unwrap();
        assert!(report.is_object());

        let markdown = written("markdown", &plan);
        let mut columns = None;
        for line in markdown.lines() {
            if !line.starts_with('|') {
                columns = None;
                continue;
            }
            let here = line.replace("\\|", "").matches('|').count();
            assert_eq!(*columns.get_or_insert(here), here, "{name:?}: {line}");
        }
        assert!(
            !markdown.contains("<script") && !markdown.replace("\\]", "").contains("]("),
            "{name:?}"
        );
        assert!(!markdown.contains(['\u{0}', '\u{7}']), "{name:?}");

        let mermaid = written("mermaid", &plan);
        let body = mermaid.split_once("flowchart LR\n").unwrap().1;
        assert_eq!(body.lines().count(), 4 + 3 + 6, "{name:?}:\n{mermaid}");
        for line in body.lines().filter(|line| line.contains('"')) {
            assert_eq!(line.matches('"').count(), 2, "{name:?}: {line}");
            assert!(!line.contains(['<', '`']), "{name:?}: {line}");
        }
    }
}

#[test]
fn the_report_says_what_a_reader_asks() {
    let markdown = written("markdown", &plan("Shop"));
    for said in [
        "# Shop",
        "200/s",
        "410/s",
        "disk of Shop",
        "80 ms",
        "190 ms",
        "99.79 %",
        "18.4 h",
        "$70.08",
        "Price list, 2026-11-01",
        "VPS: Small machine",
        "Shop takes Shop down when it fails: nothing takes over from it.",
        "5 days (2 to 15)",
        "Day rate (per day)",
    ] {
        assert!(markdown.contains(said), "{said} stands in\n{markdown}");
    }
}

#[test]
fn an_empty_plan_can_be_written_in_every_format() {
    for export in ALL {
        assert!(!(export.write)(&Plan::default(), &Evaluation::default()).is_empty());
    }
}
