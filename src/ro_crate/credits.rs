//! Who did the work, and under which licence the data are: what crates say of people.

use thiserror::Error;

/// What is known of the person and organisation behind an import, and of the licence of the data. Nothing of it is
/// guessed; what is empty is not known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Credits {
    /// The name of the person.
    pub creator_name: String,
    /// The person's ORCID, as `0000-0002-1825-0097` or as its address.
    pub creator_orcid: String,
    /// Further people, in their order: name and ORCID.
    pub further_creators: Vec<(String, String)>,
    /// The name of the organisation.
    pub organisation_name: String,
    /// The organisation's ROR id, as `01xtthb56` or as its address.
    pub organisation_ror: String,
    /// The licence of the data, as an SPDX identifier such as `CC-BY-4.0` or as an address.
    pub licence: String,
}

/// What is wrong with a credit.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{field}: found `{found}`, expected {expected}")]
pub struct CreditError {
    field: &'static str,
    found: String,
    expected: &'static str,
}

/// A licence, person or organisation as an entity of a crate: its id and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// An address, or a name within the crate.
    pub id: String,
    /// What people call it.
    pub name: String,
}

const ORCID: &str = "https://orcid.org/";
const ROR: &str = "https://ror.org/";
const SPDX: &str = "https://spdx.org/licenses/";

impl Credits {
    /// The person, if one is named.
    ///
    /// # Errors
    /// An ORCID that is none, by its form or its check digit (ISO 7064), or one without a name.
    pub fn person(&self) -> Result<Option<Credit>, CreditError> {
        Credits::one(&self.creator_name, &self.creator_orcid, "#person")
    }

    /// All people that are named, each once, in their order.
    ///
    /// # Errors
    /// As of [`Credits::person`], of any of them.
    pub fn people(&self) -> Result<Vec<Credit>, CreditError> {
        let mut people: Vec<Credit> = self.person()?.into_iter().collect();
        for (number, (name, orcid)) in self.further_creators.iter().enumerate() {
            let id = match people.is_empty() {
                true => "#person".to_owned(),
                false => format!("#person-{}", number + 2),
            };
            let further = Credits::one(name, orcid, &id)?;
            let is_known = |one: &Credit| {
                let has_orcid = one.id.starts_with(ORCID);
                people
                    .iter()
                    .any(|known| known.id == one.id || !has_orcid && known.name == one.name)
            };
            people.extend(further.filter(|one| !is_known(one)));
        }
        Ok(people)
    }

    fn one(name: &str, orcid: &str, nameless: &str) -> Result<Option<Credit>, CreditError> {
        let (name, orcid) = (name.trim(), orcid.trim());
        if orcid.is_empty() {
            return Ok((!name.is_empty()).then(|| credit(nameless, name)));
        }
        let number = after(orcid, &[ORCID, "http://orcid.org/", "orcid:"]).to_uppercase();
        if !is_orcid(&number) {
            let expected = "an ORCID such as 0000-0002-1825-0097, with a valid check digit";
            return Err(wrong("ORCID", orcid, expected));
        }
        if name.is_empty() {
            return Err(wrong("creator", orcid, "a name before it: NAME; ORCID"));
        }
        Ok(Some(credit(&format!("{ORCID}{number}"), name)))
    }

    /// The organisation, if one is named.
    ///
    /// # Errors
    /// A ROR id that is none by its form, or one without a name.
    pub fn organisation(&self) -> Result<Option<Credit>, CreditError> {
        let (name, ror) = (self.organisation_name.trim(), self.organisation_ror.trim());
        if ror.is_empty() {
            return Ok((!name.is_empty()).then(|| credit("#organisation", name)));
        }
        let id = after(ror, &[ROR, "http://ror.org/", "ror.org/", "ror:"]).to_lowercase();
        let is_ror = id.len() == 9
            && id.starts_with('0')
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_ror {
            let expected =
                "nine characters that start with 0, such as 01xtthb56 (ror.org has a search)";
            return Err(wrong("ROR id", ror, expected));
        }
        if name.is_empty() {
            let expected = "the name that goes with the ROR id";
            return Err(wrong("name of the organisation", name, expected));
        }
        Ok(Some(credit(&format!("{ROR}{id}"), name)))
    }

