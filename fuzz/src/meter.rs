//! What reading costs: time and memory by the length of what is read.

use rustix::time::{ClockId, clock_gettime};
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

/// The system's allocator, counting the bytes that are held.
struct Counting;

fn more(bytes: usize) {
    let held = HELD.fetch_add(bytes, Ordering::Relaxed) + bytes;
    MOST.fetch_max(held, Ordering::Relaxed);
}

// SAFETY: every call is handed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        more(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        more(size);
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.realloc(at, layout, size) }
    }
}

/// What a run took.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// On the processor, since the machine does other things as well.
    pub time: Duration,
    /// The most bytes that were held at once, beyond those that were held before.
    pub memory: usize,
}

/// Runs and measures.
pub fn measure<T>(run: impl FnOnce() -> T) -> (T, Cost) {
    let before = HELD.load(Ordering::Relaxed);
    MOST.store(before, Ordering::Relaxed);
    let start = processor_time();
    let result = run();
    let memory = MOST.load(Ordering::Relaxed).saturating_sub(before);
    (result, Cost { time: processor_time().saturating_sub(start), memory })
}

fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// What reading `bytes` may cost.
#[derive(Clone, Copy)]
pub struct Limits {
    pub time: Duration,
    pub time_per_byte: Duration,
    pub memory: usize,
    pub memory_per_byte: usize,
}

impl Limits {
    /// Runs something that reads so many bytes.
    ///
    /// # Panics
    /// When it costs more.
    pub fn run<T>(&self, bytes: usize, run: impl FnOnce() -> T) -> T {
        let time = self.time + self.time_per_byte * u32::try_from(bytes).unwrap_or(u32::MAX);
        let memory = self.memory + self.memory_per_byte * bytes;
        let (result, cost) = measure(run);
        assert!(cost.memory <= memory, "{bytes} bytes took {} bytes of memory", cost.memory);
        assert!(cost.time <= time, "{bytes} bytes took {:?}", cost.time);
        result
    }
}
