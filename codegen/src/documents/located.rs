//! Values of our own files, `provider.yaml` and `overlay.yaml`: read one by one, so that all that is wrong is reported, each
//! at its location.

use crate::source::pointer::join;
use crate::source::{Diagnostic, Diagnostics, Source, one_of};
use serde_json::Value;
use std::cell::RefCell;
use std::fmt::Display;
use std::rc::Rc;

/// A value, the way to it, and where to report.
#[derive(Clone)]
pub(super) struct Located<'a> {
    source: &'a Source,
    pub(super) pointer: String,
    pub(super) value: &'a Value,
    found: Rc<RefCell<Diagnostics>>,
}

impl<'a> Located<'a> {
    /// Reads a file; everything that is reported meanwhile is an error.
    pub(super) fn read<T>(source: &'a Source, read: impl FnOnce(&Self) -> T) -> Result<T, Diagnostics> {
        let file = Self { source, pointer: String::new(), value: &source.value, found: Rc::default() };
        let whole = read(&file);
        let found = file.found.take();
        if found.is_empty() { Ok(whole) } else { Err(found) }
    }

    pub(super) fn below(&self, token: impl Display, value: &'a Value) -> Self {
        let pointer = format!("{}/{token}", self.pointer);
        Self { source: self.source, pointer, value, found: Rc::clone(&self.found) }
    }

    pub(super) fn get(&self, key: &str) -> Option<Self> {
        self.value.get(key).map(|value| self.below(key, value))
    }

    /// A member that must be there.
    pub(super) fn need(&self, key: &str, help: &str) -> Option<Self> {
        self.get(key).or_else(|| self.refuse(format!("`{key}` is missing"), help))
    }

    pub(super) fn report(&self, message: impl Into<String>, help: impl Into<String>) {
        let diagnostic = Diagnostic::error(&self.source.path, &self.pointer, message).help(help);
        self.found.borrow_mut().push(diagnostic);
    }

    pub(super) fn refuse<T>(&self, message: impl Into<String>, help: impl Into<String>) -> Option<T> {
        self.report(message, help);
        None
    }

    /// Reports what is no object, and members that are none of `allowed`; whether it is an object.
    pub(super) fn keys(&self, allowed: &[&str]) -> bool {
        self.keys_beside(allowed, |_| false)
    }

    /// The same where further keys are left alone.
    pub(super) fn keys_beside(&self, allowed: &[&str], is_ignored: fn(&str) -> bool) -> bool {
        let Some(members) = self.value.as_object() else {
            self.report("expected an object", format!("its keys are {}", allowed.join(", ")));
            return false;
        };
        for key in members.keys().filter(|key| !allowed.contains(&key.as_str()) && !is_ignored(key)) {
            let pointer = join(&self.pointer, key);
            let unknown = Diagnostic::error(&self.source.path, pointer, format!("unknown key `{key}`"));
            self.found.borrow_mut().push(unknown.at_key().help(one_of(key, allowed)));
        }
        true
    }

    pub(super) fn text(&self) -> Option<&'a str> {
        match self.value.as_str() {
            Some("") => self.refuse("expected a string, found an empty one", "leave the key out instead"),
            Some(text) => Some(text),
            None => self.refuse("expected a string", "put it in quotes"),
        }
    }

    /// The text under a key that may be left out.
    pub(super) fn text_at(&self, key: &str) -> Option<String> {
        self.get(key)?.text().map(str::to_owned)
    }

    /// The items of a list, or what is alone.
    pub(super) fn items(&self, help_if_empty: &str) -> Vec<Self> {
        let Some(items) = self.value.as_array() else { return vec![self.clone()] };
        if items.is_empty() {
            self.report("the list is empty", help_if_empty);
        }
        items.iter().enumerate().map(|(index, item)| self.below(index, item)).collect()
    }

    /// One of a few words, with what it means.
    pub(super) fn choice<T: Clone>(&self, choices: &[(&str, T)]) -> Option<T> {
        let word = self.text()?;
        match choices.iter().find(|(name, _)| *name == word) {
            Some((_, choice)) => Some(choice.clone()),
            None => {
                // None is suggested: what looks alike may be another algorithm.
                let names: Vec<_> = choices.iter().map(|(name, _)| format!("`{name}`")).collect();
                self.refuse(format!("unknown value `{word}`"), format!("allowed: {}", names.join(", ")))
            }
        }
    }

    /// The same under a key that may be left out.
    pub(super) fn choice_at<T: Clone>(&self, key: &str, choices: &[(&str, T)], default: T) -> Option<T> {
        self.get(key).map_or(Some(default), |node| node.choice(choices))
    }

    /// Whether `true` is under a key that may be left out.
    pub(super) fn flag_at(&self, key: &str, default: bool) -> bool {
        let is_set =
            |node: Self| node.value.as_bool().or_else(|| node.refuse("expected `true` or `false`", "without quotes"));
        self.get(key).map_or(default, |node| is_set(node).unwrap_or_default())
    }

    pub(super) fn number(&self, least: u64, most: u64) -> Option<u64> {
        let number = self.value.as_u64().filter(|number| (least..=most).contains(number));
        number.or_else(|| self.refuse("expected a whole number", format!("from {least} to {most}")))
    }
}
