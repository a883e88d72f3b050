//! Ids of ontology terms in all spellings of sources: `CL:0000236`, `CL_0000236`, addresses of the OBO library, of EFO, of EDAM and
//! of pages of the NCI Thesaurus.

/// An ontology that FAIRtracks uses.
#[derive(Debug)]
pub struct TermOntology {
    /// Its prefix.
    pub prefix: &'static str,
    /// The beginning of the IRIs of its terms.
    base: &'static str,
    /// What separates prefix and number in an IRI, or `None` where the prefix is no part of it.
    is_prefixed: bool,
    is_local: fn(&str) -> bool,
}

const OBO: &str = "http://purl.obolibrary.org/obo/";

const fn obo(prefix: &'static str, is_local: fn(&str) -> bool) -> TermOntology {
    TermOntology {
        prefix,
        base: OBO,
        is_prefixed: true,
        is_local,
    }
}

/// The ontologies of the standard.
pub const ONTOLOGIES: [TermOntology; 7] = [
    obo("CL", has_seven_digits),
    obo("UBERON", has_seven_digits),
    obo("OBI", has_seven_digits),
    obo("SO", has_seven_digits),
    obo("NCIT", is_thesaurus_code),
    TermOntology {
        prefix: "EFO",
        base: "http://www.ebi.ac.uk/efo/",
        is_prefixed: true,
        is_local: has_seven_digits,
    },
    TermOntology {
        prefix: "EDAM",
        base: "http://edamontology.org/",
        is_prefixed: false,
        is_local: is_edam,
    },
];

fn has_seven_digits(local: &str) -> bool {
    local.len() == 7 && local.bytes().all(|byte| byte.is_ascii_digit())
}

/// A code of the NCI Thesaurus. Codes of the Metathesaurus have seven digits and are of other concepts.
fn is_thesaurus_code(local: &str) -> bool {
    let digits = local.strip_prefix('C').unwrap_or_default();
    (1..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_edam(local: &str) -> bool {
    let (kind, number) = local.split_once('_').unwrap_or_default();
    ["format", "topic", "operation", "data"].contains(&kind)
        && number.len() == 4
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

impl TermOntology {
    /// The ontology of a prefix, in any case.
    pub fn named(prefix: &str) -> Option<&'static TermOntology> {
        let mut all = ONTOLOGIES.iter();
        all.find(|ontology| ontology.prefix.eq_ignore_ascii_case(prefix))
    }

    /// The IRI of a term, from what stands behind its prefix.
    fn iri(&self, local: &str) -> Option<String> {
        let upper = local.to_uppercase();
        let local = if self.is_prefixed { &upper } else { local };
        (self.is_local)(local).then(|| match self.is_prefixed {
            true => format!("{}{}_{local}", self.base, self.prefix),
            false => format!("{}{local}", self.base),
        })
    }
}

/// The ontology and the IRI of a term's id; `None` for a text that is no id of a term of [`ONTOLOGIES`].
pub fn read(text: &str) -> Option<(&'static TermOntology, String)> {
    let text = text.trim();
    let of_page = text.contains("ncitbrowser").then(|| {
        let code = text.rsplit_once("code=")?.1;
        let end = code.find(['&', '#']).unwrap_or(code.len());
        Some(("NCIT", &code[..end]))
    });
    let (prefix, local) = match of_page {
        Some(code) => code?,
        None => {
            let bare = without_base(text);
            match bare.split_once([':', '_']) {
                Some((prefix, local)) if TermOntology::named(prefix).is_some() => (prefix, local),
                _ if is_edam(bare) => ("EDAM", bare),
                _ => return None,
            }
        }
    };
    let ontology = TermOntology::named(prefix)?;
    let iri = ontology.iri(local)?;
    Some((ontology, iri))
}

/// A text without the beginning of an address of terms.
fn without_base(text: &str) -> &str {
    let bare = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let Some(bare) = bare else {
        return text.strip_prefix("obo:").unwrap_or(text);
    };
    let bases = [
        "purl.obolibrary.org/obo/",
        "www.ebi.ac.uk/efo/",
        "edamontology.org/",
    ];
    let mut found = bases.iter().filter_map(|base| bare.strip_prefix(base));
    found.next().unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_spellings_of_an_id_are_one_iri() {
        let of = |text: &str| read(text).map(|(_, iri)| iri);
        for (iri, spellings) in [
            (
                "http://purl.obolibrary.org/obo/CL_0000236",
                &[
                    "CL:0000236",
                    "cl_0000236",
                    "obo:CL_0000236",
                    "https://purl.obolibrary.org/obo/CL_0000236",
                ] as &[_],
            ),
            (
                "http://www.ebi.ac.uk/efo/EFO_0002067",
                &["EFO:0002067", "http://www.ebi.ac.uk/efo/EFO_0002067"],
            ),
            (
                "http://edamontology.org/format_3003",
                &[
                    "format_3003",
                    "EDAM:format_3003",
                    "http://edamontology.org/format_3003",
                ],
            ),
            (
                "http://purl.obolibrary.org/obo/NCIT_C115935",
                &[
                    "NCIT:C115935",
                    "ncit:c115935",
                    "http://ncit.nci.nih.gov/ncitbrowser/ConceptReport.jsp?dictionary=NCI_Thesaurus&code=C115935",
                ],
            ),
        ] {
            for spelling in spellings {
                assert_eq!(of(spelling).as_deref(), Some(iri), "{spelling}");
            }
        }
        for other in [
            "B cell",
            "CL:236",
            "ncit:C1336077",
            "http://ncit.nci.nih.gov/ncitbrowser/pages/home.jsf",
            "FUBERON:0000001",
            "bed_file",
            "",
        ] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
