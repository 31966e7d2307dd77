//! What was asked for on the command line.

use std::ffi::OsString;

use lexopt::prelude::{Long, Short, Value, ValueExt};
use model::catalog::Date;
use model::export::{self, Export};
use model::simulation::{MOST_REQUESTS, Settings};

use crate::format_words;

/// What to do.
pub(crate) enum Request {
    /// Print this text.
    Say(String),
    /// Print what is known about a plan.
    Evaluate { path: String },
    /// Write a plan in one of the formats.
    Export {
        path: String,
        format: &'static Export,
    },
    /// Say whether plans meet their requirements.
    Check { paths: Vec<String> },
    /// Say what has to be done when a provider ends.
    Exit {
        path: String,
        ending: Ending,
        as_json: bool,
    },
    /// Try a plan out and compare what happens with what the formulas say.
    Simulate {
        path: String,
        settings: Settings,
        as_json: bool,
    },
}

/// What ends in an exit drill; what is open is asked of the plan and the clock.
#[derive(Default)]
pub(crate) struct Ending {
    /// The id of the provider.
    pub(crate) provider: Option<String>,
    /// Its last day.
    pub(crate) ends: Option<Date>,
    /// The day on which one hears of it.
    pub(crate) told: Option<Date>,
    /// Whether the customer sits in the European Union.
    pub(crate) is_in_eu: bool,
}

/// Reads the arguments; the error is one sentence for the person who wrote them.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Request, String> {
    read(lexopt::Parser::from_args(arguments)).map_err(|error| error.to_string())
}

const VERBS: [&str; 5] = ["evaluate", "export", "check", "exit", "simulate"];
const VERB_WORDS: &str = "evaluate, export, check, exit and simulate";

fn read(mut parser: lexopt::Parser) -> Result<Request, lexopt::Error> {
    let mut verb = None;
    let mut paths = Vec::new();
    let mut format = None;
    let mut as_json = false;
    let mut settings = Settings::default();
    let mut ending = Ending::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Request::Say(help())),
            Short('V') | Long("version") => {
                return Ok(Request::Say(format!(
                    "planner {}\n",
                    env!("CARGO_PKG_VERSION")
                )));
            }
            Long("json") if matches!(verb.as_deref(), Some("evaluate" | "exit" | "simulate")) => {
                as_json = true;
            }
            Long("seed") if verb.as_deref() == Some("simulate") => {
                settings.seed = parser.value()?.parse()?;
            }
            Long("requests") if verb.as_deref() == Some("simulate") => {
                settings.requests = requests(&mut parser)?;
                settings.most_events = u64::MAX / 4;
            }
            Long("to") if verb.as_deref() == Some("export") => {
                let word = parser.value()?;
                let word = word.to_string_lossy();
                format = Some(export::export(&word).ok_or_else(|| {
                    format!(
                        "there is no format \"{word}\"; the formats are {}",
                        format_words()
                    )
                })?);
            }
            Long("provider") if verb.as_deref() == Some("exit") => {
                let provider = parser.value()?.to_string_lossy().into_owned();
                ending.provider = Some(provider);
            }
            Long("date") if verb.as_deref() == Some("exit") => {
                ending.ends = Some(day("--date", &mut parser)?);
            }
            Long("told") if verb.as_deref() == Some("exit") => {
                ending.told = Some(day("--told", &mut parser)?);
            }
            Long("eu") if verb.as_deref() == Some("exit") => ending.is_in_eu = true,
            Value(word) if verb.is_none() => {
                let word = word.to_string_lossy().into_owned();
                if !VERBS.contains(&word.as_str()) {
                    return Err(format!(
                        "there is no command \"{word}\"; the commands are {VERB_WORDS}"
                    )
                    .into());
                }
                verb = Some(word);
            }
            Value(path) => paths.push(path.to_string_lossy().into_owned()),
            other => return Err(other.unexpected()),
        }
    }
    let Some(verb) = verb else {
        return Err(format!("say what to do: {VERB_WORDS}").into());
    };
    if paths.is_empty() {
        return Err(format!("{verb} needs a plan file, or - for standard input").into());
    }
    if verb == "check" {
        return Ok(Request::Check { paths });
    }
    if let [_, second, ..] = &paths[..] {
        return Err(format!("{verb} takes one plan, and \"{second}\" is a second one").into());
    }
    let path = paths.remove(0);
    match (verb.as_str(), format) {
        ("simulate", _) => Ok(Request::Simulate {
            path,
            settings,
            as_json,
        }),
        ("exit", _) => Ok(Request::Exit {
            path,
            ending,
            as_json,
        }),
        ("evaluate", _) if !as_json => Ok(Request::Evaluate { path }),
        ("evaluate", _) => evaluation().map(|format| Request::Export { path, format }),
        (_, Some(format)) => Ok(Request::Export { path, format }),
        (_, None) => Err(format!("export needs --to and a format: {}", format_words()).into()),
    }
}

/// A number of requests that can be made; the simulation needs some to say anything.
fn requests(parser: &mut lexopt::Parser) -> Result<u64, lexopt::Error> {
    let requests: u64 = parser.value()?.parse()?;
    if !(LEAST_REQUESTS..=MOST_REQUESTS).contains(&requests) {
        return Err(format!(
            "--requests is {requests}, but must be from {LEAST_REQUESTS} to {MOST_REQUESTS}"
        )
        .into());
    }
    Ok(requests)
}

/// A day of an exit drill.
fn day(option: &str, parser: &mut lexopt::Parser) -> Result<Date, lexopt::Error> {
    let word = parser.value()?;
    let word = word.to_string_lossy();
    let day = Date::parse(&word);
    day.ok_or_else(|| format!("{option} is \"{word}\", but must be a day like 2027-01-31").into())
}

/// Fewer requests say nothing.
const LEAST_REQUESTS: u64 = 1_000;

fn evaluation() -> Result<&'static Export, lexopt::Error> {
    export::export("evaluation").ok_or_else(|| "evaluations cannot be written".into())
}

fn help() -> String {
    let formats = export::ALL.iter();
    let formats: Vec<String> = formats
        .map(|export| format!("  {:<12} {}", export.id, export.name))
        .collect();
    let formats = formats.join("\n");
    format!(
        "\
planner: what a hosting architecture carries, how often it is down, what it costs, what leaving takes.

  planner evaluate PLAN [--json]    print what is known about a plan, as text or as an evaluation for scripts
  planner export PLAN --to FORMAT   write a plan in another format
  planner check PLAN...             say whether plans meet their requirements
  planner exit PLAN [--json]        what has to be done when a provider ends, as a checklist in Markdown
    --provider ID      the one that ends (default: the one that most components stand with)
    --date YYYY-MM-DD  its last day (default: in 90 days)
    --told YYYY-MM-DD  the day on which one hears of it (default: today)
    --eu               for a customer in the European Union
  planner simulate PLAN [--json]    try a plan out, request by request, and compare with the formulas
    --seed N      where the random numbers start (default 1): the same seed gives the same figures
    --requests N  how many requests to make (default 1000000, fewer where each causes very many calls)

  PLAN is a file that the planner saved, or - for standard input.
  -h, --help       print this
  -V, --version    print the version

Formats:
{formats}

Exit status: 0 when all is well; 1 when a check finds a requirement that is not met or a finding of severity
error; 2 when a file cannot be read or the request is not understood.
"
    )
}
