//! What a simulated request does, step by step: the plan as flat lists that refer to each other by index.
//!
//! A visit comes over its connection (round trip and transfer), takes its turn at a line, is served, and makes
//! its calls: first those that nobody waits for, then those one after the other, then those side by side.

use std::ops::Range;

use crate::analysis::operating_point::OperatingPoint;
use crate::analysis::response::transfer_seconds;
use crate::analysis::stations::Station as ComputedStation;
use crate::analysis::traffic::{
    Conditions, JourneyTraffic, Traffic, hit_ratio, service_time, traffic,
};
use crate::order::Order as _;
use crate::plan::{Id, Mode};
use crate::topology::{Need, Topology};
use crate::units::Seconds;

/// A plan, ready to be simulated.
#[derive(Clone, Debug, Default)]
pub(super) struct Program {
    pub(super) journeys: Vec<Source>,
    pub(super) stations: Vec<Station>,
    pub(super) visits: Vec<Visit>,
    pub(super) routines: Vec<Routine>,
    pub(super) calls: Vec<Call>,
    pub(super) branches: Vec<Branch>,
    /// How many connections the plan has.
    pub(super) connections: usize,
}

/// Where the requests of a journey come from.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) id: Id,
    /// Requests per second, as computed; 0 where nobody asks.
    pub(super) rate: f64,
    /// How many users ask, think and ask again, and how long they think; none where requests come at random.
    pub(super) population: Option<(usize, f64)>,
    /// The first visit; none where the entry is gone.
    pub(super) visit: Option<u32>,
    /// Mean visits of one request.
    pub(super) visits: f64,
}

/// A component with its lines.
#[derive(Clone, Debug)]
pub(super) struct Station {
    pub(super) id: Id,
    /// One line for each instance, or one for all.
    pub(super) lines: u32,
    /// Parallel servers behind one line.
    pub(super) servers: u32,
    /// Workers of one line that a visit holds until it answers; none without limit.
    pub(super) workers: Option<u32>,
    /// Visits of one line, waiting and being served; more are refused. None without limit.
    pub(super) room: Option<u32>,
}

/// One way in which a component is visited: by whom, and what that takes.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    /// Seconds on the way, there and back.
    pub(super) way: f64,
    /// Where it waits and is served; none where it only passes.
    pub(super) station: Option<u32>,
    pub(super) service: Service,
    pub(super) routine: u32,
    /// Seconds after which its caller gives it up; none where it waits for ever.
    pub(super) timeout: Option<f64>,
    /// How often its caller tries once more.
    pub(super) retries: u32,
    /// Seconds that its caller waits at most before it tries again for the first time, twice as long before every
    /// further attempt; none where it tries again at once.
    pub(super) backoff: Option<f64>,
    /// The connection whose callers share a retry budget, and the retries that each of their calls adds to it; none
    /// where every call may be tried again.
    pub(super) budget: Option<(u32, f64)>,
}

/// How long a service takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Service {
    /// Always so many seconds.
    Constant(f64),
    /// Exponential with this mean.
    Exponential(f64),
    /// Gamma with this mean and squared coefficient of variation.
    Gamma(f64, f64),
}

/// What a component does after its service.
#[derive(Clone, Debug)]
pub(super) struct Routine {
    /// Probability that it answers by itself.
    pub(super) hit: f64,
    /// Its calls: asynchronous ones, sequential ones, parallel ones.
    pub(super) calls: Range<u32>,
}

/// Calls that a component makes.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) mode: Mode,
    /// Whether the caller fails when one of them does.
    pub(super) is_essential: bool,
    /// Probability that a look-aside cache spares them.
    pub(super) spared: f64,
    /// How often for certain.
    pub(super) whole: u32,
    /// Probability of one more.
    pub(super) rest: f64,
    /// Where each of them goes.
    pub(super) branches: Range<u32>,
}

/// A target of calls.
#[derive(Clone, Copy, Debug)]
pub(super) struct Branch {
    /// Share of the calls that go here or to one before.
    pub(super) up_to: f64,
    pub(super) visit: u32,
}

impl Program {
    /// The program of a plan under the conditions of an operating point.
    pub(super) fn new(topology: &Topology, point: &OperatingPoint) -> Self {
        // Refusals and retries happen in the simulation, and are not counted twice.
        let asked = Conditions {
            refused: Vec::new(),
            attempts: Vec::new(),
            ..point.conditions.clone()
        };
        let traffic = traffic(topology, &asked);
        let mut program = Self {
            stations: (0..topology.components.len())
                .map(|component| station(topology, traffic.serving[component], component))
                .collect(),
            connections: topology.connections.len(),
            ..Self::default()
        };
        for journey in 0..topology.journeys.len() {
            let source = Builder {
                topology,
                traffic: &traffic,
                stations: &point.stations,
                journey,
                program: &mut program,
                routine_of: vec![None; topology.components.len()],
            }
            .source();
            program.journeys.push(source);
        }
        program
    }
}

