//! What to fix first: what the offered fixes would save, by hours, by money and by work.

use model::evaluate::JourneyEvaluation;
use model::gain::{Gain, MOST_COMPONENTS};
use model::order::Order as _;
use model::rules::Finding;
use yew::prelude::*;

use super::super::Shown;
use super::super::gains::{cost_words, use_gains};
use super::super::words::{about_unless, most_down};
use super::stops::fix_button;
use super::{dash, optional, part, text};
use crate::state::Message;
use crate::texts;
use crate::texts::say;
use crate::widgets::format;
use crate::widgets::segmented::{Segment, Segmented};
use crate::widgets::severity::{Weight, tag};
use crate::widgets::table::{Column, Row, table};

/// What to fix first.
#[derive(Properties, PartialEq)]
pub(super) struct FixFirstProps {
    /// What is shown.
    pub shown: Shown,
    /// Where messages go.
    pub send: Callback<Message>,
}

/// What comes first.
#[derive(Clone, Copy, PartialEq)]
enum By {
    Hours,
    Money,
    Work,
}

impl By {
    const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Hours, "hours", text!("Hours saved")),
        (Self::Money, "money", text!("For the money")),
        (Self::Work, "work", text!("For the work")),
    ];

    /// How good a fix is; what costs nothing is better than all that does.
    fn worth(self, gain: &Gain) -> f64 {
        let saved = gain.most_spared().map_or(0.0, |(_, hours)| hours);
        match self {
            Self::Hours => saved,
            Self::Money if gain.cost_month.is_some_and(|cost| cost.0 < 0.005) => f64::MAX,
            Self::Money => gain.hours_year_per_cost().unwrap_or(0.0),
            Self::Work if gain.work_month.0 < 0.005 => f64::MAX,
            Self::Work => gain.hours_year_per_work_day().unwrap_or(0.0),
        }
    }
}

/// Draws what to fix first.
#[component]
pub(super) fn FixFirst(props: &FixFirstProps) -> Html {
    let shown = &props.shown;
    let by = use_state_eq(|| By::Hours);
    let gains = use_gains(shown);
    let mut fixes: Vec<(&Finding, &Gain)> = shown
        .evaluation
        .findings
        .iter()
        .filter_map(|finding| Some((finding, gains.of(finding)?)))
        .filter(|(_, gain)| gain.most_spared().is_some_and(|(_, hours)| hours > 0.0))
        .collect();
    fixes.order_by(|a, b| {
        let worth = by.worth(b.1).total_cmp(&by.worth(a.1));
        worth.then_with(|| By::Hours.worth(b.1).total_cmp(&By::Hours.worth(a.1)))
    });
    let chosen = By::ALL
        .iter()
        .find(|one| one.0 == *by)
        .map_or("hours", |one| one.1);
    let on_choose = {
        let by = by.clone();
        Callback::from(move |word: AttrValue| {
            if let Some(one) = By::ALL.iter().find(|one| one.1 == &*word) {
                by.set(one.0);
            }
        })
    };
    let rows: Vec<Row> = fixes
        .iter()
        .map(|(finding, gain)| row(props, finding, gain))
        .collect();
    part(
        t!("Fix first"),
        html! {
            <>
                <div class="slot">
                    { for (rows.len() > 1).then(|| html! {
                        <div class="stops__choices">
                            <Segmented
                                label={t!("What comes first")}
                                segments={By::ALL.iter().map(|(_, value, label)| Segment {
                                    value: (*value).into(),
                                    label: say(label).into(),
                                    swatch: None,
                                }).collect::<Vec<_>>()}
                                chosen={Some(AttrValue::from(chosen))}
                                {on_choose}
                            />
                        </div>
                    }) }
                </div>
                <div class="slot">{ for (!rows.is_empty()).then(|| fix_table(shown, &rows)) }</div>
                <p class="results__note" role="status">{ match (rows.is_empty(), gains.is_done) {
                    _ if gains.is_too_large => t!("Not tried: trying out the fixes of a plan of more than {count} components would take too long.", count = MOST_COMPONENTS),
                    (_, false) => t!("Trying out what each fix would bring …").to_owned(),
                    (true, true) => t!("No fix that the planner can make by itself saves any hours.").to_owned(),
                    (false, true) => t!("Each was tried out on a copy of the plan: these are the numbers that you get.").to_owned(),
                } }</p>
                <div class="slot">{ for most_down(&shown.evaluation).and_then(|journey| parts_table(shown, journey)) }</div>
            </>
        },
    )
}

