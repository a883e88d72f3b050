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
    /// A name that is no title, with all titles; a brace without its partner; no name at all.
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
        if parts.is_empty() {
            return Err(wrong(format!(
                "found no name in braces in `{template}`, expected at least one, for example `{{cell_or_tissue}} {{assay}}`"
            )));
        }
        parts.push(LabelPart::Text(rest.to_owned()));
        Ok(LabelTemplate { parts })
    }

    /// The label of a result, with single blanks and `_` for slashes; the element identifier where the template gives nothing
    /// for it. Brackets and separators around missing values are left out.
    pub fn label(&self, row: &MetadataRow, result: &DatasetFile) -> String {
        let mut pieces = Vec::new();
        for part in &self.parts {
            let value = match part {
                LabelPart::Text(text) => {
                    pieces.extend(text.chars().map(LabelPiece::Sign));
                    continue;
                }
                LabelPart::Column(title) => row.value(title).unwrap_or_default(),
                LabelPart::Identifier => &result.given_identifier,
            };
            pieces.push(match value.trim() {
                "" => LabelPiece::Missing,
                value => LabelPiece::Value(value),
            });
        }
        let is_value = |piece: &LabelPiece<'_>| matches!(piece, LabelPiece::Value(_));
        if !pieces.iter().any(is_value) {
            return result.given_identifier.clone();
        }
        let label = without_gaps(pieces).replace(['/', '\\'], "_");
        let words: Vec<&str> = label.split_whitespace().collect();
        words.join(" ")
    }
}

/// A piece of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LabelPiece<'v> {
    /// A character of the template.
    Sign(char),
    Value(&'v str),
    /// A name without a value.
    Missing,
}

const BRACKETS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('<', '>')];

impl LabelPiece<'_> {
    /// Whether the piece only separates others.
    fn is_separator(&self) -> bool {
        match self {
            LabelPiece::Sign(sign) => {
                !sign.is_alphanumeric()
                    && BRACKETS
                        .iter()
                        .all(|pair| pair.0 != *sign && pair.1 != *sign)
            }
            LabelPiece::Value(_) => false,
            LabelPiece::Missing => true,
        }
    }

    fn opens(&self) -> bool {
        matches!(self, LabelPiece::Sign(sign) if BRACKETS.iter().any(|pair| pair.0 == *sign))
    }

    fn closes(&self) -> bool {
        matches!(self, LabelPiece::Sign(sign) if BRACKETS.iter().any(|pair| pair.1 == *sign))
    }
}

/// The text of pieces, without the brackets that hold nothing else than missing values and without the separators before these.
fn without_gaps(pieces: Vec<LabelPiece<'_>>) -> String {
    let mut kept: Vec<LabelPiece<'_>> = Vec::new();
    for piece in pieces {
        let open = kept.iter().rposition(|piece| !piece.is_separator());
        let open = open.filter(|at| piece.closes() && kept[*at].opens());
        match open {
            Some(at) if kept[at..].contains(&LabelPiece::Missing) => {
                kept.truncate(at);
                kept.push(LabelPiece::Missing);
            }
            _ => kept.push(piece),
        }
    }
    let mut text = String::new();
    let mut at = 0;
    while at < kept.len() {
        let separators = kept[at..].iter().take_while(|piece| piece.is_separator());
        let end = at + separators.count();
        if end > at {
            let before = at.checked_sub(1).map(|before| kept[before]);
            let after = kept.get(end).copied();
            text.push_str(&separator(&kept[at..end], before, after));
        }
        match kept.get(end) {
            Some(LabelPiece::Sign(sign)) => text.push(*sign),
            Some(LabelPiece::Value(value)) => text.push_str(value),
            Some(LabelPiece::Missing) | None => {}
        }
        at = end + 1;
    }
    text
}

/// What is left of separators between two pieces: those before the first missing value, else those after the last one; a blank
/// before a bracket, and nothing at the ends of a label or of brackets.
fn separator(
    run: &[LabelPiece<'_>],
    before: Option<LabelPiece<'_>>,
    after: Option<LabelPiece<'_>>,
) -> String {
    let signs = |run: &[LabelPiece<'_>]| {
        let signs = run.iter().filter_map(|piece| match piece {
            LabelPiece::Sign(sign) => Some(*sign),
            _ => None,
        });
        signs.collect::<String>()
    };
    if !run.contains(&LabelPiece::Missing) {
        return signs(run);
    }
    match (before, after) {
        (None, _) | (_, None) => String::new(),
        (Some(before), _) if before.opens() => String::new(),
        (_, Some(after)) if after.closes() => String::new(),
        (_, Some(after)) if after.opens() => " ".to_owned(),
        _ => {
            let mut parts = run.split(|piece| *piece == LabelPiece::Missing).map(signs);
            parts.find(|signs| !signs.is_empty()).unwrap_or_default()
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of a template whose names have these values.
    fn text(template: &str, values: &[&str]) -> String {
        let mut values = values.iter();
        let mut pieces = Vec::new();
        for sign in template.chars() {
            pieces.push(match sign {
                '$' => match *values.next().unwrap() {
                    "" => LabelPiece::Missing,
                    value => LabelPiece::Value(value),
                },
                sign => LabelPiece::Sign(sign),
            });
        }
        without_gaps(pieces)
    }

    #[test]
    fn missing_values_leave_no_signs_behind() {
        for (template, values, expected) in [
            ("$ [$] ($)", ["CD4", "", ""], "CD4"),
            ("$ [$] ($)", ["CD4", "", "x"], "CD4 (x)"),
            ("$ [$] ($)", ["CD4", "a", ""], "CD4 [a]"),
            ("$ [$] ($)", ["", "a", "b"], "[a] (b)"),
            ("$ - $ - $", ["a", "", "c"], "a - c"),
            ("$ - $ - $", ["", "", "c"], "c"),
            ("$, $ ($)", ["a", "", "c"], "a (c)"),
            ("$ ($, $)", ["a", "", "c"], "a (c)"),
            ("$ ($, $)", ["a", "b", ""], "a (b)"),
            ("$ ($, $)", ["a", "", ""], "a"),
            ("$, $ and $", ["a", "[] b", "c"], "a, [] b and c"),
            ("$$/$", ["a", "b", "c"], "ab/c"),
        ] {
            assert_eq!(text(template, &values), expected, "{template} {values:?}");
        }
    }

    #[test]
    fn a_template_without_a_name_is_refused() {
        let error = LabelTemplate::new("my label").unwrap_err().to_string();
        assert!(
            error.contains("found no name in braces in `my label`"),
            "{error}"
        );
    }
}
