//! What holds for the bill of every plan, and what each boundary and tariff costs in small plans.
#![expect(
    clippy::unwrap_used,
    reason = "a sketch that cannot be read is a failed test"
)]

use std::rc::Rc;

use model::catalog::{Catalog, Commitment, Price};
use model::evaluate::{ChargeKind, Evaluation, LineItem, evaluate};
use model::plan::sketch::sketch;
use model::plan::{Burst, Extra, Hosting, Id, Place, PlaceKind, Plan, Site};
use model::units::{Gigabytes, Money};
use proptest::prelude::*;

fn of(plan: &Plan) -> Evaluation {
    evaluate(plan, &Catalog::embedded(), None)
}

fn lines(evaluation: &Evaluation) -> impl Iterator<Item = (&Id, &LineItem)> {
    let components = evaluation.components.iter();
    components.flat_map(|(id, component)| component.line_items.iter().map(move |line| (id, line)))
}

/// What a component pays a month for one kind of charge, over a connection or by itself.
fn pays(evaluation: &Evaluation, component: &str, charge: ChargeKind) -> f64 {
    lines(evaluation)
        .filter(|(id, line)| id.as_str() == component && line.charge == charge)
        .map(|(_, line)| line.month.0)
        .sum()
}

fn near(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() <= 1e-9 * expected.abs().max(1.0),
        "{found}, not {expected}"
    );
}

/// The plan with its components in places of these kinds, each named after its kind and number.
fn placed(mut plan: Plan, places: &[(&str, PlaceKind)], stands: &[(&str, &str)]) -> Plan {
    for (id, kind) in places {
        plan.places.push(Rc::new(Place::new(Id::from(*id), *kind)));
    }
    for component in &mut plan.components {
        let places = stands.iter().filter(|(id, _)| component.id == **id);
        let placement: Vec<Id> = places.map(|(_, place)| Id::from(*place)).collect();
        if !placement.is_empty() {
            Rc::make_mut(component).placement = placement;
        }
    }
    plan
}

/// 1,000 requests a second that each fetch 1,000 bytes from a database: 2,628 GB a month.
const GIGABYTES: f64 = 2628.0;

fn app_and_database() -> Plan {
    let mut plan = sketch(
        "users[rps=1000 response_bytes=0] -> app[offer=aws-m5-large] -> db[offer=aws-m5-large]",
    )
    .unwrap();
    let connection = plan.connections.last_mut().map(Rc::make_mut).unwrap();
    connection.request_bytes = Some(0.0);
    connection.response_bytes = Some(1000.0);
    let journeys = plan.journeys.iter_mut();
    for journey in journeys.map(Rc::make_mut) {
        journey.request_bytes = Some(0.0);
        journey.response_bytes = Some(0.0);
    }
    plan
}

#[test]
fn traffic_between_zones_costs_at_both_ends() {
    let zones = [("a", PlaceKind::Zone), ("b", PlaceKind::Zone)];
    for (stands, share) in [
        (vec![("app", "a"), ("db", "b")], 1.0),
        (vec![("app", "a"), ("db", "a")], 0.0),
        (vec![("app", "a")], 0.0),
    ] {
        let evaluation = of(&placed(app_and_database(), &zones, &stands));
        for end in ["app", "db"] {
            near(
                pays(&evaluation, end, ChargeKind::BetweenZones),
                GIGABYTES * share * 0.01,
            );
        }
    }
}

#[test]
fn instances_in_two_zones_cross_half_of_the_time() {
    let zones = [("a", PlaceKind::Zone), ("b", PlaceKind::Zone)];
    let mut plan = app_and_database();
    for component in plan.components.iter_mut().map(Rc::make_mut) {
        if component.id == *"app" {
            component.instances = Some(2.0);
        }
    }
    let evaluation = of(&placed(
        plan,
        &zones,
        &[("app", "a"), ("app", "b"), ("db", "b")],
    ));
    near(
        pays(&evaluation, "db", ChargeKind::BetweenZones),
        GIGABYTES * 0.5 * 0.01,
    );
}

