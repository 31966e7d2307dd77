//! A journey with every default filled in, and what is wrong with it as the plan has it.

use std::collections::{BTreeMap, BTreeSet};

use super::numbers::Numbers;
use super::{Problem, Topology};
use crate::plan::{self, Id, Mode};
use crate::units::{HOURS_PER_DAY, RequestsPerSecond, Seconds};

/// A journey with every default filled in.
#[derive(Debug)]
pub struct Journey<'a> {
    /// As the plan has it; `None` for the one that a plan without journeys gets per client.
    pub source: Option<&'a plan::Journey>,
    /// Its name in reports.
    pub id: Id,
    /// Where it starts.
    pub entry: usize,
    /// Users who ask, think and ask again; then the rate follows from how fast they are answered.
    pub population: Option<Population>,
    /// Requests per second in the busiest hour; 0 for a population.
    pub peak: RequestsPerSecond,
    /// Shares of the peak, one per hour from midnight, 0 to 1.
    pub profile: [f64; HOURS_PER_DAY],
    /// Share by which the peak grows every month: 0.05 is 5 %.
    pub growth: f64,
    /// Whether nobody waits for it.
    pub background: bool,
    /// Share of its requests that a CDN could answer.
    pub static_share: f64,
    /// Bytes of one request from outside.
    pub request_bytes: f64,
    /// Bytes of one response to outside.
    pub response_bytes: f64,
    /// Service times at single components that differ from their own.
    pub demands: BTreeMap<usize, Seconds>,
    /// What is asked of the response time, if it can be checked.
    pub target: Option<Target>,
}

/// What is asked of the response time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// The percentile, above 0 and below 100.
    pub percentile: f64,
    /// The longest acceptable time, above 0.
    pub time: Seconds,
}

/// A fixed number of users.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Population {
    /// How many there are.
    pub users: usize,
    /// Mean time from an answer to the next question.
    pub think: Seconds,
}

/// Journeys that are computed; each one is a computation of the whole plan.
pub const MAX_JOURNEYS: usize = 100;

/// Users of a population that are computed.
pub const MAX_USERS: usize = 100_000;

/// Requests per second of a journey that says nothing about its load.
pub const DEFAULT_PEAK: RequestsPerSecond = RequestsPerSecond(10.0);

impl Journey<'_> {
    /// The mean hour of its day as a share of the peak.
    pub fn mean_share(&self) -> f64 {
        self.profile.iter().sum::<f64>() / HOURS_PER_DAY as f64
    }
}

/// Resolves the journeys of a plan, or one per client where it has none.
pub(super) fn resolve(topology: &mut Topology) {
    let mut seen = BTreeSet::new();
    for source in &topology.plan.journeys {
        if !seen.insert(source.id.as_str()) {
            topology
                .problems
                .push(Problem::duplicate(text!("journeys"), &source.id));
            continue;
        }
        if let Some(journey) = stated(topology, source) {
            topology.journeys.push(journey);
        }
    }
    if topology.plan.journeys.is_empty() {
        for entry in clients(topology).collect::<Vec<_>>() {
            let journey = of_client(topology, entry);
            topology.journeys.push(journey);
        }
    }
    if topology.journeys.len() > MAX_JOURNEYS {
        let left_out = topology.journeys.drain(MAX_JOURNEYS..).map(|j| j.id);
        let problem = Problem::too_many_journeys(left_out.collect(), MAX_JOURNEYS);
        topology.problems.push(problem);
    }
}

fn clients(topology: &Topology) -> impl Iterator<Item = usize> {
    let is_client = |&c: &usize| topology.components[c].kind.behaviour.is_source;
    (0..topology.components.len()).filter(is_client)
}

/// A journey of the plan; none if it starts nowhere.
fn stated<'a>(topology: &mut Topology<'a>, source: &'a plan::Journey) -> Option<Journey<'a>> {
    let entry = match &source.entry {
        Some(id) => topology.component_index(id),
        None => clients(topology).next(),
    };
    let Some(entry) = entry else {
        let problem = Problem::without_entry(&source.id, source.entry.as_ref());
        topology.problems.push(problem);
        return None;
    };
    let demands = demands(topology, source);
    let profile = profile(topology, source);
    let mut numbers = Numbers {
        subject: &source.id,
        problems: &mut topology.problems,
    };
    let growth = source.growth_percent_month;
    let growth = numbers.or("growth_percent_month", growth, 0.0, -100.0, 1000.0);
    let population = population(source, &mut numbers);
    let default_peak = match population {
        Some(_) => 0.0,
        None => DEFAULT_PEAK.0,
    };
    let peak = numbers.or("peak_rps", source.peak_rps, default_peak, 0.0, 1e9);
    let journey = Journey {
        source: Some(source),
        id: source.id.clone(),
        entry,
        peak: RequestsPerSecond(if population.is_some() { 0.0 } else { peak }),
        population,
        profile,
        growth: growth / 100.0,
        background: source.background == Some(true),
        static_share: numbers.or("static_share", source.static_share, 1.0, 0.0, 1.0),
        request_bytes: numbers.or("request_bytes", source.request_bytes, 0.0, 0.0, 1e15),
        response_bytes: numbers.or("response_bytes", source.response_bytes, 0.0, 0.0, 1e15),
        demands,
        target: target(topology, source, entry),
    };
    Some(journey)
}

