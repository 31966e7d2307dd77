//! Means and percentiles of small journeys by hand, and of generated ones against each other.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::*;
use crate::analysis::operating_point::operating_point;
use crate::analysis::queueing::inversion;
use crate::analysis::response::Moments;
use crate::analysis::traffic::Conditions;
use crate::catalog::Catalog;
use crate::plan::sketch::sketch;

fn latency_of(text: &str) -> JourneyLatency {
    let plan = sketch(text).unwrap();
    let catalog = Catalog::default();
    let topology = Topology::new(&plan, &catalog);
    let peak = operating_point(&topology, Conditions::peak(&topology));
    latency(&topology, &peak).journeys.remove(0)
}

/// The mean response time of the first journey in milliseconds; the shares always add up to it.
fn check(text: &str, expected_millis: f64) -> JourneyLatency {
    let found = latency_of(text);
    let mean = found.mean.unwrap().millis();
    assert!(
        (mean - expected_millis).abs() <= 1e-9 * expected_millis,
        "{mean} ms, not {expected_millis} ms"
    );
    let sum: f64 = found.shares.iter().map(|(_, share)| share.millis()).sum();
    assert!((sum - mean).abs() <= 1e-9 * mean);
    found
}

#[test]
fn calls_and_round_trips_add_up_along_a_path() {
    let path = "users[rps=0] -[rtt_ms=40]-> app[service_time_ms=20] -[calls=3 rtt_ms=1]-> db[service_time_ms=2]";
    let found = check(path, 40.0 + 20.0 + 3.0 * (1.0 + 2.0));
    assert_eq!(found.shares[0].0, "app");
    assert!((found.round_trips.millis() - 43.0).abs() < 1e-9);
}

#[test]
fn waiting_grows_with_the_load() {
    check("users[rps=50] -> app[service_time_ms=10]", 20.0);
    check("users[rps=90] -> app[service_time_ms=10]", 100.0);
}

#[test]
fn nobody_waits_for_asynchronous_calls() {
    check(
        "users[rps=0] -> app[service_time_ms=20] ~> worker[service_time_ms=900]",
        20.0,
    );
    let full =
        "users[rps=9] -> app[service_time_ms=20 scv=0 servers=100] ~> worker[service_time_ms=900]";
    let found = check(full, 20.0);
    assert!(!found.saturated);
}

#[test]
fn alternatives_and_hits_count_by_their_share() {
    let two = "users[rps=0] -> a:app-server[service_time_ms=10], b:app-server[service_time_ms=30]";
    check(two, 20.0);
    let cached = "users[rps=0] -> app[service_time_ms=10] -> cache[service_time_ms=1 hit_ratio=0.9] -> db[service_time_ms=50]";
    check(cached, 10.0 + 1.0 + 5.0);
}

#[test]
fn parallel_calls_overlap() {
    let three = "users[rps=0] -> app[service_time_ms=10] -[mode=parallel need=all]-> a:db[service_time_ms=6], b:db[service_time_ms=6], c:db[service_time_ms=6]";
    check(three, 10.0 + 6.0 * (1.0 + 0.5 + 1.0 / 3.0));
    let mixed = "users[rps=0] -> app[service_time_ms=10] -[mode=parallel]-> a:db[service_time_ms=6]\napp -> b:db[service_time_ms=5]";
    check(mixed, 21.0);
}

#[test]
fn a_circle_counts_every_round() {
    let retry = "users[rps=0] -> a:app-server[service_time_ms=10] -> b:app-server[service_time_ms=5] -[calls=0.5 rtt_ms=2]-> a";
    check(retry, 2.0 * 10.0 + 2.0 * 5.0 + 2.0);
}

#[test]
fn a_call_takes_the_time_that_the_journey_or_its_reads_ask_for() {
    let reads =
        "users[rps=0] -> app[service_time_ms=10] -[reads=3 writes=1]-> db[read_ms=2 write_ms=4]";
    check(reads, 10.0 + 10.0);
}

