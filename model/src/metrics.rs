//! The one vocabulary of what can be asked of a plan: requirements, goals, hints and comparisons name these.

use std::collections::BTreeSet;

use crate::evaluate::{
    ComponentEvaluation, Evaluation, Failure, Level, Recovery, Resource, ResponseTimes, Survival,
    Timeline,
};
use crate::plan::{Comparison, PlaceKind, Plan, Requirement};
use crate::rules::Severity;
use crate::units::{Money, Probability, Seconds};
use crate::words::Words;

/// One thing that can be asked of a plan.
#[derive(Debug)]
pub struct Metric {
    /// The name in requirements; a part in angle brackets stands for a name.
    pub id: &'static str,
    /// The name on screen.
    pub name: &'static str,
    /// The unit of its number, empty for a plain count, ratio or word.
    pub unit: &'static str,
    /// What it counts, in a sentence.
    pub explanation: &'static str,
    read: fn(&Plan, &Evaluation, &str) -> Option<MetricValue>,
}

/// What a metric is for one plan.
#[derive(Clone, Debug, PartialEq)]
pub enum MetricValue {
    /// A number in the metric's unit.
    Number(f64),
    /// A word: `saturated`, or the name of a part.
    Word(String),
}

/// Whether a requirement holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It holds.
    Met {
        /// What the metric is.
        actual: MetricValue,
    },
    /// It does not hold.
    Missed {
        /// What the metric is.
        actual: MetricValue,
    },
    /// Nobody can tell, and why.
    Unknown(Words),
}

/// Something on a journey's path gets more than it can do: compares as infinite.
pub const SATURATED: &str = "saturated";

/// Nothing ends it: compares as infinite, too.
const UNLIMITED: &str = "unlimited";

/// Data is gone for good: compares as infinite, too.
pub const LOST: &str = "lost";

/// It does not come back: compares as infinite, too.
pub const NEVER: &str = "never";

/// A journey cannot be made after a loss: no requirement holds but the one that says so.
pub const DOWN: &str = "down";

/// Rules of contracts and platforms, and of wiring that does not do what it seems to: a plan that breaks one is not
/// allowed as drawn, however fast and cheap it is.
const POLICY: &[&str] = &[
    "nothing-splits-traffic",
    "server-on-a-home-line",
    "files-on-a-platform",
    "request-over-the-limit",
    "slow-boot",
];

