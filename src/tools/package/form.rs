//! The form of `fairtracks_package`, as Galaxy hands it over.

use serde::{Deserialize, Deserializer};

use crate::cli::credits_form::typed;
use crate::ro_crate::credits::Credits;

/// The fields of the form that have no command line option.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct PackageForm {
    /// The title.
    #[serde(default, deserialize_with = "text")]
    pub title: String,
    /// The description.
    #[serde(default, deserialize_with = "text")]
    pub description: String,
    /// Words to find it by, with commas between them.
    #[serde(default, deserialize_with = "text")]
    pub keywords: String,
    #[serde(default)]
    funding: Vec<Funder>,
    #[serde(default)]
    creators: Vec<Creator>,
    #[serde(default, deserialize_with = "typed")]
    credits: Credits,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
struct Funder {
    #[serde(default, deserialize_with = "text")]
    funder: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
struct Creator {
    #[serde(default, deserialize_with = "text")]
    name: String,
    #[serde(default, deserialize_with = "text")]
    orcid: String,
}

/// Galaxy writes a field that was left empty as `null`.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

impl PackageForm {
    /// Creators, organisation and licence.
    pub fn credits(&self) -> Credits {
        let mut credits = self.credits.clone();
        let creators = self.creators.iter();
        credits
            .further_creators
            .extend(creators.map(|one| (one.name.clone(), one.orcid.clone())));
        credits
    }

    /// The funders as typed, without empty ones.
    pub fn funding(&self) -> Vec<String> {
        let funders = self.funding.iter().map(|one| one.funder.trim());
        let funders = funders.filter(|funder| !funder.is_empty());
        funders.map(str::to_owned).collect()
    }
}
