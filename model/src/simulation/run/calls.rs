//! Calls: which a visit makes, how often each is tried, and who hears the answer.

use super::super::agenda::Kind;
use super::super::program::Visit;
use super::frames::{Attempt, FIRST_USER, NOBODY};
use super::{Run, Task};
use crate::plan::Mode;

/// Pauses grow no longer than this many times twice as long.
const MOST_DOUBLINGS: u32 = 6;

/// Retries that a budget saves up at most.
const MOST_SAVED: f64 = 100.0;

impl Run {
    /// Makes the next call of a visit; without one more, it answers.
    #[inline]
    pub(super) fn go_on(&mut self, frame: u32) -> Option<Task> {
        let visit = &self.program.visits[self.frames[frame].attempt.visit as usize];
        if self.program.routines[visit.routine as usize]
            .calls
            .is_empty()
        {
            return self.answer(frame);
        }
        self.make_calls(frame)
    }

    fn make_calls(&mut self, frame: u32) -> Option<Task> {
        let visit = &self.program.visits[self.frames[frame].attempt.visit as usize];
        let routine = &self.program.routines[visit.routine as usize];
        let calls = routine.calls.clone();
        if self.frames[frame].call == NOBODY {
            self.frames[frame].call = calls.start;
            if self.random.happens(routine.hit) {
                return self.answer(frame);
            }
        }
        loop {
            let call = self.frames[frame].call;
            if self.frames[frame].left > 0 {
                self.frames[frame].left -= 1;
                let visit = self.choose(call - 1);
                let is_essential = self.program.calls[call as usize - 1].is_essential;
                let called = self.first_attempt(visit, frame, is_essential);
                return Some(Task::SetOut(called));
            }
            if call >= calls.end {
                if self.frames[frame].open > 0 {
                    return None;
                }
                return self.answer(frame);
            }
            self.frames[frame].call += 1;
            let call_made = &self.program.calls[call as usize];
            let (mode, whole, rest) = (call_made.mode, call_made.whole, call_made.rest);
            if self.random.happens(call_made.spared) {
                continue;
            }
            let count = whole.saturating_add(u32::from(self.random.happens(rest)));
            match mode {
                Mode::Sync => self.frames[frame].left = count,
                Mode::Async => self.start(call, count, NOBODY),
                Mode::Parallel => {
                    self.frames[frame].open += count;
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
                self.open_frame(Attempt {
                    visit,
                    caller,
                    retries: 0,
                    is_essential,
                })
            } else {
                self.first_attempt(visit, caller, is_essential)
            };
            self.ready.push(Task::SetOut(frame));
        }
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

    /// A call that its caller waits for, which adds to the retry budget of its connection.
    #[inline]
    fn first_attempt(&mut self, visit: u32, caller: u32, is_essential: bool) -> u32 {
        let &Visit {
            retries, budget, ..
        } = &self.program.visits[visit as usize];
        if let Some((connection, share)) = budget {
            let saved = &mut self.savings[connection as usize];
            *saved = (*saved + share).min(MOST_SAVED.max(share));
        }
        self.attempt(Attempt {
            visit,
            caller,
            retries,
            is_essential,
        })
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
    fn attempt(&mut self, attempt: Attempt) -> u32 {
        let frame = self.open_frame(attempt);
        self.set_deadline(frame);
        frame
    }

    #[inline]
    fn set_deadline(&mut self, frame: u32) {
        let visit = self.frames[frame].attempt.visit;
        if let Some(timeout) = self.program.visits[visit as usize].timeout {
            let deadline = self.now + timeout;
            self.frames[frame].deadline = deadline;
            self.agenda.add(deadline, Kind::Timeout, frame);
        }
    }

    /// The pause before an attempt is over.
    pub(super) fn begin_again(&mut self, frame: u32) {
        let begun = &mut self.frames[frame];
        (begun.began, begun.came) = (self.now, self.now);
        self.set_deadline(frame);
    }

    /// The caller of a visit waits no longer, unless it has its answer: then the frame is another's, with another
    /// deadline. The visit goes on, for nobody.
    pub(super) fn give_up(&mut self, frame: u32) {
        let given_up = &mut self.frames[frame];
        let attempt = given_up.attempt;
        if given_up.deadline != self.now || attempt.caller >= FIRST_USER {
            return;
        }
        given_up.attempt.caller = NOBODY;
        given_up.deadline = f64::INFINITY;
        let next = self.failed(attempt);
        self.carry_out(next);
    }

    /// An attempt came to nothing: its caller tries once more, or goes on without.
    fn failed(&mut self, attempt: Attempt) -> Option<Task> {
        if attempt.retries > 0 && self.may_retry(attempt.visit) {
            let next = Attempt {
                retries: attempt.retries - 1,
                ..attempt
            };
            let &Visit {
                retries, backoff, ..
            } = &self.program.visits[attempt.visit as usize];
            let Some(first) = backoff else {
                return Some(Task::SetOut(self.attempt(next)));
            };
            let tried = retries.saturating_sub(attempt.retries).min(MOST_DOUBLINGS);
            let pause = first * f64::from(1_u32 << tried) * self.random.unit();
            self.frames[attempt.caller].paused += pause;
            let again = self.open_frame(next);
            self.agenda.add(self.now + pause, Kind::Again, again);
            return None;
        }
        self.frames[attempt.caller].has_failed |= attempt.is_essential;
        self.resume(attempt.caller)
    }

    /// A caller has one answer more, or knows that there will be none.
    #[inline]
    fn resume(&mut self, caller: u32) -> Option<Task> {
        let waiting = &mut self.frames[caller];
        waiting.open = waiting.open.saturating_sub(1);
        (waiting.open == 0).then_some(Task::GoOn(caller))
    }

    /// Hands the answer to whoever waits for it.
    #[inline]
    pub(super) fn answer(&mut self, frame: u32) -> Option<Task> {
        let done = &self.frames[frame];
        let (began, caller, has_failed) = (done.began, done.attempt.caller, done.has_failed);
        let paused = done.paused;
        if done.holds {
            let line = done.line;
            self.release_worker(line);
        }
        self.frames.close(frame);
        if caller >= FIRST_USER {
            if caller != NOBODY {
                self.answered(caller - FIRST_USER, began + paused, has_failed);
            }
            return None;
        }
        let waiting = &mut self.frames[caller];
        waiting.paused = if waiting.open > 0 {
            waiting.paused.max(paused)
        } else {
            waiting.paused + paused
        };
        if has_failed {
            return self.failed(self.frames[frame].attempt);
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
}
