//! The transform of a response time as a list of steps, for hundreds of evaluations.
//!
//! **Question.** What is `f(z) = E[e^(-zT)]` of a tree of calls at many numbers `z`?
//!
//! **Model.** A product over the calls, written down once: first the stays at single components, then one step for
//! every sum of products. What occurs several times, alike in every number, is one step.
//!
//! **Formula.** `n` calls are the `n`-th power; a call made `n + f` times is `T^n (1 - f + f T e^(-zc))`; hits,
//! spared calls and alternatives are mixtures. Components in a circle go round until nothing changes.
//!
//! **Complexity.** `O(connections)` to write down and for every number; four numbers go through the steps at a time.

use std::collections::BTreeMap;
use std::mem::take;
use std::ops::Range;

use num_complex::Complex64;

use super::node::{Call, Node, Together, Visit};
use crate::analysis::queueing::inversion::Transform;
use crate::analysis::queueing::limited_line::LimitedLine;

/// Rounds that a circle is given to settle, and how little must change.
const MOST_ROUNDS: usize = 400;
const SETTLED: f64 = 1e-13;

/// Numbers that are worked on at a time.
const LANES: usize = 4;

/// So many calls are multiplied one by one.
const FEW: f64 = 4.0;

/// A transform, ready to be evaluated.
pub(super) struct Formula {
    leaves: Vec<Leaf>,
    /// Runs of steps: one after the other, or round and round for the members of a circle.
    runs: Vec<Run>,
    steps: Vec<Step>,
    terms: Vec<Term>,
    /// Registers that are multiplied.
    factors: Vec<usize>,
    registers: Vec<Lanes>,
    result: usize,
}

/// As many complex numbers as are worked on at a time.
#[derive(Clone, Copy)]
struct Lanes {
    re: [f64; LANES],
    im: [f64; LANES],
}

/// A transform that stands at the end of a way; its value goes into a register.
struct Leaf {
    into: usize,
    time: LeafTime,
}

#[derive(Clone, Copy)]
enum LeafTime {
    /// A wait with this probability, exponential at this rate, then exponential service of this mean.
    Stay {
        waiting: f64,
        release: f64,
        service: f64,
    },
    /// A part of a wait that is so many times as long: as many of them have its distribution.
    PartOfWait {
        waiting: f64,
        release: f64,
        alike: f64,
    },
    /// A wait in a line with limited room.
    Line(LimitedLine),
    /// A gamma time.
    Gamma { scale: f64, shape: f64 },
    /// A constant time.
    Constant(f64),
}

struct Run {
    steps: Range<usize>,
    /// Registers of the members, where they depend on each other.
    circle: Vec<usize>,
}

struct Step {
    into: usize,
    kind: StepKind,
}

enum StepKind {
    /// A number and the terms, added up.
    Sum { base: f64, terms: Range<usize> },
    /// A register to a power.
    Power { of: usize, exponent: f64 },
}

/// A number times a product of registers.
struct Term {
    gain: f64,
    factors: Range<usize>,
}

impl Formula {
    /// Writes down the transform of a visit of nodes that are known in the order of the sets.
    pub(super) fn new(nodes: &[Node], sets: &[Range<usize>], entry: &Visit) -> Self {
        let mut writer = Writer {
            nodes,
            formula: Self {
                leaves: Vec::new(),
                runs: Vec::new(),
                steps: Vec::new(),
                terms: Vec::new(),
                factors: Vec::new(),
                registers: Vec::new(),
                result: 0,
            },
            behind: vec![None; nodes.len()],
            leaf_of: BTreeMap::new(),
            calls: vec![Vec::new(); nodes.len()],
            written: Vec::new(),
            products: BTreeMap::new(),
            factors: Vec::new(),
        };
        for set in sets {
            writer.set(set.clone());
        }
        let start = writer.formula.steps.len();
        let mut factors = Vec::new();
        writer.visit(entry, &mut factors);
        let result = writer.formula.product(&factors);
        let mut formula = writer.formula;
        formula.run_from(start, Vec::new());
        formula.result = result;
        formula
    }

    fn register(&mut self) -> usize {
        self.registers.push(Lanes::all(0.0));
        self.registers.len() - 1
    }