#[test]
fn traffic_between_regions_costs_where_it_leaves() {
    let regions = [("eu", PlaceKind::Region), ("us", PlaceKind::Region)];
    let plan = placed(app_and_database(), &regions, &[("app", "eu"), ("db", "us")]);
    let between = |price| {
        let mut catalog = Catalog::embedded();
        let aws = catalog.providers.iter_mut().find(|one| one.id == "aws");
        let egress = aws.and_then(|aws| aws.egress.as_mut()).unwrap();
        egress.per_gb_between_regions = price;
        evaluate(&plan, &catalog, None)
    };
    let known = between(Some(Money(0.02)));
    near(
        pays(&known, "db", ChargeKind::BetweenRegions),
        GIGABYTES * 0.02,
    );
    near(pays(&known, "app", ChargeKind::BetweenRegions), 0.0);

    let unknown = between(None);
    let db = &unknown.components[&Id::from("db")];
    assert_eq!(db.missing_prices.len(), 1);
    assert_eq!(db.missing_prices[0].charge, ChargeKind::BetweenRegions);
    assert_eq!(db.cost_month, None);
    assert!(db.cost_known_month.0 > 0.0);
    assert_eq!(unknown.totals.not_priced, 1);
    assert_eq!(unknown.bill.not_priced, 1);
}

/// The bill of one machine whose price and plan are changed.
fn of_machine(
    price: impl FnOnce(&mut Price),
    hosting: impl FnOnce(&mut Hosting),
    instances: f64,
) -> Evaluation {
    let mut catalog = Catalog::embedded();
    let mut offers = catalog.providers.iter_mut().flat_map(|one| &mut one.offers);
    let offer = offers
        .find(|offer| offer.id == "linode-dedicated-2")
        .unwrap();
    price(offer.price.as_mut().unwrap());
    let mut plan = sketch("users[rps=1] -> app[offer=linode-dedicated-2]").unwrap();
    let app = plan.components.last_mut().map(Rc::make_mut).unwrap();
    app.instances = Some(instances);
    hosting(app.hosting.as_mut().unwrap());
    evaluate(&plan, &catalog, None)
}

#[test]
fn a_commitment_takes_the_place_of_the_monthly_price() {
    let year = |month, upfront| Commitment {
        months: 12.0,
        month,
        upfront,
    };
    let with = |commitment, months| {
        of_machine(
            |price| price.commitments = vec![commitment],
            |hosting| hosting.commitment = Some(months),
            2.0,
        )
    };
    let monthly = with(year(Some(Money(25.0)), None), 12.0);
    near(pays(&monthly, "app", ChargeKind::Committed), 50.0);
    near(monthly.totals.cost_month.0, 50.0);

    let advance = with(year(Some(Money(10.0)), Some(Money(120.0))), 24.0);
    near(advance.totals.cost_month.0, 2.0 * (10.0 + 10.0));
    near(advance.totals.cost_upfront.0, 240.0);
    near(advance.bill.paid_month.0, 20.0);

    let too_short = with(year(Some(Money(25.0)), None), 6.0);
    near(pays(&too_short, "app", ChargeKind::Committed), 0.0);
    near(too_short.totals.cost_month.0, 72.0);
}

#[test]
fn published_commitments_cost_what_is_published() {
    for (offer, months, expected) in [
        ("aws-t3-medium", 0, 30.37),
        ("aws-t3-medium", 12, 19.05),
        ("aws-t3-medium", 24, 19.05),
        ("aws-t3-medium", 36, 13.14),
        ("fly-shared-1x-256", 12, 13.97 / 12.0),
    ] {
        let text = format!("users[rps=0] -> app[offer={offer} commitment={months}]");
        let evaluation = of(&sketch(&text).unwrap());
        near(evaluation.totals.cost_month.0, expected);
    }
}

