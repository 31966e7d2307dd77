//! Times within which a share of the requests is answered, from the Laplace transform of the response time.
//!
//! **Question.** The transform `f(z) = E[e^(-zT)]` of a time `T` is known: within which times are 50, 95 and 99 of 100?
//!
//! **Model.** Any time that is not negative.
//!
//! **Assumptions.** The distribution is smooth beyond its constant part. Where its density jumps, more terms of the
//! series are taken, up to a limit. Where the distribution itself jumps no number of terms is enough: there the time is
//! looked at through a blur.
//!
//! **Formula.** `P(T > t)` is the inverse of `(1 - f(z)) / z`, the density that of `f(z)`, its slope that of `z f(z)`, all
//! from the same values by Euler summation of the Fourier series; the error of the series is at most `e^-A` of the tail
//! at `3t`. How far the averages of one and two terms fewer are apart says whether it has settled, and how far more
//! terms move it whether there is a jump. The quantiles begin at those of the gamma distribution with the same mean and
//! variance; half of the requests of a time that varies much begins where `1 - f(1/t)` says. From every point that was
//! looked at, Halley's method on the logarithm of the tail and interpolation of `t` over it say where to look next,
//! within a bracket. At a jump, `P(T + s t Z > t)` with `Z` normal, the inverse of `f(z) e^((s t z)²/2)`, whose series
//! ends: it is the tail of `T / (1 - s Z)`, so that a time that grows has no quantile that falls. A jump at `t` is then
//! found at `t / (1 - s z)`, and `2 t(s/2) - t(s)` takes that out.
//!
//! **Reference.** Abate & Whitt, *Numerical inversion of Laplace transforms of probability distributions*, ORSA
//! Journal on Computing 7 (1995); Hermite interpolation by divided differences: Stoer & Bulirsch, *Introduction to
//! Numerical Analysis* (1980), 2.1.5.
//!
//! **Complexity.** Evaluations of the transform per point: 26 for three digits, 36 for five, 60 for ten; one to two
//! points per quantile of a smooth time. At a jump a dozen points of up to a thousand.

use num_complex::Complex64;

use super::gamma::Gamma;

/// Quantiles to about ten digits.
pub const EXACT: f64 = 1e-10;

/// Quantiles to about five digits, where every evaluation of the transform is dear.
pub const QUICK: f64 = 1e-5;

/// Quantiles to about three digits, where many of them are wanted.
pub const ROUGH: f64 = 1e-3;

/// A Laplace transform, had for several numbers at once.
pub trait Transform {
    /// The values at these numbers, as many of each; no number where there is none.
    fn values(&mut self, numbers: &[Complex64], values: &mut [Complex64]);
}

impl<F: FnMut(Complex64) -> Complex64> Transform for F {
    fn values(&mut self, numbers: &[Complex64], values: &mut [Complex64]) {
        for (value, &number) in values.iter_mut().zip(numbers) {
            *value = self(number);
        }
    }
}

/// The times that so many do not keep within (0.01: what 99 of 100 keep within), the largest shares first.
///
/// `shape` has the mean and the variance of the time; `tolerance` is relative. `None` where the transform gives no
/// numbers.
pub fn quantiles(
    mut transform: impl Transform,
    shape: Gamma,
    late: &[f64],
    tolerance: f64,
) -> Option<Vec<f64>> {
    if shape.mean() <= 0.0 {
        return Some(vec![0.0; late.len()]);
    }
    let mut inversion = Inversion::new(&mut transform, shape, tolerance);
    let mut starts: Vec<f64> = late.iter().map(|&late| shape.quantile(late)).collect();
    if shape.variance() > MUCH * shape.mean() * shape.mean() {
        inversion.begin_low(late, &mut starts);
    }
    for &start in starts.iter().filter(|start| **start > 0.0) {
        inversion.look(start)?;
    }
    let mut times = Vec::new();
    let mut least = 0.0_f64;
    for &late in late {
        // Where the distribution jumps, two quantiles are the same up to the error of the inversion.
        least = least.max(inversion.find(late)?);
        times.push(least);
    }
    Some(times)
}

