//! One list of what both comparisons found.

use super::Change;
use super::api::Api;
use super::draft::{Draft, Kind, Reach};
use super::pair::Documents;
use super::place::Finder;
use super::view::View;
use super::wire::{Aspect, Finding, Walk};
use crate::model::TypeId;
use crate::schema::reader::{Reader, Scratch};
use std::collections::HashMap;

/// All changes of a provider, the most severe first.
pub fn changes(mut old: View<'_>, new: View<'_>, documents: &Documents) -> Vec<Change> {
    for (before, after) in documents.new_of.iter().enumerate() {
        if let Some(after) = after {
            old.modules[before] = new.modules[*after].clone();
        }
    }
    let api = Api::compare(&old, &new, documents);
    let findings = walk(&api, &old, &new);
    let mut drafts = merged(api.drafts, findings);
    if drafts.is_empty() {
        return Vec::new();
    }
    drafts.sort_by_key(|draft| (!draft.source, !draft.wire));
    let reach = (old.reach(), new.reach());
    let mut scratch = (Scratch::default(), Scratch::default());
    let mut old_places = Finder::new(old.folder, &mut scratch.0);
    let mut new_places = Finder::new(new.folder, &mut scratch.1);
    let change = |draft: Draft| Change {
        provider: new.folder.name.clone(),
        kind: draft.kind,
        source: draft.source,
        wire: draft.wire,
        path: draft.at.shown,
        from: draft.from,
        to: draft.to,
        note: draft.note,
        old: draft.old.and_then(|spot| old_places.place(&spot)),
        new: draft.new.and_then(|spot| new_places.place(&spot)),
        events: events(&draft.reach, &reach),
    };
    let mut changes: Vec<_> = drafts.into_iter().map(change).collect();
    changes.sort_by_cached_key(|change| {
        let severity = (change.verdict(), !change.wire, change.kind == Kind::Documentation);
        (severity, change.new.clone().or_else(|| change.old.clone()))
    });
    changes
}

type Events<'e> = HashMap<TypeId, Vec<&'e str>>;

fn events(reach: &Reach, (old, new): &(Events<'_>, Events<'_>)) -> Vec<String> {
    let of = |events: &Events<'_>, id: &TypeId| -> Vec<String> {
        events.get(id).into_iter().flatten().map(|event| (*event).to_owned()).collect()
    };
    match reach {
        Reach::All => Vec::new(),
        Reach::Old(id) => of(old, id),
        Reach::New(id) => of(new, id),
        Reach::Event(name) => vec![name.clone()],
    }
}

/// Compares the schemas of what is there on both sides.
fn walk(api: &Api<'_, '_>, old: &View<'_>, new: &View<'_>) -> Vec<Finding> {
    let bodies = new.model.events.iter().enumerate().filter_map(|(index, event)| {
        let before = old.model.events.iter().find(|before| before.event_type == event.event_type)?;
        let at = super::draft::At::item(format!("Event::{}", new.events[index]));
        Some((at, before.payload.clone(), event.payload.clone()))
    });
    let mut types: Vec<_> = api.types.iter().map(|(old, new)| (*old, *new)).collect();
    types.sort();
    let mut scratch = (Scratch::default(), Scratch::default());
    let readers =
        (Reader::new(&old.folder.documents, &mut scratch.0), Reader::new(&new.folder.documents, &mut scratch.1));
    Walk::new(readers, (old, new), &api.types).run(bodies.collect(), types)
}

/// What the schemas say of a change that the types show belongs to that change; the rest is a change of its own.
fn merged(mut drafts: Vec<Draft>, findings: Vec<Finding>) -> Vec<Draft> {
    let mut parts: HashMap<(String, Option<String>), Vec<usize>> = HashMap::new();
    let mut choices: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        if matches!(draft.kind, Kind::Documentation | Kind::Deprecation) {
            continue;
        }
        parts.entry((draft.at.item.clone(), draft.at.member.clone())).or_default().push(index);
        if draft.was.is_some() {
            parts.entry((draft.at.item.clone(), draft.was.clone())).or_default().push(index);
        }
        if matches!(draft.kind, Kind::VariantAdded | Kind::VariantRemoved | Kind::VariantChanged) {
            choices.entry(draft.at.item.clone()).or_default().push(index);
        }
    }
    for finding in findings {
        let part = || parts.get(&(finding.at.item.clone(), finding.at.member.clone()));
        let known = match finding.aspect {
            Aspect::Limit => None,
            Aspect::Shape => part(),
            Aspect::Form => choices.get(&finding.at.item).or_else(part),
        };
        match known {
            Some(indices) => indices.iter().for_each(|index| add(&mut drafts[*index], &finding)),
            None => drafts.push(alone(finding)),
        }
    }
    drafts
}

fn add(draft: &mut Draft, finding: &Finding) {
    let fits = match (finding.aspect, draft.kind) {
        (Aspect::Form, Kind::VariantAdded) => finding.from.starts_with("no "),
        (Aspect::Form, Kind::VariantRemoved) => finding.to.starts_with("no "),
        _ => true,
    };
    if finding.is_wire && fits {
        draft.wire = true;
        draft.note = draft.note.take().or_else(|| finding.note.clone());
    }
}

fn alone(finding: Finding) -> Draft {
    let kind = if finding.is_narrower { Kind::Narrowed } else { Kind::Widened };
    let draft = Draft::new(kind, finding.at).from(finding.from).to(finding.to);
    let draft = draft.places(Some(finding.old), Some(finding.new)).reach(finding.ty.map_or(Reach::All, Reach::New));
    Draft { wire: finding.is_wire, note: finding.note, ..draft }
}
