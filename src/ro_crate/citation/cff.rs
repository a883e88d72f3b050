//! `CITATION.cff` (Citation File Format 1.2.0): how to cite a data set, for people and for sites that read such files.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::ro_crate::citation::{Author, Citation, CitedWork};
use crate::text::controls::is_hidden;
use crate::text::first_filled;

/// SPDX identifiers of data licences that the format accepts; all other licences are written as a URL.
const SPDX_IDENTIFIERS: &str = "Apache-2.0 BSD-2-Clause BSD-3-Clause CC-BY-3.0 CC-BY-4.0 CC-BY-NC-3.0 CC-BY-NC-4.0 CC-BY-NC-ND-4.0 \
    CC-BY-NC-SA-4.0 CC-BY-ND-4.0 CC-BY-SA-3.0 CC-BY-SA-4.0 CC0-1.0 CDLA-Permissive-1.0 GPL-3.0-only \
    GPL-3.0-or-later MIT ODC-By-1.0 ODbL-1.0 OGL-UK-3.0 PDDL-1.0 Unlicense";
/// The author of a data set without a stated author; the format requires one.
const NOBODY: &str = "not stated";

/// Writes the file.
pub fn write(citation: &Citation) -> String {
    let mut text = String::from(
        "cff-version: 1.2.0\nmessage: \"If you use these data, please cite this dataset and the works it builds on.\"\ntype: dataset\n",
    );
    let title = first_filled(&[&citation.title, "Results of an analysis of genomic tracks"]);
    member(&mut text, "", "title", title);
    member(&mut text, "", "abstract", &citation.description);
    text.push_str("authors:\n");
    match citation.authors.as_slice() {
        [] => author(
            &mut text,
            &Author::Organisation {
                name: NOBODY.to_owned(),
                address: String::new(),
            },
        ),
        authors => authors.iter().for_each(|person| author(&mut text, person)),
    }
    let licence = citation.licence.as_str();
    if SPDX_IDENTIFIERS.split(' ').any(|known| known == licence) {
        member(&mut text, "", "license", licence);
    } else if is_address(licence) {
        member(&mut text, "", "license-url", licence);
    } else if !licence.is_empty()
        && licence
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-+".contains(&byte))
    {
        member(
            &mut text,
            "",
            "license-url",
            &format!("https://spdx.org/licenses/{licence}"),
        );
    }
    if !citation.keywords.is_empty() {
        text.push_str("keywords:\n");
        for word in &citation.keywords {
            let _ = writeln!(text, "  - {}", quoted(word));
        }
    }
    if is_day(&citation.date_released) {
        member(&mut text, "", "date-released", &citation.date_released);
    }
    member(&mut text, "", "version", &citation.version);
    if !citation.references.is_empty() {
        text.push_str("references:\n");
        citation
            .references
            .iter()
            .for_each(|found| reference(&mut text, found));
    }
    text
}

/// A member of a mapping, unless it is empty.
fn member(text: &mut String, indent: &str, key: &str, value: &str) {
    if !value.is_empty() {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{indent}{key}: {}", quoted(value));
    }
}

/// A mapping in a list, of the members that are not empty.
fn item(text: &mut String, indent: &str, members: &[(&str, &str)]) {
    let mut start = format!("{indent}- ");
    for (key, value) in members.iter().filter(|(_, value)| !value.is_empty()) {
        member(text, &start, key, value);
        start = format!("{indent}  ");
    }
}

fn author(text: &mut String, author: &Author) {
    match author {
        Author::Person {
            given,
            particle,
            family,
            orcid,
            affiliation,
        } => item(
            text,
            "  ",
            &[
                ("family-names", family),
                ("name-particle", particle),
                ("given-names", given),
                ("orcid", if is_orcid(orcid) { orcid } else { "" }),
                ("affiliation", affiliation),
            ],
        ),
        Author::Organisation { name, address } => {
            let website = if is_address(address) { address } else { "" };
            item(text, "  ", &[("name", name), ("website", website)]);
        }
    }
}

fn reference(text: &mut String, reference: &CitedWork) {
    let address = if is_address(&reference.address) {
        reference.address.as_str()
    } else {
        ""
    };
    let doi = address
        .split_once("identifiers.org/doi:")
        .or_else(|| address.split_once("doi.org/"))
        .map(|(_, doi)| doi)
        .filter(|doi| doi.starts_with("10.") && doi.contains('/'));
    item(
        text,
        "  ",
        &[
            (
                "type",
                if reference.is_software {
                    "software"
                } else {
                    "article"
                },
            ),
            ("title", &reference.title),
            ("version", &reference.version),
            ("doi", doi.unwrap_or_default()),
            ("url", address),
        ],
    );
    // The format requires authors, but a crate does not name them.
    let authors = if reference.is_software {
        format!("Authors of {}", reference.title)
    } else {
        "Authors of the article".to_owned()
    };
    let _ = writeln!(text, "    authors:\n      - name: {}", quoted(&authors));
}

