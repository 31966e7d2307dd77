//! Work that waits because for a while more arrives than can be done: how much, how old, until when.
//!
//! **Question.** How long is the line when capacity arrives late, or when a daily peak is above what workers can
//! do, how old is the oldest item in it, and when is it gone?
//!
//! **Model.** A fluid: work flows in at one rate and out at another, `q' = λ(t) − C(t)` while there is a backlog.
//! First come, first served: the item served at `t` arrived at the `s` with as many arrivals before `s` as
//! departures before `t`. Rates are constant within an hour, and every day is like the last.
//!
//! **Assumptions.** The backlog is much longer than the line that chance alone makes (that one is
//! [`super::waiting`]); nothing gives up waiting; what starts at once runs at its full rate.
//!
//! **Formula.** Late capacity: backlog `(λ − c₀) t`, gone after `(λ − c₀) t ÷ (c₁ − λ)`. A day whose arrivals are
//! below its capacity has one periodic backlog: that at midnight is what a day that starts empty ends with.
//! The age `t − s(t)` is linear between the moments at which `t` or `s` passes an hour, so its maximum is at one
//! of them.
//!
//! **Reference.** Newell, *Applications of Queueing Theory* (1982), ch. 2; Kleinrock, *Queueing Systems* II
//! (1976), ch. 2.7.
//!
//! **Complexity.** `O(h²)` for a day of `h` hours.

use crate::units::{HOURS_PER_DAY as HOURS, Seconds};

const HOUR: f64 = 3600.0;

/// What waits while capacity is on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleOut {
    /// Requests that wait when the new capacity arrives: the most that ever do.
    pub peak_backlog: f64,
    /// How much longer than before the request takes that arrives at that moment.
    pub delay_at_peak: Seconds,
    /// The longest delay of any request: of the last one that the old capacity serves alone; none where the
    /// new capacity is below the load and delays grow without end.
    pub longest_delay: Option<Seconds>,
    /// Until nothing waits any more, from the arrival of the new capacity; none where that never happens.
    pub drain: Option<Seconds>,
}

/// What waits when the load steps up to `arrival_rate` per second and the capacity follows from `capacity` to
/// `capacity_after` per second only after `start_up`.
///
/// `None` for numbers that are negative or not finite, and for a new capacity of 0.
pub fn scale_out(
    arrival_rate: f64,
    capacity: f64,
    capacity_after: f64,
    start_up: Seconds,
) -> Option<ScaleOut> {
    let usable = |number: f64| number.is_finite() && number >= 0.0;
    if ![arrival_rate, capacity, capacity_after, start_up.0]
        .into_iter()
        .all(usable)
        || capacity_after <= 0.0
    {
        return None;
    }
    let peak_backlog = (arrival_rate - capacity).max(0.0) * start_up.0;
    let found = ScaleOut {
        peak_backlog,
        delay_at_peak: Seconds(peak_backlog / capacity_after),
        longest_delay: if peak_backlog <= 0.0 {
            Some(Seconds(0.0))
        } else {
            (capacity_after >= arrival_rate).then(|| Seconds(peak_backlog / arrival_rate))
        },
        drain: if peak_backlog <= 0.0 {
            Some(Seconds(0.0))
        } else {
            (capacity_after > arrival_rate)
                .then(|| Seconds(peak_backlog / (capacity_after - arrival_rate)))
        },
    };
    let finite = found.peak_backlog.is_finite()
        && found.delay_at_peak.0.is_finite()
        && found.longest_delay.is_none_or(|time| time.0.is_finite())
        && found.drain.is_none_or(|time| time.0.is_finite());
    finite.then_some(found)
}

/// One hour of a day that repeats: what arrives and what could be done, in the same unit of work per second.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hour {
    /// Work that arrives per second.
    pub arrival_rate: f64,
    /// Work that can be done per second.
    pub capacity: f64,
}

/// What becomes of the work when every day is like the last.
#[derive(Clone, Debug, PartialEq)]
pub enum Day {
    /// All of it is done within a day: hour by hour, from midnight.
    Drains(Vec<HourBacklog>),
    /// More arrives in a day than can be done: the backlog grows by this much every day.
    Grows(f64),
}

/// The backlog in one hour.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HourBacklog {
    /// Work done in this hour.
    pub served: f64,
    /// Work that waits when the hour ends.
    pub at_end: f64,
    /// The most work that waits at any moment of the hour.
    pub most: f64,
    /// How long the oldest item has waited when the hour ends; 0 when nothing waits.
    pub oldest_at_end: Seconds,
    /// The longest that any item has waited at any moment of the hour.
    pub oldest: Seconds,
    /// Since the hour began, when the backlog with which it began is gone; none where nothing waited, or where
    /// it lasts longer than the hour.
    pub drained_after: Option<Seconds>,
}

