//! Failures as gates over events: the form in which a journey, or any tree of a textbook, is solved.

use std::collections::BTreeSet;

/// Gates that say which failures together make the top fail; no gate needs one that comes after it.
#[derive(Clone, Debug)]
pub struct FaultTree {
    gates: Vec<Gate>,
    /// The gate that says whether the whole fails.
    pub top: usize,
}

/// One gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Fails when the event happens.
    Event(usize),
    /// Fails when at least this many of its inputs do: `or` with 1, `and` with all of them.
    AtLeast {
        /// How many.
        count: usize,
        /// The gates it looks at.
        inputs: Vec<usize>,
    },
}

impl Default for FaultTree {
    fn default() -> Self {
        let constant = |count| Gate::AtLeast {
            count,
            inputs: Vec::new(),
        };
        Self {
            gates: vec![constant(1), constant(0)],
            top: Self::NEVER,
        }
    }
}

impl FaultTree {
    /// The gate that never fails.
    pub const NEVER: usize = 0;

    /// The gate that always fails.
    pub const CERTAIN: usize = 1;

    /// All gates, inputs before those that look at them.
    pub fn gates(&self) -> &[Gate] {
        &self.gates
    }

    /// Adds an event; call it once per event.
    pub fn leaf(&mut self, event: usize) -> usize {
        self.gates.push(Gate::Event(event));
        self.gates.len() - 1
    }

    /// A gate that fails when any of these does.
    pub fn or(&mut self, inputs: Vec<usize>) -> usize {
        self.at_least(1, inputs)
    }

    /// A gate that fails when all of these do.
    pub fn and(&mut self, inputs: Vec<usize>) -> usize {
        self.at_least(inputs.len(), inputs)
    }

    /// A gate that fails when at least `count` of these do, in its simplest form.
    pub fn at_least(&mut self, count: usize, inputs: Vec<usize>) -> usize {
        let given = inputs.len();
        let mut inputs: Vec<usize> = inputs
            .into_iter()
            .filter(|&input| input != Self::CERTAIN)
            .collect();
        let count = count.saturating_sub(given - inputs.len());
        inputs.retain(|&input| input != Self::NEVER);
        if count == 0 {
            return Self::CERTAIN;
        }
        if count > inputs.len() {
            return Self::NEVER;
        }
        let needs_all = count == inputs.len();
        if count == 1 || needs_all {
            let mut seen = BTreeSet::new();
            inputs.retain(|&input| seen.insert(input));
        }
        let count = if needs_all { inputs.len() } else { count };
        if let [input] = inputs[..] {
            return input;
        }
        self.gates.push(Gate::AtLeast { count, inputs });
        self.gates.len() - 1
    }

    /// Whether the top fails when exactly the events do for which `happens` says so.
    pub fn fails(&self, happens: impl Fn(usize) -> bool) -> bool {
        let mut failed: Vec<bool> = Vec::with_capacity(self.gates.len());
        for gate in &self.gates {
            failed.push(match gate {
                Gate::Event(event) => happens(*event),
                Gate::AtLeast { count, inputs } => {
                    inputs.iter().filter(|&&input| failed[input]).count() >= *count
                }
            });
        }
        failed[self.top]
    }

    /// Which gates the top looks at, directly or not, itself included.
    fn reached(&self) -> Vec<bool> {
        let mut reached = vec![false; self.gates.len()];
        reached[self.top] = true;
        for gate in (0..=self.top).rev() {
            if let (true, Gate::AtLeast { inputs, .. }) = (reached[gate], &self.gates[gate]) {
                for &input in inputs {
                    reached[input] = true;
                }
            }
        }
        reached
    }

    /// The same tree in its simplest form, with some events settled.
    pub(super) fn settled(&self, settled: impl Fn(usize) -> Option<bool>) -> Self {
        let reached = self.reached();
        let mut tree = Self::default();
        let mut copied = vec![Self::NEVER; self.gates.len()];
        for (index, gate) in self.gates.iter().enumerate() {
            if !reached[index] {
                continue;
            }
            copied[index] = match gate {
                Gate::Event(event) => match settled(*event) {
                    Some(true) => Self::CERTAIN,
                    Some(false) => Self::NEVER,
                    None => tree.leaf(*event),
                },
                Gate::AtLeast { count, inputs } => {
                    let inputs = inputs.iter().map(|&input| copied[input]).collect();
                    tree.at_least(*count, inputs)
                }
            };
        }
        tree.top = copied[self.top];
        tree
    }
}
