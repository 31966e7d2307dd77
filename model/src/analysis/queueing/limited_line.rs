//! The wait in a line with limited room: so many exponential steps, as many as stand before.
//!
//! **Question.** Who is let in while all servers are busy finds 0 to `m - 1` in a line that moves on `θ` times per
//! second: how long is the wait, and how is it distributed?
//!
//! **Model.** M/M/c/K seen by those that are let in: `m = K - c` places, `θ = c / S`. The same for workers that are
//! held, with the speed of all of them in place of `θ`.
//!
//! **Assumptions.** The line is served in the order of arrival, in steps that are exponential and independent.
//!
//! **Formula.** `J` steps with probability `ρ^(J-1) / Σ`, `J = 1 … m`, `ρ = λ / θ`: a mixture of Erlang times, exact for
//! M/M/c/K at any load, above 1, too. Transform of the wait of those that wait: with `r = θ / (θ + z)`,
//! `r (1 - (ρ r)^m) / (1 - ρ r) · (1 - ρ) / (1 - ρ^m)`. Mean `E[J] / θ`, variance `(E[J] + Var[J]) / θ²`.
//!
//! **Reference.** Gross & Harris, *Fundamentals of Queueing Theory* (1998), ch. 2.
//!
//! **Complexity.** Constant per number.

use num_complex::Complex64;

use crate::units::Seconds;

use super::geometric::truncated;

/// What those that are let in wait in a line with limited room.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LimitedLine {
    /// Probability that one that is let in has to wait.
    pub probability: f64,
    /// Mean time of one step of the line, above 0.
    step: f64,
    /// As many times as likely is one more in the line: 0 and more.
    ratio: f64,
    /// Places in the line, 1 and more.
    places: f64,
}

impl LimitedLine {
    /// A line of so many places with this mean time of a step; `ratio` is the load of all servers, 1 and more in
    /// overload. None without a place, or where a number is none.
    pub fn new(probability: f64, step: Seconds, ratio: f64, places: usize) -> Option<Self> {
        let is_valid = (0.0..=1.0).contains(&probability)
            && step.0.is_finite()
            && step.0 > 0.0
            && ratio.is_finite()
            && ratio >= 0.0
            && places > 0;
        is_valid.then_some(Self {
            probability,
            step: step.0,
            ratio,
            places: places as f64,
        })
    }

    /// The line of so many places in which those that wait do so for this long on average, as far as it is that long.
    pub fn of_mean(probability: f64, step: Seconds, mean: Seconds, places: usize) -> Option<Self> {
        let mut line = Self::new(probability, step, 1.0, places)?;
        let steps = mean / step;
        if steps.is_nan() {
            return None;
        }
        // Of a line without end the ratio is 1 - 1 / steps; the other way round beyond the middle.
        let (mut low, mut high) = (0.0, 1.0);
        let middle = f64::midpoint(1.0, line.places);
        let turned = steps > middle;
        let wanted = if turned {
            line.places + 1.0 - steps
        } else {
            steps
        };
        for _ in 0..BISECTIONS {
            line.ratio = f64::midpoint(low, high);
            if line.steps().0 < wanted {
                low = line.ratio;
            } else {
                high = line.ratio;
            }
        }
        if turned {
            line.ratio = line.ratio.max(f64::MIN_POSITIVE).recip().min(f64::MAX);
        }
        Some(line)
    }

    /// What makes two lines alike.
    pub(crate) fn numbers(&self) -> [f64; 4] {
        [self.probability, self.step, self.ratio, self.places]
    }

    /// Mean time of those that wait.
    pub fn mean(&self) -> Seconds {
        Seconds(self.steps().0 * self.step)
    }

    /// Variance of the time of those that wait, in seconds squared.
    pub fn variance(&self) -> f64 {
        let (mean, variance) = self.steps();
        (mean + variance) * self.step * self.step
    }

    /// Mean and variance of the steps.
    fn steps(&self) -> (f64, f64) {
        if self.ratio > 1.0 {
            let (mean, variance) = truncated(1.0 / self.ratio, self.places);
            return (self.places - mean, variance);
        }
        let (mean, variance) = truncated(self.ratio, self.places);
        (1.0 + mean, variance)
    }

    /// `E[e^(-zT)]` of the time of all that are let in, those that do not wait included.
    pub fn transform(&self, z: Complex64) -> Complex64 {
        1.0 - self.probability + self.probability * self.of_those_that_wait(z)
    }

    fn of_those_that_wait(&self, z: Complex64) -> Complex64 {
        let (m, ratio) = (self.places, self.ratio);
        let moved = 1.0 + z * self.step;
        let r = 1.0 / moved;
        // 1 - ρ r and 1 - ρ, without what rounding leaves of ρ r near 1.
        let (less, less_at_rest) = ((z * self.step + (1.0 - ratio)) * r, 1.0 - ratio);
        if ratio <= 1.0 {
            let sum = if less.norm() * m < NEAR {
                near(less, m)
            } else {
                (1.0 - (r * ratio).powf(m)) / less
            };
            let all = if less_at_rest * m < NEAR {
                near(less_at_rest.into(), m).re
            } else {
                (1.0 - ratio.powf(m)) / less_at_rest
            };
            return r * sum / all;
        }
        // All divided by ρ^m, which may be beyond all numbers.
        let scale = ratio.powf(-m);
        let sum = if less.norm() * m < NEAR {
            near(less, m) * scale
        } else {
            (scale - r.powf(m)) / less
        };
        let all = if less_at_rest.abs() * m < NEAR {
            near(less_at_rest.into(), m).re * scale
        } else {
            (scale - 1.0) / less_at_rest
        };
        r * sum / all
    }
}

