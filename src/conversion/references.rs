//! The references between objects.

use crate::fairtracks::category::Category;

/// Category and key of each reference, the category of its object, and the word for it.
pub(super) const REFERENCES: [(Category, &str, Category, &str); 3] = [
    (
        Category::Tracks,
        "experiment_ref",
        Category::Experiments,
        "experiment",
    ),
    (
        Category::Experiments,
        "sample_ref",
        Category::Samples,
        "sample",
    ),
    (
        Category::Experiments,
        "study_ref",
        Category::Studies,
        "study",
    ),
];
