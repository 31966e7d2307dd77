//! The same architecture four ways: every way carries the peak, nothing is left out, and no order matters.

use std::fmt::Write as _;
use std::rc::Rc;
use std::sync::LazyLock;

use model::catalog::{Catalog, File, OfferKind};
use model::commands::Command;
use model::evaluate::{Evaluation, JourneyEvaluation, Resource, evaluate};
use model::four_ways::{GrowthStep, Outcome, Way, four_ways, way};
use model::plan::sketch::sketch;
use model::plan::{HostingKind, Plan};
use model::templates;
use proptest::prelude::*;
use proptest::sample::select;

static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::embedded);

/// The four ways of a plan, each checked for what every way promises.
fn check(plan: &Plan) -> [Way; 4] {
    let plan = Rc::new(plan.clone());
    let ways = four_ways(&plan, &CATALOG, None);
    for way in &ways {
        check_headroom(way);
        let words = format!("{}:\n{}", way.kind.name(), told(way));
        let Command::Together(step) = &way.adopt else {
            panic!("{words}");
        };
        assert_eq!(
            step.title.to_string(),
            format!("Move everything to {}", way.kind.name())
        );
        assert_eq!(
            *way.adopt.apply(&plan).expect("it is there"),
            *way.plan,
            "{words}"
        );
        assert_eq!(
            way.evaluation,
            evaluate(&way.plan, &CATALOG, None),
            "{words}"
        );
        let hosted = plan.components.iter().filter(|component| {
            let kind = model::components::component_type(&component.kind).expect("it is there");
            !kind.behaviour.is_source && !kind.behaviour.is_external
        });
        assert!(
            hosted
                .map(|component| &component.id)
                .eq(way.mappings.iter().map(|mapping| &mapping.component)),
            "{words}"
        );
        for mapping in &way.mappings {
            let component = way.plan.component(&mapping.component).expect("it is there");
            let before = plan.component(&mapping.component).expect("it is there");
            assert!(mapping.why.to_string().ends_with('.'), "{words}");
            if mapping.outcome.is_exception() {
                assert_eq!(component, before, "{words}");
                continue;
            }
            let offer = CATALOG
                .offer(mapping.offer.as_deref().expect("it is there"))
                .expect("it is there");
            assert_eq!(offer.kind, OfferKind::from(way.kind), "{words}");
            assert!(offer.fits(&component.kind), "{words}");
            assert_eq!(mapping.kind, Some(way.kind));
            assert_eq!(component.instances.unwrap_or(1.0), mapping.instances as f64);
            for resource in [Resource::Memory, Resource::Storage] {
                let used = way.evaluation.components[&mapping.component].utilisation(resource);
                assert!(used.is_none_or(|used| used <= 1.0), "{words}");
            }
        }
        // An external service has no offers, whatever is asked of it.
        let saturated = way.plan.components.iter().filter(|component| {
            component.kind != "external_service"
                && way.evaluation.components[&component.id].saturated
        });
        let saturated: Vec<_> = saturated.map(|component| &component.id).collect();
        assert!(
            saturated.iter().all(|id| way
                .exceptions()
                .any(|exception| exception.component == **id)),
            "{saturated:?}\n{words}"
        );
        let unpriced = way.mappings.iter().filter(|mapping| {
            way.evaluation.components[&mapping.component]
                .cost_month
                .is_none()
        });
        assert_eq!(
            way.evaluation.totals.not_priced,
            unpriced.count(),
            "{words}"
        );
    }
    ways
}

