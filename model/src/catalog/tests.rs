//! What every provider file must hold, and how a broken one is refused.

use super::*;
use crate::units::{Gigabytes, Money};

/// A provider with one machine, one managed service, one volume and egress, all in order.
const GOOD: &str = r#"{
  "id": "acme",
  "name": "Acme",
  "egress": {"tiers": [{"up_to_gb": 100, "per_gb": 0.2}, {"per_gb": 0.1}], "currency": "EUR", "source": ["list"], "date": "2026", "confidence": "high"},
  "sources": {
    "list": {"title": "Price list", "where": "acme.example/prices", "date": "2026-01"}
  },
  "storage": [
    {"id": "acme-disk", "name": "Disk", "disk": "network", "price": {"per_gb_month": 0.1, "currency": "EUR"}, "source": ["list"], "date": "2026-01", "confidence": "high"}
  ],
  "offers": [
    {"id": "acme-s", "name": "Acme S", "kind": "vps", "vcpu": 1, "price": {"month": 9.99, "currency": "EUR"}, "billing": "hourly", "interface": "open_standard", "source": ["list"], "date": "2026-01-31", "confidence": "high"},
    {"id": "acme-db", "name": "Acme DB", "kind": "paas", "component_types": ["sql_database"], "interface": "open_source_managed", "source": ["list"], "date": "2026-01", "confidence": "low"}
  ],
  "extras": [
    {"id": "acme-nat", "name": "Gateway", "per": "zone", "price": {"month": 30, "currency": "USD"}, "source": ["list"], "date": "2026-01", "confidence": "high"}
  ],
  "support": {"repair_hours": 4, "source": ["list"], "date": "2026-01", "confidence": "low"},
  "history": [
    {"date": "2025-05", "what": "Opened.", "source": ["list"]}
  ],
  "price_history": [
    {"what": "S for a month", "offer": "acme-s", "currency": "EUR", "points": [{"date": "2024", "amount": 8}, {"date": "2026-01", "amount": 9.99}], "source": ["list"]}
  ]
}"#;

const RATES: File = (
    "assets/catalogue.json",
    r#"{"version": "2026-02-01", "currency": "USD", "rates": [
  {"currency": "EUR", "rate": 1.1133, "title": "t", "where": "w", "date": "2026-01-31", "confidence": "high"}
]}"#,
);

fn load(text: &str) -> Result<Catalog, CatalogError> {
    Catalog::from_files(RATES, &[("assets/providers/acme.json", text)])
}

fn offers(catalog: &Catalog) -> impl Iterator<Item = &Offer> {
    catalog
        .providers
        .iter()
        .flat_map(|provider| &provider.offers)
}

fn month(catalog: &Catalog, id: &str) -> Option<f64> {
    let price = catalog.offer(id).expect(id).price.as_ref()?;
    price.month.map(|month| month.0)
}

#[test]
fn every_embedded_file_is_valid_and_stands_where_the_user_sees_it() {
    let catalog = Catalog::from_files(HEADER, PROVIDERS).map_err(|e| e.to_string());
    let catalog = catalog.unwrap();
    assert_eq!(catalog.providers.len(), PROVIDERS.len());
    for (provider, (path, _)) in catalog.providers.iter().zip(PROVIDERS) {
        assert_eq!(*path, format!("assets/providers/{}.json", provider.id));
        let has_something = !provider.offers.is_empty() || !provider.history.is_empty();
        assert!(has_something, "{}", provider.id);
    }
    assert_eq!(catalog, Catalog::embedded());
}

#[test]
fn every_provider_file_is_in_the_list() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/providers");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let mut listed: Vec<String> = PROVIDERS
        .iter()
        .map(|(path, _)| path.trim_start_matches("assets/providers/").to_owned())
        .collect();
    files.sort();
    listed.sort();
    assert_eq!(files, listed);
}

#[test]
fn every_field_in_use_is_documented() {
    let manual = include_str!("../../../docs/catalogue.md");
    for (path, text) in PROVIDERS.iter().chain([&HEADER]) {
        let mut values = vec![serde_json::from_str::<serde_json::Value>(text).unwrap()];
        while let Some(value) = values.pop() {
            match value {
                serde_json::Value::Object(mut fields) => {
                    // The keys of sources are names, not fields.
                    if let Some(serde_json::Value::Object(sources)) = fields.remove("sources") {
                        values.extend(sources.into_iter().map(|(_, source)| source));
                    }
                    for (field, value) in fields {
                        assert!(manual.contains(&format!("`{field}`")), "{path}: {field}");
                        values.push(value);
                    }
                }
                serde_json::Value::Array(items) => values.extend(items),
                _ => {}
            }
        }
    }
}

