//! Receiving, beside what a user would put together without `webhook-events`.
//!
//! A [`Contender`] takes one signed delivery all the way to a typed event (or, for a floor, does one
//! part of that and nothing else). All contenders of a provider get the same body, prepare their
//! keys once as far as their library lets them, and drop what they made.

pub mod askelephant;
pub mod measure;
pub mod signatures;
pub mod superoffice;
pub mod wix;

use std::hint::black_box;

/// Something to be measured.
pub struct Contender {
    /// What is in the table.
    pub name: &'static str,
    /// Handles one delivery.
    pub run: Box<dyn Fn()>,
}

impl Contender {
    /// Fails at once if `handle` does not succeed, so that no refusal is measured.
    ///
    /// # Panics
    /// When `handle` refuses the delivery.
    pub fn new<T: 'static, E: std::fmt::Debug>(
        name: &'static str,
        handle: impl Fn() -> Result<T, E> + 'static,
    ) -> Self {
        let handle = move || handle().unwrap_or_else(|error| panic!("{name}: {error:?}"));
        drop(handle());
        Self { name, run: Box::new(move || drop(black_box(handle()))) }
    }
}

/// Why a contender that is made of several libraries refuses a delivery.
pub type AnyError = Box<dyn std::error::Error + Send + Sync>;
