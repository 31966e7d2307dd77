//! The arrow notation for small plans: `users -> app-server*2 -> sql-database`.
//!
//! One path per line; the same name is the same component; a comma names several targets.
//! `name:type` gives a component a type other than its name, `*2` a number of instances, `@zone` places.
//! `->` is a call, `~>` a call that nobody waits for, `?>` one whose loss is survived; `-[calls=3 need=any]->`
//! sets fields of the connection. `[rps=200 service_time_ms=20]` after a name sets fields or settings of the
//! component; of users, `rps` is the peak of their journey, `population` and `think_s` how many there are and how
//! long each thinks before asking again, `growth` its percent a month, `profile=0.1*18,1*6` its day (shares of
//! the peak and for how many hours) and `target_ms` what is asked of its 95th percentile. `place host-1: host in zone-a [unavailability=0.001]`
//! declares a place (`site=home`, `office` or `colocation` says whose roof a site is), `require cost.month <= 400` a requirement. `#` starts a comment.

use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use serde_json::{Map, Value};

use super::{
    Backoff, Burst, Comparison, Component, Connection, Disk, Extra, Hosting, HostingKind, Id,
    Journey, Mode, Need, Neighbour, Overrides, Place, PlaceKind, Plan, PrimaryReplica, Redundancy,
    Requirement, Site, Target,
};
use crate::components;
use crate::words::{Words, text};

/// Why a sketch cannot be read, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct SketchError {
    /// The line, counted from 1.
    pub line: usize,
    /// The character in the line, counted from 1.
    pub column: usize,
    message: Words,
}

impl fmt::Display for SketchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Line {}, column {}: {}",
            self.line, self.column, self.message
        )
    }
}

impl std::error::Error for SketchError {}

impl SketchError {
    /// What is wrong there and what to write instead, in one sentence.
    pub fn message(&self) -> &Words {
        &self.message
    }
}

/// Reads a sketch into a plan with one journey per client.
///
/// # Errors
/// When a line is not in the notation, or a name has no type: of several, the first.
pub fn sketch(text: &str) -> Result<Plan, SketchError> {
    let (plan, errors) = read(text);
    match errors.into_iter().next() {
        Some(error) => Err(error),
        None => Ok(plan),
    }
}

/// Reads a sketch to its end: the plan of the lines that can be read, and one error for each that cannot.
pub fn read(text: &str) -> (Plan, Vec<SketchError>) {
    let mut plan = Plan::default();
    let mut known = Known::new();
    let mut errors = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let content = line.split('#').next().unwrap_or("");
        let mut reader = Reader {
            line: index + 1,
            text: content,
            offset: 0,
        };
        errors.extend(reader.line(&mut plan, &mut known).err());
    }
    (plan, errors)
}

/// Where in the plan the component of a name is.
type Known = BTreeMap<Id, usize>;

/// What a component's square brackets may say beside its settings.
pub(super) const COMPONENT_OPTIONS: &[&str] = &[
    "rps",
    "target_ms",
    "growth",
    "profile",
    "population",
    "think_s",
    "unavailability",
    "kind",
    "offer",
    "software",
    "disk",
    "neighbour",
    "redundancy",
    "burst",
    "burst_hours",
    "burst_start",
    "standby_for",
];

struct Reader<'a> {
    line: usize,
    text: &'a str,
    offset: usize,
}

type Options<'a> = Vec<(&'a str, &'a str)>;

impl<'a> Reader<'a> {
    fn line(&mut self, plan: &mut Plan, known: &mut Known) -> Result<(), SketchError> {
        self.skip_space();
        if self.rest().is_empty() {
            return Ok(());
        }
        if let Some(rest) = self.rest().strip_prefix("place ") {
            self.offset = self.text.len() - rest.len();
            plan.places.push(Rc::new(self.place()?));
        } else if let Some(rest) = self.rest().strip_prefix("require ") {
            self.offset = self.text.len() - rest.len();
            plan.requirements.push(self.requirement()?);
        } else {
            self.path(plan, known)?;
        }
        Ok(())
    }

