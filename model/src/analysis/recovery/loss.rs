//! What is lost at once: everything that a fault of software, hardware, a zone or a region takes.

use crate::order::Order as _;
use crate::plan::{HostingKind, PlaceKind};
use crate::topology::Topology;

/// A class of losses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Disruption {
    /// A bad release, a deletion, a fault that damages data: every copy gets it.
    Software,
    /// One machine with its disk; where the plan draws them, also a host, a rack or a power supply.
    Hardware,
    /// One data centre.
    Zone,
    /// All data centres of one area.
    Region,
}

impl Disruption {
    /// All classes, from what happens most.
    pub const ALL: [Self; 4] = [Self::Software, Self::Hardware, Self::Zone, Self::Region];

    /// The word in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Software => "software",
            Self::Hardware => "hardware",
            Self::Zone => "zone",
            Self::Region => "region",
        }
    }

    /// The word on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Software => "Software",
            Self::Hardware => "Hardware",
            Self::Zone => "Zone",
            Self::Region => "Region",
        }
    }
}

/// One loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Loss {
    /// Nothing is gone, but what every instance holds is wrong.
    Everything,
    /// One instance of a component, by numbers.
    Instance(usize, usize),
    /// Everything that stands in a place.
    Place(usize),
    /// Everything of which nobody drew the zone or region.
    Undrawn(Spot, Disruption),
}

/// Where an instance stands as seen by a class of losses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spot {
    /// In a place that the class takes as a whole.
    Place(usize),
    /// Somewhere in a wider place.
    Around(usize),
    /// Nowhere in particular.
    Nowhere,
}

impl Loss {
    /// How many instances of a component it takes.
    pub(super) fn taken(self, topology: &Topology, component: usize) -> usize {
        let resolved = &topology.components[component];
        match self {
            Self::Everything => resolved.instances,
            Self::Instance(other, instance) => {
                usize::from(other == component && instance < resolved.instances)
            }
            Self::Place(place) => resolved.placement.count(|path| path.contains(&place)),
            Self::Undrawn(undrawn, class) => resolved
                .placement
                .count(|path| spot(topology, class, path) == undrawn),
        }
    }

    /// Whether it takes the first instance of a component.
    pub(super) fn takes_first(self, topology: &Topology, component: usize) -> bool {
        let path = topology.components[component].placement.first();
        match self {
            Self::Everything => true,
            Self::Instance(other, instance) => (other, instance) == (component, 0),
            Self::Place(place) => path.is_some_and(|path| path.contains(&place)),
            Self::Undrawn(undrawn, class) => {
                path.is_some_and(|path| spot(topology, class, path) == undrawn)
            }
        }
    }
}

/// Whether a class of losses can take anything of a component.
pub(super) fn is_exposed(topology: &Topology, class: Disruption, component: usize) -> bool {
    let resolved = &topology.components[component];
    let behaviour = resolved.kind.behaviour;
    let is_spread = behaviour.is_spread_as_service && resolved.hosting == Some(HostingKind::Paas);
    let is_narrow = matches!(class, Disruption::Hardware | Disruption::Zone);
    !(behaviour.is_source || behaviour.is_external || is_spread && is_narrow)
}

/// Where an instance stands. What nobody drew counts as one zone of its region, or of its provider.
pub(super) fn spot(topology: &Topology, class: Disruption, path: &[usize]) -> Spot {
    let nearest = |kinds: &[PlaceKind]| {
        let mut path = path.iter();
        path.find(|&&place| kinds.contains(&topology.domains[place].kind))
            .copied()
    };
    let own: &[PlaceKind] = match class {
        Disruption::Region => &[PlaceKind::Region],
        _ => &[PlaceKind::Zone, PlaceKind::Site],
    };
    if let Some(place) = nearest(own) {
        return Spot::Place(place);
    }
    let around = nearest(&[PlaceKind::Region]).or_else(|| nearest(&[PlaceKind::Provider]));
    around.map_or(Spot::Nowhere, Spot::Around)
}

/// Adds the losses of a class that touch a component, each of a different outcome.
pub(super) fn add_losses(
    topology: &Topology,
    class: Disruption,
    component: usize,
    losses: &mut Vec<Loss>,
) {
    if !is_exposed(topology, class, component) {
        return;
    }
    let most = losses.len() + MOST_LOSSES;
    let resolved = &topology.components[component];
    let instances = 0..resolved.instances;
    match class {
        Disruption::Software => losses.push(Loss::Everything),
        Disruption::Hardware => {
            let machines = [PlaceKind::Host, PlaceKind::Rack, PlaceKind::Power];
            let mut places: Vec<usize> = resolved
                .placement
                .paths()
                .flat_map(|(path, _)| path)
                .copied()
                .filter(|&place| machines.contains(&topology.domains[place].kind))
                .collect();
            places.order_by(usize::cmp);
            places.dedup();
            // The first instance may be the primary; the others are alike.
            let alone = instances.take(2).map(|i| Loss::Instance(component, i));
            losses.extend(alone.chain(places.into_iter().map(Loss::Place)));
        }
        Disruption::Zone | Disruption::Region => {
            let paths = resolved.placement.paths();
            let mut spots: Vec<Spot> = paths.map(|(path, _)| spot(topology, class, path)).collect();
            spots.order_by(Spot::cmp);
            spots.dedup();
            losses.extend(spots.into_iter().map(|spot| loss_of(spot, class)));
        }
    }
    losses.truncate(most);
}

/// Losses of one component that are looked at.
const MOST_LOSSES: usize = 64;

/// Every zone or every region in which something stands.
pub(super) fn wide_losses(topology: &Topology, class: Disruption) -> Vec<Loss> {
    let mut spots: Vec<Spot> = Vec::new();
    for component in 0..topology.components.len() {
        if is_exposed(topology, class, component) {
            let paths = topology.components[component].placement.paths();
            spots.extend(paths.map(|(path, _)| spot(topology, class, path)));
        }
    }
    spots.order_by(Spot::cmp);
    spots.dedup();
    spots.into_iter().map(|spot| loss_of(spot, class)).collect()
}

fn loss_of(spot: Spot, class: Disruption) -> Loss {
    match spot {
        Spot::Place(place) => Loss::Place(place),
        undrawn => Loss::Undrawn(undrawn, class),
    }
}