#[test]
fn a_disk_of_the_provider_is_chosen_by_its_name_and_bought_faster() {
    let db = |options: &str| {
        let text = format!("users[rps=0] -> db[offer=aws-m5-large data_gb=100 volume={options}]");
        let evaluation = of(&sketch(&text).unwrap());
        let disk = evaluation.components[&Id::from("db")].disk;
        let disk = disk.unwrap();
        (
            evaluation.totals.cost_month.0 - 70.08,
            disk.operations_per_second.value,
            disk.bytes_per_second.unwrap() / 1_048_576.0,
        )
    };
    for (options, month, operations, mebibytes) in [
        ("aws-ebs-gp3", 8.0, 3000.0, 125.0),
        ("aws-ebs-gp3 throughput_mib_s=250", 8.0 + 5.0, 3000.0, 250.0),
        ("aws-ebs-gp3 throughput_mib_s=100", 8.0, 3000.0, 100.0),
        (
            "aws-ebs-gp3 throughput_mib_s=9999",
            8.0 + 35.0,
            3000.0,
            1000.0,
        ),
        ("aws-ebs-gp2", 10.0, 3000.0, 128.0),
        ("aws-ebs-standard", 5.0, 100.0, 40.0),
        ("aws-ebs-st1", 4.5, 500.0, 500.0),
    ] {
        let found = db(options);
        near(found.0, month);
        near(found.1, operations);
        near(found.2, mebibytes);
    }
}

#[test]
fn speed_that_a_disk_is_not_sold_with_is_not_priced() {
    let text =
        "users -> db[offer=aws-m5-large data_gb=100 volume=aws-ebs-gp2 throughput_mib_s=200]";
    let evaluation = of(&sketch(text).unwrap());
    assert_eq!(evaluation.bill.not_priced, 1);
}

#[test]
fn what_the_provider_does_not_sell_is_named_and_not_counted() {
    let text = "users[rps=0] -> db[offer=aws-m5-large data_gb=100 volume=hetzner-volume with=fly-ipv4+aws-ipv4]";
    let evaluation = of(&sketch(text).unwrap());
    let fields: Vec<&str> = evaluation
        .problems
        .iter()
        .filter(|problem| problem.id == "not-sold")
        .map(|problem| problem.field)
        .collect();
    assert_eq!(fields, ["volume", "with"]);
    near(evaluation.totals.cost_month.0, 70.08 + 8.0 + 3.65);
}

/// 2,628 GB a month are fetched from outside.
#[test]
fn a_gateway_is_shared_in_its_zone_and_takes_what_is_fetched_from_outside() {
    let sketched = |app: &str| {
        let text = format!(
            "users[rps=1000 response_bytes=0] -> app*{app}[offer=aws-m5-large with=aws-nat] -> pay:external-service\napp -> jobs:worker[offer=aws-m5-large with=aws-nat]"
        );
        let mut plan = sketch(&text).unwrap();
        for connection in plan.connections.iter_mut().map(Rc::make_mut) {
            let is_out = connection.to == "pay";
            connection.request_bytes = Some(0.0);
            connection.response_bytes = Some(if is_out { 1000.0 } else { 0.0 });
        }
        plan
    };
    let month = 32.85;
    let together = of(&sketched("3"));
    near(pays(&together, "app", ChargeKind::Beside), month * 0.75);
    near(pays(&together, "jobs", ChargeKind::Beside), month * 0.25);
    near(
        pays(&together, "app", ChargeKind::Processed),
        GIGABYTES * 0.045,
    );
    near(pays(&together, "jobs", ChargeKind::Processed), 0.0);

    let zones = [("a", PlaceKind::Zone), ("b", PlaceKind::Zone)];
    let stands = [("app", "a"), ("app", "b"), ("jobs", "b")];
    let apart = of(&placed(sketched("2"), &zones, &stands));
    near(pays(&apart, "app", ChargeKind::Beside), month * 1.5);
    near(pays(&apart, "jobs", ChargeKind::Beside), month * 0.5);
}

