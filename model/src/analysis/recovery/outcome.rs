//! What one loss does to one component: where its data come back from, what of it is lost, and how long it takes.

use super::loss::{Disruption, Loss, is_exposed};
use super::step::{Step, Timeline};
use crate::plan::{Assumptions, Disk, HostingKind};
use crate::topology::{BackupLocation, Component, Redundancy, Topology};
use crate::units::{Range, Seconds};

/// Where the data of a component come back from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Nothing has to come back: others carry on, or there is no data.
    Unneeded,
    /// Another instance has the data.
    Replica,
    /// A component that stands by has the data.
    Standby,
    /// The disk is still there.
    Disk,
    /// The last backup.
    Backup,
    /// Nowhere: it is gone for good.
    Nothing,
}

impl Remedy {
    /// The word in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Unneeded => "unneeded",
            Self::Replica => "replica",
            Self::Standby => "standby",
            Self::Disk => "disk",
            Self::Backup => "backup",
            Self::Nothing => "nothing",
        }
    }
}

/// What one loss does to one component.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Outcome {
    pub(super) remedy: Remedy,
    /// What of the data is lost; none for all of it.
    pub(super) data_loss: Option<Timeline>,
    /// How long it is gone; none for ever.
    pub(super) outage: Option<Timeline>,
}

/// Seconds until a provider has noticed that one of two machines behind a service is gone, and has switched.
const SERVICE_DETECTS: f64 = 30.0;
const SERVICE_SWITCHES: f64 = 60.0;

/// What the recovery of a component is computed from.
#[derive(Clone, Copy)]
pub(super) struct Situation<'t> {
    pub(super) topology: &'t Topology<'t>,
    /// How many instances of each component the peak needs.
    pub(super) needed: &'t [usize],
    /// Per component: how long resolvers keep the address that leads to it, and whether that is drawn.
    pub(super) time_to_live: &'t [(Seconds, bool)],
    /// What the plan assumes.
    pub(super) usual: &'t Usual,
}

/// How long the steps usually take, in seconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Usual {
    detect_outage: Range,
    detect_damage: Range,
    decide: Range,
    promote: Range,
    provision_metal: Range,
    provision_spares: Range,
    provision_machine: Range,
    provision_service: Range,
    set_up: Range,
    set_up_scripted: Range,
    roll_back: Range,
    /// How many times faster changes are made again than the first time.
    replay_speed: Range,
}

impl Usual {
    pub(super) fn new(assumptions: &Assumptions) -> Self {
        let seconds = |id: &str, unit: f64| assumptions.get(id).map(|time| time * unit);
        let minutes = |id: &str| seconds(id, 60.0);
        let hours = |id: &str| seconds(id, 3600.0);
        Self {
            detect_outage: minutes("detect_outage_minutes"),
            detect_damage: hours("detect_damage_hours"),
            decide: minutes("decide_minutes"),
            promote: minutes("promote_minutes"),
            provision_metal: hours("provision_metal_hours"),
            provision_spares: hours("provision_spares_hours"),
            provision_machine: minutes("provision_machine_minutes"),
            provision_service: minutes("provision_service_minutes"),
            set_up: hours("set_up_hours"),
            set_up_scripted: minutes("set_up_scripted_minutes"),
            roll_back: minutes("roll_back_minutes"),
            replay_speed: assumptions.get("replay_speed"),
        }
    }
}

impl Outcome {
    fn unharmed() -> Self {
        Self::new(Remedy::Unneeded, Timeline::default(), Timeline::default())
    }

    /// It is gone for good.
    fn hopeless() -> Self {
        Self {
            remedy: Remedy::Nothing,
            data_loss: None,
            outage: None,
        }
    }

    fn new(remedy: Remedy, data_loss: Timeline, outage: Timeline) -> Self {
        Self {
            remedy,
            data_loss: Some(data_loss),
            outage: Some(outage),
        }
    }

    /// Seconds of data that are lost; infinite for all.
    pub(super) fn lost_seconds(&self) -> f64 {
        let loss = self.data_loss.as_ref();
        loss.map_or(f64::INFINITY, |loss| loss.total().base)
    }

