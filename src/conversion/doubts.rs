//! Doubts: values that are allowed and hardly fit together, such as an assembly of the mouse and a human sample. Each pair is one row of
//! the log, at its first track, which counts the others.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::log::{ConversionLog, LogEntry, LogOutcome};
use super::normalise::ObjectLists;
use super::terms::TermTables;
use super::track_objects::of_track;
use crate::fairtracks::category::Category;
use crate::fairtracks::vocabulary::assembly_name;
use crate::genome::assembly::{self, Named};

/// The table of terms that knows the endings of files.
const FORMATS: &str = "formats";

/// Formats that no file of another one of them has. Formats of text are left out: a file of narrow peaks may end with `.bed`.
const BINARY: [&str; 5] = [
    "http://edamontology.org/format_3004",
    "http://edamontology.org/format_3006",
    "http://edamontology.org/format_2572",
    "http://edamontology.org/format_3462",
    "http://edamontology.org/format_3020",
];

/// The field, value, rule and reason of a row.
type Doubt = (&'static str, String, &'static str, String);

/// Adds the doubtful values of all tracks.
pub(super) fn add(lists: &ObjectLists, terms: &TermTables, log: &mut ConversionLog) {
    let mut found: BTreeMap<Doubt, (usize, u64)> = BTreeMap::new();
    for (position, track) in lists.list(Category::Tracks).iter().enumerate() {
        let sample = of_track(lists, position, Category::Samples);
        let sample = sample.and_then(|sample| lists.list(Category::Samples).get(sample));
        let of_species = sample.and_then(|sample| species(&track.members, &sample.members, terms));
        for doubt in of_species.into_iter().chain(ending(&track.members, terms)) {
            found.entry(doubt).or_insert((position, 0)).1 += 1;
        }
    }
    let mut found: Vec<(Doubt, (usize, u64))> = found.into_iter().collect();
    found.sort_by_key(|(_, (first, _))| *first);
    for ((field, value, rule, reason), (first, count)) in found {
        let entry = LogEntry {
            outcome: LogOutcome::Doubtful,
            record: lists.list(Category::Tracks)[first].place.to_string(),
            field: field.to_owned(),
            value,
            rule: rule.to_owned(),
            reason,
        };
        log.add_many(entry, count);
    }
}

fn text<'o>(object: &'o Map<String, Json>, key: &str) -> Option<&'o str> {
    object.get(key)?.as_str()
}

/// The assembly of a track, where it is of another species than the sample. Strains and subspecies have no names in the tables.
fn species(
    track: &Map<String, Json>,
    sample: &Map<String, Json>,
    terms: &TermTables,
) -> Option<Doubt> {
    let stated = text(track, "assembly_name");
    let shown = stated.or_else(|| text(track, "assembly_id"))?;
    let key = match stated.map(assembly::by_name) {
        Some(Named::One(key, _)) => key,
        Some(_) => return None,
        None => assembly_name(shown)?,
    };
    let of_assembly = format!("taxonomy:{}", assembly::species(key)?);
    let of_sample = text(sample, "species_id").filter(|id| *id != of_assembly)?;
    let reason = format!(
        "the assembly is of {}, the species {}",
        terms.known_name(&of_assembly)?,
        terms.known_name(of_sample)?
    );
    let rule = "species of assemblies";
    Some(("tracks.assembly_name", shown.to_owned(), rule, reason))
}

/// The format of a track, where the ending of its file is that of another one.
fn ending(track: &Map<String, Json>, terms: &TermTables) -> Option<Doubt> {
    let stated = text(track.get("file_format")?.as_object()?, "term_id")?;
    let url = text(track, "file_url")?;
    let path = url.split(['?', '#']).next()?;
    let (_, ending) = path.rsplit('/').next()?.rsplit_once('.')?;
    let tables = [FORMATS.to_owned()];
    let (meant, _) = terms.find(&tables, ending)?;
    let is_binary = |id: &str| BINARY.contains(&id);
    if meant.id == stated || !is_binary(&meant.id) || !is_binary(stated) {
        return None;
    }
    let format = terms.known_name(stated)?;
    let reason = format!(
        "the ending of the file is that of {}, the format {format}",
        meant.label
    );
    let rule = "endings of files";
    Some(("tracks.file_format", format.to_owned(), rule, reason))
}
