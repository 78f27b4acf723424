//! The catalogue of a small shop as files, and of all providers as a site.
//!
//! `UPDATE_GOLDENS=1 cargo test -p webhook-codegen-cli --test catalog` writes `expected/` anew.

mod site;

use std::fs;
use std::path::Path;
use webhook_codegen::files::Files;
use webhook_codegen_cli::catalog::Format;
use webhook_codegen_cli::diff;
use webhook_goldens::Goldens;

const SHOP: &str = "tests/catalog/specs";

fn catalogue(specs: &str, format: Format) -> Files {
    // What the shop's document said before; of the other providers nothing changed.
    let old = if specs == SHOP { "tests/catalog/old" } else { specs };
    let diff = diff::between(Path::new(old), Path::new(specs)).unwrap_or_else(|failure| panic!("{failure}"));
    webhook_codegen_cli::catalog::catalogue(specs, format, "webhook_events", &diff)
        .unwrap_or_else(|failure| panic!("{failure}"))
}

/// The data of a page, as its script reads it.
fn data(page: &str) -> serde_json::Value {
    let (_, rest) = page.split_once("id=\"data\">").expect("a page has data");
    let (data, _) = rest.split_once("</script>").expect("the data has an end");
    serde_json::from_str(data).expect("the data is JSON")
}

#[test]
fn what_is_said_of_a_shop() {
    let mut said: Vec<_> =
        catalogue(SHOP, Format::Markdown).iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    let html = catalogue(SHOP, Format::Html);
    let (_, page) = html.iter().find(|(path, _)| path.ends_with("shop.html")).expect("a page for each provider");
    said.push(("shop.json".into(), format!("{:#}\n", data(page))));
    let mut goldens = Goldens::new();
    said.iter().for_each(|(path, text)| goldens.compare(Path::new("tests/catalog/expected").join(path), text));
    goldens.assert();
}

#[test]
fn every_link_of_the_markdown_leads_somewhere() {
    let files = catalogue("../specs", Format::Markdown);
    let names: Vec<_> = files.iter().map(|(path, _)| path.display().to_string()).collect();
    for (path, text) in files.iter() {
        for link in text.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0)) {
            let leads = match link.strip_prefix('#') {
                Some(anchor) => text.contains(&format!("<a id=\"{anchor}\"></a>")),
                None => link.starts_with("https://") || names.iter().any(|name| name == link),
            };
            assert!(leads, "{}: {link}", path.display());
        }
    }
}

#[test]
fn other_files_are_left_alone() {
    let out = tempfile::tempdir().unwrap();
    let own = [("notes.md", "mine\n"), ("shop.css", "mine\n"), ("src/lib.rs", "// @generated\n")];
    fs::create_dir(out.path().join("src")).unwrap();
    own.iter().for_each(|(name, text)| fs::write(out.path().join(name), text).unwrap());
    let files = catalogue(SHOP, Format::Html);
    assert_eq!(files.write(out.path()).unwrap().len(), 2);
    assert_eq!(files.write(out.path()).unwrap(), []);
    own.iter().for_each(|(name, text)| assert_eq!(fs::read_to_string(out.path().join(name)).unwrap(), *text));
    fs::write(out.path().join("shop.html"), "<!doctype html>\nmine\n").unwrap();
    assert!(files.write(out.path()).unwrap_err().to_string().contains("shop.html"));
}
