//! How many days a month the plan takes to run, and whose work the rest is.
//!
//! **Question.** Who has to look after what, and how long does it take?
//!
//! **Model.** Each component needs care of the machines it stands on and of what runs there; some work comes once
//! for the whole plan, whatever it is made of.
//!
//! **Assumptions.** Published figures differ by two orders of magnitude: every figure is an estimate of the plan
//! (`work_…`) and a component can state its own. The defaults agree with a worksheet of 2026 that counts 8 hours a
//! month for a machine of one's own, 4 for a VPS, 1 for a platform and half an hour for a managed service.
//!
//! **Formula.** For each component hardware × machines, the operating system once and again for each machine
//! (times `work_scripted` where setting up is a script), then for each further layer that is yours the care of the
//! component type; a managed service takes its settings alone; units by the hour take `work_scaling_days`. Once
//! for the plan: `work_provider_days` for every provider after the first, `work_engine_days` if a platform is
//! one's own, and `on_call_days` as soon as somebody has to answer outside working hours. That last one is a step:
//! a rota takes as many nights whether it watches one machine or twenty.
//!
//! **Reference.** None measured; the shape follows the seven layers between hardware and application.
//!
//! **Complexity.** `O(components)`.

mod ledger;

use std::collections::BTreeSet;

pub use ledger::{Ledger, ledger};

use crate::components::{Layer, Section};
use crate::plan::{Assumptions, HostingKind};
use crate::topology::{Component, Topology};
use crate::units::PersonDays;

/// Hours of a week up to which answering is done in working hours.
const WORKING_HOURS_WEEK: f64 = 60.0;

/// The work of a plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorkReport {
    /// The work of each component.
    pub components: Vec<ComponentWork>,
    /// What there is to do once for the whole plan.
    pub shared: Vec<Task>,
}

/// The work of one component.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ComponentWork {
    /// What there is to do.
    pub tasks: Vec<Task>,
    /// Whose layer is whose.
    pub ledger: Ledger,
}

/// Something to do every month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Task {
    /// What it is.
    pub kind: TaskKind,
    /// How long it takes in a month.
    pub month: PersonDays,
}

/// What there can be to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TaskKind {
    /// Machines of your own, or letting somebody repair them.
    Hardware,
    /// Patches, users, logs.
    OperatingSystem,
    /// Web server, balancer, certificates.
    WebServer,
    /// Language runtime, or a platform of your own.
    Runtime,
    /// Database, cache, queue or store.
    DataService,
    /// A service that somebody else runs.
    ManagedService,
    /// Units that come and go by the hour.
    Scaling,
    /// Accounts, bills and tickets of every provider after the first.
    Providers,
    /// Somebody who answers at night.
    OnCall,
    /// What the plan states.
    Stated,
}

impl TaskKind {
    /// All kinds, from the ground up.
    pub const ALL: [Self; 10] = [
        Self::Hardware,
        Self::OperatingSystem,
        Self::WebServer,
        Self::Runtime,
        Self::DataService,
        Self::ManagedService,
        Self::Scaling,
        Self::Providers,
        Self::OnCall,
        Self::Stated,
    ];

    /// The word in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Hardware => "hardware",
            Self::OperatingSystem => "operating_system",
            Self::WebServer => "web_server",
            Self::Runtime => "runtime",
            Self::DataService => "data_service",
            Self::ManagedService => "managed_service",
            Self::Scaling => "scaling",
            Self::Providers => "providers",
            Self::OnCall => "on_call",
            Self::Stated => "stated",
        }
    }

    /// The words on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hardware => "Hardware",
            Self::OperatingSystem => "Operating system",
            Self::WebServer => "Web server",
            Self::Runtime => "Runtime",
            Self::DataService => "Data service",
            Self::ManagedService => "Managed service",
            Self::Scaling => "Scaling",
            Self::Providers => "More providers",
            Self::OnCall => "On call",
            Self::Stated => "As stated",
        }
    }

    /// What is done, in a few words.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Hardware => "parts, power, visits, tickets",
            Self::OperatingSystem => "patches, users, logs",
            Self::WebServer => "settings, certificates",
            Self::Runtime => "language, libraries, platform of your own",
            Self::DataService => "upgrades, tuning, faults",
            Self::ManagedService => "settings and upgrades of what others run",
            Self::Scaling => "rules, images, limits of units by the hour",
            Self::Providers => "accounts, bills and tickets of each after the first",
            Self::OnCall => "somebody answers outside working hours",
            Self::Stated => "a figure of this plan",
        }
    }
}

impl WorkReport {
    /// All components and what is shared.
    pub fn month(&self) -> PersonDays {
        let components = self.components.iter().map(ComponentWork::month);
        components
            .chain(self.shared.iter().map(|task| task.month))
            .sum()
    }
}

