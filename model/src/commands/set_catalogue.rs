//! Changes the currency, the kept prices or the own offers of a plan.

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit};
use crate::plan::{CatalogueStamp, Plan};
use crate::words::Words;

/// Changes the currency, the kept prices or the own offers of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetCatalogue {
    /// What the plan notes about the catalogue; none for nothing.
    pub catalogue: Option<CatalogueStamp>,
}

impl Edit for SetCatalogue {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        let mut next = plan.clone();
        next.catalogue = self
            .catalogue
            .clone()
            .filter(|stamp| *stamp != CatalogueStamp::default());
        Ok(next)
    }

    fn label(&self, plan: &Plan) -> Words {
        let before = plan.catalogue.clone().unwrap_or_default();
        let after = self.catalogue.clone().unwrap_or_default();
        if before.currency != after.currency || before.rates != after.rates {
            words!("Change the currency")
        } else if before.offers != after.offers {
            words!("Change your own offers")
        } else if before.prices.is_empty() {
            words!("Keep prices")
        } else if after.prices.is_empty() {
            words!("Follow the catalogue's prices")
        } else {
            words!("Update prices")
        }
    }
}
