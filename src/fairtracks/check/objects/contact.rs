//! Who to ask about a study or a collection.

use super::schema;
use crate::fairtracks::fields::{Fields, Presence, must};
use crate::fairtracks::values::curie::{self, Curie};
use crate::fairtracks::values::text;

/// A person or an organisation; the standard does not say which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedContact<'d> {
    /// The name.
    pub name: Option<&'d str>,
    /// The address, whose key is `e-mail`.
    pub e_mail: Option<&'d str>,
    /// The person's ORCID.
    pub orcid: Option<Curie>,
}

impl<'d> CheckedContact<'d> {
    /// Reads `contact`.
    pub fn read(fields: &mut Fields<'d, '_>) -> Self {
        schema::check(fields, "fairtracks_contact");
        if !fields.has("e-mail") && !fields.has("orcid") {
            let hint = "say how to reach the contact";
            let what = "no `e-mail` and no `orcid`".to_owned();
            fields.report(None, what, must("the member `e-mail` or `orcid`", hint));
        }
        CheckedContact {
            name: fields.text(Presence::Required, "name", text::plain),
            e_mail: fields.text(Presence::Optional, "e-mail", text::e_mail),
            orcid: fields.text(Presence::Optional, "orcid", curie::checked(&["orcid"])),
        }
    }
}
