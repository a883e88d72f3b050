//! CURIEs: `prefix:accession`, where identifiers.org says what follows a prefix.

use crate::fairtracks::finding::{Reading, Strength, ValueIssue};

/// What FAIRtracks uses: for each prefix a correct CURIE as an example, and whether an accession has the form that identifiers.org
/// registers for the prefix.
type Prefix = (&'static str, fn(&str) -> bool);

/// Prefixes that identifiers.org does not know.
const UNREGISTERED: [&str; 2] = ["ega.experiment", "fairtracks"];

const PREFIXES: [Prefix; 11] = [
    (
        "insdc.gca:GCF_000001405.26",
        // Until GCF accessions moved to the prefix refseq.gcf, both were registered here; FAIRtracks prefers GCF.
        |accession| {
            let number = accession
                .strip_prefix("GCF_")
                .or(accession.strip_prefix("GCA_"));
            number
                .and_then(|number| number.split_once('.'))
                .is_some_and(|(number, version)| {
                    number.len() == 9 && digits(number) && digits(version)
                })
        },
    ),
    ("taxonomy:9606", digits),
    ("biosample:SAMN01731491", |accession| {
        let rest = ["SAMN", "SAME", "SAMD"]
            .iter()
            .find_map(|start| accession.strip_prefix(start));
        let letter = |c: char| c.is_alphanumeric() || c == '_';
        rest.is_some_and(|rest| digits(rest) || rest.strip_prefix(letter).is_some_and(digits))
    }),
    ("geo:GSE35583", |accession| {
        ["GPL", "GSM", "GSE", "GDS"]
            .iter()
            .find_map(|start| accession.strip_prefix(start))
            .is_some_and(digits)
    }),
    ("ega.experiment:EGAX00001234567", |accession| {
        let number = accession.strip_prefix("EGAX");
        number.is_some_and(|number| number.len() == 11 && digits(number))
    }),
    ("ega.study:EGAS00001000001", |accession| {
        let number = accession.strip_prefix("EGAS");
        number.is_some_and(|number| number.len() == 11 && digits(number))
    }),
    ("pubmed:22955617", digits),
    ("orcid:0000-0002-1825-0097", |accession| {
        let bytes = accession.as_bytes();
        bytes.len() == 19
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 9 | 14 => *byte == b'-',
                18 => byte.is_ascii_digit() || *byte == b'X',
                _ => byte.is_ascii_digit(),
            })
    }),
    ("hgnc:11998", |accession| {
        let number = accession
            .strip_prefix("HGNC:")
            .or(accession.strip_prefix("hgnc:"))
            .unwrap_or(accession);
        number.len() <= 5 && digits(number)
    }),
    ("encode:ENCFF207FGO", |accession| {
        let bytes = accession.as_bytes();
        bytes.len() == 11
            && accession.starts_with("ENC")
            && bytes[3..5].iter().all(u8::is_ascii_alphabetic)
            && bytes[5..8].iter().all(u8::is_ascii_digit)
            && bytes[8..].iter().all(u8::is_ascii_alphabetic)
    }),
    ("fairtracks:1", |accession| !accession.is_empty()),
];

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Reads CURIEs in a field that FAIRtracks' validators check for these prefixes.
pub fn checked(prefixes: &'static [&'static str]) -> impl Fn(&str) -> Reading<String> {
    move |text| parse(text, prefixes, Strength::Must)
}

/// Reads CURIEs in a field that validators do not check, though the standard names these prefixes; none stands for any.
pub fn unchecked(prefixes: &'static [&'static str]) -> impl Fn(&str) -> Reading<String> {
    move |text| parse(text, prefixes, Strength::Should)
}

/// Reads a CURIE of one of these prefixes, or of any; what is wrong has this strength.
///
/// Whitespace and capitals in the prefix are accepted and reported; the value has none.
fn parse(text: &str, prefixes: &'static [&'static str], strength: Strength) -> Reading<String> {
    let remark = |expected: String, hint: String| ValueIssue::new(strength, expected, hint);
    let known = |name: &str| {
        let is_known = |example: &str| example.split(':').next() == Some(name);
        PREFIXES.iter().find(|(example, _)| is_known(example))
    };
    let compact: String = text.split_whitespace().collect();
    let wrong = |hint: &str| {
        let example = prefixes.first().and_then(|name| known(name));
        let example = example.map_or("geo:GSE35583", |(example, _)| *example);
        let expected = format!("a CURIE, such as {example}");
        Reading::none(remark(expected, hint.to_owned()))
    };
    let Some((prefix, accession)) = compact.split_once(':') else {
        return wrong("add the prefix and a colon");
    };
    if accession.starts_with("//") {
        return wrong("write prefix and accession instead of the URL");
    }
    let name = prefix.to_lowercase();
    if !(prefixes.is_empty() || prefixes.contains(&name.as_str())) {
        let hint = format!("the allowed prefixes: {}", prefixes.join(", "));
        return wrong(&hint);
    }
    let curie = format!("{name}:{accession}");
    let mut reading = Reading::good(curie.clone());
    if curie != text {
        let hint = "a CURIE has no whitespace and a prefix in lower case".to_owned();
        reading = reading.with(remark(curie, hint));
    }
    match known(&name) {
        Some((example, accepts)) if !accepts(accession) => {
            let expected = format!("an accession of the form {example}");
            reading.value = None;
            reading.with(remark(expected, "look up the accession".to_owned()))
        }
        Some(_) if UNREGISTERED.contains(&name.as_str()) && strength == Strength::Must => {
            let hint = format!(
                "the standard names the prefix {name}, which is not registered, so its validators reject it"
            );
            let expected = "a prefix that identifiers.org knows";
            reading.with(ValueIssue::new(Strength::Should, expected, hint))
        }
        _ => reading,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_prefix_accepts_its_example() {
        for (example, accepts) in PREFIXES {
            let (_, accession) = example.split_once(':').unwrap();
            assert!(accepts(accession) && !accepts(""), "{example}");
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
