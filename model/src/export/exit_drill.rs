//! An exit drill for scripts: `hosting-exit/1`, numbers in SI units or days, absent where there is none.

use serde_json::Value;

use super::leaving::leaving;
use super::object::{Object, ends};
use crate::exit_drill::{Candidate, Drill, DrillReport, Move, Step};

/// What the `format` field of a drill says.
const FORMAT: &str = "hosting-exit/1";

/// The report of a drill as one object.
pub fn exit_drill(drill: &Drill, report: &DrillReport) -> Value {
    let mut out = Object::default();
    out.put("format", FORMAT);
    out.put("provider", drill.provider.as_str());
    out.put("provider_name", report.provider.as_str());
    out.put("told", drill.told.to_string());
    out.put("ends", drill.ends.to_string());
    out.put("is_in_eu", drill.is_in_eu);
    out.put("notice_days", report.notice_days);
    out.put("verdict", report.verdict.id());
    out.range("needed_days", &ends(report.needed_days));
    out.range("work_days", &ends(report.work));
    out.range("transfer_seconds", &ends(report.transfer));
    let downtime = report.downtime_hours.map(|hours| hours * 3600.0);
    out.range("downtime_seconds", &ends(downtime));
    out.number("bill", report.bill.0);
    out.number("egress", report.egress.0);
    out.number("waived_egress", report.waived_egress.0);
    out.put("exit_options", report.options.clone());
    out.put(
        "moves",
        report.moves.iter().map(move_of).collect::<Vec<_>>(),
    );
    out.put("steps", report.steps.iter().map(step).collect::<Vec<_>>());
    out.0.into()
}

fn move_of(one: &Move) -> Value {
    let mut out = Object::named(&one.component);
    out.put("name", one.name.as_str());
    out.put("stands_on", one.stands_on.to_string());
    out.put("instances", one.instances.0);
    out.put("copies_live", one.copies_live);
    if let Some(hours) = one.downtime_hours {
        let seconds = hours.map(|hours| hours * 3600.0);
        out.range("downtime_seconds", &ends(seconds));
    }
    out.put("exit", leaving(&one.exit).0);
    let candidates = one.candidates.iter().map(candidate);
    out.put("candidates", candidates.collect::<Vec<_>>());
    out.0.into()
}

fn candidate(candidate: &Candidate) -> Value {
    let mut out = Object::default();
    out.put("offer", candidate.offer.as_str());
    out.put("name", candidate.full_name());
    out.optional("cost_month", candidate.month.map(|month| month.0));
    out.put("interface", candidate.interface.id());
    out.put("shared_standards", candidate.shared_standards.clone());
    out.optional("provision_seconds", candidate.provision_seconds);
    out.0.into()
}

fn step(step: &Step) -> Value {
    let mut out = Object::default();
    out.put("phase", step.phase.id());
    out.put("text", step.text.to_string());
    if let Some(component) = &step.component {
        out.put("component", component.as_str());
    }
    out.0.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Catalog, Date};
    use crate::evaluate::evaluate;
    use crate::plan::sketch::sketch;

    #[test]
    fn scripts_read_what_the_page_shows() {
        let plan =
            sketch("users -> app[offer=aws-m5-large] -> db[offer=aws-rds-m5-large data_gb=50]");
        let plan = plan.unwrap();
        let catalog = Catalog::embedded();
        let drill = Drill {
            provider: "aws".to_owned(),
            told: Date::parse("2026-11-21").unwrap(),
            ends: Date::parse("2027-02-19").unwrap(),
            is_in_eu: true,
        };
        let evaluation = evaluate(&plan, &catalog, None);
        let report = crate::exit_drill::exit_drill(&plan, &catalog, &evaluation, &drill).unwrap();
        let written = exit_drill(&drill, &report);
        assert_eq!(written["format"], FORMAT);
        assert_eq!(written["notice_days"], 90);
        assert_eq!(written["verdict"], report.verdict.id());
        assert_eq!(written["egress"], 0.0);
        assert_eq!(written["moves"][0]["id"], "db");
        assert_eq!(written["moves"][0]["exit"]["data_gb"], 50.0);
        let downtime = &written["moves"][0]["downtime_seconds"];
        assert_eq!(*downtime, written["downtime_seconds"]);
        assert!(written["moves"][1].get("downtime_seconds").is_none());
        let steps = written["steps"].as_array().unwrap();
        assert_eq!(steps.len(), report.steps.len());
        assert_eq!(
            (&steps[0]["phase"], steps[0].get("component")),
            (&"prepare".into(), None)
        );
    }
}