#[test]
fn every_offer_can_be_found_with_its_provider_and_its_sources() {
    let catalog = Catalog::embedded();
    for offer in offers(&catalog) {
        assert_eq!(catalog.offer(&offer.id), Some(offer));
        let provider = catalog.provider_of(offer).expect(&offer.id);
        assert!(provider.offers.contains(offer));
        assert_eq!(
            catalog.sources_of(offer).count(),
            offer.source.len(),
            "{}",
            offer.id
        );
        assert!(!offer.component_types.is_empty(), "{}", offer.id);
    }
    assert_eq!(catalog.offer("no-such-offer"), None);
}

#[test]
fn published_prices_are_those_of_the_lists() {
    let catalog = Catalog::embedded();
    for (id, expected) in [
        ("hetzner-ccx13", Some(47.86)),
        ("hetzner-cx33", Some(7.23)),
        ("hetzner-cpx12", Some(12.79)),
        ("hetzner-cx22-2024", Some(3.67)),
        ("hetzner-cx23", None),
        ("linode-nanode-1", Some(5.0)),
        ("do-s-2vcpu-4gb", Some(24.0)),
        ("aws-m5-large", Some(70.08)),
        ("aws-t3-nano", Some(3.8)),
        ("aws-m6a-large-eu", Some(75.55)),
        ("aws-rds-t3-small", Some(24.82)),
        ("aws-rds-t3-small-multiaz", Some(49.64)),
        ("aws-s3", None),
        ("gcp-e2-standard-2-eu", Some(63.02)),
        ("heroku-standard-1x", Some(25.0)),
        ("self-postgresql", Some(0.0)),
        ("vultr-vbm-4c-32gb", Some(120.0)),
        ("ovh-b3-8", Some(41.62)),
        ("ovh-d2-2", None),
        ("scw-dev1-s", Some(7.15)),
        ("upcloud-premium-4xcpu-16gb", Some(102.42)),
        ("azure-d2a-v4-eu", Some(74.37)),
        ("rackspace-performance1-8", Some(233.6)),
        ("packet-type1", Some(250.0)),
        ("dotcloud-1gb", Some(120.0)),
        ("gondor-app", None),
        ("render-free", Some(0.0)),
        ("neon-launch", Some(77.38)),
    ] {
        assert_eq!(month(&catalog, id), expected, "{id}");
    }
    let own = catalog.offer("own-tower-2026").unwrap();
    let listed = own.list_price.as_ref().unwrap();
    assert_eq!(listed.upfront, Some(Money(4000.0)));
    assert_eq!(listed.currency, "CAD");
    let queue = catalog.offer("aws-sqs").unwrap().price.as_ref().unwrap();
    assert_eq!(queue.per_million_requests, Some(Money(0.4)));
}

#[test]
fn what_costs_nothing_is_open_software_or_says_so() {
    for offer in offers(&Catalog::embedded()) {
        let month = offer.price.as_ref().and_then(|price| price.month);
        let free = month == Some(Money(0.0));
        let open = offer.kind == OfferKind::Software && offer.proprietary.is_empty();
        let called_free = offer.name.ends_with(" free");
        assert_eq!(free, open || called_free, "{}", offer.id);
        let zero = |amount: Option<Money>| amount == Some(Money(0.0));
        let price = offer.price.as_ref();
        // Egress that costs nothing is a promise of its own; nothing else by use is.
        let by_use = price.into_iter().flat_map(Price::charges);
        let mut by_use = by_use.filter(|(name, _)| !["month", "per_gb_out"].contains(name));
        assert!(!by_use.any(|(_, amount)| zero(amount)), "{}", offer.id);
    }
}

#[test]
fn machines_cost_what_machines_cost() {
    let within = |value: f64, low: f64, high: f64| (low..=high).contains(&value);
    for offer in offers(&Catalog::embedded()).filter(|offer| offer.kind.is_machine()) {
        let Some(month) = offer.price.as_ref().and_then(|price| price.month) else {
            continue;
        };
        if let Some(vcpu) = offer.vcpu {
            let per_vcpu = month.0 / vcpu;
            assert!(within(per_vcpu, 0.1, 100.0), "{}: {per_vcpu}", offer.id);
        }
        if let Some(memory) = offer.memory_gib {
            let per_gib = month.0 / memory;
            assert!(within(per_gib, 0.1, 60.0), "{}: {per_gib}", offer.id);
        }
    }
}

