//! `galaxy.json`: metadata of outputs for Galaxy.

use std::path::Path;

use serde_json::{Map, Value as Json, json};

use crate::galaxy::output_names::OutputNames;
use crate::remote::site_settings;
use crate::text::controls::visible;

/// The most characters of the name of a dataset.
const LONGEST_NAME: usize = 255;

/// The name of a file of the job: where a job runs elsewhere, its files are found by exactly these names.
pub fn file_of_job(path: &Path) -> String {
    let path = path.strip_prefix(".").unwrap_or(path);
    path.to_string_lossy().into_owned()
}

/// The datatype of the crates in a collection, as the site sets it.
pub fn crate_datatype() -> String {
    // A tool reports faults of the settings at its start.
    let settings = site_settings().unwrap_or_default();
    settings.crate_datatype
}

/// Metadata of each output.
#[derive(Debug, Clone, Default)]
pub struct GalaxyMetadata {
    outputs: Map<String, Json>,
    unnamed: Vec<Json>,
    names: OutputNames,
}

impl GalaxyMetadata {
    /// Metadata of outputs of which users may have chosen the names.
    pub fn of(names: OutputNames) -> Self {
        GalaxyMetadata {
            names,
            ..Self::default()
        }
    }

    /// Sets the columns of a table whose output has this name in the wrapper.
    ///
    /// Galaxy reads the number of columns from the lines that are no comments, which a table of titles alone does not have.
    #[must_use]
    pub fn with_table(mut self, output: &str, titles: &[String]) -> Self {
        let types = vec!["str"; titles.len()];
        let metadata =
            json!({"column_names": titles, "columns": titles.len(), "column_types": types});
        self.set(output, "metadata", metadata);
        self
    }

    /// Sets what the history shows of the dataset of an output: its name, unless a user chose another, and the line in its info
    /// box, which takes the place of the messages of the tool.
    #[must_use]
    pub fn with_name(mut self, output: &str, name: &str, info: &str) -> Self {
        let name = self.names.chosen(output).unwrap_or(name);
        let name: String = visible(name).chars().take(LONGEST_NAME).collect();
        self.set(output, "name", name.into());
        self.set(output, "info", visible(info).into());
        self
    }

    /// Sets the genome build of the dataset of an output.
    #[must_use]
    pub fn with_genome_build(mut self, output: &str, dbkey: &str) -> Self {
        self.set(output, "dbkey", dbkey.into());
        self
    }

    /// The elements of the collection whose output has this name.
    #[must_use]
    pub fn with_elements(mut self, output: &str, elements: Vec<Json>) -> Self {
        self.set(output, "elements", elements.into());
        self
    }

    /// Sets the elements of a collection of crates: the file, element identifier and genome build of each.
    #[must_use]
    pub fn with_crates(self, output: &str, crates: &[(String, String, String)]) -> Self {
        let datatype = crate_datatype();
        let elements: Vec<Json> = crates
            .iter()
            .map(|(file, name, dbkey)| {
                let dbkey = if dbkey.is_empty() { "?" } else { dbkey };
                json!({"filename": file, "name": visible(name), "ext": datatype, "dbkey": dbkey})
            })
            .collect();
        self.with_elements(output, elements)
    }

    /// A list collection without an output in the wrapper.
    #[must_use]
    pub fn with_list(mut self, name: &str, elements: Vec<Json>) -> Self {
        self.unnamed.push(json!({
            "destination": {"type": "hdca"},
            "name": name,
            "collection_type": "list",
            "elements": elements,
        }));
        self
    }

    /// A collection that no output of the wrapper stands for: a sample sheet with these columns, each a title and a
    /// description. Each element has its cells in `row`, as [`MetadataRow::cells`] makes
    /// them.
    ///
    /// [`MetadataRow::cells`]: super::sample_sheet::MetadataRow::cells
    #[must_use]
    pub fn with_sample_sheet(
        mut self,
        name: &str,
        columns: &[(&str, &str)],
        elements: Vec<Json>,
    ) -> Self {
        let columns: Vec<Json> = columns
            .iter()
            .map(|(title, description)| {
                json!({"name": title, "type": "string", "description": description, "optional": false})
            })
            .collect();
        self.unnamed.push(json!({
            "destination": {"type": "hdca"},
            "name": name,
            "collection_type": "sample_sheet",
            "column_definitions": columns,
            "elements": elements,
        }));
        self
    }

    fn set(&mut self, output: &str, key: &str, value: Json) {
        let known = self.outputs.entry(output).or_insert_with(|| json!({}));
        known[key] = value;
    }

    /// The text of `galaxy.json`.
    pub fn write(mut self) -> String {
        if !self.unnamed.is_empty() {
            self.outputs
                .insert("__unnamed_outputs".to_owned(), self.unnamed.into());
        }
        Json::Object(self.outputs).to_string()
    }
}

/// A digest of an element, by the name that Galaxy has for the function: `MD5` or `SHA-256`.
pub fn hash(function: &str, value: &str) -> Json {
    json!({"hash_function": function, "hash_value": value})
}
