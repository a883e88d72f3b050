//! `CITATION.cff` (Citation File Format 1.2.0): how to cite a data set, for people and for sites that read such files.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::ro_crate::citation::{Author, Citation, CitedWork};
use crate::ro_crate::methods::TRACKS_TABLE;
use crate::text::controls::is_hidden;
use crate::text::first_filled;

/// SPDX identifiers of data licences that the format accepts; all other licences are written as a URL.
const SPDX_IDENTIFIERS: &str = "Apache-2.0 BSD-2-Clause BSD-3-Clause CC-BY-3.0 CC-BY-4.0 CC-BY-NC-3.0 CC-BY-NC-4.0 CC-BY-NC-ND-4.0 \
    CC-BY-NC-SA-4.0 CC-BY-ND-4.0 CC-BY-SA-3.0 CC-BY-SA-4.0 CC0-1.0 CDLA-Permissive-1.0 GPL-3.0-only \
    GPL-3.0-or-later MIT ODC-By-1.0 ODbL-1.0 OGL-UK-3.0 PDDL-1.0 Unlicense";
/// The most publications that the message names.
const MOST_PUBLICATIONS: usize = 12;

/// Writes the file; `None` without an author, whom the format requires.
pub fn write(citation: &Citation) -> Option<String> {
    if citation.authors.is_empty() {
        return None;
    }
    let mut text = String::from("cff-version: 1.2.0\n");
    member(&mut text, "", "message", &message(citation));
    text.push_str("type: dataset\n");
    let title = first_filled(&[&citation.title, "Results of an analysis of genomic tracks"]);
    member(&mut text, "", "title", title);
    member(&mut text, "", "abstract", &citation.description);
    text.push_str("authors:\n");
    let authors = citation.authors.iter();
    authors.for_each(|one| author(&mut text, "  ", one));
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
    Some(text)
}

/// What to cite, with the publications of the source tracks: the format would ask for their authors, whom crates do not name.
fn message(citation: &Citation) -> String {
    let start = "If you use these data, please cite this dataset and the works it builds on";
    let publications = citation.publications.as_slice();
    match publications.len() {
        0 => format!("{start}."),
        1..=MOST_PUBLICATIONS => format!(
            "{start}, including the publications of the source tracks: {}",
            publications.join(", ")
        ),
        _ => format!("{start}, including the publications of the source tracks in {TRACKS_TABLE}."),
    }
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

fn author(text: &mut String, indent: &str, author: &Author) {
    match author {
        Author::Person {
            given,
            particle,
            family,
            orcid,
            affiliation,
        } => item(
            text,
            indent,
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
            item(text, indent, &[("name", name), ("website", website)]);
        }
    }
}

fn reference(text: &mut String, reference: &CitedWork) {
    let kind = match reference.is_software {
        true => "software",
        false => "article",
    };
    let members = [
        ("type", kind),
        ("title", &reference.title),
        ("version", &reference.version),
        ("journal", &reference.journal),
        ("start", &reference.start),
        ("end", &reference.end),
        ("doi", &reference.doi),
    ];
    item(text, "  ", &members);
    for (key, number) in [("year", reference.year), ("volume", reference.volume)] {
        if number > 0 {
            let _ = writeln!(text, "    {key}: {number}");
        }
    }
    text.push_str("    authors:\n");
    let authors = reference.authors.iter();
    authors.for_each(|one| author(text, "      ", one));
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
            references: vec![
                CitedWork {
                    is_software: true,
                    title: "A tool".to_owned(),
                    authors: vec![Author::person("Ann Other", "", "")],
                    version: "1.2.0".to_owned(),
                    ..CitedWork::default()
                },
                CitedWork {
                    title: "An article".to_owned(),
                    authors: vec![Author::Organisation {
                        name: "A community".to_owned(),
                        address: String::new(),
                    }],
                    journal: "A journal".to_owned(),
                    year: 2024,
                    volume: 52,
                    start: "W83".to_owned(),
                    end: "W94".to_owned(),
                    doi: "10.1093/nar/gkae410".to_owned(),
                    ..CitedWork::default()
                },
            ],
            publications: vec!["https://identifiers.org/pubmed:22955616".to_owned()],
        }
    }

    #[test]
    fn the_file_conforms_to_the_format() {
        assert_eq!(
            write(&citation()).unwrap(),
            r#"cff-version: 1.2.0
message: "If you use these data, please cite this dataset and the works it builds on, including the publications of the source tracks: https://identifiers.org/pubmed:22955616"
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
    title: "A tool"
    version: "1.2.0"
    authors:
      - family-names: "Other"
        given-names: "Ann"
  - type: "article"
    title: "An article"
    journal: "A journal"
    start: "W83"
    end: "W94"
    doi: "10.1093/nar/gkae410"
    year: 2024
    volume: 52
    authors:
      - name: "A community"
"#
        );
    }

    #[test]
    fn values_that_the_format_refuses_are_left_out_or_rewritten() {
        let mut odd = citation();
        odd.licence = "Etalab-2.0".to_owned();
        odd.date_released = "2026-13-01".to_owned();
        let text = write(&odd).unwrap();
        assert!(
            text.contains("license-url: \"https://spdx.org/licenses/Etalab-2.0\"\n"),
            "{text}"
        );
        assert!(!text.contains("date-released"), "{text}");
    }

    #[test]
    fn many_publications_are_in_the_table() {
        let mut many = citation();
        many.publications = (0..13)
            .map(|number| format!("https://x.example/{number}"))
            .collect();
        let text = write(&many).unwrap();
        let message = text.lines().nth(1).unwrap();
        assert!(message.ends_with("in metadata/tracks.tsv.\""), "{message}");
        many.publications.clear();
        assert!(write(&many).unwrap().contains("builds on.\"\n"));
    }

    #[test]
    fn nobody_is_invented_as_an_author() {
        let mut anonymous = citation();
        anonymous.authors.clear();
        assert_eq!(write(&anonymous), None);
    }

    #[test]
    fn no_text_of_others_becomes_a_member() {
        let mut evil = citation();
        evil.title = "x\"\nlicense: MIT\n\u{85}\u{7f}\u{ffff}# \\".to_owned();
        let text = write(&evil).unwrap();
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