impl ComponentWork {
    /// All tasks together.
    pub fn month(&self) -> PersonDays {
        self.tasks.iter().map(|task| task.month).sum()
    }
}

/// What one more instance of a component would take a month.
pub fn another(topology: &Topology, component: &Component) -> PersonDays {
    let month = |component: &Component| component_work(topology, component).month();
    if component.stated.work_month.is_some() {
        return PersonDays(month(component).0 / component.instances.max(1) as f64);
    }
    let mut more = component.clone();
    more.instances += 1;
    PersonDays((month(&more).0 - month(component).0).max(0.0))
}

/// Computes the work of every component and of the plan as a whole.
pub fn work(topology: &Topology) -> WorkReport {
    let components = topology.components.iter();
    WorkReport {
        components: components
            .map(|component| component_work(topology, component))
            .collect(),
        shared: shared(topology),
    }
}

fn component_work(topology: &Topology, component: &Component) -> ComponentWork {
    if component.kind.layers.is_empty() {
        return ComponentWork::default();
    }
    ComponentWork {
        tasks: tasks(&topology.plan.assumptions, component),
        ledger: ledger(topology, component),
    }
}

fn tasks(assumptions: &Assumptions, component: &Component) -> Vec<Task> {
    if let Some(stated) = component.stated.work_month {
        return vec![Task {
            kind: TaskKind::Stated,
            month: stated,
        }];
    }
    let days = |id: &str| assumptions.get(id).base;
    let mut tasks = Vec::new();
    let mut add = |kind: TaskKind, days: f64| {
        tasks.push(Task {
            kind,
            month: PersonDays(days),
        });
    };
    let machines = component.instances as f64;
    let hosting = component.source.hosting.as_ref();
    let is_scripted = hosting.and_then(|hosting| hosting.automated) == Some(true);
    let is_managed =
        component.hosting == Some(HostingKind::Paas) && !ledger::runs_own_engine(component);
    if component.hosting == Some(HostingKind::BareMetal) {
        let has_spares = hosting.and_then(|hosting| hosting.spares) == Some(true);
        let each = if ledger::is_rented_metal(component) {
            days("work_hardware_rented_days")
        } else if has_spares {
            days("work_hardware_contract_days")
        } else {
            days("work_hardware_days")
        };
        add(TaskKind::Hardware, each * machines);
    }
    if is_managed {
        let care = component.kind.managed_care.map_or(0.0, days);
        add(TaskKind::ManagedService, care);
    } else {
        let scripted = if is_scripted {
            days("work_scripted")
        } else {
            1.0
        };
        let system = days("work_system_days") + days("work_machine_days") * machines * scripted;
        add(TaskKind::OperatingSystem, system);
        for &(layer, id) in component.kind.care {
            add(task_of(layer), days(id));
        }
    }
    if component.burst.is_some() {
        add(TaskKind::Scaling, days("work_scaling_days"));
    }
    tasks
}

fn task_of(layer: Layer) -> TaskKind {
    match layer {
        Layer::Hardware | Layer::Virtualisation => TaskKind::Hardware,
        Layer::OperatingSystem => TaskKind::OperatingSystem,
        Layer::WebServer => TaskKind::WebServer,
        Layer::Runtime | Layer::Application => TaskKind::Runtime,
        Layer::DataService => TaskKind::DataService,
    }
}

/// What comes once for the plan, as soon as there is anything to run.
fn shared(topology: &Topology) -> Vec<Task> {
    let hosted = || {
        topology
            .components
            .iter()
            .filter(|one| one.hosting.is_some())
    };
    if hosted().next().is_none() {
        return Vec::new();
    }
    let days = |id: &str| topology.plan.assumptions.get(id).base;
    let providers: BTreeSet<&str> = hosted()
        .filter_map(|component| Some(component.offer?.provider.as_str()))
        .collect();
    let has_own_engine =
        hosted().any(|one| one.kind.section == Section::Compute && ledger::runs_own_engine(one));
    let more_providers = providers.len().saturating_sub(1);
    let answers_at_night = days("on_call_hours_week") > WORKING_HOURS_WEEK;
    let tasks = [
        (TaskKind::Runtime, has_own_engine, days("work_engine_days")),
        (
            TaskKind::Providers,
            more_providers > 0,
            days("work_provider_days") * more_providers as f64,
        ),
        (TaskKind::OnCall, answers_at_night, days("on_call_days")),
    ];
    tasks
        .into_iter()
        .filter(|(_, applies, _)| *applies)
        .map(|(kind, _, days)| Task {
            kind,
            month: PersonDays(days),
        })
        .collect()
}

#[cfg(test)]
mod tests;
