//! A report that can be handed in: figures, components, single points, findings, assumptions.

use std::fmt::Write;

use super::{Export, figures};
use crate::components::component_type;
use crate::evaluate::{
    Cause, ComponentEvaluation, Evaluation, Jobs, JourneyEvaluation, PercentileMethod, Resource,
    SinglePoint,
};
use crate::metrics::{self, Verdict};
use crate::plan::{ASSUMPTIONS, Component, HostingKind, Plan, Requirement, Subject};
use crate::units::{Money, Range};

pub(super) const EXPORT: Export = Export {
    id: "markdown",
    name: "Report (Markdown)",
    extension: "md",
    mime: "text/markdown",
    write,
};

fn write(plan: &Plan, evaluation: &Evaluation) -> String {
    let mut report = Report {
        plan,
        evaluation,
        out: String::new(),
    };
    report.heading();
    report.problems();
    report.requirements();
    report.journeys();
    report.day_and_growth();
    report.totals();
    report.components();
    report.resources();
    report.single_points();
    report.losses();
    report.findings();
    report.assumptions();
    report.out
}

struct Report<'a> {
    plan: &'a Plan,
    evaluation: &'a Evaluation,
    out: String,
}

impl Report<'_> {
    fn line(&mut self, line: impl AsRef<str>) {
        self.out.push_str(line.as_ref());
        self.out.push('\n');
    }

    fn section(&mut self, title: &str) {
        let _ = write!(self.out, "\n## {title}\n\n");
    }

    fn row(&mut self, cells: &[String]) {
        self.line(format!("| {} |", cells.join(" | ")));
    }

    /// A table head; columns whose name ends in `:` hold numbers and stand on the right.
    fn head(&mut self, columns: &[&str]) {
        let names: Vec<String> = columns
            .iter()
            .map(|name| name.trim_end_matches(':').to_owned())
            .collect();
        let rules: Vec<String> = columns
            .iter()
            .map(|name| if name.ends_with(':') { "---:" } else { "---" }.to_owned())
            .collect();
        self.row(&names);
        self.row(&rules);
    }

    fn heading(&mut self) {
        let title = if self.plan.title.trim().is_empty() {
            "Hosting plan".to_owned()
        } else {
            text(&self.plan.title)
        };
        self.line(format!("# {title}"));
        if !self.plan.notes.trim().is_empty() {
            let notes = text(&self.plan.notes);
            self.line(format!("\n{notes}"));
        }
    }

    fn problems(&mut self) {
        if self.evaluation.problems.is_empty() {
            return;
        }
        self.section("Problems");
        self.line("These parts of the plan could not be used as drawn; everything below is computed without them or with what the sentence says.\n");
        for problem in &self.evaluation.problems {
            self.line(format!("- {}", text(&problem.message)));
        }
    }

    fn requirements(&mut self) {
        if self.plan.requirements.is_empty() {
            return;
        }
        self.section("Requirements");
        self.head(&["Requirement", "Verdict", "Actual"]);
        for requirement in &self.plan.requirements {
            let row = self.requirement(requirement);
            self.row(&row);
        }
    }

    fn requirement(&self, requirement: &Requirement) -> [String; 3] {
        let wanted = requirement
            .value
            .as_str()
            .map_or_else(|| requirement.value.to_string(), str::to_owned);
        let asked = format!(
            "{} {} {wanted}",
            requirement.metric,
            requirement.op.symbol()
        );
        let (verdict, actual) = match metrics::check(requirement, self.plan, self.evaluation) {
            Verdict::Met { actual } => ("met", Some(actual)),
            Verdict::Missed { actual } => ("**missed**", Some(actual)),
            Verdict::Unknown(why) => return [text(&asked), "not known".to_owned(), text(&why)],
        };
        let shown = actual.zip(metrics::metric(&requirement.metric));
        let shown = shown.map(|(actual, (metric, _))| {
            figures::metric(metric, &actual, figures::currency(self.plan))
        });
        [
            text(&asked),
            verdict.to_owned(),
            text(&shown.unwrap_or_default()),
        ]
    }

    fn journeys(&mut self) {
        if self.evaluation.journeys.is_empty() {
            return;
        }
        self.section("Journeys");
        let has_percentiles = self.evaluation.journeys.iter().any(|journey| {
            journey
                .response
                .is_some_and(|response| response.p95.is_some())
        });
        let mut columns = vec![
            "Journey",
            "Peak:",
            "Carries up to:",
            "Saturates first",
            "Mean response:",
            "Available:",
            "Down in a year:",
        ];
        if has_percentiles {
            columns.insert(5, "95 % faster than:");
        }
        self.head(&columns);
        for journey in &self.evaluation.journeys {
            let mut row = self.journey(journey).to_vec();
            if has_percentiles {
                let p95 = journey.response.and_then(|response| response.p95);
                let estimated = journey.response.and_then(|response| response.method)
                    == Some(PercentileMethod::TwoMoments);
                let about = if estimated { "about " } else { "" };
                let time = |p95| format!("{about}{}", figures::time(p95));
                row.insert(5, p95.map_or_else(|| unknown_time(journey), time));
            }
            self.row(&row);
        }
    }

    fn journey(&self, journey: &JourneyEvaluation) -> [String; 7] {
        let mean = journey.response.map(|response| response.mean);
        let about = if journey.exact { "" } else { "at most " };
        [
            text(&journey.name),
            figures::rate(journey.arrival_rate),
            journey
                .capacity
                .map_or("no limit".to_owned(), figures::rate),
            journey
                .bottleneck
                .as_ref()
                .map_or("nothing".to_owned(), |bottleneck| {
                    format!(
                        "{} of {}",
                        resource_words(bottleneck.resource),
                        self.name_of(&bottleneck.component)
                    )
                }),
            mean.map_or_else(|| unknown_time(journey), figures::time),
            figures::availability(journey.unavailability),
            format!("{about}{}", figures::downtime(journey.unavailability)),
        ]
    }

    fn day_and_growth(&mut self) {
        let growing = self.evaluation.journeys.iter();
        let growing = growing.filter(|journey| journey.growth.percent_month > 0.0);
        let mut lines: Vec<String> = growing.map(|journey| self.growth(journey)).collect();
        let days = &self.evaluation.day.components;
        for component in &self.plan.components {
            let Some(day) = days.get(&component.id) else {
                continue;
            };
            let name = self.name_of(&component.id);
            lines.extend(day.jobs.as_ref().and_then(|found| jobs(&name, found)));
            lines.extend(day.burst.as_ref().map(|burst| {
                let hours = burst.runs.iter().filter(|&&runs| runs).count();
                let units = burst.instances;
                format!("{name} runs {units} more in {hours} hours of the day.")
            }));
        }
        if lines.is_empty() {
            return;
        }
        self.section("Day and growth");
        for line in lines {
            self.line(format!("- {line}"));
        }
    }

    fn growth(&self, journey: &JourneyEvaluation) -> String {
        let growth = &journey.growth;
        let full = match (&growth.saturates, growth.months_to_saturation) {
            (Some(first), Some(months)) => format!(
                "{} of {} is used up first, {}",
                resource_words(first.resource),
                self.name_of(&first.component),
                in_months(months)
            ),
            _ => "nothing is ever used up".to_owned(),
        };
        let target = match growth.months_to_target {
            Some(months) => format!("; the target is missed {}", in_months(months)),
            None if growth.is_too_large => {
                "; the plan is too large to say how long the target holds".to_owned()
            }
            None => String::new(),
        };
        format!(
            "{} grows by {} % a month: {full}{target}.",
            text(&journey.name),
            figures::number(growth.percent_month)
        )
    }

    fn totals(&mut self) {
        let totals = &self.evaluation.totals;
        let currency = figures::currency(self.plan);
        let priced = match totals.not_priced {
            0 => String::new(),
            1 => ", without one component that has no known price".to_owned(),
            count => format!(", without {count} components that have no known price"),
        };
        let yours: Vec<String> = totals
            .yours
            .iter()
            .map(|layer| layer.name().to_lowercase())
            .collect();
        let rows: [(&str, String); 6] = [
            (
                "Cost per month",
                format!("{}{priced}", figures::money(totals.cost_month, currency)),
            ),
            (
                "Cost on the first day",
                figures::money(totals.cost_upfront, currency),
            ),
            ("Work per month", days(totals.work_month.0)),
            (
                "Cost per month with the work",
                format!(
                    "{}{priced}",
                    figures::money(totals.cost_loaded_month, currency)
                ),
            ),
            (
                "Layers that are yours",
                if yours.is_empty() {
                    "none".to_owned()
                } else {
                    yours.join(", ")
                },
            ),
            (
                "Moving everything elsewhere",
                format!(
                    "{}, {}",
                    spread(totals.exit_days),
                    figures::money(totals.exit_cost, currency)
                ),
            ),
        ];
        self.section("Cost and work");
        self.head(&["Figure", "Value"]);
        for (name, value) in rows {
            self.row(&[name.to_owned(), value]);
        }
    }

    fn components(&mut self) {
        if self.plan.components.is_empty() {
            return;
        }
        self.section("Components");
        self.head(&[
            "Component",
            "Type",
            "Instances:",
            "Runs on",
            "Busiest resource",
            "Per month:",
            "Price from",
            "Days to leave:",
        ]);
        let mut seen = std::collections::BTreeSet::new();
        for component in &self.plan.components {
            if seen.insert(&component.id) {
                let row = self.component(component);
                self.row(&row);
            }
        }
    }

    fn resources(&mut self) {
        let mut seen = std::collections::BTreeSet::new();
        let mut rows: Vec<[String; 5]> = Vec::new();
        for component in &self.plan.components {
            let evaluated = self.evaluation.components.get(&component.id);
            let Some(evaluated) = evaluated.filter(|_| seen.insert(&component.id)) else {
                continue;
            };
            for used in evaluated.resources.iter().filter(|used| used.demand > 0.0) {
                let amount = |amount: f64| match used.unit {
                    "bytes" => format!("{} GB", figures::number(amount / 1e9)),
                    "bytes/s" => format!("{} MB/s", figures::number(amount / 1e6)),
                    unit => format!("{} {unit}", figures::number(amount)),
                };
                let throttled = used.throttled.map_or(String::new(), |throttled| {
                    format!(
                        ", {} after {}",
                        amount(throttled.sustained),
                        figures::time(throttled.after)
                    )
                });
                rows.push([
                    self.name_of(&component.id),
                    resource_words(used.resource).to_owned(),
                    amount(used.demand),
                    format!("{}{throttled}", amount(used.capacity)),
                    figures::percent(used.utilisation),
                ]);
            }
        }
        if rows.is_empty() {
            return;
        }
        self.section("Resources at the peak");
        self.head(&["Component", "Resource", "Asked:", "There is:", "Used:"]);
        for row in rows {
            self.row(&row);
        }
    }

    fn component(&self, component: &Component) -> [String; 8] {
        let kind =
            component_type(&component.kind).map_or(component.kind.as_str(), |kind| kind.name);
        let evaluated = self.evaluation.components.get(&component.id);
        let nothing = || "–".to_owned();
        let sources = evaluated.map(|evaluated| {
            let mut sources: Vec<&str> = evaluated
                .line_items
                .iter()
                .map(|item| item.source.as_str())
                .collect();
            sources.sort_unstable();
            sources.dedup();
            text(&sources.join("; "))
        });
        let busiest = evaluated.and_then(ComponentEvaluation::busiest);
        let currency = figures::currency(self.plan);
        let cost = |amount: Money| figures::money(amount, currency);
        [
            self.name_of(&component.id),
            text(kind),
            evaluated.map_or_else(nothing, |evaluated| evaluated.instances.to_string()),
            runs_on(component, evaluated),
            busiest.map_or_else(nothing, |(resource, share)| {
                format!("{} {}", resource_words(resource), figures::percent(share))
            }),
            evaluated.map_or_else(nothing, |evaluated| {
                evaluated.cost_month.map_or("not known".to_owned(), cost)
            }),
            sources
                .filter(|sources| !sources.is_empty())
                .unwrap_or_else(nothing),
            evaluated
                .and_then(|evaluated| evaluated.exit.as_ref())
                .map_or_else(nothing, |exit| spread(exit.days)),
        ]
    }

    fn single_points(&mut self) {
        if self.evaluation.journeys.is_empty() {
            return;
        }
        self.section("Single points of failure");
        for journey in &self.evaluation.journeys {
            let name = text(&journey.name);
            if journey.single_points.is_empty() {
                self.line(format!("- Nothing takes {name} down by itself."));
            }
            for point in &journey.single_points {
                let sentence = self.single_point(point, &name);
                self.line(format!("- {sentence}"));
            }
        }
    }

    /// The worst loss of each level, the longest time of any.
    fn losses(&mut self) {
        let mut journeys = self.evaluation.journeys.iter();
        if journeys.all(|journey| journey.worst_losses.is_empty()) {
            return;
        }
        self.section("After a loss at the peak");
        self.head(&["Journey", "Lost", "Worst", "Then", "95 % within"]);
        for journey in &self.evaluation.journeys {
            for loss in &journey.worst_losses {
                let lost = loss.level.name();
                let event = loss.event.as_ref().and_then(|event| event.split_once(':'));
                let worst = match event {
                    Some(("component", id)) => self.name_of(id),
                    Some((_, id)) => {
                        let place = self.plan.place(id).map(|place| place.name.as_str());
                        text(place.filter(|name| !name.is_empty()).unwrap_or(id))
                    }
                    None => "any".to_owned(),
                };
                let about = if loss.p95_is_exact { "" } else { "about " };
                let within = loss.p95.map_or("–".to_owned(), |p95| {
                    format!("{about}{}", figures::time(p95))
                });
                self.row(&[
                    text(&journey.name),
                    format!("Any one {}", lost.to_lowercase()),
                    worst,
                    loss.verdict.name().to_lowercase(),
                    within,
                ]);
            }
        }
        if self.evaluation.unchecked_losses > 0 {
            let count = self.evaluation.unchecked_losses;
            self.line(format!(
                "\n{count} losses were not looked at: the plan is too large."
            ));
        }
    }

    fn single_point(&self, point: &SinglePoint, journey: &str) -> String {
        let why = match point.cause {
            Cause::Structural => "nothing takes over from it",
            Cause::Capacity => "what is left cannot carry the peak",
            Cause::Domain => "everything that could take over stands in it too",
        };
        let subject = match point.event.split_once(':') {
            Some(("component", id)) => self.name_of(id),
            Some(("place", id)) => match self.plan.place(id) {
                Some(place) if !place.name.is_empty() => format!("The place {}", text(&place.name)),
                Some(_) => format!("The place {}", text(id)),
                // Only the provider behind an offer is a place without standing in the plan.
                None => format!("The provider {}", text(id)),
            },
            Some(("connection", id)) => match self.plan.connection(id) {
                Some(connection) => format!(
                    "The connection from {} to {}",
                    self.name_of(&connection.from),
                    self.name_of(&connection.to)
                ),
                None => format!("The connection {}", text(id)),
            },
            _ => text(&point.event),
        };
        format!("{subject} takes {journey} down when it fails: {why}.")
    }

    fn findings(&mut self) {
        self.section("Findings");
        if self.evaluation.findings.is_empty() {
            self.line("None of the rules has anything to say about this plan.");
        }
        for finding in &self.evaluation.findings {
            self.line(format!(
                "- **{}** ({})  \n  {}  \n  {}",
                text(&finding.title),
                finding.severity.id(),
                text(&finding.why),
                text(&finding.advice)
            ));
        }
    }

    fn assumptions(&mut self) {
        self.section("Assumptions");
        self.line("Nobody can look these up; each is low, base and high, and the plan may say otherwise.\n");
        self.head(&["Assumption", "Low:", "Base:", "High:", "From"]);
        for assumption in ASSUMPTIONS {
            let Range { low, base, high } = self.plan.assumptions.get(assumption.id);
            let stated = self.plan.assumptions.stated(assumption.id).is_some();
            if assumption.subject == Subject::Machine && !stated {
                continue;
            }
            let unit = if assumption.unit.is_empty() {
                String::new()
            } else {
                format!(" ({})", assumption.unit)
            };
            self.row(&[
                format!("{}{unit}", assumption.name),
                figures::number(low),
                figures::number(base),
                figures::number(high),
                if stated { "the plan" } else { "the default" }.to_owned(),
            ]);
        }
        self.line("\nWhat a kind of disk or processor gives is as assumed by default, where the table, the plan and the offer do not say it.");
        let stamp = self
            .plan
            .catalogue
            .as_ref()
            .and_then(|stamp| stamp.version.as_deref());
        let version = stamp.map(|version| format!(" The catalogue is of {}.", text(version)));
        self.line(format!(
            "\nAmounts are in {}; a month has 730 hours.{}",
            text(figures::currency(self.plan)),
            version.unwrap_or_default()
        ));
    }

    fn name_of(&self, id: &str) -> String {
        let component = self.plan.component(id);
        let label = component
            .map(|component| component.label.as_str())
            .filter(|label| !label.trim().is_empty());
        text(label.unwrap_or(id))
    }
}

