//! The disk of a component: what kind it is, who shares it, and what that gives.

use model::catalog::{Provider, Volume};
use model::commands::SetHosting;
use model::components::component_type;
use model::plan::{Component, Disk, Hosting, Neighbour};
use model::topology::{DiskSpeed, Origin};
use yew::prelude::*;

use super::super::Shown;
use super::super::words::in_sentence;
use super::{edits, section};
use crate::state::Message;
use crate::texts::{self, say};
use crate::widgets::format;
use crate::widgets::number_field::NumberField;
use crate::widgets::segmented::{Segment, Segmented};
use crate::widgets::select::Select;

/// Draws the disk of a component; none for what does no disk work.
pub(super) fn disk(shown: &Shown, component: &Component, send: &Callback<Message>) -> Option<Html> {
    component_type(&component.kind)?.parameter("iops")?;
    let speed = shown.evaluation.components.get(&component.id)?.disk?;
    let hosting = component.hosting.clone().unwrap_or_default();
    let sold = sellers_disk(shown, &hosting, &speed);
    let price = sold.and_then(|volume| volume.price.as_ref());
    let sells_iops = speed.kind == Some(Disk::Provisioned)
        || hosting.iops.is_some()
        || price.is_some_and(|price| price.per_iops_month.is_some());
    let sells_bytes = hosting.throughput_mib_s.is_some()
        || price.is_some_and(|price| price.per_mib_s_month.is_some());
    let is_shared = speed.kind == Some(Disk::Shared);
    let aside = format!("{} IOPS", format::short(speed.operations_per_second.value));
    Some(section(
        "disk",
        t!("Disk"),
        Some(aside),
        html! {
            <div class="inspector__fields">
                { kinds(shown, component, &hosting, &speed, send) }
                <div class="slot">
                    { for is_shared.then(|| neighbours(component, &hosting, &speed, send)) }
                </div>
                <div class="slot">
                    { for sells_iops.then(|| Bought::operations(&hosting, sold).draw(component, send)) }
                </div>
                <div class="slot">
                    { for sells_bytes.then(|| Bought::throughput(&hosting, sold).draw(component, send)) }
                </div>
                <p class="inspector__text">{ why(&speed) }</p>
            </div>
        },
    ))
}

/// Who sells the offer that a component runs on, where it is a machine that disks can be had for.
fn seller<'s>(shown: &'s Shown, hosting: &Hosting) -> Option<&'s Provider> {
    let offer = shown.catalog.offer(hosting.offer.as_deref()?)?;
    let provider = shown.catalog.provider_of(offer)?;
    (offer.kind.is_machine() || hosting.volume.is_some()).then_some(provider)
}

/// The disk that counts, where the provider sells it.
fn sellers_disk<'s>(shown: &'s Shown, hosting: &Hosting, speed: &DiskSpeed) -> Option<&'s Volume> {
    let seller = seller(shown, hosting)?;
    match &hosting.volume {
        Some(id) => seller.storage.iter().find(|volume| volume.id == *id),
        None => seller.volume(speed.kind.filter(|kind| *kind != Disk::Local)?),
    }
}

