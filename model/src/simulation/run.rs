//! The simulated time: requests on their way through a program, event by event.
//!
//! Every visit has a frame in an arena that is used again and again, and lines are chains of frames, so that an
//! event allocates nothing. Calls inside calls are frames that wait for frames: nothing here recurses.

use super::agenda::{Agenda, Kind};
use super::estimate::{BATCHES, quantile};
use super::program::{Program, Service, Visit};
use super::random::Random;
use crate::plan::Mode;

/// A program while it runs.
#[derive(Clone, Debug)]
pub(super) struct Run {
    program: Program,
    random: Random,
    agenda: Agenda,
    now: f64,
    slice: f64,
    frames: Vec<Frame>,
    free: u32,
    in_flight: usize,
    lines: Vec<Line>,
    /// The first line of every station.
    first_line: Vec<u32>,
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

/// No frame, and nobody who waits.
const NOBODY: u32 = u32::MAX;

/// From here on, who waits for a frame is the user of a journey.
const FIRST_USER: u32 = u32::MAX / 2;

/// More visits at once end the simulation.
const MOST_IN_FLIGHT: usize = 1_000_000;

/// Retries that a budget saves up at most.
const MOST_SAVED: f64 = 100.0;

/// Slices before those that are measured.
const WARM_UP: usize = 5;

/// All slices.
pub(super) const SLICES: usize = WARM_UP + BATCHES;

/// A visit on its way.
#[derive(Clone, Copy, Debug)]
struct Frame {
    /// When it began.
    began: f64,
    /// When it came to its line.
    came: f64,
    /// When its caller gives it up.
    deadline: f64,
    /// How often its caller will still try once more.
    retries: u32,
    visit: u32,
    /// The frame that waits for this one, a user, or nobody.
    caller: u32,
    /// The next frame in line, or the next free one.
    next: u32,
    line: u32,
    /// The call that it is at, and how often that is still to be made.
    call: u32,
    left: u32,
    /// Calls side by side that have not answered yet.
    open: u32,
    /// Whether its caller fails with it, whether it has failed, and whether it holds a worker.
    is_essential: bool,
    has_failed: bool,
    holds: bool,
}

/// Where visits take their turn: free servers and workers, and who waits for them.
#[derive(Clone, Copy, Debug)]
struct Line {
    /// Servers that are free.
    idle: u32,
    for_servers: Queue,
    /// Workers that are free; as good as without end where there is no limit.
    free_workers: u32,
    for_workers: Queue,
    /// Visits that may still come in.
    room: u32,
}

/// Frames in the order in which they came.
#[derive(Clone, Copy, Debug)]
struct Queue {
    first: u32,
    last: u32,
    length: u32,
}

impl Queue {
    const EMPTY: Self = Self {
        first: NOBODY,
        last: NOBODY,
        length: 0,
    };

    #[inline]
    fn add(&mut self, frames: &mut [Frame], frame: u32) {
        frames[frame as usize].next = NOBODY;
        if self.length == 0 {
            self.first = frame;
        } else {
            frames[self.last as usize].next = frame;
        }
        self.last = frame;
        self.length += 1;
    }

