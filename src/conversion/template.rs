//! A blank table to fill in: the titles that the rules of tables read.

use super::rules::ConversionRules;
use crate::tables;

/// The blank table: a line of titles, with a tab between them.
pub fn blank(rules: &ConversionRules) -> String {
    let mut text = String::new();
    tables::push_row(&mut text, &rules.template);
    text
}
