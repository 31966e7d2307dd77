//! How many days a month the plan takes to run, and whose work the rest is.
//!
//! **Question.** Who has to look after what, and how long does it take?
//!
//! **Model.** Each component needs care of the machines it stands on and of what runs there.
//!
//! **Assumptions.** Days are editorial estimates, published figures differ by two orders of magnitude; a plan
//! can state its own.
//!
//! **Formula.** Hardware 0.5 days for each machine of your own (0.4 with a repair contract), operating system
//! 0.2 days for the group and 0.05 for each machine, then the care of the component type.
//!
//! **Reference.** None measured; the shape follows the seven layers between hardware and application.
//!
//! **Complexity.** `O(components)`.

use crate::components::Layer;
use crate::plan::HostingKind;
use crate::topology::{Component, Topology};
use crate::units::PersonDays;

/// The work of a plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorkReport {
    /// The work of each component.
    pub components: Vec<ComponentWork>,
}

/// The work of one component.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ComponentWork {
    /// What there is to do.
    pub tasks: Vec<Task>,
    /// The layers that are yours.
    pub yours: Vec<Layer>,
    /// The layers that somebody else looks after.
    pub theirs: Vec<Layer>,
}

/// Something to do every month.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// What it is, in words.
    pub name: &'static str,
    /// How long it takes in a month.
    pub month: PersonDays,
}

impl ComponentWork {
    /// All tasks together.
    pub fn month(&self) -> PersonDays {
        self.tasks.iter().map(|task| task.month).sum()
    }
}

/// What one more instance of a component would take a month.
pub fn another(component: &Component) -> PersonDays {
    let month = |component: &Component| component_work(component).month();
    let overrides = component.source.overrides.as_ref();
    if overrides.is_some_and(|overrides| overrides.work_days_month.is_some()) {
        return PersonDays(month(component).0 / component.instances.max(1) as f64);
    }
    let mut more = component.clone();
    more.instances += 1;
    PersonDays((month(&more).0 - month(component).0).max(0.0))
}

/// Computes the work of every component.
pub fn work(topology: &Topology) -> WorkReport {
    WorkReport {
        components: topology.components.iter().map(component_work).collect(),
    }
}

fn component_work(component: &Component) -> ComponentWork {
    if component.kind.layers.is_empty() {
        return ComponentWork::default();
    }
    let (yours, theirs) = component
        .kind
        .layers
        .iter()
        .partition(|layer| is_yours(**layer, component.hosting));
    ComponentWork {
        tasks: tasks(component),
        yours,
        theirs,
    }
}

/// Infrastructure as a service removes the hardware but not the operating system; a platform removes both and
/// the web server; the application is always yours.
fn is_yours(layer: Layer, hosting: Option<HostingKind>) -> bool {
    match hosting {
        Some(HostingKind::BareMetal) => true,
        None | Some(HostingKind::Vps | HostingKind::Iaas) => layer >= Layer::OperatingSystem,
        Some(HostingKind::Paas) => layer == Layer::Application,
    }
}

fn tasks(component: &Component) -> Vec<Task> {
    if let Some(stated) = component
        .source
        .overrides
        .as_ref()
        .and_then(|overrides| overrides.work_days_month)
    {
        let stated = if stated.is_finite() {
            stated.clamp(0.0, 1e6)
        } else {
            0.0
        };
        return vec![Task {
            name: "As stated in the plan",
            month: PersonDays(stated),
        }];
    }
    let machines = component.instances as f64;
    let mut tasks = Vec::new();
    if component.hosting == Some(HostingKind::BareMetal) {
        let has_spares = component
            .source
            .hosting
            .as_ref()
            .and_then(|hosting| hosting.spares)
            == Some(true);
        let each = if has_spares { 0.4 } else { 0.5 };
        tasks.push(Task {
            name: "Hardware: parts, power, visits",
            month: PersonDays(each * machines),
        });
    }
    if component.hosting == Some(HostingKind::Paas) {
        let days = component.kind.managed_care_days_month;
        tasks.push(Task {
            name: "Settings and upgrades of the service",
            month: PersonDays(days),
        });
    } else {
        tasks.push(Task {
            name: "Operating system: patches, users, logs",
            month: PersonDays(0.2 + 0.05 * machines),
        });
        tasks.push(Task {
            name: "What runs on it: setup, upgrades, faults",
            month: PersonDays(component.kind.care_days_month),
        });
    }
    tasks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::plan::sketch::sketch;

    fn rows(kind: &str) -> Vec<Layer> {
        let plan = sketch(&format!("users -> app[kind={kind}]")).unwrap();
        let catalog = Catalog::default();
        work(&Topology::new(&plan, &catalog)).components[1]
            .yours
            .clone()
    }

    #[test]
    fn each_kind_of_hosting_takes_layers_off_you() {
        assert_eq!(rows("bare_metal").len(), 6);
        assert_eq!(rows("vps"), rows("iaas"));
        assert!(
            rows("iaas").contains(&Layer::OperatingSystem)
                && !rows("iaas").contains(&Layer::Hardware)
        );
        assert_eq!(rows("paas"), [Layer::Application]);
    }
}
