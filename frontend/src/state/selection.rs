//! Which parts of the plan are selected.

use std::collections::BTreeSet;
use std::iter;

use model::order::Gather as _;
use model::plan::{Id, Plan};

/// Selected components and connections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    /// Selected components.
    pub components: BTreeSet<Id>,
    /// Selected connections.
    pub connections: BTreeSet<Id>,
    /// The selected place; never beside anything else.
    pub place: Option<Id>,
}

impl Selection {
    /// One component alone.
    pub(crate) fn component(id: Id) -> Self {
        Self {
            components: iter::once(id).gather_set(),
            ..Self::default()
        }
    }

    /// One connection alone.
    pub(crate) fn connection(id: Id) -> Self {
        Self {
            connections: iter::once(id).gather_set(),
            ..Self::default()
        }
    }

    /// One place alone.
    pub(crate) fn place(id: Id) -> Self {
        Self {
            place: Some(id),
            ..Self::default()
        }
    }

    /// Every component of a plan.
    pub(crate) fn all(plan: &Plan) -> Self {
        Self {
            components: plan.components.iter().map(|c| c.id.clone()).gather_set(),
            ..Self::default()
        }
    }

    /// The parts of a plan among these ids.
    pub(crate) fn of(plan: &Plan, ids: &[Id]) -> Self {
        let mut selection = Self::default();
        for id in ids {
            if plan.component(id).is_some() {
                selection.components.insert(id.clone());
            } else if plan.connection(id).is_some() {
                selection.connections.insert(id.clone());
            }
        }
        if selection.is_empty() {
            selection.place = ids.iter().find(|id| plan.place(id).is_some()).cloned();
        }
        selection
    }

    /// Whether nothing is selected.
    pub(crate) fn is_empty(&self) -> bool {
        self.components.is_empty() && self.connections.is_empty() && self.place.is_none()
    }

    /// The selected component, if it is the only selected part.
    pub(crate) fn only_component(&self) -> Option<&Id> {
        (self.components.len() == 1 && self.connections.is_empty())
            .then(|| self.components.first())
            .flatten()
    }

    /// The selected connection, if it is the only selected part.
    pub(crate) fn only_connection(&self) -> Option<&Id> {
        (self.connections.len() == 1 && self.components.is_empty())
            .then(|| self.connections.first())
            .flatten()
    }

    /// Whether all selected components are pinned to where they stand.
    pub(crate) fn is_pinned(&self, plan: &Plan) -> bool {
        let mut chosen = plan.components.iter();
        !self.components.is_empty()
            && chosen
                .all(|component| component.is_pinned() || !self.components.contains(&component.id))
    }

    /// This selection with the other's parts turned: in when they were out, out when they were in.
    pub(crate) fn toggled(&self, other: &Self) -> Self {
        Self {
            components: &self.components ^ &other.components,
            connections: &self.connections ^ &other.connections,
            place: None,
        }
    }

    /// What of it is in the plan.
    pub(crate) fn within(mut self, plan: &Plan) -> Self {
        if !self.components.is_empty() {
            let known = plan.components.iter().map(|c| &c.id).gather_set();
            self.components.retain(|id| known.contains(id));
        }
        if !self.connections.is_empty() {
            let known = plan.connections.iter().map(|c| &c.id).gather_set();
            self.connections.retain(|id| known.contains(id));
        }
        self.place = self.place.filter(|id| plan.place(id).is_some());
        self
    }
}
