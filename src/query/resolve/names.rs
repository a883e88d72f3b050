//! The names of categories and columns.

use super::Resolver;
use crate::query::error::{QueryError, QueryFault, Span};
use crate::query::nearest::nearest;
use crate::query::plan::Plan;

/// Columns of a category's table besides `content`.
const DATABASE_COLUMNS: [&str; 8] = [
    "id",
    "object_type_id",
    "ctid",
    "tableoid",
    "xmin",
    "xmax",
    "cmin",
    "cmax",
];

/// Words that stand for a value of the session, not for a name.
const DATABASE_VALUES: [&str; 11] = [
    "current_user",
    "current_role",
    "current_catalog",
    "current_schema",
    "current_date",
    "current_time",
    "current_timestamp",
    "localtime",
    "localtimestamp",
    "session_user",
    "user",
];

impl Resolver<'_> {
    /// `category.content`: the only column that metadata have.
    pub(super) fn content(&self, names: &[String], span: &Span) -> Result<Plan, QueryError> {
        let wrong = |message: String| self.error(span, QueryFault::Name, message);
        let known = || self.categories.join(", ");
        match names {
            [category, column] if column == "content" => {
                let place = self.categories.iter().position(|known| known == category);
                place
                    .map(Plan::Content)
                    .ok_or_else(|| self.unknown_category(category, span))
            }
            [category, column]
                if self.categories.contains(category)
                    && DATABASE_COLUMNS.contains(&column.as_str()) =>
            {
                let what = format!("`{category}.{column}`, a number of the database, is");
                let hint = format!("an object is known by {category}.content->>'local_id'");
                Err(self.not_supported(span, &what).hint(hint))
            }
            [name] if DATABASE_VALUES.contains(&name.as_str()) => {
                let what = format!("`{name}`, which says nothing of the metadata, is");
                Err(self.not_supported(span, &what))
            }
            [category, column] if self.categories.contains(category) => Err(wrong(format!(
                "`{category}` has no column `{column}`, expected `{category}.content`"
            ))),
            [column] if column == "content" => {
                let first = self.categories.first().map_or("tracks", String::as_str);
                Err(wrong("found `content` without a category".to_owned())
                    .hint(format!("name the category: {first}.content")))
            }
            [category] if self.categories.contains(category) => Err(wrong(format!(
                "found `{category}` alone, expected `{category}.content`"
            ))
            .hint(format!(
                "an attribute is written {category}.content->'name'"
            ))),
            _ => {
                let name = &self.text[span.clone()];
                let error = wrong(format!(
                    "there is no name {name}, expected category.content"
                ));
                if name.contains(['‘', '’', '‚', '“', '”', '„', '«', '»']) {
                    let hint = "these are a text editor's quotes; a value stands in straight single quotes: 'hg38'";
                    return Err(error.hint(hint));
                }
                Err(match name.strip_prefix('"') {
                    Some(value) => error.hint(format!(
                        "double quotes make a name; a value stands in single quotes: '{}'",
                        value.trim_end_matches('"')
                    )),
                    None => error.hint(format!("the categories are {}", known())),
                })
            }
        }
    }

    fn unknown_category(&self, category: &str, span: &Span) -> QueryError {
        let message = format!(
            "there is no category `{category}`, expected one of {}",
            self.categories.join(", ")
        );
        let error = self.error(span, QueryFault::Name, message);
        match nearest(category, self.categories.iter().map(String::as_str)) {
            Some(meant) => error.hint(format!("did you mean {meant}.content?")),
            None => error,
        }
    }
}
