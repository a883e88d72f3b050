//! Values of a file of ENCODE that are several of its members together, and members that are links to other items.

use std::borrow::Cow;

use serde_json::{Map, Value as Json};

use super::flatten::{list, texts};
use super::portal_rows::joined as distinct;

/// Members whose values rules read, and which are links where a search asks for `frame=object`.
const LINKED: [&str; 3] = ["biosample_ontology", "lab", "target"];
/// The prefix of terms that no ontology has yet.
const NEW_TERM: &str = "NTR:";

/// Values that are several members together.
#[derive(Debug, Default)]
pub(super) struct ComposedValues {
    /// Titles and texts.
    pub values: Vec<(&'static str, String)>,
    /// The paths of members that the values have as a whole, so that no rule needs to read them.
    pub read: Vec<&'static str>,
    /// The id of the gene of the target.
    pub gene: Option<String>,
    /// What `derived_from` has beside paths of files.
    pub other_sources: Vec<String>,
}

impl ComposedValues {
    /// The values of a file.
    pub fn of(item: &Map<String, Json>) -> Self {
        let mut composed = ComposedValues::default();
        composed.content(item);
        composed.new_term(item);
        composed.gene = target_gene(item);
        if let Some(gene) = &composed.gene {
            composed.values.push(("target gene", gene.clone()));
        }
        composed.sources(item);
        composed
    }

    /// What is left of the text of a path that the values have in part; `None` where nothing is.
    pub fn rest<'t>(&self, path: &str, text: &'t str) -> Option<Cow<'t, str>> {
        if self.read.contains(&path) {
            return None;
        }
        match &self.gene {
            Some(gene) if path == "target.genes.dbxrefs" => {
                let others = text.split(';').filter(|id| id != gene);
                let others: Vec<&str> = others.collect();
                (!others.is_empty()).then(|| others.join(";").into())
            }
            _ => Some(text.into()),
        }
    }

    /// The type of the file with its output type. Some searches leave the type out, which is format and specification.
    fn content(&mut self, item: &Map<String, Json>) {
        let of = |key: &str| joined(item.get(key));
        let (stated, format, kind) = (of("file_type"), of("file_format"), of("file_format_type"));
        let output_type = of("output_type");
        let file_type = match (stated.as_str(), kind.as_str()) {
            ("", "") => format,
            ("", kind) => {
                let file_type = format!("{format} {kind}");
                self.values.push(("file_type", file_type.clone()));
                file_type
            }
            _ => stated,
        };
        if !kind.is_empty() && file_type.split(' ').any(|word| word == kind) {
            self.read.push("file_format_type");
        }
        if !output_type.is_empty() {
            self.read.push("output_type");
        }
        self.values
            .push(("content", format!("{file_type}: {output_type}")));
    }

    /// The name of a term without an id, with the class of the sample, which says what ontology has such terms.
    fn new_term(&mut self, item: &Map<String, Json>) {
        let Some(ontology) = item.get("biosample_ontology") else {
            return;
        };
        let of = |key: &str| joined(ontology.get(key));
        let name = of("term_name");
        if of("term_id").starts_with(NEW_TERM) && !name.is_empty() {
            let named = format!("{}: {name}", of("classification"));
            self.values.push(("new term", named));
            self.read.push("biosample_ontology.term_name");
        }
    }

    /// The files that a file is made from.
    fn sources(&mut self, item: &Map<String, Json>) {
        let items = item.get("derived_from").map_or(&[][..], list);
        let mut files = Vec::new();
        for file in items {
            let id = file.get("@id").unwrap_or(file);
            for id in texts(id) {
                let path = id.strip_prefix("/files/");
                match path.and_then(|path| path.strip_suffix('/')) {
                    Some(accession) => files.push(format!("encode:{accession}")),
                    None => self.other_sources.push(id),
                }
            }
        }
        if !files.is_empty() {
            let files = distinct(files.iter().map(String::as_str));
            self.values.push(("derived from", files));
        }
    }
}

/// Takes out the members that are links, with the first link of each.
pub(super) fn take_links(item: &mut Map<String, Json>) -> Vec<(&'static str, String)> {
    let is_link = |text: &String| text.starts_with('/') && text.ends_with('/');
    let links = LINKED.into_iter().filter_map(|key| {
        let is_object = |value: &Json| match value {
            Json::Array(items) => items.iter().any(Json::is_object),
            value => value.is_object(),
        };
        let links = item.get(key).filter(|value| !is_object(value)).map(texts)?;
        let first = links.first().filter(|_| links.iter().all(is_link))?;
        Some((key, first.clone()))
    });
    let links: Vec<_> = links.collect();
    for (key, _) in &links {
        item.remove(*key);
    }
    links
}

/// The different texts of a member with `;` between them.
fn joined(value: Option<&Json>) -> String {
    let texts = value.map(texts).unwrap_or_default();
    distinct(texts.iter().map(String::as_str))
}

/// The only gene of a target that is no modified histone, which is made of many.
fn target_gene(item: &Map<String, Json>) -> Option<String> {
    let target = item.get("target")?;
    let mut kinds = texts(&target["investigated_as"]).into_iter();
    if kinds.any(|kind| kind.contains("histone")) {
        return None;
    }
    let genes = target["genes"].as_array()?.iter();
    let references = genes.flat_map(|gene| texts(&gene["dbxrefs"]));
    let mut ids: Vec<String> = references.filter(|id| id.starts_with("HGNC:")).collect();
    ids.dedup();
    match ids.as_slice() {
        [id] => Some(id.clone()),
        _ => None,
    }
}
