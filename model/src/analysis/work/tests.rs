//! The statements about work and responsibility, by hand and over the whole catalogue.

use super::*;
use crate::catalog::{Catalog, OfferKind};
use crate::components;
use crate::plan::sketch::sketch;
use crate::plan::{AssumptionValue, Plan};

fn report(plan: &Plan) -> WorkReport {
    let catalog = Catalog::embedded();
    work(&Topology::new(plan, &catalog))
}

fn ledger_of(text: &str, id: &str) -> Ledger {
    let plan = sketch(text).unwrap();
    let index = plan.components.iter().position(|one| one.id == *id);
    report(&plan).components[index.unwrap()].ledger.clone()
}

fn assuming(text: &str, assumptions: &[(&str, f64)]) -> Plan {
    let mut plan = sketch(text).unwrap();
    for &(id, value) in assumptions {
        let value = AssumptionValue::Exactly(value);
        plan.assumptions.0.insert(id.to_owned(), value);
    }
    plan
}

/// Every component type on every offer of the catalogue that it can run on.
fn for_every_offer(check: impl Fn(OfferKind, &str, &Ledger)) -> usize {
    let catalog = Catalog::embedded();
    let mut seen = 0;
    for kind in components::ALL {
        for offer in catalog.providers.iter().flat_map(|one| &one.offers) {
            if offer.kind == OfferKind::Software || !offer.fits(kind.id) {
                continue;
            }
            let text = format!("users -> it:{}[offer={}]", kind.id, offer.id);
            let plan = sketch(&text).unwrap();
            let topology = Topology::new(&plan, &catalog);
            let ledger = ledger(&topology, &topology.components[1]);
            let all = ledger.yours.len() + ledger.theirs.len();
            assert_eq!(all, kind.layers.len(), "{text}: each layer is somebody's");
            let is_disjoint = ledger.yours.iter().all(|one| !ledger.theirs.contains(one));
            assert!(is_disjoint, "{text}: no layer is both");
            check(offer.kind, &text, &ledger);
            seen += 1;
        }
    }
    seen
}

#[test]
fn iaas_removes_the_hardware_but_not_the_operating_system() {
    let seen = for_every_offer(|kind, text, ledger| {
        if matches!(kind, OfferKind::Iaas | OfferKind::Vps) {
            assert!(ledger.theirs.contains(&Layer::Hardware), "{text}");
            assert!(ledger.theirs.contains(&Layer::Virtualisation), "{text}");
            assert!(ledger.yours.contains(&Layer::OperatingSystem), "{text}");
            assert!(ledger.provider.is_some(), "{text}: a provider has a name");
        }
    });
    assert!(seen > 200, "{seen}");
}

#[test]
fn paas_removes_the_operating_system_and_the_web_server() {
    for_every_offer(|kind, text, ledger| {
        if kind == OfferKind::Paas {
            for layer in [
                Layer::Hardware,
                Layer::Virtualisation,
                Layer::OperatingSystem,
                Layer::WebServer,
                Layer::DataService,
            ] {
                assert!(!ledger.yours.contains(&layer), "{text}: {layer:?}");
            }
        }
    });
}

#[test]
fn the_application_is_always_yours() {
    for_every_offer(|_, text, ledger| {
        assert!(!ledger.theirs.contains(&Layer::Application), "{text}");
        assert!(!ledger.theirs.contains(&Layer::Runtime), "{text}");
    });
}

#[test]
fn metal_of_your_own_is_all_yours_and_rented_metal_is_repaired_for_you() {
    for_every_offer(|kind, text, ledger| {
        if kind == OfferKind::BareMetal {
            let hardware = [Layer::Hardware];
            assert!(
                ledger.theirs.is_empty() || ledger.theirs == hardware,
                "{text}"
            );
        }
    });
    assert_eq!(
        ledger_of("users -> app[offer=own-tower-2026]", "app").theirs,
        []
    );
    assert_eq!(
        ledger_of("users -> app[offer=colo-1kw]", "app").provider,
        None
    );
    let rented = ledger_of("users -> app[offer=aws-m5-metal]", "app");
    assert_eq!(rented.theirs, [Layer::Hardware]);
    assert_eq!(rented.provider.as_deref(), Some("Amazon Web Services"));
}

