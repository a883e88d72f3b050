//! GSuite → FAIRtracks document.
//!
//! A GSuite file is a flat table, so what it holds of FAIRtracks is put together again: a column `samples->species_id`
//! becomes that member of a sample, a column without a category one of the track. Nothing is added that the file does
//! not say, so a document made of a plain list of addresses knows little more than those, and breaks rules of the
//! standard.

use serde_json::{Map, Value as Json, json};

use super::RESERVED;
use super::error::GsuiteError;
use crate::model::category::Category;
use crate::model::document::Document;

/// Members whose values are lists, which GSuite joins by commas.
const LISTS: [(Category, &str); 2] = [
    (Category::Tracks, "raw_file_ids"),
    (Category::Experiments, "aggregated_from"),
];

/// Reads a GSuite file as a document.
///
/// # Errors
/// What is wrong, and in which line.
pub fn read(bytes: &[u8]) -> Result<Document, GsuiteError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| GsuiteError::NotText(error.valid_up_to() + 1))?;
    let text = text.trim_start_matches('\u{feff}');
    let mut suite = Suite::default();
    for (number, line) in text.lines().enumerate() {
        suite.line(number + 1, line.trim_end_matches('\r'))?;
    }
    Ok(suite.document())
}

/// What has been read so far.
struct Suite {
    headers: Map<String, Json>,
    columns: Vec<String>,
    genome: Option<String>,
    lists: [Vec<Json>; 4],
    collection: Option<Json>,
}

impl Default for Suite {
    fn default() -> Self {
        Suite {
            headers: Map::new(),
            columns: vec!["uri".to_owned()],
            genome: None,
            lists: Default::default(),
            collection: None,
        }
    }
}

/// The lists of a document in the order of [`Suite::lists`].
const OF_LISTS: [Category; 4] = [
    Category::Studies,
    Category::Experiments,
    Category::Samples,
    Category::Tracks,
];

impl Suite {
    fn line(&mut self, number: usize, line: &str) -> Result<(), GsuiteError> {
        if line.trim().is_empty() {
            return Ok(());
        }
        if number == 1 && line.starts_with("#local_id\t") {
            return Err(GsuiteError::TableOfHits);
        }
        if let Some(group) = line.strip_prefix("####") {
            if let Some(genome) = group.trim().strip_prefix("genome=") {
                self.genome = Some(decode(genome.trim()));
            }
        } else if let Some(columns) = line.strip_prefix("###") {
            self.columns = columns
                .split('\t')
                .map(|name| name.trim().to_owned())
                .collect();
        } else if let Some(header) = line.strip_prefix("##") {
            if let Some((key, value)) = header.split_once(':') {
                let key = key.trim().to_lowercase();
                self.headers.insert(key, value.trim().into());
            }
        } else if !line.starts_with('#') {
            self.track(number, line)?;
        }
        Ok(())
    }

