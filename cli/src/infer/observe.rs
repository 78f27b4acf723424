//! The deliveries, read twice: once to find out where they say their event type, once to fold their bodies by it.

use super::events::{self, EventTypeLocation, Sample, SampledEvent};
use super::evidence::{Graph, NodeId};
use super::handshake::Handshake;
use super::headers::Headers;
use super::payload::{Payload, payload};
use crate::capture::{self, CaptureError, Captured};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;
use webhook_codegen::documents::provider::Expression;
use webhook_codegen::source::pointer::tokens;

/// An example is no larger, and all together are not.
const LARGEST_EXAMPLE: usize = 64 << 10;
const LARGEST_EXAMPLES: usize = 32 << 20;
/// The event type of deliveries that say none, where none does.
const ONLY_EVENT: &str = "delivery";

/// All that deliveries showed.
#[derive(Debug, Default)]
pub struct Observations {
    /// Where deliveries say their event type; `None` where no location was found.
    pub location: Option<EventTypeLocation>,
    /// What was seen of each event, by event type.
    pub events: BTreeMap<String, Event>,
    /// What was seen of the bodies.
    pub graph: Graph,
    /// What was seen of the headers of all deliveries.
    pub headers: Headers,
    /// How many deliveries were folded.
    pub deliveries: u64,
    /// The handshakes among them, with how often each came.
    pub handshakes: BTreeMap<Handshake, u64>,
    /// How many have a body that is not JSON, and where the first of them is.
    pub not_json: (u64, Option<String>),
    /// How many say no event type, and where the first of them is.
    pub without_event_type: (u64, Option<String>),
    examples: usize,
}

/// What was seen of an event.
#[derive(Debug)]
pub struct Event {
    /// How many deliveries.
    pub count: u64,
    /// The bodies.
    pub node: NodeId,
    /// One of the bodies.
    pub example: Option<Value>,
    /// What is at each of the event type locations.
    pub texts: Vec<Option<String>>,
}

/// Reads captured deliveries; `location` says where they say their event type, if it is known.
///
/// # Errors
/// Where a file cannot be read.
pub fn observe(paths: &[PathBuf], location: Option<EventTypeLocation>) -> Result<Observations, CaptureError> {
    let location = match location {
        Some(location) => Some(location),
        None => find_location(paths)?,
    };
    let mut observed = Observations { location, ..Observations::default() };
    capture::read(paths, &mut |captured| {
        observed.add(captured);
        Ok(())
    })?;
    observed.pin();
    Ok(observed)
}

fn find_location(paths: &[PathBuf]) -> Result<Option<EventTypeLocation>, CaptureError> {
    let mut sample = Sample::default();
    capture::read(paths, &mut |captured| {
        if let Some(payload) = payload(&captured).filter(|payload| Handshake::of(&payload.value).is_none()) {
            for item in payload.items() {
                sample.add(|| SampledEvent::of(&captured.headers, item, captured.event.clone()));
            }
        }
        Ok(())
    })?;
    Ok(events::find(&sample))
}

fn count((count, first): &mut (u64, Option<String>), captured: &Captured) {
    *count += 1;
    first.get_or_insert_with(|| match captured.header("content-type") {
        Some(media_type) => format!("{} ({media_type})", captured.at()),
        None => captured.at(),
    });
}

impl Observations {
    fn add(&mut self, captured: Captured) {
        let Some(payload) = payload(&captured) else { return count(&mut self.not_json, &captured) };
        if let Some(handshake) = Handshake::of(&payload.value) {
            *self.handshakes.entry(handshake).or_default() += 1;
            return;
        }
        let events = self.events_of(&captured, &payload);
        if events.is_empty() {
            return count(&mut self.without_event_type, &captured);
        }
        self.deliveries += 1;
        self.headers.add(&captured, &payload);
        for (event_type, body) in events {
            self.add_event(event_type, &body, &captured);
        }
    }

    /// The events of a delivery by event type: where an array has items of several events, each has its own of them.
    fn events_of<'p>(&self, captured: &Captured, payload: &'p Payload) -> Vec<(String, Cow<'p, Value>)> {
        let Some(location) = &self.location else {
            let event_type = captured.event.clone().unwrap_or_else(|| ONLY_EVENT.to_owned());
            return vec![(event_type, Cow::Borrowed(&payload.value))];
        };
        if let Some(event_type) = location.event_type(&captured.headers, &payload.value) {
            return vec![(event_type, Cow::Borrowed(&payload.value))];
        }
        let mut arrays: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for item in payload.value.as_array().map(|_| payload.items()).unwrap_or_default() {
            if let Some(event_type) = location.event_type(&captured.headers, item) {
                arrays.entry(event_type).or_default().push(item.clone());
            }
        }
        arrays.into_iter().map(|(event_type, items)| (event_type, Cow::Owned(Value::Array(items)))).collect()
    }

    fn add_event(&mut self, event_type: String, body: &Value, captured: &Captured) {
        let node = match self.events.get_mut(&event_type) {
            Some(event) => {
                event.count += 1;
                event.node
            }
            None => {
                let node = self.graph.node();
                let texts = self.location.as_ref().map(|location| location.texts(&captured.headers, body));
                let example = self.example(captured, body);
                let event = Event { count: 1, node, example, texts: texts.unwrap_or_default() };
                self.events.insert(event_type, event);
                node
            }
        };
        self.graph.fold_body(node, body);
    }

    fn example(&mut self, captured: &Captured, payload: &Value) -> Option<Value> {
        let size = captured.body.len();
        let is_small = size <= LARGEST_EXAMPLE && self.examples + size <= LARGEST_EXAMPLES;
        is_small.then(|| {
            self.examples += size;
            payload.clone()
        })
    }

    /// Marks the objects that hold the event type: those of different events are never one.
    fn pin(&mut self) {
        let expressions = self.location.iter().flat_map(|location| &location.expressions);
        let pointers: Vec<_> = expressions
            .filter_map(|expression| match expression {
                Expression::Body(pointer) => Some(tokens(pointer)),
                Expression::Header(_) => None,
            })
            .collect();
        let nodes: Vec<_> = self.events.values().map(|event| event.node).collect();
        for node in nodes {
            pointers.iter().for_each(|pointer| pin(&mut self.graph, node, pointer));
        }
    }
}

/// Marks what lies between a body and the event type in it.
fn pin(graph: &mut Graph, node: NodeId, pointer: &[String]) {
    let Some((token, deeper)) = pointer.split_first() else { return graph.pin_node(node) };
    let (items, text) = (graph.get(node).items, graph.get(node).text);
    if let Some(items) = items {
        pin(graph, items, if token == "0" { deeper } else { pointer });
    }
    text.into_iter().for_each(|text| pin(graph, text, pointer));
    for object in graph.objects_at(node) {
        graph.pin(object);
        if let Some(field) = graph.get_object(object).fields.get(token) {
            let below = field.node;
            pin(graph, below, deeper);
        }
    }
}
