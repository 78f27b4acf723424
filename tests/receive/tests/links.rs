//! No link of a page is dead: neither on the repository's pages, nor in the book, nor where a package's README is shown.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

const REPOSITORY: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/");

/// READMEs that are shown away from the repository as well.
const PACKAGES: [&str; 4] = ["cli", "codegen", "generated", "runtime"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace is there")
}

/// The Markdown files below a folder, without what is built there.
fn pages(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() && name != "target" && !name.to_string_lossy().starts_with('.') {
            pages(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
}

/// The links of a page, and the anchors that its headings make.
fn links_and_anchors(text: &str) -> (Vec<String>, BTreeSet<String>) {
    let (mut links, mut anchors) = (Vec::new(), BTreeSet::new());
    let mut heading = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                links.push(dest_url.into_string())
            }
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Html(text) | Event::InlineHtml(text) => anchors.extend(ids(&text)),
            Event::Text(text) | Event::Code(text) => heading.iter_mut().for_each(|heading| *heading += &text),
            Event::End(TagEnd::Heading(_)) => anchors.extend(heading.take().map(|heading| anchor(&heading))),
            _ => {}
        }
    }
    (links, anchors)
}

/// The anchors that HTML makes.
fn ids(html: &str) -> impl Iterator<Item = String> {
    html.split(" id=\"").skip(1).filter_map(|rest| rest.split_once('"')).map(|(id, _)| id.to_owned())
}

/// As GitHub and mdBook make them.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|character| character.is_alphanumeric() || " -_".contains(*character));
    kept.flat_map(char::to_lowercase).map(|character| if character == ' ' { '-' } else { character }).collect()
}

/// A path without `..`.
fn normalized(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut path, component| {
        match component {
            Component::ParentDir => _ = path.pop(),
            Component::CurDir => {}
            component => path.push(component),
        }
        path
    })
}

/// What is wrong with a link of a page, if anything is.
fn fault(root: &Path, page: &Path, link: &str) -> Option<&'static str> {
    let (link, anchor) = link.split_once('#').map_or((link, None), |(link, anchor)| (link, Some(anchor)));
    let own = link.strip_prefix(REPOSITORY).and_then(|link| link.split_once("/main/")).map(|(_, path)| path);
    if own.is_none() && (link.contains("://") || link.starts_with("mailto:")) {
        return None;
    }
    let target = match (own, link) {
        (Some(path), _) => root.join(path),
        (None, "") => page.to_owned(),
        (None, link) => normalized(&page.parent().expect("a file is in a folder").join(link)),
    };
    let (docs, is_relative) = (root.join("docs"), own.is_none() && !link.is_empty());
    if is_relative && page.starts_with(&docs) && !target.starts_with(&docs) {
        return Some("leads out of the book: link to the repository");
    }
    if is_relative && PACKAGES.iter().any(|package| page == root.join(package).join("README.md")) {
        return Some("is dead where the package is shown: link to the repository");
    }
    if is_relative && page.starts_with(&docs) && target.is_dir() {
        return Some("is a folder, which the book does not show: link to the repository");
    }
    if !target.exists() {
        return Some("leads to no file");
    }
    let anchors = |target| links_and_anchors(&fs::read_to_string(target).unwrap_or_default()).1;
    anchor.filter(|anchor| !anchors(target).contains(*anchor)).map(|_| "leads to no heading")
}

#[test]
fn no_link_is_dead() {
    let root = root();
    let mut found = Vec::new();
    pages(&root, &mut found);
    let mut faults = Vec::new();
    for page in &found {
        let (links, _) = links_and_anchors(&fs::read_to_string(page).expect("a page is text"));
        let fault = |link: &String| fault(&root, page, link).map(|fault| format!("{}: {link} {fault}", page.display()));
        faults.extend(links.iter().filter_map(fault));
    }
    assert!(found.len() > 10, "the repository has pages");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_book_has_every_page() {
    let docs = root().join("docs");
    let summary = fs::read_to_string(docs.join("SUMMARY.md")).expect("it is checked in");
    let linked: BTreeSet<_> = links_and_anchors(&summary).0.into_iter().map(|link| docs.join(link)).collect();
    let mut found = Vec::new();
    pages(&docs, &mut found);
    let missing: Vec<_> =
        found.iter().filter(|page| !page.ends_with("SUMMARY.md") && !linked.contains(*page)).collect();
    assert!(missing.is_empty(), "not in SUMMARY.md: {missing:?}");
}
