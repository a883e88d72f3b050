//! The page and the picture of a collection of crates, gathered crate by crate: no crate is kept.

use std::collections::HashMap;

use super::PageRow;
use super::crates_page::{CrateSection, CratesPage, DownloadRow, SameSteps};
use super::html::PageTemplates;
use crate::archive::content_id;
use crate::archive::digest::Sha256Sum;
use crate::drawing::words::{bytes, counted};
use crate::ro_crate::picture::{Picture, picture};
use crate::ro_crate::provenance::joined::JoinedProvenance;
use crate::ro_crate::provenance::{ProvenanceGraph, SourceTrack, Stage, StepKind};
use crate::text::first_filled;
use crate::text::folding::capitalized;
use crate::text::secrets::redacted;

/// The rows of downloads, and of steps, that all sections have together, as far as each has at least a few.
const MOST_ROWS: usize = 4_000;
/// The fewest rows of a section with more downloads or steps.
const FEWEST_ROWS: usize = 3;
/// The most rows of a section.
const MOST_ROWS_OF_SECTION: usize = 100;
/// The most bytes of the pictures of single crates.
const MOST_OF_PICTURES: usize = 1_000_000;
/// The most crates whose sections are unfolded at first.
const MOST_OPEN: usize = 3;

/// What is gathered for the page and the picture of a collection of crates.
pub struct CratesOverview<'t> {
    templates: &'t PageTemplates,
    /// The number of crates to come.
    all: usize,
    has_page: bool,
    joined: JoinedProvenance,
    sections: String,
    shown: usize,
    /// The first crate with the same steps.
    shapes: HashMap<String, SameSteps>,
    bytes_of_pictures: usize,
}

impl<'t> CratesOverview<'t> {
    /// An overview of so many crates, with or without a page.
    pub fn new(templates: &'t PageTemplates, all: usize, has_page: bool) -> Self {
        CratesOverview {
            templates,
            all,
            has_page,
            joined: JoinedProvenance::default(),
            sections: String::new(),
            shown: 0,
            shapes: HashMap::new(),
            bytes_of_pictures: 0,
        }
    }

    /// Adds the crate of a result by its provenance, its name in the collection, and the findings on it.
    ///
    /// # Errors
    /// Those of the template engine.
    pub fn add_result(
        &mut self,
        provenance: ProvenanceGraph,
        name: &str,
        findings: Vec<String>,
    ) -> Result<(), minijinja::Error> {
        if self.has_page {
            let mut section = self.section_of(&provenance, name);
            section.findings = findings;
            self.add_section(section)?;
        }
        self.joined.add(provenance);
        Ok(())
    }

    /// Adds a section; nothing where no page is wanted.
    ///
    /// # Errors
    /// Those of the template engine.
    pub fn add_section(&mut self, mut section: CrateSection) -> Result<(), minijinja::Error> {
        if self.has_page {
            self.shown += 1;
            section.number = self.shown;
            section.is_open = self.all <= MOST_OPEN;
            section.title = Some(section.title)
                .filter(|title| *title != section.name)
                .unwrap_or_default();
            self.sections += &self.templates.write_section(&section)?;
        }
        Ok(())
    }

    /// The provenance of all results as a picture, and the sections of the page.
    pub fn finish(mut self, title: &str) -> (Picture, CrateSections<'t>) {
        let picture = picture(&std::mem::take(&mut self.joined).graph(title));
        (picture, self.into_sections())
    }

