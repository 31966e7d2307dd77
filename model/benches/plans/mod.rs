//! Generated plans of any size, for benchmarks here and in the browser.

use std::fmt::Write as _;

use model::plan::Plan;
use model::plan::sketch::sketch;

/// Components of one service, see [`layered`].
const SERVICE: usize = 10;

/// A plan of services that call each other as a tree, each behind a balancer and with data of its own, in two
/// regions of three zones; five journeys enter at the first services through DNS and a CDN.
pub(crate) fn layered(components: usize) -> Plan {
    let services = components / SERVICE;
    let mut text = String::from("place east: region\nplace west: region\n");
    for zone in 0..6 {
        let region = if zone < 3 { "east" } else { "west" };
        line(
            &mut text,
            format_args!("place z{zone}: zone in {region} [unavailability=0.0001]"),
        );
    }
    for s in 0..services {
        let zones = ["z0/z1/z2", "z3/z4/z5"][s % 2];
        // Percentiles are had where no calls overlap: in the small plan, and in part of the larger ones.
        let parallel = if s > 20 { " mode=parallel" } else { "" };
        line(
            &mut text,
            format_args!(
                "lb{s}:lb*2@{zones} -> a{s}:app-server*2@{zones}[service_time_ms=5 servers=4], b{s}:app-server*3@{zones}[service_time_ms=5 servers=4]"
            ),
        );
        line(
            &mut text,
            format_args!(
                "a{s}, b{s} -> cache{s}:cache@{zones}[hit_ratio=0.8] -> files{s}:object-storage"
            ),
        );
        line(
            &mut text,
            format_args!(
                "a{s}, b{s} -[calls=2 only_on_miss_of=cache{s}]-> db{s}:sql-database*2@{zones}[redundancy=primary-replica]"
            ),
        );
        line(
            &mut text,
            format_args!(
                "a{s}, b{s} -[calls=0.1{parallel}]-> search{s}:search@{zones}, pay{s}:external-service"
            ),
        );
        line(
            &mut text,
            format_args!(
                "a{s}, b{s} -[calls=0.05 mode=async]-> queue{s}:queue@{zones} ~> worker{s}:worker*2@{zones}[service_time_ms=50]"
            ),
        );
        for callee in [2 * s + 1, 2 * s + 2] {
            if callee < services {
                line(
                    &mut text,
                    format_args!("a{s}, b{s} -[calls=0.3 rtt_ms=0.5]-> lb{callee}:lb"),
                );
            }
        }
    }
    for journey in 0..5.min(services) {
        line(
            &mut text,
            format_args!(
                "u{journey}:users[rps=20] -> dns{journey}:dns -> cdn{journey}:cdn -> lb{journey}:lb"
            ),
        );
    }
    sketch(&text).expect("the generated sketch is in the notation")
}

fn line(text: &mut String, content: std::fmt::Arguments) {
    writeln!(text, "{content}").expect("a string takes any text");
}
