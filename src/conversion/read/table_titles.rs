//! Titles that mean a field by the object that they name: the columns of databases and of nested records.
//!
//! | in a sheet | title | is read as |
//! |---|---|---|
//! | wide | `sample.species` | the title `species` of a sheet of samples |
//! | of one kind of object | `id` | its `local_id` |
//! | of tracks | `experiment_id` | `experiment_ref` |
//! | of experiments | `sample_id`, `study_id` | `sample_ref`, `study_ref` |
//!
//! A title that a rule reads stays as it is, and no field gets two columns in this way. A sheet of tracks with titles of other
//! objects, such as `sample.species` or `cell type`, is a wide one.

use crate::conversion::rules::ConversionRules;
use crate::conversion::sheet::{Sheet, category_of_name};
use crate::conversion::sheet_plan::SheetPlan;
use crate::fairtracks::category::Category;
use crate::text::folding::folded_title;

/// References between objects: the kind that has it, the title of it and its usual name in databases.
pub(super) const REFERENCES: [(Category, &str, &str, Category); 3] = [
    (
        Category::Tracks,
        "experiment_ref",
        "experiment_id",
        Category::Experiments,
    ),
    (
        Category::Experiments,
        "sample_ref",
        "sample_id",
        Category::Samples,
    ),
    (
        Category::Experiments,
        "study_ref",
        "study_id",
        Category::Studies,
    ),
];

/// Gives titles that no rule reads the names of the fields that they mean.
pub fn known_titles(sheet: &mut Sheet, rules: &ConversionRules) {
    let is_of_tracks = sheet.category == Some(Category::Tracks);
    if is_of_tracks {
        let unread = SheetPlan::of(sheet, rules).unread.into_iter();
        let mut unread = unread.map(|column| &sheet.titles[column]);
        if unread.any(|title| is_of_other(title, rules)) {
            sheet.category = None;
        }
    }
    let unread = SheetPlan::of(sheet, rules).unread;
    for column in unread {
        let title = &sheet.titles[column];
        let known = match sheet.category {
            None => of_object(title, rules),
            Some(category) => of_column(title, category),
        };
        if let Some(known) = known
            && !sheet
                .titles
                .iter()
                .any(|other| folded_title(other) == folded_title(&known))
        {
            sheet.titles[column] = known;
        }
    }
}

/// The path of the field that the words before the first dot and behind it mean together.
fn of_object(title: &str, rules: &ConversionRules) -> Option<String> {
    let (object, inner) = title.split_once('.')?;
    let is_word = object.chars().all(|c| c.is_alphanumeric() || c == '_');
    let category = category_of_name(object).filter(|_| is_word)?;
    let sheet = one_title(inner, Some(category));
    let plan = SheetPlan::of(&sheet, rules);
    let field = plan.fields.iter().find(|field| !field.rule.is_fallback);
    match field {
        // A wide sheet has the titles of tracks.
        Some(_) if category == Category::Tracks => Some(inner.to_owned()),
        Some(field) if field.labels.contains(&0) => {
            let (_, label) = field.rule.value.members()?;
            Some(field.rule.target.member(label).to_string())
        }
        Some(field) => Some(field.rule.target.to_string()),
        None => of_column(inner, category).map(|field| format!("{category}.{field}")),
    }
}

/// Whether a title that no rule reads in a sheet of tracks names a field of another object, by the name of the object or as the title
/// of a wide sheet.
fn is_of_other(title: &str, rules: &ConversionRules) -> bool {
    if of_column(title, Category::Tracks).is_some() {
        return false;
    }
    let object = title
        .split_once('.')
        .and_then(|(object, _)| category_of_name(object));
    match object {
        Some(category) => category != Category::Tracks && of_object(title, rules).is_some(),
        None => {
            let wide = one_title(title, None);
            let plan = SheetPlan::of(&wide, rules);
            let mut fields = plan.fields.iter();
            fields.any(|field| !field.rule.is_fallback)
        }
    }
}

/// A sheet of one title.
fn one_title(title: &str, category: Option<Category>) -> Sheet {
    Sheet {
        name: String::new().into(),
        category,
        row_word: "",
        lettered: 0,
        titles: vec![title.to_owned()],
        rows: Vec::new(),
    }
}

/// The title of a field of an object by its usual name in databases.
fn of_column(title: &str, category: Category) -> Option<String> {
    let folded = folded_title(title);
    if folded == "id" && !category.is_single() {
        return Some("local_id".to_owned());
    }
    let mut references = REFERENCES.iter();
    let found = references.find(|(of, _, name, _)| *of == category && *name == folded);
    found.map(|(_, reference, _, _)| (*reference).to_owned())
}
