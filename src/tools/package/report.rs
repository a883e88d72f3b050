//! The report of a package, in Galaxy's Markdown: findings first, then the picture, tracks, steps, texts to copy and files.

use std::fmt::Write as _;

use crate::fairtracks::finding::Strength;
use crate::galaxy::markdown::{code, image, plain, table};
use crate::ro_crate::citation::Citation;
use crate::ro_crate::page::provenance_page::FileRow;
use crate::ro_crate::provenance::{ProvenanceGraph, ResultFile, Stage, StepKind};
use crate::text::counted;
use crate::text::folding::capitalized;

/// How many findings and files the report shows; the page and the tables have all.
const MOST_SHOWN: usize = 50;

/// Digits of a checksum that are shown: all 64 would not fit a page, and the crate has them.
const SHOWN_DIGITS: usize = 16;

/// The context of the report.
#[derive(Debug, Clone, Copy)]
pub struct PackageReportContext<'a> {
    /// The findings, the most severe first.
    pub findings: &'a [(Strength, String)],
    /// The paragraph for the methods section; empty for none.
    pub methods: &'a str,
    /// How to cite.
    pub citation: &'a Citation,
    /// The files of the crate with their paths.
    pub files: &'a [FileRow],
    /// The documents that were searched and what was identified; empty without documents.
    pub documents: &'a str,
    /// The tool with its version.
    pub tool: &'a str,
    /// When it ran, RFC 3339.
    pub time: &'a str,
    /// The output that holds the picture as PNG; empty where there is none.
    pub picture: &'a str,
    /// The output that holds the table of tracks; empty where there is none.
    pub tracks: &'a str,
    /// The output that holds the table of steps; empty where there is none.
    pub steps: &'a str,
}

/// The result in one phrase, such as `3 results from 3 source tracks; 2 tools, 6 jobs`.
pub fn verdict(provenance: &ProvenanceGraph) -> String {
    let counted = |count: usize, noun| (count > 0).then(|| counted(count, noun));
    let results = counted(provenance.results.len(), "result");
    let tracks = counted(provenance.tracks.len(), "source track");
    let made = [results, tracks].into_iter().flatten().collect::<Vec<_>>();
    // Not all tracks are known to lead to results.
    let joint = match provenance.unproven_results() {
        0 => " from ",
        _ => ", ",
    };
    let mut parts = vec![made.join(joint)];
    parts.push(provenance.processing().counts());
    parts.retain(|part| !part.is_empty());
    parts.join("; ")
}

/// What is in the crate, for the names of outputs: `3 results, 3 tracks`.
pub fn content(provenance: &ProvenanceGraph) -> String {
    let (results, tracks) = (provenance.results.len(), provenance.tracks.len());
    let counts = [(results, "result"), (tracks, "track")].into_iter();
    let counts = counts.filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, noun)| counted(count, noun)).collect();
    counts.join(", ")
}

/// The sentence on results without confirmed source tracks, with their names; empty if there are none.
fn unproven(provenance: &ProvenanceGraph) -> String {
    let results = provenance.results.iter();
    let names: Vec<&str> = results
        .filter(|result| result.based_on.is_empty())
        .map(ResultFile::label)
        .collect();
    if names.is_empty() {
        return String::new();
    }
    let shown: Vec<String> = names.iter().take(5).map(|name| plain(name)).collect();
    let more = match names.len() - shown.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let of = match (names.len(), provenance.results.len()) {
        (1, 1) => "the result".to_owned(),
        (unproven, all) => format!("{unproven} of {}", counted(all, "result")),
    };
    format!(
        "**The source tracks of {of} could not be confirmed: {}{more}.** The crate states this too.\n\n",
        shown.join(", ")
    )
}

/// The report.
pub fn markdown(provenance: &ProvenanceGraph, about: PackageReportContext<'_>) -> String {
    let title = if provenance.title.is_empty() {
        "FAIRtracks package"
    } else {
        &provenance.title
    };
    // Writing to a String cannot fail.
    let mut text = format!(
        "# {}\n\n{}**{}**\n",
        plain(title),
        unproven(provenance),
        verdict(provenance)
    );
    findings(about.findings, &mut text);
    if !about.picture.is_empty() {
        let image = image(about.picture);
        let _ = write!(text, "\n## From source tracks to results\n\n{image}");
    }
    if !about.tracks.is_empty() && !provenance.tracks.is_empty() {
        let table = table(about.tracks, "Source tracks");
        let _ = write!(text, "\n## Source tracks\n\n{table}");
    }
    if !provenance.steps.is_empty() {
        steps(provenance, &mut text);
        if !about.steps.is_empty() {
            let _ = write!(text, "\n{}", table(about.steps, "All steps"));
        }
    }
    if !about.methods.is_empty() {
        let methods = plain(about.methods);
        let _ = write!(text, "\n## For the methods section\n\n> {methods}\n");
    }
    text.push_str("\n## How to cite\n\n");
    if about.citation.authors.is_empty() {
        text.push_str("No creator given, so the crate has no `CITATION.cff`: fill in *Your name* in the form and run the tool again.\n");
    } else {
        let line = plain(&about.citation.line());
        let _ = write!(
            text,
            "> {line}\n\nThe crate contains this citation as `CITATION.cff`, with references to these tools, FAIRtracks and Galaxy. The methods paragraph names the other tools and the publications of the source tracks.\n"
        );
    }
    files(about.files, &mut text);
    let (tool, time) = (plain(about.tool), plain(about.time));
    text.push_str("\n## Provenance\n\n");
    if !about.documents.is_empty() {
        let _ = writeln!(text, "- Documents searched: {}", plain(about.documents));
    }
    let _ = writeln!(text, "- Made by: {tool} at {time}");
    text
}

