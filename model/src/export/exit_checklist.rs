//! The checklist of an exit drill, in Markdown.

use super::figures;
use super::markdown::text::text;
use crate::catalog::Catalog;
use crate::exit_drill::{Drill, DrillReport, Move, Phase};
use crate::plan::Plan;
use crate::units::{Range, Seconds};

/// Writes what is to be done until a provider ends, with a box before every step.
pub fn exit_checklist(
    plan: &Plan,
    catalog: &Catalog,
    drill: &Drill,
    report: &DrillReport,
) -> String {
    let currency = figures::currency(plan);
    let title = if plan.title.is_empty() {
        "Untitled plan"
    } else {
        plan.title.as_str()
    };
    let provider = text(&report.provider);
    let mut lines = vec![
        format!("# Leaving {provider}: {}", text(title)),
        String::new(),
        format!(
            "Told on {}, ends on {}: {} days' notice. {}: about {} days are needed ({}).",
            drill.told,
            drill.ends,
            report.notice_days,
            report.verdict.name(),
            figures::number(report.needed_days.base.ceil()),
            between(report.needed_days)
        ),
        String::new(),
        "| Figure | Value |".to_owned(),
        "| --- | ---: |".to_owned(),
        format!(
            "| Work | {} days ({}) |",
            figures::number(report.work.base),
            between(report.work)
        ),
        format!("| Bill | {} |", figures::money(report.bill, currency)),
        format!(
            "| of it carrying data out | {} |",
            figures::money(report.egress, currency)
        ),
        format!(
            "| Data under way | {} |",
            figures::time(Seconds(report.transfer.base))
        ),
        format!(
            "| Down during the switch | {} |",
            figures::time(Seconds(report.downtime_hours.base * 3600.0))
        ),
    ];
    if report.waived_egress.0 > 0.0 {
        lines.push(String::new());
        lines.push(format!(
            "The price list says {} for carrying data out; a switch in the European Union costs nothing from 12 January 2027 (Regulation (EU) 2023/2854).",
            figures::money(report.waived_egress, currency)
        ));
    }
    if report.moves.is_empty() {
        lines.push(String::new());
        lines.push(format!("Nothing of this plan stands with {provider}."));
    } else {
        lines.extend(moves(report, currency));
    }
    for phase in Phase::ALL {
        let mut steps = report
            .steps
            .iter()
            .filter(|step| step.phase == phase)
            .peekable();
        if steps.peek().is_some() {
            lines.push(format!("\n## {}\n", phase.name()));
        }
        lines.extend(steps.map(|step| format!("- [ ] {}", text(&step.text.to_string()))));
    }
    lines.push(String::new());
    lines.push(format!(
        "Prices are those of the catalogue of {}; days are estimates of the plan.",
        text(&catalog.version)
    ));
    lines.push(String::new());
    lines.join("\n")
}

fn moves(report: &DrillReport, currency: &str) -> Vec<String> {
    let mut lines = vec![
        "\n## What moves, in this order\n".to_owned(),
        "| Component | From | Days | Data | To, for example |".to_owned(),
        "| --- | --- | ---: | ---: | --- |".to_owned(),
    ];
    lines.extend(report.moves.iter().map(|one| {
        format!(
            "| {} | {} | {} | {} GB | {} |",
            text(&one.name),
            text(&one.whereabouts().to_string()),
            figures::number(one.exit.days.base),
            figures::number(one.exit.data.0),
            text(&candidates(one, currency))
        )
    }));
    lines
}

fn candidates(one: &Move, currency: &str) -> String {
    if one.candidates.is_empty() {
        return "nothing in the catalogue meets the same need".to_owned();
    }
    let named = one.candidates.iter().map(|candidate| {
        let price = candidate.month.map_or(String::new(), |month| {
            format!(", {} a month", figures::money(month, currency))
        });
        format!("{}{price}", candidate.full_name())
    });
    named.collect::<Vec<_>>().join("; ")
}

fn between(range: Range) -> String {
    format!(
        "{} to {}",
        figures::number(range.low.ceil()),
        figures::number(range.high.ceil())
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Date;
    use crate::evaluate::evaluate;
    use crate::exit_drill::exit_drill;
    use crate::plan::sketch::sketch;

    #[test]
    fn every_step_has_a_box_and_every_move_a_row() {
        let plan =
            sketch("users -> app[offer=heroku-standard-1x] -> db[offer=heroku-pg-standard-0]")
                .unwrap();
        let catalog = Catalog::embedded();
        let drill = Drill {
            provider: "heroku".to_owned(),
            told: Date::parse("2026-11-21").unwrap(),
            ends: Date::parse("2026-12-21").unwrap(),
            is_in_eu: true,
        };
        let evaluation = evaluate(&plan, &catalog, None);
        let report = exit_drill(&plan, &catalog, &evaluation, &drill).unwrap();
        let written = exit_checklist(&plan, &catalog, &drill, &report);
        assert!(written.starts_with("# Leaving Heroku: Untitled plan\n\nTold on 2026-11-21, ends on 2026-12-21: 30 days' notice."));
        let boxes = written
            .lines()
            .filter(|line| line.starts_with("- [ ] "))
            .count();
        assert_eq!(boxes, report.steps.len());
        for one in &report.moves {
            assert!(written.contains(&format!("| {} |", one.name)), "{written}");
        }
    }
}
