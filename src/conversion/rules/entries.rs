//! The entries of a file of rules as TOML has them.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RulesFile {
    pub name: String,
    pub version: String,
    pub extends: Option<String>,
    #[serde(default)]
    pub prefixes: Vec<String>,
    #[serde(default)]
    pub kept: Vec<String>,
    #[serde(default)]
    pub missing: Vec<String>,
    #[serde(default)]
    pub template: Vec<String>,
    #[serde(default)]
    pub ontology_versions: BTreeMap<String, String>,
    #[serde(default)]
    pub field: Vec<FieldEntry>,
    #[serde(default)]
    pub implied: Vec<ImpliedEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldEntry {
    pub target: String,
    #[serde(default)]
    pub titles: Vec<String>,
    #[serde(default)]
    pub value: ValueName,
    #[serde(default)]
    pub tables: Vec<String>,
    #[serde(default)]
    pub ontologies: Vec<String>,
    #[serde(default)]
    pub choices: Vec<String>,
    pub method: Option<String>,
    pub pattern: Option<String>,
    pub replacement: Option<String>,
    #[serde(default)]
    pub look_up: BTreeMap<String, String>,
    pub expected: Option<String>,
    pub ignored: Option<String>,
    #[serde(default)]
    pub fallback: bool,
    #[serde(default)]
    pub less_precise: bool,
    #[serde(default)]
    pub untaken: bool,
    pub note: Option<String>,
    #[serde(default)]
    pub note_unless: Vec<String>,
}

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(super) enum ValueName {
    #[default]
    Text,
    Url,
    Page,
    Choice,
    List,
    Term,
    Name,
    Assembly,
    Checksum,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ImpliedEntry {
    pub target: String,
    pub when: Option<String>,
    #[serde(default)]
    pub is: Vec<String>,
    #[serde(default)]
    pub unless: Vec<String>,
    #[serde(default)]
    pub instead_of: Vec<String>,
    pub set: Option<String>,
    pub copy: Option<String>,
    #[serde(default)]
    pub empty: bool,
}
