//! The texts of the wrappers have one shape: labels of outputs, and help pages.

use crate::support;

/// The sections of a help page, in this order. Notes are optional.
const SECTIONS: [&str; 7] = [
    "What it does",
    "Example",
    "Input",
    "Output",
    "Options",
    "Notes",
    "References",
];

/// The wrappers by the names of their tools.
fn wrappers() -> Vec<(String, String)> {
    let mut tools = support::tools();
    tools.retain(|tool| support::project(&format!("galaxy-tools/{tool}.xml")).exists());
    assert!(tools.len() >= 7, "{tools:?}");
    let text = |tool: String| {
        let text = support::text(&format!("galaxy-tools/{tool}.xml"));
        (tool, text)
    };
    tools.into_iter().map(text).collect()
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let rest = text.split(start).nth(1).unwrap_or_default();
    rest.split(end).next().unwrap_or_default()
}

#[test]
fn no_output_is_named_after_inputs_that_it_does_not_have() {
    for (tool, text) in wrappers() {
        let outputs = between(&text, "<outputs", "</outputs>");
        let labels: Vec<&str> = outputs
            .split("label=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        assert!(!labels.is_empty(), "{tool} has no labels of outputs");
        for label in labels {
            assert!(
                label.starts_with("${tool.name}@ON_INPUTS@: "),
                "{tool}: {label}"
            );
        }
    }
}

#[test]
fn help_pages_have_the_same_sections_in_the_same_order() {
    for (tool, text) in wrappers() {
        let help = between(&text, "<help format=\"markdown\">", "</help>");
        let found: Vec<&str> = help
            .lines()
            .filter_map(|line| line.strip_prefix("## "))
            .collect();
        let has_notes = found.contains(&"Notes");
        let expected: Vec<&str> = SECTIONS
            .into_iter()
            .filter(|section| has_notes || *section != "Notes")
            .collect();
        assert_eq!(found, expected, "{tool}");
    }
}

#[test]
fn help_pages_lead_to_other_tools_by_names_that_exist() {
    let wrappers = wrappers();
    let name = |tool: &str| tool.replacen("fairtracks_", "FAIRtracks ", 1);
    let names: Vec<String> = wrappers.iter().map(|(tool, _)| name(tool)).collect();
    for (tool, text) in &wrappers {
        let help = between(text, "<help format=\"markdown\">", "</help>");
        let linked: Vec<&str> = help
            .split("*FAIRtracks ")
            .skip(1)
            .map(|rest| rest.split('*').next().unwrap())
            // A title in bold, such as **FAIRtracks document**.
            .filter(|verb| !verb.contains("document"))
            .collect();
        for verb in &linked {
            let linked = format!("FAIRtracks {verb}");
            assert!(names.contains(&linked), "{tool}: no tool {linked}");
        }
        let own = name(tool);
        assert!(
            linked.iter().any(|verb| !own.ends_with(verb)),
            "{tool} leads to no other tool"
        );
    }
}

#[test]
fn the_form_of_follow_leads_to_the_identification_of_uploaded_files() {
    let text = support::text("galaxy-tools/fairtracks_follow.xml");
    let between = |start: &str, end: &str| {
        let rest = text.split_once(start).unwrap().1;
        rest.split_once(end).unwrap().0.to_owned()
    };
    assert!(between("<description>", "</description>").contains("uploaded"));
    let results = between("required_datasets_or_collections\" name=\"results\"", "/>");
    assert!(results.contains("Name my files in the help"), "{results}");
    assert!(between("<help", "</help>").contains("### Name my files"));
}
