//! What the plan costs per month and on the first day, line by line.

use crate::units::Money;

/// One charge (FOCUS: a row of the bill).
#[derive(Clone, Debug, PartialEq)]
pub struct LineItem {
    /// What is charged, in words.
    pub name: String,
    /// How many pricing units.
    pub pricing_quantity: f64,
    /// What is counted.
    pub pricing_unit: &'static str,
    /// The price of one pricing unit.
    pub list_unit_price: Money,
    /// Quantity times price, per month.
    pub month: Money,
    /// Where the price is from: source and date.
    pub source: String,
}