#[test]
fn a_month_costs_its_hours_and_never_more() {
    for offer in offers(&Catalog::embedded()) {
        let price = offer
            .price
            .iter()
            .find_map(|price| price.month.zip(price.per_hour));
        if let Some((month, hour)) = price {
            let hours = month.0 / hour.0;
            assert!(
                (600.0..=731.0).contains(&hours),
                "{}: {hours} hours",
                offer.id
            );
        }
    }
}

#[test]
fn offers_are_found_by_type_and_kind_in_the_order_of_the_files() {
    let catalog = load(GOOD).unwrap();
    let found = |component_type, kind| -> Vec<&str> {
        catalog
            .offers_for(component_type, kind)
            .map(|offer| offer.id.as_str())
            .collect()
    };
    assert_eq!(found("sql_database", OfferKind::Vps), ["acme-s"]);
    assert_eq!(found("sql_database", OfferKind::Paas), ["acme-db"]);
    assert!(found("client", OfferKind::Vps).is_empty());
    assert!(found("cdn", OfferKind::Vps).is_empty());
}

#[test]
fn prices_are_converted_and_the_published_ones_kept() {
    let catalog = load(GOOD).unwrap();
    let offer = catalog.offer("acme-s").unwrap();
    let [listed, price] = [&offer.list_price, &offer.price].map(|price| price.as_ref().unwrap());
    assert_eq!(listed.month, Some(Money(9.99)));
    assert_eq!(price.month, Some(Money(11.12)));
    assert_eq!(price.currency, "USD");
    let provider = catalog.provider("acme").unwrap();
    let cost = provider
        .egress
        .as_ref()
        .unwrap()
        .month_cost(Gigabytes(150.0));
    assert!((cost.0 - 25.0 * 1.1133).abs() < 1e-9);
    assert_eq!(catalog.offer("acme-db").unwrap().price, None);
}

#[test]
fn the_age_of_a_price_is_never_understated() {
    let catalog = load(GOOD).unwrap();
    let today = Date::parse("2026-02-10").unwrap();
    let age = |id: &str| catalog.offer(id).unwrap().price_age_days(today);
    assert_eq!(age("acme-s"), 10);
    assert_eq!(age("acme-db"), 40);
    let before = Date::parse("2025").unwrap();
    assert_eq!(catalog.offer("acme-s").unwrap().price_age_days(before), 0);
}

/// Infracost's recorded bill for 157,000 GB out of eu-central-1 and for Cloud Storage to the world.
#[test]
fn egress_is_charged_by_tier() {
    let catalog = Catalog::embedded();
    let cost = |id: &str, gb: f64| {
        let egress = catalog.provider(id).unwrap().egress.as_ref().unwrap();
        egress.month_cost(Gigabytes(gb + egress.included_gb)).0
    };
    for (id, gb, expected) in [
        ("aws", 0.0, 0.0),
        ("aws", 10_240.0, 921.60),
        ("aws", 157_000.0, 921.60 + 3481.60 + 7168.0 + 170.0),
        ("gcp", 1024.0 + 9216.0 + 2260.0, 122.88 + 1013.76 + 180.80),
    ] {
        assert!((cost(id, gb) - expected).abs() < 1e-6, "{id}: {gb} GB");
    }
    let aws = catalog.provider("aws").unwrap().egress.as_ref().unwrap();
    assert_eq!(aws.month_cost(Gigabytes(100.0)), Money(0.0));
}

