//! Arrows between modules go down only. What a module names of others is read from its source.

#[path = "floors/modules.rs"]
mod modules;

use modules::Modules;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The floors of the generator, from the top. A module may name those on floors below its own, and no others.
const FLOORS: [&[&str]; 10] = [
    &["lib"],
    &["build_script", "pipeline"],
    &["generated", "print"],
    &["emit"],
    &["name", "selection"],
    &["model"],
    &["schema"],
    &["documents"],
    &["source"],
    &["config", "files", "keywords", "scc", "words"],
];

/// Those of the command, which rests on all of the above.
const COMMAND: [&[&str]; 7] = [
    &["main"],
    &["lib"],
    &["command"],
    &["catalog"],
    &["check", "delivery", "diff", "drift"],
    &["infer"],
    &["annotations", "capture"],
];

#[test]
fn no_module_knows_a_floor_above_its_own() {
    for (src, floors) in [("src", FLOORS.as_slice()), ("../cli/src", &COMMAND)] {
        let modules = Modules::read(Path::new(src));
        let floor = |room: &str| floors.iter().position(|rooms| rooms.contains(&room));
        let without: Vec<_> = modules.files.keys().filter(|file| floor(room(file)).is_none()).collect();
        assert!(without.is_empty(), "these have no floor: {without:?}");
        let arrows = modules.arrows();
        assert!(arrows.len() > 50, "the arrows are not read: {arrows:?}");
        let is_wrong = |(from, to): &&(&str, &str)| room(from) != room(to) && floor(room(from)) >= floor(room(to));
        let wrong: Vec<_> = arrows.iter().filter(is_wrong).map(|(from, to)| format!("{from} → {to}")).collect();
        assert!(wrong.is_empty(), "arrows of {src} that do not go down:\n{}", wrong.join("\n"));
    }
}

#[test]
fn files_of_a_room_do_not_lead_back_to_each_other() {
    let mut circular = BTreeSet::new();
    for src in ["src", "../cli/src"] {
        let modules = Modules::read(Path::new(src));
        let mut below: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (from, to) in modules.arrows() {
            if room(from) == room(to) {
                below.entry(from).or_default().insert(to);
            }
        }
        let is_circular = |file: &&str| reached(file, &below).contains(file);
        circular.extend(below.keys().copied().filter(is_circular).map(str::to_owned));
    }
    assert!(circular.is_empty(), "files that lead back to themselves: {circular:#?}");
}

/// The top-level module that a file belongs to.
fn room(file: &str) -> &str {
    file.split("::").next().unwrap_or(file)
}

/// What a file leads to, over any number of arrows.
fn reached<'f>(file: &'f str, below: &BTreeMap<&'f str, BTreeSet<&'f str>>) -> BTreeSet<&'f str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![file];
    while let Some(file) = open.pop() {
        let new = below.get(file).into_iter().flatten().filter(|to| reached.insert(**to));
        open.extend(new);
    }
    reached
}
