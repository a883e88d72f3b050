//! CURIEs: `prefix:accession`, where identifiers.org says what follows a prefix.

use std::fmt;

use crate::fairtracks::finding::{Reading, Strength, ValueIssue};

/// A compact identifier; the prefix is kept in small letters, blanks are left out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Curie {
    prefix: String,
    accession: String,
}

/// A prefix that FAIRtracks uses.
struct Prefix {
    name: &'static str,
    /// One that is right, to show.
    example: &'static str,
    /// Whether an accession has the form that identifiers.org registers for the prefix.
    accepts: fn(&str) -> bool,
    /// Whether identifiers.org knows the prefix.
    is_registered: bool,
}

const PREFIXES: [Prefix; 11] = [
    Prefix {
        name: "insdc.gca",
        example: "insdc.gca:GCF_000001405.26",
        // Until GCF accessions moved to the prefix refseq.gcf, both were registered here; FAIRtracks prefers GCF.
        accepts: |accession| {
            let number = accession
                .strip_prefix("GCF_")
                .or(accession.strip_prefix("GCA_"));
            number
                .and_then(|number| number.split_once('.'))
                .is_some_and(|(number, version)| {
                    number.len() == 9 && digits(number) && digits(version)
                })
        },
        is_registered: true,
    },
    Prefix {
        name: "taxonomy",
        example: "taxonomy:9606",
        accepts: digits,
        is_registered: true,
    },
    Prefix {
        name: "biosample",
        example: "biosample:SAMN01731491",
        accepts: |accession| {
            let rest = ["SAMN", "SAME", "SAMD"]
                .iter()
                .find_map(|start| accession.strip_prefix(start));
            let letter = |c: char| c.is_alphanumeric() || c == '_';
            rest.is_some_and(|rest| digits(rest) || rest.strip_prefix(letter).is_some_and(digits))
        },
        is_registered: true,
    },
    Prefix {
        name: "geo",
        example: "geo:GSE35583",
        accepts: |accession| {
            ["GPL", "GSM", "GSE", "GDS"]
                .iter()
                .find_map(|start| accession.strip_prefix(start))
                .is_some_and(digits)
        },
        is_registered: true,
    },
    Prefix {
        name: "ega.experiment",
        example: "ega.experiment:EGAX00001234567",
        accepts: |accession| {
            accession
                .strip_prefix("EGAX")
                .is_some_and(|number| number.len() == 11 && digits(number))
        },
        is_registered: false,
    },
    Prefix {
        name: "ega.study",
        example: "ega.study:EGAS00001000001",
        accepts: |accession| {
            accession
                .strip_prefix("EGAS")
                .is_some_and(|number| number.len() == 11 && digits(number))
        },
        is_registered: true,
    },
    Prefix {
        name: "pubmed",
        example: "pubmed:22955617",
        accepts: digits,
        is_registered: true,
    },
    Prefix {
        name: "orcid",
        example: "orcid:0000-0002-1825-0097",
        accepts: |accession| {
            let bytes = accession.as_bytes();
            bytes.len() == 19
                && bytes.iter().enumerate().all(|(at, byte)| match at {
                    4 | 9 | 14 => *byte == b'-',
                    18 => byte.is_ascii_digit() || *byte == b'X',
                    _ => byte.is_ascii_digit(),
                })
        },
        is_registered: true,
    },
    Prefix {
        name: "hgnc",
        example: "hgnc:11998",
        accepts: |accession| {
            let number = accession
                .strip_prefix("HGNC:")
                .or(accession.strip_prefix("hgnc:"))
                .unwrap_or(accession);
            number.len() <= 5 && digits(number)
        },
        is_registered: true,
    },
    Prefix {
        name: "encode",
        example: "encode:ENCFF207FGO",
        accepts: |accession| {
            let bytes = accession.as_bytes();
            bytes.len() == 11
                && accession.starts_with("ENC")
                && bytes[3..5].iter().all(u8::is_ascii_alphabetic)
                && bytes[5..8].iter().all(u8::is_ascii_digit)
                && bytes[8..].iter().all(u8::is_ascii_alphabetic)
        },
        is_registered: true,
    },
    Prefix {
        name: "fairtracks",
        example: "fairtracks:1",
        accepts: |accession| !accession.is_empty(),
        is_registered: false,
    },
];

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Reads CURIEs in a field where FAIRtracks' validators hold them to these prefixes.
pub fn checked(prefixes: &'static [&'static str]) -> impl Fn(&str) -> Reading<Curie> {
    move |text| Curie::parse(text, prefixes, Strength::Must)
}