#[test]
fn addresses_are_counted_by_instance_or_component_and_clusters_by_region() {
    for (offer, with, each) in [
        ("aws-m5-large", "aws-ipv4", 3.0 * 3.65),
        ("aws-m5-large", "aws-eks", 73.0),
        ("fly-shared-1x-256", "fly-ipv4", 2.0),
        ("fly-shared-1x-256", "fly-k8s", 75.0),
    ] {
        let text = format!("users[rps=0] -> app*3[offer={offer} with={with}]");
        let evaluation = of(&sketch(&text).unwrap());
        near(pays(&evaluation, "app", ChargeKind::Beside), each);
    }
}

#[test]
fn extra_instances_cost_their_hours_but_no_more_than_a_month() {
    let burst = |hours| Extra {
        burst: Some(Burst {
            instances: 3.0,
            hours_month: hours,
            ..Burst::default()
        }),
        ..Extra::default()
    };
    for (hours, expected) in [(0.0, 0.0), (100.0, 3.0 * 10.0), (730.0, 3.0 * 36.0)] {
        let evaluation = of_machine(
            |price| price.per_hour = Some(Money(0.1)),
            |hosting| hosting.extra = Some(burst(hours)),
            1.0,
        );
        near(pays(&evaluation, "app", ChargeKind::Burst), expected);
    }
}

#[test]
fn a_price_that_the_plan_keeps_is_for_the_month_and_use_is_charged_beside_it() {
    let mut plan =
        sketch("users[rps=100] -> lb[offer=aws-alb] -> app[offer=aws-m5-large]").unwrap();
    let listed = of(&plan);
    let stamp = plan.catalogue.get_or_insert_default();
    stamp.prices.insert("aws-alb".to_owned(), 99.0.into());
    let kept = of(&plan);
    near(pays(&kept, "lb", ChargeKind::Instances), 99.0);
    let units = pays(&listed, "lb", ChargeKind::CapacityUnits);
    assert!(units > 0.0);
    near(pays(&kept, "lb", ChargeKind::CapacityUnits), units);
}

#[test]
fn backups_and_the_least_of_a_month_are_charged() {
    let evaluation = of_machine(
        |price| {
            price.backup_month = Some(Money(5.0));
            price.minimum_month = Some(Money(100.0));
        },
        |hosting| hosting.backup_interval_hours = Some(24.0),
        2.0,
    );
    near(pays(&evaluation, "app", ChargeKind::Backups), 10.0);
    near(pays(&evaluation, "app", ChargeKind::Minimum), 18.0);
    near(evaluation.totals.cost_month.0, 100.0);
}

#[test]
fn what_goes_to_another_provider_leaves_through_the_internet() {
    let mut plan = app_and_database();
    for component in plan.components.iter_mut().map(Rc::make_mut) {
        if component.id == *"app" {
            let hosting = component.hosting.as_mut().unwrap();
            hosting.offer = Some("linode-dedicated-2".to_owned());
        }
    }
    let evaluation = of(&plan);
    let catalog = Catalog::embedded();
    let egress = catalog.provider("aws").unwrap().egress.as_ref().unwrap();
    near(
        pays(&evaluation, "db", ChargeKind::ToProvider),
        egress.month_cost(Gigabytes(GIGABYTES)).0,
    );
    near(pays(&evaluation, "app", ChargeKind::ToProvider), 0.0);
}

#[test]
fn reads_and_writes_are_charged_as_callers_state_them() {
    let mut plan =
        sketch("users[rps=1000] -> app[offer=aws-m5-large] -> files:object-storage[offer=aws-s3]")
            .unwrap();
    let connection = plan.connections.last_mut().map(Rc::make_mut).unwrap();
    connection.reads = Some(2.0);
    connection.writes = Some(0.5);
    let evaluation = of(&plan);
    near(
        pays(&evaluation, "files", ChargeKind::Reads),
        2.0 * 2628.0 * 0.4,
    );
    near(
        pays(&evaluation, "files", ChargeKind::Writes),
        0.5 * 2628.0 * 5.0,
    );
}

