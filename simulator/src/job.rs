//! One simulation, from the text of a job to the text of its answers.

use model::catalog::Catalog;
use model::export::simulation::simulation;
use model::plan::format;
use model::simulation::{Settings, Trial};

/// Events between two looks at how far it is: about a hundredth of a second.
const EVENTS_AT_ONCE: u64 = 100_000;

/// Carries out a job: a line with the seed, then the plan as JSON.
///
/// Tells `progress N` for every percent, then `report {…}` as in [`model::export::simulation`], or `fault` and a sentence.
pub(crate) fn run(job: &str, tell: &dyn Fn(&str)) {
    let Some((seed, plan)) = job.split_once('\n') else {
        tell("fault The job has no plan.");
        return;
    };
    let plan = match format::read(plan.as_bytes()) {
        Ok(plan) => plan,
        Err(error) => {
            tell(&format!("fault {}", error.message()));
            return;
        }
    };
    let settings = Settings {
        seed: seed.parse().unwrap_or(Settings::default().seed),
        ..Settings::default()
    };
    let mut trial = Trial::new(&plan, &Catalog::embedded(), settings);
    let mut told = 0;
    loop {
        let progress = trial.step(EVENTS_AT_ONCE);
        if progress.ended {
            break;
        }
        let percent = (progress.share * 100.0) as u32;
        if percent > told {
            told = percent;
            tell(&format!("progress {percent}"));
        }
    }
    tell(&format!("report {}", simulation(&trial.report())));
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::run;

    fn answers(job: &str) -> Vec<String> {
        let heard = RefCell::new(Vec::new());
        run(job, &|answer| heard.borrow_mut().push(answer.to_owned()));
        heard.into_inner()
    }

    const PLAN: &str = r#"{ "format": "hosting-plan/1",
        "components": [ { "id": "users", "type": "client" },
          { "id": "app", "type": "app_server", "settings": { "service_time_ms": 20 } } ],
        "connections": [ { "id": "c1", "from": "users", "to": "app" } ] }"#;

    #[test]
    fn a_job_tells_how_far_it_is_and_then_what_it_saw() {
        let answers = answers(&format!("5\n{PLAN}"));
        let (report, progress) = answers.split_last().unwrap();
        assert!(progress.len() > 10);
        assert!(
            progress
                .iter()
                .all(|answer| answer.starts_with("progress "))
        );
        let report = report.strip_prefix("report ").unwrap();
        assert!(report.contains("\"seed\":5") && report.contains("\"inside\":true"));
    }

    #[test]
    fn what_is_no_plan_is_said() {
        assert_eq!(answers("").len(), 1);
        let answers = answers("1\n{ \"format\": ");
        assert!(
            answers.len() == 1 && answers[0].starts_with("fault "),
            "{answers:?}"
        );
    }
}
