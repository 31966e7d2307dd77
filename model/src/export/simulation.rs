//! What was computed and what was simulated, for scripts and for the page: `hosting-simulation/1`, SI units,
//! absent where there is no number.

use serde_json::{Map, Value, json};

use crate::simulation::{Comparison, Figure, Outcome, TrialReport};

/// What the `format` field of a simulation says.
const FORMAT: &str = "hosting-simulation/1";

/// The report of a trial as one object.
pub fn simulation(report: &TrialReport) -> Value {
    let journeys = report.journeys.iter().map(|journey| {
        let response = Figure::ALL.into_iter().zip(&journey.response);
        let response: Map<String, Value> = response
            .map(|(figure, times)| (figure.id().to_owned(), comparison(times)))
            .collect();
        let failed = Comparison {
            formula: None,
            simulated: journey.failed,
        };
        json!({
            "id": journey.id,
            "name": journey.name,
            "response_seconds": response,
            "throughput_rps": comparison(&journey.throughput),
            "failed_share": comparison(&failed),
        })
    });
    let components = report.components.iter().map(|component| {
        json!({
            "id": component.id,
            "utilisation": comparison(&component.utilisation),
            "waiting_seconds": comparison(&component.waiting),
        })
    });
    let mut object = json!({
        "format": FORMAT,
        "seed": report.seed,
        "outcome": match report.outcome {
            Outcome::Steady => "steady",
            Outcome::GrowsWithoutEnd(_) => "grows_without_end",
            Outcome::Idle => "idle",
            Outcome::Stopped => "stopped",
        },
        "events": report.events,
        "requests": report.requests,
        "simulated_seconds": report.simulated_seconds,
        "confidence": 0.99,
        "journeys": journeys.collect::<Vec<_>>(),
        "components": components.collect::<Vec<_>>(),
    });
    if let Outcome::GrowsWithoutEnd(component) = &report.outcome {
        object["grows_at"] = json!(component);
    }
    object
}

fn comparison(comparison: &Comparison) -> Value {
    let mut object = Map::new();
    if let Some(formula) = comparison.formula {
        object.insert("formula".to_owned(), json!(formula));
    }
    if let Some(seen) = comparison.simulated {
        object.insert("simulated".to_owned(), json!(seen.value));
        object.insert("interval".to_owned(), json!([seen.low(), seen.high()]));
    }
    if let Some(agrees) = comparison.agrees() {
        object.insert("inside".to_owned(), json!(agrees));
    }
    Value::Object(object)
}
