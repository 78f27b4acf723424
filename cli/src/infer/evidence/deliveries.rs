//! In how many deliveries something was seen: ten items of one array are no more evidence than one.

/// So many are counted; that many are enough for any guess.
const MOST: usize = 16;

/// A set of deliveries, up to a number of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deliveries(Vec<u32>);

impl Deliveries {
    /// Counts a delivery.
    pub(super) fn add(&mut self, delivery: u32) {
        if self.0.len() < MOST && !self.0.contains(&delivery) {
            self.0.push(delivery);
        }
    }

    /// Counts all of `other`.
    pub(super) fn merge(&mut self, other: &Self) {
        other.0.iter().for_each(|delivery| self.add(*delivery));
    }

    /// How many there are, of many no more than enough.
    pub fn count(&self) -> u64 {
        self.0.len() as u64
    }
}