/// Servers of one line are no more than this many: more never wait.
const MOST_SERVERS: f64 = 1e6;

fn station(topology: &Topology, serving: usize, component: usize) -> Station {
    let resolved = &topology.components[component];
    let servers = resolved.servers.value.max(0.0).ceil().max(1.0);
    let lines = if resolved.shares_line { 1 } else { serving };
    let instances = (serving / lines.max(1)) as f64;
    let of_line = |of_instance: usize| (of_instance as f64 * instances).min(MOST_SERVERS) as u32;
    Station {
        id: topology.id(component).clone(),
        lines: lines as u32,
        servers: (servers * instances).min(MOST_SERVERS) as u32,
        workers: resolved.pool.map(of_line),
        room: resolved.room.map(of_line),
    }
}

/// The part of a program that belongs to one journey.
struct Builder<'a> {
    topology: &'a Topology<'a>,
    traffic: &'a Traffic,
    stations: &'a [ComputedStation],
    journey: usize,
    program: &'a mut Program,
    /// The routine of every component that the journey visits.
    routine_of: Vec<Option<u32>>,
}

impl Builder<'_> {
    fn source(mut self) -> Source {
        let flow = self.flow();
        let visited: Vec<usize> = (0..self.topology.components.len())
            .filter(|&component| flow.visits[component] > 0.0)
            .collect();
        let visits = visited.iter().map(|&c| flow.visits[c]).sum();
        let computed = flow.arrival_rate.0;
        let population = self.topology.journeys[self.journey]
            .population
            .map(|population| (population.users, population.think.0));
        let rate = match population {
            Some((users, think)) if computed <= 0.0 => users as f64 / (think + self.work()),
            _ => computed,
        };
        for &component in &visited {
            self.routine_of[component] = Some(self.program.routines.len() as u32);
            self.program.routines.push(Routine {
                hit: self.hit_ratio(component),
                calls: 0..0,
            });
        }
        for component in visited {
            let calls = self.calls_of(component);
            let first = self.program.calls.len() as u32;
            self.program.calls.extend(calls);
            if let Some(routine) = self.routine_of[component] {
                self.program.routines[routine as usize].calls =
                    first..self.program.calls.len() as u32;
            }
        }
        let entry = self.topology.journeys[self.journey].entry;
        Source {
            id: self.topology.journeys[self.journey].id.clone(),
            rate: if rate.is_finite() { rate } else { 0.0 },
            population,
            visit: self
                .visit(None, entry)
                .map(|visit| self.first_with_work(visit)),
            visits,
        }
    }

    /// Where a request really begins: a visit that only passes it on, once and for good, takes no time and changes
    /// no answer.
    fn first_with_work(&self, mut visit: u32) -> u32 {
        // Circles of calls that do no work would never end.
        for _ in 0..self.program.visits.len() {
            match self.passes_on_to(visit) {
                Some(next) => visit = next,
                None => break,
            }
        }
        visit
    }

    fn passes_on_to(&self, visit: u32) -> Option<u32> {
        let passed = &self.program.visits[visit as usize];
        let routine = &self.program.routines[passed.routine as usize];
        let [call] = &self.program.calls[routine.calls.start as usize..routine.calls.end as usize]
        else {
            return None;
        };
        let [branch] =
            &self.program.branches[call.branches.start as usize..call.branches.end as usize]
        else {
            return None;
        };
        let target = &self.program.visits[branch.visit as usize];
        let passes = passed.station.is_none() && passed.way <= 0.0 && routine.hit <= 0.0;
        let is_once =
            call.mode != Mode::Async && (call.whole, call.rest, call.spared) == (1, 0.0, 0.0);
        let for_good = call.is_essential && target.timeout.is_none() && target.retries == 0;
        (passes && is_once && for_good).then_some(branch.visit)
    }

    /// Seconds of service that one request causes.
    fn work(&self) -> f64 {
        let flow = self.flow();
        let visits = flow.visits.iter().zip(self.stations);
        visits
            .map(|(visits, station)| visits * station.service_time.0)
            .sum()
    }

    fn flow(&self) -> &JourneyTraffic {
        &self.traffic.journeys[self.journey]
    }

    fn hit_ratio(&self, component: usize) -> f64 {
        let serving = &self.traffic.serving;
        hit_ratio(self.topology, serving, component, self.journey)
    }

    /// The calls of a component in the order in which they are made.
    fn calls_of(&mut self, component: usize) -> Vec<Call> {
        let topology = self.topology;
        let mut calls = Vec::new();
        for &group in &topology.components[component].groups {
            let group = &topology.groups[group];
            let mut members = Vec::new();
            for &connection in &group.members {
                let Some(member) = self.member(connection) else {
                    continue;
                };
                let joins = group.divides
                    && member.spared <= 0.0
                    && members.last().is_some_and(|last: &Member| {
                        last.spared <= 0.0 && last.mode == member.mode
                    });
                if !joins && !members.is_empty() {
                    calls.push(self.call(&std::mem::take(&mut members), group.need));
                }
                members.push(member);
            }
            if !members.is_empty() {
                calls.push(self.call(&members, group.need));
            }
        }
        calls.order_by_key(|call| match call.mode {
            Mode::Async => 0,
            Mode::Sync => 1,
            Mode::Parallel => 2,
        });
        calls
    }

    /// One connection as it is used, if it is.
    fn member(&mut self, connection: usize) -> Option<Member> {
        let edge = &self.topology.connections[connection];
        let flow = self.flow();
        if flow.calls[connection] <= 0.0 || flow.visits[edge.from] <= 0.0 {
            return None;
        }
        let per_visit = flow.calls[connection] / flow.visits[edge.from];
        let spared = edge
            .only_on_miss_of
            .map_or(0.0, |cache| self.hit_ratio(cache));
        let asked = (1.0 - self.hit_ratio(edge.from)) * (1.0 - spared);
        Some(Member {
            mode: edge.mode,
            spared,
            count: per_visit / asked,
            visit: self.visit(Some(connection), edge.to)?,
        })
    }

    /// Calls that go to one of several members each.
    fn call(&mut self, members: &[Member], need: Need) -> Call {
        let total: f64 = members.iter().map(|member| member.count).sum();
        let first = self.program.branches.len() as u32;
        let mut sum = 0.0;
        for member in members {
            sum += member.count;
            self.program.branches.push(Branch {
                up_to: sum / total,
                visit: member.visit,
            });
        }
        // What rounding has moved off a whole number is put back.
        let nearest = total.round();
        let count = if (total - nearest).abs() <= 1e-9 * nearest {
            nearest
        } else {
            total
        };
        Call {
            mode: members[0].mode,
            is_essential: need != Need::Optional,
            spared: members[0].spared,
            whole: count.floor() as u32,
            rest: count.fract(),
            branches: first..self.program.branches.len() as u32,
        }
    }

    fn visit(&mut self, connection: Option<usize>, component: usize) -> Option<u32> {
        let routine = self.routine_of[component]?;
        let (topology, stations) = (self.topology, self.stations);
        let round_trip = connection.map_or(0.0, |at| topology.connections[at].rtt.0);
        let is_there = self.traffic.serving[component] > 0;
        let (transfer, service) = if is_there {
            (
                transfer_seconds(topology, stations, self.journey, connection, component),
                service_time(topology, self.journey, connection, component).0
                    * stations[component].slowdown,
            )
        } else {
            (0.0, 0.0)
        };
        let edge = connection.map(|at| topology.connections[at].source);
        let limit = |stated: Option<f64>| stated.filter(|number| *number > 0.0);
        // A visit without work still takes its turn where others have some.
        let others = self.traffic.loads[component].offered_load;
        let works = is_there && (service > 0.0 || others > 0.0);
        self.program.visits.push(Visit {
            way: round_trip + transfer,
            station: works.then_some(component as u32),
            service: match topology.components[component].scv {
                scv if scv <= CONSTANT => Service::Constant(service),
                scv if (scv - 1.0).abs() < 1e-12 => Service::Exponential(service),
                scv => Service::Gamma(service, scv),
            },
            routine,
            timeout: edge
                .and_then(|edge| limit(edge.timeout_ms))
                .map(|millis| Seconds::from_millis(millis).0),
            retries: edge
                .and_then(|edge| limit(edge.retries))
                .map_or(0, |retries| retries as u32),
            backoff: connection
                .map(|at| &topology.connections[at])
                .filter(|edge| edge.is_jittered)
                .map(|edge| {
                    edge.timeout
                        .map_or(0.0, |timeout| timeout.0)
                        .max(LEAST_BACKOFF)
                }),
            budget: connection
                .and_then(|at| Some((at as u32, topology.connections[at].retry_budget?))),
        });
        Some(self.program.visits.len() as u32 - 1)
    }
}

/// Seconds of the first pause at most, where the timeout is not longer.
const LEAST_BACKOFF: f64 = 0.1;

/// A connection of a group.
struct Member {
    mode: Mode,
    spared: f64,
    count: f64,
    visit: u32,
}

/// Service times that vary less than this are constant.
const CONSTANT: f64 = 1e-6;