/// Every metric, in the order of the page.
pub const METRICS: &[Metric] = &[
    Metric {
        id: "perf.mean_ms.peak",
        name: "Mean response time",
        unit: "ms",
        explanation: "Mean response time of the slowest journey at the peak; `saturated` if something on its path gets more than it can do.",
        read: |plan, evaluation, _| response(plan, evaluation, |response| Some(response.mean)),
    },
    Metric {
        id: "perf.p50_ms.peak",
        name: "Median response time",
        unit: "ms",
        explanation: "Half of the responses of the slowest journey are faster at the peak, or `saturated`.",
        read: |plan, evaluation, _| response(plan, evaluation, |response| response.p50),
    },
    Metric {
        id: "perf.p95_ms.peak",
        name: "95th percentile of the response time",
        unit: "ms",
        explanation: "95 of 100 responses of the slowest journey are faster at the peak, or `saturated`.",
        read: |plan, evaluation, _| response(plan, evaluation, |response| response.p95),
    },
    Metric {
        id: "perf.p99_ms.peak",
        name: "99th percentile of the response time",
        unit: "ms",
        explanation: "99 of 100 responses of the slowest journey are faster at the peak, or `saturated`.",
        read: |plan, evaluation, _| response(plan, evaluation, |response| response.p99),
    },
    Metric {
        id: "perf.util.max",
        name: "Utilisation of the busiest resource",
        unit: "",
        explanation: "How busy the busiest resource of any component is at the peak: 1 and more is saturated.",
        read: |_, evaluation, _| {
            let busiest = evaluation
                .components
                .values()
                .filter_map(ComponentEvaluation::busiest);
            highest(busiest.map(|(_, utilisation)| utilisation))
        },
    },
    Metric {
        id: "perf.util.<component>.<resource>",
        name: "Utilisation of one resource",
        unit: "",
        explanation: "How busy or full one resource of one component is at the peak; the resource is `cpu`, `disk`, `net`, `memory`, `storage` or `connections`.",
        read: |_, evaluation, name| {
            let (component, wanted) = name.rsplit_once('.')?;
            let resources = &evaluation.components.get(component)?.resources;
            let wanted = resources
                .iter()
                .filter(|used| word_of(used.resource) == wanted);
            highest(wanted.map(|used| used.utilisation))
        },
    },
    Metric {
        id: "perf.bottleneck",
        name: "Bottleneck",
        unit: "",
        explanation: "The resource that saturates first when the load grows, such as `orders.disk`; `none` if nothing limits the plan.",
        read: |_, evaluation, _| {
            if evaluation.journeys.is_empty() {
                return None;
            }
            let limited = evaluation.journeys.iter().filter_map(|journey| {
                let (capacity, bottleneck) = (journey.capacity?, journey.bottleneck.as_ref()?);
                Some((capacity / journey.arrival_rate, bottleneck))
            });
            let first = limited.min_by(|a, b| a.0.total_cmp(&b.0));
            Some(MetricValue::Word(first.map_or(
                "none".to_owned(),
                |(_, bottleneck)| {
                    format!("{}.{}", bottleneck.component, word_of(bottleneck.resource))
                },
            )))
        },
    },
    Metric {
        id: "work.util",
        name: "Utilisation of the workers",
        unit: "",
        explanation: "How busy the busiest worker is at the peak; 0 if there is none.",
        read: |plan, evaluation, _| {
            let workers = plan
                .components
                .iter()
                .filter(|component| component.kind == "worker");
            let busiest =
                workers.filter_map(|worker| evaluation.components.get(&worker.id)?.busiest());
            let utilisations = busiest.map(|(_, utilisation)| utilisation);
            highest(std::iter::once(0.0).chain(utilisations))
        },
    },
    Metric {
        id: "work.age_s",
        name: "Age of the oldest job",
        unit: "s",
        explanation: "The longest that a job which nobody waits for has waited on any hour of the day; 0 if all are done at once, `saturated` if the backlog grows every day.",
        read: |_, evaluation, _| oldest_job(evaluation),
    },
    Metric {
        id: "growth.months",
        name: "Months of growth left",
        unit: "months",
        explanation: "Months until the first journey is saturated or misses its target; `unlimited` if growth never gets there.",
        read: |_, evaluation, _| {
            let ends = evaluation.journeys.iter().flat_map(|journey| {
                let growth = &journey.growth;
                [growth.months_to_saturation, growth.months_to_target]
            });
            let first = ends.flatten().min_by(f64::total_cmp);
            Some(first.map_or(MetricValue::Word(UNLIMITED.to_owned()), MetricValue::Number))
        },
    },
    Metric {
        id: "cost.month",
        name: "Monthly cost",
        unit: "per month",
        explanation: "What the providers charge in a month; not known while a component has no known price.",
        read: |_, evaluation, _| priced(evaluation, evaluation.totals.cost_month),
    },
    Metric {
        id: "cost.upfront",
        name: "Cost on the first day",
        unit: "once",
        explanation: "What has to be paid before the first request.",
        read: |_, evaluation, _| Some(MetricValue::Number(evaluation.totals.cost_upfront.0)),
    },
    Metric {
        id: "cost.loaded",
        name: "Monthly cost with work",
        unit: "per month",
        explanation: "The monthly cost and the days of care at the day rate; not known while a component has no known price.",
        read: |_, evaluation, _| priced(evaluation, evaluation.totals.cost_loaded_month),
    },
    Metric {
        id: "ops.days",
        name: "Work",
        unit: "days per month",
        explanation: "Person-days of care in a month.",
        read: |_, evaluation, _| Some(MetricValue::Number(evaluation.totals.work_month.0)),
    },
    Metric {
        id: "resp.rows",
        name: "Layers that are yours",
        unit: "",
        explanation: "How many of the seven layers from hardware to data service somebody of yours has to look after.",
        read: |_, evaluation, _| Some(MetricValue::Number(evaluation.totals.yours.len() as f64)),
    },
    Metric {
        id: "lockin.exit_days",
        name: "Days to leave",
        unit: "days",
        explanation: "Person-days to move everything elsewhere.",
        read: |_, evaluation, _| Some(MetricValue::Number(evaluation.totals.exit_days.base)),
    },
    Metric {
        id: "lockin.exit_cost",
        name: "Cost of leaving",
        unit: "once",
        explanation: "Money to move everything elsewhere, the work included.",
        read: |_, evaluation, _| Some(MetricValue::Number(evaluation.totals.exit_cost.0)),
    },
    Metric {
        id: "spof.instance",
        name: "Single components",
        unit: "",
        explanation: "How many components stop a journey when they alone fail.",
        read: |_, evaluation, _| single_points(evaluation, |event| event.starts_with("component:")),
    },
    Metric {
        id: "spof.connection",
        name: "Single connections",
        unit: "",
        explanation: "How many connections stop a journey when they alone fail.",
        read: |_, evaluation, _| {
            single_points(evaluation, |event| event.starts_with("connection:"))
        },
    },
    Metric {
        id: "spof.<place>",
        name: "Single places of one kind",
        unit: "",
        explanation: "How many places of one kind stop a journey when they alone fail; the kind is `provider`, `region`, `zone`, `site`, `power`, `rack`, `host` or `account`.",
        read: |plan, evaluation, kind| {
            let kind = PlaceKind::ALL
                .into_iter()
                .find(|known| known.id() == kind)?;
            single_points(evaluation, |event| {
                event.strip_prefix("place:").is_some_and(|id| {
                    // Only the provider behind an offer is a place without standing in the plan.
                    plan.place(id)
                        .map_or(PlaceKind::Provider, |place| place.kind)
                        == kind
                })
            })
        },
    },
    Metric {
        id: "survive.<level>.p95_ms",
        name: "Response time after a loss",
        unit: "ms",
        explanation: "The longest 95th percentile that any one loss of a level leaves at the peak: `survive.instance.p95_ms`, `survive.web_instance.p95_ms` (instances of web and app servers), or a kind of place, such as `survive.zone.p95_ms`, `survive.region.p95_ms` or `survive.provider.p95_ms`. `saturated` if something then gets more than it can do, `down` if a journey cannot be made: that fails every requirement but `== down`. A provider of nothing but DNS is not counted.",
        read: |plan, evaluation, rest| survive(plan, evaluation, rest.strip_suffix(".p95_ms")?),
    },
    Metric {
        id: "availability",
        name: "Availability",
        unit: "",
        explanation: "Share of time that the journey that is down most works, from 0 to 1.",
        read: |_, evaluation, _| {
            let worst = worst_unavailability(evaluation)?;
            Some(MetricValue::Number(1.0 - worst.0))
        },
    },
    Metric {
        id: "downtime_hours_year",
        name: "Downtime",
        unit: "hours per year",
        explanation: "Hours in a year that the journey that is down most is expected to be down.",
        read: |_, evaluation, _| {
            let worst = worst_unavailability(evaluation)?;
            Some(MetricValue::Number(worst.hours_per_year()))
        },
    },
    Metric {
        id: "rpo_hours",
        name: "Data lost at most",
        unit: "hours",
        explanation: "How many hours of data the worst loss of any class takes for good (recovery point objective); `lost` if data is gone for ever.",
        read: |_, evaluation, _| recovery(evaluation, None, |recovery| &recovery.data_loss, LOST),
    },
    Metric {
        id: "rpo_hours.<class>",
        name: "Data lost at most, by class",
        unit: "hours",
        explanation: "The same for one class of losses: `rpo_hours.software` (a bad release, a deletion), `rpo_hours.hardware` (one machine), `rpo_hours.zone` or `rpo_hours.region`.",
        read: |_, evaluation, class| {
            recovery(
                evaluation,
                Some(class),
                |recovery| &recovery.data_loss,
                LOST,
            )
        },
    },
    Metric {
        id: "rto_hours",
        name: "Time to recover",
        unit: "hours",
        explanation: "How many hours the journey that waits longest is down after the worst loss of any class (recovery time objective); `never` if it does not come back.",
        read: |_, evaluation, _| recovery(evaluation, None, |recovery| &recovery.outage, NEVER),
    },
    Metric {
        id: "rto_hours.<class>",
        name: "Time to recover, by class",
        unit: "hours",
        explanation: "The same for one class of losses: `rto_hours.software`, `rto_hours.hardware`, `rto_hours.zone` or `rto_hours.region`.",
        read: |_, evaluation, class| {
            recovery(evaluation, Some(class), |recovery| &recovery.outage, NEVER)
        },
    },
    Metric {
        id: "policy.violations",
        name: "Broken rules of the drawing",
        unit: "",
        explanation: "How many parts could not be used as drawn, how many findings say that it does not work as drawn, such as several web servers with nothing that splits the traffic, and how many say that a contract or a platform does not allow it.",
        read: |_, evaluation, _| {
            let findings = evaluation.findings.iter();
            let broken = findings.filter(|finding| {
                finding.severity == Severity::Error || POLICY.contains(&finding.rule)
            });
            Some(MetricValue::Number(
                (evaluation.problems.len() + broken.count()) as f64,
            ))
        },
    },
];

