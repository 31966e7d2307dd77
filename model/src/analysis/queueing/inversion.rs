//! Times within which a share of the requests is answered, from the Laplace transform of the response time.
//!
//! **Question.** The transform `f(z) = E[e^(-zT)]` of a time `T` is known: within which times are 50, 95 and 99 of 100?
//!
//! **Model.** Any time that is not negative.
//!
//! **Assumptions.** The distribution is smooth. Where it jumps, the inversion finds the jump to about 2 %.
//!
//! **Formula.** `P(T > t)` is the inverse of `(1 - f(z)) / z`, the density that of `f(z)`, both from the same values
//! by Euler summation of the Fourier series. The logarithm of the tail is nearly a line: the quantiles come from
//! interpolating `t` over `ln P(T > t)`, with its slope, through a few points that all quantiles share, beginning at
//! those of the gamma distribution with the same mean and variance; more points until two interpolations agree.
//! Where that does not settle, Newton's method within a bracket.
//!
//! **Reference.** Abate & Whitt, *Numerical inversion of Laplace transforms of probability distributions*, ORSA
//! Journal on Computing 7 (1995); Hermite interpolation by divided differences: Stoer & Bulirsch, *Introduction to
//! Numerical Analysis* (1980), 2.1.5.
//!
//! **Complexity.** 36 evaluations of the transform per point, 60 for ten digits; 4 to 8 points for four quantiles of a smooth
//! time.

use num_complex::Complex64;

use super::gamma::Gamma;

/// Quantiles to about ten digits.
pub const EXACT: f64 = 1e-10;

/// Quantiles to about five digits, where every evaluation of the transform is dear.
pub const QUICK: f64 = 1e-5;

/// Quantiles to about three digits, where many of them are wanted.
pub const ROUGH: f64 = 1e-3;

/// The time that so many do not keep within, alone: fewer evaluations than [`quantiles`] where the first guess,
/// the gamma time of the same mean and variance, is near. `None` where the transform gives no numbers.
pub fn quantile(
    mut transform: impl FnMut(Complex64) -> Complex64,
    shape: Gamma,
    late: f64,
    tolerance: f64,
) -> Option<f64> {
    if shape.mean() <= 0.0 {
        return Some(0.0);
    }
    let mut inversion = Inversion {
        transform: &mut transform,
        mean: shape.mean(),
        discretisation: discretisation(tolerance),
        terms: terms(shape, tolerance),
        points: Vec::new(),
    };
    let start = shape.quantile(late);
    let mut time = start;
    for _ in 0..MOST_POINTS {
        let (tail, density) = inversion.tail_and_density(time);
        // The logarithm of the tail is nearly a line.
        let step = (tail / late).ln() * tail / density;
        if !(step.is_finite() && time + step > 0.0) {
            break;
        }
        time += step;
        // The next step would be about the square of this one.
        if step * step <= tolerance * time * time {
            return Some(time);
        }
    }
    let time = inversion.bracketed(late, start, tolerance);
    time.is_finite().then_some(time)
}

/// The times that so many do not keep within (0.01: what 99 of 100 keep within), the largest shares first.
///
/// `shape` has the mean and the variance of the time; `tolerance` is relative. `None` where the transform gives no
/// numbers.
pub fn quantiles(
    mut transform: impl FnMut(Complex64) -> Complex64,
    shape: Gamma,
    late: &[f64],
    tolerance: f64,
) -> Option<Vec<f64>> {
    let mut inversion = Inversion {
        transform: &mut transform,
        mean: shape.mean(),
        discretisation: discretisation(tolerance),
        terms: terms(shape, tolerance),
        points: Vec::new(),
    };
    if shape.mean() <= 0.0 {
        return Some(vec![0.0; late.len()]);
    }
    let starts: Vec<f64> = late.iter().map(|&late| shape.quantile(late)).collect();
    let is_smooth = inversion.begin(&starts);
    let mut times = Vec::new();
    let mut least = 0.0_f64;
    for (&late, &start) in late.iter().zip(&starts) {
        let smooth = if is_smooth {
            inversion.interpolated(late, tolerance)
        } else {
            None
        };
        let time = smooth.unwrap_or_else(|| inversion.bracketed(late, start, tolerance));
        if !time.is_finite() {
            return None;
        }
        // Where the distribution jumps, two quantiles are the same up to the error of the inversion.
        least = least.max(time);
        times.push(least);
    }
    Some(times)
}

