//! The crate: told first, then written while the data stream by.

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io::BufWriter;

use crate::archive::digest::{Digester, Digests, Sha256Sum};
use crate::archive::packer::PackError;
use crate::cli::{Failure, LargeOutput};
use crate::fairtracks::document_json;
use crate::fairtracks::finding::Strength;
use crate::galaxy::dataset_file::DatasetFile;
use crate::galaxy::markdown;
use crate::ro_crate::Crate;
use crate::ro_crate::citation::Citation;
use crate::ro_crate::citation::cff;
use crate::ro_crate::citation::of_crate;
use crate::ro_crate::common_entities::DOCUMENT_FILE;
use crate::ro_crate::crate_index::CrateIndex;
use crate::ro_crate::crate_zip::MetadataFile;
use crate::ro_crate::documents;
use crate::ro_crate::full_crate::hash_predictor::{HashPredictor, matches, met};
use crate::ro_crate::full_crate::{
    CrateHeading, MadeFile, PublicationInput, build_crate, with_files,
};
use crate::ro_crate::full_crate_zip::{FullCrate, Inner, compression};
use crate::ro_crate::known_crate::KnownCrate;
use crate::ro_crate::metadata_json;
use crate::ro_crate::methods;
use crate::ro_crate::page::PageRow;
use crate::ro_crate::page::html::PageTemplates;
use crate::ro_crate::page::of_provenance;
use crate::ro_crate::page::provenance_page::{FileRow, StoryPage};
use crate::ro_crate::picture::{Picture, bytes, picture};
use crate::ro_crate::provenance::ProvenanceGraph;
use crate::ro_crate::provenance::{steps_table, tracks_table};
use crate::text::file_names::file_names;
use crate::tools::package::findings::{self, PackageFinding};
use crate::tools::package::paths::{extension, paths};

use super::inputs::Data;

/// How many bytes the metadata may have for a page to hold them once more.
const LARGEST_IN_PAGE: usize = 32 << 20;

/// What a crate is made of.
pub struct PackageCredits<'w> {
    pub data: &'w [Data],
    pub known: &'w [(String, KnownCrate)],
    pub crate_index: &'w CrateIndex<'w>,
    pub predictor: &'w HashPredictor<'w>,
    pub heading: &'w CrateHeading,
    /// What there is to say of single crates.
    pub remarks: &'w [PackageFinding],
    pub includes_data: bool,
    pub is_bag: bool,
    pub time: &'w str,
}

