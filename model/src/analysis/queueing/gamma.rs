//! The gamma distribution with a given mean and variance: the shape of times of which no more is known.
//!
//! **Question.** Of a time only mean and variance are known: how likely is it longer than `t`, and within which
//! time are 99 of 100?
//!
//! **Model.** Gamma with shape `k = m²/v` and scale `v/m`: exponential at `v = m²`, nearly normal for large `k`.
//!
//! **Assumptions.** Against inverted transforms of whole journeys it is within a few percent at p99 and p99.9.
//!
//! **Formula.** The regularised incomplete gamma function by its series below `k + 1` and by Lentz's continued
//! fraction above; `ln Γ` by Stirling's series; quantiles by Halley's method from Wilson and Hilferty's start. From
//! a shape of 10⁴ on, Wilson and Hilferty's normal approximation itself.
//!
//! **Reference.** Abramowitz & Stegun, *Handbook of Mathematical Functions*, 6.1, 6.5; Wilson & Hilferty, *The
//! distribution of chi-square*, PNAS 17 (1931); Acklam's rational approximation of the normal quantile (2003).
//!
//! **Complexity.** `O(√k)`.

/// A time with this mean and variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gamma {
    mean: f64,
    variance: f64,
}

/// From this shape on the normal approximation is as exact as the sums.
const NEARLY_NORMAL: f64 = 1e4;

/// Shapes that are this near to 1 are.
const EXPONENTIAL: f64 = 1e-13;

/// Terms of the series and of the continued fraction.
const MOST_TERMS: usize = 1_000;

impl Gamma {
    /// A time of this mean and variance; `None` if one is negative, no number or without limit. What takes no time
    /// on average never takes any, whatever rounding has left of its variance.
    pub fn new(mean: f64, variance: f64) -> Option<Self> {
        let makes_sense = |number: f64| number >= 0.0 && number.is_finite();
        let variance = if mean == 0.0 && variance.is_finite() {
            variance.min(0.0)
        } else {
            variance
        };
        (makes_sense(mean) && makes_sense(variance)).then_some(Self { mean, variance })
    }

    /// The mean.
    pub fn mean(self) -> f64 {
        self.mean
    }

    /// The variance.
    pub fn variance(self) -> f64 {
        self.variance
    }

    /// Probability that it takes longer than this.
    pub fn tail(self, time: f64) -> f64 {
        if time < 0.0 {
            return 1.0;
        }
        if self.is_constant() {
            return if time < self.mean { 1.0 } else { 0.0 };
        }
        let (shape, time) = (self.shape(), time * self.mean / self.variance);
        if (shape - 1.0).abs() <= EXPONENTIAL {
            return (-time).exp();
        }
        tail(shape, time)
    }

    /// The time that so many do not keep within: 0.01 for what 99 of 100 keep within; from 0 to 1, both excluded.
    pub fn quantile(self, late: f64) -> f64 {
        if self.is_constant() {
            return self.mean;
        }
        let found = quantile(self.shape(), late) * self.variance / self.mean;
        if found.is_finite() { found } else { self.mean }
    }

    /// The same by Wilson and Hilferty's approximation alone: within a few per cent, and as quick as a cube.
    pub fn rough_quantile(self, late: f64) -> f64 {
        if self.is_constant() {
            return self.mean;
        }
        self.mean * cube(self.shape(), late).max(0.0).powi(3)
    }

    fn shape(self) -> f64 {
        self.mean * self.mean / self.variance
    }

    fn is_constant(self) -> bool {
        self.variance <= 1e-24 * self.mean * self.mean
    }
}