    fn track(&mut self, number: usize, line: &str) -> Result<(), GsuiteError> {
        let cells: Vec<&str> = line.split('\t').collect();
        if !cells[0].contains(':') && self.headers.is_empty() {
            let found = cells[0].chars().take(60).collect();
            return Err(GsuiteError::NotGsuite {
                line: number,
                found,
            });
        }
        if cells.len() != self.columns.len() {
            return Err(GsuiteError::Columns {
                line: number,
                found: cells.len(),
                expected: self.columns.len(),
            });
        }
        let mut objects: [Json; 5] = std::array::from_fn(|_| json!({}));
        let columns = std::mem::take(&mut self.columns);
        let mut reserved: [Option<String>; 5] = Default::default();
        for (column, cell) in columns.iter().zip(cells) {
            let cell = cell.trim();
            if cell == "." || cell.is_empty() {
                continue;
            }
            let lower = column.to_lowercase();
            if let Some(place) = RESERVED.iter().position(|name| *name == lower) {
                // An address keeps its percent signs, which are part of it.
                let value = if place == 0 {
                    cell.to_owned()
                } else {
                    decode(cell)
                };
                reserved[place] = Some(value);
                continue;
            }
            let (category, path) = attribute(column);
            let object = &mut objects[place_of(category)];
            put(object, category, path, decode(cell)).map_err(|other| GsuiteError::Clash {
                line: number,
                one: other,
                other: column.clone(),
            })?;
        }
        self.columns = columns;
        let [uri, title, _, kind, genome] = reserved;
        let [mut study, mut experiment, mut sample, mut track, collection] = objects;
        let genome = genome
            .or_else(|| self.genome.clone())
            .or_else(|| self.header("genome"));
        let kind = kind.or_else(|| self.header("track type"));
        fill(&mut track, "file_url", uri);
        fill(&mut track, "local_id", title.clone());
        fill(&mut track, "label_short", title);
        fill(&mut track, "assembly_name", genome);
        fill(
            &mut track,
            "geometric_track_type",
            kind.map(|kind| capital(&kind)),
        );
        refer(&mut track, "experiment_ref", &mut experiment, "experiment");
        refer(&mut experiment, "sample_ref", &mut sample, "sample");
        refer(&mut experiment, "study_ref", &mut study, "study");
        match &self.collection {
            None => self.collection = Some(collection),
            // A document has one collection; that of a track from elsewhere stays with the track.
            Some(first) if *first != collection => track["collection_info"] = collection,
            Some(_) => {}
        }
        for (list, object) in self
            .lists
            .iter_mut()
            .zip([study, experiment, sample, track])
        {
            let is_empty = object.as_object().is_none_or(Map::is_empty);
            if !is_empty && !list.contains(&object) {
                list.push(object);
            }
        }
        Ok(())
    }

    /// A header that says something of all tracks.
    fn header(&self, key: &str) -> Option<String> {
        let value = decode(self.headers.get(key)?.as_str()?);
        let says_nothing = ["unknown", "multiple", ""].contains(&value.to_lowercase().as_str());
        (!says_nothing).then_some(value)
    }

    fn document(self) -> Document {
        let mut members = Map::new();
        members.insert("doc_info".to_owned(), json!({}));
        members.insert(
            "collection_info".to_owned(),
            self.collection.unwrap_or(json!({})),
        );
        for (category, list) in OF_LISTS.iter().zip(self.lists) {
            members.insert(category.name().to_owned(), list.into());
        }
        let story = json!({"format": "GSuite", "headers": self.headers});
        members.insert("converted_from".to_owned(), story);
        Document::from_parts(members)
    }
}

/// The place of a category's object in a row; all that is no list is of the collection.
fn place_of(category: Category) -> usize {
    let place = OF_LISTS.iter().position(|known| *known == category);
    place.unwrap_or(OF_LISTS.len())
}

/// The attribute that a column holds.
fn attribute(column: &str) -> (Category, &str) {
    let named = column
        .split_once("->")
        .and_then(|(first, rest)| Some((Category::named(first)?, rest)));
    match named {
        Some((Category::DocInfo, _)) | None => (Category::Tracks, column),
        Some(named) => named,
    }
}

/// Puts a value at a path.
///
/// # Errors
/// The part of the path at which there is a value already.
fn put(object: &mut Json, category: Category, path: &str, value: String) -> Result<(), String> {
    let keys: Vec<&str> = path.split("->").collect();
    let mut place = object;
    for (depth, key) in keys.iter().enumerate() {
        if !place.is_object() {
            return Err(keys[..depth].join("->"));
        }
        place = &mut place[*key];
        if depth + 1 < keys.len() && place.is_null() {
            *place = json!({});
        }
    }
    if !place.is_null() {
        return Err(path.to_owned());
    }
    *place = if LISTS.contains(&(category, path)) {
        value.split(',').map(str::trim).collect()
    } else {
        value.into()
    };
    Ok(())
}

/// Gives an object a member that it does not have yet.
fn fill(object: &mut Json, key: &str, value: Option<String>) {
    if let Some(value) = value
        && object.get(key).is_none()
    {
        object[key] = value.into();
    }
}

