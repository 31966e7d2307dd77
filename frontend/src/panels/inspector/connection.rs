//! A connection: how often the caller calls, what it needs, what goes over the line.

use model::commands::{ChangeConnection, Command};
use model::components::component_type;
use model::plan::{Backoff, Connection, Id, Mode, Need};
use yew::prelude::*;

use super::super::Shown;
use super::{Frame, delete, edits, section, segments};
use crate::state::Message;
use crate::texts;
use crate::widgets::format;
use crate::widgets::number_field::{Beside, NumberField};
use crate::widgets::segmented::Segmented;
use crate::widgets::select::Select;
use crate::widgets::text_field::TextField;

/// Draws a connection.
pub(super) fn connection(shown: &Shown, id: &Id, send: &Callback<Message>) -> Html {
    let connection = shown.plan.connection(id).cloned().unwrap_or_default();
    let title = shown.connection_name(&connection);
    let found = shown.evaluation.connections.get(id);
    let about = found.map_or_else(
        || t!("Connection").to_owned(),
        |found| {
            let rate = format::short(found.arrival_rate.0);
            match format::short(found.attempts) {
                once if once == "1" => t!("Connection, {rate} calls/s at the peak", rate),
                attempts => t!(
                    "Connection, {rate} calls/s at the peak, {attempts} attempts each",
                    rate,
                    attempts
                ),
            }
        },
    );
    let problems: Vec<Html> = shown
        .evaluation
        .problems
        .iter()
        .filter(|problem| problem.subjects.contains(id))
        .map(|problem| texts::words(&problem.message))
        .map(|said| html! { <p class="field__problem" key={said.as_str()}>{ &said }</p> })
        .collect();
    let editor = Editor {
        shown,
        connection: &connection,
        send,
    };
    let body = html! {
        <>
            <div class="slot">
                { for (!problems.is_empty()).then(|| html! { <div class="inspector__section">{ for problems.clone() }</div> }) }
            </div>
            { section("calls", t!("Calls"), None, editor.calls()) }
            { section("need", &t!("What {name} needs", name = shown.name(&connection.from)), None, editor.need()) }
            { section("line", t!("On the line"), None, editor.line()) }
            <div class="slot">{ for editor.database().map(|body| section("database", t!("Work in the database"), None, body)) }</div>
            { section("connection-notes", t!("Notes"), None, editor.notes()) }
        </>
    };
    Frame {
        key: format!("connection {id}"),
        about: title.clone(),
        icon: Some("arrow-right".to_owned()),
        titles: html! {
            <>
                <h2 class="inspector__name">{ title }</h2>
                <p class="inspector__type">{ about }</p>
            </>
        },
        leaves: false,
        body,
        foot: Some(html! { <><span />{ delete(send) }</> }),
    }
    .draw(send)
}

struct Editor<'e> {
    shown: &'e Shown,
    connection: &'e Connection,
    send: &'e Callback<Message>,
}

