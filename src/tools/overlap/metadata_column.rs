//! Columns of metadata: what the ranking shows of each track, and by what tracks form groups.

use crate::cli::Failure;
use crate::fairtracks::attribute::Attribute;
use crate::fairtracks::category::Category;
use crate::fairtracks::flat::flatten;
use crate::fairtracks::hit::Hit;
use crate::fairtracks::summary_columns::{HEADLINES, headline};
use crate::text::secrets;

use super::labels::TrackLabel;
use super::track_file::TrackFile;

/// The metadata columns if none are chosen.
const DEFAULT_COLUMNS: [&str; 3] = ["cell_or_tissue", "assay", "target"];

/// A metadata column: a column of the table of hits, or an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetadataColumn {
    Headline(&'static str),
    Attribute(Attribute),
}

impl MetadataColumn {
    /// The columns that were chosen; some if none was.
    pub fn all(names: &[String]) -> Result<Vec<Self>, Failure> {
        if names.is_empty() {
            return Ok(DEFAULT_COLUMNS.map(MetadataColumn::Headline).to_vec());
        }
        names
            .iter()
            .map(|name| Self::parse(name, "--columns"))
            .collect()
    }

    /// Reads the name of a column.
    pub fn parse(name: &str, option: &str) -> Result<Self, Failure> {
        let known = HEADLINES.iter().find(|headline| headline.title == name);
        if let Some(headline) = known {
            return Ok(MetadataColumn::Headline(headline.title));
        }
        match Attribute::parse(name) {
            Ok(attribute) => Ok(MetadataColumn::Attribute(attribute)),
            Err(_) => {
                let titles: Vec<&str> = HEADLINES.iter().map(|headline| headline.title).collect();
                let problem = format!(
                    "found the column `{name}`, expected one of {}, or an attribute such as samples->sample_type->summary",
                    titles.join(", ")
                );
                Err(Failure::at(option, problem))
            }
        }
    }

    /// The title in a table.
    pub fn title(&self) -> String {
        match self {
            MetadataColumn::Headline(title) => (*title).to_owned(),
            MetadataColumn::Attribute(attribute) => attribute.to_string(),
        }
    }

    /// The value of a track; empty where the metadata lack it.
    pub fn value(&self, label: Option<&TrackLabel>) -> String {
        let Some(label) = label else {
            return String::new();
        };
        let hit = Hit::first_of(&label.document);
        let value = match self {
            MetadataColumn::Headline(title) => headline(&hit, title).to_owned(),
            MetadataColumn::Attribute(attribute) => {
                let path = attribute.path.join("->");
                let object = hit.object(attribute.category);
                let flat = object.map(flatten).unwrap_or_default();
                let values = flat.into_iter().find(|flat| flat.path == path);
                values.map_or_else(String::new, |flat| flat.texts.join(","))
            }
        };
        secrets::without(&value).to_string()
    }
}

/// What a user calls a track: its label, or else its file.
pub fn title(file: &TrackFile, label: Option<&TrackLabel>) -> String {
    let labelled = MetadataColumn::Headline("label").value(label);
    match labelled.is_empty() {
        true => file.identifier().to_owned(),
        false => labelled,
    }
}

/// The id of a track in its document; empty without metadata.
pub fn local_id(label: Option<&TrackLabel>) -> String {
    let object = label.and_then(|label| label.document.object(Category::Tracks, 0));
    let id = object.and_then(|track| track.get("local_id")?.as_str());
    id.unwrap_or_default().to_owned()
}