/// Halvings of the interval of a ratio.
const BISECTIONS: usize = 50;

/// Below this `m u`, `(1 - (1 - u)^m) / u` is had from its series.
const NEAR: f64 = 1e-2;

/// `(1 - (1 - u)^m) / u` for small `m u`: the next term is a 10¹⁵th of the first.
fn near(u: Complex64, m: f64) -> Complex64 {
    let mut term = Complex64::new(m, 0.0);
    let mut sum = term;
    for k in 1..7 {
        let k = f64::from(k);
        term = -term * u * ((m - k) / (k + 1.0));
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::queueing::gamma::Gamma;
    use crate::analysis::queueing::inversion;

    /// Probability that an M/M/1/K visit that is let in takes longer than `t`, of the sum over all numbers it may find.
    fn late(load: f64, room: usize, t: f64) -> f64 {
        let (mut weight, mut all, mut late) = (1.0, 0.0, 0.0);
        let (mut poisson, mut fewer) = ((-t).exp(), 0.0);
        for found in 0..room {
            fewer += poisson;
            poisson *= t / (found + 1) as f64;
            late += weight * fewer;
            all += weight;
            weight *= load;
        }
        late / all
    }

    fn line(load: f64, room: usize) -> LimitedLine {
        let weights: f64 = (0..room).map(|n| load.powf(n as f64)).sum();
        LimitedLine::new(1.0 - 1.0 / weights, Seconds(1.0), load, room - 1).unwrap()
    }

    #[test]
    fn stays_with_limited_room_are_the_sum_over_all_that_stand_before() {
        for load in [0.2, 0.7, 0.99, 1.0, 1.000_001, 1.3, 3.0, 40.0] {
            for room in [2, 3, 10, 24, 100] {
                let line = line(load, room);
                let mean = line.probability * line.mean().0 + 1.0;
                let second = line.probability * (line.variance() + line.mean().0.powi(2));
                let variance = second - (mean - 1.0).powi(2) + 1.0;
                let stay = |z: Complex64| line.transform(z) / (1.0 + z);
                let shape = Gamma::new(mean, variance).unwrap();
                let wanted = [0.5, 0.05, 0.01, 0.001];
                let found = inversion::quantiles(stay, shape, &wanted, inversion::EXACT).unwrap();
                for (time, wanted) in found.into_iter().zip(wanted) {
                    let exact = late(load, room, time);
                    assert!(
                        (exact / wanted - 1.0).abs() < 1e-6,
                        "{load} {room}: {exact} at {time}, not {wanted}"
                    );
                }
            }
        }
    }

    #[test]
    fn mean_and_variance_are_those_of_the_sum() {
        for load in [0.0_f64, 0.5, 1.0 - 1e-9, 1.0, 1.0 + 1e-6, 1.2, 7.0] {
            for places in [1_u32, 2, 7, 300] {
                let line = LimitedLine::new(1.0, Seconds(2.0), load, places as usize).unwrap();
                let weights: Vec<f64> = (0..places).map(|j| load.powf(f64::from(j))).collect();
                let all: f64 = weights.iter().sum();
                let of = |power: i32| {
                    let each = weights.iter().zip(1..);
                    each.map(|(weight, j)| weight * f64::from(j).powi(power))
                        .sum::<f64>()
                        / all
                };
                let (mean, square) = (of(1), of(2));
                let variance = 4.0 * (mean + square - mean * mean);
                assert!(
                    (line.mean().0 / (2.0 * mean) - 1.0).abs() < 1e-7,
                    "{load} {places}"
                );
                assert!(
                    (line.variance() / variance - 1.0).abs() < 1e-5,
                    "{load} {places}"
                );
            }
        }
    }

    #[test]
    fn a_line_of_a_mean_has_that_mean() {
        for places in [1, 2, 15, 400] {
            for part in [0.0, 0.1, 0.5, 0.500_001, 0.9, 1.0] {
                let steps = 1.0 + part * (places as f64 - 1.0);
                let line =
                    LimitedLine::of_mean(1.0, Seconds(2.0), Seconds(2.0 * steps), places).unwrap();
                assert!(
                    (line.mean().0 / 2.0 / steps - 1.0).abs() < 1e-4,
                    "{places} {part}"
                );
            }
        }
        let long = LimitedLine::of_mean(1.0, Seconds(1.0), Seconds(50.0), 15).unwrap();
        assert!((long.mean().0 - 15.0).abs() < 1e-6);
    }

    #[test]
    fn no_load_and_no_room_make_no_numbers_that_are_none() {
        for load in [0.0, 1e-300, 1.0, 1e300] {
            for places in [1, 1_000_000] {
                let line = LimitedLine::new(1.0, Seconds(1e-3), load, places).unwrap();
                assert!(line.mean().0.is_finite() && line.variance().is_finite());
                for z in [1e-9, 1.0, 1e9] {
                    let value = line.transform(Complex64::new(z, z));
                    assert!(
                        value.is_finite() && value.norm() <= 1.0 + 1e-9,
                        "{load} {places} {z}"
                    );
                }
            }
        }
        assert_eq!(LimitedLine::new(0.5, Seconds(1.0), 0.5, 0), None);
        assert_eq!(LimitedLine::new(0.5, Seconds(0.0), 0.5, 3), None);
        assert_eq!(LimitedLine::new(f64::NAN, Seconds(1.0), 0.5, 3), None);
    }
}
