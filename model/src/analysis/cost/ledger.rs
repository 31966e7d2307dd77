//! The bill of one component while it is being written.

use std::rc::Rc;

use super::ComponentCost;
use super::line::{ChargeKind, LineItem, Missing, PriceOrigin};
use crate::plan::Id;
use crate::units::Money;
use crate::words::Words;

/// The bill of one component while it is being written: with its lines, or only their sums.
pub(super) struct Ledger {
    keeps_lines: bool,
    bill: ComponentCost,
    unsaid: Rc<PriceOrigin>,
}

/// How much of what is charged at which price.
pub(super) struct Quantity<'a> {
    pub(super) charge: ChargeKind,
    pub(super) amount: f64,
    pub(super) unit: &'static str,
    pub(super) price: Money,
    pub(super) origin: &'a Rc<PriceOrigin>,
}

impl Ledger {
    pub(super) fn new(keeps_lines: bool) -> Self {
        Self {
            keeps_lines,
            bill: ComponentCost::default(),
            unsaid: Rc::default(),
        }
    }

    /// Where a price is from; not looked up where only the sums are asked for.
    pub(super) fn origin(&self, origin: impl FnOnce() -> PriceOrigin) -> Rc<PriceOrigin> {
        if self.keeps_lines {
            Rc::new(origin())
        } else {
            Rc::clone(&self.unsaid)
        }
    }

    /// Adds what is paid every month; nothing where there is nothing to charge.
    pub(super) fn add(&mut self, quantity: Quantity, formula: impl FnOnce() -> Words) {
        let month = quantity.price * quantity.amount;
        self.enter(quantity, [month, month, Money(0.0)], None, formula);
    }

    /// The same for the traffic of a connection.
    pub(super) fn add_traffic(
        &mut self,
        quantity: Quantity,
        connection: Option<&Id>,
        formula: impl FnOnce() -> Words,
    ) {
        let month = quantity.price * quantity.amount;
        self.enter(quantity, [month, month, Money(0.0)], connection, formula);
    }

    /// What has been charged for a month up to now.
    pub(super) fn month(&self) -> Money {
        self.bill.known_month
    }

    /// Adds what was paid on the first day and is spread over the months of its use.
    pub(super) fn add_spread(
        &mut self,
        quantity: Quantity,
        upfront: Money,
        formula: impl FnOnce() -> Words,
    ) {
        let month = quantity.price * quantity.amount;
        self.enter(quantity, [month, Money(0.0), upfront], None, formula);
    }

    /// Adds what is paid on the first day where nothing of it counts in a month.
    pub(super) fn pay_at_once(&mut self, upfront: Money) {
        self.bill.upfront += upfront;
    }

    /// Notes what is charged at a price that is not known.
    pub(super) fn miss(&mut self, missing: impl FnOnce() -> Missing) {
        self.bill.not_priced += 1;
        if self.keeps_lines {
            self.bill.missing.push(missing());
        }
    }

    pub(super) fn finish(self) -> ComponentCost {
        self.bill
    }

    fn enter(
        &mut self,
        quantity: Quantity,
        [month, paid_month, upfront]: [Money; 3],
        connection: Option<&Id>,
        formula: impl FnOnce() -> Words,
    ) {
        let usable = |money: Money| money.0.is_finite() && money.0 >= 0.0;
        let is_usable = usable(month) && usable(upfront);
        if !(quantity.amount > 0.0 && quantity.amount.is_finite() && is_usable) {
            return;
        }
        self.bill.known_month += month;
        self.bill.paid_month += paid_month;
        self.bill.upfront += upfront;
        if self.keeps_lines {
            self.bill.line_items.push(LineItem {
                charge: quantity.charge,
                connection: connection.cloned(),
                pricing_quantity: quantity.amount,
                pricing_unit: quantity.unit,
                list_unit_price: quantity.price,
                month,
                paid_month,
                upfront,
                formula: formula(),
                price: Rc::clone(quantity.origin),
            });
        }
    }
}
