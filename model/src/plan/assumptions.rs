//! Estimates that nobody can look up: each has a default, and a plan may say otherwise.

use std::collections::BTreeMap;

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
    /// What holds when the plan is silent.
    pub default: Range,
    /// The smallest and the largest legal value.
    pub legal: (f64, f64),
}

impl Assumption {
    /// What it means, and where the default comes from.
    pub fn explanation(&self) -> &'static str {
        let place = ASSUMPTIONS.iter().position(|one| one.id == self.id);
        place.map_or("", |place| EXPLANATIONS[place])
    }
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
    /// The work of every month.
    Work,
    /// What leaving takes.
    Exit,
}

/// Each estimate with what it means. The explanations stand in a list of their own, because a page names an estimate
/// long before it explains one.
macro_rules! assumptions {
    ($(Assumption { $($field:ident: $value:expr),* $(,)? } => $explanation:literal,)*) => {
        /// Every estimate, in the order of the page.
        pub static ASSUMPTIONS: &[Assumption] = &[$(Assumption { $($field: $value),* }),*];

        static EXPLANATIONS: &[&str] = &[$($explanation),*];
    };
}

assumptions! {
    Assumption {
        id: "day_rate",
        name: "Day rate",
        unit: "per day",
        subject: Subject::Plan,
        default: Range::new(200.0, 400.0, 800.0),
        legal: (0.0, 1e6),
    } => "What a day of one person's work costs. An editorial default: put in your own.",
    Assumption {
        id: "write_off_months",
        name: "Write-off",
        unit: "months",
        subject: Subject::Plan,
        default: Range::new(60.0, 36.0, 24.0),
        legal: (1.0, 1200.0),
    } => "Over how many months bought hardware is spread in the monthly cost.",
    Assumption {
        id: "capital_rate",
        name: "Interest on bought hardware",
        unit: "a year",
        subject: Subject::Plan,
        default: Range::new(0.0, 0.0, 0.08),
        legal: (0.0, 1.0),
    } => "Interest that the write-off of bought hardware pays besides its price, 0.05 is 5 %. 0 spreads the price evenly, as books of account do.",
    Assumption {
        id: "discount_rate",
        name: "Discount rate",
        unit: "a year",
        subject: Subject::Plan,
        default: Range::new(0.0, 0.05, 0.1),
        legal: (0.0, 1.0),
    } => "By how much money is worth less a year later, for the present value of what a plan costs over the years: 0.05 is 5 %. An editorial default.",
    Assumption {
        id: "server_watts",
        name: "Power of a machine",
        unit: "W",
        subject: Subject::Machine,
        default: Range::new(118.0, 365.0, 427.0),
        legal: (0.0, 100_000.0),
    } => "What a bought machine draws on average: 118 W with one idle socket, 365 W with two at work, 427 W in the mean of a survey (gameslearningsociety.org, 2025; Koomey, 2007).",
    Assumption {
        id: "power_overhead",
        name: "Power for cooling",
        unit: "×",
        subject: Subject::Machine,
        default: Range::new(1.0, 1.4, 2.0),
        legal: (1.0, 10.0),
    } => "Power of the whole room over that of its machines (PUE). An editorial default.",
    Assumption {
        id: "power_price",
        name: "Price of power",
        unit: "per kWh",
        subject: Subject::Machine,
        default: Range::new(0.1, 0.2, 0.4),
        legal: (0.0, 1000.0),
    } => "What a kilowatt-hour costs. An editorial default: look up your own tariff.",
    Assumption {
        id: "space_month",
        name: "Room for a machine",
        unit: "per month",
        subject: Subject::Machine,
        default: Range::new(25.0, 60.0, 150.0),
        legal: (0.0, 1e6),
    } => "Rent of the place of one bought machine in a data centre: a cabinet of 42 units is 500 to 2,000 a month (market survey, 2026). At home and in an office there is none.",
    Assumption {
        id: "line_month",
        name: "Line to bought machines",
        unit: "per month",
        subject: Subject::Machine,
        default: Range::new(30.0, 50.0, 150.0),
        legal: (0.0, 1e6),
    } => "What the line of a site costs that bought machines stand in, shared by them. A home has one anyway. An editorial default.",
    Assumption {
        id: "upkeep_rate",
        name: "Repairs and spare parts",
        unit: "a year",
        subject: Subject::Machine,
        default: Range::new(0.02, 0.05, 0.1),
        legal: (0.0, 1.0),
    } => "Share of the price of bought hardware that repairs and spare parts cost every year. An editorial default: 2 to 4 of 100 disks are replaced a year in the field (Schroeder and Gibson, 2007).",
    Assumption {
        id: "failure_factor",
        name: "Failure rates",
        unit: "×",
        subject: Subject::Plan,
        default: Range::new(0.5, 1.0, 2.0),
        legal: (0.0, 1e6),
    } => "Factor on the unavailability that the planner assumes itself; what a plan states is not touched.",
    Assumption {
        id: "common_cause_fraction",
        name: "Common cause",
        unit: "",
        subject: Subject::Plan,
        default: Range::new(0.0, 0.05, 0.1),
        legal: (0.0, 1.0),
    } => "Share of the failures of identical instances that hit all of them at once: a bad release, an expired certificate. Practice in safety engineering is 0.01 to 0.1 (IEC 61508).",
    Assumption {
        id: "provider_unavailability",
        name: "Provider outage",
        unit: "",
        subject: Subject::Plan,
        default: Range::new(0.0, 0.0001, 0.0005),
        legal: (0.0, 1.0),
    } => "Share of time that everything of one provider is out at once, where a plan does not say it of the place. An editorial default.",
    Assumption {
        id: "site_home_unavailability",
        name: "Outage of a home",
        unit: "",
        subject: Subject::Plan,
        default: Range::new(0.001, 0.005, 0.02),
        legal: (0.0, 1.0),
    } => "Share of time that a flat is without power or line, where a plan says that a site is one and not how often. An editorial default: 44 hours a year.",
    Assumption {
        id: "home_line_gb_month",
        name: "Noticed on a home's line",
        unit: "GB a month",
        subject: Subject::Plan,
        default: Range::new(20.0, 100.0, 500.0),
        legal: (0.0, 1e9),
    } => "How much has to leave a home in a month until the line's provider notices that a server stands there. No contract names a figure: an editorial default.",
    Assumption {
        id: "site_office_unavailability",
        name: "Outage of an office",
        unit: "",
        subject: Subject::Plan,
        default: Range::new(0.0005, 0.002, 0.005),
        legal: (0.0, 1.0),
    } => "The same for an office with a business line. An editorial default: 18 hours a year.",
    Assumption {
        id: "site_colocation_unavailability",
        name: "Outage of a data centre",
        unit: "",
        subject: Subject::Plan,
        default: Range::new(0.00005, 0.00018, 0.001),
        legal: (0.0, 1.0),
    } => "The same for a rented place in a data centre: 0.00018 is the design target of the Uptime Institute's tier III (99.982 %).",
    Assumption {
        id: "outage_cost_hour",
        name: "An hour of outage",
        unit: "per hour",
        subject: Subject::Plan,
        default: Range::new(0.0, 0.0, 0.0),
        legal: (0.0, 1e9),
    } => "What an hour costs in which nobody is answered: orders that are not made, people who cannot work. 0 until you put in your own.",
    Assumption {
        id: "account_unavailability",
        name: "Outage of an account",
        unit: "",
        subject: Subject::Plan,
        default: Range::new(0.0, 0.00005, 0.001),
        legal: (0.0, 1.0),
    } => "Share of time that everything behind one account is out because a domain is not renewed, a certificate has run out or the account is locked: what the planner states of such a place when it draws it for you. An editorial default: half an hour a year, as one lapse of nine hours every twenty years.",
    Assumption {
        id: "repair_crews",
        name: "Repairs at a time",
        unit: "",
        subject: Subject::Plan,
        default: Range::exactly(1000.0),
        legal: (1.0, 1000.0),
    } => "How many instances of one component are repaired at the same time, whole numbers: with 1 the second that is down waits for the first. The default, as many as there can be, is that of every textbook formula for independent units.",
    Assumption {
        id: "planning_ceiling",
        name: "Planning ceiling",
        unit: "",
        subject: Subject::Plan,
        default: Range::new(0.8, 0.7, 0.6),
        legal: (0.01, 1.0),
    } => "How busy a resource may be at the peak before more is needed: the rest is for chance, failures and the time it takes to react. An editorial default.",
    Assumption {
        id: "virtualisation_overhead",
        name: "Virtualisation",
        unit: "",
        subject: Subject::Machine,
        default: Range::new(0.0, 0.02, 0.07),
        legal: (0.0, 0.9),
    } => "Share of the processor that a virtual machine loses to the hypervisor: 0.01 to 0.03 in the median of 80 to 95 pairs of metal and virtual machines of one provider (vantage.sh, sparecores.com), with a spread that is larger than that. It counts on VPS and IaaS where no service time is stated; state it here and it counts everywhere there.",
    Assumption {
        id: "neighbour_typical",
        name: "Shared disk, typical neighbours",
        unit: "",
        subject: Subject::Machine,
        default: Range::new(0.5, 0.7, 1.0),
        legal: (0.001, 1.0),
    } => "Share of a shared disk that typical neighbours leave. An editorial default.",
    Assumption {
        id: "neighbour_noisy",
        name: "Shared disk, noisy neighbours",
        unit: "",
        subject: Subject::Machine,
        default: Range::new(0.05, 0.15, 0.5),
        legal: (0.001, 1.0),
    } => "Share of a shared disk that a noisy neighbour leaves. A host wrote in 2010 that eight guests on one mirror each get much less than an eighth of it (prgmr.com); the figure is an editorial default.",
    Assumption {
        id: "disk_local_iops",
        name: "Local disk",
        unit: "IOPS",
        subject: Subject::Machine,
        default: Range::new(175.0, 40_000.0, 400_000.0),
        legal: (1.0, 1e8),
    } => "Operations per second of a disk in the machine, where neither plan nor offer states it: 175 to 210 for a fast spinning disk (AWS blog, 2012), tens of thousands for a solid state drive. An editorial default.",
    Assumption {
        id: "disk_local_mb_s",
        name: "Local disk, throughput",
        unit: "MB/s",
        subject: Subject::Machine,
        default: Range::new(100.0, 500.0, 3_000.0),
        legal: (0.001, 1e6),
    } => "Megabytes per second of a disk in the machine. An editorial default: a SATA solid state drive.",
    Assumption {
        id: "disk_local_ms",
        name: "Local disk, time per operation",
        unit: "ms",
        subject: Subject::Machine,
        default: Range::new(0.05, 0.1, 8.0),
        legal: (0.0, 10_000.0),
    } => "Time of one operation on an idle disk in the machine. An editorial default for a solid state drive; a spinning disk takes 5 to 10.",
    Assumption {
        id: "disk_shared_iops",
        name: "Shared disk",
        unit: "IOPS",
        subject: Subject::Machine,
        default: Range::new(1_000.0, 8_000.0, 145_000.0),
        legal: (1.0, 1e8),
    } => "Operations per second of a disk that guests share, with quiet neighbours: 999 to 145,487 reads on five machines of one price (measured 2017). The default is editorial.",
    Assumption {
        id: "disk_shared_mb_s",
        name: "Shared disk, throughput",
        unit: "MB/s",
        subject: Subject::Machine,
        default: Range::new(50.0, 250.0, 1_000.0),
        legal: (0.001, 1e6),
    } => "Megabytes per second of a disk that guests share, with quiet neighbours. An editorial default.",
    Assumption {
        id: "disk_shared_ms",
        name: "Shared disk, time per operation",
        unit: "ms",
        subject: Subject::Machine,
        default: Range::new(0.1, 0.2, 2.0),
        legal: (0.0, 10_000.0),
    } => "Time of one operation on an idle disk that guests share. An editorial default.",
    Assumption {
        id: "disk_network_iops",
        name: "Network disk",
        unit: "IOPS",
        subject: Subject::Machine,
        default: Range::new(100.0, 3_000.0, 16_000.0),
        legal: (1.0, 1e8),
    } => "Operations per second of a disk behind the network, where nothing more is bought: 100 for the magnetic volumes of old, 3,000 included with Amazon EBS gp3, 16,000 at most there (Amazon EBS user guide, 2023).",
    Assumption {
        id: "disk_network_mb_s",
        name: "Network disk, throughput",
        unit: "MB/s",
        subject: Subject::Machine,
        default: Range::new(41.9, 131.1, 1_048.6),
        legal: (0.001, 1e6),
    } => "Megabytes per second of a disk behind the network: 125 MiB/s included with Amazon EBS gp3, 40 to 90 for magnetic volumes, 1,000 MiB/s at most (Amazon EBS user guide, 2023).",
    Assumption {
        id: "disk_network_ms",
        name: "Network disk, time per operation",
        unit: "ms",
        subject: Subject::Machine,
        default: Range::new(0.5, 1.0, 10.0),
        legal: (0.0, 10_000.0),
    } => "Time of one operation on an idle disk behind the network. An editorial default.",
    Assumption {
        id: "disk_provisioned_ms",
        name: "Provisioned disk, time per operation",
        unit: "ms",
        subject: Subject::Machine,
        default: Range::new(0.3, 0.5, 1.0),
        legal: (0.0, 10_000.0),
    } => "Time of one operation on an idle disk whose operations are bought: under 0.5 on average for 16 KiB on Amazon EBS io2 (Amazon EBS user guide, 2025).",
    Assumption {
        id: "burst_baseline",
        name: "Burstable processor, baseline",
        unit: "",
        subject: Subject::Machine,
        default: Range::new(0.05, 0.2, 0.4),
        legal: (0.001, 1.0),
    } => "Share of its cores that a burstable machine has for good: 0.05 to 0.4 by family and size. Look up your own size.",
    Assumption {
        id: "burst_credit_hours",
        name: "Burstable processor, credit",
        unit: "h",
        subject: Subject::Machine,
        default: Range::new(12.0, 24.0, 24.0),
        legal: (0.0, 8766.0),
    } => "How many hours of its baseline a burstable machine can save up: a day with Amazon EC2 T3.",
    Assumption {
        id: "detect_outage_minutes",
        name: "Noticing an outage",
        unit: "min",
        subject: Subject::Recovery,
        default: Range::new(1.0, 5.0, 30.0),
        legal: (0.0, 525_960.0),
    } => "Until somebody or something knows that a part is gone. An editorial default: a check every minute, a few failed ones, and a message that is read.",
    Assumption {
        id: "detect_damage_hours",
        name: "Noticing damaged data",
        unit: "h",
        subject: Subject::Recovery,
        default: Range::new(0.1, 1.0, 24.0),
        legal: (0.0, 8_766.0),
    } => "Until somebody sees that a release, a deletion or a fault has damaged the data: nothing is down, so no check says so. An editorial default.",
    Assumption {
        id: "decide_minutes",
        name: "Deciding what to do",
        unit: "min",
        subject: Subject::Recovery,
        default: Range::new(5.0, 15.0, 60.0),
        legal: (0.0, 525_960.0),
    } => "From knowing to acting: who is called, what is tried first, who may say yes. An editorial default.",
    Assumption {
        id: "promote_minutes",
        name: "Promoting a copy by hand",
        unit: "min",
        subject: Subject::Recovery,
        default: Range::new(1.0, 5.0, 30.0),
        legal: (0.0, 525_960.0),
    } => "Until a copy that stands by is the one that is written to, where nothing does it by itself. An editorial default.",
    Assumption {
        id: "provision_metal_hours",
        name: "Another machine, bare metal",
        unit: "h",
        subject: Subject::Recovery,
        default: Range::new(4.0, 48.0, 336.0),
        legal: (0.0, 8_766.0),
    } => "Until another whole machine stands ready, where the offer does not say: minutes from stock, weeks from the factory. An editorial default.",
    Assumption {
        id: "provision_spares_hours",
        name: "Repair with spare parts",
        unit: "h",
        subject: Subject::Recovery,
        default: Range::new(2.0, 8.0, 24.0),
        legal: (0.0, 8_766.0),
    } => "Until a whole machine works again under a repair contract with parts. An editorial default: the next visit.",
    Assumption {
        id: "provision_machine_minutes",
        name: "Another virtual machine",
        unit: "min",
        subject: Subject::Recovery,
        default: Range::new(0.5, 5.0, 60.0),
        legal: (0.0, 525_960.0),
    } => "Until another virtual machine runs, where the offer does not say: about half a minute in the median of measurements, more when everybody wants one.",
    Assumption {
        id: "provision_service_minutes",
        name: "Another instance of a service",
        unit: "min",
        subject: Subject::Recovery,
        default: Range::new(1.0, 10.0, 60.0),
        legal: (0.0, 525_960.0),
    } => "Until a provider's platform has started another one. An editorial default.",
    Assumption {
        id: "set_up_hours",
        name: "Setting up by hand",
        unit: "h",
        subject: Subject::Recovery,
        default: Range::new(1.0, 4.0, 16.0),
        legal: (0.0, 8_766.0),
    } => "From an empty machine to one that does its work, by hand. An editorial default.",
    Assumption {
        id: "set_up_scripted_minutes",
        name: "Setting up by script",
        unit: "min",
        subject: Subject::Recovery,
        default: Range::new(5.0, 15.0, 60.0),
        legal: (0.0, 525_960.0),
    } => "The same where it is a script. An editorial default.",
    Assumption {
        id: "roll_back_minutes",
        name: "Bringing an earlier release back",
        unit: "min",
        subject: Subject::Recovery,
        default: Range::new(2.0, 15.0, 120.0),
        legal: (0.0, 525_960.0),
    } => "Until what ran before runs again, after a release that does not work. An editorial default.",
    Assumption {
        id: "replay_speed",
        name: "Replaying changes",
        unit: "×",
        subject: Subject::Recovery,
        default: Range::new(20.0, 10.0, 2.0),
        legal: (0.001, 1e6),
    } => "How many times faster than they were made the changes since the last backup are made again. An editorial default.",
    Assumption {
        id: "on_call_hours_week",
        name: "Hours that somebody answers",
        unit: "h a week",
        subject: Subject::Work,
        default: Range::new(40.0, 40.0, 168.0),
        legal: (0.0, 168.0),
    } => "Hours of a week in which somebody has to answer when it breaks. Up to 60 are working hours; beyond that there is a rota, and its days below are added once, however many machines it watches. 168 is day and night.",
    Assumption {
        id: "on_call_days",
        name: "Being on call",
        unit: "days a month",
        subject: Subject::Work,
        default: Range::new(2.0, 4.0, 10.0),
        legal: (0.0, 1000.0),
    } => "Person-days a month that such a rota takes: broken nights, handing over, time off. An editorial default.",
    Assumption {
        id: "work_hardware_days",
        name: "Hardware of your own",
        unit: "days a month",
        subject: Subject::Work,
        default: Range::new(0.2, 0.5, 1.5),
        legal: (0.0, 1000.0),
    } => "For each machine: parts, power, visits. An editorial default; with everything on it that makes about the 8 hours a month that a worksheet of 2026 counts for a machine of one's own.",
    Assumption {
        id: "work_hardware_contract_days",
        name: "Hardware with a repair contract",
        unit: "days a month",
        subject: Subject::Work,
        default: Range::new(0.1, 0.4, 1.2),
        legal: (0.0, 1000.0),
    } => "The same where somebody brings spare parts. An editorial default.",
    Assumption {
        id: "work_hardware_rented_days",
        name: "Rented hardware",
        unit: "days a month",
        subject: Subject::Work,
        default: Range::new(0.02, 0.1, 0.3),
        legal: (0.0, 1000.0),
    } => "For each rented machine: noticing a fault, the ticket, the window for its repair. An editorial default.",
    Assumption {
        id: "work_system_days",
        name: "Operating system",
        unit: "days a month",
        subject: Subject::Work,
        default: Range::new(0.05, 0.2, 0.6),
        legal: (0.0, 1000.0),
    } => "For each group of like machines: choosing and testing patches, users, logs. An editorial default; with what runs on it that makes nearly the 4 hours a month that a worksheet of 2026 counts for a VPS.",
    Assumption {
        id: "work_machine_days",
        name: "Each machine",
        unit: "days a month",
        subject: Subject::Work,
        default: Range::new(0.01, 0.05, 0.2),
        legal: (0.0, 1000.0),
    } => "Again for each machine: restarts, full disks, odd ones out. An editorial default.",
    Assumption {
        id: "work_scripted",
        name: "Scripted set-up",
        unit: "×",
        subject: Subject::Work,
        default: Range::new(0.3, 0.5, 1.0),
        legal: (0.0, 1.0),
    } => "What is left of the care of each machine where setting it up is a script. An editorial default.",
    Assumption {
        id: "work_web_server_days",
        name: "Web server before a program",
        unit: "days a month",
        subject: Subject::Work,
        default: Range::new(0.02, 0.05, 0.2),
        legal: (0.0, 1000.0),
    } => "Settings and certificates of the web server that stands before a program on a machine of its own. An editorial default.",
    Assumption {
        id: "work_edge_days",
        name: "Web server, balancer or DNS",
        unit: "days a month",
        subject: Subject::Work,
        default: Range::new(0.05, 0.2, 0.6),
        legal: (0.0, 1000.0),
    } => "A web server, balancer, CDN or name server that you run yourself. An editorial default.",
    Assumption {
        id: "work_runtime_days",
        name: "Runtime",
        unit: "days a month",
        subject: Subject::Work,
        default: Range::new(0.03, 0.1, 0.4),
        legal: (0.0, 1000.0),
    } => "Language, libraries and start-up of a program on a machine of its own; not its features. An editorial default.",
    Assumption {
        id: "work_engine_days",
        name: "Platform of your own",
        unit: "days a month",
        subject: Subject::Work,
        default: Range::new(0.5, 1.0, 4.0),
        legal: (0.0, 1000.0),
    } => "A platform engine that you run yourself, once for the plan. An editorial default.",
    Assumption {
        id: "work_database_days",
        name: "Database of your own",
        unit: "days a month",
        subject: Subject::Work,
        default: Range::new(0.2, 0.5, 2.0),
        legal: (0.0, 1000.0),
    } => "Upgrades, tuning, vacuum, failed replicas. An editorial default.",
    Assumption {
        id: "work_store_days",
        name: "Store or search of your own",
        unit: "days a month",
        subject: Subject::Work,
        default: Range::new(0.1, 0.3, 1.0),
        legal: (0.0, 1000.0),
    } => "The same for files, objects and search. An editorial default.",
    Assumption {
        id: "work_broker_days",
        name: "Cache or queue of your own",
        unit: "days a month",
        subject: Subject::Work,
        default: Range::new(0.05, 0.2, 0.6),
        legal: (0.0, 1000.0),
    } => "The same for caches and queues. An editorial default.",
    Assumption {
        id: "work_platform_days",
        name: "Program on a platform",
        unit: "days a month",
        subject: Subject::Work,
        default: Range::new(0.03, 0.1, 0.4),
        legal: (0.0, 1000.0),
    } => "Settings, builds and upgrades of the platform's shape: about the hour a month that a worksheet of 2026 counts.",
    Assumption {
        id: "work_managed_database_days",
        name: "Managed database",
        unit: "days a month",
        subject: Subject::Work,
        default: Range::new(0.05, 0.15, 0.5),
        legal: (0.0, 1000.0),
    } => "Versions, sizes and windows of a database that a provider runs. An editorial default; managed does not mean no upgrades.",
    Assumption {
        id: "work_managed_service_days",
        name: "Other managed service",
        unit: "days a month",
        subject: Subject::Work,
        default: Range::new(0.02, 0.05, 0.2),
        legal: (0.0, 1000.0),
    } => "The same for balancers, caches, queues, stores, CDNs and DNS: about half an hour a month in a worksheet of 2026.",
    Assumption {
        id: "work_scaling_days",
        name: "Units by the hour",
        unit: "days a month",
        subject: Subject::Work,
        default: Range::new(0.2, 0.6, 2.0),
        legal: (0.0, 1000.0),
    } => "For each group that grows and shrinks: rules, images, limits, surprises. An editorial default.",
    Assumption {
        id: "work_provider_days",
        name: "Another provider",
        unit: "days a month",
        subject: Subject::Work,
        default: Range::new(0.1, 0.4, 1.0),
        legal: (0.0, 1000.0),
    } => "For each provider after the first: accounts, bills, tickets, two of every habit. An editorial default.",
    Assumption {
        id: "exit_likelihood",
        name: "Leaving within 36 months",
        unit: "",
        subject: Subject::Exit,
        default: Range::new(0.05, 0.15, 0.4),
        legal: (0.0, 1.0),
    } => "How likely a component is moved elsewhere within 36 months: prices, terms, closures, second thoughts. An editorial default; 1 for what stands with a provider that has closed.",
    Assumption {
        id: "exit_open_standard_days",
        name: "Leaving an open standard",
        unit: "days",
        subject: Subject::Exit,
        default: Range::new(1.0, 3.0, 8.0),
        legal: (0.0, 100_000.0),
    } => "Days to move a component whose interface several offer or you run yourself: objects behind the S3 interface, a machine, a zone file. No figures are published; an editorial default.",
    Assumption {
        id: "exit_open_source_days",
        name: "Leaving managed open software",
        unit: "days",
        subject: Subject::Exit,
        default: Range::new(2.0, 5.0, 15.0),
        legal: (0.0, 100_000.0),
    } => "The same for open software that a provider runs: a managed database, a platform of buildpacks. An editorial default.",
    Assumption {
        id: "exit_operations_days",
        name: "Leaving proprietary operations",
        unit: "days",
        subject: Subject::Exit,
        default: Range::new(5.0, 12.0, 30.0),
        legal: (0.0, 100_000.0),
    } => "The same where the use is standard and the operation one provider's: balancers, CDNs. An editorial default.",
    Assumption {
        id: "exit_proprietary_days",
        name: "Leaving a proprietary interface",
        unit: "days",
        subject: Subject::Exit,
        default: Range::new(10.0, 25.0, 80.0),
        legal: (0.0, 100_000.0),
    } => "The same for an interface or a data model that nobody else has: what talks to it is written again. An editorial default.",
    Assumption {
        id: "exit_days_per_100_gb",
        name: "Each 100 GB of data",
        unit: "days",
        subject: Subject::Exit,
        default: Range::new(0.2, 0.5, 1.0),
        legal: (0.0, 100_000.0),
    } => "Days for each 100 GB: watching, checking, doing it again. An editorial default.",
    Assumption {
        id: "exit_scaling_days",
        name: "Each group by the hour",
        unit: "days",
        subject: Subject::Exit,
        default: Range::new(2.0, 4.0, 8.0),
        legal: (0.0, 100_000.0),
    } => "Days for rules and images of each group that grows and shrinks. An editorial default.",
    Assumption {
        id: "exit_scripted",
        name: "Scripted set-up",
        unit: "×",
        subject: Subject::Exit,
        default: Range::new(0.2, 0.3, 0.6),
        legal: (0.0, 1.0),
    } => "What is left of the operations of a move where setting up is a script. An editorial default.",
    Assumption {
        id: "exit_portable",
        name: "Container and common interface",
        unit: "×",
        subject: Subject::Exit,
        default: Range::new(0.2, 0.4, 0.7),
        legal: (0.0, 1.0),
    } => "What is left of interface, behaviour and operations of a program, balancer or object store that is a container behind a library with one interface to many providers. Apache Libcloud has such drivers for machines, objects, names and balancers, and none for databases, caches and queues.",
    Assumption {
        id: "exit_dual_running_months",
        name: "Running both",
        unit: "months",
        subject: Subject::Exit,
        default: Range::new(0.5, 1.0, 3.0),
        legal: (0.0, 120.0),
    } => "How long both places are paid for. An editorial default.",
    Assumption {
        id: "exit_cutover_hours",
        name: "Interruption",
        unit: "h",
        subject: Subject::Exit,
        default: Range::new(0.25, 1.0, 8.0),
        legal: (0.0, 8766.0),
    } => "How long what keeps data is down while it is switched. An editorial default: the last changes are carried over while nobody writes.",
    Assumption {
        id: "exit_mbit_s",
        name: "Speed of the copy",
        unit: "Mbit/s",
        subject: Subject::Exit,
        default: Range::new(1000.0, 500.0, 100.0),
        legal: (0.001, 1e6),
    } => "What carrying data from one provider to another reaches over the internet. An editorial default.",
    Assumption {
        id: "exit_hardware_left",
        name: "Hardware left behind",
        unit: "",
        subject: Subject::Exit,
        default: Range::new(0.25, 0.5, 1.0),
        legal: (0.0, 1.0),
    } => "Share of the price of your own machines that is not used up on the day you leave: half on average. An editorial default.",
    Assumption {
        id: "exit_people",
        name: "People on the move",
        unit: "",
        subject: Subject::Exit,
        default: Range::new(3.0, 2.0, 1.0),
        legal: (0.1, 1000.0),
    } => "How many people work on leaving at the same time. An editorial default.",
}

/// What a plan says about estimates: only what differs from the defaults.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(transparent)
)]
pub struct Assumptions(pub BTreeMap<String, AssumptionValue>);

/// One estimate in a plan: a number, or low, base and high.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(untagged))]
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
        let stated = self.0.get(id)?.range();
        let (min, max) = ASSUMPTIONS
            .iter()
            .find(|assumption| assumption.id == id)
            .map_or((f64::MIN, f64::MAX), |assumption| assumption.legal);
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
