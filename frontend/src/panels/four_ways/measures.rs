//! The six numbers by which ways are compared: the less, the better.

use model::evaluate::Evaluation;

use super::super::Shown;
use super::super::foremost::{endless, slowest};
use super::super::words::most_down;
use crate::widgets::format::{self, Figure};

/// What one of the numbers is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading {
    /// The number as it is compared; none where there is none to compare.
    pub amount: Option<f64>,
    /// Whether it is the whole of it: not with prices missing.
    pub is_whole: bool,
    /// As people read it.
    pub figure: Figure,
    /// What else there is to say.
    pub note: String,
}

/// One of the numbers.
pub(super) struct Measure {
    /// Its name in the page's structure.
    pub id: &'static str,
    /// Its name on screen.
    pub name: &'static str,
    /// A difference with the word for less of it, and for more.
    pub words: (&'static str, &'static str),
    /// Reads it.
    pub read: fn(&Shown, &Evaluation) -> Reading,
    /// A difference as people read it.
    pub difference: fn(&Shown, f64) -> String,
}

/// All six, in the order of the page.
pub(super) const MEASURES: [Measure; 6] = [
    Measure {
        id: "cash",
        name: text!("Cash"),
        words: (text!("{amount} less"), text!("{amount} more")),
        read: |shown, evaluation| {
            let totals = &evaluation.totals;
            let month = totals.cost_month.0;
            let figure = Figure::new(money(shown, month), t!("a month"));
            match totals.not_priced {
                0 => whole(month, figure, String::new()),
                many => Reading {
                    is_whole: false,
                    ..whole(month, figure, t!("and {many} not priced", many))
                },
            }
        },
        difference: money,
    },
    Measure {
        id: "up-front",
        name: text!("Up front"),
        words: (text!("{amount} less"), text!("{amount} more")),
        read: |shown, evaluation| {
            let once = evaluation.totals.cost_upfront.0;
            let figure = if once > 0.0 {
                Figure::new(money(shown, once), t!("once"))
            } else {
                Figure::new(t!("Nothing"), "")
            };
            whole(once, figure, String::new())
        },
        difference: money,
    },
    Measure {
        id: "work",
        name: text!("Your work"),
        words: (text!("{amount} less"), text!("{amount} more")),
        read: |shown, evaluation| {
            let days = evaluation.totals.work_month.0;
            let figure = format::days(days);
            let loaded = money(shown, evaluation.totals.cost_loaded_month.0);
            whole(
                days,
                Figure::new(figure.value, t!("{unit} a month", unit = figure.unit)),
                t!("{loaded} a month with the cash", loaded),
            )
        },
        difference: days,
    },
    Measure {
        id: "down",
        name: text!("Down"),
        words: (text!("{amount} better"), text!("{amount} worse")),
        read: |_, evaluation| {
            let Some(journey) = most_down(evaluation) else {
                return missing(t!("no requests"));
            };
            let hours = journey.unavailability.hours_per_year();
            let figure = format::downtime(hours);
            let unit = if journey.exact {
                figure.unit
            } else {
                t!("{unit}, about", unit = figure.unit)
            };
            whole(
                hours,
                Figure::new(figure.value, unit),
                t!(
                    "up {share} of the time",
                    share = format::availability(journey.unavailability.0)
                ),
            )
        },
        difference: |_, hours| format::duration(hours * 3600.0).to_string(),
    },
    Measure {
        id: "response",
        name: text!("Response"),
        words: (text!("{amount} faster"), text!("{amount} slower")),
        read: |_, evaluation| {
            if endless(evaluation).is_some() {
                return missing(t!("grows without end"));
            }
            let Some((journey, seconds, of)) = slowest(evaluation) else {
                return missing(t!("no requests"));
            };
            let figure = format::duration(seconds);
            let note = if evaluation.journeys.len() > 1 {
                t!("of {name}", name = journey.name)
            } else {
                String::new()
            };
            whole(
                seconds,
                Figure::new(figure.value, of.unit(&figure.unit)),
                note,
            )
        },
        difference: |_, seconds| format::duration(seconds).to_string(),
    },
    Measure {
        id: "way-out",
        name: text!("Way out"),
        words: (text!("{amount} shorter"), text!("{amount} longer")),
        read: |shown, evaluation| {
            let totals = &evaluation.totals;
            let days = totals.exit_days;
            let note = t!(
                "{low} to {high}, {cost}",
                low = format::short(days.low),
                high = format::days(days.high),
                cost = money(shown, totals.exit_cost.0)
            );
            let figure = format::days(days.base);
            whole(
                days.base,
                Figure::new(figure.value, t!("{unit}, about", unit = figure.unit)),
                note,
            )
        },
        difference: days,
    },
];

fn money(shown: &Shown, amount: f64) -> String {
    format::money(amount, shown.currency())
}

fn days(_: &Shown, days: f64) -> String {
    format::days(days).to_string()
}

fn whole(amount: f64, figure: Figure, note: String) -> Reading {
    Reading {
        amount: Some(amount),
        is_whole: true,
        figure,
        note,
    }
}

fn missing(word: &'static str) -> Reading {
    Reading {
        amount: None,
        is_whole: false,
        figure: Figure::new(word, ""),
        note: String::new(),
    }
}

/// Which of several readings are the best: the smallest whole one and those that read the same; none where all
/// read the same, or where there is only one.
pub(super) fn best(readings: &[Reading]) -> Vec<bool> {
    let whole = |reading: &&Reading| reading.is_whole;
    let least = readings.iter().filter(whole).min_by(|a, b| {
        a.amount
            .unwrap_or(f64::MAX)
            .total_cmp(&b.amount.unwrap_or(f64::MAX))
    });
    let is_best = |reading: &Reading| {
        reading.is_whole && least.is_some_and(|least| least.figure == reading.figure)
    };
    let found: Vec<bool> = readings.iter().map(is_best).collect();
    if found.iter().all(|best| *best) {
        return vec![false; readings.len()];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(amount: f64, is_whole: bool) -> Reading {
        Reading {
            is_whole,
            ..whole(
                amount,
                Figure::new(format::short(amount), ""),
                String::new(),
            )
        }
    }

    #[test]
    fn the_best_is_the_least_that_is_known_whole() {
        let of = |amounts: &[(f64, bool)]| {
            let readings: Vec<Reading> = amounts.iter().map(|&(a, w)| reading(a, w)).collect();
            best(&readings)
        };
        assert_eq!(
            of(&[(3.0, true), (2.0, true), (2.0, true)]),
            [false, true, true]
        );
        assert_eq!(of(&[(3.0, true), (0.0, false)]), [true, false]);
        assert_eq!(of(&[(0.0, true), (0.0, true)]), [false, false]);
        let endless = [reading(1.0, true), missing("grows without end")];
        assert_eq!(best(&endless), [true, false]);
    }
}
