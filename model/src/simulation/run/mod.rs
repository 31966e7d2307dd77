//! The simulated time: requests on their way through a program, event by event.
//!
//! Every visit has a frame in an arena that is used again and again, and lines are chains of frames, so that an
//! event allocates nothing. Calls inside calls are frames that wait for frames: nothing here recurses.

mod calls;
mod frames;
mod lines;
mod samples;

use super::agenda::{Agenda, Kind};
use super::estimate::BATCHES;
use super::program::{Program, Source};
use super::random::Random;
use frames::{Attempt, FIRST_USER, Frames};
use lines::{Line, lines};
use samples::{JourneySample, StationSample};

/// A program while it runs.
#[derive(Clone, Debug)]
pub(super) struct Run {
    program: Program,
    random: Random,
    agenda: Agenda,
    now: f64,
    slice: f64,
    frames: Frames,
    lines: Vec<Line>,
    /// The first line of every station.
    first_line: Vec<u32>,
    /// Mean seconds until the next request of every journey, or of a user who thinks; none without requests.
    pauses: Vec<Option<f64>>,
    /// Retries that the callers of every connection may still make.
    savings: Vec<f64>,
    /// Tasks that were started together and wait for their turn.
    ready: Vec<Task>,
    pub(super) events: u64,
    pub(super) requests: u64,
    slices: usize,
    crowds: Vec<usize>,
    overflown: bool,
    pub(super) journeys: Vec<JourneySample>,
    pub(super) stations: Vec<StationSample>,
}

/// More visits at once end the simulation.
const MOST_IN_FLIGHT: usize = 1_000_000;

/// Slices before those that are measured.
const WARM_UP: usize = 5;

/// All slices.
pub(super) const SLICES: usize = WARM_UP + BATCHES;

/// What is to be done with a frame.
#[derive(Clone, Copy, Debug)]
enum Task {
    /// Sets out on its way.
    SetOut(u32),
    /// Has a worker, or needs none, and wants a server.
    Line(u32),
    /// Goes on with its calls.
    GoOn(u32),
}

impl Run {
    /// A run over so many simulated seconds.
    pub(super) fn new(program: Program, seed: u64, seconds: f64) -> Self {
        let (lines, first_line) = lines(&program);
        let mut run = Self {
            random: Random::new(seed),
            agenda: Agenda::default(),
            now: 0.0,
            slice: seconds / SLICES as f64,
            frames: Frames::EMPTY,
            lines,
            first_line,
            pauses: program.journeys.iter().map(pause).collect(),
            savings: vec![0.0; program.connections],
            ready: Vec::new(),
            events: 0,
            requests: 0,
            slices: 0,
            crowds: Vec::new(),
            overflown: false,
            journeys: vec![JourneySample::default(); program.journeys.len()],
            stations: vec![StationSample::default(); program.stations.len()],
            program,
        };
        run.agenda.add(run.slice, Kind::Slice, 0);
        for journey in 0..run.journeys.len() {
            let users = run.program.journeys[journey].population;
            for _ in 0..users.map_or(1, |(users, _)| users) {
                run.expect_request(journey as u32);
            }
        }
        run
    }

    /// Lets at most so many events happen; says whether there are more.
    pub(super) fn step(&mut self, most: u64) -> bool {
        for _ in 0..most {
            let Some(event) = self.agenda.next() else {
                return false;
            };
            self.now = event.time;
            match event.kind {
                Kind::Served => self.served(event.subject),
                Kind::Arrival => self.arrive(event.subject),
                Kind::Reach => {
                    let next = self.reach(event.subject);
                    self.carry_out(next);
                }
                Kind::Timeout => self.give_up(event.subject),
                Kind::Again => {
                    self.begin_again(event.subject);
                    self.carry_out(Some(Task::SetOut(event.subject)));
                }
                Kind::Slice => {
                    self.close_slice();
                    if self.slices == SLICES {
                        return false;
                    }
                    self.agenda.add(self.now + self.slice, Kind::Slice, 0);
                }
            }
            self.events += 1;
            if self.overflown {
                return false;
            }
        }
        true
    }