    /// A step that adds up terms, each a number times registers.
    fn sum<'f>(
        &mut self,
        into: usize,
        base: f64,
        terms: impl IntoIterator<Item = (f64, &'f [usize])>,
    ) {
        let first = self.terms.len();
        for (gain, factors) in terms {
            let start = self.factors.len();
            self.factors.extend_from_slice(factors);
            self.terms.push(Term {
                gain,
                factors: start..self.factors.len(),
            });
        }
        let terms = first..self.terms.len();
        let kind = StepKind::Sum { base, terms };
        self.steps.push(Step { into, kind });
    }

    /// A new register for a number plus another times registers.
    fn mixture(&mut self, base: f64, gain: f64, factors: &[usize]) -> usize {
        let into = self.register();
        self.sum(into, base, [(gain, factors)]);
        into
    }

    /// The register of a product.
    fn product(&mut self, factors: &[usize]) -> usize {
        match *factors {
            [only] => only,
            _ => self.mixture(0.0, 1.0, factors),
        }
    }

    fn run_from(&mut self, start: usize, circle: Vec<usize>) {
        let steps = start..self.steps.len();
        if steps.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            Some(last) if circle.is_empty() && last.circle.is_empty() => last.steps.end = steps.end,
            _ => self.runs.push(Run { steps, circle }),
        }
    }

    /// The values at four numbers.
    fn evaluate(&mut self, z: Lanes) -> Lanes {
        for leaf in &self.leaves {
            self.registers[leaf.into] = leaf.time.transform(z);
        }
        for run in &self.runs {
            let steps = &self.steps[run.steps.clone()];
            if run.circle.is_empty() {
                for step in steps {
                    self.registers[step.into] =
                        step.value(&self.terms, &self.factors, &self.registers);
                }
                continue;
            }
            for &member in &run.circle {
                self.registers[member] = Lanes::all(0.0);
            }
            let mut rounds = 0;
            loop {
                let mut change = 0.0_f64;
                for step in steps {
                    let next = step.value(&self.terms, &self.factors, &self.registers);
                    let moved = next.distance(&self.registers[step.into]);
                    change = if moved > change || moved.is_nan() {
                        moved
                    } else {
                        change
                    };
                    self.registers[step.into] = next;
                }
                rounds += 1;
                if change <= SETTLED {
                    break;
                }
                if rounds == MOST_ROUNDS || change.is_nan() {
                    return Lanes::all(f64::NAN);
                }
            }
        }
        self.registers[self.result]
    }
}

impl Transform for Formula {
    fn values(&mut self, numbers: &[Complex64], values: &mut [Complex64]) {
        for (numbers, values) in numbers.chunks(LANES).zip(values.chunks_mut(LANES)) {
            let found = self.evaluate(Lanes::of(numbers));
            for (lane, value) in values.iter_mut().enumerate() {
                *value = Complex64::new(found.re[lane], found.im[lane]);
            }
        }
    }
}

/// Writes the steps of a tree.
struct Writer<'n> {
    nodes: &'n [Node],
    formula: Formula,
    /// The register of what follows the wait at a node; none where nothing follows.
    behind: Vec<Option<usize>>,
    leaf_of: BTreeMap<[u64; 5], usize>,
    /// Calls that are written already, by the node of their first target.
    calls: Vec<Vec<(&'n Call, Range<usize>)>>,
    /// The factors of all of them, one list behind the other.
    written: Vec<usize>,
    /// Products that are written already, by their first factor.
    products: BTreeMap<usize, (f64, Vec<usize>, usize)>,
    /// Room for the factors of one node after the other.
    factors: Vec<usize>,
}

impl<'n> Writer<'n> {
    fn set(&mut self, set: Range<usize>) {
        let start = self.formula.steps.len();
        let is_circle =
            set.len() > 1 || set.clone().any(|node| self.nodes[node].calls_itself(node));
        if !is_circle {
            let mut factors = take(&mut self.factors);
            for node in set {
                factors.clear();
                self.behind[node] = self.node(node, &mut factors);
            }
            self.factors = factors;
            self.formula.run_from(start, Vec::new());
            return;
        }
        for node in set.clone() {
            self.behind[node] = Some(self.formula.register());
        }
        for node in set.clone() {
            self.member(node);
        }
        let circle = set.filter_map(|node| self.behind[node]).collect();
        self.formula.run_from(start, circle);
    }

