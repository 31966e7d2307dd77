//! Failures as gates over events: the form in which a journey, or any tree of a textbook, is solved.

use super::lanes::Lanes;

/// Inputs of an `or` that are merged into the `or` above it; longer lists would be copied again and again.
const MOST_SPLICED: usize = 16;

/// Gates that say which failures together make the top fail; no gate needs one that comes after it.
#[derive(Clone, Debug)]
pub struct FaultTree {
    gates: Vec<Stored>,
    /// The inputs of all gates, one list behind the other.
    inputs: Vec<usize>,
    /// Where a gate with the same inputs is found again: open addressing, 0 is free.
    same: Vec<u32>,
    /// The gate that says whether the whole fails.
    pub top: usize,
}

/// One gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate<'t> {
    /// Fails when the event happens.
    Event(usize),
    /// Fails when at least this many of its inputs do: `or` with 1, `and` with all of them.
    AtLeast {
        /// How many.
        count: usize,
        /// The gates it looks at, sorted.
        inputs: &'t [usize],
    },
}

/// A gate as it is held.
#[derive(Clone, Copy, Debug)]
struct Stored {
    /// How many inputs have to fail, or [`EVENT`].
    count: u32,
    /// Where its inputs start, or which event it is.
    first: u32,
    /// How many inputs there are.
    len: u32,
}

const EVENT: u32 = u32::MAX;

impl Default for FaultTree {
    fn default() -> Self {
        let constant = |count| Stored {
            count,
            first: 0,
            len: 0,
        };
        Self {
            gates: vec![constant(1), constant(0)],
            inputs: Vec::new(),
            same: Vec::new(),
            top: Self::NEVER,
        }
    }
}

impl FaultTree {
    /// A tree that finds room for so many gates once and not as it grows.
    fn with_room(gates: usize) -> Self {
        let mut tree = Self::default();
        tree.gates.reserve(gates);
        tree.inputs.reserve(2 * gates);
        tree.same = vec![0; (2 * gates + 4).next_power_of_two().max(16)];
        tree
    }

    /// The gate that never fails.
    pub const NEVER: usize = 0;

    /// The gate that always fails.
    pub const CERTAIN: usize = 1;

    /// How many gates there are.
    pub fn len(&self) -> usize {
        self.gates.len()
    }

    /// Whether there are only the two gates that every tree has.
    pub fn is_empty(&self) -> bool {
        self.gates.len() == 2
    }