/// A crate with all that is known of it, ready to be written.
pub struct PackingPlan {
    pub files: Vec<DatasetFile>,
    /// Whether crates tell of each of the files.
    pub is_told: Vec<bool>,
    paths: Option<Vec<String>>,
    pub provenance: ProvenanceGraph,
    pub citation: Citation,
    pub methods: String,
    pub picture: Picture,
    pub findings: Vec<PackageFinding>,
    pub rows: Vec<FileRow>,
    pub tracks: String,
    pub steps: String,
    metadata: Vec<u8>,
    page: Option<Vec<u8>>,
    texts: Vec<(&'static str, Vec<u8>)>,
    inner: Vec<String>,
    whole: BTreeSet<String>,
}

/// A file whose bytes are others than was thought.
pub struct Other {
    pub number: usize,
    pub found: Sha256Sum,
}

fn digests(bytes: &[u8]) -> Digests {
    let mut digester = Digester::new(false);
    digester.update(bytes);
    digester.finish()
}

impl PackageCredits<'_> {
    /// Tells the crate, when the data have these sums.
    pub fn plan(&self, sums: &[Sha256Sum]) -> Result<PackingPlan, Failure> {
        let pairs = self.data.iter().zip(sums);
        let files: Vec<DatasetFile> = pairs.map(|(data, sum)| data.file(*sum)).collect();
        let matches = matches(&files, self.crate_index);
        let is_source = |number: usize| {
            let place = matches[number];
            place.is_some_and(|place| self.crate_index.described_files()[place].is_source)
        };
        let paths = self.includes_data.then(|| paths(&files, is_source));
        let light = self.known.iter().filter(|(_, known)| known.is_light);
        let whole: BTreeSet<&str> = light.map(|(_, known)| known.key.as_str()).collect();
        let met = met(&matches, self.crate_index);
        let (merged, unreadable) = documents::merged(&met, self.crate_index, self.time);
        let document: Option<Vec<u8>> = merged
            .as_ref()
            .map(|merged| document_json::write(&merged.document));
        let document_digests = document.as_deref().map(digests);
        let told = build_crate(&PublicationInput {
            files: &files,
            paths: paths.as_deref(),
            matches: &matches,
            crate_index: self.crate_index,
            whole: &whole,
            heading: self.heading,
            document: merged
                .as_ref()
                .zip(document_digests.as_ref())
                .map(|(merged, digests)| (&merged.document, digests)),
            tool: (super::NAME, env!("CARGO_PKG_VERSION")),
            time: self.time,
        });
        let keys = told
            .ancestors
            .iter()
            .map(|place| self.crate_index.crates()[*place].key.to_owned());
        let inner: Vec<String> = keys.collect();
        let mut findings = findings::genome_builds(&ProvenanceGraph::of(&told.crate_));
        findings.extend(findings::untold(&files, &matches, self.predictor));
        let unused = self
            .known
            .iter()
            .filter(|(_, known)| !inner.contains(&known.key));
        findings.extend(findings::left_out(unused.map(|(name, _)| name.as_str())));
        findings.extend(findings::joined(merged.as_ref(), &told.split));
        findings.extend(findings::unsaid(self.heading, &told.crate_));
        findings.extend(self.remarks.iter().cloned());
        let unreadable = unreadable.into_iter();
        findings.extend(unreadable.map(|text| (Strength::Should, text)));
        findings.sort();
        let provenance = ProvenanceGraph::of(&told.crate_);
        let rows = files.iter().zip(&told.ids).map(|(file, id)| {
            let size = bytes(file.digests.bytes);
            FileRow::new(id, file.label(), &size, &file.digests.sha256.hexadecimal())
        });
        let citation = of_crate::citation(&told.crate_, &provenance);
        let mut plan = PackingPlan {
            is_told: matches.iter().map(Option::is_some).collect(),
            rows: rows.collect(),
            methods: methods::paragraph(&provenance),
            picture: picture(&provenance),
            tracks: tracks_table::write(&provenance),
            steps: steps_table::write(&provenance),
            metadata: Vec::new(),
            page: None,
            texts: Vec::new(),
            whole: whole.into_iter().map(str::to_owned).collect(),
            files,
            paths,
            provenance,
            citation,
            findings,
            inner,
        };
        let mut made = Vec::new();
        plan.texts
            .extend(document.map(|bytes| (DOCUMENT_FILE, bytes)));
        for (path, name, media_type, text) in [
            (
                "metadata/tracks.tsv",
                "Source tracks",
                "text/tab-separated-values",
                plan.tracks.clone(),
            ),
            (
                "metadata/steps.tsv",
                "Steps",
                "text/tab-separated-values",
                plan.steps.clone(),
            ),
            (
                "CITATION.cff",
                "How to cite",
                "text/yaml",
                cff::write(&plan.citation),
            ),
            (
                "metadata/methods.md",
                "Paragraph for the methods section",
                "text/markdown",
                format!("{}\n", markdown::paragraph(&plan.methods)),
            ),
        ] {
            made.push(MadeFile {
                path,
                name,
                media_type,
                digests: digests(text.as_bytes()),
            });
            plan.texts.push((path, text.into_bytes()));
        }
        let crate_ = with_files(told, &made);
        plan.metadata = metadata_json::write(&crate_);
        if plan.metadata.len() <= LARGEST_IN_PAGE {
            plan.page = Some(
                PageTemplates::new()?.write_story(&self.page(&plan, &made, &crate_), &crate_)?,
            );
        }
        Ok(plan)
    }

