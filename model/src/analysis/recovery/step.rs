//! The steps of a recovery, each with the time that it takes: the addends of every figure.

use crate::units::Range;
use crate::words::{Value, Words, fixed};

/// What takes time after a loss, or decides how much is lost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Until the last backup.
    BackupInterval,
    /// Beyond that, because the line of the site does not send it sooner.
    Upload,
    /// Until the last piece of the log of changes.
    ChangeLog,
    /// What the copy does not have yet.
    ReplicaLag,
    /// Until it is noticed that something is gone.
    Detect,
    /// Until it is noticed that data or a release is wrong.
    DetectDamage,
    /// Until it is decided what to do.
    Decide,
    /// Until a replica has taken over by itself.
    Switch,
    /// Until a copy that stands by is the one that is written to.
    Promote,
    /// Until there is another machine or instance.
    Provision,
    /// Until the machine works again under a contract with parts.
    SpareParts,
    /// Until it is repaired, as the plan states.
    Repair,
    /// Until it does its work, by script or by hand.
    SetUp {
        /// Whether it is a script.
        is_scripted: bool,
    },
    /// Until the earlier release runs again.
    RollBack,
    /// Until the data is back.
    Restore {
        /// Bytes to bring back.
        bytes: f64,
        /// Bytes per second.
        speed: f64,
    },
    /// Until the changes since the backup are made again.
    Replay {
        /// Seconds in which they were made.
        changes: f64,
    },
    /// Until resolvers have forgotten the old address.
    TimeToLive {
        /// Whether the plan draws its DNS; otherwise the usual time counts.
        is_drawn: bool,
    },
}

impl Step {
    /// The word in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::BackupInterval => "backup_interval",
            Self::Upload => "upload",
            Self::ChangeLog => "change_log",
            Self::ReplicaLag => "replica_lag",
            Self::Detect => "detect",
            Self::DetectDamage => "detect_damage",
            Self::Decide => "decide",
            Self::Switch => "switch",
            Self::Promote => "promote",
            Self::Provision => "provision",
            Self::SpareParts => "spare_parts",
            Self::Repair => "repair",
            Self::SetUp { .. } => "set_up",
            Self::RollBack => "roll_back",
            Self::Restore { .. } => "restore",
            Self::Replay { .. } => "replay",
            Self::TimeToLive { .. } => "time_to_live",
        }
    }

    /// The words in a sum: "restore 800 GB at 200 MB/s".
    pub fn words(self) -> Words {
        match self {
            Self::BackupInterval => words!("since the last backup"),
            Self::Upload => words!("still on the line of the site"),
            Self::ChangeLog => words!("since the last piece of the change log"),
            Self::ReplicaLag => words!("not in the copy yet"),
            Self::Detect => words!("notice"),
            Self::DetectDamage => words!("notice the damage"),
            Self::Decide => words!("decide"),
            Self::Switch => words!("switch to a replica"),
            Self::Promote => words!("promote the copy"),
            Self::Provision => words!("get another machine"),
            Self::SpareParts => words!("repair with spare parts"),
            Self::Repair => words!("repair, as stated"),
            Self::SetUp { is_scripted: true } => words!("set up by script"),
            Self::SetUp { is_scripted: false } => words!("set up by hand"),
            Self::RollBack => words!("bring the earlier release back"),
            Self::Restore { bytes, speed } => {
                words!(
                    "restore {size} at {speed}/s",
                    size = size(bytes),
                    speed = size(speed)
                )
            }
            Self::Replay { changes } => {
                words!(
                    "replay {hours} h of changes",
                    hours = rounded(changes / 3600.0)
                )
            }
            Self::TimeToLive { is_drawn: true } => words!("DNS"),
            Self::TimeToLive { is_drawn: false } => words!("DNS, not drawn"),
        }
    }
}

/// One addend: a step and how long it takes, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    /// What takes the time.
    pub step: Step,
    /// Seconds, at least 0.
    pub time: Range,
}

/// Steps one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// In order; none where nothing has to be done or nothing is lost.
    pub terms: Vec<Term>,
}

impl Timeline {
    /// Seconds of all steps together.
    pub fn total(&self) -> Range {
        self.terms
            .iter()
            .fold(Range::exactly(0.0), |sum, term| sum + term.time)
    }

    /// The base of [`Timeline::total`] in hours.
    pub fn hours(&self) -> f64 {
        self.total().base / 3600.0
    }

    pub(super) fn add(&mut self, step: Step, time: Range) {
        let time = time.map(|seconds| {
            if seconds.is_finite() {
                seconds.max(0.0)
            } else {
                f64::MAX / 1e6
            }
        });
        self.terms.push(Term { step, time });
    }

    pub(super) fn with(mut self, step: Step, time: Range) -> Self {
        self.add(step, time);
        self
    }
}

fn size(bytes: f64) -> Words {
    let size = |unit: f64| rounded(bytes / unit);
    match bytes {
        1e12.. => words!("{size} TB", size = size(1e12)),
        1e9.. => words!("{size} GB", size = size(1e9)),
        1e6.. => words!("{size} MB", size = size(1e6)),
        1e3.. => words!("{size} kB", size = size(1e3)),
        _ => words!("{size} B", size = size(1.0)),
    }
}

fn rounded(value: f64) -> Value {
    let is_whole = value >= 10.0 || value.fract() == 0.0;
    fixed(value, usize::from(!is_whole))
}
