//! Turns: a visit waits for a worker and a server of its line, and leaves them to the next.

use super::super::agenda::Kind;
use super::super::program::{Program, Service};
use super::frames::{Frame, Frames, NOBODY};
use super::{Run, Task};

/// Where visits take their turn: free servers and workers, and who waits for them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
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
    fn add(&mut self, frames: &mut Frames, frame: u32) {
        frames[frame].next = NOBODY;
        if self.length == 0 {
            self.first = frame;
        } else {
            frames[self.last].next = frame;
        }
        self.last = frame;
        self.length += 1;
    }

    #[inline]
    fn take(&mut self, frames: &Frames) -> Option<u32> {
        if self.length == 0 {
            return None;
        }
        let first = self.first;
        self.first = frames[first].next;
        self.length -= 1;
        Some(first)
    }
}

impl Line {
    /// Visits that wait.
    pub(super) fn waiting(&self) -> u64 {
        u64::from(self.for_servers.length) + u64::from(self.for_workers.length)
    }
}

/// The lines of all stations, and the first of each.
pub(super) fn lines(program: &Program) -> (Vec<Line>, Vec<u32>) {
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
    (lines, first_line)
}

impl Run {
    /// Finds a line with room for it, and a worker if there are any to hold.
    #[inline]
    pub(super) fn reach(&mut self, frame: u32) -> Option<Task> {
        let waiting = &mut self.frames[frame];
        let visit = &self.program.visits[waiting.attempt.visit as usize];
        let Some(place) = visit.station else {
            return Some(Task::GoOn(frame));
        };
        let station = &self.program.stations[place as usize];
        // A balancer that does not see the lines.
        let chosen = if station.lines > 1 {
            self.random.below(station.lines)
        } else {
            0
        };
        let line_index = self.first_line[place as usize] + chosen;
        waiting.came = self.now;
        waiting.line = line_index;
        let line = &mut self.lines[line_index as usize];
        if station.room.is_some() {
            if line.room == 0 {
                waiting.has_failed = true;
                return self.answer(frame);
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
        self.line_up(frame);
        None
    }

    /// Takes a free server, or the last place in line.
    #[inline]
    pub(super) fn line_up(&mut self, frame: u32) {
        let line = &mut self.lines[self.frames[frame].line as usize];
        if line.idle > 0 {
            line.idle -= 1;
            self.serve(frame);
        } else {
            line.for_servers.add(&mut self.frames, frame);
        }
    }

    /// A worker is done: it turns to the next visit that waits for one.
    pub(super) fn release_worker(&mut self, line_index: u32) {
        let line = &mut self.lines[line_index as usize];
        line.room = line.room.saturating_add(1);
        match line.for_workers.take(&self.frames) {
            None => line.free_workers += 1,
            Some(next) => {
                self.frames[next].holds = true;
                self.ready.push(Task::Line(next));
            }
        }
    }

    #[inline]
    fn serve(&mut self, frame: u32) {
        let served = &self.frames[frame];
        let visit = &self.program.visits[served.attempt.visit as usize];
        let time = match visit.service {
            Service::Exponential(mean) => mean * self.random.exponential(),
            Service::Constant(mean) => mean,
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
    pub(super) fn served(&mut self, frame: u32) {
        let &Frame { line, holds, .. } = &self.frames[frame];
        let line = &mut self.lines[line as usize];
        if !holds {
            line.room = line.room.saturating_add(1);
        }
        match line.for_servers.take(&self.frames) {
            Some(next) => self.serve(next),
            None => line.idle += 1,
        }
        let next = self.go_on(frame);
        self.carry_out(next);
    }
}
