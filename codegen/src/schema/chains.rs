//! Schemas that lead on to others without a step into the value. Each is looked at once, however many lead to it.

use super::Node;
use super::lowering::Lowering;
use crate::scc;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

impl<'a> Lowering<'a> {
    /// Whether `allOf` and `$ref` lead from each of two schemas to the other.
    pub(super) fn is_circle(&mut self, left: &Node<'a>, right: &Node<'a>) -> bool {
        self.discover(left);
        self.discover(right);
        let circles = &self.chains.circles;
        circles.get(&left.address()) == circles.get(&right.address())
    }

    fn discover(&mut self, start: &Node<'a>) {
        if self.chains.circles.contains_key(&start.address()) {
            return;
        }
        let mut numbers = HashMap::from([(start.address(), 0)]);
        let mut nodes = vec![start.clone()];
        let mut edges = Vec::new();
        while let Some(node) = nodes.get(edges.len()).cloned() {
            let next = self.references.applied(&node).into_iter();
            let mut ways = Vec::new();
            // What was discovered before leads to nothing new.
            for next in next.filter(|next| !self.chains.circles.contains_key(&next.address())) {
                ways.push(*numbers.entry(next.address()).or_insert_with(|| {
                    nodes.push(next);
                    nodes.len() - 1
                }));
            }
            edges.push(ways);
        }
        let first = self.chains.circles.len();
        let circles = nodes.iter().zip(scc::components(&edges));
        self.chains.circles.extend(circles.map(|(node, circle)| (node.address(), first + circle)));
    }

    /// Whether a schema is one of the subtypes of what references lead to from `target`. A base is the union of these, so
    /// that one which only refers to it would be a circle; it is a type of the base's properties.
    pub(super) fn is_subtype_of(&mut self, schema: &Node<'a>, target: &Node<'a>) -> bool {
        let mut seen = HashSet::new();
        let mut next = self.nearest_base(target);
        while let Some(base) = next.filter(|base| seen.insert(base.address())) {
            if self.is_subtype(schema, &base) || self.variants(&base).contains(&schema.address()) {
                return true;
            }
            next = self.alias_target(&base).and_then(|target| self.nearest_base(&target));
        }
        false
    }

    /// The first schema with subtypes or variants that references lead to, if it is not this one itself.
    fn nearest_base(&mut self, schema: &Node<'a>) -> Option<Node<'a>> {
        let mut way = Vec::new();
        let mut next = Some(schema.clone());
        let mut found = None;
        while let Some(node) = next {
            if let Some(known) = self.chains.bases.get(&node.address()) {
                found = known.clone();
                break;
            }
            if self.has_subtypes(&node) || !self.variants(&node).is_empty() {
                found = Some(node);
                break;
            }
            // For a circle, which ends here.
            self.chains.bases.insert(node.address(), None);
            way.push(node.address());
            next = self.alias_target(&node);
        }
        self.chains.bases.extend(way.into_iter().map(|schema| (schema, found.clone())));
        found
    }

    /// What the `oneOf` of a base refers to, if it has properties beside that.
    fn variants(&mut self, base: &Node<'a>) -> Rc<HashSet<usize>> {
        if let Some(known) = self.chains.variants.get(&base.address()) {
            return known.clone();
        }
        let keywords = ["oneOf", "anyOf"].into_iter().filter(|_| base.get("properties").is_some());
        let variants = keywords.flat_map(|keyword| base.items(keyword));
        let variants = variants.filter_map(|variant| Some(self.references.target(&variant)?.address())).collect();
        let variants = Rc::new(variants);
        self.chains.variants.insert(base.address(), Rc::clone(&variants));
        variants
    }
}
