//! The table of steps, `steps.tsv`: tab-separated, one line a step, titles in a first line that starts with `#`.

use std::collections::HashMap;

use crate::ro_crate::provenance::{GraphNode, ProvenanceGraph, Stage, Step};
use crate::tables::{self, Column};

/// The titles of its columns. Steps that did the same have one `stage`, which is their number on pages and pictures.
pub const TITLES: [&str; 15] = tables::titles(&columns());
/// How many inputs or outputs a cell names; of more it says how many.
const MOST_NAMED: usize = 50;

/// A step, its number and that of its stage, from 1.
struct Row<'s> {
    number: usize,
    stage: usize,
    step: &'s Step,
    names: &'s Names<'s>,
}

const fn columns<'s>() -> [Column<Row<'s>>; 15] {
    [
        ("step", |row| row.number.to_string().into()),
        ("stage", |row| row.stage.to_string().into()),
        ("kind", |row| row.step.kind.word().into()),
        ("name", |row| (&row.step.name).into()),
        ("tool", |row| row.step.tool_key().into()),
        ("version", |row| (&row.step.tool_version).into()),
        ("tool_url", |row| (&row.step.tool_address).into()),
        ("start", |row| (&row.step.start).into()),
        ("end", |row| (&row.step.end).into()),
        ("status", |row| row.step.status.word().into()),
        ("error", |row| (&row.step.error).into()),
        ("parameters", |row| parameters(row.step).into()),
        ("inputs", |row| row.names.all(&row.step.inputs).into()),
        ("outputs", |row| row.names.all(&row.step.outputs).into()),
        ("id_in_crate", |row| (&row.step.id).into()),
    ]
}

/// Writes the table.
pub fn write(provenance: &ProvenanceGraph) -> String {
    let mut stage_of = vec![0; provenance.steps.len()];
    for (number, stage) in Stage::all(provenance).iter().enumerate() {
        stage
            .steps
            .iter()
            .for_each(|step| stage_of[*step] = number + 1);
    }
    let names = &Names::of(provenance);
    let steps = provenance.steps.iter().zip(stage_of).enumerate();
    let rows = steps.map(|(place, (step, stage))| Row {
        number: place + 1,
        stage,
        step,
        names,
    });
    tables::write(&columns(), &rows.collect::<Vec<_>>())
}

fn parameters(step: &Step) -> String {
    let parameters = step.parameters.iter();
    let named: Vec<String> = parameters
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    named.join("; ")
}

/// What things are called, by their ids.
struct Names<'c>(HashMap<&'c str, String>);

impl<'c> Names<'c> {
    fn of(provenance: &'c ProvenanceGraph) -> Self {
        let mut names: HashMap<&str, String> = HashMap::new();
        let mut nodes: Vec<GraphNode> =
            (0..provenance.tracks.len()).map(GraphNode::Track).collect();
        nodes.extend((0..provenance.results.len()).map(GraphNode::Result));
        nodes.extend((0..provenance.intermediates.len()).map(GraphNode::Intermediate));
        for node in nodes {
            let (id, name) = match node {
                GraphNode::Track(place) => (
                    &provenance.tracks[place].id,
                    provenance.tracks[place].label(),
                ),
                GraphNode::Result(place) => (
                    &provenance.results[place].id,
                    provenance.results[place].label(),
                ),
                GraphNode::Intermediate(place) => {
                    let data = &provenance.intermediates[place];
                    (&data.id, data.name.as_str())
                }
                GraphNode::Step(_) => continue,
            };
            let name = match name {
                "" => id.clone(),
                name if name == id => id.clone(),
                name => format!("{name} <{id}>"),
            };
            names.insert(id, name);
        }
        Names(names)
    }

    fn all(&self, ids: &[String]) -> String {
        let known = |id: &String| {
            self.0
                .get(id.as_str())
                .cloned()
                .unwrap_or_else(|| id.clone())
        };
        let mut names: Vec<String> = ids.iter().take(MOST_NAMED).map(known).collect();
        if ids.len() > MOST_NAMED {
            names.push(format!("and {} more", ids.len() - MOST_NAMED));
        }
        names.join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ro_crate::provenance::examples;

    #[test]
    fn a_step_is_one_line_with_its_tool_and_what_it_read_and_made() {
        let table = write(&ProvenanceGraph::of(&examples::one_step()));
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines.len(), 3);
        assert_eq!(
            lines[2],
            "2\t2\ttool\tRun of sort1\tsort1\t1.2.0\thttps://usegalaxy.org/?tool_id=sort1&version=1.2.0\t\t2026-11-25T00:01:00+00:00\tcompleted\t\t\t\
             K562, CTCF: peaks <#track-00000000000002cd>\tSort on data 1 <#data-1>\t#step-0000000000000001"
        );
    }

    #[test]
    fn steps_that_did_the_same_have_one_stage() {
        let table = write(&ProvenanceGraph::of(&examples::map_and_merge(200)));
        let stages: Vec<&str> = table
            .lines()
            .skip(1)
            .filter_map(|line| line.split('\t').nth(1))
            .collect();
        assert_eq!(stages.len(), 401);
        assert_eq!((stages[0], stages[399], stages[400]), ("1", "2", "3"));
        assert!(table.contains("; and 150 more\t"));
        assert!(
            table
                .lines()
                .all(|line| line.split('\t').count() == TITLES.len())
        );
    }
}