    /// What the page shows.
    fn page(&self, plan: &PackingPlan, made: &[MadeFile], crate_: &Crate) -> StoryPage {
        let heading = self.heading;
        let mut facts = Vec::new();
        for person in &heading.credits.people {
            facts.push(PageRow::new("creator", &person.name).linked(&person.id));
        }
        if let Some(organisation) = &heading.credits.organisation {
            facts.push(PageRow::new("publisher", &organisation.name).linked(&organisation.id));
        }
        let (address, name) = crate_.licence().unwrap_or(("", "not stated"));
        facts.push(PageRow::new("licence", name).linked(address));
        for funder in &heading.funders {
            facts.push(PageRow::new("funding", &funder.name).linked(&funder.id));
        }
        facts.push(PageRow::new("keywords", &heading.keywords));
        facts.push(PageRow::new(
            "published",
            self.time.get(..10).unwrap_or_default(),
        ));
        facts.retain(|row| !row.value.is_empty());
        let mut page = of_provenance::page(&plan.provenance);
        let room = page.files.len().max(plan.rows.len().min(200));
        page.files = plan.rows.iter().take(room).cloned().collect();
        page.more_files = plan.rows.len().saturating_sub(room);
        let root = crate_.root();
        let description = root
            .and_then(|root| root.text("description"))
            .unwrap_or_default();
        let texts = plan.texts.iter().map(|(path, _)| *path);
        let name = |path: &str| {
            let known = made.iter().find(|file| file.path == path);
            known.map_or("FAIRtracks document", |file| file.name)
        };
        StoryPage {
            title: heading.title.clone(),
            subtitle: description.to_owned(),
            findings: plan
                .findings
                .iter()
                .map(|(strength, text)| format!("{strength}: {text}"))
                .collect(),
            facts,
            picture: plan.picture.svg.clone(),
            methods: plan.methods.clone(),
            citation: plan.citation.line(),
            further: texts
                .map(|path| FileRow::new(path, name(path), "", ""))
                .collect(),
            ..page
        }
    }

    /// Writes the crate; of a file whose bytes are others than was thought the crate cannot be, which is the answer.
    pub fn write(
        &self,
        plan: &PackingPlan,
        output: &LargeOutput,
    ) -> Result<Option<Other>, Failure> {
        let writer = BufWriter::with_capacity(1 << 20, output.start()?);
        let base = file_names([self.heading.title.as_str()].into_iter(), "bag");
        let base = base.first().map(String::as_str).filter(|_| self.is_bag);
        let mut full = FullCrate::begin(writer, &plan.metadata, base)?;
        for (path, text) in &plan.texts {
            full.add(path, text)?;
        }
        for (number, path) in plan.paths.iter().flatten().enumerate() {
            let (data, file) = (&self.data[number], &plan.files[number]);
            let at =
                |problem: &dyn std::fmt::Display| Failure::at(&file.element_identifier, problem);
            let mut opened = File::open(&data.path).map_err(|error| at(&error))?;
            let kind = compression(&extension(file));
            let packed = full.add_from(path, &mut opened, data.bytes, kind);
            let packed = packed.map_err(|error: PackError| at(&error))?;
            if packed.sha256 != file.digests.sha256 || packed.bytes != data.bytes {
                let found = packed.sha256;
                return Ok(Some(Other { number, found }));
            }
        }
        let files: HashMap<&str, &MetadataFile> = self
            .known
            .iter()
            .flat_map(|(_, known)| &known.files)
            .map(|file| (file.key.as_str(), file))
            .collect();
        let given: HashMap<&str, &KnownCrate> = self
            .known
            .iter()
            .map(|(_, known)| (known.key.as_str(), known))
            .collect();
        let inner = plan.inner.iter().filter_map(|key| {
            Some(Inner {
                metadata: files.get(key.as_str())?,
                whole: given
                    .get(key.as_str())
                    .copied()
                    .filter(|_| plan.whole.contains(key)),
            })
        });
        full.add_inner(&inner.collect::<Vec<_>>())?;
        let date = self.time.get(..10).unwrap_or_default();
        full.finish(plan.page.as_deref(), date)?;
        Ok(None)
    }
}
