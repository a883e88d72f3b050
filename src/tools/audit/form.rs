//! The form of the tool, as Galaxy hands it over.

use serde::Deserialize;

use super::criterion::{Criterion, CriterionError};

/// The fields of the form that have no command line option.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct AuditForm {
    /// The question.
    #[serde(default)]
    question: AuditQuestion,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct AuditQuestion {
    #[serde(default)]
    uses: Vec<UseField>,
}

#[derive(Debug, Clone, Deserialize)]
struct UseField {
    kind: String,
    #[serde(default)]
    value: Option<String>,
}

impl AuditForm {
    /// What results are asked for.
    ///
    /// # Errors
    /// An unknown kind, or a field without a value.
    pub fn criteria(&self) -> Result<Vec<Criterion>, CriterionError> {
        let uses = self.question.uses.iter();
        uses.map(|field| Criterion::new(&field.kind, field.value.as_deref().unwrap_or_default()))
            .collect()
    }
}