impl Editor<'_> {
    fn edit<T: 'static>(&self, change: impl Fn(&mut Connection, T) + 'static) -> Callback<T> {
        let connection = self.connection.clone();
        edits(self.send, move |input| {
            let mut next = connection.clone();
            change(&mut next, input);
            Command::from(ChangeConnection { connection: next })
        })
    }

    fn calls(&self) -> Html {
        let connection = self.connection;
        let mode = match connection.mode.unwrap_or(Mode::Sync) {
            Mode::Sync => "sync",
            Mode::Parallel => "parallel",
            Mode::Async => "async",
        };
        let on_mode = self.edit(|connection, word: AttrValue| {
            connection.mode = match &*word {
                "parallel" => Some(Mode::Parallel),
                "async" => Some(Mode::Async),
                _ => None,
            };
        });
        let mut caches: Vec<(AttrValue, AttrValue)> = self
            .shown
            .plan
            .components
            .iter()
            .filter(|component| {
                component.id != connection.to
                    && component_type(&component.kind).is_some_and(|kind| kind.behaviour.caches)
            })
            .map(|component| {
                let name = self.shown.name(&component.id);
                (
                    component.id.to_string().into(),
                    t!("what {name} lacks", name).into(),
                )
            })
            .collect();
        caches.insert(0, (AttrValue::default(), t!("every time").into()));
        let cache = connection
            .only_on_miss_of
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        let on_cache = self.edit(|connection, id: AttrValue| {
            connection.only_on_miss_of = (!id.is_empty()).then(|| Id::from(&*id));
        });
        html! {
            <>
                <NumberField
                    id="connection-calls"
                    label={t!("Calls per visit")}
                    value={connection.calls}
                    default={Some(1.0)}
                    min=0.0
                    max=1e9
                    explanation={t!("Mean number of calls that one visit of the caller makes; 0.2 is every fifth visit.")}
                    on_change={self.edit(|connection, calls| connection.calls = calls)}
                />
                <div class="field field--stacked">
                    <span class="field__label">{ t!("The caller") }</span>
                    <Segmented
                        label={t!("The caller")}
                        segments={segments(&[("sync", t!("waits")), ("parallel", t!("in parallel")), ("async", t!("does not wait"))])}
                        chosen={Some(AttrValue::from(mode))}
                        on_choose={on_mode}
                    />
                </div>
                <div class="slot">
                    { for (caches.len() > 1).then(|| html! {
                        { Select {
                            id: "connection-cache".into(),
                            label: t!("Asks").into(),
                            options: caches.clone(),
                            chosen: cache.clone().into(),
                            on_choose: on_cache.clone(),
                            ..Select::default()
                        }.draw() }
                    }) }
                </div>
            </>
        }
    }

    fn need(&self) -> Html {
        let connection = self.connection;
        let (word, hint) = match &connection.need {
            None => (
                "auto",
                t!(
                    "As such a pair usually is: a balancer needs any one of its targets, others need all."
                ),
            ),
            Some(Need::All) => (
                "all",
                t!("Every target must be up, or the caller cannot answer."),
            ),
            Some(Need::Any) => (
                "any",
                t!("One target of the group is enough; they share the calls."),
            ),
            Some(Need::K(_)) => ("k", t!("This many targets of the group are enough.")),
            Some(Need::Optional) => (
                "optional",
                t!("Nice to have: the caller answers without it."),
            ),
        };
        let on_need = self.edit(|connection, word: AttrValue| {
            connection.need = match &*word {
                "all" => Some(Need::All),
                "any" => Some(Need::Any),
                "k" => Some(Need::K(2.0)),
                "optional" => Some(Need::Optional),
                _ => None,
            };
        });
        let on_k = self.edit(|connection, k: Option<f64>| connection.need = k.map(Need::K));
        let k = match connection.need {
            Some(Need::K(k)) => Some(k),
            _ => None,
        };
        let on_group = self.edit(|connection, group: String| {
            connection.group = (!group.is_empty()).then_some(group);
        });
        let options = [
            ("auto", t!("As usual")),
            ("all", t!("Each of them")),
            ("any", t!("Any one")),
            ("k", t!("A number of them")),
            ("optional", t!("None, it is optional")),
        ];
        html! {
            <>
                <div class="field">
                    <label class="field__label" for="connection-group">{ t!("Group") }</label>
                    <TextField
                        id="connection-group"
                        value={connection.group.clone().unwrap_or_default()}
                        placeholder={t!("on its own")}
                        on_change={on_group}
                    />
                </div>
                { Select {
                    id: "connection-need".into(),
                    label: t!("Of its group").into(),
                    options: options.iter().map(|(value, label)| (AttrValue::from(*value), AttrValue::from(*label))).collect::<Vec<_>>(),
                    chosen: word.into(),
                    hint: Some(hint.into()),
                    on_choose: on_need,
                    ..Select::default()
                }.draw() }
                <div class="slot">
                    { for k.map(|k| html! {
                        <NumberField
                            id="connection-k"
                            label={t!("Have to be up")}
                            value={Some(k)}
                            min=1.0
                            max=10_000.0
                            whole=true
                            look={Beside::Steps}
                            required=true
                            on_change={on_k}
                        />
                    }) }
                </div>
                <NumberField
                    id="connection-weight"
                    label={t!("Weight")}
                    value={connection.weight}
                    placeholder={t!("by instances")}
                    min=0.0
                    max=1e9
                    explanation={t!("Share of the group's calls, relative to the other members.")}
                    on_change={self.edit(|connection, weight| connection.weight = weight)}
                />
            </>
        }
    }

    fn line(&self) -> Html {
        let connection = self.connection;
        html! {
            <>
                <NumberField
                    id="connection-request"
                    label={t!("Request")}
                    unit={t!("bytes")}
                    value={connection.request_bytes}
                    placeholder={t!("not stated")}
                    min=0.0
                    max=1e15
                    explanation={t!("Bytes of one request; without it the request weighs nothing.")}
                    on_change={self.edit(|connection, bytes| connection.request_bytes = bytes)}
                />
                <NumberField
                    id="connection-response"
                    label={t!("Response")}
                    unit={t!("bytes")}
                    value={connection.response_bytes}
                    placeholder={t!("not stated")}
                    min=0.0
                    max=1e15
                    explanation={t!("Bytes of one response; without it the response weighs nothing.")}
                    on_change={self.edit(|connection, bytes| connection.response_bytes = bytes)}
                />
                <NumberField
                    id="connection-rtt"
                    label={t!("Round trip")}
                    unit="ms"
                    value={connection.rtt_ms}
                    default={Some(0.0)}
                    min=0.0
                    max=3_600_000.0
                    explanation={t!("Time of one round trip on the line: about 0.5 ms in one zone, 1 to 2 ms between zones, 90 ms across the Atlantic.")}
                    on_change={self.edit(|connection, rtt| connection.rtt_ms = rtt)}
                />
                <NumberField
                    id="connection-timeout"
                    label={t!("Gives up after")}
                    unit="ms"
                    value={connection.timeout_ms}
                    placeholder={t!("never")}
                    min=0.0
                    max=86_400_000.0
                    explanation={t!("Time after which the caller gives up.")}
                    on_change={self.edit(|connection, timeout| connection.timeout_ms = timeout)}
                />
                <NumberField
                    id="connection-retries"
                    label={t!("Tries again")}
                    value={connection.retries}
                    default={Some(0.0)}
                    min=0.0
                    max=100.0
                    whole=true
                    look={Beside::Steps}
                    explanation={t!("Attempts after the first one fails.")}
                    on_change={self.edit(|connection, retries| connection.retries = retries)}
                />
                <div class="slot">{ for connection.retries.filter(|retries| *retries > 0.0).map(|_| self.again()) }</div>
                <NumberField
                    id="connection-unavailability"
                    label={t!("Share of time down")}
                    value={connection.unavailability}
                    default={Some(0.0)}
                    min=0.0
                    max=1.0
                    explanation={t!("Share of time that the line itself is down, from 0 to 1.")}
                    on_change={self.edit(|connection, share| connection.unavailability = share)}
                />
            </>
        }
    }

    /// How the caller tries again.
    fn again(&self) -> Html {
        let chosen = match self.connection.backoff {
            Some(Backoff::None) => "none",
            Some(Backoff::Jittered) | None => "jittered",
        };
        let on_choose = self.edit(|connection, word: AttrValue| {
            connection.backoff = (&*word == "none").then_some(Backoff::None);
        });
        html! {
            <div class="inspector__fields">
                <NumberField
                    id="connection-retry-budget"
                    label={t!("At most, per call")}
                    value={self.connection.retry_budget}
                    placeholder={t!("no limit")}
                    min=0.0
                    max=1000.0
                    explanation={t!("Retries per call that are allowed on average: 0.1 is one retry for ten calls, so that retries never double a load that is too much already.")}
                    on_change={self.edit(|connection, budget| connection.retry_budget = budget)}
                />
                <div class="field field--stacked">
                    <span class="field__label">{ t!("Before it tries again") }</span>
                    <Segmented
                        label={t!("Before it tries again")}
                        segments={segments(&[("jittered", t!("each waits its own time")), ("none", t!("no wait"))])}
                        chosen={Some(AttrValue::from(chosen))}
                        {on_choose}
                    />
                </div>
            </div>
        }
    }

    /// Reads and writes, where the called component knows them.
    fn database(&self) -> Option<Html> {
        let connection = self.connection;
        let called = self.shown.plan.component(&connection.to)?;
        component_type(&called.kind)?.parameter("read_ms")?;
        Some(html! {
            <>
                <NumberField
                    id="connection-reads"
                    label={t!("Reads per call")}
                    value={connection.reads}
                    placeholder={t!("not stated")}
                    min=0.0
                    max=1e9
                    explanation={t!("Database reads per call; with it, the database's time per read counts.")}
                    on_change={self.edit(|connection, reads| connection.reads = reads)}
                />
                <NumberField
                    id="connection-writes"
                    label={t!("Writes per call")}
                    value={connection.writes}
                    placeholder={t!("not stated")}
                    min=0.0
                    max=1e9
                    explanation={t!("Database writes per call; with it, the database's time per write counts.")}
                    on_change={self.edit(|connection, writes| connection.writes = writes)}
                />
            </>
        })
    }

    fn notes(&self) -> Html {
        html! {
            <TextField
                area=true
                label={t!("Notes")}
                value={self.connection.notes.clone()}
                placeholder={t!("What the next person should know")}
                on_change={self.edit(|connection, notes| connection.notes = notes)}
            />
        }
    }
}
