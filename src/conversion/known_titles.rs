//! Whether rules read anything of a source: where they know no title, another source was meant.

use super::error::SheetError;
use super::log::{ConversionLog, LogOutcome};
use super::rules::ConversionRules;
use super::sheet::Sheet;
use super::sheet_plan::SheetPlan;
use crate::fairtracks::category::Category;

/// As many titles as the error names.
const MOST_SHOWN: usize = 6;

/// Checks that rules read at least one title of the sheets of a source; the log has the titles that its reader has left out.
///
/// # Errors
/// Sheets without such a title.
pub fn check(
    sheets: &[Sheet],
    log: &ConversionLog,
    rules: &ConversionRules,
) -> Result<(), SheetError> {
    let is_read = |sheet: &Sheet| {
        let plan = SheetPlan::of(sheet, rules);
        !plan.fields.is_empty() || !plan.extras.is_empty()
    };
    if sheets.iter().any(is_read) {
        return Ok(());
    }
    let mut found: Vec<String> = Vec::new();
    let titles = sheets.iter().flat_map(|sheet| &sheet.titles);
    found.extend(titles.filter(|title| !title.is_empty()).cloned());
    let unread = log.views().into_iter();
    let unread = unread.filter(|row| row.outcome() == LogOutcome::NotRead);
    let unread = unread.filter(|row| !row.field().is_empty());
    found.extend(unread.map(|row| row.field().to_owned()));
    let mut shown: Vec<String> = Vec::new();
    for title in found {
        let title = format!("`{title}`");
        if !shown.contains(&title) {
            shown.push(title);
        }
    }
    let is_more = shown.len() > MOST_SHOWN;
    shown.truncate(MOST_SHOWN);
    if is_more {
        shown.push("…".to_owned());
    }
    let found = match shown.is_empty() {
        true => "no title at all".to_owned(),
        false => shown.join(", "),
    };
    let mut targets = rules.fields.iter().map(|field| &field.target);
    let track = targets.find(|target| target.category == Category::Tracks);
    let expected = track.map(ToString::to_string);
    Err(SheetError::NoKnownTitle {
        found,
        expected: expected.unwrap_or_default(),
    })
}