/// The percentiles of the first journey in milliseconds.
fn check_percentiles(text: &str, expected: [f64; 3], tolerance: f64) {
    let found = latency_of(text).percentiles.unwrap();
    let found = [found.p50, found.p95, found.p99].map(Seconds::millis);
    for (found, expected) in found.iter().zip(expected) {
        assert!(
            (found - expected).abs() <= tolerance * expected,
            "{found} ms, not {expected} ms"
        );
    }
}

#[test]
fn constant_times_are_the_same_for_all_requests() {
    let path = "users[rps=0] -[rtt_ms=40]-> app[service_time_ms=20 scv=0] -[calls=3]-> db[service_time_ms=2 scv=0]";
    check_percentiles(path, [66.0; 3], 1e-12);
}

#[test]
fn constant_times_shift_the_others() {
    // One exponential time of mean 10 ms after 40 ms.
    let path = "users[rps=0] -[rtt_ms=40]-> app[service_time_ms=10]";
    let late = |share: f64| 40.0 - 10.0 * f64::ln(1.0 - share);
    check_percentiles(path, [late(0.5), late(0.95), late(0.99)], 1e-9);
}

#[test]
fn a_jump_in_the_distribution_is_found_nearly() {
    let cached = "users[rps=0] -> app[service_time_ms=10 scv=0] -> cache[service_time_ms=0 hit_ratio=0.9] -> db[service_time_ms=50 scv=0]";
    check_percentiles(cached, [10.0, 60.0, 60.0], 0.02);
}

#[test]
fn many_calls_in_a_row_come_near_the_normal_distribution() {
    // A sum of n exponential times of mean 1 ms is a gamma time; its quantiles by Wilson and Hilferty.
    for n in [1e3_f64, 1e4, 1e5, 1e6] {
        let text = format!("users[rps=0] -[calls={n}]-> app[service_time_ms=1]");
        let quantile =
            |normal: f64| n * (1.0 - 1.0 / (9.0 * n) + normal / (3.0 * n.sqrt())).powi(3);
        let expected = [0.0, 1.644_853_627, 2.326_347_874].map(quantile);
        check_percentiles(&text, expected, 2e-5);
    }
}

#[test]
fn percentiles_of_calls_to_one_of_two() {
    // Half of the requests take an exponential time of mean 10 ms, half one of mean 30 ms.
    let two = "users[rps=0] -> a:app-server[service_time_ms=10], b:app-server[service_time_ms=30]";
    let found = latency_of(two).percentiles.unwrap();
    for (time, late) in [(found.p50, 0.5), (found.p95, 0.05), (found.p99, 0.01)] {
        let tail = |mean: f64| 0.5 * (-time.millis() / mean).exp();
        assert!((tail(10.0) + tail(30.0) - late).abs() < 1e-9);
    }
}

#[test]
fn no_journey_with_a_mean_is_without_percentiles() {
    let texts = [
        "users[rps=1] -> app -[mode=parallel]-> db",
        "users[rps=1] -> app -[mode=parallel]-> db\napp -[mode=parallel]-> search",
        "users[rps=1] -> app -> db -[calls=0.1]-> app",
        "users[rps=0.1] -> app -[calls=0.9]-> db -[calls=1]-> app",
    ];
    for text in texts {
        let found = latency_of(text);
        assert!(found.mean.is_some());
        let times = found.percentiles.unwrap();
        // Ten visits in a circle wait in the same line.
        let expected = if text.contains("0.9") {
            PercentileMethod::Independent
        } else {
            PercentileMethod::Inversion
        };
        assert_eq!(times.method, expected, "{text}");
        let row = [times.p50, times.p95, times.p99, times.p999];
        assert!(row.is_sorted_by(|a, b| a.0 < b.0), "{text}: {row:?}");
    }
}

#[test]
fn journeys_of_thousands_of_connections_are_computed_and_of_very_many_estimated() {
    for (connections, expected) in [
        (5_000, PercentileMethod::Inversion),
        (20_000, PercentileMethod::TwoMoments),
    ] {
        let many: Vec<String> = (0..connections)
            .map(|n| format!("app -> db{n}:db"))
            .collect();
        let found = latency_of(&format!("users[rps=0] -> app\n{}", many.join("\n")));
        let times = found.percentiles.unwrap();
        assert_eq!(times.method, expected);
        assert!(times.p50.0 < times.p999.0 && times.p50.0 > 0.9 * found.mean.unwrap().0);
    }
}