/// The worst of one class, or of all, over all journeys, in hours.
fn recovery(
    evaluation: &Evaluation,
    class: Option<&str>,
    read: fn(&Recovery) -> &Option<Timeline>,
    endless: &str,
) -> Option<MetricValue> {
    let all = evaluation
        .journeys
        .iter()
        .flat_map(|journey| &journey.recovery);
    let mut worst: Option<f64> = None;
    if evaluation.unchecked_recoveries > 0 {
        return None;
    }
    for recovery in all.filter(|one| class.is_none_or(|class| one.class.id() == class)) {
        let Some(timeline) = read(recovery) else {
            return Some(MetricValue::Word(endless.to_owned()));
        };
        let hours = timeline.total().base / 3600.0;
        worst = Some(worst.unwrap_or(0.0).max(hours));
    }
    worst.map(MetricValue::Number)
}

/// The metric of this name, and the part of the name that stands for its angle brackets.
pub fn metric(id: &str) -> Option<(&'static Metric, &str)> {
    let exact = METRICS.iter().find(|metric| metric.id == id);
    exact.map(|metric| (metric, "")).or_else(|| {
        METRICS.iter().find_map(|metric| {
            let (prefix, _) = metric.id.split_once('<')?;
            let rest = id.strip_prefix(prefix)?;
            (!rest.is_empty()).then_some((metric, rest))
        })
    })
}

