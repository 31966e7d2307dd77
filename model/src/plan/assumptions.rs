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
    /// What it is about.
    pub subject: Subject,
    /// What it means, and where the default comes from.
    pub explanation: &'static str,
    /// What holds when the plan is silent.
    pub default: Range,
    /// The smallest and the largest legal value.
    pub legal: (f64, f64),
}

/// What an estimate is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The plan as a whole: money, work, failures.
    Plan,
    /// What a kind of machine gives, where neither plan nor offer says it.
    Machine,
    /// How long it takes to get back what was lost.
    Recovery,
}

/// Every estimate, in the order of the page.
pub const ASSUMPTIONS: &[Assumption] = &[
    Assumption {
        id: "day_rate",
        name: "Day rate",
        unit: "per day",
        subject: Subject::Plan,
        explanation: "What a day of one person's work costs. An editorial default: put in your own.",
        default: Range::new(200.0, 400.0, 800.0),
        legal: (0.0, 1e6),
    },
    Assumption {
        id: "write_off_months",
        name: "Write-off",
        unit: "months",
        subject: Subject::Plan,
        explanation: "Over how many months bought hardware is spread in the monthly cost.",
        default: Range::new(60.0, 36.0, 24.0),
        legal: (1.0, 1200.0),
    },
    Assumption {
        id: "failure_factor",
        name: "Failure rates",
        unit: "×",
        subject: Subject::Plan,
        explanation: "Factor on the unavailability that the planner assumes itself; what a plan states is not touched.",
        default: Range::new(0.5, 1.0, 2.0),
        legal: (0.0, 1e6),
    },
    Assumption {
        id: "common_cause_fraction",
        name: "Common cause",
        unit: "",
        subject: Subject::Plan,
        explanation: "Share of the failures of identical instances that hit all of them at once: a bad release, an expired certificate. Practice in safety engineering is 0.01 to 0.1 (IEC 61508).",
        default: Range::new(0.0, 0.05, 0.1),
        legal: (0.0, 1.0),
    },
    Assumption {
        id: "provider_unavailability",
        name: "Provider outage",
        unit: "",
        subject: Subject::Plan,
        explanation: "Share of time that everything of one provider is out at once, where a plan does not say it of the place. An editorial default.",
        default: Range::new(0.0, 0.0001, 0.0005),
        legal: (0.0, 1.0),
    },
    Assumption {
        id: "site_home_unavailability",
        name: "Outage of a home",
        unit: "",
        subject: Subject::Plan,
        explanation: "Share of time that a flat is without power or line, where a plan says that a site is one and not how often. An editorial default: 44 hours a year.",
        default: Range::new(0.001, 0.005, 0.02),
        legal: (0.0, 1.0),
    },
    Assumption {
        id: "site_office_unavailability",
        name: "Outage of an office",
        unit: "",
        subject: Subject::Plan,
        explanation: "The same for an office with a business line. An editorial default: 18 hours a year.",
        default: Range::new(0.0005, 0.002, 0.005),
        legal: (0.0, 1.0),
    },
    Assumption {
        id: "site_colocation_unavailability",
        name: "Outage of a data centre",
        unit: "",
        subject: Subject::Plan,
        explanation: "The same for a rented place in a data centre: 0.00018 is the design target of the Uptime Institute's tier III (99.982 %).",
        default: Range::new(0.00005, 0.00018, 0.001),
        legal: (0.0, 1.0),
    },
    Assumption {
        id: "planning_ceiling",
        name: "Planning ceiling",
        unit: "",
        subject: Subject::Plan,
        explanation: "How busy a resource may be at the peak before more is needed: the rest is for chance, failures and the time it takes to react. An editorial default.",
        default: Range::new(0.8, 0.7, 0.6),
        legal: (0.01, 1.0),
    },
    Assumption {
        id: "virtualisation_overhead",
        name: "Virtualisation",
        unit: "",
        subject: Subject::Machine,
        explanation: "Share of the processor that a virtual machine loses to the hypervisor: 0.01 to 0.03 in the median of 80 to 95 pairs of metal and virtual machines of one provider (vantage.sh, sparecores.com), with a spread that is larger than that. It counts on VPS and IaaS where no service time is stated; state it here and it counts everywhere there.",
        default: Range::new(0.0, 0.02, 0.07),
        legal: (0.0, 0.9),
    },
    Assumption {
        id: "neighbour_typical",
        name: "Shared disk, typical neighbours",
        unit: "",
        subject: Subject::Machine,
        explanation: "Share of a shared disk that typical neighbours leave. An editorial default.",
        default: Range::new(0.5, 0.7, 1.0),
        legal: (0.001, 1.0),
    },
    Assumption {
        id: "neighbour_noisy",
        name: "Shared disk, noisy neighbours",
        unit: "",
        subject: Subject::Machine,
        explanation: "Share of a shared disk that a noisy neighbour leaves. A host wrote in 2010 that eight guests on one mirror each get much less than an eighth of it (prgmr.com); the figure is an editorial default.",
        default: Range::new(0.05, 0.15, 0.5),
        legal: (0.001, 1.0),
    },
    Assumption {
        id: "disk_local_iops",
        name: "Local disk",
        unit: "IOPS",
        subject: Subject::Machine,
        explanation: "Operations per second of a disk in the machine, where neither plan nor offer states it: 175 to 210 for a fast spinning disk (AWS blog, 2012), tens of thousands for a solid state drive. An editorial default.",
        default: Range::new(175.0, 40_000.0, 400_000.0),
        legal: (1.0, 1e8),
    },
    Assumption {
        id: "disk_local_mb_s",
        name: "Local disk, throughput",
        unit: "MB/s",
        subject: Subject::Machine,
        explanation: "Megabytes per second of a disk in the machine. An editorial default: a SATA solid state drive.",
        default: Range::new(100.0, 500.0, 3_000.0),
        legal: (0.001, 1e6),
    },
    Assumption {
        id: "disk_local_ms",
        name: "Local disk, time per operation",
        unit: "ms",
        subject: Subject::Machine,
        explanation: "Time of one operation on an idle disk in the machine. An editorial default for a solid state drive; a spinning disk takes 5 to 10.",
        default: Range::new(0.05, 0.1, 8.0),
        legal: (0.0, 10_000.0),
    },
    Assumption {
        id: "disk_shared_iops",
        name: "Shared disk",
        unit: "IOPS",
        subject: Subject::Machine,
        explanation: "Operations per second of a disk that guests share, with quiet neighbours: 999 to 145,487 reads on five machines of one price (measured 2017). The default is editorial.",
        default: Range::new(1_000.0, 8_000.0, 145_000.0),
        legal: (1.0, 1e8),
    },
    Assumption {
        id: "disk_shared_mb_s",
        name: "Shared disk, throughput",
        unit: "MB/s",
        subject: Subject::Machine,
        explanation: "Megabytes per second of a disk that guests share, with quiet neighbours. An editorial default.",
        default: Range::new(50.0, 250.0, 1_000.0),
        legal: (0.001, 1e6),
    },
    Assumption {
        id: "disk_shared_ms",
        name: "Shared disk, time per operation",
        unit: "ms",
        subject: Subject::Machine,
        explanation: "Time of one operation on an idle disk that guests share. An editorial default.",
        default: Range::new(0.1, 0.2, 2.0),
        legal: (0.0, 10_000.0),
    },
    Assumption {
        id: "disk_network_iops",
        name: "Network disk",
        unit: "IOPS",
        subject: Subject::Machine,
        explanation: "Operations per second of a disk behind the network, where nothing more is bought: 100 for the magnetic volumes of old, 3,000 included with Amazon EBS gp3, 16,000 at most there (Amazon EBS user guide, 2023).",
        default: Range::new(100.0, 3_000.0, 16_000.0),
        legal: (1.0, 1e8),
    },
    Assumption {
        id: "disk_network_mb_s",
        name: "Network disk, throughput",
        unit: "MB/s",
        subject: Subject::Machine,
        explanation: "Megabytes per second of a disk behind the network: 125 MiB/s included with Amazon EBS gp3, 40 to 90 for magnetic volumes, 1,000 MiB/s at most (Amazon EBS user guide, 2023).",
        default: Range::new(41.9, 131.1, 1_048.6),
        legal: (0.001, 1e6),
    },
    Assumption {
        id: "disk_network_ms",
        name: "Network disk, time per operation",
        unit: "ms",
        subject: Subject::Machine,
        explanation: "Time of one operation on an idle disk behind the network. An editorial default.",
        default: Range::new(0.5, 1.0, 10.0),
        legal: (0.0, 10_000.0),
    },
    Assumption {
        id: "disk_provisioned_ms",
        name: "Provisioned disk, time per operation",
        unit: "ms",
        subject: Subject::Machine,
        explanation: "Time of one operation on an idle disk whose operations are bought: under 0.5 on average for 16 KiB on Amazon EBS io2 (Amazon EBS user guide, 2025).",
        default: Range::new(0.3, 0.5, 1.0),
        legal: (0.0, 10_000.0),
    },
    Assumption {
        id: "burst_baseline",
        name: "Burstable processor, baseline",
        unit: "",
        subject: Subject::Machine,
        explanation: "Share of its cores that a burstable machine has for good: 0.05 to 0.4 by family and size. Look up your own size.",
        default: Range::new(0.05, 0.2, 0.4),
        legal: (0.001, 1.0),
    },
    Assumption {
        id: "burst_credit_hours",
        name: "Burstable processor, credit",
        unit: "h",
        subject: Subject::Machine,
        explanation: "How many hours of its baseline a burstable machine can save up: a day with Amazon EC2 T3.",
        default: Range::new(12.0, 24.0, 24.0),
        legal: (0.0, 8766.0),
    },
    Assumption {
        id: "detect_outage_minutes",
        name: "Noticing an outage",
        unit: "min",
        subject: Subject::Recovery,
        explanation: "Until somebody or something knows that a part is gone. An editorial default: a check every minute, a few failed ones, and a message that is read.",
        default: Range::new(1.0, 5.0, 30.0),
        legal: (0.0, 525_960.0),
    },
    Assumption {
        id: "detect_damage_hours",
        name: "Noticing damaged data",
        unit: "h",
        subject: Subject::Recovery,
        explanation: "Until somebody sees that a release, a deletion or a fault has damaged the data: nothing is down, so no check says so. An editorial default.",
        default: Range::new(0.1, 1.0, 24.0),
        legal: (0.0, 8_766.0),
    },
    Assumption {
        id: "decide_minutes",
        name: "Deciding what to do",
        unit: "min",
        subject: Subject::Recovery,
        explanation: "From knowing to acting: who is called, what is tried first, who may say yes. An editorial default.",
        default: Range::new(5.0, 15.0, 60.0),
        legal: (0.0, 525_960.0),
    },
    Assumption {
        id: "promote_minutes",
        name: "Promoting a copy by hand",
        unit: "min",
        subject: Subject::Recovery,
        explanation: "Until a copy that stands by is the one that is written to, where nothing does it by itself. An editorial default.",
        default: Range::new(1.0, 5.0, 30.0),
        legal: (0.0, 525_960.0),
    },
    Assumption {
        id: "provision_metal_hours",
        name: "Another machine, bare metal",
        unit: "h",
        subject: Subject::Recovery,
        explanation: "Until another whole machine stands ready, where the offer does not say: minutes from stock, weeks from the factory. An editorial default.",
        default: Range::new(4.0, 48.0, 336.0),
        legal: (0.0, 8_766.0),
    },
    Assumption {
        id: "provision_spares_hours",
        name: "Repair with spare parts",
        unit: "h",
        subject: Subject::Recovery,
        explanation: "Until a whole machine works again under a repair contract with parts. An editorial default: the next visit.",
        default: Range::new(2.0, 8.0, 24.0),
        legal: (0.0, 8_766.0),
    },
    Assumption {
        id: "provision_machine_minutes",
        name: "Another virtual machine",
        unit: "min",
        subject: Subject::Recovery,
        explanation: "Until another virtual machine runs, where the offer does not say: about half a minute in the median of measurements, more when everybody wants one.",
        default: Range::new(0.5, 5.0, 60.0),
        legal: (0.0, 525_960.0),
    },
    Assumption {
        id: "provision_service_minutes",
        name: "Another instance of a service",
        unit: "min",
        subject: Subject::Recovery,
        explanation: "Until a provider's platform has started another one. An editorial default.",
        default: Range::new(1.0, 10.0, 60.0),
        legal: (0.0, 525_960.0),
    },
    Assumption {
        id: "set_up_hours",
        name: "Setting up by hand",
        unit: "h",
        subject: Subject::Recovery,
        explanation: "From an empty machine to one that does its work, by hand. An editorial default.",
        default: Range::new(1.0, 4.0, 16.0),
        legal: (0.0, 8_766.0),
    },
    Assumption {
        id: "set_up_scripted_minutes",
        name: "Setting up by script",
        unit: "min",
        subject: Subject::Recovery,
        explanation: "The same where it is a script. An editorial default.",
        default: Range::new(5.0, 15.0, 60.0),
        legal: (0.0, 525_960.0),
    },
    Assumption {
        id: "roll_back_minutes",
        name: "Bringing an earlier release back",
        unit: "min",
        subject: Subject::Recovery,
        explanation: "Until what ran before runs again, after a release that does not work. An editorial default.",
        default: Range::new(2.0, 15.0, 120.0),
        legal: (0.0, 525_960.0),
    },
    Assumption {
        id: "replay_speed",
        name: "Replaying changes",
        unit: "×",
        subject: Subject::Recovery,
        explanation: "How many times faster than they were made the changes since the last backup are made again. An editorial default.",
        default: Range::new(20.0, 10.0, 2.0),
        legal: (0.001, 1e6),
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
