//! What `infer` drafts of captured deliveries: each folder in `infer/` holds some, and what becomes of them.
//! `UPDATE_GOLDENS=1` writes that anew.
#![allow(clippy::unwrap_used)]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use webhook_codegen::Config;
use webhook_codegen::documents::provider::Expression;
use webhook_codegen::model::{Provider, is_valid, violations};
use webhook_codegen::pipeline::Documents;
use webhook_codegen_cli::capture;
use webhook_codegen_cli::drift::{event_of, events_in};
use webhook_codegen_cli::infer::handshake::Handshake;
use webhook_codegen_cli::infer::{Observations, observe, payload, written};
use webhook_goldens::Goldens;

fn infer(captures: &Path) -> (Observations, [(&'static str, String); 2]) {
    let mut observed = observe(&[captures.to_owned()], None).unwrap();
    observed.find_shapes();
    let name = captures.parent().and_then(Path::file_name).unwrap().to_string_lossy();
    let files = written(&observed, &name, false).unwrap();
    (observed, files)
}

/// What the generator reads in drafted files; it warns of nothing.
fn model(files: &[(&str, String)]) -> Provider {
    let specs = tempfile::tempdir().unwrap();
    fs::create_dir(specs.path().join("drafted")).unwrap();
    for (name, text) in files {
        fs::write(specs.path().join("drafted").join(name), text).unwrap();
    }
    let config = Config::new(specs.path());
    let generated = config.generate().unwrap_or_else(|failure| panic!("{failure}"));
    let warnings: Vec<_> = generated.warnings.iter().map(|warning| &warning.message).collect();
    assert!(warnings.is_empty(), "{warnings:?}");
    Documents::read(&config).unwrap().model(&config).providers.remove(0)
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/infer");
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn drafts_are_as_checked_in() {
    let mut goldens = Goldens::new();
    for case in cases() {
        for (name, text) in infer(&case.join("captures.jsonl")).1 {
            goldens.compare(case.join(name), &text);
        }
    }
    goldens.assert();
}

#[test]
fn every_captured_body_and_every_example_fits_the_draft() {
    for case in cases() {
        let captures = case.join("captures.jsonl");
        let (observed, files) = infer(&captures);
        let provider = model(&files);
        let fits = |headers: &[(String, String)], body: &Value| {
            for (at, body) in events_in(&provider, body) {
                let event = event_of(&provider, headers, body).unwrap_or_else(|said| panic!("{said} at {at}: {body}"));
                let found = violations(&provider.types, &event.payload, body, "");
                let is_valid = is_valid(&provider.types, &event.payload, body);
                assert!(found.is_empty() && is_valid, "{}: {found:?}\n{body}", event.event_type);
            }
        };
        capture::read(&[captures], &mut |captured| {
            let body = payload(&captured).unwrap().value;
            if Handshake::of(&body).is_none() {
                fits(&captured.headers, &body);
            }
            Ok(())
        })
        .unwrap();
        let document: Value = serde_yaml::from_str(&files[0].1).unwrap();
        let location = observed.location.unwrap();
        for (event_type, webhook) in document["webhooks"].as_object().unwrap() {
            let texts = location.expressions.iter().zip(&observed.events[event_type].texts);
            let headers = texts.filter_map(|(expression, text)| match expression {
                Expression::Header(name) => Some((name.clone(), text.clone()?)),
                Expression::Body(_) => None,
            });
            let example = &webhook["post"]["requestBody"]["content"]["application/json"]["example"];
            fits(&headers.collect::<Vec<_>>(), example);
        }
    }
}

#[test]
fn examples_hold_no_personal_data() {
    let captures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/infer/shop/captures.jsonl");
    let document = &infer(&captures).1[0].1;
    let personal = [
        "Ada",
        "Byron",
        "Grace",
        "mail.test",
        "90182",
        "cus_8812",
        "Ring twice",
        "spring",
        "shop.test",
        "SKU-",
        "Hello",
    ];
    for text in personal {
        assert!(!document.contains(text), "{text} is in\n{document}");
    }
}

/// The same evidence in another order is the same evidence.
#[test]
fn deliveries_may_come_in_any_order() {
    let captures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/infer/shop/captures.jsonl");
    let text = fs::read_to_string(&captures).unwrap();
    let lines: Vec<_> = text.lines().rev().collect();
    let folder = tempfile::tempdir().unwrap();
    let reversed = folder.path().join("captures.jsonl");
    fs::write(&reversed, lines.join("\n")).unwrap();
    let (one, other) = (model(&infer(&captures).1), model(&infer(&reversed).1));
    let names = |provider: &Provider| {
        let mut names: Vec<_> = provider.types.iter().map(|definition| definition.path.join(".")).collect();
        names.sort();
        names
    };
    assert_eq!(names(&one), names(&other));
}
