//! What happens next: a binary heap of events by time.

/// Something that happens at a time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    /// When, in simulated seconds.
    pub(super) time: f64,
    /// To whom: what the number means depends on the kind.
    pub(super) subject: u32,
    /// What.
    pub(super) kind: Kind,
}

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A request of a journey arrives from outside.
    Arrival,
    /// A visit has come over its connection.
    Reach,
    /// A visit has been served.
    Served,
    /// The caller of a visit has waited long enough.
    Timeout,
    /// A caller tries once more, after a pause.
    Again,
    /// A slice of the simulated time is over.
    Slice,
}

/// Events to come.
///
/// Most events cause exactly one other. So the first event keeps its place when it is taken, and the next one to
/// be added sinks from there: one way through the heap in place of two.
#[derive(Clone, Debug, Default)]
pub(super) struct Agenda {
    events: Vec<Event>,
    first_is_taken: bool,
}

impl Agenda {
    /// Takes the earliest event.
    #[inline]
    pub(super) fn next(&mut self) -> Option<Event> {
        if self.first_is_taken {
            self.first_is_taken = false;
            let last = self.events.pop()?;
            if !self.events.is_empty() {
                self.sink(last);
            }
        }
        let first = *self.events.first()?;
        self.first_is_taken = true;
        Some(first)
    }

    /// Adds an event.
    #[inline]
    pub(super) fn add(&mut self, time: f64, kind: Kind, subject: u32) {
        let event = Event {
            time,
            subject,
            kind,
        };
        if self.first_is_taken {
            self.first_is_taken = false;
            self.sink(event);
        } else {
            self.events.push(event);
            self.rise();
        }
    }

    /// Puts an event in the place of the first, and that in order.
    #[inline]
    fn sink(&mut self, event: Event) {
        let events = &mut self.events[..];
        let mut place = 0;
        loop {
            let mut child = 2 * place + 1;
            if child >= events.len() {
                break;
            }
            if child + 1 < events.len() {
                child += usize::from(events[child + 1].time < events[child].time);
            }
            if event.time <= events[child].time {
                break;
            }
            events[place] = events[child];
            place = child;
        }
        events[place] = event;
    }

    /// Brings the last event to its place.
    fn rise(&mut self) {
        let events = &mut self.events[..];
        let mut place = events.len() - 1;
        let event = events[place];
        while place > 0 {
            let parent = (place - 1) / 2;
            if events[parent].time <= event.time {
                break;
            }
            events[place] = events[parent];
            place = parent;
        }
        events[place] = event;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_in_the_order_of_time() {
        let mut agenda = Agenda::default();
        let mut random = super::super::random::Random::new(1);
        let mut pending = Vec::new();
        let mut now = 0.0;
        for round in 0..20_000 {
            for _ in 0..random.below(if round < 10_000 { 4 } else { 2 }) {
                let time = now + random.unit();
                agenda.add(time, Kind::Served, 0);
                pending.push(time);
            }
            let earliest = pending.iter().copied().enumerate();
            let earliest = earliest.min_by(|a, b| a.1.total_cmp(&b.1));
            let found = agenda.next().map(|event| event.time);
            assert_eq!(found, earliest.map(|(_, time)| time));
            if let Some((index, time)) = earliest {
                pending.swap_remove(index);
                now = time;
            }
        }
    }
}
