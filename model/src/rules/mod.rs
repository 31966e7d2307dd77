//! Advice: each rule reads the reports, and says what is wrong, why it matters and what to do.
//!
//! A rule computes nothing that a report should show. It is named after the fault, and its examples are tests:
//! it fires on its bad sketch, is silent on its good one, and its fix silences it.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Reports;
use crate::analysis::availability::Cause;
use crate::analysis::day::Jobs;
use crate::analysis::lock_in::Exit;
use crate::analysis::traffic::Resource;
use crate::catalog::Date;
use crate::commands::{Command, SetInstances};
use crate::order::Order as _;
use crate::plan::Id;
use crate::topology::Topology;
use crate::words::{Value, Words, fixed, text};

/// What a rule reads.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The plan with every default filled in.
    pub topology: &'a Topology<'a>,
    /// What the analyses say about it.
    pub reports: &'a Reports,
    /// The day on which prices are looked at.
    pub today: Option<Date>,
}

impl<'a> Context<'a> {
    /// What leaving takes, of every component that has something to move.
    fn exits(&self) -> impl Iterator<Item = (usize, &'a Exit)> + use<'a> {
        let components = self.reports.lock_in.components.iter().enumerate();
        components.filter_map(|(component, exit)| Some((component, exit.as_ref()?)))
    }
}

/// A fault that plans can have.
#[derive(Debug)]
pub struct Rule {
    /// Its name: the fault, so that "allow it" reads well.
    pub id: &'static str,
    /// How much it matters, unless a finding says otherwise.
    pub severity: Severity,
    /// Why it matters.
    pub why: &'static str,
    /// What to do about it.
    pub advice: &'static str,
    /// When the rule may be wrong.
    pub limits: &'static str,
    /// A sketch on which it fires.
    pub bad: &'static str,
    /// A sketch on which it is silent.
    pub good: &'static str,
    check: fn(&Context) -> Vec<Finding>,
}

impl Rule {
    /// What this rule finds in a plan.
    pub fn check(&self, context: &Context) -> Vec<Finding> {
        (self.check)(context)
    }

    /// A finding of this rule with its own severity, reason and advice.
    fn finding(&self, subjects: Vec<Id>, title: Words) -> Finding {
        Finding {
            rule: self.id,
            severity: self.severity,
            subjects,
            title,
            why: text(self.why),
            advice: text(self.advice),
            numbers: BTreeMap::new(),
            fix: None,
        }
    }
}

/// What all rules find, the most severe first, in the order of the list.
pub fn check(context: &Context) -> Vec<Finding> {
    let each: Vec<Vec<Finding>> = ALL.iter().map(|rule| rule.check(context)).collect();
    let mut findings = Vec::with_capacity(each.iter().map(Vec::len).sum());
    findings.extend(each.into_iter().flatten());
    findings.order_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings
}

/// What a rule found, here, with these numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The id of the rule.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The components, connections, places or journeys concerned.
    pub subjects: Vec<Id>,
    /// What is wrong, in a few words.
    pub title: Words,
    /// Why it matters, with the numbers of this plan.
    pub why: Words,
    /// What to do.
    pub advice: Words,
    /// The numbers that made the rule fire, in SI units.
    pub numbers: BTreeMap<&'static str, f64>,
    /// The edit that removes the finding, if there is one.
    pub fix: Option<Box<Fix>>,
}

/// An edit that removes a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it does, as the label of a button.
    pub label: Words,
    /// The edit.
    pub command: Command,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Info,
    /// It will hurt some day.
    Medium,
    /// It hurts with the first failure or the next growth.
    High,
    /// It does not work as drawn.
    Error,
}

impl Severity {
    /// The word in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Error => "error",
        }
    }
}

impl Finding {
    fn why(self, why: Words) -> Self {
        Self { why, ..self }
    }

    fn advice(self, advice: impl Into<Words>) -> Self {
        let advice = advice.into();
        Self { advice, ..self }
    }

    fn severity(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    fn number(mut self, name: &'static str, value: f64) -> Self {
        if value.is_finite() {
            self.numbers.insert(name, value);
        }
        self
    }

    fn fix(self, label: impl Into<Words>, command: impl Into<Command>) -> Self {
        let (label, command) = (label.into(), command.into());
        Self {
            fix: Some(Box::new(Fix { label, command })),
            ..self
        }
    }
}

impl Context<'_> {
    /// The ids of what takes a journey down by itself, for this reason: of components or of places, as the events
    /// of the report begin with `component:` or `place:`.
    fn taking_down(&self, kind: &str, cause: Cause) -> BTreeSet<&str> {
        let journeys = self.reports.availability.journeys.iter();
        journeys
            .flat_map(|journey| &journey.single_points)
            .filter(|point| point.cause == cause)
            .filter_map(|point| point.event.strip_prefix(kind))
            .collect()
    }

