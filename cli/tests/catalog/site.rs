//! The site in a browser, where there is one: `chromium`, or what `CHROMIUM` names.

use super::{SHOP, catalogue, data};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use webhook_codegen_cli::catalog::Format;

/// All pages of the repository's providers and of the shop, less the shop's first page.
fn pages() -> BTreeMap<String, String> {
    let all = [catalogue(SHOP, Format::Html), catalogue("../specs", Format::Html)];
    let pages = all.iter().flat_map(|files| files.iter());
    pages.map(|(path, text)| (path.display().to_string(), text.to_owned())).collect()
}

#[test]
fn pages_load_nothing_and_every_link_leads_to_an_event() {
    let pages = pages();
    for (name, page) in &pages {
        for loading in [" src=", "url(", "@import", "<link"] {
            assert!(!page.contains(loading), "{name} has {loading}");
        }
        for link in page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let (target, event) = link.split_once('#').unwrap_or((link, ""));
            let target = if target.is_empty() { name } else { target };
            let target = pages.get(target).unwrap_or_else(|| panic!("{name}: {link}"));
            let is_known = |event: &str| {
                data(target)["events"]
                    .as_array()
                    .is_some_and(|events| events.iter().any(|one| one["type"].as_str() == Some(event)))
            };
            assert!(matches!(event, "" | "main") || is_known(&decode(event)), "{name}: {link}");
        }
    }
}

fn decode(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two digits"));
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).expect("an event type is text")
}

/// `probe.html` opens every event, searches, and walks through payloads by keyboard.
#[test]
fn a_browser_shows_every_event() {
    let chromium = std::env::var_os("CHROMIUM").unwrap_or_else(|| "chromium".into());
    if Command::new(&chromium).arg("--version").output().is_err() {
        return webhook_goldens::skipped(&format!("there is no {}", Path::new(&chromium).display()));
    }
    let dir = tempfile::tempdir().unwrap();
    for (name, page) in pages() {
        fs::write(dir.path().join(name), page).unwrap();
    }
    fs::write(dir.path().join("probe.html"), include_str!("probe.html")).unwrap();
    let providers = "askelephant,iclosed,shop,superoffice,wix";
    let output = Command::new(&chromium)
        // No sandbox, because CI runs as root; files of one folder may look at each other, for the probe.
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"])
        .arg("--disable-ipc-flooding-protection")
        .args(["--enable-logging=stderr", "--virtual-time-budget=600000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", dir.path().join("profile").display()))
        .arg(format!("file://{}?{providers}", dir.path().join("probe.html").display()))
        .output()
        .expect("it has told its version");
    let errors = String::from_utf8_lossy(&output.stderr);
    let dom = String::from_utf8_lossy(&output.stdout);
    let report = dom.split_once("<pre id=\"report\">").and_then(|(_, rest)| rest.split_once("</pre>"));
    let (report, _) = report.unwrap_or_else(|| panic!("no report: {dom}\n{errors}"));
    assert!(report.ends_with("fine\n"), "{report}");
    let complaints: Vec<_> = errors.lines().filter(|line| line.contains("CONSOLE")).collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
}
