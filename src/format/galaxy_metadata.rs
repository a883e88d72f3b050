//! `galaxy.json`: what a tool tells Galaxy about its outputs that only it knows.

use serde_json::json;

/// Tells Galaxy the columns of a table whose output has this name in the wrapper.
///
/// Galaxy reads the number of columns from the lines that are no comments, so for a table of titles alone it has
/// to be told.
pub fn table_columns(output: &str, titles: &[String]) -> String {
    let types = vec!["str"; titles.len()];
    let metadata = json!({"column_names": titles, "columns": titles.len(), "column_types": types});
    json!({ output: {"metadata": metadata} }).to_string()
}
