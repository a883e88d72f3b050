//! `@schema`: the schema that an object claims to follow.

use crate::fairtracks::fields::{Fields, Presence};
use crate::fairtracks::objects::schema::url;
use crate::fairtracks::values::text;

/// Checks the `@schema` of an object below the top, where it is optional.
pub fn check(fields: &mut Fields<'_, '_>, name: &str) {
    fields.text(Presence::Optional, "@schema", text::exactly(url(name)));
}
