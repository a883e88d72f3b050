//! The web page about all crates of a run.

use super::report::{FollowReportContext, verdict};
use super::table::FollowRow;
use crate::ro_crate::page::PageRow;
use crate::ro_crate::page::crates_page::CratesPage;
use crate::ro_crate::picture::{Picture, PictureWords};

/// The page, without the sections of the crates.
pub fn page(rows: &[FollowRow], about: FollowReportContext<'_>, picture: Picture) -> CratesPage {
    let mut facts = vec![
        PageRow::new("lineage", about.lineage),
        PageRow::new("made by", &format!("{} at {}", about.tool, about.time)),
    ];
    if !about.documents.is_empty() {
        facts.insert(1, PageRow::new("documents searched", about.documents));
    }
    facts.extend(
        about
            .remarks
            .iter()
            .map(|remark| PageRow::new("remark", remark)),
    );
    CratesPage {
        title: "Results and their source tracks".to_owned(),
        subtitle: format!("{}.", verdict(rows)),
        findings: Vec::new(),
        facts,
        picture_heading: PictureWords::LINEAGE.title.to_owned(),
        picture: picture.svg,
        heading: format!("Crates ({})", rows.len()),
    }
}
