//! Allocations for a delivery, side by side.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use webhook_benches::{Contender, askelephant, superoffice, wix};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

static TIMES: AtomicUsize = AtomicUsize::new(0);
static BYTES: AtomicUsize = AtomicUsize::new(0);

/// The system's allocator; growing an allocation counts as one more.
struct Counting;

fn count(bytes: usize) {
    TIMES.fetch_add(1, Ordering::Relaxed);
    BYTES.fetch_add(bytes, Ordering::Relaxed);
}

// SAFETY: every call is handed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size);
        unsafe { System.realloc(at, layout, size) }
    }
}

fn main() {
    side_by_side("AskElephant", &askelephant::contenders(askelephant::DOCUMENTED));
    side_by_side("Wix", &wix::contenders());
    side_by_side("SuperOffice", &superoffice::contenders());
}

fn side_by_side(title: &str, contenders: &[Contender]) {
    println!("\n{title}\n");
    println!("| {:<44} | allocations per delivery | bytes |", "");
    println!("|{:-<46}|-------------------------:|------:|", "");
    for contender in contenders {
        let (times, bytes) = one_run(contender);
        println!("| {:<44} | {times:>24} | {bytes:>5} |", contender.name);
    }
}

/// Not the first run, which also sets up what is made once.
fn one_run(contender: &Contender) -> (usize, usize) {
    (contender.run)();
    let before = (TIMES.load(Ordering::Relaxed), BYTES.load(Ordering::Relaxed));
    (contender.run)();
    (TIMES.load(Ordering::Relaxed) - before.0, BYTES.load(Ordering::Relaxed) - before.1)
}
