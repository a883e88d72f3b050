//! What the page of a result's crate shows.

use super::result_crate::Story;
use super::{genome_builds, sources};
use crate::model::finding::Strength;
use crate::model::ro_crate::page::{Page, Row};

/// How many source tracks the page names.
const MOST_NAMED: usize = 12;

/// The page of a result, on one screen, with what is to be said of it on top.
pub fn page(story: &Story<'_>, findings: &[(Strength, String)]) -> Page {
    let (result, trace) = (story.result, story.trace);
    let mut facts = vec![
        Row::new("element", &result.element_identifier),
        Row::new("datatype", &result.extension),
        Row::new("genome build", &result.dbkey),
    ];
    let named: Vec<String> = sources(trace, story.shelf)
        .map(|subject| match subject.identifiers.first() {
            Some(id) => format!("{} ({id})", subject.name),
            None => subject.name.clone(),
        })
        .collect();
    for name in named.iter().take(MOST_NAMED) {
        facts.push(Row::new("source track", name));
    }
    if named.len() > MOST_NAMED {
        facts.push(Row::new(
            "source tracks",
            &format!("and {} more", named.len() - MOST_NAMED),
        ));
    }
    let builds: Vec<&str> = genome_builds(trace, story.shelf)
        .into_keys()
        .filter(|build| !build.is_empty())
        .collect();
    facts.push(Row::new("genome builds of the tracks", &builds.join(", ")));
    facts.retain(|row| !row.value.is_empty());
    let mut steps: Vec<String> = trace
        .jobs
        .iter()
        .rev()
        .map(|job| {
            let end = job.end.as_deref().unwrap_or("at a time that is not known");
            format!("{end}: {} {}", job.tool_id, job.tool_version)
        })
        .collect();
    steps.push(format!(
        "{}: followed back by {} {}",
        story.time, story.tool.0, story.tool.1
    ));
    Page {
        title: result.label().to_owned(),
        subtitle: match trace.proven.len() {
            0 => "A result whose source tracks are not proven.".to_owned(),
            1 => "A result that was made of one genomic track; the data travel beside this page and are known by their SHA-256.".to_owned(),
            count => format!("A result that was made of {count} genomic tracks; the data travel beside this page and are known by their SHA-256."),
        },
        warnings: findings.iter().map(|(strength, text)| format!("{strength}: {text}")).collect(),
        facts,
        checks: vec![
            Row::new("size", &format!("{} bytes", result.digests.bytes)),
            Row::new("SHA-256", &result.digests.sha256.hexadecimal()),
        ],
        steps,
    }
}
