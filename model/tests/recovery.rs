//! Data loss and recovery time: figures by hand, and what holds for every plan.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use model::catalog::Catalog;
use model::evaluate::{Disruption, Evaluation, Recovery, Remedy, Timeline, evaluate};
use model::metrics::{self, MetricValue};
use model::plan::sketch::sketch;
use model::plan::{Plan, Site};
use proptest::prelude::*;

fn evaluated(plan: &Plan) -> Evaluation {
    evaluate(plan, &Catalog::embedded(), None)
}

/// What a class does to the component `db`.
fn of_db(text: &str, class: Disruption) -> Recovery {
    let evaluation = evaluated(&sketch(text).unwrap());
    let classes = &evaluation.components["db"].recovery;
    classes
        .iter()
        .find(|one| one.class == class)
        .cloned()
        .unwrap()
}

/// What a class does to the first journey.
fn of_journey(text: &str, class: Disruption) -> Recovery {
    let evaluation = evaluated(&sketch(text).unwrap());
    let classes = &evaluation.journeys[0].recovery;
    classes
        .iter()
        .find(|one| one.class == class)
        .cloned()
        .unwrap()
}

fn seconds(timeline: Option<&Timeline>) -> f64 {
    timeline.map_or(f64::INFINITY, |timeline| timeline.total().base)
}

fn minutes(timeline: Option<&Timeline>) -> f64 {
    seconds(timeline) / 60.0
}

fn sum(timeline: Option<&Timeline>) -> Vec<String> {
    let terms = timeline.map(|timeline| timeline.terms.clone());
    let words = |minutes: f64, words: String| format!("{words} {minutes:.0}");
    let terms = terms.unwrap_or_default().into_iter();
    terms
        .map(|term| words(term.time.base / 60.0, term.step.words().to_string()))
        .collect()
}

#[test]
fn every_addend_of_a_restore_is_there() {
    let text = "users -> dns[ttl_seconds=300] -> app -> db[kind=vps data_gb=800 restore_mb_s=200 backup_interval_hours=24]";
    let zone = of_db(text, Disruption::Zone);
    assert_eq!(
        sum(zone.outage.as_ref()),
        [
            "notice 5",
            "decide 15",
            "get another machine 5",
            "set up by hand 240",
            "restore 800 GB at 200 MB/s 67",
            "DNS 5"
        ]
    );
    assert!(
        (minutes(zone.outage.as_ref()) - (5.0 + 15.0 + 5.0 + 240.0 + 800.0 / 0.2 / 60.0 + 5.0))
            .abs()
            < 1e-9
    );
    assert_eq!(seconds(zone.data_loss.as_ref()), 24.0 * 3600.0);
    assert_eq!(zone.remedy, Remedy::Backup);
    let software = of_db(text, Disruption::Software);
    assert_eq!(
        sum(software.outage.as_ref()),
        [
            "notice the damage 60",
            "decide 15",
            "restore 800 GB at 200 MB/s 67"
        ]
    );
}

#[test]
fn a_replica_is_no_backup() {
    let pair = "users -> app -> db*2[redundancy=primary-replica replica_lag_seconds=2]";
    let software = of_db(pair, Disruption::Software);
    assert_eq!(
        (software.data_loss, software.remedy),
        (None, Remedy::Nothing)
    );
    let hardware = of_db(pair, Disruption::Hardware);
    assert_eq!(seconds(hardware.data_loss.as_ref()), 2.0);
    assert_eq!(seconds(hardware.outage.as_ref()), 90.0);
}

#[test]
fn a_log_loses_minutes_and_replays_hours() {
    let text = "users -> app -> db[kind=paas backup_interval_hours=24 log_minutes=5 data_gb=0]";
    let software = of_db(text, Disruption::Software);
    assert_eq!(minutes(software.data_loss.as_ref()), 5.0);
    // 24 hours of changes at 10 times their speed.
    assert_eq!(minutes(software.outage.as_ref()), 60.0 + 15.0 + 144.0);
}