/// Reads CURIEs in a field that nobody checks, though the standard names these prefixes; none stands for any.
pub fn unchecked(prefixes: &'static [&'static str]) -> impl Fn(&str) -> Reading<Curie> {
    move |text| Curie::parse(text, prefixes, Strength::Should)
}

impl Curie {
    /// Reads a CURIE of one of these prefixes, or of any; what is wrong has this strength.
    ///
    /// Blanks and capitals in the prefix are forgiven, and reported.
    fn parse(text: &str, prefixes: &'static [&'static str], strength: Strength) -> Reading<Self> {
        let remark = |expected: String, hint: String| ValueIssue::new(strength, expected, hint);
        let known = |name: &str| PREFIXES.iter().find(|prefix| prefix.name == name);
        let example = prefixes
            .first()
            .and_then(|name| known(name))
            .map_or("geo:GSE35583", |prefix| prefix.example);
        let without_blanks: String = text.split_whitespace().collect();
        let wrong = |hint: &str| {
            let expected = format!("a CURIE, such as {example}");
            Reading::none(remark(expected, hint.to_owned()))
        };
        let Some((prefix, accession)) = without_blanks.split_once(':') else {
            return wrong("put the prefix and a colon in front of it");
        };
        if accession.starts_with("//") {
            return wrong("write prefix and accession in place of the URL");
        }
        let curie = Curie {
            prefix: prefix.to_lowercase(),
            accession: accession.to_owned(),
        };
        if !(prefixes.is_empty() || prefixes.contains(&curie.prefix.as_str())) {
            return wrong(&format!(
                "the prefixes allowed here: {}",
                prefixes.join(", ")
            ));
        }
        let mut reading = Reading::good(curie);
        if without_blanks != text || prefix != prefix.to_lowercase() {
            let exact = format!("{}:{accession}", prefix.to_lowercase());
            let hint = "a CURIE has no blanks and its prefix has small letters".to_owned();
            reading = reading.with(remark(exact, hint));
        }
        match known(&prefix.to_lowercase()) {
            Some(prefix) if !(prefix.accepts)(accession) => {
                let expected = format!("an accession of the form {}", prefix.example);
                reading.value = None;
                reading.with(remark(expected, "look the accession up at its source".to_owned()))
            }
            Some(prefix) if !prefix.is_registered && strength == Strength::Must => {
                reading.with(ValueIssue::new(
                    Strength::Should,
                    "a prefix that identifiers.org knows",
                    format!(
                        "the standard names {} though nobody has registered it, so its validators refuse it",
                        prefix.name
                    ),
                ))
            }
            _ => reading,
        }
    }

    /// What stands in front of the colon.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// What stands behind the colon.
    pub fn accession(&self) -> &str {
        &self.accession
    }
}

impl fmt::Display for Curie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.prefix, self.accession)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_prefix_accepts_its_example() {
        for prefix in &PREFIXES {
            let (name, accession) = prefix.example.split_once(':').unwrap();
            assert_eq!(name, prefix.name);
            assert!((prefix.accepts)(accession), "{name}");
            assert!(!(prefix.accepts)(""), "{name}");
        }
    }

    #[test]
    fn forgives_blanks_and_capitals_and_says_so() {
        for text in ["encode: ENCFF207FGO", "ENCODE:ENCFF207FGO"] {
            let reading = unchecked(&[])(text);
            assert_eq!(reading.value.unwrap().to_string(), "encode:ENCFF207FGO");
            assert_eq!(reading.remarks.len(), 1, "{text}");
            assert_eq!(reading.remarks[0].expected, "encode:ENCFF207FGO");
        }
    }

    #[test]
    fn refuses_what_has_another_form() {
        let orcid = checked(&["orcid"]);
        for text in [
            "0000-0002-1825-0097",
            "https://orcid.org/0000-0002-1825-0097",
            "geo:GSE1",
            "orcid:0000-0002-1825-009",
            "orcid:0000000218250097XXX",
        ] {
            assert_eq!(orcid(text).remarks.len(), 1, "{text}");
        }
        assert!(orcid("orcid:0000-0002-1694-233X").remarks.is_empty());
        let any = unchecked(&[]);
        assert!(any("sra:SRR1").remarks.is_empty());
        assert!(!any("biosample:SAMX1").remarks.is_empty());
    }
}
