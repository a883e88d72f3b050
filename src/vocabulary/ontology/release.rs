//! What an ontology file says of itself.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value as Json;

use crate::text::json::{self, JsonKind};

/// The release of an ontology.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OntologyRelease {
    /// Its id: `cl`, or the IRI of its graph.
    pub id: Option<String>,
    /// Its version: `releases/2026-01-31`, or an IRI.
    pub version: Option<String>,
}

#[derive(Deserialize)]
struct GraphsFile {
    graphs: Vec<GraphHead>,
}

#[derive(Deserialize)]
struct GraphHead {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    meta: Option<BTreeMap<String, Json>>,
}

/// The release that a file states; members that it does not state are empty.
pub fn release(bytes: &[u8]) -> OntologyRelease {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.trim_ascii_start().first() == Some(&b'{') {
        let file: Option<GraphsFile> = json::typed(bytes, JsonKind::Document).ok();
        let graph = file.and_then(|file| file.graphs.into_iter().next());
        return graph.map_or_else(OntologyRelease::default, of_graph);
    }
    // The header of an OBO file ends at its first stanza.
    let lines = bytes.split(|byte| *byte == b'\n');
    let header = lines.take_while(|line| !line.trim_ascii_start().starts_with(b"["));
    let mut release = OntologyRelease::default();
    for line in header {
        let Some((tag, value)) = std::str::from_utf8(line)
            .ok()
            .and_then(|line| line.split_once(':'))
        else {
            continue;
        };
        let value = Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        match tag.trim() {
            "ontology" => release.id = value,
            "data-version" => release.version = value,
            _ => {}
        }
    }
    release
}

fn of_graph(graph: GraphHead) -> OntologyRelease {
    let meta = graph.meta.unwrap_or_default();
    let version = meta.get("version").and_then(Json::as_str);
    let stated = || {
        let values = meta.get("basicPropertyValues")?.as_array()?;
        let is_version = |value: &&Json| {
            let property = value["pred"].as_str().unwrap_or_default();
            property.ends_with("#versionInfo")
        };
        values.iter().find(is_version)?["val"].as_str()
    };
    OntologyRelease {
        version: version.or_else(stated).map(str::to_owned),
        id: graph.id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(id: &str, version: &str) -> OntologyRelease {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        OntologyRelease {
            id: text(id),
            version: text(version),
        }
    }

    #[test]
    fn a_release_is_read_from_the_header_or_the_graph() {
        let obo = "format-version: 1.2\r\ndata-version: releases/2026-01-31\r\nontology: cl\r\n\r\n[Term]\r\nid: CL:1\r\ndata-version: x\r\n";
        assert_eq!(release(obo.as_bytes()), of("cl", "releases/2026-01-31"));
        assert_eq!(
            release(b"ontology: moss\n[Term]\nid: A:1\n"),
            of("moss", "")
        );
        let graph = r#"{"graphs": [{"id": "http://purl.example.org/cl.owl", "nodes": [{"id": "x"}],
            "meta": {"version": "http://purl.example.org/cl/releases/2026-01-31/cl.owl"}}]}"#;
        assert_eq!(
            release(graph.as_bytes()),
            of(
                "http://purl.example.org/cl.owl",
                "http://purl.example.org/cl/releases/2026-01-31/cl.owl"
            )
        );
        let stated = r#"{"graphs": [{"meta": {"basicPropertyValues": [{"pred": "http://www.w3.org/2002/07/owl#versionInfo", "val": "2026"}]}}]}"#;
        assert_eq!(release(stated.as_bytes()), of("", "2026"));
        assert_eq!(release(b"{}"), OntologyRelease::default());
        assert_eq!(release(b""), OntologyRelease::default());
    }
}
