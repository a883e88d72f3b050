//! `@schema`: which schema an object says that it follows.

use crate::fairtracks::fields::{Fields, Presence};
use crate::fairtracks::values::text;

/// Where the schemas of FAIRtracks version 1 are, in the spelling that documents have to use.
const SCHEMAS: &str =
    "https://raw.githubusercontent.com/fairtracks/fairtracks_standard/v1/current/json/schema";

/// The URL of a schema of version 1.
pub fn url(name: &str) -> String {
    format!("{SCHEMAS}/{name}.schema.json")
}

/// Checks the `@schema` of an object below the top, where it may be left out.
pub fn check(fields: &mut Fields<'_, '_>, name: &str) {
    fields.text(Presence::Optional, "@schema", text::exactly(url(name)));
}