    #[inline]
    fn take(&mut self, frames: &[Frame]) -> Option<u32> {
        if self.length == 0 {
            return None;
        }
        let first = self.first;
        self.first = frames[first as usize].next;
        self.length -= 1;
        Some(first)
    }
}

/// What is to be done with a frame.
#[derive(Clone, Copy, Debug)]
enum Task {
    /// Sets out on its way.
    SetOut(u32),
    /// Has come.
    Reach(u32),
    /// Has a worker, or needs none, and wants a server.
    Line(u32),
    /// Goes on with its calls.
    GoOn(u32),
    /// Gives its answer.
    Answer(u32),
}

/// What was seen of a journey.
#[derive(Clone, Debug, Default)]
pub(super) struct JourneySample {
    /// Response times of the slice that is measured, and their sum.
    times: Vec<f64>,
    pub(super) mean: Vec<f64>,
    pub(super) quantiles: [Vec<f64>; 4],
    pub(super) rate: Vec<f64>,
    failures: u64,
    pub(super) failed: Vec<f64>,
}

/// The quantiles that are measured.
pub(super) const SHARES: [f64; 4] = [0.5, 0.95, 0.99, 0.999];

/// What was seen of a component.
#[derive(Clone, Debug, Default)]
pub(super) struct StationSample {
    visits: u64,
    waited: f64,
    busy: f64,
    pub(super) utilisation: Vec<f64>,
    pub(super) waiting: Vec<f64>,
}

impl Run {
    /// A run over so many simulated seconds.
    pub(super) fn new(program: Program, seed: u64, seconds: f64) -> Self {
        let mut lines = Vec::new();
        let mut first_line = Vec::new();
        for station in &program.stations {
            first_line.push(lines.len() as u32);
            let line = Line {
                idle: station.servers,
                for_servers: Queue::EMPTY,
                free_workers: station.workers.unwrap_or(u32::MAX),
                for_workers: Queue::EMPTY,
                room: station.room.unwrap_or(u32::MAX),
            };
            lines.extend(std::iter::repeat_n(line, station.lines as usize));
        }
        let mut run = Self {
            random: Random::new(seed),
            agenda: Agenda::default(),
            now: 0.0,
            slice: seconds / SLICES as f64,
            frames: Vec::new(),
            free: NOBODY,
            in_flight: 0,
            lines,
            first_line,
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
                Kind::Reach => self.carry_out(Task::Reach(event.subject)),
                Kind::Timeout => self.give_up(event.subject),
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
                let lines = &self.lines[first..first + count];
                let waiting = lines.iter().map(|line| {
                    u64::from(line.for_servers.length) + u64::from(line.for_workers.length)
                });
                waiting.sum::<u64>()
            };
            (0..self.stations.len()).max_by_key(longest).unwrap_or(0)
        })
    }

    /// The next request from outside, or of a user who thinks first.
    #[inline]
    fn expect_request(&mut self, journey: u32) {
        let source = &self.program.journeys[journey as usize];
        let mean = match source.population {
            Some((_, think)) => think,
            None if source.rate > 0.0 => 1.0 / source.rate,
            None => return,
        };
        if source.visit.is_some() {
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
            let frame = self.open_frame(visit, FIRST_USER + journey, true);
            self.carry_out(Task::SetOut(frame));
        }
    }

    /// A frame for a visit; what it is at has its first value.
    #[inline]
    fn open_frame(&mut self, visit: u32, caller: u32, is_essential: bool) -> u32 {
        self.in_flight += 1;
        self.overflown |= self.in_flight > MOST_IN_FLIGHT;
        let frame = Frame {
            began: self.now,
            came: self.now,
            deadline: f64::INFINITY,
            retries: 0,
            visit,
            caller,
            next: NOBODY,
            line: NOBODY,
            call: NOBODY,
            left: 0,
            open: 0,
            is_essential,
            has_failed: false,
            holds: false,
        };
        if self.free == NOBODY {
            self.frames.push(frame);
            return self.frames.len() as u32 - 1;
        }
        let place = self.free;
        self.free = self.frames[place as usize].next;
        self.frames[place as usize] = frame;
        place
    }

    #[inline]
    fn close_frame(&mut self, frame: u32) {
        self.in_flight -= 1;
        self.frames[frame as usize].deadline = f64::INFINITY;
        self.frames[frame as usize].next = self.free;
        self.free = frame;
    }

    /// Carries out a task and all that follows from it at once.
    #[inline]
    fn carry_out(&mut self, task: Task) {
        let mut next = Some(task);
        while let Some(task) = next {
            next = match task {
                Task::SetOut(frame) => self.set_out(frame),
                Task::Reach(frame) => self.reach(frame),
                Task::Line(frame) => self.line_up(frame),
                Task::GoOn(frame) => self.go_on(frame),
                Task::Answer(frame) => self.answer(frame),
            }
            .or_else(|| self.ready.pop());
        }
    }

    #[inline]
    fn set_out(&mut self, frame: u32) -> Option<Task> {
        let way = self.program.visits[self.frames[frame as usize].visit as usize].way;
        if way > 0.0 {
            self.agenda.add(self.now + way, Kind::Reach, frame);
            return None;
        }
        Some(Task::Reach(frame))
    }

    /// Finds a line with room for it, and a worker if there are any to hold.
    #[inline]
    fn reach(&mut self, frame: u32) -> Option<Task> {
        let visit = &self.program.visits[self.frames[frame as usize].visit as usize];
        let Some(station) = visit.station else {
            return Some(Task::GoOn(frame));
        };
        let lines = self.program.stations[station as usize].lines;
        // A balancer that does not see the lines.
        let chosen = if lines > 1 {
            self.random.below(lines)
        } else {
            0
        };
        let line_index = self.first_line[station as usize] + chosen;
        let waiting = &mut self.frames[frame as usize];
        waiting.came = self.now;
        waiting.line = line_index;
        let station = &self.program.stations[station as usize];
        let line = &mut self.lines[line_index as usize];
        if station.room.is_some() {
            if line.room == 0 {
                waiting.has_failed = true;
                return Some(Task::Answer(frame));
            }
            line.room -= 1;
        }
        if station.workers.is_some() {
            if line.free_workers == 0 {
                line.for_workers.add(&mut self.frames, frame);
                return None;
            }
            line.free_workers -= 1;
            waiting.holds = true;
        }
        Some(Task::Line(frame))
    }

    /// Takes a free server, or the last place in line.
    #[inline]
    fn line_up(&mut self, frame: u32) -> Option<Task> {
        let line = &mut self.lines[self.frames[frame as usize].line as usize];
        if line.idle > 0 {
            line.idle -= 1;
            self.serve(frame);
        } else {
            line.for_servers.add(&mut self.frames, frame);
        }
        None
    }

    /// A worker is done: it turns to the next visit that waits for one.
    fn release_worker(&mut self, line_index: u32) {
        let line = &mut self.lines[line_index as usize];
        line.room = line.room.saturating_add(1);
        match line.for_workers.take(&self.frames) {
            None => line.free_workers += 1,
            Some(next) => {
                self.frames[next as usize].holds = true;
                self.ready.push(Task::Line(next));
            }
        }
    }

    #[inline]
    fn serve(&mut self, frame: u32) {
        let served = &self.frames[frame as usize];
        let visit = &self.program.visits[served.visit as usize];
        let time = match visit.service {
            Service::Constant(mean) => mean,
            Service::Exponential(mean) => mean * self.random.exponential(),
            Service::Gamma(mean, scv) => mean * self.random.gamma(scv),
        };
        if let Some(station) = visit.station {
            let sample = &mut self.stations[station as usize];
            sample.visits += 1;
            sample.waited += self.now - served.came;
            sample.busy += time;
        }
        self.agenda.add(self.now + time, Kind::Served, frame);
    }

    /// The server turns to the next in line; the one that was served goes on.
    #[inline]
    fn served(&mut self, frame: u32) {
        let Frame { line, holds, .. } = self.frames[frame as usize];
        let line = &mut self.lines[line as usize];
        if !holds {
            line.room = line.room.saturating_add(1);
        }
        match line.for_servers.take(&self.frames) {
            Some(next) => self.serve(next),
            None => line.idle += 1,
        }
        self.carry_out(Task::GoOn(frame));
    }

    /// Makes the next call of a visit; without one more, it answers.
    #[inline]
    fn go_on(&mut self, frame: u32) -> Option<Task> {
        let place = frame as usize;
        let routine = self.program.visits[self.frames[place].visit as usize].routine as usize;
        let (hit, calls) = {
            let routine = &self.program.routines[routine];
            (routine.hit, routine.calls.clone())
        };
        if self.frames[place].call == NOBODY {
            self.frames[place].call = calls.start;
            if self.random.happens(hit) {
                return Some(Task::Answer(frame));
            }
        }
        loop {
            let call = self.frames[place].call;
            if self.frames[place].left > 0 {
                self.frames[place].left -= 1;
                let visit = self.choose(call - 1);
                let is_essential = self.program.calls[call as usize - 1].is_essential;
                let called = self.first_attempt(visit, frame, is_essential);
                return Some(Task::SetOut(called));
            }
            if call >= calls.end {
                let waits = self.frames[place].open > 0;
                return (!waits).then_some(Task::Answer(frame));
            }
            self.frames[place].call += 1;
            let call_made = &self.program.calls[call as usize];
            let (mode, whole, rest) = (call_made.mode, call_made.whole, call_made.rest);
            if self.random.happens(call_made.spared) {
                continue;
            }
            let count = whole.saturating_add(u32::from(self.random.happens(rest)));
            match mode {
                Mode::Sync => self.frames[place].left = count,
                Mode::Async => self.start(call, count, NOBODY),
                Mode::Parallel => {
                    self.frames[place].open += count;
                    self.start(call, count, frame);
                }
            }
        }
    }

    /// Starts calls together.
    fn start(&mut self, call: u32, count: u32, caller: u32) {
        for _ in 0..count {
            if self.overflown {
                return;
            }
            let visit = self.choose(call);
            let is_essential = self.program.calls[call as usize].is_essential;
            let frame = if caller == NOBODY {
                self.open_frame(visit, caller, is_essential)
            } else {
                self.first_attempt(visit, caller, is_essential)
            };
            self.ready.push(Task::SetOut(frame));
        }
    }

    /// A call that its caller waits for, which adds to the retry budget of its connection.
    #[inline]
    fn first_attempt(&mut self, visit: u32, caller: u32, is_essential: bool) -> u32 {
        let Visit {
            retries, budget, ..
        } = self.program.visits[visit as usize];
        if let Some((connection, share)) = budget {
            let saved = &mut self.savings[connection as usize];
            *saved = (*saved + share).min(MOST_SAVED.max(share));
        }
        self.attempt(visit, caller, is_essential, retries)
    }

    /// Whether the budget has a retry left, which is then spent.
    fn may_retry(&mut self, visit: u32) -> bool {
        let Some((connection, _)) = self.program.visits[visit as usize].budget else {
            return true;
        };
        let saved = &mut self.savings[connection as usize];
        let suffices = *saved >= 1.0;
        if suffices {
            *saved -= 1.0;
        }
        suffices
    }

    /// One attempt of a call that its caller waits for.
    #[inline]
    fn attempt(&mut self, visit: u32, caller: u32, is_essential: bool, retries: u32) -> u32 {
        let frame = self.open_frame(visit, caller, is_essential);
        self.frames[frame as usize].retries = retries;
        if let Some(timeout) = self.program.visits[visit as usize].timeout {
            let deadline = self.now + timeout;
            self.frames[frame as usize].deadline = deadline;
            self.agenda.add(deadline, Kind::Timeout, frame);
        }
        frame
    }

    /// The caller of a visit waits no longer, unless it has its answer: then the frame is another's, with another
    /// deadline. The visit goes on, for nobody.
    fn give_up(&mut self, frame: u32) {
        let given_up = &mut self.frames[frame as usize];
        if given_up.deadline != self.now || given_up.caller >= FIRST_USER {
            return;
        }
        let attempt = *given_up;
        given_up.caller = NOBODY;
        given_up.deadline = f64::INFINITY;
        if let Some(next) = self.failed(&attempt) {
            self.carry_out(next);
        }
    }

    /// An attempt came to nothing: its caller tries once more, or goes on without.
    fn failed(&mut self, attempt: &Frame) -> Option<Task> {
        let &Frame {
            visit,
            caller,
            is_essential,
            retries,
            ..
        } = attempt;
        if retries > 0 && self.may_retry(visit) {
            let again = self.attempt(visit, caller, is_essential, retries - 1);
            return Some(Task::SetOut(again));
        }
        self.frames[caller as usize].has_failed |= is_essential;
        self.resume(caller)
    }

    /// A caller has one answer more, or knows that there will be none.
    #[inline]
    fn resume(&mut self, caller: u32) -> Option<Task> {
        let waiting = &mut self.frames[caller as usize];
        waiting.open = waiting.open.saturating_sub(1);
        (waiting.open == 0).then_some(Task::GoOn(caller))
    }

    /// The target of one call.
    #[inline]
    fn choose(&mut self, call: u32) -> u32 {
        let branches = self.program.calls[call as usize].branches.clone();
        let branches = &self.program.branches[branches.start as usize..branches.end as usize];
        let [others @ .., last] = branches else {
            return 0;
        };
        if others.is_empty() {
            return last.visit;
        }
        let drawn = self.random.unit();
        let chosen = others.iter().find(|branch| drawn <= branch.up_to);
        chosen.unwrap_or(last).visit
    }

    /// Hands the answer to whoever waits for it.
    #[inline]
    fn answer(&mut self, frame: u32) -> Option<Task> {
        let done = self.frames[frame as usize];
        let Frame {
            began,
            caller,
            line,
            has_failed,
            holds,
            ..
        } = done;
        if holds {
            self.release_worker(line);
        }
        self.close_frame(frame);
        if caller >= FIRST_USER {
            if caller != NOBODY {
                self.answered(caller - FIRST_USER, began, has_failed);
            }
            return None;
        }
        if has_failed {
            return self.failed(&done);
        }
        self.resume(caller)
    }

    /// A user has an answer, or knows that there is none.
    #[inline]
    fn answered(&mut self, journey: u32, began: f64, has_failed: bool) {
        self.requests += 1;
        let sample = &mut self.journeys[journey as usize];
        if has_failed {
            sample.failures += 1;
        } else {
            sample.times.push(self.now - began);
        }
        if self.program.journeys[journey as usize].population.is_some() {
            self.expect_request(journey);
        }
    }

    fn close_slice(&mut self) {
        self.slices += 1;
        self.crowds.push(self.in_flight);
        let measured = self.slices > WARM_UP;
        for journey in &mut self.journeys {
            if measured {
                let answers = journey.times.len() as f64;
                let all = answers + journey.failures as f64;
                journey.rate.push(all / self.slice);
                if all > 0.0 {
                    journey.failed.push(journey.failures as f64 / all);
                }
                if !journey.times.is_empty() {
                    let sum: f64 = journey.times.iter().sum();
                    journey.mean.push(sum / journey.times.len() as f64);
                }
                for (share, quantiles) in SHARES.into_iter().zip(&mut journey.quantiles) {
                    quantiles.extend(quantile(&mut journey.times, share));
                }
            }
            journey.times.clear();
            journey.failures = 0;
        }
        for (sample, station) in self.stations.iter_mut().zip(&self.program.stations) {
            if measured {
                let servers = f64::from(station.servers) * f64::from(station.lines);
                if servers > 0.0 {
                    sample.utilisation.push(sample.busy / self.slice / servers);
                }
                if sample.visits > 0 {
                    sample.waiting.push(sample.waited / sample.visits as f64);
                }
            }
            (sample.visits, sample.waited, sample.busy) = (0, 0.0, 0.0);
        }
    }
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
