//! The objects of a document as a search reads them: only what the query and the joins look at.

use serde_json::Value as Json;

use super::syntax::{Expression, ExpressionKind};
use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::fairtracks::subset::REFERENCES;

/// The members of a document's objects that a query and the joins look at, read without the others.
pub struct PickedObjects<'d> {
    pub(super) document: &'d Document,
    /// The objects of each category; `None` where the query looks at whole objects.
    pub(super) categories: Vec<(Category, Option<Vec<Json>>)>,
}

impl<'d> PickedObjects<'d> {
    /// Reads what `query` looks at in some categories of a document, and what joins them.
    pub fn of(document: &'d Document, chosen: &[Category], query: &Expression) -> Self {
        let pick = |category: Category| {
            let mut keys = Vec::new();
            if category.is_single() || !add_keys(query, category.name(), &mut keys) {
                return (category, None);
            }
            for (from, attribute, to) in REFERENCES {
                keys.extend((from == category).then_some(attribute));
                keys.extend((to == category).then_some("local_id"));
            }
            let objects = document.list(category).iter();
            (
                category,
                Some(objects.map(|object| object.pick(&keys)).collect()),
            )
        };
        PickedObjects {
            document,
            categories: chosen.iter().copied().map(pick).collect(),
        }
    }
}

/// Adds the keys of the members that an expression looks at in the objects of a category; whether there is nothing else that it looks
/// at.
fn add_keys<'q>(expression: &'q Expression, category: &str, keys: &mut Vec<&'q str>) -> bool {
    let is_object = |expression: &Expression| match &expression.kind {
        ExpressionKind::Name(names) => names.first().is_none_or(|name| name == category),
        _ => false,
    };
    if let ExpressionKind::Operator { sign, sides, .. } = &expression.kind
        && (sign == "->" || sign == "->>")
        && let ExpressionKind::Text(key) = &sides[1].kind
        && is_object(&sides[0])
    {
        keys.push(key);
        return true;
    }
    let mut parts = expression.parts().into_iter();
    !is_object(expression) && parts.all(|part| add_keys(part, category, keys))
}