/// The headroom of a way is that of its evaluation, and the next step brings and costs what it says.
fn check_headroom(way: &Way) {
    let words = format!("{}: {:?}", way.kind.name(), way.headroom);
    let closeness = |journey: &JourneyEvaluation| Some(journey.capacity? / journey.arrival_rate);
    let journeys = way.evaluation.journeys.iter();
    let open = journeys.filter(|one| one.population.is_none() && one.arrival_rate.0 > 0.0);
    let closest = open.filter_map(closeness).min_by(f64::total_cmp);
    let Some(found) = &way.headroom else {
        assert_eq!(closest, None, "{words}");
        return;
    };
    assert!(
        closest.is_none_or(|closest| found.carries / found.peak == closest),
        "{words}"
    );
    let journey = |all: &Evaluation| {
        let journey = all.journeys.iter().find(|one| one.id == found.journey);
        journey.expect("it is there").clone()
    };
    let before = journey(&way.evaluation);
    assert_eq!(
        (Some(found.carries), Some(&found.gives_way)),
        (before.capacity, before.bottleneck.as_ref()),
        "{words}"
    );
    let Some(next) = &found.next else {
        return;
    };
    let mut plan = Plan::clone(&way.plan);
    let mut components = plan.components.iter_mut();
    let component = components.find(|one| one.id == found.gives_way.component);
    let component = Rc::make_mut(component.expect("it is there"));
    match &next.growth {
        GrowthStep::Instances(instances) => component.instances = Some(*instances as f64),
        GrowthStep::Offer(offer) => {
            let hosting = component.hosting.as_mut().expect("it has an offer");
            let provider = |id: &str| &CATALOG.offer(id).expect("it is there").provider;
            let now = hosting.offer.as_deref().expect("it has an offer");
            assert_eq!(provider(offer), provider(now), "{words}");
            hosting.offer = Some(offer.clone());
        }
    }
    let after = evaluate(&plan, &CATALOG, None);
    assert_eq!(journey(&after).capacity, next.carries, "{words}");
    assert!(
        next.carries.is_none_or(|rate| rate > found.carries),
        "{words}"
    );
    let (then, now) = (&after.totals, &way.evaluation.totals);
    let differs = |a: f64, b: f64| (a - b).abs() > 1e-6 * (1.0 + a.abs().max(b.abs()));
    if let Some(month) = next.cost_month {
        let difference = then.cost_month - now.cost_month;
        assert!(!differs(difference.0, month.0), "{words} {difference:?}");
        assert_eq!(then.not_priced, now.not_priced, "{words}");
    }
    let difference = then.cost_upfront - now.cost_upfront;
    assert!(!differs(difference.0, next.cost_upfront.0), "{words}");
    let difference = then.work_month - now.work_month;
    assert!(!differs(difference.0, next.work_month.0), "{words}");
}

fn told(way: &Way) -> String {
    let mut text = String::new();
    for mapping in &way.mappings {
        let _ = writeln!(text, "{mapping:?}");
    }
    text
}

/// Where each component goes and how many of it there are, by name.
fn picks(way: &Way) -> Vec<String> {
    let mut picks: Vec<String> = way
        .mappings
        .iter()
        .map(|mapping| {
            let offer = mapping.offer.as_deref().unwrap_or("nothing");
            format!(
                "{} {offer} {} {}",
                mapping.component,
                mapping.instances,
                mapping.outcome.is_exception()
            )
        })
        .collect();
    picks.sort();
    picks
}

#[test]
fn every_starting_plan_is_carried_every_way_and_is_settled_then() {
    for template in templates::ALL {
        let plan = template.plan().unwrap();
        for way in check(&plan) {
            assert!(way.carries_peak(), "{} {}", template.id, told(&way));
            assert_eq!(
                way.exceptions().count(),
                0,
                "{} {}",
                template.id,
                told(&way)
            );
            let again = model::four_ways::way(&way.plan, &CATALOG, None, way.kind);
            assert_eq!(picks(&again), picks(&way), "{}", template.id);
            assert_eq!(again.plan, way.plan, "{}", template.id);
        }
    }
}

#[test]
fn the_step_beyond_is_one_more_a_larger_one_or_nothing() {
    // One server of 20 ms carries 50 a second, and each core is a server.
    let plan = sketch("users[rps=30] -> app*1[service_time_ms=20 servers=1]").unwrap();
    let [_, vps, _, _] = check(&plan);
    let found = vps.headroom.expect("the processor limits it");
    assert_eq!(found.gives_way.component, *"app");
    assert!(found.carries / found.peak >= 1.0 / 0.7 - 1e-9);
    let next = found.next.expect("a second one helps");
    assert_eq!(next.growth, GrowthStep::Instances(2));
    assert_eq!(next.carries, Some(found.carries + found.carries));
    assert!(next.cost_month.is_some_and(|month| month.0 > 0.0));
    // What only one may write to is not helped by one more: the next size is.
    let plan = sketch("users[rps=30] -> db*2[redundancy=primary-replica service_time_ms=20]");
    let [_, vps, _, _] = check(&plan.unwrap());
    let next = vps.headroom.expect("the processor limits it").next;
    assert!(matches!(
        next.expect("there is a larger one").growth,
        GrowthStep::Offer(_)
    ));
    // What is somebody else's cannot be made larger.
    let plan = sketch("users[rps=30] -> maps:external-service[service_time_ms=5 servers=1]");
    let [metal, ..] = check(&plan.unwrap());
    assert!(metal.headroom.is_none_or(|found| found.next.is_none()));
}