    fn rest(&self) -> &'a str {
        &self.text[self.offset..]
    }

    fn skip_space(&mut self) {
        self.offset = self.text.len() - self.rest().trim_start().len();
    }

    fn take(&mut self, symbol: &str) -> bool {
        self.skip_space();
        let found = self.rest().starts_with(symbol);
        if found {
            self.offset += symbol.len();
        }
        found
    }

    fn error(&self, message: Words) -> SketchError {
        SketchError {
            line: self.line,
            column: self.text[..self.offset].chars().count() + 1,
            message,
        }
    }

    fn word(&mut self, what: &'static str) -> Result<&'a str, SketchError> {
        self.skip_space();
        let rest = self.rest();
        let mut end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-' || c == '.'))
            .unwrap_or(rest.len());
        // A name may hold dashes, but the dash of an arrow is not part of it.
        while rest[..end].ends_with('-') {
            end -= 1;
        }
        if end == 0 {
            return Err(self.error(words!("{what} is expected here.", what = text(what))));
        }
        self.offset += end;
        Ok(&rest[..end])
    }

    fn options(&mut self) -> Result<Options<'a>, SketchError> {
        let mut options = Vec::new();
        loop {
            if self.take("]") {
                return Ok(options);
            }
            let key = self.word(text!("A setting such as `calls=3`, or `]`,"))?;
            if !self.take("=") {
                return Err(self.error(words!("`=` and a value are expected after `{key}`.", key)));
            }
            let rest = self.rest();
            let end = rest
                .find(|c: char| c.is_whitespace() || c == ']')
                .unwrap_or(rest.len());
            if end == 0 {
                return Err(self.error(words!("A value is expected for `{key}`.", key)));
            }
            options.push((key, &rest[..end]));
            self.offset += end;
        }
    }

    fn number(&self, key: &str, value: &str) -> Result<f64, SketchError> {
        value
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
            .ok_or_else(|| self.error(words!("`{key}` needs a number, not `{value}`.", key, value)))
    }

    fn requirement(&mut self) -> Result<Requirement, SketchError> {
        let metric = self.word(text!("A metric"))?.to_owned();
        let all = [Comparison::AtMost, Comparison::AtLeast, Comparison::Equal];
        let op = all.into_iter().find(|op| self.take(op.symbol()));
        let op = op.ok_or_else(|| self.error(words!("`<=`, `>=` or `==` is expected here.")))?;
        let word = self.word(text!("A number or a word"))?;
        let value = match word.parse::<f64>() {
            Ok(number) if number.is_finite() => super::format::number(number),
            _ => Value::from(word),
        };
        self.end()?;
        Ok(Requirement {
            metric,
            op,
            value,
            unknown: Map::new(),
        })
    }

    fn place(&mut self) -> Result<Place, SketchError> {
        let id = Id::from(self.word(text!("The name of a place"))?);
        if !self.take(":") {
            return Err(self.error(words!("`:` and the kind of place are expected here.")));
        }
        let word = self.word(text!("The kind of place"))?;
        let kind = PlaceKind::ALL
            .into_iter()
            .find(|kind| format!("{kind:?}").eq_ignore_ascii_case(word))
            .ok_or_else(|| self.error(words!("`{word}` is no kind of place.", word)))?;
        let mut place = Place::new(id, kind);
        if self.take("in ") {
            place.within = Some(Id::from(
                self.word(text!("The name of the place around it"))?,
            ));
        }
        if self.take("[") {
            for (key, value) in self.options()? {
                match key {
                    "unavailability" => place.unavailability = Some(self.number(key, value)?),
                    "site" => {
                        let sites = [
                            ("home", Site::Home),
                            ("office", Site::Office),
                            ("colocation", Site::Colocation),
                        ];
                        let site = sites.iter().find(|(word, _)| *word == value);
                        let site = site.ok_or_else(|| {
                            self.error(words!("`{value}` is no kind of site.", value))
                        })?;
                        place.site = Some(site.1);
                    }
                    _ => return Err(self.error(words!("A place has no `{key}`.", key))),
                }
            }
        }
        self.end()?;
        Ok(place)
    }

    fn end(&mut self) -> Result<(), SketchError> {
        self.skip_space();
        if self.rest().is_empty() {
            Ok(())
        } else {
            Err(self.error(words!(
                "An arrow such as `->`, or the end of the line, is expected here."
            )))
        }
    }

    fn path(&mut self, plan: &mut Plan, known: &mut Known) -> Result<(), SketchError> {
        let mut from = self.items(plan, known)?;
        loop {
            let mut connection = Connection::default();
            if self.take("~>") {
                connection.mode = Some(Mode::Async);
            } else if self.take("?>") {
                connection.need = Some(Need::Optional);
            } else if self.take("-[") {
                for (key, value) in self.options()? {
                    self.connection_option(&mut connection, key, value)?;
                }
                if !self.take("->") {
                    return Err(self.error(words!(
                        "`->` is expected after the settings of a connection."
                    )));
                }
            } else if !self.take("->") {
                return self.end();
            }
            let to = self.items(plan, known)?;
            for source in &from {
                for target in &to {
                    let id = Id::from(format!("c{}", plan.connections.len() + 1));
                    let (from, to) = (source.clone(), target.clone());
                    plan.connections.push(Rc::new(Connection {
                        id,
                        from,
                        to,
                        ..connection.clone()
                    }));
                }
            }
            from = to;
        }
    }

    fn items(&mut self, plan: &mut Plan, known: &mut Known) -> Result<Vec<Id>, SketchError> {
        let mut ids = vec![self.item(plan, known)?];
        while self.take(",") {
            ids.push(self.item(plan, known)?);
        }
        Ok(ids)
    }

    fn item(&mut self, plan: &mut Plan, indices: &mut Known) -> Result<Id, SketchError> {
        let id = Id::from(self.word(text!("The name of a component"))?);
        let known = indices.get(&id).copied();
        let mut component = match known {
            Some(index) => Component::clone(&plan.components[index]),
            None => Component {
                id: id.clone(),
                kind: type_of_name(&id).unwrap_or_default(),
                ..Component::default()
            },
        };
        if self.take(":") {
            let word = self.word(text!("A component type"))?;
            component.kind = type_of_name(word).ok_or_else(|| {
                self.error(words!(
                    "`{word}` is no component type; try `app-server` or `sql-database`.",
                    word
                ))
            })?;
        }
        if component.kind.is_empty() {
            return Err(self.error(words!(
                "What `{id}` is, is not known; write its type, such as `{id}:app-server`.",
                id
            )));
        }
        if self.take("*") {
            let word = self.word(text!("A number of instances"))?;
            component.instances = Some(self.number("*", word)?);
        }
        if self.take("@") {
            component
                .placement
                .push(Id::from(self.word(text!("The name of a place"))?));
            while self.take("/") {
                component
                    .placement
                    .push(Id::from(self.word(text!("The name of a place"))?));
            }
        }
        let mut asked = Vec::new();
        if self.take("[") {
            for (key, value) in self.options()? {
                match key {
                    "rps" | "target_ms" | "growth" | "profile" | "population" | "think_s" => {
                        asked.push((key, value));
                    }
                    _ => self.component_option(&mut component, key, value)?,
                }
            }
        }
        let is_source = components::component_type(&component.kind)
            .is_some_and(|kind| kind.behaviour.is_source);
        if let Some(index) = known {
            plan.components[index] = Rc::new(component);
        } else {
            indices.insert(id.clone(), plan.components.len());
            plan.components.push(Rc::new(component));
        }
        if is_source && known.is_none() {
            let name = if plan.journeys.is_empty() {
                Id::from("visit")
            } else {
                plan.free_id(&format!("visit-{id}"))
            };
            plan.journeys.push(Rc::new(Journey {
                id: name,
                entry: Some(id.clone()),
                ..Journey::default()
            }));
        }
        for (key, value) in asked {
            let journey = plan
                .journeys
                .iter_mut()
                .find(|journey| journey.entry.as_ref() == Some(&id));
            let journey =
                journey.ok_or_else(|| self.error(words!("Only users have `{key}`.", key)))?;
            self.journey_option(Rc::make_mut(journey), key, value)?;
        }
        Ok(id)
    }

    fn journey_option(
        &self,
        journey: &mut Journey,
        key: &str,
        value: &str,
    ) -> Result<(), SketchError> {
        match key {
            "rps" => journey.peak_rps = Some(self.number(key, value)?),
            "population" => {
                journey.population.get_or_insert_default().users = self.number(key, value)?;
            }
            "think_s" => {
                let seconds = self.number(key, value)?;
                journey.population.get_or_insert_default().think_seconds = Some(seconds);
            }
            "growth" => journey.growth_percent_month = Some(self.number(key, value)?),
            "profile" => {
                journey.profile.clear();
                for run in value.split(',') {
                    let (share, hours) = run.split_once('*').unwrap_or((run, "1"));
                    let (share, hours) = (self.number(key, share)?, self.number(key, hours)?);
                    let hours = hours.clamp(0.0, 24.0) as usize;
                    journey.profile.extend(std::iter::repeat_n(share, hours));
                }
            }
            _ => {
                journey.target = Some(Target {
                    percentile: 95.0,
                    seconds: self.number(key, value)? / 1000.0,
                    unknown: Map::new(),
                });
            }
        }
        Ok(())
    }

    fn component_option(
        &self,
        component: &mut Component,
        key: &str,
        value: &str,
    ) -> Result<(), SketchError> {
        match key {
            "unavailability" => {
                component
                    .overrides
                    .get_or_insert_with(Overrides::default)
                    .unavailability = Some(self.number(key, value)?);
            }
            "offer" => hosting(component).offer = Some(value.to_owned()),
            "software" => hosting(component).software = Some(value.to_owned()),
            "volume" => hosting(component).volume = Some(value.to_owned()),
            "throughput_mib_s" => {
                hosting(component).throughput_mib_s = Some(self.number(key, value)?);
            }
            "commitment" => hosting(component).commitment = Some(self.number(key, value)?),
            "with" => {
                let ids = value.split('+').map(str::to_owned);
                hosting(component).with.extend(ids);
            }
            "kind" => {
                let kind = HostingKind::from_id(&value.replace('-', "_"));
                let kind = kind
                    .ok_or_else(|| self.error(words!("`{value}` is no kind of hosting.", value)))?;
                hosting(component).kind = Some(kind);
            }
            "disk" => {
                let disk = Disk::ALL.into_iter().find(|disk| disk.id() == value);
                let disk =
                    disk.ok_or_else(|| self.error(words!("`{value}` is no kind of disk.", value)))?;
                hosting(component).disk = Some(disk);
            }
            "neighbour" => {
                let neighbour = Neighbour::ALL.into_iter().find(|known| known.id() == value);
                let neighbour = neighbour.ok_or_else(|| {
                    self.error(words!("`{value}` is no kind of neighbour.", value))
                })?;
                hosting(component).neighbour = Some(neighbour);
            }
            "redundancy" => {
                component.redundancy = Some(match value.split_once(':').unwrap_or((value, "")) {
                    ("all", _) => Redundancy::All,
                    ("capacity", _) => Redundancy::Capacity,
                    ("k", k) => Redundancy::K(self.number(key, k)?),
                    ("quorum", k) => Redundancy::Quorum(self.number(key, k)?),
                    ("primary-replica" | "primary_replica", _) => {
                        Redundancy::PrimaryReplica(PrimaryReplica::default())
                    }
                    _ => {
                        return Err(
                            self.error(words!("`{value}` is no redundancy; try `k:2`.", value))
                        );
                    }
                });
            }
            "burst" | "burst_hours" | "burst_start" => {
                let number = self.number(key, value)?;
                let burst = hosting(component)
                    .extra
                    .get_or_insert_with(Extra::default)
                    .burst
                    .get_or_insert_with(Burst::default);
                match key {
                    "burst" => burst.instances = number,
                    "burst_hours" => burst.hours_month = number,
                    _ => burst.start_seconds = Some(number),
                }
            }
            "standby_for" => component.standby_for = Some(Id::from(value)),
            _ => {
                let value = match value.parse::<f64>() {
                    Ok(number) if number.is_finite() => super::format::number(number),
                    _ => Value::from(value),
                };
                component.settings.insert(key.to_owned(), value);
            }
        }
        Ok(())
    }

    fn connection_option(
        &self,
        connection: &mut Connection,
        key: &str,
        value: &str,
    ) -> Result<(), SketchError> {
        let number = || self.number(key, value).map(Some);
        match key {
            "calls" => connection.calls = number()?,
            "weight" => connection.weight = number()?,
            "reads" => connection.reads = number()?,
            "writes" => connection.writes = number()?,
            "request_bytes" => connection.request_bytes = number()?,
            "response_bytes" => connection.response_bytes = number()?,
            "retries" => connection.retries = number()?,
            "timeout_ms" => connection.timeout_ms = number()?,
            "retry_budget" => connection.retry_budget = number()?,
            "backoff" => {
                connection.backoff = Some(match value {
                    "none" => Backoff::None,
                    "jittered" => Backoff::Jittered,
                    _ => {
                        return Err(self.error(words!(
                            "`{value}` is no backoff; use none or jittered.",
                            value
                        )));
                    }
                });
            }
            "rtt_ms" => connection.rtt_ms = number()?,
            "unavailability" => connection.unavailability = number()?,
            "group" => connection.group = Some(value.to_owned()),
            "only_on_miss_of" => connection.only_on_miss_of = Some(Id::from(value)),
            "need" => {
                connection.need = Some(match value {
                    "all" => Need::All,
                    "any" => Need::Any,
                    "optional" => Need::Optional,
                    k => Need::K(self.number(key, k)?),
                });
            }
            "mode" => {
                connection.mode = Some(match value {
                    "sync" => Mode::Sync,
                    "async" => Mode::Async,
                    "parallel" => Mode::Parallel,
                    _ => {
                        return Err(self.error(words!(
                            "`{value}` is no mode; use sync, async or parallel.",
                            value
                        )));
                    }
                });
            }
            _ => return Err(self.error(words!("A connection has no `{key}`.", key))),
        }
        Ok(())
    }
}