fn is_address(text: &str) -> bool {
    let starts = ["https://", "http://", "ftp://"];
    starts
        .iter()
        .any(|start| text.len() > start.len() && text.starts_with(start))
        && !text
            .contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`[]".contains(c))
}

fn is_orcid(text: &str) -> bool {
    let number = text.strip_prefix("https://orcid.org/").unwrap_or_default();
    let is_right = |(place, c): (usize, char)| match place {
        4 | 9 | 14 => c == '-',
        18 => c.is_ascii_digit() || c == 'X',
        _ => c.is_ascii_digit(),
    };
    number.len() == 19 && number.chars().enumerate().all(is_right)
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<Date>().is_ok()
}

/// A double-quoted YAML scalar.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            hidden if is_hidden(hidden) => {
                let code = u32::from(hidden);
                let _ = if code > 0xffff {
                    write!(quoted, "\\U{code:08X}")
                } else {
                    write!(quoted, "\\u{code:04X}")
                };
            }
            character => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn citation() -> Citation {
        Citation {
            title: "Merged peaks: \"all\" cells".to_owned(),
            description: "Line\nbreak".to_owned(),
            authors: vec![
                Author::person(
                    "Josiah Carberry",
                    "https://orcid.org/0000-0002-1825-0097",
                    "Brown University",
                ),
                Author::Organisation {
                    name: "Brown University".to_owned(),
                    address: "https://ror.org/05gq02987".to_owned(),
                },
            ],
            licence: "CC-BY-4.0".to_owned(),
            keywords: vec!["K562".to_owned()],
            date_released: "2026-11-25".to_owned(),
            version: String::new(),
            references: vec![CitedWork {
                is_software: true,
                title: "sort1".to_owned(),
                version: "1.2.0".to_owned(),
                address: "https://usegalaxy.org/?tool_id=sort1&version=1.2.0".to_owned(),
            }],
        }
    }

    #[test]
    fn the_file_conforms_to_the_format() {
        assert_eq!(
            write(&citation()),
            r#"cff-version: 1.2.0
message: "If you use these data, please cite this dataset and the works it builds on."
type: dataset
title: "Merged peaks: \"all\" cells"
abstract: "Line\nbreak"
authors:
  - family-names: "Carberry"
    given-names: "Josiah"
    orcid: "https://orcid.org/0000-0002-1825-0097"
    affiliation: "Brown University"
  - name: "Brown University"
    website: "https://ror.org/05gq02987"
license: "CC-BY-4.0"
keywords:
  - "K562"
date-released: "2026-11-25"
references:
  - type: "software"
    title: "sort1"
    version: "1.2.0"
    url: "https://usegalaxy.org/?tool_id=sort1&version=1.2.0"
    authors:
      - name: "Authors of sort1"
"#
        );
    }

    #[test]
    fn values_that_the_format_refuses_are_left_out_or_rewritten() {
        let mut odd = citation();
        odd.licence = "Etalab-2.0".to_owned();
        odd.date_released = "2026-13-01".to_owned();
        odd.authors = Vec::new();
        odd.references[0].address = "javascript:alert(1)".to_owned();
        let text = write(&odd);
        assert!(
            text.contains("license-url: \"https://spdx.org/licenses/Etalab-2.0\"\n"),
            "{text}"
        );
        assert!(
            text.contains("authors:\n  - name: \"not stated\"\n"),
            "{text}"
        );
        assert!(
            !text.contains("date-released") && !text.contains("javascript"),
            "{text}"
        );
    }

    #[test]
    fn no_text_of_others_becomes_a_member() {
        let mut evil = citation();
        evil.title = "x\"\nlicense: MIT\n\u{85}\u{7f}\u{ffff}# \\".to_owned();
        let text = write(&evil);
        assert_eq!(
            text.lines()
                .filter(|line| line.starts_with("license"))
                .count(),
            1
        );
        assert!(
            text.contains(r#"title: "x\"\nlicense: MIT\n\u0085\u007F\uFFFF# \\""#),
            "{text}"
        );
    }
}
