//! Values of terms: by id, label or synonym, and never guessed.

use serde_json::json;

use super::near_names::two_names;
use super::ontology_ids;
use super::read_value::ReadValue;
use super::terms::TermTables;
use crate::vocabulary::{ObsoleteTerm, TermSearch};

/// The separators of several ids in one cell.
const BETWEEN_IDS: [&str; 4] = ["::", ";", ",", "|"];

/// A term by its id or its label.
pub(super) fn term(
    text: &str,
    tables: &[String],
    ontologies: &[String],
    terms: &TermTables,
) -> Result<ReadValue, String> {
    let labelled = |id: &str| {
        let mut term = json!({"term_id": id});
        if let Some(label) = terms.term_label(tables, ontologies, id) {
            term["term_label"] = label.into();
        }
        term
    };
    let fits = |prefix: &str| ontologies.iter().any(|known| known == prefix);
    if let Some((ontology, iri)) = ontology_ids::read(text) {
        if !fits(ontology.prefix) {
            return Err(format!("expected a term of {}", ontologies.join(" or ")));
        }
        let is_known = terms.term_label(tables, ontologies, &iri).is_some();
        if let Some(obsolete) = terms.obsolete(ontologies, &iri).filter(|_| !is_known) {
            return Err(not_used(obsolete));
        }
        return Ok(match iri == text {
            true => ReadValue {
                json: labelled(&iri),
                change: None,
            },
            false => ReadValue::changed(labelled(&iri), &iri, "IRI of the id"),
        });
    }
    match terms.find_term(tables, ontologies, text) {
        TermSearch::One(term, found) => {
            let json = json!({"term_id": term.id, "term_label": term.label});
            return Ok(ReadValue::changed(json, &term.id, found.reason()));
        }
        TermSearch::Several([one, other], _) => {
            return Err(format!(
                "found a name of several terms, such as {} ({}) and {} ({}), expected a name or an id of one",
                one.id, one.label, other.id, other.label
            ));
        }
        TermSearch::Nothing => {}
    }
    if let Some(obsolete) = terms.obsolete(ontologies, text) {
        return Err(not_used(obsolete));
    }
    let parts = BETWEEN_IDS.iter().find(|between| text.contains(*between));
    let parts = parts.map(|between| text.split(between).map(ontology_ids::read));
    // Several ids, one of which is of an ontology of this field; the others belong to other fields.
    if let Some(parts) = parts.and_then(|parts| parts.collect::<Option<Vec<_>>>()) {
        let mut fitting = parts
            .into_iter()
            .filter(|(ontology, _)| fits(ontology.prefix));
        return match (fitting.next(), fitting.next()) {
            (Some((_, iri)), None) => {
                let how = format!("the only id of {}", ontologies.join(" or "));
                Ok(ReadValue::changed(labelled(&iri), &iri, &how))
            }
            (None, _) => Err(format!("expected a term of {}", ontologies.join(" or "))),
            _ => Err("found several terms, expected one".to_owned()),
        };
    }
    Err(format!(
        "found in no table of terms ({}), expected an id of {} or a label of these tables",
        tables.join(", "),
        ontologies.join(" or ")
    ))
}

/// Why an obsolete term is no value.
fn not_used(term: &ObsoleteTerm) -> String {
    let id = &term.id;
    match term.replaced_by.as_slice() {
        [] => format!("found the obsolete term {id}, expected one in use"),
        others => format!(
            "found the obsolete term {id}, expected the term that replaces it: {}",
            others.join(" or ")
        ),
    }
}

/// The id of a name, or an id that a table has.
pub(super) fn name(text: &str, tables: &[String], terms: &TermTables) -> Result<ReadValue, String> {
    if let Some((term, found)) = terms.find(tables, text) {
        return Ok(ReadValue::changed(
            term.id.as_str().into(),
            &term.id,
            found.reason(),
        ));
    }
    if let Some((outer, inner)) = two_names(text)
        && let (Some((term, _)), Some((other, _))) =
            (terms.find(tables, outer), terms.find(tables, inner))
        && term.id == other.id
    {
        let how = "two names of one term";
        return Ok(ReadValue::changed(term.id.as_str().into(), &term.id, how));
    }
    // Spreadsheet programs write some whole numbers with a fraction.
    let whole = text.strip_suffix(".0").unwrap_or(text);
    let number = whole.rsplit(':').next().unwrap_or_default().trim();
    let prefix = whole
        .strip_suffix(number)
        .unwrap_or_default()
        .trim()
        .to_lowercase();
    let is_prefix = ["", "taxonomy:", "taxon:", "ncbitaxon:"].contains(&prefix.as_str());
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if !is_prefix || !is_number {
        return Err(format!(
            "found in no table of terms ({}), expected a name of these tables or a number of the NCBI Taxonomy",
            tables.join(", ")
        ));
    }
    let id = format!("taxonomy:{number}");
    Ok(match id == text {
        true => ReadValue::same(text),
        false => ReadValue::changed(id.as_str().into(), &id, "number of the NCBI Taxonomy"),
    })
}