fn hosting(component: &mut Component) -> &mut Hosting {
    component.hosting.get_or_insert_default()
}

/// The type that a name stands for: its id or an alias, also with a number behind it (`app-2`, `db1`).
pub(super) fn type_of_name(name: &str) -> Option<String> {
    let name = name.replace('-', "_");
    let stem = name
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .trim_end_matches('_');
    components::ALL
        .iter()
        .find(|kind| {
            kind.id == name
                || kind.id == stem
                || kind.aliases.contains(&name.as_str())
                || kind.aliases.contains(&stem)
        })
        .map(|kind| kind.id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_components_connections_and_a_journey() {
        let plan = sketch(
            "users[rps=200] -> lb -> app-server*2@a/b[service_time_ms=20] -[calls=3 need=any]-> db",
        )
        .unwrap();
        let kinds: Vec<&str> = plan.components.iter().map(|c| c.kind.as_str()).collect();
        assert_eq!(
            kinds,
            ["client", "load_balancer", "app_server", "sql_database"]
        );
        assert_eq!(plan.journeys[0].peak_rps, Some(200.0));
        assert_eq!(plan.components[2].instances, Some(2.0));
        assert_eq!(plan.components[2].placement, [Id::from("a"), Id::from("b")]);
        assert_eq!(plan.connections[2].calls, Some(3.0));
        assert_eq!(plan.connections[2].need, Some(Need::Any));
    }

    #[test]
    fn commas_connect_each_with_each_and_a_name_is_one_component() {
        let plan =
            sketch("users -> a1:app-server, a2:app-server -> db\n# remark\na1 ~> queue").unwrap();
        assert_eq!(plan.components.len(), 5);
        assert_eq!(plan.connections.len(), 5);
        assert_eq!(plan.connections[4].mode, Some(Mode::Async));
    }

    #[test]
    fn errors_say_where() {
        let error = sketch("users -> lb\nusers -> thing").unwrap_err();
        assert_eq!((error.line, error.column), (2, 15));
        assert!(
            sketch("users ->")
                .unwrap_err()
                .to_string()
                .contains("name of a component")
        );
        assert!(
            sketch("users lb")
                .unwrap_err()
                .to_string()
                .contains("arrow")
        );
        assert!(
            sketch("users -[calls=x]-> lb")
                .unwrap_err()
                .to_string()
                .contains("number")
        );
        assert!(
            sketch("place h: hut")
                .unwrap_err()
                .to_string()
                .contains("kind of place")
        );
    }
}
