//! What a few typed letters look for, and what a search found.

use model::plan::Id;

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Find {
    /// Anything that can be done, and any part of the plan.
    Command,
    /// A part of the plan.
    Part,
    /// What the selected component shall call.
    Target,
    /// The place where the selected components shall stand.
    Place,
    /// The type of a new component.
    Type,
}

/// The parts that a search found, and which of them is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// The parts, the best first.
    pub ids: Vec<Id>,
    /// Which of them is shown.
    pub at: usize,
}

impl Found {
    /// The same with the next part shown, or the one before, round the end.
    pub(super) fn moved(&self, is_back: bool) -> Self {
        let count = self.ids.len().max(1);
        Self {
            ids: self.ids.clone(),
            at: if is_back {
                self.at + count - 1
            } else {
                self.at + 1
            } % count,
        }
    }

    /// The part that is shown.
    pub(super) fn shown(&self) -> Option<&Id> {
        self.ids.get(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_the_last_comes_the_first() {
        let found = Found {
            ids: vec!["a".into(), "b".into(), "c".into()],
            at: 2,
        };
        assert_eq!(found.moved(false).shown(), Some(&"a".into()));
        assert_eq!(found.moved(true).shown(), Some(&"b".into()));
        assert_eq!(Found::default().moved(false).shown(), None);
    }
}
