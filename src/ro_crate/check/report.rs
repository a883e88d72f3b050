//! Collects findings about a graph: about an entity, a property, or one value of a property.

use std::borrow::Cow;

use serde_json::Value as Json;

use super::claims::ConformanceClaims;
use super::rules::{self, Rule};
use crate::fairtracks::fields::shown_text;
use crate::fairtracks::finding::{Findings, Strength, ValueIssue};
use crate::ro_crate::Entity;
use crate::ro_crate::draft::CrateDraft;
use crate::text::json::Repeated;
use crate::text::pointer::Path;

/// The findings in one metadata file.
pub struct MetadataReport<'d> {
    findings: Findings,
    draft: &'d CrateDraft,
    /// The claims of the crate.
    pub claims: ConformanceClaims,
    /// The index of the descriptor.
    pub descriptor: Option<usize>,
    /// The index of the root.
    pub root: Option<usize>,
}

/// A place in the graph.
#[derive(Debug, Clone, Copy)]
pub enum At<'k> {
    /// The file as a whole.
    File,
    /// A member beside the entities, such as `@context`, or all of them, `@graph`.
    Member(&'k str),
    /// An entity, by index.
    Entity(usize),
    /// A property of an entity.
    Key(usize, &'k str),
    /// One value of a property, by index.
    Value(usize, &'k str, usize),
}

impl<'d> MetadataReport<'d> {
    /// An empty report for the metadata file at this place.
    pub fn new(place: &str, draft: &'d CrateDraft) -> Self {
        MetadataReport {
            findings: Findings::new(place),
            draft,
            claims: ConformanceClaims::of(draft),
            descriptor: draft.descriptor(),
            root: draft.root(),
        }
    }

    /// Whether an entity is the descriptor or the root.
    pub fn is_frame(&self, position: usize) -> bool {
        [self.descriptor, self.root].contains(&Some(position))
    }

    /// The issue for a rule, if the rule applies to this crate.
    pub fn remark(
        &self,
        rule: Rule,
        expected: impl Into<Cow<'static, str>>,
        hint: &str,
    ) -> Option<ValueIssue> {
        let (strength, clause) = rules::of(rule, &self.claims)?;
        let hint = match hint {
            "" => clause.to_owned(),
            hint => format!("{hint} ({clause})"),
        };
        Some(ValueIssue::new(strength, expected, hint))
    }

    /// Adds a finding for a rule, with its clause, if the rule applies to this crate.
    pub fn ask(
        &mut self,
        rule: Rule,
        at: At<'_>,
        what: impl Into<String>,
        expected: impl Into<Cow<'static, str>>,
        hint: &str,
    ) {
        let Some(remark) = self.remark(rule, expected, hint) else {
            return;
        };
        self.add(at, what, remark);
    }

    /// Adds a finding for a rule if an entity lacks a key.
    pub fn require(
        &mut self,
        rule: Rule,
        position: usize,
        key: &str,
        expected: &'static str,
        hint: &str,
    ) {
        let entities = self.draft.read.entities();
        if !entities[position].properties.contains_key(key) {
            let (at, what) = (At::Entity(position), format!("no `{key}`"));
            self.ask(rule, at, what, expected, hint);
        }
    }

    /// Adds a finding that does not depend on the version and profiles of the crate.
    pub fn add(&mut self, at: At<'_>, what: impl Into<String>, remark: ValueIssue) {
        let pointer = match at {
            At::File => String::new(),
            At::Member(key) => Path::ROOT.key(key).to_string(),
            At::Entity(position) => entity_pointer(position),
            At::Key(position, key) => entity_pointer(position) + &Path::ROOT.key(key).to_string(),
            At::Value(position, key, number) => {
                let entity = self.draft.read.entities().get(position);
                let value = entity.and_then(|entity| entity.properties.get(key));
                let number = match value {
                    Some(Json::Array(_)) => format!("/{number}"),
                    _ => String::new(),
                };
                entity_pointer(position) + &Path::ROOT.key(key).to_string() + &number
            }
        };
        self.findings.add_at(pointer, what.into(), remark);
    }

    /// Adds such a finding about something that should be otherwise.
    pub fn should(
        &mut self,
        at: At<'_>,
        what: impl Into<String>,
        expected: impl Into<Cow<'static, str>>,
        hint: impl Into<Cow<'static, str>>,
    ) {
        self.add(at, what, ValueIssue::new(Strength::Should, expected, hint));
    }

    /// The findings.
    pub fn done(self) -> Findings {
        self.findings
    }

    /// Adds findings for duplicate keys.
    pub fn repeated(&mut self, repeated: &Repeated, hint: &'static str) {
        self.findings.add_repeated(repeated, hint);
    }
}

/// The JSON pointer of an entity.
pub fn entity_pointer(position: usize) -> String {
    format!("/@graph/{position}")
}

/// The name of an entity in a finding: its `name`, or else its id.
pub fn called(entity: &Entity) -> String {
    let name = entity.text("name").filter(|name| !name.trim().is_empty());
    shown_text(name.unwrap_or(&entity.id))
}

/// The target of a reference in a finding, with its types if it has another type than expected.
pub fn target(id: &str, found: Option<&Entity>) -> String {
    match found {
        None => format!("{}, not described in the graph", shown_text(id)),
        Some(other) => format!("{}, a {}", shown_text(id), other.types.join(", ")),
    }
}