    /// The licence, if one is given.
    ///
    /// # Errors
    /// A text that is neither an SPDX identifier, with a version or well known, nor a URL.
    pub fn licence(&self) -> Result<Option<Credit>, CreditError> {
        let licence = self.licence.trim();
        if licence.is_empty() {
            return Ok(None);
        }
        if let Some(name) = licence.strip_prefix(SPDX) {
            return Ok(Some(credit(licence, name)));
        }
        let is_address = ["https://", "http://"]
            .iter()
            .any(|start| licence.starts_with(start));
        if is_address && !licence.contains(char::is_whitespace) {
            return Ok(Some(credit(licence, licence)));
        }
        let is_spdx = |byte: u8| byte.is_ascii_alphanumeric() || b".-+".contains(&byte);
        let mut parts = licence.split('-').skip(1);
        let has_version = parts.any(|part| part.starts_with(|first: char| first.is_ascii_digit()));
        let is_known = UNVERSIONED
            .iter()
            .any(|id| id.eq_ignore_ascii_case(licence));
        if !licence.bytes().all(is_spdx) || !(has_version || is_known) {
            let expected = "an SPDX identifier such as CC-BY-4.0, or a URL";
            return Err(wrong("licence", licence, expected));
        }
        Ok(Some(credit(&format!("{SPDX}{licence}"), licence)))
    }
}

/// The SPDX identifier of a Creative Commons licence that is written as people do: `CC BY 4.0`, `CC0`.
pub fn creative_commons(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split([' ', '-', '_']).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let text = words.join("-").to_uppercase();
    if ["CC0", "CC-0", "CC0-1.0"].contains(&text.as_str()) {
        return Some("CC0-1.0".to_owned());
    }
    let (terms, version) = text.strip_prefix("CC-")?.rsplit_once('-')?;
    let is_known =
        CREATIVE_COMMONS.contains(&terms) && ["1.0", "2.0", "2.5", "3.0", "4.0"].contains(&version);
    is_known.then_some(text)
}

/// The terms of Creative Commons' licences.
const CREATIVE_COMMONS: [&str; 6] = ["BY", "BY-SA", "BY-ND", "BY-NC", "BY-NC-SA", "BY-NC-ND"];

/// Common SPDX identifiers without a version.
#[rustfmt::skip]
const UNVERSIONED: [&str; 14] = [
    "0BSD", "Beerware", "ICU", "JSON", "curl", "ISC", "MIT", "NCSA", "OpenSSL", "PostgreSQL", "Unlicense", "WTFPL", "X11", "Zlib",
];

fn credit(id: &str, name: &str) -> Credit {
    Credit {
        id: id.to_owned(),
        name: name.to_owned(),
    }
}

fn wrong(field: &'static str, found: &str, expected: &'static str) -> CreditError {
    CreditError {
        field,
        found: found.to_owned(),
        expected,
    }
}

fn after<'t>(text: &'t str, starts: &[&str]) -> &'t str {
    let rest = starts.iter().find_map(|start| text.strip_prefix(start));
    rest.unwrap_or(text).trim_end_matches('/')
}

/// Whether a text has the form of an ORCID and the right check digit (ISO 7064, MOD 11-2).
fn is_orcid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    if groups.len() != 4 || groups.iter().any(|group| group.len() != 4) {
        return false;
    }
    let digits: Vec<u32> = groups
        .concat()
        .chars()
        .enumerate()
        .filter_map(|(place, c)| match c {
            'X' if place == 15 => Some(10),
            c => c.to_digit(10),
        })
        .collect();
    let Some((check, rest)) = digits.split_last() else {
        return false;
    };
    let total = rest.iter().fold(0, |total, digit| (total + digit) * 2 % 11);
    digits.len() == 16 && (12 - total) % 11 == *check
}

/// Credits that are known to be well formed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Credited {
    /// Who did it, the first one first.
    pub people: Vec<Credit>,
    /// For which organisation.
    pub organisation: Option<Credit>,
    /// The licence of the data.
    pub licence: Option<Credit>,
}

impl Credited {
    /// Takes credits as they were typed.
    ///
    /// # Errors
    /// The first that has not the form it should have.
    pub fn new(credits: &Credits) -> Result<Self, CreditError> {
        Ok(Credited {
            people: credits.people()?,
            organisation: credits.organisation()?,
            licence: credits.licence()?,
        })
    }

