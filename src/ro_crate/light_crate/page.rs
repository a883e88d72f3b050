//! What the page of a light crate shows.

use super::actions::{is_verified, means};
use super::{TrackArrival, TrackCrateInput, searches};
use crate::fairtracks::category::Category::{CollectionInfo, Samples, Studies};
use crate::fairtracks::hit::Hit;
use crate::fairtracks::summary_columns::{HEADLINES, headline};
use crate::genome::coordinate_system::CoordinateVerdict;
use crate::ro_crate::common_entities::NO_LICENCE;
use crate::ro_crate::imported_track::{ByteOrigin, SourceKind};
use crate::ro_crate::page::{Page, PageRow};
use serde_json::Value as Json;

/// The page of a track, on one screen.
pub fn page(input: &TrackCrateInput<'_>) -> Page {
    let hit = Hit::first_of(input.document);
    Page {
        title: input.track.label().to_owned(),
        subtitle: subtitle(input),
        warnings: warnings(input),
        facts: facts(input, &hit),
        checks: checks(input),
        steps: steps(input),
    }
}

/// The remarks on the track, and what in its file contradicts its assembly.
fn warnings(input: &TrackCrateInput<'_>) -> Vec<String> {
    let compared = input
        .stored()
        .and_then(|stored| stored.coordinates.as_deref());
    let contradiction = compared.and_then(|compared| compared.contradiction.clone());
    let remarks = input.track.remarks.iter().cloned();
    remarks.chain(contradiction).collect()
}

fn subtitle(input: &TrackCrateInput<'_>) -> String {
    match input.arrival {
        TrackArrival::Recognised(_) => "A genomic track that was identified among the datasets of Galaxy, with its FAIRtracks metadata. The data file itself is not included.".to_owned(),
        TrackArrival::Stored(_) => "A genomic track with its FAIRtracks metadata. The data file itself is not included; it is identified by its SHA-256.".to_owned(),
        TrackArrival::Registered => "A genomic track that is registered by its URL, with its FAIRtracks metadata. The data file was not downloaded.".to_owned(),
    }
}

/// What the track is, as far as it is known.
fn facts(input: &TrackCrateInput<'_>, hit: &Hit<'_>) -> Vec<PageRow> {
    let text = |category, path: &[&str]| hit.text(category, path).unwrap_or_default().trim();
    let mut rows: Vec<PageRow> = HEADLINES
        .iter()
        .filter(|known| known.title != "label" && known.title != "file_url")
        .map(|known| PageRow::new(&known.title.replace('_', " "), headline(hit, known.title)))
        .collect();
    rows.insert(2, PageRow::new("species", text(Samples, &["species_name"])));
    rows.push(PageRow::new("study", text(Studies, &["study_name"])));
    rows.push(PageRow::new(
        "collection",
        text(CollectionInfo, &["long_name"]),
    ));
    let address = input.address();
    rows.push(PageRow::new("source", &address).linked(&address));
    let licence = input.credits.licence.as_ref();
    let row = PageRow::new(
        "licence",
        licence.map_or("not stated: ask the provider", |licence| &licence.name),
    );
    rows.push(row.linked(licence.map_or(NO_LICENCE, |licence| &licence.id)));
    for credit in input
        .credits
        .people
        .iter()
        .chain(&input.credits.organisation)
    {
        rows.push(PageRow::new("imported by", &credit.name).linked(&credit.id));
    }
    rows.retain(|row| !row.value.is_empty());
    rows
}

/// The file, and what its checksums say.
fn checks(input: &TrackCrateInput<'_>) -> Vec<PageRow> {
    let mut rows = vec![PageRow::new("file", input.file_name())];
    if let Some(bytes) = input.bytes() {
        rows.push(PageRow::new("size", &format!("{} bytes", bytes.bytes)));
        rows.push(PageRow::new("SHA-256", &bytes.sha256.hexadecimal()));
    }
    // Rows without lengths leave almost any assembly possible.
    let compared = input
        .stored()
        .and_then(|stored| stored.coordinates.as_deref());
    if let Some(judgement) = compared.map(|compared| &compared.judgement)
        && judgement.verdict < CoordinateVerdict::SameButForNames
    {
        rows.push(PageRow::new("assembly by evidence", &judgement.to_string()));
    }
    if let Some(wanted) = &input.track.checksum {
        let method = wanted.method.name();
        let verdict = if is_verified(input) {
            "verified"
        } else {
            "not verified"
        };
        rows.push(PageRow::new(
            &format!("provider's {method}"),
            &format!("{} ({verdict})", wanted.sum),
        ));
    }
    rows
}

/// The steps, in order.
fn steps(input: &TrackCrateInput<'_>) -> Vec<String> {
    let searches = searches(input.document).into_iter().rev();
    let found = searches.map(|(search, _)| {
        let text = |key: &str| search.get(key).and_then(Json::as_str).unwrap_or_default();
        format!(
            "{}: found by {} {} with the query {}",
            text("time"),
            text("tool"),
            text("tool_version"),
            text("query")
        )
    });
    let mut steps: Vec<String> = found.collect();
    let (tool, version) = input.tool;
    let source = match input.source_kind {
        SourceKind::Document => "FAIRtracks document",
        SourceKind::Gsuite => "GSuite file",
        SourceKind::Crate => "RO-Crate",
    };
    steps.push(match input.arrival {
        TrackArrival::Recognised(file) => format!(
            "{}: identified by {tool} {version}, {}",
            input.time,
            means(file)
        ),
        TrackArrival::Stored(stored) => {
            let from = match &stored.origin {
                ByteOrigin::Url { .. } => "downloaded from its source".to_owned(),
                ByteOrigin::Crate { path, .. } => format!("extracted from the crate ({path})"),
            };
            let unpacked = if stored.is_unpacked() {
                format!(", {} decompressed", stored.unpacked_name())
            } else {
                String::new()
            };
            format!(
                "{}: {from} by {tool} {version} as described in a {source}{unpacked}",
                stored.times.1
            )
        }
        TrackArrival::Registered => format!(
            "{}: registered by {tool} {version} as described in a {source}",
            input.time
        ),
    });
    steps
}
