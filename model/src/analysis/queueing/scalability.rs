//! How much of a further server is lost to the others: locks that all wait for, and data that all keep in step.
//!
//! **Question.** What do `N` servers of one program do together, from which `N` on does one more make it slower,
//! and what do measurements say about it?
//!
//! **Model.** Universal scalability law: `X(N) = γ N ÷ (1 + σ (N − 1) + κ N (N − 1))`, with the contention `σ`
//! (the share of the work that only one at a time can do) and the coherency `κ` (what every pair has to tell
//! each other).
//!
//! **Assumptions.** All servers are alike and busy; σ and κ do not depend on the load.
//!
//! **Formula.** Peak at `N* = √((1 − σ) ÷ κ)`. Fit over a line: `N X(1) ÷ X(N) − 1 = (σ + κ)(N − 1) + κ (N − 1)²` by
//! least squares, which needs a measurement of one server; fit of the curve itself by Levenberg and Marquardt's
//! method, with γ free.
//!
//! **Reference.** Gunther, *Guerrilla Capacity Planning* (2007), ch. 4-6; Marquardt, *An algorithm for
//! least-squares estimation of nonlinear parameters*, SIAM Journal 11 (1963).
//!
//! **Complexity.** Evaluation `O(1)`; fits `O(measurements)`, the second at most [`MOST_STEPS`] times.

use crate::order::Order as _;

/// What servers of one program lose to each other; the default is nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scalability {
    contention: f64,
    coherency: f64,
}

impl Scalability {
    /// A contention from 0 to 1 and a coherency from 0; `None` for other numbers.
    pub fn new(contention: f64, coherency: f64) -> Option<Self> {
        let legal = (0.0..=1.0).contains(&contention) && coherency >= 0.0 && coherency.is_finite();
        legal.then_some(Self {
            contention,
            coherency,
        })
    }

    /// Share of the work that only one server at a time can do.
    pub fn contention(self) -> f64 {
        self.contention
    }

    /// What every pair of servers loses to keep in step.
    pub fn coherency(self) -> f64 {
        self.coherency
    }

    /// Share of their own speed that each of so many servers keeps, above 0 and up to 1. Up to one server
    /// loses nothing.
    pub fn efficiency(self, servers: f64) -> f64 {
        let others = (servers - 1.0).max(0.0);
        let kept = 1.0 / (1.0 + self.contention * others + self.coherency * servers * others);
        kept.max(f64::MIN_POSITIVE)
    }

    /// How many servers without loss do as much as so many of these.
    pub fn speedup(self, servers: f64) -> f64 {
        servers * self.efficiency(servers)
    }

    /// The number of servers from which one more makes all of them together slower, 1 and more; `None` where
    /// there is no such number.
    pub fn peak(self) -> Option<f64> {
        if self.coherency <= 0.0 {
            return None;
        }
        let peak = ((1.0 - self.contention) / self.coherency).sqrt();
        peak.is_finite().then_some(peak.max(1.0))
    }
}

/// What measurements say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// What one server does, in the unit of the measurements.
    pub one_server: f64,
    /// Share of the work that only one server at a time can do.
    pub contention: f64,
    /// What every pair of servers loses to keep in step.
    pub coherency: f64,
}

impl Fit {
    /// The number of servers from which one more makes all of them together slower.
    pub fn peak(&self) -> Option<f64> {
        let peak = ((1.0 - self.contention) / self.coherency).sqrt();
        (self.coherency > 0.0 && peak.is_finite()).then_some(peak.max(1.0))
    }

    /// What so many servers do together.
    fn throughput(&self, servers: f64) -> f64 {
        self.one_server * servers / self.loss(servers)
    }

    fn loss(&self, servers: f64) -> f64 {
        1.0 + self.contention * (servers - 1.0) + self.coherency * servers * (servers - 1.0)
    }

    fn squared_error(&self, measured: &[(f64, f64)]) -> f64 {
        let errors = measured.iter();
        errors
            .map(|&(servers, throughput)| (throughput - self.throughput(servers)).powi(2))
            .sum()
    }
}

/// Steps after which a fit stays where it is.
pub const MOST_STEPS: usize = 500;

/// Fits measurements (servers, throughput) over a line; it goes through the measurement of one server.
///
/// `None` without a measurement of one server and two others, and for numbers that are not above 0 and finite.
pub fn fit_line(measured: &[(f64, f64)]) -> Option<Fit> {
    if !are_usable(measured) {
        return None;
    }
    let one_server = measured.iter().find(|(servers, _)| *servers == 1.0)?.1;
    let (mut xx, mut xxx, mut xxxx, mut xy, mut xxy) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for &(servers, throughput) in measured {
        let (x, y) = (servers - 1.0, servers * one_server / throughput - 1.0);
        xx += x * x;
        xxx += x * x * x;
        xxxx += x * x * x * x;
        xy += x * y;
        xxy += x * x * y;
    }
    let determinant = xx * xxxx - xxx * xxx;
    let square = (xx * xxy - xxx * xy) / determinant;
    let linear = (xxxx * xy - xxx * xxy) / determinant;
    finite(Fit {
        one_server,
        contention: linear - square,
        coherency: square,
    })
}

