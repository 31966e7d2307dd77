//! What holds a component where it is, and what one gets for it.

use crate::catalog::Interface;
use crate::components::Section;
use crate::plan::{Engine, HostingKind};
use crate::topology::{Component, Topology};
use crate::words::{Words, fixed};

/// One thing that holds a component, or the plan, where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Hold {
    /// What kind of lock-in it is.
    pub kind: LockInKind,
    /// What holds, in a sentence.
    pub what: Words,
    /// What one gets for it, in a sentence.
    pub benefit: &'static str,
}

/// The kinds of lock-in, after Hohpe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LockInKind {
    /// To one company.
    Vendor,
    /// To one product.
    Product,
    /// To one version.
    Version,
    /// To one way to build.
    Architecture,
    /// To one platform's shape.
    Platform,
    /// To what people know.
    Skills,
    /// To a contract.
    Legal,
    /// To a habit.
    Mental,
}

impl LockInKind {
    /// The word in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Vendor => "vendor",
            Self::Product => "product",
            Self::Version => "version",
            Self::Architecture => "architecture",
            Self::Platform => "platform",
            Self::Skills => "skills",
            Self::Legal => "legal",
            Self::Mental => "mental",
        }
    }

    /// The word on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Vendor => "Vendor",
            Self::Product => "Product",
            Self::Version => "Version",
            Self::Architecture => "Architecture",
            Self::Platform => "Platform",
            Self::Skills => "Skills",
            Self::Legal => "Legal",
            Self::Mental => "Mental",
        }
    }
}

/// What holds one component.
pub(super) fn holds(topology: &Topology, component: &Component, interface: Interface) -> Vec<Hold> {
    let Some(hosting) = component.source.hosting.as_ref() else {
        return Vec::new();
    };
    let offer = component.software.or(component.offer);
    let host = component
        .offer
        .and_then(|offer| topology.catalog.provider(&offer.provider))
        .filter(|provider| !provider.is_own);
    let is_platform =
        component.hosting == Some(HostingKind::Paas) && hosting.engine != Some(Engine::SelfRun);
    let is_data = component.kind.section == Section::Data;
    let is_program = component.kind.section == Section::Compute;
    let is_portable = hosting.portable == Some(true) && super::can_be_portable(component);
    let mut holds = Vec::new();
    let mut hold = |kind, what: Words, benefit| {
        holds.push(Hold {
            kind,
            what,
            benefit,
        });
    };
    if interface >= Interface::ProprietaryOperations && !is_portable {
        hold(
            LockInKind::Vendor,
            match host {
                Some(host) => words!("Only {provider} runs it this way.", provider = &host.name),
                None => words!("Only one provider runs it this way."),
            },
            "Somebody else runs it and answers for it.",
        );
    }
    if interface == Interface::ProprietaryApi {
        let own = offer.and_then(|offer| offer.proprietary.first());
        hold(
            LockInKind::Product,
            match own {
                Some(own) => words!("Your program speaks {own}.", own),
                None => words!("Your program speaks an interface of its own."),
            },
            "Features that open software does not have, ready to use.",
        );
        if is_program || component.kind.id == "queue" {
            hold(
                LockInKind::Architecture,
                words!("What is built around it follows its events and limits."),
                "It scales without anybody's work.",
            );
        }
    }
    if is_platform && is_data && interface == Interface::OpenSourceManaged {
        hold(
            LockInKind::Version,
            match host {
                Some(host) => words!(
                    "{provider} says which versions run, and until when.",
                    provider = &host.name
                ),
                None => words!("One provider says which versions run, and until when."),
            },
            "Upgrades and patches are done for you.",
        );
    }
    if is_platform && is_program && !is_portable {
        hold(
            LockInKind::Platform,
            words!("It has the platform's shape: no files of its own, configuration from outside."),
            "No operating system and no web server to look after.",
        );
    }
    if component.hosting == Some(HostingKind::BareMetal) {
        hold(
            LockInKind::Skills,
            words!("Somebody has to know the machines."),
            "All of the machine, at its price.",
        );
    }
    if component.burst.is_some() {
        hold(
            LockInKind::Skills,
            words!("Somebody has to know the rules by which it grows and shrinks."),
            "The peak is paid for by the hour.",
        );
    }
    if let Some(months) = component.stated.commitment.filter(|months| *months > 0.0) {
        hold(
            LockInKind::Legal,
            words!("{months} months are promised.", months = fixed(months, 0)),
            "A lower price for as long.",
        );
    }
    holds
}

/// What holds the plan as a whole.
pub(super) fn shared_holds(topology: &Topology) -> Vec<Hold> {
    let mut offers = topology.components.iter().filter_map(|one| one.offer);
    let Some(first) = offers.next() else {
        return Vec::new();
    };
    let provider = topology.catalog.provider(&first.provider);
    let Some(provider) = provider.filter(|provider| !provider.is_own) else {
        return Vec::new();
    };
    let mut others = offers.peekable();
    if others.peek().is_none() || others.any(|offer| offer.provider != first.provider) {
        return Vec::new();
    }
    vec![Hold {
        kind: LockInKind::Mental,
        what: words!(
            "Everything stands with {provider}: nobody has to look elsewhere.",
            provider = &provider.name
        ),
        benefit: "One bill, one login, one set of habits.",
    }]
}