/// What a metric is for this plan; nothing if there is no such metric or it cannot be computed.
pub fn value(id: &str, plan: &Plan, evaluation: &Evaluation) -> Option<MetricValue> {
    let (metric, rest) = metric(id)?;
    (metric.read)(plan, evaluation, rest)
}

/// Whether a requirement holds.
pub fn check(requirement: &Requirement, plan: &Plan, evaluation: &Evaluation) -> Verdict {
    let Some((metric, rest)) = metric(&requirement.metric) else {
        return Verdict::Unknown(words!(
            "there is no metric called \"{metric}\"",
            metric = &requirement.metric
        ));
    };
    let Some(actual) = (metric.read)(plan, evaluation, rest) else {
        let why = match evaluation.totals.not_priced {
            count @ 1.. if metric.id.starts_with("cost.") => counted!(
                count;
                "one component has no known price",
                "{count} components have no known price"
            ),
            _ => words!("it cannot be computed for this plan"),
        };
        return Verdict::Unknown(why);
    };
    let wanted = &requirement.value;
    let is_met = match (requirement.op, &actual, wanted.as_f64(), wanted.as_str()) {
        (Comparison::AtMost, MetricValue::Number(actual), Some(wanted), _) => *actual <= wanted,
        (Comparison::AtLeast, MetricValue::Number(actual), Some(wanted), _) => *actual >= wanted,
        (Comparison::Equal, MetricValue::Number(actual), Some(wanted), _) => {
            (actual - wanted).abs() <= 1e-9 * wanted.abs().max(1.0)
        }
        (Comparison::Equal, MetricValue::Word(actual), _, Some(wanted)) => actual == wanted,
        (_, MetricValue::Word(actual), ..) if actual == DOWN => false,
        (Comparison::AtLeast, MetricValue::Word(actual), Some(_), _) if is_infinite(actual) => true,
        (_, MetricValue::Word(actual), Some(_), _) if is_infinite(actual) => false,
        (Comparison::Equal, MetricValue::Number(_), _, Some(_)) => false,
        _ => {
            return Verdict::Unknown(words!(
                "{metric} cannot be compared with {wanted}",
                metric = &requirement.metric,
                wanted = wanted.to_string()
            ));
        }
    };
    if is_met {
        Verdict::Met { actual }
    } else {
        Verdict::Missed { actual }
    }
}

