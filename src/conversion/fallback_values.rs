//! Values of fallback rules give way to values that another record of the same object states, in whatever order the records are.

use std::rc::Rc;

use serde_json::{Map, Value as Json};

use super::field_path::FieldPath;

/// The fields of an object whose values are of fallback rules.
pub(super) type FallbackFields = Vec<Rc<FieldPath>>;

/// Takes the values of fallback rules out of two descriptions of an object where the other one states a value.
pub(super) fn settle(
    (known, of_known): (&mut Map<String, Json>, &mut FallbackFields),
    (further, of_further): (&mut Map<String, Json>, &FallbackFields),
) {
    of_known.retain(|field| {
        let is_stated = field.get(further).is_some() && !of_further.contains(field);
        if is_stated {
            field.remove(known);
        }
        !is_stated
    });
    for field in of_further {
        match field.get(known) {
            Some(_) if !of_known.contains(field) => {
                field.remove(further);
            }
            Some(_) => {}
            None => of_known.push(field.clone()),
        }
    }
}
