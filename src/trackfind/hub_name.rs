//! Default names of repository and hub for a document.

use std::collections::HashMap;
use std::fmt;

use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::text::unique_names::UniqueNames;

/// The name of a hub on a TrackFind server: repository and hub.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HubName {
    /// The repository, such as `encode`.
    pub repository: String,
    /// The hub, such as `ENCODE example`.
    pub hub: String,
}

/// Both as people read them and as a drop-down of hubs has them: `encode / ENCODE example`.
impl fmt::Display for HubName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} / {}", self.repository, self.hub)
    }
}

/// The repository of a document in which no identifier has a prefix.
const NO_PREFIX: &str = "documents";

const LONGEST: usize = 100;

impl HubName {
    /// The name of a document in a file of this name.
    ///
    /// The repository is the prefix of the collection's `local_id`, or else of the first track with one, or else `documents`.
    /// The hub is the collection's `short_name`, or else its `local_id`, or else the file name without document suffixes.
    /// Neither has a character
    /// that is special in a URL or table, and neither is empty.
    pub fn of(document: &Document, file_name: &str) -> Self {
        let text = |category, key: &str| {
            let object = document.object(category, 0)?;
            object.get(key)?.as_str()
        };
        let collection = text(Category::CollectionInfo, "local_id").unwrap_or_default();
        let tracks = document.objects(Category::Tracks);
        let of_tracks = tracks
            .iter()
            .filter_map(|track| track.get("local_id")?.as_str());
        let ids = std::iter::once(collection).chain(of_tracks);
        let repository = ids
            .filter_map(|id| id.split_once(':'))
            .map(|(prefix, _)| plain(prefix))
            .find(|prefix| !prefix.is_empty());
        let short_name = text(Category::CollectionInfo, "short_name").unwrap_or_default();
        let hub = [short_name, collection, without_endings(file_name)]
            .map(plain)
            .into_iter()
            .find(|name| !name.is_empty());
        HubName {
            repository: repository.unwrap_or_else(|| NO_PREFIX.to_owned()),
            hub: hub.unwrap_or_else(|| "document".to_owned()),
        }
    }

    /// The names of documents, each with the name of its file, in their order. Later ones of a name that is taken get
    /// a number: `Blood (2)`.
    pub fn of_all<'d>(documents: impl IntoIterator<Item = (&'d Document, &'d str)>) -> Vec<Self> {
        let mut taken: HashMap<String, UniqueNames> = HashMap::new();
        documents
            .into_iter()
            .map(|(document, file_name)| {
                let mut name = HubName::of(document, file_name);
                let in_repository = taken.entry(name.repository.clone()).or_default();
                name.hub = in_repository.numbered(&name.hub, LONGEST);
                name
            })
            .collect()
    }
}

/// A file name without folders and document suffixes.
fn without_endings(file_name: &str) -> &str {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    let name = name.strip_suffix(".json").unwrap_or(name);
    name.strip_suffix(".fairtracks").unwrap_or(name)
}

/// A text with `-` for characters that are special in a URL or table, on one line, of at most [`LONGEST`] characters; empty if no
/// usable character is left.
fn plain(text: &str) -> String {
    let special = |c: char| (c.is_control() && !c.is_whitespace()) || "/\\;%#?".contains(c);
    let safe = text.chars();
    let safe: String = safe.map(|c| if special(c) { '-' } else { c }).collect();
    let words: Vec<&str> = safe.split_whitespace().collect();
    let short: String = words.join(" ").chars().take(LONGEST).collect();
    if short.chars().any(char::is_alphanumeric) {
        short.trim_end().to_owned()
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value as Json, json};

    fn document(collection: &Json, tracks: &Json) -> Document {
        Document::from_json(json!({
            "doc_info": {}, "collection_info": collection, "studies": [], "experiments": [], "samples": [],
            "tracks": tracks
        }))
        .unwrap()
    }

    #[test]
    fn repository_and_hub_come_from_the_collection_a_track_or_the_file() {
        let blood = json!({"local_id": "example:blood", "short_name": "Blood for tests"});
        let encode = json!({"local_id": "encode_example", "short_name": "ENCODE example"});
        let with_prefix = json!([{}, {"local_id": "encode:ENCFF718EPO"}]);
        // Names fit into a URL and a table.
        let odd = json!({"local_id": "#a/b:1", "short_name": "  50%\tT  cells?\u{1}; é "});
        let dots = json!({"local_id": "..:..", "short_name": ".."});
        let (nothing, none) = (json!({}), json!([]));
        for (collection, tracks, file, name) in [
            (&blood, &none, "x.json", "example / Blood for tests"),
            (&encode, &with_prefix, "x.json", "encode / ENCODE example"),
            (
                &nothing,
                &none,
                "/data/my cells.fairtracks.json",
                "documents / my cells",
            ),
            (&nothing, &none, "-", "documents / document"),
            (&odd, &none, "", "-a-b / 50- T cells--- é"),
            (&dots, &none, "..json", "documents / document"),
        ] {
            let found = HubName::of(&document(collection, tracks), file);
            assert_eq!(found.to_string(), name);
        }
    }

    #[test]
    fn documents_of_one_name_are_numbered() {
        let [blood, other] = ["example:1", "other:1"].map(|id| {
            let collection = json!({"local_id": id, "short_name": "Blood"});
            document(&collection, &json!([]))
        });
        let names = HubName::of_all([(&blood, "a"), (&other, "b"), (&blood, "c")]);
        let shown: Vec<String> = names.iter().map(HubName::to_string).collect();
        let expected = ["example / Blood", "other / Blood", "example / Blood (2)"];
        assert_eq!(shown, expected);
    }
}
