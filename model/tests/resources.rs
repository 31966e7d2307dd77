//! Known answers for what servers lose to each other and for credit that runs out.
//!
//! `cases/queueing.json` names the source of every number and the tools that computed it independently.
#![expect(
    clippy::unwrap_used,
    reason = "a case that cannot be read is a failed test"
)]

use model::analysis::queueing::scalability::{Fit, Scalability, fit_curve, fit_line};
use model::analysis::queueing::token_bucket::TokenBucket;
use serde_json::Value;

fn cases(kind: &str) -> Vec<Value> {
    let all: Vec<Value> = serde_json::from_str(include_str!("cases/queueing.json")).unwrap();
    let cases: Vec<Value> = all
        .into_iter()
        .filter(|case| case["kind"] == kind)
        .collect();
    assert!(!cases.is_empty(), "no case of kind {kind}");
    cases
}

/// Compares a number with the expected one, within the case's own tolerance.
fn expect(case: &Value, expected: &Value, found: f64) {
    let expected = expected.as_f64().unwrap();
    let tolerance = case["tolerance"]["rel"].as_f64().unwrap();
    assert!(
        (found - expected).abs() <= tolerance * expected.abs(),
        "{}: {found}, not {expected}",
        case["id"]
    );
}

#[test]
fn scalability_of_given_losses() {
    for case in cases("usl_eval") {
        let input = |name: &str| case["inputs"][name].as_f64().unwrap();
        let law = Scalability::new(input("sigma"), input("kappa")).unwrap();
        for (servers, expected) in case["expected"]["x"].as_object().unwrap() {
            let servers = servers.parse().unwrap();
            expect(&case, expected, input("gamma") * law.speedup(servers));
        }
        expect(&case, &case["expected"]["n_max"], law.peak().unwrap());
    }
}

#[test]
fn scalability_of_measurements() {
    for case in cases("usl") {
        let list = |name: &str| case["inputs"][name].as_array().unwrap().clone();
        let measured: Vec<(f64, f64)> = list("n")
            .iter()
            .zip(&list("x"))
            .map(|(n, x)| (n.as_f64().unwrap(), x.as_f64().unwrap()))
            .collect();
        let check = |name: &str, fit: Fit| {
            let expected = &case["expected"][name];
            expect(&case, &expected["gamma"], fit.one_server);
            expect(&case, &expected["sigma"], fit.contention);
            expect(&case, &expected["kappa"], fit.coherency);
            expect(&case, &expected["n_max"], fit.peak().unwrap());
            fit
        };
        check("lsq_transform", fit_line(&measured).unwrap());
        let curve = check("nls", fit_curve(&measured).unwrap());
        let law = Scalability::new(curve.contention, curve.coherency).unwrap();
        let most = curve.one_server * law.speedup(law.peak().unwrap());
        expect(&case, &case["expected"]["nls"]["x_max"], most);
    }
}

#[test]
fn credit_of_a_disk_runs_out() {
    for case in cases("token_bucket") {
        let input = |name: &str| case["inputs"][name].as_f64().unwrap();
        let bucket = TokenBucket::new(input("baseline"), input("burst"), input("bucket")).unwrap();
        expect(
            &case,
            &case["expected"]["sustained"],
            bucket.sustained(input("use")),
        );
        match bucket.throttled_after(input("use")) {
            Some(after) => expect(&case, &case["expected"]["seconds_until_throttled"], after.0),
            None => assert!(case["expected"]["seconds_until_throttled"].is_null()),
        }
    }
}
