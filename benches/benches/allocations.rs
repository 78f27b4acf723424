//! Allocations for a delivery, side by side.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use webhook_benches::{Contender, askelephant, superoffice, wix};
fn main() {}
