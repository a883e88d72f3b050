//! The page of a publication.

use super::{PublicationContext, PublicationPlan};
use crate::ro_crate::Crate;
use crate::ro_crate::entities::Dataset;
use crate::ro_crate::full_crate::MadeFile;
use crate::ro_crate::page::PageRow;
use crate::ro_crate::page::of_provenance;
use crate::ro_crate::page::provenance_page::{FileRow, ProvenancePage};

/// How many of the data the page lists at least.
const LISTED: usize = 200;

impl PublicationContext<'_> {
    /// The page of a planned crate, with the files that were `made` for it.
    pub(super) fn page(
        &self,
        plan: &PublicationPlan,
        made: &[MadeFile],
        crate_: &Crate,
    ) -> ProvenancePage {
        let heading = self.heading;
        let mut facts = Vec::new();
        for person in &heading.credits.people {
            facts.push(PageRow::new("creator", &person.name).linked(&person.id));
        }
        if let Some(organisation) = &heading.credits.organisation {
            facts.push(PageRow::new("publisher", &organisation.name).linked(&organisation.id));
        }
        let licence = crate_.licence();
        let licence = licence
            .as_ref()
            .map(|licence| (&*licence.id, &*licence.name));
        let (address, name) = licence.unwrap_or(("", "not stated"));
        facts.push(PageRow::new("licence", name).linked(address));
        for funder in &heading.funders {
            facts.push(PageRow::new("funding", &funder.name).linked(&funder.id));
        }
        facts.push(PageRow::new("keywords", &heading.keywords));
        facts.push(PageRow::new(
            "published",
            self.time.get(..10).unwrap_or_default(),
        ));
        facts.push(PageRow::new(
            "processing",
            &plan.provenance.processing().counts(),
        ));
        facts.retain(|row| !row.value.is_empty());
        let mut page = of_provenance::page(&plan.provenance);
        let room = page.files.len().max(plan.rows.len().min(LISTED));
        page.files = plan.rows.iter().take(room).cloned().collect();
        page.more_files = plan.rows.len().saturating_sub(room);
        let root = crate_.root();
        let description = root
            .and_then(|root| root.read::<Dataset<&str>>().description.text())
            .unwrap_or_default();
        let texts = plan.texts.iter().map(|(path, _)| *path);
        let name = |path: &str| {
            let known = made.iter().find(|file| file.path == path);
            known.map_or("FAIRtracks document", |file| file.name)
        };
        ProvenancePage {
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
            citation: match plan.citation.authors.is_empty() {
                true => String::new(),
                false => plan.citation.line(),
            },
            further: texts
                .map(|path| FileRow::new(path, name(path), "", ""))
                .collect(),
            ..page
        }
    }
}
