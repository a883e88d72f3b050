//! Crates of workflow runs as other programs write them (Workflow Run Crate, Provenance Run Crate).

use std::path::PathBuf;

use serde_json::{Value as Json, json};

use super::history_export::zip;
use super::importing::written;

/// The id of a tool in a Tool Shed, without its version.
pub const TOOL: &str = "toolshed.g2.bx.psu.edu/repos/iuc/bedtools/bedtools_intersectbed";

/// The run of a workflow of Galaxy: its tools are parts of the workflow, and their runs are not recorded.
pub struct WorkflowRun {
    /// The version of the tool.
    pub version: &'static str,
    /// What the input file holds.
    pub input: &'static str,
    /// What the result holds.
    pub output: &'static str,
    /// Whether the archive has the files; the metadata state no checksum of them.
    pub has_files: bool,
}

impl Default for WorkflowRun {
    fn default() -> Self {
        WorkflowRun {
            version: "2.30.0+galaxy2",
            input: "chr1\t100\t200\tan input file with more than the sixty-four bytes that prove\n",
            output: "chr1\t100\t150\ta result file with more than the sixty-four bytes that prove\n",
            has_files: true,
        }
    }
}

impl WorkflowRun {
    /// The crate as a file of this name.
    pub fn written(&self, name: &str) -> PathBuf {
        let tool = format!("{TOOL}/{}", self.version);
        let graph = json!([
            root("run", &["workflows/w.ga", "datasets/in.bed", "datasets/out.bed"]),
            {"@id": "workflows/w.ga", "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow"], "name": "Overlaps",
                "hasPart": [{"@id": tool}]},
            {"@id": tool, "@type": "SoftwareApplication", "name": "bedtools Intersect intervals", "version": self.version,
                "identifier": tool},
            {"@id": "#wf-run", "@type": "CreateAction", "name": "Overlaps run", "instrument": {"@id": "workflows/w.ga"},
                "object": [{"@id": "datasets/in.bed"}], "result": [{"@id": "datasets/out.bed"}],
                "endTime": "2026-01-01T00:01:00Z"},
            {"@id": "datasets/in.bed", "@type": "File", "name": "in"},
            {"@id": "datasets/out.bed", "@type": "File", "name": "out"},
        ]);
        let files = match self.has_files {
            true => vec![
                ("workflows/w.ga", "{}"),
                ("datasets/in.bed", self.input),
                ("datasets/out.bed", self.output),
            ],
            false => Vec::new(),
        };
        foreign(name, graph, &files)
    }
}

/// The run of one tool, or of an unknown one where `tool` is none.
pub fn process(name: &str, tool: Option<Json>) -> PathBuf {
    let mut action = json!({"@id": "#a", "@type": "CreateAction", "name": "run", "object": {"@id": "in.txt"},
        "result": {"@id": "out.txt"}});
    let mut entities = vec![root("process", &["in.txt", "out.txt"])];
    if let Some(tool) = tool {
        action["instrument"] = json!({"@id": tool["@id"]});
        entities.push(tool);
    }
    entities.push(action);
    for id in ["in.txt", "out.txt"] {
        entities.push(json!({"@id": id, "@type": "File", "name": id}));
    }
    foreign(name, entities.into(), &[("in.txt", "1"), ("out.txt", "2")])
}

/// The run of a workflow whose step is recorded: the instrument of its action is the step, which has the tool as its example.
pub fn recorded_step(name: &str) -> PathBuf {
    let graph = json!([
        root("recorded", &["main.nf", "out.bed"]),
        {"@id": "main.nf", "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow"], "name": "main",
            "step": {"@id": "#intersect"}},
        {"@id": "#intersect", "@type": "HowToStep", "workExample": {"@id": "modules/intersect.nf"}},
        {"@id": "modules/intersect.nf", "@type": "SoftwareApplication", "name": "BEDTOOLS_INTERSECT", "version": "2.31.1"},
        {"@id": "#run", "@type": "CreateAction", "instrument": {"@id": "main.nf"}, "result": {"@id": "out.bed"}},
        {"@id": "#task", "@type": "CreateAction", "instrument": {"@id": "#intersect"}, "result": {"@id": "out.bed"}},
        {"@id": "out.bed", "@type": "File", "name": "out.bed"},
    ]);
    foreign(name, graph, &[("main.nf", "workflow"), ("out.bed", "1")])
}

fn root(name: &str, parts: &[&str]) -> Json {
    let parts: Vec<Json> = parts.iter().map(|part| json!({"@id": part})).collect();
    json!({"@id": "./", "@type": "Dataset", "name": name, "datePublished": "2026-01-01", "license": "CC0-1.0", "hasPart": parts})
}

/// A crate of some entities and files.
pub fn foreign(name: &str, entities: Json, files: &[(&str, &str)]) -> PathBuf {
    let mut graph = vec![
        json!({"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"}}),
    ];
    graph.extend(entities.as_array().unwrap().iter().cloned());
    let metadata = json!({"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph});
    let mut all = vec![(
        "ro-crate-metadata.json".to_owned(),
        metadata.to_string().into_bytes(),
    )];
    all.extend(
        files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())),
    );
    written(name, zip(&all))
}
