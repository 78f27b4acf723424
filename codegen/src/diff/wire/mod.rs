//! The schemas of both sides, compared keyword by keyword: what a validator will say.
//!
//! A schema is the list of forms that a value may have, each of one JSON type. The new schema takes what the old one
//! took where for each old form there is a new one that takes it. Where that is not so, each keyword that stands in
//! the way is a finding with its place.

mod both;
mod bounds;
mod forms;
mod keywords;
mod object;
mod words;

use super::draft::{At, Spot};
use super::view::View;
use crate::model::{Type, TypeId};
use crate::schema::Node;
use crate::schema::reader::{Form, Reader};
use crate::source::Part;
pub use both::Both;
use forms::Null;
use std::collections::{HashMap, HashSet};

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aspect {
    /// Type, presence, null and listed values: a Rust type shows most of that itself.
    Shape,
    /// A form of a choice.
    Form,
    /// What no Rust type shows.
    Limit,
}

/// A difference between two schemas.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Finding {
    pub aspect: Aspect,
    /// Whether it is about null.
    pub is_null: bool,
    pub at: At,
    /// Whether a value that the old schema took is refused by the new one.
    pub is_narrower: bool,
    /// Whether that, or else a value that was always there may be missing.
    pub is_wire: bool,
    pub from: String,
    pub to: String,
    pub note: Option<String>,
    pub old: Spot,
    pub new: Spot,
    /// The new type that it stands in.
    pub ty: Option<TypeId>,
}

/// A walk through the schemas of both sides at once.
pub struct Walk<'w, 'a> {
    old: Reader<'a>,
    new: Reader<'a>,
    before: &'w View<'w>,
    after: &'w View<'w>,
    /// What each of the old types is called now.
    types: &'w HashMap<TypeId, TypeId>,
    /// What was compared already, by [`Both::key`], and what became of null there.
    seen: HashMap<String, Null>,
    /// Whether a new form takes all that an old one took; by the places of both and their type.
    tried: HashMap<String, bool>,
    /// The names of fields by their keys.
    fields: HashMap<TypeId, HashMap<&'w str, String>>,
    findings: Vec<Finding>,
    /// The type that the walk is in, on the new side.
    ty: Option<TypeId>,
    depth: usize,
}

/// So deep the walk goes by itself; the types below are compared in their turn.
const DEEPEST: usize = 100;

impl<'w, 'a> Walk<'w, 'a> {
    pub fn new(
        readers: (Reader<'a>, Reader<'a>),
        views: (&'w View<'w>, &'w View<'w>),
        types: &'w HashMap<TypeId, TypeId>,
    ) -> Self {
        let (seen, tried) = (HashMap::new(), HashMap::new());
        Self {
            old: readers.0,
            new: readers.1,
            before: views.0,
            after: views.1,
            types,
            seen,
            tried,
            fields: HashMap::new(),
            findings: Vec::new(),
            ty: None,
            depth: 0,
        }
    }

    /// Compares the bodies of events, and the types that are called the same.
    pub fn run(mut self, bodies: Vec<(At, Type, Type)>, types: Vec<(TypeId, TypeId)>) -> Vec<Finding> {
        for (at, old, new) in bodies {
            if let (Some(old), Some(new)) = (old.named(), new.named()) {
                self.types(&at, old, new);
            }
        }
        // What no body led to, and what every body did: null in a type itself concerns only who holds it.
        for (old, new) in types {
            let at = self.after.item(new);
            let findings = std::mem::take(&mut self.findings);
            self.types(&at, old, new);
            let own = std::mem::replace(&mut self.findings, findings);
            self.findings.extend(own.into_iter().filter(|one| one.at != at || !one.is_null));
        }
        let mut told = HashSet::new();
        self.findings.retain(|one| told.insert((one.at.clone(), one.aspect, one.from.clone(), one.to.clone())));
        self.findings
    }

    fn types(&mut self, at: &At, old: TypeId, new: TypeId) {
        let (before, after) = (self.before.def(old), self.after.def(new));
        let nodes = (self.old.node(before.document, &before.pointer), self.new.node(after.document, &after.pointer));
        if let (Some(old), Some(new)) = nodes {
            self.compare(Both { old: vec![old], new: vec![new] }, at);
        }
    }

