//! Graphs for tests: merged crates of analyses of every shape.

use serde_json::json;

use crate::ro_crate::{Crate, Entity, METADATA_FILE, ROOT};

const SUITE: &str =
    "https://github.com/fairtracks/fairtracks-galaxy/releases/tag/v0.1.0#fairtracks_import";
const CELLS: [&str; 3] = ["K562", "GM12878", "H1-hESC"];
const TARGETS: [&str; 3] = ["H3K4me3", "H3K27ac", "CTCF"];

/// A crate that is written entity by entity.
pub struct Example(pub Crate, usize);

impl Example {
    /// A crate with this name that is about some files.
    pub fn about(name: &str, ids: &[&str]) -> Self {
        let mut crate_ = Crate::new();
        let descriptor = Entity::new(METADATA_FILE, &["CreativeWork"]);
        crate_.add(descriptor.referring("about", ROOT));
        let root = Entity::new(ROOT, &["Dataset"]).with("name", name);
        crate_.add(root.referring_to_all("about", ids));
        Example(crate_, 0)
    }

    /// Adds a track of this number with its metadata and its import.
    pub fn track(&mut self, number: usize) -> String {
        let key = format!("{number:016x}");
        let own = |name: &str| format!("#{key}-{name}");
        let id = format!("#track-{key}");
        let file = format!("ENCFF{number:03}");
        let address = format!("https://www.encodeproject.org/files/{file}/{file}.bigBed");
        let (cell, target) = (CELLS[number % 3], TARGETS[number / 3 % 3]);
        let format = "http://edamontology.org/format_3004";
        let article = "https://identifiers.org/pubmed:22955616";
        for entity in [
            json!({"@id": own("assembly"), "@type": "PropertyValue", "name": "genome assembly", "value": "GRCh38",
                "identifier": "https://identifiers.org/refseq.gcf:GCF_000001405.26"}),
            json!({"@id": own("dbkey"), "@type": "PropertyValue", "name": "Galaxy genome build", "value": "hg38"}),
            json!({"@id": format, "@type": "WebSite", "name": "bigBed"}),
            json!({"@id": id, "@type": "File", "name": format!("{cell}, {target}: peaks"),
                "alternateName": format!("{file}.bigBed"), "additionalType": "http://edamontology.org/data_3002",
                "identifier": [format!("ni:///sha-256;{key}"), format!("encode:{file}")],
                "encodingFormat": ["application/octet-stream", {"@id": format}],
                "contentSize": "807", "sha256": format!("{number:064x}"), "contentUrl": address,
                "additionalProperty": [{"@id": own("assembly")}, {"@id": own("dbkey")}]}),
            json!({"@id": SUITE, "@type": "SoftwareApplication", "name": "fairtracks_import", "version": "0.1.0"}),
            json!({"@id": address, "@type": "DataDownload", "name": "as served"}),
            json!({"@id": own("checksum"), "@type": "PropertyValue", "propertyID": "MD5",
                "name": "checksum of the provider, equal to that of the downloaded bytes",
                "value": "9be9ec0f3a7e055a28f9349a154f3042"}),
            json!({"@id": format!("#import-{key}"), "@type": "CreateAction", "name": "Import of a track",
                "endTime": "2026-11-24T08:10:22+00:00",
                "actionStatus": "http://schema.org/CompletedActionStatus", "instrument": {"@id": SUITE},
                "object": [{"@id": address}, {"@id": own("checksum")}], "result": {"@id": id}}),
            json!({"@id": article, "@type": "ScholarlyArticle", "name": "pubmed:22955616"}),
            json!({"@id": own("collection"), "@type": "Dataset", "name": "ENCODE Project Portal",
                "alternateName": "ENCODE", "url": "https://www.encodeproject.org"}),
            json!({"@id": own("study"), "@type": "Dataset", "name": "ENCODE phase 3",
                "isPartOf": {"@id": own("collection")}, "citation": {"@id": article}}),
            json!({"@id": own("sample"), "@type": "BioSample", "name": cell}),
            json!({"@id": own("experiment"), "@type": "Dataset", "name": format!("ChIP-seq: {target}"),
                "additionalType": "assay", "hasPart": {"@id": id}, "isPartOf": {"@id": own("study")},
                "about": {"@id": own("sample")}}),
        ] {
            self.0.add(Entity::from_json(entity).unwrap());
        }
        id
    }

    /// Adds a run of a tool of Galaxy, later than all others.
    pub fn step(&mut self, tool: &str, version: &str, inputs: &[&str], outputs: &[&str]) -> String {
        let Example(crate_, minute) = self;
        *minute += 1;
        let minute = *minute;
        let address = format!("https://usegalaxy.org/?tool_id={tool}&version={version}");
        let instrument = Entity::new(&*address, &["SoftwareApplication"]);
        crate_.add(instrument.with("name", tool).with("version", version));
        let id = format!("#step-{minute:016x}");
        crate_.add(
            Entity::new(&*id, &["CreateAction"])
                .with("name", format!("Run of {tool}"))
                .with(
                    "endTime",
                    format!(
                        "2026-11-25T{:02}:{:02}:00+00:00",
                        minute / 60 % 24,
                        minute % 60
                    ),
                )
                .with("actionStatus", "http://schema.org/CompletedActionStatus")
                .referring("instrument", &address)
                .referring_to_all("object", inputs)
                .referring_to_all("result", outputs),
        );
        id
    }