/// When growth gets there.
fn in_months(months: f64) -> String {
    if months <= 0.0 {
        return "today already".to_owned();
    }
    if months < 1.0 {
        return "within a month".to_owned();
    }
    format!("in {} months", figures::number(months))
}

/// How late the work is that nobody waits for; nothing to say where it is done at once.
fn jobs(name: &str, jobs: &Jobs) -> Option<String> {
    if let Some(growth) = jobs.growth_day {
        return Some(format!(
            "{name} never catches up: {} more jobs wait every day.",
            figures::number(growth)
        ));
    }
    let (behind, oldest) = (jobs.behind?, jobs.oldest?);
    Some(format!(
        "{name} is behind for {} hours of the day; the oldest job waits for {}.",
        figures::number(behind.hours),
        figures::time(oldest)
    ))
}

fn unknown_time(journey: &JourneyEvaluation) -> String {
    let word = if journey.saturated {
        "**saturated**"
    } else {
        "not known"
    };
    word.to_owned()
}

fn runs_on(component: &Component, evaluated: Option<&ComponentEvaluation>) -> String {
    let stated = component.hosting.as_ref().and_then(|hosting| hosting.kind);
    let kind = evaluated.and_then(|evaluated| evaluated.hosting).or(stated);
    let offers = evaluated.map_or(&[][..], |evaluated| &evaluated.offers);
    let offers = text(&offers.join(" with "));
    let runs_elsewhere = component_type(&component.kind)
        .is_none_or(|kind| kind.behaviour.is_source || kind.behaviour.is_external);
    match kind.map(HostingKind::name) {
        None if offers.is_empty() && runs_elsewhere => "–".to_owned(),
        None if offers.is_empty() => "not chosen yet".to_owned(),
        None => offers,
        Some(kind) if offers.is_empty() => kind.to_owned(),
        Some(kind) => format!("{kind}: {offers}"),
    }
}

