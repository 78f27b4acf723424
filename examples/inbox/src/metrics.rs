//! Figures for Prometheus.

use prometheus::{HistogramOpts, HistogramVec, IntCounterVec, IntGaugeVec, Opts, Registry, TextEncoder};
use std::time::Duration;

/// What is counted. Clones count together.
#[derive(Clone)]
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    answered: HistogramVec,
    handled: IntCounterVec,
    took: HistogramVec,
    deliveries: IntGaugeVec,
}

impl Metrics {
    /// # Errors
    /// Never: the names are valid and used once.
    pub fn new() -> prometheus::Result<Self> {
        let opts = |name: &str, help: &str| Opts::new(name, help);
        let buckets = prometheus::exponential_buckets(0.001, 2.0, 15)?;
        let times = |name: &str, help: &str| HistogramOpts::new(name, help).buckets(buckets.clone());
        let metrics = Self {
            registry: Registry::new(),
            requests: IntCounterVec::new(
                opts("inbox_requests_total", "Requests by provider and outcome"),
                &["provider", "outcome"],
            )?,
            answered: HistogramVec::new(times("inbox_answer_seconds", "Time to the answer"), &["provider"])?,
            handled: IntCounterVec::new(
                opts("inbox_attempts_total", "Attempts to handle, by outcome"),
                &["provider", "outcome"],
            )?,
            took: HistogramVec::new(times("inbox_attempt_seconds", "Time of an attempt"), &["provider"])?,
            deliveries: IntGaugeVec::new(opts("inbox_deliveries", "Deliveries that are not handled"), &["state"])?,
        };
        metrics.registry.register(Box::new(metrics.requests.clone()))?;
        metrics.registry.register(Box::new(metrics.answered.clone()))?;
        metrics.registry.register(Box::new(metrics.handled.clone()))?;
        metrics.registry.register(Box::new(metrics.took.clone()))?;
        metrics.registry.register(Box::new(metrics.deliveries.clone()))?;
        Ok(metrics)
    }

    pub(crate) fn request(&self, provider: &str, outcome: &str, took: Duration) {
        self.requests.with_label_values(&[provider, outcome]).inc();
        self.answered.with_label_values(&[provider]).observe(took.as_secs_f64());
    }

    pub(crate) fn handled(&self, provider: &str, outcome: &str, took: Duration) {
        self.handled.with_label_values(&[provider, outcome]).inc();
        self.took.with_label_values(&[provider]).observe(took.as_secs_f64());
    }

    /// The figures as text, with the counts of the store.
    ///
    /// # Errors
    /// Never: all figures can be written.
    pub fn text(&self, counts: &[(String, i64)]) -> prometheus::Result<String> {
        self.deliveries.reset();
        for (state, count) in counts {
            self.deliveries.with_label_values(&[state.as_str()]).set(*count);
        }
        TextEncoder::new().encode_to_string(&self.registry.gather())
    }
}