#[test]
fn percentiles_of_parallel_exponential_calls() {
    // Two exponential times of 6 ms at once: P(T > t) = 1 - (1 - e^(-t/6))².
    let two = "users[rps=0] -> app[service_time_ms=0] -[mode=parallel need=all]-> a:db[service_time_ms=6], b:db[service_time_ms=6]";
    let late = |late: f64| -6.0 * f64::ln(1.0 - f64::sqrt(1.0 - late));
    check_percentiles(two, [late(0.5), late(0.05), late(0.01)], 0.02);
}

#[test]
fn percentiles_of_a_circle() {
    // Rounds until one does not go back: a geometric number of rounds of an exponential time is exponential.
    let circle = "users[rps=0] -> a:app-server[service_time_ms=10] -> b:app-server[service_time_ms=0 scv=0] -[calls=0.75]-> a";
    let late = |late: f64| -40.0 * f64::ln(late);
    check_percentiles(circle, [late(0.5), late(0.05), late(0.01)], 1e-8);
}

#[test]
fn mean_and_variance_of_a_journey() {
    let moments = |text: &str| {
        let plan = sketch(text).unwrap();
        let catalog = Catalog::default();
        let topology = Topology::new(&plan, &catalog);
        let peak = operating_point(&topology, Conditions::peak(&topology));
        let path = Path::unless_saturated(&topology, &peak, 0).unwrap();
        path.tree().unwrap().moments()
    };
    let check = |text: &str, mean: f64, variance: f64| {
        let found = moments(text);
        assert!(
            (found.mean.millis() / mean - 1.0).abs() < 1e-9,
            "{text}: {found:?}"
        );
        assert!(
            (found.variance * 1e6 / variance - 1.0).abs() < 1e-9,
            "{text}: {found:?}"
        );
    };
    let path = "users[rps=0] -[rtt_ms=40]-> app[service_time_ms=20] -[calls=3 rtt_ms=1]-> db[service_time_ms=2]";
    check(path, 69.0, 400.0 + 3.0 * 4.0);
    let hits = "users[rps=0] -> cache[service_time_ms=1 hit_ratio=0.9] -> db[service_time_ms=50]";
    check(hits, 6.0, 1.0 + 0.1 * 2.0 * 2500.0 - 25.0);
    let circle = "users[rps=0] -> a:app-server[service_time_ms=10] -> b:app-server[service_time_ms=0 scv=0] -[calls=0.75]-> a";
    check(circle, 40.0, 1600.0);
    assert!(moments(path).quantile(0.01).0 > moments(path).quantile(0.05).0);
}

#[test]
fn callers_that_give_up_wait_no_longer() {
    // An exponential time of 10 ms, of those below 20 ms.
    let late = f64::exp(-2.0);
    let in_time = 10.0 - 20.0 * late / (1.0 - late);
    let cut = "users[rps=0] -[timeout_ms=20]-> app[service_time_ms=10 unavailability=0]";
    let found = check(cut, in_time);
    assert!(found.percentiles.unwrap().p50.millis() < 20.0);
    // Up to two attempts in vain before the answer, each as long as the timeout.
    let in_vain = (late + 2.0 * late * late) / (1.0 + late + late * late);
    let again =
        "users[rps=0] -[timeout_ms=20 retries=2]-> app[service_time_ms=10 unavailability=0]";
    check(again, in_vain * 20.0 + in_time);
    let long = "users[rps=0] -[timeout_ms=1000000]-> app[service_time_ms=10 unavailability=0]";
    check(long, 10.0);
    // What is optional counts as long as it is waited for, answered or not.
    let optional = "users[rps=0] -> app[service_time_ms=5 unavailability=0] -[timeout_ms=20 need=optional]-> search[service_time_ms=10 unavailability=0]";
    check(optional, 5.0 + 10.0 * (1.0 - late));
}

