//! The types of values: how the text of a cell becomes the JSON of a field, or why it does not.

use serde_json::{Value as Json, json};

use super::near_names::nearest_assembly;
pub use super::read_value::ReadValue;
use super::terms::TermTables;
use super::value_terms::{name, term};
use crate::fairtracks::values::url;
use crate::genome::assembly::{self, Named};
use crate::text::folding::folded_title;
use crate::text::json;

/// The type of the values of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueType {
    /// A text as it is.
    Text,
    /// The URL of a file, of a scheme that FAIRtracks allows.
    Url,
    /// The URL of a page.
    Page,
    /// One of some texts; cases and punctuation do not matter.
    Choice(Vec<String>),
    /// Texts with `;` between them.
    List,
    /// A term of an ontology with its label: an object of `term_id` and `term_label`.
    Term {
        /// Where texts are looked up.
        tables: Vec<String>,
        /// The ontologies of its ids.
        ontologies: Vec<String>,
    },
    /// An id that a table has for a name, such as that of a species.
    Name(Vec<String>),
    /// A genome assembly by any of its names: its accession and UCSC's name, two fields of a track.
    Assembly,
    /// A checksum by a method: an object of `cs_method` and `cs_hash`.
    Checksum(String),
}

impl ValueType {
    /// Reads the text of a cell.
    ///
    /// # Errors
    /// What was expected instead.
    pub fn read(&self, text: &str, terms: &TermTables) -> Result<ReadValue, String> {
        match self {
            ValueType::Text => Ok(ReadValue::same(text)),
            ValueType::Url | ValueType::Page => {
                let is_file = *self == ValueType::Url;
                let reading = if is_file {
                    url::file(text)
                } else {
                    url::page(text)
                };
                match (reading.remarks.first(), reading.value) {
                    (None, _) => Ok(ReadValue::same(text)),
                    // An address, but not as a URL is written.
                    (Some(remark), Some(_)) => {
                        Err(format!("expected {}: {}", remark.expected, remark.hint))
                    }
                    (Some(_), None) => Err(match is_file {
                        true if text.to_ascii_lowercase().starts_with("drs:") => {
                            "expected a URL that starts with http, https, ftp or rsync: resolve it (`--resolve-drs`)".to_owned()
                        }
                        true => {
                            "expected a URL that starts with http, https, ftp or rsync".to_owned()
                        }
                        false => "expected a URL that starts with http, https or ftp".to_owned(),
                    }),
                }
            }
            ValueType::Choice(choices) => {
                if choices.iter().any(|choice| choice == text) {
                    return Ok(ReadValue::same(text));
                }
                let folded = folded_title(text);
                let mut all = choices.iter();
                let choice = all.find(|choice| folded_title(choice) == folded);
                let choice =
                    choice.ok_or_else(|| format!("expected one of {}", choices.join(", ")))?;
                Ok(ReadValue::changed(
                    choice.as_str().into(),
                    choice,
                    "spelling of the standard",
                ))
            }
            ValueType::List => {
                // Texts with a `;` of their own are written as JSON.
                if text.starts_with('[')
                    && let Ok(list @ Json::Array(_)) = json::parse(text)
                    && list
                        .as_array()
                        .is_some_and(|items| items.iter().all(Json::is_string))
                {
                    return Ok(ReadValue {
                        json: list,
                        change: None,
                    });
                }
                let items: Vec<&str> = text.split(';').map(str::trim).collect();
                let items: Vec<&str> = items.into_iter().filter(|item| !item.is_empty()).collect();
                match items.is_empty() {
                    true => Err("expected texts with `;` between them".to_owned()),
                    false => Ok(ReadValue {
                        json: items.into(),
                        change: None,
                    }),
                }
            }
            ValueType::Term { tables, ontologies } => term(text, tables, ontologies, terms),
            ValueType::Name(tables) => name(text, tables, terms),
            ValueType::Assembly => of_assembly(text),
            ValueType::Checksum(method) => checksum(text, method),
        }
    }

    /// The columns of a source beside the field's own that belong to it: the keys below the field, the first of which is read in
    /// place of it, the second beside it.
    pub fn members(&self) -> Option<(&'static str, &'static str)> {
        matches!(self, ValueType::Term { .. }).then_some(("term_id", "term_label"))
    }
}