/// Probability that it takes longer than `time`; `shape` has the mean and the variance.
pub fn tail(
    mut transform: impl FnMut(Complex64) -> Complex64,
    shape: Gamma,
    time: f64,
) -> Option<f64> {
    if time <= 0.0 {
        return Some(1.0);
    }
    let mut inversion = Inversion {
        transform: &mut transform,
        mean: shape.mean(),
        discretisation: discretisation(QUICK),
        terms: terms(shape, QUICK),
        points: Vec::new(),
    };
    let (tail, _) = inversion.tail_and_density(time);
    tail.is_finite().then(|| tail.clamp(0.0, 1.0))
}

/// The more terms, the steeper a distribution is seen, and the more digits of a small tail.
fn terms(shape: Gamma, tolerance: f64) -> usize {
    let least = match tolerance {
        exact if exact < QUICK => 48,
        quick if quick < ROUGH => 24,
        _ => 14,
    };
    let variation = shape.variance().sqrt() / shape.mean();
    let terms = if variation > 0.0 {
        (2.0 / variation).ceil()
    } else {
        MOST_TERMS as f64
    };
    (terms as usize).clamp(least, MOST_TERMS)
}

/// Terms of the series at most, before its partial sums are averaged.
const MOST_TERMS: usize = 1_000;

/// The error of the Fourier series is `e^-discretisation` times the tail at three times the time.
fn discretisation(tolerance: f64) -> f64 {
    match tolerance {
        exact if exact < QUICK => 22.0,
        quick if quick < ROUGH => 18.4,
        _ => 13.8,
    }
}

/// Weights of the average of the last partial sums: binomial coefficients of 11 over 2¹¹.
const BINOMIAL: [f64; 12] = [
    1.0 / 2048.0,
    11.0 / 2048.0,
    55.0 / 2048.0,
    165.0 / 2048.0,
    330.0 / 2048.0,
    462.0 / 2048.0,
    462.0 / 2048.0,
    330.0 / 2048.0,
    165.0 / 2048.0,
    55.0 / 2048.0,
    11.0 / 2048.0,
    1.0 / 2048.0,
];

/// Steps of the search within a bracket.
const MOST_STEPS: usize = 60;

/// Points that one quantile may add to the interpolation.
const MOST_POINTS: usize = 4;

struct Inversion<'a, F> {
    transform: &'a mut F,
    mean: f64,
    discretisation: f64,
    terms: usize,
    points: Vec<Point>,
}

/// A time, the logarithm of its tail, and how much longer one unit of it more takes.
#[derive(Clone, Copy)]
struct Point {
    log_tail: f64,
    time: f64,
    slope: f64,
}

