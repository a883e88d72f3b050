//! Attributes that are named as secrets, whatever their values look like.

use super::{Catalog, CatalogAttribute, CatalogValue, HubCatalog};
use crate::text::secrets::LEFT_OUT;
use crate::text::secrets::names::is_secret_name;

impl Catalog {
    /// Leaves out the values of attributes that are named as secrets, `api_key`, and of `value` where the `name` beside it is
    /// such a name. No condition reaches them any more. Values that are known for secrets by themselves stay, since a table
    /// shows them without, and a form has to leave them out.
    pub fn hide_named_secrets(&mut self) {
        for hub in &mut self.hubs {
            let hidden: Vec<usize> = (0..hub.attributes.len())
                .filter(|place| hub.is_named_secret(&hub.attributes[*place]))
                .collect();
            for place in hidden {
                let attribute = &mut hub.attributes[place];
                attribute.is_reachable = false;
                attribute.values = vec![CatalogValue {
                    text: LEFT_OUT.to_owned(),
                    tracks: attribute.tracks,
                }];
            }
        }
    }
}

impl HubCatalog {
    fn is_named_secret(&self, attribute: &CatalogAttribute) -> bool {
        let last = attribute.path.rsplit("->").next().unwrap_or_default();
        let names_a_secret = |known: &CatalogAttribute| {
            known.category == attribute.category
                && known.path.strip_suffix("name") == attribute.path.strip_suffix("value")
                && known.values.iter().any(|value| is_secret_name(&value.text))
        };
        is_secret_name(last) || last == "value" && self.attributes.iter().any(names_a_secret)
    }
}
