//! The kinds of sources, each with rules of its own.

/// A kind of source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetadataSource {
    /// Tables of metadata.
    Table,
    /// A track hub of the UCSC Genome Browser.
    Hub,
    /// A Data Hub of IHEC in JSON.
    Ihec,
    /// The index of the files of BLUEPRINT.
    Blueprint,
    /// Answers of the search of ENCODE.
    Encode,
    /// Reports of the European Nucleotide Archive.
    Ena,
    /// Answers of the data portal of FAANG.
    Faang,
    /// Answers of the Genomic Data Commons.
    Gdc,
    /// The table of locations of the files of ICGC.
    Icgc,
    /// Items of a SEEK, in JSON:API.
    Seek,
    /// Tables of EPICO, with a table of tracks.
    Epico,
    /// Investigations in ISA-JSON.
    Isa,
    /// Series of GEO.
    Geo,
}

impl MetadataSource {
    /// All of them.
    pub const ALL: [MetadataSource; 13] = [
        MetadataSource::Table,
        MetadataSource::Hub,
        MetadataSource::Ihec,
        MetadataSource::Blueprint,
        MetadataSource::Encode,
        MetadataSource::Ena,
        MetadataSource::Faang,
        MetadataSource::Gdc,
        MetadataSource::Icgc,
        MetadataSource::Seek,
        MetadataSource::Epico,
        MetadataSource::Isa,
        MetadataSource::Geo,
    ];

    /// Its name in options, rules and provenance.
    pub fn name(self) -> &'static str {
        match self {
            MetadataSource::Table => "table",
            MetadataSource::Hub => "hub",
            MetadataSource::Ihec => "ihec",
            MetadataSource::Blueprint => "blueprint",
            MetadataSource::Encode => "encode",
            MetadataSource::Ena => "ena",
            MetadataSource::Faang => "faang",
            MetadataSource::Gdc => "gdc",
            MetadataSource::Icgc => "icgc",
            MetadataSource::Seek => "seek",
            MetadataSource::Epico => "epico",
            MetadataSource::Isa => "isa",
            MetadataSource::Geo => "geo",
        }
    }

    /// The kind of a name.
    pub fn named(name: &str) -> Option<Self> {
        MetadataSource::ALL
            .into_iter()
            .find(|kind| kind.name() == name)
    }

    /// Its rules in TOML.
    pub fn rules(self) -> &'static str {
        match self {
            MetadataSource::Table => include_str!("rules/table.toml"),
            MetadataSource::Hub => include_str!("rules/hub.toml"),
            MetadataSource::Ihec => include_str!("rules/ihec.toml"),
            MetadataSource::Blueprint => include_str!("rules/blueprint.toml"),
            MetadataSource::Encode => include_str!("rules/encode.toml"),
            MetadataSource::Ena => include_str!("rules/ena.toml"),
            MetadataSource::Faang => include_str!("rules/faang.toml"),
            MetadataSource::Gdc => include_str!("rules/gdc.toml"),
            MetadataSource::Icgc => include_str!("rules/icgc.toml"),
            MetadataSource::Seek => include_str!("rules/seek.toml"),
            MetadataSource::Epico => include_str!("rules/epico.toml"),
            MetadataSource::Isa => include_str!("rules/isa.toml"),
            MetadataSource::Geo => include_str!("rules/geo.toml"),
        }
    }
}

/// The names of all kinds, with commas between them.
pub fn names() -> String {
    MetadataSource::ALL.map(MetadataSource::name).join(", ")
}