/// Probability that it takes longer than `time`, to the tolerance of quantiles there; `shape` has the mean and the
/// variance. `None` where the transform gives no numbers.
pub fn tail(mut transform: impl Transform, shape: Gamma, time: f64, tolerance: f64) -> Option<f64> {
    if time <= 0.0 {
        return Some(1.0);
    }
    let mut inversion = Inversion::new(&mut transform, shape, tolerance);
    let mut around = inversion.around(time);
    if around.error > JUMP {
        around = inversion.blurred(0.5 * blur(tolerance)).around(time);
    }
    around.tail.is_finite().then(|| around.tail.clamp(0.0, 1.0))
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

/// Terms beyond those, for all points of one quantile together, where the distribution is not smooth.
fn more_terms(tolerance: f64) -> usize {
    match tolerance {
        reference if reference < EXACT => 20_000,
        exact if exact < QUICK => 8_000,
        quick if quick < ROUGH => 2_000,
        _ => 500,
    }
}

/// Where half as many terms more move the tail by more than this part of it, the distribution jumps nearby.
const JUMP: f64 = 1e-3;

/// So often there are half as many terms more before a jump is taken for one.
const ROUNDS_TO_A_JUMP: usize = 4;

/// A tail whose series has not settled is known to so many times what its last averages are apart or more terms move it.
const AT_MOST_MOVED: f64 = 3.0;

/// Where that makes more than this part of the time, the time is looked at through a blur instead.
const UNSURE: f64 = 3e-4;

/// Deviation of the blur through which a jump is looked at, relative to the time.
fn blur(tolerance: f64) -> f64 {
    match tolerance {
        reference if reference < EXACT => 5e-4,
        quick if quick < ROUGH => 2e-3,
        _ => 4e-3,
    }
}

/// A blur takes what is beyond so many deviations out of the series.
const BLURRED_OUT: f64 = 5.5;

/// No time is moved by more than so many deviations of the blur.
const BLUR_REACHES: f64 = 5.0;

/// Quantiles of blurred times are sought to this part.
const BLURRED: f64 = 3e-5;

/// Tails below this are not asked for.
const LEAST_WANTED: f64 = 1e-3;

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

/// Steps of the search within a bracket, and how many of them may follow the slope.
const MOST_STEPS: usize = 60;
const MOST_CLEVER_STEPS: usize = 12;

/// From this squared variation on the gamma distribution says nothing of the middle.
const MUCH: f64 = 1.5;

/// Shares that are taken for the middle.
const MIDDLE: f64 = 0.25;

/// How far a point may be from what is interpolated, relative to it.
const NEAR: f64 = 0.1;

/// Tails below this are lost in the error of the inversion.
const LEAST_TAIL: f64 = 1e-9;

struct Inversion<'a, T> {
    transform: &'a mut T,
    mean: f64,
    tolerance: f64,
    discretisation: f64,
    /// Deviation of the blur, relative to the time; nothing without one.
    blur: f64,
    terms: usize,
    /// Terms that may yet be added where the series has not settled.
    left: usize,
    numbers: Vec<Complex64>,
    values: Vec<Complex64>,
    /// What was looked at, earlier times first, as far as it can be interpolated.
    points: Vec<Point>,
    /// Everything that was looked at.
    seen: Vec<Seen>,
}

/// What is known of the tail at a time.
struct Around {
    tail: f64,
    density: f64,
    /// The slope of the density.
    steeper: f64,
    /// How far the last averages of the series are apart or more terms move it, relative to the tail, and how far the
    /// averages of the density.
    error: f64,
    slope_error: f64,
    /// Whether the series has settled.
    is_settled: bool,
}

/// What is left of a look at a time.
#[derive(Clone, Copy)]
struct Seen {
    time: f64,
    tail: f64,
    /// What the tail may be off.
    error: f64,
    /// What the time of this tail may be off, relative to it.
    off: f64,
}

/// A time and the logarithm of its tail.
#[derive(Clone, Copy)]
struct Point {
    time: f64,
    log_tail: f64,
    /// How much longer one unit of the logarithm more takes.
    slope: f64,
    /// Second derivative of the logarithm over its first.
    bend: f64,
    /// What the quantiles near it can be relied on.
    tolerance: f64,
    /// How much of the slope is error.
    slope_error: f64,
}

/// Where a quantile is looked for.
enum Guess {
    Found(f64),
    Look(f64),
}

impl<'a, T: Transform> Inversion<'a, T> {
    fn new(transform: &'a mut T, shape: Gamma, tolerance: f64) -> Self {
        Self {
            transform,
            mean: shape.mean(),
            tolerance,
            discretisation: discretisation(tolerance),
            blur: 0.0,
            terms: terms(shape, tolerance),
            left: more_terms(tolerance),
            numbers: Vec::new(),
            values: Vec::new(),
            points: Vec::new(),
            seen: Vec::new(),
        }
    }

