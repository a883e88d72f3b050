//! Omissions of the catalog for forms, in sentences.

use super::counted;
use crate::tools::catalog::form_table::OmittedHub;

/// How many attributes of a hub are named.
const MOST_NAMED: usize = 10;

/// The omissions of a hub, one sentence each.
pub(super) fn sentences(left_out: &OmittedHub) -> Vec<String> {
    let mut sentences = Vec::new();
    let some = |all: &[String]| {
        let more = match all.len().saturating_sub(MOST_NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let first: Vec<&str> = all.iter().take(MOST_NAMED).map(String::as_str).collect();
        first.join(", ") + &more
    };
    let cut: Vec<String> = left_out
        .cut
        .iter()
        .map(|(name, there, all)| format!("{there} of {all} values of {name}"))
        .collect();
    if !cut.is_empty() {
        sentences.push(format!("size limit reached: {}", some(&cut)));
    }
    if !left_out.unreachable.is_empty() {
        sentences.push(format!(
            "attributes that only an expression can query: {}",
            some(&left_out.unreachable)
        ));
    }
    if left_out.without_tracks > 0 {
        let values = counted(left_out.without_tracks, "value");
        sentences.push(format!("{values} that no track has"));
    }
    if left_out.blank > 0 {
        let values = counted(left_out.blank, "value");
        sentences.push(format!("{values} of whitespace only"));
    }
    if left_out.secret > 0 {
        sentences.push(format!(
            "{} with a user name, password or key in a URL",
            counted(left_out.secret, "value")
        ));
    }
    sentences
}
