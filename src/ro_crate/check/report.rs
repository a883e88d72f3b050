//! Collects findings about a graph: about an entity, a property, or one value of a property.

use std::borrow::Cow;

use serde_json::Value as Json;

use super::claims::ConformanceClaims;
use super::rules::{self, Rule};
use crate::fairtracks::finding::{Findings, ValueIssue};
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
    /// The context.
    Context,
    /// The graph as a whole.
    Graph,
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
        match at {
            At::Context => self.at_pointer("/@context".to_owned(), what, remark),
            At::Graph => self.at_pointer("/@graph".to_owned(), what, remark),
            At::Entity(position) => self.at(position, what, remark),
            At::Key(position, key) => self.at_key(position, key, what, remark),
            At::Value(position, key, number) => {
                self.at_value(position, key, number, what, remark);
            }
        }
    }

    /// The findings.
    pub fn done(self) -> Findings {
        self.findings
    }

    /// Adds findings for duplicate keys.
    pub fn repeated(&mut self, repeated: &Repeated, hint: &'static str) {
        self.findings.add_repeated(repeated, hint);
    }

    /// Adds a finding about the file, at a JSON pointer.
    pub fn at_pointer(&mut self, pointer: String, what: impl Into<String>, remark: ValueIssue) {
        self.findings.add_at(pointer, what.into(), remark);
    }

    /// Adds a finding about an entity.
    pub fn at(&mut self, position: usize, what: impl Into<String>, remark: ValueIssue) {
        self.at_pointer(entity_pointer(position), what, remark);
    }

    /// Adds a finding about a property of an entity.
    pub fn at_key(
        &mut self,
        position: usize,
        key: &str,
        what: impl Into<String>,
        remark: ValueIssue,
    ) {
        let pointer = format!("{}{}", entity_pointer(position), Path::ROOT.key(key));
        self.at_pointer(pointer, what, remark);
    }

    /// Adds a finding about one value of a property, by index.
    pub fn at_value(
        &mut self,
        position: usize,
        key: &str,
        number: usize,
        what: impl Into<String>,
        remark: ValueIssue,
    ) {
        let entities = self.draft.read.entities();
        let value = entities
            .get(position)
            .and_then(|entity| entity.properties.get(key));
        let mut pointer = format!("{}{}", entity_pointer(position), Path::ROOT.key(key));
        if value.is_some_and(Json::is_array) {
            pointer.push_str(&format!("/{number}"));
        }
        self.at_pointer(pointer, what, remark);
    }
}

/// The JSON pointer of an entity.
pub fn entity_pointer(position: usize) -> String {
    format!("/@graph/{position}")
}

/// The name of an entity in a finding: its `name`, or else its id.
pub fn called(entity: &Entity) -> String {
    let name = entity.text("name").filter(|name| !name.trim().is_empty());
    crate::fairtracks::fields::shown_text(name.unwrap_or(&entity.id))
}