/// The journey that a client has in a plan without journeys.
fn of_client<'a>(topology: &Topology<'a>, entry: usize) -> Journey<'a> {
    Journey {
        source: None,
        id: topology.id(entry).clone(),
        entry,
        peak: DEFAULT_PEAK,
        profile: [1.0; HOURS_PER_DAY],
        growth: 0.0,
        background: false,
        population: None,
        static_share: 1.0,
        request_bytes: 0.0,
        response_bytes: 0.0,
        demands: BTreeMap::new(),
        target: None,
    }
}

fn demands(topology: &mut Topology, source: &plan::Journey) -> BTreeMap<usize, Seconds> {
    let mut demands = BTreeMap::new();
    for (component, demand) in &source.demands {
        match (topology.component_index(component), demand.service_time_ms) {
            (Some(component), Some(millis)) => {
                let mut numbers = Numbers {
                    subject: &source.id,
                    problems: &mut topology.problems,
                };
                let millis = numbers.clamped("service_time_ms", millis, 0.0, 3.6e6);
                demands.insert(component, Seconds::from_millis(millis));
            }
            (Some(_), None) => {}
            (None, _) => topology.problems.push(Problem::unknown_reference(
                "demands",
                &source.id,
                component,
                text!("the demand is not counted"),
            )),
        }
    }
    demands
}

/// The day of a journey: what the plan says, if that is one number for every hour, or else its peak all day.
fn profile(topology: &mut Topology, source: &plan::Journey) -> [f64; HOURS_PER_DAY] {
    let mut profile = [1.0; HOURS_PER_DAY];
    if !source.profile.is_empty() && source.profile.len() != HOURS_PER_DAY {
        let problem = Problem::profile_length(&source.id, source.profile.len());
        topology.problems.push(problem);
    }
    let mut numbers = Numbers {
        subject: &source.id,
        problems: &mut topology.problems,
    };
    for (hour, &share) in source.profile.iter().enumerate() {
        let share = numbers.clamped("profile", share, 0.0, 1.0);
        if source.profile.len() == HOURS_PER_DAY {
            profile[hour] = share;
        }
    }
    profile
}

/// The users of a journey that has so many of them.
fn population(source: &plan::Journey, numbers: &mut Numbers) -> Option<Population> {
    let population = source.population.as_ref()?;
    let think = population.think_seconds;
    Some(Population {
        users: numbers.whole("users", population.users, MAX_USERS),
        think: Seconds(numbers.or("think_seconds", think, 0.0, 0.0, 1e9)),
    })
}

/// What is asked of the response time; a problem where that is no time, or where nobody answers.
fn target(topology: &mut Topology, source: &plan::Journey, entry: usize) -> Option<Target> {
    let start = &topology.components[entry];
    let is_waited_for = |&call: &usize| topology.connections[call].mode != Mode::Async;
    let is_answered = !start.kind.behaviour.is_source || start.calls.iter().any(is_waited_for);
    let is_asked = start.calls.is_empty() || source.target.is_some();
    if is_asked && !is_answered {
        let (entry, target) = (topology.id(entry).clone(), source.target.as_ref());
        let seconds = target.map(|target| Seconds(target.seconds));
        let problem = Problem::without_answer(&source.id, &entry, seconds);
        topology.problems.push(problem);
    }
    let target = source.target.as_ref()?;
    let checks = [
        ("percentile", target.percentile, 0.0, 100.0),
        ("seconds", target.seconds, 0.0, 1e9),
    ];
    let mut is_legal = true;
    for (field, value, min, max) in checks {
        if !(min..=max).contains(&value) {
            is_legal = false;
            let problem = Problem::illegal_target(&source.id, field, value, min, max);
            topology.problems.push(problem);
        }
    }
    is_legal.then_some(Target {
        percentile: target.percentile,
        time: Seconds(target.seconds),
    })
}

#[cfg(test)]
mod tests {
    use crate::catalog::Catalog;
    use crate::plan::sketch::sketch;
    use crate::topology::Topology;
    use std::rc::Rc;

    /// The problems of a sketch whose journey has this target.
    fn problems(text: &str, percentile: f64, seconds: f64) -> Vec<String> {
        let mut plan = sketch(text).unwrap();
        let journey = Rc::make_mut(&mut plan.journeys[0]);
        let target = journey.target.as_mut().unwrap();
        (target.percentile, target.seconds) = (percentile, seconds);
        let catalog = Catalog::default();
        let topology = Topology::new(&plan, &catalog);
        assert_eq!(
            topology.journeys[0].target.is_some(),
            (0.0..=100.0).contains(&percentile) && (0.0..=1e9).contains(&seconds)
        );
        let messages = topology.problems.into_iter();
        messages
            .map(|problem| problem.message.to_string())
            .collect()
    }

    #[test]
    fn a_target_that_cannot_be_checked_says_why() {
        let path = "users[rps=5 target_ms=300] -> app";
        assert_eq!(problems(path, 95.0, 0.3), [""; 0]);
        assert_eq!(
            problems(path, 150.0, 0.3),
            [
                "percentile of the target of journey visit is 150, but must lie between 0 and 100. The target is not checked: correct the number."
            ]
        );
        assert_eq!(problems(path, 95.0, -1.0).len(), 1);
        assert_eq!(problems(path, f64::NAN, f64::INFINITY).len(), 2);
    }

    #[test]
    fn a_target_without_a_path_names_what_nobody_answers() {
        for text in [
            "users[rps=5 target_ms=300]",
            "users[rps=5 target_ms=300] ~> queue",
        ] {
            assert_eq!(
                problems(text, 95.0, 0.3),
                [
                    "Journey visit starts at users, which waits for nobody: no request is answered, and whether that takes 300 ms at most is not checked. Connect users to what answers."
                ]
            );
        }
    }
}
