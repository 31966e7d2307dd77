//! What the fixes of the findings would bring: tried out one after the other, so that nobody has to wait.

use model::gain::{self, Gain};
use model::rules::Finding;

use crate::texts;
use yew::prelude::*;

use super::Shown;
use crate::widgets::format;
use crate::widgets::severity::{Weight, tag};
use crate::widgets::timer::use_timer;

/// Fixes that are tried out.
const MOST_FIXES: usize = 16;

/// What is known so far about the fixes of a plan.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Gains {
    of: Shown,
    tried: Vec<(String, Option<Gain>)>,
    /// Whether every fix has been tried out that will be.
    pub is_done: bool,
    /// Whether none is, because the plan is too large.
    pub is_too_large: bool,
}

impl Gains {
    /// What the fix of a finding would bring; none while that is not known.
    pub(super) fn of(&self, finding: &Finding) -> Option<&Gain> {
        let key = key_of(finding);
        let mut tried = self.tried.iter();
        let (_, gain) = tried.find(|(tried, _)| *tried == key)?;
        gain.as_ref()
    }
}

/// A name for a finding that stays the same while the plan changes around it.
pub(super) fn key_of(finding: &Finding) -> String {
    let subjects: Vec<&str> = finding
        .subjects
        .iter()
        .map(model::plan::Id::as_str)
        .collect();
    format!("{} {}", finding.rule, subjects.join(" "))
}

/// Tries out the fixes of the findings, one in each turn of the page.
#[hook]
pub(super) fn use_gains(shown: &Shown) -> Gains {
    let known = use_state_eq(|| Gains {
        of: shown.clone(),
        tried: Vec::new(),
        is_done: false,
        is_too_large: false,
    });
    let tried = if known.of == *shown {
        known.tried.clone()
    } else {
        Vec::new()
    };
    let is_tried = gain::is_tried(&shown.plan);
    let findings = shown.evaluation.findings.iter();
    let next = findings
        .filter(|finding| finding.fix.is_some())
        .take(MOST_FIXES)
        .nth(tried.len())
        .filter(|_| is_tried)
        .cloned();
    let gains = Gains {
        of: shown.clone(),
        tried,
        is_done: next.is_none(),
        is_too_large: !is_tried,
    };
    let so_far = gains.clone();
    let turn = next.as_ref().map(|_| (shown.clone(), so_far.tried.len()));
    use_timer(turn, 1, move || {
        let Some(finding) = &next else {
            return;
        };
        let shown = &so_far.of;
        let gain = gain::of_fix(
            finding,
            &shown.evaluation,
            &shown.plan,
            &shown.catalog,
            None,
        );
        let mut all = so_far.clone();
        all.tried.push((key_of(finding), gain));
        known.set(all);
    });
    gains
}

/// What a fix would bring, in a sentence with the verdict before it.
pub(super) fn gain_words(shown: &Shown, gain: &Gain) -> Html {
    let verdict = if gain.removes_finding {
        tag(Weight::Good, t!("removes it"))
    } else {
        tag(Weight::Medium, t!("helps, but does not remove it"))
    };
    html! {
        <p class="finding__gain">
            { verdict }
            <span>{ changes(shown, gain) }</span>
        </p>
    }
}

/// The changes of a fix: down time, money, work, and what it brings with it.
fn changes(shown: &Shown, gain: &Gain) -> String {
    let mut parts = Vec::new();
    if let Some((journey, hours)) = gain.most_spared() {
        let span = format::hours(hours.abs());
        let name = shown.part_name(journey);
        let is_one_of_several = shown.evaluation.journeys.len() > 1;
        parts.push(match (is_one_of_several, hours > 0.0) {
            (true, true) => t!("{span} a year less down time of {name}", span, name),
            (true, false) => t!("{span} a year more down time of {name}", span, name),
            (false, true) => t!("{span} a year less down time", span),
            (false, false) => t!("{span} a year more down time", span),
        });
    }
    parts.push(cost_words(shown, gain));
    let work = gain.work_month.0;
    if work.abs() >= 0.005 {
        let days = format::days(work.abs());
        parts.push(if work > 0.0 {
            t!("{days} a month more work", days)
        } else {
            t!("{days} a month less work", days)
        });
    }
    let changes = parts.join(", ");
    if gain.new.is_empty() {
        return format!("{changes}.");
    }
    let then = t!(
        "Then to look at: {findings}.",
        findings = format::few(&gain.new.iter().map(texts::words).collect::<Vec<_>>(), 2)
    );
    format!("{changes}. {then}")
}

/// What a fix costs more or less.
pub(super) fn cost_words(shown: &Shown, gain: &Gain) -> String {
    match gain.cost_month {
        None => t!("its price is not known").to_owned(),
        Some(cost) if cost.0.abs() < 0.005 => t!("no more money").to_owned(),
        Some(cost) => {
            let sum = format::price(cost.0.abs(), shown.currency());
            if cost.0 > 0.0 {
                t!("{sum} a month more", sum)
            } else {
                t!("{sum} a month less", sum)
            }
        }
    }
}