#[test]
fn what_no_offer_of_the_kind_runs_is_named_and_stays() {
    let plan = sketch("users -> cdn[kind=paas offer=aws-cloudfront] -> app-server -> db").unwrap();
    let [metal, vps, iaas, paas] = check(&plan);
    for way in [metal, vps, iaas] {
        let exceptions: Vec<_> = way.exceptions().collect();
        assert_eq!(exceptions.len(), 1, "{}", told(&way));
        assert_eq!(exceptions[0].component, "cdn");
        assert_eq!(exceptions[0].outcome, Outcome::Stays);
        assert!(
            exceptions[0].why.to_string().contains("stays as it is"),
            "{}",
            told(&way)
        );
    }
    assert_eq!(paas.exceptions().count(), 0);
}

#[test]
fn what_nobody_runs_for_you_is_your_own_work_still() {
    let plan = sketch("users -> app-server -> search[kind=vps offer=hetzner-ccx13]").unwrap();
    let paas = way(&Rc::new(plan), &CATALOG, None, HostingKind::Paas);
    let has_search = CATALOG.offers_for("search", OfferKind::Paas).count() > 0;
    let search = &paas.mappings[1];
    assert_eq!(
        search.outcome == Outcome::OwnWork,
        !has_search,
        "{}",
        told(&paas)
    );
    let nowhere = sketch("users -> cdn -> app-server").unwrap();
    let vps = way(&Rc::new(nowhere), &CATALOG, None, HostingKind::Vps);
    assert_eq!(vps.mappings[0].outcome, Outcome::NotHosted);
}

#[test]
fn what_the_plan_has_to_spare_it_keeps() {
    let plan = sketch("users[rps=10] -> lb -> app-server*3[service_time_ms=20]").unwrap();
    for way in check(&plan) {
        let app = way
            .mappings
            .iter()
            .find(|mapping| mapping.component == "app-server");
        assert!(app.unwrap().instances >= 3, "{}", told(&way));
    }
    let busy = sketch("users[rps=400] -> lb -> app-server*12[service_time_ms=20]").unwrap();
    let [metal, ..] = check(&busy);
    let app = &metal.mappings[1];
    assert!(
        app.instances >= 2 && metal.carries_peak(),
        "{}",
        told(&metal)
    );
}

#[test]
fn stated_bills_belong_to_the_hosting_that_is_left() {
    let mut plan = sketch("users -> app-server[kind=vps offer=hetzner-ccx13]").unwrap();
    let app = Rc::make_mut(&mut plan.components[1]);
    app.overrides = Some(model::plan::Overrides {
        cost_month: Some(7.0),
        unavailability: Some(0.01),
        ..model::plan::Overrides::default()
    });
    for way in check(&plan) {
        let kept = way.plan.component("app-server").unwrap().overrides.as_ref();
        assert_eq!(kept.unwrap().cost_month, None);
        assert_eq!(kept.unwrap().unavailability, Some(0.01));
    }
}

const HEADER: File = (
    "assets/catalogue.json",
    r#"{"version": "2026-02-01", "currency": "USD", "rates": []}"#,
);

