//! Times `evaluate` and the simulation in the browser, with the plans of the native benchmarks; `cargo xtask bench
//! --browser` runs it.

#[path = "../../model/benches/plans/mod.rs"]
mod plans;

use std::hint::black_box;

use model::catalog::Catalog;
use model::evaluate::evaluate;
use model::plan::sketch::sketch;
use model::simulation::{Settings, Trial};

/// Long enough that the clock's grain does not show.
const MILLISECONDS_EACH: f64 = 2_000.0;

fn main() {
    let catalog = Catalog::embedded();
    for components in [50, 500, 5_000] {
        let plan = plans::layered(components);
        black_box(evaluate(&plan, &catalog, None));
        let start = js_sys::Date::now();
        let mut runs = 0;
        let mut elapsed = 0.0;
        while elapsed < MILLISECONDS_EACH {
            black_box(evaluate(black_box(&plan), &catalog, None));
            runs += 1;
            elapsed = js_sys::Date::now() - start;
        }
        let mean = elapsed / f64::from(runs);
        gloo::console::log!(format!(
            "evaluate/{components}: {mean:.2} ms (mean of {runs} runs)"
        ));
    }
    simulation(&catalog);
    gloo::console::log!("done");
}

fn simulation(catalog: &Catalog) {
    let plan = sketch("users[rps=80] -> app-server[service_time_ms=80 servers=8]");
    let trial = Trial::new(&plan.unwrap_or_default(), catalog, Settings::default());
    let (mut events, mut best) = (0, f64::INFINITY);
    for _ in 0..5 {
        let start = js_sys::Date::now();
        events = black_box(trial.clone().finish()).events;
        best = best.min(js_sys::Date::now() - start);
    }
    let rate = events as f64 / best / 1e3;
    gloo::console::log!(format!(
        "simulation/M/M/8: {rate:.1} million events a second (best of 5 runs)"
    ));
}