    /// Compares two schemas, once.
    fn compare(&mut self, mut both: Both<'a>, at: &At) {
        if let [only] = both.old.as_mut_slice() {
            *only = self.old.meant(only.clone());
        }
        if let [only] = both.new.as_mut_slice() {
            *only = self.new.meant(only.clone());
        }
        if both.is_same() {
            return;
        }
        let types = self.types_at(&both);
        // A type of its own is reported once, and anything else wherever it stands: `allOf` has it in many types.
        let key = match types {
            Some(_) => both.key(),
            None => format!("{} in {} {:?}", both.key(), at.item, at.member),
        };
        if let Some(null) = self.seen.get(&key).copied() {
            self.null(&both, at, null);
            if types.is_some() && self.tried.get(&key) == Some(&false) {
                self.another(&both, at);
            }
            return;
        }
        if self.depth > DEEPEST && types.is_some() {
            return;
        }
        let (old, new) = (self.old.forms(&both.old), self.new.forms(&both.new));
        let null = Null::of(&old, &new);
        self.seen.insert(key, null);
        // Null is for who holds the value: a type has no place for it.
        self.null(&both, at, null);
        let outer = self.ty;
        self.depth += 1;
        match self.entered(&both, at) {
            Some(at) => self.forms(&both, &at, &old, &new),
            None => self.replaced(&both, at, &old, &new),
        }
        self.depth -= 1;
        self.ty = outer;
    }

    /// The types of their own that stand there, if there are on both sides.
    fn types_at(&self, both: &Both<'a>) -> Option<(TypeId, TypeId)> {
        let find =
            |view: &View<'_>, nodes: &[Node<'_>]| nodes.first().and_then(|node| view.at(node.document, &node.pointer));
        find(self.before, &both.old).zip(find(self.after, &both.new))
    }

    /// How the place is called: by the type of its own that stands there on both sides. None if it is another type.
    fn entered(&mut self, both: &Both<'a>, at: &At) -> Option<At> {
        let Some((old, new)) = self.types_at(both) else { return Some(at.clone()) };
        let now = self.types.get(&old).map(|now| self.after.behind(*now));
        let is_same = now == Some(new)
            || self
                .types
                .iter()
                .any(|(before, after)| self.before.behind(*before) == old && self.after.behind(*after) == new);
        is_same.then(|| {
            self.ty = Some(new);
            self.after.item(new)
        })
    }

    /// Another type in the place of one: its parts are not those of the old one, and no list of them tells anything.
    fn replaced(&mut self, both: &Both<'a>, at: &At, old: &[Form<'a>], new: &[Form<'a>]) {
        if !self.takes(both.key(), |walk| walk.forms(both, at, old, new)) {
            self.another(both, at);
        }
    }

    fn another(&mut self, both: &Both<'a>, at: &At) {
        let words = (Aspect::Shape, "", "one type".to_owned(), "another".to_owned());
        self.narrower(both, at, words, "values of the old type are refused");
    }

    /// Whether the new schemas take all that the old ones took; nothing is reported.
    fn takes(&mut self, key: String, compare: impl FnOnce(&mut Self)) -> bool {
        if let Some(known) = self.tried.get(&key) {
            return *known;
        }
        // A schema that is asked about itself takes what it takes.
        self.tried.insert(key.clone(), true);
        let findings = std::mem::take(&mut self.findings);
        let seen = std::mem::take(&mut self.seen);
        let outer = self.ty;
        compare(self);
        self.ty = outer;
        self.seen = seen;
        let found = std::mem::replace(&mut self.findings, findings);
        let takes = !found.iter().any(|one| one.is_narrower);
        self.tried.insert(key, takes);
        takes
    }

    fn narrower(&mut self, both: &Both<'a>, at: &At, words: (Aspect, &str, String, String), note: &str) {
        let finding = self.finding(both, at, words, note);
        self.findings.push(Finding { is_narrower: true, is_wire: true, ..finding });
    }

    fn wider(&mut self, both: &Both<'a>, at: &At, words: (Aspect, &str, String, String), note: &str) {
        let finding = self.finding(both, at, words, note);
        self.findings.push(finding);
    }

    /// A value that was always there may be missing.
    fn weaker(&mut self, both: &Both<'a>, at: &At, words: (Aspect, &str, String, String), note: &str) {
        let finding = self.finding(both, at, words, note);
        self.findings.push(Finding { is_wire: true, ..finding });
    }

    /// The place is that of the keyword, if it stands on that side.
    fn finding(
        &mut self,
        both: &Both<'a>,
        at: &At,
        (aspect, keyword, from, to): (Aspect, &str, String, String),
        note: &str,
    ) -> Finding {
        Finding {
            aspect,
            is_null: false,
            at: at.clone(),
            is_narrower: false,
            is_wire: false,
            from,
            to,
            note: Some(note.to_owned()).filter(|note| !note.is_empty()),
            old: spot(&both.old, keyword),
            new: spot(&both.new, keyword),
            ty: self.ty,
        }
    }
}

fn spot(nodes: &[Node<'_>], keyword: &str) -> Spot {
    let holder = nodes.iter().find(|node| node.value.get(keyword).is_some());
    match (holder, nodes.first()) {
        (Some(node), _) => {
            Spot { part: Part::Key, ..Spot::value(node.document, format!("{}/{keyword}", node.pointer)) }
        }
        (None, Some(node)) => Spot::key(node.document, &node.pointer),
        (None, None) => Spot::value(0, ""),
    }
}
