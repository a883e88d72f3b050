//! Digital Object Identifiers.

/// The longest DOI that is taken, in bytes.
const LONGEST: usize = 200;
/// The servers that resolve DOIs.
const RESOLVERS: [&str; 2] = ["doi.org/", "dx.doi.org/"];

/// What the address of a DOI starts with.
const ADDRESS: &str = "https://doi.org/";

/// The address that a DOI resolves at.
pub fn address(doi: &str) -> String {
    format!("{ADDRESS}{doi}")
}

/// The DOI of an address as [`address`] gives it.
pub fn of_address(address: &str) -> Option<&str> {
    address.strip_prefix(ADDRESS)
}

/// Whether a text is a DOI, such as `10.1093/bioinformatics/btq033`: a registrant's number, a slash and a name of printable ASCII
/// characters without blanks, quotes, braces and angle brackets.
pub fn is_doi(text: &str) -> bool {
    let Some((prefix, suffix)) = text.split_once('/') else {
        return false;
    };
    let registrant = prefix.strip_prefix("10.").unwrap_or_default();
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    registrant.len() >= 4
        && registrant.split('.').all(is_number)
        && !suffix.is_empty()
        && text.len() <= LONGEST
        && suffix
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"\"'{}<>\\`".contains(&byte))
}

/// The DOI of an entry of BibTeX: its member `doi`, with or without a resolver before it, in lower case as DOIs are compared.
pub fn of_bibtex(entry: &str) -> Option<String> {
    let lower = entry.to_ascii_lowercase();
    let members = lower.match_indices("doi").filter_map(|(place, word)| {
        let before = lower[..place].chars().next_back();
        let is_name = before.is_none_or(|before| before.is_whitespace() || before == ',');
        let value = lower[place + word.len()..].trim_start().strip_prefix('=')?;
        is_name.then_some(value.trim_start())
    });
    members
        .filter_map(|value| {
            let value = value.trim_start_matches(['{', '"']).trim_start();
            let value = value.strip_prefix("https://").unwrap_or(value);
            let value = value.strip_prefix("http://").unwrap_or(value);
            let bare = RESOLVERS
                .iter()
                .find_map(|server| value.strip_prefix(server));
            let value = bare.unwrap_or(value);
            let end = value.find(|c: char| c.is_whitespace() || "{}\",".contains(c));
            let doi = &value[..end.unwrap_or(value.len())];
            is_doi(doi).then(|| doi.to_owned())
        })
        .next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_of_bibtex_has_its_doi() {
        for (entry, doi) in [
            (
                "@article{Q, title={BEDTools}, url={http://dx.doi.org/10.1093/x}, DOI={10.1093/bioinformatics/btq033}, number={6}}",
                Some("10.1093/bioinformatics/btq033"),
            ),
            (
                "@MISC{10.1093/nar/gkz1, DOI = {10.1093/nar/gkz1}, note = {Failed}}",
                Some("10.1093/nar/gkz1"),
            ),
            (
                "@misc{a,\n  doi = \"https://doi.org/10.5281/ZENODO.1234\"\n}",
                Some("10.5281/zenodo.1234"),
            ),
            ("@misc{a, title = {No doi = here}}", None),
            ("@misc{a, doi = {secret text}}", None),
            ("", None),
        ] {
            assert_eq!(of_bibtex(entry).as_deref(), doi, "{entry}");
        }
    }

    #[test]
    fn a_doi_has_a_registrant_and_a_name() {
        for doi in [
            "10.1093/nar/gkae410",
            "10.1000.10/123",
            "10.1002/(sici)1097",
        ] {
            assert!(is_doi(doi), "{doi}");
        }
        for text in [
            "10.1/x",
            "10.1093/",
            "doi:10.1093/x",
            "10.1093/a b",
            "11.1093/x",
            "10.1093/{x}",
        ] {
            assert!(!is_doi(text), "{text}");
        }
    }
}
