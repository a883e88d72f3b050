//! Requirements for programs, languages, scripts and workflows anywhere in the graph.

use super::report::{At, MetadataReport};
use super::rules::Rule;
use crate::fairtracks::fields::shown_text;
use crate::ro_crate::Entity;
use crate::ro_crate::draft::CrateDraft;

/// The types of programs and languages.
const PROGRAMS: [&str; 2] = ["SoftwareApplication", "ComputerLanguage"];

/// Checks all of them.
pub fn check(draft: &CrateDraft, report: &mut MetadataReport<'_>) {
    for (position, entity, _) in draft.items() {
        if PROGRAMS.iter().any(|kind| entity.is(kind)) {
            program(position, entity, report);
        }
        let is_source = entity.is("SoftwareSourceCode");
        let wanted: &[&str] = match entity.is("ComputationalWorkflow") {
            true => &["File", "SoftwareSourceCode"],
            false if is_source => &["File"],
            false => &[],
        };
        let has = |kind: &str| entity.is(kind) || (kind == "File" && entity.is("MediaObject"));
        let missing: Vec<&str> = wanted.iter().copied().filter(|kind| !has(kind)).collect();
        if !missing.is_empty() {
            let what = shown_text(&entity.types.join(", "));
            let expected = format!("also the types {}", missing.join(" and "));
            let at = At::Key(position, "@type");
            report.ask(Rule::ScriptIsFile, at, what, expected, "");
        }
    }
}

/// Checks name, URL and version of a program or language.
fn program(position: usize, entity: &Entity, report: &mut MetadataReport<'_>) {
    let expected = "the name of the software";
    report.require(Rule::SoftwareName, position, "name", expected, "");
    let expected = "the home page or source of the tool";
    report.require(Rule::Software, position, "url", expected, "");
    let mut rule = Rule::Software;
    let mut hint = "without it the run is not reproducible";
    if entity.properties.contains_key("softwareVersion") {
        rule = Rule::SoftwareVersion;
        hint = "rename `softwareVersion` to `version`";
    }
    report.require(rule, position, "version", "the version of the tool", hint);
}