    /// Seconds until it works again; infinite for never.
    pub(super) fn outage_seconds(&self) -> f64 {
        let outage = self.outage.as_ref();
        outage.map_or(f64::INFINITY, |outage| outage.total().base)
    }
}

impl Situation<'_> {
    /// What a loss of a class does to a component.
    pub(super) fn outcome(self, class: Disruption, loss: Loss, component: usize) -> Outcome {
        let resolved = &self.topology.components[component];
        if !is_exposed(self.topology, class, component) {
            return Outcome::unharmed();
        }
        if class == Disruption::Software {
            return self.after_software(resolved);
        }
        let lost = loss.taken(self.topology, component);
        if lost == 0 {
            return Outcome::unharmed();
        }
        let left = resolved.instances - lost;
        match resolved.redundancy {
            Redundancy::PrimaryReplica { .. } if !loss.takes_first(self.topology, component) => {
                return Outcome::unharmed();
            }
            Redundancy::PrimaryReplica { detect, switch, .. }
                if left > 0 && resolved.takes_over() =>
            {
                let outage = Timeline::default()
                    .with(Step::Detect, Range::exactly(detect.0))
                    .with(Step::Switch, Range::exactly(switch.0));
                return Outcome::new(Remedy::Replica, lag(resolved), outage);
            }
            Redundancy::PrimaryReplica { .. } => {}
            Redundancy::Capacity | Redundancy::AtLeast(_) => {
                if left >= self.enough(component) {
                    return Outcome::new(Remedy::Unneeded, lag(resolved), Timeline::default());
                }
            }
        }
        if class != Disruption::Region && has_two_machines(resolved) {
            let outage = Timeline::default()
                .with(Step::Detect, Range::exactly(SERVICE_DETECTS))
                .with(Step::Switch, Range::exactly(SERVICE_SWITCHES));
            return Outcome::new(Remedy::Replica, Timeline::default(), outage);
        }
        self.best(class, loss, component, left)
    }

    /// The way back that loses least; of several, the quickest.
    fn best(self, class: Disruption, loss: Loss, component: usize, left: usize) -> Outcome {
        let resolved = &self.topology.components[component];
        let mut best: Option<Outcome> = None;
        let stands_by = |standby: &usize| {
            let other = &self.topology.components[*standby];
            (!resolved.keeps_data() || other.keeps_data())
                && loss.taken(self.topology, *standby) < other.instances
        };
        let standbys = self.topology.standbys(component).iter().copied();
        for standby in standbys.filter(stands_by) {
            let mut outage = self.noticed(Step::Detect);
            if resolved.keeps_data() {
                outage.add(Step::Promote, self.usual.promote);
            }
            self.add_time_to_live(component, &mut outage);
            let lag = lag(&self.topology.components[standby]);
            better(&mut best, Outcome::new(Remedy::Standby, lag, outage));
        }
        if !resolved.keeps_data() {
            let mut outage = self.another_machine(class, resolved);
            self.add_elsewhere(class, component, &mut outage);
            better(
                &mut best,
                Outcome::new(Remedy::Unneeded, Timeline::default(), outage),
            );
            return best.unwrap_or_else(Outcome::hopeless);
        }
        if left > 0 {
            let mut outage = self.another_machine(class, resolved);
            add_restore(resolved, &mut outage);
            self.add_elsewhere(class, component, &mut outage);
            better(
                &mut best,
                Outcome::new(Remedy::Replica, lag(resolved), outage),
            );
        }
        if class == Disruption::Hardware && keeps_its_disk(resolved) {
            let mut outage = self.noticed(Step::Detect);
            self.add_provision(class, resolved, &mut outage);
            better(
                &mut best,
                Outcome::new(Remedy::Disk, Timeline::default(), outage),
            );
        }
        let backup = resolved.protection.backup;
        if backup.is_some_and(|backup| survives(backup.location, class)) {
            let mut outage = self.another_machine(class, resolved);
            add_restore(resolved, &mut outage);
            self.add_replay(resolved, &mut outage);
            self.add_elsewhere(class, component, &mut outage);
            let lost = since_backup(self.topology, resolved);
            better(&mut best, Outcome::new(Remedy::Backup, lost, outage));
        }
        best.unwrap_or_else(Outcome::hopeless)
    }

    /// The fault is in every copy: only what was put aside before helps.
    fn after_software(self, resolved: &Component) -> Outcome {
        if !resolved.keeps_data() {
            let outage = self
                .noticed(Step::Detect)
                .with(Step::RollBack, self.usual.roll_back);
            return Outcome::new(Remedy::Unneeded, Timeline::default(), outage);
        }
        if resolved.protection.backup.is_none() {
            return Outcome::hopeless();
        }
        let mut outage = self.noticed(Step::DetectDamage);
        add_restore(resolved, &mut outage);
        self.add_replay(resolved, &mut outage);
        Outcome::new(
            Remedy::Backup,
            since_backup(self.topology, resolved),
            outage,
        )
    }

    fn enough(self, component: usize) -> usize {
        let resolved = &self.topology.components[component];
        match resolved.redundancy {
            Redundancy::Capacity => {
                let needed = self.needed.get(component).copied().unwrap_or(1);
                needed.clamp(1, resolved.instances)
            }
            Redundancy::AtLeast(count) => count,
            Redundancy::PrimaryReplica { .. } => 1,
        }
    }

    fn noticed(self, step: Step) -> Timeline {
        let until = match step {
            Step::DetectDamage => self.usual.detect_damage,
            _ => self.usual.detect_outage,
        };
        Timeline::default()
            .with(step, until)
            .with(Step::Decide, self.usual.decide)
    }

    fn another_machine(self, class: Disruption, resolved: &Component) -> Timeline {
        let mut outage = self.noticed(Step::Detect);
        let is_repaired = self.add_provision(class, resolved, &mut outage);
        if !is_repaired {
            let is_scripted = is_scripted(resolved);
            outage.add(Step::SetUp { is_scripted }, self.set_up(resolved));
        }
        outage
    }

    /// Adds the time until there is another machine; tells whether it is the old one, repaired.
    fn add_provision(self, class: Disruption, resolved: &Component, outage: &mut Timeline) -> bool {
        let hosting = resolved.source.hosting.as_ref();
        let is_metal = resolved.hosting == Some(HostingKind::BareMetal);
        let has_spares = hosting.and_then(|hosting| hosting.spares) == Some(true);
        let offered = resolved.offer.and_then(|offer| offer.provision_seconds);
        if class == Disruption::Hardware
            && let Some(time) = resolved.repair_time
        {
            outage.add(Step::Repair, Range::exactly(time.0));
            return true;
        }
        let (step, time) = if class == Disruption::Hardware && is_metal && has_spares {
            (Step::SpareParts, self.usual.provision_spares)
        } else if let Some(seconds) = offered {
            (Step::Provision, Range::exactly(seconds))
        } else {
            let time = match resolved.hosting {
                Some(HostingKind::BareMetal) => self.usual.provision_metal,
                Some(HostingKind::Paas) => self.usual.provision_service,
                _ => self.usual.provision_machine,
            };
            (Step::Provision, time)
        };
        outage.add(step, time);
        false
    }

    fn set_up(self, resolved: &Component) -> Range {
        if is_scripted(resolved) {
            self.usual.set_up_scripted
        } else {
            self.usual.set_up
        }
    }

    /// With a log, what was changed since the backup is made again: an interval of it at most.
    fn add_replay(self, resolved: &Component, outage: &mut Timeline) {
        let backup = resolved.protection.backup;
        if let Some(backup) = backup.filter(|backup| backup.log.is_some()) {
            let changes = backup.interval.0;
            let time = self
                .usual
                .replay_speed
                .map(|speed| changes / speed.max(1e-3));
            outage.add(Step::Replay { changes }, time);
        }
    }

    /// What stands in another zone or region than before has another address.
    fn add_elsewhere(self, class: Disruption, component: usize, outage: &mut Timeline) {
        if matches!(class, Disruption::Zone | Disruption::Region) {
            self.add_time_to_live(component, outage);
        }
    }

    fn add_time_to_live(self, component: usize, outage: &mut Timeline) {
        let (time, is_drawn) = self.time_to_live[component];
        outage.add(Step::TimeToLive { is_drawn }, Range::exactly(time.0));
    }
}

