//! The processes of an assay: from a data file back to the samples that it is made from.

use std::collections::{HashMap, HashSet};

use serde_json::Value as Json;

use super::annotation::{id_of, items};

/// The processes by what they put out, and by their ids.
pub(super) struct ProcessGraph<'a> {
    by_output: HashMap<&'a str, Vec<&'a Json>>,
    by_id: HashMap<&'a str, &'a Json>,
}

/// What a data file is made from.
#[derive(Debug, Default, PartialEq)]
pub(super) struct FileOrigin<'a> {
    /// The ids of its samples.
    pub samples: Vec<&'a str>,
    /// The ids of the data files on the way.
    pub files: Vec<&'a str>,
    /// The processes on the way, the last one first.
    pub processes: Vec<&'a Json>,
}

impl<'a> ProcessGraph<'a> {
    pub fn of(processes: impl Iterator<Item = &'a Json>) -> Self {
        let mut graph = ProcessGraph {
            by_output: HashMap::new(),
            by_id: HashMap::new(),
        };
        for process in processes {
            for output in items(process, "outputs").filter_map(id_of) {
                graph.by_output.entry(output).or_default().push(process);
            }
            if let Some(id) = id_of(process) {
                graph.by_id.insert(id, process);
            }
        }
        graph
    }

    /// What a file is made from. The way ends at samples, with the processes that they come from.
    pub fn origin(&self, file: &str, is_sample: impl Fn(&str) -> bool) -> FileOrigin<'a> {
        let mut origin = FileOrigin::default();
        let mut reached: HashSet<&str> = HashSet::new();
        let mut waiting: Vec<&'a Json> = self.by_output.get(file).cloned().unwrap_or_default();
        waiting.reverse();
        let mut passed: HashSet<*const Json> = HashSet::new();
        while let Some(process) = waiting.pop() {
            // A process may be on several ways, and processes may form a circle.
            if !passed.insert(std::ptr::from_ref::<Json>(process)) {
                continue;
            }
            origin.processes.push(process);
            let inputs: Vec<&'a str> = items(process, "inputs").filter_map(id_of).collect();
            // Between two processes of one protocol chain there may be no material.
            if inputs.is_empty()
                && let Some(previous) = id_of(&process["previousProcess"])
            {
                waiting.extend(self.by_id.get(previous));
            }
            for input in inputs {
                if !reached.insert(input) {
                    continue;
                }
                if is_sample(input) {
                    origin.samples.push(input);
                    continue;
                }
                if input != file {
                    origin.files.push(input);
                }
                waiting.extend(self.by_output.get(input).into_iter().flatten());
            }
        }
        for sample in &origin.samples {
            let collected = self.by_output.get(sample).into_iter().flatten();
            for process in collected {
                if passed.insert(std::ptr::from_ref::<Json>(process)) {
                    origin.processes.push(process);
                }
            }
        }
        origin
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn origin<'a>(processes: &'a [Json], file: &str) -> FileOrigin<'a> {
        let graph = ProcessGraph::of(processes.iter());
        graph.origin(file, |id| id.starts_with("#sample/"))
    }

    #[test]
    fn the_way_back_leads_to_samples_and_passes_files() {
        let processes = [
            json!({"@id": "#p/1", "inputs": [{"@id": "#sample/1"}], "outputs": [{"@id": "#material/1"}]}),
            json!({"@id": "#p/2", "inputs": [{"@id": "#material/1"}], "outputs": []}),
            json!({"@id": "#p/3", "inputs": [], "previousProcess": {"@id": "#p/2"}, "outputs": [{"@id": "#data/1"}]}),
            json!({"@id": "#p/4", "inputs": [{"@id": "#data/1"}], "outputs": [{"@id": "#data/2"}]}),
            json!({"@id": "#p/5", "inputs": [{"@id": "#sample/2"}], "outputs": [{"@id": "#data/3"}]}),
        ];
        let found = origin(&processes, "#data/2");
        assert_eq!(found.samples, ["#sample/1"]);
        assert_eq!(found.files, ["#data/1", "#material/1"]);
        assert_eq!(found.processes.len(), 4);
        assert_eq!(origin(&processes, "#data/9"), FileOrigin::default());
    }

    #[test]
    fn a_circle_of_processes_ends() {
        let processes = [
            json!({"@id": "#p/1", "inputs": [{"@id": "#data/2"}], "outputs": [{"@id": "#data/1"}]}),
            json!({"@id": "#p/2", "inputs": [{"@id": "#data/1"}], "outputs": [{"@id": "#data/2"}]}),
        ];
        let found = origin(&processes, "#data/1");
        assert_eq!(found.files, ["#data/2"]);
        assert!(found.samples.is_empty());
    }
}