fn kinds(
    shown: &Shown,
    component: &Component,
    hosting: &Hosting,
    speed: &DiskSpeed,
    send: &Callback<Message>,
) -> Html {
    let usual = match (hosting.disk, speed.kind) {
        (None, Some(kind)) => t!("As usual there: {kind}", kind = in_sentence(kind.name())),
        (None, None) => t!("Of the reference machine").to_owned(),
        (Some(_), _) => t!("As usual there").to_owned(),
    };
    let mut options = vec![(AttrValue::default(), AttrValue::from(usual))];
    options.extend(Disk::ALL.map(|kind| (kind.id().into(), what(kind).into())));
    let sold = seller(shown, hosting).map_or(&[][..], |seller| &seller.storage);
    options.extend(sold.iter().map(|volume| {
        let words = volume_words(volume, shown.currency());
        (AttrValue::from(volume.id.clone()), AttrValue::from(words))
    }));
    let chosen = hosting.volume.clone();
    let chosen = chosen.unwrap_or_else(|| hosting.disk.map_or("", Disk::id).to_owned());
    let set = set(component);
    let on_choose = edits(send, move |id: AttrValue| {
        let disk = Disk::ALL.into_iter().find(|kind| kind.id() == &*id);
        let volume = (disk.is_none() && !id.is_empty()).then(|| id.to_string());
        set(&move |hosting: Hosting| Hosting {
            disk,
            volume: volume.clone(),
            throughput_mib_s: None,
            iops: hosting.iops.filter(|_| disk == Some(Disk::Provisioned)),
            neighbour: hosting
                .neighbour
                .filter(|_| matches!(disk, None | Some(Disk::Shared))),
            ..hosting
        })
    });
    Select {
        id: "disk-kind".into(),
        label: t!("Kind of disk").into(),
        options,
        chosen: chosen.into(),
        is_own: hosting.disk.is_some() || hosting.volume.is_some(),
        explanation: Some(t!("Where the disk is and what it promises. Once it is named here, the time of its operations counts beside the service time.").into()),
        on_choose,
        ..Select::default()
    }
    .draw()
}

fn neighbours(
    component: &Component,
    hosting: &Hosting,
    speed: &DiskSpeed,
    send: &Callback<Message>,
) -> Html {
    let segments = Neighbour::ALL
        .map(|neighbour| Segment {
            value: neighbour.id().into(),
            label: say(neighbour.name()).into(),
            swatch: None,
        })
        .to_vec();
    let counted = speed.neighbour.map(|(neighbour, _)| neighbour);
    let chosen = hosting.neighbour.or(counted);
    let set = set(component);
    let on_choose = edits(send, move |id: AttrValue| {
        let neighbour = Neighbour::ALL.into_iter().find(|known| known.id() == &*id);
        set(&move |hosting: Hosting| Hosting {
            neighbour,
            ..hosting
        })
    });
    html! {
        <div class="field">
            <span class="field__label" aria-hidden="true">{ t!("Neighbours") }</span>
            <Segmented
                label={t!("Neighbours on the disk")}
                {segments}
                chosen={chosen.map(|neighbour| AttrValue::from(neighbour.id()))}
                {on_choose}
            />
        </div>
    }
}

/// A disk that a provider sells, with its speed and its price.
fn volume_words(volume: &Volume, currency: &str) -> String {
    let per_gb = volume.price.as_ref().and_then(|price| price.per_gb_month);
    let price = per_gb.map_or_else(
        || t!("not priced").to_owned(),
        |per_gb| t!("{sum} a GB", sum = format::unit_price(per_gb.0, currency)),
    );
    let parts = [price, texts::words(&volume.speed_words())];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}: {}", volume.name, parts.join(", "))
}

/// What can be bought with a disk.
struct Bought {
    id: &'static str,
    label: &'static str,
    unit: &'static str,
    explanation: &'static str,
    value: Option<f64>,
    most: f64,
    write: fn(&mut Hosting, Option<f64>),
}

impl Bought {
    fn operations(hosting: &Hosting, sold: Option<&Volume>) -> Self {
        Self {
            id: "disk-iops",
            label: t!("Operations bought"),
            unit: "IOPS",
            explanation: t!(
                "Operations per second that are bought with the disk; they are on the bill."
            ),
            value: hosting.iops,
            most: sold.and_then(|volume| volume.max_iops).unwrap_or(1e8),
            write: |hosting, iops| hosting.iops = iops,
        }
    }

