//! The names of categories and columns.

use super::Resolver;
use crate::query::error::{QueryError, QueryFault, Span};
use crate::query::nearest::nearest;
use crate::query::plan::Plan;

/// Columns of a category's table besides `content`.
#[rustfmt::skip]
const DATABASE_COLUMNS: [&str; 8] = [
    "id", "object_type_id", "ctid", "tableoid", "xmin", "xmax", "cmin", "cmax",
];

/// Keywords for values of the session, not names.
#[rustfmt::skip]
const DATABASE_VALUES: [&str; 11] = [
    "current_user", "current_role", "current_catalog", "current_schema", "current_date", "current_time",
    "current_timestamp", "localtime", "localtimestamp", "session_user", "user",
];

impl Resolver<'_> {
    /// `category.content`: the only column of metadata.
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
                let what = format!("the database column `{category}.{column}` is");
                let hint = format!("use {category}.content->>'local_id' to identify an object");
                Err(self.not_supported(span, &what).hint(hint))
            }
            [name] if DATABASE_VALUES.contains(&name.as_str()) => {
                let what = format!("`{name}` is");
                Err(self.not_supported(span, &what))
            }
            [category, column] if self.categories.contains(category) => Err(wrong(format!(
                "`{category}` has no column `{column}`, expected `{category}.content`"
            ))),
            [column] if column == "content" => {
                let first = self.categories.first().map_or("tracks", String::as_str);
                Err(wrong("found `content` without a category".to_owned())
                    .hint(format!("add the category: {first}.content")))
            }
            [category] if self.categories.contains(category) => Err(wrong(format!(
                "found `{category}` alone, expected `{category}.content`"
            ))
            .hint(format!("write an attribute as {category}.content->'name'"))),
            _ => {
                let name = &self.text[span.clone()];
                let error = wrong(format!(
                    "found the unknown name {name}, expected a category, such as tracks.content"
                ));
                if name.contains(['‘', '’', '‚', '“', '”', '„', '«', '»']) {
                    let hint = "replace the typographic quotes by straight single quotes: 'hg38'";
                    return Err(error.hint(hint));
                }
                Err(match name.strip_prefix('"') {
                    Some(value) => error.hint(format!(
                        "double quotes mark a name; write a value in single quotes: '{}'",
                        value.trim_end_matches('"')
                    )),
                    None => error.hint(format!("the categories are {}", known())),
                })
            }
        }
    }

    fn unknown_category(&self, category: &str, span: &Span) -> QueryError {
        let message = format!(
            "found the unknown category `{category}`, expected one of {}",
            self.categories.join(", ")
        );
        let error = self.error(span, QueryFault::Name, message);
        match nearest(category, self.categories.iter().map(String::as_str)) {
            Some(meant) => error.hint(format!("did you mean {meant}.content?")),
            None => error,
        }
    }
}