    /// What follows the wait at a node that is in no circle; `factors` is empty room.
    fn node(&mut self, index: usize, factors: &mut Vec<usize>) -> Option<usize> {
        let nodes = self.nodes;
        let node = &nodes[index];
        for call in &node.calls {
            self.known_call(call, factors);
        }
        let shared = self.shared(node.hit, node.held_back, factors);
        factors.clear();
        let together = node.together.as_ref();
        let together = together.and_then(|together| self.together(together, factors));
        match (shared, together) {
            (Some(shared), Some(together)) => Some(self.formula.product(&[shared, together])),
            (only, None) | (None, only) => only,
        }
    }

    /// Parallel calls; `factors` is empty room.
    fn together(&mut self, together: &Together, factors: &mut Vec<usize>) -> Option<usize> {
        let (waiting, mean) = together.wait;
        if waiting > 0.0 {
            factors.push(self.leaf(LeafTime::Stay {
                waiting,
                release: 1.0 / mean,
                service: 0.0,
            }));
        }
        self.visit(&together.more, factors);
        self.visit(&together.bare, factors);
        self.shared(1.0 - together.made, 0.0, factors)
    }

    /// A product with hits, had only once for nodes that make the same calls.
    fn shared(&mut self, hit: f64, held_back: f64, factors: &mut Vec<usize>) -> Option<usize> {
        if held_back > 0.0 {
            factors.push(self.leaf(LeafTime::Constant(held_back)));
        }
        let &first = factors.first()?;
        if let Some((other_hit, others, value)) = self.products.get(&first)
            && (*other_hit - hit).abs() <= 0.0
            && others == factors
        {
            return Some(*value);
        }
        let value = if hit > 0.0 {
            self.formula.mixture(hit, 1.0 - hit, factors)
        } else {
            self.formula.product(factors)
        };
        self.products.insert(first, (hit, factors.clone(), value));
        Some(value)
    }

    /// A member of a circle, whose register the others have already.
    fn member(&mut self, index: usize) {
        let nodes = self.nodes;
        let node = &nodes[index];
        let mut factors = Vec::new();
        for call in &node.calls {
            self.call(call, &mut factors);
        }
        if node.held_back > 0.0 {
            factors.push(self.leaf(LeafTime::Constant(node.held_back)));
        }
        if let Some(into) = self.behind[index] {
            self.formula
                .sum(into, node.hit, [(1.0 - node.hit, &factors[..])]);
        }
    }

    /// The factors of a call, had only once for callers that make the same.
    fn known_call(&mut self, call: &'n Call, factors: &mut Vec<usize>) {
        let target = call.branches.first().and_then(|(_, visit)| visit.node);
        let known = target.and_then(|target| {
            let mut calls = self.calls[target].iter();
            calls.find(|(other, _)| *other == call)
        });
        if let Some((_, known)) = known {
            factors.extend_from_slice(&self.written[known.clone()]);
            return;
        }
        let start = factors.len();
        self.call(call, factors);
        if let Some(target) = target {
            let first = self.written.len();
            self.written.extend_from_slice(&factors[start..]);
            self.calls[target].push((call, first..self.written.len()));
        }
    }

    fn call(&mut self, call: &Call, factors: &mut Vec<usize>) {
        let start = factors.len();
        self.one_of(call, factors);
        let whole = call.count.floor();
        let rest = call.count - whole;
        if whole != 1.0 || rest > 0.0 {
            self.made_often(call, (whole, rest), start, factors);
        }
        if call.spared > 0.0 {
            self.later(whole * call.constant, factors);
            let asked = &factors[start..];
            let value = self.formula.mixture(call.spared, 1.0 - call.spared, asked);
            factors.truncate(start);
            factors.push(value);
        }
    }

