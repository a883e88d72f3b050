//! Creator and licence options.

use clap::Args;

use crate::ro_crate::credits::Credits;

/// Creator and licence of the crates.
#[derive(Args, Clone)]
pub struct CreditArguments {
    /// Licence of the data, an SPDX identifier such as CC-BY-4.0 or a URL [default: none]
    #[arg(long, value_name = "LICENCE")]
    licence: Option<String>,

    /// Name of the creator
    #[arg(long, value_name = "NAME")]
    creator_name: Option<String>,

    /// ORCID of the creator
    #[arg(long, value_name = "ORCID")]
    creator_orcid: Option<String>,

    /// Organisation of the creator
    #[arg(long, value_name = "NAME")]
    organisation_name: Option<String>,

    /// ROR id of the organisation
    #[arg(long, value_name = "ROR")]
    organisation_ror: Option<String>,
}

impl CreditArguments {
    /// The values of the options, or else those of the form.
    pub fn or(self, form: Credits) -> Credits {
        let first = |one: Option<String>, other| one.filter(|one| !one.is_empty()).unwrap_or(other);
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
