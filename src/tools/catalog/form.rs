//! The form of `fairtracks_catalog` as Galaxy hands it over: what users typed or picked, byte for byte.

use serde::Deserialize;

use crate::text::json::{self, JsonKind};
use crate::tools::catalog::entries::CatalogFilter;

/// The fields of the form that have no command line option.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CatalogForm {
    /// The server to ask, where the form says so.
    pub server: Option<AskedServer>,
    /// The filter of the catalog.
    pub wanted: CatalogFilter,
}

/// A server, and which of its hubs are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AskedServer {
    /// The address, as it was given.
    pub url: String,
    /// The repository; empty for all.
    pub repository: String,
    /// The hub; empty for all.
    pub hub: String,
}

#[derive(Deserialize)]
struct Fields {
    #[serde(default)]
    source: Source,
    #[serde(default)]
    wanted: WantedFields,
}

#[derive(Default, Deserialize)]
struct Source {
    #[serde(default)]
    from: String,
    #[serde(default)]
    server: Server,
    repository: Option<String>,
    hub: Option<String>,
}

#[derive(Default, Deserialize)]
struct Server {
    url: Option<String>,
}

#[derive(Default, Deserialize)]
struct WantedFields {
    attribute: Option<String>,
    value: Option<String>,
    categories: Option<Vec<String>>,
}

/// Reads the form. Blanks around what was typed count for nothing.
///
/// # Errors
/// The JSON is invalid.
pub fn read(bytes: &[u8]) -> Result<CatalogForm, serde_json::Error> {
    let Fields { source, wanted } = json::typed(bytes, JsonKind::Metadata)?;
    let typed = |text: Option<String>| text.unwrap_or_default().trim().to_owned();
    let server = (source.from == "server").then(|| AskedServer {
        url: typed(source.server.url),
        repository: typed(source.repository),
        hub: typed(source.hub),
    });
    Ok(CatalogForm {
        server,
        wanted: CatalogFilter {
            attribute: typed(wanted.attribute),
            value: typed(wanted.value),
            categories: wanted.categories.unwrap_or_default(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_was_typed_without_the_blanks_around_it() {
        let form = r#"{"source": {"from": "server", "server": {"from": "typed", "url": " https://é.example.org\n"},
            "repository": "It's", "hub": null, "count": false}, "augment": true,
            "wanted": {"attribute": "", "value": " $(x) `y` ", "categories": ["tracks"]}}"#;
        let server = AskedServer {
            url: "https://é.example.org".to_owned(),
            repository: "It's".to_owned(),
            hub: String::new(),
        };
        let wanted = CatalogFilter {
            attribute: String::new(),
            value: "$(x) `y`".to_owned(),
            categories: vec!["tracks".to_owned()],
        };
        let expected = CatalogForm {
            server: Some(server),
            wanted,
        };
        assert_eq!(read(form.as_bytes()).unwrap(), expected);
    }

    #[test]
    fn documents_need_no_server() {
        let form = r#"{"source": {"from": "documents"}, "wanted": {"categories": null}}"#;
        assert_eq!(read(form.as_bytes()).unwrap(), CatalogForm::default());
    }
}