#[test]
fn where_all_answers_are_late_there_is_no_response_time() {
    let constant =
        "users[rps=0] -[timeout_ms=20 rtt_ms=1]-> app[service_time_ms=40 scv=0 unavailability=0]";
    let again =
        "users[rps=0] -[timeout_ms=20 retries=2]-> app[service_time_ms=40 scv=0 unavailability=0]";
    for text in [constant, again] {
        let found = latency_of(text);
        assert!(found.mean.is_none() && found.percentiles.is_none() && !found.saturated);
    }
    let optional = "users[rps=0] -> app[service_time_ms=5 unavailability=0] -[timeout_ms=20 need=optional]-> search[service_time_ms=40 scv=0 unavailability=0]";
    check(optional, 25.0);
}

#[test]
fn what_is_used_up_has_no_response_time() {
    let found = latency_of("users[rps=100] -> app[service_time_ms=10]");
    assert!(found.saturated && found.mean.is_none() && found.shares.is_empty());
    let disk = latency_of("users[rps=100] -> db[service_time_ms=1 iops_per_request=10 iops=1000]");
    assert!(disk.saturated);
    let circle = latency_of("users -> app -> db -> app");
    assert!(circle.saturated && circle.mean.is_none());
}

/// A journey of up to a dozen components as a tree: hits and misses, calls made sometimes or several times, constant,
/// regular and irregular times, round trips.
fn journeys(scvs: Vec<f64>, calls: Vec<f64>) -> impl Strategy<Value = String> {
    let component = (
        select(vec!["app-server", "app-server", "cache", "sql-database"]),
        (-1.0..2.0_f64).prop_map(|power| 10.0_f64.powf(power)),
        select(scvs),
        0.05..0.95,
        select(calls),
        select(vec![0.0, 0.5, 5.0]),
        0..100_usize,
    );
    (proptest::collection::vec(component, 2..12), 0.0..40.0).prop_map(|(components, rate)| {
        let first = format!("users[rps={rate}] -> n0:app-server[service_time_ms=2 servers=2]");
        let others = components.into_iter().enumerate().map(|(index, component)| {
            let (kind, millis, scv, hits, calls, rtt, caller) = component;
            let (place, caller) = (index + 1, caller % (index + 1));
            let hits = if kind == "cache" { format!(" hit_ratio={hits}") } else { String::new() };
            format!(
                "n{caller} -[calls={calls} rtt_ms={rtt}]-> n{place}:{kind}[service_time_ms={millis} scv={scv} servers=64{hits}]"
            )
        });
        let lines: Vec<String> = std::iter::once(first).chain(others).collect();
        lines.join("\n")
    })
}

/// How often calls are made: always, several times, sometimes.
const SOMETIMES: [f64; 6] = [1.0, 1.0, 2.0, 0.1, 0.3, 3.7];

/// Shares of the requests that do not keep within the percentiles.
const LATE: [f64; 4] = [0.5, 0.05, 0.01, 0.001];

/// The percentiles of the first journey to this tolerance, and its mean and variance.
fn quantiles(text: &str, tolerance: f64) -> Option<(Vec<f64>, Moments)> {
    let plan = sketch(text).unwrap();
    let catalog = Catalog::default();
    let topology = Topology::new(&plan, &catalog);
    let peak = operating_point(&topology, Conditions::peak(&topology));
    let tree = Path::unless_saturated(&topology, &peak, 0)?.tree()?;
    Some((tree.quantiles(&LATE, tolerance)?, tree.moments()))
}

/// No more than a share `1 / (1 + k²)` of any times is `k` deviations above the mean, and as many are below.
fn keep_cantellis_bounds(times: &[f64], moments: Moments) {
    let deviation = moments.variance.sqrt();
    for (&time, late) in times.iter().zip(LATE) {
        let above = moments.mean.0 + deviation * ((1.0 - late) / late).sqrt();
        let below = moments.mean.0 - deviation * (late / (1.0 - late)).sqrt();
        let least = below.max(moments.constant.0);
        assert!(
            time <= above * (1.0 + 1e-9) && time >= least * (1.0 - 1e-9),
            "{times:?} {moments:?}"
        );
    }
}