    /// The sections of the page.
    pub fn into_sections(self) -> CrateSections<'t> {
        CrateSections {
            templates: self.templates,
            sections: self.sections,
        }
    }

    /// How many rows of one kind a section has.
    fn room(&self) -> usize {
        (MOST_ROWS / self.all.max(1)).clamp(FEWEST_ROWS, MOST_ROWS_OF_SECTION)
    }

    /// The section of a result.
    fn section_of(&mut self, provenance: &ProvenanceGraph, name: &str) -> CrateSection {
        let room = self.room();
        let stages = Stage::all(provenance);
        let tracks = provenance.tracks.len();
        let steps = provenance.tool_steps().count();
        let result = provenance.results.first().cloned().unwrap_or_default();
        let facts = [
            ("element in the collection", name.to_owned()),
            ("datatype", result.datatype.clone()),
            ("genome build", result.dbkey.clone()),
            ("size", result.size.map(bytes).unwrap_or_default()),
            ("content identifier", content_id_of(&result.sha256)),
        ];
        let facts = facts.iter().filter(|(_, value)| !value.is_empty());
        let mut section = CrateSection {
            name: name.to_owned(),
            title: result.label().to_owned(),
            summary: format!(
                "{}, {}",
                counted(tracks, "source track"),
                counted(steps, "step")
            ),
            facts: facts
                .map(|(name, value)| PageRow::new(name, value))
                .collect(),
            heading: "Source tracks".to_owned(),
            downloads: provenance.tracks.iter().take(room).map(download).collect(),
            more_downloads: tracks.saturating_sub(room),
            ..CrateSection::default()
        };
        // A page of one crate has the picture already.
        if self.all > 1 {
            let own = SameSteps {
                number: self.shown + 1,
                name: name.to_owned(),
            };
            let known = self.shapes.entry(shape(provenance, &stages));
            let first = known.or_insert(own.clone());
            if *first != own {
                section.same_as = Some(first.clone());
                return section;
            }
            if self.bytes_of_pictures < MOST_OF_PICTURES {
                section.picture = picture(provenance).svg;
                self.bytes_of_pictures += section.picture.len();
            }
        }
        section.steps = lines(provenance, &stages).take(room).collect();
        section.more_steps = stages.len().saturating_sub(room);
        section
    }
}

/// The sections of all crates, rendered.
pub struct CrateSections<'t> {
    templates: &'t PageTemplates,
    sections: String,
}

impl CrateSections<'_> {
    /// The page with these sections.
    ///
    /// # Errors
    /// Those of the template engine.
    pub fn page(self, page: &CratesPage) -> Result<Vec<u8>, minijinja::Error> {
        self.templates.write_crates(page, self.sections)
    }
}

/// What two crates with the same steps have in common: stages with parameters, and the number of tracks.
fn shape(provenance: &ProvenanceGraph, stages: &[Stage]) -> String {
    let mut text = provenance.tracks.len().to_string();
    for stage in stages {
        if let Some(step) = stage.first(provenance) {
            let (tool, parameters) = (&step.tool_address, &step.parameters);
            let runs = stage.steps.len();
            text += &format!(
                "{:?} {tool:?} {parameters:?} {:?} {runs}\n",
                step.kind, step.status
            );
        }
    }
    Sha256Sum::of(text.as_bytes()).hexadecimal()
}

/// The stages, one a line: kind, tool, version, number of runs.
pub fn lines<'p>(
    provenance: &'p ProvenanceGraph,
    stages: &'p [Stage],
) -> impl Iterator<Item = String> + 'p {
    stages.iter().filter_map(|stage| {
        let step = stage.first(provenance)?;
        let tool = step.tool_in_words();
        let runs = match stage.steps.len() {
            1 => String::new(),
            runs => format!(", {}", counted(runs, "run")),
        };
        let fault = if step.status.word() == "failed" {
            " (failed)"
        } else {
            ""
        };
        Some(match step.kind {
            StepKind::Tool => format!("{tool}{runs}{fault}"),
            kind => format!("{} with {tool}{runs}{fault}", capitalized(kind.word())),
        })
    })
}

/// A source track with the URL of its file.
fn download(track: &SourceTrack) -> DownloadRow {
    let about = [
        track.cell_or_tissue.as_str(),
        &track.assay,
        &track.target,
        &track.assembly,
        track.provider(),
    ];
    let about: Vec<&str> = about.into_iter().filter(|text| !text.is_empty()).collect();
    DownloadRow {
        label: track.label().to_owned(),
        id: track.local_id.clone(),
        about: about.join(" · "),
        url: linked_file(&track.source_address),
        content_id: content_id_of(&track.sha256),
    }
}

/// A URL by the name of its file and its host, without credentials; a link where a page may have one.
pub fn linked_file(address: &str) -> PageRow {
    let address = redacted(address);
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').find(|part| !part.is_empty());
    let host = path.split_once("://").map_or("", |(_, rest)| rest);
    let host = host.split('/').next().unwrap_or_default();
    let name = first_filled(&[name.unwrap_or_default(), "not known"]);
    let shown = match host {
        "" => name.to_owned(),
        host if host == name => host.to_owned(),
        host => format!("{name} from {host}"),
    };
    PageRow::new("download", &shown).linked(&address)
}

