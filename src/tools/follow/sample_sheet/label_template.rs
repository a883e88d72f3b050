//! Templates of labels, such as `{cell_or_tissue} {assay} {donor}`.

use crate::cli::Failure;
use crate::galaxy::dataset_file::DatasetFile;
use crate::galaxy::sample_sheet::{COLUMNS, MetadataRow};

/// The name that stands for the element identifier of a result.
const IDENTIFIER: &str = "identifier";

/// A template of labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelTemplate {
    parts: Vec<LabelPart>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum LabelPart {
    Text(String),
    /// The title of a column.
    Column(&'static str),
    Identifier,
}

impl LabelTemplate {
    /// Reads a template: text, and titles of columns in braces.
    ///
    /// # Errors
    /// A name that is no title, with all titles; a brace without its partner.
    pub fn new(template: &str) -> Result<Self, Failure> {
        let wrong = |problem: String| Failure::usage("--label", problem);
        let unpaired = |brace: char| {
            wrong(format!(
                "found `{brace}` without its partner in `{template}`, expected names in braces, for example `{{cell_or_tissue}} {{assay}}`"
            ))
        };
        let mut parts = Vec::new();
        let mut rest = template;
        while let Some(at) = rest.find(['{', '}']) {
            if rest[at..].starts_with('}') {
                return Err(unpaired('}'));
            }
            parts.push(LabelPart::Text(rest[..at].to_owned()));
            let inner = &rest[at + 1..];
            let Some(end) = inner
                .find(['{', '}'])
                .filter(|end| inner[*end..].starts_with('}'))
            else {
                return Err(unpaired('{'));
            };
            parts.push(part(&inner[..end]).map_err(wrong)?);
            rest = &inner[end + 1..];
        }
        parts.push(LabelPart::Text(rest.to_owned()));
        Ok(LabelTemplate { parts })
    }

    /// The label of a result, with single blanks; the element identifier where the template gives nothing for it.
    pub fn label(&self, row: &MetadataRow, result: &DatasetFile) -> String {
        let mut label = String::new();
        let mut has_value = false;
        for part in &self.parts {
            let value = match part {
                LabelPart::Text(text) => {
                    label.push_str(text);
                    continue;
                }
                LabelPart::Column(title) => row.value(title).unwrap_or_default(),
                LabelPart::Identifier => &result.given_identifier,
            };
            has_value |= !value.is_empty();
            label.push_str(value);
        }
        if !has_value {
            return result.given_identifier.clone();
        }
        let words: Vec<&str> = label.split_whitespace().collect();
        words.join(" ")
    }
}

/// The part that a name stands for.
fn part(name: &str) -> Result<LabelPart, String> {
    let name = name.trim();
    if name == IDENTIFIER {
        return Ok(LabelPart::Identifier);
    }
    let mut titles = COLUMNS.iter().map(|(title, _)| *title);
    match titles.find(|title| *title == name) {
        Some(title) => Ok(LabelPart::Column(title)),
        None => {
            let titles: Vec<&str> = COLUMNS.iter().map(|(title, _)| *title).collect();
            Err(format!(
                "found the name `{name}`, expected {IDENTIFIER}, {}",
                titles.join(", ")
            ))
        }
    }
}