#[test]
fn a_backup_helps_only_where_it_survives() {
    let kept = |location: &str| {
        let text =
            format!("users -> app -> db[backup_interval_hours=1 backup_location={location}]");
        Disruption::ALL.map(|class| of_db(&text, class).data_loss.is_some())
    };
    assert_eq!(kept("same_machine"), [true, false, false, false]);
    assert_eq!(kept("same_zone"), [true, true, false, false]);
    assert_eq!(kept("same_region"), [true, true, true, false]);
    assert_eq!(kept("other_region"), [true; 4]);
    assert_eq!(kept("elsewhere"), [true; 4]);
}

#[test]
fn copies_help_where_they_stand_apart() {
    let places = "place r: region\nplace a: zone in r\nplace b: zone in r\n";
    let apart = format!("{places}users -> app@a/b*2 -> db*2@a/b[redundancy=primary-replica]");
    let apart = apart.replace("app@a/b*2", "app*2@a/b");
    let together = apart.replace("db*2@a/b", "db*2@a");
    assert_eq!(
        seconds(of_db(&apart, Disruption::Zone).outage.as_ref()),
        90.0
    );
    assert_eq!(of_db(&together, Disruption::Zone).outage, None);
    assert_eq!(of_db(&apart, Disruption::Region).outage, None);
    assert_eq!(
        seconds(of_journey(&apart, Disruption::Zone).outage.as_ref()),
        90.0
    );
}

#[test]
fn a_disk_behind_the_network_outlives_the_machine() {
    let text = "users -> app -> db[kind=iaas]";
    let hardware = of_db(text, Disruption::Hardware);
    assert_eq!(seconds(hardware.data_loss.as_ref()), 0.0);
    assert_eq!(
        sum(hardware.outage.as_ref()),
        ["notice 5", "decide 15", "get another machine 5"]
    );
    assert_eq!(of_db(text, Disruption::Zone).data_loss, None);
    let local = of_db(
        "users -> app -> db[kind=iaas disk=local]",
        Disruption::Hardware,
    );
    assert_eq!(local.data_loss, None);
}

#[test]
fn a_journey_waits_for_the_slowest_it_cannot_do_without() {
    let text =
        "users -> lb*2 -> app*2[kind=vps] -> db[kind=paas backup_interval_hours=6]\napp -> cache";
    let hardware = of_journey(text, Disruption::Hardware);
    assert_eq!(hardware.waits_for.as_deref(), Some("db"));
    assert_eq!(minutes(hardware.outage.as_ref()), 5.0 + 15.0 + 10.0);
    // A zone takes the app servers too, which are set up by hand.
    let zone = of_journey(text, Disruption::Zone);
    assert!(minutes(zone.outage.as_ref()) > 240.0);
    // Two databases of which one is enough: hardware takes only one of them.
    let either = "users -> app*2 -[need=any]-> a:db[kind=vps backup_interval_hours=6], b:db[kind=vps backup_interval_hours=6]";
    let hardware = of_journey(either, Disruption::Hardware);
    assert_eq!(seconds(hardware.outage.as_ref()), 0.0);
}

#[test]
fn metrics_name_the_worst_and_what_never_ends() {
    let value = |text: &str, metric: &str| {
        let plan = sketch(text).unwrap();
        metrics::value(metric, &plan, &evaluated(&plan)).unwrap()
    };
    let none = "users -> app -> db";
    assert_eq!(
        value(none, "rpo_hours"),
        MetricValue::Word("lost".to_owned())
    );
    assert_eq!(
        value(none, "rto_hours.zone"),
        MetricValue::Word("never".to_owned())
    );
    let every_six = "users -> app -> db[backup_interval_hours=6]";
    assert_eq!(value(every_six, "rpo_hours"), MetricValue::Number(6.0));
    assert_eq!(
        value(every_six, "rpo_hours.region"),
        MetricValue::Number(6.0)
    );
}

/// A small plan: its text, from numbers.
fn text(ttl: f64, backup: f64, data: f64, lag: f64, shape: usize) -> String {
    let places = "place r: region\nplace a: zone in r\nplace b: zone in r\n";
    let db = match shape % 4 {
        0 => "db",
        1 => "db*2@a/b",
        2 => "db*3@a/b",
        _ => "db@a",
    };
    let redundancy = ["capacity", "all", "primary-replica", "quorum:1"][shape / 4 % 4];
    let location = ["elsewhere", "same_zone", "same_region", "same_machine"][shape / 16 % 4];
    format!(
        "{places}users -> dns[ttl_seconds={ttl}] -> app*2@a/b -> {db}[redundancy={redundancy} backup_interval_hours={backup} data_gb={data} replica_lag_seconds={lag} backup_location={location}]"
    )
}

