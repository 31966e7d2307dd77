//! How full the resources of a component are: the bars that the inspector and the results share.

use model::evaluate::{ComponentEvaluation, PoolUse, Resource, ResourceUse};
use yew::prelude::*;

use super::words::resource_words;
use crate::widgets::format;
use crate::widgets::meter::{Load, Meter};
use crate::widgets::severity::Weight;

/// Months beyond which nobody plans.
const FAR: f64 = 60.0;

/// A share of refused visits below this is not worth a bar.
const SEEN: f64 = 1e-4;

/// The bars of all that a component can run out of, in the order given, and of its workers.
pub(super) fn resource_meters<'u>(
    evaluation: &ComponentEvaluation,
    used: impl IntoIterator<Item = &'u ResourceUse>,
) -> Html {
    html! {
        <dl class="loads">
            { for used.into_iter().map(resource_meter) }
            { for evaluation.pool.as_ref().map(workers) }
            { for (evaluation.refused >= SEEN).then(|| refused(evaluation.refused)) }
        </dl>
    }
}

/// The bar of the workers that are held while a request stays.
fn workers(pool: &PoolUse) -> Html {
    Meter {
        note: t!(
            "{count} each, good for {rate}; all held {share} of the time",
            count = format::short(pool.size as f64),
            rate = format::rate(pool.capacity_rps.0),
            share = format::percent(pool.all_busy_probability)
        ),
        ..Meter::of(t!("workers"), pool.busy_share)
    }
    .draw("workers".to_owned())
}

/// The bar of the visits that find no room.
fn refused(share: f64) -> Html {
    Meter {
        load: Load::NearlyFull,
        word: Some((Weight::High, t!("no room"))),
        ..Meter::of(t!("refused"), share)
    }
    .draw("refused".to_owned())
}

/// The bar of one resource; a line marks what is left of it when its credit is gone.
fn resource_meter(used: &ResourceUse) -> Html {
    let name = resource_words(used.resource);
    let sustained = used.throttled.map(|throttled| throttled.sustained);
    let word = match used.utilisation {
        share if used.resource.is_fit() && share > 1.0 => Some((Weight::Error, t!("does not fit"))),
        share => Load::of(share).word(),
    };
    Meter {
        word,
        mark: sustained.map(|sustained| sustained / used.capacity),
        note: note(used),
        ..Meter::of(name, used.utilisation)
    }
    .draw(name.to_owned())
}

/// What is asked of a resource and what there is of it, when its credit is gone, and when growth fills it.
fn note(used: &ResourceUse) -> String {
    let scale = match used.resource {
        Resource::Memory | Resource::Storage => 1e9,
        Resource::DiskThroughput | Resource::NetworkIn | Resource::NetworkOut => 1e6,
        Resource::Disk | Resource::Cpu | Resource::Connections | Resource::Workers => 1.0,
    };
    let with_unit = |amount: f64| {
        let amount = format::short(amount / scale);
        match used.resource {
            Resource::Memory | Resource::Storage => t!("{size} GB", size = amount),
            Resource::DiskThroughput | Resource::NetworkIn | Resource::NetworkOut => {
                t!("{amount} MB/s", amount)
            }
            Resource::Disk => t!("{amount} IOPS", amount),
            Resource::Cpu => t!("{amount} servers", amount),
            Resource::Connections | Resource::Workers => amount,
        }
    };
    let plain = t!(
        "{used} of {all}",
        used = format::short(used.demand / scale),
        all = with_unit(used.capacity)
    );
    if let Some(throttled) = used.throttled {
        return t!(
            "{plain}; after {time} it drops to {sustained}",
            plain,
            time = format::duration(throttled.after.0),
            sustained = with_unit(throttled.sustained)
        );
    }
    let left = used
        .months_to_saturation
        .filter(|months| used.utilisation < 1.0 && *months < FAR);
    match left {
        Some(months) => t!(
            "{plain}; full in {months}",
            plain,
            months = format::months(months)
        ),
        None => plain,
    }
}
