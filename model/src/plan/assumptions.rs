//! Estimates that nobody can look up: each has a default, and a plan may say otherwise.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::units::Range;

/// One estimate: what it means and what holds when the plan is silent.
#[derive(Debug)]
pub struct Assumption {
    /// The key in a plan's `assumptions`.
    pub id: &'static str,
    /// The name on screen.
    pub name: &'static str,
    /// The unit on screen, empty for a plain ratio.
    pub unit: &'static str,
    /// What it means, and where the default comes from.
    pub explanation: &'static str,
    /// What holds when the plan is silent.
    pub default: Range,
    /// The smallest and the largest legal value.
    pub legal: (f64, f64),
}

/// Every estimate, in the order of the page.
pub const ASSUMPTIONS: &[Assumption] = &[
    Assumption {
        id: "day_rate",
        name: "Day rate",
        unit: "per day",
        explanation: "What a day of one person's work costs. An editorial default: put in your own.",
        default: Range::new(200.0, 400.0, 800.0),
        legal: (0.0, 1e6),
    },
    Assumption {
        id: "write_off_months",
        name: "Write-off",
        unit: "months",
        explanation: "Over how many months bought hardware is spread in the monthly cost.",
        default: Range::new(60.0, 36.0, 24.0),
        legal: (1.0, 1200.0),
    },
    Assumption {
        id: "failure_factor",
        name: "Failure rates",
        unit: "×",
        explanation: "Factor on the unavailability that the planner assumes itself; what a plan states is not touched.",
        default: Range::new(0.5, 1.0, 2.0),
        legal: (0.0, 1e6),
    },
    Assumption {
        id: "common_cause_fraction",
        name: "Common cause",
        unit: "",
        explanation: "Share of the failures of identical instances that hit all of them at once: a bad release, an expired certificate. Practice in safety engineering is 0.01 to 0.1 (IEC 61508).",
        default: Range::new(0.0, 0.05, 0.1),
        legal: (0.0, 1.0),
    },
    Assumption {
        id: "provider_unavailability",
        name: "Provider outage",
        unit: "",
        explanation: "Share of time that everything of one provider is out at once, where a plan does not say it of the place. An editorial default.",
        default: Range::new(0.0, 0.0001, 0.0005),
        legal: (0.0, 1.0),
    },
    Assumption {
        id: "planning_ceiling",
        name: "Planning ceiling",
        unit: "",
        explanation: "How busy a resource may be at the peak before more is needed: the rest is for chance, failures and the time it takes to react. An editorial default.",
        default: Range::new(0.8, 0.7, 0.6),
        legal: (0.01, 1.0),
    },
];

/// What a plan says about estimates: only what differs from the defaults.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Assumptions(pub BTreeMap<String, AssumptionValue>);

/// One estimate in a plan: a number, or low, base and high.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum AssumptionValue {
    /// It is known.
    Exactly(f64),
    /// Low, base and high.
    Range([f64; 3]),
}

impl AssumptionValue {
    /// Low, base and high as the file has them.
    pub fn range(self) -> Range {
        match self {
            Self::Exactly(value) => Range::exactly(value),
            Self::Range([low, base, high]) => Range::new(low, base, high),
        }
    }
}

impl Assumptions {
    /// Whether nothing differs from the defaults.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What the plan says itself about this estimate, brought into its legal range.
    pub fn stated(&self, id: &str) -> Option<Range> {
        let (min, max) = ASSUMPTIONS
            .iter()
            .find(|assumption| assumption.id == id)
            .map_or((f64::MIN, f64::MAX), |assumption| assumption.legal);
        let stated = self.0.get(id)?.range();
        Some(stated.map(|value| {
            if value.is_nan() {
                min
            } else {
                value.clamp(min, max)
            }
        }))
    }

    /// The estimate that holds: the plan's, or else the default; 0 for a name that is not in the list.
    pub fn get(&self, id: &str) -> Range {
        self.stated(id)
            .or_else(|| {
                ASSUMPTIONS
                    .iter()
                    .find(|assumption| assumption.id == id)
                    .map(|assumption| assumption.default)
            })
            .unwrap_or(Range::exactly(0.0))
    }
}
