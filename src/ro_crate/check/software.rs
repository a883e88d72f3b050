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
    let has = |key: &str| entity.properties.contains_key(key);
    let at = At::Entity(position);
    if !has("name") {
        report.ask(
            Rule::SoftwareName,
            at,
            "no `name`",
            "the name of the software",
            "",
        );
    }
    if !has("url") {
        report.ask(
            Rule::Software,
            at,
            "no `url`",
            "the home page or source of the tool",
            "",
        );
    }
    let hint = "without it the run is not reproducible";
    if !has("version") && !has("softwareVersion") {
        report.ask(
            Rule::Software,
            at,
            "no `version`",
            "the version of the tool",
            hint,
        );
    } else if !has("version") {
        let hint = "rename `softwareVersion` to `version`";
        let (what, expected) = ("no `version`", "the version of the tool");
        report.ask(Rule::SoftwareVersion, at, what, expected, hint);
    }
}