#[test]
fn bought_machines_share_the_line_of_their_site_and_rent_its_room() {
    let plan = sketch("users -> app*2[offer=dell-pe2950-2008] -> db[offer=dell-pe2950-2008]");
    let mut plan = placed(
        plan.unwrap(),
        &[("room", PlaceKind::Site)],
        &[("app", "room"), ("db", "room")],
    );
    for (site, space, line) in [
        (Site::Colocation, 60.0, 50.0 / 3.0),
        (Site::Office, 0.0, 50.0 / 3.0),
        (Site::Home, 0.0, 0.0),
    ] {
        Rc::make_mut(&mut plan.places[0]).site = Some(site);
        let evaluation = of(&plan);
        near(pays(&evaluation, "db", ChargeKind::Space), space);
        near(pays(&evaluation, "db", ChargeKind::Line), line);
        near(pays(&evaluation, "app", ChargeKind::Line), 2.0 * line);
    }
}

/// Plans with offers of every tariff, drawn at random.
fn any_plan() -> impl Strategy<Value = Plan> {
    let offer = || {
        proptest::sample::select(vec![
            "[offer=linode-dedicated-2]",
            "[offer=aws-m5-large data_gb=100]",
            "[offer=dell-pe2950-2008]",
            "[offer=own-tower-2026]",
            "[offer=aws-lambda]",
            "[offer=aws-t3-medium commitment=12 volume=aws-ebs-gp2 data_gb=40 throughput_mib_s=200]",
            "[offer=aws-m5-large with=aws-nat+aws-ipv4 volume=aws-ebs-gp3 data_gb=9 throughput_mib_s=200]",
            "[offer=nobody-sells-this]",
            "[kind=vps]",
            "",
        ])
    };
    let store = proptest::sample::select(vec![
        "files:object-storage[offer=aws-s3 data_gb=500]",
        "files:object-storage[offer=do-spaces data_gb=10]",
        "db[offer=aws-m5-large data_gb=50]",
        "queue[offer=aws-sqs]",
    ]);
    let number = prop_oneof![Just(0.0), Just(1e9), 0.0..1e4_f64];
    (
        offer(),
        offer(),
        store,
        1_usize..5,
        number.clone(),
        number.clone(),
        number,
        0.0..20.0_f64,
    )
        .prop_map(|(web, app, store, count, rate, bytes, back, growth)| {
            let mut plan = sketch(&format!(
                "users[rps={rate} growth={growth}] -> web{web} -> app*{count}{app} -> {store}"
            ))
            .unwrap();
            for connection in plan.connections.iter_mut().map(Rc::make_mut) {
                connection.request_bytes = Some(bytes);
                connection.response_bytes = Some(back);
            }
            let zones = [("a", PlaceKind::Zone), ("b", PlaceKind::Zone)];
            placed(plan, &zones, &[("web", "a"), ("app", "a"), ("app", "b")])
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_bill_is_the_sum_of_its_lines(plan in any_plan()) {
        let evaluation = of(&plan);
        let sum = |amount: fn(&LineItem) -> f64| lines(&evaluation).map(|(_, line)| amount(line)).sum::<f64>();
        let same = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(1.0);
        prop_assert!(same(evaluation.totals.cost_month.0, sum(|line| line.month.0)));
        prop_assert!(same(evaluation.totals.cost_upfront.0, sum(|line| line.upfront.0)));
        for (_, line) in lines(&evaluation) {
            let product = line.pricing_quantity * line.list_unit_price.0;
            prop_assert!(same(line.month.0, product), "{line:?}");
        }
        for component in evaluation.components.values() {
            let lacks = !component.missing_prices.is_empty();
            prop_assert_eq!(lacks, component.cost_month.is_none());
        }
        let lacking = evaluation.components.values().filter(|one| one.cost_month.is_none());
        prop_assert_eq!(lacking.count(), evaluation.totals.not_priced);
    }

    #[test]
    fn nothing_on_a_bill_is_negative_or_beyond_numbers(plan in any_plan()) {
        let evaluation = of(&plan);
        for (_, line) in lines(&evaluation) {
            let numbers = [
                line.pricing_quantity,
                line.list_unit_price.0,
                line.month.0,
                line.paid_month.0,
                line.upfront.0,
            ];
            prop_assert!(numbers.iter().all(|number| number.is_finite() && *number >= 0.0), "{line:?}");
            prop_assert!(line.paid_month.0 <= line.month.0);
            prop_assert!(!line.price.source.is_empty() && !line.formula.to_string().is_empty(), "{line:?}");
        }
    }

    #[test]
    fn the_order_of_the_file_changes_nothing(plan in any_plan()) {
        let mut turned = plan.clone();
        turned.components.reverse();
        turned.connections.reverse();
        turned.places.reverse();
        turned.journeys.reverse();
        let (one, other) = (of(&plan), of(&turned));
        for (id, component) in &one.components {
            let same = &other.components[id];
            let (a, b) = (component.cost_known_month.0, same.cost_known_month.0);
            prop_assert!((a - b).abs() <= 1e-9 * a.abs().max(1.0), "{id}: {a} and {b}");
            prop_assert_eq!(component.line_items.len(), same.line_items.len());
        }
    }
    #[test]
    fn the_months_begin_with_todays_bill_and_grow_with_the_load(plan in any_plan()) {
        let bill = of(&plan).bill;
        let months = &bill.months;
        prop_assert_eq!(months.cash.len(), 37);
        prop_assert_eq!(months.loaded.len(), 37);
        prop_assert_eq!(months.cash[0], bill.upfront);
        let same = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(1.0);
        prop_assert!(same(months.cash[1].0, bill.paid_month.0));
        prop_assert!(months.cash[1..].windows(2).all(|pair| pair[0].0 <= pair[1].0 * (1.0 + 1e-12)));
        prop_assert!(months.loaded.iter().zip(&months.cash).all(|(all, cash)| all.0 >= cash.0 && all.0.is_finite()));
        prop_assert!(months.present_value().0 <= months.total_loaded().0 * (1.0 + 1e-12));
        prop_assert!(months.total_cash().0 <= months.total_loaded().0);
    }
}

#[test]
fn outages_and_work_are_charged_as_the_plan_says() {
    let mut plan =
        sketch("users[rps=10] -> app[offer=linode-dedicated-2 unavailability=0.001]").unwrap();
    for (name, value) in [("outage_cost_hour", 500.0), ("day_rate", 600.0)] {
        let exactly = model::plan::AssumptionValue::Exactly(value);
        plan.assumptions.0.insert(name.to_owned(), exactly);
    }
    let evaluation = of(&plan);
    let bill = &evaluation.bill;
    let down = evaluation.journeys[0].unavailability.0;
    assert!(down >= 0.001);
    near(bill.outage_month.0, down * 8766.0 / 12.0 * 500.0);
    near(bill.work_month.0, evaluation.totals.work_month.0 * 600.0);
    near(bill.requests_month, 10.0 * 730.0 * 3600.0);
    near(
        bill.per_million_requests.unwrap().0,
        evaluation.totals.cost_month.0 / 26.28,
    );
}

#[test]
fn growth_is_followed_month_by_month() {
    let plan = sketch(
        "users[rps=1000 growth=10] -> app[offer=linode-dedicated-2] -> queue[offer=aws-sqs]",
    );
    let months = of(&plan.unwrap()).bill.months;
    let machine = 36.0;
    let first = months.cash[1].0 - machine;
    for month in 1..=36 {
        let factor = 1.1_f64.powi(month - 1);
        near(months.cash[month as usize].0, machine + first * factor);
    }
}