/// The slowest journey that somebody waits for.
fn response(
    plan: &Plan,
    evaluation: &Evaluation,
    read: fn(&ResponseTimes) -> Option<Seconds>,
) -> Option<MetricValue> {
    let mut slowest = None;
    for journey in &evaluation.journeys {
        if plan
            .journey(&journey.id)
            .and_then(|journey| journey.background)
            == Some(true)
        {
            continue;
        }
        if journey.saturated {
            return Some(MetricValue::Word(SATURATED.to_owned()));
        }
        let millis = read(journey.response.as_ref()?)?.millis();
        slowest = Some(slowest.unwrap_or(millis).max(millis));
    }
    slowest.map(MetricValue::Number)
}

/// Whether a word compares as more than any number.
fn is_infinite(word: &str) -> bool {
    [SATURATED, UNLIMITED, LOST, NEVER].contains(&word)
}

fn oldest_job(evaluation: &Evaluation) -> Option<MetricValue> {
    let mut jobs = evaluation
        .day
        .components
        .values()
        .filter_map(|day| day.jobs.as_ref());
    if jobs.clone().any(|jobs| !jobs.catches_up()) {
        return Some(MetricValue::Word(SATURATED.to_owned()));
    }
    highest(std::iter::once(0.0).chain(jobs.by_ref().filter_map(|jobs| Some(jobs.oldest?.0))))
}

/// The worst that one loss of a level does to the journeys that somebody waits for.
fn survive(plan: &Plan, evaluation: &Evaluation, level: &str) -> Option<MetricValue> {
    let is_web = |failure: &&Failure| {
        let id = failure.event.strip_prefix("component:");
        let component = id.and_then(|id| plan.component(id));
        failure.level == Level::Instance
            && component.is_some_and(|component| {
                ["web_server", "app_server"].contains(&component.kind.as_str())
            })
    };
    let mut losses: Vec<(Survival, Option<Seconds>)> = Vec::new();
    for journey in &evaluation.journeys {
        let background = plan.journey(&journey.id).and_then(|known| known.background);
        if background == Some(true) {
            continue;
        }
        if level == "web_instance" {
            let failures = journey.failures.iter().filter(is_web);
            losses.extend(failures.map(|failure| (failure.verdict, failure.p95)));
        } else {
            let worst = journey.worst_losses.iter();
            let of_level = worst.filter(|worst| worst.level.id() == level);
            losses.extend(of_level.map(|worst| (worst.verdict, worst.p95)));
        }
    }
    match losses.iter().map(|loss| loss.0).max()? {
        Survival::Down => Some(MetricValue::Word(DOWN.to_owned())),
        Survival::Overloaded => Some(MetricValue::Word(SATURATED.to_owned())),
        Survival::Ok | Survival::Degraded => {
            let times: Option<Vec<f64>> =
                losses.iter().map(|loss| Some(loss.1?.millis())).collect();
            highest(times?.into_iter())
        }
    }
}

fn highest(utilisations: impl Iterator<Item = f64>) -> Option<MetricValue> {
    utilisations.max_by(f64::total_cmp).map(MetricValue::Number)
}

fn word_of(resource: Resource) -> &'static str {
    match resource {
        Resource::Cpu => "cpu",
        Resource::Memory => "memory",
        Resource::Disk | Resource::DiskThroughput => "disk",
        Resource::NetworkIn | Resource::NetworkOut => "net",
        Resource::Storage => "storage",
        Resource::Connections => "connections",
        Resource::Workers => "workers",
    }
}

fn priced(evaluation: &Evaluation, amount: Money) -> Option<MetricValue> {
    (evaluation.totals.not_priced == 0).then_some(MetricValue::Number(amount.0))
}

