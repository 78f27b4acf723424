use super::load;
use serde_json::json;

#[test]
fn a_folder_per_provider_sorted_and_the_rest_left_alone() {
    let specs = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = specs.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let document = "{openapi: 3.1.0, webhooks: {sold: {$ref: 'common.yaml#/Sold'}}}";
    write("b/z.json", r#"{"openapi": "3.1.0"}"#);
    write("b/a.YML", document);
    write("b/common.yaml", "Sold: {}");
    write("b/overlay.yaml", "{overlay: 1.1.0, actions: [{target: $.Sold, update: {x-a: 1}}]}");
    write("b/provider.yaml", "title: B");
    write("b/_draft.yaml", "[");
    write("b/notes.md", "");
    write("a/x.yaml", document);
    write("a/common.yaml", "Sold: {}");
    write("_old/x.yaml", "[");
    write(".git/x.yaml", "[");
    write("README.md", "");
    let folders = load(specs.path()).unwrap();
    let names: Vec<_> = folders.iter().map(|folder| folder.name.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
    let documents: Vec<_> = folders[1].documents.iter().map(|document| document.path.clone()).collect();
    assert_eq!(documents, ["b/a.YML", "b/common.yaml", "b/z.json"].map(|path| specs.path().join(path)));
    assert_eq!(folders[1].documents[1].value, json!({"Sold": {"x-a": 1}}));
    assert_eq!(folders[0].provider, super::provider::Settings::default());
    assert_eq!(folders[1].provider.title.as_deref(), Some("B"));
}

fn wrong(specs: &std::path::Path) -> Vec<(String, String)> {
    let failure = load(specs).unwrap_err();
    let found = failure.diagnostics.iter();
    found.map(|found| (super::file_name(&found.file).into_owned(), found.message.clone())).collect()
}

/// Reading a pipe would wait for ever, and reading a device never end.
#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_an_error() {
    use std::os::unix::{fs::symlink, net::UnixListener};
    let specs = tempfile::tempdir().unwrap();
    let folder = specs.path().join("shop");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("_order.yaml"), "{openapi: 3.1.0, webhooks: {sold: {}}}").unwrap();
    symlink("_order.yaml", folder.join("order.yaml")).unwrap();
    assert!(load(specs.path()).is_ok(), "a link to a file is one");
    for name in ["x.yaml", "provider.yaml", "overlay.yaml", "x.json"] {
        let path = folder.join(name);
        let _socket = UnixListener::bind(&path).unwrap();
        let message = "this is no regular file, and cannot be read as a document";
        assert_eq!(wrong(specs.path()), [(name.to_owned(), message.to_owned())]);
        std::fs::remove_file(&path).unwrap();
        symlink("/dev/zero", &path).unwrap();
        assert_eq!(wrong(specs.path()), [(name.to_owned(), message.to_owned())]);
        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir(&path).unwrap();
        let message = "this is a folder, and cannot be read as a document";
        let is_ours = ["provider.yaml", "overlay.yaml"].contains(&name);
        let expected = is_ours.then(|| (name.to_owned(), message.to_owned()));
        assert_eq!(load(specs.path()).is_err(), is_ours);
        assert_eq!(if is_ours { wrong(specs.path()) } else { Vec::new() }, Vec::from_iter(expected));
        std::fs::remove_dir(&path).unwrap();
    }
}