    /// Whether all of the simulated time is over.
    pub(super) fn is_over(&self) -> bool {
        self.slices == SLICES
    }

    /// The simulated seconds so far.
    pub(super) fn seconds(&self) -> f64 {
        self.now
    }

    /// How much of the simulated time is over, from 0 to 1.
    pub(super) fn share(&self) -> f64 {
        (self.now / (self.slice * SLICES as f64)).min(1.0)
    }

    /// The component with the longest line, if requests only become more and more.
    pub(super) fn grows_at(&self) -> Option<usize> {
        (self.overflown || grows(&self.crowds)).then(|| {
            let longest = |&station: &usize| {
                let first = self.first_line[station] as usize;
                let count = self.program.stations[station].lines as usize;
                let lines = self.lines[first..first + count].iter();
                lines.map(Line::waiting).sum::<u64>()
            };
            (0..self.stations.len()).max_by_key(longest).unwrap_or(0)
        })
    }

    /// The next request from outside, or of a user who thinks first.
    #[inline]
    fn expect_request(&mut self, journey: u32) {
        if let Some(mean) = self.pauses[journey as usize] {
            let time = self.now + mean * self.random.exponential();
            self.agenda.add(time, Kind::Arrival, journey);
        }
    }

    #[inline]
    fn arrive(&mut self, journey: u32) {
        let source = &self.program.journeys[journey as usize];
        let visit = source.visit;
        if source.population.is_none() {
            self.expect_request(journey);
        }
        if let Some(visit) = visit {
            let frame = self.open_frame(Attempt {
                visit,
                caller: FIRST_USER + journey,
                retries: 0,
                is_essential: true,
            });
            let next = self.set_out(frame);
            self.carry_out(next);
        }
    }

    #[inline]
    fn open_frame(&mut self, attempt: Attempt) -> u32 {
        let frame = self.frames.open(attempt, self.now);
        self.overflown |= self.frames.count > MOST_IN_FLIGHT;
        frame
    }

    /// Carries out what follows from an event at once.
    #[inline]
    fn carry_out(&mut self, task: Option<Task>) {
        let mut next = task.or_else(|| self.ready.pop());
        while let Some(task) = next {
            next = match task {
                Task::SetOut(frame) => self.set_out(frame),
                Task::GoOn(frame) => self.go_on(frame),
                Task::Line(frame) => {
                    self.line_up(frame);
                    None
                }
            }
            .or_else(|| self.ready.pop());
        }
    }

    /// Sets out on a way that takes its time, or has come already.
    #[inline]
    fn set_out(&mut self, frame: u32) -> Option<Task> {
        let visit = self.frames[frame].attempt.visit;
        let way = self.program.visits[visit as usize].way;
        if way > 0.0 {
            self.agenda.add(self.now + way, Kind::Reach, frame);
            return None;
        }
        self.reach(frame)
    }

    fn close_slice(&mut self) {
        self.slices += 1;
        self.crowds.push(self.frames.count);
        let measured = self.slices > WARM_UP;
        for journey in &mut self.journeys {
            journey.close_slice(self.slice, measured);
        }
        for (sample, station) in self.stations.iter_mut().zip(&self.program.stations) {
            sample.close_slice(station, self.slice, measured);
        }
    }
}

/// Mean seconds until the next request.
fn pause(source: &Source) -> Option<f64> {
    let mean = match source.population {
        Some((_, think)) => think,
        None if source.rate > 0.0 => 1.0 / source.rate,
        None => return None,
    };
    source.visit.is_some().then_some(mean)
}

/// Whether the number of requests on their way, slice by slice, only grows: even the least crowded moment of the
/// last third is twice as crowded as the most crowded one of the first third.
fn grows(crowds: &[usize]) -> bool {
    let third = crowds.len() / 3;
    let most = crowds[..third].iter().max();
    let least = crowds[crowds.len() - third..].iter().min();
    match (most, least) {
        (Some(&most), Some(&least)) => least > 2 * most && least > CROWD,
        _ => false,
    }
}

/// Fewer requests on their way are no crowd.
const CROWD: usize = 50;
