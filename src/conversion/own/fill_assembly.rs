//! The assembly of a track: as stated unless the bytes contradict, by the lengths in the header, by Galaxy's genome build, and
//! last by intervals that only one known assembly has room for.

use serde_json::Value as Json;

use super::file::OwnFile;
use super::track_filling::{BYTES, TrackFilling};
use crate::conversion::log::LogOutcome;
use crate::conversion::terms::TermTables;
use crate::conversion::value_type::ValueType;
use crate::galaxy::genome_build::UNKNOWN;
use crate::genome::coordinate_system::{
    ComparedClaim, CoordinateVerdict, InferredAssembly, claimed_genome, inferred,
};

const NAME: &str = "assembly_name";
const ID: &str = "assembly_id";

/// Fills in the assembly of a track.
pub(super) fn fill_assembly(filling: &mut TrackFilling<'_>, file: &OwnFile, terms: &TermTables) {
    let (name, id) = (filling.text(NAME), filling.text(ID));
    let is_stated = name.is_some() || id.is_some();
    let (name, id) = (name.unwrap_or_default(), id.unwrap_or_default());
    if is_stated {
        let Some(contradiction) = contradiction(file, &name, &id) else {
            return compare_build(filling, file, &name, &id);
        };
        let stated = if name.is_empty() { &id } else { &name };
        filling.not_taken(NAME, stated, contradiction);
        filling.track.shift_remove(NAME);
        filling.track.shift_remove(ID);
    }
    let found = file.evidence.as_ref().map(inferred);
    if let Some(InferredAssembly::ByLengths(key)) = &found {
        let reason = format!("{BYTES}: lengths of chromosomes in the header");
        set(filling, key, reason, terms);
        return compare_build(filling, file, key, "");
    }
    let has_build = !file.dbkey.is_empty() && file.dbkey != UNKNOWN;
    if has_build && contradiction(file, &file.dbkey, "").is_none() {
        let compared = claimed_genome(&file.dbkey, "").is_some() && file.evidence.is_some();
        let reason = match compared {
            true => "genome build in Galaxy, which the chromosomes in the file do not contradict",
            false => "genome build in Galaxy",
        };
        if set(filling, &file.dbkey, reason.to_owned(), terms) {
            return;
        }
    } else {
        compare_build(filling, file, "", "");
    }
    match found {
        Some(InferredAssembly::ByEnds(key)) => {
            let reason = format!(
                "{BYTES}: intervals reach the ends of chromosomes, and fit no other known assembly"
            );
            set(filling, key, reason, terms);
        }
        Some(InferredAssembly::Open(keys)) if !keys.is_empty() => {
            let reason = format!(
                "the chromosomes in the file do not show one assembly ({} fit): state it in a table or as a value for all records",
                keys.join(", ")
            );
            filling.not_taken(NAME, "", reason);
        }
        _ => {}
    }
}

/// What in a file contradicts an assembly; none if its sequences are not known.
fn contradiction(file: &OwnFile, name: &str, id: &str) -> Option<String> {
    let evidence = file.evidence.as_ref()?;
    let compared = ComparedClaim::new(evidence, claimed_genome(name, id)?);
    // The same chromosomes under other names are those of the same assembly.
    let is_contradicted = compared.judgement.verdict == CoordinateVerdict::Contradicted;
    compared.contradiction.filter(|_| is_contradicted)
}

/// Reports Galaxy's genome build where the file or the assembly of the track contradicts it.
fn compare_build(filling: &mut TrackFilling<'_>, file: &OwnFile, name: &str, id: &str) {
    if file.dbkey.is_empty() || file.dbkey == UNKNOWN {
        return;
    }
    let build = claimed_genome(&file.dbkey, "");
    let stated = claimed_genome(name, id);
    let reason = match contradiction(file, &file.dbkey, "") {
        Some(contradiction) => format!("genome build in Galaxy: {contradiction}"),
        None if build.is_some()
            && stated.is_some_and(|stated| !same(stated.name(), &file.dbkey)) =>
        {
            let stated = if name.is_empty() { id } else { name };
            format!("genome build in Galaxy: found another one, expected {stated} as in the track")
        }
        None => return,
    };
    filling.not_taken(NAME, &file.dbkey.clone(), reason);
}

/// Whether the names of two genomes are those of one assembly, as hg19 and b37 are.
fn same(name: &str, other: &str) -> bool {
    use crate::genome::assembly::{Named, by_name};
    match (by_name(name), by_name(other)) {
        (Named::One(one, _), Named::One(other, _)) => one == other,
        _ => name == other,
    }
}

/// Sets the assembly by a name; false, with a row of the log, if no table knows it.
fn set(filling: &mut TrackFilling<'_>, name: &str, reason: String, terms: &TermTables) -> bool {
    match ValueType::Assembly.read(name, terms) {
        Ok(read) => {
            if let Json::Object(members) = read.json {
                filling.track.extend(members);
            }
            filling.filled(LogOutcome::Derived, NAME, name, reason);
            true
        }
        Err(problem) => {
            filling.not_taken(NAME, name, format!("{reason}: {problem}"));
            false
        }
    }
}
