//! What is true of most webhooks.

use super::candidate::all_candidates;
use super::search::{Search, Strategy};
use crate::documents::provider::Expression;

pub const STRATEGY: Strategy = Strategy {
    docs: "the location in the bodies where at least two thirds of the webhooks have event types of their own",
    is_for_one_webhook: false,
    find,
};

fn find(search: &Search<'_, '_>) -> Option<Vec<Expression>> {
    let all = search.json.len();
    let candidates = all_candidates(search.api).into_iter();
    let likely = candidates.filter(|candidate| !candidate.is_open && candidate.is_likely());
    let identifying = likely.filter_map(|candidate| {
        let evaluation = search.evaluate(&search.location(&candidate), candidate.has_conventional_name());
        let identified = evaluation.identified(&search.json)?;
        (identified > 1 && identified * 3 >= all * 2).then_some((identified, candidate))
    });
    let best = identifying.min_by(|(left, one), (right, other)| right.cmp(left).then_with(|| one.cmp(other)));
    best.map(|(_, candidate)| search.location(&candidate))
}
