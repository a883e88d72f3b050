//! The columns of the fields of sheets, for rows of the log that are written when the cells are gone.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::rules::ConversionRules;
use super::sheet::Sheet;
use super::sheet_plan::SheetPlan;

/// The titles of columns by sheet and field.
#[derive(Default)]
pub(super) struct FieldTitles(HashMap<(Rc<str>, String), String>);

impl FieldTitles {
    /// Adds the fields of a sheet that one column alone has.
    pub fn add(&mut self, sheet: &Sheet, rules: &ConversionRules) {
        let plan = SheetPlan::of(sheet, rules);
        let mut columns: HashMap<String, BTreeSet<usize>> = HashMap::new();
        for field in plan.fields.iter().filter(|field| !field.rule.is_fallback) {
            let known = columns.entry(field.rule.target.to_string()).or_default();
            known.extend(&field.columns);
        }
        let extras = plan.extras.iter();
        columns.extend(extras.map(|(column, path)| (path.to_string(), [*column].into())));
        let titles = sheet.shown_titles();
        for (field, columns) in columns {
            if let (Some(column), 1) = (columns.first(), columns.len()) {
                self.0
                    .insert((sheet.name.clone(), field), titles[*column].clone());
            }
        }
    }

    /// The title of a field in the sheet of a record; empty where several columns have it.
    pub fn title(&self, record: &str, field: &str) -> &str {
        let sheet = record.rsplit_once(", ").map_or(record, |(sheet, _)| sheet);
        let title = self.0.get(&(Rc::from(sheet), field.to_owned()));
        title.map_or("", String::as_str)
    }
}
