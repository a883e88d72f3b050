//! The result as an entity of its crate.

use super::ResultCrateInput;
use crate::ro_crate::Crate;
use crate::ro_crate::common_entities::DOCUMENT_FILE;
use crate::ro_crate::data_file::data_file;
use crate::ro_crate::entities::{File, References};

/// Adds the result with its properties.
pub fn add(input: &ResultCrateInput<'_>, crate_: &mut Crate) {
    let sources: Vec<&String> = input.trace.proven.keys().collect();
    let result = data_file(&input.result.id_in_crate(), input.result, crate_);
    crate_.add(result.set(&File {
        is_based_on: References::from(&sources).into(),
        subject_of: input.document.map(|_| DOCUMENT_FILE).into(),
        ..File::default()
    }));
}
