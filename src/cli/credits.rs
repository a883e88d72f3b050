//! The options by which a tool is told of people and licence.

use clap::Args;

use crate::ro_crate::credits::Credits;

/// What is said of people and licence.
#[derive(Args, Clone)]
pub struct CreditArguments {
    /// Licence of the data, an SPDX identifier such as CC-BY-4.0 or an address [default: not stated]
    #[arg(
        long,
        value_name = "LICENCE",
        default_value = "",
        hide_default_value = true
    )]
    licence: String,

    /// Name of the person who does this
    #[arg(
        long,
        value_name = "NAME",
        default_value = "",
        hide_default_value = true
    )]
    creator_name: String,

    /// ORCID of the person
    #[arg(
        long,
        value_name = "ORCID",
        default_value = "",
        hide_default_value = true
    )]
    creator_orcid: String,

    /// Name of the person's organisation
    #[arg(
        long,
        value_name = "NAME",
        default_value = "",
        hide_default_value = true
    )]
    organisation_name: String,

    /// ROR id of the organisation
    #[arg(
        long,
        value_name = "ROR",
        default_value = "",
        hide_default_value = true
    )]
    organisation_ror: String,
}

impl CreditArguments {
    /// What was given here, and where nothing was, what the form says.
    pub fn or(self, form: Credits) -> Credits {
        let first = |one: String, other: String| if one.is_empty() { other } else { one };
        Credits {
            creator_name: first(self.creator_name, form.creator_name),
            creator_orcid: first(self.creator_orcid, form.creator_orcid),
            further_creators: form.further_creators,
            organisation_name: first(self.organisation_name, form.organisation_name),
            organisation_ror: first(self.organisation_ror, form.organisation_ror),
            licence: first(self.licence, form.licence),
        }
    }
}
