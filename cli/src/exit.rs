//! What has to be done when a provider of a plan ends.

use model::catalog::{Catalog, Date};
use model::exit_drill::{Drill, exit_drill, providers_in};
use model::export;
use model::plan::Plan;

use crate::arguments::Ending;
use crate::plan_file::PlanFile;
use crate::{UNREADABLE, clock, evaluated, terminal};

/// Days to the end where none is named.
const NOTICE: u32 = 90;

/// Drills an end and prints what it takes; the exit status says only whether that could be asked.
pub(crate) fn exit(path: &str, ending: &Ending, as_json: bool) -> u8 {
    match drilled(path, ending, as_json) {
        Ok(text) => {
            terminal::print(&text);
            0
        }
        Err(message) => {
            terminal::complain(&message);
            UNREADABLE
        }
    }
}

fn drilled(path: &str, ending: &Ending, as_json: bool) -> Result<String, String> {
    let file = PlanFile::read(path)?;
    let catalog = Catalog::embedded();
    let catalog = catalog.for_plan(&file.plan);
    let told = ending.told.or_else(clock::today);
    let told = told.ok_or("planner: the clock says no day; name one with --told")?;
    let drill = Drill {
        provider: provider(&file.plan, &catalog, ending)
            .map_err(|why| format!("{}: {why}", file.name()))?,
        told,
        ends: last_day(told, ending)?,
        is_in_eu: ending.is_in_eu,
    };
    let evaluation = evaluated(&file, &catalog);
    let report = exit_drill(&file.plan, &catalog, &evaluation, &drill);
    let report = report.ok_or("planner: there is no such provider")?;
    Ok(if as_json {
        format!("{:#}\n", export::exit_drill::exit_drill(&drill, &report))
    } else {
        export::exit_checklist::exit_checklist(&file.plan, &catalog, &drill, &report)
    })
}

/// The provider that is named, or else the one that most components stand with.
fn provider(plan: &Plan, catalog: &Catalog, ending: &Ending) -> Result<String, String> {
    let here = providers_in(plan, catalog);
    let names = || {
        let ids: Vec<&str> = here.iter().map(|(one, _)| one.id.as_str()).collect();
        ids.join(", ")
    };
    match &ending.provider {
        Some(id) if catalog.provider(id).is_some() => Ok(id.clone()),
        Some(id) if here.is_empty() => Err(format!("there is no provider \"{id}\"")),
        Some(id) => Err(format!(
            "there is no provider \"{id}\"; this plan stands with {}",
            names()
        )),
        None => {
            // Of several with as many components the first.
            let most = here.iter().rev().max_by_key(|(_, components)| *components);
            let none = "nothing of this plan stands with a provider; name one with --provider";
            most.map(|(one, _)| one.id.clone())
                .ok_or_else(|| none.to_owned())
        }
    }
}

fn last_day(told: Date, ending: &Ending) -> Result<Date, String> {
    let ends = ending.ends.unwrap_or_else(|| told.after_days(NOTICE));
    if told.days_until(ends) < 0 {
        return Err(format!(
            "planner: it ends on {ends}, which is before {told}, the day on which one hears of it"
        ));
    }
    Ok(ends)
}