    /// The work of a component that nobody waits for, where that is all it does.
    fn unwaited_jobs(&self, component: usize) -> Option<&Jobs> {
        let is_waited_for = self.reports.at_peak.traffic.waited_for[component];
        let jobs = self.reports.day.components[component].jobs.as_ref();
        jobs.filter(|_| !is_waited_for)
    }

    /// Whether credit for a resource is never gone on any hour of the day.
    fn lasts_the_day(&self, component: usize, resource: Resource) -> bool {
        let credits = &self.reports.day.components[component].credits;
        let mut credits = credits.iter().filter(|credit| credit.resource == resource);
        credits.any(|credit| credit.gone_at.is_none())
    }

    /// How many instances of a component the peak needs, however many there are.
    fn enough_for_the_peak(&self, component: usize) -> usize {
        let station = &self.reports.at_peak.stations[component];
        let rates = station.resources.iter();
        let busiest = rates
            .filter(|used| !used.resource.is_fit())
            .map(|used| used.utilisation)
            .fold(0.0, f64::max);
        let load = busiest * self.topology.components[component].instances as f64;
        self.reports.needed[component].max((load + 1.0).floor() as usize)
    }

    /// The edit that runs this many instances of a component, if a component can have as many.
    fn run_instances(&self, component: usize, instances: usize) -> Option<SetInstances> {
        let instances = u32::try_from(instances)
            .ok()
            .filter(|count| *count <= SetInstances::MOST)?;
        Some(SetInstances {
            component: self.topology.id(component).clone(),
            instances,
        })
    }
}

/// A rate in sentences.
fn count(rate: f64) -> Value {
    fixed(rate, usize::from(rate < 10.0))
}

macro_rules! rules {
    ($($name:ident,)*) => {
        $(mod $name;)*

        /// Every rule, in the order in which findings of one severity are shown.
        pub const ALL: &[Rule] = &[$($name::RULE,)*];
    };
}

rules! {
    saturated_component,
    growing_backlog,
    does_not_fit,
    too_many_connections,
    ephemeral_data,
    files_on_a_platform,
    request_over_the_limit,
    slow_boot,
    server_on_a_home_line,
    single_point_of_failure,
    every_instance_needed,
    shared_failure_domain,
    quorum_in_one_place,
    overload_after_loss,
    throttled_after_burst,
    more_servers_than_pay,
    target_missed,
    missing_backup,
    backup_beside_data,
    recovery_target_missed,
    slow_restore,
    nothing_splits_traffic,
    workers_run_out,
    requests_refused,
    requests_fail,
    metastable_retries,
    layered_retries,
    little_headroom,
    outgrown_soon,
    slow_scale_out,
    short_burst,
    late_jobs,
    chatty_calls,
    crowded_connections,
    distance_dominates,
    long_tail,
    retries_without_backoff,
    proprietary_interface,
    retired_offer,
    heavy_data,
    undrawn_causes,
    even_quorum,
    caller_gives_up_first,
    unused_component,
    hosting_not_chosen,
    charged_way_out,
    price_unknown,
    stale_price,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::plan::Plan;
    use crate::plan::sketch::sketch;

    fn findings(rule: &Rule, plan: &Plan) -> Vec<Finding> {
        let catalog = Catalog::embedded();
        let topology = Topology::new(plan, &catalog);
        let reports = Reports::new(&topology);
        let today = Date::parse("2026-11-21");
        rule.check(&Context {
            topology: &topology,
            reports: &reports,
            today,
        })
    }

    #[test]
    fn every_rule_fires_on_its_bad_example_and_is_silent_on_its_good_one() {
        for rule in ALL {
            let bad = findings(rule, &sketch(rule.bad).unwrap());
            assert!(
                !bad.is_empty(),
                "{} does not fire on {:?}",
                rule.id,
                rule.bad
            );
            assert!(
                bad.iter()
                    .all(|finding| finding.rule == rule.id && !finding.subjects.is_empty())
            );
            let good = findings(rule, &sketch(rule.good).unwrap());
            assert!(
                good.is_empty(),
                "{} fires on {:?}: {:?}",
                rule.id,
                rule.good,
                good
            );
        }
    }

    #[test]
    fn every_fix_silences_its_finding() {
        let mut fixes = 0;
        for rule in ALL {
            let mut plan = std::rc::Rc::new(sketch(rule.bad).unwrap());
            let before = findings(rule, &plan);
            for finding in &before {
                if let Some(fix) = &finding.fix {
                    plan = fix.command.apply(&plan).unwrap();
                    fixes += 1;
                    let after = findings(rule, &plan);
                    assert!(
                        !after.iter().any(|left| left.subjects == finding.subjects),
                        "{}: {after:?}",
                        rule.id
                    );
                }
            }
        }
        assert!(fixes >= 5);
    }

    #[test]
    fn every_rule_explains_itself() {
        for rule in ALL {
            for text in [rule.why, rule.advice, rule.limits] {
                assert!(
                    text.ends_with('.') && text.len() > 20,
                    "{}: {text}",
                    rule.id
                );
            }
        }
    }
}
