//! The European Union's Data Act, as far as it sets what a switch may cost and how long it may take.
//!
//! Regulation (EU) 2023/2854, chapter VI; for customers in the European Union. Switching charges, egress included,
//! are limited to cost until 11 January 2027 and forbidden from 12 January 2027; traffic of a parallel use of several
//! providers may still be charged at cost. Notice is at most two months, the switch 30 days (longer, up to seven
//! months, only with a reason), and data can be fetched for at least 30 days more.

use crate::catalog::Date;

/// The day from which a switch costs nothing, as it is written.
pub const FREE_FROM: &str = "2027-01-12";

/// The longest notice that a contract may ask for, in days: two months.
pub const MOST_NOTICE_DAYS: u32 = 61;

/// How long the switch itself may take, in days.
pub const TRANSITION_DAYS: u32 = 30;

/// How long the switch may take where the provider gives a reason, in days: seven months.
pub const MOST_TRANSITION_DAYS: u32 = 213;

/// How long data can be fetched after the switch at least, in days.
pub const RETRIEVAL_DAYS: u32 = 30;

/// Whether the provider may charge for carrying data out in a switch on this day.
pub fn may_charge(on: Date) -> bool {
    Date::parse(FREE_FROM).is_none_or(|free_from| on < free_from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_costs_nothing_from_the_twelfth_of_january_2027() {
        let on = |day| may_charge(Date::parse(day).unwrap());
        assert!(on("2026-11-21") && on("2027-01-11"));
        assert!(!on("2027-01-12") && !on("2030-01-01"));
    }
}
