//! Changes the currency, the kept prices or the own offers of a plan.

use serde::{Deserialize, Serialize};

use super::{CommandError, Edit};
use crate::plan::{CatalogueStamp, Plan};
use crate::words::{Words, text};

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
        let label = if before.currency != after.currency || before.rates != after.rates {
            "Change the currency"
        } else if before.offers != after.offers {
            "Change your own offers"
        } else if before.prices.is_empty() {
            "Keep prices"
        } else if after.prices.is_empty() {
            "Follow the catalogue's prices"
        } else {
            "Update prices"
        };
        text(label)
    }
}