#[test]
fn the_gamma_estimate_is_near_where_every_call_is_made() {
    let mut runner = TestRunner::deterministic();
    let strategy = journeys(vec![0.25, 0.5, 1.0, 2.0], vec![1.0, 1.0, 2.0, 3.0]);
    let mut worst = [0.0_f64; 4];
    for _ in 0..60 {
        let text = strategy.new_tree(&mut runner).unwrap().current();
        let text = text.replace(":cache", ":app-server");
        if let Some((times, moments)) = quantiles(&text, inversion::QUICK) {
            keep_cantellis_bounds(&times, moments);
            for ((worst, time), late) in worst.iter_mut().zip(times).zip(LATE) {
                *worst = worst.max((moments.quantile(late).0 / time - 1.0).abs());
            }
        }
    }
    let bounds = [0.1, 0.03, 0.12, 0.25];
    let within = worst
        .iter()
        .zip(bounds)
        .all(|(&worst, bound)| worst <= bound);
    assert!(within, "{worst:?}");
}

/// What half, nine of ten and all of the percentiles of generated journeys are off in every class, against inversions
/// with 20,000 terms more.
fn errors(scvs: &[f64]) -> [[f64; 3]; 3] {
    const REFERENCE: f64 = 0.1 * inversion::EXACT;
    const CLASSES: [f64; 3] = [inversion::EXACT, inversion::QUICK, inversion::ROUGH];
    let mut runner = TestRunner::deterministic();
    let strategy = journeys(scvs.to_vec(), SOMETIMES.to_vec());
    let mut errors = [const { Vec::new() }; 3];
    for _ in 0..40 {
        let text = strategy.new_tree(&mut runner).unwrap().current();
        let Some((exact, moments)) = quantiles(&text, REFERENCE) else {
            continue;
        };
        keep_cantellis_bounds(&exact, moments);
        for (tolerance, errors) in CLASSES.into_iter().zip(&mut errors) {
            let (found, _) = quantiles(&text, tolerance).unwrap();
            assert!(found.is_sorted(), "{text}");
            let pairs = found.iter().zip(&exact);
            errors.extend(pairs.map(|(found, exact)| (found / exact - 1.0).abs()));
        }
    }
    errors.map(|mut errors| {
        errors.sort_by(f64::total_cmp);
        let last = errors.len() - 1;
        [errors[last / 2], errors[last * 9 / 10], errors[last]]
    })
}

fn are_within(errors: [[f64; 3]; 3], bounds: [[f64; 3]; 3]) {
    let pairs = errors.as_flattened().iter().zip(bounds.as_flattened());
    assert!(
        pairs.into_iter().all(|(error, bound)| error <= bound),
        "{errors:?}"
    );
}

#[test]
fn every_class_keeps_its_digits_on_generated_journeys() {
    let bounds = [[1e-10, 1e-8, 2e-3], [1e-6, 1e-4, 5e-3], [1e-5, 1e-3, 1e-2]];
    are_within(errors(&[0.25, 0.5, 1.0, 2.0, 4.0]), bounds);
}

#[test]
fn percentiles_at_jumps_are_found_nearly() {
    // Constant times behind hits and calls made sometimes: the distribution has steps.
    are_within(errors(&[0.0, 0.0, 0.25, 1.0, 4.0]), [[1e-5, 2e-3, 0.1]; 3]);
}

#[test]
fn waits_that_may_belong_together_but_count_as_independent_are_said_so() {
    let method = |text: &str| latency_of(text).percentiles.unwrap().method;
    let to = |edge: &str, db: &str| {
        format!(
            "users[rps=10] -> app[service_time_ms=2 servers=8] -[{edge}]-> db[service_time_ms=10 servers=1 {db}]"
        )
    };
    assert_eq!(method(&to("calls=6", "scv=1")), PercentileMethod::Inversion);
    let many = [
        to("calls=6 timeout_ms=500", "scv=1"),
        to("calls=6 retries=2 timeout_ms=500", "scv=1"),
        to("calls=6", "room=50"),
        to("calls=6", "pool=20").replace("db[", "inner:app-server["),
        to("calls=6", "scv=1").replace("rps=10", "population=40 think_s=4"),
    ];
    for text in many {
        assert_eq!(method(&text), PercentileMethod::Independent, "{text}");
    }
    for text in [
        to("calls=1 timeout_ms=500", "scv=1"),
        to("calls=1", "room=50"),
    ] {
        assert_eq!(method(&text), PercentileMethod::Inversion, "{text}");
    }
}
