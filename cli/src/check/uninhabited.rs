//! Schemas whose values would have to hold themselves, without end.

use super::walk::{Merger, allows, required, values};
use serde_json::Value;
use std::collections::HashMap;
use webhook_codegen::scc;
use webhook_codegen::schema::{Node, References};
use webhook_codegen::source::{Diagnostic, WarningKind};

const HELP: &str = "make one of the keys in the circle optional or nullable";

/// One in each circle of schemas that no finite value fits.
pub(super) fn circles<'a>(
    merger: &mut Merger<'_, 'a>,
    references: &References<'a>,
    schemas: &[Node<'a>],
) -> Vec<Diagnostic> {
    let Some(requirements) = Requirements::of(merger, references, schemas) else { return Vec::new() };
    let is_finite = requirements.finite(&turning(references, schemas));
    let mut seen = vec![false; schemas.len()];
    let mut found = Vec::new();
    for start in (0..schemas.len()).filter(|index| !is_finite[*index]) {
        let circle = requirements.circle(start, &is_finite, &mut seen);
        // Of what is in the circle, the component is what people know by name.
        let slashes = |index: &usize| schemas[*index].pointer.matches('/').count();
        let Some(first) = circle.iter().min_by_key(|index| (slashes(index), **index)) else { continue };
        let schema = &schemas[*first];
        let file = &references.sources[schema.document].path;
        let message = "no value is valid: it would have to contain itself without end";
        found.push(Diagnostic::warning(WarningKind::Contradiction, file, &schema.pointer, message).help(HELP));
    }
    found
}

/// For each schema the lists of others of which one each must have a value, for it to have one.
struct Requirements(Vec<Vec<Vec<usize>>>);

impl Requirements {
    fn of<'a>(merger: &mut Merger<'_, 'a>, references: &References<'a>, schemas: &[Node<'a>]) -> Option<Self> {
        let indices = schemas.iter().enumerate().map(|(index, node)| (node.address(), index));
        let indices: HashMap<_, _> = indices.collect();
        let find = |node: &Node<'a>| indices.get(&node.address()).copied();
        let requirements = schemas.iter().map(|schema| {
            let requirements = requirements(merger, references, schema)?.into_iter();
            // What is not among the schemas is taken to have a value.
            Some(
                requirements
                    .filter_map(|requirement| requirement.iter().map(find).collect::<Option<Vec<_>>>())
                    .collect(),
            )
        });
        requirements.collect::<Option<_>>().map(Self)
    }

    /// Which schemas have a value of finite size, where some are taken to have one.
    fn finite(&self, is_granted: &[bool]) -> Vec<bool> {
        // The requirements that each schema meets, by who needs them; and how many each still needs.
        let mut meeting: Vec<Vec<(usize, usize)>> = vec![Vec::new(); self.0.len()];
        let mut is_met: Vec<Vec<bool>> = self.0.iter().map(|requirements| vec![false; requirements.len()]).collect();
        let mut unmet: Vec<_> = self.0.iter().map(Vec::len).collect();
        for (index, requirements) in self.0.iter().enumerate() {
            for (number, requirement) in requirements.iter().enumerate() {
                requirement.iter().for_each(|one| meeting[*one].push((index, number)));
            }
        }
        let mut is_finite = vec![false; self.0.len()];
        let mut queue: Vec<_> = (0..self.0.len()).filter(|index| is_granted[*index] || unmet[*index] == 0).collect();
        while let Some(one) = queue.pop() {
            if std::mem::replace(&mut is_finite[one], true) {
                continue;
            }
            for (index, number) in meeting[one].iter().copied() {
                if !std::mem::replace(&mut is_met[index][number], true) {
                    unmet[index] -= 1;
                    queue.extend((unmet[index] == 0).then_some(index));
                }
            }
        }
        is_finite
    }

    /// The circle that a schema without such a value leads into; none if it leads to one that was `seen` before.
    fn circle(&self, start: usize, is_finite: &[bool], seen: &mut [bool]) -> Vec<usize> {
        let mut path = Vec::new();
        let mut next = Some(start);
        while let Some(index) = next.filter(|index| !std::mem::replace(&mut seen[*index], true)) {
            path.push(index);
            let unmet = self.0[index].iter().find(|requirement| requirement.iter().all(|one| !is_finite[*one]));
            next = unmet.and_then(|requirement| requirement.first()).copied();
        }
        let first = path.iter().position(|index| Some(*index) == next);
        first.map(|first| path.split_off(first)).unwrap_or_default()
    }
}

/// Whether schemas come back to themselves without a step into the value, as a base does whose `oneOf` names what extends
/// it by `allOf`. JSON Schema has no meaning for that, but people have.
fn turning<'a>(references: &References<'a>, schemas: &[Node<'a>]) -> Vec<bool> {
    let indices: HashMap<_, _> = schemas.iter().enumerate().map(|(index, node)| (node.address(), index)).collect();
    let edges = schemas.iter().map(|schema| {
        let listed = ["oneOf", "anyOf"].into_iter().flat_map(|keyword| schema.items(keyword));
        let nodes = listed.chain(references.applied(schema));
        nodes.filter_map(|node| indices.get(&node.address()).copied()).collect()
    });
    let edges: Vec<Vec<usize>> = edges.collect();
    let components = scc::components(&edges);
    let mut sizes = vec![0; schemas.len()];
    components.iter().for_each(|component| sizes[*component] += 1);
    let is_circular = |index: usize| sizes[components[index]] > 1 || edges[index].contains(&index);
    (0..schemas.len()).map(is_circular).collect()
}

fn requirements<'a>(
    merger: &mut Merger<'_, 'a>,
    references: &References<'a>,
    schema: &Node<'a>,
) -> Option<Vec<Vec<Node<'a>>>> {
    let mut requirements: Vec<Vec<_>> = references.applied(schema).into_iter().map(|part| vec![part]).collect();
    let groups = ["oneOf", "anyOf"].into_iter().map(|keyword| schema.items(keyword));
    requirements.extend(groups.filter(|variants| !variants.is_empty()));
    let parts = merger.flat(vec![schema.clone()])?;
    let is_listed = parts.iter().any(|part| part.value.get("const").or(part.value.get("enum")).is_some());
    let allowed: Vec<_> = ["null", "boolean", "number", "string", "array", "object"]
        .into_iter()
        .filter(|kind| allows(&parts, kind))
        .collect();
    match allowed.as_slice() {
        ["object"] if !is_listed => requirements.extend(members(&parts)),
        ["array"] if !is_listed => requirements.extend(items(&parts)),
        _ => {}
    }
    Some(requirements)
}

fn members<'a>(parts: &[Node<'a>]) -> Vec<Vec<Node<'a>>> {
    let declared = |key: &str| {
        let key = key.to_owned();
        parts.iter().filter_map(move |part| part.get("properties")?.get(&key))
    };
    required(parts).into_iter().flat_map(declared).map(|property| vec![property]).collect()
}

fn items<'a>(parts: &[Node<'a>]) -> Vec<Vec<Node<'a>>> {
    let least = values(parts, "minItems").into_iter().filter_map(Value::as_f64).fold(0.0, f64::max);
    let is_tuple = !values(parts, "prefixItems").is_empty();
    let items = parts.iter().filter_map(|part| part.get("items")).filter(|items| items.value.is_object());
    if least < 1.0 || is_tuple { Vec::new() } else { items.map(|items| vec![items]).collect() }
}