/// What each part costs a journey, and what one more instance of it would bring; none where nothing fails.
fn parts_table(shown: &Shown, journey: &JourneyEvaluation) -> Option<Html> {
    let about = |hours: f64| about_unless(journey.exact, format::hours(hours));
    let rows: Vec<Row> = journey
        .fix_first
        .iter()
        .map(|fix| {
            let another = fix.another.as_ref();
            Row {
                key: fix.subject.clone(),
                cells: vec![
                    text(shown.event_name(&fix.subject)),
                    text(about(fix.hours_year_if_perfect)),
                    another.map_or_else(dash, |another| text(about(another.hours_year))),
                    another.map_or_else(dash, |another| {
                        text(
                            another
                                .cost_month
                                .map_or(t!("not priced").to_owned(), |cost| {
                                    t!(
                                        "{sum} a month",
                                        sum = format::money(cost.0, shown.currency())
                                    )
                                }),
                        )
                    }),
                    another.map_or_else(dash, |another| {
                        text(format::days(another.work_days_month).to_string())
                    }),
                    optional(
                        another.and_then(|one| one.hours_year_per_cost),
                        format::short,
                    ),
                    optional(
                        another.and_then(|one| one.hours_year_per_work_day),
                        format::short,
                    ),
                ],
            }
        })
        .collect();
    let caption = t!("One more of each: {name}", name = journey.name);
    (!rows.is_empty()).then(|| {
        table(
            &caption,
            &[
                Column::text(t!("Part")),
                Column::number(t!("Never failing saves")),
                Column::number(t!("One more saves")),
                Column::number(t!("It costs")),
                Column::number(t!("Work a month")),
                Column::number(t!("Hours per {currency}", currency = shown.currency())),
                Column::number(t!("Hours per work day")),
            ],
            &rows,
            None,
        )
    })
}

fn fix_table(shown: &Shown, rows: &[Row]) -> Html {
    table(
        t!("What the fixes would bring"),
        &[
            Column::text(t!("Fix")),
            Column::number(t!("Saves a year")),
            Column::number(t!("Costs")),
            Column::number(t!("Work a month")),
            Column::number(t!("Hours per {currency}", currency = shown.currency())),
            Column::number(t!("Hours per work day")),
            Column::text(t!("Finding")),
        ],
        rows,
        None,
    )
}

fn row(props: &FixFirstProps, finding: &Finding, gain: &Gain) -> Row {
    let (shown, saved) = (
        &props.shown,
        gain.most_spared().map_or(0.0, |(_, hours)| hours),
    );
    let journeys = shown.evaluation.journeys.iter();
    let is_exact = journeys.clone().all(|journey| journey.exact);
    let work = gain.work_month.0;
    let sign = if work < 0.0 { "−" } else { "+" };
    let button = finding
        .fix
        .as_ref()
        .map(|fix| fix_button(&props.send, &texts::words(&fix.label), &fix.command));
    Row {
        key: super::super::gains::key_of(finding),
        cells: vec![
            html! { <span class="slot">{ for button }</span> },
            text(about_unless(is_exact, format::hours(saved))),
            text(cost_words(shown, gain)),
            text(if work.abs() < 0.005 {
                t!("no more").to_owned()
            } else {
                format!("{sign}{}", format::days(work.abs()))
            }),
            optional(gain.hours_year_per_cost(), format::short),
            optional(gain.hours_year_per_work_day(), format::short),
            if gain.removes_finding {
                tag(Weight::Good, t!("goes away"))
            } else {
                tag(Weight::Medium, t!("stays"))
            },
        ],
    }
}
