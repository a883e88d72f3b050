//! The corpus of TrackFind queries with the answers that PostgreSQL gives on the ENCODE example: rows are named
//! Z (narrowPeak), E (bigBed), P and L (the two bigWig files).
//!
//! `difference` marks where the engine answers otherwise on purpose.

use fairtracks::query::QueryFault;

/// The document that the queries ask.
pub const TWIN: &str = "test-data/h1_h3k4me3.fairtracks.json";

/// What a query gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Gives {
    /// These tracks.
    Tracks(&'static str),
    /// An error of this kind, where PostgreSQL gives one too.
    Fails(QueryFault),
    /// PostgreSQL answers; the engine says that it does not support this.
    NotSupported,
}

use Gives::{Fails, NotSupported, Tracks};

/// The letter of the track with this `local_id`.
pub fn letter(local_id: &str) -> char {
    match local_id {
        "encode:ENCFF625ZYB" => 'Z',
        "encode:ENCFF718EPO" => 'E',
        "encode:ENCFF717PIO" => 'P',
        "encode:ENCFF955LOC" => 'L',
        other => panic!("{other}"),
    }
}

/// The queries that are asked of all categories: number of the entry, query, outcome.
pub fn corpus() -> Vec<(&'static str, String, Gives)> {
    let all = Tracks("ZEPL");
    let format = "tracks.content->'file_format'->'term_label'";
    let cases = [
        ("1", "true", all),
        (
            "2",
            "samples.content->'sample_type'->'cell_line'->'term_label' ? 'H1-hESC'",
            all,
        ),
        ("3", &format!("{format} ? 'bigWig'"), Tracks("PL")),
        (
            "4",
            &format!("{format} ?| array['bigWig', 'bigBed']"),
            Tracks("EPL"),
        ),
        (
            "5",
            "tracks.content->'assembly_name' ? 'hg38' AND experiments.content->'target'->'summary' ? 'H3K4_trimethylation'",
            all,
        ),
        (
            "6",
            "tracks.content->'assembly_name' ? 'hg38'\nAND samples.content->'sample_type'->'summary' ? 'H1-hESC'\n",
            all,
        ),
        ("7", &format!("NOT {format} ? 'bigWig'"), Tracks("ZE")),
        (
            "8",
            &format!("NOT {format} ?| array['bigWig', 'bigBed']"),
            Tracks("Z"),
        ),
        (
            "9",
            "tracks.content->>'geometric_track_type' = 'Segments'",
            Tracks("ZE"),
        ),
        (
            "10",
            "tracks.content->'geometric_track_type' = '\"Segments\"'",
            Tracks("ZE"),
        ),
        (
            "11",
            "tracks.content->'geometric_track_type' = 'Segments'",
            Fails(QueryFault::Type),
        ),
        (
            "12",
            "tracks.content->>'type_of_condensed_data' LIKE 'Signal%'",
            Tracks("PL"),
        ),
        (
            "12, ILIKE",
            "tracks.content->>'type_of_condensed_data' ILIKE 'signal%'",
            Tracks("PL"),
        ),
        (
            "13",
            "tracks.content->>'label_long' ~* 'b cell (peaks|signal)'",
            Tracks("ZEL"),
        ),
        (
            "14",
            "tracks.content->>'type_of_condensed_data' IN ('Narrow peaks', 'Broad peaks')",
            Tracks("ZE"),
        ),
        (
            "15",
            "tracks.content->'raw_file_ids' ? 'encode:ENCFF207FGO'",
            Tracks("EPL"),
        ),
        (
            "16",
            "tracks.content->'raw_file_ids' ?& array['encode:ENCFF207FGO', 'encode:ENCFF842FEQ']",
            Tracks("EPL"),
        ),
        (
            "17",
            r#"tracks.content @> '{"file_format": {"term_label": "bigBed"}, "assembly_name": "hg38"}'"#,
            Tracks("E"),
        ),
        (
            "18",
            r#"tracks.content->'raw_file_ids' @> '["encode:ENCFF842FEQ"]'"#,
            all,
        ),
        (
            "19",
            "samples.content->'sample_type' ? 'organism_part'",
            all,
        ),
        (
            "20",
            "samples.content->'sample_type' ? 'cell_type'",
            Tracks(""),
        ),
        (
            "20, NOT",
            "NOT samples.content->'sample_type' ? 'cell_type'",
            all,
        ),
        (
            "21",
            "NOT samples.content->'sample_type'->'cell_type'->'term_label' ? 'monocyte'",
            Tracks(""),
        ),
        (
            "22",
            "samples.content->'sample_type'->'cell_type'->>'term_label' IS NULL",
            all,
        ),
        (
            "23",
            "experiments.content->'technique'->>'term_id' = 'http://purl.obolibrary.org/obo/OBI_0002017'",
            all,
        ),
        (
            "24",
            "studies.content->>'publication' = 'pubmed:22955617'",
            all,
        ),
        (
            "25",
            "collection_info.content->'contact'->>'e-mail' LIKE '%@lists.stanford.edu'",
            all,
        ),
        (
            "26",
            "doc_info.content->'doc_ontology_versions' ? 'http://purl.obolibrary.org/obo/cl.owl'",
            all,
        ),
        (
            "27",
            "tracks.content#>>'{checksum,cs_hash}' LIKE '0ab98%'",
            Tracks("Z"),
        ),
        (
            "28",
            &format!(
                "({format} ? 'bigWig' OR {format} ? 'bigBed') AND samples.content->'species_name' ? 'Homo sapiens'"
            ),
            Tracks("EPL"),
        ),
        // Here AND still binds tighter than OR, but nothing escapes the joins of the search.
        (
            "29, difference",
            &format!(
                "{format} ? 'bigWig' OR {format} ? 'bigBed' AND samples.content->'species_name' ? 'Homo sapiens'"
            ),
            Tracks("EPL"),
        ),
        (
            "33",
            "tracks.content->>'label_short' = 'ENCFF955LOC'",
            Tracks(""),
        ),
        (
            "33",
            "btrim(tracks.content->>'label_short') = 'ENCFF955LOC'",
            Tracks("L"),
        ),
        (
            "34",
            r"tracks.content->>'file_url' ~ '\.bigWig$'",
            Tracks("PL"),
        ),
        (
            "35",
            "split_part(tracks.content->>'global_id', ':', 2)::int > 2",
            Tracks("PL"),
        ),
        (
            "36, value",
            "tracks.content->>'assembly_name' = 'HG38'",
            Tracks(""),
        ),
        (
            "36, key",
            "tracks.content->'Assembly_name' ? 'hg38'",
            Tracks(""),
        ),
        (
            "37",
            "tracks.content->'assembly_name'?'hg38' and tracks.content->'file_format'->'term_label'?|array['bigWig']",
            Tracks("PL"),
        ),
        (
            "38",
            "tracks.content::text ILIKE '%fold change%'",
            Tracks("P"),
        ),
        (
            "39",
            "tracks.content->'file_format'->>'term_id' SIMILAR TO '%format_(3004|3006)'",
            Tracks("EPL"),
        ),
        (
            "40",
            &format!(r#"{format} <@ '["bigWig","bigBed"]'"#),
            Tracks("EPL"),
        ),
        (
            "41",
            "EXISTS (SELECT 1 FROM jsonb_array_elements_text(tracks.content->'raw_file_ids') r WHERE r LIKE 'encode: %')",
            NotSupported,
        ),
        (
            "42",
            &format!("{format} ? \"bigWig\""),
            Fails(QueryFault::Name),
        ),
        (
            "43",
            "samples.content->'sample_type'->'summary' ? 'Human''s cell'",
            Tracks(""),
        ),
        (
            "43, quote",
            "samples.content->'sample_type'->'summary' ? 'Human's cell'",
            Fails(QueryFault::Syntax),
        ),
        (
            "44, alias",
            "tracks->'assembly_name' ? 'hg38'",
            Fails(QueryFault::Name),
        ),
        (
            "44, column",
            "content->'assembly_name' ? 'hg38'",
            Fails(QueryFault::Name),
        ),
        ("45", "tracks.content->'nosuch' IS NULL", all),
        ("45", "coalesce(tracks.content->>'nosuch','x') = 'x'", all),
        ("46, number", "1", Fails(QueryFault::Type)),
        ("46, empty", "", Fails(QueryFault::Syntax)),
        ("46, two", "true; select 1", Fails(QueryFault::Syntax)),
        ("46, brackets", "true) OR (true", Fails(QueryFault::Syntax)),
        (
            "46, parameter",
            "tracks.content->>'x' = $1",
            Fails(QueryFault::Syntax),
        ),
        ("47", "'true'", all),
        ("47, NULL", "NULL", Tracks("")),
    ];
    cases
        .into_iter()
        .map(|(entry, query, gives): (&str, &str, Gives)| (entry, query.to_owned(), gives))
        .collect()
}
