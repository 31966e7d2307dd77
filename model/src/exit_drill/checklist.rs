//! The steps of a move in the order in which they are done.

use super::{Drill, DrillReport, Move};
use crate::analysis::lock_in::data_act;
use crate::plan::{Id, Plan};
use crate::topology::Topology;
use crate::words::{Words, fixed};

/// A part of the move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// While everything still runs as it did.
    Prepare,
    /// The new place.
    Build,
    /// The bulk of the data.
    Copy,
    /// From the old place to the new one.
    Switch,
    /// What is left.
    Clear,
}

impl Phase {
    /// All phases, in order.
    pub const ALL: [Self; 5] = [
        Self::Prepare,
        Self::Build,
        Self::Copy,
        Self::Switch,
        Self::Clear,
    ];

    /// The word in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Prepare => "prepare",
            Self::Build => "build",
            Self::Copy => "copy",
            Self::Switch => "switch",
            Self::Clear => "clear",
        }
    }

    /// The heading on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Prepare => "Prepare",
            Self::Build => "Build elsewhere",
            Self::Copy => "Copy the data",
            Self::Switch => "Switch",
            Self::Clear => "Clear up",
        }
    }
}

/// Something to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// When.
    pub phase: Phase,
    /// What, in a sentence.
    pub text: Words,
    /// The component that it is about, if it is about one.
    pub component: Option<Id>,
}

/// Everything that is to be done, in order; nothing if nothing has to move.
pub(super) fn steps(
    plan: &Plan,
    topology: &Topology,
    report: &DrillReport,
    drill: &Drill,
) -> Vec<Step> {
    if report.moves.is_empty() {
        return Vec::new();
    }
    [
        prepare(topology, report),
        build(report),
        copy(report),
        switch(report),
        clear(plan, report, drill),
    ]
    .concat()
}

fn step(phase: Phase, text: Words) -> Step {
    Step {
        phase,
        text,
        component: None,
    }
}

fn step_of(phase: Phase, one: &Move, what: Words) -> Step {
    Step {
        phase,
        text: words!("{name}: {what}", name = &one.name, what),
        component: Some(one.component.clone()),
    }
}

fn with_data(report: &DrillReport) -> impl Iterator<Item = &Move> {
    let moves = report.moves.iter();
    moves.filter(|one| one.downtime_hours.is_some())
}

fn prepare(topology: &Topology, report: &DrillReport) -> Vec<Step> {
    let provider = &report.provider;
    let mut steps = vec![step(
        Phase::Prepare,
        words!(
            "Save the settings, keys and rules that are kept with {provider} in files of your own.",
            provider
        ),
    )];
    if with_data(report).next().is_some() {
        steps.push(step(
            Phase::Prepare,
            words!(
                "Put a full backup with somebody other than {provider}, and restore it once.",
                provider
            ),
        ));
    }
    if !report.options.is_empty() {
        steps.push(step(
            Phase::Prepare,
            words!("Choose the way: {ways}.", ways = report.options.join("; ")),
        ));
    }
    let names = topology.components.iter().any(|one| one.kind.id == "dns");
    let names = if names {
        words!("Lower the time to live of your names to a minute, a day before the switch.")
    } else {
        words!("Find out who answers for your names, and lower their time to live to a minute.")
    };
    steps.push(step(Phase::Prepare, names));
    steps
}

fn build(report: &DrillReport) -> Vec<Step> {
    let moves = report.moves.iter();
    let text = |one: &Move| {
        let days = days(one.exit.days.base);
        match one.candidates.first() {
            Some(best) => words!(
                "order {offer}, set it up and try it ({days}).",
                offer = best.full_name(),
                days
            ),
            None => words!(
                "the catalogue has nothing that meets the same need; find or write a replacement ({days}).",
                days
            ),
        }
    };
    moves
        .map(|one| step_of(Phase::Build, one, text(one)))
        .collect()
}

fn copy(report: &DrillReport) -> Vec<Step> {
    let text = |one: &Move| {
        let data = volume(one.exit.data.0);
        if one.copies_live {
            words!(
                "copy {data} while it runs, and keep the copy up to date.",
                data
            )
        } else {
            words!(
                "rehearse the export of {data} and its conversion; the real one is part of the switch.",
                data
            )
        }
    };
    with_data(report)
        .map(|one| step_of(Phase::Copy, one, text(one)))
        .collect()
}

fn switch(report: &DrillReport) -> Vec<Step> {
    let mut steps = Vec::new();
    if with_data(report).next().is_some() {
        let text = words!("Stop all writing, and say so where visitors see it.");
        steps.push(step(Phase::Switch, text));
    }
    steps.extend(with_data(report).map(|one| {
        let text = if one.copies_live {
            words!(
                "carry the last changes over, count records on both sides, write to the new one."
            )
        } else {
            words!(
                "export everything, convert it, count records on both sides, write to the new one."
            )
        };
        step_of(Phase::Switch, one, text)
    }));
    let others = report.moves.iter();
    let others = others.filter(|one| one.downtime_hours.is_none());
    steps.extend(others.map(|one| {
        step_of(
            Phase::Switch,
            one,
            words!("let its callers use the new one."),
        )
    }));
    let text = words!(
        "Point your names at the new place last, and watch both until nobody asks the old one."
    );
    steps.push(step(Phase::Switch, text));
    steps
}

fn clear(plan: &Plan, report: &DrillReport, drill: &Drill) -> Vec<Step> {
    let months = plan.assumptions.get("exit_dual_running_months").base;
    let both = if (months - 1.0).abs() < 1e-9 {
        words!("one month")
    } else {
        words!("{months} months", months)
    };
    let fetch = if drill.is_in_eu {
        words!(
            "Fetch invoices, logs and old backups from {provider}, then have everything deleted and confirmed. In the European Union data can be fetched for at least {days} days after the switch.",
            provider = &report.provider,
            days = data_act::RETRIEVAL_DAYS
        )
    } else {
        words!(
            "Fetch invoices, logs and old backups from {provider}, then have everything deleted and confirmed.",
            provider = &report.provider
        )
    };
    let texts = [
        words!(
            "Keep the old place as a way back, until {day} at the latest; the bill counts {both} of both.",
            day = drill.ends,
            both
        ),
        fetch,
        words!(
            "Cancel contracts, cards and accesses, and write down how long each step really took."
        ),
    ];
    texts
        .into_iter()
        .map(|text| step(Phase::Clear, text))
        .collect()
}

fn days(days: f64) -> Words {
    if days < 1.05 {
        words!("about a day")
    } else {
        words!("about {days} days", days = fixed(days, 0))
    }
}

fn volume(gigabytes: f64) -> Words {
    if gigabytes < 1000.0 {
        return words!("{size} GB", size = fixed(gigabytes, 0));
    }
    let size = gigabytes / 1000.0;
    let is_whole = format!("{size:.1}").ends_with(".0");
    words!("{size} TB", size = fixed(size, usize::from(!is_whole)))
}
