//! Months promised in advance: what they cost, and when the promise pays.

use model::analysis::cost::tariff::commitment_pays_after;
use model::catalog::{Commitment, Offer};
use model::plan::{Component, Hosting};
use model::units::Money;
use yew::prelude::*;

use super::super::Shown;
use super::disk::set;
use super::edits;
use crate::state::Message;
use crate::widgets::format;
use crate::widgets::select::Select;

/// The promises that an offer has a price for, and the one that the plan makes; none where there is neither, or
/// the plan keeps a price of its own.
pub(super) fn promised(
    shown: &Shown,
    component: &Component,
    offer: &Offer,
    send: &Callback<Message>,
) -> Option<Html> {
    let stated = component
        .hosting
        .as_ref()
        .and_then(|hosting| hosting.commitment);
    let stamp = shown.plan.catalogue.as_ref();
    let is_kept = stamp.is_some_and(|stamp| stamp.price(&offer.id).is_some());
    let price = offer.price.as_ref().filter(|_| !is_kept);
    let offered = price.map_or(&[][..], |price| &price.commitments);
    if offered.is_empty() && stated.is_none_or(|months| months <= 0.0) {
        return None;
    }
    let list = price.and_then(model::catalog::Price::by_month);
    let currency = shown.currency();
    let mut options = vec![(
        AttrValue::default(),
        AttrValue::from(match list {
            Some(list) => t!("None: {sum}", sum = format::price(list.0, currency)),
            None => t!("None").to_owned(),
        }),
    )];
    options.extend(offered.iter().map(|one| {
        let (months, month) = (format::short(one.months), one.by_month().0);
        (
            AttrValue::from(months.clone()),
            AttrValue::from(t!(
                "{months} months: {sum}",
                months,
                sum = format::price(month, currency)
            )),
        )
    }));
    let chosen = stated.map(format::short).unwrap_or_default();
    if options.iter().all(|(value, _)| *value != chosen) {
        options.push((
            chosen.clone().into(),
            t!("{months} months", months = chosen).into(),
        ));
    }
    let counted = offered
        .iter()
        .filter(|one| stated.is_some_and(|months| one.months <= months))
        .max_by(|a, b| a.months.total_cmp(&b.months));
    let hint = match (counted, list) {
        (Some(one), Some(list)) => Some(words(one, list)),
        (None, Some(list)) => offered.first().map(|one| {
            t!(
                "{months} months: {gain}",
                months = format::short(one.months),
                gain = words(one, list)
            )
        }),
        (_, None) => None,
    };
    let set = set(component);
    let on_choose = edits(send, move |value: AttrValue| {
        let commitment = format::parse(&value).filter(|months| *months > 0.0);
        set(&move |hosting: Hosting| Hosting {
            commitment,
            ..hosting
        })
    });
    Some(
        Select {
            id: "hosting-commitment".into(),
            label: t!("Commitment").into(),
            options,
            chosen: chosen.into(),
            is_own: stated.is_some(),
            hint: hint.map(AttrValue::from),
            explanation: Some(t!("Months that are promised in advance and paid for whether it runs or not, with the price of each. Who leaves earlier pays the rest.").into()),
            on_choose,
            ..Select::default()
        }
        .draw(),
    )
}

/// What a promise saves, and after how much use.
fn words(commitment: &Commitment, list: Money) -> String {
    let committed = commitment.by_month();
    let after = commitment_pays_after(list, committed, commitment.months);
    let Some(after) = after.filter(|after| *after < commitment.months) else {
        return t!("It saves nothing.").to_owned();
    };
    let share = committed / list;
    t!(
        "{saved} less. It pays after {after} months of use: whoever runs it less than {use_share} of the time pays more.",
        saved = format::percent(1.0 - share),
        after = format::short(after),
        use_share = format::percent(share)
    )
}