fn resource_words(resource: Resource) -> &'static str {
    match resource {
        Resource::Cpu => "CPU",
        Resource::Memory => "memory",
        Resource::Disk => "disk",
        Resource::DiskThroughput => "disk throughput",
        Resource::NetworkIn => "network in",
        Resource::NetworkOut => "network out",
        Resource::Storage => "storage",
        Resource::Connections => "connections",
        Resource::Workers => "workers",
    }
}

fn days(days: f64) -> String {
    format!(
        "{} {}",
        figures::number(days),
        if (days - 1.0).abs() < 1e-9 {
            "day"
        } else {
            "days"
        }
    )
}

fn spread(range: Range) -> String {
    if range.low.total_cmp(&range.high).is_eq() {
        return days(range.base);
    }
    format!(
        "{} ({} to {})",
        days(range.base),
        figures::number(range.low),
        figures::number(range.high)
    )
}

/// Free text as one line that no Markdown reader takes for anything but text.
fn text(free: &str) -> String {
    let mut out = String::with_capacity(free.len());
    let words = free
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty());
    for (index, word) in words.enumerate() {
        if index > 0 {
            out.push(' ');
        }
        // An address alone would become a link.
        let is_address = word.contains("://") || word.starts_with("www.") || word.contains('@');
        for character in word.chars() {
            match character {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                    out.extend(['\\', character]);
                }
                ':' | '.' | '@' if is_address => out.extend(['\\', character]),
                '#' | '-' | '+' | '=' if out.is_empty() => out.extend(['\\', character]),
                '.' | ')'
                    if index == 0
                        && !out.is_empty()
                        && out.bytes().all(|byte| byte.is_ascii_digit()) =>
                {
                    out.extend(['\\', character]);
                }
                _ => out.push(character),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_text_stays_text() {
        for (free, written) in [
            ("Shop & Co", "Shop &amp; Co"),
            ("a|b", "a\\|b"),
            ("two\nlines\u{0}", "two lines"),
            ("# not a heading", "\\# not a heading"),
            ("- not a list", "\\- not a list"),
            ("12. not a list", "12\\. not a list"),
            ("v1.2 is fine", "v1.2 is fine"),
            ("![x](http://a.b)", "!\\[x\\](http\\://a\\.b)"),
            ("<script>", "&lt;script&gt;"),
            (
                "`code` *b* _i_ ~~s~~ $m$",
                "\\`code\\` \\*b\\* \\_i\\_ \\~\\~s\\~\\~ \\$m\\$",
            ),
            ("C:\\", "C:\\\\"),
        ] {
            assert_eq!(text(free), written);
        }
    }
}
