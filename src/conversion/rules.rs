//! Rules of a conversion, as data: a TOML file.
//!
//! ```toml
//! name = "table"                     # named in `converted_from`
//! version = "1"
//! extends = "table"                  # built-in rules that apply too, after those of the file
//! prefixes = ["metadata"]            # words before titles of the source: `metadata cell type` is `cell type` too
//! missing = ["NA", "unknown"]        # texts that mean a missing value, in any case
//! kept = ["none"]                    # texts that mean one in the rules that are extended, and not here
//!
//! [[field]]                          # rules apply in their order; a field keeps the first value that it gets
//! target = "samples.phenotype"       # a category and a field of it
//! titles = ["disease"]               # titles of the source beside the target itself, compared by letters and digits
//! value = "term"                     # text (default), url, page, choice, list, term, name, assembly or checksum
//! tables = ["phenotypes"]            # term, name: tables of terms
//! ontologies = ["NCIT"]              # term: the ontologies of its ids
//! choices = ["Points"]               # choice: the allowed texts
//! method = "MD5"                     # checksum: how it was computed
//! pattern = '^PMID:?\s*(\d+)$'       # a regular expression that the whole text must match; any takes linear time
//! replacement = "pubmed:$1"          # what it becomes, default the text itself
//! look_up = { none = "Normal" }      # other texts for some, before the value is read; in any case
//! expected = "a PubMed id"           # for messages
//! ignored = '(?i)input'              # a regular expression of whole texts that say nothing of the field
//! fallback = true                    # apply after all other rules, and only where the field has no value
//! less_precise = true                # fallback: says less than other titles of the field, so that it contradicts none
//! untaken = true                     # fallback: and only to texts that no other rule has taken
//! note = "…"                         # fallback: the rule that refuses a text keeps its row of the log, with this at its end
//! note_unless = ["samples.…"]        # … where these have no value
//!
//! [[implied]]                        # a value that follows from another one of the same object
//! target = "samples.biospecimen_class.term_id"
//! when = "samples.sample_type.cell_line"   # where this field has a value …
//! is = ["http://…"]                  # … that is one of these, if given
//! unless = ["samples.sample_type.cell_type"]   # … and these have none
//! instead_of = ["http://…"]          # also where it has one of these values, which are less precise
//! set = "http://purl.obolibrary.org/obo/NCIT_C16403"   # or `copy`, another field, or `empty = true`
//! ```

mod entries;

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use self::entries::{FieldEntry, ImpliedEntry, RulesFile, ValueName};
use super::error::RulesError;
use super::field_path::FieldPath;
use super::metadata_source::MetadataSource;
use super::ontology_ids::{ONTOLOGIES, TermOntology};
use super::terms::TermTables;
use super::value_type::ValueType;
use crate::text::folding::folded_title;

/// The rules of a source.
#[derive(Debug, Clone)]
pub struct ConversionRules {
    /// Their name.
    pub name: String,
    /// Their version.
    pub version: String,
    /// Words before titles of the source, folded, that do not change their meaning.
    pub prefixes: Vec<String>,
    /// Texts that mean a missing value, in lower case.
    pub missing: Vec<String>,
    /// The titles of a blank table.
    pub template: Vec<String>,
    /// Versions of the ontologies that the tables of terms follow, by the ontology.
    pub ontology_versions: BTreeMap<String, String>,
    /// The rules of fields, in their order.
    pub fields: Vec<FieldRule>,
    /// What follows from other values, in their order.
    pub implied: Vec<ImpliedRule>,
}

/// How a field gets its value from a source.
#[derive(Debug, Clone)]
pub struct FieldRule {
    /// The field.
    pub target: FieldPath,
    /// The titles that mean it, folded.
    pub titles: Vec<String>,
    /// The type of its values.
    pub value: ValueType,
    /// A pattern that a text must match, and what it becomes.
    pub pattern: Option<(Regex, String)>,
    /// Other texts for some, by the text in lower case.
    pub look_up: BTreeMap<String, String>,
    /// What is expected, for messages.
    pub expected: Option<String>,
    /// Texts that say nothing of the field.
    pub ignored: Option<Regex>,
    /// Whether it applies only where the field has no value.
    pub is_fallback: bool,
    /// Whether its texts say less than those of other rules of the field, so that they contradict none.
    pub is_less_precise: bool,
    /// Whether it applies only to texts that no other rule has taken.
    pub is_for_untaken: bool,
    /// What the row of a text says that another rule refuses and this one takes; without it, there is no such row.
    pub note: Option<String>,
    /// Fields with a value that make the note needless.
    pub note_unless: Vec<FieldPath>,
}

impl FieldRule {
    /// The rule as the log names it.
    pub fn name(&self, rules: &ConversionRules) -> String {
        format!("{} {}", rules.name, self.target)
    }
}

/// A value that follows from another value of the same object.
#[derive(Debug, Clone)]
pub struct ImpliedRule {
    /// The field that gets it where it has none.
    pub target: FieldPath,
    /// The field that must have a value.
    pub when: Option<FieldPath>,
    /// The texts that count; empty for all.
    pub is: Vec<String>,
    /// Fields that must have no value.
    pub unless: Vec<FieldPath>,
    /// Values of the target that the value replaces.
    pub instead_of: Vec<String>,
    /// The value.
    pub value: ImpliedValue,
}