    fn throughput(hosting: &Hosting, sold: Option<&Volume>) -> Self {
        Self {
            id: "disk-throughput",
            label: t!("Throughput bought"),
            unit: "MiB/s",
            explanation: t!("MiB a second that are bought with the disk; they are on the bill."),
            value: hosting.throughput_mib_s,
            most: sold
                .and_then(|volume| volume.max_throughput_mib_s)
                .unwrap_or(1e6),
            write: |hosting, throughput| hosting.throughput_mib_s = throughput,
        }
    }

    fn draw(self, component: &Component, send: &Callback<Message>) -> Html {
        let (set, write) = (set(component), self.write);
        let on_change = edits(send, move |value: Option<f64>| {
            set(&move |mut hosting: Hosting| {
                write(&mut hosting, value);
                hosting
            })
        });
        html! {
            <NumberField
                id={self.id}
                label={self.label}
                unit={self.unit}
                value={self.value}
                placeholder={t!("what is included")}
                min=1.0
                max={self.most}
                explanation={self.explanation}
                {on_change}
            />
        }
    }
}

/// The edit that changes what a component runs on.
pub(super) fn set(
    component: &Component,
) -> impl Fn(&dyn Fn(Hosting) -> Hosting) -> model::commands::Command + use<> {
    let (id, before) = (
        component.id.clone(),
        component.hosting.clone().unwrap_or_default(),
    );
    move |change| {
        SetHosting {
            component: id.clone(),
            hosting: Some(change(before.clone())).filter(|hosting| *hosting != Hosting::default()),
        }
        .into()
    }
}

/// What a kind of disk is, in a few words.
fn what(kind: Disk) -> &'static str {
    match kind {
        Disk::Local => t!("Local: in the machine, yours alone"),
        Disk::Shared => t!("Shared: in the machine, with other guests"),
        Disk::Network => t!("Network: behind the network"),
        Disk::Provisioned => t!("Provisioned: operations bought"),
        Disk::Ephemeral => t!("Ephemeral: gone when it stops"),
    }
}

/// How the speed comes about.
fn why(speed: &DiskSpeed) -> String {
    let operations = speed.operations_per_second;
    let iops = format::short(operations.value);
    let mut sentences = vec![match (speed.neighbour, operations.origin) {
        (Some((neighbour, left)), origin) if left < 1.0 => {
            shared_words(neighbour, left, operations.value / left, origin)
        }
        (_, Origin::Stated) => t!("{iops} IOPS, as you state.", iops),
        (_, Origin::Offer) => t!("{iops} IOPS, as offered.", iops),
        (_, Origin::Assumed) => t!("{iops} IOPS, assumed of such disks.", iops),
        (_, Origin::Default) => t!("{iops} IOPS, of the reference machine.", iops),
    }];
    sentences.extend(speed.credit.map(|(baseline, _)| {
        t!(
            "{iops} IOPS of it for good.",
            iops = format::short(baseline)
        )
    }));
    sentences.extend(speed.operation_time.map(|time| {
        t!(
            "An operation takes {time} when no other is in line.",
            time = format::duration(time.0)
        )
    }));
    sentences.join(" ")
}

/// What neighbours leave of a disk.
fn shared_words(neighbour: Neighbour, left: f64, idle: f64, origin: Origin) -> String {
    let (iops, left) = (format::short(idle), format::short(left));
    let neighbours = in_sentence(neighbour.name());
    match origin {
        Origin::Stated => t!(
            "{iops} IOPS as you state × {left} that {neighbours} neighbours leave.",
            iops,
            left,
            neighbours
        ),
        Origin::Offer => t!(
            "{iops} IOPS as offered × {left} that {neighbours} neighbours leave.",
            iops,
            left,
            neighbours
        ),
        Origin::Assumed => t!(
            "{iops} IOPS assumed of such disks × {left} that {neighbours} neighbours leave.",
            iops,
            left,
            neighbours
        ),
        Origin::Default => t!(
            "{iops} IOPS of the reference machine × {left} that {neighbours} neighbours leave.",
            iops,
            left,
            neighbours
        ),
    }
}
