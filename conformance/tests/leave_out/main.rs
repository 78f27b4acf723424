//! What `infer` drafts from one half of a provider's bodies, put to the other half and to the provider's own document.
//!
//! The halves are drawn event by event, the same in every run. `results/leave_out.md` is the report.

mod beside;
mod compiled;
mod draft;
mod fields;
mod figures;
mod providers;

use draft::Draft;
use fields::Own;
use figures::{Compiled, Figures};
use providers::{Body, Provider};
use std::collections::BTreeMap;
use webhook_conformance::{folder, heal, skipped};

/// The ways to draw halves.
const SEEDS: u64 = 5;

#[test]
fn a_half_drafts_what_the_other_half_fits() {
    let Some(corpus) = folder("WEBHOOK_CORPUS") else { return skipped("WEBHOOK_CORPUS") };
    let providers = providers::all(&corpus);
    let figures: Vec<_> = providers.iter().map(|provider| (provider.sender.clone(), measure(provider))).collect();
    let mut senders: BTreeMap<_, Figures> = BTreeMap::new();
    let mut problems = Vec::new();
    for (sender, figures) in figures {
        problems.extend(figures.problems.clone());
        senders.entry(sender).or_default().add(&figures);
    }
    let report = figures::report(&senders, SEEDS);
    println!("{report}");
    println!("{}", senders.values().flat_map(|figures| figures.refused.clone()).collect::<Vec<_>>().join("\n"));
    let github = &senders["github"];
    if github.typed * 100 < github.seen * 97 {
        problems.push(format!("of GitHub's bodies, {} of {} are typed: 97 % are wanted", github.typed, github.seen));
    }
    problems.extend(heal("leave_out.md", &report).err());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// What the model says of bodies is what the compiled types do: the share that is typed and equal is that of the report.
#[test]
#[ignore = "compiles a crate of all drafts for each way to draw the halves"]
fn what_the_model_accepts_the_compiled_types_accept_and_give_back() {
    let Some(corpus) = folder("WEBHOOK_CORPUS") else { return skipped("WEBHOOK_CORPUS") };
    let providers = providers::all(&corpus);
    let (mut senders, mut problems): (BTreeMap<_, Compiled>, _) = (BTreeMap::new(), Vec::new());
    for seed in 0..SEEDS {
        let drawn = providers.iter().map(|provider| (provider, halves(&provider.bodies, seed)));
        let drawn: Vec<_> = drawn.filter(|(_, (half, _))| !half.is_empty()).collect();
        let drafts: Vec<_> = drawn.iter().map(|(provider, (half, _))| Draft::of(provider, half)).collect();
        let bodies = drawn.iter().zip(&drafts).flat_map(|((provider, (half, held_back)), draft)| {
            let bodies = half.iter().map(|body| (false, *body)).chain(held_back.iter().map(|body| (true, *body)));
            let bodies = bodies.filter(|(_, body)| draft.webhook(body).is_some());
            bodies.map(move |(is_held_back, body)| (provider, draft, is_held_back, body))
        });
        let bodies: Vec<_> = bodies.collect();
        let pairs: Vec<_> = bodies.iter().map(|(_, draft, _, body)| (*draft, *body)).collect();
        for ((provider, draft, is_held_back, body), comes_back) in
            bodies.iter().zip(compiled::come_back(&drafts, &pairs))
        {
            let violations = draft.webhook(body).map(|webhook| draft.violations(webhook, body)).unwrap_or_default();
            senders.entry(provider.sender.clone()).or_default().add(*is_held_back, comes_back);
            if violations.is_empty() != comes_back {
                problems.push(format!("{}, {}: {comes_back}, and {violations:?}", provider.name, body.webhook));
            }
        }
    }
    problems.extend(heal("leave_out_compiled.md", &figures::compiled(&senders, SEEDS)).err());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

fn measure(provider: &Provider) -> Figures {
    let mut figures = Figures::default();
    let own = provider.document.as_deref().map(Own::read);
    for seed in 0..SEEDS {
        let (half, held_back) = halves(&provider.bodies, seed);
        if half.is_empty() {
            continue;
        }
        let draft = Draft::of(provider, &half);
        if draft.location() != provider.location {
            let found = (&provider.name, draft.location(), &provider.location);
            figures.problems.push(format!("{}, seed {seed}: {}, and not {}", found.0, found.1, found.2));
        }
        figures.events += half.iter().map(|body| &body.webhook).collect::<std::collections::BTreeSet<_>>().len();
        held_back.iter().for_each(|body| figures.body(&draft, body));
        own.iter().for_each(|own| fields::compare(own, &draft, &half, &mut figures));
    }
    figures
}

/// Half of the bodies of each event; of an odd number chance says which half has one more.
fn halves(bodies: &[Body], seed: u64) -> (Vec<&Body>, Vec<&Body>) {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut events: BTreeMap<&str, Vec<&Body>> = BTreeMap::new();
    bodies.iter().for_each(|body| events.entry(&body.webhook).or_default().push(body));
    let (mut one, mut other) = (Vec::new(), Vec::new());
    for mut bodies in events.into_values() {
        random.shuffle(&mut bodies);
        let middle = (bodies.len() + usize::from(random.bool())) / 2;
        other.extend(bodies.split_off(middle));
        one.extend(bodies);
    }
    (one, other)
}
