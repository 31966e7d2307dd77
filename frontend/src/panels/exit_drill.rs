//! The exit drill: a provider ends on a day; what moves, where to, and whether there is time.

use model::catalog::Date;
use model::exit_drill::{
    Candidate, Drill, DrillReport, Move, Phase, Verdict, exit_drill, past_notices, providers_in,
};
use model::export::exit_checklist::exit_checklist;
use model::units::Range;
use yew::prelude::*;

use super::Shown;
use super::words::{day_range, in_sentence, interface_words};
use crate::browser::clock;
use crate::state::{Message, Overlay};
use crate::texts::{self, say};
use crate::widgets::button::{Button, Look};
use crate::widgets::date_field::DateField;
use crate::widgets::drawer::Drawer;
use crate::widgets::format;
use crate::widgets::select::Select;
use crate::widgets::severity::{Weight, tag};
use crate::widgets::table::{Column, Row, table};

/// Notice that is tried first, in days.
const FIRST_NOTICE: u32 = 90;

/// What is drilled.
#[derive(Properties, PartialEq)]
pub(crate) struct ExitDrillProps {
    /// What is shown.
    pub shown: Shown,
    /// Where messages go.
    pub send: Callback<Message>,
}

/// Draws the drill.
#[component]
pub(crate) fn ExitDrill(props: &ExitDrillProps) -> Html {
    let ExitDrillProps { shown, send } = props;
    let told = *use_memo((), |()| clock::today());
    let chosen = use_state_eq(|| None::<AttrValue>);
    let ends = use_state_eq(|| told.map(|told| told.after_days(FIRST_NOTICE)));
    let is_in_eu = use_state_eq(|| false);
    let providers = use_memo(shown.clone(), |shown| {
        providers_in(&shown.plan, &shown.catalog)
            .into_iter()
            .map(|(provider, components)| Ending {
                id: AttrValue::from(provider.id.clone()),
                name: AttrValue::from(provider.name.clone()),
                components,
            })
            .collect::<Vec<_>>()
    });
    let provider = chosen
        .as_ref()
        .filter(|chosen| providers.iter().any(|one| one.id == **chosen))
        .cloned()
        .or_else(|| most_used(&providers));
    let drill = provider
        .zip(told)
        .zip(*ends)
        .map(|((provider, told), ends)| Drill {
            provider: provider.to_string(),
            told,
            ends,
            is_in_eu: *is_in_eu,
        });
    let report = use_memo((shown.clone(), drill.clone()), |(shown, drill)| {
        exit_drill(
            &shown.plan,
            &shown.catalog,
            &shown.evaluation,
            drill.as_ref()?,
        )
    });
    let found = drill.as_ref().zip((*report).as_ref());
    let body = match found {
        Some((drill, report)) => html! {
            <>
                { controls(shown, drill, &providers, &chosen, &ends, &is_in_eu) }
                { answer(shown, drill, report) }
                { moves(shown, report) }
                { checklist(report, actions(shown, drill, report, send)) }
            </>
        },
        None => html! {
            <p class="results__lead">
                { t!("Nothing of this plan stands with a provider yet. Put a component on an offer, and drill what happens when its provider ends.") }
            </p>
        },
    };
    let summary = found.map_or_else(String::new, |(drill, _)| {
        t!(
            "told on {date}",
            date = format::date(&drill.told.to_string())
        )
    });
    html! {
        <Drawer
            id="exit-drill"
            title={t!("Exit drill")}
            {summary}
            close_label={t!("Close the exit drill")}
            on_close={send.reform(|()| Message::Close)}
        >
            <div class="results drill scroll" tabindex="0" role="region" aria-label={t!("Drill")}>
                { body }
            </div>
        </Drawer>
    }
}

/// A provider that can be drilled.
#[derive(PartialEq)]
struct Ending {
    id: AttrValue,
    name: AttrValue,
    components: usize,
}

/// The provider that most components stand with; of several the first.
fn most_used(providers: &[Ending]) -> Option<AttrValue> {
    let providers = providers.iter().rev();
    let most = providers.max_by_key(|one| one.components);
    most.map(|one| one.id.clone())
}

/// What can be done with the checklist.
fn actions(shown: &Shown, drill: &Drill, report: &DrillReport, send: &Callback<Message>) -> Html {
    let text = exit_checklist(&shown.plan, &shown.catalog, drill, report);
    let name = format!("leaving-{}.md", drill.provider);
    let save = send.reform(move |()| Message::Download {
        name: name.clone(),
        mime: "text/markdown",
        text: text.clone(),
    });
    html! {
        <span class="drill__actions">
            { Button {
                label: t!("Print").into(),
                small: true,
                on_click: send.reform(|()| Message::Print),
                ..Button::default()
            }.draw() }
            { Button {
                label: t!("Save as Markdown").into(),
                icon: Some("download".into()),
                small: true,
                on_click: save,
                ..Button::default()
            }.draw() }
        </span>
    }
}