/// Fits measurements (servers, throughput) by the least squares of the throughputs themselves.
///
/// `None` for fewer than three numbers of servers, and for numbers that are not above 0 and finite.
pub fn fit_curve(measured: &[(f64, f64)]) -> Option<Fit> {
    if !are_usable(measured) {
        return None;
    }
    let each = |&(servers, throughput): &(f64, f64)| throughput / servers.max(1.0);
    let mut fit = fit_line(measured).unwrap_or(Fit {
        one_server: measured.iter().map(each).fold(0.0, f64::max),
        contention: 0.01,
        coherency: 0.0,
    });
    let mut error = fit.squared_error(measured);
    let mut damping = 1e-3;
    for _ in 0..MOST_STEPS {
        let Some(next) = step(&fit, measured, damping) else {
            break;
        };
        let next_error = next.squared_error(measured);
        if next_error < error {
            let gain = (error - next_error) / error;
            (fit, error) = (next, next_error);
            damping = (damping / 10.0).max(1e-12);
            if gain < 1e-14 {
                break;
            }
        } else {
            damping *= 10.0;
            if damping > 1e12 {
                break;
            }
        }
    }
    finite(fit)
}

/// The fit after one step of Levenberg and Marquardt's method.
fn step(fit: &Fit, measured: &[(f64, f64)], damping: f64) -> Option<Fit> {
    let mut matrix = [[0.0; 4]; 3];
    for &(servers, throughput) in measured {
        let loss = fit.loss(servers);
        let slope = -fit.one_server * servers * (servers - 1.0) / (loss * loss);
        let gradient = [servers / loss, slope, slope * servers];
        let residual = throughput - fit.throughput(servers);
        for row in 0..3 {
            for column in 0..3 {
                matrix[row][column] += gradient[row] * gradient[column];
            }
            matrix[row][3] += gradient[row] * residual;
        }
    }
    for (diagonal, row) in matrix.iter_mut().enumerate() {
        row[diagonal] *= 1.0 + damping;
    }
    let [one_server, contention, coherency] = solved(matrix)?;
    finite(Fit {
        one_server: fit.one_server + one_server,
        contention: fit.contention + contention,
        coherency: fit.coherency + coherency,
    })
}

/// The solution of three linear equations by elimination.
fn solved(mut rows: [[f64; 4]; 3]) -> Option<[f64; 3]> {
    for pivot in 0..3 {
        let best = (pivot..3)
            .max_by(|&a, &b| f64::total_cmp(&rows[a][pivot].abs(), &rows[b][pivot].abs()))?;
        rows.swap(pivot, best);
        if rows[pivot][pivot] == 0.0 {
            return None;
        }
        let own = rows[pivot];
        for (_, row) in rows.iter_mut().enumerate().filter(|(row, _)| *row != pivot) {
            let factor = row[pivot] / own[pivot];
            for (value, eliminated) in row.iter_mut().zip(own) {
                *value -= factor * eliminated;
            }
        }
    }
    Some([0, 1, 2].map(|row| rows[row][3] / rows[row][row]))
}

fn are_usable(measured: &[(f64, f64)]) -> bool {
    let mut servers: Vec<f64> = measured.iter().map(|(servers, _)| *servers).collect();
    servers.order_by(f64::total_cmp);
    servers.dedup();
    let positive = |number: f64| number > 0.0 && number.is_finite();
    servers.len() >= 3
        && measured
            .iter()
            .all(|&(servers, throughput)| positive(servers) && positive(throughput))
}

fn finite(fit: Fit) -> Option<Fit> {
    let all = [fit.one_server, fit.contention, fit.coherency];
    all.into_iter().all(f64::is_finite).then_some(fit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_loss_every_server_counts_in_full() {
        let none = Scalability::default();
        assert_eq!(none.speedup(7.0), 7.0);
        assert_eq!(none.efficiency(0.5), 1.0);
        assert_eq!(none.peak(), None);
    }

    #[test]
    fn work_for_one_at_a_time_is_the_law_of_amdahl() {
        let half = Scalability::new(0.5, 0.0).unwrap();
        assert!((half.speedup(3.0) - 1.5).abs() < 1e-12);
        assert!(half.speedup(1e9) < 2.0);
        assert_eq!(half.peak(), None);
    }

    #[test]
    fn what_is_no_loss_is_refused() {
        for (contention, coherency) in [
            (-0.1, 0.0),
            (1.1, 0.0),
            (f64::NAN, 0.0),
            (0.0, -1.0),
            (0.0, f64::INFINITY),
        ] {
            assert_eq!(Scalability::new(contention, coherency), None);
        }
        assert_eq!(Scalability::new(1.0, 0.1).unwrap().peak(), Some(1.0));
        assert!(Scalability::new(1.0, 1e300).unwrap().efficiency(1e5) > 0.0);
    }

    #[test]
    fn the_parameters_of_exact_measurements_are_found() {
        let law = Scalability::new(0.02, 0.0005).unwrap();
        let measured: Vec<(f64, f64)> = [1.0, 4.0, 16.0, 40.0]
            .map(|servers| (servers, 50.0 * law.speedup(servers)))
            .to_vec();
        for fit in [fit_line(&measured).unwrap(), fit_curve(&measured).unwrap()] {
            assert!((fit.one_server - 50.0).abs() < 1e-6);
            assert!((fit.contention - 0.02).abs() < 1e-8);
            assert!((fit.coherency - 0.0005).abs() < 1e-9);
        }
        let without_one = fit_curve(&measured[1..]).unwrap();
        assert!((without_one.contention - 0.02).abs() < 1e-6);
    }

    #[test]
    fn too_little_or_nonsense_has_no_fit() {
        for measured in [
            &[][..],
            &[(1.0, 10.0), (2.0, 18.0)],
            &[(1.0, 10.0), (2.0, 18.0), (2.0, 19.0)],
            &[(1.0, 10.0), (2.0, f64::NAN), (3.0, 20.0)],
            &[(1.0, 10.0), (2.0, 0.0), (3.0, 20.0)],
        ] {
            assert_eq!(fit_curve(measured), None);
            assert_eq!(fit_line(measured), None);
        }
        assert_eq!(fit_line(&[(2.0, 19.0), (3.0, 27.0), (4.0, 34.0)]), None);
    }
}
