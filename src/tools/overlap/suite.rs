//! The tracks of the suite: their files, what Galaxy knows of them, their checksums, and their metadata.

use std::fs::File;
use std::io::{Read as _, Seek as _, sink};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::archive::digest::{DigestFunction, Digester, Digests};
use crate::archive::gzip;
use crate::cli::{self, Failure};
use crate::fairtracks::attribute::Attribute;
use crate::fairtracks::category::Category;
use crate::fairtracks::flat::flatten;
use crate::fairtracks::hit::Hit;
use crate::fairtracks::summary_columns::{HEADLINES, headline};
use crate::galaxy::described_datasets::DescribedDataset;
use crate::text::secrets;

use super::arguments::OverlapArguments;
use super::labels::TrackLabel;

/// The metadata columns if none are chosen.
const DEFAULT_COLUMNS: [&str; 3] = ["cell_or_tissue", "assay", "target"];

/// The file of a track.
#[derive(Debug)]
pub struct TrackFile {
    pub path: PathBuf,
    pub described: DescribedDataset,
    digests: Option<(Digests, Option<Digests>)>,
}

impl TrackFile {
    /// The files of the arguments; hashed where checksums are needed.
    pub fn all(
        arguments: &OverlapArguments,
        with_digests: bool,
        functions: &[DigestFunction],
    ) -> Result<Vec<Self>, Failure> {
        let paths = cli::files(&arguments.tracks)?;
        if paths.is_empty() {
            return Err(Failure::at(
                "tracks",
                "found no file, expected at least one",
            ));
        }
        let described = arguments.given.described(&paths)?;
        let files = paths.into_par_iter().zip(described).with_max_len(1);
        let files = files.map(|(path, described)| {
            let digests = match with_digests {
                true => Some(
                    digests(&path, functions)
                        .map_err(|error| Failure::at(&described.element_identifier, error))?,
                ),
                false => None,
            };
            Ok(TrackFile {
                path,
                described,
                digests,
            })
        });
        let files: Vec<Result<Self, Failure>> = files.collect();
        files.into_iter().collect()
    }

    /// The name that its user knows it by.
    pub fn name(&self) -> &str {
        &self.described.element_identifier
    }

    /// Its own digests, if it was hashed.
    pub fn digests(&self) -> Option<&Digests> {
        self.digests.as_ref().map(|(own, _)| own)
    }

    /// The digests of its bytes, and of those that gzip packs in it.
    pub fn all_digests(&self) -> impl Iterator<Item = &Digests> {
        let digests = self.digests.as_ref();
        digests
            .into_iter()
            .flat_map(|(own, unpacked)| std::iter::once(own).chain(unpacked))
    }
}

/// The digests of a file, and where it is gzip those of what is packed in it.
pub fn digests(
    path: &Path,
    functions: &[DigestFunction],
) -> std::io::Result<(Digests, Option<Digests>)> {
    let mut file = File::open(path)?;
    let own = cli::digests(&mut file, functions)?;
    let mut first = [0; gzip::FIRST_BYTES];
    let length = file.read(&mut first)?;
    if !gzip::is_gzip(&first[..length]) {
        return Ok((own, None));
    }
    file.rewind()?;
    let digester = Digester::making(functions);
    // A damaged file is refused where its intervals are read.
    let unpacked = gzip::unpack_hashed(&mut file, &mut sink(), u64::MAX, digester);
    Ok((own, unpacked.ok()))
}

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
        true => file.name().to_owned(),
        false => labelled,
    }
}

/// The id of a track in its document; empty without metadata.
pub fn local_id(label: Option<&TrackLabel>) -> String {
    let object = label.and_then(|label| label.document.object(Category::Tracks, 0));
    let id = object.and_then(|track| track.get("local_id")?.as_str());
    id.unwrap_or_default().to_owned()
}