    /// Those of the three that are unknown, which validators recommend.
    pub fn missing(&self) -> impl Iterator<Item = &'static str> + use<> {
        let creator = self.people.is_empty().then_some("creator");
        let organisation = self.organisation.is_none().then_some("organisation");
        let licence = self.licence.is_none().then_some("licence");
        [creator, organisation, licence].into_iter().flatten()
    }

    /// The same with the licence that a crate states, where none was given.
    #[must_use]
    pub fn or_licence(mut self, stated: Option<&Credit>) -> Self {
        self.licence = self.licence.or(stated.cloned());
        self
    }

    /// The id of who acted: the person, else the organisation.
    pub fn agent(&self) -> Option<&str> {
        let agent = self.people.first().or(self.organisation.as_ref());
        agent.map(|agent| agent.id.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credits(change: impl FnOnce(&mut Credits)) -> Credits {
        let mut credits = Credits {
            creator_name: "Josiah Carberry".to_owned(),
            organisation_name: "Brown University".to_owned(),
            ..Credits::default()
        };
        change(&mut credits);
        credits
    }

    #[test]
    fn people_and_organisations_go_by_their_ids_where_they_have_some() {
        for orcid in [
            "0000-0002-1825-0097",
            "https://orcid.org/0000-0002-1825-0097",
            "orcid:0000-0002-1825-0097",
        ] {
            let person = credits(|credits| credits.creator_orcid = orcid.to_owned()).person();
            assert_eq!(
                person.unwrap().unwrap().id,
                "https://orcid.org/0000-0002-1825-0097"
            );
        }
        assert_eq!(credits(|_| ()).person().unwrap().unwrap().id, "#person");
        let organisation = credits(|credits| credits.organisation_ror = "01XTTHB56".to_owned());
        assert_eq!(
            organisation.organisation().unwrap().unwrap().id,
            "https://ror.org/01xtthb56"
        );
        assert_eq!(Credits::default().person(), Ok(None));
    }

    #[test]
    fn an_id_that_is_none_is_refused() {
        for orcid in ["0000-0002-1825-0098", "0000-0002-1825", "josiah"] {
            let error = credits(|credits| credits.creator_orcid = orcid.to_owned())
                .person()
                .unwrap_err()
                .to_string();
            assert!(
                error.starts_with(&format!("ORCID: found `{orcid}`")),
                "{error}"
            );
        }
        let ror = credits(|credits| credits.organisation_ror = "Brown".to_owned());
        assert!(ror.organisation().is_err());
        let nameless = Credits {
            creator_orcid: "0000-0002-1825-0097".to_owned(),
            ..Credits::default()
        };
        assert!(nameless.person().is_err());
    }

    #[test]
    fn a_licence_is_an_identifier_or_an_address() {
        let id = |licence: &str| {
            let credits = credits(|credits| credits.licence = licence.to_owned());
            credits
                .licence()
                .map(|licence| licence.map(|licence| licence.id))
        };
        let spdx = Some("https://spdx.org/licenses/CC-BY-4.0".to_owned());
        assert_eq!(id("CC-BY-4.0"), Ok(spdx.clone()));
        assert_eq!(id("https://spdx.org/licenses/CC-BY-4.0"), Ok(spdx));
        assert_eq!(
            id("https://x.example/terms"),
            Ok(Some("https://x.example/terms".to_owned()))
        );
        assert_eq!(id(""), Ok(None));
        for bad in ["free for all", "foo", "CC-BY", "GPL3"] {
            assert!(id(bad).is_err(), "{bad}");
        }
        assert!(id("MIT").is_ok() && id("GPL-3.0-or-later").is_ok());
    }

    #[test]
    fn creative_commons_licences_are_known_as_people_write_them() {
        for (text, id) in [
            ("CC0", Some("CC0-1.0")),
            ("CC0 1.0", Some("CC0-1.0")),
            ("CC BY 4.0", Some("CC-BY-4.0")),
            ("cc-by-nc-sa 3.0", Some("CC-BY-NC-SA-3.0")),
            // Several licences have this name.
            ("CC BY", None),
            ("CC BY 5.0", None),
            ("free for all", None),
            ("", None),
        ] {
            assert_eq!(creative_commons(text).as_deref(), id, "{text}");
        }
    }
}
