//! Several classes of users: exact mean value analysis, or the fixed point of Schweitzer and Bard.

use crate::units::{RequestsPerSecond, Seconds};

use super::{Centre, Closed};

/// One class of users of a closed network.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// How many there are.
    pub users: usize,
    /// Mean time between an answer and the next question.
    pub think: Seconds,
    /// Visits × service time at every centre, in the order of the centres.
    pub demands: Vec<Seconds>,
}

/// How the classes were computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Exact mean value analysis.
    Exact,
    /// Schweitzer's and Bard's fixed point; the response is within some per cent of the exact one.
    Approximate,
}

/// What several classes of users get.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosedClasses {
    /// Per class, in the order of the classes; utilisation is the class's own.
    pub classes: Vec<Closed>,
    /// How all of them were computed.
    pub method: Method,
}

/// Populations up to this product of `N_c + 1` are computed exactly.
const MOST_POPULATIONS: usize = 1_000_000;

/// More steps than this are not taken: what has not settled by then is as good as it gets.
const MOST_STEPS: usize = 500;

/// Several classes at centres whose own demand does not count; `None` where the demands of a class are not one
/// per centre, a number is negative or no number, or a class takes no time at all.
pub fn closed_classes(classes: &[Class], centres: &[Centre]) -> Option<ClosedClasses> {
    let legal = |seconds: &Seconds| seconds.0.is_finite() && seconds.0 >= 0.0;
    let is_valid = |class: &Class| {
        class.demands.len() == centres.len()
            && class.demands.iter().all(legal)
            && legal(&class.think)
            && class.think.0 + class.demands.iter().map(|demand| demand.0).sum::<f64>() > 0.0
    };
    if !classes.iter().all(is_valid) || !centres.iter().all(Centre::is_valid) {
        return None;
    }
    let populations = classes.iter().try_fold(1_usize, |product, class| {
        product.checked_mul(class.users.saturating_add(1))
    });
    let is_small = populations.is_some_and(|populations| {
        populations <= MOST_POPULATIONS
            && populations.saturating_mul(centres.len()) <= 4 * MOST_POPULATIONS
    });
    let is_exact = is_small
        && centres
            .iter()
            .all(|centre| centre.rates.len() == 1 && centre.stations <= 1);
    let method = if is_exact {
        Method::Exact
    } else {
        Method::Approximate
    };
    Some(ClosedClasses {
        classes: solved(classes, centres, method),
        method,
    })
}

/// What the classes get by a method.
pub(super) fn solved(classes: &[Class], centres: &[Centre], method: Method) -> Vec<Closed> {
    let residence = match method {
        Method::Exact => mean_values(classes, centres),
        Method::Approximate => fixed_point(classes, centres),
    };
    let solved = classes.iter().zip(residence).map(|(class, residence)| {
        let response: f64 = residence.iter().sum();
        let throughput = class.users as f64 / (class.think.0 + response);
        Closed {
            throughput: RequestsPerSecond(throughput),
            response: Seconds(response),
            users: residence.iter().map(|time| throughput * time).collect(),
            utilisation: class
                .demands
                .iter()
                .zip(centres)
                .map(|(demand, centre)| throughput * demand.0 / centre.most())
                .collect(),
            residence: residence.into_iter().map(Seconds).collect(),
            method,
        }
    });
    solved.collect()
}