    /// The same time seen through a blur.
    fn blurred(&mut self, blur: f64) -> Inversion<'_, T> {
        Inversion {
            transform: self.transform,
            mean: self.mean,
            tolerance: BLURRED,
            discretisation: discretisation(ROUGH),
            blur,
            terms: (BLURRED_OUT / (std::f64::consts::PI * blur)).ceil() as usize,
            left: 0,
            numbers: Vec::new(),
            values: Vec::new(),
            points: Vec::new(),
            seen: Vec::new(),
        }
    }

    /// Begins the search for the middle of times that vary much where `1 - f(1/t) = E[1 - e^(-T/t)]` is what it is
    /// at that quantile of an exponential time.
    fn begin_low(&mut self, late: &[f64], starts: &mut [f64]) {
        const PLACES: i32 = 12;
        const RATIO: f64 = 0.4;
        if late.iter().all(|&late| late < MIDDLE) {
            return;
        }
        let times: Vec<f64> = (0..PLACES)
            .map(|place| self.mean * RATIO.powi(place))
            .collect();
        self.values.clear();
        self.numbers = times.iter().map(|time| (1.0 / time).into()).collect();
        self.evaluate();
        let later: Vec<f64> = self.values.iter().map(|value| 1.0 - value.re).collect();
        for (&late, start) in late.iter().zip(starts) {
            let wanted = 1.0 / (1.0 - late.ln());
            let Some(above) = later.iter().position(|&later| later >= wanted) else {
                continue;
            };
            if late >= MIDDLE && above > 0 {
                let (below, above_it) = (later[above - 1], later[above]);
                let part = (wanted - below) / (above_it - below);
                *start = times[above - 1] * RATIO.powf(part);
            }
        }
    }

    /// The time that so many do not keep within; none where the transform gives no numbers.
    fn find(&mut self, late: f64) -> Option<f64> {
        let at = late.ln();
        self.left = more_terms(self.tolerance);
        let mut time = self.mean;
        for step in 0..MOST_STEPS {
            // `P(T > t) <= mean / t` bounds the search.
            let (mut low, mut high) = (0.0_f64, self.mean / late);
            let mut tolerance = self.tolerance;
            let mut jump = None;
            for seen in &self.seen {
                if seen.off > UNSURE && (seen.tail - late).abs() <= seen.error {
                    jump = Some(seen.time);
                } else if seen.tail > late && seen.time > low {
                    low = seen.time;
                    tolerance = self.tolerance.max(seen.off.min(UNSURE));
                } else if seen.tail <= late {
                    high = high.min(seen.time);
                }
            }
            if let Some(time) = jump.filter(|time| *time > low && *time < high) {
                return self.at_jump(late, time, low, high);
            }
            if high - low <= tolerance * (high + 1e-3 * self.mean) {
                return Some(if low > 0.0 {
                    f64::midpoint(low.min(high), high)
                } else {
                    0.0
                });
            }
            let between = if low > 0.0 {
                (low * high).sqrt()
            } else {
                0.1 * high
            };
            let is_between = |time: f64| time > low && time < high;
            match self.guess(at) {
                Some(Guess::Found(time)) if time >= low && time <= high => return Some(time),
                Some(Guess::Found(next) | Guess::Look(next))
                    if step < MOST_CLEVER_STEPS
                        && is_between(next)
                        && (self.blur <= 0.0 || step % 2 == 0) =>
                {
                    time = next;
                }
                _ => time = between,
            }
            self.look(time)?;
        }
        Some(time)
    }

    /// The time that so many do not keep within, between two others and near a jump; none where the transform gives no
    /// numbers.
    fn at_jump(&mut self, late: f64, near: f64, low: f64, high: f64) -> Option<f64> {
        let blur = blur(self.tolerance);
        let mut times = [0.0, near];
        for blur in [blur, 0.5 * blur] {
            let mut blurred = self.blurred(blur);
            let reaches = BLUR_REACHES * blur;
            for (time, tail) in [(low * (1.0 - reaches), 1.0), (high * (1.0 + reaches), 0.0)] {
                blurred.seen.push(Seen {
                    time,
                    tail,
                    error: 0.0,
                    off: 0.0,
                });
            }
            blurred.look(times[1])?;
            times = [times[1], blurred.find(late)?];
        }
        let most = blur * times[1];
        let moved = (times[1] - times[0]).clamp(-most, most);
        Some((times[1] + moved).clamp(low, high))
    }

    /// Where the tail has this logarithm, as far as the points near it say; none without points.
    fn guess(&self, at: f64) -> Option<Guess> {
        let nearest = self.nearest(at, 1).first()?;
        let (halley, is_near) = nearest.halley(at);
        if is_near {
            return Some(Guess::Found(halley));
        }
        if self.points.len() < 2 {
            return Some(Guess::Look(halley));
        }
        let (rough, fine) = (self.hermite(at, 3), self.hermite(at, 4));
        let apart = (fine - halley).abs();
        let is_settled = self.points.len() > 3
            && (fine - rough).abs() <= nearest.tolerance * fine.abs()
            && apart <= 0.3 * nearest.tolerance.sqrt() * fine
            && nearest.reaches(fine);
        Some(if is_settled {
            Guess::Found(fine)
        } else if apart <= 0.3 * halley {
            Guess::Look(fine)
        } else {
            Guess::Look(halley)
        })
    }

    /// Looks at the tail at a time; none where it is no number.
    fn look(&mut self, time: f64) -> Option<()> {
        let Around {
            tail,
            density,
            steeper,
            error,
            slope_error,
            is_settled,
        } = self.around(time);
        if tail.is_nan() {
            return None;
        }
        let moved = AT_MOST_MOVED * error * tail.max(LEAST_WANTED);
        let off = match density {
            _ if is_settled => 0.0,
            density if density > 0.0 && time > 0.0 => moved / density / time,
            _ => f64::INFINITY,
        };
        self.seen.push(Seen {
            time,
            tail,
            error: moved,
            off,
        });
        if !(off <= UNSURE && time > 0.0 && tail > LEAST_TAIL && tail < 1.0 && density > 0.0) {
            return Some(());
        }
        let hazard = density / tail;
        let point = Point {
            time,
            log_tail: tail.ln(),
            slope: -1.0 / hazard,
            bend: hazard + steeper / density,
            tolerance: self.tolerance.max(off),
            slope_error,
        };
        let place = self.points.partition_point(|known| known.time < time);
        let follows = |before: &Point, after: &Point| before.log_tail > after.log_tail;
        let before = place.checked_sub(1).map(|before| self.points[before]);
        let fits = point.slope.is_finite()
            && point.bend.is_finite()
            && before.is_none_or(|before| follows(&before, &point))
            && self
                .points
                .get(place)
                .is_none_or(|after| follows(&point, after));
        if fits {
            self.points.insert(place, point);
        }
        Some(())
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

    /// What is known of the tail at a time; more terms of the series until its last averages agree.
    fn around(&mut self, time: f64) -> Around {
        self.numbers.clear();
        self.values.clear();
        let mut terms = self.terms;
        let mut before: Option<f64> = None;
        let mut round = 0;
        loop {
            let real = self.discretisation / 2.0;
            for k in self.numbers.len()..terms + BINOMIAL.len() {
                let imaginary = k as f64 * std::f64::consts::PI;
                self.numbers.push(Complex64::new(real, imaginary) / time);
            }
            self.evaluate();
            if self.blur > 0.0 {
                for (value, z) in self.values.iter_mut().zip(&self.numbers) {
                    let deviations = self.blur * time * z;
                    *value *= (0.5 * deviations * deviations).exp();
                }
            }
            let mut around = self.summed(time, terms);
            if self.blur > 0.0 {
                around.slope_error = around.slope_error.max(BLUR_REACHES * self.blur);
                return around;
            }
            let moved = before.map_or(0.0, |before| {
                (around.tail - before).abs() / around.tail.max(LEAST_WANTED)
            });
            let more = terms / 2;
            let bearable = 0.3 * self.tolerance + 1e-14 * real.exp() / LEAST_WANTED;
            let is_settled = around.error <= bearable && moved <= JUMP;
            let is_jump = round >= ROUNDS_TO_A_JUMP && moved > JUMP;
            if is_settled || is_jump || around.error.is_nan() || more > self.left / 2 {
                around.is_settled = is_settled;
                around.error = around.error.max(moved);
                return around;
            }
            before = Some(around.tail);
            round += 1;
            self.left -= more;
            terms += more;
        }
    }

    /// The averages of the last partial sums of the series of so many terms.
    fn summed(&self, time: f64, terms: usize) -> Around {
        let mut sums = [0.0; 3];
        let mut averages = [0.0; 3];
        let mut shorter = [[0.0; 2]; 2];
        for (k, (&z, &value)) in self.numbers.iter().zip(&self.values).enumerate() {
            let sign = match k {
                0 => 0.5,
                k if k % 2 == 0 => 1.0,
                _ => -1.0,
            };
            let parts = [((1.0 - value) / z).re, value.re, (z * value).re];
            for (sum, part) in sums.iter_mut().zip(parts) {
                *sum += sign * part;
            }
            if let Some(weight) = k.checked_sub(terms).map(|k| BINOMIAL[k]) {
                for (average, sum) in averages.iter_mut().zip(sums) {
                    *average += weight * sum;
                }
            }
            for (fewer, average) in (1..).zip(&mut shorter) {
                if let Some(&weight) = (k + fewer).checked_sub(terms).and_then(|k| BINOMIAL.get(k))
                {
                    average[0] += weight * sums[0];
                    average[1] += weight * sums[1];
                }
            }
        }
        let factor = (self.discretisation / 2.0).exp();
        let [tail, density, steeper] = averages.map(|average| factor / time * average);
        let [error, slope_error] = [0, 1].map(|part| {
            let apart = shorter.map(|shorter| (shorter[part] - averages[part]).abs());
            factor / time * (apart[0] + apart[1])
        });
        Around {
            tail,
            density,
            steeper,
            error: error / tail.max(LEAST_WANTED),
            slope_error: slope_error / density,
            is_settled: true,
        }
    }

    /// The values at the numbers that have none yet.
    fn evaluate(&mut self) {
        let known = self.values.len();
        self.values.resize(self.numbers.len(), Complex64::ZERO);
        self.transform
            .values(&self.numbers[known..], &mut self.values[known..]);
    }
}

