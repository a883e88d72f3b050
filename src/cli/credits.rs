//! Creator and licence options.

use clap::Args;

use crate::ro_crate::credits::Credits;

/// Creator and licence of the crates.
#[derive(Args, Clone)]
pub struct CreditArguments {
    /// Licence of the data, an SPDX identifier such as CC-BY-4.0 or a URL [default: none]
    #[arg(
        long,
        value_name = "LICENCE",
        default_value = "",
        hide_default_value = true
    )]
    licence: String,

    /// Name of the creator
    #[arg(
        long,
        value_name = "NAME",
        default_value = "",
        hide_default_value = true
    )]
    creator_name: String,

    /// ORCID of the creator
    #[arg(
        long,
        value_name = "ORCID",
        default_value = "",
        hide_default_value = true
    )]
    creator_orcid: String,

    /// Organisation of the creator
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
    /// The values of the options, or else those of the form.
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
