//! Every metric that a requirement can name, and every assumption that a plan can change.

use model::export::figures;
use model::metrics::METRICS;
use model::plan::ASSUMPTIONS;

use crate::table::table;

pub(crate) fn text() -> String {
    let metrics = table(
        &["metric", "on screen", "unit", "meaning"],
        METRICS.iter().map(|metric| {
            vec![
                format!("`{}`", metric.id),
                metric.name.to_owned(),
                metric.unit.to_owned(),
                metric.explanation.to_owned(),
            ]
        }),
    );
    let assumptions = table(
        &[
            "assumption",
            "on screen",
            "unit",
            "low",
            "base",
            "high",
            "range",
            "meaning",
        ],
        ASSUMPTIONS.iter().map(|assumption| {
            vec![
                format!("`{}`", assumption.id),
                assumption.name.to_owned(),
                assumption.unit.to_owned(),
                figures::number(assumption.default.low),
                figures::number(assumption.default.base),
                figures::number(assumption.default.high),
                format!(
                    "{} to {}",
                    figures::number(assumption.legal.0),
                    figures::number(assumption.legal.1)
                ),
                assumption.explanation().to_owned(),
            ]
        }),
    );
    format!(
        "<!-- Written by `cargo xtask docs`. -->\n\n# Metrics and assumptions\n\n\
         ## Metrics\n\n\
         What the `requirements` of a plan can name.\n\
         A requirement compares a metric with a value by `<=`, `>=` or `==`.\n\
         `saturated` counts as longer than any time.\n\
         A metric that cannot be computed for a plan is not known, and a requirement on it does not pass.\n\n{metrics}\n\
         ## Assumptions\n\n\
         Estimates that nobody can look up.\n\
         A plan states those that differ, as one number or as low, base and high: `\"assumptions\": {{ \"day_rate\": [300, 500, 900] }}`.\n\n{assumptions}"
    )
}
