//! What leaving takes: days, money, and why.

use crate::units::{Money, Range};

/// What it takes to move one component elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Exit {
    /// Whose interface it has.
    pub interface: InterfaceClass,
    /// Person-days.
    pub days: Range,
    /// Money, the work included.
    pub cost: Money,
    /// The same as months of this component's bill; none where the bill is not known or nothing.
    pub months_of_bill: Option<f64>,
}

/// Whose interface a component has, from free to bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum InterfaceClass {
    /// Several can be run by yourself.
    OpenStandard,
    /// Open software that a provider runs.
    OpenSourceManaged,
    /// Open behaviour, one provider's operations.
    ProprietaryOperations,
    /// One provider's interface or data model.
    ProprietaryApi,
}