/// Probability that a gamma time of this shape and scale 1 takes longer.
fn tail(shape: f64, time: f64) -> f64 {
    if time <= 0.0 {
        return 1.0;
    }
    if shape >= NEARLY_NORMAL {
        let cube = (time / shape).cbrt();
        let normal = (cube - 1.0 + 1.0 / (9.0 * shape)) * (9.0 * shape).sqrt();
        return 0.5 * libm::erfc(normal * std::f64::consts::FRAC_1_SQRT_2);
    }
    let front = (shape * time.ln() - time - ln_gamma(shape)).exp();
    if time < shape + 1.0 {
        let (mut term, mut sum) = (1.0 / shape, 1.0 / shape);
        for n in 1..MOST_TERMS {
            term *= time / (shape + n as f64);
            sum += term;
            if term < sum * 1e-17 {
                break;
            }
        }
        return (1.0 - sum * front).clamp(0.0, 1.0);
    }
    let tiny = 1e-300;
    let mut b = time + 1.0 - shape;
    let (mut c, mut d) = (1.0 / tiny, 1.0 / b);
    let mut fraction = d;
    for n in 1..MOST_TERMS {
        let n = n as f64;
        let a = -n * (n - shape);
        b += 2.0;
        d = 1.0 / nonzero(a * d + b);
        c = nonzero(b + a / c);
        let change = d * c;
        fraction *= change;
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    (fraction * front).clamp(0.0, 1.0)
}

fn nonzero(number: f64) -> f64 {
    if number.abs() < 1e-300 {
        1e-300
    } else {
        number
    }
}

/// Wilson and Hilferty: the cube root of a quantile over the mean is nearly normal.
fn cube(shape: f64, late: f64) -> f64 {
    1.0 - 1.0 / (9.0 * shape) + normal_quantile(1.0 - late) / (3.0 * shape.sqrt())
}

/// The time of a gamma distribution of this shape and scale 1 that so many do not keep within.
fn quantile(shape: f64, late: f64) -> f64 {
    let cube = cube(shape, late);
    if shape >= NEARLY_NORMAL {
        return shape * cube * cube * cube;
    }
    let within = 1.0 - late;
    // For small times the series begins with `t^k / Γ(k+1)`.
    let power = ((within.ln() + ln_gamma(shape + 1.0)) / shape).exp();
    let mut time = if cube > 0.3 && shape > 0.3 {
        shape * cube * cube * cube
    } else {
        power
    };
    if time < 1e-280 {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, f64::INFINITY);
    for _ in 0..100 {
        let error = tail(shape, time) - late;
        if error > 0.0 {
            low = time;
        } else {
            high = time;
        }
        let density = ((shape - 1.0) * time.ln() - time - ln_gamma(shape)).exp();
        let newton = error / density;
        let halley =
            newton / (1.0 - (0.5 * newton * ((shape - 1.0) / time - 1.0)).clamp(-0.9, 0.5));
        let mut next = time + halley;
        if !(next > low && next < high) {
            next = if high.is_finite() {
                f64::midpoint(low, high)
            } else {
                2.0 * time + 1.0
            };
        }
        let moved = (next - time).abs();
        time = next;
        if moved <= 1e-15 * time {
            break;
        }
    }
    time
}

/// The natural logarithm of the gamma function of a positive number.
fn ln_gamma(number: f64) -> f64 {
    libm::lgamma(number)
}

/// The standard normal quantile, to 9 digits.
fn normal_quantile(within: f64) -> f64 {
    const A: [f64; 6] = [
        -39.696_830_286_653_76,
        220.946_098_424_520_5,
        -275.928_510_446_968_7,
        138.357_751_867_269,
        -30.664_798_066_147_16,
        2.506_628_277_459_239,
    ];
    const B: [f64; 5] = [
        -54.476_098_798_224_06,
        161.585_836_858_040_9,
        -155.698_979_859_886_6,
        66.801_311_887_719_72,
        -13.280_681_552_885_72,
    ];
    const C: [f64; 6] = [
        -0.007_784_894_002_430_293,
        -0.322_396_458_041_136_5,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 4] = [
        0.007_784_695_709_041_462,
        0.322_467_129_070_039_8,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
    ];
    let polynomial = |coefficients: &[f64], at: f64| {
        coefficients
            .iter()
            .fold(0.0, |sum, coefficient| sum * at + coefficient)
    };
    let outer = |share: f64| {
        let q = (-2.0 * share.ln()).sqrt();
        polynomial(&C, q) / (polynomial(&D, q) * q + 1.0)
    };
    if within < 0.024_25 {
        outer(within)
    } else if within > 1.0 - 0.024_25 {
        -outer(1.0 - within)
    } else {
        let q = within - 0.5;
        let r = q * q;
        polynomial(&A, r) * q / (polynomial(&B, r) * r + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64, tolerance: f64) {
        assert!(
            (found - expected).abs() <= tolerance * expected.abs(),
            "{found}, not {expected}"
        );
    }

    #[test]
    fn what_takes_no_time_never_takes_any() {
        let nothing = Gamma::new(0.0, 1e-47).unwrap();
        assert_eq!((nothing.tail(0.0), nothing.quantile(0.01)), (0.0, 0.0));
        assert!(Gamma::new(0.0, -1.0).is_none() && Gamma::new(0.0, f64::NAN).is_none());
    }

    #[test]
    fn an_exponential_time_is_exact() {
        let time = Gamma::new(0.2, 0.04).unwrap();
        for late in [0.5, 0.05, 0.01, 0.001] {
            close(time.quantile(late), -0.2 * f64::ln(late), 1e-13);
            close(time.tail(-0.2 * f64::ln(late)), late, 1e-13);
        }
    }

    #[test]
    fn quantile_and_tail_are_each_others_inverse() {
        for shape in [0.05, 0.3, 0.7, 1.5, 3.0, 20.0, 500.0, 9_999.0] {
            let time = Gamma::new(shape, shape).unwrap();
            for late in [0.9, 0.5, 0.05, 0.01, 0.001] {
                close(time.tail(time.quantile(late)), late, 1e-10);
            }
        }
    }

    #[test]
    fn the_normal_approximation_takes_over_smoothly() {
        for late in [0.5, 0.05, 0.001] {
            close(
                quantile(NEARLY_NORMAL, late),
                quantile(NEARLY_NORMAL - 1e-6, late),
                1e-6,
            );
        }
    }

    #[test]
    fn three_stages_are_erlangs_distribution() {
        let time = Gamma::new(3.0, 3.0).unwrap();
        let t = 2.5_f64;
        close(time.tail(t), (-t).exp() * (1.0 + t + t * t / 2.0), 1e-14);
        close(time.quantile(0.001), 11.228_872_242_412_66, 1e-12);
    }

    #[test]
    fn nothing_is_ever_negative_or_without_limit() {
        for mean in [0.0, 1e-300, 1e-3, 1.0, 1e12, 1e300] {
            for variance in [0.0, 1e-300, 1e-3, 1.0, 1e12, 1e300, f64::MAX] {
                let time = Gamma::new(mean, variance).unwrap();
                let mut least = 0.0;
                for late in [0.5, 0.05, 0.01, 0.001] {
                    let found = time.quantile(late);
                    assert!(found >= least && found.is_finite(), "{mean} {variance}");
                    least = found;
                }
            }
        }
        assert_eq!(Gamma::new(-1.0, 1.0), None);
        assert_eq!(Gamma::new(1.0, f64::NAN), None);
    }
}