impl<F: FnMut(Complex64) -> Complex64> Inversion<'_, F> {
    /// Looks at the tail in these places; false where it is not smooth enough in two of them to be interpolated.
    fn begin(&mut self, starts: &[f64]) -> bool {
        starts.iter().filter(|&&start| self.look(start)).count() >= 2
    }

    /// Adds a point in order; false where the tail there is none.
    fn look(&mut self, time: f64) -> bool {
        let (tail, density) = self.tail_and_density(time);
        if !(time > 0.0 && tail > 1e-9 && tail < 1.0 && density > 0.0) {
            return false;
        }
        let point = Point {
            log_tail: tail.ln(),
            time,
            slope: -tail / density,
        };
        if !point.slope.is_finite() {
            return false;
        }
        let place = self.points.partition_point(|known| known.time < time);
        let follows = |before: &Point, after: &Point| before.log_tail > after.log_tail;
        let fits = place
            .checked_sub(1)
            .is_none_or(|before| follows(&self.points[before], &point))
            && self
                .points
                .get(place)
                .is_none_or(|after| follows(&point, after));
        if fits {
            self.points.insert(place, point);
        }
        fits
    }

    fn interpolated(&mut self, late: f64, tolerance: f64) -> Option<f64> {
        let at = late.ln();
        for _ in 0..MOST_POINTS {
            let (rough, fine) = (self.hermite(at, 3), self.hermite(at, 4));
            let is_settled =
                self.points.len() > 3 && (fine - rough).abs() <= tolerance * fine.abs();
            if is_settled {
                return Some(fine);
            }
            let nearest = self.nearest(at, 1)[0].time;
            if (nearest - fine).abs() <= tolerance * fine.abs() {
                return Some(fine);
            }
            if !(fine > 0.0 && fine.is_finite() && self.look(fine)) {
                return None;
            }
        }
        None
    }

    /// The points next to this logarithm of a tail.
    fn nearest(&self, at: f64, count: usize) -> &[Point] {
        let count = count.min(self.points.len());
        let distance = |from: usize| {
            let window = &self.points[from..from + count];
            window
                .iter()
                .map(|point| (point.log_tail - at).abs())
                .fold(0.0, f64::max)
        };
        let from = (0..=self.points.len() - count)
            .min_by(|&a, &b| distance(a).total_cmp(&distance(b)))
            .unwrap_or(0);
        &self.points[from..from + count]
    }

    /// The time at this logarithm of the tail, through so many points with their slopes.
    fn hermite(&self, at: f64, count: usize) -> f64 {
        let points = self.nearest(at, count);
        let places: Vec<f64> = points
            .iter()
            .flat_map(|point| [point.log_tail; 2])
            .collect();
        let mut differences: Vec<f64> = points.iter().flat_map(|point| [point.time; 2]).collect();
        let last = places.len() - 1;
        let mut found = vec![differences[0]];
        for order in 1..=last {
            for index in 0..=last - order {
                let gap = places[index + order] - places[index];
                differences[index] = if gap == 0.0 {
                    points[index / 2].slope
                } else {
                    (differences[index + 1] - differences[index]) / gap
                };
            }
            found.push(differences[0]);
        }
        let mut time = 0.0;
        for order in (0..=last).rev() {
            time = found[order] + (at - places[order]) * time;
        }
        time
    }

    /// Newton's method on the logarithm of the tail within a bracket; `P(T > t) <= mean / t` bounds the search.
    fn bracketed(&mut self, late: f64, start: f64, tolerance: f64) -> f64 {
        let (mut low, mut high) = (0.0, self.mean / late);
        let mut time = if start > 0.0 && start < high {
            start
        } else {
            0.5 * high
        };
        for _ in 0..MOST_STEPS {
            let (tail, density) = self.tail_and_density(time);
            if tail.is_nan() {
                return f64::NAN;
            }
            if tail > late {
                low = time;
            } else {
                high = time;
            }
            // The logarithm of the tail is more of a line than the tail.
            let newton = time + (tail / late).ln() * tail / density;
            let next = if newton > low && newton < high {
                newton
            } else {
                f64::midpoint(low, high)
            };
            let moved = (next - time).abs();
            time = next;
            // Newton's next step would be about the square of this one.
            if moved * moved <= tolerance * time * time || high - low <= tolerance * time {
                break;
            }
        }
        time
    }

    /// Probability that it takes longer than this, and the density there.
    fn tail_and_density(&mut self, time: f64) -> (f64, f64) {
        let scale = (self.discretisation / 2.0).exp() / time;
        let (mut tail, mut density) = (0.0, 0.0);
        let (mut tails, mut densities) = (0.0, 0.0);
        for k in 0..self.terms + BINOMIAL.len() {
            let z =
                Complex64::new(self.discretisation / 2.0, k as f64 * std::f64::consts::PI) / time;
            let value = (self.transform)(z);
            let sign = match k {
                0 => 0.5,
                k if k % 2 == 0 => 1.0,
                _ => -1.0,
            };
            tail += sign * ((1.0 - value) / z).re;
            density += sign * value.re;
            if k >= self.terms {
                tails += BINOMIAL[k - self.terms] * tail;
                densities += BINOMIAL[k - self.terms] * density;
            }
        }
        (scale * tails, scale * densities)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mixture_of_two_exponential_times() {
        let (mean, variance) = (0.5 * 10.0 + 0.5 * 30.0, 0.5 * 200.0 + 0.5 * 1800.0 - 400.0);
        let shape = Gamma::new(mean, variance).unwrap();
        let transform = |z: Complex64| 0.5 / (1.0 + 10.0 * z) + 0.5 / (1.0 + 30.0 * z);
        let late = [0.5, 0.05, 0.01, 0.001];
        let found = quantiles(transform, shape, &late, EXACT).unwrap();
        for (time, late) in found.into_iter().zip(late) {
            let tail = 0.5 * (-time / 10.0).exp() + 0.5 * (-time / 30.0).exp();
            assert!((tail / late - 1.0).abs() < 2e-9, "{tail}, not {late}");
        }
        let tail = tail(transform, shape, 25.0).unwrap();
        let expected = 0.5 * (-2.5_f64).exp() + 0.5 * (-25.0 / 30.0_f64).exp();
        assert!((tail / expected - 1.0).abs() < 1e-8);
    }

    #[test]
    fn four_quantiles_of_a_smooth_time_take_few_evaluations() {
        let mut evaluations = 0;
        let transform = |z: Complex64| {
            evaluations += 1;
            1.0 / ((1.0 + z) * (1.0 + 0.3 * z) * (1.0 + 0.1 * z)).powi(2)
        };
        let shape = Gamma::new(2.8, 2.0 * 1.1).unwrap();
        let found = quantiles(transform, shape, &[0.5, 0.05, 0.01, 0.001], QUICK);
        assert!(found.is_some());
        assert!(evaluations <= 7 * 36, "{evaluations}");
    }

    #[test]
    fn a_transform_of_no_numbers_has_no_quantiles() {
        let shape = Gamma::new(1.0, 1.0).unwrap();
        let nothing = |_: Complex64| Complex64::new(f64::NAN, 0.0);
        assert_eq!(quantiles(nothing, shape, &[0.5], EXACT), None);
    }

    #[test]
    fn every_tolerance_keeps_its_digits_where_two_scales_meet() {
        // One request in ten takes a hundred times as long.
        let transform = |z: Complex64| 0.9 / (1.0 + z) + 0.1 / (1.0 + 100.0 * z);
        let tail = |time: f64| 0.9 * (-time).exp() + 0.1 * (-time / 100.0).exp();
        let mean = 0.9 + 10.0;
        let shape = Gamma::new(mean, 0.9 * 2.0 + 0.1 * 20_000.0 - mean * mean).unwrap();
        let late = [0.5, 0.05, 0.01, 0.001];
        for (tolerance, digits) in [(EXACT, 1e-8), (QUICK, 2e-5), (ROUGH, 2e-3)] {
            let found = quantiles(transform, shape, &late, tolerance).unwrap();
            for (time, late) in found.into_iter().zip(late) {
                let alone = quantile(transform, shape, late, tolerance).unwrap();
                for time in [time, alone] {
                    let error = (tail(time) / late - 1.0).abs();
                    assert!(error < digits, "{late} to {tolerance}: {error}");
                }
            }
        }
    }
}