/// `restore = bytes of data ÷ bytes per second`.
fn add_restore(resolved: &Component, outage: &mut Timeline) {
    let bytes = resolved.protection.data;
    let speed = resolved.protection.restore.value;
    let time = Range::exactly(bytes / speed);
    outage.add(Step::Restore { bytes, speed }, time);
}

fn lag(resolved: &Component) -> Timeline {
    let is_quorum = matches!(
        resolved.source.redundancy,
        Some(crate::plan::Redundancy::Quorum(_))
    );
    let lag = resolved.protection.replica_lag;
    if !resolved.keeps_data() || is_quorum || lag.0 == 0.0 {
        return Timeline::default();
    }
    Timeline::default().with(Step::ReplicaLag, Range::exactly(lag.0))
}

/// Whether backups kept there are still there after a loss of a class.
fn survives(location: BackupLocation, class: Disruption) -> bool {
    match class {
        Disruption::Software => true,
        Disruption::Hardware => location > BackupLocation::SameMachine,
        Disruption::Zone => location > BackupLocation::SameZone,
        Disruption::Region => location > BackupLocation::SameRegion,
    }
}

/// What is younger than the last backup, or than the last piece of the log. From a site with a slow line no backup
/// leaves more often than all of the data does.
fn since_backup(topology: &Topology, resolved: &Component) -> Timeline {
    let Some(backup) = resolved.protection.backup else {
        return Timeline::default();
    };
    let (step, time) = match backup.log {
        Some(log) if log.0 < backup.interval.0 => (Step::ChangeLog, log),
        _ => (Step::BackupInterval, backup.interval),
    };
    let sent = Timeline::default().with(step, Range::exactly(time.0));
    let lines = resolved.placement.paths().flat_map(|(path, _)| path);
    let lines = lines.filter_map(|&place| topology.domains[place].bytes_per_second);
    let slowest = lines.fold(f64::INFINITY, f64::min);
    let leaves = backup.location > BackupLocation::SameZone;
    let waits = resolved.protection.data / slowest - backup.interval.0;
    if leaves && step == Step::BackupInterval && waits > 0.0 {
        return sent.with(Step::Upload, Range::exactly(waits));
    }
    sent
}

