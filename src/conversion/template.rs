//! A blank table to fill in: the titles that the rules of tables read.

use super::rules::ConversionRules;
use crate::tables;

/// The blank table: a line of titles, with a tab between them.
pub fn blank(rules: &ConversionRules) -> String {
    let mut text = String::new();
    tables::push_row(&mut text, &rules.template);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversion::metadata_source::MetadataSource;
    use crate::conversion::sheet::{ROW, Sheet};
    use crate::conversion::sheet_plan::SheetPlan;
    use crate::conversion::terms::TermTables;

    #[test]
    fn rules_read_each_title_of_the_blank_table() {
        let rules =
            ConversionRules::of_source(MetadataSource::Table, &TermTables::built_in().unwrap())
                .unwrap();
        let titles = blank(&rules)
            .trim_end()
            .split('\t')
            .map(str::to_owned)
            .collect();
        let sheet = Sheet {
            name: "blank".into(),
            category: None,
            row_word: ROW,
            lettered: 0,
            titles,
            rows: Vec::new(),
        };
        let plan = SheetPlan::of(&sheet, &rules);
        let unread: Vec<&String> = plan
            .unread
            .iter()
            .map(|column| &sheet.titles[*column])
            .collect();
        assert!(unread.is_empty(), "{unread:?}");
    }
}