/// The content identifier (RFC 6920) by a SHA-256 in hexadecimal digits; empty without one.
pub fn content_id_of(sha256: &str) -> String {
    let sum = Sha256Sum::parse(sha256);
    sum.map(|sum| content_id::of_file(&sum)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ro_crate::provenance::examples::{self, Example};

    fn overview(graphs: Vec<(ProvenanceGraph, String)>) -> String {
        let templates = PageTemplates::new().unwrap();
        let mut overview = CratesOverview::new(&templates, graphs.len(), true);
        for (graph, name) in graphs {
            overview.add_result(graph, &name, Vec::new()).unwrap();
        }
        let (picture, sections) = overview.finish("Results");
        let page = CratesPage {
            title: "Results".to_owned(),
            heading: "Crates".to_owned(),
            picture: picture.svg,
            ..CratesPage::default()
        };
        String::from_utf8(sections.page(&page).unwrap()).unwrap()
    }

    /// The crate of one of many results of a mapped tool.
    fn one_of_many(number: usize) -> (ProvenanceGraph, String) {
        let id = format!("#data-{number:016x}");
        let mut example = Example::about("one", &[&id]);
        let track = example.track(number);
        let step = example.step("sort1", "1.2.0", &[&track], &[&id]);
        example.result(&id, &format!("Sort on data {number}"), &[&track]);
        let mut graph = ProvenanceGraph::of(&example.0);
        let own = format!("{step}-{number}");
        graph
            .steps
            .iter_mut()
            .filter(|known| known.id == step)
            .for_each(|step| {
                step.id.clone_from(&own);
            });
        (graph, format!("ENCFF{number:03}"))
    }

    #[test]
    fn a_page_has_each_crate_and_one_picture_for_the_same_steps() {
        let page = overview((1..=3).map(one_of_many).collect());
        for text in [
            "<b>ENCFF001</b> · Sort on data 1",
            "<b>ENCFF003</b> · Sort on data 3",
            ">ENCFF002.bigBed from www.encodeproject.org</a>",
            "Same steps as <a href=\"#crate-1\">ENCFF001</a>",
            "1 source track, 1 step",
            "ni:&#x2f;&#x2f;&#x2f;sha-256;",
        ] {
            assert!(page.contains(text), "{text}: {page}");
        }
        assert_eq!(page.matches("<svg").count(), 2, "of all, and of the first");
        assert_eq!(page.matches("<details id=\"crate-").count(), 3);
    }

    #[test]
    fn two_thousand_crates_are_a_page_of_a_few_megabytes() {
        let page = overview((0..2_000).map(one_of_many).collect());
        assert!(page.len() < 4_000_000, "{}", page.len());
        assert_eq!(page.matches("<svg").count(), 2);
        assert!(page.contains("and 1,988 more of the"));
    }

    #[test]
    fn texts_of_others_are_text_and_run_nothing() {
        let evil = "</summary><script>alert(1)</script><img onerror=alert(1) src=x>\u{202e}";
        let mut example = Example::about(evil, &["#data-1"]);
        let track = example.track(1);
        example.step(evil, evil, &[&track], &["#data-1"]);
        example.result("#data-1", evil, &[&track]);
        let mut graph = ProvenanceGraph::of(&example.0);
        graph.tracks[0].label = evil.to_owned();
        let addresses = [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "https://ann:pw@h.example/a.bed?X-Amz-Signature=abc&token=t",
        ];
        for address in addresses {
            graph.tracks[0].source_address = address.to_owned();
            let page = overview(vec![(graph.clone(), evil.to_owned())]);
            let lower = page.to_lowercase();
            for forbidden in [
                "<script",
                "<iframe",
                "<img",
                "href=\"javascript",
                "href=\"data",
                "href=\"file",
                "ann:pw",
                "signature",
                "token",
                "\u{202e}",
            ] {
                assert!(!lower.contains(forbidden), "{forbidden}: {page}");
            }
        }
        assert_eq!(
            linked_file("doi:10.1000/182").link,
            "https://doi.org/10.1000/182"
        );
        assert_eq!(linked_file("ni:///sha-256;x").link, "");
        assert_eq!(linked_file("").value, "not known");
    }

    #[test]
    fn elements_have_no_attributes_that_run_something() {
        let page = overview(vec![(
            ProvenanceGraph::of(&examples::mapped(3)),
            "\" onclick=\"alert(1)".to_owned(),
        )]);
        let mut reader = quick_xml::Reader::from_str(&page);
        reader.config_mut().check_end_names = false;
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                    for attribute in tag.html_attributes().with_checks(false) {
                        let attribute = attribute.unwrap();
                        assert!(!attribute.key.0.starts_with("on"), "{attribute:?}");
                    }
                }
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
    }
}