fn all(text: &str) -> Vec<(f64, f64)> {
    let evaluation = evaluated(&sketch(text).unwrap());
    let journeys = evaluation.journeys.iter().map(|journey| &journey.recovery);
    let components = evaluation.components.values().map(|one| &one.recovery);
    let all = journeys.chain(components).flatten();
    all.map(|one| {
        (
            seconds(one.data_loss.as_ref()),
            seconds(one.outage.as_ref()),
        )
    })
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn more_frequent_backups_never_lose_more(often in 0.1..100.0f64, more in 1.0..50.0f64, shape in 0..64usize) {
        let (rare, frequent) = (all(&text(60.0, often * more, 10.0, 1.0, shape)), all(&text(60.0, often, 10.0, 1.0, shape)));
        for (rare, frequent) in rare.iter().zip(&frequent) {
            prop_assert!(frequent.0 <= rare.0, "{rare:?} {frequent:?}");
        }
    }

    #[test]
    fn a_longer_time_to_live_never_ends_an_outage_sooner(ttl in 0.0..1e4f64, more in 0.0..1e4f64, shape in 0..64usize) {
        let (short, long) = (all(&text(ttl, 6.0, 10.0, 1.0, shape)), all(&text(ttl + more, 6.0, 10.0, 1.0, shape)));
        for (short, long) in short.iter().zip(&long) {
            prop_assert!(short.1 <= long.1, "{short:?} {long:?}");
        }
    }

    #[test]
    fn more_data_never_comes_back_sooner(data in 0.0..1e4f64, more in 0.0..1e4f64, shape in 0..64usize) {
        let (little, much) = (all(&text(60.0, 6.0, data, 1.0, shape)), all(&text(60.0, 6.0, data + more, 1.0, shape)));
        for (little, much) in little.iter().zip(&much) {
            prop_assert!(little.1 <= much.1, "{little:?} {much:?}");
        }
    }

    #[test]
    fn nothing_is_negative_or_no_number_however_extreme(
        ttl in prop::sample::select(vec![-1.0, 0.0, 1e9]),
        backup in prop::sample::select(vec![-5.0, 0.0, 1e-9, 1e12]),
        data in prop::sample::select(vec![-1.0, 0.0, 1e300]),
        lag in prop::sample::select(vec![-1.0, 0.0, 1e300]),
        shape in 0..64usize,
    ) {
        let evaluation = evaluated(&sketch(&text(ttl, backup, data, lag, shape)).unwrap());
        let journeys = evaluation.journeys.iter().map(|journey| &journey.recovery);
        let components = evaluation.components.values().map(|one| &one.recovery);
        for recovery in journeys.chain(components).flatten() {
            for timeline in [&recovery.data_loss, &recovery.outage].into_iter().flatten() {
                for term in &timeline.terms {
                    let time = term.time;
                    prop_assert!([time.low, time.base, time.high].iter().all(|t| t.is_finite() && *t >= 0.0));
                }
            }
        }
    }

    #[test]
    fn the_order_of_the_file_changes_nothing(shape in 0..64usize) {
        let plan = sketch(&text(60.0, 6.0, 10.0, 1.0, shape)).unwrap();
        let mut turned = plan.clone();
        turned.components.reverse();
        turned.connections.reverse();
        turned.places.reverse();
        let (plan, turned) = (evaluated(&plan), evaluated(&turned));
        let worst = |evaluation: &Evaluation| -> Vec<(f64, f64)> {
            let all = evaluation.journeys[0].recovery.iter();
            all.map(|one| (seconds(one.data_loss.as_ref()), seconds(one.outage.as_ref()))).collect()
        };
        prop_assert_eq!(worst(&plan), worst(&turned));
        for (id, component) in &plan.components {
            prop_assert_eq!(&component.recovery, &turned.components[id].recovery);
        }
    }
}

