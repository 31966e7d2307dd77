//! Times `evaluate` in the browser, with the plans of the native benchmarks; `cargo xtask bench
//! --browser` runs it.

#[path = "../../model/benches/plans/mod.rs"]
mod plans;

use std::hint::black_box;

use model::catalog::Catalog;
use model::evaluate::evaluate;

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
            "`evaluate`, {} components: {mean:.2} ms (mean of {runs} runs)",
            if components < 1_000 {
                components.to_string()
            } else {
                "5,000".to_owned()
            }
        ));
    }
    gloo::console::log!("done");
}
