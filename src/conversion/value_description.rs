//! The types of values in words, for notes and overviews.

use super::terms::TermTables;
use super::value_type::ValueType;
use crate::genome::assembly;

impl ValueType {
    /// Its name as rules have it.
    pub fn name(&self) -> &'static str {
        match self {
            ValueType::Text => "text",
            ValueType::Url => "url",
            ValueType::Page => "page",
            ValueType::Choice(_) => "choice",
            ValueType::List => "list",
            ValueType::Term { .. } => "term",
            ValueType::Name(_) => "name",
            ValueType::Assembly => "assembly",
            ValueType::Checksum(_) => "checksum",
        }
    }

    /// What a cell can hold.
    pub fn description(&self) -> String {
        match self {
            ValueType::Text => "a text".to_owned(),
            ValueType::Url => "a URL of http, https, ftp or rsync".to_owned(),
            ValueType::Page => "a URL of http, https or ftp".to_owned(),
            ValueType::Choice(choices) => format!("one of {}", choices.join(", ")),
            ValueType::List => "texts with `;` between them".to_owned(),
            ValueType::Term { ontologies, .. } => {
                format!("a label, a synonym or an id of {}", ontologies.join(" or "))
            }
            ValueType::Name(tables) => format!("a name or an id ({})", tables.join(", ")),
            ValueType::Assembly => "a name or an accession of a genome assembly".to_owned(),
            ValueType::Checksum(method) => format!("hexadecimal digits ({method})"),
        }
    }

    /// The values that a user can choose from; none where there are too many or any text will do.
    pub fn values(&self, terms: &TermTables) -> Vec<String> {
        match self {
            ValueType::Choice(choices) => choices.clone(),
            ValueType::Term { tables, .. } | ValueType::Name(tables) => terms.labels(tables),
            ValueType::Assembly => {
                let keys = assembly::keys();
                keys.into_iter().map(str::to_owned).collect()
            }
            ValueType::Text
            | ValueType::Url
            | ValueType::Page
            | ValueType::List
            | ValueType::Checksum(_) => Vec::new(),
        }
    }
}