#[test]
fn an_engine_of_your_own_gives_the_servers_back() {
    let hosted = ledger_of("users -> app[offer=heroku-standard-1x]", "app");
    assert_eq!(hosted.yours, [Layer::Runtime, Layer::Application]);
    let mut plan = sketch("users -> app[offer=heroku-standard-1x]").unwrap();
    let app = std::rc::Rc::make_mut(&mut plan.components[1]);
    app.hosting.as_mut().unwrap().engine = Some(crate::plan::Engine::SelfRun);
    let own = report(&plan);
    assert!(
        own.components[1]
            .ledger
            .yours
            .contains(&Layer::OperatingSystem)
    );
    assert!(own.shared.iter().any(|task| task.kind == TaskKind::Runtime));
}

#[test]
fn a_machine_of_each_kind_takes_what_the_worksheet_says() {
    let days = |kind: &str| {
        let plan = sketch(&format!("users -> app[kind={kind}]")).unwrap();
        report(&plan).month().0
    };
    for (kind, expected) in [
        ("bare_metal", 0.9),
        ("vps", 0.4),
        ("iaas", 0.4),
        ("paas", 0.1),
    ] {
        assert!(
            (days(kind) - expected).abs() < 1e-12,
            "{kind}: {}",
            days(kind)
        );
    }
}

#[test]
fn being_on_call_is_a_step_and_no_machine_adds_to_it() {
    let month = |hours: f64, machines: usize| {
        let text = format!("users -> lb[kind=vps] -> app*{machines}[kind=vps]");
        let plan = assuming(&text, &[("on_call_hours_week", hours)]);
        report(&plan).month().0
    };
    assert!((month(60.0, 2) - month(0.0, 2)).abs() < 1e-12);
    let step = month(168.0, 2) - month(60.0, 2);
    assert!((step - 4.0).abs() < 1e-12, "{step}");
    for machines in [1, 5, 20] {
        let step = month(168.0, machines) - month(0.0, machines);
        assert!((step - 4.0).abs() < 1e-12, "{machines}: {step}");
    }
    assert!((month(61.0, 2) - month(168.0, 2)).abs() < 1e-12);
}

#[test]
fn nothing_is_on_call_before_anything_is_hosted() {
    let plan = assuming("users -> app", &[("on_call_hours_week", 168.0)]);
    assert_eq!(report(&plan).shared, []);
}

#[test]
fn every_further_provider_takes_the_same() {
    let month = |text: &str| report(&sketch(text).unwrap()).month().0;
    let one = month("users -> app[offer=linode-dedicated-2] -> db[offer=linode-dedicated-2]");
    let two = month("users -> app[offer=linode-dedicated-2] -> db[offer=hetzner-ccx13]");
    assert!((two - one - 0.4).abs() < 1e-12, "{one} {two}");
}

#[test]
fn a_script_halves_the_care_of_each_machine() {
    let mut plan = sketch("users -> app*4[kind=vps]").unwrap();
    let by_hand = report(&plan).month().0;
    let app = std::rc::Rc::make_mut(&mut plan.components[1]);
    app.hosting.as_mut().unwrap().automated = Some(true);
    let scripted = report(&plan).month().0;
    assert!(
        (by_hand - scripted - 0.1).abs() < 1e-12,
        "{by_hand} {scripted}"
    );
}

#[test]
fn every_estimate_that_a_type_names_is_one_of_the_plan() {
    for kind in components::ALL {
        let ids = kind.care.iter().map(|(_, id)| *id).chain(kind.managed_care);
        for id in ids {
            let known = crate::plan::ASSUMPTIONS.iter().any(|one| one.id == id);
            assert!(known, "{}: {id}", kind.id);
        }
        let cared: Vec<Layer> = kind.care.iter().map(|(layer, _)| *layer).collect();
        assert!(
            cared.iter().all(|layer| kind.layers.contains(layer)),
            "{}",
            kind.id
        );
    }
}
