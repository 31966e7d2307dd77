//! What a simulation knows about a number, and how well: batch means.
//!
//! **Question.** The simulated requests are a sample, and neighbours are alike: how far off may a figure be?
//!
//! **Model.** The time after a warm-up is cut into [`BATCHES`] slices, long against the memory of the lines. The
//! figure of each slice is one observation, and these are nearly independent and normal.
//!
//! **Formula.** `x̄ ± t s / √n`, with Student's `t` for 99 % and `n - 1` degrees of freedom. A quantile of a
//! slice is the order statistic at `n p + ½`, between neighbours by interpolation.
//!
//! **Reference.** Law, *Simulation Modeling and Analysis* (2015), ch. 9; Hyndman & Fan, *Sample quantiles in
//! statistical packages*, The American Statistician 50 (1996), definition 5.

/// Slices that are measured.
pub(super) const BATCHES: usize = 30;

/// A simulated figure with its 99 % confidence interval, `value ± half_width`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Half the width of the interval, in the same unit.
    pub half_width: f64,
}

impl Estimate {
    /// The lower end; figures here are never negative.
    pub fn low(&self) -> f64 {
        (self.value - self.half_width).max(0.0)
    }

    /// The upper end.
    pub fn high(&self) -> f64 {
        self.value + self.half_width
    }

    /// Whether a number lies in the interval, up to rounding.
    pub fn contains(&self, number: f64) -> bool {
        (number - self.value).abs() <= self.half_width + 1e-9 * self.value.abs()
    }

    /// The estimate from the figures of the slices; none from fewer than [`FEWEST`].
    pub(super) fn of(slices: &[f64]) -> Option<Self> {
        if slices.len() < FEWEST {
            return None;
        }
        let n = slices.len() as f64;
        let value = slices.iter().sum::<f64>() / n;
        let squares: f64 = slices.iter().map(|slice| (slice - value).powi(2)).sum();
        let deviation = (squares / (n - 1.0) / n).sqrt();
        let student = STUDENT_99[slices.len().min(BATCHES) - FEWEST];
        let half_width = student * deviation;
        (value.is_finite() && half_width.is_finite()).then_some(Self { value, half_width })
    }
}

/// Fewer slices with a figure say nothing about its spread.
const FEWEST: usize = 10;

/// Student's t for a two-sided interval of 99 %, from 9 to 29 degrees of freedom.
const STUDENT_99: [f64; BATCHES - FEWEST + 1] = [
    3.2498, 3.1693, 3.1058, 3.0545, 3.0123, 2.9768, 2.9467, 2.9208, 2.8982, 2.8784, 2.8609, 2.8453,
    2.8314, 2.8188, 2.8073, 2.7969, 2.7874, 2.7787, 2.7707, 2.7633, 2.7564,
];

/// The quantiles of a sample at these shares, the lowest first; the sample is put in order up to there. None where
/// fewer than [`BEYOND`] of the sample are expected beyond it.
pub(super) fn quantiles<const COUNT: usize>(
    sample: &mut [f64],
    shares: [f64; COUNT],
) -> [Option<f64>; COUNT] {
    let n = sample.len() as f64;
    // What lies before it is below all that follows.
    let mut ordered = 0;
    shares.map(|share| {
        if n * (1.0 - share) < BEYOND {
            return None;
        }
        let place = (n * share - 0.5).max(0.0);
        let index = (place as usize).clamp(ordered, sample.len() - 1);
        let rest = &mut sample[ordered..];
        let (_, &mut low, above) = rest.select_nth_unstable_by(index - ordered, f64::total_cmp);
        let high = above.iter().copied().reduce(f64::min).unwrap_or(low);
        ordered = index;
        Some(low + (high - low) * (place - index as f64))
    })
}

/// A quantile needs so many of the sample beyond it.
const BEYOND: f64 = 5.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_is_students() {
        let slices: Vec<f64> = (0..30).map(f64::from).collect();
        let estimate = Estimate::of(&slices).unwrap();
        assert!((estimate.value - 14.5).abs() < 1e-12);
        // The sample deviation of 0..30 is √77.5.
        let expected = 2.7564 * (77.5_f64 / 30.0).sqrt();
        assert!((estimate.half_width - expected).abs() < 1e-9);
        assert!(estimate.contains(14.5 + expected) && !estimate.contains(15.0 + expected));
        assert_eq!(Estimate::of(&slices[..9]), None);
    }

    #[test]
    fn quantiles_lie_between_their_neighbours() {
        let mut sample: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(
            quantiles(&mut sample, [0.5, 0.95, 0.99]),
            [Some(50.5), Some(95.5), None]
        );
        let mut sample: Vec<f64> = (0..1000).map(|at| f64::from(at * 617 % 1000)).collect();
        let found = quantiles(&mut sample, [0.5, 0.5, 0.95, 0.995]);
        assert_eq!(found, [499.5, 499.5, 949.5, 994.5].map(Some));
        assert_eq!(quantiles(&mut [], [0.5]), [None]);
    }
}
