//! A document and a provider.yaml, drafted from captured deliveries.

pub mod evidence;
pub mod share;
