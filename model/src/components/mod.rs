//! What a component type answers about itself, and the list of types.

/// One kind of box that a plan can hold: a value, not code, so that panels and pages can be drawn from it.
#[derive(Debug)]
pub struct ComponentType {
    /// The name in plan files, `snake_case`.
    pub id: &'static str,
    /// The name on screen.
    pub name: &'static str,
    /// What it is for, in one sentence for learners.
    pub purpose: &'static str,
    /// Where it stands in the palette.
    pub section: Section,
    /// Names that a sketch may use for it besides the id.
    pub aliases: &'static [&'static str],
    /// How it treats calls and state.
    pub behaviour: Behaviour,
    /// What can be set about it, in the order of the inspector.
    pub parameters: &'static [Parameter],
    /// The layers below and in it that somebody has to look after.
    pub layers: &'static [Layer],
    /// Care when you run it on machines of your own: for each layer beside the machine's own the estimate
    /// (`plan::ASSUMPTIONS`) of its person-days a month.
    pub care: &'static [(Layer, &'static str)],
    /// The estimate of its care when a provider runs it for you; none for what takes none.
    pub managed_care: Option<&'static str>,
}

/// A part of the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// What requests meet first.
    Edge,
    /// What runs your program.
    Compute,
    /// What keeps or carries data.
    Data,
    /// What somebody else runs and you only call.
    Outside,
}

impl Section {
    /// All sections in the order of the palette.
    pub const ALL: [Self; 4] = [Self::Edge, Self::Compute, Self::Data, Self::Outside];

    /// The heading on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Edge => "Edge",
            Self::Compute => "Compute",
            Self::Data => "Data",
            Self::Outside => "Outside",
        }
    }
}

/// A layer of the stack that somebody has to look after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Machines, power, spare parts.
    Hardware,
    /// Hypervisor.
    Virtualisation,
    /// Operating system and its patches.
    OperatingSystem,
    /// Web server, balancer, certificates.
    WebServer,
    /// Language runtime and libraries.
    Runtime,
    /// Your own program.
    Application,
    /// Database, cache, queue or store.
    DataService,
}

impl Layer {
    /// All layers, from the ground up.
    pub const ALL: [Self; 7] = [
        Self::Hardware,
        Self::Virtualisation,
        Self::OperatingSystem,
        Self::WebServer,
        Self::Runtime,
        Self::Application,
        Self::DataService,
    ];

    /// The word in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Hardware => "hardware",
            Self::Virtualisation => "virtualisation",
            Self::OperatingSystem => "operating_system",
            Self::WebServer => "web_server",
            Self::Runtime => "runtime",
            Self::Application => "application",
            Self::DataService => "data_service",
        }
    }

    /// The word on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hardware => "Hardware",
            Self::Virtualisation => "Virtualisation",
            Self::OperatingSystem => "Operating system",
            Self::WebServer => "Web server",
            Self::Runtime => "Runtime",
            Self::Application => "Application",
            Self::DataService => "Data service",
        }
    }

    const EDGE: &[Self] = &[
        Self::Hardware,
        Self::Virtualisation,
        Self::OperatingSystem,
        Self::WebServer,
    ];
    const PROGRAM: &[Self] = &[
        Self::Hardware,
        Self::Virtualisation,
        Self::OperatingSystem,
        Self::WebServer,
        Self::Runtime,
        Self::Application,
    ];
    const JOBS: &[Self] = &[
        Self::Hardware,
        Self::Virtualisation,
        Self::OperatingSystem,
        Self::Runtime,
        Self::Application,
    ];
    const DATA: &[Self] = &[
        Self::Hardware,
        Self::Virtualisation,
        Self::OperatingSystem,
        Self::DataService,
    ];
}

/// How a type treats the calls that reach it.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent yes-or-no facts of a type, not a state"
)]
pub struct Behaviour {
    /// Requests start here; it is no machine and costs nothing.
    pub is_source: bool,
    /// Its targets of one type are alternatives unless the plan says otherwise.
    pub distributes: bool,
    /// It answers a share of its visits itself (`hit_ratio`) and passes the rest on.
    pub caches: bool,
    /// Callers survive its loss unless the plan says otherwise.
    pub is_optional: bool,
    /// It keeps data that exists nowhere else.
    pub keeps_data: bool,
    /// Its instances take work from one shared line instead of being dealt requests.
    pub pulls_work: bool,
    /// It is run by others and has no hosting of its own.
    pub is_external: bool,
    /// Run as a service, it is spread over the zones of a region.
    pub is_spread_as_service: bool,
}

