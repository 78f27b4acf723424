//! A body, read as each provider's.

#![no_main]

use fastrand::Rng;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use webhook_events::{askelephant, iclosed, superoffice, wix};
use webhook_fuzz::{changed_body, mutate, oracle};

fuzz_target!(|body: &[u8]| {
    let _ = oracle::read(None, body, askelephant::Event::event_type);
    let _ = oracle::read(None, body, iclosed::Event::event_type);
    let _ = oracle::read(None, body, superoffice::Event::event_type);
    let _ = oracle::read(None, body, wix::Event::event_type);
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate(&mut data[..max_size], size, 0, &mut Rng::with_seed(seed.into()), changed_body)
});