fn controls(
    shown: &Shown,
    drill: &Drill,
    providers: &[Ending],
    chosen: &UseStateHandle<Option<AttrValue>>,
    ends: &UseStateHandle<Option<Date>>,
    is_in_eu: &UseStateHandle<bool>,
) -> Html {
    let options = providers
        .iter()
        .map(|one| (one.id.clone(), one.name.clone()));
    let on_choose = {
        let chosen = chosen.clone();
        Callback::from(move |provider: AttrValue| chosen.set(Some(provider)))
    };
    let on_date = {
        let ends = ends.clone();
        Callback::from(move |day: String| {
            if let Some(date) = Date::parse(&day) {
                ends.set(Some(date));
            }
        })
    };
    let on_place = {
        let is_in_eu = is_in_eu.clone();
        move |_: Event| is_in_eu.set(!*is_in_eu)
    };
    let told = drill.told;
    let notice = told.days_until(drill.ends);
    let presets = past_notices(&shown.catalog);
    html! {
        <div class="drill__controls" role="group" aria-label={t!("What is drilled")}>
            { Select {
                id: "drill-provider".into(),
                label: t!("Provider that ends").into(),
                options: options.collect(),
                chosen: drill.provider.clone().into(),
                on_choose,
                ..Select::default()
            }.draw() }
            { DateField {
                id: "drill-ends".into(),
                label: t!("Its last day").into(),
                value: drill.ends.to_string().into(),
                min: told.to_string().into(),
                on_choose: on_date,
            }.draw() }
            <div class="drill__presets" role="group" aria-label={t!("Notice that others gave")}>
                { for presets.into_iter().map(|past| {
                    let ends = ends.clone();
                    let days = past.days;
                    let onclick = move |_: MouseEvent| ends.set(Some(told.after_days(days)));
                    html! {
                        <button
                            key={past.provider.clone()}
                            type="button"
                            class="toggle"
                            aria-pressed={(notice == i64::from(days)).to_string()}
                            data-tooltip={past.what.clone()}
                            {onclick}
                        >
                            { t!("{span} as {provider}", span = span(days), provider = past.provider) }
                        </button>
                    }
                }) }
            </div>
            <label class="drill__check">
                <input type="checkbox" checked={drill.is_in_eu} onchange={on_place} />
                { t!("We are a customer in the European Union") }
            </label>
        </div>
    }
}

/// Days in the words of a notice.
fn span(days: u32) -> String {
    if days < 61 {
        tn!(days; "{count} day", "{count} days")
    } else {
        format::months(f64::from(days) / 30.44).to_string()
    }
}

fn answer(shown: &Shown, drill: &Drill, report: &DrillReport) -> Html {
    let currency = shown.currency();
    let weight = match report.verdict {
        Verdict::Met => Weight::Good,
        Verdict::Likely => Weight::Info,
        Verdict::Unlikely => Weight::Medium,
        Verdict::Missed => Weight::High,
    };
    let needed = Range::new(
        report.needed_days.low.ceil(),
        report.needed_days.base.ceil(),
        report.needed_days.high.ceil(),
    );
    let sentence = if report.moves.is_empty() {
        t!("Nothing has to move.").to_owned()
    } else {
        t!(
            "{provider} ends on {date}, in {days}. To be elsewhere takes about {base} ({range}).",
            provider = report.provider,
            date = format::date(&drill.ends.to_string()),
            days = days(report.notice_days as f64),
            base = days(needed.base),
            range = day_range(needed)
        )
    };
    let waived = (report.waived_egress.0 > 0.0).then(|| {
        t!("{sum} less than the price list says: a switch costs nothing from 12 January 2027 (Data Act)", sum = format::money(report.waived_egress.0, currency))
    });
    let facts = [
        (
            t!("Work"),
            format!(
                "{} ({})",
                format::days(report.work.base),
                day_range(report.work)
            ),
            String::new(),
        ),
        (
            t!("Bill"),
            format::money(report.bill.0, currency),
            waived.unwrap_or_else(|| {
                t!(
                    "{sum} of it for carrying data out",
                    sum = format::money(report.egress.0, currency)
                )
            }),
        ),
        (
            t!("Data under way"),
            format::duration(report.transfer.base).to_string(),
            t!("one copy after the other").to_owned(),
        ),
        (
            t!("Down at the switch"),
            format::duration(report.downtime_hours.base * 3600.0).to_string(),
            t!(
                "up to {time}",
                time = format::duration(report.downtime_hours.high * 3600.0)
            ),
        ),
    ];
    html! {
        <section class="drill__answer" aria-label={t!("Whether there is time")}>
            <div class="drill__verdict" role="status">
                { tag(weight, &t!("Notice: {verdict}", verdict = in_sentence(report.verdict.name()))) }
                <p class="results__lead">{ sentence }</p>
            </div>
            { timeline(report, needed) }
            <dl class="drill__facts">
                { for facts.into_iter().map(|(name, value, aside)| html! {
                    <div class="drill__fact" key={name}>
                        <dt>{ name }</dt>
                        <dd>{ value }</dd>
                        <dd class="drill__aside">{ aside }</dd>
                    </div>
                }) }
            </dl>
        </section>
    }
}