    /// Puts so many calls, and one more with the probability that is left, in the place of the factors of one.
    fn made_often(
        &mut self,
        call: &Call,
        (whole, rest): (f64, f64),
        start: usize,
        factors: &mut Vec<usize>,
    ) {
        let end = factors.len();
        if whole == 1.0 {
            factors.extend_from_within(start..end);
        } else if whole > 1.0 && end > start {
            let one = self.formula.product(&factors[start..end]);
            if whole <= FEW {
                factors.extend(std::iter::repeat_n(one, whole as usize));
            } else {
                let into = self.formula.register();
                let kind = StepKind::Power {
                    of: one,
                    exponent: whole,
                };
                self.formula.steps.push(Step { into, kind });
                factors.push(into);
            }
        }
        if rest > 0.0 {
            let made = factors.len();
            factors.extend_from_within(start..end);
            self.later(call.constant, factors);
            let once_more = self.formula.mixture(1.0 - rest, rest, &factors[made..]);
            factors.truncate(made);
            factors.push(once_more);
        }
        factors.drain(start..end);
    }

    /// The factors of one call, whatever its target.
    fn one_of(&mut self, call: &Call, factors: &mut Vec<usize>) {
        if let [(_, only)] = &call.branches[..] {
            self.visit(only, factors);
            return;
        }
        let start = factors.len();
        let mut ends = Vec::with_capacity(call.branches.len());
        for (_, visit) in &call.branches {
            self.visit(visit, factors);
            ends.push(factors.len());
        }
        let into = self.formula.register();
        let starts = std::iter::once(start).chain(ends.iter().copied());
        let branches = call.branches.iter().zip(starts.zip(&ends));
        let terms =
            branches.map(|((count, _), (first, &end))| (count / call.count, &factors[first..end]));
        self.formula.sum(into, 0.0, terms);
        factors.truncate(start);
        factors.push(into);
    }

    fn visit(&mut self, visit: &Visit, factors: &mut Vec<usize>) {
        let (mut waiting, mut release) = (0.0, 1.0);
        if let Some(node) = visit.node {
            factors.extend(self.behind[node]);
            (waiting, release) = (self.nodes[node].waiting, self.nodes[node].release);
            for &line in self.nodes[node].lines.iter().flatten() {
                factors.push(self.leaf(LeafTime::Line(line)));
            }
            let alike = self.nodes[node].alike;
            if waiting > 0.0 && alike > 1.0 {
                factors.push(self.leaf(LeafTime::PartOfWait {
                    waiting,
                    release,
                    alike,
                }));
                waiting = 0.0;
            }
        }
        let is_exponential = (visit.scv - 1.0).abs() < 1e-12;
        let service = if is_exponential { visit.service } else { 0.0 };
        if waiting > 0.0 || service > 0.0 {
            factors.push(self.leaf(LeafTime::Stay {
                waiting,
                release,
                service,
            }));
        }
        if visit.service > 0.0 && !is_exponential {
            factors.push(self.leaf(LeafTime::Gamma {
                scale: visit.scv * visit.service,
                shape: 1.0 / visit.scv,
            }));
        }
        self.later(visit.longer, factors);
    }

    fn later(&mut self, seconds: f64, factors: &mut Vec<usize>) {
        if seconds > 0.0 {
            factors.push(self.leaf(LeafTime::Constant(seconds)));
        }
    }

    fn leaf(&mut self, time: LeafTime) -> usize {
        *self.leaf_of.entry(time.key()).or_insert_with(|| {
            let into = self.formula.register();
            self.formula.leaves.push(Leaf { into, time });
            into
        })
    }
}

impl LeafTime {
    fn key(self) -> [u64; 5] {
        match self {
            Self::Stay {
                waiting,
                release,
                service,
            } => [
                0,
                waiting.to_bits(),
                release.to_bits(),
                service.to_bits(),
                0,
            ],
            Self::PartOfWait {
                waiting,
                release,
                alike,
            } => [3, waiting.to_bits(), release.to_bits(), alike.to_bits(), 0],
            Self::Gamma { scale, shape } => [1, scale.to_bits(), shape.to_bits(), 0, 0],
            Self::Constant(seconds) => [2, seconds.to_bits(), 0, 0, 0],
            Self::Line(line) => {
                let [probability, step, ratio, places] = line.numbers().map(f64::to_bits);
                [4, probability, step, ratio, places]
            }
        }
    }

