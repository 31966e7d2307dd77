//! Failures as gates over events: the form in which a journey, or any tree of a textbook, is solved.

/// Inputs of an `or` that are merged into the `or` above it; longer lists would be copied again and again.
const MOST_SPLICED: usize = 16;

/// Gates that say which failures together make the top fail; no gate needs one that comes after it.
#[derive(Clone, Debug)]
pub struct FaultTree {
    gates: Vec<Gate>,
    /// Where a gate with the same inputs is found again: open addressing, 0 is free.
    same: Vec<u32>,
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
            same: vec![0; 16],
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

    /// An event.
    pub fn leaf(&mut self, event: usize) -> usize {
        self.shared(Gate::Event(event))
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
        inputs.sort_unstable();
        let needs_all = count == inputs.len();
        if count == 1 || needs_all {
            inputs.dedup();
        }
        let count = if needs_all { inputs.len() } else { count };
        if let [input] = inputs[..] {
            return input;
        }
        self.shared(Gate::AtLeast { count, inputs })
    }

    /// The gate that is the same as this one, or else this one.
    fn shared(&mut self, gate: Gate) -> usize {
        if self.gates.len() * 2 > self.same.len() {
            self.same = vec![0; self.same.len() * 4];
            for index in 2..self.gates.len() {
                let slot = self.slot(&self.gates[index]);
                self.same[slot] = index as u32;
            }
        }
        let slot = self.slot(&gate);
        if self.same[slot] == 0 {
            self.same[slot] = self.gates.len() as u32;
            self.gates.push(gate);
        }
        self.same[slot] as usize
    }

    /// The place in `same` that holds this gate, or is free for it.
    fn slot(&self, gate: &Gate) -> usize {
        let mask = self.same.len() - 1;
        let mut slot = gate.hash() & mask;
        while self.same[slot] != 0 && self.gates[self.same[slot] as usize] != *gate {
            slot = (slot + 1) & mask;
        }
        slot
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
    pub(in crate::analysis) fn settled(&self, settled: impl Fn(usize) -> Option<bool>) -> Self {
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

    /// The same tree with what takes down enough inputs of a gate by itself lifted above it.
    ///
    /// Two instances that both need a database fail together when it does: `(a + d)(b + d) = d + a b`.
    pub(in crate::analysis) fn factored(&self) -> Self {
        let mut users = vec![0_u32; self.gates.len()];
        for gate in &self.gates {
            if let Gate::AtLeast { inputs, .. } = gate {
                for &input in inputs {
                    users[input] += 1;
                }
            }
        }
        let mut tree = Self::default();
        let mut copied: Vec<usize> = Vec::with_capacity(self.gates.len());
        for gate in &self.gates {
            copied.push(match gate {
                Gate::Event(event) => tree.leaf(*event),
                Gate::AtLeast { count: 1, inputs } => {
                    let mut causes = Vec::with_capacity(inputs.len());
                    for &input in inputs {
                        match &tree.gates[copied[input]] {
                            Gate::AtLeast { count: 1, inputs }
                                if users[input] == 1 && inputs.len() <= MOST_SPLICED =>
                            {
                                causes.extend(inputs);
                            }
                            _ => causes.push(copied[input]),
                        }
                    }
                    tree.or(causes)
                }
                Gate::AtLeast { count, inputs } => {
                    let inputs = inputs.iter().map(|&input| copied[input]).collect();
                    tree.lifted(*count, inputs)
                }
            });
        }
        tree.top = copied[self.top];
        tree
    }

    fn lifted(&mut self, count: usize, inputs: Vec<usize>) -> usize {
        let causes = |input: usize| match &self.gates[input] {
            Gate::AtLeast { count: 1, inputs } => inputs.as_slice(),
            _ => &[],
        };
        let mut all: Vec<usize> = inputs.clone();
        all.extend(inputs.iter().flat_map(|&input| causes(input)));
        all.sort_unstable();
        let mut common: Vec<usize> = all
            .chunk_by(|a, b| a == b)
            .filter(|same| same.len() >= count && same[0] > Self::CERTAIN)
            .map(|same| same[0])
            .collect();
        if common.is_empty() {
            return self.at_least(count, inputs);
        }
        let is_common = |gate: &usize| common.binary_search(gate).is_ok();
        let left: Vec<(usize, Vec<usize>)> = inputs
            .iter()
            .map(|&input| {
                let kept = causes(input)
                    .iter()
                    .copied()
                    .filter(|gate| !is_common(gate));
                (input, kept.collect())
            })
            .collect();
        let mut inputs = Vec::with_capacity(left.len());
        for (input, kept) in left {
            inputs.push(if common.binary_search(&input).is_ok() {
                Self::NEVER
            } else if causes_of(&self.gates[input]) == kept.len() {
                input
            } else {
                self.or(kept)
            });
        }
        let rest = self.at_least(count, inputs);
        common.push(rest);
        self.or(common)
    }
}

fn causes_of(gate: &Gate) -> usize {
    match gate {
        Gate::AtLeast { count: 1, inputs } => inputs.len(),
        _ => 0,
    }
}

impl Gate {
    fn hash(&self) -> usize {
        const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
        let step = |hash: u64, part: usize| (hash.rotate_left(5) ^ part as u64).wrapping_mul(MIX);
        let hash = match self {
            Self::Event(event) => step(1, *event),
            Self::AtLeast { count, inputs } => inputs
                .iter()
                .fold(step(2, *count), |hash, &input| step(hash, input)),
        };
        (hash >> 32) as usize
    }
}