/// The backlog of a day that repeats for ever.
///
/// `None` for rates that are negative, not finite or beyond 10³⁰⁰.
pub fn day(hours: &[Hour; HOURS]) -> Option<Day> {
    let usable = |number: f64| (0.0..=1e300).contains(&number);
    if !hours
        .iter()
        .all(|hour| usable(hour.arrival_rate) && usable(hour.capacity))
    {
        return None;
    }
    let arrived: f64 = hours.iter().map(|hour| hour.arrival_rate * HOUR).sum();
    let possible: f64 = hours.iter().map(|hour| hour.capacity * HOUR).sum();
    if arrived <= 0.0 {
        let free = HourBacklog::default();
        return Some(Day::Drains(vec![free; HOURS]));
    }
    if arrived >= possible * (1.0 - 1e-12) {
        return Some(Day::Grows((arrived - possible).max(0.0)));
    }
    let nothing = arrived * 1e-12;
    let midnight = hours
        .iter()
        .fold(0.0, |backlog, hour| hour.backlog_after(backlog, nothing));
    let cumulated = cumulated_arrivals(hours);
    let mut backlog = midnight;
    let days = hours.iter().enumerate().map(|(index, hour)| {
        let begin = backlog;
        backlog = hour.backlog_after(begin, nothing);
        hour_backlog(hour, index, begin, backlog, (&cumulated, nothing))
    });
    Some(Day::Drains(days.collect()))
}

impl Hour {
    /// Work that waits at the end of an hour that begins with a backlog; less than `nothing` is rounding.
    fn backlog_after(&self, backlog: f64, nothing: f64) -> f64 {
        let left = backlog + (self.arrival_rate - self.capacity) * HOUR;
        if left > nothing { left } else { 0.0 }
    }
}

/// Arrivals before every full hour of yesterday and today, from yesterday's midnight.
fn cumulated_arrivals(hours: &[Hour; HOURS]) -> Vec<f64> {
    let mut sum = 0.0;
    std::iter::once(0.0)
        .chain(hours.iter().chain(hours).map(|hour| {
            sum += hour.arrival_rate * HOUR;
            sum
        }))
        .collect()
}

/// The hour of this index, with the backlog at its begin and its end; `cumulated` as of
/// [`cumulated_arrivals`], and how much of it is rounding.
fn hour_backlog(
    hour: &Hour,
    index: usize,
    begin: f64,
    end: f64,
    (cumulated, nothing): (&[f64], f64),
) -> HourBacklog {
    let mut found = HourBacklog {
        served: (hour.arrival_rate * HOUR + begin - end).max(0.0),
        at_end: end,
        most: begin.max(end),
        ..HourBacklog::default()
    };
    if begin <= 0.0 && end <= 0.0 {
        return found;
    }
    let began = (HOURS + index) as f64 * HOUR;
    let drained_after = (end <= 0.0).then(|| {
        let falls = hour.capacity - hour.arrival_rate;
        (begin / falls).clamp(0.0, HOUR)
    });
    let lasts = drained_after.unwrap_or(HOUR);
    let departed = cumulated[HOURS + index] - begin;
    let departed_at = |after: f64| departed + hour.capacity * after;
    let age = |after: f64| {
        if begin <= 0.0 && after <= 0.0 {
            return 0.0;
        }
        let next = arrival_after(departed_at(after) + nothing, cumulated);
        (began + after - next).max(0.0)
    };
    let mut oldest = age(0.0).max(age(lasts));
    for (full, &arrived) in cumulated.iter().enumerate() {
        let is_first = full == 0 || cumulated[full - 1] < arrived;
        let is_served = arrived > departed + nothing && arrived <= departed_at(lasts) + nothing;
        if is_first && is_served {
            let after = ((arrived - departed) / hour.capacity).min(lasts);
            oldest = oldest.max(began + after - full as f64 * HOUR);
        }
    }
    found.oldest = Seconds(oldest);
    found.oldest_at_end = Seconds(if end > 0.0 { age(HOUR) } else { 0.0 });
    found.drained_after = drained_after.filter(|_| begin > 0.0).map(Seconds);
    found
}

