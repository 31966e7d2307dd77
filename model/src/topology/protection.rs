//! What protects the data of a component: backups, their log of changes, copies, and how fast a restore is.

use super::{Component, Numbers, Origin, Sourced};
use crate::catalog::Offer;
use crate::components::ComponentType;
use crate::plan;
use crate::units::Seconds;

/// What protects the data of a component.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Protection {
    /// Bytes of data.
    pub data: f64,
    /// Its backups, if there are any.
    pub backup: Option<Backup>,
    /// How far a replica is behind what was written last.
    pub replica_lag: Seconds,
    /// Bytes per second that a restore reaches.
    pub restore: Sourced<f64>,
}

/// Copies of the data as it was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Backup {
    /// From one to the next.
    pub interval: Seconds,
    /// Between two pieces of the log of changes; none if only the backups themselves can be restored.
    pub log: Option<Seconds>,
    /// Where they are kept.
    pub location: BackupLocation,
}

/// Where backups are kept, from what survives least to what survives everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BackupLocation {
    /// On the machine whose data it is.
    SameMachine,
    /// On another machine of the same zone.
    SameZone,
    /// In another zone of the same region.
    SameRegion,
    /// In another region, with the same provider and account.
    OtherRegion,
    /// With another provider.
    Elsewhere,
}

impl BackupLocation {
    const ALL: [Self; 5] = [
        Self::SameMachine,
        Self::SameZone,
        Self::SameRegion,
        Self::OtherRegion,
        Self::Elsewhere,
    ];

    /// The word in plan files.
    pub fn id(self) -> &'static str {
        match self {
            Self::SameMachine => "same_machine",
            Self::SameZone => "same_zone",
            Self::SameRegion => "same_region",
            Self::OtherRegion => "other_region",
            Self::Elsewhere => "elsewhere",
        }
    }

    /// The words in a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::SameMachine => "on the same machine",
            Self::SameZone => "in the same zone",
            Self::SameRegion => "in the same region",
            Self::OtherRegion => "in another region of the same account",
            Self::Elsewhere => "with another provider",
        }
    }
}

impl Component<'_> {
    /// Whether a copy of its data, another instance or itself, may become the one that is written to.
    pub fn takes_over(&self) -> bool {
        self.source.promotable != Some(false)
    }

    /// Whether it keeps data that a backup could bring back.
    pub fn keeps_data(&self) -> bool {
        self.kind.behaviour.keeps_data && self.kind.parameter("backup_interval_hours").is_some()
    }
}

/// Backups of the whole machine are the provider's: kept in its region, unless the plan says otherwise.
pub(super) fn resolve(
    source: &plan::Component,
    kind: &ComponentType,
    offer: Option<&Offer>,
    numbers: &mut Numbers,
) -> Protection {
    let mut setting = |id: &str| numbers.setting(source, kind, id);
    let own = setting("backup_interval_hours").value;
    let log = setting("log_minutes").value;
    let stated_restore = setting("restore_mb_s");
    let data = setting("data_gb").value * 1e9;
    let replica_lag = Seconds(setting("replica_lag_seconds").value);
    let machine = source.hosting.as_ref();
    let machine = machine.and_then(|hosting| hosting.backup_interval_hours);
    let machine = machine.map(|hours| numbers.clamped("backup_interval_hours", hours, 0.0, 8766.0));
    let stated_location = source.settings.get("backup_location");
    let stated_location = stated_location.and_then(|word| {
        let word = word.as_str()?;
        let mut all = BackupLocation::ALL.into_iter();
        all.find(|location| location.id() == word)
    });
    let (hours, usual) = if own > 0.0 {
        (own, BackupLocation::Elsewhere)
    } else {
        (machine.unwrap_or(0.0), BackupLocation::SameRegion)
    };
    let backup = (hours > 0.0).then(|| Backup {
        interval: Seconds(hours * 3600.0),
        log: (log > 0.0).then_some(Seconds(log * 60.0)),
        location: stated_location.unwrap_or(usual),
    });
    let wire = offer
        .and_then(|offer| offer.network_mbit)
        .map(|mbit| mbit * 1e6 / 8.0)
        .filter(|&bytes| bytes > 0.0);
    let wanted = stated_restore.value * 1e6;
    let restore = match wire {
        Some(wire) if wire < wanted => Sourced {
            value: wire,
            origin: Origin::Offer,
        },
        _ => Sourced {
            value: wanted,
            origin: stated_restore.origin,
        },
    };
    Protection {
        data,
        backup,
        replica_lag,
        restore,
    }
}