fn findings(findings: &[(Strength, String)], text: &mut String) {
    if findings.is_empty() {
        return;
    }
    let _ = write!(text, "\n## Findings ({})\n\n", findings.len());
    for (strength, finding) in findings.iter().take(MOST_SHOWN) {
        let _ = writeln!(text, "- **{strength}**: {}", plain(finding));
    }
    if findings.len() > MOST_SHOWN {
        let more = findings.len() - MOST_SHOWN;
        let _ = write!(text, "\nand {more} more; see the page of the crate.\n");
    }
}

/// The stages by their numbers in the picture.
fn steps(provenance: &ProvenanceGraph, text: &mut String) {
    text.push_str("\n## Steps\n\n");
    let stages = Stage::all(provenance);
    for (number, stage) in stages.iter().enumerate().take(MOST_SHOWN) {
        let Some(step) = stage.first(provenance) else {
            continue;
        };
        let tool = format!("{} {}", step.tool, step.tool_version);
        let times = match stage.steps.len() {
            1 => String::new(),
            count => format!(", {count} times"),
        };
        let tool = code(tool.trim());
        let step = match step.kind {
            StepKind::Tool => tool,
            kind => format!("{} ({tool})", capitalized(kind.word())),
        };
        let _ = writeln!(text, "{}. {step}{times}", number + 1);
    }
    if stages.len() > MOST_SHOWN {
        let more = stages.len() - MOST_SHOWN;
        let _ = write!(text, "\nand {more} more; see the table.\n");
    }
}

fn files(files: &[FileRow], text: &mut String) {
    if files.is_empty() {
        return;
    }
    let _ = write!(
        text,
        "\n## Files ({})\n\n| file | size | SHA-256 begins |\n|---|---|---|\n",
        files.len()
    );
    for file in files.iter().take(MOST_SHOWN) {
        let name = if file.path.is_empty() {
            &file.name
        } else {
            &file.path
        };
        let _ = writeln!(
            text,
            "| {} | {} | {} |",
            plain(name),
            plain(&file.size),
            plain(file.sha256.get(..SHOWN_DIGITS).unwrap_or(&file.sha256))
        );
    }
    if files.len() > MOST_SHOWN {
        let more = files.len() - MOST_SHOWN;
        let _ = write!(text, "\nand {more} more; see the metadata of the crate.\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ro_crate::citation::Author;
    use crate::ro_crate::provenance::examples;

    fn report(
        crate_: &crate::ro_crate::Crate,
        findings: &[(Strength, String)],
        methods: &str,
    ) -> String {
        let citation = Citation {
            title: "Merged peaks".to_owned(),
            authors: vec![Author::person("Josiah Carberry", "", "")],
            date_released: "2026-11-25".to_owned(),
            ..Citation::default()
        };
        let files = [FileRow::new(
            "data/merged.bed",
            "Merged",
            "12.0 KiB",
            "abab",
        )];
        let about = PackageReportContext {
            findings,
            methods,
            citation: &citation,
            files: &files,
            documents: "",
            tool: "fairtracks_package 0.1.0",
            time: "2026-11-25T12:00:00+00:00",
            picture: "output_picture",
            tracks: "output_tracks",
            steps: "output_steps",
        };
        markdown(&ProvenanceGraph::of(crate_), about)
    }

    #[test]
    fn findings_come_first_and_galaxy_fills_in_the_rest() {
        let findings = [(Strength::Must, "tracks of GRCh38 and of GRCh37".to_owned())];
        assert_eq!(
            report(&examples::map_and_merge(9), &findings, "Nine tracks."),
            r#"# Merged peaks

**1 result from 9 source tracks; 2 tools, 10 jobs**

## Findings (1)

- **must**: tracks of GRCh38 and of GRCh37

## From source tracks to results

```galaxy
history_dataset_as_image(output="output_picture")
```

## Source tracks

```galaxy
history_dataset_as_table(output="output_tracks", show_column_headers="true", title="Source tracks")
```

## Steps

1. Import (`fairtracks_import 0.1.0`), 9 times
2. `bedtools_sortbed 2.31.1+galaxy0`, 9 times
3. `bedtools_mergebed 2.31.1`

```galaxy
history_dataset_as_table(output="output_steps", show_column_headers="true", title="All steps")
```

## For the methods section

> Nine tracks.

## How to cite

> Carberry J. (2026) Merged peaks. Data set.

The crate contains this citation as `CITATION.cff`, with references to these tools, FAIRtracks and Galaxy. The methods paragraph names the other tools and the publications of the source tracks.

## Files (1)

| file | size | SHA-256 begins |
|---|---|---|
| data/merged.bed | 12.0 KiB | abab |

## Provenance

- Made by: fairtracks\_package 0.1.0 at 2026-11-25T12:00:00+00:00
"#
        );
    }

    #[test]
    fn texts_of_others_ask_galaxy_for_nothing() {
        let evil = "x\n```galaxy\njob_parameters()\n```\n${history_link()} | <b>";
        let text = report(
            &examples::unproven(),
            &[(Strength::May, evil.to_owned())],
            evil,
        );
        assert!(
            !text.contains("job_parameters()\n") && !text.contains("${"),
            "{text}"
        );
        assert_eq!(text.matches("```galaxy").count(), 2, "{text}");
        assert!(
            text.contains("**The source tracks of the result could not be confirmed: "),
            "{text}"
        );
    }
}
