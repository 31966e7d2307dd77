//! Random numbers that are the same on every machine for the same seed.
//!
//! **Model.** Xoshiro256++ for the bits; exponential times by a ziggurat of 256 layers; gamma times of any shape
//! by squeezing a transformed normal, with a power of a uniform number below shape 1.
//!
//! **Assumptions.** Logarithms and powers come from `libm`, which is the same Rust code natively and in a
//! browser; the functions of a system differ in the last digit.
//!
//! **Reference.** Blackman & Vigna, *Scrambled linear pseudorandom number generators* (2021); Marsaglia &
//! Tsang, *The ziggurat method for generating random variables*, Journal of Statistical Software 5 (2000), and
//! *A simple method for generating gamma variables*, ACM Transactions on Mathematical Software 26 (2000).

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// A source of random numbers.
#[derive(Clone, Debug)]
pub(super) struct Random {
    bits: Xoshiro256PlusPlus,
    /// Right edges of the layers, and the density there.
    edges: Box<[f64; LAYERS + 1]>,
    densities: Box<[f64; LAYERS + 1]>,
}

const LAYERS: usize = 256;

/// Where the tail of the ziggurat begins, and the area of each layer.
const TAIL: f64 = 7.697_117_470_131_05;
const AREA: f64 = 0.003_949_659_822_581_557;

impl Random {
    /// The numbers that belong to a seed.
    pub(super) fn new(seed: u64) -> Self {
        let mut edges = Box::new([0.0; LAYERS + 1]);
        let mut densities = Box::new([1.0; LAYERS + 1]);
        edges[0] = AREA * libm::exp(TAIL);
        edges[1] = TAIL;
        for layer in 2..LAYERS {
            let below = edges[layer - 1];
            edges[layer] = -libm::log(AREA / below + libm::exp(-below));
        }
        for layer in 0..LAYERS {
            densities[layer] = libm::exp(-edges[layer]);
        }
        Self {
            bits: Xoshiro256PlusPlus::seed_from_u64(seed),
            edges,
            densities,
        }
    }

    /// Uniform above 0 and up to 1.
    #[inline]
    pub(super) fn unit(&mut self) -> f64 {
        ((self.bits.next_u64() >> 11) + 1) as f64 * TO_UNIT
    }

    /// A whole number from 0 to one less than `count`; its chances differ by less than `count` in 2³².
    #[inline]
    pub(super) fn below(&mut self, count: u32) -> u32 {
        (((self.bits.next_u64() >> 32) * u64::from(count)) >> 32) as u32
    }

    /// Whether something happens that has this probability.
    #[inline]
    pub(super) fn happens(&mut self, probability: f64) -> bool {
        probability > 0.0 && self.unit() <= probability
    }

    /// Exponential with mean 1.
    #[inline]
    pub(super) fn exponential(&mut self) -> f64 {
        loop {
            let bits = self.bits.next_u64();
            let layer = (bits % LAYERS as u64) as usize;
            let x = (bits >> 11) as f64 * TO_UNIT * self.edges[layer];
            if x < self.edges[layer + 1] {
                return x;
            }
            if layer == 0 {
                return TAIL - libm::log(self.unit());
            }
            let (low, high) = (self.densities[layer], self.densities[layer + 1]);
            if low + (high - low) * self.unit() < libm::exp(-x) {
                return x;
            }
        }
    }

    /// Gamma with mean 1 and this squared coefficient of variation, which is above 0.
    pub(super) fn gamma(&mut self, scv: f64) -> f64 {
        let shape = 1.0 / scv;
        if shape >= 1.0 {
            return self.gamma_of_shape(shape) * scv;
        }
        let power = libm::pow(self.unit(), scv);
        self.gamma_of_shape(shape + 1.0) * power * scv
    }

    /// Gamma of a shape of 1 or more, with scale 1.
    fn gamma_of_shape(&mut self, shape: f64) -> f64 {
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = 1.0 + c * x;
            if v <= 0.0 {
                continue;
            }
            let v = v * v * v;
            let u = self.unit();
            if u < 1.0 - 0.0331 * (x * x) * (x * x)
                || libm::log(u) < 0.5 * x * x + d * (1.0 - v + libm::log(v))
            {
                return d * v;
            }
        }
    }

    /// Normal with mean 0 and variance 1, by Marsaglia's polar method.
    fn normal(&mut self) -> f64 {
        loop {
            let x = 2.0 * self.unit() - 1.0;
            let y = 2.0 * self.unit() - 1.0;
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                return x * (-2.0 * libm::log(square) / square).sqrt();
            }
        }
    }
}

/// 53 random bits become a number below 1.
const TO_UNIT: f64 = 1.0 / (1_u64 << 53) as f64;

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean, variance and the share above each of two limits, of many numbers.
    fn moments(mut draw: impl FnMut() -> f64, limits: [f64; 2]) -> [f64; 4] {
        let count = 400_000;
        let (mut sum, mut squares, mut above) = (0.0, 0.0, [0.0; 2]);
        for _ in 0..count {
            let x = draw();
            sum += x;
            squares += x * x;
            for (limit, above) in limits.iter().zip(&mut above) {
                *above += f64::from(u8::from(x > *limit));
            }
        }
        let n = f64::from(count);
        let mean = sum / n;
        [mean, squares / n - mean * mean, above[0] / n, above[1] / n]
    }

    fn close(found: [f64; 4], expected: [f64; 4], tolerance: [f64; 4]) {
        for index in 0..4 {
            assert!(
                (found[index] - expected[index]).abs() < tolerance[index],
                "{found:?}, not {expected:?}"
            );
        }
    }

    #[test]
    fn exponential_times_have_their_moments_and_tail() {
        let mut random = Random::new(3);
        let found = moments(|| random.exponential(), [1.0, 8.0]);
        let tail = (-8.0_f64).exp();
        close(
            found,
            [1.0, 1.0, (-1.0_f64).exp(), tail],
            [0.006, 0.02, 0.003, 1e-4],
        );
    }

    #[test]
    fn gamma_times_have_their_moments_and_tail() {
        let mut random = Random::new(4);
        // Shape 2: P(X > x) = (1 + 2x) e^-2x.
        let beyond = |x: f64| (1.0 + 2.0 * x) * (-2.0 * x).exp();
        let found = moments(|| random.gamma(0.5), [1.0, 3.0]);
        close(
            found,
            [1.0, 0.5, beyond(1.0), beyond(3.0)],
            [0.005, 0.01, 0.003, 0.001],
        );
        let found = moments(|| random.gamma(4.0), [1e9, 1e9]);
        close(found, [1.0, 4.0, 0.0, 0.0], [0.015, 0.2, 1e-9, 1e-9]);
    }

    #[test]
    fn whole_numbers_are_even() {
        let mut random = Random::new(5);
        let mut counts = [0_u32; 3];
        for _ in 0..300_000 {
            counts[random.below(3) as usize] += 1;
        }
        assert!(counts.iter().all(|count| count.abs_diff(100_000) < 1_000));
    }
}
