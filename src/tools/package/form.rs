//! The form of `fairtracks_package`, as Galaxy hands it over.

use serde::{Deserialize, Deserializer};

use crate::ro_crate::credits::Credits;

/// The fields of the form that have no command line option.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct PackageForm {
    /// The title.
    #[serde(default, deserialize_with = "text")]
    pub title: String,
    #[serde(default, deserialize_with = "text")]
    creator_name: String,
    #[serde(default, deserialize_with = "text")]
    creator_orcid: String,
    #[serde(default, deserialize_with = "text")]
    licence: String,
    /// The section with further facts about the crate.
    #[serde(default)]
    pub about: AboutSection,
}

/// Further facts about the crate.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct AboutSection {
    /// The description.
    #[serde(default, deserialize_with = "text")]
    pub description: String,
    /// Words to find it by, with commas between them.
    #[serde(default, deserialize_with = "text")]
    pub keywords: String,
    #[serde(default)]
    creators: Vec<Creator>,
    #[serde(default, deserialize_with = "text")]
    organisation_name: String,
    #[serde(default, deserialize_with = "text")]
    organisation_ror: String,
    #[serde(default)]
    funding: Vec<Funder>,
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
        let further = self.about.creators.iter();
        Credits {
            creator_name: self.creator_name.clone(),
            creator_orcid: self.creator_orcid.clone(),
            further_creators: further
                .map(|one| (one.name.clone(), one.orcid.clone()))
                .collect(),
            organisation_name: self.about.organisation_name.clone(),
            organisation_ror: self.about.organisation_ror.clone(),
            licence: self.licence.clone(),
        }
    }

    /// The funders as typed, without empty ones.
    pub fn funding(&self) -> Vec<String> {
        let funders = self.about.funding.iter().map(|one| one.funder.trim());
        let funders = funders.filter(|funder| !funder.is_empty());
        funders.map(str::to_owned).collect()
    }
}