/// A catalogue of one provider with these offers of virtual servers: id, cores and price.
fn shop_of(offers: &[(&str, f64, Option<f64>)]) -> Catalog {
    let rows: Vec<String> = offers
        .iter()
        .map(|(id, vcpu, price)| {
            let price = price.map_or(String::new(), |month| {
                format!(r#""price": {{"month": {month}, "currency": "USD"}}, "billing": "monthly", "#)
            });
            format!(
                r#"{{"id": "{id}", "name": "{id}", "kind": "vps", "vcpu": {vcpu}, {price}"interface": "open_standard", "source": ["list"], "date": "2026-01", "confidence": "high"}}"#
            )
        })
        .collect();
    let text = format!(
        r#"{{"id": "acme", "name": "Acme", "sources": {{"list": {{"title": "List", "where": "acme.example", "date": "2026-01"}}}}, "offers": [{}]}}"#,
        rows.join(", ")
    );
    Catalog::from_files(HEADER, &[("assets/providers/acme.json", &text)]).expect("it is there")
}

/// The offer and the number that an app with `erlangs` of work gets.
fn picked(offers: &[(&str, f64, Option<f64>)], erlangs: f64) -> (String, usize, Way) {
    let catalog = shop_of(offers);
    let rps = erlangs * 100.0;
    let plan = sketch(&format!(
        "users[rps={rps}] -> app-server[service_time_ms=10]"
    ))
    .expect("it is there");
    let vps = way(&Rc::new(plan), &catalog, None, HostingKind::Vps);
    let app = &vps.mappings[0];
    (app.offer.clone().unwrap_or_default(), app.instances, vps)
}

#[test]
fn the_cheapest_that_stays_below_the_ceiling_is_picked() {
    let offers = [
        ("s", 1.0, Some(5.0)),
        ("m", 2.0, Some(8.0)),
        ("l", 4.0, Some(9.0)),
    ];
    let of = |erlangs| {
        let (offer, instances, way) = picked(&offers, erlangs);
        assert!(way.carries_peak());
        (offer, instances)
    };
    assert_eq!(of(0.6), ("s".to_owned(), 1));
    assert_eq!(of(0.72), ("m".to_owned(), 1));
    assert_eq!(of(1.5), ("l".to_owned(), 1));
    assert_eq!(of(5.0), ("l".to_owned(), 2));
    let odd = [("s", 1.0, Some(5.0)), ("l", 4.0, Some(90.0))];
    assert_eq!(
        picked(&odd, 2.0).0,
        "l",
        "one that is big enough before several that are not"
    );
    assert_eq!(
        picked(&odd, 20.0).1,
        29,
        "the cheapest in all once none is big enough"
    );
}

#[test]
fn what_has_no_price_is_the_last_choice_and_counted() {
    let (offer, _, way) = picked(&[("free", 4.0, None), ("paid", 4.0, Some(99.0))], 1.0);
    assert_eq!(
        (offer.as_str(), way.evaluation.totals.not_priced),
        ("paid", 0)
    );
    let (offer, _, way) = picked(&[("unpriced", 4.0, None)], 1.0);
    assert_eq!(
        (offer.as_str(), way.evaluation.totals.not_priced),
        ("unpriced", 1)
    );
    assert!(way.mappings[0].why.to_string().contains("no known price"));
}

#[test]
fn an_empty_plan_has_four_ways_too() {
    for way in check(&Plan::default()) {
        assert!(way.mappings.is_empty() && way.provider.is_none());
    }
}

const TYPES: &[&str] = &[
    "lb",
    "cdn",
    "dns",
    "web-server",
    "app-server",
    "cache",
    "queue",
    "worker",
    "sql-database",
    "nosql-database",
    "search",
    "object-storage",
    "external-service",
];

/// Plans as people draw them: up to eight components in layers, some hosted, with any redundancy.
fn plans() -> impl Strategy<Value = Plan> {
    let hosting = select(vec![
        "",
        "kind=paas",
        "kind=vps offer=hetzner-cx33",
        "kind=iaas offer=aws-m5-large",
    ]);
    let redundancy = select(vec!["", "redundancy=all", "redundancy=primary-replica"]);
    let part = (
        select(TYPES),
        1..4_usize,
        1..60_u32,
        hosting,
        redundancy,
        0.1..3.0_f64,
    );
    (prop::collection::vec(part, 1..8), 1..120_u32).prop_map(|(parts, rps)| {
        let mut text = format!("users[rps={rps}]");
        for (index, (kind, instances, millis, hosting, redundancy, calls)) in parts.into_iter().enumerate() {
            let _ = write!(
                text,
                " -[calls={calls:.2}]-> c{index}:{kind}*{instances}[service_time_ms={millis} {hosting} {redundancy}]"
            );
        }
        sketch(&text).unwrap_or_else(|error| panic!("{text}: {error}"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_plan_can_be_had_four_ways(plan in plans()) {
        check(&plan);
    }

    #[test]
    fn the_order_of_the_file_does_not_matter(plan in plans()) {
        let mut reversed = plan.clone();
        reversed.components.reverse();
        reversed.connections.reverse();
        let (ways, others) = (check(&plan), check(&reversed));
        for (way, other) in ways.iter().zip(&others) {
            prop_assert_eq!(picks(way), picks(other));
            prop_assert_eq!(&way.provider, &other.provider);
        }
    }
}
