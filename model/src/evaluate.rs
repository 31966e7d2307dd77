//! The face of the crate: a plan and a catalogue become an evaluation, every stage on one page.

use std::collections::BTreeMap;

pub use crate::analysis::cost::LineItem;
pub use crate::analysis::lock_in::{Exit, InterfaceClass};
pub use crate::analysis::work::Task;
use crate::components::Layer;
use crate::plan::{HostingKind, Id};
use crate::rules::Finding;
use crate::topology::{Problem, Sourced};
use crate::units::{Money, PersonDays, Probability, Range, RequestsPerSecond, Seconds};

/// Everything that is known about one plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluation {
    /// What is wrong with the plan as drawn.
    pub problems: Vec<Problem>,
    /// One entry per journey, in the order of the plan.
    pub journeys: Vec<JourneyEvaluation>,
    /// One entry per component.
    pub components: BTreeMap<Id, ComponentEvaluation>,
    /// One entry per connection.
    pub connections: BTreeMap<Id, ConnectionEvaluation>,
    /// The whole plan.
    pub totals: Totals,
    /// Advice, the most important first.
    pub findings: Vec<Finding>,
}

/// One journey: what it carries, how long it takes, how often it is down.
#[derive(Clone, Debug, PartialEq)]
pub struct JourneyEvaluation {
    /// Its id.
    pub id: Id,
    /// Its name on screen.
    pub name: String,
    /// Requests per second at the peak.
    pub arrival_rate: RequestsPerSecond,
    /// Whether something on its path gets more than it can do.
    pub saturated: bool,
    /// The load at which the first resource on its path saturates; none if nothing limits it.
    pub capacity: Option<RequestsPerSecond>,
    /// What saturates first.
    pub bottleneck: Option<Bottleneck>,
    /// The response time at the peak; none when saturated.
    pub response: Option<ResponseTimes>,
    /// What each component adds to the mean response time, the largest first.
    pub shares: Vec<(Id, Seconds)>,
    /// Share of time that it is down.
    pub unavailability: Probability,
    /// The same, if things go well and if they go badly.
    pub unavailability_range: Range,
    /// Whether the unavailability is exact; otherwise it is bounded.
    pub exact: bool,
    /// What takes it down by itself.
    pub single_points: Vec<SinglePoint>,
    /// Smallest sets of failures that take it down, by size and name.
    pub minimal_cut_sets: Vec<Vec<String>>,
    /// How much each event matters, the one that costs most hours first.
    pub importance: Vec<Importance>,
}

/// What saturates first.
#[derive(Clone, Debug, PartialEq)]
pub struct Bottleneck {
    /// The component.
    pub component: Id,
    /// Its resource.
    pub resource: Resource,
}

/// What a component can run out of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resource {
    /// Processor time.
    Cpu,
    /// Disk operations.
    Disk,
    /// Bytes that arrive.
    NetworkIn,
    /// Bytes that leave.
    NetworkOut,
}

/// How long a response takes at the peak.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ResponseTimes {
    /// The mean.
    pub mean: Seconds,
    /// Half of the responses are faster; none where it cannot be computed.
    pub p50: Option<Seconds>,
    /// 95 of 100 responses are faster.
    pub p95: Option<Seconds>,
    /// 99 of 100 responses are faster.
    pub p99: Option<Seconds>,
}

/// Something that takes a journey down by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct SinglePoint {
    /// The event: `component:ID`, `place:ID` or `connection:ID`.
    pub event: String,
    /// Why it does.
    pub cause: Cause,
}

/// Why one event takes a journey down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// There is one of it.
    Structural,
    /// There are several, but the peak needs them all.
    Capacity,
    /// A place takes several at once.
    Domain,
}

/// How much one event matters to a journey.
#[derive(Clone, Debug, PartialEq)]
pub struct Importance {
    /// The event.
    pub event: String,
    /// How much the unavailability changes with the event's own.
    pub birnbaum: f64,
    /// Share of the unavailability in which the event takes part.
    pub fussell_vesely: f64,
    /// Hours per year saved if it never happened.
    pub hours_year_if_perfect: f64,
}

/// One component: its load, its cost, its work, its way out.
#[derive(Clone, Debug, PartialEq)]
pub struct ComponentEvaluation {
    /// Visits per second at the peak, of all journeys.
    pub arrival_rate: RequestsPerSecond,
    /// The kind of hosting, if chosen.
    pub hosting: Option<HostingKind>,
    /// How many there are.
    pub instances: usize,
    /// How many the peak needs.
    pub needed: usize,
    /// Parallel servers of one instance.
    pub servers: Sourced<f64>,
    /// Mean time one visit keeps one server busy.
    pub service_time: Sourced<Seconds>,
    /// Whether it gets more than it can do.
    pub saturated: bool,
    /// How busy each of its resources is, from 0; 1 and more is saturated.
    pub utilisation: Vec<(Resource, f64)>,
    /// Mean time in line; none when saturated.
    pub waiting: Option<Seconds>,
    /// Mean time in line and in service; none when saturated.
    pub residence: Option<Seconds>,
    /// Visits per second at which its first resource saturates; none if nothing limits it.
    pub capacity: Option<RequestsPerSecond>,
    /// Share of time that one instance is down by itself.
    pub unavailability: Sourced<Range>,
    /// What is charged, and from where the price is.
    pub line_items: Vec<LineItem>,
    /// Money per month; none where a price is not known.
    pub cost_month: Option<Money>,
    /// Money on the first day.
    pub cost_upfront: Money,
    /// What there is to do.
    pub tasks: Vec<Task>,
    /// Care per month.
    pub work_month: PersonDays,
    /// The layers that are yours.
    pub yours: Vec<Layer>,
    /// The layers that somebody else looks after.
    pub theirs: Vec<Layer>,
    /// What leaving takes; none for what has nothing to move.
    pub exit: Option<Exit>,
}

impl ComponentEvaluation {
    /// The busiest resource.
    pub fn busiest(&self) -> Option<(Resource, f64)> {
        self.utilisation
            .iter()
            .copied()
            .max_by(|a, b| a.1.total_cmp(&b.1))
    }
}

/// One connection.
#[derive(Clone, Debug, PartialEq)]
pub struct ConnectionEvaluation {
    /// Calls per second at the peak.
    pub arrival_rate: RequestsPerSecond,
}

/// The whole plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// Money per month of all components whose price is known.
    pub cost_month: Money,
    /// How many components have no known price.
    pub not_priced: usize,
    /// Money on the first day.
    pub cost_upfront: Money,
    /// Money per month with the work at the day rate.
    pub cost_loaded_month: Money,
    /// Care per month.
    pub work_month: PersonDays,
    /// The layers that are yours anywhere.
    pub yours: Vec<Layer>,
    /// Person-days to move everything elsewhere.
    pub exit_days: Range,
    /// Money to move everything elsewhere, the work included.
    pub exit_cost: Money,
}