impl Behaviour {
    /// A plain server: every call it makes is required, and it keeps nothing.
    pub const PLAIN: Self = Self {
        is_source: false,
        distributes: false,
        caches: false,
        is_optional: false,
        keeps_data: false,
        pulls_work: false,
        is_external: false,
        is_spread_as_service: false,
    };

    /// Whether it has a hosting of its own: it is neither where requests start nor run by others.
    pub const fn is_hosted(&self) -> bool {
        !self.is_source && !self.is_external
    }
}

/// One thing that can be set about a component; the inspector draws any list of them.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// The key in `settings`.
    pub id: &'static str,
    /// The label on screen.
    pub label: &'static str,
    /// Which values it takes.
    pub values: Values,
}

/// The values that a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Values {
    /// A number with a unit.
    Number {
        /// The unit as shown, empty for a plain count or ratio.
        unit: &'static str,
        /// What holds when nothing is set.
        default: f64,
        /// The smallest legal value.
        min: f64,
        /// The largest legal value.
        max: f64,
    },
    /// One of several words; the first is the default.
    Choice(&'static [(&'static str, &'static str)]),
}

impl Parameter {
    /// What it means and what it changes, in one sentence for learners.
    pub fn explanation(&self) -> &'static str {
        let mut known = parameters::EXPLANATIONS.iter();
        let own = known.find(|(id, _)| *id == self.id);
        own.map_or("", |(_, explanation)| explanation)
    }

    /// Whether it is about limits and losses that most plans leave alone.
    pub fn is_detail(&self) -> bool {
        parameters::DETAILS.contains(&self.id)
    }

    /// The default of a number; `None` for a choice.
    pub fn default_number(&self) -> Option<f64> {
        match self.values {
            Values::Number { default, .. } => Some(default),
            Values::Choice(_) => None,
        }
    }
}

impl ComponentType {
    /// The parameter of this name.
    pub fn parameter(&self, id: &str) -> Option<&'static Parameter> {
        self.parameters.iter().find(|parameter| parameter.id == id)
    }

    /// The default of the number of this name; 0 for a parameter that the type does not have.
    pub fn default_number(&self, id: &str) -> f64 {
        self.parameter(id)
            .and_then(Parameter::default_number)
            .unwrap_or(0.0)
    }
}

/// The type of this id or alias.
pub fn component_type(id: &str) -> Option<&'static ComponentType> {
    ALL.iter().copied().find(|kind| kind.id == id)
}

macro_rules! component_types {
    ($($name:ident,)*) => {
        $(mod $name;)*

        /// Every component type, in the order of the palette.
        pub const ALL: &[&ComponentType] = &[$(&$name::TYPE,)*];
    };
}

component_types! {
    client,
    dns,
    cdn,
    load_balancer,
    web_server,
    app_server,
    worker,
    cache,
    queue,
    sql_database,
    nosql_database,
    search,
    object_storage,
    file_storage,
    external_service,
}

mod parameters;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_is_legal_and_every_text_says_something() {
        for kind in ALL {
            assert!(
                kind.purpose.ends_with('.'),
                "{}: the purpose is a sentence",
                kind.id
            );
            for parameter in kind.parameters {
                assert!(
                    parameter.explanation().ends_with('.'),
                    "{}.{}",
                    kind.id,
                    parameter.id
                );
                if let Values::Number {
                    default, min, max, ..
                } = parameter.values
                {
                    assert!(
                        min <= default && default <= max,
                        "{}.{}",
                        kind.id,
                        parameter.id
                    );
                }
            }
        }
    }

    #[test]
    fn ids_and_aliases_name_one_type_each() {
        let mut names: Vec<&str> = ALL
            .iter()
            .flat_map(|kind| std::iter::once(kind.id).chain(kind.aliases.iter().copied()))
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
