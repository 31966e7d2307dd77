//! What a simulated request does, step by step: the plan as flat lists that refer to each other by index.
//!
//! A visit comes over its connection (round trip and transfer), takes its turn at a line, is served, and makes
//! its calls: first those that nobody waits for, then those one after the other, then those side by side.

use std::ops::Range;

use crate::analysis::latency::transfer_seconds;
use crate::analysis::operating_point::OperatingPoint;
use crate::analysis::traffic::{Traffic, hit_ratio, service_time};
use crate::order::Order as _;
use crate::plan::{Id, Mode};
use crate::topology::Topology;

/// A plan, ready to be simulated.
#[derive(Clone, Debug, Default)]
pub(super) struct Program {
    pub(super) journeys: Vec<Source>,
    pub(super) stations: Vec<Station>,
    pub(super) visits: Vec<Visit>,
    pub(super) routines: Vec<Routine>,
    pub(super) calls: Vec<Call>,
    pub(super) branches: Vec<Branch>,
}

/// Where the requests of a journey come from.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) id: Id,
    /// Mean seconds between two requests; none where nobody asks.
    pub(super) interval: Option<f64>,
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
        let mut program = Self {
            stations: (0..topology.components.len())
                .map(|component| station(topology, point, component))
                .collect(),
            ..Self::default()
        };
        for journey in 0..topology.journeys.len() {
            let source = Builder {
                topology,
                point,
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

fn station(topology: &Topology, point: &OperatingPoint, component: usize) -> Station {
    let resolved = &topology.components[component];
    let serving = point.traffic.serving[component];
    let servers = resolved.servers.value.max(0.0).ceil().max(1.0);
    let lines = if resolved.shares_line { 1 } else { serving };
    let servers_of_line = servers * (serving / lines.max(1)) as f64;
    Station {
        id: topology.id(component).clone(),
        lines: lines as u32,
        servers: servers_of_line.min(MOST_SERVERS) as u32,
    }
}

/// The part of a program that belongs to one journey.
struct Builder<'a> {
    topology: &'a Topology<'a>,
    point: &'a OperatingPoint,
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
        let rate = flow.arrival_rate.0;
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
            interval: (rate > 0.0).then(|| 1.0 / rate),
            visit: self.visit(None, entry),
            visits,
        }
    }

    fn flow(&self) -> &crate::analysis::traffic::JourneyTraffic {
        &self.point.traffic.journeys[self.journey]
    }

    fn traffic(&self) -> &Traffic {
        &self.point.traffic
    }

    fn hit_ratio(&self, component: usize) -> f64 {
        let serving = &self.traffic().serving;
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
                    calls.push(self.call(&std::mem::take(&mut members)));
                }
                members.push(member);
            }
            if !members.is_empty() {
                calls.push(self.call(&members));
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
    fn call(&mut self, members: &[Member]) -> Call {
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
            spared: members[0].spared,
            whole: count.floor() as u32,
            rest: count.fract(),
            branches: first..self.program.branches.len() as u32,
        }
    }

    fn visit(&mut self, connection: Option<usize>, component: usize) -> Option<u32> {
        let routine = self.routine_of[component]?;
        let (topology, point) = (self.topology, self.point);
        let round_trip = connection.map_or(0.0, |at| topology.connections[at].rtt.0);
        let is_there = point.traffic.serving[component] > 0;
        let (transfer, service) = if is_there {
            (
                transfer_seconds(
                    topology,
                    &point.stations,
                    self.journey,
                    connection,
                    component,
                ),
                service_time(topology, self.journey, connection, component).0
                    * point.stations[component].slowdown,
            )
        } else {
            (0.0, 0.0)
        };
        // A visit without work still takes its turn where others have some.
        let works = is_there && point.traffic.loads[component].offered_load > 0.0;
        self.program.visits.push(Visit {
            way: round_trip + transfer,
            station: works.then_some(component as u32),
            service: match topology.components[component].scv {
                scv if scv <= CONSTANT => Service::Constant(service),
                scv if (scv - 1.0).abs() < 1e-12 => Service::Exponential(service),
                scv => Service::Gamma(service, scv),
            },
            routine,
        });
        Some(self.program.visits.len() as u32 - 1)
    }
}

/// A connection of a group.
struct Member {
    mode: Mode,
    spared: f64,
    count: f64,
    visit: u32,
}

/// Service times that vary less than this are constant.
const CONSTANT: f64 = 1e-6;
