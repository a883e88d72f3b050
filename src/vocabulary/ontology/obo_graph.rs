//! Ontologies as OBO graphs in JSON.

use std::collections::HashMap;

use serde::Deserialize;

use super::prefix;
use crate::text::json::{self, JsonKind};
use crate::vocabulary::vocabulary_term::WrittenTerm;

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
}

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

/// The classes with a label.
///
/// # Errors
/// JSON of another shape.
pub(super) fn terms(bytes: &[u8]) -> Result<Vec<WrittenTerm>, serde_json::Error> {
    let file: File = json::typed(bytes, JsonKind::Document)?;
    let mut terms: Vec<WrittenTerm> = Vec::new();
    let mut edges: Vec<Edge> = Vec::new();
    for graph in file.graphs {
        terms.extend(graph.nodes.into_iter().filter_map(term));
        edges.extend(graph.edges);
    }
    let ids = terms.iter().enumerate();
    let positions: HashMap<String, usize> = ids.map(|(at, term)| (term.id.clone(), at)).collect();
    for edge in edges {
        let is_part = edge.pred.ends_with("BFO_0000050") || edge.pred == "part_of";
        let is_above = edge.pred == "is_a" || is_part && prefix(&edge.sub) == prefix(&edge.obj);
        if let Some(at) = positions.get(&edge.sub).filter(|_| is_above) {
            terms[*at].broader.push(edge.obj);
        }
    }
    Ok(terms)
}

fn term(node: Node) -> Option<WrittenTerm> {
    let is_class = node.kind.is_none_or(|kind| kind == "CLASS");
    let label = node.lbl.filter(|label| !label.is_empty())?;
    if !is_class || node.meta.deprecated {
        return None;
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
    Some(term)
}
