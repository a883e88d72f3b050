//! The catalog as a table: tab-separated, one line a value, titles in a first line that starts with `#`.

use crate::tables::{self, tsv::escape};
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
    let mut text = tables::title_line(TITLES);
    for hub in &catalog.hubs {
        // Galaxy takes a line that starts with `#` for a comment.
        let blank = if hub.name.repository.starts_with('#') {
            " "
        } else {
            ""
        };
        let repository = format!("{blank}{}", escape(&hub.name.repository));
        let name = escape(&hub.name.hub);
        for attribute in &hub.attributes {
            let place = [&attribute.category, &attribute.path].map(|text| escape(text));
            for value in &attribute.values {
                let tracks = value.tracks.map(|tracks| tracks.to_string());
                let (text_of_value, tracks) = (escape(&value.text), tracks.unwrap_or_default());
                let cells = [
                    &repository,
                    &name,
                    &place[0],
                    &place[1],
                    &text_of_value,
                    &tracks,
                ];
                tables::push_row(&mut text, cells);
            }
        }
    }
    text
}
