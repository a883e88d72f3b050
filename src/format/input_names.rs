//! The names that a Galaxy user knows the inputs by, out of the JSON of `<inputs data_style="…"/>`.

use serde::Deserialize;

#[derive(Deserialize)]
struct Form {
    documents: Vec<Input>,
}

#[derive(Deserialize)]
struct Input {
    element_identifier: String,
}

/// The names of the documents, in the order of the form.
///
/// # Errors
/// What is wrong with the JSON.
pub fn read(bytes: &[u8]) -> Result<Vec<String>, serde_json::Error> {
    let form: Form = serde_json::from_slice(bytes)?;
    let names = form.documents.into_iter();
    Ok(names.map(|input| input.element_identifier).collect())
}
