//! All settings of an analysis and the checksums of its inputs, as JSON.

use serde_json::{Value as Json, json};

use crate::archive::digest::Digests;
use crate::genome::coordinate_system::CoordinateVerdict;
use crate::overlap::{PValueSource, Ranking};

use super::arguments::{OverlapArguments, name_of};
use super::genome::{AnalysisGenome, MHC};
use super::query::SingleInput;
use super::track_file::TrackFile;

/// The version of the format.
const VERSION: u32 = 1;

/// What the settings are about.
pub struct SettingsContext<'a> {
    pub arguments: &'a OverlapArguments,
    pub genome: &'a AnalysisGenome,
    pub ranking: &'a Ranking,
    /// How the coordinates of the query relate to the genome.
    pub coordinates: Option<CoordinateVerdict>,
    pub inputs: &'a [(SingleInput, Digests)],
    pub tracks: &'a [TrackFile],
    pub columns: &'a [String],
    pub group_by: Option<&'a str>,
    pub reference: &'a [String],
    pub time: &'a str,
}

/// The settings in full, whatever their defaults.
pub fn json(about: &SettingsContext<'_>) -> Json {
    let arguments = about.arguments;
    let ranking = about.ranking;
    let inputs: Vec<Json> = about
        .inputs
        .iter()
        .map(|(input, digests)| file(input.role, input.identifier(), Some(digests)))
        .collect();
    let tracks = about.tracks.iter();
    let tracks: Vec<Json> = tracks
        .map(|track| file("track", track.identifier(), track.digests()))
        .collect();
    let adjusted = ranking.adjusted_from.map(|source| match source {
        PValueSource::MonteCarlo => "monte-carlo",
        PValueSource::Fisher => "fisher",
        PValueSource::Binomial => "binomial",
    });
    let (mhc, start, end) = MHC;
    json!({
        "version": VERSION,
        "tool": super::NAME,
        "tool_version": env!("CARGO_PKG_VERSION"),
        "time": about.time,
        "settings": {
            "genome": about.genome.known.name(),
            "sequences": if arguments.all_sequences { "all" } else { "assembled chromosomes" },
            "map_names": arguments.map_names,
            "excluded_mhc": arguments.exclude_mhc.then(|| format!("{mhc}:{start}-{end}")),
            "expand_bp": arguments.expand,
            "threshold": arguments.threshold,
            "null": name_of(arguments.null),
            "randomise": name_of(arguments.randomise),
            "permutations": ranking.permutations,
            "seed": arguments.seed,
            "statistic": name_of(arguments.statistic),
            "tail": name_of(arguments.tail),
            "adjust": name_of(arguments.adjust),
            "adjusted_p_value": adjusted,
            "rank_by": name_of(arguments.rank_by),
            "columns": about.columns,
            "group_by": about.group_by,
            "reference": about.reference,
        },
        "universe_bp": ranking.universe_base_pairs,
        "query": {
            "elements": ranking.query.elements,
            "base_pairs": ranking.query.base_pairs,
            "coordinates": about.coordinates.map(CoordinateVerdict::name),
        },
        "inputs": inputs,
        "tracks": tracks,
    })
}

fn file(role: &str, name: &str, digests: Option<&Digests>) -> Json {
    json!({
        "role": role,
        "name": crate::text::private_text::public_name(name),
        "bytes": digests.map(|digests| digests.bytes),
        "sha256": digests.map(|digests| digests.sha256.hexadecimal()),
    })
}