/// When what follows so much arrived, in seconds from yesterday's midnight: where nothing came for a while, the end of
/// that time.
fn arrival_after(amount: f64, cumulated: &[f64]) -> f64 {
    let full = cumulated.partition_point(|&arrived| arrived <= amount);
    let Some(before) = full.checked_sub(1) else {
        return 0.0;
    };
    let Some(&after) = cumulated.get(full) else {
        return before as f64 * HOUR;
    };
    let share = (amount - cumulated[before]) / (after - cumulated[before]);
    (before as f64 + share.clamp(0.0, 1.0)) * HOUR
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn drains(hours: &[Hour; HOURS]) -> Vec<HourBacklog> {
        match day(hours).unwrap() {
            Day::Drains(hours) => hours,
            Day::Grows(by) => panic!("grows by {by} a day"),
        }
    }

    fn hours(arrival_rate: impl Fn(usize) -> f64, capacity: f64) -> [Hour; HOURS] {
        std::array::from_fn(|hour| Hour {
            arrival_rate: arrival_rate(hour),
            capacity,
        })
    }

    fn close(found: f64, expected: f64) {
        assert!(
            (found - expected).abs() <= 1e-9 * expected.abs().max(1.0),
            "{found}, not {expected}"
        );
    }

    #[test]
    fn a_peak_above_capacity_is_worked_off_after_it() {
        // From 20:00 to 22:00 three a second arrive, two can be done: 7,200 wait at 22:00, gone after an hour.
        let day = drains(&hours(
            |hour| if (20..22).contains(&hour) { 3.0 } else { 0.0 },
            2.0,
        ));
        assert_eq!(day[19], HourBacklog::default());
        close(day[20].at_end, 3600.0);
        close(day[21].at_end, 7200.0);
        close(day[22].served, 7200.0);
        close(day[22].drained_after.unwrap().0, 3600.0);
        // What arrives at 20:00 + t is served at 20:00 + 1.5 t: the last of 22:00 at 23:00, an hour old.
        close(day[20].oldest.0, 1200.0);
        close(day[21].oldest.0, 2400.0);
        close(day[22].oldest.0, 3600.0);
        close(day[22].oldest_at_end.0, 0.0);
    }

    #[test]
    fn the_oldest_item_is_older_inside_the_hour_than_at_its_marks() {
        // Ten a second for an hour, then one: when the last of the ten is served, the next are younger.
        let day = drains(&hours(|hour| if hour == 0 { 10.0 } else { 1.0 }, 4.0));
        let (at_marks, inside) = (day[2].oldest_at_end, day[2].oldest);
        // 36,000 arrived by 1:00; they are served by 2:30, 5,400 s later.
        close(inside.0, 5400.0);
        assert!(at_marks.0 < inside.0 && day[1].oldest_at_end.0 < inside.0);
    }

    #[test]
    fn what_was_done_long_ago_does_not_age_the_line() {
        // Work of the first hour is done at once; at six more comes, and nobody works until seven.
        let mut hours = hours(|hour| f64::from([0, 6].contains(&hour)), 5.0);
        hours[6].capacity = 0.0;
        let day = drains(&hours);
        close(day[6].at_end, 3600.0);
        close(day[6].oldest.0, 3600.0);
        close(day[6].oldest_at_end.0, 3600.0);
        close(day[7].oldest.0, 3600.0);
    }

    #[test]
    fn a_backlog_is_carried_over_midnight() {
        let day = drains(&hours(|hour| if hour == 23 { 5.0 } else { 0.0 }, 1.0));
        close(day[23].at_end, 14400.0);
        close(day[3].at_end, 0.0);
        close(day[3].oldest.0, 14400.0);
        assert_eq!(day[4], HourBacklog::default());
    }

    #[test]
    fn a_day_with_more_work_than_capacity_never_ends() {
        let full = hours(|_| 2.0, 2.0);
        assert_eq!(day(&full), Some(Day::Grows(0.0)));
        let beyond = hours(|hour| if hour < 12 { 6.0 } else { 0.0 }, 2.0);
        assert_eq!(day(&beyond), Some(Day::Grows(24.0 * 3600.0)));
        assert_eq!(day(&hours(|_| 1.0, 0.0)), Some(Day::Grows(86400.0)));
    }

    #[test]
    fn numbers_that_make_no_sense_have_no_answer() {
        assert_eq!(day(&hours(|_| -1.0, 1.0)), None);
        assert_eq!(day(&hours(|_| 1.0, f64::NAN)), None);
        assert_eq!(scale_out(f64::INFINITY, 1.0, 1.0, Seconds(1.0)), None);
        assert_eq!(scale_out(1.0, 0.0, 0.0, Seconds(1.0)), None);
        let enough = scale_out(1.0, 2.0, 2.0, Seconds(60.0)).unwrap();
        assert_eq!(enough.drain, Some(Seconds(0.0)));
        close(enough.peak_backlog, 0.0);
    }

    /// Days on which the capacity suffices.
    fn days() -> impl Strategy<Value = [Hour; HOURS]> {
        let rate = prop_oneof![Just(0.0), 0.0..10.0_f64];
        let hour = (rate, 0.0..10.0_f64);
        (proptest::collection::vec(hour, HOURS), 0.05..0.99_f64).prop_map(|(rates, load)| {
            let arrived: f64 = rates.iter().map(|rate| rate.0).sum();
            let possible: f64 = rates.iter().map(|rate| rate.1).sum();
            let factor = load * possible / arrived.max(1e-9);
            std::array::from_fn(|hour| Hour {
                arrival_rate: rates[hour].0 * factor,
                capacity: rates[hour].1,
            })
        })
    }

    /// Seconds in which a line of items takes one step.
    const STEP: usize = 20;

    /// A line of items that takes what arrives in a step before it serves, and so is never behind the fluid, or after
    /// it, and so is never ahead: backlog at the end and age of the oldest item, hour by hour of the second day.
    fn in_steps(hours: &[Hour; HOURS], is_ahead: bool) -> Vec<(f64, f64)> {
        let mut line: std::collections::VecDeque<(usize, f64)> = std::collections::VecDeque::new();
        let mut found = vec![(0.0, 0.0); 2 * HOURS];
        for second in (0..2 * 86400).step_by(STEP) {
            let hour = hours[second / 3600 % HOURS];
            let (backlog, oldest) = &mut found[second / 3600];
            let age = |line: &std::collections::VecDeque<(usize, f64)>| {
                line.front().map_or(0.0, |(came, _)| (second - came) as f64)
            };
            let arrived = hour.arrival_rate * STEP as f64;
            if is_ahead && arrived > 0.0 {
                line.push_back((second, arrived));
            } else if !is_ahead {
                *oldest = f64::max(*oldest, age(&line));
            }
            let mut room = hour.capacity * STEP as f64;
            while let Some((_, amount)) = line.front_mut() {
                let done = amount.min(room);
                *amount -= done;
                room -= done;
                if *amount > 0.0 {
                    break;
                }
                line.pop_front();
            }
            if is_ahead {
                *oldest = f64::max(*oldest, age(&line));
            } else if arrived > 0.0 {
                line.push_back((second, arrived));
            }
            if (second + STEP).is_multiple_of(3600) {
                *backlog = line.iter().map(|(_, amount)| amount).sum();
            }
        }
        found.split_off(HOURS)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn work_is_conserved_and_nothing_is_negative(hours in days()) {
            let found = drains(&hours);
            let mut begin = found[HOURS - 1].at_end;
            for (hour, found) in hours.iter().zip(&found) {
                let arrived = hour.arrival_rate * HOUR;
                prop_assert!((arrived + begin - found.served - found.at_end).abs() <= 1e-6);
                prop_assert!(found.served <= hour.capacity * HOUR + 1e-6);
                prop_assert!(found.at_end >= 0.0 && found.most >= found.at_end);
                prop_assert!(found.oldest >= found.oldest_at_end && found.oldest_at_end.0 >= 0.0);
                prop_assert!(found.oldest.0 < 86400.0);
                begin = found.at_end;
            }
        }

        #[test]
        fn more_capacity_never_makes_items_older(hours in days(), more in 1.0..2.0_f64) {
            let mut larger = hours;
            for hour in &mut larger {
                hour.capacity *= more;
            }
            for (before, after) in drains(&hours).iter().zip(drains(&larger)) {
                prop_assert!(after.oldest.0 <= before.oldest.0 + 1e-3);
                prop_assert!(after.most <= before.most + 1e-6);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn it_is_what_a_line_of_items_does(hours in days()) {
            let found = drains(&hours);
            let (ahead, behind) = (in_steps(&hours, true), in_steps(&hours, false));
            for ((found, ahead), behind) in found.iter().zip(ahead).zip(behind) {
                prop_assert!((found.at_end - ahead.0).abs() <= 1e-6 * found.at_end.max(1.0));
                prop_assert!(found.at_end <= behind.0 + 1e-6);
                prop_assert!(ahead.1 <= found.oldest.0 + 1e-3, "{} after {found:?}", ahead.1);
                prop_assert!(found.oldest.0 <= behind.1 + STEP as f64 + 1e-3, "{found:?} after {}", behind.1);
            }
        }
    }
}
