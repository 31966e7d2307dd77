//! What holds for the evaluation of every plan.

use std::rc::Rc;

use model::catalog::{Catalog, Date};
use model::commands::{Command, SetInstances};
use model::evaluate::{Bill, Evaluation, evaluate};
use model::plan::sketch::sketch;
use model::plan::{Id, Plan};
use model::templates;
use model::units::Money;

fn shop() -> Rc<Plan> {
    let template = templates::template("shop").expect("there is a shop");
    Rc::new(template.plan().expect("every template is a plan"))
}

fn of(plan: &Plan) -> Evaluation {
    evaluate(plan, &Catalog::embedded(), Date::parse("2026-11-21"))
}

#[test]
fn where_things_stand_in_the_drawing_says_nothing() {
    for template in templates::ALL {
        let plan = template.plan().expect("every template is a plan");
        let mut moved = plan.clone();
        for component in &mut moved.components {
            let [x, y] = component.position.unwrap_or_default();
            Rc::make_mut(component).position = Some([y + 40.0, x - 8.0]);
        }
        for place in &mut moved.places {
            Rc::make_mut(place).area = Some([0.0, 0.0, 900.0, 400.0]);
        }
        assert!(
            moved.says_same_as(&plan) && moved != plan,
            "{}",
            template.id
        );
        assert_eq!(of(&moved), of(&plan), "{}", template.id);
        let mut renamed = moved.clone();
        Rc::make_mut(&mut renamed.components[0]).label.push('!');
        let mut shorter = moved.clone();
        shorter.connections.pop();
        assert!(!renamed.says_same_as(&plan) && !shorter.says_same_as(&plan));
    }
}

#[test]
fn every_template_works_is_priced_and_has_no_problems() {
    for template in templates::ALL {
        let evaluation = of(&template.plan().expect("every template is a plan"));
        assert_eq!(evaluation.problems, [], "{}", template.id);
        assert_eq!(evaluation.totals.not_priced, 0, "{}", template.id);
        for journey in &evaluation.journeys {
            assert!(!journey.saturated, "{}", template.id);
            let mean = journey.response.expect("it answers").mean;
            assert!(mean.0 > 0.0 && mean.0 < 0.3, "{}: {}", template.id, mean.0);
        }
    }
}

#[test]
fn the_shop_has_two_honest_problems_and_the_last_template_has_none_of_them() {
    let single_points = |id: &str| {
        let template = templates::template(id).expect("there is such a template");
        let evaluation = of(&template.plan().expect("every template is a plan"));
        let findings = evaluation.findings.into_iter();
        findings
            .filter(|finding| finding.rule == "single-point-of-failure")
            .flat_map(|finding| finding.subjects)
            .collect::<Vec<Id>>()
    };
    assert_eq!(single_points("shop"), [Id::from("lb"), Id::from("db")]);
    assert!(single_points("replica").is_empty());
}

#[test]
fn the_totals_are_the_sums_of_the_parts() {
    for template in templates::ALL {
        let evaluation = of(&template.plan().expect("every template is a plan"));
        let parts = evaluation.components.values();
        let cost: f64 = parts
            .clone()
            .filter_map(|part| part.cost_month)
            .map(|cost| cost.0)
            .sum();
        let lines: f64 = parts
            .clone()
            .flat_map(|part| &part.line_items)
            .map(|line| line.month.0)
            .sum();
        let shared = evaluation.totals.shared_tasks.iter();
        let shared: f64 = shared.map(|task| task.month.0).sum();
        let work = shared + parts.map(|part| part.work_month.0).sum::<f64>();
        assert!((evaluation.totals.cost_month.0 - cost).abs() < 1e-9);
        assert!((evaluation.totals.cost_month.0 - lines).abs() < 1e-9);
        assert!((evaluation.totals.work_month.0 - work).abs() < 1e-9);
    }
}

#[test]
fn a_second_database_takes_the_finding_away() {
    let plan = shop();
    let finding = of(&plan)
        .findings
        .into_iter()
        .find(|finding| {
            finding.subjects == [Id::from("db")] && finding.rule == "single-point-of-failure"
        })
        .expect("the only database is a single point of failure");
    let fixed = finding
        .fix
        .expect("there is a fix")
        .command
        .apply(&plan)
        .expect("the fix fits");
    let after = of(&fixed);
    assert!(
        !after
            .findings
            .iter()
            .any(|left| left.rule == finding.rule && left.subjects == finding.subjects)
    );
    assert!(after.journeys[0].unavailability < of(&plan).journeys[0].unavailability);
    assert!(after.totals.cost_month > of(&plan).totals.cost_month);
}

#[test]
fn the_order_of_the_file_changes_nothing() {
    for template in templates::ALL {
        let plan = template.plan().expect("every template is a plan");
        let mut turned = plan.clone();
        turned.components.reverse();
        turned.connections.reverse();
        let (a, b) = (of(&plan), of(&turned));
        assert!((a.totals.cost_month.0 - b.totals.cost_month.0).abs() < 1e-9);
        assert!((a.journeys[0].unavailability.0 - b.journeys[0].unavailability.0).abs() < 1e-15);
        assert_eq!(a.journeys[0].bottleneck, b.journeys[0].bottleneck);
        assert_eq!(a.journeys[0].single_points, b.journeys[0].single_points);
    }
}

#[test]
fn an_empty_plan_costs_nothing_in_any_month_and_says_nothing_else() {
    let empty = of(&Plan::default());
    let months = empty.bill.months.clone();
    assert_eq!(months.cash, [Money(0.0); 37]);
    assert_eq!(months.loaded, [Money(0.0); 37]);
    let bill = Bill {
        months,
        ..Bill::default()
    };
    let nothing = Evaluation {
        bill,
        ..Evaluation::default()
    };
    assert_eq!(empty, nothing);
}

#[test]
fn more_app_servers_never_carry_less() {
    let mut carried = 0.0;
    for instances in 1..6 {
        let command = Command::from(SetInstances {
            component: Id::from("app"),
            instances,
        });
        let evaluation = of(&command.apply(&shop()).expect("the number is legal"));
        let capacity = evaluation.journeys[0]
            .capacity
            .expect("something limits it")
            .0;
        assert!(capacity >= carried);
        carried = capacity;
    }
}

#[test]
fn plans_of_extreme_numbers_are_answered() {
    for number in ["0", "0.000000001", "1000000000", "1000000000000000000"] {
        let plan = sketch(&format!(
            "place a: zone
            place b: zone
            users[rps={number}] -> lb*1000@a/b[service_time_ms={number}] -> app*1000@a/b[service_time_ms={number} servers={number} pool={number} room={number}] -> db*1000@a/b[service_time_ms={number} redundancy=all]
            app -> cache*1000@a/b[hit_ratio=0.9 service_time_ms={number}]
            app ~> queue*1000 ~> worker*1000@a/b[service_time_ms={number} servers={number} room={number}]
            jobs:users[population={number}] -> app"
        ))
        .expect("it is a sketch");
        let evaluation = of(&plan);
        assert_eq!(evaluation.journeys.len(), 2, "{number}");
        assert_eq!(evaluation.unchecked_losses, 0, "{number}");
        for journey in &evaluation.journeys {
            let mean = journey.response.as_ref().map(|response| response.mean.0);
            assert!(
                mean.is_none_or(|mean| mean.is_finite() && mean >= 0.0),
                "{number}"
            );
        }
    }
}