fn days(count: f64) -> String {
    tn!(count.max(0.0).round(); "{count} day", "{count} days")
}

/// The notice as a line, and on it how long it takes: if things go well, as expected, and badly.
fn timeline(report: &DrillReport, needed: Range) -> Html {
    let notice = report.notice_days.max(0) as f64;
    let all = notice.max(needed.high).max(1.0);
    let at = |days: f64| 2.0 + 596.0 * (days / all).clamp(0.0, 1.0);
    let (low, base, high) = (at(needed.low), at(needed.base), at(needed.high));
    let label = t!(
        "{days} notice; needed {low} to {high}, about {base}",
        days = days(notice),
        low = needed.low,
        high = days(needed.high),
        base = days(needed.base)
    );
    html! {
        <figure class="drill__figure">
        <svg class="drill__line" viewBox="0 0 600 34" role="img" aria-label={label}>
            <rect class="drill__notice" x="2" y="4" width={format::attribute(at(notice) - 2.0)} height="26" rx="3" />
            <path class="drill__range" d={format!("M{low:.1} 17H{high:.1}M{low:.1} 11v12M{high:.1} 11v12")} />
            <circle class="drill__base" cx={format::attribute(base)} cy="17" r="5" />
            <path class="drill__end" d={format!("M{:.1} 0v34", at(notice))} />
        </svg>
            <figcaption class="drill__aside">
                { t!("The bar is the notice; the line is how long it takes if things go well and badly, the dot what to expect.") }
            </figcaption>
        </figure>
    }
}

fn moves(shown: &Shown, report: &DrillReport) -> Html {
    let currency = shown.currency();
    let rows: Vec<Row> = report
        .moves
        .iter()
        .enumerate()
        .map(|(index, one)| Row {
            key: one.component.to_string(),
            cells: vec![
                html! { { format!("{}. {}", index + 1, one.name) } },
                html! { { texts::words(&one.whereabouts()) } },
                html! { { interface_words(one.exit.interface) } },
                html! { { t!("about {days}", days = format::days(one.exit.days.base)) } },
                html! { { data(one) } },
                candidates(one, currency),
            ],
        })
        .collect();
    table(
        t!("What moves, from the inside out"),
        &[
            Column::text(t!("Component")),
            Column::text(t!("Stands on")),
            Column::text(t!("Interface")),
            Column::number(t!("Work")),
            Column::number(t!("Data")),
            Column::text(t!("Could stand on instead")),
        ],
        &rows,
        None,
    )
}

fn data(one: &Move) -> String {
    if one.exit.data.0 > 0.0 {
        format!(
            "{} GB, {}",
            format::short(one.exit.data.0),
            format::duration(one.exit.transfer.base)
        )
    } else {
        "–".to_owned()
    }
}

fn candidates(one: &Move, currency: &str) -> Html {
    if one.candidates.is_empty() {
        return html! { <span class="drill__none">{ t!("Nothing in the catalogue: there is no way out but a new one.") }</span> };
    }
    html! {
        <ul class="drill__candidates">
            { for one.candidates.iter().map(|candidate| html! {
                <li key={candidate.offer.clone()}>{ candidate_words(candidate, currency) }</li>
            }) }
        </ul>
    }
}

fn candidate_words(candidate: &Candidate, currency: &str) -> Html {
    let price = match candidate.month {
        Some(month) => t!("{sum} a month", sum = format::price(month.0, currency)),
        None => t!("charged by use").to_owned(),
    };
    let words = if candidate.shared_standards.is_empty() {
        price
    } else {
        t!(
            "{price}, also {standards}",
            price,
            standards = format::list(&candidate.shared_standards)
        )
    };
    html! {
        <>
            { candidate.full_name() }
            <span class="drill__aside">{ " " }{ words }</span>
        </>
    }
}

fn checklist(report: &DrillReport, actions: Html) -> Html {
    html! {
        <section class="drill__checklist" aria-label={t!("Checklist")}>
            <div class="drill__head"><h3 class="chart__title">{ t!("Checklist") }</h3>{ actions }</div>
            <div class="drill__list">
            { for Phase::ALL.into_iter().map(|phase| {
                let steps: Vec<_> = report.steps.iter().filter(|step| step.phase == phase).collect();
                html! {
                    <fieldset class="drill__phase" key={phase.name()} hidden={steps.is_empty()}>
                        <legend>{ say(phase.name()) }</legend>
                        { for steps.into_iter().enumerate().map(|(index, step)| html! {
                            <label class="drill__check" key={index}>
                                <input type="checkbox" />
                                <span>{ texts::words(&step.text) }</span>
                            </label>
                        }) }
                    </fieldset>
                }
            }) }
            </div>
        </section>
    }
}

/// The button that opens the drill.
pub(super) fn open_drill(send: &Callback<Message>) -> Html {
    Button {
        label: t!("Exit drill").into(),
        icon: Some("exit".into()),
        look: Look::Accent,
        small: true,
        on_click: send.reform(|()| Message::Open(Overlay::ExitDrill)),
        ..Button::default()
    }
    .draw()
}
