//! The texts of the Galaxy form, which travel in a file: metadata columns, the group column, reference tracks.

use serde::Deserialize;

use crate::text::json::{self, JsonKind};

/// The parameters of the form that hold texts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct OverlapForm {
    /// The metadata.
    #[serde(default)]
    pub metadata: MetadataForm,
}

/// The section on metadata.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct MetadataForm {
    /// The columns picked.
    #[serde(default)]
    columns: Option<Vec<String>>,
    /// Further columns by their paths, separated by commas or line breaks.
    #[serde(default)]
    more_columns: Option<String>,
    /// The column of groups, empty for none.
    #[serde(default)]
    group_by: Option<String>,
    /// The column of groups by its path.
    #[serde(default)]
    group_by_path: Option<String>,
    /// Reference tracks, one a line.
    #[serde(default)]
    reference: Option<String>,
}

impl MetadataForm {
    /// The metadata columns of the ranking.
    pub fn columns(&self) -> Vec<String> {
        let picked = self.columns.iter().flatten().cloned();
        picked
            .chain(listed(&self.more_columns, &[',', '\n']))
            .collect()
    }

    /// The column of groups.
    pub fn group_by(&self) -> Option<String> {
        let typed = self.group_by_path.iter().chain(&self.group_by);
        let typed = typed.map(|text| text.trim());
        typed
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
            .next()
    }

    /// The reference tracks.
    pub fn reference(&self) -> Vec<String> {
        listed(&self.reference, &['\n'])
    }
}

fn listed(text: &Option<String>, separators: &[char]) -> Vec<String> {
    let text = text.as_deref().unwrap_or_default();
    let items = text.split(separators).map(str::trim);
    items
        .filter(|item| !item.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Reads the form.
///
/// # Errors
/// The JSON is invalid.
pub fn read(bytes: &[u8]) -> Result<OverlapForm, serde_json::Error> {
    json::typed(bytes, JsonKind::Metadata)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn picked_and_typed_columns_are_all_there() {
        let form = br#"{"metadata": {"columns": ["assay"], "more_columns": "a->b, c->d\n", "group_by": "assay",
            "group_by_path": "", "reference": " t 1 \n\nt2"}}"#;
        let metadata = read(form).unwrap().metadata;
        assert_eq!(metadata.columns(), ["assay", "a->b", "c->d"]);
        assert_eq!(metadata.group_by().as_deref(), Some("assay"));
        assert_eq!(metadata.reference(), ["t 1", "t2"]);
        assert_eq!(read(b"{}").unwrap().metadata.group_by(), None);
    }
}
