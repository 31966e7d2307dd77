//! Whether plans meet their requirements and work as drawn.

use model::catalog::Catalog;
use model::evaluate::Evaluation;
use model::metrics::Verdict;
use model::rules::Severity;

use crate::plan_file::PlanFile;
use crate::{MISSED, UNREADABLE, evaluated, summary, terminal};

/// Checks every plan, also after one that fails, and gives the worst exit status.
pub(crate) fn check(paths: &[String]) -> u8 {
    let catalog = Catalog::embedded();
    let mut status = 0;
    for path in paths {
        status = status.max(match PlanFile::read(path) {
            Ok(file) => check_one(&file, &evaluated(&file, &catalog)),
            Err(message) => {
                terminal::complain(&message);
                UNREADABLE
            }
        });
    }
    status
}

/// A requirement counts as met only if it is shown to be: one that cannot be computed is not.
fn check_one(file: &PlanFile, evaluation: &Evaluation) -> u8 {
    let mut lines = Vec::new();
    let mut faults = 0;
    for requirement in &file.plan.requirements {
        let (verdict, line) = summary::requirement(requirement, &file.plan, evaluation);
        faults += usize::from(!matches!(verdict, Verdict::Met { .. }));
        lines.push(line);
    }
    let errors = evaluation.findings.iter();
    for finding in errors.filter(|finding| finding.severity == Severity::Error) {
        faults += 1;
        lines.push(format!(
            "error   {}",
            terminal::plain(&finding.title.to_string())
        ));
    }
    lines.push(match faults {
        0 => "passed".to_owned(),
        1 => "failed, 1 fault".to_owned(),
        count => format!("failed, {count} faults"),
    });
    let lines = lines
        .iter()
        .map(|line| format!("{}: {line}\n", file.name()));
    terminal::print(&lines.collect::<String>());
    if faults == 0 { 0 } else { MISSED }
}