/// Lets an object refer to another of its row, which gets an id where it has none.
fn refer(from: &mut Json, attribute: &str, to: &mut Json, kind: &str) {
    if to.as_object().is_none_or(Map::is_empty) {
        return;
    }
    let id = [to.get("local_id"), from.get(attribute)]
        .into_iter()
        .flatten()
        .find_map(Json::as_str)
        .map(str::to_owned)
        .unwrap_or_else(|| {
            let of = from.get("local_id").and_then(Json::as_str);
            format!("{}/{kind}", of.unwrap_or_default())
        });
    to["local_id"] = id.clone().into();
    from[attribute] = id.into();
}

/// A text with its first letter as the standard writes it.
fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

/// A cell as it was before it was percent-encoded; what is no UTF-8 then stays as it is.
fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8()
        .map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::fairtracks_json;
    use crate::model::hit::Hit;
    use crate::model::subset::closed_subset;

    fn tracks(document: &Document) -> Vec<&Json> {
        document.objects(Category::Tracks)
    }

    #[test]
    fn what_was_written_of_a_document_is_read_again() {
        let bytes = include_bytes!("../../../test-data/blood.fairtracks.json");
        let document = fairtracks_json::read(bytes).unwrap();
        let ones: Vec<Document> = (0..tracks(&document).len())
            .map(|position| closed_subset(&document, &[position]).document)
            .collect();
        let hits: Vec<Hit<'_>> = ones.iter().map(Hit::first_of).collect();
        let again = read(super::super::write(&hits).text.as_bytes()).unwrap();
        assert_eq!(tracks(&again).len(), hits.len());
        for (one, hit) in hits.iter().enumerate() {
            let read = closed_subset(&again, &[one]).document;
            let read = Hit::first_of(&read);
            for (category, path) in [
                (Category::Tracks, &["local_id"] as &[&str]),
                (Category::Tracks, &["file_url"]),
                (Category::Tracks, &["checksum", "cs_hash"]),
                (Category::Tracks, &["file_format", "term_id"]),
                (Category::Tracks, &["label_long"]),
                (Category::Experiments, &["technique", "term_id"]),
                (Category::Samples, &["sample_type", "summary"]),
                (Category::Samples, &["donor", "code"]),
                (Category::Studies, &["contact", "orcid"]),
                (Category::CollectionInfo, &["long_name"]),
            ] {
                assert_eq!(
                    read.text(category, path),
                    hit.text(category, path),
                    "{path:?}"
                );
            }
        }
    }

    #[test]
    fn a_list_of_addresses_is_a_suite_of_tracks_that_are_hardly_known() {
        let text = "##genome: hg19\n###uri\ttitle\tantibody\nhttps://x.example/a%2Bb.bed\tA%20b\tCTCF\nftp://x.example/c.bed\tC\t.\n";
        let document = read(text.as_bytes()).unwrap();
        let expected = json!({"antibody": "CTCF", "file_url": "https://x.example/a%2Bb.bed", "local_id": "A b", "label_short": "A b", "assembly_name": "hg19"});
        assert_eq!(tracks(&document)[0], &expected);
        assert!(document.objects(Category::Experiments).is_empty());
        let bare = read(b"https://x.example/a.bed\nhttps://x.example/b.bed\n").unwrap();
        assert_eq!(tracks(&bare)[1]["file_url"], "https://x.example/b.bed");
    }

    #[test]
    fn what_is_no_suite_is_refused_with_its_line() {
        for (text, expected) in [
            (
                "##location: remote\n###uri\ttitle\nhttps://x.example/a\n",
                "line 3: found 1 columns, expected 2",
            ),
            ("hello\n", "line 1: found `hello`"),
            ("#local_id\tlabel\na\tb\n", "this is a table of hits"),
            (
                "##a: b\n###uri\tx\tx->y\nhttps://x.example/a\t1\t2\n",
                "line 3: found the columns `x` and `x->y`",
            ),
        ] {
            let message = read(text.as_bytes()).unwrap_err().to_string();
            assert!(message.starts_with(expected), "{message}");
        }
    }
}
