//! `planner` as a person or a script runs it: real processes, their output and their exit status.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may fail, and its tools with it"
)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const GOOD: &str = r#"{ "format": "hosting-plan/1", "title": "Shop",
  "requirements": [ { "metric": "spof.instance", "op": "<=", "value": 9 } ],
  "components": [ { "id": "users", "type": "client" },
    { "id": "app", "type": "app_server", "settings": { "service_time_ms": 20 }, "overrides": { "cost_month": 30 } } ],
  "connections": [ { "id": "c1", "from": "users", "to": "app" } ] }"#;

struct Answer {
    status: i32,
    out: String,
    err: String,
}

fn run(arguments: &[&str]) -> Answer {
    answer(command(arguments).output().unwrap())
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_planner"));
    command.args(arguments);
    command
}

fn answer(output: Output) -> Answer {
    Answer {
        status: output.status.code().expect("the program ends by itself"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn run_with_input(arguments: &[&str], input: &[u8]) -> Answer {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program may have read enough before the end.
    let _ = child.stdin.take().unwrap().write_all(input);
    answer(child.wait_with_output().unwrap())
}

fn file(name: &str, content: impl AsRef<[u8]>) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

fn template(id: &str) -> String {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../assets/templates");
    root.join(format!("{id}.json")).to_str().unwrap().to_owned()
}

#[test]
fn a_plan_is_evaluated_for_people_and_for_scripts() {
    let path = template("shop");
    let people = run(&["evaluate", &path]);
    assert_eq!(people.status, 0, "{}", people.err);
    assert!(people.out.contains("Small shop") && people.out.contains("per month"));

    let scripts = run(&["evaluate", &path, "--json"]);
    assert_eq!(scripts.status, 0);
    let report: Value = serde_json::from_str(&scripts.out).unwrap();
    assert_eq!(report["format"], "hosting-evaluation/1");
    assert_eq!(report["journeys"][0]["id"], "browse");
    assert_eq!(report["journeys"][0]["arrival_rate"], 60.0);
    assert_eq!(
        report,
        serde_json::from_str::<Value>(&run(&["export", &path, "--to", "evaluation"]).out).unwrap()
    );
}

#[test]
fn a_plan_goes_through_export_unchanged() {
    let path = template("cache");
    let exported = run(&["export", &path, "--to=json"]);
    assert_eq!(exported.status, 0);
    assert_eq!(exported.out, std::fs::read_to_string(&path).unwrap());
    assert!(
        run(&["export", &path, "--to", "mermaid"])
            .out
            .contains("flowchart LR")
    );
    assert!(
        run(&["export", &path, "--to", "markdown"])
            .out
            .starts_with("# ")
    );
}

#[test]
fn a_dash_is_standard_input() {
    let answer = run_with_input(&["evaluate", "-", "--json"], GOOD.as_bytes());
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert_eq!(answer.err, "");
    let broken = run_with_input(&["check", "-"], b"{");
    assert_eq!(broken.status, 2);
    assert!(broken.err.starts_with("<stdin>:1:"), "{}", broken.err);
}

#[test]
fn a_check_passes_only_if_every_requirement_is_shown_to_be_met() {
    let with = |name: &str, requirement: &str| {
        let start = GOOD.find("{ \"metric\"").unwrap();
        let end = start + GOOD[start..].find('}').unwrap() + 1;
        let plan = [&GOOD[..start], requirement, &GOOD[end..]].concat();
        run(&["check", &file(name, plan)])
    };
    let met = with(
        "met.json",
        r#"{ "metric": "cost.month", "op": "<=", "value": 30 }"#,
    );
    assert_eq!(met.status, 0, "{}{}", met.out, met.err);
    assert!(met.out.contains("met     cost.month <= 30"), "{}", met.out);

    let missed = with(
        "missed.json",
        r#"{ "metric": "cost.month", "op": "<=", "value": 29 }"#,
    );
    assert_eq!(missed.status, 1);
    assert!(
        missed
            .out
            .contains("missed  cost.month <= 29 (it is $30.00 per month)"),
        "{}",
        missed.out
    );

    let unknown = with(
        "unknown.json",
        r#"{ "metric": "cost.mnth", "op": "<=", "value": 1 }"#,
    );
    assert_eq!(unknown.status, 1);
    assert!(
        unknown.out.contains("no metric called \"cost.mnth\""),
        "{}",
        unknown.out
    );
}

#[test]
fn a_check_fails_where_a_plan_does_not_work_as_drawn() {
    let plan = GOOD.replace("\"service_time_ms\": 20", "\"service_time_ms\": 2000");
    let answer = run(&["check", &file("saturated.json", plan)]);
    assert_eq!(answer.status, 1, "{}", answer.out);
    assert!(answer.out.contains("error   "), "{}", answer.out);
}

#[test]
fn a_check_looks_at_every_file_and_gives_the_worst_status() {
    let good = file("good.json", GOOD);
    let answer = run(&["check", &good, "/no/such/plan.json", &good]);
    assert_eq!(answer.status, 2);
    assert_eq!(answer.out.matches(": passed\n").count(), 2);
    assert!(
        answer.err.starts_with("/no/such/plan.json: "),
        "{}",
        answer.err
    );
}

#[test]
fn a_file_that_is_no_plan_is_named_with_place_and_remedy() {
    let large = format!(
        "{{\"format\": \"hosting-plan/1\", \"notes\": \"{}\"}}",
        "x".repeat(6_000_000)
    );
    let brackets = "[".repeat(100_000);
    let deep = "{\"a\":".repeat(100_000);
    let cases: [(&str, &[u8], &str, &str); 9] = [
        (
            "broken.json",
            b"{\n  \"format\": \"hosting-plan/1\",\n  \"title\": }",
            ":3:12: ",
            "Mend the file there",
        ),
        (
            "type.json",
            b"{ \"format\": \"hosting-plan/1\",\n  \"title\": 7 }",
            ":2:12: ",
            "a text belongs here",
        ),
        (
            "newer.json",
            b"{ \"format\": \"hosting-plan/9\" }",
            ":1:13: ",
            "hosting-plan/1",
        ),
        ("large.json", large.as_bytes(), ":1:1: ", "6.0 MB"),
        ("deep.json", brackets.as_bytes(), ":1:33: ", "nested"),
        ("deep-objects.json", deep.as_bytes(), ":1:161: ", "nested"),
        (
            "picture.json",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            ":1:1: ",
            "PNG",
        ),
        ("empty.json", b"", ":1:1: ", "empty"),
        ("bytes.json", b"\xc3\x28\xff", ":1:1: ", "UTF-8"),
    ];
    for (name, content, place, remedy) in cases {
        let path = file(name, content);
        for verb in ["evaluate", "check"] {
            let answer = run(&[verb, &path]);
            assert_eq!(answer.status, 2, "{name}: {}", answer.err);
            assert_eq!(answer.out, "", "{name}");
            assert!(
                answer.err.starts_with(&format!("{path}{place}")),
                "{name}: {}",
                answer.err
            );
            assert!(answer.err.contains(remedy), "{name}: {}", answer.err);
            assert_eq!(answer.err.lines().count(), 1, "{name}: {}", answer.err);
        }
    }
}

#[test]
fn a_plan_with_faults_opens_and_each_fault_has_its_place() {
    let path = file(
        "faults.json",
        r#"{ "format": "hosting-plan/1",
  "components": [
    { "id": "users", "type": "client" },
    { "id": "app", "type": "app_server", "instances": -3 },
    { "id": "app", "type": "cache" },
    { "id": "db", "type": "sql_database", "settings": { "service_time_ms": 1e300 } },
    { "id": "odd", "type": "spaceship" }
  ],
  "connections": [
    { "id": "c1", "from": "users", "to": "app" },
    { "id": "c2", "from": "app", "to": "db", "calls": -1 },
    { "id": "c3", "from": "app", "to": "nowhere" }
  ] }"#,
    );
    let answer = run(&["evaluate", &path, "--json"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    for place in [
        ":4:55: ", ":5:5: ", ":6:76: ", ":7:28: ", ":11:55: ", ":12:5: ",
    ] {
        assert!(
            answer.err.contains(&format!("{path}{place}")),
            "{place} in\n{}",
            answer.err
        );
    }
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    let problems: Vec<&str> = report["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| problem["id"].as_str().unwrap())
        .collect();
    for id in [
        "number-out-of-range",
        "duplicate-id",
        "unknown-type",
        "dangling-connection",
    ] {
        assert!(problems.contains(&id), "{id} in {problems:?}");
    }
    assert_eq!(report["components"].as_array().unwrap().len(), 4);
    assert!(report["components"][0]["arrival_rate"].is_number());
}

#[test]
fn nothing_infinite_or_undefined_is_printed() {
    for (number, other) in [
        ("1e308", "1e308"),
        ("-1e308", "0"),
        ("0", "1e-308"),
        ("1e18", "1e18"),
    ] {
        let plan = format!(
            r#"{{ "format": "hosting-plan/1", "assumptions": {{ "day_rate": {number}, "write_off_months": {other}, "failure_factor": [{number}, {other}, {number}] }}, "journeys": [ {{ "id": "j", "peak_rps": {number} }} ],
              "components": [ {{ "id": "u", "type": "client" }},
                {{ "id": "a", "type": "app_server", "instances": {number}, "settings": {{ "service_time_ms": {other}, "servers": {number}, "scv": {other} }},
                   "overrides": {{ "cost_month": {number}, "mtbf_hours": {other}, "mttr_hours": {number}, "exit_days": [{number}, {other}, {number}] }} }},
                {{ "id": "d", "type": "sql_database", "settings": {{ "data_gb": {number}, "iops_per_request": {number} }} }} ],
              "connections": [ {{ "id": "c", "from": "u", "to": "a", "calls": {number} }}, {{ "id": "e", "from": "a", "to": "d", "calls": {number} }},
                {{ "id": "f", "from": "d", "to": "a", "calls": {other} }} ] }}"#
        );
        for arguments in [
            &["evaluate", "-", "--json"][..],
            &["evaluate", "-"],
            &["export", "-", "--to", "markdown"],
            &["export", "-", "--to", "mermaid"],
        ] {
            let answer = run_with_input(arguments, plan.as_bytes());
            assert_eq!(answer.status, 0, "{number}: {}", answer.err);
            let words: Vec<&str> = answer.out.split(|c: char| !c.is_alphanumeric()).collect();
            assert!(
                !words
                    .iter()
                    .any(|word| ["NaN", "inf", "null", "infinity"].contains(word)),
                "{number}, {arguments:?}:\n{}",
                answer.out
            );
        }
    }
}

#[test]
fn a_request_that_is_not_understood_is_refused_in_words() {
    let good = file("good-enough.json", GOOD);
    let cases: &[(&[&str], &str)] = &[
        (&[], "say what to do"),
        (&["draw"], "no command \"draw\""),
        (&["evaluate"], "needs a plan file"),
        (&["evaluate", &good, "--fast"], "--fast"),
        (&["evaluate", &good, "--to", "json"], "--to"),
        (&["evaluate", &good, &good], "second"),
        (&["export", &good], "--to"),
        (&["export", &good, "--to"], "--to"),
        (
            &["export", &good, "--to", "pdf"],
            "json, markdown, mermaid, evaluation",
        ),
        (&["check", &good, "--json"], "--json"),
    ];
    for (arguments, said) in cases {
        let answer = run(arguments);
        assert_eq!(answer.status, 2, "{arguments:?}");
        assert!(answer.err.contains(said), "{arguments:?}: {}", answer.err);
        assert_eq!(answer.out, "", "{arguments:?}");
    }
}

#[test]
fn help_and_version_are_there_before_anything_else() {
    for arguments in [&["--help"][..], &["-h"], &["evaluate", "--help"]] {
        let answer = run(arguments);
        assert_eq!(answer.status, 0);
        assert!(answer.out.contains("planner check PLAN...") && answer.out.contains("markdown"));
    }
    let version = run(&["--version"]);
    assert_eq!(
        (version.status, version.out.trim()),
        (0, concat!("planner ", env!("CARGO_PKG_VERSION")))
    );
}

#[test]
fn names_with_terminal_commands_in_them_are_only_text() {
    let plan = GOOD
        .replace("Shop", "S\\u001b[2Jhop")
        .replace("\"c1\"", "\"c\\u001b\\u0007\"")
        .replace("\"to\": \"app\"", "\"to\": \"n\\u001bx\"");
    for arguments in [
        &["evaluate", "-"][..],
        &["check", "-"],
        &["evaluate", "-", "--json"],
        &["exit", "-", "--provider", "aws"],
    ] {
        let answer = run_with_input(arguments, plan.as_bytes());
        assert!(
            !answer.out.contains('\u{1b}') && !answer.err.contains('\u{1b}'),
            "{arguments:?}"
        );
    }
}

#[test]
fn a_plan_is_tried_out_for_people_and_for_scripts() {
    let path = file("tried.json", GOOD);
    let arguments = ["simulate", &path, "--seed", "7", "--requests", "20000"];
    let people = run(&arguments);
    assert_eq!((people.status, people.err.as_str()), (0, ""));
    assert!(people.out.contains("seed 7"), "{}", people.out);
    let mean = people.out.lines().find(|line| line.contains("mean"));
    let mean = mean.expect("a line for the mean");
    assert!(
        mean.contains("formula 25 ms") && mean.contains("simulated ") && mean.contains(" to "),
        "{mean}"
    );
    assert!(mean.ends_with(": inside the interval"), "{mean}");
    assert_eq!(run(&arguments).out, people.out);

    let scripts = run(&["simulate", &path, "--json", "--requests", "20000"]);
    let report: Value = serde_json::from_str(&scripts.out).unwrap();
    assert_eq!(report["format"], "hosting-simulation/1");
    assert_eq!(
        (&report["seed"], &report["outcome"]),
        (&1.into(), &"steady".into())
    );
    let mean = &report["journeys"][0]["response_seconds"]["mean"];
    assert_eq!(mean["inside"], true);
    let low = mean["interval"][0].as_f64().unwrap();
    assert!(low > 0.0 && low < mean["formula"].as_f64().unwrap());
}

#[test]
fn requests_that_fail_are_counted() {
    let path = file(
        "refused.json",
        GOOD.replace(
            "\"service_time_ms\": 20",
            "\"service_time_ms\": 100, \"servers\": 1, \"room\": 1",
        ),
    );
    let people = run(&["simulate", &path, "--requests", "20000"]);
    // Erlang's loss of one server at one erlang: half.
    let failed = people.out.lines().find(|line| line.contains("failed"));
    let words = failed.expect("a line for the failed").replace('%', "");
    let numbers: Vec<f64> = words
        .split(' ')
        .filter_map(|word| word.parse().ok())
        .collect();
    assert!(numbers[0] < 50.0 && numbers[1] > 50.0, "{words}");
}

#[test]
fn a_plan_that_cannot_keep_up_is_no_fault_of_the_simulation() {
    let path = file(
        "overloaded.json",
        GOOD.replace("\"service_time_ms\": 20", "\"service_time_ms\": 5000"),
    );
    let answer = run(&["simulate", &path, "--requests", "20000"]);
    assert_eq!(answer.status, 0);
    assert!(
        answer.out.contains("grows without end: app"),
        "{}",
        answer.out
    );
    assert!(!answer.out.contains("simulated 0"), "{}", answer.out);
}

#[test]
fn an_exit_is_drilled_for_people_and_for_scripts() {
    let path = template("shop");
    let dates = ["--told", "2026-11-21", "--date", "2027-02-19"];
    let ask = |more: &[&str]| run(&[&["exit", &path][..], &dates, more].concat());
    let people = ask(&["--provider", "hetzner"]);
    assert_eq!((people.status, people.err.as_str()), (0, ""));
    assert!(
        people.out.contains("ends on 2027-02-19: 90 days' notice"),
        "{}",
        people.out
    );
    assert!(people.out.contains("- [ ] "), "{}", people.out);

    let scripts = ask(&["--provider", "hetzner", "--json"]);
    let report: Value = serde_json::from_str(&scripts.out).unwrap();
    assert_eq!(report["format"], "hosting-exit/1");
    assert_eq!(report["notice_days"], 90);
    let boxes = people.out.lines().filter(|line| line.starts_with("- [ ] "));
    assert_eq!(report["steps"].as_array().unwrap().len(), boxes.count());
    // Most components of this plan stand with the same provider.
    assert_eq!(ask(&["--json"]).out, scripts.out);
    let in_eu: Value = serde_json::from_str(&ask(&["--json", "--eu"]).out).unwrap();
    assert_eq!(
        (&in_eu["is_in_eu"], &in_eu["egress"]),
        (&true.into(), &0.0.into())
    );
    let elsewhere: Value =
        serde_json::from_str(&ask(&["--provider", "aws", "--json"]).out).unwrap();
    assert_eq!(elsewhere["moves"], serde_json::json!([]));
}

#[test]
fn a_drill_that_cannot_be_asked_is_refused_in_words() {
    let path = template("shop");
    let good = file("stands-nowhere.json", GOOD);
    for (arguments, words) in [
        (vec!["exit"], "needs a plan file"),
        (vec!["exit", &good], "name one with --provider"),
        (
            vec!["exit", &path, "--provider", "nobody"],
            "this plan stands with hetzner",
        ),
        (vec!["exit", &path, "--date", "soon"], "must be a day like"),
        (
            vec![
                "exit",
                &path,
                "--told",
                "2027-01-02",
                "--date",
                "2027-01-01",
            ],
            "before",
        ),
        (vec!["evaluate", &path, "--provider", "aws"], "--provider"),
    ] {
        let answer = run(&arguments);
        assert_eq!(answer.status, 2, "{arguments:?}");
        assert!(answer.err.contains(words), "{arguments:?}: {}", answer.err);
        assert_eq!(answer.out, "", "{arguments:?}");
    }
}

#[test]
fn what_cannot_be_simulated_is_said() {
    let path = file("simulated.json", GOOD);
    for (arguments, words) in [
        (
            vec!["simulate", &path, "--requests", "5"],
            "must be from 1000",
        ),
        (vec!["simulate", &path, "--seed", "x"], "x"),
        (vec!["evaluate", &path, "--seed", "1"], "--seed"),
        (vec!["simulate"], "needs a plan file"),
        (vec!["simulate", "no-such-file.json"], "no-such-file.json"),
    ] {
        let answer = run(&arguments);
        assert_eq!(answer.status, 2, "{arguments:?}");
        assert!(answer.err.contains(words), "{arguments:?}: {}", answer.err);
    }
}
