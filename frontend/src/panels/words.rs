//! How the model's terms read on screen.

use model::catalog::{Billing, Confidence, Interface, Offer, OfferKind, Price};
use model::evaluate::{Evaluation, JourneyEvaluation, Resource};
use model::plan::HostingKind;
use model::rules::Severity;
use model::topology::Origin;
use model::units::Range;

use crate::widgets::format;
use crate::widgets::severity::Weight;

/// How many findings of each weight there are, in words, the heaviest first; none of a weight is left out.
pub(super) fn counts(evaluation: &Evaluation) -> Vec<(Weight, String)> {
    [
        (Weight::Error, t!("does not work"), t!("do not work")),
        (Weight::High, t!("serious"), "serious"),
        (Weight::Medium, t!("worth fixing"), t!("worth fixing")),
        (Weight::Info, t!("good to know"), t!("good to know")),
    ]
    .into_iter()
    .filter_map(|(weight, one, many)| {
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
        (count > 0).then(|| (weight, format::count(count, one, many)))
    })
    .collect()
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
        Resource::Cpu => "processor",
        Resource::Memory => "memory",
        Resource::Disk => "disk",
        Resource::DiskThroughput => t!("disk throughput"),
        Resource::NetworkIn => t!("network in"),
        Resource::NetworkOut => t!("network out"),
        Resource::Storage => "storage",
        Resource::Connections => "connections",
        Resource::Workers => "workers",
    }
}

/// The word for a kind of offer.
pub(super) fn kind_words(kind: OfferKind) -> &'static str {
    kind.hosting().map_or(t!("Software"), HostingKind::name)
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
            "{low} to {days}",
            low = format::short(days.low),
            days = format::days(days.high)
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
        Billing::OneOff => "once",
    }
}

/// What a month of an offer costs, where that is how it is charged.
pub(super) fn month_price(offer: &Offer) -> Option<f64> {
    offer.price.as_ref()?.by_month().map(|month| month.0)
}

/// What an offer costs: the amount, and for what.
pub(super) fn price_words(offer: &Offer, currency: &str) -> (String, String) {
    if offer.price.as_ref().is_some_and(Price::is_free) {
        return ("free".to_owned(), String::new());
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
        (price.upfront, "once"),
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
