//! What leaving takes, by hand and over the whole catalogue.

use super::*;
use crate::catalog::{Catalog, OfferKind};
use crate::components;
use crate::plan::sketch::sketch;
use crate::plan::{AssumptionValue, Hosting, Plan};

fn paid(month: f64) -> impl Fn(usize) -> Paid {
    move |_| Paid {
        month: Some(Money(month)),
        upfront: Money(0.0),
    }
}

fn exit_in(plan: &Plan, component: &str) -> Option<Exit> {
    let catalog = Catalog::embedded();
    let topology = Topology::new(plan, &catalog);
    lock_in(&topology, paid(10.0)).components[topology.component_index(component).unwrap()].clone()
}

fn exit_of(text: &str, component: &str) -> Option<Exit> {
    exit_in(&sketch(text).unwrap(), component)
}

/// The exit of the last component of a sketch with its hosting changed.
fn with_hosting(text: &str, change: impl Fn(&mut Hosting)) -> Exit {
    let mut plan = sketch(text).unwrap();
    let last = plan.components.len() - 1;
    let component = std::rc::Rc::make_mut(&mut plan.components[last]);
    change(component.hosting.as_mut().unwrap());
    let id = component.id.to_string();
    exit_in(&plan, &id).unwrap()
}

#[test]
fn the_interface_decides_what_leaving_takes() {
    let days = |text| exit_of(text, "queue").unwrap().days.base;
    assert!(days("app -> queue[offer=aws-sqs]") > days("app -> queue[offer=linode-dedicated-2]"));
}

#[test]
fn whose_engine_it_is_beats_the_offer_and_a_commitment_is_half_left() {
    let queue = "app -> queue[offer=aws-sqs]";
    let with = |engine, commitment| {
        with_hosting(queue, |hosting| {
            (hosting.engine, hosting.commitment) = (engine, commitment);
        })
    };
    let own = with(Some(Engine::Proprietary), None);
    let open = with(Some(Engine::SelfRun), None);
    assert_eq!(own.interface, Interface::ProprietaryApi);
    assert_eq!(open.interface, Interface::OpenStandard);
    let bound = with(Some(Engine::SelfRun), Some(36.0));
    assert_eq!(bound.charge(Charge::Commitment), Money(180.0));
    assert_eq!(
        bound.charge(Charge::DualRunning),
        Money(0.0),
        "what is committed to is paid anyway"
    );
    assert_eq!(open.charge(Charge::DualRunning), Money(10.0));
}

#[test]
fn what_stands_nowhere_has_no_way_out_yet() {
    assert_eq!(exit_of("users -> app", "app"), None);
}

#[test]
fn carrying_data_out_is_charged_by_tier() {
    let text = "app -> files:object-storage[offer=aws-s3 data_gb=10340]";
    let exit = exit_of(text, "files").unwrap();
    let egress = exit.charge(Charge::Egress);
    assert!((egress.0 - 921.6).abs() < 1e-9, "{}", egress.0);
    // 10,340 GB at 500 Mbit/s
    assert!(
        (exit.transfer.base - 165_440.0).abs() < 1e-6,
        "{:?}",
        exit.transfer
    );
}

#[test]
fn the_facets_and_the_charges_are_all_of_it_for_every_offer() {
    let catalog = Catalog::embedded();
    let mut seen = 0;
    for kind in components::ALL {
        for offer in catalog.providers.iter().flat_map(|one| &one.offers) {
            if offer.kind == OfferKind::Software || !offer.fits(kind.id) {
                continue;
            }
            let text = format!("users -> it:{}[offer={} data_gb=250]", kind.id, offer.id);
            let Ok(plan) = sketch(&text) else { continue };
            let topology = Topology::new(&plan, &catalog);
            let exit = lock_in(&topology, paid(50.0)).components[1]
                .clone()
                .unwrap();
            let days: f64 = exit.facets.iter().map(|(_, days)| days.base).sum();
            let money: f64 = exit.charges.iter().map(|(_, money)| money.0).sum();
            assert!((days - exit.days.base).abs() < 1e-9, "{text}");
            assert!((money - exit.cost.0).abs() < 1e-9, "{text}");
            let class = class_days(&plan.assumptions, exit.interface);
            assert!(
                exit.days.base >= class.base - 1e-9,
                "{text}: {:?}",
                exit.days
            );
            assert!(
                exit.days.low <= exit.days.base && exit.days.base <= exit.days.high,
                "{text}"
            );
            assert!(exit.expected_cost.0 <= exit.cost.0 + 1e-9, "{text}");
            seen += 1;
        }
    }
    assert!(seen > 200, "{seen}");
}

