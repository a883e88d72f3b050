//! The values that a track gets from its file.

use serde_json::{Value as Json, json};

use super::file::{OwnFile, OwnFiles};
use super::fill_assembly::fill_assembly;
use super::track_filling::{BYTES, TrackFilling};
use crate::conversion::log::{ConversionLog, LogOutcome};
use crate::conversion::map::MappedRecord;
use crate::conversion::terms::TermTables;
use crate::fairtracks::category::Category;
use crate::genome::content::{IntervalShape, TrackFormat, TrackLayout};

/// The IRIs of formats without their numbers.
const EDAM_FORMAT: &str = "http://edamontology.org/format_";

/// Fills in what a file says about the track of a record.
pub(super) fn fill(
    own: &OwnFiles,
    file: &OwnFile,
    record: &mut MappedRecord,
    terms: &TermTables,
    log: &mut ConversionLog,
) {
    let place = record.place.to_string();
    let track = record.objects.entry(Category::Tracks).or_default();
    let mut filling = TrackFilling::new(&place, track, log);
    filling.names(own, file);
    filling.checksum(file);
    if let Some(layout) = &file.layout {
        filling.format(layout, terms);
        filling.geometry(layout);
        for remark in &file.remarks {
            filling.not_taken("file_name", &file.name, remark.clone());
        }
    } else {
        filling.without_format(file);
    }
    fill_assembly(&mut filling, file, terms);
}

impl TrackFilling<'_> {
    /// The track of a file whose bytes have no format of tracks keeps the format that the source states, if any.
    fn without_format(&mut self, file: &OwnFile) {
        let found = match file.remarks.is_empty() {
            true => "found no format of tracks in the bytes".to_owned(),
            false => file.remarks.join("; "),
        };
        let kept = match self.track.contains_key("file_format") {
            true => "the track keeps the stated format",
            false => "the track has no format",
        };
        self.not_taken("file_format", &file.name, format!("{found}; {kept}"));
    }

    fn names(&mut self, own: &OwnFiles, file: &OwnFile) {
        let stated = self.text("file_name");
        let other = stated
            .clone()
            .filter(|name| Some(name) == file.other_name.as_ref());
        let name = other.unwrap_or_else(|| file.name.clone());
        match stated {
            Some(stated) if stated == name => {}
            Some(stated) => {
                let reason = format!("{name} (name of the file)");
                self.filled(LogOutcome::Changed, "file_name", &stated, reason);
            }
            None => {
                let reason = "name of the file".to_owned();
                self.filled(LogOutcome::Derived, "file_name", &file.name, reason);
            }
        }
        self.track
            .insert("file_name".to_owned(), name.clone().into());
        if !self.track.contains_key("local_id") {
            self.track
                .insert("local_id".to_owned(), name.clone().into());
            let reason = "name of the file".to_owned();
            self.filled(LogOutcome::Derived, "local_id", &name, reason);
        }
        if self.track.contains_key("file_url") {
            return;
        }
        let reason = match &own.base_url {
            Some(url) => format!("within {url}"),
            None => {
                "name of the bytes (RFC 6920), which is no public URL: set the URL of the folder, or edit the field, once the file is published".to_owned()
            }
        };
        self.track
            .insert("file_url".to_owned(), own.address(file, &name).into());
        self.filled(LogOutcome::Derived, "file_url", &name, reason);
    }

    /// The document has one checksum: the SHA-256, which traces results to their sources.
    fn checksum(&mut self, file: &OwnFile) {
        let sha256 = file.sha256.hexadecimal();
        let stated = self.track.get("checksum").cloned().unwrap_or_default();
        let of = |key: &str| stated.get(key).and_then(Json::as_str).unwrap_or_default();
        let (method, hash) = (of("cs_method"), of("cs_hash").to_lowercase());
        let checksum = json!({"cs_method": "SHA-256", "cs_hash": sha256});
        self.track.insert("checksum".to_owned(), checksum);
        if hash == sha256 {
            return;
        }
        let found = format!(
            "{BYTES} of {}: {} bytes, MD5 {}",
            file.name, file.bytes, file.md5
        );
        if hash == file.md5 {
            let reason = format!("SHA-256 {sha256} ({found}, which agrees)");
            return self.filled(LogOutcome::Changed, "checksum", &hash, reason);
        }
        if !hash.is_empty() {
            let other = match method {
                "MD5" => &file.md5,
                _ => &sha256,
            };
            let reason = format!(
                "checksum mismatch: found the {method} {other} of {}, expected this one: check whether the row describes another version of the file",
                file.name
            );
            self.not_taken("checksum", &hash, reason);
        }
        self.filled(LogOutcome::Derived, "checksum", &sha256, found);
    }

    fn format(&mut self, layout: &TrackLayout, terms: &TermTables) {
        let iri = format!("{EDAM_FORMAT}{}", layout.format.edam_number());
        let tables = ["formats".to_owned()];
        let label = terms.label(&tables, &iri).map(str::to_owned);
        let shown = label.clone().unwrap_or_else(|| iri.clone());
        let stated = self.track.get("file_format").and_then(|stated| {
            let id = stated.get("term_id")?.as_str()?;
            Some(id.to_owned())
        });
        let columns = layout.columns.map(columns).unwrap_or_default();
        let mut is_refined = false;
        if let Some(id) = &stated {
            let number = id
                .strip_prefix(EDAM_FORMAT)
                .and_then(|number| number.parse().ok());
            let Some(number) = number else {
                return;
            };
            if layout.refines(number) {
                is_refined = true;
                let reason = format!("{shown} ({BYTES}{columns}), which is more precise");
                self.filled(LogOutcome::Changed, "file_format", id, reason);
            } else if layout.can_be(number) {
                return;
            } else {
                let reason = format!("contradicts the bytes: found {shown}{columns}");
                self.not_taken("file_format", id, reason);
            }
        }
        let mut term = json!({"term_id": iri});
        if let Some(label) = label {
            term["term_label"] = label.into();
        }
        self.track.insert("file_format".to_owned(), term);
        if !is_refined {
            let reason = format!("{BYTES}{columns}");
            self.filled(LogOutcome::Derived, "file_format", &shown, reason);
        }
    }

    /// What the format and the lines leave no choice about; the rules imply the rest.
    fn geometry(&mut self, layout: &TrackLayout) {
        let is_gapped = layout.format == TrackFormat::GappedPeak;
        if is_gapped && !self.track.contains_key("type_of_condensed_data") {
            let value = "Gapped peaks";
            self.track
                .insert("type_of_condensed_data".to_owned(), value.into());
            let reason = format!("{BYTES}{}", columns(15));
            self.filled(LogOutcome::Derived, "type_of_condensed_data", value, reason);
        }
        let is_bed = matches!(
            layout.format,
            TrackFormat::Bed | TrackFormat::Bed6 | TrackFormat::Bed12
        );
        let shape = layout.shape.filter(|_| is_bed);
        let Some(shape) = shape.filter(|_| !self.track.contains_key("geometric_track_type")) else {
            return;
        };
        let (value, why) = match shape {
            IntervalShape::Points => ("Points", "all intervals are one base long"),
            IntervalShape::Segments => ("Segments", "intervals of several bases, without scores"),
        };
        self.track
            .insert("geometric_track_type".to_owned(), value.into());
        let reason = format!("{BYTES}: {why}");
        self.filled(LogOutcome::Derived, "geometric_track_type", value, reason);
    }
}

fn columns(count: usize) -> String {
    format!(" with {count} columns")
}
