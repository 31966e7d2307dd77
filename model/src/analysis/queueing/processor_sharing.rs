//! How long work takes that shares one server with all other work at the same time.
//!
//! **Question.** A link or a processor works on everything that is there at once, each at an equal share of its
//! speed: how long does a piece of work stay?
//!
//! **Model.** M/G/1 with processor sharing, any number of classes of work.
//!
//! **Assumptions.** Poisson arrivals. The time depends on the mean amount of work alone, not on its variation.
//!
//! **Formula.** `R = S / (1 - U)`, with `S` the time without others and `U` the utilisation of all classes.
//!
//! **Reference.** Kleinrock, *Queueing Systems* II (1976), 4.4; for several classes Baskett, Chandy, Muntz &
//! Palacios, *Open, closed and mixed networks of queues with different classes of customers*, JACM 22 (1975).
//!
//! **Complexity.** Constant.

use super::SATURATED;
use crate::units::Seconds;

/// How long work stays that would take `alone` without others, at a utilisation of 0 and more; `None` where the
/// server gets more than it can do, or for what is no number.
pub fn shared(alone: Seconds, utilisation: f64) -> Option<Seconds> {
    let is_valid = alone.0 >= 0.0 && (0.0..SATURATED).contains(&utilisation);
    let seconds = alone.0 / (1.0 - utilisation);
    (is_valid && seconds.is_finite()).then_some(Seconds(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_else_makes_it_no_longer_and_a_full_server_never_ends() {
        assert_eq!(shared(Seconds(2.0), 0.0), Some(Seconds(2.0)));
        assert_eq!(shared(Seconds(2.0), 0.75), Some(Seconds(8.0)));
        for utilisation in [1.0, 7.0, -0.1, f64::NAN, f64::INFINITY] {
            assert_eq!(shared(Seconds(2.0), utilisation), None);
        }
        assert_eq!(shared(Seconds(f64::MAX), 0.999), None);
    }
}