fn single_points(evaluation: &Evaluation, counts: impl Fn(&str) -> bool) -> Option<MetricValue> {
    if evaluation.journeys.is_empty() {
        return None;
    }
    let points = evaluation
        .journeys
        .iter()
        .flat_map(|journey| &journey.single_points);
    let events: BTreeSet<&str> = points
        .map(|point| point.event.as_str())
        .filter(|event| counts(event))
        .collect();
    Some(MetricValue::Number(events.len() as f64))
}

fn worst_unavailability(evaluation: &Evaluation) -> Option<Probability> {
    let journeys = evaluation
        .journeys
        .iter()
        .map(|journey| journey.unavailability);
    journeys.max_by(|a, b| a.0.total_cmp(&b.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::{Cause, Growth, JourneyEvaluation, SinglePoint, Totals, WorstLoss};
    use crate::plan::sketch::sketch;
    use crate::units::{Range, RequestsPerSecond};

    fn journey(id: &str) -> JourneyEvaluation {
        JourneyEvaluation {
            id: id.into(),
            name: id.to_owned(),
            arrival_rate: RequestsPerSecond(10.0),
            population: None,
            saturated: false,
            capacity: None,
            bottleneck: None,
            response: Some(ResponseTimes {
                mean: Seconds(0.05),
                p50: None,
                p95: None,
                p99: None,
                p999: None,
                method: None,
            }),
            growth: Growth::default(),
            failures: Vec::new(),
            worst_losses: Vec::new(),
            recovery: Vec::new(),
            shares: Vec::new(),
            failed_share: 0.0,
            unavailability: Probability(0.01),
            unavailability_range: Range::exactly(0.01),
            exact: true,
            ..JourneyEvaluation::default()
        }
    }

    fn verdict(
        evaluation: &Evaluation,
        metric: &str,
        op: &str,
        value: serde_json::Value,
    ) -> Verdict {
        let plan = sketch("users -> app\nplace a: zone\nplace b: rack in a").unwrap();
        let requirement = serde_json::json!({ "metric": metric, "op": op, "value": value });
        check(
            &serde_json::from_value(requirement).unwrap(),
            &plan,
            evaluation,
        )
    }

    fn is_met(
        evaluation: &Evaluation,
        metric: &str,
        op: &str,
        value: impl Into<serde_json::Value>,
    ) -> Option<bool> {
        match verdict(evaluation, metric, op, value.into()) {
            Verdict::Met { .. } => Some(true),
            Verdict::Missed { .. } => Some(false),
            Verdict::Unknown(_) => None,
        }
    }

    #[test]
    fn every_metric_explains_itself_and_can_be_asked_for_by_its_name() {
        for listed in METRICS {
            assert!(
                listed.explanation.ends_with('.') && !listed.name.is_empty(),
                "{}",
                listed.id
            );
            let asked = listed
                .id
                .replace("<component>.<resource>", "app.cpu")
                .replace("<place>", "zone");
            assert_eq!(metric(&asked).unwrap().0.id, listed.id);
        }
        assert!(metric("perf.util.").is_none() && metric("cost.mnth").is_none());
    }

    #[test]
    fn the_slowest_journey_counts_and_saturation_is_worse_than_any_time() {
        let mut evaluation = Evaluation {
            journeys: vec![journey("a"), journey("b")],
            ..Evaluation::default()
        };
        if let Some(response) = &mut evaluation.journeys[1].response {
            response.mean = Seconds(0.2);
        }
        assert_eq!(
            is_met(&evaluation, "perf.mean_ms.peak", "<=", 200.0),
            Some(true)
        );
        assert_eq!(
            is_met(&evaluation, "perf.mean_ms.peak", "<=", 199.0),
            Some(false)
        );
        assert_eq!(is_met(&evaluation, "perf.p95_ms.peak", "<=", 1000.0), None);
        assert_eq!(
            is_met(&evaluation, "perf.mean_ms.peak", "==", "saturated"),
            Some(false)
        );
        evaluation.journeys[0].saturated = true;
        assert_eq!(
            is_met(&evaluation, "perf.mean_ms.peak", "<=", 1e9),
            Some(false)
        );
        assert_eq!(
            is_met(&evaluation, "perf.p95_ms.peak", "==", "saturated"),
            Some(true)
        );
    }

    #[test]
    fn a_cost_with_unknown_prices_in_it_is_not_known() {
        let mut evaluation = Evaluation {
            totals: Totals {
                cost_month: Money(100.0),
                ..Totals::default()
            },
            ..Evaluation::default()
        };
        assert_eq!(is_met(&evaluation, "cost.month", "<=", 100.0), Some(true));
        evaluation.totals.not_priced = 1;
        assert_eq!(is_met(&evaluation, "cost.month", "<=", 100.0), None);
    }

    #[test]
    fn single_points_are_counted_by_their_level_and_once() {
        let point = |event: &str| SinglePoint {
            event: event.to_owned(),
            cause: Cause::Structural,
        };
        let mut evaluation = Evaluation {
            journeys: vec![journey("a"), journey("b")],
            ..Evaluation::default()
        };
        evaluation.journeys[0].single_points = vec![
            point("component:app"),
            point("place:a"),
            point("place:hetzner"),
        ];
        evaluation.journeys[1].single_points = vec![point("component:app"), point("place:b")];
        for level in ["instance", "zone", "rack", "provider"] {
            assert_eq!(
                is_met(&evaluation, &format!("spof.{level}"), "==", 1.0),
                Some(true),
                "{level}"
            );
        }
        assert_eq!(is_met(&evaluation, "spof.region", "==", 0.0), Some(true));
        assert_eq!(is_met(&evaluation, "spof.street", "==", 0.0), None);
        assert_eq!(is_met(&evaluation, "availability", ">=", 0.99), Some(true));
        assert_eq!(
            is_met(&evaluation, "downtime_hours_year", "<=", 87.0),
            Some(false)
        );
    }

    #[test]
    fn a_loss_that_stops_a_journey_fails_every_requirement() {
        let loss = |level: Level, verdict: Survival, p95: Option<f64>| WorstLoss {
            level,
            verdict,
            event: None,
            p95: p95.map(Seconds),
            p95_is_exact: true,
        };
        let mut evaluation = Evaluation {
            journeys: vec![journey("a"), journey("b")],
            ..Evaluation::default()
        };
        let zone = Level::Place(PlaceKind::Zone);
        let region = Level::Place(PlaceKind::Region);
        evaluation.journeys[0].worst_losses = vec![
            loss(Level::Instance, Survival::Ok, Some(0.2)),
            loss(zone, Survival::Degraded, Some(0.3)),
            loss(region, Survival::Down, None),
        ];
        evaluation.journeys[1].worst_losses = vec![
            loss(Level::Instance, Survival::Degraded, Some(0.1)),
            loss(zone, Survival::Overloaded, None),
            loss(region, Survival::Ok, Some(0.1)),
        ];
        let check = |metric: &str, op: &str, value: serde_json::Value| {
            is_met(&evaluation, &format!("survive.{metric}.p95_ms"), op, value)
        };
        assert_eq!(check("instance", "==", 200.0.into()), Some(true));
        assert_eq!(check("zone", "<=", 1e9.into()), Some(false));
        assert_eq!(check("zone", ">=", 1e9.into()), Some(true));
        assert_eq!(check("zone", "==", "saturated".into()), Some(true));
        for op in ["<=", ">=", "=="] {
            assert_eq!(check("region", op, 200.0.into()), Some(false));
        }
        assert_eq!(check("region", "==", "down".into()), Some(true));
        assert_eq!(check("region", "==", "saturated".into()), Some(false));
        // A plan without providers has none to lose.
        assert_eq!(check("provider", "<=", 1e9.into()), None);
    }

    #[test]
    fn what_cannot_be_compared_is_said_and_never_met() {
        let evaluation = Evaluation {
            journeys: vec![journey("a")],
            ..Evaluation::default()
        };
        assert_eq!(
            is_met(&evaluation, "perf.bottleneck", "==", "none"),
            Some(true)
        );
        assert_eq!(is_met(&evaluation, "perf.bottleneck", "<=", 3.0), None);
        assert_eq!(
            is_met(&evaluation, "cost.month", "<=", serde_json::json!([1])),
            None
        );
        assert_eq!(
            verdict(&evaluation, "cost.mnth", "<=", 1.into()),
            Verdict::Unknown(words!(
                "there is no metric called \"{metric}\"",
                metric = "cost.mnth"
            ))
        );
    }
}