/// Takes a way where it loses less, or as little in less time.
fn better(best: &mut Option<Outcome>, way: Outcome) {
    let is_better = best.as_ref().is_none_or(|best| {
        let lost = way.lost_seconds().total_cmp(&best.lost_seconds());
        let time = || way.outage_seconds().total_cmp(&best.outage_seconds());
        lost.then_with(time).is_lt()
    });
    if is_better {
        *best = Some(way);
    }
}

/// A service behind which the provider runs two machines in two zones.
fn has_two_machines(resolved: &Component) -> bool {
    let offered = resolved.offer.and_then(|offer| offer.instances);
    resolved.hosting == Some(HostingKind::Paas) && offered.is_some_and(|count| count > 1)
}

/// A disk behind the network outlives the machine; so does that of a service, which is the provider's work.
fn keeps_its_disk(resolved: &Component) -> bool {
    match resolved.disk_kind {
        Some(Disk::Network | Disk::Provisioned) => true,
        Some(Disk::Local | Disk::Shared | Disk::Ephemeral) => false,
        None => resolved.hosting == Some(HostingKind::Paas),
    }
}

fn is_scripted(resolved: &Component) -> bool {
    let hosting = resolved.source.hosting.as_ref();
    resolved.hosting == Some(HostingKind::Paas)
        || hosting.and_then(|hosting| hosting.automated) == Some(true)
}