/// The plan with a component changed.
fn changed(text: &str, id: &str, change: impl FnOnce(&mut model::plan::Component)) -> Plan {
    let mut plan = sketch(text).unwrap();
    let one = plan.components.iter_mut().find(|one| one.id == *id);
    change(std::rc::Rc::make_mut(one.unwrap()));
    plan
}

#[test]
fn a_copy_that_may_not_take_over_helps_nobody() {
    let text = "users -> app*2 -> db*2[redundancy=primary-replica unavailability=0.01]";
    let down = |promotable| {
        let plan = changed(text, "db", |db| db.promotable = promotable);
        let evaluation = evaluated(&plan);
        let journey = &evaluation.journeys[0];
        let hardware = &journey.recovery[1];
        (
            journey
                .single_points
                .iter()
                .any(|point| &*point.event == "component:db"),
            seconds(hardware.outage.as_ref()) < 100.0,
        )
    };
    assert_eq!(down(None), (false, true));
    assert_eq!(down(Some(true)), (false, true));
    assert_eq!(down(Some(false)), (true, false));
    let standby = "users -> app*2 -> db[unavailability=0.01]\napp -[need=optional]-> copy:db[standby_for=db unavailability=0.01]";
    let q = |promotable| {
        let plan = changed(standby, "copy", |copy| copy.promotable = promotable);
        evaluated(&plan).journeys[0].single_points.len()
    };
    assert_eq!(q(None) + 1, q(Some(false)));
}

#[test]
fn no_backup_leaves_a_home_faster_than_its_line_sends() {
    let text = "place flat: site\nusers -> app -> db@flat[data_gb=900 backup_interval_hours=24]";
    let lost = |upload| {
        let mut plan = sketch(text).unwrap();
        std::rc::Rc::make_mut(&mut plan.places[0]).upload_mbit = upload;
        evaluated(&plan).components["db"].recovery[0]
            .data_loss
            .clone()
    };
    assert_eq!(seconds(lost(None).as_ref()), 24.0 * 3600.0);
    assert_eq!(seconds(lost(Some(1000.0)).as_ref()), 24.0 * 3600.0);
    // 900 GB at 20 Mbit/s are 100 hours.
    assert!((seconds(lost(Some(20.0)).as_ref()) - 100.0 * 3600.0).abs() < 1e-3);
}

#[test]
fn whose_roof_it_is_says_how_often_it_is_down() {
    let down = |site, unavailability| {
        let mut plan = sketch("place flat: site\nusers -> app@flat[unavailability=0]").unwrap();
        let place = std::rc::Rc::make_mut(&mut plan.places[0]);
        (place.site, place.unavailability) = (site, unavailability);
        evaluated(&plan).journeys[0].unavailability.0
    };
    assert_eq!(down(None, None), 0.0);
    assert_eq!(down(Some(Site::Home), None), 0.005);
    assert_eq!(down(Some(Site::Home), Some(0.0)), 0.0);
    assert!(down(Some(Site::Colocation), None) < down(Some(Site::Office), None));
}

#[test]
fn an_account_takes_every_instance_and_is_drawn_with_one_click() {
    let text = "place a: zone\nplace b: zone\nusers -> lb*2@a/b[offer=linode-nanode-1] -> app*3@a/b[offer=linode-dedicated-2]";
    let plan = std::rc::Rc::new(sketch(text).unwrap());
    let before = evaluated(&plan);
    let finding = before
        .findings
        .iter()
        .find(|one| one.rule == "undrawn-causes");
    let fix = finding.unwrap().fix.clone().unwrap();
    let after = fix.command.apply(&plan).unwrap();
    let accounts = after
        .places
        .iter()
        .filter(|place| place.kind == model::plan::PlaceKind::Account);
    assert_eq!(accounts.count(), 3);
    let after = evaluated(&after);
    assert!(
        after
            .findings
            .iter()
            .all(|one| one.rule != "undrawn-causes")
    );
    let journeys = (&before.journeys[0], &after.journeys[0]);
    assert!(journeys.1.unavailability.0 > journeys.0.unavailability.0);
    let registrar = |journey: &model::evaluate::JourneyEvaluation| {
        journey
            .single_points
            .iter()
            .any(|point| &*point.event == "place:registrar")
    };
    assert_eq!(
        (registrar(journeys.0), registrar(journeys.1)),
        (false, true)
    );
}
