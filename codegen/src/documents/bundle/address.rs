//! Which file a reference names, by the file that it is in.

/// The path of a file from the provider's folder, for a reference in the file `base`; none where it climbs out (RFC 3986,
/// section 5.2.4, but that a path out of the folder is no way back to its top).
pub(super) fn join(base: &str, reference: &str) -> Option<String> {
    if reference.starts_with('/') {
        return None;
    }
    let folders = base.rsplit_once('/').map_or("", |(folders, _)| folders);
    let mut steps: Vec<&str> = folders.split('/').filter(|step| !step.is_empty()).collect();
    for step in reference.split('/') {
        match step {
            "" | "." => {}
            ".." => _ = steps.pop()?,
            step => steps.push(step),
        }
    }
    Some(steps.join("/"))
}

/// How the file `base` refers to another one, both by their paths from the provider's folder.
pub(super) fn relative(base: &str, file: &str) -> String {
    let (mut from, mut to): (Vec<_>, Vec<_>) = (base.split('/').collect(), file.split('/').collect());
    from.pop();
    let shared = from.iter().zip(&to[..to.len() - 1]).take_while(|(from, to)| from == to).count();
    let up = from.len() - shared;
    to.drain(..shared);
    let start = if up == 0 { "./".to_owned() } else { "../".repeat(up) };
    start + &to.join("/")
}

/// Whether a reference names a file by its path, rather than by an address of another kind.
pub(super) fn is_path(reference: &str) -> bool {
    let scheme = reference.find(':').is_some_and(|colon| !reference[..colon].contains('/'));
    !scheme && !reference.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::{is_path, join, relative};

    #[test]
    fn references_are_relative_to_the_file_that_they_stand_in() {
        for (base, reference, file) in [
            ("order.yaml", "./schemas/Order.yaml", Some("schemas/Order.yaml")),
            ("order.yaml", "schemas//Order.yaml", Some("schemas/Order.yaml")),
            ("webhooks/paid.yaml", "../schemas/./Order.yaml", Some("schemas/Order.yaml")),
            ("webhooks/paid.yaml", "lost.yaml", Some("webhooks/lost.yaml")),
            ("a/b/c.yaml", "../../order.yaml", Some("order.yaml")),
            ("a/b.yaml", "../../order.yaml", None),
            ("order.yaml", "../shop/order.yaml", None),
            ("order.yaml", "/schemas/Order.yaml", None),
        ] {
            assert_eq!(join(base, reference).as_deref(), file, "{base} {reference}");
            if let Some(file) = file {
                assert_eq!(join(base, &relative(base, file)).as_deref(), Some(file), "{base} {file}");
            }
        }
        assert_eq!(relative("a/b.yaml", "a/c.yaml"), "./c.yaml");
        assert_eq!(relative("a/b.yaml", "d/c.yaml"), "../d/c.yaml");
    }

    #[test]
    fn addresses_of_other_kinds_are_no_paths() {
        assert!(["a.yaml", "./a:b.yaml", "../a.yaml", ""].into_iter().all(is_path));
        assert!(!["https://a.example/b.yaml", "urn:a", "//a.example/b", r"C:\a.yaml"].into_iter().any(is_path));
    }
}
