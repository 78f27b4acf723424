use crate::listening::{Listening, SPECS, command, read, send};
use std::fs;
use webhook_codegen_cli::capture;
use webhook_events::{Delivery, superoffice};
use webhook_runtime::Captured;

const EVENTS: [&str; 3] = ["contact.created", "person.created", "sale.created"];

/// One format, for all who write and read captured deliveries.
#[test]
fn what_listen_saves_is_read_by_applications_and_by_every_task() {
    let mut listening = Listening::new(&["--secret", "superoffice=k3y"]);
    for event in EVENTS {
        let arguments = ["--provider", "superoffice", "--secret", "k3y", "--event", event];
        assert_eq!(send(&arguments, &format!("{}/superoffice", listening.url)), Some(0), "{event}");
    }
    listening.printed();
    let saved = listening.saved();

    let lines = fs::read_to_string(&saved).unwrap();
    let stored: Vec<Captured> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let typed: Vec<_> = stored.iter().map(|one| Delivery::<superoffice::Event>::from_captured(one).unwrap()).collect();
    assert_eq!(typed.iter().map(|delivery| delivery.event.event_type()).collect::<Vec<_>>(), EVENTS);
    assert!(typed.iter().all(|delivery| delivery.invalid.is_none()));
    let expected: Vec<_> = stored.into_iter().map(capture::Captured::from).collect();
    let mut found = read(&saved);
    found.iter_mut().for_each(|captured| captured.location = Default::default());
    assert_eq!(found, expected);

    let folder = tempfile::tempdir().unwrap();
    let status = |arguments: &[&str]| {
        let output = command(arguments).current_dir(&folder).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?} {}", String::from_utf8_lossy(&output.stderr));
    };
    let (captures, one) = (saved.to_str().unwrap(), folder.path().join("one.json"));
    fs::write(&one, lines.lines().next().unwrap()).unwrap();
    status(&["infer", captures, "--out", "specs/drafted"]);
    for specs in [SPECS, "specs"] {
        let of = ["--specs", specs, "--provider", if specs == SPECS { "superoffice" } else { "drafted" }];
        status(&[&["drift", captures], &of[..]].concat());
        status(&[&["verify", one.to_str().unwrap()], &of[..]].concat());
    }
    let mut again = Listening::new(&["--secret", "superoffice=k3y"]);
    status(&["send", "--replay", captures, &format!("{}/superoffice", again.url)]);
    assert_eq!(again.end().1.len(), EVENTS.len());
}
