//! What the columns of a sheet mean: which rule reads which of them, and which no rule reads.

use std::collections::HashSet;

use super::field_path::FieldPath;
use super::rules::{ConversionRules, FieldRule};
use super::sheet::Sheet;
use crate::fairtracks::category::Category;
use crate::text::folding::folded_title;

/// The meaning of the columns of a sheet.
#[derive(Debug)]
pub struct SheetPlan<'r> {
    /// The rules that read columns, in the order of the rules.
    pub fields: Vec<FieldPlan<'r>>,
    /// Columns of fields that no rule knows, but whose titles are paths of the sheet's objects: they are taken over as they are.
    pub extras: Vec<(usize, FieldPath)>,
    /// Columns that are not read.
    pub unread: Vec<usize>,
}

/// The columns that a rule reads.
#[derive(Debug)]
pub struct FieldPlan<'r> {
    /// The rule.
    pub rule: &'r FieldRule,
    /// The columns of its values; the first with a value counts.
    pub columns: Vec<usize>,
    /// The columns of the labels of its terms.
    pub labels: Vec<usize>,
}

impl<'r> SheetPlan<'r> {
    /// The meaning of the titles of a sheet.
    pub fn of(sheet: &Sheet, rules: &'r ConversionRules) -> Self {
        let titles: Vec<String> = sheet
            .titles
            .iter()
            .map(|title| folded_title(title))
            .collect();
        let bare: Vec<Option<&str>> = titles
            .iter()
            .map(|title| without_prefix(title, &rules.prefixes))
            .collect();
        let columns_of = |names: &[String]| -> Vec<usize> {
            let is_one = |title: &str| names.iter().any(|name| name == title);
            let all = titles.iter().zip(&bare).enumerate();
            let found = all.filter(|(_, (title, bare))| {
                !title.is_empty() && (is_one(title) || bare.is_some_and(is_one))
            });
            found.map(|(column, _)| column).collect()
        };
        let mut fields = Vec::new();
        for rule in &rules.fields {
            let category = rule.target.category;
            if sheet.category.is_some_and(|of_sheet| of_sheet != category) {
                continue;
            }
            let mut names = names(&rule.target, sheet.category);
            let mut labels = Vec::new();
            if let Some((value, label)) = rule.value.members() {
                names.extend(self::names(&rule.target.member(value), sheet.category));
                labels = columns_of(&self::names(&rule.target.member(label), sheet.category));
            }
            names.extend(rule.titles.iter().cloned());
            let columns = columns_of(&names);
            if !columns.is_empty() || !labels.is_empty() {
                fields.push(FieldPlan {
                    rule,
                    columns,
                    labels,
                });
            }
        }
        let mut plan = SheetPlan {
            fields,
            extras: Vec::new(),
            unread: Vec::new(),
        };
        for (column, title) in sheet.titles.iter().enumerate() {
            let mut read = plan.fields.iter();
            if read.any(|field| field.columns.contains(&column) || field.labels.contains(&column)) {
                continue;
            }
            let fits = |path: &FieldPath| sheet.category.is_none_or(|known| known == path.category);
            match FieldPath::parse(title).filter(fits) {
                Some(path) => plan.extras.push((column, path)),
                None => plan.unread.push(column),
            }
        }
        // The columns of a sheet may be in any order.
        plan.extras.sort_by(|one, other| one.1.cmp(&other.1));
        plan
    }

    /// Whether a column is read at all.
    pub fn reads(&self, column: usize) -> bool {
        !self.unread.contains(&column)
    }
}

/// The titles of wide sheets that rules read.
#[derive(Debug)]
pub struct ReadTitles<'r> {
    names: HashSet<String>,
    prefixes: &'r [String],
}

impl<'r> ReadTitles<'r> {
    /// The titles that some rules read.
    pub fn of(rules: &'r ConversionRules) -> Self {
        let mut read = HashSet::new();
        for rule in &rules.fields {
            read.extend(names(&rule.target, None));
            if let Some((value, label)) = rule.value.members() {
                read.extend(names(&rule.target.member(value), None));
                read.extend(names(&rule.target.member(label), None));
            }
            read.extend(rule.titles.iter().cloned());
        }
        ReadTitles {
            names: read,
            prefixes: &rules.prefixes,
        }
    }

    /// Whether a title is read, as [`SheetPlan::reads`] says of its column.
    pub fn reads(&self, title: &str) -> bool {
        let folded = folded_title(title);
        let bare = without_prefix(&folded, self.prefixes);
        let is_name = |title: &str| !folded.is_empty() && self.names.contains(title);
        is_name(&folded) || bare.is_some_and(is_name) || FieldPath::parse(title).is_some()
    }
}

/// A folded title without the first of some words before it, if it starts with one.
fn without_prefix<'t>(title: &'t str, prefixes: &[String]) -> Option<&'t str> {
    let mut prefixes = prefixes.iter();
    prefixes.find_map(|prefix| title.strip_prefix(prefix.as_str())?.strip_prefix('_'))
}

/// The titles of a field itself: its path, and where the sheet leaves no doubt of the object, without the category.
fn names(path: &FieldPath, category: Option<Category>) -> Vec<String> {
    let mut names = vec![folded_title(&path.to_string())];
    if path.category == category.unwrap_or(Category::Tracks) {
        names.push(folded_title(&path.within()));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversion::metadata_source::MetadataSource;
    use crate::conversion::terms::TermTables;

    #[test]
    fn a_title_is_read_alone_as_in_a_sheet() {
        let terms = TermTables::built_in().unwrap();
        for kind in MetadataSource::ALL {
            let rules = ConversionRules::of_source(kind, &terms).unwrap();
            let read = ReadTitles::of(&rules);
            let known = rules.fields.iter().flat_map(|field| {
                let target = field.target.to_string();
                field.titles.iter().cloned().chain([target])
            });
            let further = [
                "",
                " ",
                "cell type",
                "metadata cell",
                "metadata_x",
                "tracks.x.y",
                "x.y",
                "samples.phenotype.term_label",
            ];
            for title in known.chain(further.map(str::to_owned)) {
                let sheet = Sheet {
                    name: "x".into(),
                    category: None,
                    row_word: "row",
                    lettered: 0,
                    titles: vec![title.clone()],
                    rows: Vec::new(),
                };
                let in_sheet = SheetPlan::of(&sheet, &rules).reads(0);
                assert_eq!(read.reads(&title), in_sheet, "{title:?}");
            }
        }
    }
}
