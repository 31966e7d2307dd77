//! Times `evaluate` in the browser, with the plans of the native benchmarks; `cargo xtask bench
//! --browser` runs it.

#[path = "../../model/benches/plans/mod.rs"]
mod plans;

use std::hint::black_box;

use model::catalog::Catalog;
use model::evaluate::evaluate;

/// The browser first runs what it has compiled in haste, and compiles it for speed meanwhile.
const WARM_UP_MILLISECONDS: f64 = 3_000.0;

/// For so long every run is timed.
const MILLISECONDS_EACH: f64 = 4_000.0;

fn main() {
    let catalog = Catalog::embedded();
    let clock = gloo::utils::window()
        .performance()
        .expect("a page has a clock");
    for components in [50, 500, 5_000] {
        let plan = plans::layered(components);
        let run = || {
            let start = clock.now();
            black_box(evaluate(black_box(&plan), &catalog, None));
            clock.now() - start
        };
        let first = run();
        let mut warm_up = first;
        while warm_up < WARM_UP_MILLISECONDS {
            warm_up += run();
        }
        let (mut times, mut elapsed) = (Vec::new(), 0.0);
        while elapsed < MILLISECONDS_EACH {
            let time = run();
            elapsed += time;
            times.push(time);
        }
        times.sort_by(f64::total_cmp);
        let (best, median) = (times[0], times[times.len() / 2]);
        gloo::console::log!(format!(
            "`evaluate`, {} components: {median:.1} ms, at best {best:.1} ms ({} runs; the first of all {first:.0} ms)",
            if components < 1_000 {
                components.to_string()
            } else {
                "5,000".to_owned()
            },
            times.len()
        ));
    }
    gloo::console::log!("done");
}