/// The value of an [`ImpliedRule`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImpliedValue {
    /// A text.
    Set(String),
    /// The value of another field of the object.
    Copy(FieldPath),
    /// An object without members.
    Empty,
}

impl ConversionRules {
    /// The rules of a source that come with the tool.
    ///
    /// # Errors
    /// As [`ConversionRules::read`], which a test excludes.
    pub fn of_source(kind: MetadataSource, terms: &TermTables) -> Result<Self, RulesError> {
        ConversionRules::read(kind.rules(), terms)
    }

    /// The names of the tables of terms that they read, each once.
    pub fn tables(&self) -> BTreeSet<&str> {
        let names = self.fields.iter().flat_map(|rule| match &rule.value {
            ValueType::Term { tables, .. } | ValueType::Name(tables) => tables.as_slice(),
            _ => &[],
        });
        names.map(String::as_str).collect()
    }

    /// Reads rules.
    ///
    /// # Errors
    /// What is wrong, with its line or its target.
    pub fn read(text: &str, terms: &TermTables) -> Result<Self, RulesError> {
        let file: RulesFile = toml::from_str(text)?;
        let base = match &file.extends {
            None => None,
            Some(name) => match MetadataSource::named(name) {
                // Rules that extend themselves have no end.
                Some(kind) if kind.rules() != text => {
                    Some(ConversionRules::of_source(kind, terms)?)
                }
                _ => return Err(RulesError::Extends(name.clone())),
            },
        };
        let fields = file.field.into_iter().map(|entry| field(entry, terms));
        let implied = file.implied.into_iter().map(implied);
        let folded = |text: &String| folded_title(text);
        let mut rules = ConversionRules {
            name: file.name,
            version: file.version,
            prefixes: file.prefixes.iter().map(folded).collect(),
            missing: file
                .missing
                .iter()
                .map(|text| text.to_lowercase())
                .collect(),
            template: file.template,
            ontology_versions: file.ontology_versions,
            fields: fields.collect::<Result<_, _>>()?,
            implied: implied.collect::<Result<_, _>>()?,
        };
        if let Some(base) = base {
            let kept = |text: &String| !file.kept.iter().any(|kept| kept.to_lowercase() == *text);
            rules.missing.extend(base.missing.into_iter().filter(kept));
            if rules.template.is_empty() {
                rules.template = base.template;
            }
            rules.fields.extend(base.fields);
            rules.implied.extend(base.implied);
            for (ontology, version) in base.ontology_versions {
                rules.ontology_versions.entry(ontology).or_insert(version);
            }
        }
        rules.fields.sort_by_key(|field| field.is_fallback);
        Ok(rules)
    }
}

fn path(text: &str) -> Result<FieldPath, RulesError> {
    FieldPath::parse(text).ok_or_else(|| RulesError::Target(text.to_owned()))
}

fn field(entry: FieldEntry, terms: &TermTables) -> Result<FieldRule, RulesError> {
    let target = path(&entry.target)?;
    let whole = |pattern: &String| {
        let whole = Regex::new(&format!("^(?:{pattern})$"));
        whole.map_err(|problem| RulesError::Pattern {
            target: entry.target.clone(),
            pattern: pattern.clone(),
            problem: problem.to_string(),
        })
    };
    let replacement = entry.replacement.clone().unwrap_or("$0".to_owned());
    let pattern = entry.pattern.as_ref().map(whole).transpose()?;
    let pattern = pattern.map(|whole| (whole, replacement));
    let ignored = entry.ignored.as_ref().map(whole).transpose()?;
    let look_up = entry.look_up.iter();
    let note_unless = entry.note_unless.iter().map(|text| path(text));
    Ok(FieldRule {
        value: value_type(&entry, terms)?,
        target,
        titles: entry
            .titles
            .iter()
            .map(|title| folded_title(title))
            .collect(),
        pattern,
        look_up: look_up
            .map(|(text, other)| (text.to_lowercase(), other.clone()))
            .collect(),
        expected: entry.expected,
        ignored,
        is_fallback: entry.fallback || entry.less_precise,
        is_less_precise: entry.less_precise,
        is_for_untaken: entry.untaken,
        note: entry.note,
        note_unless: note_unless.collect::<Result<_, _>>()?,
    })
}

