//! Time and memory of reading bodies that a sender could make up, by their depth and size.

use serde_json::Value;
use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use webhook_benches::askelephant as askelephant_bench;
use webhook_bodies_tests::webhooks::recursive_union;
use webhook_events::{askelephant, superoffice};

#[global_allocator]
static ALLOCATOR: Peak = Peak;

static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

/// The system's allocator, with the most that was in use at once.
struct Peak;

fn grow(bytes: usize) {
    let now = NOW.fetch_add(bytes, Ordering::Relaxed) + bytes;
    PEAK.fetch_max(now, Ordering::Relaxed);
}

// SAFETY: every call is handed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Peak {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        grow(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(at, layout) }
    }
}

/// Reads a body; whether it is accepted.
type Read = fn(&[u8]) -> bool;

const SIZES: [usize; 3] = [10 << 10, 100 << 10, 1 << 20];

fn main() {
    println!("| body | bytes | accepted | ns per byte | memory per byte |");
    println!("|:-----|------:|:--------:|------------:|----------------:|");
    for depth in [4, 16, 64, 120] {
        row(&format!("a union that holds itself, depth {depth}"), &nested(depth, 1), node);
    }
    for wide in [1, 30, 300] {
        row(&format!("the same, depth 120, {wide} additional properties at each level"), &nested(120, wide), node);
    }
    for size in SIZES {
        row("as many empty addresses as there is room for", &contact("emails", "{}", size), contact_created);
        row("as many addresses", &contact("emails", r#"{"email":"a@b","is_primary":false}"#, size), contact_created);
        row("additional: objects without keys", &contact("new", "{}", size), contact_created);
        row("additional: numbers", &contact("new", "1", size), contact_created);
        row("additional: a key for each 11 bytes", &keys(size), contact_created);
        row("additional: a key as long as the body", &long_key(size), contact_created);
        row("violations: a text for each object", &contact("emails", "\"\"", size), contact_created);
        row("violations below a key as long as the body", &violations_below_a_long_key(size), entity_event);
        row("an unknown event of empty arrays", &list("[]", size), contact_created);
    }
}

fn node(body: &[u8]) -> bool {
    recursive_union::Event::from_slice(body).is_ok()
}

fn contact_created(body: &[u8]) -> bool {
    askelephant::Event::from_slice(body).is_ok()
}

fn entity_event(body: &[u8]) -> bool {
    superoffice::Event::from_slice(body).is_ok()
}

fn row(name: &str, body: &str, read: Read) {
    let accepted = if read(body.as_bytes()) { "yes" } else { "no" };
    let before = NOW.load(Ordering::Relaxed);
    PEAK.store(before, Ordering::Relaxed);
    black_box(read(body.as_bytes()));
    let memory = (PEAK.load(Ordering::Relaxed) - before) as f64 / body.len() as f64;
    let time = fastest(|| _ = black_box(read(body.as_bytes()))).as_nanos() as f64 / body.len() as f64;
    println!("| {name} | {} | {accepted} | {time:.1} | {memory:.1} |", body.len());
}

/// Of the runs of a fifth of a second, the one that was interrupted least.
fn fastest(run: impl Fn()) -> Duration {
    let (start, mut fastest) = (Instant::now(), Duration::MAX);
    while start.elapsed() < Duration::from_millis(200) {
        let turn = Instant::now();
        run();
        fastest = fastest.min(turn.elapsed());
    }
    fastest
}

fn nested(depth: usize, wide: usize) -> String {
    let properties: String = (0..wide).map(|index| format!(r#","key{index}":{index}"#)).collect();
    let node = (0..depth)
        .fold(r#"{"kind":"leaf"}"#.to_owned(), |child, _| format!(r#"{{"kind":"a"{properties},"child":{child}}}"#));
    format!(r#"{{"type":"node.made","node":{node}}}"#)
}

/// An array with as many items as fit.
fn items(item: &str, size: usize) -> String {
    format!("[{}]", vec![item; size / (item.len() + 1)].join(","))
}

fn list(item: &str, size: usize) -> String {
    format!(r#"{{"type":"other","items":{}}}"#, items(item, size))
}

/// The documented contact, with more of one thing.
fn contact(key: &str, item: &str, size: usize) -> String {
    with_property(&format!(r#""{key}":{}"#, items(item, size)))
}

fn with_property(property: &str) -> String {
    let mut body: Value = serde_json::from_str(askelephant_bench::DOCUMENTED).expect("the documented body is JSON");
    let object = body["data"]["object"].as_object_mut().expect("an object");
    object.remove("emails");
    let rest = serde_json::to_string(object).expect("it can be written");
    body["data"]["object"] = Value::Null;
    let text = body.to_string();
    text.replacen(r#""object":null"#, &format!(r#""object":{{{property},{}"#, &rest[1..]), 1)
}

fn keys(size: usize) -> String {
    let keys: Vec<_> = (0..size / 11).map(|index| format!(r#""{index:06}":0"#)).collect();
    with_property(&keys.join(","))
}

fn long_key(size: usize) -> String {
    with_property(&format!(r#""{}":0"#, "k".repeat(size)))
}

fn violations_below_a_long_key(size: usize) -> String {
    let values: Vec<_> = (0..size / 22).map(|index| format!(r#""{index:06}":"""#)).collect();
    let (long, values) = ("k".repeat(size / 2), values.join(","));
    format!(r#"{{"Event":"contact.changed","PrimaryKey":1,"{long}":0,"Values":{{"{long}":"",{values}}}}}"#)
}