    /// Adds a result that is proven to be made of some tracks.
    pub fn result(&mut self, id: &str, name: &str, tracks: &[&str]) {
        self.0.add(
            Entity::new(id, &["File"])
                .with("name", name)
                .with("contentSize", "12345")
                .with("sha256", "ab".repeat(32))
                .referring_to_all("isBasedOn", tracks),
        );
    }

    /// Adds a dataset on the way.
    pub fn between(&mut self, id: &str, name: &str) {
        self.0
            .add(Entity::new(id, &["CreativeWork"]).with("name", name));
    }
}

fn refs(ids: &[String]) -> Vec<&str> {
    ids.iter().map(String::as_str).collect()
}

/// One track and one step.
pub fn one_step() -> Crate {
    let mut example = Example::about("Sorted peaks", &["#data-1"]);
    let track = example.track(717);
    example.step("sort1", "1.2.0", &[&track], &["#data-1"]);
    example.result("#data-1", "Sort on data 1", &[&track]);
    example.0
}

/// Tracks that a tool is mapped over, and one file that they are merged to.
pub fn map_and_merge(count: usize) -> Crate {
    let mut example = Example::about("Merged peaks", &["#data-1"]);
    let tracks: Vec<String> = (0..count).map(|number| example.track(number)).collect();
    let sorted: Vec<String> = (0..count)
        .map(|number| format!("#dataset-{number:016x}"))
        .collect();
    for (track, sorted) in tracks.iter().zip(&sorted) {
        example.between(sorted, "Sort on collection 1");
        example.step("bedtools_sortbed", "2.31.1+galaxy0", &[track], &[sorted]);
    }
    example.step("bedtools_mergebed", "2.31.1", &refs(&sorted), &["#data-1"]);
    example.result("#data-1", "Merged peaks of all cells", &refs(&tracks));
    example.0
}

/// Tracks that two tools are mapped over, with a result for each.
pub fn mapped(count: usize) -> Crate {
    let ids: Vec<String> = (0..count)
        .map(|number| format!("#data-{number:016x}"))
        .collect();
    let mut example = Example::about("Widened peaks", &refs(&ids));
    for (number, id) in ids.iter().enumerate() {
        let track = example.track(number);
        let sorted = format!("#dataset-{number:016x}");
        example.between(&sorted, "Sort on collection 1");
        example.step("bedtools_sortbed", "2.31.1+galaxy0", &[&track], &[&sorted]);
        example.step("bedtools_slopbed", "2.31.1+galaxy0", &[&sorted], &[id]);
        let name = format!("Widened peaks of {}", CELLS[number % 3]);
        example.result(id, &name, &[&track]);
    }
    example.0
}

/// Tracks that one step reads.
pub fn reduced(count: usize, tool: &str, result: &str) -> Crate {
    let mut example = Example::about(result, &["#data-1"]);
    let tracks: Vec<String> = (0..count).map(|number| example.track(number)).collect();
    example.step(tool, "2.31.1+galaxy0", &refs(&tracks), &["#data-1"]);
    example.result("#data-1", result, &refs(&tracks));
    example.0
}

/// Two ways from two tracks that meet again.
pub fn diamond() -> Crate {
    let mut example = Example::about("Overlaps", &["#data-1"]);
    let (one, other) = (example.track(1), example.track(2));
    for id in ["#dataset-a", "#dataset-b", "#dataset-c"] {
        example.between(id, id);
    }
    example.step(
        "bedtools_sortbed",
        "2.31.1",
        &[&one, &other],
        &["#dataset-a"],
    );
    example.step(
        "bedtools_slopbed",
        "2.31.1",
        &["#dataset-a"],
        &["#dataset-b"],
    );
    example.step(
        "bedtools_flankbed",
        "2.31.1",
        &["#dataset-a"],
        &["#dataset-c"],
    );
    example.step(
        "bedtools_intersectbed",
        "2.31.1",
        &["#dataset-b", "#dataset-c"],
        &["#data-1"],
    );
    example.result("#data-1", "Promoters with H3K4me3 in K562", &[&one, &other]);
    example.0
}

/// Steps one after the other.
pub fn row(count: usize) -> Crate {
    let mut example = Example::about("A long way", &["#data-1"]);
    let track = example.track(5);
    let mut before = track.clone();
    for number in 0..count {
        let last = number + 1 == count;
        let after = if last {
            "#data-1".to_owned()
        } else {
            format!("#dataset-{number:016x}")
        };
        if !last {
            example.between(&after, "between");
        }
        example.step(&format!("tool_{number}"), "1.0", &[&before], &[&after]);
        before = after;
    }
    example.result("#data-1", "The end of a long way", &[&track]);
    example.0
}

/// A result that nothing is known of but the tool that made it of something else.
pub fn unproven() -> Crate {
    let mut example = Example::about("Unknown", &["#data-1"]);
    example.between("#dataset-u", "uploaded.bed");
    example.step("sort1", "1.2.0", &["#dataset-u"], &["#data-1"]);
    example.result("#data-1", "Sort on data 7", &[]);
    example.0
}
