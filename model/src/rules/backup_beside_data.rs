//! A backup that goes with what it is there for.

use serde_json::Value;

use super::{Context, Finding, Rule, Severity};
use crate::commands::SetSetting;
use crate::topology::BackupLocation;
use crate::words::text;

pub(super) const RULE: Rule = Rule {
    id: "backup-beside-data",
    severity: Severity::High,
    why: "A backup helps only against a loss that leaves it alone: what takes the data takes this one, too.",
    advice: "Keep a backup in another region and with another provider, where no account of yours opens both.",
    limits: "Knows where the backups are only from the plan; a provider may keep copies elsewhere by itself.",
    bad: "users -> app -> db[backup_interval_hours=24 backup_location=same_zone]",
    good: "users -> app -> db[backup_interval_hours=24 backup_location=elsewhere]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let mut findings = Vec::new();
    for (component, resolved) in topology.components.iter().enumerate() {
        let Some(backup) = resolved.protection.backup.filter(|_| resolved.keeps_data()) else {
            continue;
        };
        let (severity, with) = match backup.location {
            BackupLocation::SameMachine => (Severity::High, "the disk or the machine"),
            BackupLocation::SameZone => (Severity::High, "the data centre"),
            BackupLocation::SameRegion => (Severity::Medium, "the region or the account"),
            BackupLocation::OtherRegion => (Severity::Info, "the account"),
            BackupLocation::Elsewhere => continue,
        };
        let name = topology.name(component);
        let id = topology.id(component).clone();
        let elsewhere = SetSetting {
            component: id.clone(),
            setting: "backup_location".to_owned(),
            value: Some(Value::from(BackupLocation::Elsewhere.id())),
        };
        let title = words!("The backup of {name} is lost with {with}", name, with);
        let why = words!(
            "{why} It is kept {place}.",
            why = text(RULE.why),
            place = text(backup.location.name())
        );
        let finding = RULE.finding(vec![id], title).severity(severity).why(why);
        findings.push(finding.fix(
            words!("Keep the backup of {name} with another provider", name),
            elsewhere,
        ));
    }
    findings
}
