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
    /// Pages of tables of GA4GH Data Connect.
    DataConnect,
    /// Objects of GA4GH DRS.
    Drs,
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
    /// Files of one's own, with or without tables that describe them.
    Own,
}

impl MetadataSource {
    /// All of them.
    pub const ALL: [MetadataSource; 16] = [
        MetadataSource::Table,
        MetadataSource::Hub,
        MetadataSource::Ihec,
        MetadataSource::Blueprint,
        MetadataSource::Encode,
        MetadataSource::DataConnect,
        MetadataSource::Drs,
        MetadataSource::Ena,
        MetadataSource::Faang,
        MetadataSource::Gdc,
        MetadataSource::Icgc,
        MetadataSource::Seek,
        MetadataSource::Epico,
        MetadataSource::Isa,
        MetadataSource::Geo,
        MetadataSource::Own,
    ];

    /// Its name in options, rules and provenance.
    pub fn name(self) -> &'static str {
        self.name_and_meaning().0
    }

    /// What it is, in a line of a manual.
    pub fn meaning(self) -> &'static str {
        self.name_and_meaning().1
    }

    fn name_and_meaning(self) -> (&'static str, &'static str) {
        match self {
            MetadataSource::Table => ("table", "Tables of metadata"),
            MetadataSource::Hub => ("hub", "Track hub of the UCSC Genome Browser"),
            MetadataSource::Ihec => (
                "ihec",
                "Data Hub of IHEC (JSON), and records of EpiRR beside it",
            ),
            MetadataSource::Blueprint => {
                ("blueprint", "Index of the files of BLUEPRINT (data.index)")
            }
            MetadataSource::Encode => ("encode", "Answers of the search of ENCODE (JSON)"),
            MetadataSource::DataConnect => (
                "data-connect",
                "Pages of tables of GA4GH Data Connect (JSON)",
            ),
            MetadataSource::Drs => (
                "drs",
                "Objects of GA4GH DRS (JSON), and tables that name them",
            ),
            MetadataSource::Ena => (
                "ena",
                "Reports of the European Nucleotide Archive (TSV or JSON), and its records in XML beside them",
            ),
            MetadataSource::Faang => ("faang", "Answers of the data portal of FAANG (JSON)"),
            MetadataSource::Gdc => (
                "gdc",
                "Answers of the Genomic Data Commons on files (JSON or TSV)",
            ),
            MetadataSource::Icgc => ("icgc", "Table of the locations of the files of ICGC (TSV)"),
            MetadataSource::Seek => (
                "seek",
                "Items of a SEEK (JSON:API): data files, assays, studies, samples",
            ),
            MetadataSource::Epico => (
                "epico",
                "Tables of EPICO (JSON), and a table of tracks beside them",
            ),
            MetadataSource::Isa => ("isa", "Investigations in ISA-JSON"),
            MetadataSource::Geo => ("geo", "Family files of GEO (SOFT or MINiML)"),
            MetadataSource::Own => (
                "own",
                "Own track files (`--files`), with or without tables beside them",
            ),
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
            MetadataSource::DataConnect => include_str!("rules/data-connect.toml"),
            MetadataSource::Drs => include_str!("rules/drs.toml"),
            MetadataSource::Ena => include_str!("rules/ena.toml"),
            MetadataSource::Faang => include_str!("rules/faang.toml"),
            MetadataSource::Gdc => include_str!("rules/gdc.toml"),
            MetadataSource::Icgc => include_str!("rules/icgc.toml"),
            MetadataSource::Seek => include_str!("rules/seek.toml"),
            MetadataSource::Epico => include_str!("rules/epico.toml"),
            MetadataSource::Isa => include_str!("rules/isa.toml"),
            MetadataSource::Geo => include_str!("rules/geo.toml"),
            MetadataSource::Own => include_str!("rules/own.toml"),
        }
    }
}

/// The names of all kinds, with commas between them.
pub fn names() -> String {
    MetadataSource::ALL.map(MetadataSource::name).join(", ")
}
