//! The page under construction: headings, lines and tables, and the names of what they speak of.

use std::collections::BTreeSet;

use super::super::figures;
use super::text::text;
use crate::evaluate::{Bottleneck, ComponentEvaluation, Evaluation};
use crate::plan::{Component, Id, Plan};
use crate::units::Range;

/// What stands in a cell that has nothing to say.
pub(super) const NOTHING: &str = "–";

/// A report and what it is about.
pub(super) struct Page<'a> {
    pub(super) plan: &'a Plan,
    pub(super) evaluation: &'a Evaluation,
    out: String,
}

impl<'a> Page<'a> {
    pub(super) fn new(plan: &'a Plan, evaluation: &'a Evaluation) -> Self {
        Self {
            plan,
            evaluation,
            out: String::new(),
        }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    pub(super) fn line(&mut self, line: impl AsRef<str>) {
        self.out.push_str(line.as_ref());
        self.out.push('\n');
    }

    /// A paragraph of its own.
    pub(super) fn note(&mut self, note: &str) {
        self.gap();
        self.line(note);
    }

    pub(super) fn section(&mut self, title: &str) {
        self.gap();
        self.line(format!("## {title}"));
        self.gap();
    }

    /// A section that is a list; none without entries.
    pub(super) fn list(&mut self, title: &str, entries: impl IntoIterator<Item = String>) {
        let mut entries = entries.into_iter().peekable();
        if entries.peek().is_some() {
            self.section(title);
        }
        for entry in entries {
            self.line(format!("- {entry}"));
        }
    }

    /// A section that is a table; none without rows.
    pub(super) fn table_section<const COLUMNS: usize>(
        &mut self,
        title: &str,
        columns: [&str; COLUMNS],
        rows: impl IntoIterator<Item = [String; COLUMNS]>,
    ) {
        let cells: Vec<String> = rows.into_iter().flatten().collect();
        if !cells.is_empty() {
            self.section(title);
            self.write_table(&columns, &cells);
        }
    }

    /// A table: columns whose name ends in `:` hold numbers and stand on the right, and those without any entry
    /// are left out.
    pub(super) fn table<const COLUMNS: usize>(
        &mut self,
        columns: [&str; COLUMNS],
        rows: impl IntoIterator<Item = [String; COLUMNS]>,
    ) {
        let cells: Vec<String> = rows.into_iter().flatten().collect();
        if !cells.is_empty() {
            self.gap();
            self.write_table(&columns, &cells);
        }
    }

    fn write_table(&mut self, columns: &[&str], cells: &[String]) {
        let rows = || cells.chunks(columns.len());
        let shown: Vec<usize> = (0..columns.len())
            .filter(|&column| column == 0 || rows().any(|row| row[column] != NOTHING))
            .collect();
        let names = shown.iter().map(|&at| columns[at].trim_end_matches(':'));
        self.row(&names.collect::<Vec<_>>());
        let rules = shown.iter().map(|&at| {
            if columns[at].ends_with(':') {
                "---:"
            } else {
                "---"
            }
        });
        self.row(&rules.collect::<Vec<_>>());
        for row in rows() {
            let row = shown.iter().map(|&at| row[at].as_str());
            self.row(&row.collect::<Vec<_>>());
        }
    }

    fn row(&mut self, cells: &[&str]) {
        self.line(format!("| {} |", cells.join(" | ")));
    }

    /// An empty line, once.
    fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// The components of the plan with what is known about each, in its order.
    pub(super) fn components(
        &self,
    ) -> impl Iterator<Item = (&'a Component, &'a ComponentEvaluation)> + use<'a> {
        let evaluation = self.evaluation;
        let mut seen = BTreeSet::new();
        let components = self.plan.components.iter().map(AsRef::as_ref);
        components
            .filter(move |component: &&Component| seen.insert(&component.id))
            .filter_map(|component| Some((component, evaluation.components.get(&component.id)?)))
    }

    pub(super) fn currency(&self) -> &'a str {
        figures::currency(self.plan)
    }

    pub(super) fn name_of(&self, id: &str) -> String {
        let component = self.plan.component(id);
        let label = component
            .map(|component| component.label.as_str())
            .filter(|label| !label.trim().is_empty());
        text(label.unwrap_or(id))
    }

    pub(super) fn place(&self, id: &str) -> String {
        let place = self.plan.place(id).map(|place| place.name.as_str());
        text(place.filter(|name| !name.is_empty()).unwrap_or(id))
    }

    pub(super) fn connection(&self, from: &Id, to: &Id) -> String {
        format!("{} to {}", self.name_of(from), self.name_of(to))
    }

    /// What saturates first, in a few words.
    pub(super) fn bottleneck(&self, bottleneck: &Bottleneck) -> String {
        let component = self.name_of(&bottleneck.component);
        format!("{} of {component}", bottleneck.resource.name())
    }
}

/// What is there, or the dash.
pub(super) fn optional<T>(value: Option<T>, shown: impl FnOnce(T) -> String) -> String {
    value.map_or_else(|| NOTHING.to_owned(), shown)
}

/// Shares below one in a million are not worth a line.
pub(super) const SMALL: f64 = 1e-6;

/// A share, and the dash for none worth a line.
pub(super) fn share(share: f64) -> String {
    optional((share >= SMALL).then_some(share), figures::percent)
}

pub(super) fn days(days: f64) -> String {
    let unit = if (days - 1.0).abs() < 1e-9 {
        "day"
    } else {
        "days"
    };
    format!("{} {unit}", figures::number(days))
}

/// Days with how few and how many they may be.
pub(super) fn spread(range: Range) -> String {
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

/// When growth gets there.
pub(super) fn in_months(months: f64) -> String {
    if months <= 0.0 {
        return "today already".to_owned();
    }
    if months < 1.0 {
        return "within a month".to_owned();
    }
    format!("in {} months", figures::number(months))
}

/// An hour of the day as on a clock: 14.5 is `14:30`.
pub(super) fn clock(hour: f64) -> String {
    let minutes = (hour * 60.0).round() as u32 % (24 * 60);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}