    fn transform(self, z: Lanes) -> Lanes {
        match self {
            Self::Stay {
                waiting,
                release,
                service,
            } => {
                let mut value = Lanes::all(1.0);
                if waiting > 0.0 {
                    let wait = z.exponential(1.0 / release);
                    for lane in 0..LANES {
                        value.re[lane] = 1.0 - waiting + waiting * wait.re[lane];
                        value.im[lane] = waiting * wait.im[lane];
                    }
                }
                if service > 0.0 {
                    value.times(&z.exponential(service));
                }
                value
            }
            Self::PartOfWait {
                waiting,
                release,
                alike,
            } => z.each(|z| {
                let longer = 1.0 / (1.0 + z * (alike / release));
                (1.0 - waiting + waiting * longer).powf(1.0 / alike)
            }),
            Self::Line(line) => z.each(|z| line.transform(z)),
            Self::Gamma { scale, shape } => z.each(|z| (1.0 + z * scale).powf(-shape)),
            Self::Constant(seconds) => z.each(|z| (-z * seconds).exp()),
        }
    }
}

impl Step {
    fn value(&self, terms: &[Term], factors: &[usize], registers: &[Lanes]) -> Lanes {
        match &self.kind {
            StepKind::Sum { base, terms: own } => {
                let mut sum = Lanes::all(*base);
                for term in &terms[own.clone()] {
                    let mut product = Lanes::all(1.0);
                    let mut others = factors[term.factors.clone()].iter();
                    if let Some(&first) = others.next() {
                        product = registers[first];
                    }
                    for &factor in others {
                        product.times(&registers[factor]);
                    }
                    for lane in 0..LANES {
                        sum.re[lane] += term.gain * product.re[lane];
                        sum.im[lane] += term.gain * product.im[lane];
                    }
                }
                sum
            }
            StepKind::Power { of, exponent } => registers[*of].each(|value| {
                if *exponent <= f64::from(u16::MAX) {
                    value.powu(*exponent as u32)
                } else {
                    value.powf(*exponent)
                }
            }),
        }
    }
}

impl Lanes {
    fn all(number: f64) -> Self {
        Self {
            re: [number; LANES],
            im: [0.0; LANES],
        }
    }

    /// These numbers; the first in place of those that are missing.
    fn of(numbers: &[Complex64]) -> Self {
        let mut lanes = Self::all(0.0);
        for lane in 0..LANES {
            let number = numbers.get(lane).or(numbers.first());
            let number = number.copied().unwrap_or_default();
            (lanes.re[lane], lanes.im[lane]) = (number.re, number.im);
        }
        lanes
    }

    fn times(&mut self, other: &Self) {
        for lane in 0..LANES {
            let (re, im) = (self.re[lane], self.im[lane]);
            self.re[lane] = re * other.re[lane] - im * other.im[lane];
            self.im[lane] = re * other.im[lane] + im * other.re[lane];
        }
    }

    /// The transform of an exponential time of this mean.
    fn exponential(&self, mean: f64) -> Self {
        let mut value = Self::all(0.0);
        for lane in 0..LANES {
            let (re, im) = (1.0 + mean * self.re[lane], mean * self.im[lane]);
            let square = re * re + im * im;
            value.re[lane] = re / square;
            value.im[lane] = -im / square;
        }
        value
    }

    fn each(&self, of: impl Fn(Complex64) -> Complex64) -> Self {
        let mut value = Self::all(0.0);
        for lane in 0..LANES {
            let found = of(Complex64::new(self.re[lane], self.im[lane]));
            (value.re[lane], value.im[lane]) = (found.re, found.im);
        }
        value
    }

    /// The largest distance of two numbers in one lane; no number where one is none.
    fn distance(&self, other: &Self) -> f64 {
        let mut most = 0.0_f64;
        for lane in 0..LANES {
            let apart =
                (self.re[lane] - other.re[lane]).abs() + (self.im[lane] - other.im[lane]).abs();
            if apart > most || apart.is_nan() {
                most = apart;
            }
        }
        most
    }
}