/// Residence times by exact mean value analysis, all centres working at one rate.
fn mean_values(classes: &[Class], centres: &[Centre]) -> Vec<Vec<f64>> {
    // Populations are numbered with the first class changing fastest; one customer less is `stride` before.
    let mut strides = Vec::new();
    let mut populations = 1;
    for class in classes {
        strides.push(populations);
        populations *= class.users + 1;
    }
    let stations = centres.len();
    let demand =
        |class: &Class, station: usize| class.demands[station].0 / centres[station].rates[0];
    let mut lengths = vec![0.0; populations * stations];
    let mut present = vec![0_usize; classes.len()];
    let mut residence = vec![0.0; stations];
    for population in 1..populations {
        for (class, users) in present.iter_mut().enumerate() {
            if *users < classes[class].users {
                *users += 1;
                break;
            }
            *users = 0;
        }
        for (class, &users) in present.iter().enumerate() {
            if users == 0 {
                continue;
            }
            let less = (population - strides[class]) * stations;
            let mut response = classes[class].think.0;
            for (station, time) in residence.iter_mut().enumerate() {
                *time = demand(&classes[class], station) * (1.0 + lengths[less + station]);
                response += *time;
            }
            let throughput = users as f64 / response;
            for (station, time) in residence.iter().enumerate() {
                lengths[population * stations + station] += throughput * time;
            }
        }
    }
    let last = populations - 1;
    classes
        .iter()
        .zip(&strides)
        .map(|(class, stride)| {
            let less = if class.users == 0 {
                last
            } else {
                last - stride
            };
            (0..stations)
                .map(|station| demand(class, station) * (1.0 + lengths[less * stations + station]))
                .collect()
        })
        .collect()
}

/// Residence times by Schweitzer's and Bard's fixed point, groups of servers split as by Seidmann.
fn fixed_point(classes: &[Class], centres: &[Centre]) -> Vec<Vec<f64>> {
    let count = centres.len();
    // Of each second of demand, what is a line and what is a delay; of a line, how much of it one visit meets.
    let split = |centre: &Centre| {
        let (first, last) = (centre.rates[0], centre.rates[centre.rates.len() - 1]);
        (
            1.0 / last,
            1.0 / first - 1.0 / last,
            1.0 / centre.stations.max(1) as f64,
        )
    };
    let splits: Vec<(f64, f64, f64)> = centres.iter().map(split).collect();
    let mut lengths: Vec<Vec<f64>> = classes
        .iter()
        .map(|class| vec![class.users as f64 / count.max(1) as f64; count])
        .collect();
    let mut residence: Vec<Vec<f64>> = vec![vec![0.0; count]; classes.len()];
    for _ in 0..MOST_STEPS {
        let mut totals = vec![0.0; count];
        for class in &lengths {
            for (total, length) in totals.iter_mut().zip(class) {
                *total += length;
            }
        }
        let mut change: f64 = 0.0;
        for (index, class) in classes.iter().enumerate() {
            let users = class.users.max(1) as f64;
            let mut response = class.think.0;
            for (centre, &(line, delay, share)) in splits.iter().enumerate() {
                let seen = (totals[centre] - lengths[index][centre] / users).max(0.0) * share;
                let time = class.demands[centre].0 * (line * (1.0 + seen) + delay);
                residence[index][centre] = time;
                response += time;
            }
            let throughput = class.users as f64 / response;
            for (centre, &(_, delay, _)) in splits.iter().enumerate() {
                let in_line = residence[index][centre] - class.demands[centre].0 * delay;
                let length = throughput * in_line.max(0.0);
                change = change.max((length - lengths[index][centre]).abs() / users);
                lengths[index][centre] = length;
            }
        }
        if change < 1e-12 {
            break;
        }
    }
    residence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fixed_point_is_near_the_exact_answer() {
        let classes = [
            Class {
                users: 10,
                think: Seconds(1.0),
                demands: vec![Seconds(0.1), Seconds(0.05)],
            },
            Class {
                users: 5,
                think: Seconds(0.0),
                demands: vec![Seconds(0.2), Seconds(0.4)],
            },
        ];
        let centres = [1, 1].map(|servers| Centre::servers(Seconds(0.0), servers));
        let exact = mean_values(&classes, &centres);
        let near = fixed_point(&classes, &centres);
        for (exact, near) in exact.iter().flatten().zip(near.iter().flatten()) {
            assert!((near / exact - 1.0).abs() < 0.1, "{near}, not {exact}");
        }
    }
}
