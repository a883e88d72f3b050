//! Ontologies as OBO graphs in JSON.

use std::collections::HashMap;

use serde::Deserialize;
use serde::de::Error as _;

use super::{OntologyTerms, prefix};
use crate::text::json::{self, JsonKind};
use crate::vocabulary::vocabulary_term::{ObsoleteTerm, WrittenTerm};

#[derive(Deserialize)]
struct File {
    graphs: Vec<Graph>,
}

#[derive(Deserialize)]
struct Graph {
    #[serde(default)]
    nodes: Vec<Node>,
    #[serde(default)]
    edges: Vec<Edge>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    #[serde(default)]
    lbl: Option<String>,
    #[serde(rename = "type", default)]
    kind: Option<String>,
    #[serde(default)]
    meta: Meta,
}

#[derive(Default, Deserialize)]
struct Meta {
    #[serde(default)]
    synonyms: Vec<Synonym>,
    #[serde(default)]
    deprecated: bool,
    #[serde(rename = "basicPropertyValues", default)]
    values: Vec<PropertyValue>,
}

#[derive(Deserialize)]
struct PropertyValue {
    pred: String,
    val: String,
}

/// The end of the IRI of *term replaced by*.
const REPLACED_BY: &str = "IAO_0100001";

#[derive(Deserialize)]
struct Synonym {
    pred: String,
    val: String,
}

#[derive(Deserialize)]
struct Edge {
    sub: String,
    pred: String,
    obj: String,
}

/// The classes with a label, and the obsolete ones.
///
/// # Errors
/// JSON of another shape, or two classes of one id.
pub(super) fn terms(bytes: &[u8]) -> Result<OntologyTerms, serde_json::Error> {
    let file: File = json::typed(bytes, JsonKind::Document)?;
    let mut found = OntologyTerms::default();
    let mut edges: Vec<Edge> = Vec::new();
    for graph in file.graphs {
        for node in graph.nodes {
            add(node, &mut found);
        }
        edges.extend(graph.edges);
    }
    let terms = &mut found.terms;
    let mut positions: HashMap<String, usize> = HashMap::new();
    for (at, term) in terms.iter().enumerate() {
        let first = *positions.entry(term.id.clone()).or_insert(at);
        if terms[first].label != term.label {
            let (id, first, other) = (&term.id, &terms[first].label, &term.label);
            return Err(serde_json::Error::custom(format_args!(
                "the id `{id}` has the labels `{first}` and `{other}`"
            )));
        }
    }
    for edge in edges {
        let is_part = edge.pred.ends_with("BFO_0000050") || edge.pred == "part_of";
        let is_above = edge.pred == "is_a" || is_part && prefix(&edge.sub) == prefix(&edge.obj);
        if let Some(at) = positions.get(&edge.sub).filter(|_| is_above) {
            terms[*at].broader.push(edge.obj);
        }
    }
    Ok(found)
}

fn add(node: Node, terms: &mut OntologyTerms) {
    let is_class = node.kind.is_none_or(|kind| kind == "CLASS");
    let label = node.lbl.unwrap_or_default();
    if is_class && node.meta.deprecated {
        let values = node.meta.values.into_iter();
        let replaced_by = values.filter(|value| value.pred.ends_with(REPLACED_BY));
        terms.obsolete.push(ObsoleteTerm {
            id: node.id,
            label,
            replaced_by: replaced_by.map(|value| value.val).collect(),
        });
        return;
    }
    if !is_class || label.is_empty() {
        return;
    }
    let mut term = WrittenTerm {
        id: node.id,
        label,
        ..WrittenTerm::default()
    };
    for synonym in node.meta.synonyms {
        if synonym.pred == "hasExactSynonym" {
            term.synonyms.push(synonym.val);
        } else {
            term.related.push(synonym.val);
        }
    }
    terms.terms.push(term);
}
