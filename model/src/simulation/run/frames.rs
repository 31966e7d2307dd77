//! Visits on their way: an arena of frames whose places are used again and again.

use std::ops::{Index, IndexMut};

/// No frame, and nobody who waits.
pub(super) const NOBODY: u32 = u32::MAX;

/// From here on, who waits for a frame is the user of a journey.
pub(super) const FIRST_USER: u32 = u32::MAX / 2;

/// A visit on its way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// When it began.
    pub(super) began: f64,
    /// When it came to its line.
    pub(super) came: f64,
    /// When its caller gives it up.
    pub(super) deadline: f64,
    /// Seconds that it or those that it waited for have paused before they tried again.
    pub(super) paused: f64,
    /// What its caller made it for.
    pub(super) attempt: Attempt,
    /// The next frame in line, or the next free one.
    pub(super) next: u32,
    pub(super) line: u32,
    /// The call that it is at, and how often that is still to be made.
    pub(super) call: u32,
    pub(super) left: u32,
    /// Calls side by side that have not answered yet.
    pub(super) open: u32,
    /// Whether it has failed, and whether it holds a worker.
    pub(super) has_failed: bool,
    pub(super) holds: bool,
}

/// One attempt of a call.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attempt {
    pub(super) visit: u32,
    /// The frame that waits for it, a user, or nobody.
    pub(super) caller: u32,
    /// How often its caller will still try once more.
    pub(super) retries: u32,
    /// Whether its caller fails with it.
    pub(super) is_essential: bool,
}

/// All frames, those in use and those that are free.
#[derive(Clone, Debug)]
pub(super) struct Frames {
    places: Vec<Frame>,
    free: u32,
    /// How many are in use.
    pub(super) count: usize,
}

impl Frames {
    pub(super) const EMPTY: Self = Self {
        places: Vec::new(),
        free: NOBODY,
        count: 0,
    };

    /// A frame that begins now.
    #[inline]
    pub(super) fn open(&mut self, attempt: Attempt, now: f64) -> u32 {
        self.count += 1;
        let frame = Frame {
            began: now,
            came: now,
            deadline: f64::INFINITY,
            paused: 0.0,
            attempt,
            next: NOBODY,
            line: NOBODY,
            call: NOBODY,
            left: 0,
            open: 0,
            has_failed: false,
            holds: false,
        };
        if self.free == NOBODY {
            self.places.push(frame);
            return self.places.len() as u32 - 1;
        }
        let place = self.free;
        self.free = self[place].next;
        self[place] = frame;
        place
    }

    /// What the frame says stays there until its place is used again.
    #[inline]
    pub(super) fn close(&mut self, frame: u32) {
        self.count -= 1;
        let free = self.free;
        let closed = &mut self[frame];
        closed.deadline = f64::INFINITY;
        closed.next = free;
        self.free = frame;
    }
}

impl Index<u32> for Frames {
    type Output = Frame;

    #[inline]
    fn index(&self, frame: u32) -> &Frame {
        &self.places[frame as usize]
    }
}

impl IndexMut<u32> for Frames {
    #[inline]
    fn index_mut(&mut self, frame: u32) -> &mut Frame {
        &mut self.places[frame as usize]
    }
}