impl Point {
    /// Where the logarithm of the tail is this by Halley's method, and whether that is near enough to be it.
    fn halley(&self, at: f64) -> (f64, bool) {
        let newton = (at - self.log_tail) * self.slope;
        let step = newton / (1.0 + 0.5 * newton * self.bend).clamp(0.5, 2.0);
        let time = (self.time + step).clamp(0.25 * self.time, 4.0 * self.time);
        // What the next term of the series would be, and how far it can be trusted.
        let share = (step / self.time).abs();
        let is_near = share * (step - newton).abs() <= 0.5 * self.tolerance * time
            && share <= 0.5 * self.tolerance.cbrt()
            && self.reaches(time);
        (time, is_near)
    }

    /// Whether a time is so near that the error of the slope does not matter.
    fn reaches(&self, time: f64) -> bool {
        let step = (time - self.time).abs();
        step <= NEAR * time && step * self.slope_error <= self.tolerance * time
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
        let tail = tail(transform, shape, 25.0, QUICK).unwrap();
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
    fn a_middle_of_which_mean_and_variance_say_nothing_is_found() {
        // One request in a million takes a million times as long: the gamma distribution has its middle at zero.
        let rare = 1e-6;
        let transform = |z: Complex64| (1.0 - rare) / (1.0 + z) + rare / (1.0 + 1e6 * z);
        let mean = 1.0 - rare + 1.0;
        let shape = Gamma::new(mean, 2.0 + 2e6 - mean * mean).unwrap();
        assert!(shape.quantile(0.5) < 1e-280);
        let found = quantiles(transform, shape, &[0.5, 0.05], QUICK).unwrap();
        for (time, late) in found.into_iter().zip([0.5_f64, 0.05]) {
            assert!((time / -late.ln() - 1.0).abs() < 1e-4, "{time}");
        }
    }

    #[test]
    fn a_jump_is_found_to_one_per_cent() {
        // Three of ten take no time, four take 10, and three an exponential time of 5.
        let transform = |z: Complex64| 0.3 + 0.4 * (-z * 10.0).exp() + 0.3 / (1.0 + 5.0 * z);
        let (mean, square) = (4.0 + 1.5, 40.0 + 15.0);
        let shape = Gamma::new(mean, square - mean * mean).unwrap();
        let beyond = 0.3 * (-2.0_f64).exp();
        for tolerance in [EXACT, QUICK, ROUGH] {
            for place in 1..40 {
                let late = beyond + 0.4 * f64::from(place) / 40.0;
                let found = quantiles(transform, shape, &[late], tolerance).unwrap();
                assert!((found[0] / 10.0 - 1.0).abs() < 0.01, "{late}: {found:?}");
            }
        }
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
                let alone = quantiles(transform, shape, &[late], tolerance).unwrap();
                for time in [time, alone[0]] {
                    let error = (tail(time) / late - 1.0).abs();
                    assert!(error < digits, "{late} to {tolerance}: {error}");
                }
            }
        }
    }
}
