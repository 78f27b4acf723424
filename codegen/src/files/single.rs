//! All files as one, for `include!`.

use super::Files;
use std::path::Path;

impl Files {
    /// The files as one: each `mod name;` holds its file. Inner documentation and attributes of the root are left out,
    /// because `include!` takes none.
    pub fn single(&self) -> String {
        let root = self.0.get(Path::new("lib.rs")).map(String::as_str).unwrap_or_default();
        let root: Vec<_> = root.lines().filter(|line| !line.starts_with("//!") && !line.starts_with("#![")).collect();
        let mut text = String::new();
        self.nest(&root.join("\n"), Path::new(""), &mut text);
        text
    }

    fn nest(&self, source: &str, folder: &Path, text: &mut String) {
        for line in source.lines() {
            let name = line.strip_suffix(';').and_then(|line| line.rsplit_once("mod ")).map(|(_, name)| name);
            let Some((name, (path, inner))) = name.and_then(|name| Some((name, self.module(folder, name)?))) else {
                text.push_str(line);
                text.push('\n');
                continue;
            };
            let declared = line.strip_suffix(';').unwrap_or(line);
            text.push_str(&format!("{declared} {{\n"));
            let inner = inner.strip_prefix(inner.lines().next().unwrap_or_default()).unwrap_or(inner);
            self.nest(inner, &path, text);
            text.push_str(&format!("}} // {name}\n"));
        }
    }

    /// The file of a module, and the folder in which its own modules are.
    fn module(&self, folder: &Path, name: &str) -> Option<(std::path::PathBuf, &str)> {
        let folder = folder.join(name.trim_start_matches("r#"));
        let file = self.0.get(&folder.join("mod.rs")).or_else(|| self.0.get(&folder.with_extension("rs")))?;
        Some((folder, file))
    }

    /// The files with one of them under another name.
    #[must_use]
    pub fn renamed(mut self, from: &str, to: &str) -> Self {
        if let Some(text) = self.0.remove(Path::new(from)) {
            self.0.insert(to.into(), text);
        }
        self
    }
}