fn of_assembly(text: &str) -> Result<ReadValue, String> {
    let bare = text
        .strip_prefix("insdc.gca:")
        .or_else(|| text.strip_prefix("refseq.gcf:"));
    match assembly::by_name(bare.unwrap_or(text)) {
        Named::One(key, _) => {
            let mut found = json!({"assembly_name": key});
            let stated = bare.filter(|bare| assembly::by_accession(bare).is_some());
            let accession = match stated {
                Some(stated) => Some(stated.to_owned()),
                None => assembly::first_accession(key),
            };
            let mut shown = key.to_owned();
            if let Some(accession) = accession {
                let id = format!("insdc.gca:{accession}");
                shown = format!("{key}, {id}");
                found["assembly_id"] = id.into();
            }
            Ok(match bare.is_some() || shown == text {
                true => ReadValue {
                    json: found,
                    change: None,
                },
                false => ReadValue::changed(found, &shown, "built-in table of assemblies"),
            })
        }
        Named::Two(one, other) => Err(format!("found {one} and {other}, expected one assembly")),
        // An accession with its prefix needs no table.
        Named::Nothing | Named::Unknown if bare.is_some() => Ok(ReadValue {
            json: json!({"assembly_id": text}),
            change: None,
        }),
        Named::Nothing | Named::Unknown => match nearest_assembly(text) {
            Some(key) => Err(format!("found an unknown assembly: did you mean `{key}`?")),
            None => Err(format!(
                "found an unknown assembly, expected one of {} or their accessions",
                assembly::keys().join(", ")
            )),
        },
    }
}

fn checksum(text: &str, method: &str) -> Result<ReadValue, String> {
    let length = match method {
        "MD5" => 32,
        _ => 64,
    };
    let is_hash = text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let json = json!({"cs_method": method, "cs_hash": text.to_lowercase()});
    match is_hash {
        false => Err(format!("expected {length} hexadecimal digits ({method})")),
        true if text.bytes().any(|byte| byte.is_ascii_uppercase()) => {
            Ok(ReadValue::changed(json, &text.to_lowercase(), "lower case"))
        }
        true => Ok(ReadValue { json, change: None }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &ValueType, text: &str) -> Result<Json, String> {
        let terms = TermTables::built_in().unwrap();
        value.read(text, &terms).map(|read| read.json)
    }

    fn cell_type() -> ValueType {
        ValueType::Term {
            tables: vec!["cell_types".to_owned()],
            ontologies: vec!["CL".to_owned()],
        }
    }

    #[test]
    fn a_term_is_read_by_id_label_or_synonym_and_never_guessed() {
        let b_cell =
            json!({"term_id": "http://purl.obolibrary.org/obo/CL_0000236", "term_label": "B cell"});
        for text in [
            "B cell",
            "b-cell",
            "B lymphocyte",
            "CL:0000236",
            "UBERON:0000178::CL:0000236",
        ] {
            assert_eq!(read(&cell_type(), text), Ok(b_cell.clone()), "{text}");
        }
        assert_eq!(
            read(&cell_type(), "UBERON:0000178"),
            Err("expected a term of CL".to_owned())
        );
        assert_eq!(
            read(&cell_type(), "CL:0000236::CL:0000084"),
            Err("found several terms, expected one".to_owned())
        );
        assert!(
            read(&cell_type(), "B cells of a mouse")
                .unwrap_err()
                .starts_with("found in no table of terms")
        );
    }

    #[test]
    fn species_and_assemblies_are_read_by_all_their_names() {
        let species = ValueType::Name(vec!["species".to_owned()]);
        for text in [
            "human",
            "Homo sapiens",
            "9606",
            "NCBITaxon:9606",
            "taxonomy:9606",
        ] {
            assert_eq!(read(&species, text), Ok("taxonomy:9606".into()), "{text}");
        }
        assert!(read(&species, "homo").is_err());
        for text in ["Human (Homo sapiens)", "9606.0"] {
            assert_eq!(read(&species, text), Ok("taxonomy:9606".into()), "{text}");
        }
        assert!(read(&species, "Human (Mus musculus)").is_err());
        for text in ["hg-38", "HG 38"] {
            let problem = read(&ValueType::Assembly, text).unwrap_err();
            assert_eq!(
                problem, "found an unknown assembly: did you mean `hg38`?",
                "{text}"
            );
        }
        let found = json!({"assembly_name": "hg38", "assembly_id": "insdc.gca:GCF_000001405.26"});
        for text in ["hg38", "GRCh38", "GRCh38.p13"] {
            assert_eq!(
                read(&ValueType::Assembly, text),
                Ok(found.clone()),
                "{text}"
            );
        }
        let stated = read(&ValueType::Assembly, "insdc.gca:GCA_000001405.15").unwrap();
        assert_eq!(stated["assembly_id"], "insdc.gca:GCA_000001405.15");
        assert!(
            read(&ValueType::Assembly, "hg99")
                .unwrap_err()
                .contains("hg38, ")
        );
    }

    #[test]
    fn a_checksum_has_the_length_of_its_method() {
        let md5 = ValueType::Checksum("MD5".to_owned());
        let hash = "6D2C6C99A7407F1C49AB163E41D9B575";
        let json = json!({"cs_method": "MD5", "cs_hash": hash.to_lowercase()});
        assert_eq!(read(&md5, hash), Ok(json));
        assert!(read(&md5, &hash[1..]).is_err());
    }
}
