//! Two or three offers side by side, each figure with its date and where it is from.

use model::catalog::{Billing, Offer};
use yew::prelude::*;

use super::super::Shown;
use super::super::offer_facts::provider_name;
use super::super::words::{
    confidence_words, interface_words, kind_words, month_price, price_words,
};
use crate::widgets::button::{Button, Look};
use crate::widgets::format;

/// Draws offers side by side; `choose` takes one.
pub(super) fn compare(shown: &Shown, offers: &[&Offer], choose: Option<&Callback<String>>) -> Html {
    let rows = rows(shown, offers);
    html! {
        <div class="compare scroll" tabindex="0" role="region" aria-label="Offers side by side">
            <table class="table compare__table">
                <thead>
                    <tr>
                        { for std::iter::once(html! { <td key=" "></td> }).chain(offers.iter().map(|offer| html! {
                            <th scope="col" key={offer.id.clone()}>
                                <span class="compare__name">{ &offer.name }</span>
                                <span class="compare__provider">{ provider_name(shown, offer) }</span>
                            </th>
                        })) }
                    </tr>
                </thead>
                <tbody>
                    { for rows.iter().map(|row| html! {
                        <tr key={row.name}>
                            { for std::iter::once(html! { <th key=" " scope="row">{ row.name }</th> }).chain(row.cells.iter().enumerate().map(|(index, cell)| html! {
                                <td key={index} class={classes!(row.best.contains(&index).then_some("compare__best"))}>
                                    { cell }
                                    <span class="slot">
                                        { for row.best.contains(&index).then(|| html! {
                                            <span class="compare__mark">{ row.praise }</span>
                                        }) }
                                    </span>
                                </td>
                            })) }
                        </tr>
                    }) }
                </tbody>
                <tfoot>
                    <tr>
                        { for std::iter::once(html! { <td key=" "></td> }).chain(offers.iter().map(|offer| html! {
                            <td key={offer.id.clone()}>
                                { for choose.map(|choose| {
                                    let id = offer.id.clone();
                                    Button {
                                        label: "Choose".into(),
                                        look: Look::Primary,
                                        small: true,
                                        on_click: choose.reform(move |()| id.clone()),
                                        ..Button::default()
                                    }.draw()
                                }) }
                            </td>
                        })) }
                    </tr>
                </tfoot>
            </table>
        </div>
    }
}

struct CompareRow {
    name: &'static str,
    cells: Vec<String>,
    /// The columns that are best, where that can be said and not all are.
    best: Vec<usize>,
    praise: &'static str,
}

fn rows(shown: &Shown, offers: &[&Offer]) -> Vec<CompareRow> {
    let currency = shown.currency();
    let words = |name, cell: &dyn Fn(&Offer) -> String| CompareRow {
        name,
        cells: offers.iter().map(|offer| cell(offer)).collect(),
        best: Vec::new(),
        praise: "",
    };
    let numbers = |name, unit: &str, praise, sign: f64, value: &dyn Fn(&Offer) -> Option<f64>| {
        let values: Vec<Option<f64>> = offers.iter().map(|offer| value(offer)).collect();
        let known = values.iter().flatten().map(|value| value * sign);
        let top = known.fold(f64::NEG_INFINITY, f64::max);
        let best: Vec<usize> = (0..values.len())
            .filter(|&index| values[index].is_some_and(|value| value * sign >= top))
            .collect();
        let all_known = values.iter().all(Option::is_some);
        CompareRow {
            name,
            cells: values
                .iter()
                .map(|value| {
                    value.map_or_else(unknown, |value| format!("{} {unit}", format::short(value)))
                })
                .collect(),
            best: if all_known && best.len() < values.len() {
                best
            } else {
                Vec::new()
            },
            praise,
        }
    };
    let mut rows = vec![
        words("Kind", &|offer| kind_words(offer.kind).to_owned()),
        words("Price", &|offer| {
            let (amount, unit) = price_words(offer, currency);
            format!("{amount} {unit}").trim_end().to_owned()
        }),
        words("Price of", &|offer| {
            format!(
                "{}, {}",
                format::date(&offer.date.to_string()),
                confidence_words(offer.confidence)
            )
        }),
        words("Source", &|offer| {
            let sources: Vec<String> = shown
                .catalog
                .sources_of(offer)
                .map(|source| source.title.clone())
                .collect();
            format::few(&sources, 2)
        }),
        numbers("Cores", "", "most", 1.0, &|offer| offer.vcpu),
        numbers("Memory", "GiB", "most", 1.0, &|offer| offer.memory_gib),
        numbers("Disk", "GB", "most", 1.0, &|offer| offer.disk_gb),
        numbers("Disk operations", "a second", "most", 1.0, &|offer| {
            offer.iops
        }),
        numbers("Traffic included", "GB", "most", 1.0, &|offer| {
            offer.transfer_gb
        }),
        numbers(
            "Static pages, measured",
            "a second",
            "fastest",
            1.0,
            &|offer| {
                offer
                    .measured
                    .and_then(|measured| measured.static_web_1k_rps)
            },
        ),
        words("Billed", &|offer| {
            offer.billing.map_or_else(unknown, billing_words)
        }),
        numbers("Promised", "% a month", "most", 1.0, &|offer| {
            offer.sla_percent
        }),
        numbers("Ready after", "s", "soonest", -1.0, &|offer| {
            offer.provision_seconds
        }),
        words("Interface", &|offer| {
            interface_words(offer.interface).to_owned()
        }),
        words("Speaks", &|offer| or_unknown(&offer.open_standards)),
        words("Only there", &|offer| {
            if offer.proprietary.is_empty() {
                "nothing known".to_owned()
            } else {
                format::list(&offer.proprietary)
            }
        }),
        words("Way out", &|offer| {
            let provider = shown.catalog.provider_of(offer);
            or_unknown(provider.map_or(&[][..], |provider| &provider.exit_options))
        }),
        words("Note", &|offer| offer.note.clone().unwrap_or_default()),
    ];
    let per_core = |offer: &Offer| Some(month_price(offer)? / offer.vcpu?);
    if offers.iter().any(|offer| per_core(offer).is_some()) {
        let mut row = numbers("Price per core", "", "cheapest", -1.0, &per_core);
        for (cell, offer) in row.cells.iter_mut().zip(offers) {
            if let Some(value) = per_core(offer) {
                *cell = format::price(value, currency);
            }
        }
        rows.insert(2, row);
    }
    rows.retain(|row| {
        row.cells
            .iter()
            .any(|cell| *cell != unknown() && !cell.is_empty())
    });
    rows
}

fn unknown() -> String {
    "not known".to_owned()
}

fn or_unknown(list: &[String]) -> String {
    if list.is_empty() {
        unknown()
    } else {
        format::list(list)
    }
}

fn billing_words(billing: Billing) -> String {
    match billing {
        Billing::Monthly => "by the month",
        Billing::Hourly => "by the hour",
        Billing::PerSecond => "by the second",
        Billing::PerUse => "by use",
        Billing::OneOff => "once",
    }
    .to_owned()
}