#[test]
fn a_container_frees_programs_and_objects_but_no_database_cache_or_queue() {
    for (text, is_lower) in [
        ("users -> app[offer=heroku-standard-1x]", true),
        ("app -> files:object-storage[offer=aws-s3]", true),
        ("users -> lb[offer=aws-alb]", true),
        ("app -> db[offer=aws-rds-m5-large]", false),
        ("app -> cache[offer=aws-elasticache-m4-large]", false),
        ("app -> queue[offer=aws-sqs]", false),
    ] {
        let bound = with_hosting(text, |_| {});
        let portable = with_hosting(text, |hosting| hosting.portable = Some(true));
        if is_lower {
            assert!(portable.days.base < bound.days.base, "{text}");
            for ((facet, before), (_, after)) in bound.facets.iter().zip(&portable.facets) {
                let is_untouched = matches!(facet, Facet::Data | Facet::Identity | Facet::Skills);
                assert_eq!(
                    is_untouched || before.base == 0.0,
                    before == after,
                    "{text} {facet:?}"
                );
            }
        } else {
            assert_eq!(portable.days, bound.days, "{text}");
        }
    }
}

#[test]
fn a_script_halves_the_move_of_a_machine_and_touches_nothing_but_operations() {
    let app = "users -> app[offer=linode-dedicated-2]";
    let by_hand = with_hosting(app, |_| {});
    let scripted = with_hosting(app, |hosting| hosting.automated = Some(true));
    let share = scripted.days.base / by_hand.days.base;
    assert!((0.45..0.55).contains(&share), "{share}");
    for ((facet, before), (_, after)) in by_hand.facets.iter().zip(&scripted.facets) {
        assert_eq!(before != after, *facet == Facet::Operations, "{facet:?}");
    }
}

#[test]
fn an_open_platform_is_left_sooner_than_a_proprietary_one() {
    let app = "users -> app[offer=heroku-standard-1x]";
    let days = |engine| {
        with_hosting(app, |hosting| hosting.engine = Some(engine))
            .days
            .base
    };
    assert!(days(Engine::OpenHosted) < days(Engine::Proprietary));
    assert!(days(Engine::SelfRun) < days(Engine::OpenHosted));
}

#[test]
fn every_hold_names_what_one_gets_for_it() {
    let queue = exit_of("app -> queue[offer=aws-sqs]", "queue").unwrap();
    let kinds: Vec<LockInKind> = queue.holds.iter().map(|hold| hold.kind).collect();
    assert!(kinds.contains(&LockInKind::Product) && kinds.contains(&LockInKind::Vendor));
    assert!(
        queue
            .holds
            .iter()
            .any(|hold| hold.what.to_string().contains("SQS API"))
    );
    let free = exit_of("users -> app[offer=linode-dedicated-2]", "app").unwrap();
    assert_eq!(free.holds, []);
    let platform = exit_of("users -> app[offer=heroku-standard-1x]", "app").unwrap();
    assert!(
        platform
            .holds
            .iter()
            .any(|hold| hold.kind == LockInKind::Platform)
    );
    for hold in queue.holds.iter().chain(&platform.holds) {
        assert!(
            hold.what.to_string().ends_with('.') && hold.benefit.ends_with('.'),
            "{hold:?}"
        );
    }
}

#[test]
fn one_provider_for_everything_is_a_habit() {
    let shared = |text: &str| {
        let plan = sketch(text).unwrap();
        let catalog = Catalog::embedded();
        lock_in(&Topology::new(&plan, &catalog), paid(1.0)).holds
    };
    let one = shared("users -> app[offer=linode-dedicated-2] -> db[offer=linode-dedicated-2]");
    assert_eq!(one[0].kind, LockInKind::Mental);
    assert_eq!(
        shared("users -> app[offer=linode-dedicated-2] -> db[offer=hetzner-ccx13]"),
        []
    );
    assert_eq!(
        shared("users -> app[offer=own-tower-2026] -> db[offer=own-tower-2026]"),
        []
    );
}

#[test]
fn hardware_left_behind_and_an_hour_of_outage_cost_money() {
    let mut plan = sketch("app -> db[offer=own-tower-2026]").unwrap();
    plan.assumptions.0.insert(
        "outage_cost_hour".to_owned(),
        AssumptionValue::Exactly(100.0),
    );
    let catalog = Catalog::embedded();
    let topology = Topology::new(&plan, &catalog);
    let exit = lock_in(&topology, |_| Paid {
        month: None,
        upfront: Money(3000.0),
    })
    .components[1]
        .clone()
        .unwrap();
    assert_eq!(exit.charge(Charge::Hardware), Money(1500.0));
    assert_eq!(exit.charge(Charge::Cutover), Money(100.0));
}