    /// One of the gates.
    pub fn gate(&self, gate: usize) -> Gate<'_> {
        let Stored { count, first, len } = self.gates[gate];
        if count == EVENT {
            return Gate::Event(first as usize);
        }
        let first = first as usize;
        Gate::AtLeast {
            count: count as usize,
            inputs: &self.inputs[first..first + len as usize],
        }
    }

    /// All gates, inputs before those that look at them.
    pub fn gates(&self) -> impl DoubleEndedIterator<Item = Gate<'_>> + ExactSizeIterator {
        (0..self.gates.len()).map(|gate| self.gate(gate))
    }

    /// An event.
    pub fn leaf(&mut self, event: usize) -> usize {
        self.shared(Stored {
            count: EVENT,
            first: event as u32,
            len: 0,
        })
    }

    /// A gate that fails when any of these does.
    pub fn or(&mut self, inputs: impl IntoIterator<Item = usize>) -> usize {
        self.at_least(1, inputs)
    }

    /// A gate that fails when all of these do.
    pub fn and(&mut self, inputs: impl IntoIterator<Item = usize>) -> usize {
        self.gate_over(None, inputs)
    }

    /// A gate that fails when at least `count` of these do, in its simplest form.
    pub fn at_least(&mut self, count: usize, inputs: impl IntoIterator<Item = usize>) -> usize {
        self.gate_over(Some(count), inputs)
    }

    /// A gate that fails when that many of its inputs do, or all of them.
    fn gate_over(
        &mut self,
        count: Option<usize>,
        inputs: impl IntoIterator<Item = usize>,
    ) -> usize {
        let first = self.inputs.len();
        let (mut given, mut certain) = (0, 0);
        for input in inputs {
            given += 1;
            match input {
                Self::CERTAIN => certain += 1,
                Self::NEVER => {}
                input => self.inputs.push(input),
            }
        }
        let count = count.unwrap_or(given).saturating_sub(certain);
        let len = self.inputs.len() - first;
        if count == 0 || count > len {
            self.inputs.truncate(first);
            return if count == 0 {
                Self::CERTAIN
            } else {
                Self::NEVER
            };
        }
        let own = &mut self.inputs[first..];
        if !own.is_sorted() {
            own.sort_unstable();
        }
        let needs_all = count == len;
        if count == 1 || needs_all {
            let mut kept = first + 1;
            for next in first + 1..self.inputs.len() {
                if self.inputs[next] != self.inputs[kept - 1] {
                    self.inputs[kept] = self.inputs[next];
                    kept += 1;
                }
            }
            self.inputs.truncate(kept);
        }
        let len = self.inputs.len() - first;
        if len == 1 {
            return self.inputs.pop().unwrap_or(Self::NEVER);
        }
        self.shared(Stored {
            count: if needs_all { len } else { count } as u32,
            first: first as u32,
            len: len as u32,
        })
    }

    /// The gate that is the same as this one, whose inputs are then dropped, or else this one.
    fn shared(&mut self, gate: Stored) -> usize {
        if self.gates.len() * 2 > self.same.len() {
            self.same = vec![0; (self.same.len() * 4).max(16)];
            for index in 2..self.gates.len() {
                let slot = self.slot(self.gates[index]);
                self.same[slot] = index as u32;
            }
        }
        let slot = self.slot(gate);
        if self.same[slot] == 0 {
            self.same[slot] = self.gates.len() as u32;
            self.gates.push(gate);
        } else if gate.count != EVENT {
            self.inputs.truncate(gate.first as usize);
        }
        self.same[slot] as usize
    }

    /// The place in `same` that holds this gate, or is free for it.
    fn slot(&self, gate: Stored) -> usize {
        let mask = self.same.len() - 1;
        let mut slot = self.hash(gate) & mask;
        while self.same[slot] != 0 && !self.is_same(self.gates[self.same[slot] as usize], gate) {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn is_same(&self, a: Stored, b: Stored) -> bool {
        a.count == b.count
            && a.len == b.len
            && if a.count == EVENT {
                a.first == b.first
            } else {
                self.inputs_of(a) == self.inputs_of(b)
            }
    }

    fn inputs_of(&self, gate: Stored) -> &[usize] {
        &self.inputs[gate.first as usize..(gate.first + gate.len) as usize]
    }

    fn hash(&self, gate: Stored) -> usize {
        const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
        let step = |hash: u64, part: u64| (hash.rotate_left(5) ^ part).wrapping_mul(MIX);
        let hash = step(1, u64::from(gate.count));
        let hash = if gate.count == EVENT {
            step(hash, u64::from(gate.first))
        } else {
            let inputs = self.inputs_of(gate).iter();
            inputs.fold(hash, |hash, &input| step(hash, input as u64))
        };
        (hash >> 32) as usize
    }

    /// Whether the top fails when exactly the events do for which `happens` says so.
    pub fn fails(&self, happens: impl Fn(usize) -> bool) -> bool {
        let mut failed: Vec<bool> = Vec::with_capacity(self.gates.len());
        for gate in self.gates() {
            failed.push(match gate {
                Gate::Event(event) => happens(event),
                Gate::AtLeast { count, inputs } => {
                    inputs.iter().filter(|&&input| failed[input]).count() >= count
                }
            });
        }
        failed[self.top]
    }

    /// In which states the top fails, given in which of them each event has happened: asked with the gate and
    /// the event of it.
    pub(in crate::analysis) fn fails_in(&self, event: impl Fn(usize, usize) -> Lanes) -> Lanes {
        let mut failed: Vec<Lanes> = Vec::with_capacity(self.gates.len());
        for (index, gate) in self.gates().enumerate() {
            failed.push(match gate {
                Gate::Event(number) => event(index, number),
                Gate::AtLeast { count: 0, .. } => Lanes::ALL,
                Gate::AtLeast { count, inputs } => Lanes::at_least(
                    count,
                    inputs.len(),
                    inputs.iter().map(|&input| failed[input]),
                ),
            });
        }
        failed[self.top]
    }

    /// Which gates the top looks at, directly or not, itself included.
    fn reached(&self) -> Vec<bool> {
        let mut reached = vec![false; self.gates.len()];
        reached[self.top] = true;
        for gate in (0..=self.top).rev() {
            if let (true, Gate::AtLeast { inputs, .. }) = (reached[gate], self.gate(gate)) {
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
        let mut tree = Self::with_room(reached.iter().filter(|&&gate| gate).count());
        let mut copied = vec![Self::NEVER; self.top + 1];
        for index in (0..=self.top).filter(|&gate| reached[gate]) {
            copied[index] = match self.gate(index) {
                Gate::Event(event) => match settled(event) {
                    Some(true) => Self::CERTAIN,
                    Some(false) => Self::NEVER,
                    None => tree.leaf(event),
                },
                Gate::AtLeast { count, inputs } => {
                    tree.at_least(count, inputs.iter().map(|&input| copied[input]))
                }
            };
        }
        tree.top = copied[self.top];
        tree
    }

    /// The same tree with other numbers for its events, and with what takes down enough inputs of a gate by
    /// itself lifted above it; gates that the top does not look at are left out.
    ///
    /// Two instances that both need a database fail together when it does: `(a + d)(b + d) = d + a b`.
    pub(in crate::analysis) fn factored(&self, mut number: impl FnMut(usize) -> usize) -> Self {
        let reached = self.reached();
        let mut users = vec![0_u32; self.top + 1];
        for index in (0..=self.top).filter(|&gate| reached[gate]) {
            if let Gate::AtLeast { inputs, .. } = self.gate(index) {
                for &input in inputs {
                    users[input] += 1;
                }
            }
        }
        let mut tree = Self::with_room(reached.iter().filter(|&&gate| gate).count());
        let mut copied = vec![Self::NEVER; self.top + 1];
        copied[Self::CERTAIN.min(self.top)] = Self::CERTAIN.min(self.top);
        let (mut causes, mut all) = (Vec::new(), Vec::new());
        for index in (2..=self.top).filter(|&gate| reached[gate]) {
            copied[index] = match self.gate(index) {
                Gate::Event(event) => tree.leaf(number(event)),
                Gate::AtLeast { count: 1, inputs } => {
                    causes.clear();
                    for &input in inputs {
                        match tree.gate(copied[input]) {
                            Gate::AtLeast { count: 1, inputs }
                                if users[input] == 1 && inputs.len() <= MOST_SPLICED =>
                            {
                                causes.extend(inputs);
                            }
                            _ => causes.push(copied[input]),
                        }
                    }
                    tree.or(causes.iter().copied())
                }
                Gate::AtLeast { count, inputs } => {
                    causes.clear();
                    causes.extend(inputs.iter().map(|&input| copied[input]));
                    tree.lifted(count, &causes, &mut all)
                }
            };
        }
        tree.top = copied[self.top];
        tree
    }

    fn lifted(&mut self, count: usize, inputs: &[usize], all: &mut Vec<usize>) -> usize {
        all.clear();
        all.extend(inputs);
        for &input in inputs {
            all.extend(self.causes(input));
        }
        all.sort_unstable();
        // Those that are there often enough, once each.
        let (mut kept, mut first) = (0, 0);
        while first < all.len() {
            let gate = all[first];
            let same = all[first..].iter().take_while(|&&other| other == gate);
            let same = same.count();
            if same >= count && gate > Self::CERTAIN {
                all[kept] = gate;
                kept += 1;
            }
            first += same;
        }
        all.truncate(kept);
        if all.is_empty() {
            return self.at_least(count, inputs.iter().copied());
        }
        let common = &*all;
        let mut left = Vec::with_capacity(inputs.len());
        for &input in inputs {
            let causes = self.causes(input);
            let is_common = |gate: &usize| common.binary_search(gate).is_ok();
            left.push(if is_common(&input) {
                Self::NEVER
            } else if causes.iter().any(is_common) {
                let kept: Vec<usize> = causes.iter().copied().filter(|g| !is_common(g)).collect();
                self.or(kept)
            } else {
                input
            });
        }
        let rest = self.at_least(count, left);
        all.push(rest);
        self.or(all.iter().copied())
    }

    /// What each by itself makes a gate fail, as far as it says so.
    fn causes(&self, gate: usize) -> &[usize] {
        match self.gate(gate) {
            Gate::AtLeast { count: 1, inputs } => inputs,
            _ => &[],
        }
    }
}
