//! A body of each construct that documents are made of: one document each, whose types are the generator's golden files.
//!
//! The first line of the input names the webhook.

#![no_main]

use fastrand::Rng;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use webhook_fuzz::{changed_body, mutate, oracle};
use webhook_runtime::event::from_slice_as;

#[allow(dead_code, unused_imports, unexpected_cfgs)]
#[rustfmt::skip]
#[path = "../../codegen/tests/golden/constructs/mod.rs"]
mod constructs;

use constructs::Event as Construct;

fuzz_target!(|input: &[u8]| {
    let Some((name, body)) = split(input) else { return };
    let Some(name) = Construct::EVENT_TYPES.iter().find(|event_type| event_type.as_bytes() == name) else { return };
    // Bodies that are not JSON are anything.
    if from_slice_as::<Construct>(name, b"\xff").is_err() {
        let _ = oracle::read(Some(name), body, Construct::event_type);
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut random = Rng::with_seed(seed.into());
    if random.u8(..16) > 0 {
        let head = split(&data[..size]).map_or(0, |(name, _)| name.len() + 1);
        return mutate(&mut data[..max_size], size, head, &mut random, changed_body);
    }
    let name = Construct::EVENT_TYPES[random.usize(..Construct::EVENT_TYPES.len())];
    let body = split(&data[..size]).map_or(&b"{}"[..], |(_, body)| body);
    let input = [name.as_bytes(), b"\n", body].concat();
    let length = input.len().min(max_size);
    data[..length].copy_from_slice(&input[..length]);
    length
});

fn split(input: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = input.iter().position(|byte| *byte == b'\n')?;
    Some((&input[..at], &input[at + 1..]))
}
