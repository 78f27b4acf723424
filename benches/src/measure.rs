//! How long the contenders take, side by side.

use crate::Contender;
use std::time::{Duration, Instant};

/// How long one turn is: short, so that few turns are interrupted by whatever else the machine does.
const TURN: Duration = Duration::from_micros(200);

/// How long a group of contenders takes turns.
const TOGETHER: Duration = Duration::from_secs(4);

/// The median time of one delivery, of each contender, in nanoseconds.
///
/// They take turns. Load from elsewhere then hits all of them alike, which measuring one after the
/// other could not promise, and it is the ratios that count here.
#[must_use]
pub fn medians(contenders: &[Contender]) -> Vec<f64> {
    let repeats: Vec<u32> = contenders.iter().map(repeats_in_a_turn).collect();
    let mut times = vec![Vec::new(); contenders.len()];
    let start = Instant::now();
    while start.elapsed() < TOGETHER {
        for ((contender, repeats), times) in contenders.iter().zip(&repeats).zip(&mut times) {
            times.push(time(contender, *repeats).as_secs_f64() * 1e9 / f64::from(*repeats));
        }
    }
    times.into_iter().map(median).collect()
}

fn repeats_in_a_turn(contender: &Contender) -> u32 {
    let mut repeats = 1;
    while time(contender, repeats) < TURN {
        repeats *= 2;
    }
    repeats
}

fn time(contender: &Contender, repeats: u32) -> Duration {
    let start = Instant::now();
    for _ in 0..repeats {
        (contender.run)();
    }
    start.elapsed()
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