/// Infracost's recorded prices of 100 GB of EBS.
#[test]
fn volumes_charge_for_operations_beyond_those_included() {
    let catalog = Catalog::embedded();
    let aws = catalog.provider("aws").unwrap();
    for (id, iops, expected) in [
        ("aws-ebs-gp3", 3000.0, 8.0),
        ("aws-ebs-gp3", 4000.0, 13.0),
        ("aws-ebs-gp2", 300.0, 10.0),
        ("aws-ebs-standard", 100.0, 5.0),
        ("aws-ebs-io2", 3000.0, 207.5),
        ("aws-ebs-io2", 10_000.0, 662.5),
    ] {
        let volume = aws.storage.iter().find(|volume| volume.id == id).unwrap();
        let cost = volume.month_cost(Gigabytes(100.0), iops).unwrap();
        assert!(
            (cost.0 - expected).abs() < 1e-9,
            "{id} with {iops}: {cost:?}"
        );
    }
    let named = |disk| aws.volume(disk).map(|volume| volume.id.as_str());
    assert_eq!(named(crate::plan::Disk::Network), Some("aws-ebs-gp3"));
    assert_eq!(named(crate::plan::Disk::Provisioned), Some("aws-ebs-io2"));
}

/// What stands in [`GOOD`], what takes its place, the line of the error, a part of its text.
type Fault = (&'static str, &'static str, usize, &'static str);

fn check(faults: &[Fault]) {
    for &(good, bad, line, message) in faults {
        assert_eq!(GOOD.matches(good).count(), 1, "{good} names one place");
        let error = load(&GOOD.replace(good, bad)).expect_err(bad);
        let text = error.to_string();
        assert!(text.contains(message), "{bad}: {text}");
        assert_eq!(error.line, line, "{text}");
        assert_eq!(error.file, "assets/providers/acme.json");
    }
}

#[test]
fn a_wrong_field_is_named_with_its_line() {
    check(&[
        (
            r#""name": "Acme","#,
            r#""name": "Acme""#,
            4,
            "expected `,` or `}`",
        ),
        (r#""vcpu": 1"#, r#""vcpus": 1"#, 12, "unknown field `vcpus`"),
        (
            r#""vcpu": 1"#,
            r#""vcpu": 0"#,
            12,
            "vcpu of acme-s is above 0",
        ),
        (
            r#""month": 9.99"#,
            r#""month": -1"#,
            12,
            "month of acme-s is below 0",
        ),
        (r#""month": 9.99, "#, "", 12, "has a currency only"),
        (
            r#""month": 9.99"#,
            r#""month": 9.99, "commitments": [{"months": 12, "month": -5}]"#,
            12,
            "A commitment of acme-s has months of 1 and more",
        ),
        (
            r#"9.99, "currency": "EUR""#,
            r#"9.99, "currency": "CHF""#,
            12,
            "no rate for the currency \"CHF\"",
        ),
        (
            r#""kind": "vps""#,
            r#""kind": "server""#,
            12,
            "unknown variant `server`",
        ),
        (
            r#"["sql_database"]"#,
            r#"["sql_base"]"#,
            13,
            "\"sql_base\" is no component type",
        ),
        (
            r#"["sql_database"]"#,
            r#"["client"]"#,
            13,
            "\"client\" is no component type",
        ),
        (
            r#""component_types": ["sql_database"], "#,
            "",
            13,
            "what runs on it",
        ),
        (
            r#""up_to_gb": 100, "#,
            "",
            4,
            "only the last has no up_to_gb",
        ),
        (
            r#"{"per_gb": 0.1}"#,
            r#"{"up_to_gb": 200, "per_gb": 0.1}"#,
            4,
            "Egress tiers go upwards",
        ),
        (
            r#""up_to_gb": 100"#,
            r#""up_to_gb": 0"#,
            4,
            "Egress tiers go upwards",
        ),
    ]);
}

#[test]
fn a_figure_without_origin_is_named_with_its_line() {
    check(&[
        (
            r#""source": ["list"], "date": "2026-01-31""#,
            r#""date": "2026-01-31""#,
            12,
            "missing field `source`",
        ),
        (
            r#"0.1, "currency": "EUR"}, "source": ["list"]"#,
            r#"0.1, "currency": "EUR"}, "source": []"#,
            9,
            "acme-disk names no source",
        ),
        (
            r#"["list"], "date": "2026-01-31""#,
            r#"[], "date": "2026-01-31""#,
            12,
            "names no source",
        ),
        (
            r#"["list"], "date": "2026-01-31""#,
            r#"["l"], "date": "2026-01-31""#,
            12,
            "which sources does not list",
        ),
        (
            r#""date": "2026-01-31""#,
            r#""date": "31.1.2026""#,
            12,
            "write 2026-10-28, 2026-10 or 2026",
        ),
        (
            r#""date": "2026-01-31""#,
            r#""date": "2026-02-02""#,
            12,
            "after the catalogue's own date",
        ),
        (
            r#""sources": {"#,
            "\"sources\": {\n\"old\": {\"title\": \"t\", \"where\": \"w\", \"date\": \"2020\"},",
            6,
            "Nothing uses the source \"old\"",
        ),
    ]);
}

#[test]
fn a_price_out_of_all_proportion_is_a_slip_of_the_unit() {
    check(&[
        (
            r#""month": 9.99"#,
            r#""month": 999"#,
            12,
            "month per vCPU of acme-s is 1112.19",
        ),
        (
            r#""month": 9.99"#,
            r#""month": 9.99, "per_hour": 9.99"#,
            12,
            "month per hour of acme-s",
        ),
        (
            r#""month": 9.99"#,
            r#""month": 9.99, "per_gb_out": 10"#,
            12,
            "per_gb_out of acme-s is 11.13",
        ),
        (
            r#""month": 9.99"#,
            r#""month": 9.99, "per_tb": 10"#,
            12,
            "unknown field `per_tb`",
        ),
    ]);
}

#[test]
fn what_happened_and_what_is_charged_beside_has_an_origin_too() {
    check(&[
        (
            r#""2025-05", "what": "Opened.", "source": ["list"]"#,
            r#""2025-05", "what": "Opened.", "source": ["press"]"#,
            2,
            "names the source \"press\"",
        ),
        (
            r#""repair_hours": 4"#,
            r#""repair_hours": 0"#,
            2,
            "repair_hours of acme is above 0",
        ),
        (
            r#""month": 30"#,
            r#""month": -30"#,
            16,
            "month of acme-nat is below 0",
        ),
        (
            r#""per": "zone""#,
            r#""per": "cluster""#,
            16,
            "unknown variant `cluster`",
        ),
        (
            r#""id": "acme-nat""#,
            r#""id": "acme-s""#,
            12,
            "is taken already",
        ),
        (
            r#""offer": "acme-s""#,
            r#""offer": "acme-x""#,
            23,
            "is not in this file",
        ),
        (
            r#"{"date": "2024", "amount": 8}"#,
            r#"{"date": "2026-01-30", "amount": 8}"#,
            23,
            "from old to new",
        ),
        (
            r#""amount": 8}"#,
            r#""amount": -8}"#,
            23,
            "an amount below 0",
        ),
        (
            r#""amount": 9.99}], "source": ["list"]"#,
            r#""amount": 9.99}], "source": []"#,
            23,
            "needs points and a source",
        ),
        (
            r#""where": "acme.example/prices", "date": "2026-01"}"#,
            r#""where": "acme.example/prices", "date": "2026-03"}"#,
            6,
            "dated after the catalogue",
        ),
    ]);
}

#[test]
fn all_files_in_one_are_the_same_catalogue() {
    let bundle = Catalog::bundle(HEADER, PROVIDERS).unwrap();
    let loaded = Catalog::from_bundle(("catalogue.json", &bundle)).unwrap();
    assert_eq!(loaded, Catalog::embedded());
    let broken = bundle.replace("\"per_gb_month\":0.08", "\"per_gb_month\":-0.08");
    let error = Catalog::from_bundle(("catalogue.json", &broken)).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("per_gb_month of aws-ebs-gp3 is below 0"),
        "{error}"
    );
}

#[test]
fn the_platforms_of_the_past_can_be_chosen_and_tell_their_story() {
    let catalog = Catalog::embedded();
    for id in [
        "gondor",
        "dotcloud",
        "stackato",
        "packet",
        "rackspace",
        "prgmr",
        "heroku",
    ] {
        let provider = catalog.provider(id).unwrap();
        assert_ne!(provider.status, Status::Active, "{id}");
        assert!(
            provider.note.is_some() && !provider.offers.is_empty(),
            "{id}"
        );
        assert!(!provider.exit_options.is_empty(), "{id}");
    }
}

#[test]
fn an_id_is_a_slug_of_its_own() {
    check(&[
        (
            r#""id": "acme-db""#,
            r#""id": "acme-s""#,
            12,
            "is taken already",
        ),
        (
            r#""id": "acme-db""#,
            r#""id": "acme_db""#,
            13,
            "letters a to z, digits and dashes",
        ),
        (
            r#""id": "acme","#,
            r#""id": "acne","#,
            2,
            "not the name of the file",
        ),
    ]);
}
