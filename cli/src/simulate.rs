//! What happens when a plan is tried out, beside what the formulas say.

use model::catalog::Catalog;
use model::export::figures;
use model::export::simulation::simulation;
use model::simulation::{Comparison, Estimate, Figure, Outcome, Settings, Trial, TrialReport};
use model::units::Seconds;

use crate::plan_file::PlanFile;
use crate::{UNREADABLE, terminal};

/// Tries a plan out and prints what was seen; the exit status says only whether the plan could be read.
pub(crate) fn simulate(path: &str, settings: Settings, as_json: bool) -> u8 {
    let file = match PlanFile::read(path) {
        Ok(file) => file,
        Err(message) => {
            terminal::complain(&message);
            return UNREADABLE;
        }
    };
    let trial = Trial::new(&file.plan, &Catalog::embedded(), settings);
    for problem in &trial.problems {
        terminal::complain(&file.located(problem));
    }
    let report = trial.finish();
    terminal::print(&if as_json {
        format!("{:#}\n", simulation(&report))
    } else {
        text(&report)
    });
    0
}

fn text(report: &TrialReport) -> String {
    let mut blocks = vec![format!(
        "{} requests, {} events, {} simulated, seed {}",
        figures::number(report.requests as f64),
        figures::number(report.events as f64),
        figures::time(Seconds(report.simulated_seconds)),
        report.seed
    )];
    match &report.outcome {
        Outcome::Steady => {}
        Outcome::GrowsWithoutEnd(component) => blocks.push(format!(
            "The line grows without end: {} gets more than it can do.",
            terminal::plain(component)
        )),
        Outcome::Idle => blocks.push("Nobody asks for anything.".to_owned()),
        Outcome::Stopped => blocks.push("Stopped before its time: too many events.".to_owned()),
    }
    if report.outcome == Outcome::Steady {
        for journey in &report.journeys {
            let mut lines = vec![terminal::plain(&journey.name)];
            let times = Figure::ALL.into_iter().zip(&journey.response);
            lines.extend(times.map(|(figure, times)| line(figure, times)));
            lines.extend(
                journey
                    .failed
                    .filter(|failed| failed.value > 0.0)
                    .map(failures),
            );
            blocks.push(lines.join("\n  "));
        }
    }
    blocks.join("\n\n") + "\n"
}

/// `failed simulated 6.1 % to 6.4 %`
fn failures(failed: Estimate) -> String {
    let (low, high) = (
        figures::percent(failed.low()),
        figures::percent(failed.high()),
    );
    format!("failed simulated {low} to {high}")
}

/// `mean   formula 131 ms, simulated 129 to 134 ms: inside the interval`
fn line(figure: Figure, times: &Comparison) -> String {
    let formula = times.formula.map_or("no formula".to_owned(), |formula| {
        format!("formula {}", figures::time(Seconds(formula)))
    });
    let seen = times.simulated.map_or("too few seen".to_owned(), |seen| {
        let interval = figures::times(Seconds(seen.low()), Seconds(seen.high()));
        format!("simulated {interval}")
    });
    let verdict = match (times.agrees(), times.deviation()) {
        (Some(true), _) => ": inside the interval".to_owned(),
        (Some(false), Some(deviation)) => {
            let side = if deviation > 0.0 { "above" } else { "below" };
            let off = figures::percent(deviation.abs());
            format!(": outside the interval, {off} {side}")
        }
        (Some(false), None) => ": outside the interval".to_owned(),
        (None, _) => String::new(),
    };
    format!("{:<6} {formula}, {seen}{verdict}", figure.name())
}
