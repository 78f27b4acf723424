//! JSON Schema's own test suite: every instance that it calls valid is accepted, and comes back equal.
//!
//! `exceptions.json` holds the instances for which that is not so, by reason. One that is missing there fails the test,
//! and so does one that no longer happens. `results/suite.md` is the report.

use serde::Deserialize;
use serde_json::Value;
use std::fmt::Write;
use webhook_conformance::plan::Case;
use webhook_conformance::{Held, Read, cases, cell, equal, heal, receive, skipped};

#[test]
fn valid_instances_are_accepted_and_come_back_equal() {
    let cases = cases();
    if cases.is_empty() {
        skipped("WEBHOOK_SCHEMA_SUITE");
        return;
    }
    let mut rows: Vec<Row> = Vec::new();
    let mut exceptions = Vec::new();
    let mut problems = Vec::new();
    for case in &cases {
        if rows.last().is_none_or(|row| row.keyword != case.keyword) {
            rows.push(Row { keyword: case.keyword.clone(), ..Row::default() });
        }
        let row = rows.last_mut().expect("one was pushed");
        case.tests.iter().for_each(|test| row.count(case, test, &mut exceptions, &mut problems));
    }
    let reasons: Vec<Reason> = serde_json::from_str(include_str!("../exceptions.json")).expect("it is checked in");
    problems.extend(unexplained(&exceptions, &reasons));
    let report = report(&rows, &exceptions, &reasons);
    println!("{report}");
    problems.extend(heal("suite.md", &report).err());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Under which the build script files the strings for formats; not of the suite's own count.
const FORMATS: &str = "format of strings";

/// A valid instance that was refused or came back changed.
struct Exception {
    keyword: String,
    group: String,
    test: String,
    what: String,
}

/// Why some instances are exceptions: keyword, group and test of each, `*` for any.
#[derive(Deserialize)]
struct Reason {
    reason: String,
    instances: Vec<[String; 3]>,
}

impl Reason {
    fn explains(&self, exception: &Exception) -> bool {
        self.instances.iter().any(|pattern| matches(pattern, exception))
    }
}

fn matches(pattern: &[String; 3], exception: &Exception) -> bool {
    let names = [&exception.keyword, &exception.group, &exception.test];
    pattern.iter().zip(names).all(|(pattern, name)| pattern == "*" || pattern == name)
}

/// What `exceptions.json` should say and does not, and the other way round.
fn unexplained(exceptions: &[Exception], reasons: &[Reason]) -> Vec<String> {
    let new = exceptions.iter().filter(|exception| !reasons.iter().any(|reason| reason.explains(exception)));
    let new = new.map(|Exception { keyword, group, test, what }| format!("{keyword}, {group}, {test}: {what}"));
    let patterns = reasons.iter().flat_map(|reason| &reason.instances);
    let stale = patterns.filter(|pattern| !exceptions.iter().any(|exception| matches(pattern, exception)));
    new.chain(stale.map(|pattern| format!("exceptions.json: {pattern:?} is none any more"))).collect()
}

/// The numbers of a keyword.
#[derive(Default)]
struct Row {
    keyword: String,
    valid: usize,
    equal: usize,
    outside_inferred: usize,
    unknown: usize,
    invalid: usize,
    refused: usize,
}

impl Row {
    fn count(&mut self, case: &Case, test: &Value, exceptions: &mut Vec<Exception>, problems: &mut Vec<String>) {
        let description = test["description"].as_str().unwrap_or_default();
        let is_valid = test["valid"] == true;
        *(if is_valid { &mut self.valid } else { &mut self.invalid }) += 1;
        let read = case.failure.is_none().then(|| receive(&case.provider, &case.webhook, &test["data"]));
        if let Some(Read::Panicked) = read {
            problems.push(format!("{}, {}, {description}: panics", case.keyword, case.description));
        }
        if !is_valid {
            self.refused += usize::from(matches!(read, Some(Read::Refused(_))));
            return;
        }
        let what = match read {
            None => format!("not generated: {}", case.failure.as_deref().unwrap_or_default()),
            Some(Read::Taken { again, held }) if equal(&again, &test["data"]) => {
                self.equal += 1;
                self.unknown += usize::from(held == Held::Unknown);
                self.outside_inferred += usize::from(case.outside_inferred);
                return;
            }
            Some(Read::Taken { again, .. }) => format!("comes back as {again}"),
            Some(Read::Refused(problems)) => problems.first().map_or_else(String::new, |problem| {
                format!("refused: expected {}, found {}", problem.expected, problem.found)
            }),
            Some(Read::Panicked) => "not received".to_owned(),
        };
        let (keyword, group, test) = (case.keyword.clone(), case.description.clone(), description.to_owned());
        exceptions.push(Exception { keyword, group, test, what });
    }
}

fn report(rows: &[Row], exceptions: &[Exception], reasons: &[Reason]) -> String {
    let mut text = "# JSON Schema test suite, draft 2020-12\n\nWritten by `tests/suite.rs`. Of the instances that the suite calls \
                    valid: how many the generated type accepts and gives back equal, and how many of these are a bare `Value`,\nand how many \
                    arrive as `Unknown` (the schema has no `type`, and allows what the type made of it does not hold).\n\n\
                    | keyword | valid | accepted and equal | of these a `Value` | of these `Unknown` | invalid | of these refused |\n\
                    |---|--:|--:|--:|--:|--:|--:|\n"
        .to_owned();
    let mut all = Row { keyword: "**all**".to_owned(), ..Row::default() };
    let (formats, rows): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.keyword == FORMATS);
    for row in rows {
        all.valid += row.valid;
        all.equal += row.equal;
        all.outside_inferred += row.outside_inferred;
        all.unknown += row.unknown;
        all.invalid += row.invalid;
        all.refused += row.refused;
        text += &line(row);
    }
    text += &line(&all);
    for Row { valid, equal, .. } in formats {
        _ = writeln!(
            text,
            "\nFormats refuse nothing: of the {valid} strings in its optional tests of formats, right and wrong, {equal} are \
                            accepted and come\nback equal, with `type: string` beside the format."
        );
    }
    for Reason { reason, instances } in reasons {
        let found: Vec<_> =
            exceptions.iter().filter(|exception| instances.iter().any(|pattern| matches(pattern, exception))).collect();
        _ = write!(text, "\n## {reason}: {}\n\n| keyword | group | test | |\n|---|---|---|---|\n", found.len());
        for Exception { keyword, group, test, what } in found {
            _ = writeln!(text, "| {keyword} | {} | {} | {} |", cell(group), cell(test), cell(what));
        }
    }
    text
}

fn line(Row { keyword, valid, equal, outside_inferred, unknown, invalid, refused }: &Row) -> String {
    format!("| {keyword} | {valid} | {equal} | {outside_inferred} | {unknown} | {invalid} | {refused} |\n")
}
