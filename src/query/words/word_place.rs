//! Where words are looked for.

use super::existing_values::ExistingValues;
use super::subject_attributes::attributes_of;
use crate::fairtracks::attribute::Attribute;
use crate::fairtracks::category::Category;
use crate::vocabulary::Subject;

/// Where the words of a condition are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WordPlace {
    /// In the attributes of subjects.
    Subjects(Vec<Subject>),
    /// In one attribute.
    Attribute(Attribute),
    /// In all attributes.
    Anywhere,
}

impl WordPlace {
    /// The place of a name: a subject such as `assay`, or an attribute such as `samples->sample_type->summary`.
    ///
    /// # Errors
    /// A sentence that lists the subjects.
    pub fn named(name: &str) -> Result<Self, String> {
        if name.trim() == "cell_or_tissue" {
            return Ok(WordPlace::Subjects(vec![Subject::Cell, Subject::Tissue]));
        }
        if let Some(subject) = Subject::named(name) {
            return Ok(WordPlace::Subjects(vec![subject]));
        }
        if name.trim() == "anywhere" {
            return Ok(WordPlace::Anywhere);
        }
        Attribute::parse(name).map(WordPlace::Attribute).map_err(|_| {
            let subjects = Subject::ALL.map(Subject::name).join(", ");
            format!(
                "found the attribute `{name}`, expected one of {subjects}, anywhere, or a path such as samples->sample_type->summary"
            )
        })
    }

    /// The attributes, those that people read first.
    pub fn attributes(&self, values: &ExistingValues) -> Vec<Attribute> {
        match self {
            WordPlace::Subjects(subjects) => subjects
                .iter()
                .flat_map(|one| attributes_of(*one))
                .collect(),
            WordPlace::Attribute(attribute) => vec![attribute.clone()],
            // The versions of ontologies and schemas are those of all tracks.
            WordPlace::Anywhere => values
                .attributes()
                .filter(|attribute| attribute.category != Category::DocInfo)
                .filter(|attribute| attribute.path.iter().all(|key| key != "@schema"))
                .collect(),
        }
    }

    /// The name in explanations.
    pub fn name(&self) -> String {
        match self {
            WordPlace::Subjects(subjects) => {
                let names: Vec<&str> = subjects.iter().map(|subject| subject.name()).collect();
                names.join(" or ")
            }
            WordPlace::Attribute(attribute) => attribute.to_string(),
            WordPlace::Anywhere => "any attribute".to_owned(),
        }
    }
}
