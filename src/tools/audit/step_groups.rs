//! Steps that did the same: a tool that is mapped over a collection is one group.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::audited_tool::AuditedTool;
use crate::ro_crate::provenance::{ProvenanceGraph, Stage, Step, StepKind};

/// Steps of one tool in one version with the same parameters, as many tools away from the sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlikeSteps<'p> {
    /// The kind of the steps.
    pub kind: StepKind,
    /// The tool.
    pub tool: &'p str,
    /// Its version.
    pub version: &'p str,
    /// The values of the parameters by name; several of one name are joined.
    pub parameters: BTreeMap<&'p str, String>,
    /// The versions of the tools of its workflow by tool; several of one tool are joined.
    pub contained: BTreeMap<&'p str, String>,
    /// How many tools lie between the steps and the sources on the longest way.
    pub level: usize,
    /// How many steps there are.
    pub runs: usize,
}

impl<'p> AlikeSteps<'p> {
    /// The groups of the searches, the imports and the processing of a graph, by level.
    pub fn all(provenance: &'p ProvenanceGraph) -> Vec<AlikeSteps<'p>> {
        let processing = provenance.processing();
        let jobs: HashSet<&str> = processing.jobs.iter().map(|job| job.id.as_str()).collect();
        let mut groups: Vec<AlikeSteps<'p>> = Vec::new();
        let mut places: HashMap<(usize, String), Vec<usize>> = HashMap::new();
        for stage in Stage::all(provenance) {
            for place in &stage.steps {
                let step = &provenance.steps[*place];
                let is_wanted = match step.kind {
                    StepKind::Search | StepKind::Import | StepKind::Registration => true,
                    StepKind::Tool => jobs.contains(step.id.as_str()),
                    StepKind::Unpack | StepKind::Match | StepKind::Recognition => false,
                };
                if !is_wanted {
                    continue;
                }
                let group = AlikeSteps::of(step, stage.level);
                let alike = places
                    .entry((group.level, group.tool.to_owned()))
                    .or_default();
                let known = alike.iter().find(|place| groups[**place].is_like(&group));
                match known {
                    Some(known) => groups[*known].runs += 1,
                    None => {
                        alike.push(groups.len());
                        groups.push(group);
                    }
                }
            }
        }
        groups.sort_by_key(|group| group.level);
        groups
    }

    fn of(step: &'p Step, level: usize) -> Self {
        let mut parameters: BTreeMap<&str, String> = BTreeMap::new();
        for (name, value) in &step.parameters {
            let known = parameters.entry(name).or_default();
            if !known.is_empty() {
                known.push_str(", ");
            }
            known.push_str(value);
        }
        let mut contained: BTreeMap<&str, String> = BTreeMap::new();
        for tool in AuditedTool::all(step).filter(|tool| !tool.is_recorded) {
            let known = contained.entry(tool.key()).or_default();
            if !known.is_empty() {
                known.push_str(", ");
            }
            known.push_str(tool.version);
        }
        AlikeSteps {
            kind: step.kind,
            tool: step.tool_key(),
            version: &step.tool_version,
            parameters,
            contained,
            level,
            runs: 1,
        }
    }

    /// Whether the steps of another group did the same.
    pub fn is_like(&self, other: &AlikeSteps<'_>) -> bool {
        (self.kind, self.tool, self.version) == (other.kind, other.tool, other.version)
            && self.parameters == other.parameters
            && self.contained == other.contained
    }
}
