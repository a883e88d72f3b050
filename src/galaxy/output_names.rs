//! The names that Galaxy has for the outputs of a job before it runs.

use std::collections::HashMap;

/// The names of the outputs of a tool in Galaxy, by the outputs of its wrapper. Those by the labels of the wrapper may change;
/// another name is the choice of a user, such as the author of a workflow, and is kept.
#[derive(Debug, Clone, Default)]
pub struct OutputNames {
    tool: String,
    names: HashMap<String, String>,
}

impl OutputNames {
    /// From the name of each output; `tool` is the name of the tool in Galaxy, with which its labels begin.
    pub fn new(tool: impl Into<String>, names: HashMap<String, String>) -> Self {
        OutputNames {
            tool: tool.into(),
            names,
        }
    }

    /// The name that a user chose for an output; none where its name is the label of the wrapper.
    pub fn chosen(&self, output: &str) -> Option<&str> {
        let name = self.names.get(output)?;
        (!self.is_label(name)).then_some(name)
    }

    /// Whether a name is a label: `FAIRtracks search: report` or `FAIRtracks search on dataset 1: report`.
    fn is_label(&self, name: &str) -> bool {
        let rest = name.strip_prefix(&self.tool);
        rest.is_some_and(|rest| rest.starts_with(": ") || rest.starts_with(" on "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_no_choice_of_a_user() {
        let named = |name: &str| {
            let names = HashMap::from([("output_table".to_owned(), name.to_owned())]);
            let names = OutputNames::new("FAIRtracks search", names);
            names.chosen("output_table").map(str::to_owned)
        };
        assert_eq!(named("FAIRtracks search: report"), None);
        assert_eq!(named("FAIRtracks search on dataset 1: report"), None);
        for name in [
            "My hits",
            "FAIRtracks search",
            "FAIRtracks searches: hits",
            "on dataset 1: report",
        ] {
            assert_eq!(named(name).as_deref(), Some(name));
        }
    }

    #[test]
    fn an_output_without_a_known_name_is_no_choice_of_a_user() {
        assert_eq!(OutputNames::default().chosen("output_table"), None);
    }
}
