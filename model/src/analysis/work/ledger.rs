//! Whose work each layer of a component is.

use crate::catalog::OfferKind;
use crate::components::Layer;
use crate::plan::{Engine, HostingKind};
use crate::topology::{Component, Topology};

/// The layers of one component, split between you and somebody else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// The layers that are yours, from the ground up.
    pub yours: Vec<Layer>,
    /// The layers that somebody else looks after.
    pub theirs: Vec<Layer>,
    /// Who that is; none where no offer is chosen, or where it is nobody.
    pub provider: Option<String>,
}

/// Who looks after what of a component.
///
/// Infrastructure as a service takes hardware and virtualisation but leaves the operating system; a platform takes
/// the operating system and the web server, and a managed service its data service; the application is always
/// yours. A rented machine is repaired by who lets it. Without a kind of hosting it counts as a virtual machine.
pub fn ledger(topology: &Topology, component: &Component) -> Ledger {
    let layers = component.kind.layers.iter().copied();
    let (yours, theirs): (Vec<_>, Vec<_>) = layers.partition(|layer| is_yours(*layer, component));
    let provider = component
        .offer
        .and_then(|offer| topology.catalog.provider(&offer.provider))
        .filter(|provider| !provider.is_own && !theirs.is_empty())
        .map(|provider| provider.name.clone());
    Ledger {
        yours,
        theirs,
        provider,
    }
}

/// Whether the platform under a component is open software that you run yourself, on somebody's machines.
pub(super) fn runs_own_engine(component: &Component) -> bool {
    let hosting = component.source.hosting.as_ref();
    hosting.and_then(|hosting| hosting.engine) == Some(Engine::SelfRun)
}

/// Whether its machines are a provider's, who repairs them.
pub(super) fn is_rented_metal(component: &Component) -> bool {
    component.hosting == Some(HostingKind::BareMetal)
        && component
            .offer
            .is_some_and(|offer| offer.kind == OfferKind::BareMetal && offer.site.is_none())
}

fn is_yours(layer: Layer, component: &Component) -> bool {
    match component.hosting {
        Some(HostingKind::BareMetal) => layer != Layer::Hardware || !is_rented_metal(component),
        Some(HostingKind::Paas) if !runs_own_engine(component) => {
            matches!(layer, Layer::Runtime | Layer::Application)
        }
        None | Some(HostingKind::Vps | HostingKind::Iaas | HostingKind::Paas) => {
            layer >= Layer::OperatingSystem
        }
    }
}