fn value_type(entry: &FieldEntry, terms: &TermTables) -> Result<ValueType, RulesError> {
    let target = || entry.target.clone();
    let needs = |value, needs| RulesError::Needs {
        target: target(),
        value,
        needs,
    };
    if let Some(name) = entry.tables.iter().find(|name| !terms.has(name)) {
        return Err(RulesError::Table {
            target: target(),
            name: name.clone(),
            known: terms.names().join(", "),
        });
    }
    let unknown = |name: &&String| TermOntology::named(name).is_none();
    if let Some(name) = entry.ontologies.iter().find(unknown) {
        return Err(RulesError::TermOntology {
            target: target(),
            name: name.clone(),
            known: ONTOLOGIES.map(|ontology| ontology.prefix).join(", "),
        });
    }
    Ok(match entry.value {
        ValueName::Text => ValueType::Text,
        ValueName::Url => ValueType::Url,
        ValueName::Page => ValueType::Page,
        ValueName::List => ValueType::List,
        ValueName::Assembly => ValueType::Assembly,
        ValueName::Choice if entry.choices.is_empty() => return Err(needs("choice", "choices")),
        ValueName::Choice => ValueType::Choice(entry.choices.clone()),
        ValueName::Term if entry.ontologies.is_empty() => return Err(needs("term", "ontologies")),
        ValueName::Term => ValueType::Term {
            tables: entry.tables.clone(),
            ontologies: entry
                .ontologies
                .iter()
                .map(|name| name.to_uppercase())
                .collect(),
        },
        ValueName::Name if entry.tables.is_empty() => return Err(needs("name", "tables")),
        ValueName::Name => ValueType::Name(entry.tables.clone()),
        ValueName::Checksum => match &entry.method {
            Some(method) => ValueType::Checksum(method.clone()),
            None => return Err(needs("checksum", "method")),
        },
    })
}

fn implied(entry: ImpliedEntry) -> Result<ImpliedRule, RulesError> {
    let target = path(&entry.target)?;
    let category = target.category;
    let same = |text: &String| -> Result<FieldPath, RulesError> {
        let other = path(text)?;
        match other.category == category {
            true => Ok(other),
            false => Err(RulesError::OtherObject {
                target: entry.target.clone(),
                other: text.clone(),
                category: category.name(),
            }),
        }
    };
    let value = match (&entry.set, &entry.copy, entry.empty) {
        (Some(text), None, false) => ImpliedValue::Set(text.clone()),
        (None, Some(other), false) => ImpliedValue::Copy(same(other)?),
        (None, None, true) => ImpliedValue::Empty,
        _ => {
            let target = entry.target;
            return Err(RulesError::SetOrCopy { target });
        }
    };
    Ok(ImpliedRule {
        when: entry.when.as_ref().map(same).transpose()?,
        is: entry.is.clone(),
        unless: entry.unless.iter().map(same).collect::<Result<_, _>>()?,
        instead_of: entry.instead_of.clone(),
        target,
        value,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        let terms = TermTables::built_in().unwrap();
        let rules = format!("name = \"x\"\nversion = \"1\"\n{text}");
        ConversionRules::read(&rules, &terms)
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn the_rules_of_the_tool_are_rules() {
        let terms = TermTables::built_in().unwrap();
        for kind in MetadataSource::ALL {
            let rules = ConversionRules::of_source(kind, &terms).unwrap();
            assert_eq!(rules.name, kind.name());
        }
    }

    #[test]
    fn rules_extend_others_and_go_before_them() {
        let terms = TermTables::built_in().unwrap();
        let text = "name = \"x\"\nversion = \"1\"\nextends = \"table\"\n[[field]]\ntarget = \"tracks.local_id\"\ntitles = [\"name\"]\n";
        let rules = ConversionRules::read(text, &terms).unwrap();
        let table = ConversionRules::of_source(MetadataSource::Table, &terms).unwrap();
        assert_eq!(rules.fields.len(), table.fields.len() + 1);
        assert_eq!(rules.fields[0].titles, ["name"]);
        assert_eq!(rules.ontology_versions, table.ontology_versions);
        assert!(
            problem("extends = \"nothing\"\n")
                .starts_with("found the rules `nothing` to extend, expected one of table, hub")
        );
    }

    #[test]
    fn faults_of_rules_are_named() {
        assert!(
            problem("[[field]]\ntarget = \"tracks.x\"\nvalues = 1\n")
                .contains("unknown field `values`")
        );
        assert_eq!(
            problem("[[field]]\ntarget = \"x\"\n"),
            "found the target `x`, expected a category and a field, such as `samples.species_id`"
        );
        assert!(
            problem("[[field]]\ntarget = \"tracks.x\"\npattern = \"(\"\n")
                .starts_with("field `tracks.x`: found the pattern `(`")
        );
        assert_eq!(
            problem("[[field]]\ntarget = \"tracks.x\"\nvalue = \"checksum\"\n"),
            "field `tracks.x`: found no `method`, which the value `checksum` needs"
        );
        assert!(
            problem("[[field]]\ntarget = \"tracks.x\"\ntables = [\"cells\"]\n").starts_with(
                "field `tracks.x`: found the table `cells`, expected one of abnormal_cells,"
            )
        );
        assert_eq!(
            problem("[[implied]]\ntarget = \"tracks.x\"\n"),
            "implied `tracks.x`: expected one of `set`, `copy` and `empty`"
        );
        assert_eq!(
            problem("[[implied]]\ntarget = \"tracks.x\"\ncopy = \"samples.y\"\n"),
            "implied `tracks.x`: found `samples.y`, a field of other objects, expected one of tracks"
        );
    }
}
