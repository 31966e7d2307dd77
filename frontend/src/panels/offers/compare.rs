//! Two or three offers side by side, each figure with its date and where it is from.

use model::catalog::Offer;
use yew::prelude::*;

use super::super::Shown;
use super::super::offer_facts::provider_name;
use super::super::words::{
    billing_words, confidence_words, interface_words, kind_words, month_price, price_words,
};
use crate::widgets::button::{Button, Look};
use crate::widgets::format;

/// Draws offers side by side; `choose` takes one.
pub(super) fn compare(shown: &Shown, offers: &[&Offer], choose: Option<&Callback<String>>) -> Html {
    let rows = rows(shown, offers);
    html! {
        <div class="compare scroll" tabindex="0" role="region" aria-label={t!("Offers side by side")}>
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
                                        label: t!("Choose").into(),
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
    let mut rows = prices(shown, offers);
    rows.extend(sizes(offers));
    rows.extend(terms(shown, offers));
    rows.retain(|row| {
        row.cells
            .iter()
            .any(|cell| *cell != unknown() && !cell.is_empty())
    });
    rows
}

fn words(name: &'static str, offers: &[&Offer], cell: impl Fn(&Offer) -> String) -> CompareRow {
    CompareRow {
        name,
        cells: offers.iter().map(|offer| cell(offer)).collect(),
        best: Vec::new(),
        praise: "",
    }
}

/// What is best about a number, and what it is then called.
#[derive(Clone, Copy)]
enum Best {
    High(&'static str),
    Low(&'static str),
}

fn numbers(
    name: &'static str,
    offers: &[&Offer],
    best: Best,
    value: impl Fn(&Offer) -> Option<f64>,
    cell: impl Fn(f64) -> String,
) -> CompareRow {
    let (sign, praise) = match best {
        Best::High(praise) => (1.0, praise),
        Best::Low(praise) => (-1.0, praise),
    };
    let values: Vec<Option<f64>> = offers.iter().map(|offer| value(offer)).collect();
    let known = values.iter().flatten().map(|value| value * sign);
    let top = known.fold(f64::NEG_INFINITY, f64::max);
    let is_best = |value: &Option<f64>| value.is_some_and(|value| value * sign >= top);
    let best: Vec<usize> = (0..values.len())
        .filter(|&index| is_best(&values[index]))
        .collect();
    let tells = values.iter().all(Option::is_some) && best.len() < values.len();
    CompareRow {
        name,
        cells: values
            .iter()
            .map(|value| value.map_or_else(unknown, &cell))
            .collect(),
        best: if tells { best } else { Vec::new() },
        praise,
    }
}

fn prices(shown: &Shown, offers: &[&Offer]) -> Vec<CompareRow> {
    let currency = shown.currency();
    vec![
        words(t!("Kind"), offers, |offer| {
            kind_words(offer.kind).to_owned()
        }),
        words(t!("Price"), offers, |offer| {
            let (amount, unit) = price_words(offer, currency);
            format!("{amount} {unit}").trim_end().to_owned()
        }),
        numbers(
            t!("Price per core"),
            offers,
            Best::Low(t!("cheapest")),
            |offer| Some(month_price(offer)? / offer.vcpu?),
            |price| format::price(price, currency),
        ),
        words(t!("Price of"), offers, |offer| {
            format!(
                "{}, {}",
                format::date(&offer.date.to_string()),
                confidence_words(offer.confidence)
            )
        }),
        words(t!("Source"), offers, |offer| {
            let sources: Vec<String> = shown
                .catalog
                .sources_of(offer)
                .map(|source| source.title.clone())
                .collect();
            format::few(&sources, 2)
        }),
    ]
}

fn sizes(offers: &[&Offer]) -> Vec<CompareRow> {
    let gib = |value: f64| t!("{size} GiB", size = format::short(value));
    let gb = |value: f64| t!("{size} GB", size = format::short(value));
    let a_second = |value: f64| t!("{count} a second", count = format::short(value));
    let most = Best::High(t!("most"));
    vec![
        numbers(t!("Cores"), offers, most, |offer| offer.vcpu, format::short),
        numbers(t!("Memory"), offers, most, |offer| offer.memory_gib, gib),
        numbers(t!("Disk"), offers, most, |offer| offer.disk_gb, gb),
        numbers(
            t!("Disk operations"),
            offers,
            most,
            |offer| offer.iops,
            a_second,
        ),
        numbers(
            t!("Traffic included"),
            offers,
            most,
            |offer| offer.transfer_gb,
            gb,
        ),
        numbers(
            t!("Static pages, measured"),
            offers,
            Best::High(t!("fastest")),
            |offer| offer.measured?.static_web_1k_rps,
            a_second,
        ),
    ]
}

fn terms(shown: &Shown, offers: &[&Offer]) -> Vec<CompareRow> {
    vec![
        words(t!("Billed"), offers, |offer| {
            offer
                .billing
                .map_or_else(unknown, |billing| billing_words(billing).to_owned())
        }),
        numbers(
            t!("Promised"),
            offers,
            Best::High(t!("most")),
            |offer| offer.sla_percent,
            |percent| t!("{percent} % a month", percent = format::exact(percent)),
        ),
        numbers(
            t!("Ready after"),
            offers,
            Best::Low(t!("soonest")),
            |offer| offer.provision_seconds,
            |seconds| format::duration(seconds).to_string(),
        ),
        words(t!("Interface"), offers, |offer| {
            interface_words(offer.interface).to_owned()
        }),
        words(t!("Speaks"), offers, |offer| {
            or_unknown(&offer.open_standards)
        }),
        words(t!("Only there"), offers, |offer| {
            if offer.proprietary.is_empty() {
                t!("nothing known").to_owned()
            } else {
                format::list(&offer.proprietary)
            }
        }),
        words(t!("Way out"), offers, |offer| {
            let provider = shown.catalog.provider_of(offer);
            or_unknown(provider.map_or(&[][..], |provider| &provider.exit_options))
        }),
        words(t!("Note"), offers, |offer| {
            offer.note.clone().unwrap_or_default()
        }),
    ]
}

fn unknown() -> String {
    t!("not known").to_owned()
}

fn or_unknown(list: &[String]) -> String {
    if list.is_empty() {
        unknown()
    } else {
        format::list(list)
    }
}
