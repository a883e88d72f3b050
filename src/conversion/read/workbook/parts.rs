//! The outline of a workbook: its sheets, and the parts that they are in.

use std::collections::HashMap;

use super::xml::{XmlStep, attribute, walk};
use crate::conversion::error::WorkbookError;

pub(super) const WORKBOOK: &str = "xl/workbook.xml";
const RELATIONS: &str = "xl/_rels/workbook.xml.rels";

/// The outline of a workbook.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub sheets: Vec<OutlinedSheet>,
    /// The part with the texts of cells.
    pub strings: String,
    /// The part with the formats of cells.
    pub styles: String,
    /// Whether days count from 1904 on, as in workbooks of old Macintoshes.
    pub is_1904: bool,
}

#[derive(Debug)]
pub(super) struct OutlinedSheet {
    pub name: String,
    pub part: String,
    pub is_hidden: bool,
}

/// Reads the outline; `text_of` gives the text of a part.
pub(super) fn outline(
    text_of: &mut impl FnMut(&str) -> Result<Option<String>, WorkbookError>,
) -> Result<Outline, WorkbookError> {
    let workbook = text_of(WORKBOOK)?.ok_or(WorkbookError::NoWorkbook)?;
    let relations = text_of(RELATIONS)?.ok_or(WorkbookError::NoWorkbook)?;
    let mut outline = Outline {
        strings: "xl/sharedStrings.xml".to_owned(),
        styles: "xl/styles.xml".to_owned(),
        ..Outline::default()
    };
    let mut targets: HashMap<String, String> = HashMap::new();
    walk(RELATIONS, &relations, |step| {
        if let XmlStep::Start("Relationship", start) = step
            && let (Some(id), Some(target)) = (attribute(start, "Id"), attribute(start, "Target"))
        {
            let part = part(&target);
            let kind = attribute(start, "Type").unwrap_or_default();
            if kind.ends_with("/sharedStrings") {
                outline.strings = part.clone();
            } else if kind.ends_with("/styles") {
                outline.styles = part.clone();
            }
            targets.insert(id, part);
        }
        Ok(())
    })?;
    walk(WORKBOOK, &workbook, |step| {
        match step {
            XmlStep::Start("workbookPr", start) => {
                let flag = attribute(start, "date1904");
                outline.is_1904 = flag.is_some_and(|flag| ["1", "true"].contains(&flag.as_str()));
            }
            XmlStep::Start("sheet", start) => {
                let state = attribute(start, "state").unwrap_or_default();
                let target = attribute(start, "id").and_then(|id| targets.get(&id));
                outline.sheets.push(OutlinedSheet {
                    name: attribute(start, "name").unwrap_or_default(),
                    part: target.cloned().unwrap_or_default(),
                    is_hidden: state.to_lowercase().contains("hidden"),
                });
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(outline)
}

/// The part that a target names, relative to the workbook.
fn part(target: &str) -> String {
    match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("xl/{}", target.trim_start_matches("./")),
    }
}
