//! Title, creators and funding of the crate, from the options or else from the form.

use crate::cli::{self, Failure};
use crate::ro_crate::credits::{Credit, Credited, Credits};
use crate::ro_crate::full_crate::CrateHeading;
use crate::tools::package::form::PackageForm;

use super::arguments::PackageArguments;

pub fn heading(arguments: &PackageArguments) -> Result<CrateHeading, Failure> {
    let form: PackageForm = cli::form(arguments.form.as_deref(), "package form")?;
    let said = |option: &Option<String>, form: &str| {
        let text = option.as_deref().unwrap_or(form);
        // Names are shown on one line everywhere.
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let title = said(&arguments.title, &form.title);
    if title.is_empty() {
        let problem =
            "found none, expected the title of the crate, such as \"Peaks shared by K562 and H1\"";
        return Err(Failure::usage("--title", problem));
    }
    let mut credits = form.credits();
    let mut creators = arguments.creator.iter().map(|text| named(text));
    if let Some((name, orcid)) = creators.next() {
        credits.creator_name = name;
        credits.creator_orcid = orcid;
        credits.further_creators = creators.collect();
    }
    let mut replace = |option: &Option<String>, field: fn(&mut Credits) -> &mut String| {
        if let Some(text) = option {
            field(&mut credits).clone_from(text);
        }
    };
    replace(&arguments.organisation_name, |credits| {
        &mut credits.organisation_name
    });
    replace(&arguments.organisation_ror, |credits| {
        &mut credits.organisation_ror
    });
    replace(&arguments.licence, |credits| &mut credits.licence);
    let funding = match arguments.funding.as_slice() {
        [] => form.funding(),
        funding => funding.to_vec(),
    };
    let funders = funding.iter().enumerate();
    let funders = funders.map(|(number, text)| funder(text, number + 1));
    Ok(CrateHeading {
        description: said(&arguments.description, &form.about.description),
        keywords: said(&arguments.keywords, &form.about.keywords),
        credits: Credited::new(&credits)?,
        funders: funders.collect::<Result<_, _>>()?,
        title,
    })
}

/// A name and the text after the last semicolon.
fn named(text: &str) -> (String, String) {
    let (name, id) = text.rsplit_once(';').unwrap_or((text, ""));
    (name.trim().to_owned(), id.trim().to_owned())
}

/// A funder: an organisation by its ROR id, a URL, or its name only.
fn funder(text: &str, number: usize) -> Result<Credit, Failure> {
    let (name, id) = named(text);
    let is_address = id.starts_with("http") && !id.contains("ror.org/");
    if is_address && !id.contains(char::is_whitespace) && !name.is_empty() {
        return Ok(Credit { id, name });
    }
    let credits = Credits {
        organisation_name: name,
        organisation_ror: id,
        ..Credits::default()
    };
    let funder = credits
        .organisation()
        .map_err(|error| Failure::at("funding", error))?;
    let Some(mut funder) = funder else {
        return Err(Failure::at(
            "funding",
            "found no name, expected the name of the funder",
        ));
    };
    if funder.id.starts_with('#') {
        funder.id = format!("#funder-{number}");
    }
    Ok(funder)
}
