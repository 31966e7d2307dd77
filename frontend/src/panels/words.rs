//! How the model's terms read on screen.

use std::borrow::Cow;
use std::fmt::Display;

use model::catalog::{Billing, Confidence, Interface, Offer, OfferKind, Price};
use model::evaluate::{Evaluation, JourneyEvaluation, LineItem, Resource};
use model::rules::Severity;
use model::topology::Origin;
use model::units::Range;

use crate::texts::say;
use crate::widgets::format;
use crate::widgets::severity::Weight;

/// How many findings of each weight there are, in words, the heaviest first; none of a weight is left out.
pub(super) fn counts(evaluation: &Evaluation) -> Vec<(Weight, String)> {
    [Weight::Error, Weight::High, Weight::Medium, Weight::Info]
        .into_iter()
        .filter_map(|weight| {
            let problems = if weight == Weight::Error {
                evaluation.problems.len()
            } else {
                0
            };
            let findings = evaluation
                .findings
                .iter()
                .filter(|finding| weight_of(finding.severity) == weight)
                .count();
            let count = problems + findings;
            (count > 0).then(|| (weight, counted(weight, count)))
        })
        .collect()
}

fn counted(weight: Weight, count: usize) -> String {
    match weight {
        Weight::Error => tn!(count; "{count} does not work", "{count} do not work"),
        Weight::High => tn!(count; "{count} serious", "{count} serious"),
        Weight::Medium => tn!(count; "{count} worth fixing", "{count} worth fixing"),
        Weight::Info | Weight::Good => tn!(count; "{count} good to know", "{count} good to know"),
    }
}

/// The journey that is down most.
pub(super) fn most_down(evaluation: &Evaluation) -> Option<&JourneyEvaluation> {
    let journeys = evaluation.journeys.iter();
    journeys.max_by(|a, b| a.unavailability.0.total_cmp(&b.unavailability.0))
}

/// How a severity is shown.
pub(super) fn weight_of(severity: Severity) -> Weight {
    match severity {
        Severity::Error => Weight::Error,
        Severity::High => Weight::High,
        Severity::Medium => Weight::Medium,
        Severity::Info => Weight::Info,
    }
}

/// The word for a resource in a sentence.
pub(super) fn resource_words(resource: Resource) -> &'static str {
    match resource {
        Resource::Cpu => t!("processor"),
        Resource::Memory => t!("memory"),
        Resource::Disk => t!("disk"),
        Resource::DiskThroughput => t!("disk throughput"),
        Resource::NetworkIn => t!("network in"),
        Resource::NetworkOut => t!("network out"),
        Resource::Storage => t!("storage"),
        Resource::Connections => t!("connections"),
        Resource::Workers => t!("workers"),
    }
}

/// A name from a list of the model within a sentence, which English writes small unless it is one such as
/// `SQL database`; other languages have it as it stands.
pub(super) fn in_sentence(name: &'static str) -> Cow<'static, str> {
    let said = say(name);
    let first_word = said.split(' ').next().unwrap_or_default();
    let is_proper = first_word.chars().skip(1).any(char::is_uppercase);
    let mut letters = said.chars();
    match letters.next() {
        Some(first) if said == name && !is_proper => {
            Cow::Owned(first.to_lowercase().chain(letters).collect())
        }
        _ => Cow::Borrowed(said),
    }
}

/// What is charged: the name of what stands beside an offer, or else the kind of charge.
pub(super) fn charge_name(line: &LineItem) -> Cow<'static, str> {
    let kind = line.charge.name();
    if line.name() == kind {
        Cow::Borrowed(say(kind))
    } else {
        Cow::Owned(line.name().to_owned())
    }
}

/// What is charged, within a sentence.
pub(super) fn charge_in_sentence(line: &LineItem) -> Cow<'static, str> {
    let kind = line.charge.name();
    if line.name() == kind {
        in_sentence(kind)
    } else {
        charge_name(line)
    }
}

/// A figure, with the word before it that says so where it is not exact.
pub(super) fn about_unless(is_exact: bool, figure: impl Display) -> String {
    if is_exact {
        figure.to_string()
    } else {
        t!("about {figure}", figure)
    }
}

/// Text that begins a sentence.
pub(super) fn sentence_start(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// The word for a kind of offer.
pub(super) fn kind_words(kind: OfferKind) -> &'static str {
    kind.hosting()
        .map_or(t!("Software"), |kind| say(kind.name()))
}

/// What an interface means for leaving.
pub(super) fn interface_words(interface: Interface) -> &'static str {
    match interface {
        Interface::OpenStandard => t!("open standard, several offer it"),
        Interface::OpenSourceManaged => t!("open software that the provider runs"),
        Interface::ProprietaryOperations => t!("standard use, one provider's operations"),
        Interface::ProprietaryApi => t!("one provider's interface"),
    }
}

/// Low and high of a range of days; one number where they are the same.
pub(super) fn day_range(days: Range) -> String {
    if days.low < days.high {
        t!(
            "{low} to {high}",
            low = format::short(days.low),
            high = format::days(days.high)
        )
    } else {
        format::days(days.base).to_string()
    }
}

/// Who says what a value is.
pub(super) fn origin_words(origin: Origin) -> &'static str {
    match origin {
        Origin::Stated => t!("as you state it"),
        Origin::Offer => t!("from the offer"),
        Origin::Default => t!("the type's default"),
        Origin::Assumed => t!("assumed for this kind of hosting"),
    }
}

/// How far a figure can be trusted.
pub(super) fn confidence_words(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Low => t!("one report or an estimate"),
        Confidence::Medium => t!("copied from a list"),
        Confidence::High => t!("official list"),
    }
}

/// What time is counted in on the bill.
pub(super) fn billing_words(billing: Billing) -> &'static str {
    match billing {
        Billing::Monthly => t!("by the month"),
        Billing::Hourly => t!("by the hour"),
        Billing::PerSecond => t!("by the second"),
        Billing::PerUse => t!("by use"),
        Billing::OneOff => t!("once"),
    }
}

/// What a month of an offer costs, where that is how it is charged.
pub(super) fn month_price(offer: &Offer) -> Option<f64> {
    offer.price.as_ref()?.by_month().map(|month| month.0)
}

/// What an offer costs: the amount, and for what.
pub(super) fn price_words(offer: &Offer, currency: &str) -> (String, String) {
    if offer.price.as_ref().is_some_and(Price::is_free) {
        return (t!("free").to_owned(), String::new());
    }
    if let Some(month) = month_price(offer) {
        return (format::price(month, currency), t!("a month").to_owned());
    }
    let Some(price) = offer.price.as_ref() else {
        return (t!("not priced").to_owned(), String::new());
    };
    match unit_price(price) {
        Some((amount, unit)) => (format::unit_price(amount, currency), unit.to_owned()),
        None => (t!("not priced").to_owned(), String::new()),
    }
}

/// The first charge by use.
fn unit_price(price: &Price) -> Option<(f64, &'static str)> {
    [
        (price.upfront, t!("once")),
        (price.per_gb_month, t!("per GB a month")),
        (price.per_unit_hour, t!("per unit and hour")),
        (price.per_million_requests, t!("per million requests")),
        (price.per_million_reads, t!("per million reads")),
        (price.per_million_writes, t!("per million writes")),
        (price.per_gb, t!("per GB")),
        (price.per_gb_out, t!("per GB sent")),
        (price.per_vcpu_second, t!("per vCPU and second")),
    ]
    .into_iter()
    .find_map(|(amount, unit)| amount.map(|amount| (amount.0, unit)))
}
