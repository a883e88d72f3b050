//! The catalog as a table: tab-separated, one line a value, titles in a first line that starts with `#`.

use crate::tables::tsv::escape;
use crate::tools::catalog::entries::Catalog;

/// The titles of its columns.
pub const TITLES: [&str; 6] = [
    "repository",
    "hub",
    "category",
    "attribute",
    "value",
    "tracks",
];

/// Writes the table; without values it is the line of titles alone. The last cell is empty where tracks were not counted.
pub fn write(catalog: &Catalog) -> String {
    let mut text = format!("#{}\n", TITLES.join("\t"));
    for hub in &catalog.hubs {
        // Galaxy takes a line that starts with `#` for a comment.
        let blank = if hub.name.repository.starts_with('#') {
            " "
        } else {
            ""
        };
        let names = [&hub.name.repository, &hub.name.hub].map(|name| escape(name));
        for attribute in &hub.attributes {
            let place = [
                &names[0],
                &names[1],
                &escape(&attribute.category),
                &escape(&attribute.path),
            ]
            .map(String::as_str)
            .join("\t");
            for value in &attribute.values {
                let tracks = value
                    .tracks
                    .map(|tracks| tracks.to_string())
                    .unwrap_or_default();
                text += &format!("{blank}{place}\t{}\t{tracks}\n", escape(&value.text));
            }
        }
    }
    text
}
